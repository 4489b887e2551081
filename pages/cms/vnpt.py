"""VNPT's portlets on Liferay: lists and document registers go on by a POST form that only reads.

Such a pager is a form (or several) whose action is a display portlet and whose buttons carry page
numbers; the form holds the fields of the question, the button the page. Its action names
``p_auth``, a token of the session: the address is kept as it is, and nothing but the pager is sent.
"""

from __future__ import annotations

from lxml.html import HtmlElement

from pages.capture import PageRequest
from pages.cms import Profile
from pages.cms.marks import holds
from pages.paging import Next
from pages.requests import safe
from pages.text import fold
from pages.tree import Page
from pages.urls import join
from pages.vocabulary import words

_DISPLAY = ("displayui", "display", "phantrang", "paging", "danhsach", "list", "search", "timkiem")


def next_page(page: Page) -> Next | None:
    """The POST request for the following page of the list; None when there is no such pager."""
    buttons = [
        (button, form)
        for form in page.root.iter("form")
        if (form.get("method") or "").lower() == "post" and _displays(form.get("action") or "")
        for button in form.iter("button", "input")
        if _number(button) is not None
    ]
    return _following(buttons, page) if buttons else None


def _displays(action: str) -> bool:
    low = action.lower()
    return any(word in low for word in _DISPLAY) and "p_p_lifecycle=1" not in low and safe(action)


def _following(buttons: list[tuple[HtmlElement, HtmlElement]], page: Page) -> Next:
    """The request of the button after the current page's (the first page when none is marked)."""
    current = next((_number(b) for b, _ in buttons if _is_current(b)), 1) or 1
    for button, form in buttons:
        url = join(page.url, form.get("action") or "")
        if _number(button) == current + 1 and url is not None:
            return Next(PageRequest(url, "POST", _fields(form, button)), "post")
    return Next(None, "post")


def _number(button: HtmlElement) -> int | None:
    """The page number a button carries; None for any other field."""
    if button.tag == "input" and (button.get("type") or "").lower() not in ("submit", "button"):
        return None
    text = fold("".join(button.itertext())) or (button.get("value") or "").strip()
    return int(text) if text.isdigit() and len(text) <= 4 else None


def _is_current(button: HtmlElement) -> bool:
    names = (button.get("class") or "").lower()
    return (
        any(word in names for word in ("active", "current", "selected")) or button.get("disabled") is not None
    )


def _fields(form: HtmlElement, button: HtmlElement) -> tuple[tuple[str, str], ...]:
    """The form's hidden fields with the button's own name and value."""
    fields = [
        (field.get("name") or "", field.get("value") or "")
        for field in form.iter("input")
        if (field.get("type") or "").lower() == "hidden" and field.get("name")
    ]
    number = button.get("value") or str(_number(button))
    name = button.get("name")
    if name:
        return (*fields, (name, number))
    known = words("paging", "form_page_fields")
    return tuple((n, number if n.lower().rsplit("_", 1)[-1] in known else v) for n, v in fields)


PROFILE = Profile(
    "vnpt",
    lambda page: holds(
        page, "UI_Danhsachtin", "vanbanconfig", "MenuBarNgang", "VNPT", "_WAR_Quan_Ly", "_WAR_Bannerportlet"
    ),
    next_page=next_page,
)
