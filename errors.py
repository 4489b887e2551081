"""The errors a person can cause or meet, drawn in one place.

Every error here carries one complete line for the person: what is wrong (the exact offending
value), where, and what to do. The command line prints that line and leaves with the status named.
Message texts are English sources for the catalogs in ``locale/``.
"""

from __future__ import annotations


class RasoatError(Exception):
    """Base of everything that ends a command with one clear line instead of a traceback."""

    exit_status = 2

    def __init__(self, message: str, /, **values: object) -> None:
        """``message`` is a catalog source with ``{name}`` fields filled from ``values``."""
        self.message = message
        self.values = values
        super().__init__(message.format(**values) if values else message)


class InputError(RasoatError):
    """Unusable arguments or input files (exit status 2, nothing stored)."""


class StoreError(RasoatError):
    """The data folder or the database cannot be used (locked, down, full, unwritable)."""


class EvidenceError(RasoatError):
    """Stored evidence is missing, cut or does not match its digest."""
