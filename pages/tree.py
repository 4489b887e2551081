"""A page as a tree: parsed once, tolerant of anything, the one thing all page readers share.

Scripts, styles and comments are taken out of the tree (scripts stay in :attr:`Page.scripts`), and a
space is put around every block element, so that the plain text of an element never glues two
paragraphs together ("KẾ HOẠCH" + "Tổ chức" is not one word) and costs one call into libxml2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

from pages.column import main_column
from pages.outline import Outline
from pages.text import fold

MAX_CHARS: Final = 8_000_000
"""Longest page that is parsed, in characters: real pages stay under one million."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DROPPED: Final = ("script", "style", "noscript", "template", etree.Comment, etree.ProcessingInstruction)
_BLOCKS: Final = (
    "address", "article", "aside", "blockquote", "br", "caption", "center", "dd", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "img", "input", "label", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "select",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
)  # fmt: skip
_STRING = etree.XPath("string()", smart_strings=False)


class TooLongError(ValueError):
    """The page is longer than :data:`MAX_CHARS`, or nested too deeply: it cannot be read to its end."""


@dataclass(frozen=True, slots=True)
class Page:
    """One parsed page.

    ``url`` is the address it was taken from (the base of its links), ``now`` the moment relative
    dates count from, ``html`` the decoded source, ``main`` the main column (the body when no column
    stands out), ``outline`` its links and blocks, ``scripts`` the inline scripts as (type attribute,
    source) in page order.
    """

    root: HtmlElement
    url: str
    now: datetime
    html: str
    main: HtmlElement
    outline: Outline
    scripts: tuple[tuple[str, str], ...] = ()

    @property
    def month_first(self) -> bool:
        """True when the profile of the page's system found that its dates are written month first."""
        return bool(self.outline.memo.get("month_first"))

    def text_of(self, element: HtmlElement) -> str:
        """Folded text of ``element`` with block boundaries and line breaks as single spaces."""
        return text_of(element)


def text_of(element: HtmlElement) -> str:
    """Folded text of ``element`` with block boundaries and line breaks as single spaces."""
    return fold(str(_STRING(element)))


def parse(html: str, url: str, now: datetime) -> Page:
    """Parse ``html`` roughly as browsers would.

    Raises :class:`TooLongError` for a page that cannot be read to its end, ``ValueError`` when there
    is no tree at all.
    """
    if len(html) > MAX_CHARS:
        raise TooLongError(f"{len(html)} characters, more than {MAX_CHARS}")
    root = _root(html)
    scripts = tuple((s.get("type") or "", s.text) for s in root.iter("script") if s.text)
    _drop(root)
    _space(root)
    base = _base(root, url)
    outline = Outline(root, base)
    return Page(root, base, now, html, main_column(root, outline), outline, scripts)


def _root(html: str) -> HtmlElement:
    """The root element; an empty document for text that holds no markup at all."""
    parser = HTMLParser(encoding="utf-8", huge_tree=True)
    source = _CONTROL.sub(" ", html).encode("utf-8", "replace")
    root = etree.fromstring(source if source.strip() else b"<html></html>", parser)
    if root is None:
        raise ValueError("no element in the page")
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise TooLongError("elements nested too deeply")
    return root


def _drop(root: HtmlElement) -> None:
    """Take scripts, styles and comments out, keeping the text that follows them."""
    for element in list(root.iter(*_DROPPED)):
        parent = element.getparent()
        if parent is None:
            continue
        if element.tail:
            before = element.getprevious()
            if before is None:
                parent.text = (parent.text or "") + element.tail
            else:
                before.tail = (before.tail or "") + element.tail
        element.tail = None
        parent.remove(element)


def _space(root: HtmlElement) -> None:
    """Put a space at every block boundary, so that text never glues over one."""
    for element in root.iter(*_BLOCKS):
        try:
            element.text = " " + (element.text or "")
            element.tail = " " + (element.tail or "")
        except ValueError:  # a control character written as an entity: lxml gives it but does not take it
            element.text = " " + _CONTROL.sub(" ", element.text or "")
            element.tail = " " + _CONTROL.sub(" ", element.tail or "")


def _base(root: HtmlElement, url: str) -> str:
    """The page's own ``<base href>`` when it is absolute, else ``url``."""
    for element in root.iter("base"):
        href = (element.get("href") or "").strip()
        if href.startswith(("http://", "https://")):
            return href
    return url
