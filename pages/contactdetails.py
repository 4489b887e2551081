"""Contact details in running text: labelled addresses, numbers and mailboxes, and which stand together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from pages.text import label_key
from pages.vocabulary import load, pattern

_NAME: Final = "contact"
_GAP: Final = 260
"""Characters between two details of one block, at most."""
_VENDOR_REACH: Final = 220
_MAX_VALUE: Final = 180
_BEFORE: Final = 240
_WHERE: Final = ("address", "place")
_TO_NUMBER: Final = 45  # characters between a label and its number
_EMAIL = re.compile(
    r"(?<![\w.%+-])[A-Za-z0-9][\w.%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,10}(?![\w-])"
)
_PHONE = re.compile(
    r"(?<![\d/])(?:\(?\+?84\)?[\s.-]?\(?0?\)?|\(?0)[\s.]?\d(?:[\s.()-]{0,2}\d){7,10}(?![\d/])"
    r"|(?<!\d)1[89]00[\s.-]?\d{2,4}(?:[\s.-]?\d{2,4})?(?!\d)"
)
_COLON = re.compile(r"\s*(?:[:：]|\s[-–]\s)\s*")
_LONG_NUMBER = re.compile(r"[08][0-9 .()-]{7,}[0-9]")
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


@dataclass(frozen=True, slots=True)
class Detail:
    """One detail: ``address``, ``phone``, ``fax`` or ``email``, its value and where it stands."""

    kind: str
    value: str
    at: int
    end: int


def is_mail(text: str) -> bool:
    """True for one mail address and nothing else."""
    return _EMAIL.fullmatch(text) is not None


def readable_mail(text: str) -> str:
    """``text`` with "[at]" and "[dot]" in mail addresses written as the signs."""
    lowered = text.lower()
    return (
        _word("dot").sub(".", _word("at").sub("@", text))
        if any(sign in lowered for sign in _DISGUISED)
        else text
    )


@cache
def _word(name: str) -> re.Pattern[str]:
    """One of the expressions beside the words."""
    return re.compile(str(load(_NAME)[name]))


@cache
def _labels(kind: str) -> re.Pattern[str]:
    """Labels of one kind, for lower-case text."""
    return _any_of(str(label).lower() for label in load(_NAME)[kind])


def _any_of(phrases: Iterator[str]) -> re.Pattern[str]:
    found = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, found))})(?!\w)")


def _details(text: str) -> list[Detail]:
    """Details of the whole text, sought only around numbers, mailboxes and address labels."""
    windows: list[tuple[int, int]] = []
    for at, end in sorted(_places(_lowered(text))):
        first, last = max(0, at - _BEFORE), end + _MAX_VALUE
        if windows and first <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(last, windows[-1][1]))
        else:
            windows.append((first, last))
    moved = [(first, detail) for first, last in windows for detail in _details_in(text[first:last])]
    found = [replace(detail, at=detail.at + first, end=detail.end + first) for first, detail in moved]
    if any(detail.kind == "address" for detail in found):
        return [detail for detail in found if detail.kind != "place"]
    return found


def _lowered(text: str) -> str:
    """Lower case with every character in its place."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower()[:1] for c in text)


def _places(lowered: str) -> Iterator[tuple[int, int]]:
    """Where a detail may stand."""
    for found in _LONG_NUMBER.finditer(lowered):
        yield found.span()
    for sign in load(_NAME)["near"]:
        at = lowered.find(sign)
        while at >= 0:
            yield at, at + len(sign)
            at = lowered.find(sign, at + 1)


def _details_in(text: str) -> list[Detail]:
    text = _without_vendor(text)
    low = _lowered(text)
    faxes = _numbered(low, "fax")
    taken = {(detail.at, detail.end) for detail in faxes}
    phones = [
        detail
        for detail in _numbered(low, "phone")
        if (detail.at, detail.end) not in taken or _is_both(low, detail)
    ]
    used = {(detail.at, detail.end) for detail in (*phones, *faxes)}
    bare = [
        Detail("bare", m[0], m.start(), m.end())
        for m in _PHONE.finditer(text)
        if (m.start(), m.end()) not in used
    ]
    emails = [Detail("email", m[0], m.start(), m.end()) for m in _EMAIL.finditer(text)]
    addresses = _addresses(text, low) or _places_in(text)
    return sorted((*addresses, *phones, *faxes, *bare, *emails), key=lambda detail: detail.at)


def _places_in(text: str) -> list[Detail]:
    """Addresses without a label: from a house, street or village to the name of the province."""
    return [Detail("place", m[0], m.start(), m.end()) for m in _word("bare_place").finditer(text)]


@cache
def _vendor() -> re.Pattern[str]:
    return _any_of(str(words) for words in load(_NAME)["vendor"])


def _without_vendor(text: str) -> str:
    """The text with what follows a vendor's mention blanked, so that positions stay."""
    for found in _vendor().finditer(_lowered(text)):
        end = min(len(text), found.start() + _VENDOR_REACH)
        text = text[: found.start()] + " " * (end - found.start()) + text[end:]
    return text


def _numbered(text: str, kind: str) -> list[Detail]:
    """Numbers that stand right behind a label of ``kind``."""
    found = []
    for label in _labels(kind).finditer(text):
        number = _PHONE.search(text, label.end(), label.end() + _TO_NUMBER)
        if number and _is_between(text[label.end() : number.start()]):
            found.append(Detail(kind, number[0].strip(), number.start(), number.end()))
    return list({(detail.at, detail.end): detail for detail in found}.values())


def _is_between(gap: str) -> bool:
    """Between a label and its number only signs, or the other half of "Điện thoại/Fax", may stand."""
    rest = _labels("fax").sub("", _labels("phone").sub("", gap))
    return len(re.sub(r"[\W\d_]", "", rest)) <= 2


def _is_both(text: str, detail: Detail) -> bool:
    """True for a number behind a label that names telephone and fax together."""
    before = text[max(0, detail.at - 40) : detail.at]
    fax = _labels("fax").search(before)
    return fax is not None and any(
        _word("and").fullmatch(before[p.end() : fax.start()]) for p in _labels("phone").finditer(before)
    )


def _addresses(text: str, low: str) -> list[Detail]:
    found = []
    for label in _labels("address").finditer(low):
        rest = text[label.end() : label.end() + _MAX_VALUE]
        marked = _COLON.match(rest)
        if not marked:
            continue
        value = _until_label(rest[marked.end() :])
        if _is_address(value):
            at = label.end() + marked.end()
            found.append(Detail("address", value, at, at + len(value)))
    return found


def _until_label(rest: str) -> str:
    """The value up to the next label, number or sentence of something else."""
    low = _lowered(rest)
    ends = [m.start() for kind in ("phone", "fax", "email", "address") if (m := _labels(kind).search(low))]
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


def blocks_of(text: str) -> list[list[Detail]]:
    """Details that stand close together; a new address opens a new block."""
    blocks: list[list[Detail]] = []
    for detail in _details(text):
        last = blocks[-1] if blocks else []
        far = not last or detail.at - last[-1].end > _GAP
        again = detail.kind in _WHERE and any(each.kind in _WHERE for each in last)
        if far or again:
            blocks.append([])
        blocks[-1].append(detail)
    return [settled for block in blocks if (settled := _settled(block))]


def _settled(block: list[Detail]) -> list[Detail]:
    """A bare number beside an address is the telephone when none is labelled; else it is nothing. A place
    beside a number or a mailbox is the address."""
    places = any(detail.kind == "place" for detail in block)
    reachable = any(detail.kind not in _WHERE for detail in block)
    block = [replace(d, kind="address") if d.kind == "place" else d for d in block]
    if not reachable and places:
        return []
    kinds = {detail.kind for detail in block}
    if "phone" in kinds or "address" not in kinds:
        return [detail for detail in block if detail.kind != "bare"]
    return [replace(detail, kind="phone") if detail.kind == "bare" else detail for detail in block]
