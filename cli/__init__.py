"""The commands: arguments in, tables and progress out; no logic of its own."""
