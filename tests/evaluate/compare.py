"""One page's reading against its label: every measure that the label allows.

Not scored: keys that a label leaves out, items and sections without an address, image-only sections.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from typing import Any

from pages.docnumbers import find_number
from pages.model import DocumentRow, Item, PageReading, Stated
from pages.text import fold, label_key
from pages.urls import canonical, join
from tests.evaluate.dataset import LabelledPage
from tests.evaluate.tally import Fault, Tally

Tallies = dict[str, Tally]

_ALIKE = 0.93  # likeness of two abstracts that differ only in how the page was flattened


def compare(page: LabelledPage, reading: PageReading) -> Tallies:
    """All measures of one page."""
    tallies: Tallies = defaultdict(Tally)
    tallies["kind"].compare(page.file, "kind", reading.kind, page.kind)
    label = page.label
    if "items" in label:
        _items(page, reading, tallies)
    if "posted" in label:
        _article_date(page, reading.posted, tallies)
    if "documents" in label:
        _documents(page, reading, tallies)
    if "sections" in label:
        _sections(page, reading, tallies)
    _tools(page, reading, tallies)
    _paging(page, reading, tallies)
    for name, count in (("questions", len(reading.questions)), ("answered", _answered(reading))):
        if name in label:
            tallies[name].compare(page.file, name, count, label[name])
    return tallies


def _answered(reading: PageReading) -> int:
    return sum(question.answered_flag is True for question in reading.questions)


def _key(page: LabelledPage, href: str | None) -> str | None:
    absolute = join(page.url, href) if href else None
    return canonical(absolute) if absolute else None


def _items(page: LabelledPage, reading: PageReading, tallies: Tallies) -> None:
    labelled = {key: entry for entry in page.label["items"] if (key := _key(page, entry.get("url")))}
    unaddressed = {
        label_key(entry["title"]) for entry in page.label["items"] if not _key(page, entry.get("url"))
    }
    read: dict[str, Item] = {}
    for item in reading.items:
        if item.url:
            read.setdefault(canonical(item.url), item)
    items, dates = tallies["items"], tallies["item dates"]
    for key, entry in labelled.items():
        found = read.get(key)
        items.compare(page.file, "item", found is not None, True, entry["title"])
        if found:
            _item_date(page, found, entry, dates)
    for key, item in read.items():
        if key not in labelled and label_key(item.title) not in unaddressed:
            items.compare(page.file, "item", key, None, item.title)


def _item_date(page: LabelledPage, item: Item, entry: dict[str, Any], dates: Tally) -> None:
    got = item.posted.date.isoformat() if item.posted else None
    quote = f"{item.title} — {item.posted.quote if item.posted else ''}"
    dates.compare(page.file, "item date", got, entry.get("posted"), quote)


def _article_date(page: LabelledPage, posted: Stated | None, tallies: Tallies) -> None:
    got = posted.date.isoformat() if posted else None
    quote = posted.quote if posted else ""
    tallies["article date"].compare(page.file, "article date", got, page.label["posted"], quote)
    if posted and page.label.get("posted_time"):
        clock = posted.time.strftime("%H:%M") if posted.time else None
        tallies["article time"].compare(page.file, "article time", clock, page.label["posted_time"], quote)


def _documents(page: LabelledPage, reading: PageReading, tallies: Tallies) -> None:
    rows = list(reading.documents)
    for entry in page.label["documents"]:
        row = _pick(rows, entry)
        tallies["document rows"].compare(
            page.file, "document row", row is not None, True, str(entry.get("number"))
        )
        if row:
            rows.remove(row)
            _document(page, row, entry, tallies)
    for row in rows:
        tallies["document rows"].compare(
            page.file, "document row", row.number or row.abstract or "?", None, row.quote
        )


def _pick(rows: list[DocumentRow], entry: dict[str, Any]) -> DocumentRow | None:
    """The row read for a labelled one: the same number and abstract, else the same of either."""
    number, abstract = _number(entry.get("number")), entry.get("abstract")
    same_number = [row for row in rows if number and _number(row.number) == number]
    alike = [row for row in rows if abstract and _same_text(row.abstract, abstract)]
    both = [row for row in same_number if row in alike]
    return next(iter(both or alike or same_number), None)


def _document(page: LabelledPage, row: DocumentRow, entry: dict[str, Any], tallies: Tallies) -> None:
    got = {
        "number": _number(row.number),
        "type": row.type and label_key(row.type),
        "issuer": row.issuer and label_key(row.issuer),
        "issued": row.issued and row.issued.date.isoformat(),
        "effective": row.effective and row.effective.date.isoformat(),
        "file": row.has_file or bool(row.file_urls),
    }
    for name, value in got.items():
        if name in entry:
            label = entry[name]
            label = (
                _number(label)
                if name == "number"
                else label_key(label)
                if name in ("type", "issuer") and label
                else label
            )
            tallies[f"document {name}"].compare(page.file, f"document {name}", value, label, row.quote)
    if "abstract" in entry:
        same = _same_text(row.abstract, entry["abstract"])
        abstract = entry["abstract"] if same else row.abstract
        tallies["document abstract"].compare(
            page.file, "document abstract", abstract, entry["abstract"], row.quote
        )


def _number(number: str | None) -> str | None:
    if not number:
        return None
    found = find_number(number)
    return found.number if found else "".join(fold(number).split())


def _same_text(one: str | None, other: str | None) -> bool:
    a, b = (label_key(text or "").replace(" ", "") for text in (one, other))
    return a == b or (bool(a and b) and difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE)


def _sections(page: LabelledPage, reading: PageReading, tallies: Tallies) -> None:
    labelled = {
        (name, key)
        for name, pairs in page.label["sections"].items()
        for _, url in pairs
        if (key := _key(page, url))
    }
    words = {
        (name, _key(page, url)): text for name, pairs in page.label["sections"].items() for text, url in pairs
    }
    own = {(name, canonical(entry.url)): entry.label for entry in reading.menu for name in entry.sections}
    under = {(name, canonical(entry.url)) for entry in reading.menu for name in entry.inherited}
    for pair in sorted(labelled):
        tallies["sections"].compare(
            page.file, "section", pair in own or pair in under, True, f"{pair[0]}: {words[pair]} {pair[1]}"
        )
        tallies["sections by own label"].compare(page.file, "own section", pair in own, True)
    unscored = {_key(page, url) for url in page.unscored_urls}
    known = {url for _, url in labelled}
    for name, url in sorted(set(own) - labelled):
        if url in unscored:
            continue
        fault = Fault(
            page.file, "section", "extra", f"{name}: {own[name, url]} {url}", "not among the labelled"
        )
        wrong = url in known or name in page.label["sections"]
        tally = tallies["sections" if wrong else "sections unlabelled"]
        tally.extra += 1
        tally.faults.append(fault)


def _tools(page: LabelledPage, reading: PageReading, tallies: Tallies) -> None:
    for name, control in (("print", reading.print_control), ("save", reading.save_control)):
        if name in page.label:
            tallies[name].compare(page.file, name, control is not None, page.label[name], control or "")
    if "search" in page.label:
        got, label = reading.search.kind, page.label["search"]
        tallies["search"].compare(page.file, "search", got, label, reading.search.quote)
    for part, expected in page.label.get("contact", {}).items():
        value = getattr(reading.contact, part)
        tallies["contact"].compare(page.file, f"contact {part}", bool(value), expected, str(value or ""))


def _paging(page: LabelledPage, reading: PageReading, tallies: Tallies) -> None:
    if "paging" in page.label:
        tallies["paging"].compare(page.file, "paging", reading.paging, page.label["paging"])
    if "next" not in page.label:
        return
    label, got = page.label["next"], reading.next
    if label and str(label).startswith("POST"):
        tallies["next page"].compare(page.file, "next page", got.method if got else None, "POST")
    else:
        address = canonical(got.url) if got else None
        tallies["next page"].compare(page.file, "next page", address, _key(page, label))
