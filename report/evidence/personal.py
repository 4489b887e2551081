"""What on a page of petitions names a citizen: names, telephones, e-mail addresses, homes.

Found by label, by the keys of hidden data and by their own shape; when in doubt a text is taken for
personal. What judging rests on is never taken: dates, numbers of petitions, the offices addressed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from pages.text import label_key, unaccent
from pages.tree import Page
from pages.vocabulary import load

_WORDS: Final = Path(__file__).with_name("personal.yml")
_READERS: Final = "questions"

_EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_OFFICIAL = re.compile(r"\.gov\.vn\Z", re.I)
_PHONE = re.compile(r"(?<![\w.,/-])(?:\+?84|0)(?:[ .-]?\d){8,10}(?![\w/]|[.,-]\d)")
_DATE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?:\D{0,3}\d{1,2}[:hg]\d{0,2}(?::\d{2})?)?|\d{1,2}[:h]\d{2}(?::\d{2})?"
)
_PARTS = re.compile(r"\s+[-–—|•]\s+|[;,()|•·\t\r\n]+|\s{3,}")
_LABEL = re.compile(r"([^\W\d_][^:：\n]{0,40})[:：]\s*")
_PAIR = re.compile(r"""\\?["'](\w{2,60})\\?["']\s*:\s*\\?["']((?:[^"'\\]|\\.){2,300}?)\\?["']""")
_CELLS: Final = ("td", "th", "dt", "dd", "li", "p", "div", "span", "b", "strong", "label")
_MIN: Final = 3  # characters; shorter texts name nobody
_LINE: Final = 240  # longest text that is a signature and no prose
_VALUE: Final = 160


@dataclass(frozen=True, slots=True)
class Personal:
    """One text that names a citizen. ``kind``: name, phone, email, address or other."""

    text: str
    kind: str


@cache
def _words() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(_WORDS.read_text("utf-8"))
    return loaded


@cache
def _labels() -> frozenset[str]:
    roles = load(_READERS)["roles"]
    return frozenset(
        label_key(str(word)) for word in (*_words()["labels"], *roles["asker"], *roles["personal"])
    )


@cache
def _neutral() -> frozenset[str]:
    """Labels and states: words that stand on such pages and name nobody."""
    lexicon = load(_READERS)
    found = [word for words in lexicon["roles"].values() for word in words]
    for name in ("answered_words", "unanswered_words", "answer_marks", "question_marks", "bodies"):
        found += lexicon[name]
    return frozenset(label_key(str(word)) for word in found) | _labels()


@cache
def _name_pattern() -> re.Pattern[str]:
    families = "|".join(sorted(map(re.escape, _words()["family_names"]), key=len, reverse=True))
    families += "|" + "|".join(name.upper() for name in _words()["family_names"])
    return re.compile(rf"(?<!\w)(?:{families})(?:\s+[^\W\d_a-z][^\W\d_]*){{1,4}}(?!\w)")


@cache
def _home_pattern() -> re.Pattern[str]:
    return re.compile(_words()["home"], re.I)


@cache
def _before_pattern() -> re.Pattern[str]:
    words = "|".join(map(re.escape, _words()["not_behind"]))
    return re.compile(rf"(?<!\w)(?:{words})\s*\Z", re.I)


def personal_texts(page: Page, kept: Iterable[str]) -> tuple[Personal, ...]:
    """The texts on the page that name a citizen, longest first, none twice.

    ``kept`` are texts that must stay readable: the offices addressed, the petitions' numbers.
    """
    stay = {label_key(text) for text in kept if text}
    found: dict[str, str] = {}
    for text, kind in _found(page):
        clean = text.strip(" \t\r\n.,;:-–—|()[]\"'\u00a0")
        if len(clean) >= _MIN and not _stays(clean, stay):
            found.setdefault(clean, kind)
    return tuple(Personal(text, found[text]) for text in sorted(found, key=lambda t: (-len(t), t)))


def _stays(text: str, stay: set[str]) -> bool:
    key = label_key(text)
    return (
        not key or key in _neutral() or key in stay or any(key in office for office in stay if len(key) > 3)
    )


def _found(page: Page) -> Iterator[tuple[str, str]]:
    for text in _segments(page):
        yield from _in_text(text)
    yield from _labelled_cells(page)
    for source in _hidden(page):
        yield from _in_data(source)


def _segments(page: Page) -> Iterator[str]:
    for element in page.main.iter():
        if isinstance(element.tag, str):
            for text in (element.text, element.tail if element is not page.main else None):
                if text and text.strip():
                    yield text
            for name in ("title", "alt", "content", "data-name"):
                if value := element.get(name):
                    yield value


def _in_text(text: str) -> Iterator[tuple[str, str]]:
    """What a text holds by label or by shape; a signature (one of them in a short line) goes whole."""
    sure = list(_shaped(text))
    yield from sure
    labelled = list(_labelled(text))
    yield from labelled
    if (sure or labelled) and len(text) <= _LINE:
        yield from _signature(text)


def _shaped(text: str) -> Iterator[tuple[str, str]]:
    for match in _EMAIL.finditer(text):
        if not _OFFICIAL.search(match[0]):
            yield match[0], "email"
    for match in _PHONE.finditer(text):
        yield match[0], "phone"
    for match in _name_pattern().finditer(text):
        if not _before_pattern().search(text[: match.start()]):
            yield match[0], "name"
    for match in _home_pattern().finditer(text):
        yield _DATE.split(match[0])[0], "address"


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    """Values behind ``label:`` inside one text, each up to the next label or part."""
    labels = list(_LABEL.finditer(text))
    for place, match in enumerate(labels):
        words = _PARTS.split(match[1])[-1]
        if label_key(words) in _labels():
            end = labels[place + 1].start() if place + 1 < len(labels) else len(text)
            yield from _parts(text[match.end() : end])


def _signature(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a line that says who asked, but for its labels and offices."""
    for part in _PARTS.split(text):
        label, colon, value = part.rpartition(":")
        if not colon:
            yield from _parts(_unlabelled(part))
        elif label_key(label) in _labels():
            yield from _parts(value)


def _unlabelled(part: str) -> str:
    """A part without the label that stands before its value with no colon between."""
    words = part.split()
    for count in range(min(4, len(words) - 1), 0, -1):
        if label_key(" ".join(words[:count])) in _neutral():
            return part.split(None, count)[-1]
    return part


def _parts(text: str) -> Iterator[tuple[str, str]]:
    for piece in _DATE.split(text[: 2 * _VALUE]):
        for part in _PARTS.split(piece):
            if part.strip() and len(part) <= _VALUE:
                yield part, "other"


def _labelled_cells(page: Page) -> Iterator[tuple[str, str]]:
    """Values that stand in the element behind their label's, and in columns under it."""
    for element in page.main.iter(*_CELLS):
        label = page.text_of(element).rstrip(" :：")
        if len(label) > 40 or label_key(label) not in _labels():
            continue
        following = element.getnext()
        if following is not None and element.tag not in ("th",):
            yield from _parts(page.text_of(following))
        elif element.tail and element.tail.strip():
            yield from _parts(element.tail)
        if element.tag in ("th", "td"):
            yield from _column(page, element)


def _column(page: Page, header: Any) -> Iterator[tuple[str, str]]:
    row = header.getparent()
    if row is None or (row.getprevious() is not None and header.tag != "th"):
        return
    place = [cell for cell in row if cell.tag in ("td", "th")].index(header)
    table = next(header.iterancestors("table"), None)
    for other in table.iter("tr") if table is not None else ():
        cells = [cell for cell in other if cell.tag in ("td", "th")]
        if other is row and len(cells) > place + 1 and header.tag == "th" and cells[place + 1].tag == "td":
            yield from _parts(page.text_of(cells[place + 1]))
        elif other is not row and len(cells) > place:
            yield from _parts(page.text_of(cells[place]))


def _hidden(page: Page) -> Iterator[str]:
    yield from (source for _, source in page.scripts)
    for field in page.root.iter("input", "textarea"):
        value = (field.get("value") if field.tag == "input" else field.text) or ""
        if "{" in value:
            yield value
    if page.html.lstrip()[:1] in ("{", "["):
        yield page.html


def _in_data(source: str) -> Iterator[tuple[str, str]]:
    for match in _PAIR.finditer(source):
        key = unaccent(match[1])
        office = any(word in key for word in _words()["office_keys"])
        if any(word in key for word in _words()["keys"]) and not office:
            yield match[2], "other"
        yield from _shaped_data(match[2])


def _shaped_data(text: str) -> Iterator[tuple[str, str]]:
    for found, kind in _shaped(text):
        if kind in ("email", "phone"):
            yield found, kind
