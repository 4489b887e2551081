"""The controls that print or save the article on the page, found by what they say and what they do.

A control is a link, a button or something with a click handler. Its label, title, aria-label, icon
and handler are read; the words of running text, print styles and attachments are not controls.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any, Final, cast
from urllib.parse import unquote

from lxml import etree
from lxml.html import HtmlElement

from pages.filelinks import is_file_address
from pages.text import label_key
from pages.tree import Page, text_of
from pages.vocabulary import keys, load, words

_NAME: Final = "tools"
_MAX_LABEL: Final = 40
_CONTROLS: Callable[[HtmlElement], list[HtmlElement]] = cast(
    Any,
    etree.XPath("//a | //button | //input | //*[@onclick or @role='button'] | //i[contains(@class,'print')]"),
)
_STRING = etree.XPath("string()", smart_strings=False)
_ICONS: Final = ("i", "em", "span", "img", "svg", "use", "input")
_ALERT = re.compile(r"\balert\s*\(|toastr|swal\s*\(", re.IGNORECASE)


def print_control(page: Page) -> str | None:
    """Quote of the control that prints the article or opens its print version; None when there is none."""
    return next((_quote(control) for control in _controls(page) if _prints(control)), None)


def save_control(page: Page) -> str | None:
    """Quote of the control that downloads or saves the article itself; None when there is none.

    Attachments are not the article; a control that only asks the reader to sign in saves nothing.
    """
    return next((_quote(control) for control in _controls(page) if _saves(control)), None)


@lru_cache(maxsize=2)
def _controls(page: Page) -> tuple[HtmlElement, ...]:
    """Controls with a sign of printing or saving in what they say, do or look like."""
    return tuple(control for control in _CONTROLS(page.root) if _is_candidate(control))


def _is_candidate(control: HtmlElement) -> bool:
    """Cheap test: a tell-tale attribute, or words that begin like a label of ours."""
    if _tells(control):
        return True
    raw = (control.text or "") if len(control) == 0 else str(_STRING(control))
    said = (raw.strip(), control.get("title"), control.get("aria-label"), control.get("value"))
    if any(text and text.split(None, 1)[0].casefold() in _heads() for text in said if text and text.strip()):
        return True
    return len(control) > 0 and any(_tells(image) for image in control.iter(*_ICONS))


def _tells(element: HtmlElement) -> bool:
    told = " ".join(element.values()).lower()
    return any(word in told for word in _telltale())


@cache
def _telltale() -> tuple[str, ...]:
    return tuple(words(_NAME, "telltale"))


@cache
def _act(name: str) -> re.Pattern[str]:
    """What handlers, addresses and icons of one kind look like."""
    return re.compile("|".join(str(part) for part in load(_NAME)[name]), re.IGNORECASE)


@cache
def _heads() -> frozenset[str]:
    """First words of all labels."""
    labels = (*load(_NAME)["print_labels"], *load(_NAME)["save_labels"])
    return frozenset(str(label).split()[0].casefold() for label in labels)


def _acts(control: HtmlElement) -> str:
    """Handler and script address of a control, percent signs resolved."""
    href = control.get("href") or ""
    script = unquote(href) if href[:11].lower() == "javascript:" else ""
    return f"{control.get('onclick') or ''} {script}"


def _address(control: HtmlElement) -> str:
    href = (control.get("href") or control.get("formaction") or "").strip()
    return "" if href[:11].lower() == "javascript:" else href


def _prints(control: HtmlElement) -> bool:
    acts, address = _acts(control), _address(control)
    if is_file_address(address) or not _is_control(control):
        return False
    if (
        _act("print_act").search(acts)
        or _act("print_address").search(address)
        or _act("print_address").search(acts)
    ):
        return True
    return _says(control, keys(_NAME, "print_labels")) or _has_icon(control)


def _does(what: str, acts: str, address: str) -> bool:
    """True when a handler or address prints or saves, whatever the control says."""
    by_address = _act(f"{what}_address")
    return any((_act(f"{what}_act").search(acts), by_address.search(address), by_address.search(acts)))


def _is_control(control: HtmlElement) -> bool:
    """Something to press: of the fields only the buttons."""
    return control.tag != "input" or (control.get("type") or "").lower() in ("button", "submit", "image")


def _saves(control: HtmlElement) -> bool:
    acts, address = _acts(control), _address(control)
    if not _is_control(control) or _refuses(acts, address):
        return False
    if (
        _act("save_act").search(acts)
        or _act("save_address").search(address)
        or _act("save_address").search(acts)
    ):
        return True
    sure = keys(_NAME, "save_labels") - keys(_NAME, "save_unsure")
    return not is_file_address(address) and bool(acts.strip() or _goes(address)) and _says(control, sure)


def _goes(address: str) -> bool:
    return bool(address) and not address.startswith("#")


def _refuses(acts: str, address: str) -> bool:
    """True for a control that asks for an account instead of saving."""
    said = f"{acts} {address}".casefold()
    return _ALERT.search(acts) is not None or any(str(word) in said for word in load(_NAME)["refusals"])


def _says(control: HtmlElement, labels: frozenset[str]) -> bool:
    return any(len(said) <= _MAX_LABEL and label_key(said) in labels for said in _labels(control))


def _labels(control: HtmlElement) -> Iterator[str]:
    """Words a person or a screen reader gets from a control."""
    yield from filter(
        None, (control.get(name) for name in ("title", "aria-label", "value", "data-original-title", "alt"))
    )
    if len(control) <= 6 and (text := text_of(control)):
        yield text
    for image in control.iter("img", "input"):
        yield from filter(None, (image.get("alt"), image.get("title")))


def _has_icon(control: HtmlElement) -> bool:
    """A printer's picture and no other words: the picture is the label."""
    if len(control) > 6 or len(text_of(control)) > 2:
        return False
    return any(_act("print_icon").search(_drawn(element)) for element in (control, *control.iter(*_ICONS)))


def _drawn(element: HtmlElement) -> str:
    """What an element looks like: its picture's name or its classes, those for paper only left out."""
    if element.tag == "img":
        return (element.get("src") or "").rpartition("/")[2]
    return _act("on_paper").sub(
        " ", f"{element.get('class') or ''} {element.get('id') or ''} {element.get('href') or ''}"
    )


def _quote(control: HtmlElement) -> str:
    """What stands on the page for a control: its words, else its handler, address or icon."""
    said = next((said for said in _labels(control) if said.strip()), None)
    return (
        said
        or _acts(control).strip()
        or _address(control)
        or etree.tostring(control, encoding="unicode", with_tail=False)
    )[:200].strip()
