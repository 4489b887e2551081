"""The office's own address, telephone, fax and e-mail, from its contact page, header or footer.

Labels and values are found in the page's text; those that stand close together form one block. The
office's block has an address; on a page that is not about contact only blocks outside the main
column count, so that an address in an article, a form or another office's line is not taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Final
from urllib.parse import unquote

from lxml.html import HtmlElement

from pages.model import Contact
from pages.records import main_text
from pages.text import fold, label_key, unaccent
from pages.tree import Page, text_of
from pages.vocabulary import load, pattern, whole_words

_NAME: Final = "contact"
_GAP: Final = 260
"""Characters between two details of one block, at most."""
_VENDOR_REACH: Final = 220
_MAX_VALUE: Final = 180
_MAX_BLOCKS: Final = 3  # more blocks than this are a directory of offices
_NEARLY_ALL: Final = 0.85
_EMAIL = re.compile(
    r"(?<![\w.%+-])[A-Za-z0-9][\w.%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,10}(?![\w-])"
)
_PHONE = re.compile(
    r"(?<![\d/])(?:\(?\+?84\)?[\s.-]?\(?0?\)?|\(?0)[\s.]?\d(?:[\s.()-]{0,2}\d){7,10}(?![\d/])|(?<!\d)1[89]00[\s.-]?\d{2,4}(?:[\s.-]?\d{2,4})?(?!\d)"
)
_DISGUISED: Final = (
    "[at",
    "(at",
    "{at",
    "[@",
    "(@",
    " @",
    "@ ",
    "[a]",
    "(a)",
    "[ at",
    "( at",
    "[dot",
    "(dot",
)
_BEFORE: Final = 240
_CF: Final = "data-cfemail"


@dataclass(frozen=True, slots=True)
class _Detail:
    kind: str
    value: str
    at: int
    end: int


def read_contact(page: Page) -> Contact:
    """What the page shows of the office's contact details; each value as it stands on the page."""
    text = _page_text(page)
    blocks = _office_blocks(page, text, _blocks(_details(text)))
    merged: dict[str, str] = {}
    for block in blocks:
        for detail in block:
            if (
                detail.kind == "email"
                and not _is_official(merged.get("email", ""))
                and _is_official(detail.value)
            ):
                merged["email"] = detail.value
            merged.setdefault(detail.kind, detail.value)
    return Contact(
        address=merged.get("address"),
        phone=merged.get("phone"),
        fax=merged.get("fax"),
        email=merged.get("email"),
        email_official=_is_official(merged.get("email", "")),
    )


def _in_order(block: list[_Detail]) -> list[_Detail]:
    """What follows the address first: what stands before it may be the end of another line."""
    start = next((detail.at for detail in block if detail.kind == "address"), 0)
    return sorted(block, key=lambda detail: (detail.at < start, detail.at))


def _is_official(email: str) -> bool:
    """True for a mailbox of the State's own domain."""
    return email.lower().endswith(".gov.vn")


def _page_text(page: Page) -> str:
    """Text of the page with hidden mailboxes written out and without drop-down lists."""
    text = text_of(page.root)
    for choice in page.root.iter("select"):
        if said := text_of(choice):
            text = text.replace(said, "|")
    hidden = [mail for link in page.root.iter("a", "span") if (mail := _hidden_mail(link, text))]
    return readable_mail(text if not hidden else f"{text} {' '.join(hidden)}")


def readable_mail(text: str) -> str:
    """``text`` with "[at]" and "[dot]" in mail addresses written as the signs."""
    lowered = text.lower()
    return (
        _word("dot").sub(".", _word("at").sub("@", text))
        if any(sign in lowered for sign in _DISGUISED)
        else text
    )


def _hidden_mail(element: HtmlElement, text: str) -> str | None:
    """A mail address that stands only in an attribute, with a label before it so that it is read as one."""
    coded = element.get(_CF)
    if coded:
        return f"email: {decode_cf(coded)}"
    href = element.get("href") or ""
    if href[:7].lower() != "mailto:":
        return None
    address = unquote(href[7:]).partition("?")[0].strip()
    return f"email: {address}" if _EMAIL.fullmatch(address) and address not in text else None


def decode_cf(coded: str) -> str:
    """Mail address that Cloudflare hides in ``data-cfemail`` (each byte XOR the first); '' for none."""
    try:
        raw = bytes.fromhex(coded)
    except ValueError:
        return ""
    return bytes(byte ^ raw[0] for byte in raw[1:]).decode("utf-8", "replace") if raw else ""


@cache
def _word(name: str) -> re.Pattern[str]:
    """One of the expressions beside the words."""
    return re.compile(str(load(_NAME)[name]))


@cache
def _labels(kind: str) -> re.Pattern[str]:
    """Labels of one kind, followed by a colon or directly by what only a value begins with."""
    found = sorted((str(label) for label in load(_NAME)[kind]), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, found))})(?!\w)", re.IGNORECASE)


def _details(text: str) -> list[_Detail]:
    """Details of the whole text, sought only around numbers, mailboxes and address labels."""
    windows: list[tuple[int, int]] = []
    lowered = text.lower()
    for found in _word("near").finditer(lowered):
        first, last = max(0, found.start() - _BEFORE), found.end() + _MAX_VALUE
        if windows and first <= windows[-1][1]:
            windows[-1] = (windows[-1][0], last)
        else:
            windows.append((first, last))
    moved = [(first, detail) for first, last in windows for detail in _details_in(text[first:last])]
    return [replace(detail, at=detail.at + first, end=detail.end + first) for first, detail in moved]


def _details_in(text: str) -> list[_Detail]:
    text = _without_vendor(text)
    faxes = _numbered(text, "fax")
    taken = {(detail.at, detail.end) for detail in faxes}
    phones = [
        detail
        for detail in _numbered(text, "phone")
        if (detail.at, detail.end) not in taken or _is_both(text, detail)
    ]
    used = {(detail.at, detail.end) for detail in (*phones, *faxes)}
    bare = [
        _Detail("bare", m[0], m.start(), m.end())
        for m in _PHONE.finditer(text)
        if (m.start(), m.end()) not in used
    ]
    emails = [_Detail("email", m[0], m.start(), m.end()) for m in _EMAIL.finditer(text)]
    return sorted((*_addresses(text), *phones, *faxes, *bare, *emails), key=lambda detail: detail.at)


@cache
def _vendor() -> re.Pattern[str]:
    return re.compile(whole_words(str(word) for word in load(_NAME)["vendor"]).pattern, re.IGNORECASE)


def _without_vendor(text: str) -> str:
    """The text with what follows a vendor's mention blanked, so that positions stay."""
    for found in _vendor().finditer(text):
        end = min(len(text), found.start() + _VENDOR_REACH)
        text = text[: found.start()] + " " * (end - found.start()) + text[end:]
    return text


def _numbered(text: str, kind: str) -> list[_Detail]:
    """Numbers that stand right behind a label of ``kind``."""
    found = []
    for label in _labels(kind).finditer(text):
        number = _PHONE.search(text, label.end(), label.end() + 45)
        if number and _is_between(text[label.end() : number.start()]):
            found.append(_Detail(kind, number[0].strip(), number.start(), number.end()))
    return list({(detail.at, detail.end): detail for detail in found}.values())


def _is_between(gap: str) -> bool:
    """Between a label and its number only signs, or the other half of "Điện thoại/Fax", may stand."""
    rest = _labels("fax").sub("", _labels("phone").sub("", gap))
    return len(re.sub(r"[\W\d_]", "", rest)) <= 2


def _is_both(text: str, detail: _Detail) -> bool:
    """True for a number behind a label that names telephone and fax together."""
    before = text[max(0, detail.at - 40) : detail.at]
    fax = _labels("fax").search(before)
    return fax is not None and any(
        _word("and").fullmatch(before[p.end() : fax.start()]) for p in _labels("phone").finditer(before)
    )


def _addresses(text: str) -> list[_Detail]:
    found = []
    for label in _labels("address").finditer(text):
        rest = text[label.end() : label.end() + _MAX_VALUE]
        marked = re.match(r"\s*(?:[:：]|\s[-–]\s)\s*", rest)
        if not marked:
            continue
        value = _until_label(rest[marked.end() :])
        if _is_address(value):
            at = label.end() + marked.end()
            found.append(_Detail("address", value, at, at + len(value)))
    return found


def _until_label(rest: str) -> str:
    """The value up to the next label, number or sentence of something else."""
    ends = [m.start() for kind in ("phone", "fax", "email", "address") if (m := _labels(kind).search(rest))]
    ends += [
        m.start()
        for m in (
            _PHONE.search(rest),
            _EMAIL.search(rest),
            _word("after_address").search(rest),
        )
        if m
    ]
    return rest[: min(ends, default=len(rest))].strip(" ,;:-–.(")


def _is_address(value: str) -> bool:
    if len(value) < 8 or "*" in value[:3] or "@" in value:
        return False
    return pattern(_NAME, "places").search(label_key(value)) is not None or bool(
        re.search(r"\d", value) and "," in value
    )


def _blocks(details: list[_Detail]) -> list[list[_Detail]]:
    """Details that stand close together; a new address opens a new block."""
    blocks: list[list[_Detail]] = []
    for detail in details:
        last = blocks[-1] if blocks else []
        far = not last or detail.at - last[-1].end > _GAP
        again = detail.kind == "address" and any(each.kind == "address" for each in last)
        if far or again:
            blocks.append([])
        blocks[-1].append(detail)
    return [settled for block in blocks if (settled := _settled(block))]


def _settled(block: list[_Detail]) -> list[_Detail]:
    """A bare number beside an address is the telephone when none is labelled; else it is nothing."""
    kinds = {detail.kind for detail in block}
    if "phone" in kinds or "address" not in kinds:
        return [detail for detail in block if detail.kind != "bare"]
    return [replace(detail, kind="phone") if detail.kind == "bare" else detail for detail in block]


def _office_blocks(page: Page, text: str, blocks: list[list[_Detail]]) -> list[list[_Detail]]:
    """The blocks that are the office's own, the surest first."""
    first, last = _main_span(page, text)
    about = _is_about_contact(page)
    inside = [block for block in blocks if first <= block[0].at < last]
    outside = [block for block in blocks if not first <= block[0].at < last]
    own = _with_address(outside)
    if about and len(_with_address(inside)) <= _MAX_BLOCKS:
        own = (
            _with_address(inside)[:1] + own
            if own
            else _with_address(inside)[:1] or [b for b in inside if _kinds(b) > 1][:1]
        )
    if len(own) > _MAX_BLOCKS:
        own = own[-1:]
    return own or [block for block in outside if _kinds(block) > 1][-1:]


def _with_address(blocks: list[list[_Detail]]) -> list[list[_Detail]]:
    return [block for block in blocks if any(detail.kind == "address" for detail in block)]


def _kinds(block: list[_Detail]) -> int:
    return len({detail.kind for detail in block})


def _main_span(page: Page, text: str) -> tuple[int, int]:
    """Where the main column stands in the page's text; (0, 0) when it is nearly all of it."""
    main = readable_mail(text_of(page.main))
    at = text.find(main)
    if at < 0 or not main or len(main) > _NEARLY_ALL * len(text):
        return 0, 0
    return at, at + len(main)


def _is_about_contact(page: Page) -> bool:
    """True when address, title or a heading says that the page is the contact page."""
    path = unaccent(page.url.partition("//")[2].partition("/")[2])
    if any(str(word) in path for word in load(_NAME)["contact_paths"]):
        return True
    wanted = {label_key(str(label)) for label in load(_NAME)["contact_pages"]}
    heads = [fold(element.text or "") for element in page.root.iter("title")]
    heads += [text_of(element) for element in page.main.iter("h1", "h2", "h3")]
    return any(
        label_key(head.split(" - ")[0].split("|")[0]) in wanted for head in heads if len(head) < 120
    ) or (label_key(main_text(page)[:60]).startswith(tuple(wanted)) and len(main_text(page)) < 1500)
