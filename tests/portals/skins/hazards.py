"""Pages that could drown a crawler: endless, exploding, or never the same twice."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.portals.skins.base import Ask, Reply, Skin

_PATHS = {
    "endless": ("Thư viện số", "/tien-ich/thu-vien-so"),
    "bomb": ("Kho học liệu", "/tien-ich/kho-hoc-lieu"),
    "nested": ("Cây dữ liệu", "/tien-ich/cay-du-lieu"),
    "locale": ("Ngôn ngữ", "/vi"),
    "calendar": ("Lịch sự kiện", "/tien-ich/lich-su-kien"),
    "sessions": ("Khảo sát", "/tien-ich/khao-sat"),
    "facets": ("Tra cứu tổng hợp", "/tien-ich/tra-cuu"),
}
_sessions = itertools.count(1)


def entries(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Menu label and path of each hazard."""
    return [_PATHS[name] for name in names]


def paths(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Hazard and the path it answers at."""
    return [(name, _PATHS[name][1]) for name in names]


def owner(names: tuple[str, ...], path: str) -> str | None:
    """The hazard that answers at addresses beyond its first one (locale recursion, session ids)."""
    if "locale" in names and path.strip("/") and set(path.strip("/").split("/")) <= {"vi", "en"}:
        return "locale"
    if "sessions" in names and path.startswith(_PATHS["sessions"][1]):
        return "sessions"
    return None


def reply(name: str, ask: Ask, skin: Skin) -> Reply:
    """The hazard's page."""
    from tests.portals.skins.base import Reply, html_reply

    if name == "endless":
        return Reply(b"", chunks=_endless)
    if name == "bomb":
        return Reply(_bomb(), headers=(("Content-Encoding", "gzip"),))
    if name == "nested":
        return Reply(b"<html><body>" + b"<div>" * 200_000 + b"x")
    return html_reply(skin.frame("Tiện ích", _links(name, ask, skin)))


def _links(name: str, ask: Ask, skin: Skin) -> str:
    if name == "locale":
        deeper = [ask.path.rstrip("/") + "/en", ask.path.rstrip("/") + "/vi"]
    elif name == "calendar":
        month = int(ask.query.get("thang", "24317")) if ask.query.get("thang", "24317").isdigit() else 24_317
        deeper = [f"{ask.path}?thang={month - 1}", f"{ask.path}?thang={month + 1}"]
    elif name == "sessions":
        deeper = [f"{_PATHS['sessions'][1]};jsessionid={next(_sessions):08X}?phieu={next(_sessions)}"]
    else:
        combos = itertools.product(range(5), range(5), range(5))
        deeper = [f"{ask.path}?linhvuc={a}&coquan={b}&nam={c}" for a, b, c in combos]
    words = {"calendar": ("Tháng trước", "Tháng sau")}.get(name, ())
    labels = (*words, *(f"Xem thêm {n}" for n in range(len(words), len(deeper))))
    return (
        "<ul>"
        + "".join(f'<li><a href="{skin.url(p)}">{w}</a></li>' for p, w in zip(deeper, labels, strict=True))
        + "</ul>"
    )


def _endless() -> Iterator[bytes]:
    yield b"<html><body>"
    for _ in range(4_000):
        yield b"<p>" + b"nhieu chu " * 6_000 + b"</p>"


@lru_cache(maxsize=1)
def _bomb() -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    parts = [packer.compress(b"<p>")]
    parts += [packer.compress(b"0" * 1_000_000) for _ in range(150)]
    return b"".join([*parts, packer.flush()])
