"""A real department's portal of August 2022, served on loopback from saved pages kept outside the project."""
