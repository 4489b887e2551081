"""Small pages in the shapes real portals use, and the page they are parsed into."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from pages.tree import Page, parse

NOW = datetime(2026, 5, 23, 10, 0, tzinfo=timezone(timedelta(hours=7)))
HOST = "http://127.0.20.7:8700"


def page(body: str, path: str = "/van-ban", title: str = "Cổng thông tin") -> Page:
    """``body`` as the main column of a page with a menu and a footer."""
    html = (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title></head><body>"
        '<div id="header"><nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/tin-tuc">Tin tức</a></li>'
        '<li><a href="/lien-he">Liên hệ</a></li></ul></nav></div>'
        f'<main id="content">{body}</main>'
        "<footer><p>Bản quyền thuộc về đơn vị chủ quản</p></footer></body></html>"
    )
    return parse(html, HOST + path, NOW)


def whole(html: str, path: str = "/") -> Page:
    """``html`` as it stands."""
    return parse(html, HOST + path, NOW)
