# ruff: noqa: E501 - templates are kept as the pages print them
"""A commune's WordPress: posts in categories, pages, a theme of the usual kind."""

from __future__ import annotations

from html import escape

from tests.portals.content import Document, Post, Question, Section
from tests.portals.skins import blocks, chrome
from tests.portals.skins.base import Ask, Handler, Skin
from tests.portals.text import slug

MONTHS = ("Một", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Mười Hai")


class WordPress(Skin):
    """``/category/{slug}/page/2/``, articles at ``/{slug}-{id}/``."""

    search_path = "/tim-kiem/"
    search_field = "s"
    site_map_path = "/so-do-website/"

    def section_path(self, section: Section) -> str:
        return f"/category/{section.slug}/" if section.kind == "posts" else f"/{section.slug}/"

    def post_path(self, section: Section, post: Post) -> str:
        return f"/{slug(post.title)[:70].strip('-')}-{post.id}/"

    def document_path(self, section: Section, document: Document) -> str:
        return f"/van-ban/{slug(document.number)}-{document.id}/"

    def question_path(self, section: Section, question: Question) -> str:
        return f"/hoi-dap/{question.id}/"

    def file_path(self, name: str) -> str:
        return f"/wp-content/uploads/2026/05/{name}"

    def page_url(self, section: Section, number: int) -> str:
        base = self.absolute(self.section_path(section))
        return base if number == 1 else f"{base}page/{number}/"

    def save_path(self, post: Post) -> str:
        return f"/luu-bai/{post.id}.pdf"

    def page_number(self, ask: Ask) -> int:
        parts = ask.path.strip("/").split("/")
        return int(parts[-1]) if len(parts) > 1 and parts[-2] == "page" else 1

    def _route_section(self, section: Section) -> None:
        super()._route_section(section)
        if section.kind in ("posts", "documents", "questions"):
            first: Handler = self.routes[self.section_path(section)]
            count = len(section.posts) + len(section.documents) + len(section.questions)
            for number in range(2, -(-count // section.per_page) + 1):
                self.routes[f"{self.section_path(section)}page/{number}/"] = first

    def _time(self, post: Post) -> str:
        if post.stated:
            return f'<time class="entry-date published">{post.stated}</time>'
        if not post.when:
            return ""
        words = f"{post.when.day} Tháng {MONTHS[post.when.month - 1]}, {post.when.year}"
        if self.portal.style % 2:
            words = f"{post.when:%d/%m/%Y}"
        return f'<time class="entry-date published" datetime="{post.when.isoformat()}+07:00">{words}</time>'

    def listing(self, section: Section, posts: list[Post], number: int, pages: int) -> str:
        body = "".join(
            f'<article id="post-{post.id}" class="post type-post status-publish hentry"><header class="entry-header">'
            f'<h2 class="entry-title"><a href="{self.absolute(self.post_path(section, post))}" rel="bookmark">{escape(post.title)}</a></h2>'
            f'<div class="entry-meta">{self._time(post)}</div></header><div class="entry-summary"><p>{escape(post.summary)}</p></div></article>'
            for post in posts
        )
        return (
            f'<header class="page-header"><h1 class="page-title">Chuyên mục: {escape(section.label)}</h1></header>{body}'
            + self._pager(section, number, pages)
        )

    def _pager(self, section: Section, number: int, pages: int) -> str:
        if pages < 2:
            return ""
        links = "".join(
            f'<span class="page-numbers current">{n}</span>'
            if n == number
            else f'<a class="page-numbers" href="{self.page_url(section, n)}">{n}</a>'
            for n in range(1, pages + 1)
        )
        onward = (
            f'<a class="next page-numbers" href="{self.page_url(section, number + 1)}">Trang sau</a>'
            if number < pages
            else ""
        )
        return f'<nav class="navigation pagination"><div class="nav-links">{links}{onward}</div></nav>'

    def article(self, section: Section, post: Post) -> str:
        body = "".join(f"<p>{escape(line)}</p>" for line in post.body)
        if post.attachment:
            body += f'<p><a href="{self.absolute(self.file_path(post.attachment))}">{escape(post.attachment)}</a></p>'
        return (
            f'<article id="post-{post.id}" class="post hentry"><header class="entry-header"><h1 class="entry-title">{escape(post.title)}</h1>'
            f'<div class="entry-meta"><span class="posted-on">{self._time(post)}</span></div></header>{self._tools(post)}'
            f'<div class="entry-content"><p><strong>{escape(post.summary)}</strong></p>{body}</div></article>'
        )

    def _tools(self, post: Post) -> str:
        if not post.tools:
            return ""
        printing = '<a href="#" class="print-link" onclick="window.print(); return false;" title="In bài viết">In</a>'
        saving = f'<a href="{self.absolute(self.save_path(post))}" class="pdf-link" title="Tải bài viết dạng PDF">Tải về</a>'
        return f'<div class="tools">{printing if self.portal.print_tool else ""}{saving if self.portal.save_tool else ""}</div>'

    def documents(self, section: Section, rows: list[Document], number: int, pages: int) -> str:
        search = (
            f'<form role="search" method="get" action="{self.absolute(self.section_path(section))}"><input type="search" name="vb" '
            'placeholder="Tìm văn bản theo số hiệu, trích yếu" /><button type="submit">Tìm văn bản</button></form>'
        )
        head = [*self.document_fields(section, rows[0]), "Tải về"]
        lines = [
            [escape(cell) for cell in self.document_fields(section, row).values()] + [self.download(row)]
            for row in rows
        ]
        table = blocks.table(head, lines, 'class="tablepress"')
        return (
            f'<h1 class="entry-title">{escape(section.label)}</h1>{search if section.document_search else ""}{table}'
            + self._pager(section, number, pages)
        )

    def questions(self, section: Section, rows: list[Question], number: int, pages: int) -> str:
        lines = "".join(
            f'<li><a href="{self.absolute(self.question_path(section, row))}">{escape(row.subject)}</a> '
            f"<span>Ngày hỏi: {row.asked:%d/%m/%Y}</span></li>"
            for row in rows
        )
        return (
            f'<h1 class="entry-title">{escape(section.label)}</h1><ol class="qa">{lines}</ol>'
            + self._pager(section, number, pages)
        )

    def question(self, section: Section, row: Question) -> str:
        answer = "<p>Câu hỏi đang được xử lý, chưa có trả lời.</p>"
        if row.answered:
            answer = f"<h3>Trả lời</h3><p>Ngày trả lời: {row.answered:%d/%m/%Y}</p><p>Cơ quan đã xem xét, giải quyết.</p>"
        return (
            f'<article><h1 class="entry-title">{escape(row.subject)}</h1><h3>Câu hỏi</h3><p>Họ tên: {row.person}, điện thoại {row.phone}, {row.home}</p>'
            f"<p>Ngày hỏi: {row.asked:%d/%m/%Y}</p><p>{escape(row.text)}</p>{answer}</article>"
        )

    def results(self, phrase: str, found: list[tuple[Section, Post]]) -> str:
        head = f'<header class="page-header"><h1 class="page-title">Kết quả tìm kiếm cho: <span>{escape(phrase)}</span></h1></header>'
        if not found:
            return f'{head}<section class="no-results not-found"><p>Không tìm thấy kết quả nào phù hợp.</p></section>'
        body = "".join(
            f'<article class="post hentry"><h2 class="entry-title"><a href="{self.absolute(self.post_path(s, p))}">{escape(p.title)}</a></h2></article>'
            for s, p in found
        )
        return head + body

    def static_frame(self, section: Section, inner: str) -> str:
        return f'<article class="page type-page hentry"><h1 class="entry-title">{escape(section.label)}</h1><div class="entry-content">{inner}</div></article>'

    def home(self) -> str:
        body = "".join(
            f'<article class="post hentry"><h2 class="entry-title"><a href="{self.absolute(self.post_path(s, p))}">{escape(p.title)}</a></h2>'
            f'<div class="entry-meta">{self._time(p)}</div></article>'
            for s, p in self.latest()
        )
        return f'{body}<aside class="widget"><h3>Liên kết website</h3>{blocks.links_box(self.portal.links)}</aside>'

    def frame(self, title: str, main: str, home: bool = False) -> str:
        items = "".join(self._menu_item(label, url, children) for label, url, children in self.menu())
        return (
            f'<!DOCTYPE html><html lang="vi"><head><meta charset="UTF-8"><title>{escape(title)} &#8211; {escape(self.portal.unit.name)}</title>'
            '<meta name="generator" content="WordPress 6.4.3" /><link rel="stylesheet" href="/wp-content/themes/congxa/style.css" /></head>'
            f'<body class="{"home blog" if home else "archive"}"><header id="masthead" class="site-header"><p class="site-title">'
            f'<a href="{self.absolute("/")}" rel="home">{escape(self.portal.unit.name)}</a></p><div class="clock">{chrome.CLOCK}</div>{self.search_form()}'
            f'<nav id="site-navigation" class="main-navigation"><ul id="primary-menu" class="menu"><li class="menu-item"><a href="{self.absolute("/")}">Trang chủ</a></li>'
            f'{items}</ul></nav></header><div id="content" class="site-content"><main id="main" class="site-main">{main}</main>'
            f'<aside id="secondary" class="widget-area"><section class="widget">{chrome.WEATHER}</section><section class="widget">{chrome.counters(self.portal)}</section></aside></div>'
            f'<footer id="colophon" class="site-footer">{chrome.footer_html(self.portal)}<p>{chrome.LICENCE}</p><p>{chrome.traps(self.prefix, self.portal.style)}</p></footer></body></html>'
        )

    def _menu_item(self, label: str, url: str, children: list[tuple[str, str]]) -> str:
        below = "".join(
            f'<li class="menu-item"><a href="{escape(u)}">{escape(name)}</a></li>' for name, u in children
        )
        below = f'<ul class="sub-menu">{below}</ul>' if below else ""
        return f'<li class="menu-item"><a href="{escape(url)}">{escape(label)}</a>{below}</li>'
