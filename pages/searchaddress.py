"""The address of a search box that a script sends, where the page itself spells it out.

A box without a form often names in an attribute of its button (or its own) the address to which the
words are only appended: ``data-url="/seek/?q="``, ``onclick="location='/tim?tukhoa='+…"``. That is a
GET form written another way. Nothing is guessed: without such an address the box stays a script's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from pages.requests import safe
from pages.urls import join

_OPEN_END = re.compile(r"""(?:^|['"=\s])((?:https?://|/|\?)[^'"\s<>]*[?&][\w.-]{1,40}=)(?=$|['"])""")
_CONTROLS = ("button", "input", "a", "img", "span", "i", "em")
_TOKENS = re.compile(r"p_auth|token|csrf", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SearchAddress:
    """Where a GET with the words goes: absolute address, the words' parameter, the other parameters."""

    action: str
    field: str
    extra: tuple[tuple[str, str], ...] = ()


def spelt_address(group: HtmlElement, base: str) -> SearchAddress | None:
    """The address that an attribute of the box or its controls leaves open for the words; None for none."""
    for control in (group, *group.iter(*_CONTROLS)):
        for name, value in control.attrib.items():
            if not (name.startswith(("data-", "on")) or name == "href"):
                continue
            found = _OPEN_END.search(value.strip())
            if found and (address := _parts(found[1], base)) is not None:
                return address
    return None


def _parts(open_address: str, base: str) -> SearchAddress | None:
    url = join(base, open_address)
    if url is None or not safe(url) or _TOKENS.search(url):
        return None
    parts = urlsplit(url)
    if parts.netloc != urlsplit(base).netloc:
        return None
    *extra, (field, _) = parse_qsl(parts.query, keep_blank_values=True)
    return SearchAddress(parts._replace(query="", fragment="").geturl(), field, tuple(extra))
