# ruff: noqa: E501 - templates are kept as the pages print them
"""Pieces of HTML that several skins print the same way."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from tests.portals.content import Anchor, Block, Bullets, FileLink, Grid, Heading, Para, Picture

if TYPE_CHECKING:
    from tests.portals.skins.base import Skin

PLACEHOLDERS = (
    "Nội dung đang được cập nhật",
    "Đang cập nhật...",
    "Chuyên mục đang được xây dựng, nội dung đang cập nhật.",
)
EMPTY = ("Không có bản ghi nào.", "Chưa có dữ liệu", "Không tìm thấy nội dung nào trong chuyên mục này.")


def render(content: Iterable[Block], skin: Skin) -> str:
    """Content blocks as plain HTML."""
    return "\n".join(_block(block, skin) for block in content)


def _block(block: Block, skin: Skin) -> str:
    match block:
        case Heading(text):
            return f"<h2>{escape(text)}</h2>"
        case Para(text):
            return f"<p>{escape(text)}</p>"
        case Bullets(lines):
            return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
        case Grid(head, rows):
            return table(head, [[escape(cell) for cell in row] for row in rows])
        case Picture(alt, name):
            return f'<p><img src="{skin.url("/anh/" + name)}" alt="{escape(alt)}" width="800" /></p>'
        case FileLink(label, name):
            return f'<p><a href="{skin.url(skin.file_path(name))}">{escape(label)}</a></p>'
        case Anchor(label, url):
            return f'<p><a href="{escape(url)}">{escape(label)}</a></p>'


def file_names(content: Iterable[Block]) -> list[str]:
    """Names of the files that blocks link to."""
    return [block.name for block in content if isinstance(block, FileLink)]


def table(head: Iterable[str], rows: Iterable[Iterable[str]], attributes: str = 'border="1"') -> str:
    """A table; the cells are HTML already."""
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table {attributes}><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def fields(cells: dict[str, str]) -> str:
    """A record as label and value, one below the other."""
    rows = "".join(f"<tr><td><b>{escape(k)}</b></td><td>{escape(v)}</td></tr>" for k, v in cells.items())
    return f"<table>{rows}</table>"


def links_box(links: Iterable[Anchor]) -> str:
    """Links to other portals in a drop-down list."""
    options = "".join(f'<option value="{escape(a.url)}">{escape(a.label)}</option>' for a in links)
    return (
        '<select onchange="if(this.value) window.open(this.value)">'
        f'<option value="">-- Liên kết website --</option>{options}</select>'
    )


def links_list(links: Iterable[Anchor]) -> str:
    """Links to other portals one by one."""
    return (
        "<ul>"
        + "".join(f'<li><a href="{escape(a.url)}" target="_blank">{escape(a.label)}</a></li>' for a in links)
        + "</ul>"
    )


def placeholder(style: int) -> str:
    """Words of a section that was never filled."""
    return f"<p>{PLACEHOLDERS[style % len(PLACEHOLDERS)]}</p>"


def empty(style: int) -> str:
    """Words of a list without entries."""
    return f"<p>{EMPTY[style % len(EMPTY)]}</p>"


def not_found() -> str:
    """The body of a page that does not exist, whatever status it comes with."""
    return "<h3>Trạng thái</h3><div>Không tìm thấy. Tài nguyên yêu cầu không tồn tại.</div>"


def login(action: str) -> str:
    """A form that asks who you are instead of showing the page."""
    return (
        f'<h3>Đăng nhập</h3><p>Bạn cần đăng nhập để xem nội dung này.</p><form method="post" action="{action}">'
        '<label>Tên đăng nhập <input type="text" name="login" /></label>'
        '<label>Mật khẩu <input type="password" name="password" /></label>'
        '<button type="submit">Đăng nhập</button></form>'
    )


def server_error() -> str:
    """What an application server says when it breaks."""
    return "<html><head><title>Error 500</title></head><body><h1>HTTP Status 500 - Internal Server Error</h1></body></html>"


def challenge(style: int) -> str:
    """A page that wants to see a browser first."""
    if style % 2:
        return (
            '<!DOCTYPE html><html><head><title>Just a moment...</title><meta http-equiv="refresh" content="390"></head>'
            "<body><noscript>Enable JavaScript and cookies to continue</noscript>"
            '<script src="/cdn-cgi/challenge-platform/h/g/orchestrate/chl_page/v1"></script></body></html>'
        )
    return (
        "<html><head><title>Đang kiểm tra trình duyệt</title></head><body><p>Vui lòng bật JavaScript và cookie. "
        'Đang kiểm tra trình duyệt của bạn trước khi truy cập...</p><script>document.cookie="D1N=5f3a9c";'
        "window.location.reload(true);</script></body></html>"
    )
