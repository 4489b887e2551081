"""The patterns of dates and times, built once from ``lexicon/dates.yml``.

Absolute dates are found by :data:`NUMERIC` (digits only) and :data:`WORDED` (month in words, or the
words for day, month and year). Their groups: d/m/y with separator ``sep`` (order as written), ISO
``iy im id``; worded ``wd wm wy`` (day first), ``vd vm vy`` (Vietnamese month first), ``ed em ey``
and ``fd fm fy`` (English, month first and day first).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from pathlib import Path
from typing import Any

import yaml

FIRST_YEAR, LAST_YEAR = 1990, 2100

_LEXICON: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "lexicon" / "dates.yml").read_text("utf-8")
)


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) + ")"


_DAY, _MONTH, _YEAR = _any(_LEXICON["day"]), _any(_LEXICON["month"]), _any(_LEXICON["year"])
_MONTH_NAME = _any(_LEXICON["month_names"])
_MONTH_NUMBER = rf"\d{{1,2}}(?!\d)|{_any(_LEXICON['month_words'])}(?!\w)"
_HOUR, _MINUTE, _SECOND = _any(_LEXICON["hour"]), _any(_LEXICON["minute"]), _any(_LEXICON["second"])
_ORDINAL = r"(?:st|nd|rd|th)?"
_GAP = r"[\s,./-]*"

MONTHS: dict[str, int] = {**_LEXICON["month_words"], **_LEXICON["month_names"]}
WEEKDAYS: dict[str, int] = _LEXICON["weekdays"]
YEAR_WORDS = frozenset(_LEXICON["year"])
BEFORE_NOON = frozenset(_LEXICON["before_noon"])
AFTER_NOON = frozenset(_LEXICON["after_noon"])
NOON = frozenset(_LEXICON["noon"])
ENGLISH_MARKS = frozenset(_LEXICON["english_marks"])
NOT_DATES = frozenset(_LEXICON["not_dates"])
DAYS_BACK: dict[str, int] = _LEXICON["days_back"]
JUST_NOW = frozenset(_LEXICON["just_now"])
AGO_UNITS: dict[str, int] = _LEXICON["ago_units"]

NUMERIC = re.compile(
    r"(?<![\d/.])(?:"
    r"(?P<d>\d{1,2})\s?(?P<sep>[/.\-–])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<y>\d{4}|(?<=[/\s])\d{2})"
    r"|(?P<iy>\d{4})(?P<isep>[/.\-])(?P<im>\d{1,2})(?P=isep)(?P<id>\d{1,2})"
    r")(?![\d/]|[.\-]\d(?!\d?[:h]))"
)
WORDED = re.compile(
    rf"(?<![\d/.])(?:"
    rf"(?P<dw>{_DAY}\s*)?(?P<wd>\d{{1,2}}){_GAP}{_MONTH}\.?\s*(?P<wm>{_MONTH_NUMBER}){_GAP}(?P<yw>{_YEAR})?\s*(?P<wy>\d{{4}})"
    rf"|{_MONTH}\.?\s*(?P<vm>{_MONTH_NUMBER})\s+(?P<vd>\d{{1,2}})(?:,\s*|\s+)(?P<vy>\d{{4}})"
    rf"|(?<!\w)(?P<em>{_MONTH_NAME})\.?\s+(?P<ed>\d{{1,2}}){_ORDINAL},?\s+(?P<ey>\d{{4}})"
    rf"|(?P<fd>\d{{1,2}}){_ORDINAL}[\s\-](?P<fm>{_MONTH_NAME})\.?,?[\s\-](?P<fy>\d{{4}})"
    r")(?!\d)",
    re.I,
)
LETTER = re.compile(r"[^\W\d_]")
DIGIT = re.compile(r"\d")
COMPACT = re.compile(r"((?:19|20|21)\d\d)(\d\d)(\d\d)")
YEARLESS = re.compile(rf"(?:{_DAY}\s*)?(\d{{1,2}})\s?(?:/|{_GAP}{_MONTH}\s*)(\d{{1,2}})", re.I)

_HALF = _any([*_LEXICON["before_noon"], *_LEXICON["after_noon"], *_LEXICON["noon"]])
TIME = re.compile(
    rf"(?<![\d/.:])(?P<h>\d{{1,2}})(?:\s?(?::|{_HOUR})\s?(?P<mi>\d{{1,2}})(?!\d)"
    rf"(?:\s?(?::|{_MINUTE})\s?(?P<s>\d{{1,2}})(?:\.\d+)?)?(?:\s?(?:{_MINUTE}|{_SECOND})(?!\w))?"
    rf"|\s?{_HOUR}(?!\w))(?:\s*(?P<half>{_HALF})(?!\w))?",
    re.I,
)
ZONE = re.compile(
    r"\s*\(?(?P<zone>Z(?!\w)|(?P<name>GMT|UTC)?\s?(?P<sign>[+-])(?P<zh>\d{1,2})(?::?(?P<zm>[0345][05]))?(?!\d|[/.-]\d)"
    r"|(?:GMT|UTC)(?!\w))"
)
WEEKDAY = re.compile(rf"(?<!\w){_any(WEEKDAYS)}(?!\w)", re.I)

# What stands before a date when it is the second end of a range, or of a list of days.
_RANGE = _any(_LEXICON["range"])
RANGE_BEFORE = re.compile(
    rf"(?<![:\d/.])(?<!\d[hg])(?:{_DAY}\s*)?\d{{1,2}}(?:\s?[/.-]\s?\d{{1,2}})?\s*{_RANGE}\s*"
    rf"(?:{_any(_LEXICON['until'])}\s*)?(?:{_DAY}\s*)?$|{_DAY}\s*\d{{1,2}}\s*,\s*(?:\d{{1,2}}\s*,\s*)*$",
    re.I,
)
LUNAR_AFTER = re.compile(rf"\s*\(?{_any(_LEXICON['lunar'])}(?!\w)", re.I)

_COUNTED = rf"\d{{1,3}}\s*{_any(AGO_UNITS)}"
AGO = re.compile(
    rf"(?:{_any(_LEXICON['about'])}\W*)*(?P<parts>{_COUNTED}(?:[\s,]+{_COUNTED})*)\s+{_any(_LEXICON['ago'])}",
    re.I,
)
AGO_PART = re.compile(rf"(\d{{1,3}})\s*({_any(AGO_UNITS)})", re.I)
DAY_WORD = re.compile(
    rf"(?:{_any(_LEXICON['about'])}\W*)*(?P<word>{_any(DAYS_BACK)})"
    rf"(?:[\s,|-]*(?:{_any(_LEXICON['at'])}\s*)?(?P<clock>\d.*))?",
    re.I,
)
LAST_WEEK = re.compile(rf"(?P<weekday>{_any(WEEKDAYS)})\s+{re.escape(_LEXICON['last_week'])}", re.I)


def read_time(clock: re.Match[str]) -> time | None:
    """Time of day of a match of the time pattern; None when it is impossible or contradicts itself."""
    hour, minute, second = int(clock["h"]), int(clock["mi"] or 0), int(clock["s"] or 0)
    half = (clock["half"] or "").lower()
    if half in BEFORE_NOON:
        hour = 0 if hour == 12 else hour if hour < 12 else 24
    elif half in AFTER_NOON:
        hour = hour + 12 if 0 < hour < 12 else hour or 24
    elif half in NOON and hour <= 3:
        hour += 12
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None
