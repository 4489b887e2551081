"""What a portal of the fleet holds, before any skin turns it into pages.

Everything here is content: what was published and when, who asked what and when it was answered.
No level, no point and no HTML. :mod:`tests.portals.truth` reads the truth off these values; the
skins print them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Kind = Literal["province", "department", "commune"]
State = Literal["ok", "empty", "placeholder", "soft404", "login", "error", "flaky", "refused"]
SectionKind = Literal["posts", "documents", "questions", "page", "folder", "external", "sitemap"]
FileState = Literal["ok", "missing", "html", "empty", "none"]
SearchWay = Literal["get", "post", "dead", "everything", "script", "none"]
Fault = Literal["none", "down", "wall", "inner_wall"]

NOTHING: frozenset[State] = frozenset({"empty", "placeholder", "soft404", "login"})
UNSEEN: frozenset[State] = frozenset({"error", "refused"})


@dataclass(frozen=True, slots=True)
class UnitInfo:
    """One line of ``units.tsv`` with the address it got on loopback (None: not known)."""

    id: str
    name: str
    kind: Kind
    abbreviation: str
    aliases: tuple[str, ...]
    code: str | None
    url: str | None

    @property
    def scored(self) -> bool:
        """Whether the notice has a row for it."""
        return self.kind != "province" and self.url is not None


@dataclass(frozen=True, slots=True)
class Post:
    """One published piece.

    ``when`` is the local moment the portal states, None when it states none that can be read.
    ``stated`` replaces the skin's own date words (relative, impossible, coarse). ``also_in`` are
    slugs of further sections that show the same piece. ``tools`` false: printed without tools.
    """

    id: int
    title: str
    when: datetime | None
    summary: str
    body: tuple[str, ...]
    stated: str | None = None
    pinned: bool = False
    also_in: tuple[str, ...] = ()
    attachment: str | None = None
    tools: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """One record of a document register. ``posted`` None: the portal does not state it."""

    id: int
    number: str
    type: str
    issuer: str | None
    issued: date
    abstract: str
    posted: date | None
    effective: date | None = None
    own: bool = True
    normative: bool = False
    file: FileState = "ok"


@dataclass(frozen=True, slots=True)
class Question:
    """One petition. ``person`` is planted personal data that must never leave the page."""

    id: int
    subject: str
    text: str
    unit: str
    addressee: str
    asked: datetime
    answered: datetime | None
    person: str
    phone: str
    home: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a page."""

    text: str


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short lines."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a header row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with its alternative text."""

    alt: str
    name: str


@dataclass(frozen=True, slots=True)
class FileLink:
    """A link to a file of the portal."""

    label: str
    name: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link to somewhere else."""

    label: str
    url: str


Block = Heading | Para | Bullets | Grid | Picture | FileLink | Anchor


@dataclass(slots=True)
class Section:
    """One menu entry. ``key`` is what it is about; ``tags`` name what a page or register shows.

    ``tags`` are how the builder says which parts a page really carries (``structure``, ``map``,
    ``catalogue`` …): the truth counts them, the blocks show them. ``dated`` false: the listing
    prints no dates, only the articles do. ``menu`` false: only the site map links it. ``ranges`` are
    the days a schedule page covers.
    """

    key: str
    label: str
    slug: str
    kind: SectionKind = "posts"
    state: State = "ok"
    posts: list[Post] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    blocks: tuple[Block, ...] = ()
    tags: frozenset[str] = frozenset()
    url: str | None = None
    children: list[Section] = field(default_factory=list)
    per_page: int = 8
    document_search: bool = True
    dated: bool = True
    posted_column: bool = True
    issuer_column: bool = True
    menu: bool = True
    ranges: tuple[tuple[date, date], ...] = ()

    @property
    def readable(self) -> bool:
        """Whether a visitor can read what it holds."""
        return self.state in ("ok", "flaky")

    def walk(self) -> list[Section]:
        """This section and everything below it."""
        return [self, *(deeper for child in self.children for deeper in child.walk())]


@dataclass(frozen=True, slots=True)
class Office:
    """The office's own contact details, and where they are printed."""

    address: str | None
    phone: str | None
    fax: str | None
    email: str | None
    in_footer: bool
    on_page: bool


@dataclass(frozen=True, slots=True)
class Officer:
    """The named contact officer's line; None where the portal leaves it out."""

    name: str
    position: str | None
    workplace: str | None
    phone: str | None
    fax: str | None
    email: str | None


@dataclass(slots=True)
class Portal:
    """One unit's whole site."""

    unit: UnitInfo
    skin: str
    office: Office
    sections: list[Section]
    officer: Officer | None = None
    links: tuple[Anchor, ...] = ()
    search: SearchWay = "get"
    print_tool: bool = True
    save_tool: bool = True
    fault: Fault = "none"
    site_map: bool = False
    validators: bool = True
    robots: str | None = None
    robots_status: int = 200
    hazards: tuple[str, ...] = ()
    style: int = 0

    def walk(self) -> list[Section]:
        """Every section, in menu order."""
        return [section for top in self.sections for section in top.walk()]

    def find(self, *keys: str) -> list[Section]:
        """The sections about any of these keys."""
        return [section for section in self.walk() if section.key in keys]
