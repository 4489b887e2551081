"""Everything an auditor may ask about one unit, gathered when first asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from audit.evidence import UnitEvidence
from audit.model import Citation, Finding, Value
from audit.posts import ZONE, Post, collect_posts
from audit.records import Record, collect_records
from audit.walk import Cover, Gap, Seen, Walk, cite
from pages.capture import Trail
from rubric.calendar import WorkCalendar
from rubric.model import Leaf, Period, Register, Unit

_MAX_CITED = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Context:
    """What one unit is judged from. ``province`` is the province's evidence, None when there is none."""

    evidence: UnitEvidence
    unit: Unit
    register: Register
    calendar: WorkCalendar
    period: Period
    as_of: datetime
    province: UnitEvidence | None = None
    _records: dict[tuple[tuple[str, ...], int], tuple[Record, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def walk(self) -> Walk:
        """The unit's own portal."""
        return Walk(self.evidence, self.unit.url)

    @cached_property
    def province_walk(self) -> Walk | None:
        """The province's portal; None when nothing of it was collected."""
        province = self.register.province
        if self.province is None or province is None:
            return None
        return Walk(self.province, province.url)

    @cached_property
    def today(self) -> date:
        """The local calendar day of ``as_of``."""
        return (self.as_of.astimezone(ZONE) if self.as_of.tzinfo else self.as_of).date()

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        """All distinct posts of the unit, newest first."""
        return collect_posts(self.walk, self.period)

    @cached_property
    def province_posts(self) -> frozenset[tuple[str, date]]:
        """Titles and dates of the province's posts."""
        if self.province_walk is None or self.unit.kind == "province":
            return frozenset()
        return frozenset(p.same_text for p in collect_posts(self.province_walk, self.period) if p.same_text)

    def records(self, sections: Iterable[str], days: int = 0) -> tuple[Record, ...]:
        """All distinct document records of the sections; ``days``: the longest deadline they have."""
        sections = tuple(sections)
        key = (sections, days)
        if key not in self._records:
            self._records[key] = collect_records(
                self.walk,
                [seen for _, seen in self.section_pages(sections)],
                [post for post in self.posts if post.listed_in(sections)],
                self.evidence.ledger,
                self.period,
                self._stale_by(days),
            )
        return self._records[key]

    def _stale_by(self, days: int) -> date:
        """The last day of issue whose deadline ran out before the period opened."""
        day = self.period.opens - _DAY
        while self.calendar.add_working_days(day, days) >= self.period.opens:
            day -= _DAY
        return day

    def counts(self, post: Post) -> bool:
        """True when the post's stated date lies in the period and was not in the future when read."""
        day = post.posted
        return day is not None and not post.future and day <= self.today and self.period.holds(day)

    def syndicated(self, post: Post) -> bool:
        """True when the province's portal has a post of the same title and date."""
        return post.same_text is not None and post.same_text in self.province_posts

    def section_pages(self, sections: Iterable[str], children: bool = True) -> list[tuple[Trail, Seen]]:
        """Seen pages of the sections that hold something, each once, with the trail that led there."""
        found: dict[int, tuple[Trail, Seen]] = {}
        for trail in self.walk.trails(sections, children):
            for seen in self.walk.pages(trail):
                if not seen.holds_nothing:
                    found.setdefault(seen.position, (trail, seen))
        return list(found.values())

    def missed_articles(self, sections: Iterable[str], *, undated: bool = False) -> tuple[Gap, ...]:
        """Articles of the sections' lists that were asked for and did not come; with ``undated`` only
        those whose date the list does not state."""
        pages = [seen for _, seen in self.section_pages(sections)]
        items = [item for seen in pages for item in seen.reading.items if not (undated and item.posted)]
        urls = dict.fromkeys(item.url for item in items if item.url)
        return self.walk.gaps_at([url for url in urls if self.walk.missed(url)])

    def unseen(
        self,
        leaf: Leaf,
        cover: Cover,
        possible: Iterable[str],
        values: Mapping[str, Value] | None = None,
        evidence: Sequence[Citation] = (),
    ) -> Finding:
        """The finding "not everything was seen", naming the first gap."""
        gaps = cover.missing
        return self.open(
            leaf,
            f"{leaf.kind}.unseen",
            possible,
            {**(values or {}), **gap_values(gaps)},
            (*evidence, *gap_citations(gaps)),
        )

    def absence(self, cover: Cover) -> tuple[Citation, ...]:
        """The pages that an absence rests on: home page and site map, then the section's own pages."""
        trails = [*self.walk.trails(["home", "sitemap"]), *cover.trails]
        pages = {seen.position: seen for trail in trails for seen in self.walk.pages(trail)[:2]}
        return tuple(
            seen.cite(seen.reading.wall.quote if seen.reading.wall else "")
            for seen in list(pages.values())[:_MAX_CITED]
        )

    @staticmethod
    def found(
        leaf: Leaf,
        level: str,
        code: str,
        values: Mapping[str, Value] | None = None,
        evidence: Iterable[Citation] = (),
    ) -> Finding:
        """A resolved finding."""
        return Finding(leaf.id, level, code, values or {}, tuple(dict.fromkeys(evidence)))

    @staticmethod
    def open(
        leaf: Leaf,
        code: str,
        possible: Iterable[str],
        values: Mapping[str, Value] | None = None,
        evidence: Iterable[Citation] = (),
    ) -> Finding:
        """An unresolved finding with the levels that are still possible, best first."""
        allowed = set(possible)
        levels = tuple(level.id for level in leaf.levels if level.id in allowed)
        return Finding(leaf.id, None, code, values or {}, tuple(dict.fromkeys(evidence)), levels)


def gap_values(gaps: Sequence[Gap]) -> dict[str, Value]:
    """The values by which a reason names what was not seen."""
    first = gaps[0] if gaps else Gap("", "unread")
    return {"where": first.where, "why": first.why, "gaps": len(gaps)}


def gap_citations(gaps: Sequence[Gap]) -> tuple[Citation, ...]:
    """Citations of the failed exchanges behind gaps."""
    return tuple(cite(gap.capture) for gap in gaps[:_MAX_CITED] if gap.capture is not None)


def every_level(leaf: Leaf) -> tuple[str, ...]:
    """All level ids of a leaf, best first."""
    return tuple(level.id for level in leaf.levels)
