"""Runs one crawl in its own process: ``python -m tests.crawler.drive SPEC.json``.

Captures go to a file, one line each, flushed to disk; a second run with the same file resumes.
"""

from __future__ import annotations

import base64
import errno
import hashlib
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from crawler.plan import CrawlLimits, PortalPlan
from crawler.run import crawl
from crawler.sink import RequestKey
from pages.capture import Capture, PageRequest, Trail
from pages.model import DocumentRow, Item, MenuEntry, PageReading, SearchForm, Stated
from storage.exchange import Exchange
from storage.place import Earlier


class FileSink:
    """Keeps captures as lines of a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.captures: dict[str, list[Capture]] = {}
        for line in path.read_text().splitlines() if path.exists() else ():
            try:
                self._keep(*_parsed(json.loads(line)))
            except json.JSONDecodeError:
                continue
        self._file = path.open("a")
        self.finished: dict[str, Any] = {}

    def _keep(self, unit_id: str, capture: Capture) -> int:
        kept = self.captures.setdefault(unit_id, [])
        kept.append(capture)
        return len(kept) - 1

    def record(self, run_id: int, unit_id: str, exchange: Exchange) -> tuple[int, Capture]:
        """Keep one exchange; fail like a full disk when the test says so."""
        if sum(map(len, self.captures.values())) >= int(os.environ.get("RASOAT_TEST_DISK", "1000000")):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        line = {
            "unit": unit_id,
            "url": exchange.url,
            "method": exchange.method,
            "form": exchange.form,
            "role": exchange.role,
            "status": exchange.status,
            "error": exchange.error,
            "headers": [(name.lower(), value) for name, value in exchange.headers],
            "body": base64.b64encode(exchange.body).decode(),
            "raw": len(exchange.raw_body),
            "truncated": exchange.truncated,
            "at": exchange.fetched_at.isoformat(),
            "ip": exchange.ip,
            "tls": dict(exchange.tls) if exchange.tls else None,
            "elapsed": exchange.elapsed,
            "sent": exchange.request_headers,
        }
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()
        _, capture = _parsed(line)
        return self._keep(unit_id, capture), capture

    def finish_portal(
        self, run_id: int, unit_id: str, trails: Sequence[Trail], reached: bool, stats: Mapping[str, object]
    ) -> None:
        """Keep the end of a walk."""
        self.finished[unit_id] = {
            "trails": [asdict(trail) for trail in trails],
            "reached": reached,
            "stats": dict(stats),
        }
        self.path.with_suffix(".done").write_text(json.dumps(self.finished))

    def earlier(self, run_id: int, unit_id: str, since: date) -> Mapping[str, Earlier]:
        """Nothing was kept in other runs."""
        return {}

    def previous(self, run_id: int, unit_id: str) -> Mapping[RequestKey, tuple[int, Capture]]:
        """What an earlier process kept."""
        kept = self.captures.get(unit_id, [])
        return {(c.method, c.url, c.form): (n, c) for n, c in enumerate(kept)}


def _parsed(line: dict[str, Any]) -> tuple[str, Capture]:
    body = base64.b64decode(line["body"])
    at = datetime.fromisoformat(line["at"])
    return line["unit"], Capture(
        ref="sha256:" + hashlib.sha256(body).hexdigest(),
        url=line["url"],
        fetched_at=at,
        seen_at=at,
        status=line["status"],
        error=line["error"],
        method=line["method"],
        form=tuple((name, value) for name, value in line["form"]),
        headers=tuple((name, value) for name, value in line["headers"]),
        body=body,
        role=line["role"],
        truncated=line["truncated"],
    )


def read(capture: Capture) -> PageReading:
    """Understands the JSON pages of :mod:`tests.crawler.server`."""
    try:
        page = json.loads(capture.body)
    except ValueError:
        return PageReading()
    if page.get("crash"):
        raise RuntimeError("a reader's bug")
    here = capture.url

    def at(path: str) -> str:
        from urllib.parse import urljoin

        return urljoin(here, path)

    def stated(day: str | None) -> Stated | None:
        return Stated(date.fromisoformat(day)) if day else None

    follow = page.get("next")
    form = tuple((n, v) for n, v in page.get("form", ()))
    search = page.get("search")
    return PageReading(
        kind="listing",
        posted=stated(page.get("posted")),
        menu=tuple(MenuEntry(label, at(path), tuple(keys)) for label, path, *keys in page.get("menu", ())),
        items=tuple(Item(title, at(path), stated(day)) for title, path, day in page.get("items", ())),
        documents=tuple(
            DocumentRow(number, url=at(path), posted=stated(day), file_urls=(at(file),))
            for number, path, day, file in page.get("documents", ())
        ),
        next=PageRequest(at(follow), "POST" if form else "GET", form) if follow else None,
        search=SearchForm("form", at(search), "q") if search else SearchForm(),
    )


def main() -> int:
    """Crawl what the specification file says."""
    spec = json.loads(Path(sys.argv[1]).read_text())
    plans = [
        PortalPlan(
            unit_id=unit,
            url=url,
            sections=frozenset({"news", "documents"}),
            since=date(2026, 4, 23),
            until=date(2026, 5, 22),
            questions_since=date(2026, 3, 9),
        )
        for unit, url in spec["portals"].items()
    ]
    told: list[Any] = []
    sink = FileSink(Path(spec["out"]))
    try:
        outcome = crawl(plans, sink, 1, CrawlLimits(**spec.get("limits", {})), told.append, reader=read)
    except KeyboardInterrupt:
        print("interrupted", flush=True)
        return 130
    print(json.dumps({"pages": outcome.pages, "done": told[-1].done, "total": told[-1].total}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
