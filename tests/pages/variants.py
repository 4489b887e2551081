"""Lists and articles in markups drawn by lot: element names, class names without meaning, layouts,
date words, positions. What a portal nobody here wrote may look like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

NOW = "2026-05-20T09:00:00"
WHAT = (
    "Hội nghị",
    "Lễ phát động",
    "Kiểm tra",
    "Tập huấn",
    "Thông báo",
    "Công bố",
    "Ra quân",
    "Sơ kết",
    "Giám sát",
)
ABOUT = (
    "công tác phòng cháy chữa cháy", "chương trình nông thôn mới", "chuyển đổi số", "cải cách hành chính",
    "an toàn giao thông", "giảm nghèo bền vững", "vệ sinh môi trường", "tiêm chủng mở rộng", "thu thuế đất ở",
)  # fmt: skip
MENU = (
    ("Trang chủ", "/"), ("Giới thiệu", "/gioi-thieu"), ("Tin tức - Sự kiện", "/tin"), ("Liên hệ", "/lien-he"),
    ("Văn bản chỉ đạo điều hành", "/van-ban"), ("Thông tin tuyên truyền, phổ biến luật", "/phap-luat"),
    ("Hỏi đáp", "/hoi-dap"), ("Lịch công tác", "/lich"),
)  # fmt: skip
DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
SUMMARY = (
    "Thực hiện kế hoạch ban hành ngày 02/03/2026, các đơn vị đã phối hợp triển khai đồng bộ nhiều giải pháp."
)
BODY = (
    "Thực hiện kế hoạch số 15/KH-UBND ngày 02/03/2026 của Ủy ban nhân dân xã, các thôn đồng loạt ra quân.",
    "Lãnh đạo xã ghi nhận sự cố gắng của các thôn, yêu cầu báo cáo kết quả trước ngày 30/06/2026.",
    "Cùng ngày, đoàn công tác đã đến thăm và tặng quà một số gia đình tiêu biểu trên địa bàn xã.",
)
FOOT = (
    "<p>UBND xã Tân Hòa</p><p>Địa chỉ: thôn Đông, tỉnh Bắc Ninh - Điện thoại: 0222.3811811</p>"
    "<p>Giấy phép số 25/GP cấp ngày 24/07/2018</p>"
)
DATES: tuple[Callable[[date], str], ...] = (
    lambda d: f"{d:%d/%m/%Y}",
    lambda d: f"({d:%d-%m-%Y})",
    lambda d: f"Ngày đăng: {d:%d/%m/%Y}",
    lambda d: f"{d:%d.%m.%Y} 14:02",
    lambda d: f"Cập nhật: {d:%d/%m/%Y}",
    lambda d: f"{DAYS[d.weekday()]}, {d:%d/%m/%Y} | 07:15",
    lambda d: f"{d.day} Tháng {d.month}, {d.year}",
    lambda d: f"{d:%d/%m/%Y} - 103 lượt xem",
    lambda d: f"Đăng lúc 07:15 ngày {d:%d/%m/%Y}",
    lambda d: f"Lượt xem: 12 | {d:%d/%m/%Y}",
)


@dataclass(frozen=True, slots=True)
class Made:
    """A page and what it holds: titles with their days, in order."""

    html: str
    posts: tuple[tuple[str, date | None], ...]


def listing(seed: int) -> Made:
    """A section's list of 1 to 15 posts."""
    lot = Random(seed)
    stated = lot.choice(DATES)
    dated = lot.random() > 0.15
    posts = [
        (_title(lot, i), _day(lot) if dated else None) for i in range(lot.choice((1, 1, 2, 3, 5, 10, 15)))
    ]
    records = [
        _record(lot, seed, i, title, stated(day) if day else "") for i, (title, day) in enumerate(posts)
    ]
    head = lot.choice(
        (
            "<h1>Tin tức - Sự kiện</h1>",
            f'<div class="{_word(lot)}">Tin tức - Sự kiện</div>',
            '<div><a href="/">Trang chủ</a> » Tin tức - Sự kiện</div>',
        )
    )
    pager = lot.choice(("", '<div class="pagination"><span>1</span><a href="?page=2">2</a></div>'))
    page = _page(lot, head + _list(lot, records) + pager, "Tin tức - Sự kiện - UBND xã Tân Hòa")
    return Made(page, tuple(posts))


def article(seed: int) -> Made:
    """One article with its date under, above or after it, and related items."""
    lot = Random(seed)
    title, day = _title(lot, seed), _day(lot) if lot.random() > 0.12 else None
    tag = lot.choice(("h1", "h1", "h2", "h3", "div", "p"))
    heading = f'<{tag} class="{_word(lot)}">{title}</{tag}>'
    line = f'<div class="{_word(lot)}">{lot.choice(DATES[:8])(day)}</div>' if day else ""
    body = "".join(f"<p>{text}</p>" for text in lot.sample(BODY, lot.choice((2, 3))))
    if lot.random() < 0.2:
        body = "<p>Tân Hòa, ngày 11 tháng 5 năm 2026</p>" + body
    text = f'<div class="{_word(lot)}">{body}</div>'
    parts = heading + line + text if lot.random() < 0.6 else line + heading + text
    others = "".join(
        f'<li><a href="/bai/{i}">{_title(lot, i)} của xã</a> (01/05/2026)</li>' for i in range(4)
    )
    related = lot.choice(
        ("", f"<h3>Tin liên quan</h3><ul>{others}</ul>", f"<div>Các tin khác</div><ul>{others}</ul>")
    )
    crumbs = lot.choice(("", '<div><a href="/">Trang chủ</a> » <a href="/tin">Tin tức - Sự kiện</a></div>'))
    return Made(_page(lot, crumbs + f"<div>{parts}</div>" + related, title), ((title, day),))


def _title(lot: Random, number: int) -> str:
    return f"{lot.choice(WHAT)} {lot.choice(ABOUT)} số {number}"


def _day(lot: Random) -> date:
    return date(2026, 5, 19) - timedelta(days=lot.randrange(200))


def _word(lot: Random) -> str:
    return "".join(lot.choice("bcdfghklmnprstvx") for _ in range(5))


def _record(lot: Random, seed: int, number: int, title: str, stated: str) -> str:
    """The parts of a record; drawn alike for all records of one page."""
    same = Random(seed)
    url = f"/bai-viet/{lot.randrange(10**6)}-{number}.html"
    tag = same.choice(("h2", "h3", "h4", "strong", "p", "div"))
    head = f'<{tag}><a href="{url}">{title}</a></{tag}>'
    line = (
        f"<{(other := same.choice(('span', 'p', 'div', 'small', 'em')))}>{stated}</{other}>" if stated else ""
    )
    picture = f'<a href="{url}"><img src="/{number}.jpg" alt=""></a>' if same.random() < 0.4 else ""
    summary = f"<p>{SUMMARY}</p>" if same.random() < 0.5 else ""
    more = f'<a href="{url}">Xem chi tiết</a>' if same.random() < 0.3 else ""
    return picture + same.choice((head + line + summary, line + head + summary, head + summary + line)) + more


def _list(lot: Random, records: list[str]) -> str:
    outer, inner = _word(lot), _word(lot)
    cells = [f"<tr><td>{i}</td><td>{record}</td></tr>" for i, record in enumerate(records, 1)]
    rows = "".join(f'<div class="col-md-4">{record}</div>' for record in records)
    return lot.choice(
        (
            "<ul>" + "".join(f"<li>{record}</li>" for record in records) + "</ul>",
            "<ul>" + "".join(f"<li>{record}" for record in records) + "</ul>",
            f'<div class="{outer}">' + "".join(f'<div class="{inner}">{r}</div>' for r in records) + "</div>",
            "".join(f"<article>{record}</article>" for record in records),
            f'<div class="row">{rows}</div>',
            "<table>" + "".join(cells) + "</table>",
            f'<div class="{outer}">' + "".join(records) + "</div>",
        )
    )


def _page(lot: Random, main: str, name: str) -> str:
    menu = "<ul>" + "".join(f'<li><a href="{url}">{label}</a></li>' for label, url in MENU) + "</ul>"
    posts = "".join(
        f'<li><a href="/tb/{i}">{_title(lot, i)} tỉnh bạn</a> <i>19/05/2026</i></li>' for i in range(4)
    )
    side = (
        lot.choice(("", f"<h3>Xem nhiều</h3><ul>{posts}</ul>")) + "<div>Thời tiết ngày 19/05/2026: nắng</div>"
    )
    clock = "Thứ tư, 20/05/2026 - 09:00"
    body = lot.choice(
        (
            f"<header>{clock}</header><nav>{menu}</nav><main>{main}</main><aside>{side}</aside>"
            f"<footer>{FOOT}</footer>",
            f'<div>{clock}</div><div class="navbar">{menu}</div><div class="row">'
            f'<div class="col-md-9">{main}</div>'
            f'<div class="col-md-3">{side}</div></div><div class="footer">{FOOT}</div>',
            f'<table><tr><td colspan=2>{clock}</td></tr><tr><td width="220">{menu}</td><td>{main}</td></tr>'
            f"<tr><td colspan=2>{FOOT}</td></tr></table>",
            f'<div id="header">{clock}</div><div id="menu">{menu}</div><div id="left">{main}</div>'
            f'<div id="right">{side}</div><div id="footer">{FOOT}</div>',
            f"<div>{clock}</div><div>{menu}</div><div>{main}</div><div>{FOOT}</div>",
        )
    )
    head = f'<meta charset="utf-8"><title>{name}</title>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
