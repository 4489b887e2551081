"""One capture in, everything the readers see on it out. Never raises for what a page holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from pages.article import Article, read_article
from pages.banners import own_names, read_banners
from pages.capture import Capture, PageRequest
from pages.cms import Profile
from pages.cms.registry import profile_of
from pages.contact import read_contact
from pages.contents import captions, files, images, own_text
from pages.documents import has_document_search, read_document_detail, read_documents
from pages.groups import Box, boxes, headings
from pages.headdates import meta_date
from pages.jsonlist import embedded, endpoint, items_of, parse_json
from pages.jsonreading import read_json
from pages.kinds import Facts, asks, is_article, is_home, kind_of, wall_kind
from pages.labels import sections_named
from pages.listing import Hooks, Listing, attached, choose, looks_posted, read_box
from pages.menublocks import menu_keys
from pages.menus import read_links, read_menu
from pages.model import DocumentRow, Item, PageReading, Question, Stated, Wall
from pages.officer import read_officer
from pages.outline import LONG
from pages.paging import Next, read_next
from pages.questionlist import linked_questions
from pages.questions import read_questions
from pages.schedule import read_schedule
from pages.searchform import read_search
from pages.text import Unreadable, decode
from pages.tools import print_control, save_control
from pages.tree import Page, TooLongError, parse, text_of
from pages.urls import canonical
from pages.walls import body_wall, status_wall

_FAILURES: Final = (
    ValueError,
    RecursionError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    etree.LxmlError,
)
_MARKUP: Final = (
    "text/html",
    "application/xhtml",
    "text/plain",
    "application/xml",
    "text/xml",
    "application/json",
)
_PAGED: Final = (
    "home", "listing", "directory", "search_results", "document_list", "qa_list", "petition_list",
)  # fmt: skip
_LISTED: Final = ("home", "listing", "directory", "search_results", "other")


def read(capture: Capture) -> PageReading:
    """What the page shows. Failures, redirects and walls give a reading that says so."""
    if capture.location is not None or capture.status in (300, 304):
        return PageReading(notes=("redirect",))
    wall = status_wall(capture)
    if wall is not None and wall.kind in ("unreadable", "cut"):
        return PageReading("other", wall=wall)
    if not _is_markup(capture):
        return PageReading(
            "other", wall=wall, notes=(f"not a page: {capture.header('content-type') or 'no type'}",)
        )
    try:
        return _read_body(capture, wall)
    except Unreadable as failure:
        return _unreadable(capture, str(failure))
    except TooLongError as failure:
        return PageReading("other", wall=Wall("cut", str(failure)))
    except _FAILURES as failure:
        return _unreadable(capture, f"{type(failure).__name__}: {failure}")


def _unreadable(capture: Capture, reason: str) -> PageReading:
    return PageReading("other", wall=Wall("unreadable", reason[:200]), notes=("could not read",))


def _is_markup(capture: Capture) -> bool:
    """True when the body may be a page: by its type, and by its first bytes whatever the type says."""
    kind = (capture.header("content-type") or "text/html").lower()
    start = capture.body[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return False
    return kind.startswith(_MARKUP) or start[:1] in (b"<", b"{", b"[")


def _read_body(capture: Capture, wall: Wall | None) -> PageReading:
    text, note = decode(capture.body, capture.header("content-type"))
    notes = (note,) if note else ()
    data = parse_json(text)
    if data is not None and wall is None:
        return read_json(capture, data, notes)
    page = parse(text, capture.url, capture.seen_at)
    said = body_wall(page, capture.status or 200)
    if said is not None and (wall is None or said.unseen or not wall.unseen):
        wall = said
    return _read_page(page, wall, notes)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the single readers found, before the kind of the page is known."""

    profile: Profile
    boxes: list[Box]
    listing: Listing
    article: Article
    documents: tuple[DocumentRow, ...]
    detail: DocumentRow | None
    questions: tuple[Question, ...]


def _read_page(page: Page, wall: Wall | None, notes: tuple[str, ...]) -> PageReading:
    profile = profile_of(page)
    if wall is not None:
        return _read_wall(page, wall, profile, notes)
    found = _find(page, profile)
    next_ = _next(page, profile, bool(found.boxes or found.documents or found.questions))
    search = read_search(page)
    contact = read_contact(page)
    schedule = read_schedule(page)
    printing = print_control(page)
    searching = has_document_search(page)
    facts = Facts(
        page, found.listing, found.article, headings(found.boxes), len(found.documents),
        found.detail is not None, len(found.questions), bool(schedule), contact.address is not None,
        printing is not None, searching, next_.request is not None,
    )  # fmt: skip
    kind = kind_of(facts)
    articles = kind in ("article", "schedule", "document") and is_article(facts)
    items = _items(page, found, kind, articles)
    posts = _listed(page, found)
    menu = read_menu(page, posts) + (read_banners(page, posts) if kind == "home" else ())
    listed = kind in _PAGED
    titled = articles or kind in ("article", "document", "schedule", "contact")
    return PageReading(
        kind, profile.name, title=found.article.title if titled else None,
        posted=_posted(page, found.article) if articles else None,
        items=items, next=next_.request if listed else None, paging=next_.paging if listed else "none",
        documents=_documents(found, kind), document_search=searching, questions=found.questions,
        contact=contact, officer=read_officer(page), print_control=printing, save_control=save_control(page),
        search=search, menu=menu, links=read_links(page), files=files(page), images=images(page),
        headings=captions(page), text=own_text(page, _apart(found, kind)), schedule=schedule, notes=notes,
        names=own_names(page, found.article.title if articles else None),
    )  # fmt: skip


def _apart(found: _Found, kind: str) -> set[HtmlElement]:
    """The records that are no part of the column's own text: those of a list of posts."""
    if kind in ("document_list", "document", "qa_list", "petition_list", "article"):
        return set()
    return {record.span[0] for box in found.boxes for record in box.records}


def _read_wall(page: Page, wall: Wall, profile: Profile, notes: tuple[str, ...]) -> PageReading:
    """A wall still shows its frame: menus, contact and search count where the page was really served."""
    if wall.unseen:
        return PageReading(wall_kind(wall), profile.name, wall=wall, notes=notes)
    return PageReading(
        wall_kind(wall), profile.name, contact=read_contact(page), search=read_search(page),
        menu=read_menu(page),
        links=read_links(page), text=text_of(page.main)[:2_000], wall=wall, notes=notes,
    )  # fmt: skip


def _find(page: Page, profile: Profile) -> _Found:
    hooks = profile.hooks
    if profile.us_order is not None and profile.us_order(page):
        hooks = replace(hooks, us_order=True)
        page.outline.memo["month_first"] = True
    documents = read_documents(page)
    questions = read_questions(page)
    detail = None if documents else read_document_detail(page)
    found = boxes(page)
    listing = _listing(page, found, hooks)
    if not questions and listing.items and asks(page):
        questions = linked_questions(
            page, [r for box in found if box.node is listing.node for r in box.records]
        )
    article = read_article(page, _records_of(box for box in found if not attached(box, page)))
    return _Found(profile, found, listing, article, documents, detail, questions)


def _listing(page: Page, found: list[Box], hooks: Hooks) -> Listing:
    """The main list; data that a script of the page holds when the page itself has no list."""
    box = choose(page, found, first=is_home(page, headings(found)))
    listing = read_box(page, box, hooks) if box is not None else Listing(())
    if not listing.items and (data := embedded(page)) is not None:
        items = items_of(data, page.url, page.now)
        if hooks.identity is not None:
            items = tuple(replace(i, identity=hooks.identity(i.url or "")) for i in items)
        return Listing(items, None, sum(1 for item in items if item.posted))
    return listing


def _records_of(found: Iterable[Box]) -> frozenset[HtmlElement]:
    return frozenset(element for box in found for record in box.records for element in record.span)


def _listed(page: Page, found: _Found) -> frozenset[str]:
    """Addresses of the posts that the boxes of the main column list: they are no menu entries. A long
    text that is a section's known label heads a box."""
    titles = (record.title for box in found.boxes if looks_posted(box, page) for record in box.records)
    posts = (t.key for t in titles if t.key and len(t.text) >= LONG and not sections_named(t.text))
    return frozenset(posts) - menu_keys(page, LONG * 3)


def _next(page: Page, profile: Profile, listed: bool) -> Next:
    known = profile.next_page(page) if profile.next_page is not None else None
    found = known if known is not None else read_next(page)
    if found.request is None and not listed and (address := endpoint(page)) is not None:
        return Next(PageRequest(address), "js")
    return found


def _items(page: Page, found: _Found, kind: str, article: bool) -> tuple[Item, ...]:
    """The main list's items; none on a page that is about one thing, or whose list is of another nature."""
    if article or kind not in _LISTED:
        return ()
    own = canonical(page.url)
    return tuple(item for item in found.listing.items if item.url is None or canonical(item.url) != own)


def _posted(page: Page, article: Article) -> Stated | None:
    """The date shown with the title; what the head says only when the page shows none."""
    return article.posted or (meta_date(page) if article.element is not None else None)


def _documents(found: _Found, kind: str) -> tuple[DocumentRow, ...]:
    if found.documents:
        return found.documents
    return (found.detail,) if found.detail is not None and kind == "document" else ()
