"""Whether a page offers a search or filters made for documents."""

from __future__ import annotations

from typing import Final

from lxml.html import HtmlElement

from pages.text import label_key
from pages.tree import Page, text_of
from pages.vocabulary import pattern

_NAME: Final = "documents"
_FILTERS: Final = ("text", "search", "date", "submit", "button")


def has_document_search(page: Page) -> bool:
    """True when the page offers a search or filters made for documents.

    Anywhere on the page: the filters often stand above or beside the register, and the words that
    tell them (number, issuer …) are never those of the portal's own search.
    """
    words = pattern(_NAME, "search_words")
    fields = (field for field in page.root.iter("input", "select", "textarea") if _is_filter(field))
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
