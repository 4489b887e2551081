"""What all skins share: routes from addresses to pages, states of sections, search, files.

A skin says where things stand and how they look; this class says what answers at which address.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import partial
from html import escape
from typing import TypeVar
from urllib.parse import urlsplit

from tests.portals import files
from tests.portals.content import Document, Portal, Post, Question, Section
from tests.portals.days import CLOSES
from tests.portals.skins import blocks, hazards
from tests.portals.text import plain

T = TypeVar("T")
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Ask:
    """A request as a skin sees it: the path inside the portal, GET and POST fields."""

    path: str
    query: dict[str, str] = field(default_factory=dict)
    method: str = "GET"
    form: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """What to answer. ``chunks`` replaces ``body`` when it is endless or large."""

    body: bytes
    status: int = 200
    kind: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    chunks: Callable[[], Iterator[bytes]] | None = None


Handler = Callable[[Ask], Reply]


def html_reply(text: str, status: int = 200) -> Reply:
    """A page."""
    return Reply(text.encode(), status)


class Skin:
    """A portal with addresses and looks. Subclasses override the parts that differ."""

    search_path = "/tim-kiem"
    search_field = "keyword"
    site_map_path = "/so-do-cong"

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        parts = urlsplit(portal.unit.url or "")
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.prefix = parts.path.rstrip("/")
        self.hits: Counter[str] = Counter()
        self.routes: dict[str, Handler] = {}
        self._route_all()

    # --- where things stand (skins override) ----------------------------------------------------

    def section_path(self, section: Section) -> str:
        """Address of a section's first page, inside the portal."""
        return f"/{section.slug}"

    def post_path(self, section: Section, post: Post) -> str:
        """Address of a post as this section links it."""
        raise NotImplementedError

    def document_path(self, section: Section, document: Document) -> str:
        """Address of a document's own page."""
        return f"{self.section_path(section)}/{document.id}"

    def question_path(self, section: Section, question: Question) -> str:
        """Address of a question's own page."""
        return f"{self.section_path(section)}/{question.id}"

    def file_path(self, name: str) -> str:
        """Address of a file."""
        return f"/tep/{name}"

    def save_path(self, post: Post) -> str:
        """Address from which an article is saved."""
        return f"/luu/{post.id}.doc"

    def page_number(self, ask: Ask) -> int:
        """Which page of a list is asked for, from 1."""
        value = ask.query.get("page", "1")
        return int(value) if value.isdigit() else 1

    def page_url(self, section: Section, number: int) -> str:
        """Address of a page of a list."""
        return self.url(self.section_path(section)) + ("" if number == 1 else f"?page={number}")

    # --- how things look (skins override) -------------------------------------------------------

    def frame(self, title: str, main: str, home: bool = False) -> str:
        """The whole page around ``main``."""
        raise NotImplementedError

    def listing(self, section: Section, posts: list[Post], number: int, pages: int) -> str:
        """The list of posts."""
        raise NotImplementedError

    def article(self, section: Section, post: Post) -> str:
        """One post with its date and tools."""
        raise NotImplementedError

    def home(self) -> str:
        """The home page's main part."""
        raise NotImplementedError

    def documents(self, section: Section, rows: list[Document], number: int, pages: int) -> str:
        """The document register."""
        raise NotImplementedError

    def questions(self, section: Section, rows: list[Question], number: int, pages: int) -> str:
        """The list of questions."""
        raise NotImplementedError

    def results(self, phrase: str, found: list[tuple[Section, Post]]) -> str:
        """Search results."""
        raise NotImplementedError

    def document(self, section: Section, row: Document) -> str:
        """A document's own page."""
        return blocks.fields(self.document_fields(section, row)) + self.download(row)

    def question(self, section: Section, row: Question) -> str:
        """A question's own page."""
        return self.questions(section, [row], 1, 1)

    # --- helpers --------------------------------------------------------------------------------

    def url(self, path: str) -> str:
        """A link to something of this portal."""
        return self.prefix + path

    def absolute(self, path: str) -> str:
        """The same with scheme and host."""
        return self.origin + self.prefix + path

    def document_fields(self, section: Section, row: Document) -> dict[str, str]:
        """Label → words of a document's record, as the portal prints them."""
        cells = {"Số ký hiệu": row.number, "Loại văn bản": row.type}
        if section.issuer_column:
            cells["Cơ quan ban hành"] = row.issuer or ""
        cells["Ngày ban hành"] = f"{row.issued:%d/%m/%Y}"
        cells["Ngày hiệu lực"] = f"{row.effective:%d/%m/%Y}" if row.effective else ""
        if section.posted_column and row.posted:
            cells["Ngày đăng"] = f"{row.posted:%d/%m/%Y}"
        cells["Trích yếu"] = row.abstract
        return cells

    def download(self, row: Document) -> str:
        """The link to a document's file, if it has one."""
        if row.file == "none":
            return ""
        return f'<a href="{self.url(self.file_path(f"{row.id}.pdf"))}">Tải về</a>'

    def menu(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """Top entries with their children: label, link, children."""
        entries = []
        for section in self.portal.sections:
            if section.menu:
                children = [(child.label, self.entry_url(child)) for child in section.children if child.menu]
                entries.append((section.label, self.entry_url(section), children))
        if self.portal.site_map:
            entries.append(("Sơ đồ cổng", self.url(self.site_map_path), []))
        return entries + [(label, self.url(path), []) for label, path in hazards.entries(self.portal.hazards)]

    def entry_url(self, section: Section) -> str:
        """Where a menu entry leads."""
        if section.kind == "external":
            return section.url or ""
        if section.kind == "folder":
            return "#" if self.portal.style % 2 else self.url(f"/{section.slug}")
        return self.url(self.section_path(section))

    def order(self, section: Section) -> list[Post]:
        """Posts as a list shows them: pinned first, then newest; undated ones among the newest."""
        middle = datetime.combine(CLOSES, time(0, 0))
        return sorted(section.posts, key=lambda p: (p.pinned, p.when or middle, p.id), reverse=True)

    def latest(self) -> list[tuple[Section, Post]]:
        """What the home page shows of the news."""
        news = [section for section in self.portal.find("news", "notices") if section.readable]
        return [(section, post) for section in news for post in self.order(section)[:4]][:8]

    # --- routes ---------------------------------------------------------------------------------

    def reply(self, ask: Ask) -> Reply:
        """The answer to a request for a path inside the portal."""
        self.hits[ask.path] += 1
        if self.portal.fault == "wall" or (
            self.portal.fault == "inner_wall" and ask.path not in ("/", "/robots.txt")
        ):
            return html_reply(blocks.challenge(self.portal.style), 503 if self.portal.style % 2 else 200)
        handler = self.routes.get(ask.path)
        further = None if handler else hazards.owner(self.portal.hazards, ask.path)
        if further:
            return hazards.reply(further, ask, self)
        return handler(ask) if handler else html_reply(self.frame("404", blocks.not_found()), 404)

    def _route_all(self) -> None:
        self.routes["/"] = lambda ask: html_reply(self.frame("Trang chủ", self.home(), home=True))
        self.routes["/robots.txt"] = self._robots
        self.routes[self.search_path] = self._search
        if self.portal.site_map:
            self.routes[self.site_map_path] = lambda ask: html_reply(
                self.frame("Sơ đồ cổng", self.site_map())
            )
        for section in self.portal.walk():
            self._route_section(section)
        self.routes |= {
            path: partial(self._hazard, name) for name, path in hazards.paths(self.portal.hazards)
        }

    def _route_section(self, section: Section) -> None:
        if section.kind == "external":
            return
        path = f"/{section.slug}" if section.kind == "folder" else self.section_path(section)
        self.routes[path] = partial(self.section_reply, section)
        for post in section.posts if section.readable else ():
            self.routes[self.post_path(section, post)] = partial(self._article, section, post)
            self.routes[self.save_path(post).split("?")[0]] = lambda ask: files.reply("ok", ask.path)
            if post.attachment:
                self.routes[self.file_path(post.attachment)] = lambda ask: files.reply("ok", ask.path)
        for row in section.documents:
            self.routes[self.document_path(section, row)] = partial(self._document, section, row)
            if row.file != "none":
                self.routes[self.file_path(f"{row.id}.pdf")] = partial(self._file, row)
        for question in section.questions:
            self.routes[self.question_path(section, question)] = partial(self._question, section, question)
        for name in blocks.file_names(section.blocks):
            self.routes[self.file_path(name)] = lambda ask: files.reply("ok", ask.path)

    def section_reply(self, section: Section, ask: Ask) -> Reply:
        """A section's page, as its state lets it be seen."""
        if section.kind == "folder":
            target = next(child for child in section.children if child.kind != "external")
            return Reply(b"", 302, headers=(("Location", self.absolute(self.section_path(target))),))
        if section.state == "error":
            return html_reply(blocks.server_error(), 500)
        if section.state == "flaky" and self.hits[ask.path] == 1:
            return Reply(b"Service Unavailable", 503, "text/plain", (("Retry-After", "1"),))
        if section.state == "soft404" and self.portal.style % 3 == 0:
            return html_reply("<html><body>Default 404 Not Found Page</body></html>")
        return html_reply(self.frame(section.label, self._section_main(section, ask)))

    def _section_main(self, section: Section, ask: Ask) -> str:
        if section.state in ("placeholder", "soft404", "login", "empty"):
            return self.nothing(section)
        if section.kind == "page":
            return self.static(section)
        number = self.page_number(ask)
        if section.kind == "documents":
            return self._page_of(section, section.documents, number, self.documents)
        if section.kind == "questions":
            return self._page_of(section, section.questions, number, self.questions)
        return self._page_of(section, self.order(section), number, self.listing)

    def _page_of(
        self, section: Section, rows: list[T], number: int, draw: Callable[[Section, list[T], int, int], str]
    ) -> str:
        pages = max(1, -(-len(rows) // section.per_page))
        shown = rows[(number - 1) * section.per_page : number * section.per_page]
        if not shown:
            return self.static_frame(section, blocks.empty(self.portal.style))
        return draw(section, shown, number, pages)

    def nothing(self, section: Section) -> str:
        """A section that answers, and holds nothing."""
        if section.state == "placeholder":
            return self.static_frame(section, blocks.placeholder(self.portal.style))
        if section.state == "soft404":
            return blocks.not_found()
        if section.state == "login":
            return blocks.login(self.url("/dang-nhap"))
        return self.static_frame(section, blocks.empty(self.portal.style))

    def static(self, section: Section) -> str:
        """A page of blocks."""
        return self.static_frame(section, blocks.render(section.blocks, self))

    def static_frame(self, section: Section, inner: str) -> str:
        """A page's heading and text in the main column."""
        return f"<h1>{escape(section.label)}</h1><div>{inner}</div>"

    def site_map(self) -> str:
        """Every section, those that no menu shows among them."""
        lines = [
            f'<li><a href="{self.entry_url(section)}">{escape(section.label)}</a></li>'
            for section in self.portal.walk()
            if section.kind != "folder"
        ]
        return f"<h1>Sơ đồ cổng</h1><ul>{''.join(lines)}</ul>"

    def _article(self, section: Section, post: Post, ask: Ask) -> Reply:
        return html_reply(self.frame(post.title, self.article(section, post)))

    def _document(self, section: Section, row: Document, ask: Ask) -> Reply:
        return html_reply(self.frame(row.abstract, self.document(section, row)))

    def _question(self, section: Section, row: Question, ask: Ask) -> Reply:
        return html_reply(self.frame(row.subject, self.question(section, row)))

    def _file(self, row: Document, ask: Ask) -> Reply:
        return files.reply(row.file, ask.path)

    def _hazard(self, name: str, ask: Ask) -> Reply:
        return hazards.reply(name, ask, self)

    def _robots(self, ask: Ask) -> Reply:
        if self.portal.robots is None:
            return Reply(b"Not Found", 404, "text/plain")
        lines = ["User-agent: *", "Disallow: /quan-tri/"]
        lines += [
            f"Disallow: {self.url(self.section_path(s))}" for s in self.portal.walk() if s.state == "refused"
        ]
        if self.portal.robots == "slow":
            lines.append("Crawl-delay: 1")
        return Reply("\n".join(lines).encode(), 200, "text/plain")

    # --- search ---------------------------------------------------------------------------------

    def search_form(self) -> str:
        """The site's search box, as the portal has it."""
        way = self.portal.search
        if way == "none":
            return ""
        box = f'<input type="text" name="{self.search_field}" placeholder="Tìm kiếm..." />'
        if way == "script":
            return box.replace("name=", "id=") + '<a href="javascript:timKiem()">Tìm kiếm</a>'
        method = "post" if way == "post" else "get"
        action = self.url(self.search_path)
        button = '<button type="submit">Tìm kiếm</button>'
        return f'<form action="{action}" method="{method}">{box}{button}</form>'

    def _search(self, ask: Ask) -> Reply:
        fields = ask.form if self.portal.search == "post" else ask.query
        phrase = fields.get(self.search_field, "").strip().strip('"')
        found = self._find(phrase) if phrase else []
        return html_reply(self.frame("Kết quả tìm kiếm", self.results(phrase, found)))

    def _find(self, phrase: str) -> list[tuple[Section, Post]]:
        way = self.portal.search
        if way in ("dead", "none", "script"):
            return []
        every = [(s, p) for s in self.portal.walk() if s.readable for p in s.posts]
        if way == "everything":
            return every[:20]
        wanted = plain(phrase).split()
        first = {p.id: (s, p) for s, p in reversed(every)}
        return [
            (s, p)
            for s, p in first.values()
            if all(word in plain(f"{p.title} {p.summary}") for word in wanted)
        ]
