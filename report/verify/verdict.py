"""What a check of an evidence file says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from i18n import mark

CONTAINER = mark("the container was changed where it describes {what}")
PACKAGE = mark("{part} does not match its digest: it was changed")
DIGEST_FORM = mark("{part} is not written as it was made: {what}")
SIGNATURE = mark("the signature does not belong to this file: it was changed or signed anew")
OTHER_KEY = mark("the file is signed by another key: {found}, expected {expected}")
UNSIGNED = mark("the file carries no signature")
TIME_STAMP = mark("the time stamp does not hold: {what}")
PART_CHANGED = mark("{part} was changed: its bytes do not match their digest")
PART_MISSING = mark("{part} was removed")
PART_ADDED = mark("{part} was added: the signed list does not name it")
CAPTURE_CHANGED = mark("capture {position} of {part} was changed: {url}")
CAPTURE_MISSING = mark("capture {position} of {part} was removed: {url}")
CAPTURE_ADDED = mark("a capture was added to {part} at byte {offset}: {url}")
ARCHIVE_DAMAGED = mark("{part} cannot be read from byte {offset} on: {what}")
MASK = mark("the mask of capture {position} in {part} does not match the page: {url}")
FINDING = mark("leaf {leaf}: the file says {stated}, the evidence in it gives {found}")
FINDING_DETAIL = mark("leaf {leaf}: level {stated} holds, but its {field} is not what the evidence gives")
SCORE = mark("the score: the file says {stated}, the evidence in it gives {found}")
OTHER = mark("{part} is not what the evidence gives: {what}")
NOT_JUDGED = mark("the score could not be recomputed: {what}")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was signed, or does not follow from the evidence. ``message`` is an
    English source for the catalogs, ``values`` fill it."""

    kind: str
    message: str
    values: dict[str, Any]


@dataclass(slots=True)
class Verdict:
    """The outcome. ``facts`` are what was checked: unit, period, points, key, time."""

    differences: list[Difference] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def equal(self) -> bool:
        """True when nothing differs."""
        return not self.differences

    def differs(self, kind: str, message: str, **values: Any) -> None:
        """Note a difference."""
        self.differences.append(Difference(kind, message, values))
