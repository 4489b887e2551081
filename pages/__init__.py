"""How a stored page is read: bytes in, typed observations out.

``read(capture)`` is the whole of it; :mod:`pages.model` says what comes out.
"""

from pages.reading import read

__all__ = ["read"]
