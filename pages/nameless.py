"""Words of question pages without the person who asked: offices and public titles, nobody's name or home.

Who asked is personal data and leaves no reader. A text counts as an office only when it begins as
one; a title ends before the first words that tell of a person (a telephone, an address, "I am …").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from pages.model import Question
from pages.text import fold, label_key
from pages.vocabulary import keys, pattern

_NAME: Final = "nameless"
_MIN_TITLE: Final = 8
_MAX_TITLE: Final = 300
_MAX_OFFICE: Final = 160
_MIN_PRIVATE: Final = 4  # characters from which on what a person's field holds is looked for elsewhere
_MIN_WHOLE: Final = 12
_NAME_WORDS: Final = (2, 6)
_EDGE: Final = " \t.,;:|-–—(["

_PHONE = re.compile(
    r"(?<![\d/])(?!\d{1,2}[-.]\d{1,2}[-.]\d{4})(?:\(?\+?84\)?|\(?0)(?:[\s.\-()]{0,2}\d){8,10}(?!\d)"
)
_CARD = re.compile(r"(?<!\d)(?:\d{12}|\d{9})(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*")
_PARTS = re.compile(r"\s*[,;|()\[\]]\s*|\s+[-–—]\s+|\s*:\s+")
_WORD = re.compile(r"[^\W\d_]+")
_TAIL = re.compile(r"\s*[(\[][^()\[\]]*[)\]]?\s*$")


def office(text: str) -> str | None:
    """The office that ``text`` names; None when it names none, or tells of a person's home or telephone.

    A name before the office ("A - Phòng Tư pháp") is left out, brackets and an address after it too.
    """
    said = _ungreeted(_TAIL.sub("", fold(text)).strip(_EDGE + ")]"))
    if not said or len(said) > _MAX_OFFICE or _tells(said):
        return None
    pieces = list(_pieces(said))
    for at, (start, piece) in enumerate(pieces):
        if _begins(piece, "offices") or (at == 0 and _begins(piece, "localities")):
            return _unnamed(said[start : _office_end(said, pieces[at:])]).strip(_EDGE) or None
        if not is_person(piece):
            return None
    return None


def _ungreeted(text: str) -> str:
    """The text without the polite words that a letter opens with."""
    while (
        head := next((end for end in _heads(text) if label_key(text[:end]) in _greetings()), None)
    ) is not None:
        text = text[head:].strip(_EDGE)
    return text


def _heads(text: str) -> Iterator[int]:
    ends = [match.end() for match in _WORD.finditer(text)][:3]
    return (end for end in reversed(ends) if end < len(text))


@cache
def _greetings() -> frozenset[str]:
    return keys(_NAME, "greetings")


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for mark in _PARTS.finditer(text):
        yield start, text[start : mark.start()]
        start = mark.end()
    yield start, text[start:]


def _begins(piece: str, entry: str) -> bool:
    """The piece opens with such a word, titles of its head put aside, and lies at no private address."""
    key = label_key(piece)
    while (title := pattern(_NAME, "titles").match(key)) is not None:
        key = key[title.end() :].strip()
    found = pattern(_NAME, entry).match(key)
    return found is not None and pattern(_NAME, "homes").search(key) is None


def _office_end(text: str, pieces: list[tuple[int, str]]) -> int:
    """Where the office ends: before a part that is an address or a person."""
    end = pieces[0][0] + len(pieces[0][1])
    for start, piece in pieces[1:]:
        key = label_key(piece)
        if pattern(_NAME, "homes").search(key) or pattern(_NAME, "streets").match(key) or is_person(piece):
            break
        end = start + len(piece)
    return min(end, len(text))


def _tells(text: str) -> bool:
    """A telephone, an e-mail address or the label of a person's field stands in the text."""
    return any(found.search(text) for found in (_PHONE, _CARD, _MAIL, _labels()))


@cache
def _labels() -> re.Pattern[str]:
    """The first words of what tells of a person: labels with their colon, and set phrases."""
    labels = _any(keys(_NAME, "labels"))
    phrases = _any(keys(_NAME, "phrases"))
    return re.compile(rf"(?<!\w)(?:(?:{labels})\s*[:：]|(?:{phrases})(?!\w))", re.IGNORECASE)


def _any(words: Iterable[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"[\s/,.&-]{1,3}") for word in ordered)


def public_title(text: str | None, private: Iterable[str] = ()) -> str | None:
    """The words of a public title up to the first that tells of a person, names taken out; None when too
    little is left. ``private`` are texts known to be the person's (the asker's field)."""
    said = fold(text or "")
    if not said:
        return None
    whole = said
    for found in (_PHONE, _CARD, _MAIL, _labels()):
        if (first := found.search(said)) is not None:
            said = said[: first.start()]
    for secret in _secrets(private):
        at = said.casefold().find(secret)
        said = said[:at] if at >= 0 else said
    said = _unnamed(said)
    if said == whole:
        return said[:_MAX_TITLE]
    said = said.strip(_EDGE)
    return said[:_MAX_TITLE] if sum(map(str.isalpha, said)) >= _MIN_TITLE else None


def _secrets(private: Iterable[str]) -> set[str]:
    """The person's texts and their parts, long enough to be looked for; words of offices are none."""
    found: set[str] = set()
    for text in map(fold, private):
        found |= {part for part in _PARTS.split(text) if is_person(part) or is_person(part.title())}
        found |= {part for part in _PARTS.split(text) if sum(map(str.isdigit, part)) >= _MIN_PRIVATE}
        found |= {text} if len(text) >= _MIN_WHOLE else set()
    fit = {part.casefold().strip(_EDGE) for part in found if not _begins(part, "offices")}
    return {part for part in fit if len(part) >= _MIN_PRIVATE and part not in keys(_NAME, "honorifics")}


def _unnamed(text: str) -> str:
    """The text without persons' names: after a form of address, or opened by a family name. In capitals
    where a name ends cannot be told: the text ends before it."""
    if text.isupper():
        words = list(_WORD.finditer(text))
        first = next((at for at, word in enumerate(words) if _is_common(words, at, word[0])), None)
        return text if first is None else text[: words[first].start()]
    kept: list[str] = []
    done = 0
    for start, end in _names(text):
        kept.append(text[done:start])
        done = len(text) if _lives(text[end:]) else end
        if done > end:
            break
    kept.append(text[done:])
    return fold(" ".join(piece.strip() for piece in kept if piece.strip(_EDGE))) if done else text


def _lives(text: str) -> bool:
    """What follows a name goes on with where that person lives."""
    mark = _PARTS.match(text)
    key = label_key(text[mark.end() :]) if mark else ""
    homes = ("homes", "streets", "localities")
    return key[:1].isdigit() or any(pattern(_NAME, entry).match(key) for entry in homes)


def _is_common(words: list[re.Match[str]], at: int, word: str) -> bool:
    return word.casefold() in keys(_NAME, "common") and not _before(words, at, "places")


def _names(text: str) -> Iterator[tuple[int, int]]:
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        run = _run(text, words, at)
        if len(run) < _NAME_WORDS[0]:
            at += 1
        elif _before(words, at, "places"):  # a street, school or commune that bears the name
            at += len(run)
        elif (offset := _name_in(words, at, len(run))) is not None:
            yield run[offset].start(), run[-1].end()
            at += len(run)
        else:
            at += len(run)


def _run(text: str, words: list[re.Match[str]], at: int) -> list[re.Match[str]]:
    """The words from ``at`` on that are written as a name is, with only blanks between them."""
    run: list[re.Match[str]] = []
    for word in words[at:]:
        if not word[0][0].isupper() or (run and text[run[-1].end() : word.start()].strip()):
            break
        run.append(word)
    return run


def _name_in(words: list[re.Match[str]], at: int, size: int) -> int | None:
    """Where in a run of capitalised words a person's name begins: at its start by any family name or after
    a form of address, inside it by a common family name or a form of address."""
    said = [word[0].casefold() for word in words[at : at + size]]
    if said[0] in keys(_NAME, "surnames") or _before(words, at, "honorifics"):
        return 0
    for offset in range(1, size - 1):
        known = said[offset] in keys(_NAME, "common") and said[offset - 1] not in keys(_NAME, "places")
        if known or said[offset - 1] in keys(_NAME, "honorifics"):
            return offset
    return None


def _before(words: list[re.Match[str]], at: int, entry: str) -> bool:
    """The word at ``at`` follows such a word or two, with only blanks between."""
    if at == 0 or words[at].string[words[at - 1].end() : words[at].start()].strip(" ."):
        return False
    said = [word[0].casefold() for word in words[max(0, at - 2) : at]]
    return said[-1] in keys(_NAME, entry) or " ".join(said) in keys(_NAME, entry)


def is_person(text: str) -> bool:
    """A short text that is written as a person's name: capitalised words, or opened by a family name."""
    said = fold(text).strip(_EDGE + ")]")
    first, _, rest = said.partition(" ")
    if first.casefold() in keys(_NAME, "honorifics"):
        said = rest
    words = said.split()
    if not _NAME_WORDS[0] <= len(words) <= _NAME_WORDS[1]:
        return False
    if not all(word[0].isupper() and word.replace("-", "").isalpha() for word in words):
        return False
    if _begins(said, "offices") or _begins(said, "localities"):
        return words[0].casefold() in keys(_NAME, "surnames") and not said.isupper()
    return not said.isupper() or words[0].casefold() in keys(_NAME, "surnames")


def is_private(text: str) -> bool:
    """A line about the person who asked: it tells of one, or opens with a name and goes on after a mark."""
    first = next((piece for _, piece in _pieces(fold(text)) if piece), "")
    return _tells(text) or is_person(first)


def published(question: Question, private: Iterable[str] = ()) -> Question:
    """The question with nothing of the person who asked in any of its texts."""
    texts = tuple(private)
    return replace(
        question,
        ref=question.ref if question.ref and not _MAIL.search(question.ref) else None,
        subject=public_title(question.subject, texts),
        addressee=office(question.addressee) if question.addressee else None,
        quote=public_title(question.quote, texts) or "",
    )
