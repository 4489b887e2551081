"""What one record of a register, or the page of one document, states: number, dates, title, files."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from lxml.html import HtmlElement

from pages.dates import read_date
from pages.docnumbers import find_number
from pages.filelinks import Files, find_files, is_file_address
from pages.model import DocumentRow, Stated
from pages.records import Field, Record
from pages.text import fold, label_key
from pages.tree import Page, text_of
from pages.urls import canonical, join
from pages.vocabulary import keys, load, pattern

_NAME: Final = "documents"
MIN_TITLE: Final = 12
"""Characters of a link that can be a document's title, at least."""
_MAX_NUMBER: Final = 40  # characters of a cell that is only a number
_MAX_QUOTE: Final = 300
_PLAIN_NUMBER = re.compile(r"(?=\D{0,6}\d)[^\s,;]{1,30}(?: ?[/-] ?[^\s,;]{1,20})*")
_ONLY_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
_EDGE: Final = " :;|•·\t-–."
_HEADINGS: Final = ("h1", "h2", "h3")
_CARD_HEADS: Final = ("h2", "h3", "h4", "h5", "h6", "strong", "b")
_TITLE_CUT = re.compile(r"(?:\.{3}|…)\s*$")


def document_row(page: Page, record: Record, detail: bool = False) -> DocumentRow | None:
    """The document a record states; None when it states none. ``detail``: the page is about this one."""
    files = _files(page, record, detail)
    number = _number(record.text("number"))
    link = _title_link(page, record, files.elements)
    heading = "" if detail else _head(record, link)
    abstract = _below(record, heading) or _abstract(record, link, files, detail, page)
    row = DocumentRow(
        number=number or _leading_number(record, abstract) or _leading_number(record, heading),
        type=_type(record) or _leading_type(heading or ("" if "number" in record.fields else abstract or "")),
        issuer=record.text("issuer") or None,
        issued=_date(page, record, "issued" if "issued" in record.fields else "number"),
        effective=_date(page, record, "effective"),
        posted=_date(page, record, "posted"),
        abstract=abstract,
        file_urls=files.urls,
        has_file=files.present,
        url=page.url if detail else _address(page, link),
        quote=" ".join(filter(None, (text_of(element) for element in record.elements)))[:_MAX_QUOTE],
    )
    return row if _says_something(row) else None


def _says_something(row: DocumentRow) -> bool:
    """A document has a number, a date or a file besides its title; an empty register's notice has none."""
    if row.abstract and not row.number and pattern(_NAME, "empty").search(label_key(row.abstract)[:60]):
        return False
    return bool(row.number or row.abstract) and bool(row.number or row.issued or row.has_file)


def _files(page: Page, record: Record, detail: bool) -> Files:
    column = record.fields.get("file")
    named = find_files(column.elements, page.url, in_file_column=True) if column else Files()
    if named.urls:
        return named
    around = find_files((page.main,) if detail else record.elements, page.url)
    return Files(around.urls, around.present or named.present, around.elements | named.elements)


def _date(page: Page, record: Record, role: str) -> Stated | None:
    return _date_in(page, record.text(role))


def _date_in(page: Page, text: str) -> Stated | None:
    return read_date(text, page.now, page.month_first, page.month_first) if text and len(text) <= 80 else None


def _number(text: str) -> str | None:
    """Number as the cell writes it; out of more words (a date beside it), as the grammar reads it."""
    bare = _prefix().sub("", text).strip(_EDGE)
    found = find_number(text) if bare else None
    if not bare or (found is not None and found.kind == "blank"):
        return None
    if len(bare) <= _MAX_NUMBER and _PLAIN_NUMBER.fullmatch(bare) and _is_day(bare) is False:
        return bare
    return found.number if found else None


def _is_day(text: str) -> bool:
    """True for a text that is only a day ("15/05/2026"), which is no number."""
    return _ONLY_DATE.fullmatch(text) is not None


@cache
def _prefix() -> re.Pattern[str]:
    """Words that may stand before a number in its own cell."""
    words = sorted((str(word) for word in load(_NAME)["number_prefix"]), key=len, reverse=True)
    return re.compile(rf"^(?:{'|'.join(map(re.escape, words))})\s*[:.]\s*", re.IGNORECASE)


def _leading_number(record: Record, abstract: str | None) -> str | None:
    """The number that opens a title ("Quyết định số 12/QĐ-UBND về …") where no column gives numbers."""
    if "number" in record.fields or not abstract:
        return None
    found = find_number(abstract[:120])
    if found is None or found.kind == "blank" or found.number not in abstract:
        return None
    before = label_key(_prefix().sub("", abstract[: abstract.index(found.number)] + ":").strip(": "))
    openings = keys(_NAME, "types") | {
        f"{name} {word}" for name in keys(_NAME, "types") for word in _numbered()
    }
    return found.number if before in openings | _numbered() | {""} else None


def _head(record: Record, link: HtmlElement | None) -> str:
    """The words that head a card: those of a link only when they are its number and so no title."""
    if link is None:
        return _heading(record)
    text = text_of(link)
    found = None if "number" in record.fields else find_number(text)
    if found is None or found.kind == "blank" or not label_key(text).endswith(label_key(found.number)):
        return ""
    return text


def _heading(record: Record) -> str:
    """The words that head a card without a link of its own ("Quyết định số 12/QĐ-UBND")."""
    for element in record.elements:
        for node in element.iter(*_CARD_HEADS):
            if not _is_labelled(node, record) and (text := text_of(node)):
                return text
    return ""


def _is_labelled(node: HtmlElement, record: Record) -> bool:
    """True for a part of what stands under a label, or for a label."""
    text = label_key(text_of(node))
    held = {element for field in record.fields.values() for element in field.elements}
    if held & {node, *node.iterancestors(), *node.iter()}:
        return True
    return any(
        label_key(field.label) and text.startswith(label_key(field.label)) for field in record.fields.values()
    )


def _below(record: Record, heading: str) -> str | None:
    """What a card says under its heading where the heading is only the number; else the heading."""
    if not heading or "abstract" in record.fields:
        return None
    found = find_number(heading)
    if found is None or not label_key(heading).endswith(label_key(found.number)):
        return heading if len(heading) >= MIN_TITLE else None
    texts = [
        text
        for element in record.elements
        for node in element.iter("p", "div", "span")
        if len(node) == 0 and not _is_labelled(node, record) and (text := text_of(node)) != heading
    ]
    longest = max(texts, key=len, default="")
    return longest if len(longest) >= MIN_TITLE else None


def _leading_type(heading: str) -> str | None:
    """The kind of document that a heading with a number opens with."""
    found = find_number(heading) if heading else None
    if found is None or found.number not in heading:
        return None
    before = heading[: heading.index(found.number)].split()
    sizes = (
        size
        for size in range(len(before), 0, -1)
        if label_key(" ".join(before[:size])) in keys(_NAME, "types")
    )
    return next((" ".join(before[:size]) for size in sizes), None)


def _numbered() -> frozenset[str]:
    """Words that say that a number follows."""
    return keys(_NAME, "number_prefix")


def _type(record: Record) -> str | None:
    """The stated type; a field column whose cell is the name of a type states it too."""
    stated = record.text("type")
    if stated:
        return stated
    field = record.text("field")
    return field if field and label_key(field) in keys(_NAME, "types") else None


def _abstract(record: Record, link: HtmlElement | None, files: Files, detail: bool, page: Page) -> str | None:
    stated = record.fields.get("abstract")
    if stated and stated.text:
        return _full_text(stated, files) or None
    if detail:
        heads = (text_of(element) for tag in _HEADINGS for element in page.main.iter(tag))
        heading = next(filter(None, heads), "")
        return heading if len(heading) >= MIN_TITLE else None
    if link is None or "abstract" in record.fields:
        return None
    text = text_of(link)
    return text if len(text) >= MIN_TITLE and _number(text) != text else None


def _full_text(stated: Field, files: Files) -> str:
    """The cell's words without those of its download controls; in full where a title holds what was cut."""
    text = stated.text
    for element in stated.elements:
        for control in element.iter("a", "button"):
            said = text_of(control)
            if control in files.elements and said and said != text and not text.startswith(said):
                text = fold(text.replace(said, " "))
            whole = fold(control.get("title") or "")
            if _TITLE_CUT.search(text) and whole.startswith(_TITLE_CUT.sub("", text).strip()[:40]):
                text = whole
    return text.strip(_EDGE) if text != stated.text else text


def _title_link(page: Page, record: Record, files: frozenset[HtmlElement]) -> HtmlElement | None:
    """The link to the record's own page: in its abstract, its number, else the first with a title's words."""
    for role in ("abstract", "number"):
        field = record.fields.get(role)
        for element in field.elements if field else ():
            for link in element.iter("a"):
                if leads_on(page, link, files) and text_of(link):
                    return link
    links = [link for element in record.elements for link in element.iter("a") if leads_on(page, link, files)]
    titled = [link for link in links if len(text_of(link)) >= MIN_TITLE and not _is_word(link)]
    return next(iter(titled or [link for link in links if not find_files((link,), page.url).present]), None)


def _is_word(link: HtmlElement) -> bool:
    return label_key(text_of(link)) in keys(_NAME, "download_words")


def leads_on(page: Page, link: HtmlElement, files: frozenset[HtmlElement]) -> bool:
    """True for a link to another page that is no download."""
    href = link.get("href") or ""
    if link in files or is_file_address(href):
        return False
    url = join(page.url, href)
    return url is not None and canonical(url) != canonical(page.url)


def _address(page: Page, link: HtmlElement | None) -> str | None:
    return join(page.url, link.get("href") or "") if link is not None else None
