"""Answers confirmed by 304: kept as revisits, read back as the answers themselves; void runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from storage_samples import NIGHT, exchange, zipped

from errors import EvidenceError
from pages.capture import Trail
from storage import originals
from storage.archive import load_alone
from storage.exchange import Exchange
from storage.store import Store
from storage.unwarc import DamagedRecordError, confirmed, group_at
from storage.warc import Origin, packed

HOME = Trail("home", "", "http://127.0.20.1:8700/", "complete", captures=(0,))
SINCE = date(2026, 4, 23)


def tagged(sample: Exchange, tag: str = '"a"') -> Exchange:
    """With an ETag."""
    return replace(sample, headers=(*sample.headers, ("ETag", tag), ("X-Old", "1")))


def night(store: Store, *exchanges: Exchange) -> int:
    """One night with these exchanges."""
    run = store.start_run("crawl", ["u"], None, {})
    for each in exchanges:
        store.record(run, "u", each)
    store.finish_portal(run, "u", [HOME], True, {})
    store.finish_run(run, "complete")
    return run


def unchanged(store: Store, run: int, number: int = 0) -> Exchange:
    """The 304 to a page of an earlier night."""
    earlier = store.earlier(run, "u", SINCE)[exchange(number).url]
    return exchange(
        number,
        status=304,
        reason="Not Modified",
        headers=(("ETag", earlier.etag or ""), ("X-Old", "2"), ("Content-Length", "0")),
        body=b"",
        earlier=earlier,
        fetched_at=datetime(2026, 5, 23, 18, 0, tzinfo=UTC),
        seen_at=datetime(2026, 5, 23, 18, 0, tzinfo=UTC),
    )


@pytest.mark.parametrize("sample", [exchange(), zipped()])
def test_a_confirmed_answer_is_the_answer(store: Store, sample: Exchange) -> None:
    night(store, tagged(sample))
    run = store.start_run("crawl", ["u"], None, {})
    position, given = store.record(run, "u", unchanged(store, run))
    assert position == 0
    store.finish_portal(run, "u", [HOME], True, {})
    store.finish_run(run, "complete")
    found = store.evidence("u")
    assert found is not None
    assert found.portal.run_id == run
    (capture,) = found.captures
    assert capture == given
    assert (capture.status, capture.body) == (200, sample.body)
    assert capture.fetched_at > NIGHT
    assert capture.header("content-type") == "text/html; charset=utf-8"
    assert capture.header("x-old") == "2"
    assert capture.header("content-length") is None
    assert store.previous(run, "u")["GET", sample.url, ()] == (0, capture)


def test_a_third_night_refers_to_the_body(store: Store) -> None:
    night(store, tagged(exchange()))
    for _ in range(2):
        run = store.start_run("crawl", ["u"], None, {})
        (known,) = store.earlier(run, "u", SINCE).values()
        store.record(run, "u", unchanged(store, run))
        store.finish_portal(run, "u", [HOME], True, {})
        store.finish_run(run, "complete")
    run = store.start_run("crawl", ["u"], None, {})
    assert store.earlier(run, "u", SINCE) == {exchange().url: known}


def test_what_can_be_confirmed(store: Store) -> None:
    night(
        store,
        tagged(exchange(0)),
        exchange(1),
        tagged(exchange(2, status=404)),
        tagged(exchange(3, method="POST", form=(("q", "x"),))),
        tagged(exchange(4, error="too_big", truncated=True)),
        tagged(exchange(5, error="reset", truncated=True)),
        replace(exchange(6), headers=(("Last-Modified", "Fri, 22 May 2026 10:00:00 GMT"),)),
    )
    run = store.start_run("crawl", ["u"], None, {})
    found = {int(url.rpartition("/")[2]): each for url, each in store.earlier(run, "u", SINCE).items()}
    assert sorted(found) == [0, 4, 6]
    assert (found[0].etag, found[0].last_modified, found[0].cut) == ('"a"', None, False)
    assert (found[4].etag, found[4].cut) == (None, True)
    assert found[6].last_modified == "Fri, 22 May 2026 10:00:00 GMT"
    assert store.earlier(run, "u", date(2030, 1, 1)) == {}
    assert store.earlier(run, "v", SINCE) == {}


def test_a_changed_original_confirms_nothing(store: Store) -> None:
    night(store, tagged(exchange()))
    run = store.start_run("crawl", ["u"], None, {})
    asked = unchanged(store, run)
    assert asked.earlier is not None
    path = store.data / asked.earlier.place.file
    path.write_bytes(path.read_bytes()[:-20] + bytes(20))
    with pytest.raises(EvidenceError):
        store.record(run, "u", asked)
    position, capture = store.record(run, "u", replace(asked, earlier=None))
    assert (position, capture.status, capture.body) == (0, 304, b"")


def test_another_body_at_the_place_is_noticed(store: Store) -> None:
    night(store, tagged(exchange(0)), tagged(exchange(1)))
    run = store.start_run("crawl", ["u"], None, {})
    asked = unchanged(store, run, 0)
    assert asked.earlier is not None
    alone = load_alone(store.data, asked.earlier.place)
    other = load_alone(store.data, store.earlier(run, "u", SINCE)[exchange(1).url].place)
    origin = Origin(asked.earlier.place, alone.record_id, alone.capture.fetched_at, alone.capture.ref)
    revisit = group_at(packed(asked, 0, origin).data)
    assert revisit is not None
    assert confirmed(revisit, alone).capture.body == exchange(0).body
    with pytest.raises(DamagedRecordError):
        confirmed(revisit, other)


def test_a_revisit_is_handed_on_as_a_whole_answer(store: Store) -> None:
    night(store, tagged(zipped()))
    run = store.start_run("crawl", ["u"], None, {})
    store.record(run, "u", unchanged(store, run))
    store.finish_portal(run, "u", [HOME], True, {})
    store.finish_run(run, "complete")
    found = store.evidence("u")
    assert found is not None
    (place,) = originals.places(store, found.portal.id)
    group = group_at(originals.stored_bytes(store, place))
    assert group is not None and group.origin is None
    capture = found.captures[0]
    assert (group.position, group.capture.ref) == (0, capture.ref)
    assert (group.capture.status, group.capture.body) == (200, capture.body)
    assert group.capture.fetched_at == capture.fetched_at


def test_rows_lost_in_a_crash_come_back_from_revisits(store: Store) -> None:
    night(store, tagged(exchange()))
    run = store.start_run("crawl", ["u"], None, {})
    store.record(run, "u", unchanged(store, run))
    store._pending.clear()  # the process died before the row was written
    store.finish_run(run, "failed")
    again = store.resume_run("crawl", ["u"], None, {})
    assert again == run
    ((position, capture),) = store.previous(run, "u").values()
    assert (position, capture.body) == (0, exchange().body)


def test_nobody_is_judged_by_a_void_run(store: Store) -> None:
    first = night(store, exchange())
    second = night(store, exchange())
    store.void_run(second, "controls 1/1")
    found = store.latest_run_for("u")
    assert found is not None
    assert found.run_id == first
    assert [run.void for run in store.runs()] == ["controls 1/1", None]
    assert store.walk_before(replace(found, run_id=second + 1)) == found
    everything = store.walks_between("u", datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
    assert [walk.run_id for walk in everything] == [first]
