"""What a menu label means: the section keys it names, by the lexicon ``lexicon/sections.yml``.

Labels are compared as words: case, punctuation, numbering, filler words and abbreviations do not
count, accents do. Exact match first, else the longest known phrase in the label wins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from pages.text import label_key, unaccent

_WINS = 1000  # added to the length of a phrase that beats every longer one
_SHORT_LABEL = 8  # syllables (most Vietnamese words have two)
_SHORT_HEADING = 5
_LONGEST_LABEL = 13  # a longer text is a headline, unless it begins with a long known phrase
_LONG_PHRASE = 5
_LONG_SLUG = 3
_NUMBERING = re.compile(r"\d+|[ivx]+")
_DIVIDED = re.compile(r"\s+[-–—]\s+|\s*[/|,;&]\s*")
_MOST_PARTS = 4  # parts of a label that names several things

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Meaning:
    sections: tuple[str, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class _Lexicon:
    exact: dict[Words, _Meaning]
    starts: dict[Words, _Meaning]
    within: dict[Words, _Meaning]
    offices: frozenset[Words]
    not_offices: frozenset[Words]
    undivided: frozenset[Words]
    longest: int


@cache
def _source() -> dict[str, Any]:
    text = (Path(__file__).parent / "lexicon" / "sections.yml").read_text("utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return data


@cache
def _fillers() -> frozenset[str]:
    return frozenset(label_key(word) for word in _source()["fillers"])


@cache
def _abbreviations() -> dict[str, Words]:
    return {
        label_key(short): tuple(label_key(full).split()) for short, full in _source()["abbreviations"].items()
    }


@lru_cache(maxsize=8192)
def label_words(label: str) -> Words:
    """The words by which a label is compared: abbreviations spelt out, fillers and numbering dropped."""
    words: list[str] = []
    for word in label_key(label).split():
        words.extend(_abbreviations().get(word, (word,)))
    words = [word for word in words if word not in _fillers()]
    while len(words) > 1 and _NUMBERING.fullmatch(words[0]):
        words.pop(0)
    while len(words) > 1 and words[-1].isdigit() and len(words[-1]) != 2:
        words.pop()
    return tuple(words)


@cache
def _lexicon() -> _Lexicon:
    tables: dict[str, dict[Words, _Meaning]] = {"exact": {}, "starts": {}, "within": {}}
    for stanza in _source()["stanzas"]:
        for how, table in tables.items():
            for phrase in stanza.get(how, ()):
                words = label_words(phrase)
                weight = len(" ".join(words)) + (_WINS if stanza.get("wins") else 0)
                table.setdefault(words, _Meaning(tuple(stanza["sections"]), weight))
    offices, others, undivided = (
        frozenset(map(label_words, _source()[key])) for key in ("offices", "not_offices", "undivided")
    )
    longest = max(len(words) for table in tables.values() for words in table)
    return _Lexicon(tables["exact"], tables["starts"], tables["within"], offices, others, undivided, longest)


@lru_cache(maxsize=8192)
def match_sections(label: str) -> tuple[str, ...]:
    """Section keys that a menu label names; empty when it names none (or an office)."""
    words, lexicon = label_words(label), _lexicon()
    if not words:
        return ()
    if meaning := _whole(words):
        return meaning.sections
    heads = {words[:n] for n in range(1, lexicon.longest + 1)}
    if heads & lexicon.offices and not heads & lexicon.not_offices:
        return ()
    found = [
        lexicon.starts[head] for head in heads if head in lexicon.starts and _is_label(words, head, at=0)
    ]
    found += [
        lexicon.within[part]
        for at, part in _parts(words, lexicon.longest)
        if part in lexicon.within and _is_label(words, part, at)
    ]
    return max(found, key=lambda meaning: meaning.weight).sections if found else _by_parts(label, words)


def _by_parts(label: str, words: Words) -> tuple[str, ...]:
    """Sections of a short label that joins several things ("Thống kê - Y tế"), by the parts that are
    known labels themselves."""
    parts = [label_words(part) for part in _DIVIDED.split(label)]
    if not 1 < len(parts) <= _MOST_PARTS or len(words) > _SHORT_LABEL:
        return ()
    lexicon = _lexicon()
    known = [lexicon.exact[part] for part in parts if part in lexicon.exact and part not in lexicon.undivided]
    return tuple(dict.fromkeys(key for meaning in known for key in meaning.sections))


def sections_named(label: str) -> tuple[str, ...]:
    """Section keys of a text that is a known label and hardly anything more: no headline is so short."""
    words = label_words(label)
    if len(words) <= _SHORT_HEADING:
        return match_sections(label)
    meaning = _whole(words)
    return meaning.sections if meaning else ()


def _whole(words: Words) -> _Meaning | None:
    lexicon = _lexicon()
    return lexicon.exact.get(words) or lexicon.within.get(words) or lexicon.starts.get(words)


def _is_label(words: Words, phrase: Words, at: int) -> bool:
    """Whether a text that holds ``phrase`` is still a label, not a headline about its subject: it is
    short, or not much longer than the phrase, or begins with a long one (a whole criterion of a plan)
    and holds no figures."""
    if len(words) <= max(_SHORT_LABEL, 2 * len(phrase)):
        return True
    if any(word.isdigit() for word in words):
        return False
    return at == 0 and (len(phrase) >= _LONG_PHRASE or (len(words) <= _LONGEST_LABEL and len(phrase) >= 3))


def _parts(words: Words, longest: int) -> set[tuple[int, Words]]:
    """Runs of words in which a phrase may stand, each with its place."""
    starts = range(min(len(words), _LONGEST_LABEL))
    return {(i, words[i:j]) for i in starts for j in range(i + 1, min(len(words), i + longest) + 1)}


@cache
def _slugs() -> dict[Words, _Meaning]:
    """Known phrases as they look in addresses (with đ as d, and with đ dropped)."""
    slugs: dict[Words, _Meaning] = {}
    lexicon = _lexicon()
    for table in (lexicon.exact, lexicon.within, lexicon.starts):
        for words, meaning in table.items():
            joined = " ".join(words)
            for spelling in {unaccent(joined), unaccent(joined.replace("đ", ""))}:
                known = slugs.setdefault(tuple(spelling.split()), meaning)
                if known.sections != meaning.sections:
                    slugs[tuple(spelling.split())] = _Meaning((), meaning.weight)
    return slugs


def _spelt_out(words: list[str]) -> Words:
    """The words of an address, abbreviations spelt out, all without accents."""
    full = (" ".join(_abbreviations().get(word, (word,))) for word in words if word)
    return tuple(unaccent(" ".join(full)).split())


def match_slug(path: str) -> tuple[str, ...]:
    """Section keys that the last part of an address names (``cong-khai-ngan-sach.html``), for pictures
    without any words. The whole of it is a known label, or it holds one of at least three words:
    shorter ones mean too much without their accents. Portals that drop đ are known."""
    last = re.sub(r"\.(?:html?|aspx|php)$", "", path.partition("?")[0].strip("/").rpartition("/")[2].lower())
    words, slugs = _spelt_out(re.split(r"[-_.+\s]+", last)), _slugs()
    if words in slugs:
        return slugs[words].sections
    parts = _parts(words, _lexicon().longest)
    found = [slugs[part] for _, part in parts if len(part) >= _LONG_SLUG and part in slugs]
    return max(found, key=lambda meaning: meaning.weight).sections if found else ()
