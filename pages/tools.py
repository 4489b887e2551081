"""The controls that print or save the article on the page, found by what they say and what they do.

A control is a link, a button or something with a click handler. Its label, title, aria-label, icon
and handler are read; the words of running text, print styles and attachments are not controls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final
from urllib.parse import unquote

from lxml import etree
from lxml.html import HtmlElement

from pages.filelinks import has_file_name, is_file_address
from pages.text import label_key
from pages.tree import Page, text_of
from pages.vocabulary import keys, load, words

_NAME: Final = "tools"
_MAX_LABEL: Final = 40
_EDGE: Final = " .,:;()[]|-–"
_TAGS: Final = ("a", "button", "input", "img", "use", "svg", "i", "em", "span", "div", "li", "td", "p")
_STRING = etree.XPath("string()", smart_strings=False)
_PICTURES: Final = ("i", "em", "span", "img", "svg", "use", "input")
_PRESSED: Final = ("a", "button", "input")
_MAX_UP: Final = 3  # levels from an icon to its control
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
    found: dict[HtmlElement, None] = {}
    for part in page.root.iter(*_TAGS):
        control = _control_of(part) if _draws(part) else part if _acts_at_all(part) else None
        if control is not None and (control is not part or _is_candidate(part)):
            found.setdefault(control)
    return tuple(found)


def _acts_at_all(part: HtmlElement) -> bool:
    """Something to press; of all other elements only those with a handler."""
    return part.tag in _PRESSED or part.get("onclick") is not None or part.get("role") == "button"


def _words(control: HtmlElement) -> str:
    return control.text or "" if len(control) == 0 else str(_STRING(control))


def _draws(icon: HtmlElement) -> bool:
    """True for a picture or an icon whose name or words tell of printing or saving."""
    if icon.tag == "img":
        named = "print" in (icon.get("src") or "").rpartition("/")[2].lower()
        return named or _begins(icon.get("alt")) or _begins(icon.get("title"))
    if icon.tag == "use":
        return "print" in (icon.get("href") or icon.get("{http://www.w3.org/1999/xlink}href") or "").lower()
    return icon.tag not in _PRESSED and "print" in (icon.get("class") or "").lower()


def _control_of(icon: HtmlElement) -> HtmlElement | None:
    """The link or button an icon stands in; a classed icon in none is a control itself."""
    for node in (icon, *_above(icon)):
        if node.tag in ("a", "button") or node.get("onclick") is not None:
            return node
    return icon if icon.tag == "i" else None


def _above(icon: HtmlElement) -> list[HtmlElement]:
    return [node for _, node in zip(range(_MAX_UP), icon.iterancestors(), strict=False)]


def _is_candidate(control: HtmlElement) -> bool:
    """Cheap test: a tell-tale attribute, or words that begin like a label of ours."""
    if _begins(_words(control)) or _tells(control):
        return True
    return any(map(_begins, (control.get("title"), control.get("aria-label"), control.get("value"))))


def _begins(said: str | None) -> bool:
    """True when the first word of ``said`` begins a label of ours."""
    first = said.split(None, 1) if said else ()
    return len(first) > 0 and first[0].lower().strip(_EDGE) in _heads()


def _tells(element: HtmlElement) -> bool:
    told = " ".join(element.values()).lower()
    return any(sign in told for sign in _telltale())


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
    labels = keys(_NAME, "print_labels")
    return _says(control, labels) or _shaped(control, "print_shape") or _has_icon(control)


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
    if not (acts.strip() or _goes(address) or _submits(control)):
        return False
    sure = keys(_NAME, "save_labels") - keys(_NAME, "save_unsure")
    # Words that name the article win over a file's address: it is the article as a file. So does "to save"
    # over an address that only speaks of downloads.
    if _shaped(control, "save_shape") or (not is_file_address(address) and _says(control, sure)):
        return True
    saving = keys(_NAME, "save_labels") & keys(_NAME, "save_unasked")
    return not has_file_name(address) and _says(control, saving)


def _goes(address: str) -> bool:
    return bool(address) and not address.startswith("#")


def _submits(control: HtmlElement) -> bool:
    """True for a button that sends the form it stands in: pages that are one form act by such buttons."""
    kinds = ("submit", "image") if control.tag == "input" else ("submit", "")
    sends = control.tag in ("input", "button") and (control.get("type") or "").lower() in kinds
    return sends and next(control.iterancestors("form"), None) is not None


def _refuses(acts: str, address: str) -> bool:
    """True for a control that asks for an account instead of saving."""
    said = f"{acts} {address}".casefold()
    return _ALERT.search(acts) is not None or any(str(word) in said for word in load(_NAME)["refusals"])


def _says(control: HtmlElement, labels: frozenset[str]) -> bool:
    return any(len(said) <= _MAX_LABEL and label_key(said) in labels for said in _labels(control))


def _shaped(control: HtmlElement, shape: str) -> bool:
    """True when a label is built like one of ours: the act, then the article, then how."""
    return any(
        len(said) <= _MAX_LABEL and _act(shape).fullmatch(label_key(said)) for said in _labels(control)
    )


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
    return any(_act("print_icon").search(_drawn(element)) for element in (control, *control.iter(*_PICTURES)))


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
