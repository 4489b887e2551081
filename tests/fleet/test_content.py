"""The fleet by itself: its cases come about and its readers do not know the plain skin."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from tests.portals import Fleet, plan
from tests.portals.days import after, spent
from tests.portals.model import BARE, DOWN, HAZARDOUS, INNER_WALL, SEED, WALL, World, _plans, build
from tests.portals.skins import dress
from tests.portals.skins.base import Ask
from tests.portals.truth import truth

ROOT = Path(__file__).parents[2]
STRIKEN = {DOWN, WALL, INNER_WALL, BARE, HAZARDOUS}


@pytest.fixture(scope="module")
def world() -> World:
    return build()


def test_shape_is_the_real_registers(world: World) -> None:
    kinds = [(unit.kind, unit.url is not None) for unit in world.units]
    assert kinds.count(("province", True)) == 1
    assert kinds.count(("department", True)) == 13
    assert kinds.count(("department", False)) == 6
    assert kinds.count(("commune", True)) == 99


def test_truth_is_what_the_cases_were_meant_to_give(world: World) -> None:
    found = truth(world)
    levels = _places(world, found)
    for unit_id, cases in _plans(SEED).items():
        if unit_id in STRIKEN:
            continue
        kind = world.portals[unit_id].unit.kind
        for topic, (leaf, _) in plan.criteria(kind).items():
            case, place = cases[topic]
            assert levels[unit_id][leaf] == place, f"{unit_id} {topic} {case}"


def test_every_level_of_every_leaf_occurs(world: World) -> None:
    seen: dict[str, set[int | None]] = defaultdict(set)
    for leaves in _places(world, truth(world)).values():
        for leaf, place in leaves.items():
            seen[leaf].add(place)
    for kind in ("department", "commune"):
        for leaf, cases in plan.criteria(kind).values():
            assert {place for _, place in cases} <= seen[leaf], leaf


def test_building_twice_gives_the_same_fleet(world: World) -> None:
    again = build()
    assert again.portals == world.portals
    assert truth(again) == truth(world)


def test_holidays_lengthen_deadlines() -> None:
    # Friday 24/4: Monday 27/4 is off in lieu of Giỗ Tổ, 30/4 and 1/5 are holidays.
    assert after(date(2026, 4, 24), 2) == date(2026, 4, 29)
    assert after(date(2026, 4, 24), 3) == date(2026, 5, 4)
    assert spent(date(2026, 4, 24), date(2026, 5, 4)) == 3


def test_readers_and_crawler_do_not_know_the_plain_skin() -> None:
    source = (ROOT / "tests/portals/skins/plain.py").read_text(encoding="utf-8")
    marks = set(re.findall(r"kx-[a-z]+", source))
    assert len(marks) > 8
    for folder in ("pages", "crawler"):
        for path in (ROOT / folder).rglob("*.*"):
            if path.suffix in (".py", ".yml"):
                text = path.read_text(encoding="utf-8")
                assert not [mark for mark in (*marks, "/muc/", "/xem/") if mark in text], path


def test_every_address_of_every_portal_answers(world: World) -> None:
    for portal in world.listening:
        skin = dress(portal)
        for path in skin.routes:
            if portal.fault == "none" and not path.startswith("/tien-ich"):
                assert skin.reply(Ask(path)).status in (200, 302, 404, 500, 503), (portal.unit.id, path)


def test_server_serves_counts_and_stops() -> None:
    with Fleet(size=6) as fleet:
        assert fleet.register_path.exists()
        assert set(fleet.truth()) == set(fleet.world.portals)
        assert fleet.hits().requests == {}
        server = fleet._server
        assert server is not None
    assert server.returncode == 0


def _places(world: World, found: dict) -> dict[str, dict[str, int | None]]:  # type: ignore[type-arg]
    from tests.portals.truth import _level_ids

    ids = _level_ids()
    return {
        unit_id: {
            leaf: None if level is None else ids[leaf].index(level)
            for leaf, level in answer["leaves"].items()
        }
        for unit_id, answer in found.items()
    }
