"""One evaluation run: ours and the alternatives over the same pages and strings."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from pages import read
from pages.model import PageReading
from tests.evaluate.compare import Tallies, compare
from tests.evaluate.dataset import DateString, LabelledPage
from tests.evaluate.rivals import read_pages, read_strings
from tests.evaluate.tally import Tally, merged

# Every measure, in the order of the tables.
MEASURES = [
    "kind", "items", "item dates", "article date", "article time", "document rows", "document number",
    "document type", "document issuer", "document issued", "document effective", "document abstract",
    "document file", "sections", "sections by own label", "sections unlabelled", "print", "save",
    "search", "contact", "paging", "next page", "questions", "answered",
]  # fmt: skip
_REPEATS = 3


@dataclass(frozen=True, slots=True)
class PageResult:
    """One page: its tallies and the median time of one reading, in milliseconds."""

    page: LabelledPage
    reading: PageReading
    tallies: Tallies
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Result:
    """Everything one run found. ``strings`` and ``rivals`` are by reader."""

    pages: list[PageResult]
    strings: dict[str, tuple[Tally, float]]
    rivals: dict[str, Tally]

    def measure(self, name: str, of: Callable[[PageResult], bool] = lambda page: True) -> Tally:
        """One measure summed over the pages that ``of`` picks."""
        return merged(page.tallies[name] for page in self.pages if name in page.tallies and of(page))

    def milliseconds(self, of: Callable[[PageResult], bool] = lambda page: True) -> float:
        """Median time of one reading over the picked pages."""
        times = [page.milliseconds for page in self.pages if of(page)]
        return round(statistics.median(times), 2) if times else 0.0

    def groups(self, by: Callable[[LabelledPage], str]) -> list[str]:
        """Names of the groups that ``by`` makes, the largest first."""
        names = [by(page.page) for page in self.pages]
        return sorted(set(names), key=lambda name: (-names.count(name), name))


def evaluate(pages: list[LabelledPage], strings: list[DateString]) -> Result:
    """Read every page and string with every reader."""
    return Result([_one(page) for page in pages], read_strings(strings), read_pages(pages))


def _one(page: LabelledPage) -> PageResult:
    capture, times = page.capture(), []
    for _ in range(_REPEATS):
        started = time.perf_counter()
        reading = read(capture)
        times.append((time.perf_counter() - started) * 1000)
    return PageResult(page, reading, dict(compare(page, reading)), statistics.median(times))
