"""Document registers and the page of one document, by the meaning of their labels.

A register is a table, rows of blocks or labelled blocks whose labels name at least a number or an
issue date and one thing more; a list of titles is a listing, not a register. All values are what
the record states; nothing is taken from file names or from other records.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from lxml.html import HtmlElement

from pages.blocks import pairs, row_records
from pages.dates import read_date
from pages.docnumbers import find_number
from pages.filelinks import Files, find_files, is_file_address
from pages.labelgroups import label_records
from pages.model import DocumentRow, Stated
from pages.numberlists import number_records
from pages.records import Field, Record, main_text, roles, table_records
from pages.text import fold, label_key
from pages.tree import Page, text_of
from pages.urls import canonical, join
from pages.vocabulary import keys, load, pattern

_NAME: Final = "documents"
_MAX_NUMBER: Final = 40  # characters of a cell that is only a number
_MAX_QUOTE: Final = 300
_PLAIN_NUMBER = re.compile(r"(?=\D{0,6}\d)[^\s,;]{1,30}(?: ?[/-] ?[^\s,;]{1,20})*")
_ONLY_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
_EDGE: Final = " :;|•·\t-–."
_HEADINGS: Final = ("h1", "h2", "h3")
_FILTERS: Final = ("text", "search", "date", "submit", "button")
_SHEET: Final = 4  # things named on the page of one document beside which others may be listed
_MIN_TITLE: Final = 12  # characters of a heading link that can be a title
_TITLE_CUT = re.compile(r"(?:\.{3}|…)\s*$")


def read_documents(page: Page) -> tuple[DocumentRow, ...]:
    """Records of the document register in the main column; () when the page holds none.

    A page about one document gives () here: see :func:`read_document_detail`.
    """
    names = roles(_NAME)
    rows: list[DocumentRow] = []
    if names.signs.search(main_text(page)):
        rows = _labelled(page)
    if not rows and (found := number_records(page)):
        rows = [row for record in found if (row := _row(page, record)) is not None]
    return tuple(rows)


def _labelled(page: Page) -> list[DocumentRow]:
    names = roles(_NAME)
    records = table_records(page, names, _is_register) or row_records(page, names, _is_register)
    if records and _detail_record(page, strong=True) is not None:
        return []
    if not records:
        records = _blocks(page)
        if len(records) == 1 and not _is_listed(page, records[0]):
            return []
    return [row for record in records if (row := _row(page, record)) is not None]


def _is_register(found: set[str], labels: set[str]) -> bool:
    """A number or an issue date named in full, and something else that a document has."""
    weak = roles(_NAME).weak
    if not labels - weak - keys_of("other"):
        return False
    if "number" in found and len(found & {"issued", "abstract", "file", "type", "issuer", "effective"}) >= 1:
        return True
    told = (keys_of("issued") | keys_of("file")) - weak
    return {"issued", "abstract"} <= found and bool(labels & told)


def keys_of(role: str) -> frozenset[str]:
    """The labels of one role as keys."""
    return frozenset(key for key, named in roles(_NAME).exact.items() if named == role)


def _blocks(page: Page) -> list[Record]:
    """Labelled blocks in which at least two of the things a document has are named."""
    names = roles(_NAME)
    found = [pair for pair in pairs(page, names) if not _in_link_list(pair.owner)]
    return [record for record in label_records(page.main, found) if _is_document(record)]


def _in_link_list(owner: HtmlElement) -> bool:
    """A filter or a menu entry ("Loại văn bản" as a link's words) is not a label."""
    return any(node.tag in ("a", "nav", "option") for node in (owner, *owner.iterancestors()))


def _is_document(record: Record) -> bool:
    named = {role for role in record.fields if role not in ("other", "field")}
    strong = {label_key(field.label.split(":")[0]) for field in record.fields.values()} - roles(_NAME).weak
    if not named & {"number", "issued"} or not strong:
        return False
    return len(named) >= 2 or any(find_files((element,), "http://x/").present for element in record.elements)


def _is_listed(page: Page, record: Record) -> bool:
    """A single block is a list's only record when a link to a page of its own comes before its labels."""
    labelled = {element for field in record.fields.values() for element in field.elements}
    for element in (part for top in record.elements for part in top.iter()):
        if element in labelled:
            return False
        if element.tag == "a" and len(text_of(element)) >= _MIN_TITLE:
            return _is_page(page, element, frozenset())
    return False


def read_document_detail(page: Page) -> DocumentRow | None:
    """The one document a page is about (label and value table, list or lines); None when there is none."""
    if not roles(_NAME).signs.search(main_text(page)):
        return None
    names = roles(_NAME)
    register = table_records(page, names, _is_register) or row_records(page, names, _is_register)
    record = _detail_record(page, strong=bool(register))
    if record is None:
        return None
    row = _row(page, record, detail=True)
    if row is None or (row.number is None and row.issued is None):
        return None
    return row


def _detail_record(page: Page, strong: bool) -> Record | None:
    """The page's only labelled block; ``strong``: a whole sheet that a register of others may follow."""
    records = _blocks(page)
    if len(records) != 1:
        return None
    named = {role for role, field in records[0].fields.items() if role != "other" and field.text}
    sheet = len(named) >= _SHEET and {"number", "issued"} <= named
    return records[0] if sheet or (not strong and len(named) > 1) else None


def _row(page: Page, record: Record, detail: bool = False) -> DocumentRow | None:
    files = _files(page, record, detail)
    number = _number(record.text("number"))
    link = _title_link(page, record, files.elements)
    abstract = _abstract(record, link, files, detail, page)
    row = DocumentRow(
        number=number or _leading_number(record, abstract),
        type=_type(record),
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
    return read_date(text, page.now) if text and len(text) <= 80 else None


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
        return heading if len(heading) >= _MIN_TITLE else None
    if link is None or "abstract" in record.fields:
        return None
    text = text_of(link)
    return text if len(text) >= _MIN_TITLE and _number(text) != text else None


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
                if _is_page(page, link, files) and text_of(link):
                    return link
    links = [link for element in record.elements for link in element.iter("a") if _is_page(page, link, files)]
    titled = [link for link in links if len(text_of(link)) >= _MIN_TITLE and not _is_word(link)]
    return next(iter(titled or [link for link in links if not find_files((link,), page.url).present]), None)


def _is_word(link: HtmlElement) -> bool:
    return label_key(text_of(link)) in keys(_NAME, "download_words")


def _is_page(page: Page, link: HtmlElement, files: frozenset[HtmlElement]) -> bool:
    href = link.get("href") or ""
    if link in files or is_file_address(href):
        return False
    url = join(page.url, href)
    return url is not None and canonical(url) != canonical(page.url)


def _address(page: Page, link: HtmlElement | None) -> str | None:
    return join(page.url, link.get("href") or "") if link is not None else None


def has_document_search(page: Page) -> bool:
    """True when the main column offers a search or filters made for documents."""
    if next(page.main.iter("input", "select"), None) is None:
        return False
    words = pattern(_NAME, "search_words")
    fields = [field for field in page.main.iter("input", "select", "textarea") if _is_filter(field)]
    return any(words.search(_said(field)) for field in fields)


def _is_filter(field: HtmlElement) -> bool:
    return field.tag != "input" or (field.get("type") or "text").lower() in _FILTERS


def _said(field: HtmlElement) -> str:
    """Everything that tells what a field is for: its label, hint, name and first choice."""
    first = next((text_of(option) for option in field.iter("option")), "")
    before, around = field.getprevious(), field.getparent()
    near = text_of(before) if before is not None else ""
    above = text_of(around) if around is not None else ""
    told = [field.get(name) for name in ("placeholder", "title", "aria-label", "value")]
    parts = (
        *told,
        first,
        near if len(near) <= 40 else "",
        above if len(above) <= 60 else "",
        _label_of(field),
    )
    return label_key(" . ".join(part for part in parts if part)[:300])


def _label_of(field: HtmlElement) -> str:
    """Words of the ``<label for>`` of a field."""
    ident = field.get("id")
    labels = field.getroottree().getroot().iter("label") if ident else ()
    return next((text_of(label) for label in labels if label.get("for") == ident), "")
