# ruff: noqa: E501 - templates are kept as the pages print them
"""A portal someone wrote by hand: tables, short class names of its own, dates in several tongues.

Nothing in the readers may know these names; a test looks for them there.
"""

from __future__ import annotations

from html import escape

from tests.portals.content import Document, Post, Question, Section
from tests.portals.skins import blocks, chrome
from tests.portals.skins.base import Ask, Skin
from tests.portals.text import slug

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


class Plain(Skin):
    """``/muc/{slug}.html?trang=2``, ``/xem/{id}-{slug}.html``."""

    search_path = "/tim.html"
    search_field = "tu"
    site_map_path = "/so-do.html"

    def section_path(self, section: Section) -> str:
        return f"/muc/{section.slug}.html"

    def post_path(self, section: Section, post: Post) -> str:
        return f"/xem/{post.id}-{slug(post.title)[:60].strip('-')}.html"

    def document_path(self, section: Section, document: Document) -> str:
        return f"/vb/{document.id}.html"

    def question_path(self, section: Section, question: Question) -> str:
        return f"/pa/{question.id}.html"

    def file_path(self, name: str) -> str:
        return f"/kho/{name}"

    def save_path(self, post: Post) -> str:
        return f"/kho/bai-{post.id}.doc"

    def page_number(self, ask: Ask) -> int:
        value = ask.query.get("trang", "1")
        return int(value) if value.isdigit() else 1

    def page_url(self, section: Section, number: int) -> str:
        return f"{self.url(self.section_path(section))}?trang={number}"

    def stated(self, post: Post) -> str:
        """The date as this portal writes it: one of four ways."""
        if post.stated or not post.when:
            return post.stated or ""
        when, way = post.when, self.portal.style % 4
        if way == 0:
            return f"{WEEKDAYS[when.weekday()]}, {when:%d/%m/%Y | %H:%M}"
        if way == 1:
            return f"({when:%d-%m-%Y})"
        if way == 2:
            return f"Ngày {when.day} tháng {when.month} năm {when.year}"
        return f"{when:%H:%M, %d.%m.%Y}"

    def listing(self, section: Section, posts: list[Post], number: int, pages: int) -> str:
        rows = "".join(
            f'<div class="kx-tin"><a class="kx-ten" href="{self.url(self.post_path(section, post))}">{escape(post.title)}</a>'
            f'{self._when(section, post)}<div class="kx-gon">{escape(post.summary)}</div></div>'
            for post in posts
        )
        return f'<div class="kx-dau">{escape(section.label)}</div>{rows}{self._pager(section, number, pages)}'

    def _when(self, section: Section, post: Post) -> str:
        stated = self.stated(post)
        return f'<i class="kx-luc">{stated}</i>' if stated and section.dated else ""

    def article(self, section: Section, post: Post) -> str:
        stated = self.stated(post)
        body = "".join(f"<p>{escape(line)}</p>" for line in post.body)
        if post.attachment:
            body += f'<p>Tệp đính kèm: <a href="{self.url(self.file_path(post.attachment))}">{post.attachment}</a></p>'
        date = f'<div class="kx-luc">{stated}</div>' if stated else ""
        return (
            f'<div class="kx-duong"><a href="{self.url("/")}">Trang chủ</a> &raquo; '
            f'<a href="{self.url(self.section_path(section))}">{escape(section.label)}</a></div>'
            f'<h2 class="kx-de">{escape(post.title)}</h2>{date}{self._tools(post)}'
            f'<p><b>{escape(post.summary)}</b></p><div class="kx-bai">{body}</div>'
        )

    def _tools(self, post: Post) -> str:
        if not post.tools:
            return ""
        printing = '<button type="button" onclick="window.print()">In trang này</button>'
        saving = f'<a href="{self.url(self.save_path(post))}" download>Lưu bài viết</a>'
        return (printing if self.portal.print_tool else "") + (saving if self.portal.save_tool else "")

    def documents(self, section: Section, rows: list[Document], number: int, pages: int) -> str:
        search = (
            f'<form method="get" action="{self.url(self.section_path(section))}"><p>Tra cứu văn bản: '
            '<input name="so" placeholder="Số ký hiệu"/> <input name="noidung" placeholder="Nội dung"/> '
            '<input type="submit" value="Tra cứu"/></p></form>'
        )
        head = [*self.document_fields(section, rows[0]), "Tệp"]
        lines = [
            [escape(cell) for cell in self.document_fields(section, row).values()] + [self.download(row)]
            for row in rows
        ]
        table = blocks.table(head, lines, 'width="100%" cellpadding="4"')
        return (
            f'<div class="kx-dau">{escape(section.label)}</div>{search if section.document_search else ""}{table}'
            f"{self._pager(section, number, pages)}"
        )

    def questions(self, section: Section, rows: list[Question], number: int, pages: int) -> str:
        body = "".join(self._card(section, row) for row in rows)
        return f'<div class="kx-dau">{escape(section.label)}</div>{body}{self._pager(section, number, pages)}'

    def _card(self, section: Section, row: Question) -> str:
        state = "Đã trả lời" if row.answered else "Chưa trả lời"
        answer = (
            f"<p>Ngày trả lời: {row.answered:%d/%m/%Y}</p><blockquote>Trả lời: Cơ quan đã xem xét, giải quyết.</blockquote>"
            if row.answered
            else ""
        )
        return (
            f'<div class="kx-hoi"><h4><a href="{self.url(self.question_path(section, row))}">{escape(row.subject)}</a></h4>'
            f"<p>Người gửi: {row.person} ({row.phone}) - {row.home}</p><p>Gửi tới: {escape(row.addressee)}</p>"
            f"<p>Ngày gửi: {row.asked:%d/%m/%Y}</p><p>Nội dung: {escape(row.text)}</p><p>Trạng thái: {state}</p>{answer}</div>"
        )

    def results(self, phrase: str, found: list[tuple[Section, Post]]) -> str:
        if not found:
            return f'<div class="kx-dau">Tìm kiếm</div><p>Không tìm thấy bài viết nào chứa "{escape(phrase)}".</p>'
        rows = "".join(
            f'<p><a href="{self.url(self.post_path(s, p))}">{escape(p.title)}</a></p>' for s, p in found
        )
        return f'<div class="kx-dau">Tìm kiếm</div><p>Có {len(found)} kết quả.</p>{rows}'

    def static_frame(self, section: Section, inner: str) -> str:
        return f'<div class="kx-dau">{escape(section.label)}</div><div class="kx-bai">{inner}</div>'

    def _pager(self, section: Section, number: int, pages: int) -> str:
        if pages < 2:
            return ""
        links = " ".join(
            f"<b>{n}</b>" if n == number else f'<a href="{self.page_url(section, n)}">{n}</a>'
            for n in range(1, pages + 1)
        )
        onward = f' <a href="{self.page_url(section, number + 1)}">Sau &raquo;</a>' if number < pages else ""
        return f'<div class="kx-so">Trang: {links}{onward}</div>'

    def home(self) -> str:
        rows = "".join(
            f'<div class="kx-tin"><a class="kx-ten" href="{self.url(self.post_path(s, p))}">{escape(p.title)}</a>{self._when(s, p)}</div>'
            for s, p in self.latest()
        )
        return (
            f'<div class="kx-dau">Tin mới</div>{rows}'
            f'<div class="kx-dau">Liên kết</div>{blocks.links_list(self.portal.links)}'
        )

    def frame(self, title: str, main: str, home: bool = False) -> str:
        items = "".join(self._menu_item(label, url, children) for label, url, children in self.menu())
        return (
            f"<html><head><meta charset=utf-8><title>{escape(title)}</title></head><body bgcolor=#eeeeee>"
            f'<table width="1000" align="center" class="kx-khung"><tr><td colspan="2"><div class="kx-bang">{escape(self.portal.unit.name)}'
            f"<br>{chrome.CLOCK}</div>{self.search_form()}</td></tr>"
            f'<tr><td width="230" valign="top"><ul class="kx-mn"><li><a href="{self.url("/")}">Trang chủ</a></li>{items}</ul>'
            f'<div class="kx-ben">{chrome.WEATHER}<br>{chrome.counters(self.portal)}</div></td>'
            f'<td valign="top" class="kx-giua">{main}</td></tr>'
            f'<tr><td colspan="2" class="kx-chan">{chrome.footer_html(self.portal)}<p>{chrome.LICENCE}</p>'
            f"<p>{chrome.traps(self.prefix, self.portal.style)}</p></td></tr></table></body></html>"
        )

    def _menu_item(self, label: str, url: str, children: list[tuple[str, str]]) -> str:
        below = "".join(f'<li><a href="{escape(u)}">{escape(name)}</a>' for name, u in children)
        return f'<li><a href="{escape(url)}">{escape(label)}</a>{f"<ul>{below}</ul>" if below else ""}</li>'
