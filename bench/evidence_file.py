"""How long it takes, and how much memory, to export and verify a walk of many captures.

``./run bench evidence_file [captures] [bytes a page]``: 20,000 captures of 30 KB unless told otherwise.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pipeline
from pages.capture import Trail
from report.evidence.gather import gather
from report.evidence.write import write_evidence
from report.verify.run import verify
from rubric.edition import edition_for
from rubric.period import parse_period
from rubric.register import load_register
from storage.exchange import Exchange
from storage.keys import signing_key
from storage.store import Store, open_store

PERIOD, UNIT = "2026-05", "kep"
NOW = datetime(2026, 5, 23, 5, tzinfo=UTC)
REGISTER = """
units:
  - {id: bacninh, name: Tỉnh, kind: province, url: "http://127.0.20.1/"}
  - {id: kep, name: UBND xã Kép, kind: commune, url: "http://127.0.20.2/"}
"""
MENU = '<ul class="menu"><li><a href="/">Trang chủ</a></li><li><a href="/tin-tuc">Tin tức</a></li></ul>'


def main() -> None:
    """Make the store, then measure both ways."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    size = int(sys.argv[2]) if len(sys.argv) > 2 else 30_000
    with tempfile.TemporaryDirectory(prefix="rasoat-bench-") as folder:
        data, register = Path(folder), Path(folder) / "register.yml"
        register.write_text(REGISTER, "utf-8")
        with open_store(data) as store:
            print(f"{count} captures of {size} bytes")
            timed("record", lambda: fill(store, count, size))
            timed("judge", lambda: judged(store, register))
            target = data / "unit.wacz"
            timed("export", lambda: export(store, register, target))
        print(f"file: {target.stat().st_size / 1e6:.0f} MB")
        verdict = []
        timed("verify", lambda: verdict.append(verify(target)))
        print("equal" if verdict[0].equal else [each.kind for each in verdict[0].differences][:5])


def timed(name: str, work: Callable[[], object]) -> None:
    """Do it and say how long it took, and the most memory this process ever had."""
    start = time.perf_counter()
    work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name}: {time.perf_counter() - start:.1f} s, peak {peak:.0f} MB", flush=True)


def fill(store: Store, count: int, size: int) -> None:
    """One walk: a home page, list pages of 20 dated posts, an article for each post."""
    run = store.start_run("crawl", [UNIT], NOW, {})
    lists = max(1, count // 21)
    urls = [f"http://127.0.20.2/tin-tuc?trang={n + 1}" for n in range(lists)]
    store.record(run, UNIT, answer("http://127.0.20.2/", page("Trang chủ", "<p>UBND xã Kép</p>"), "home"))
    for number, url in enumerate(urls):
        rows = "".join(
            f'<li><a href="/tin-tuc/bai-{number}-{n}">Xã Kép tổ chức hội nghị lần thứ {number} {n}</a>'
            f" <span>{NOW - timedelta(days=number % 28):%d/%m/%Y}</span></li>"
            for n in range(20)
        )
        store.record(run, UNIT, answer(url, page("Tin tức", f"<ul>{rows}</ul>"), "listing"))
    for number in range(count - lists - 1):
        url = f"http://127.0.20.2/tin-tuc/bai-{number // 20}-{number % 20}"
        store.record(run, UNIT, answer(url, page(f"Bài {number}", prose(number, size)), "article"))
    trails = [Trail("home", "Trang chủ", "http://127.0.20.2/", "complete", captures=(0,))]
    trails.append(Trail("news", "Tin tức", urls[0], "complete", captures=tuple(range(1, lists + 1))))
    store.finish_portal(run, UNIT, trails, True, {})
    store.finish_run(run, "complete")


def page(title: str, main: str) -> bytes:
    """A page with a menu."""
    head = f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title></head>'
    return f"{head}<body>{MENU}<main><h1>{title}</h1>{main}</main></body></html>".encode()


def prose(seed: int, size: int) -> str:
    """Text that packs about as well as real pages do."""
    chance = random.Random(seed)
    words = [f"chữ{chance.randrange(4000)}" for _ in range(size // 9)]
    return "<p>" + " ".join(words) + "</p>"


def answer(url: str, body: bytes, role: str) -> Exchange:
    """One answer to a GET."""
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    asked = (("Host", "127.0.20.2"),)
    return Exchange(
        url=url,
        fetched_at=NOW,
        seen_at=NOW,
        status=200,
        reason="OK",
        role=role,  # type: ignore[arg-type]
        request_headers=asked,
        headers=headers,
        raw_body=body,
        body=body,
        ip="127.0.20.2",
    )


def job_of(register: Path) -> pipeline.Job:
    """The one unit's job."""
    units, period = load_register(register), parse_period(PERIOD)
    unit = units.get(UNIT)
    assert unit is not None
    return pipeline.Job(units, (unit,), edition_for(None, period.closes), period, NOW, pinned=True)


def judged(store: Store, register: Path) -> None:
    """Judge and store."""
    pipeline.judge(job_of(register), store)


def export(store: Store, register: Path, target: Path) -> None:
    """Gather and write."""
    job = job_of(register)
    bundle = gather(store, job.register, job.units[0], job.period, job.edition.id)
    write_evidence(store, bundle, target, signing_key(store.data), NOW)


if __name__ == "__main__":
    main()
