"""How long it takes to read a page, beside what else could read it.

    ./run bench read_speed [--around 60] [--repeats 7] [--json]

The whole reading of a page (`pages.read`: bytes in; kind, list, dates, documents, menus, tools out)
against BeautifulSoup merely parsing the page and giving its links and text, and trafilatura merely
extracting text and metadata: the same pages, the same run, one process. Pages are the saved ones beside
the project whose size is near `--around` kilobytes (half to one and a half times); times are medians over
pages of the median of repeats.
"""

from __future__ import annotations

import argparse
import json
import logging
import statistics
import sys
import time
from collections.abc import Callable

import trafilatura
from bs4 import BeautifulSoup
from lxml import html as lxml_html

from pages import read
from pages.text import decode
from tests.evaluate.dataset import DataMissingError, LabelledPage, labelled_pages

TARGET_MS = 3.0  # issue 3, item 7: the whole reading of a 60 KB page


def _ours(page: LabelledPage) -> None:
    read(page.capture())


def _tree_alone(page: LabelledPage) -> None:
    lxml_html.document_fromstring(decode(page.body, None)[0] or "<p></p>")


def _beautiful_soup(page: LabelledPage) -> None:
    soup = BeautifulSoup(page.body, "lxml")
    soup.get_text(" ")
    [link.get("href") for link in soup.find_all("a")]


def _trafilatura(page: LabelledPage) -> None:
    text = page.body.decode("utf-8", "replace")
    trafilatura.extract(text, with_metadata=True, output_format="json")


READERS: dict[str, Callable[[LabelledPage], None]] = {
    "rasoat, whole reading": _ours,
    "lxml, tree alone": _tree_alone,
    "BeautifulSoup, links and text": _beautiful_soup,
    "trafilatura, text and metadata": _trafilatura,
}


def measure(pages: list[LabelledPage], repeats: int) -> dict[str, list[float]]:
    """For each reader its median milliseconds on each page, readers taking turns on one page."""
    times: dict[str, list[float]] = {name: [] for name in READERS}
    for page in pages:
        for name, reader in READERS.items():
            reader(page)
            times[name].append(statistics.median(_once(reader, page) for _ in range(repeats)))
    return times


def _once(reader: Callable[[LabelledPage], None], page: LabelledPage) -> float:
    started = time.perf_counter()
    reader(page)
    return (time.perf_counter() - started) * 1000


def main(arguments: list[str] | None = None) -> int:
    """Print the table; exit status 2 with one line when there are no pages to read."""
    parser = argparse.ArgumentParser(prog="run bench read_speed")
    parser.add_argument("--around", type=float, default=60, help="size of the pages in kilobytes")
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)
    try:
        sized = [page for page in labelled_pages() if 0.5 <= len(page.body) / 1000 / options.around <= 1.5]
    except DataMissingError as missing:
        print(missing, file=sys.stderr)
        return 2
    times = measure(sized, options.repeats)
    size = statistics.median(len(page.body) for page in sized) / 1000
    if options.json:
        print(json.dumps({"pages": len(sized), "kilobytes": size, "milliseconds": times}))
    else:
        print(f"{len(sized)} pages, {size:.0f} KB median, {options.repeats} repeats; target {TARGET_MS} ms")
        for name, values in times.items():
            print(
                f"{name:32} median {statistics.median(values):7.2f} ms   slowest page {max(values):7.2f} ms"
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
