"""Whose name stands there: offices named in petitions and documents, matched to the register.

Exact after folding (case, accents, abbreviations, former types), the longest name wins, never by
likeness. What is left beside the name decides how sure the match is: words that only dress a name
(a greeting, the head's title, the province) leave it sure, any others make it doubtful: the police
of a ward are not the ward.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from pages.docnumbers import find_number
from pages.text import label_key, unaccent
from rubric.model import Register, Unit
from rubric.names import names_of

_WORDS_FILE = Path(__file__).with_name("names.yml")

Whose = Literal["own", "other", "unknown", "nobody"]
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Names:
    """All units' names on one day as words, accented and plain; the abbreviations of numbers."""

    accented: Mapping[Phrase, frozenset[str]]
    plain: Mapping[Phrase, frozenset[str]]
    initials: Mapping[str, frozenset[str]]
    longest: int


@dataclass(frozen=True, slots=True)
class _Hit:
    ids: frozenset[str]
    start: int
    length: int


def whose(text: str | None, unit: Unit, register: Register, on: date, at_home: bool) -> Whose:
    """Whose name ``text`` is, seen from ``unit`` on a day.

    ``own``: surely the unit. ``other``: surely another unit of the register. ``unknown``: it may be the
    unit. ``nobody``: no name of the register stands there (or there is no text). ``at_home``: it stands
    on the unit's own portal, where an office may call itself by its type alone.
    """
    words = _phrase(text or "")
    hits = _hits(words, register, on)
    if not hits:
        return _self_name(words, unit) if at_home else "nobody"
    province = register.province
    named = [hit for hit in hits if province is None or hit.ids != {province.id}] or hits
    mine = [hit for hit in named if unit.id in hit.ids]
    sure = _dressed(words, hits) and all(len(hit.ids) == 1 for hit in named)
    if mine:
        return "own" if sure else "unknown"
    return "other" if sure else "nobody"


def whose_number(number: str | None, unit: Unit, register: Register, on: date) -> Whose:
    """Whose document a number is by its issuer's abbreviation ("12/QĐ-SKHCN"); ``unknown`` when several
    issuers share it, ``nobody`` when it is no unit's."""
    found = find_number(number) if number else None
    if found is None or not found.issuer:
        return "nobody"
    names = _names(register, on)
    whole = _initials_key(found.issuer)
    first = _initials_key(found.issuer.split("-")[0])
    ids = names.initials.get(whole) or names.initials.get(first) or frozenset()
    if unit.id not in ids:
        shared = first in _body_initials()
        return "unknown" if shared and unit.kind == "commune" else "other"
    return "own" if len(ids) == 1 else "unknown"


def _self_name(words: Phrase, unit: Unit) -> Whose:
    """A name without a proper name: the office's own way to call itself, a part of it, or nobody's."""
    own_types = {word for phrase in _phrases(_raw()["types"][unit.kind]) for word in phrase}
    named = bool(own_types & set(words))
    if not words or (_left(words, _words("bodies")) and not named):
        return "nobody"
    return "own" if named and not _left(words, _words("bodies")) else "unknown"


def _hits(words: Phrase, register: Register, on: date) -> list[_Hit]:
    """Names that stand in the words, longest first, none over another; accents first, then without."""
    names = _names(register, on)
    plain = tuple(unaccent(word) for word in words)
    return _scan(words, names.accented, names.longest) or _scan(plain, names.plain, names.longest)


def _scan(words: Phrase, names: Mapping[Phrase, frozenset[str]], longest: int) -> list[_Hit]:
    taken: set[int] = set()
    hits = []
    for length in range(min(longest, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            span = set(range(start, start + length))
            ids = names.get(words[start : start + length])
            if ids and not span & taken:
                taken |= span
                hits.append(_Hit(ids, start, length))
    return hits


def _dressed(words: Phrase, hits: Iterable[_Hit]) -> bool:
    """True when only dressing words are left beside the names (which part the rest into pieces)."""
    taken = {place for hit in hits for place in range(hit.start, hit.start + hit.length)}
    pieces: list[list[str]] = [[]]
    for place, word in enumerate(words):
        if place in taken:
            pieces.append([])
        else:
            pieces[-1].append(word)
    if len(pieces) > 1 and pieces[-1] and (pieces[-1][0],) in _words("localities"):
        pieces.pop()  # where the office lies, in words that the register does not hold
    return not any(_left(tuple(piece), _words("dress")) for piece in pieces)


def _left(words: Phrase, known: frozenset[Phrase]) -> bool:
    """True when something is left after taking known phrases off the front, longest first."""
    place = 0
    while place < len(words):
        length = next((n for n in range(len(words) - place, 0, -1) if words[place : place + n] in known), 0)
        if not length:
            return True
        place += length
    return False


@lru_cache(maxsize=16)
def _names(register: Register, on: date) -> _Names:
    accented: dict[Phrase, set[str]] = {}
    plain: dict[Phrase, set[str]] = {}
    initials: dict[str, set[str]] = {}
    for unit in register.units:
        for name in _spellings(unit, on):
            accented.setdefault(name, set()).add(unit.id)
            plain.setdefault(tuple(unaccent(word) for word in name), set()).add(unit.id)
        for short in _short_names(unit):
            initials.setdefault(short, set()).add(unit.id)
    return _Names(
        accented={name: frozenset(ids) for name, ids in accented.items()},
        plain={name: frozenset(ids) for name, ids in plain.items()},
        initials={name: frozenset(ids) for name, ids in initials.items()},
        longest=max((len(name) for name in accented), default=0),
    )


def _spellings(unit: Unit, on: date) -> set[Phrase]:
    """The unit's names, also with the usual abbreviations of type words."""
    names = {_phrase(name) for name in names_of(unit, on)} - {()}
    for long, shorts in _raw()["abbreviations"].items():
        for name in list(names):
            names |= {_replaced(name, _phrase(long), _phrase(short)) for short in shorts}
    return names


def _replaced(name: Phrase, long: Phrase, short: Phrase) -> Phrase:
    for place in range(len(name) - len(long)):
        if name[place : place + len(long)] == long:
            return name[:place] + short + name[place + len(long) :]
    return name


def _short_names(unit: Unit) -> set[str]:
    """The abbreviations by which the unit's documents are numbered: initials of its name, one-word
    aliases. Communes have none of their own: all of them sign as the people's committee."""
    if unit.kind == "commune":
        return set()
    connectors = _words("connectors")
    name = [word for word in _phrase(unit.name) if (word,) not in connectors]
    spoken = {"".join(word[0] for word in name), "".join(word[0] for word in _phrase(unit.name))}
    aliases = {alias for alias in unit.aliases if alias.isupper()}
    return {_initials_key(short) for short in spoken | aliases if len(short) > 1}


def _initials_key(short: str) -> str:
    return "".join(letter for letter in unaccent(short) if letter.isalnum())


@cache
def _body_initials() -> frozenset[str]:
    return frozenset(_initials_key(phrase[0]) for phrase in _words("bodies") if len(phrase) == 1)


@cache
def _raw() -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load(_WORDS_FILE.read_text(encoding="utf-8"))
    return raw


@cache
def _words(name: str) -> frozenset[Phrase]:
    return _phrases(_raw()[name])


def _phrases(words: Iterable[str]) -> frozenset[Phrase]:
    return frozenset(_phrase(word) for word in words)


def _phrase(text: str) -> Phrase:
    return tuple(label_key(text).split())
