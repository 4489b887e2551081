"""Counting: right, missing and wrong values of one measure, with every fault kept for the listing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """One value that was not read as labelled: where, what, and what the page's label says."""

    file: str
    measure: str
    fault: str  # wrong | missing | extra
    got: str
    label: str

    def line(self) -> str:
        """The fault in one line for a person."""
        head = f"{self.fault:<7} {self.measure:<18} {self.file}"
        return f"{head}\n        got   {self.got}\n        label {self.label}"


@dataclass(slots=True)
class Tally:
    """One measure on some pages. ``right`` agrees with the label, ``missing`` was not read, ``wrong``
    was read otherwise, ``extra`` was read where the label has nothing, ``absent`` agrees that there
    is nothing."""

    right: int = 0
    missing: int = 0
    wrong: int = 0
    extra: int = 0
    absent: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def precision(self) -> float | None:
        """Right among read, in percent; None when nothing was read."""
        return percent(self.right, self.right + self.wrong + self.extra)

    @property
    def recall(self) -> float | None:
        """Right among labelled, in percent; None when nothing is labelled."""
        return percent(self.right, self.right + self.missing + self.wrong)

    @property
    def accuracy(self) -> float | None:
        """Right (agreed absences included) among all that was compared, in percent."""
        good = self.right + self.absent
        return percent(good, good + self.missing + self.wrong + self.extra)

    def compare(self, file: str, measure: str, got: object, label: object, quote: str = "") -> None:
        """Count one value; None (or False) stands for "nothing there"."""
        if got == label:
            self.right += bool(label)
            self.absent += not label
            return
        fault = "missing" if not got else "wrong" if label else "extra"
        setattr(self, fault, getattr(self, fault) + 1)
        self.faults.append(Fault(file, measure, fault, f"{got!s}{_quoted(quote)}", str(label)))


def _quoted(quote: str) -> str:
    return f"  «{quote[:160]}»" if quote else ""


def percent(part: int, whole: int) -> float | None:
    """``part`` of ``whole`` in percent, one decimal; None for an empty whole."""
    return round(100 * part / whole, 1) if whole else None


def merged(tallies: Iterable[Tally]) -> Tally:
    """The sum of several tallies of one measure."""
    total = Tally()
    for tally in tallies:
        for name in ("right", "missing", "wrong", "extra", "absent"):
            setattr(total, name, getattr(total, name) + getattr(tally, name))
        total.faults.extend(tally.faults)
    return total
