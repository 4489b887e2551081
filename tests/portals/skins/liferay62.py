# ruff: noqa: E501 - templates are kept as the pages print them
"""Liferay 6.2 with its asset publisher, as departments ran it for a decade."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from tests.portals.content import Document, Post, Question, Section
from tests.portals.skins import blocks, chrome
from tests.portals.skins.base import Ask, Skin
from tests.portals.text import slug

_PORTLET = {
    "p_p_id": "101",
    "p_p_lifecycle": "0",
    "p_p_state": "normal",
    "p_p_mode": "view",
    "p_p_col_id": "column-1",
    "p_p_col_pos": "1",
    "p_p_col_count": "2",
    "_101_delta": "10",
    "_101_keywords": "",
}


class Liferay62(Skin):
    """Listing by ``_101_cur``, articles under ``/-/view_content/``."""

    search_path = "/tim-kiem"
    search_field = "_3_keywords"

    def post_path(self, section: Section, post: Post) -> str:
        return f"/{section.slug}/-/view_content/{post.id}-{slug(post.title)[:100]}"

    def file_path(self, name: str) -> str:
        return f"/documents/{self.portal.style + 530_000}/0/{name}"

    def document_path(self, section: Section, document: Document) -> str:
        return f"/{section.slug}/-/vanban/{document.id}"

    def page_number(self, ask: Ask) -> int:
        value = ask.query.get("_101_cur", "1")
        return int(value) if value.isdigit() else 1

    def page_url(self, section: Section, number: int) -> str:
        query = urlencode(_PORTLET | {"_101_cur": str(number)})
        return f"{self.absolute(self.section_path(section))}?{query}"

    # --- lists ----------------------------------------------------------------------------------

    def listing(self, section: Section, posts: list[Post], number: int, pages: int) -> str:
        body = "".join(self._abstract(section, post) for post in posts)
        return self._portlet("", body + self._pager(section, number, pages, len(section.posts)))

    def _abstract(self, section: Section, post: Post) -> str:
        stated = self._stated(post)
        date = (
            f'<div class="assetPublishDate block_timer"> Ngày đăng {stated} </div>'
            if stated and section.dated
            else ""
        )
        return (
            '<div class="asset-bounddary"><div class="asset-abstract "><div class="asset-content normal-news">'
            f'<div class="asset-content-custom"><h3 class="asset-title"><a href="{self.url(self.post_path(section, post))}">'
            f'{escape(post.title)}</a></h3>{date}<div class="asset-summary">{escape(post.summary)}</div></div></div>'
            '<div class="asset-metadata"></div></div></div>'
        )

    def _stated(self, post: Post) -> str:
        if post.stated:
            return post.stated
        return f"{post.when:%d/%m/%Y | %I:%M %p}" if post.when else ""

    def _pager(self, section: Section, number: int, pages: int, total: int) -> str:
        if pages < 2:
            return ""
        first, last = (number - 1) * section.per_page + 1, min(total, number * section.per_page)
        back = self._turn("Trước", section, number - 1, number > 1)
        onward = self._turn("Tiếp theo", section, number + 1, number < pages)
        return (
            '<div class="taglib-page-iterator" id="_101_ocerSearchContainerPageIterator"><div class="lfr-pagination">'
            f'<small class="search-results"> Hiển thị {first} - {last} of {total} kết quả. </small>'
            f'<ul class="pager lfr-pagination-buttons">{self._turn("&larr; Đầu tiên", section, 1, number > 1)}{back}{onward}'
            f"{self._turn('Cuối cùng &rarr;', section, pages, number < pages)}</ul></div></div>"
        )

    def _turn(self, label: str, section: Section, number: int, live: bool) -> str:
        if not live:
            return f'<li class="disabled"><a href="javascript:;" target="_self"> {label} </a></li>'
        return f'<li class=""><a href="{escape(self.page_url(section, number))}" target="_self"> {label} </a></li>'

    # --- pages ----------------------------------------------------------------------------------

    def article(self, section: Section, post: Post) -> str:
        body = "".join(f"<p>{escape(line)}</p>" for line in post.body)
        stated = self._stated(post)
        date = f" Ngày đăng {stated} &nbsp;|&nbsp;" if stated else ""
        if post.attachment:
            body += (
                f'<p><a href="{self.url(self.file_path(post.attachment))}">{escape(post.attachment)}</a></p>'
            )
        inner = (
            f'{self._tools(post)}<div class="asset-full-content-title">{escape(post.title)}</div>'
            f'<div class="assetPublishDate block_timer">{date} View count: {post.id % 700} </div>'
            f'<div class="asset-full-content show-asset-title"><div class="asset-content" id="_101_{post.id}">'
            f'<div class="sapo-wrapper clearfix"><p class="sapo"><strong>{escape(post.summary)}</strong></p></div>'
            f'<div class="journal-content-article">{body}</div></div></div>{self._related(section, post)}'
        )
        return self._portlet(section.label, inner)

    def _tools(self, post: Post) -> str:
        if not post.tools:
            return ""
        printing = (
            '<span class="print-action"><a class="taglib-icon" href="javascript:_101_printPage_0();">'
            '<img alt="In" title="In" src="/html/themes/classic/images/common/print.png" /></a></span>'
        )
        saving = f'<span class="download-action"><a href="{self.url(self.save_path(post))}" title="Lưu bài viết"><i class="icon-download-alt"></i></a></span>'
        chosen = (printing if self.portal.print_tool else "") + (saving if self.portal.save_tool else "")
        return f'<div class="asset-actions lfr-meta-actions">{chosen}</div>'

    def _related(self, section: Section, post: Post) -> str:
        others = [other for other in self.order(section) if other.id != post.id][:5]
        lines = "".join(
            f'<li><a href="{self.url(self.post_path(section, o))}">{escape(o.title)}</a></li>' for o in others
        )
        return f'<div class="related_asset"><div class="related_asset_title">Các tin khác</div><ul class="related_asset_list">{lines}</ul></div>'

    def documents(self, section: Section, rows: list[Document], number: int, pages: int) -> str:
        search = (
            f'<form action="{self.url(f"/{section.slug}")}" method="get"><input name="p_p_id" type="hidden" value="vanban_WAR_vanbanportlet" />'
            '<input name="p_p_lifecycle" type="hidden" value="0" /><input class="field" name="_vanban_keywords" type="text" placeholder="Nhập số hiệu, trích yếu văn bản" />'
            '<select name="_vanban_loai"><option value="0">Loại văn bản</option><option value="1">Quyết định</option></select>'
            '<button class="btn" type="submit">Tìm kiếm</button></form>'
        )
        head = ("Số/Ký hiệu", "Ngày ban hành", "Trích yếu", "Tải xuống")
        lines = [
            (
                escape(row.number),
                f"{row.issued:%d/%m/%Y}",
                f'<a href="{self.url(self.document_path(section, row))}">{escape(row.abstract)}</a>',
                self.download(row),
            )
            for row in rows
        ]
        table = blocks.table(head, lines, 'class="table table-striped"')
        pager = self._pager(section, number, pages, len(section.documents))
        return self._portlet(section.label, (search if section.document_search else "") + table + pager)

    def document(self, section: Section, row: Document) -> str:
        return self._portlet("Chi tiết văn bản", super().document(section, row))

    def questions(self, section: Section, rows: list[Question], number: int, pages: int) -> str:
        body = "".join(self._question_box(place, row) for place, row in enumerate(rows, 1))
        intro = '<div class="faq-intro">Quý Tổ chức/Công dân gửi câu hỏi, phản ánh theo mẫu.</div>'
        pager = self._pager(section, number, pages, len(section.questions))
        return self._portlet(
            "", f'{intro}<h3 class="faq-ask-content">Danh sách câu hỏi và câu trả lời</h3>{body}{pager}'
        )

    def _question_box(self, place: int, row: Question) -> str:
        answer = '<p style="text-align: right">(Chưa có câu trả lời)</p>'
        if row.answered:
            answer = (
                "<p> <b>Trả lời</b> </p><p>Cơ quan đã tiếp nhận và giải quyết theo thẩm quyền.</p>"
                f'<p style="text-align: right"> Văn phòng ({row.answered:%d/%m/%Y %H:%M}) </p>'
            )
        return (
            f'<div class="tintuc_chuyenmuc"><div class="boxhoidap" id="box-question{place}"><p> {escape(row.subject)} </p></div>'
            f'<div class="boxhoidap" id="box-answer{place}" style="display: none;"><p> {escape(row.text)} </p>'
            f'<p style="text-align: right">{row.person} - {row.phone} - {row.home} ({row.asked:%d/%m/%Y %H:%M})</p>{answer}</div></div>'
        )

    def results(self, phrase: str, found: list[tuple[Section, Post]]) -> str:
        if not found:
            return self._portlet(
                "Tìm kiếm",
                f'<div class="alert alert-info">Không có kết quả nào phù hợp với từ khóa: <strong>{escape(phrase)}</strong></div>',
            )
        lines = "".join(
            f'<tr><td><a href="{self.url(self.post_path(s, p))}">{escape(p.title)}</a><br/>{escape(p.summary)}</td></tr>'
            for s, p in found
        )
        return self._portlet("Tìm kiếm", f'<table class="table">{lines}</table>')

    def search_form(self) -> str:
        if self.portal.search == "script":
            return (
                '<div class="nav-search"><input type="text" name="search" value="---Nhập từ tìm kiếm---" id="txtTimKiem"/>'
                '<input type="button" onclick="return Search_onclick();" class="search_button" id="btn_search"></div>'
            )
        return super().search_form()

    def static_frame(self, section: Section, inner: str) -> str:
        return self._portlet(
            "",
            f'<div class="dd_chuyenmuc"><p>{escape(section.label)}</p></div><div class="journal-content-article">{inner}</div>',
        )

    def home(self) -> str:
        lines = "".join(
            f'<li><div class="title_news"><a href="{self.url(self.post_path(s, p))}">{escape(p.title)} '
            f'<span class="date_content_asset">{f"({p.when:%d/%m/%Y})" if p.when and not p.stated else ""}</span></a></div></li>'
            for s, p in self.latest()
        )
        focus = f'<div class="news-wrapper"><div class="box_sub_hot_news"><ul>{lines}</ul></div></div>'
        return self._portlet("Tin nổi bật", focus) + self._portlet(
            "Liên kết", blocks.links_box(self.portal.links)
        )

    def _portlet(self, title: str, inner: str) -> str:
        head = f'<header class="portlet-topper"><h1 class="portlet-title"><span class="portlet-title-text">{escape(title)}</span></h1></header>'
        return (
            '<div class="portlet-boundary portlet-static portlet-static-end"><section class="portlet">'
            f'{head if title else ""}<div class="portlet-content"><div class="portlet-body">{inner}</div></div></section></div>'
        )

    def frame(self, title: str, main: str, home: bool = False) -> str:
        items = "".join(self._menu_item(label, url, children) for label, url, children in self.menu())
        return (
            '<!DOCTYPE html> <html class="aui ltr" dir="ltr" lang="vi-VN"> <head>'
            f"<title>{escape(title)} - {escape(self.portal.unit.name)}</title>"
            '<meta content="text/html; charset=UTF-8" http-equiv="content-type" />'
            '<link class="lfr-css-file" href="/so-theme/css/aui.css?browserId=other&amp;themeId=so_WAR_sotheme&amp;b=6201" rel="stylesheet" />'
            '</head> <body class=" yui3-skin-sam controls-visible signed-out public-page site">'
            f'<div class="body"><div id="header"><div id="contentheader"><div class="egov_date">{chrome.CLOCK}</div></div></div>'
            f'<nav id="navigation" role="navigation"><ul class="navi"><li class="active"><a href="{self.url("/")}">Trang chủ</a></li>'
            f'{items}</ul>{self.search_form()}</nav><div id="main"><div id="main-content" role="main">'
            f'<div class="portlet-layout row-fluid"><div class="portlet-column portlet-column-first span9" id="column-1">{main}</div>'
            f'<div class="portlet-column portlet-column-last span3" id="column-2"><div class="portlet">{chrome.WEATHER}</div>'
            f'<div class="session-tracking">{chrome.counters(self.portal)}</div></div></div></div></div>'
            f'<footer id="footer" role="contentinfo">{chrome.footer_html(self.portal)}<p>{chrome.LICENCE}</p>'
            f"<p>{chrome.liferay_traps(self.prefix, self.portal.style)}</p></footer></div></body></html>"
        )

    def _menu_item(self, label: str, url: str, children: list[tuple[str, str]]) -> str:
        below = "".join(f'<li class=""><a href="{escape(u)}">{escape(name)}</a></li>' for name, u in children)
        below = f'<ul class="child-menu">{below}</ul>' if below else ""
        return f'<li class=""><a href="{escape(url)}">{escape(label)}</a>{below}</li>'
