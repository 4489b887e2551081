"""The fleet's content: for each unit the cases drawn by :mod:`plan`, turned into a portal.

Seeded and deterministic: the same size and seed give the same bytes. Units and their addresses are
in :func:`units`; :func:`build` makes the portals.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from tests.portals import plan
from tests.portals.content import Anchor, Fault, Kind, Office, Portal, Question, UnitInfo
from tests.portals.plan import Case
from tests.portals.posts import Ids
from tests.portals.province import province_portal
from tests.portals.site import GOVERNMENT, SiteBuilder, direction_news

SEED = 65
DEFAULT_PORT = 8700
# Address at which the server tells what it was asked; it belongs to no portal.
CONTROL = "127.0.19.1"
UNITS_FILE = Path(__file__).parent / "units.tsv"

SKIN_TURNS = (
    "bacninh",
    "liferay62",
    "plain",
    "bacninh",
    "wordpress",
    "plain",
    "liferay62",
    "bacninh",
    "sharepoint",
)

# Communes that show a fault of the whole portal instead of drawn cases.
DOWN, WALL, INNER_WALL, BARE, HAZARDOUS = "truongson", "bienson", "caoduc", "tanson", "kep"
# A department whose site is a path on the province's host.
PREFIXED = "snv"
HAZARDS = ("endless", "bomb", "nested", "locale", "calendar", "sessions", "facets")


@dataclass(frozen=True, slots=True)
class World:
    """The whole fleet: units in register order, and a portal for each unit with an address."""

    units: tuple[UnitInfo, ...]
    portals: dict[str, Portal]
    port: int

    @property
    def listening(self) -> list[Portal]:
        """The portals that answer at all."""
        return [portal for portal in self.portals.values() if portal.fault != "down"]


def build(port: int = DEFAULT_PORT, size: int | None = None, seed: int = SEED) -> World:
    """The fleet at ``port``; ``size`` portals of it (None: all 113, the real register's shape)."""
    known = _units(port, size)
    ids = Ids()
    direction = direction_news(ids, seed)
    plans = _plans(seed)
    portals: dict[str, Portal] = {}
    petitions: list[Question] = []
    for turn, unit in enumerate(unit for unit in known if unit.url):
        if unit.kind == "province":
            continue
        cases = plans[unit.id]
        builder = SiteBuilder(unit, SKIN_TURNS[turn % len(SKIN_TURNS)], cases, ids, seed)
        portals[unit.id] = builder.build(direction)
        petitions += builder.petitions
        _link(portals[unit.id], cases["links"][0], known, random.Random(f"{seed}/links/{unit.id}"))
        _strike(portals[unit.id])
    province = next(unit for unit in known if unit.kind == "province")
    portals[province.id] = province_portal(province, direction, petitions, ids, seed)
    return World(tuple(known), portals, port)


def _plans(seed: int) -> dict[str, dict[str, Case]]:
    everyone = _units(DEFAULT_PORT, None)
    plans: dict[str, dict[str, Case]] = {}
    for kind in ("department", "commune"):
        striken = (DOWN, WALL, INNER_WALL, BARE, HAZARDOUS)
        ids = [unit.id for unit in everyone if unit.kind == kind and unit.url and unit.id not in striken]
        plans |= plan.draw(kind, ids, seed)
        plans |= {
            unit.id: plan.flawless(kind) for unit in everyone if unit.kind == kind and unit.id in striken
        }
    # This department stands on the province's own host: "no link to the province" cannot be told there.
    plans[PREFIXED]["links"] = ("all", 0)
    return plans


def _units(port: int, size: int | None) -> list[UnitInfo]:
    """The register's units, each with a loopback address of its own."""
    units = [_unit(line.split("\t"), place, port) for place, line in enumerate(_lines())]
    if size is None:
        return units
    departments = [unit for unit in units if unit.kind == "department" and unit.url]
    special = [unit for unit in units if unit.id in (DOWN, WALL, INNER_WALL, BARE, HAZARDOUS)]
    communes = [unit for unit in units if unit.kind == "commune" and unit not in special]
    share = max(1, min(len(departments), size // 4))
    kept = [units[0], *departments[:share], *special, *communes][:size]
    kept += _more(size - len(kept), port)
    return sorted(kept, key=lambda unit: units.index(unit) if unit in units else len(units))


def _more(count: int, port: int) -> list[UnitInfo]:
    """Invented communes beyond the register, for measuring how a crawl grows."""
    return [
        UnitInfo(f"mau{n}", f"UBND xã Mẫu {n}", "commune", "UBND", (), f"{n:05d}", _address(200 + n, port))
        for n in range(1, count + 1)
    ]


def _lines() -> list[str]:
    return UNITS_FILE.read_text(encoding="utf-8").splitlines()[1:]


def _unit(cells: list[str], place: int, port: int) -> UnitInfo:
    kind, unit_id, name, abbreviation, aliases, code = cells
    url: str | None = _address(place + 1, port)
    if unit_id == PREFIXED:
        url = _address(1, port) + "web/so-noi-vu/"
    if not abbreviation:
        url = None
    names = tuple(filter(None, aliases.split("|")))
    return UnitInfo(unit_id, name, cast("Kind", kind), abbreviation, names, code or None, url)


def _address(place: int, port: int) -> str:
    return f"http://127.0.{20 + place // 250}.{place % 250}:{port}/"


def _link(portal: Portal, case: str, units: list[UnitInfo], rng: random.Random) -> None:
    """Links on the home page to the province, the Government, departments and communes."""
    others = [unit for unit in units if unit.url and unit is not portal.unit]
    departments = [unit for unit in others if unit.kind == "department"]
    communes = [unit for unit in others if unit.kind == "commune"]
    if case == "no_province":
        departments = [unit for unit in departments if unit.id != PREFIXED]
    few = departments if portal.unit.kind == "department" else communes
    if case == "few_departments":
        departments = departments[: len(departments) * 7 // 10]
    if case == "few":
        del few[len(few) * 8 // 10 :]
    if case == "all" and rng.random() < 0.5:
        del few[len(few) - len(few) // 12 :]
    anchors = [Anchor(unit.name, unit.url or "") for unit in departments]
    if case == "outdated":
        anchors = [
            Anchor(a.label, "http://cu.example.vn/" + str(n)) if n % 3 == 0 else a
            for n, a in enumerate(anchors)
        ]
    if portal.unit.kind == "commune":
        anchors += [Anchor(unit.name, unit.url or "") for unit in communes]
    if case != "no_province":
        province = next(unit for unit in units if unit.kind == "province")
        anchors.insert(0, Anchor("Cổng TTĐT tỉnh Bắc Ninh", province.url or ""))
    if case != "no_government":
        anchors.insert(0, GOVERNMENT)
    portal.links = (*portal.links, *anchors)


def _strike(portal: Portal) -> None:
    """Faults of whole portals."""
    faults: dict[str, Fault] = {DOWN: "down", WALL: "wall", INNER_WALL: "inner_wall"}
    portal.fault = faults.get(portal.unit.id, "none")
    if portal.unit.id == BARE:
        _strip(portal)
    if portal.unit.id == HAZARDOUS:
        portal.hazards = HAZARDS


def _strip(portal: Portal) -> None:
    """A portal put up and never filled: every section says it is being updated."""
    for section in portal.walk():
        if section.kind not in ("folder", "external"):
            section.state = "placeholder"
    portal.office = Office(None, None, None, None, False, False)
    portal.officer = None
    portal.search = "none"
    portal.robots = "slow"
