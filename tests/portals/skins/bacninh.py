# ruff: noqa: E501 - templates are kept as the pages print them
"""The province's own Liferay with its news portlet: the list is not in the page, it is JSON behind a script.

After what is known of such portals: article addresses ``/-/details/{group}/{slug}-{id}`` with slugs
that drop every đ, the same article under several sections, a variable ``loadPageURL`` in a script.
"""

from __future__ import annotations

import json
from html import escape

from tests.portals.content import Document, Post, Question, Section
from tests.portals.skins import blocks, chrome
from tests.portals.skins.base import Ask, Reply, Skin
from tests.portals.text import slug

PORTLET = "newsbycategory_WAR_bacninhportlet_INSTANCE_k2Xq"


class BacNinh(Skin):
    """Listings by JSON, details by group and article id."""

    search_path = "/tim-kiem"
    search_field = "_searchnews_WAR_bacninhportlet_keyword"

    @property
    def group(self) -> int:
        """The site's group number in the content store."""
        return 37_000 + self.portal.style

    def post_path(self, section: Section, post: Post) -> str:
        name = slug(post.title, drop_d=True)[:90].strip("-")
        root = "/news" if post.id % 5 == 0 else f"/{section.slug}"
        return f"{root}/-/details/{self.group}/{name}-{post.id}"

    def file_path(self, name: str) -> str:
        return f"/documents/{self.group}/{len(name)}/{name}/5f2c1a7e-04d1-4c1b-9a55-1d2e3f4a5b6c"

    def save_path(self, post: Post) -> str:
        return f"/luu-tin?id={post.id}"

    def page_number(self, ask: Ask) -> int:
        value = ask.query.get("trang", "1")
        return int(value) if value.isdigit() else 1

    def page_url(self, section: Section, number: int) -> str:
        return self.url(self.section_path(section)) + f"?trang={number}"

    # --- lists by JSON --------------------------------------------------------------------------

    def section_reply(self, section: Section, ask: Ask) -> Reply:
        if section.kind == "posts" and section.readable and ask.query.get("p_p_resource_id") == "loadPage":
            return self._load_page(section, ask)
        return super().section_reply(section, ask)

    def _load_page(self, section: Section, ask: Ask) -> Reply:
        number, size = (int(ask.query.get(name) or 1) for name in ("pageNum", "recordPerPage"))
        posts = self.order(section)
        shown = posts[(number - 1) * size : number * size]
        answer = {
            "items": [self._record(section, post) for post in shown],
            "totalPageNum": -(-len(posts) // size),
            "total": len(posts),
        }
        return Reply(json.dumps(answer, ensure_ascii=False).encode(), kind="application/json;charset=UTF-8")

    def _record(self, section: Section, post: Post) -> dict[str, object]:
        stated = post.stated or (f"{post.when:%d/%m/%Y %H:%M}" if post.when else "")
        return {
            "id": post.id,
            "title": post.title,
            "title_cut": post.title[:60],
            "imageURL": "",
            "summary": post.summary,
            "createdDate": stated,
            "urlDetail": self.absolute(self.post_path(section, post)),
            "content": "",
            "isNew": False,
            "source": "",
            "author": "Ban Biên tập",
            "strucId": 0,
            "viewCount": post.id % 977,
        }

    def listing(self, section: Section, posts: list[Post], number: int, pages: int) -> str:
        query = (
            f"p_p_id={PORTLET}&p_p_lifecycle=2&p_p_state=normal&p_p_mode=view&p_p_resource_id=loadPage"
            "&p_p_cacheability=cacheLevelPage&p_p_col_id=column-2&p_p_col_count=1"
        )
        address = f"{self.absolute(self.section_path(section))}?{query}"
        script = f'var recordPerPage = {section.per_page}; var loadPageURL = "{address}";'
        if self.portal.style % 2 == 0:
            script += f" var data = '{self._embedded(section, posts, pages)}'; showPage(JSON.parse(data));"
        return (
            f'<div class="portlet-title"><span>{escape(section.label)}</span></div>'
            f'<div id="newsbycategory" class="news-category"><ul id="listContent"></ul><div id="paging"></div></div>'
            f'<script type="text/javascript">{script} $(document).ready(function()'
            "{ loadPage(1, recordPerPage, ''); });</script>"
        )

    def _embedded(self, section: Section, posts: list[Post], pages: int) -> str:
        """The first page as some of these portals print it into the script, escaped as Liferay does."""
        answer = {"items": [self._record(section, post) for post in posts], "totalPageNum": pages}
        text = json.dumps(answer, ensure_ascii=False)
        return text.replace("=", "\\u003d").replace("&", "\\u0026").replace("'", "\\u0027")

    # --- pages ----------------------------------------------------------------------------------

    def article(self, section: Section, post: Post) -> str:
        stated = post.stated or (f"{post.when:%d/%m/%Y %H:%M}" if post.when else "")
        body = "".join(f"<p>{escape(line)}</p>" for line in post.body)
        if post.attachment:
            body += f'<p><a href="{self.url(self.file_path(post.attachment))}">Tải tệp đính kèm</a></p>'
        return (
            f'<div class="breadcrumb"><a href="{self.url("/")}">Trang chủ</a> › {escape(section.label)}</div>'
            f'<div id="printContent"><div class="date-detail"><span>{stated}</span> '
            f"<span>Số lượt xem: {post.id % 977}</span></div>"
            f'<h1 id="contentDetailTitleId">{escape(post.title)}</h1>'
            f'<div id="sapoDetailId">{escape(post.summary)}</div><div id="contentDetail">{body}</div></div>'
            f'<div class="tool-detail">{self._tools(post)}<a href="javascript:shareFacebook()">Chia sẻ</a>'
            '<a href="javascript:sendEmail()">Gửi mail</a></div>'
        )

    def _tools(self, post: Post) -> str:
        if not post.tools:
            return ""
        tools = '<a href="javascript:void(0);" onclick="printDiv()" title="In"><i class="icon-print"></i></a>'
        save = f'<a href="{self.url(self.save_path(post))}" title="Lưu tin bài"><i class="icon-save"></i></a>'
        return (tools if self.portal.print_tool else "") + (save if self.portal.save_tool else "")

    def documents(self, section: Section, rows: list[Document], number: int, pages: int) -> str:
        search = (
            f'<form method="get" action="{self.url(self.section_path(section))}"><label>Số ký hiệu '
            '<input name="soKyHieu" type="text"/></label><label>Trích yếu <input name="trichYeu" type="text"/></label>'
            '<button type="submit">Tìm kiếm văn bản</button></form>'
        )
        head = [*self.document_fields(section, rows[0]), "Tệp đính kèm"] if rows else ["Trích yếu"]
        lines = [self._document_row(section, row, head) for row in rows]
        table = blocks.table(head, lines, 'class="table table-bordered"')
        return (
            f"<h2>{escape(section.label)}</h2>{search if section.document_search else ''}{table}"
            + self._pager(section, number, pages)
        )

    def _document_row(self, section: Section, row: Document, head: list[str]) -> list[str]:
        cells = {name: escape(cell) for name, cell in self.document_fields(section, row).items()}
        link = self.url(self.document_path(section, row))
        cells["Trích yếu"] = f'<a href="{link}">{cells["Trích yếu"]}</a>'
        cells["Tệp đính kèm"] = self.download(row)
        return [cells.get(name, "") for name in head]

    def questions(self, section: Section, rows: list[Question], number: int, pages: int) -> str:
        lines = "".join(self._question_row(section, row) for row in rows)
        head = "".join(
            f"<th>{name}</th>"
            for name in ("STT", "Nội dung", "Cơ quan trả lời", "Ngày gửi", "Trạng thái", "Ngày trả lời")
        )
        return (
            f'<h2>{escape(section.label)}</h2><table class="table"><tr>{head}</tr>{lines}</table>'
            + self._pager(section, number, pages)
        )

    def _question_row(self, section: Section, row: Question) -> str:
        link = self.url(self.question_path(section, row))
        state = "Đã trả lời" if row.answered else "Đang xử lý"
        answered = f"{row.answered:%d/%m/%Y %H:%M}" if row.answered else ""
        return (
            f'<tr class="dataRow"><td>{row.id % 1000}</td><td><a href="{link}">{escape(row.subject)}</a>'
            f"<div>Người gửi: {row.person}, {row.phone}, {row.home}</div></td><td>{escape(row.addressee)}</td>"
            f"<td>{row.asked:%d/%m/%Y %H:%M}</td><td>{state}</td><td>{answered}</td></tr>"
        )

    def question(self, section: Section, row: Question) -> str:
        answer = (
            f"<h3>Trả lời</h3><p>{escape(row.addressee)} trả lời như sau: đã tiếp nhận và giải quyết theo thẩm quyền.</p>"
            f"<p>Ngày trả lời: {row.answered:%d/%m/%Y %H:%M}</p>"
            if row.answered
            else "<p>Trạng thái: Đang xử lý</p>"
        )
        return (
            f"<h1>{escape(row.subject)}</h1><p>Người gửi: {row.person} - Điện thoại: {row.phone} - {row.home}</p>"
            f"<p>Gửi đến: {escape(row.addressee)}</p><p>Ngày gửi: {row.asked:%d/%m/%Y %H:%M}</p>"
            f"<div>{escape(row.text)}</div>{answer}"
        )

    def results(self, phrase: str, found: list[tuple[Section, Post]]) -> str:
        if not found:
            return f"<h2>Kết quả tìm kiếm</h2><p>Không tìm thấy kết quả nào cho từ khóa: {escape(phrase)}</p>"
        lines = "".join(
            f'<li><a href="{self.url(self.post_path(s, p))}">{escape(p.title)}</a><p>{escape(p.summary)}</p></li>'
            for s, p in found
        )
        return f"<h2>Kết quả tìm kiếm</h2><p>Tìm thấy {len(found)} kết quả</p><ul>{lines}</ul>"

    def _pager(self, section: Section, number: int, pages: int) -> str:
        if pages < 2:
            return ""
        links = "".join(
            f'<li class="{"active" if n == number else ""}"><a href="{self.page_url(section, n)}">{n}</a></li>'
            for n in range(1, pages + 1)
        )
        following = (
            f'<li><a href="{self.page_url(section, number + 1)}">Trang sau</a></li>' if number < pages else ""
        )
        return f'<ul class="pagination">{links}{following}</ul>'

    def home(self) -> str:
        news = "".join(
            f'<li><a href="{self.url(self.post_path(s, p))}">{escape(p.title)}</a></li>'
            for s, p in self.latest()
        )
        return (
            f'<div class="mainnews"><h2>Tin nổi bật</h2><ul>{news}</ul></div>'
            f'<div class="lienket"><h3>Liên kết</h3>{blocks.links_box(self.portal.links)}</div>'
        )

    def frame(self, title: str, main: str, home: bool = False) -> str:
        items = "".join(self._menu_item(label, url, children) for label, url, children in self.menu())
        return (
            '<!DOCTYPE html><html class="aui ltr" dir="ltr" lang="vi-VN"><head>'
            f"<title>{escape(title)} - {escape(self.portal.unit.name)}</title>"
            '<meta content="text/html; charset=UTF-8" http-equiv="content-type" />'
            '<link href="/bacninh-theme/css/main.css?browserId=other&amp;themeId=bacninh_WAR_bacninhtheme" rel="stylesheet" />'
            "<script>var themeDisplay = {isSignedIn: function(){return false;}, getLanguageId: function()"
            '{return "vi_VN";}};</script></head>'
            '<body class="yui3-skin-sam controls-visible signed-out public-page site">'
            f'<div id="header"><div class="banner"><a href="{self.url("/")}">CỔNG THÔNG TIN ĐIỆN TỬ '
            f'{escape(self.portal.unit.name.upper())}</a></div><div class="date-time">{chrome.CLOCK}</div>'
            f'{self.search_form()}</div><nav id="navigation"><ul class="nav"><li><a href="{self.url("/")}">Trang chủ</a></li>'
            f'{items}</ul></nav><div id="content" class="columns-2-2"><div class="portlet-column" id="column-1">'
            f'<div class="weather">{chrome.WEATHER}</div><div class="counter">{chrome.counters(self.portal)}</div></div>'
            f'<div class="portlet-column" id="column-2"><div id="main-content" role="main">{main}</div></div></div>'
            f'<footer id="footer">{chrome.footer_html(self.portal)}<p>{chrome.LICENCE}</p>'
            f"<p>{chrome.liferay_traps(self.prefix, self.portal.style)}</p></footer></body></html>"
        )

    def _menu_item(self, label: str, url: str, children: list[tuple[str, str]]) -> str:
        below = "".join(f'<li><a href="{escape(u)}">{escape(name)}</a></li>' for name, u in children)
        below = f'<ul class="child-menu">{below}</ul>' if below else ""
        return f'<li class="nav-item"><a href="{escape(url)}"><span>{escape(label)}</span></a>{below}</li>'
