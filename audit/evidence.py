"""All that is known about one unit when it is judged: captures, trails, the first-seen ledger.

Pages are read lazily and once: :meth:`UnitEvidence.read` keeps the reading of each capture.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from pages.capture import Capture, Trail
from pages.model import PageReading


@dataclass(frozen=True, slots=True)
class Sighting:
    """First-seen interval of one item or document: (``absent_at``, ``seen_at``].

    ``absent_at`` is the last complete crawl of its section without it (None: never crawled
    completely before), ``seen_at`` the first crawl with it. ``stated`` is the date it stated then,
    ``section`` where it stood.
    """

    key: str
    seen_at: datetime
    absent_at: datetime | None = None
    stated: date | None = None
    section: str = ""


@dataclass(slots=True)
class UnitEvidence:
    """Evidence of one unit.

    ``captures`` in the order fetched; :attr:`Trail.captures` index into it. ``reached`` is true when
    at least one page of the portal was really seen. ``reader`` turns a capture into a reading
    (``pages.read``; tests may pass another).
    """

    unit_id: str
    captures: tuple[Capture, ...]
    trails: tuple[Trail, ...]
    reader: Callable[[Capture], PageReading]
    ledger: Mapping[str, Sighting] = field(default_factory=dict)
    _readings: dict[int, PageReading] = field(default_factory=dict, repr=False)

    def read(self, position: int) -> PageReading:
        """The reading of the capture at ``position`` (failures and error statuses read as walls)."""
        if position not in self._readings:
            self._readings[position] = self.reader(self.captures[position])
        return self._readings[position]
