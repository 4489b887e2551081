"""`rasoat runs`: what ran, what it cost, and what is gone since the run before."""

from __future__ import annotations

from collections.abc import Callable

from report.runs import Alarm, suspicions
from tests.nights.portals import WHEN, Village, site


def test_figures_of_a_run(village: Callable[[int], Village]) -> None:
    here = village(2)
    here.portals[1].down()
    here.told("crawl", *WHEN)
    told = here.told("runs")
    (listed,) = told["runs"]
    assert (listed["portals"], listed["reached"], listed["complete"]) == (2, 1, 1)
    assert listed["requests"] == len(here.portals[0].asked) + listed["errors"]["refused"]
    assert listed["bytes"] == here.portals[0].sent
    assert listed["evidence_bytes"] > 0
    units = {unit["unit"]: unit for unit in told["run"]["units"]}
    assert units["u0"]["sections"]["news"] == 4
    assert units["u0"]["budget"]["pages"] == 1500
    assert units["u1"]["coverage"] == "none"
    assert {each["section"] for each in units["u1"]["unread"]} == {"home"}
    assert here.told("runs", "--run", 1)["run"]["run"] == 1
    assert here.run("runs", "--run", 7).returncode == 2


def test_what_is_gone_raises_an_alarm(village: Callable[[int], Village]) -> None:
    here = village(1)
    here.told("crawl", *WHEN)
    assert here.told("runs")["run"]["alarms"] == []
    here.portals[0].pages = site(("Tin tức", "Liên hệ"), posts=0)
    here.told("crawl", *WHEN)
    told = here.told("runs")["run"]
    assert [(a["kind"], a["section"], a["before"]) for a in told["alarms"]] == [
        ("section_vanished", "documents", None),
        ("count_zero", "news", 4),
    ]
    assert told["held"] == []
    assert here.run("runs").returncode == 1


def test_an_unreached_portal_has_lost_nothing(village: Callable[[int], Village]) -> None:
    here = village(1)
    here.told("crawl", *WHEN)
    here.portals[0].down()
    here.told("crawl", *WHEN)
    assert here.told("runs")["run"]["alarms"] == []


def test_several_portals_of_one_cms_point_to_the_reader(village: Callable[[int], Village]) -> None:
    here = village(4)
    here.told("crawl", *WHEN)
    for portal in here.portals[:3]:
        portal.pages = site(("Tin tức", "Liên hệ"))
    here.told("crawl", *WHEN)
    told = here.told("runs")["run"]
    assert told["held"] == ["u0", "u1", "u2"]
    assert [reader["units"] for reader in told["readers"]] == [["u0", "u1", "u2"]]


def test_two_portals_are_no_pattern() -> None:
    alarms = [Alarm(f"u{n}", "liferay62", "section_vanished", "news") for n in (1, 1, 2)]
    assert suspicions(alarms) == ()
    assert suspicions([*alarms, Alarm("u3", "vnpt", "count_zero", "news", 3)]) == ()


def test_for_people(village: Callable[[int], Village]) -> None:
    here = village(1)
    here.told("crawl", *WHEN)
    here.portals[0].pages = site(("Tin tức", "Liên hệ"))
    here.told("crawl", *WHEN)
    said = here.plain("runs").stdout
    assert "u0: section documents has vanished" in said
    assert "The slowest portals" in said
    assert max(map(len, said.splitlines())) <= 80
