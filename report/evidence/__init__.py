"""The evidence file: everything behind one unit's score, as one signed WACZ (WACZ 1.1.1)."""
