"""What the server said, and how far a walk got: the only things that pass from crawler to auditor.

A :class:`Capture` is one exchange (an answer or a failure). A :class:`Trail` is one thing the
crawler set out to read (the home page, a section's listing with all its pages, a search probe),
the captures it took in order, and whether it was read to its end. Both are plain values: they come
from the database and WARC in production, from an evidence file in ``rasoat verify``, from a folder
of saved pages in tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Method = Literal["GET", "HEAD", "POST"]

Role = Literal[
    "home", "sitemap", "section", "listing", "article", "document", "file", "petition", "search", "other"
]

TrailState = Literal[
    "complete",  # read to its end, or back to the first day asked for
    "failed",  # an exchange it needs failed (reason says which way)
    "capped",  # cut by a limit of ours (reason names the limit)
    "refused",  # robots.txt or a rule of ours forbade it
    "external",  # the menu leads outside the portal: recorded, not followed
]


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One request that reads and changes nothing. ``form`` is sent as a POST body, in order."""

    url: str
    method: Method = "GET"
    form: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Capture:
    """One exchange as stored.

    ``ref`` is ``sha256:<hex>`` of the stored body (of the failure record when there is none).
    ``body`` is decoded from transfer and content encodings; empty for failures.
    ``status`` is None when no answer came; then ``error`` names the failure: ``timeout``, ``dns``,
    ``refused``, ``reset``, ``tls``, ``robots``, ``unsafe_address``, ``too_big``, ``off_scope`` …
    ``headers`` have lower-case names. ``fetched_at`` is real time; ``seen_at`` is "now" for reading
    the page (the run's as-of when given, else ``fetched_at``): relative dates count from it.
    ``truncated`` says the body was cut by one of our limits.
    """

    ref: str
    url: str
    fetched_at: datetime
    seen_at: datetime
    status: int | None = 200
    error: str | None = None
    method: Method = "GET"
    form: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    role: Role = "other"
    truncated: bool = False

    def header(self, name: str) -> str | None:
        """First value of a header by lower-case ``name``, or None."""
        return next((value for key, value in self.headers if key == name), None)

    @property
    def location(self) -> str | None:
        """Target of a redirect, as the server wrote it; None when this is not a redirect."""
        return self.header("location") if self.status in (301, 302, 303, 307, 308) else None


@dataclass(frozen=True, slots=True)
class Trail:
    """One thing the crawler set out to read.

    ``section`` is a lexicon key (``news``, ``documents`` …), or ``home``, ``sitemap``, ``search``,
    ``other`` (a menu entry that the lexicon does not know). A menu entry that serves several
    sections gives one trail for each of them, with the same captures.
    ``label`` is the menu's words; ``url`` the entry page. ``captures`` are positions in the unit's
    capture list (:attr:`audit.evidence.UnitEvidence.captures`), in reading order: the entry page
    with its redirects, its further pages. Articles and files fetched for it are not among them:
    they are found by address. ``inherited`` is true when the entry only stands below a menu entry
    of that section. ``facts`` are what the walk knew (the search probe: ``probe`` =
    ``positive|nonsense``, ``phrase``, ``expect_url``, ``expect_title``).
    """

    section: str
    label: str
    url: str
    state: TrailState
    reason: str | None = None
    captures: tuple[int, ...] = ()
    inherited: bool = False
    facts: tuple[tuple[str, str], ...] = ()

    def fact(self, name: str) -> str | None:
        """Value of one fact, or None."""
        return next((value for key, value in self.facts if key == name), None)
