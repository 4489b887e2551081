"""Document registers and the page of one document, by the meaning of their labels.

A register is a table, rows of blocks or labelled blocks whose labels name at least a number or an
issue date and one thing more; a list of titles is a listing, not a register. All values are what
the record states; nothing is taken from file names or from other records.
"""

from __future__ import annotations

from typing import Final

from lxml.html import HtmlElement

from pages.blocks import pairs, row_records
from pages.documentrow import MIN_TITLE, document_row, leads_on
from pages.documentsearch import has_document_search
from pages.filelinks import find_files
from pages.labelgroups import label_records
from pages.model import DocumentRow
from pages.numberlists import number_records
from pages.records import Record, main_text, roles, table_records
from pages.text import label_key
from pages.tree import Page, text_of

__all__ = ["has_document_search", "read_document_detail", "read_documents"]

_NAME: Final = "documents"
_SHEET: Final = 4  # things named on the page of one document beside which others may be listed


def read_documents(page: Page) -> tuple[DocumentRow, ...]:
    """Records of the document register in the main column; () when the page holds none.

    A page about one document gives () here: see :func:`read_document_detail`.
    """
    names = roles(_NAME)
    rows: list[DocumentRow] = []
    if names.signs.search(main_text(page)):
        rows = _labelled(page)
    if not rows and (found := number_records(page)):
        rows = [row for record in found if (row := document_row(page, record)) is not None]
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
    return [row for record in records if (row := document_row(page, record)) is not None]


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
        if element.tag == "a" and len(text_of(element)) >= MIN_TITLE:
            return leads_on(page, element, frozenset())
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
    row = document_row(page, record, detail=True)
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
