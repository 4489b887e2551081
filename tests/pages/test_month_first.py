"""Lists of one system in the English locale: registers and questions are read month first, too."""

from __future__ import annotations

from datetime import date, datetime

import pages
from pages.capture import Capture
from pages.model import PageReading

NOW = datetime.fromisoformat("2026-05-23T12:00:00+07:00")
HEAD = '<head><meta name="GENERATOR" content="Microsoft SharePoint"></head>'


def _read(body: str) -> PageReading:
    html = f"<html>{HEAD}<body><div>{body}</div></body></html>".encode()
    headers = (("content-type", "text/html; charset=utf-8"),)
    return pages.read(Capture("sha256:0", "http://127.0.20.99/vb", NOW, NOW, headers=headers, body=html))


def test_a_register() -> None:
    rows = "".join(
        f"<tr><td>{number}</td><td>{issued}</td><td>{posted}</td><td>Về việc {number}</td></tr>"
        for number, issued, posted in (
            ("56/QĐ-UBND", "5/12/2026", "5/13/2026 9:15 AM"),
            ("47/TB-UBND", "4/23/2026", "4/29/2026 9:15 AM"),
        )
    )
    heads = "<tr><th>Số ký hiệu</th><th>Ngày ban hành</th><th>Ngày đăng</th><th>Trích yếu</th></tr>"
    found = _read(f"<h1>Văn bản</h1><table>{heads}{rows}</table>").documents
    assert [row.issued and row.issued.date for row in found] == [date(2026, 5, 12), date(2026, 4, 23)]
    assert [row.posted and row.posted.date for row in found] == [date(2026, 5, 13), date(2026, 4, 29)]
