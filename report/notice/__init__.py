"""The monthly notice: what it says (:mod:`.model`), the letter that says it (:mod:`.letter`), its files."""
