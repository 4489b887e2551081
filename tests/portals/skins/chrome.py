# ruff: noqa: E501 - templates are kept as the pages print them
"""What surrounds the main column on every page: clocks, counters, licences, and links never to follow.

The dates here are decoys: none of them says when anything was posted.
"""

from __future__ import annotations

from html import escape

from tests.portals.content import Portal

CLOCK = "Thứ bảy, 23/05/2026 - 08:26"
WEATHER = "Thời tiết ngày 22/05/2026: Bắc Ninh 27°C - 34°C, có mưa rào"
LICENCE = "Giấy phép số 25/GP-TTĐT do Sở Thông tin và Truyền thông cấp ngày 24 tháng 7 năm 2018"


def counters(portal: Portal) -> str:
    """Visit counters in words."""
    return f"Đang truy cập: {portal.style % 90 + 3} | Hôm nay: {portal.style + 210} | Tất cả: {portal.style * 977 + 40213}"


def office_lines(portal: Portal) -> list[str]:
    """The footer's contact lines, as far as the portal shows them."""
    office = portal.office
    if not office.in_footer:
        return [portal.unit.name]
    lines = [portal.unit.name, f"Địa chỉ: {office.address}"]
    if office.phone:
        fax = f" - Fax: {office.fax}" if office.fax else ""
        lines.append(f"Điện thoại: {office.phone}{fax}")
    elif office.fax:
        lines.append(f"Fax: {office.fax}")
    return [*lines, f"Email: {office.email}"] if office.email else lines


def footer_html(portal: Portal) -> str:
    """The contact lines as paragraphs."""
    return "".join(f"<p>{escape(line)}</p>" for line in office_lines(portal))


def traps(prefix: str, number: int) -> str:
    """Links that would change something: sign out, delete, edit. Guests are shown them."""
    token = f"p_auth={number:06d}aB"
    return (
        f'<a href="{prefix}/c/portal/logout?referer=%2F">Thoát</a> '
        f'<a href="{prefix}/van-ban/DelDoccument?{token}&amp;id={number}">Xóa</a> '
        f'<a href="{prefix}/quan-tri/sua-bai?id={number}">Sửa bài</a>'
    )


def liferay_traps(prefix: str, number: int) -> str:
    """The same with a link that counts a visit through an action request."""
    return (
        f'{traps(prefix, number)} <a href="{prefix}/trang-chu?p_auth={number:06d}aB&amp;p_p_id=Visit_counter&amp;'
        'p_p_lifecycle=1&amp;p_p_state=normal&amp;javax.portlet.action=CountVisit">Lượt xem</a>'
    )
