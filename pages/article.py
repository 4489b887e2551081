"""The one article of a page: its title, where it begins, and the post date that stands with it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml.html import HtmlElement

from pages.dates import read_date
from pages.model import Stated
from pages.postdates import Dated, own_date, pieces, with_time
from pages.text import label_key
from pages.titles import is_heading
from pages.tree import Page, text_of
from pages.vocabulary import keys

_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_LIKELY: Final = 25  # characters from which on a heading is likely a title, not a box's caption
_NAMED: Final = 6
_AFTER: Final = 14  # pieces of text after the title in which its date is looked for
_BEFORE: Final = 6  # pieces before it
_LEVELS: Final = 3  # levels above the title within which a date before it must stand (a site clock does not)
_PARAGRAPH: Final = 160  # characters of a piece that is running text: the header ends there
_CUT = re.compile(r"\s+[|–—·»-]\s+")


@dataclass(frozen=True, slots=True)
class Article:
    """``shown`` is true when the title stands in the page as its own (not as a link elsewhere);
    ``named`` when the page's head says the same title; ``prose`` counts characters of running text."""

    title: str | None = None
    posted: Stated | None = None
    element: HtmlElement | None = None
    named: bool = False
    prose: int = 0


def read_article(page: Page, outside: frozenset[HtmlElement] = frozenset()) -> Article:
    """The article of the page; ``outside`` are the elements of list records, which do not belong to it."""
    element, named = _title_element(page, outside)
    texts = list(_own_pieces(page, element, outside))
    prose = sum(len(text) for _, text, _ in texts if len(text) >= 60)
    if element is None:
        title = _named_title(page)
        return Article(title, None, None, False, prose)
    dated = _near_title(texts, element, page)
    return Article(text_of(element), dated, element, named, prose)


def _own_pieces(
    page: Page, title: HtmlElement | None, outside: frozenset[HtmlElement]
) -> Iterator[tuple[HtmlElement, str, tuple[object, ...]]]:
    """The texts of the main column without records, side blocks and related lists."""
    skipped: dict[HtmlElement, bool] = {}
    for owner, text, slot in pieces([page.main], title):
        if len(text) > 2 and not _skipped(owner, page, outside, skipped):
            yield owner, text, slot


def _skipped(
    element: HtmlElement, page: Page, outside: frozenset[HtmlElement], known: dict[HtmlElement, bool]
) -> bool:
    """True when the element, or one around it inside the main column, is no part of the article."""
    path = []
    node: HtmlElement | None = element
    found = False
    while node is not None and node is not page.main:
        if node in known:
            found = known[node]
            break
        path.append(node)
        node = node.getparent()
    for node in reversed(path):
        found = found or _is_apart(node, page, outside)
        known[node] = found
    return found


def _is_apart(element: HtmlElement, page: Page, outside: frozenset[HtmlElement]) -> bool:
    return (
        element in outside
        or element.tag in ("select", "textarea", "button", "option")
        or page.outline.hint(element) in ("hidden", "nav", "related", "aside")
    )


def _title_element(page: Page, outside: frozenset[HtmlElement]) -> tuple[HtmlElement | None, bool]:
    """The heading that is the page's title, and whether the page's head names it."""
    names = _head_keys(page)
    best: HtmlElement | None = None
    best_rank = 0
    for element in page.main.iter():
        if not isinstance(element.tag, str) or not is_heading(element):
            continue
        rank = _rank(element, page, names, outside)
        if rank > best_rank:
            best, best_rank = element, rank
    if best_rank <= _NAMED and (plain := _plain_title(page, names, outside)) is not None:
        return plain, True
    return best, best_rank > _NAMED


def _plain_title(page: Page, names: tuple[str, ...], outside: frozenset[HtmlElement]) -> HtmlElement | None:
    """A title that is no heading: the first text of the column that is, word for word, the head's title."""
    for owner, text, _ in pieces([page.main], None):
        named = len(text) >= 12 and label_key(text) in names and not _leads_away(owner, page)
        if named and outside.isdisjoint((owner, *owner.iterancestors())):
            return owner
    return None


def _rank(element: HtmlElement, page: Page, names: tuple[str, ...], outside: frozenset[HtmlElement]) -> int:
    """0 for no title; 1 any heading, 2 an h1 or h2, +4 when the page's head has the same words."""
    text = text_of(element)
    if not 8 <= len(text) <= 400 or _leads_away(element, page):
        return 0
    if any(e in outside for e in (element, *element.iterancestors())):
        return 0
    if page.outline.zone(element, page.main) not in ("", "header") or not page.outline.shown(element):
        return 0
    key = label_key(text)
    if key in keys("listing", "related") or key in keys("listing", "popular"):
        return 0
    if own_date(text, page.now) is not None or (element.tag not in _HEADINGS and _pieces(element) > 3):
        return 0
    rank = {"h1": 3, "h2": 2}.get(element.tag, 1) + 2 * (len(key) >= _LIKELY)
    return rank + _NAMED * any(_same(key, name) for name in names)


def _pieces(element: HtmlElement) -> int:
    return sum(1 for text in element.itertext() if text.strip())


def _same(key: str, name: str) -> bool:
    """True when the head means this title: the same words, part of them, or the same long beginning."""
    return key == name or (len(key) >= _LIKELY and (key in name or key[:50] == name[:50]))


def _leads_away(element: HtmlElement, page: Page) -> bool:
    """True when the heading is a link to another page: a record's title, or a box's."""
    link = next(element.iter("a"), None)
    if link is None:
        link = next(element.iterancestors("a"), None)
    if link is None:
        return False
    anchor = next((a for a in page.outline.anchors if a.element is link), None)
    return anchor is not None and anchor.key is not None and anchor.key != page.url.split("#")[0]


def _head_keys(page: Page) -> tuple[str, ...]:
    """The titles that the head states, as label keys: ``<title>`` whole and in parts, ``og:title``."""
    found = []
    title = page.root.find(".//head/title")
    if title is None:
        title = page.root.find(".//title")
    if title is not None and title.text:
        found += [title.text, *_CUT.split(title.text)]
    for meta in page.root.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() in (
            "og:title",
            "twitter:title",
            "title",
            "dc.title",
        ):
            found.append(meta.get("content") or "")
    return tuple(key for text in found if len(key := label_key(text)) > 3)


def _named_title(page: Page) -> str | None:
    """The title of the head when the same words stand in the main column."""
    column = label_key(text_of(page.main)[:20_000])
    for name in _head_keys(page):
        if len(name) >= 12 and name in column:
            return _as_shown(page, name)
    return None


def _as_shown(page: Page, key: str) -> str | None:
    for _, text, _ in pieces([page.main], None):
        if label_key(text) == key:
            return text
    return None


def _near_title(
    texts: list[tuple[HtmlElement, str, tuple[object, ...]]], element: HtmlElement, page: Page
) -> Stated | None:
    """The own date nearest to the title: in the lines under it, above it, or with a "posted" label."""
    inside = [
        i for i, (owner, _, _) in enumerate(texts) if owner is element or element in owner.iterancestors()
    ]
    if not inside:
        return None
    first, last = inside[0], inside[-1]
    under = [*_dates(_header(texts[last + 1 : last + 1 + _AFTER]), page.now, "")]
    home = page.outline.home
    loose = (
        home is not None and page.main in home.element.iterancestors()
    )  # the column holds the page's head too
    block = (
        next(itertools.islice(element.iterancestors(), _LEVELS - 1, None), page.main) if loose else page.main
    )
    near = [piece for piece in texts[max(0, first - _BEFORE) : first] if block in piece[0].iterancestors()]
    above = [*_dates(near, page.now, "")]
    for found in (under, above[::-1]):
        if found:
            return max(found, key=lambda d: d.rank).stated
    labelled = [d for d in _dates(texts[last + 1 :], page.now, "") if d.rank == 2]
    days = {d.stated.date for d in labelled}
    return labelled[0].stated if len(days) == 1 else None


def _header(
    texts: list[tuple[HtmlElement, str, tuple[object, ...]]],
) -> list[tuple[HtmlElement, str, tuple[object, ...]]]:
    """The pieces up to the second paragraph of running text (the first may be the lead)."""
    seen = 0
    for i, (_, text, _) in enumerate(texts):
        if len(text) > _PARAGRAPH:
            seen += 1
            if seen == 2:
                return texts[:i]
    return texts


def _dates(
    texts: list[tuple[HtmlElement, str, tuple[object, ...]]], now: datetime, before: str
) -> Iterator[Dated]:
    for owner, text, slot in texts:
        found = own_date(text, now, before, slot)
        if found is None and owner.tag == "time":
            stated = read_date(owner.get("datetime") or "", now)
            found = Dated(stated, slot) if stated is not None else None
        if found is not None:
            yield with_time(found, owner, now)
        before = text[-60:]
