"""Cheap nights: what has not changed is confirmed, kept as a revisit, and read as before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from storage.store import open_store
from tests.nights.portals import WHEN, Village


def levels(answer: dict[str, Any]) -> dict[str, list[tuple[str, str | None]]]:
    """Unit → its leaves' levels."""
    return {u["unit"]: [(leaf["id"], leaf["level"]) for leaf in u["leaves"]] for u in answer["units"]}


def bodies(data: Path) -> dict[str, bytes]:
    """Address → body, of what the unit is judged by now."""
    with open_store(data) as store:
        found = store.evidence("u0")
        assert found is not None
        return {each.url: each.body for each in found.captures if each.status == 200}


def records(data: Path, kind: str) -> list[dict[str, str]]:
    """Headers of all WARC records of a kind, by another program's reading."""
    found = []
    for path in sorted(data.glob("evidence/*/*.warc.gz")):
        with path.open("rb") as stream:
            found += [dict(r.rec_headers.headers) for r in ArchiveIterator(stream) if r.rec_type == kind]
    return found


def test_an_unchanged_portal_costs_little_and_is_judged_the_same(village: Callable[[int], Village]) -> None:
    here = village(1)
    first = here.told("audit", *WHEN)
    before, sent, pages = bodies(here.data), here.portals[0].sent, len(here.portals[0].asked)
    here.forget()
    second = here.told("audit", *WHEN)
    assert levels(second) == levels(first)
    assert here.portals[0].sent <= 0.3 * sent
    assert len(here.portals[0].asked) == pages
    assert bodies(here.data) == before
    assert all(before.values())
    responses = {r["WARC-Record-ID"]: r for r in records(here.data, "response")}
    revisits = records(here.data, "revisit")
    assert len(revisits) == sum(status == 304 for _, status in here.portals[0].asked) > 0
    for each in revisits:
        earlier = responses[each["WARC-Refers-To"]]
        assert earlier["WARC-Target-URI"] == each["WARC-Target-URI"] == each["WARC-Refers-To-Target-URI"]
        assert earlier["WARC-Date"] == each["WARC-Refers-To-Date"]
        assert each["WARC-Profile"].endswith("server-not-modified")


def test_a_third_night_still_refers_to_the_body_itself(village: Callable[[int], Village]) -> None:
    here = village(1)
    for _ in range(3):
        here.told("crawl", *WHEN)
    responses = {r["WARC-Record-ID"] for r in records(here.data, "response")}
    assert {r["WARC-Refers-To"] for r in records(here.data, "revisit")} <= responses
    assert here.portals[0].asked.count(("/", 304)) == 2


def test_what_changed_is_read_anew(village: Callable[[int], Village]) -> None:
    here = village(1)
    here.told("crawl", *WHEN)
    changed = here.portals[0].pages["/muc-1"].replace("Nội dung", "Bản mới")
    here.portals[0].pages["/muc-1"] = changed
    here.forget()
    here.told("crawl", *WHEN)
    assert ("/muc-1", 200) in here.portals[0].asked
    assert ("/muc-2", 304) in here.portals[0].asked
    found = {url.rpartition("/")[2]: body for url, body in bodies(here.data).items()}
    assert found["muc-1"] == changed.encode()


def test_a_full_night_and_a_new_period_read_everything(village: Callable[[int], Village]) -> None:
    here = village(1)
    last_day = ("--period", "2026-05", "--as-of", "2026-05-22")
    here.told("crawl", *last_day)
    here.forget()
    here.told("crawl", *last_day, "--full")
    here.told("crawl", "--period", "2026-06", "--as-of", "2026-05-30")
    assert 304 not in [status for _, status in here.portals[0].asked]


def test_a_lost_original_is_asked_for_again(village: Callable[[int], Village]) -> None:
    here = village(1)
    first = here.told("audit", *WHEN)
    (path,) = here.data.glob("evidence/*/u0.warc.gz")
    kept = path.read_bytes()
    path.write_bytes(kept[: len(kept) // 2] + bytes(len(kept) - len(kept) // 2))
    here.forget()
    second = here.told("audit", *WHEN)
    assert levels(second) == levels(first)
    confirmed = {path for path, status in here.portals[0].asked if status == 304}
    assert confirmed & {path for path, status in here.portals[0].asked if status == 200}
    assert all(bodies(here.data).values())


def test_evidence_files_hold_whole_answers(village: Callable[[int], Village], tmp_path: Path) -> None:
    here = village(1)
    here.told("audit", *WHEN)
    here.told("audit", *WHEN)
    file = tmp_path / "u0.wacz"
    assert here.run("evidence", "u0", "--period", "2026-05", "-o", file).returncode == 0
    done = here.run("verify", file)
    assert done.returncode == 0, done.stdout
