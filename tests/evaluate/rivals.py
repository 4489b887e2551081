"""What a user could pick instead, on the same strings and pages in the same run."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from datetime import date, datetime

import dateparser
import htmldate
import trafilatura

from pages.dates import read_date
from pages.text import Unreadable, decode
from tests.evaluate.dataset import NOW, DateString, LabelledPage
from tests.evaluate.tally import Tally

_MINUTES = re.compile(r"\d{2}:\d{2}$")
_HTML = (
    "<html><head><title>x</title></head><body><div class='content'><h1>Bài</h1>"
    "<span class='date'>{}</span><p>Nội dung</p></div></body></html>"
)


def _ours(text: str) -> str | None:
    found = read_date(text, NOW)
    if found is None:
        return None
    return found.date.isoformat() + (f" {found.time:%H:%M}" if found.time else "")


def _dateparser(text: str) -> str | None:
    settings = {
        "DATE_ORDER": "DMY",
        "TIMEZONE": "Asia/Ho_Chi_Minh",
        "RELATIVE_BASE": NOW.replace(tzinfo=None),
    }
    found = dateparser.parse(text, languages=["vi"], settings=settings)
    return f"{found:%Y-%m-%d %H:%M}" if found else None


def _htmldate_string(text: str) -> str | None:
    return _htmldate(_HTML.format(text))


def _htmldate(html: str) -> str | None:
    found: str | None = htmldate.find_date(html, original_date=True, max_date="2030-01-01")
    return found


def _trafilatura(html: str) -> str | None:
    found = trafilatura.extract_metadata(html)
    return found.date if found else None


STRING_READERS: dict[str, Callable[[str], str | None]] = {
    "rasoat": _ours, "dateparser": _dateparser, "htmldate": _htmldate_string,
}  # fmt: skip
PAGE_READERS: dict[str, Callable[[str], str | None]] = {"htmldate": _htmldate, "trafilatura": _trafilatura}


def read_strings(strings: list[DateString]) -> dict[str, tuple[Tally, float]]:
    """Each reader on the strings of dates.tsv: its tally and its median time in microseconds."""
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return {name: _run_strings(name, reader, strings) for name, reader in STRING_READERS.items()}


def _run_strings(
    name: str, reader: Callable[[str], str | None], strings: list[DateString]
) -> tuple[Tally, float]:
    tally, times = Tally(), []
    for string in strings:
        repeats = 20 if name == "rasoat" else 1
        reader(string.text)
        started = time.perf_counter()
        for _ in range(repeats):
            got = reader(string.text)
        times.append((time.perf_counter() - started) / repeats * 1e6)
        tally.compare(
            string.text, name, _comparable(got, string.expected, name), string.expected, string.text
        )
    return tally, sorted(times)[len(times) // 2]


def _comparable(got: str | None, expected: str | None, name: str) -> str | None:
    """What is compared: the time counts where the table states one (htmldate reads no times)."""
    if got is None or expected is None:
        return got
    if name == "htmldate":
        return expected if got[:10] == expected[:10] else got
    return got if _MINUTES.search(expected) else got[:10]


def read_pages(pages: list[LabelledPage]) -> dict[str, Tally]:
    """Each rival's article date on the pages whose label says when they were posted."""
    tallies = {name: Tally() for name in [*PAGE_READERS, "dateparser"]}
    for page in pages:
        if "posted" not in page.label:
            continue
        html = text_of(page)
        for name, reader in PAGE_READERS.items():
            tallies[name].compare(page.file, name, _day(reader(html)), page.label["posted"])
        if raw := page.label.get("posted_raw"):
            tallies["dateparser"].compare(
                page.file, "dateparser", _day(_dateparser(raw)), page.label["posted"], raw
            )
    return tallies


def text_of(page: LabelledPage) -> str:
    """The page as text; empty when it is not text."""
    try:
        return decode(page.body, None)[0]
    except Unreadable:
        return ""


def _day(value: str | date | datetime | None) -> str | None:
    return str(value)[:10] if value else None
