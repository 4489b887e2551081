# ruff: noqa: E501 - templates are kept as the pages print them
"""SharePoint as provinces had it built: pages under ``/Pages``, lists of title and date in table cells."""

from __future__ import annotations

from html import escape

from tests.portals.content import Document, Post, Question, Section
from tests.portals.skins import blocks, chrome
from tests.portals.skins.base import Ask, Skin


class SharePoint(Skin):
    """``/Pages/{slug}.aspx?Page=2``, articles by ``ItemID``-like paths."""

    search_path = "/Pages/timkiem.aspx"
    search_field = "k"
    site_map_path = "/Pages/sitemap.aspx"

    def section_path(self, section: Section) -> str:
        return f"/Pages/{section.slug}.aspx"

    def post_path(self, section: Section, post: Post) -> str:
        return f"/{section.slug}/Lists/Posts/Post.aspx/{post.id}"

    def document_path(self, section: Section, document: Document) -> str:
        return f"/Pages/vbct/{document.id}.aspx"

    def file_path(self, name: str) -> str:
        return f"/Lists/Attachments/{name}"

    def save_path(self, post: Post) -> str:
        return f"/_layouts/luu.aspx?id={post.id}"

    def page_number(self, ask: Ask) -> int:
        value = ask.query.get("Page", "1")
        return int(value) if value.isdigit() else 1

    def page_url(self, section: Section, number: int) -> str:
        return f"{self.url(self.section_path(section))}?Page={number}"

    def _stated(self, post: Post) -> str:
        return post.stated or (f"{post.when:%d/%m/%Y %H:%M}" if post.when else "")

    def listing(self, section: Section, posts: list[Post], number: int, pages: int) -> str:
        rows = "".join(
            f'<tr><td class="TitleFront"><a href="{self.url(self.post_path(section, post))}">{escape(post.title)} '
            f'<span class="ShowDate">({self._stated(post)})</span></a><div class="Describe">{escape(post.summary)}</div></td></tr>'
            for post in posts
        )
        return (
            f'<div class="ms-WPHeader"><h3>{escape(section.label)}</h3></div><table class="ms-listviewtable">{rows}</table>'
            + self._pager(section, number, pages)
        )

    def _pager(self, section: Section, number: int, pages: int) -> str:
        if pages < 2:
            return ""
        links = "".join(
            f'<td><a href="{self.page_url(section, n)}">{n}</a></td>'
            if n != number
            else f"<td><span>{n}</span></td>"
            for n in range(1, pages + 1)
        )
        return f'<table class="ms-paging"><tr>{links}</tr></table>'

    def article(self, section: Section, post: Post) -> str:
        body = "".join(f"<div>{escape(line)}</div>" for line in post.body)
        if post.attachment:
            body += f'<div><a href="{self.url(self.file_path(post.attachment))}">{escape(post.attachment)}</a></div>'
        return (
            f'<div class="PostTitle"><h2>{escape(post.title)}</h2></div><div class="PostDate">{self._stated(post)}</div>'
            f'{self._tools(post)}<div class="ms-PostBody"><p><b>{escape(post.summary)}</b></p>{body}</div>'
        )

    def _tools(self, post: Post) -> str:
        if not post.tools:
            return ""
        printing = f'<a href="javascript:printArticle(\'{post.id}\')" title="Bản in">Bản in</a>'
        saving = f'<a href="{self.url(self.save_path(post))}" title="Lưu về máy">Lưu bài</a>'
        return (printing if self.portal.print_tool else "") + " " + (saving if self.portal.save_tool else "")

    def documents(self, section: Section, rows: list[Document], number: int, pages: int) -> str:
        search = (
            f'<form method="get" action="{self.url(self.section_path(section))}"><table><tr><td>Từ khóa</td><td><input name="tukhoa" type="text" /></td>'
            '<td>Loại văn bản</td><td><select name="loai"><option>Tất cả</option></select></td></tr></table>'
            '<input type="submit" value="Tìm kiếm văn bản" /></form>'
        )
        head = [*self.document_fields(section, rows[0]), "Tải về"]
        lines = [
            [escape(cell) for cell in self.document_fields(section, row).values()] + [self.download(row)]
            for row in rows
        ]
        table = blocks.table(head, lines, 'class="ms-listviewtable"')
        return (
            f"<h3>{escape(section.label)}</h3>{search if section.document_search else ''}{table}"
            + self._pager(section, number, pages)
        )

    def questions(self, section: Section, rows: list[Question], number: int, pages: int) -> str:
        head = ("STT", "Câu hỏi", "Ngày gửi", "Tình trạng")
        lines = [
            (
                str(place),
                f'<a href="{self.url(self.question_path(section, row))}">{escape(row.subject)}</a>',
                f"{row.asked:%d/%m/%Y}",
                f"Đã trả lời ngày {row.answered:%d/%m/%Y}" if row.answered else "Chưa trả lời",
            )
            for place, row in enumerate(rows, 1)
        ]
        table = blocks.table(head, lines, 'class="ms-listviewtable"')
        return f"<h3>{escape(section.label)}</h3>{table}" + self._pager(section, number, pages)

    def question(self, section: Section, row: Question) -> str:
        cells = {
            "Câu hỏi": row.subject,
            "Người hỏi": f"{row.person} - {row.phone} - {row.home}",
            "Ngày gửi": f"{row.asked:%d/%m/%Y %H:%M}",
            "Nội dung": row.text,
            "Trả lời": "Cơ quan đã xem xét, giải quyết." if row.answered else "Chưa trả lời",
        }
        if row.answered:
            cells["Ngày trả lời"] = f"{row.answered:%d/%m/%Y %H:%M}"
        return f"<h2>Chi tiết câu hỏi</h2>{blocks.fields(cells)}"

    def results(self, phrase: str, found: list[tuple[Section, Post]]) -> str:
        if not found:
            return f'<div class="srch-results">Không có kết quả nào khớp với tìm kiếm của bạn: {escape(phrase)}</div>'
        rows = "".join(
            f'<div class="srch-Title"><a href="{self.url(self.post_path(s, p))}">{escape(p.title)}</a></div>'
            for s, p in found
        )
        return f'<div class="srch-results">{rows}</div>'

    def home(self) -> str:
        rows = "".join(
            f'<tr><td class="TitleFront"><a href="{self.url(self.post_path(s, p))}">{escape(p.title)}</a></td></tr>'
            for s, p in self.latest()
        )
        return f'<table class="HomeNews">{rows}</table><div class="LienKet">{blocks.links_box(self.portal.links)}</div>'

    def static_frame(self, section: Section, inner: str) -> str:
        return f'<div class="ms-WPHeader"><h3>{escape(section.label)}</h3></div><div class="ms-rtestate-field">{inner}</div>'

    def frame(self, title: str, main: str, home: bool = False) -> str:
        items = "".join(self._menu_item(label, url, children) for label, url, children in self.menu())
        return (
            '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">'
            '<html xmlns="http://www.w3.org/1999/xhtml" lang="vi-vn"><head><meta name="GENERATOR" content="Microsoft SharePoint" />'
            f'<meta http-equiv="Content-type" content="text/html; charset=utf-8" /><title>{escape(title)}</title></head>'
            f'<body scroll="no" class="v4master"><div id="s4-workspace"><div class="s4-title"><h1>{escape(self.portal.unit.name)}</h1>'
            f'<span class="clock">{chrome.CLOCK}</span>{self.search_form()}</div><div class="s4-tn menu horizontal"><ul class="root static">'
            f'<li class="static"><a class="static menu-item" href="{self.url("/")}"><span>Trang chủ</span></a></li>{items}</ul></div>'
            f'<div id="s4-bodyContainer"><div id="MSO_ContentTable"><div class="ms-bodyareacell">{main}</div></div>'
            f'<div class="right"><div>{chrome.WEATHER}</div><div>{chrome.counters(self.portal)}</div></div></div>'
            f'<div class="footer">{chrome.footer_html(self.portal)}<p>{chrome.LICENCE}</p><p>{chrome.traps(self.prefix, self.portal.style)}</p></div></div></body></html>'
        )

    def _menu_item(self, label: str, url: str, children: list[tuple[str, str]]) -> str:
        below = "".join(
            f'<li class="dynamic"><a href="{escape(u)}"><span>{escape(name)}</span></a></li>'
            for name, u in children
        )
        below = f'<ul class="dynamic">{below}</ul>' if below else ""
        return f'<li class="static"><a class="static menu-item" href="{escape(url)}"><span>{escape(label)}</span></a>{below}</li>'
