"""Further passes of a night, over what was not reached or not read to the end; crawl windows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import scheduler
from cli.crawling import seconds_until
from errors import InputError
from pages.capture import Trail
from scheduler import Window
from settings import Settings, load_settings
from storage.store import open_store
from tests.nights.portals import WHEN, Village

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def test_a_further_pass_asks_only_who_failed(village: Callable[[int], Village]) -> None:
    here = village(3)
    here.portals[1].down()
    first = here.told("audit", *WHEN)
    assert [unit["reached"] for unit in first["units"]] == [True, False, True]
    here.forget()
    here.portals[1].up()
    second = here.told("audit", *WHEN, "--unfinished")
    assert [unit["reached"] for unit in second["units"]] == [True, True, True]
    assert here.portals[0].asked == here.portals[2].asked == []
    assert here.portals[1].asked
    here.forget()
    assert here.told("crawl", *WHEN, "--unfinished") == {"run": None, "units": []}
    assert here.portals[1].asked == []


def test_a_failed_section_calls_for_another_pass_a_missing_one_does_not(
    village: Callable[[int], Village],
) -> None:
    here = village(2)
    del here.portals[0].pages["/muc-1"]  # 404: nobody expects it back in an hour
    answer = here.portals[1].answer

    def fails(request: object) -> None:
        if request.path == "/muc-1":  # type: ignore[attr-defined]
            request.send_error(503)  # type: ignore[attr-defined]
        else:
            answer(request)  # type: ignore[arg-type]

    here.portals[1].answer = fails  # type: ignore[method-assign]
    told = here.told("crawl", *WHEN)
    assert {unit["coverage"] for unit in told["units"]} == {"partial"}
    here.portals[1].answer = answer  # type: ignore[method-assign]
    again = here.told("crawl", *WHEN, "--unfinished")
    assert [(unit["unit"], unit["coverage"]) for unit in again["units"]] == [("u1", "complete")]


def test_a_worse_further_pass_does_not_replace_the_first(tmp_path: Path) -> None:
    moment = datetime(2026, 5, 22, 1, 0, tzinfo=HERE)
    home = Trail("home", "", "http://127.0.0.1/", "complete")
    with open_store(tmp_path) as store:

        def night(at: datetime, reached: bool, **stats: object) -> int:
            run = store.start_run("crawl", ["u"], at, {"at": at.isoformat(), **stats})
            store.finish_portal(run, "u", [home], reached, stats)
            store.finish_run(run, "complete")
            return run

        def judged_by() -> int:
            found = store.latest_run_for("u")
            assert found is not None
            return found.run_id

        first = night(moment, True, unread=1)
        night(moment + timedelta(hours=1), True, unread=2, retry=True)
        assert judged_by() == first
        night(moment + timedelta(hours=2), False, unread=0, retry=True)
        assert judged_by() == first
        better = night(moment + timedelta(hours=3), True, unread=1, retry=True)
        assert judged_by() == better
        next_night = night(moment + timedelta(days=1), True, unread=5)
        assert judged_by() == next_night
        store.void_run(next_night, "controls 1/1")
        assert judged_by() == better


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The options of each pass; the last one settles everything."""
    done: list[list[str]] = []

    def one_pass(settings: Settings, words: Sequence[str] = ()) -> int:
        done.append(list(words))
        return 0 if len(done) == 3 else 1

    monkeypatch.setattr(scheduler, "one_pass", one_pass)
    return done


def test_the_scheduler_goes_on_with_what_is_unfinished(passes: list[list[str]]) -> None:
    slept: list[float] = []
    settings = load_settings(retry_passes=4, retry_wait=600)
    day = datetime(2026, 5, 20, 1, 0, tzinfo=HERE)
    assert scheduler.tonight(settings, None, slept.append, lambda: day) == 0
    assert passes == [[], ["--unfinished"], ["--unfinished"]]
    assert slept == [600, 600]


def test_the_night_after_a_period_reads_everything(passes: list[list[str]]) -> None:
    day = datetime(2026, 5, 23, 1, 0, tzinfo=HERE)
    scheduler.tonight(load_settings(retry_passes=0), None, lambda _: None, lambda: day)
    assert passes == [["--full"]]
    assert not scheduler.month_closed(date(2026, 5, 22))


def test_nothing_begins_outside_the_window(passes: list[list[str]]) -> None:
    now = [datetime(2026, 5, 20, 20, 30, tzinfo=HERE)]

    def sleep(seconds: float) -> None:
        now[0] += timedelta(seconds=seconds)

    window = Window.parse("22:00-06:00")
    scheduler.tonight(load_settings(retry_passes=5, retry_wait=9 * 3600), window, sleep, lambda: now[0])
    assert passes == [["--until", "06:00"]]
    assert now[0] == datetime(2026, 5, 21, 7, 0, tzinfo=HERE)


@pytest.mark.parametrize(
    ("window", "clock", "wait"),
    [
        ("22:00-06:00", "21:00", 3600),
        ("22:00-06:00", "22:00", 0),
        ("22:00-06:00", "05:59", 0),
        ("22:00-06:00", "06:00", 16 * 3600),
        ("01:00-05:00", "00:30", 1800),
        ("01:00-05:00", "05:00", 20 * 3600),
        ("03:00-03:00", "12:00", 0),
    ],
)
def test_the_wait_for_a_window(window: str, clock: str, wait: float) -> None:
    moment = datetime.combine(date(2026, 5, 20), time.fromisoformat(clock), HERE)
    assert Window.parse(window).wait(moment) == wait


def test_until_a_time_of_day() -> None:
    now = datetime(2026, 5, 20, 23, 0, tzinfo=HERE)
    assert seconds_until("06:00", now) == 7 * 3600
    assert seconds_until("23:00", now) == 24 * 3600
    with pytest.raises(InputError):
        seconds_until("noon", now)
