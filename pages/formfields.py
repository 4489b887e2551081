"""What a browser would send of a form that nobody has filled in but for one field."""

from __future__ import annotations

import re
from typing import Final

from lxml.html import HtmlElement

from pages.tree import text_of

_FIELDS: Final = ("input", "select", "textarea", "button")
_MAX_FIELDS: Final = 60
_TARGET = re.compile(r"__doPostBack\(\s*[^\w]*([\w$:.]+)[^\w]*,\s*[^\w)]*([\w$:.]*)")


def untouched(
    field: HtmlElement, group: HtmlElement, form: HtmlElement | None
) -> tuple[tuple[str, str], ...]:
    """The other fields as a browser would send them when the box's own button is pressed."""
    found = dict.fromkeys(group.iter(*_FIELDS))
    if form is not None and form is not group:
        found |= dict.fromkeys(field for field in form.iter("input") if (field.get("type") or "") == "hidden")
    sent: dict[str, str] = {}
    for other in list(found)[:_MAX_FIELDS]:
        name, value = other.get("name"), _value(other)
        if other is not field and name and value is not None and other.get("disabled") is None:
            sent.setdefault(name, value)
    sent |= _pressed(group)
    return tuple(sent.items())


def _pressed(group: HtmlElement) -> dict[str, str]:
    """What pressing the group's button adds: its own name, or the target of its post-back."""
    for button in group.iter("input", "button", "a"):
        found = _TARGET.search(button.get("onclick") or button.get("href") or "")
        if found:
            return {"__EVENTTARGET": found[1], "__EVENTARGUMENT": found[2]}
        if (button.get("type") or "").lower() == "submit" and button.get("name"):
            return {button.get("name", ""): button.get("value") or ""}
    return {}


def _value(field: HtmlElement) -> str | None:
    """Value of one untouched field; None when a browser would not send it."""
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = next(
            (option for option in options if option.get("selected") is not None),
            options[0] if options else None,
        )
        return None if chosen is None else chosen.get("value", text_of(chosen))
    if field.tag == "textarea":
        return text_of(field)
    kind = (field.get("type") or ("submit" if field.tag == "button" else "text")).lower()
    if kind in ("checkbox", "radio"):
        return field.get("value", "on") if field.get("checked") is not None else None
    return None if kind in ("button", "reset", "image", "file", "submit") else field.get("value") or ""
