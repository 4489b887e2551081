"""One portal's share of an evidence file: what was collected there, and which of it is handed on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from audit.evidence import Sighting, UnitEvidence
from pages.capture import Capture, Trail
from pages.model import PageReading
from report.evidence.lazy import with_body
from report.evidence.masks import Masked
from storage.archive import Place
from storage.records import PortalInfo

Reader = Callable[[Capture], PageReading]


@dataclass(frozen=True, slots=True)
class Portal:
    """One walk. ``captures`` and ``places`` hold what is handed on, by position in the walk; masked
    captures carry the masked body and the original's reference. ``trails`` count positions in the walk;
    ``taken`` is how many captures the whole walk has."""

    info: PortalInfo
    captures: Mapping[int, Capture]
    places: Mapping[int, Place]
    trails: tuple[Trail, ...]
    masked: Mapping[int, Masked]
    taken: int

    def part(self, positions: Collection[int], trails: tuple[Trail, ...]) -> Portal:
        """Only the captures at these positions, only these trails."""
        return replace(
            self,
            captures={n: self.captures[n] for n in sorted(positions)},
            places={n: self.places[n] for n in sorted(positions)},
            trails=trails,
        )

    def hidden(self, masked: Mapping[int, Masked]) -> Portal:
        """With the bodies of some captures masked."""
        captures = dict(self.captures)
        for position, mask in masked.items():
            captures[position] = with_body(captures[position], mask.body)
        return replace(self, captures=captures, masked=dict(masked))


def evidence_of(
    unit_id: str,
    captures: Mapping[int, Capture],
    trails: tuple[Trail, ...],
    reader: Reader,
    ledger: Mapping[str, Sighting],
) -> UnitEvidence:
    """What judging takes: captures counted from 0, trails accordingly.

    Raises ``KeyError`` for a trail that names a position which is not there.
    """
    place = {position: index for index, position in enumerate(sorted(captures))}
    return UnitEvidence(
        unit_id=unit_id,
        captures=tuple(captures[position] for position in sorted(captures)),
        trails=tuple(replace(t, captures=tuple(place[n] for n in t.captures)) for t in trails),
        reader=reader,
        ledger=ledger,
    )
