"""The public title of a question and the link to its own page, from one record of a list."""

from __future__ import annotations

from typing import Final

from lxml.html import HtmlElement

from pages.nameless import is_private
from pages.records import Record, roles
from pages.text import label_key
from pages.tree import Page, text_of
from pages.urls import canonical, join
from pages.vocabulary import keys, load

_NAME: Final = "questions"
_MAX_SUBJECT: Final = 300
_MIN_SUBJECT: Final = 8
HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt", "legend")


def question_title(record: Record, link: HtmlElement | None) -> str | None:
    """The title as the record states it, else its heading, else the words of its link."""
    stated = record.fields.get("subject")
    title = None
    if stated is None or not stated.text or label_key(stated.label) in keys(_NAME, "bodies"):
        title = _record_heading(record)
    if title is None and stated and stated.text:
        inner = next((text_of(a) for element in stated.elements for a in element.iter("a") if text_of(a)), "")
        return (inner or stated.text)[:_MAX_SUBJECT]
    if title is None and link is not None and len(text_of(link)) > _MIN_SUBJECT:
        return text_of(link)[:_MAX_SUBJECT]
    return title


def _record_heading(record: Record) -> str | None:
    """The heading of a block, or its part that is classed as a title."""
    for element in record.elements:
        for part in element.iter():
            if isinstance(part.tag, str) and (part.tag in HEADINGS or _is_titled(part)):
                text = text_of(part)
                if is_title(text):
                    return text
    return _heading_before(record)


def _heading_before(record: Record) -> str | None:
    """The heading that stands right before the record."""
    before = record.elements[0].getprevious() if record.elements else None
    if before is None or before.tag not in HEADINGS:
        return None
    text = text_of(before)
    return text if is_title(text) else None


def is_title(text: str) -> bool:
    """Long enough for a title, and neither a label, nor a heading of the page's parts, nor a person."""
    if not _MIN_SUBJECT < len(text) <= _MAX_SUBJECT or roles(_NAME).of(text.split(":")[0]) is not None:
        return False
    return label_key(text) not in keys(_NAME, "page_titles") and not is_private(text)


def _is_titled(part: HtmlElement) -> bool:
    named = (part.get("class") or "").lower()
    return bool(named) and any(str(word) in named for word in load(_NAME)["title_classes"])


def question_link(page: Page, record: Record) -> HtmlElement | None:
    """The link to the question's own page: from its subject, else the first that leads to another page."""
    stated = record.fields.get("subject")
    inside = [link for element in (stated.elements if stated else ()) for link in element.iter("a")]
    around = [link for element in record.elements for link in element.iter("a")]
    return next((link for link in (*inside, *around) if _leads(page, link)), None)


def _leads(page: Page, link: HtmlElement) -> bool:
    url = join(page.url, link.get("href") or "")
    return url is not None and canonical(url) != canonical(page.url)
