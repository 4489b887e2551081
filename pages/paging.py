"""How to get the following part of a list: one request that reads and changes nothing.

Looked for in this order: a link that says "next", the number after the current one in a row of page
numbers, an address that a script keeps in the link, a post-back of an ASP.NET pager. A link whose
address would change something (a portlet action, a deletion, a log-out) is never the next page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from pages.capture import PageRequest
from pages.model import Paging
from pages.outline import class_words
from pages.requests import POSTBACK, address_in, form_of, post_back, safe
from pages.text import fold, label_key
from pages.tree import Page
from pages.urls import join
from pages.vocabulary import keys, words

_NUMBER = re.compile(r"^\D{0,8}?(\d{1,4})\D{0,3}$")
_LONGEST: Final = 24  # characters of the words of a pager's link


@dataclass(frozen=True, slots=True)
class Next:
    """The following page, and by what means the page leads on at all."""

    request: PageRequest | None = None
    paging: Paging = "none"


@dataclass(frozen=True, slots=True)
class _Step:
    """One link of a pager: the page number it shows (None for words) and where it goes."""

    element: HtmlElement
    text: str
    number: int | None
    url: str | None
    handler: str


def read_next(page: Page) -> Next:
    """The next page of the page's list."""
    declared = _declared(page)
    pager = [step for step in _steps(page) if _belongs(step, page)]
    if not pager:
        return Next(PageRequest(declared), "link") if declared else Next()
    found = _by_word(pager, page) or _by_number(pager, page)
    if found is None:
        return Next(PageRequest(declared) if declared else None, _means(pager))
    request = _request(found, page)
    return Next(request, _means([found]) if request is None or request.method == "GET" else "post")


def _declared(page: Page) -> str | None:
    """``<link rel="next">`` or ``<a rel="next">`` on the same host."""
    for element in page.root.iter("link", "a"):
        if "next" in (element.get("rel") or "").lower().split():
            url = join(page.url, element.get("href") or "")
            if (
                url
                and safe(url)
                and urlsplit(url).netloc == urlsplit(page.url).netloc
                and not _same(url, page.url)
            ):
                return url
    return None


def _same(one: str, other: str) -> bool:
    return one.split("#")[0] == other.split("#")[0]


def _steps(page: Page) -> Iterator[_Step]:
    """Links and buttons with few words: what a pager may consist of."""
    for anchor in page.outline.anchors:
        if len(anchor.text) <= _LONGEST:
            url = anchor.key if not anchor.fragment or anchor.key != page.url else None
            yield _step(anchor.element, anchor.text, url)
    for button in page.root.iter("button"):
        text = fold("".join(button.itertext()))
        if len(text) <= _LONGEST:
            yield _step(button, text, None)


def _step(element: HtmlElement, text: str, url: str | None) -> _Step:
    href = element.get("href") or ""
    handler = " ".join(
        filter(None, (element.get("onclick"), href if href[:11].lower() == "javascript:" else None))
    )
    text = text or fold(element.get("title") or element.get("aria-label") or "")
    found = _NUMBER.match(text) if len(text) <= 9 else None
    return _Step(element, text, int(found[1]) if found else None, url, handler)


def _belongs(step: _Step, page: Page) -> bool:
    """True for a link of a pager: a page number or a next word, in a pager or among page numbers."""
    if step.number is None and not _is_next(step) and not _is_more(step):
        return False
    if not page.outline.shown(step.element):
        return False
    return page.outline.in_pager(step.element) or _among_numbers(step.element) or _is_explicit(step)


def _is_next(step: _Step) -> bool:
    text = step.text.strip()
    if text in words("paging", "next_signs"):
        return True
    if label_key(text) in keys("paging", "next"):
        return True
    names = class_words(step.element.get("class") or "")
    return not words("paging", "next_class").isdisjoint(names) and not text.isdigit()


def _is_more(step: _Step) -> bool:
    return label_key(step.text) in keys("paging", "more") and step.element.get("data-url") is not None


def _is_explicit(step: _Step) -> bool:
    """ "Trang sau" says by itself that it pages; a lone "Tiếp" or ">" may be a slider's arrow."""
    key = label_key(step.text)
    return " " in key and key in keys("paging", "next") and "page" in _parameters(step.url)


def _parameters(url: str | None) -> str:
    """ "page" when the address carries a page number, else ''."""
    if url is None:
        return ""
    parts = urlsplit(url)
    names = {name.lower() for name, value in parse_qsl(parts.query) if value.isdigit()}
    known = words("paging", "page_params")
    by_name = any(name in known or name.rsplit("_", 1)[-1] in known for name in names)
    return "page" if by_name or re.search(r"/(?:page|trang|p)[/-]?\d+", parts.path) else ""


def _among_numbers(element: HtmlElement) -> bool:
    """True when at least one neighbour (to three levels up) is a short number as well."""
    node = element
    for _ in range(3):
        parent = node.getparent()
        if parent is None or len(parent) > 40:
            return False
        texts = [fold("".join(c.itertext())) for c in parent if isinstance(c.tag, str) and c is not node]
        texts.append(fold(parent.text or ""))
        numbers = [t for t in texts if t.isdigit() and len(t) <= 4]
        if numbers and all(len(t) <= 24 for t in texts):
            return True
        node = parent
    return False


def _by_word(pager: list[_Step], page: Page) -> _Step | None:
    """The link that says "next" and leads somewhere."""
    for step in pager:
        if _is_next(step) and not _is_disabled(step.element) and _leads(step, page):
            return step
    return None


def _is_disabled(element: HtmlElement) -> bool:
    for _ in range(2):
        if element is None:
            return False
        if "disabled" in (element.get("class") or "").lower() or element.get("disabled") is not None:
            return True
        element = element.getparent()
    return False


def _leads(step: _Step, page: Page) -> bool:
    if step.url is not None:
        return safe(step.url) and not _same(step.url, page.url)
    return bool(POSTBACK.search(step.handler) or address_in(step.element, step.handler, page))


def _by_number(pager: list[_Step], page: Page) -> _Step | None:
    """The link with the number after the current page's."""
    current = _current(pager, page)
    if current is None:
        return None
    for step in pager:
        if step.number == current + 1 and _leads(step, page):
            return step
    return None


def _current(pager: list[_Step], page: Page) -> int | None:
    """The number of the page shown: marked, without a link, or the one this address carries."""
    numbered = [step for step in pager if step.number is not None]
    for step in numbered:
        if _is_current(step.element) or (step.url is not None and _same(step.url, page.url)):
            return step.number
    if not numbered:
        return None
    shown = _plain_number(numbered[0].element)
    if shown is not None:
        return shown
    numbers = [step.number for step in numbered if step.number is not None]
    return 1 if min(numbers) == 2 else None


def _is_current(element: HtmlElement) -> bool:
    for _ in range(2):
        if element is None:
            return False
        names = (element.get("class") or "").lower()
        if element.get("aria-current") or re.search(r"active|current|selected|(?:^|[\s_-])on(?:$|\s)", names):
            return True
        element = element.getparent()
    return False


def _plain_number(element: HtmlElement) -> int | None:
    """The number in the pager that is no link."""
    pager = element
    for _ in range(3):
        if pager.getparent() is None or len(pager.getparent()) > 40:
            break
        pager = pager.getparent()
        for node in pager.iter("span", "strong", "b", "li", "td", "em", "font", "label"):
            text = fold("".join(node.itertext()))
            if (
                text.isdigit()
                and len(text) <= 4
                and next(node.iter("a"), None) is None
                and node.getparent().tag != "a"
            ):
                return int(text)
        for piece in (pager.text, *(child.tail for child in pager)):
            if piece and (text := fold(piece).strip("[]| ")).isdigit() and len(text) <= 4:
                return int(text)
    return None


def _means(pager: list[_Step]) -> Paging:
    """By what means a pager leads on: its links, posts, or scripts only."""
    if any(step.url is not None for step in pager):
        return "link"
    if any(POSTBACK.search(step.handler) for step in pager):
        return "post"
    if any(step.element.tag == "button" and form_of(step.element) is not None for step in pager):
        return "post"
    handlers = [
        s.handler
        for s in pager
        if s.handler and s.handler.rstrip(";") not in ("javascript:", "javascript:void(0)")
    ]
    return "js" if handlers else "link" if pager else "none"


def _request(step: _Step, page: Page) -> PageRequest | None:
    if step.url is not None:
        return PageRequest(step.url) if safe(step.url) else None
    if posted := POSTBACK.search(step.handler):
        return post_back(step.element, posted[1], posted[2], page)
    url = address_in(step.element, step.handler, page)
    return PageRequest(url) if url else None
