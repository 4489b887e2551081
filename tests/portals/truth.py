"""The fleet's truth, read off its content by the rule book's words.

Independent of the program: own arithmetic, own calendar, nothing imported from it. A level is a
place counted from the best (0); :func:`truth` turns places into the edition's level ids, which are
the only thing read from the rubric. None is "cannot be decided from what can be seen".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TypedDict
from urllib.parse import urlsplit

import yaml

from tests.portals.content import UNSEEN, Document, Portal, Post, Question, Section
from tests.portals.days import AS_OF, CLOSES, OPENS, after, in_period, spent
from tests.portals.model import World
from tests.portals.plan import criteria

EDITION = Path(__file__).parents[2] / "rubric" / "editions" / "kh65-2025.yml"
PETITION_DAYS = 10
Answer = int | None


class UnitTruth(TypedDict):
    """What an audit of one unit must say."""

    leaves: dict[str, str | None]
    items: int
    reached: bool


def truth(world: World) -> dict[str, UnitTruth]:
    """The truth of every unit with an address, by unit id."""
    levels = _level_ids()
    petitions = _province_petitions(world)
    found: dict[str, UnitTruth] = {}
    for portal in world.portals.values():
        places = Judge(portal, world, petitions).leaves()
        found[portal.unit.id] = {
            "leaves": {
                leaf: None if place is None else levels[leaf][place] for leaf, place in places.items()
            },
            "items": len(_distinct(_period_posts(portal.walk()))) if portal.fault == "none" else 0,
            "reached": portal.fault in ("none", "inner_wall"),
        }
    return found


def _level_ids() -> dict[str, list[str]]:
    """Level ids of each leaf, best first, as the edition names them."""
    edition = yaml.load(EDITION.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    leaves = [leaf for group in edition["groups"].values() for leaf in group["leaves"]]
    return {leaf["id"]: [level["id"] for level in leaf["levels"]] for leaf in leaves}


def _province_petitions(world: World) -> list[Question]:
    return [
        question
        for portal in world.portals.values()
        if portal.unit.kind == "province"
        for section in portal.find("petitions")
        for question in section.questions
    ]


def _period_posts(sections: Iterable[Section]) -> list[Post]:
    """Posts of the period that a visitor can read, as often as they are shown."""
    return [
        post
        for section in sections
        if section.readable
        for post in section.posts
        if post.when and in_period(post.when.date())
    ]


def _distinct(posts: Iterable[Post]) -> set[tuple[str, date]]:
    """One piece is one title on one day, however many addresses and sections show it."""
    return {(post.title, post.when.date()) for post in posts if post.when}


class Judge:
    """One portal before the rule book."""

    def __init__(self, portal: Portal, world: World, province_petitions: list[Question]) -> None:
        self.portal = portal
        self.world = world
        self._asked_there = [q for q in province_petitions if q.unit == portal.unit.id]
        self.department = portal.unit.kind == "department"

    def leaves(self) -> dict[str, Answer]:
        """Leaf → place of its level."""
        decide: dict[str, Callable[[], Answer]] = {
            "organisation": lambda: self._parts(3, "organisation"),
            "history": lambda: self._present("history"),
            "culture": lambda: self._present("culture"),
            "contact": self._contact,
            "officer": self._officer,
            "news": lambda: self._counted("news", (10, 5, 1) if self.department else (5, 2, 1)),
            "documents": self._documents,
            "procedures": lambda: self._present("procedures"),
            "services": self._service,
            "law": lambda: self._counted("law", (5, 2, 1) if self.department else (3, 1)),
            "strategy": lambda: self._present("strategy"),
            "projects": lambda: self._present("projects"),
            "plans": lambda: self._present("plans"),
            "finance": lambda: self._present("finance", oldest=date(2024, 11, 22)),
            "statistics": lambda: self._present("statistics"),
            "petitions": self._petitions,
            "drafts": lambda: self._present("drafts"),
            "schedule": self._schedule,
            "rewards": lambda: self._present("rewards"),
            "radio": lambda: self._counted("radio", (1,)),
            "search": self._search,
            "links": self._links,
            "tools": self._tools,
            "access": lambda: self._parts(5, "access"),
        }
        topics = criteria(self.portal.unit.kind)
        if self.portal.fault in ("down", "wall"):
            return {leaf: None for leaf, _ in topics.values()}
        if self.portal.fault == "inner_wall":
            return {
                leaf: decide[topic]() if topic in HOME_TOPICS else None for topic, (leaf, _) in topics.items()
            }
        return {leaf: decide[topic]() for topic, (leaf, _) in topics.items()}

    # --- kinds of check -------------------------------------------------------------------------

    def _unseen(self, sections: list[Section]) -> bool:
        return any(section.state in UNSEEN for section in sections)

    def _counted(self, key: str, bands: tuple[int, ...]) -> Answer:
        sections = self.portal.find(key)
        if self._unseen(sections):
            return None
        count = len(_distinct(_period_posts(sections)))
        return next((place for place, least in enumerate(bands) if count >= least), len(bands))

    def _present(self, key: str, oldest: date | None = None) -> Answer:
        sections = self.portal.find(key)
        if any(self._holds(section, oldest) for section in sections):
            return 0
        return None if self._unseen(sections) else 1

    def _holds(self, section: Section, oldest: date | None) -> bool:
        if not section.readable:
            return False
        if section.kind == "external":
            return True
        if oldest and section.posts:
            return any(post.when and oldest <= post.when.date() <= AS_OF for post in section.posts)
        return bool(section.posts) or _own_text(section) >= 200

    def _parts(self, wanted: int, key: str) -> Answer:
        sections = self.portal.find(key)
        if self._unseen(sections):
            return None
        shown = frozenset().union(*(section.tags for section in sections if section.readable))
        return _all_some_none(len(shown), wanted)

    def _contact(self) -> Answer:
        office = self.portal.office
        official = office.email if (office.email or "").endswith(".gov.vn") else None
        asked = [office.address, office.phone, official]
        if self.department:
            asked.append(office.fax)
        if not (office.in_footer or office.on_page):
            return 2
        return _all_some_none(sum(part is not None for part in asked), len(asked))

    def _officer(self) -> Answer:
        officer = self.portal.officer
        if officer is None:
            return 2
        asked = [officer.name, officer.position, officer.phone, officer.email]
        if self.department:
            asked += [officer.workplace, officer.fax]
        return _all_some_none(sum(part is not None for part in asked), len(asked))

    def _documents(self) -> Answer:
        sections = self.portal.find("documents")
        if self._unseen(sections):
            return None
        rows = [(section, row) for section in sections if section.readable for row in section.documents]
        of_period = [(section, row) for section, row in rows if row.posted and in_period(row.posted)]
        if any(row.posted is None for _, row in rows):
            return None
        if not of_period:
            return 2
        fine = all(self._in_order(section, row) for section, row in of_period)
        return 0 if fine and all(section.document_search for section in sections) else 1

    def _in_order(self, section: Section, row: Document) -> bool:
        assert row.posted is not None
        days = spent(row.issued, row.posted)
        if not row.own:
            return not self.department or days <= 8
        whole = (
            row.file == "ok" and section.issuer_column and (row.effective is not None or not row.normative)
        )
        return whole and days <= (2 if self.department else 3)

    def _petitions(self) -> Answer:
        sections = self.portal.find("petitions")
        if self._unseen(sections):
            return None
        own = [question for section in sections if section.readable for question in section.questions]
        every = {question.id: question for question in (*self._asked_there, *own)}.values()
        due = [q for q in every if OPENS <= after(q.asked.date(), PETITION_DAYS) <= CLOSES]
        if not due:
            return 0
        on_time = sum(
            q.answered is not None and q.answered.date() <= after(q.asked.date(), PETITION_DAYS) for q in due
        )
        share = Fraction(on_time, len(due))
        if share < Fraction(1, 2):
            return 3 if any(q.answered for q in due) else 4
        return 0 if share == 1 else 1 if share >= Fraction(4, 5) else 2

    def _schedule(self) -> Answer:
        sections = self.portal.find("schedule")
        if self._unseen(sections):
            return None
        last_fortnight = date(2026, 5, 9)
        shown = [days for section in sections if section.readable for days in section.ranges]
        return 0 if any(first <= CLOSES and last >= last_fortnight for first, last in shown) else 1

    def _search(self) -> Answer:
        if self.portal.search == "script":
            return None
        return 0 if self.portal.search in ("get", "post") else 1

    def _service(self) -> Answer:
        links = [anchor.url for anchor in self.portal.links]
        links += [section.url for section in self.portal.walk() if section.url]
        links += [
            block.url for s in self.portal.walk() if s.readable for block in s.blocks if hasattr(block, "url")
        ]
        hosts = {urlsplit(link).hostname for link in links}
        return 0 if hosts & {"dichvucong.gov.vn", "dichvucong.bacninh.gov.vn"} else 1

    def _links(self) -> Answer:
        linked = {anchor.url for anchor in self.portal.links}
        government = any(urlsplit(url).hostname == "chinhphu.vn" for url in linked)
        enough = {kind: self._share(kind, linked) for kind in ("province", "department", "commune")}
        fine = enough["province"] and enough["department"]
        return 0 if fine and (government if self.department else enough["commune"]) else 1

    def _share(self, kind: str, linked: set[str]) -> bool:
        asked = [
            unit
            for unit in self.world.units
            if unit.kind == kind and unit.url and unit is not self.portal.unit
        ]
        return sum(unit.url in linked for unit in asked) >= Fraction(
            1 if kind == "province" else Fraction(9, 10)
        ) * len(asked)

    def _tools(self) -> Answer:
        posts = [post for section in self.portal.walk() if section.readable for post in section.posts]
        if not posts:
            return None
        sample = sorted(
            _period_posts(self.portal.walk()) or posts, key=lambda post: str(post.when), reverse=True
        )
        fine = self.portal.print_tool and self.portal.save_tool and all(post.tools for post in sample[:20])
        return 0 if fine else 1


# What the home page alone shows.
HOME_TOPICS = ("contact", "services", "links")


def _all_some_none(shown: int, wanted: int) -> int:
    return 2 if not shown else 0 if shown >= wanted else 1


def _own_text(section: Section) -> int:
    """Characters of a page's own text."""
    total = 0
    for block in section.blocks:
        text = getattr(block, "text", "")
        cells = [cell for row in getattr(block, "rows", ()) for cell in row]
        total += len(text) + sum(map(len, cells)) + sum(map(len, getattr(block, "lines", ())))
    return total
