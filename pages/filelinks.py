"""Downloads of one record: links to files, and controls that only a script turns into a download."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from lxml.html import HtmlElement

from pages.text import label_key
from pages.tree import text_of
from pages.urls import canonical, join
from pages.vocabulary import keys

_EXTENSION = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|rtf|zip|rar|7z|tiff?|xps|p7s|signed)(?=$|[?#&(\s]|/[0-9a-f-]{36})",
    re.IGNORECASE,
)
_FOLDER = re.compile(
    r"/documents/\d+/|/(?:download|taive|tai-ve|getfile|attachments?|filehandler|downloadfile)\b|[?&](?:download|fileid|attachid)=",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"""'([^'\\]{3,500})'|"([^"\\]{3,500})\"|&quot;([^&]{3,500})&quot;""")
_WINDOW = re.compile(r"(?:window\.open|location(?:\.href)?\s*=|openwindow)\s*\(?", re.IGNORECASE)
_NOTHING: Final = ("", "#", "javascript:;", "javascript:void(0)", "javascript:void(0);", "javascript:")
_DATA: Final = ("data-href", "data-url", "data-file", "data-src", "data-link", "data-path")
_CONTROLS: Final = ("a", "button", "input", "img", "span", "i", "em", "div", "li", "td")
_MAX_FILES: Final = 20
_MAX_WORDS: Final = 40


@dataclass(frozen=True, slots=True)
class Files:
    """Download addresses in page order, whether there is any control at all, and the elements they are."""

    urls: tuple[str, ...] = ()
    present: bool = False
    elements: frozenset[HtmlElement] = frozenset()


def is_file_address(address: str) -> bool:
    """True when an address itself says that it is a file to download."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return _is_named(parts) or _FOLDER.search(address) is not None


def has_file_name(address: str) -> bool:
    """True when an address names a file with an extension of its own."""
    try:
        return _is_named(urlsplit(address))
    except ValueError:
        return False


def _is_named(parts: SplitResult) -> bool:
    return any(_EXTENSION.search(unquote(part)) for part in (parts.path, parts.query))


def find_files(elements: Iterable[HtmlElement], base: str, in_file_column: bool = False) -> Files:
    """Files and download controls below ``elements``; in a file column every link is a download."""
    urls: dict[str, None] = {}
    seen: set[HtmlElement] = set()
    present = False
    for top in elements:
        for control in top.iter(*_CONTROLS):
            if len(urls) >= _MAX_FILES or not _may_act(control):
                continue
            address, acts = _target(control, base, in_file_column)
            if address or acts:
                seen.add(control)
                present = True
            if address:
                urls.setdefault(address)
    return Files(tuple(urls), present, frozenset(seen))


def _may_act(control: HtmlElement) -> bool:
    if control.tag == "a" or control.get("onclick") is not None:
        return True
    return any(control.get(name) for name in _DATA)


def _target(control: HtmlElement, base: str, in_file_column: bool) -> tuple[str | None, bool]:
    """(download address, is it a download control) of one link or control."""
    href = (control.get("href") or "").strip()
    script = href if href[:11].lower() == "javascript:" else ""
    handler = f"{control.get('onclick') or ''} {script}".strip()
    held = [value for name in _DATA if (value := control.get(name))]
    named = in_file_column or _says_download(control)
    for path in ("" if script else href, *held, *_paths(handler)):
        if _EXTENSION.search(unquote(path)) and (url := join(base, path)):
            return url, True
    direct = join(base, href) if href.lower() not in _NOTHING else None
    if direct and (_FOLDER.search(href) or (named and not _is_here(direct, base))):
        return direct, True
    opened = next((url for path in _opened(handler) if (url := join(base, path))), None)
    if opened and (named or _FOLDER.search(opened)):
        return opened, True
    return None, bool(handler) and control.tag != "td" and named


def _paths(handler: str) -> list[str]:
    """Quoted arguments of a handler, the last first: the file stands behind the counter's address."""
    return [next(filter(None, found.groups()), "") for found in _QUOTED.finditer(handler)][::-1]


def _opened(handler: str) -> list[str]:
    """What a handler opens as a page; never an address that carries a token to change something."""
    if not handler or not _WINDOW.search(handler):
        return []
    return [path for path in _paths(handler)[::-1] if ("/" in path or "?" in path) and "p_auth=" not in path]


def _is_here(url: str, base: str) -> bool:
    return canonical(url) == canonical(base)


def _says_download(control: HtmlElement) -> bool:
    """True when the control's own words say download; a long text is a title, not a control."""
    words = keys("documents", "download_words")
    if control.get("download") is not None:
        return True
    said = (*(control.get(name) for name in ("title", "aria-label", "value", "alt")), text_of(control))
    return any(label_key(text) in words for text in said if text and len(text) <= _MAX_WORDS)
