"""What a reader says a page shows: the vocabulary between reading and judging.

All values are quoted from the page; nothing here is judged. ``quote`` is always text that stands
on the page (or in its JSON, or in an attribute), so that a person can find it again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal

from pages.capture import PageRequest

PageKind = Literal[
    "home", "listing", "article", "document_list", "document", "qa_list", "petition_list", "schedule",
    "contact", "directory", "sitemap", "search_form", "search_results", "login", "error", "stub", "other",
]  # fmt: skip

Paging = Literal["link", "js", "post", "none"]
SearchKind = Literal["form", "post_form", "script_only", "none"]


@dataclass(frozen=True, slots=True)
class Stated:
    """A date as the page states it. ``how``: by our pattern, by the library, or relative to now."""

    date: date
    time: time | None = None
    how: Literal["pattern", "library", "relative"] = "pattern"
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One record of a listing: a post with its link and, where the record states it, its date.

    ``identity`` is the CMS's own identity of the post when its profile knows one (Bắc Ninh:
    ``"<groupId>/<articleId>"``), else None: the address decides.
    """

    title: str
    url: str | None
    posted: Stated | None = None
    identity: str | None = None
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One record of a document register: what the row (or the detail page) states, verbatim.

    ``file_urls`` are absolute download addresses that a GET may fetch; ``has_file`` is true also when
    a download control exists whose address cannot be told. ``posted`` is the date the portal says it
    was put there, never the issue date.
    """

    number: str | None = None
    type: str | None = None
    issuer: str | None = None
    issued: Stated | None = None
    effective: Stated | None = None
    posted: Stated | None = None
    abstract: str | None = None
    file_urls: tuple[str, ...] = ()
    has_file: bool = False
    url: str | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question or petition. Who asked it is personal data and is never read.

    ``addressee`` is the office it is addressed to, or that answered. ``answered_flag`` is True/False
    when the page shows an answer / shows that there is none, None when the page does not say.
    ``subject`` is the public title, used only to know the same petition again in two places.
    """

    ref: str | None = None
    url: str | None = None
    subject: str | None = None
    addressee: str | None = None
    asked: Stated | None = None
    answered: Stated | None = None
    answered_flag: bool | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Contact details of the office found anywhere on the page; each is its quote, or None."""

    address: str | None = None
    phone: str | None = None
    fax: str | None = None
    email: str | None = None
    email_official: bool = False


@dataclass(frozen=True, slots=True)
class Officer:
    """A named contact officer's line: which parts are there. Only presence leaves this class; the
    quotes are an official's public office details, kept because a dispute is about them."""

    name: str | None = None
    position: str | None = None
    workplace: str | None = None
    phone: str | None = None
    fax: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class SearchForm:
    """The portal's site-wide search. ``field`` is the keyword input's name, ``extra`` the other
    fields with the values the form holds. Action is absolute; None when only a script knows.
    ``scope`` is ``section`` when the page's only usable form is a section's own (documents,
    procedures, questions): it shows that the page searches, never that the portal does."""

    kind: SearchKind = "none"
    action: str | None = None
    field: str | None = None
    extra: tuple[tuple[str, str], ...] = ()
    quote: str = ""
    scope: Literal["site", "section"] = "site"


@dataclass(frozen=True, slots=True)
class Link:
    """A link (or a drop-down option that navigates) with its visible, title or image-alt words."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry of the page's menus.

    ``sections`` are the lexicon keys that the label itself matches; ``inherited`` those of the
    entries above it when its own label matches none. ``path`` are the labels above it, outermost
    first. ``picture``: only a picture without telling words leads there; ``inherited`` then comes from
    the address, and the page's own names (:attr:`PageReading.names`) say what it is.
    """

    label: str
    url: str
    sections: tuple[str, ...] = ()
    inherited: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    picture: bool = False


@dataclass(frozen=True, slots=True)
class ScheduleRange:
    """Days that a schedule on this page covers, both included, with the words that say so."""

    first: date
    last: date
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Wall:
    """Why a page that answered is not the page: it was not seen, or there is nothing.

    ``unseen``: ``bot_wall``, ``maintenance``, ``cut``, ``unreadable`` (bytes we could not decode or
    parse). ``nothing``: ``error_body``, ``login``, ``placeholder``, ``empty``.
    """

    kind: Literal[
        "bot_wall", "maintenance", "cut", "unreadable", "error_body", "login", "placeholder", "empty"
    ]
    quote: str = ""

    @property
    def unseen(self) -> bool:
        """True when the page was not really read, so nothing may be concluded from it."""
        return self.kind in ("bot_wall", "maintenance", "cut", "unreadable")


@dataclass(frozen=True, slots=True)
class PageReading:
    """Everything the readers see on one page. Addresses are absolute.

    ``items`` is the main column's list only. ``next`` is how to get the following page of that list.
    ``text`` is the main column's own text (no menus, no list items), whitespace folded;
    ``headings`` its headings and captions; ``images`` its pictures as links (label = alt or title).
    ``files`` are links to downloadable files in the main column. ``menu`` is in page order,
    site maps included. ``links`` are all links and navigating drop-down options of the page.
    ``names`` are what the page calls itself, most telling first.
    """

    kind: PageKind = "other"
    cms: str = "generic"
    title: str | None = None
    posted: Stated | None = None
    items: tuple[Item, ...] = ()
    next: PageRequest | None = None
    paging: Paging = "none"
    documents: tuple[DocumentRow, ...] = ()
    document_search: bool = False
    questions: tuple[Question, ...] = ()
    contact: Contact = field(default_factory=Contact)
    officer: Officer = field(default_factory=Officer)
    print_control: str | None = None
    save_control: str | None = None
    search: SearchForm = field(default_factory=SearchForm)
    menu: tuple[MenuEntry, ...] = ()
    links: tuple[Link, ...] = ()
    files: tuple[Link, ...] = ()
    images: tuple[Link, ...] = ()
    headings: tuple[str, ...] = ()
    text: str = ""
    schedule: tuple[ScheduleRange, ...] = ()
    wall: Wall | None = None
    notes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def sections(self) -> dict[str, list[tuple[str, str]]]:
        """Section key → [(label, address)] of the menu entries whose own label names it."""
        found: dict[str, list[tuple[str, str]]] = {}
        for entry in self.menu:
            for key in entry.sections:
                pair = (entry.label, entry.url)
                if pair not in found.setdefault(key, []):
                    found[key].append(pair)
        return found
