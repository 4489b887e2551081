"""Killed, cut, full and locked: what is kept, what is named, what is never claimed."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from storage_samples import exchange

from errors import EvidenceError, StoreError
from pages.capture import Trail
from storage import database
from storage.store import Store, open_store

ROOT = Path(__file__).parents[2]


def program(body: str, *arguments: str) -> subprocess.Popen[str]:
    """A program that opens the store ``sys.argv[1]``, ``sys.argv[2]`` and does ``body``."""
    code = "import sys, resource\nfrom pathlib import Path\nfrom storage_samples import exchange\n" + (
        "from errors import StoreError\nfrom storage.store import open_store\n"
        "data, url = Path(sys.argv[1]), sys.argv[2] or None\n" + textwrap.dedent(body)
    )
    path = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": path},
    )


def killed_while_recording(data: Path, db_url: str | None, body: str, lines: int = 1) -> None:
    """Runs ``body`` until it has printed ``lines`` lines, then SIGKILL."""
    running = program(body, str(data), db_url or "")
    assert running.stdout is not None
    for _ in range(lines):
        assert running.stdout.readline()
    running.send_signal(signal.SIGKILL)
    running.wait()
    running.stdout.close()


RECORD_FOR_EVER = """
store = open_store(data, url)
run = store.start_run("crawl", ["a", "b"], None, {})
store.record(run, "b", exchange(0))
store.finish_portal(run, "b", [], True, {})
for number in range(10**6):
    store.record(run, "a", exchange(number, body=bytes(range(256)) * 40))
    print(number, flush=True)
"""


def unit_file(store: Store, unit: str = "a") -> Path:
    return store.data / store.runs()[0].folder / f"{unit}.warc.gz"


def test_killed_while_recording(tmp_path: Path, db_url: str | None, reopen: Callable[[], Store]) -> None:
    reopen().close()
    killed_while_recording(tmp_path / "data", db_url, RECORD_FOR_EVER, lines=73)
    store = reopen()
    (run,) = store.runs()
    assert run.state == "interrupted"
    assert run.captures >= 74  # every one that was promised, with or without its row then
    assert store.evidence("a") is None  # its walk did not end
    found = store.evidence("b")
    assert found is not None
    assert len(found.captures) == 1
    assert store.resume_run("crawl", ["a", "b"], None, {}) == run.id
    known = store.previous(run.id, "a")
    assert sorted(position for position, _ in known.values()) == list(range(run.captures - 1))
    assert store.record(run.id, "a", exchange(5))[0] == run.captures - 1


def test_killed_before_any_row_was_written(
    tmp_path: Path, db_url: str | None, reopen: Callable[[], Store]
) -> None:
    body = """
    import storage.recording
    storage.recording.BATCH_ROWS = storage.recording.BATCH_SECONDS = 10**9
    store = open_store(data, url)
    run = store.start_run("crawl", ["a"], None, {})
    for number in range(5):
        store.record(run, "a", exchange(number, method="POST", form=(("trang", str(number)),)))
    print(run, flush=True)
    sys.stdin.read()
    """
    killed_while_recording(tmp_path / "data", db_url, body)
    store = reopen()
    run = store.resume_run("crawl", ["a"], None, {})
    assert run is not None
    forms = [key[2] for key in store.previous(run, "a")]
    assert forms == [(("trang", str(number)),) for number in range(5)]
    assert store.runs()[0].losses == ()


@pytest.mark.parametrize("rest", [1, 20, 200])
def test_an_unfinished_record_is_cut_off_and_named(reopen: Callable[[], Store], rest: int) -> None:
    store = reopen()
    run = store.start_run("crawl", ["a"], None, {})
    store.record(run, "a", exchange(0))
    whole = unit_file(store).stat().st_size
    store.record(run, "a", exchange(1))
    store._pending.clear()  # as if killed before its row
    os.truncate(unit_file(store), whole + rest)
    store.close()

    store = reopen()
    assert unit_file(store).stat().st_size == whole
    assert store.runs()[0].losses == (
        f"a: the last {rest} bytes of {store.runs()[0].folder}/a.warc.gz were an unfinished record",
    )
    assert unit_file(store).with_name(f"a.warc.gz.{whole}.rest").stat().st_size == rest
    assert store.runs()[0].captures == 1
    store.close()
    assert len(reopen().runs()[0].losses) == 1


def test_rows_without_their_record_are_dropped_and_named(reopen: Callable[[], Store]) -> None:
    store = reopen()
    run = store.start_run("crawl", ["a"], None, {})
    ends = []
    for number in range(4):
        store.record(run, "a", exchange(number))
        ends.append(unit_file(store).stat().st_size)
    store.finish_portal(run, "a", [Trail("home", "", "", "complete", captures=(0, 3))], True, {})
    os.truncate(unit_file(store), ends[1] + 9)
    store.close()

    store = reopen()
    (info,) = store.runs()
    assert info.losses[0].startswith("a: captures 2 to 3 are not in evidence/")
    assert info.captures == 2
    assert store.evidence("a") is None
    assert store.resume_run("crawl", ["a"], None, {}) == run
    assert [position for position, _ in store.previous(run, "a").values()] == [0, 1]
    store.record(run, "a", exchange(2))
    store.finish_portal(run, "a", [], True, {})
    found = store.evidence("a")
    assert found is not None
    assert len(found.captures) == 3


def test_a_lost_file_is_named(reopen: Callable[[], Store]) -> None:
    store = reopen()
    run = store.start_run("crawl", ["a"], None, {})
    store.record(run, "a", exchange())
    store.finish_portal(run, "a", [], True, {})
    unit_file(store).unlink()
    store.close()
    store = reopen()
    assert store.runs()[0].losses[0].startswith("a: captures 0 to 0 are not in evidence/")
    assert store.evidence("a") is None


def test_damage_that_is_no_unfinished_end_is_left_for_a_person(reopen: Callable[[], Store]) -> None:
    store = reopen()
    run = store.start_run("crawl", ["a"], None, {})
    store.record(run, "a", exchange())
    store.flush()
    with unit_file(store).open("ab") as stream:
        stream.write(b"no gzip")
    size = unit_file(store).stat().st_size
    store.close()
    store = reopen()
    assert re.search("is not as it was written at byte .*: no gzip member", store.runs()[0].losses[0])
    assert unit_file(store).stat().st_size == size
    assert store.runs()[0].captures == 1


def test_evidence_cut_after_its_run_is_named_when_read(reopen: Callable[[], Store]) -> None:
    store = reopen()
    run = store.start_run("crawl", ["a"], None, {})
    store.record(run, "a", exchange(0))
    store.record(run, "a", exchange(1))
    store.finish_portal(run, "a", [], True, {})
    store.finish_run(run, "complete")
    file = unit_file(store)
    os.truncate(file, file.stat().st_size - 100)
    with pytest.raises(EvidenceError, match=r"a\.warc\.gz .* at byte \d+: the file is cut"):
        store.evidence("a")


FILL_THE_DISK = """
import os
store = open_store(data, url)
run = store.start_run("crawl", ["a"], None, {})
limit = int(sys.argv[3])
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
number = 0
try:
    for number in range(10**4):
        store.record(run, "a", exchange(number, body=os.urandom(20_000)))
except StoreError as error:
    print(number, error, flush=True)
finally:
    os._exit(0)
"""


def check_full(store: Store, said: str) -> None:
    number, _, message = said.partition(" ")
    assert message.startswith("The disk is full: ")
    (run,) = store.runs()
    assert run.captures in (int(number), int(number) + 1)
    assert run.losses == ()
    assert store.resume_run("crawl", ["a"], None, {}) == run.id
    assert len(store.previous(run.id, "a")) == run.captures


def test_a_full_disk_while_recording(tmp_path: Path, db_url: str | None, reopen: Callable[[], Store]) -> None:
    reopen().close()
    running = program(FILL_THE_DISK, str(tmp_path / "data"), db_url or "", "500000")
    said, _ = running.communicate(timeout=60)
    check_full(reopen(), said)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small file system needs root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_really_full_disk(small_disk: Path) -> None:
    running = program(FILL_THE_DISK, str(small_disk / "data"), "", "0")
    said, _ = running.communicate(timeout=60)
    for ballast in (small_disk / "data").glob("evidence/*/*.gz"):
        assert ballast.stat().st_size > 1_000_000
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    with open_store(small_disk / "data") as store:
        check_full(store, said)


def test_a_full_disk_when_opening(small_disk: Path) -> None:
    with (small_disk / "ballast").open("wb") as stream, pytest.raises(OSError, match="No space"):
        stream.write(bytes(3_000_000))
    with pytest.raises(StoreError, match=r"^The disk is full: ") as raised:
        open_store(small_disk / "data")
    assert "\n" not in str(raised.value)


def test_a_failed_append_leaves_the_file_as_it_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run = store.start_run("crawl", ["a"], None, {})
    store.record(run, "a", exchange(0))
    before = unit_file(store).read_bytes()
    really_write = os.write

    def half(handle: int, data: memoryview) -> int:
        if len(data) > 100:
            return really_write(handle, data[:100])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", half)
        with pytest.raises(StoreError, match="The disk is full"):
            store.record(run, "a", exchange(1))
    assert unit_file(store).read_bytes() == before
    assert store.record(run, "a", exchange(1))[0] == 1


def test_a_locked_database_is_said_so_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.2)
    store = open_store(tmp_path / "data")
    run = store.start_run("crawl", ["a"], None, {})
    store.record(run, "a", exchange(0))
    other = sqlite3.connect(tmp_path / "data/rasoat.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    with pytest.raises(StoreError, match=r"^The database .*rasoat\.sqlite3 is locked by another program"):
        store.flush()
    assert time.monotonic() - began < 2
    store.latest_run_for("a")  # reading goes on
    open_store(tmp_path / "data").close()
    other.execute("ROLLBACK")
    other.close()
    store.flush()
    assert store.runs()[0].captures == 1
    store.close()


def test_a_fresh_database_opened_by_two_programs_at_once(tmp_path: Path, db_url: str | None) -> None:
    body = """
    with open_store(data, url) as store:
        run = store.start_run("crawl", ["a"], None, {})
        store.finish_portal(run, "a", [], True, {})
        store.finish_run(run, "complete")
    """
    programs = [program(body, str(tmp_path / "data"), db_url or "") for _ in range(3)]
    assert [each.wait(60) for each in programs] == [0, 0, 0]
    for each in programs:
        assert each.stdout is not None
        each.stdout.close()
    with open_store(tmp_path / "data", db_url) as store:
        assert [run.state for run in store.runs()] == ["complete"] * 3
