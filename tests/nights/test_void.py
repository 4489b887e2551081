"""Nights that say nothing: our own line was down."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nights import Void
from tests.nights.portals import WHEN, Portal, Village


@pytest.fixture
def nobody() -> str:
    """An address at which nobody answers."""
    portal = Portal()
    portal.up()
    portal.down()
    return f"http://127.0.0.1:{portal.port}/"


def test_when_a_third_of_the_portals_fail_nobody_is_judged(village: Callable[[int], Village]) -> None:
    here = village(7)
    first = here.told("audit", *WHEN)
    assert "void" not in first
    for portal in here.portals[:3]:
        portal.down()
    done = here.run("audit", *WHEN)
    assert done.returncode == 1
    assert "3 of 7 portals did not answer" in done.stderr
    second = here.told("scores", "--period", "2026-05")
    assert second["units"] == first["units"]
    told = here.told("runs")
    assert [run["void"] for run in told["runs"]] == ["portals 3/7", None]
    assert here.run("runs").returncode == 1
    # Also a later judging does not look at that night.
    assert here.told("judge", *WHEN)["units"] == first["units"]


def test_a_few_portals_down_are_their_own_matter(village: Callable[[int], Village]) -> None:
    here = village(7)
    for portal in here.portals[:2]:
        portal.down()
    told = here.told("audit", *WHEN)
    assert "void" not in told
    reached = {unit["unit"]: unit["reached"] for unit in told["units"]}
    assert [reached[f"u{n}"] for n in range(7)] == [False, False, True, True, True, True, True]


def test_a_void_first_night_leaves_everybody_unseen(village: Callable[[int], Village]) -> None:
    here = village(6)
    for portal in here.portals:
        portal.down()
    told = here.told("audit", *WHEN)
    assert told["void"] == {"what": "portals", "failed": 6, "total": 6}
    assert len(told["units"]) == 6
    for unit in told["units"]:
        assert not unit["reached"]
        assert all(leaf["level"] is None for leaf in unit["leaves"])


def test_without_control_addresses_that_answer_nothing_is_asked(
    village: Callable[[int], Village], nobody: str
) -> None:
    here = village(1)
    told = here.told("audit", *WHEN, RASOAT_CONTROLS=nobody)
    assert told["void"] == {"what": "controls", "failed": 1, "total": 1}
    assert here.portals[0].asked == []
    alive = f"http://127.0.0.1:{here.portals[0].port}/"
    assert "void" not in here.told("audit", *WHEN, RASOAT_CONTROLS=f"{nobody}, {alive}")


def test_controls_are_addresses(village: Callable[[int], Village]) -> None:
    done = village(1).run("audit", *WHEN, RASOAT_CONTROLS="example")
    assert done.returncode == 2
    assert "controls" in done.stderr


def test_why_a_night_is_void_is_kept_as_text() -> None:
    assert Void.parse(str(Void("portals", 40, 113))) == Void("portals", 40, 113)
