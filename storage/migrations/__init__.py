"""Schema changes, in order, and the one function that applies them."""
