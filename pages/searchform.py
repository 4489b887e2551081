"""The search a page offers: a form that a GET or a read-only POST can use, or a box only a script serves.

The portal's own search comes before a section's own form (documents, procedures, questions); a
section's form is reported with ``scope="section"``, so that it is never probed as the portal's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pages.formfields import untouched
from pages.model import SearchForm, SearchKind
from pages.searchaddress import spelt_address
from pages.text import label_key, unaccent
from pages.tree import Page, text_of
from pages.urls import join
from pages.vocabulary import pattern, words

_NAME: Final = "search"
_TEXT_TYPES: Final = ("text", "search", "")
_BUTTON_TYPES: Final = ("submit", "image", "button")
_NEAR: Final = 3  # levels above a field outside a form in which its button stands
_MANY_LINKS: Final = 40
_POSTBACK = re.compile(r"__?doPostBack", re.IGNORECASE)
_TOKENS = re.compile(r"token|p_auth|csrf|__viewstate|captcha", re.IGNORECASE)
_CHANGES = re.compile(r"p_auth=|p_p_lifecycle=1|[?&]token=", re.IGNORECASE)
_STRENGTH: Final[dict[SearchKind, int]] = {"form": 3, "post_form": 2, "script_only": 1, "none": 0}
_SHOWN: Final = ("placeholder", "title", "value", "name", "id")
_NONE: Final = SearchForm()


@dataclass(frozen=True, slots=True)
class _Box:
    """One text field that searches, the group of fields it stands in, and how the group is sent."""

    field: HtmlElement
    group: HtmlElement
    form: HtmlElement | None
    said: str


def read_search(page: Page) -> SearchForm:
    """The page's search form: what works without a script comes first, then the portal's own."""
    boxes = [box for field in page.root.iter("input") if (box := _box(field)) is not None]
    forms = [_form(page, box) for box in boxes]
    return max(forms, key=lambda form: (_STRENGTH[form.kind], form.scope == "site"), default=_NONE)


def _box(field: HtmlElement) -> _Box | None:
    """``field`` as a search box; None for every other field."""
    if (field.get("type") or "").strip().lower() not in _TEXT_TYPES:
        return None
    form = next(field.iterancestors("form"), None)
    group = form if form is not None and not _is_page_wide(form) else _near(field)
    if _asks_persons(group):
        return None
    said = _said(field)
    if not _searches(field, said, group):
        return None
    return _Box(field, group, form, said)


def _is_page_wide(form: HtmlElement) -> bool:
    """A form around the whole page (ASP.NET) says nothing about the fields in it."""
    if (form.get("id") or "").lower() == "aspnetform":
        return True
    if any((field.get("name") or "").startswith("__VIEWSTATE") for field in form.iter("input")):
        return True
    return sum(1 for _ in form.iter("a")) > _MANY_LINKS


def _near(field: HtmlElement) -> HtmlElement:
    """The smallest block around a field that holds something to press, else its parent."""
    node = field
    for _ in range(_NEAR):
        parent = node.getparent()
        if parent is None or parent.tag in ("body", "form", "html"):
            break
        node = parent
        if any(
            _is_button(control)
            for control in node.iter("a", "button", "input", "img")
            if control is not field
        ):
            break
    return node


def _is_button(control: HtmlElement) -> bool:
    if control.tag == "input":
        return (control.get("type") or "").lower() in _BUTTON_TYPES
    return (
        control.tag == "button"
        or control.get("onclick") is not None
        or "javascript:" in (control.get("href") or "")
    )


def _said(field: HtmlElement) -> str:
    """Words that tell what a field is for, as a label key."""
    before = field.getprevious()
    label = text_of(before) if before is not None and before.tag in ("label", "span", "b", "strong") else ""
    parts = (
        field.get("placeholder"),
        field.get("title"),
        field.get("aria-label"),
        field.get("value"),
        label[:60],
    )
    return label_key(" . ".join(part for part in parts if part))


def _ids(element: HtmlElement) -> str:
    return unaccent(
        " ".join(
            filter(
                None, (element.get("name"), element.get("id"), element.get("class"), element.get("action"))
            )
        )
    )


def _searches(field: HtmlElement, said: str, group: HtmlElement) -> bool:
    """True when the field, its button or its form says that it searches."""
    if _has(said, "words") or any(word in _ids(field) for word in words(_NAME, "names")):
        return True
    if _has(_button_words(group), "words"):
        return True
    if group.tag != "form":
        return False
    named = (field.get("name") or "").lower() in words(_NAME, "query_names")
    texts = [
        each
        for each in group.iter("input", "textarea")
        if (each.get("type") or "text").lower() in _TEXT_TYPES
    ]
    return len(texts) == 1 and (named or any(word in _ids(group) for word in words(_NAME, "names")))


def _has(key: str, entry: str) -> bool:
    return bool(key) and pattern(_NAME, entry).search(key) is not None


def _button_words(group: HtmlElement) -> str:
    said = []
    for button in group.iter("button", "input", "a"):
        if _is_button(button):
            said += [
                button.get("value") or "",
                button.get("title") or "",
                button.get("aria-label") or "",
                text_of(button)[:40],
            ]
    return label_key(" . ".join(said))


def _asks_persons(group: HtmlElement) -> bool:
    """True for forms in which people sign in, subscribe or write: they ask for a person's data."""
    for field in group.iter("input", "textarea"):
        kind = (field.get("type") or "text").lower()
        if field.tag == "textarea" or kind in ("password", "email", "tel", "file"):
            return True
        if kind in _TEXT_TYPES and (
            _has(_said(field), "personal")
            or any(word in _ids(field) for word in words(_NAME, "personal_names"))
        ):
            return True
    return False


def _form(page: Page, box: _Box) -> SearchForm:
    own = box.form if box.form is box.group else None
    kind, action = _kind(page, box, own)
    scope: Literal["site", "section"] = "section" if _is_section(page, box) else "site"
    spelt = spelt_address(box.group, page.url) if kind == "script_only" else None
    if spelt is not None:
        return SearchForm("form", spelt.action, spelt.field, spelt.extra, _quote(box), scope)
    return SearchForm(
        kind=kind,
        action=action,
        field=box.field.get("name") or None,
        extra=untouched(box.field, box.group, box.form) if kind != "script_only" else (),
        quote=_quote(box),
        scope=scope,
    )


def _kind(page: Page, box: _Box, own: HtmlElement | None) -> tuple[SearchKind, str | None]:
    """How a box is sent. Inside a page-wide form only a post-back in the page's own words is a POST."""
    if own is None:
        posts = any(
            _POSTBACK.search(control.get("onclick") or control.get("href") or "")
            for control in box.group.iter("a", "button", "input")
        )
        sends = any(
            (control.get("type") or "").lower() in ("submit", "image") and control.get("name")
            for control in box.group.iter("input", "button")
        )
        if box.form is not None and (posts or sends):
            return "post_form", join(page.url, box.form.get("action") or "") or page.url
        return "script_only", None
    action = (own.get("action") or "").strip()
    if action.lower().startswith("javascript:"):
        return "script_only", None
    address = join(page.url, action) or page.url.partition("#")[0]
    return ("post_form" if (own.get("method") or "get").strip().lower() == "post" else "form"), address


def _is_section(page: Page, box: _Box) -> bool:
    """True for a section's own form: by its words, or because it stands in a section page's main column."""
    around = " . ".join((box.said, _button_words(box.group), *_field_words(box.group)))
    if _has(around, "section") or any(
        word in _ids(box.field) + " " + _ids(box.group) for word in words(_NAME, "section_names")
    ):
        return True
    if page.main.tag == "body" or not _within(box.group, page.main):
        return False
    path = urlsplit(page.url).path.strip("/")
    if not path or any(word in unaccent(path) for word in words(_NAME, "names")):
        return False
    here = urlsplit(join(page.url, box.group.get("action") or "") or page.url).path.strip("/") == path
    return here or any(True for _ in box.group.iter("select"))


def _field_words(group: HtmlElement) -> list[str]:
    """Hints and first choices of the group's fields, as label keys."""
    said = []
    for field in group.iter("input", "select"):
        first = next((text_of(option) for option in field.iter("option")), "")
        said.append(
            label_key(" . ".join(filter(None, (field.get("placeholder"), field.get("title"), first[:60]))))
        )
    return said


def _within(element: HtmlElement, around: HtmlElement) -> bool:
    return element is around or any(node is around for node in element.iterancestors())


def changes_something(form: SearchForm) -> bool:
    """True when sending the form may do more than read: it carries a token of the session."""
    held = any(_TOKENS.search(name) and value for name, value in form.extra)
    return held or bool(form.action and _CHANGES.search(form.action))


def _quote(box: _Box) -> str:
    said = next((value for name in _SHOWN if (value := (box.field.get(name) or "").strip())), "")
    return said[:200] or _button_words(box.group)[:200]
