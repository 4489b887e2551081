"""Which requests could change something on the server: they are never made.

Words are matched whole (a path segment, a parameter's name or value, the first word of a handler's
name), never inside a slug: an article wrongly left out would be a wrong zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.words import load, words
from pages.capture import PageRequest

_ENDING = re.compile(r"\.(?:aspx?|ashx|php\d?|jspx?|do|html?|action|cgi)$", re.I)
_PREFIX = re.compile(r"^_\w*?_(?=\D)")


def unsafe_reason(request: PageRequest) -> str | None:
    """Why ``request`` must not be made (``unsafe:<word>``), None when it only reads.

    A POST is judged by its form as well; it may carry a visitor's key (``p_auth``), a link may not.
    """
    try:
        parts = urlsplit(request.url)
    except ValueError:
        return "unsafe:address"
    fields = [*parse_qsl(parts.query, keep_blank_values=True), *request.form]
    found = _act_in_path(parts.path) or _act_in_fields(fields)
    if found is None and request.method != "POST":
        found = next((name for name, _ in fields if name.casefold() in words("unsafe", "keys")), None)
    return None if found is None else f"unsafe:{found}"


def _act_in_path(path: str) -> str | None:
    segments = (segment.partition(";")[0] for segment in unquote(unquote(path)).split("/"))
    return next((segment for segment in segments if segment and _is_act(segment)), None)


def _act_in_fields(fields: Iterable[tuple[str, str]]) -> str | None:
    return next((name for name, value in fields if _field_acts(name, value)), None)


def _field_acts(name: str, value: str) -> bool:
    plain = name.casefold()
    if any(
        plain == never["name"] and value == never.get("value", value) for never in load("unsafe")["never"]
    ):
        return True
    if plain in words("unsafe", "words"):
        return True
    if plain in words("unsafe", "returns"):
        return False
    if _PREFIX.sub("", plain) in words("unsafe", "acts"):
        return any(
            _is_act(part) or part.casefold() in words("unsafe", "act_values") for part in value.split("/")
        )
    return value.casefold() in words("unsafe", "words")


def _is_act(segment: str) -> bool:
    stem = _ENDING.sub("", segment.strip())
    return stem.casefold() in words("unsafe", "words") or _handler().match(stem) is not None


@cache
def _handler() -> re.Pattern[str]:
    """A verb followed by another word of a handler's name: ``DelDocument``, ``delete_post``."""
    verbs = sorted(words("unsafe", "verbs"), key=len, reverse=True)
    spelled = "|".join(f"{verb}|{verb.capitalize()}|{verb.upper()}" for verb in verbs)
    return re.compile(rf"(?:{spelled})(?=[A-Z_])")
