"""Runs, captures and evidence, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from storage_samples import NIGHT, exchange, failure, zipped

from errors import EvidenceError, StoreError
from pages.capture import Capture, Trail
from storage import recording
from storage.rows import trail_row
from storage.store import Store
from storage.tables import CaptureRow, TrailRow

HOME = Trail("home", "", "http://127.0.20.1:8700/", "complete", captures=(0, 1))
PROBE = Trail(
    "search",
    "Tìm kiếm",
    "http://127.0.20.1:8700/tim?q=a",
    "failed",
    reason="timeout",
    captures=(2,),
    inherited=True,
    facts=(("probe", "nonsense"), ("phrase", "zzqx")),
)


def walked(
    store: Store, unit: str = "sokhcn", *, as_of: datetime | None = None, reached: bool = True
) -> tuple[int, list[Capture]]:
    """One run over one portal."""
    run = store.start_run("crawl", [unit], as_of=as_of, settings={"period": "2026-05"})
    sent = [exchange(0), zipped(1), failure(2)]
    captures = [store.record(run, unit, each)[1] for each in sent]
    store.finish_portal(run, unit, [HOME, PROBE], reached, {"pages": 2, "seconds": 1.5})
    store.finish_run(run, "complete")
    return run, captures


def test_what_was_recorded_is_what_is_judged(store: Store) -> None:
    run, captures = walked(store)
    found = store.evidence("sokhcn")
    assert found is not None
    assert found.captures == tuple(captures)
    assert found.trails == (HOME, PROBE)
    assert (found.portal.run_id, found.portal.reached) == (run, True)
    assert found.portal.stats == {"pages": 2, "seconds": 1.5}
    assert [str(capture.fetched_at)[-6:] for capture in found.captures] == ["+07:00"] * 3


def test_evidence_is_there_for_the_next_program(reopen: Callable[[], Store]) -> None:
    first = reopen()
    _, captures = walked(first)
    first.close()
    found = reopen().evidence("sokhcn")
    assert found is not None
    assert found.captures == tuple(captures)


def test_positions_count_for_each_unit(store: Store) -> None:
    run = store.start_run("crawl", ["a", "b"], as_of=None, settings={})
    positions = [store.record(run, unit, exchange(n))[0] for n, unit in enumerate("abab")]
    assert positions == [0, 0, 1, 1]
    assert sorted(path.name for path in (store.data / store.runs()[0].folder).glob("*.gz")) == [
        "a.warc.gz",
        "b.warc.gz",
    ]


def test_only_finished_walks_are_judged(store: Store) -> None:
    run = store.start_run("crawl", ["sokhcn"], as_of=None, settings={})
    store.record(run, "sokhcn", exchange())
    assert store.evidence("sokhcn") is None
    store.finish_portal(run, "sokhcn", [], True, {})
    assert store.evidence("sokhcn") is not None


def test_a_portal_without_any_exchange(store: Store) -> None:
    run = store.start_run("crawl", ["sokhcn"], as_of=None, settings={})
    store.finish_portal(run, "sokhcn", [], False, {})
    found = store.evidence("sokhcn")
    assert found is not None
    assert found.captures == ()


def test_the_newest_reached_walk_up_to_the_moment_is_judged(store: Store) -> None:
    runs = {}
    for day, reached in ((2, True), (4, True), (6, False), (20, True)):
        moment = NIGHT.replace(month=6, day=day)
        runs[day] = walked(store, as_of=moment, reached=reached)[0]

    def chosen(**asked: Any) -> int | None:
        portal = store.latest_run_for("sokhcn", **asked)
        return portal.run_id if portal else None

    assert chosen() == runs[20]
    assert chosen(as_of=NIGHT.replace(month=6, day=19)) == runs[4]
    assert chosen(as_of=NIGHT.replace(month=6, day=4)) == runs[4]
    assert chosen(as_of=NIGHT.replace(month=6, day=10), since=date(2026, 6, 6)) == runs[6]
    assert chosen(as_of=NIGHT.replace(month=6, day=1)) is None
    assert chosen(since=date(2026, 6, 22)) is None
    assert store.latest_run_for("sotc") is None


def test_the_first_day_begins_at_local_midnight(store: Store) -> None:
    evening = datetime.fromisoformat("2026-04-22T23:59:00+07:00")
    walked(store, as_of=evening)
    assert store.latest_run_for("sokhcn", since=date(2026, 4, 23)) is None
    later, _ = walked(store, as_of=evening + timedelta(minutes=1))
    portal = store.latest_run_for("sokhcn", since=date(2026, 4, 23))
    assert portal is not None
    assert portal.run_id == later


def test_of_two_walks_for_one_moment_the_later_one_counts(store: Store) -> None:
    walked(store, as_of=NIGHT)
    second, _ = walked(store, as_of=NIGHT)
    portal = store.latest_run_for("sokhcn", as_of=NIGHT)
    assert portal is not None
    assert (portal.run_id, portal.seen_at) == (second, NIGHT)


def test_an_interrupted_run_is_resumed(reopen: Callable[[], Store]) -> None:
    asked: dict[str, Any] = {
        "kind": "crawl",
        "unit_ids": ["b", "a"],
        "as_of": NIGHT,
        "settings": {"period": "2026-05"},
    }
    store = reopen()
    run = store.start_run(**asked)
    again = exchange(1, body=b"newer")
    posted = exchange(2, method="POST", form=(("trang", "2"),))
    captures = [store.record(run, "a", each)[1] for each in (exchange(0), exchange(1), again, posted)]
    store.finish_run(run, "interrupted")
    store.close()

    store = reopen()
    assert store.resume_run(**asked | {"settings": {"period": "2026-06"}}) is None
    assert store.resume_run(**asked | {"unit_ids": ["a", "b"]}) == run
    assert store.previous(run, "b") == {}
    assert store.previous(run, "a") == {
        ("GET", exchange(0).url, ()): (0, captures[0]),
        ("GET", exchange(1).url, ()): (2, captures[2]),
        ("POST", exchange(2).url, (("trang", "2"),)): (3, captures[3]),
    }
    assert store.record(run, "a", exchange(9))[0] == 4
    store.finish_portal(run, "a", [], True, {})
    store.finish_run(run, "complete")
    found = store.evidence("a")
    assert found is not None
    assert found.captures[:4] == tuple(captures)
    assert store.resume_run(**asked) is None


def test_a_run_that_is_being_written_is_not_resumed(reopen: Callable[[], Store]) -> None:
    first, second = reopen(), reopen()
    run = first.start_run("crawl", ["a"], as_of=None, settings={})
    assert second.resume_run("crawl", ["a"], as_of=None, settings={}) is None
    assert reopen().runs()[0].state == "running"
    first.close()
    assert second.resume_run("crawl", ["a"], as_of=None, settings={}) == run


def test_an_old_run_is_not_resumed(store: Store) -> None:
    run = store.start_run("crawl", ["a"], as_of=None, settings={})
    store.finish_run(run, "interrupted")
    assert store.resume_run("crawl", ["a"], as_of=None, settings={}, within=timedelta(0)) is None


def test_nothing_is_recorded_for_a_run_of_others(store: Store) -> None:
    with pytest.raises(StoreError, match="Run 7 is not being written"):
        store.record(7, "a", exchange())


def test_rows_are_written_in_batches(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "BATCH_SECONDS", 3600.0)
    run = store.start_run("crawl", ["a"], as_of=None, settings={})

    def rows() -> int | None:
        with store.database.read() as session:
            return session.scalar(select(func.count()).select_from(CaptureRow))

    for number in range(recording.BATCH_ROWS - 1):
        store.record(run, "a", exchange(number))
    assert rows() == 0
    store.record(run, "a", exchange(99))
    assert rows() == recording.BATCH_ROWS
    monkeypatch.setattr(recording, "BATCH_SECONDS", 0.0)
    store.record(run, "a", exchange(100))
    assert rows() == recording.BATCH_ROWS + 1


def test_figures_of_a_run(store: Store) -> None:
    walked(store)
    run = store.start_run("crawl", ["a", "b"], as_of=None, settings={})
    store.record(run, "a", exchange())
    store.flush()
    new, old = store.runs()
    assert (old.portals, old.finished, old.reached, old.captures, old.failures) == (1, 1, 1, 3, 1)
    assert (new.portals, new.finished, new.reached, new.captures, new.failures) == (1, 0, 0, 1, 0)
    written = sum(path.stat().st_size for path in (store.data / old.folder).glob("*.gz"))
    assert 0 < written - old.bytes < 500  # the opening record is no capture
    assert store.runs(limit=1) == (new,)
    assert [portal.unit_id for portal in store.portal_runs(run)] == ["a"]
    assert old.software.startswith("rasoat/")


def test_characters_that_databases_cannot_hold(store: Store) -> None:
    run = store.start_run("crawl", ["a"], as_of=None, settings={})
    url = "http://127.0.20.1/\0\ud800?q=\uffff"
    _, capture = store.record(run, "a", exchange(url=url, reason="\0"))
    label = Trail("news", "Tin\0 \udfff", url, "complete", facts=(("phrase", "\0\ud800"),))
    store.finish_portal(run, "a", [label], True, {"note": "\0\ud800"})
    found = store.evidence("a")
    assert found is not None
    assert found.captures == (capture,)
    assert found.trails[0].label == "Tin\ufffd \ufffd"


def test_a_changed_evidence_file_is_named(store: Store) -> None:
    walked(store)
    file = next((store.data / store.runs()[0].folder).glob("*.gz"))
    whole = bytearray(file.read_bytes())
    whole[-20] ^= 1
    file.write_bytes(whole)
    with pytest.raises(EvidenceError, match=r"evidence/.*/sokhcn\.warc\.gz is not as it was written at byte"):
        store.evidence("sokhcn")


def test_rows_hang_together(store: Store) -> None:
    row = trail_row(77, 0, HOME)
    with pytest.raises(IntegrityError), store.database.write() as session:
        session.execute(insert(TrailRow), [row])


def test_a_time_without_zone_is_refused(store: Store) -> None:
    run = store.start_run("crawl", ["a"], as_of=None, settings={})
    with pytest.raises(ValueError, match="without its zone"):
        store.record(run, "a", exchange(fetched_at=datetime(2026, 5, 22)))  # noqa: DTZ001
    assert store.record(run, "a", exchange())[0] == 0
