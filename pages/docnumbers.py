"""Document numbers (số, ký hiệu): found in running text, told apart by their form.

The forms come from Decree 30/2020/NĐ-CP and the law on legal documents; abbreviations stand in
``lexicon/docnumbers.yml``. A number does not identify a document: it starts again each year and with
each issuer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from pages.text import fold

Kind = Literal["qppl", "named", "letter", "party", "copy", "blank"]

_LEXICON: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "lexicon" / "docnumbers.yml").read_text("utf-8")
)
_DASHES = re.compile("[\u2010-\u2015\u2212]")


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) + ")"


@dataclass(frozen=True, slots=True)
class DocNumber:
    """A document number as read. ``number`` is without stray spaces and with plain dashes; a
    ``blank`` one (a form not yet numbered) begins with the slash. ``type`` is the abbreviation;
    letters, which write none, have ``CV``."""

    number: str
    type: str | None
    issuer: str | None
    year: int | None
    kind: Kind


_SERIAL = r"(?<![\w/.,:-])(?P<serial>\d{1,6}(?:\.\d{1,3})?[a-zđ]?)\s?"
_YEAR = r"/\s?(?P<year>(?:19|20)\d\d)\s?"
_CODE = r"[A-ZÂÊÔĂĐƠƯ](?:[A-ZÂÊÔĂĐƠƯa-zđ]|\.(?=[A-ZĐ\d]))*(?:&[A-ZÂÊÔĂĐƠƯa-zđ]+)*\d{0,2}"
_CODES = rf"{_CODE}(?:\s?-\s?{_CODE})*"
_END = r"(?![\w&/])"
_TYPE_END = r"(?:\s?-\s?|\s?/\s?|(?=\w))"

_LEGAL = re.compile(
    rf"{_SERIAL}{_YEAR}/\s?(?P<type>{_any(_LEXICON['legal'])}){_TYPE_END}(?P<issuer>{_CODES}){_END}"
)
_ASSEMBLY = re.compile(rf"{_SERIAL}{_YEAR}/\s?(?P<issuer>{_LEXICON['assemblies']}){_END}")
_NAMED = re.compile(
    rf"{_SERIAL}/\s?(?P<type>{_any([*_LEXICON['named'], *_LEXICON['copy']])})"
    rf"(?:\s?-\s?|/)(?P<issuer>{_CODES}){_END}"
)
_LETTER = re.compile(rf"{_SERIAL}(?:{_YEAR})?/\s?(?P<issuer>(?=\S{{2}}){_CODE}\s?-\s?{_CODES}){_END}")
_SHORT_LETTER = re.compile(rf"{_SERIAL}/\s?(?P<issuer>{_any(_LEXICON['offices'])}){_END}(?!\s?-)")
_PARTY = re.compile(rf"{_SERIAL}-\s?(?P<type>{_any(_LEXICON['party'])})\s?/\s?(?P<issuer>{_CODES}){_END}")
_BLANK = re.compile(
    rf"(?<!\w){_any(_LEXICON['number_word'])}\s*:?{_LEXICON['blank']}/\s?(?:(?P<year>(?:19|20)\d\d)/)?"
    rf"(?P<rest>{_CODE}(?:\s?-\s?{_CODES})?){_END}",
    re.I,
)
_STANDARD = re.compile(rf"{_any(_LEXICON['standards'])}[\s/:-]*$")
_FORMS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (_ASSEMBLY, "qppl"), (_LEGAL, "qppl"), (_PARTY, "party"), (_NAMED, "named"), (_LETTER, "letter"),
    (_SHORT_LETTER, "letter"),
)  # fmt: skip
_SPACES = re.compile(r"\s+")


def find_number(text: str) -> DocNumber | None:
    """The first document number that stands in ``text``; None when none does.

    Counts (``101/112``), dates, standards and units of measure are no document numbers.
    """
    s = _DASHES.sub("-", fold(text))
    if "/" not in s:
        return None
    found = [(m.start(), order, m) for order, (form, _) in enumerate(_FORMS) if (m := form.search(s))]
    found = [f for f in found if not _STANDARD.search(s[: f[0]])]
    if not found:
        return _blank(s) or _careless(s)
    _, order, first = min(found, key=lambda f: f[:2])
    return _read(first, _FORMS[order][1])


def _read(found: re.Match[str], kind: Kind) -> DocNumber:
    groups = found.groupdict()
    abbreviation: str | None = groups.get("type") or (_LEXICON["letter"] if kind == "letter" else None)
    if abbreviation in _LEXICON["copy"] and kind == "named":
        kind = "copy"
    year = groups.get("year")
    number = _SPACES.sub("", found[0])
    issuer = _SPACES.sub("", groups["issuer"])
    return DocNumber(number, abbreviation, issuer, int(year) if year else None, kind)


def _blank(s: str) -> DocNumber | None:
    found = _BLANK.search(s)
    if not found:
        return None
    rest, year = _SPACES.sub("", found["rest"]), found["year"]
    first, _, issuer = rest.partition("-")
    known = first in _LEXICON["named"] or first in _LEXICON["legal"]
    number = f"/{year}/{rest}" if year else f"/{rest}"
    return DocNumber(
        number,
        first if known else None,
        (issuer if known else rest) or None,
        int(year) if year else None,
        "blank",
    )


def _careless(s: str) -> DocNumber | None:
    """A cell that is a number throughout, written without capitals."""
    upper = s.upper()
    return find_number(upper) if upper != s and any(f.fullmatch(upper) for f, _ in _FORMS) else None
