"""A person named in running text: after a form of address, with what the line says of them."""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import Final

from pages.contactdetails import readable_mail
from pages.model import Officer
from pages.vocabulary import load

_MAX_NAME: Final = 60
_MAX_VALUE: Final = 80
_DIGITS = re.compile(r"\d")
_MAIL = re.compile(r"[\w.%+-]+@[\w.-]+\.\w{2,}")
_NUMBER = re.compile(r"(?<![\w@])\(?\+?\d[\d .()]{6,}\d")
_CUT = re.compile(r"\s+[-–]\s+|\s*[,;|•]\s*")


def addressed(lines: list[str]) -> Officer:
    """The officer of the first line with a form of address and a name; an empty one when there is none.

    What stands behind the name, between dashes or commas, is the position, then the workplace; numbers
    and mailboxes stand there or in the labelled lines right below.
    """
    for at, line in enumerate(lines):
        found = _address().search(line)
        parts = _CUT.split(found[1]) if found else []
        name = called(parts[0]) if parts else None
        if name is not None:
            said = [part.strip(" .:") for part in parts[1:] if len(part) > 1 and not _is_detail(part)]
            below = itertools.takewhile(lambda later: _labelled().match(later), lines[at + 1 : at + 5])
            return _officer(name, said, "; ".join((line, *below)))
    return Officer()


def _officer(name: str, said: list[str], text: str) -> Officer:
    position, workplace = (*said[:2], None, None)[:2]
    mail = _MAIL.search(readable_mail(text))
    numbers: dict[bool, str] = {}
    for found in _NUMBER.finditer(text):
        numbers.setdefault(bool(_fax().search(text[: found.start()][-8:])), found[0].strip())
    return Officer(
        name, position, workplace, numbers.get(False), numbers.get(True), mail[0] if mail else None
    )


def called(text: str) -> str | None:
    """A person's name: two to seven capitalised words without digits, after the form of address."""
    head = re.split(r"[,;(–]| - ", _titles().sub("", text))[0].strip(" .:")
    words = head.split()
    if not 2 <= len(words) <= 7 or len(head) > _MAX_NAME or _DIGITS.search(head):
        return None
    return head if all(word[0].isupper() for word in words) else None


def _is_detail(part: str) -> bool:
    return bool(len(part) > _MAX_VALUE or _DIGITS.search(part) or "@" in part or ":" in part)


@cache
def _alternatives(key: str) -> str:
    known = load("contact")["officer"]
    words = known["titles"] if key == "titles" else known["roles"][key]
    return "|".join(sorted((re.escape(str(word)) for word in words), key=len, reverse=True))


@cache
def _titles() -> re.Pattern[str]:
    return re.compile(rf"^(?:(?:{_alternatives('titles')})\.?:?\s+)+", re.IGNORECASE)


@cache
def _address() -> re.Pattern[str]:
    """A form of address at the start of a line, or behind the words that say whom the line names."""
    return re.compile(rf"(?:^|[:–-]\s*)(?:(?:{_alternatives('titles')})\.?:?\s+)+(\S.+)$", re.IGNORECASE)


@cache
def _fax() -> re.Pattern[str]:
    return re.compile(rf"(?:{_alternatives('fax')})\W*$", re.IGNORECASE)


@cache
def _labelled() -> re.Pattern[str]:
    roles = "|".join(map(_alternatives, ("phone", "fax", "email")))
    return re.compile(rf"\W*(?:{roles})\b", re.IGNORECASE)
