"""Files of the fleet: small real PDFs, and the ways in which a download goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.portals.content import FileState
from tests.portals.text import plain

if TYPE_CHECKING:
    from tests.portals.skins.base import Reply


def pdf(words: str) -> bytes:
    """A one-page PDF that says ``words`` (unaccented)."""
    text = f"BT /F1 14 Tf 72 770 Td ({plain(words)[:80]}) Tj ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(body)
    body += f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\n"
    body += f"startxref\n{start}\n%%EOF\n"
    return body.encode("ascii")


def reply(state: FileState, name: str) -> Reply:
    """The answer to a download."""
    from tests.portals.skins.base import Reply, html_reply

    if state == "missing":
        return html_reply("<html><body><h1>404 Not Found</h1></body></html>", 404)
    if state == "html":
        return html_reply("<html><body><p>Tệp không tồn tại hoặc đã bị xóa.</p></body></html>")
    if state == "empty":
        return Reply(b"", 200, "application/pdf")
    return Reply(pdf(name), 200, "application/pdf")
