"""Days that work schedules on a page cover, from titles, links, file names, headings and day rows.

Only days the page states are given: a range without a year takes the year of the date printed with
it (or of the page's own schedule heading), a week number its ISO week, a month programme its month.
Schedules of other things (citizen reception, broadcasts, examinations) are not work schedules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from pages.dates import find_dates
from pages.filelinks import is_file_address
from pages.model import ScheduleRange
from pages.records import main_text, nodes
from pages.scheduledays import (
    FULL,
    expression,
    joined,
    made_date,
    named_day,
    nearest_year,
    plain_days,
    whole_month,
)
from pages.text import fold, label_key, unaccent
from pages.tree import Page, text_of
from pages.vocabulary import load, pattern

_NAME: Final = "schedule"
_MAX_TEXT: Final = 300
_MAX_DAYS: Final = 45
"""Days of a schedule at most; a longer range is a programme of the year or a period of something else."""
_MAX_RANGES: Final = 200
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "caption", "title")
_DAY = r"(?<![\d/])(\d{1,2})(?:/(\d{1,2}))?(?:/(\d{4}))?"
_RANGE = re.compile(rf"{_DAY}\s*-\s*(\d{{1,2}})/(\d{{1,2}})(?:/(\d{{4}}))?(?![\d/])")
_CLOCK = re.compile(r"\d{1,2}\s?[:hg]\s?\d{2}")


def read_schedule(page: Page) -> tuple[ScheduleRange, ...]:
    """Ranges of days that the page's work schedules cover, in page order, each once."""
    text = main_text(page)
    title = " ".join(fold(element.text or "") for element in page.root.iter("title"))
    named = _is_about(text) or _is_about(title.casefold()) or expression("address").search(page.url)
    if not named and not any(_names_schedule(link) for link in page.main.iter("a")):
        return ()
    of_page = _page_heading(page, title)
    found: dict[tuple[date, date], ScheduleRange] = {}
    for said, owner in _texts(page, of_page is not None):
        for first, last in _ranges(said, owner, of_page or "", page):
            found.setdefault((first, last), ScheduleRange(first, last, said[:_MAX_TEXT]))
    if of_page is not None:
        for each in _day_rows(page, of_page):
            found.setdefault((each.first, each.last), each)
    return tuple(found.values())[:_MAX_RANGES]


def _is_about(text: str) -> bool:
    return pattern(_NAME, "about").search(label_key(text)) is not None


def _is_other(text: str) -> bool:
    return pattern(_NAME, "not_about").search(label_key(text)) is not None


def _page_heading(page: Page, title: str) -> str | None:
    """The heading that makes the whole page a schedule (its title or first headings); None when none does."""
    heads = [text_of(element) for element in page.main.iter(*_HEADINGS)]
    found = [
        head for head in (*heads, title) if len(head) <= _MAX_TEXT and _is_about(head) and not _is_other(head)
    ]
    return " . ".join(found[:4]) if found else None


def _texts(page: Page, is_schedule: bool) -> Iterator[tuple[str, HtmlElement]]:
    """Texts that may state a schedule's days: those that name one; on its own page also bare ranges."""
    for owner, text, _ in nodes(page):
        if owner.tag == "option" and owner.get("selected") is None:
            continue  # a picker of weeks shows none of them but the chosen one
        named = len(text) <= _MAX_TEXT and any(c.isdigit() for c in text) and not _is_other(text)
        if named and (_is_about(text) or (is_schedule and _is_bare(text))):
            yield text, owner
    for link in page.main.iter("a"):
        yield from _link_texts(link)
    for title in page.root.iter("title"):
        if (text := fold(title.text or "")) and _is_about(text) and not _is_other(text):
            yield text, title


def _is_bare(text: str) -> bool:
    """A text that says nothing but its days ("Week 21, from 18/5 to 22/5/2026")."""
    rest = expression("week").sub(" ", _RANGE.sub(" ", plain_days(text)))
    frame = {str(word) for word in load(_NAME)["frame"]}
    return all(word in frame for word in re.findall(r"[^\W\d_]{2,}", rest))


def _link_texts(link: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Words of a link (broken over elements), its title, and the name of the file behind it."""
    for text in (text_of(link) if len(link) else "", fold(link.get("title") or "")):
        if 0 < len(text) <= _MAX_TEXT and _is_about(text) and not _is_other(text):
            yield text, link
    href = link.get("href") or ""
    if is_file_address(href):
        name = fold(unquote(urlsplit(href).path).rpartition("/")[2].rpartition(".")[0].replace("_", " "))
        plain = unaccent(name).replace("-", " ")
        if any(str(words) in plain for words in load(_NAME)["about_plain"]):
            yield name, link


def _names_schedule(link: HtmlElement) -> bool:
    href = link.get("href") or ""
    return expression("address").search(href) is not None and is_file_address(href)


def _ranges(text: str, owner: HtmlElement, heading: str, page: Page) -> list[tuple[date, date]]:
    """Day ranges one text states; a week or a month only where it states no days."""
    plain = plain_days(text)
    explicit = [pair for m in _RANGE.finditer(plain) if (pair := _range(m, owner, text, heading, page))]
    if explicit or _RANGE.search(plain):
        return explicit
    days = [day for m in FULL.finditer(plain) if (day := made_date(m[3], m[2], m[1]))]
    if days:
        dated = _is_about(text) and expression("day").search(text.casefold()) and not _CLOCK.search(text)
        return [(day, day) for day in days] if dated else []
    return _week(plain, owner, heading, page) or (whole_month(plain) if _is_about(text) else [])


def _range(
    m: re.Match[str], owner: HtmlElement, text: str, heading: str, page: Page
) -> tuple[date, date] | None:
    """The range of one match; the year from the match, else from what is printed with it."""
    day1, month1, year1, day2, month2, year2 = m.groups()
    if year2 is None and year1 is None:
        stated = _year_beside(m, owner, text, heading, page)
        if stated is None:
            return None
        year2 = str(stated)
    year2 = year2 or year1
    last = made_date(year2, month2, day2)
    first = made_date(year1 or year2, month1 or month2, day1)
    if first is not None and last is not None and first > last and year1 is None:
        first = made_date(str(last.year - 1), month1 or month2, day1)
    if first is None or last is None or not 0 <= (last - first).days <= _MAX_DAYS:
        return None
    return first, last


def _year_beside(m: re.Match[str], owner: HtmlElement, text: str, heading: str, page: Page) -> int | None:
    """Year of a range without one: said in its text or heading, else of the only date printed beside it."""
    for said in (text, heading):
        years = {int(year) for year in expression("year").findall(plain_days(said))} | {
            int(f[3]) for f in FULL.finditer(plain_days(said))
        }
        if len(years) == 1:
            return years.pop()
    node = owner
    for _ in range(3):
        parent = node.getparent()
        if parent is None or parent is page.main:
            return None
        node = parent
        near = text_of(node)
        if len(near) > 2 * _MAX_TEXT:
            return None
        dates = {stated.date for stated in find_dates(near, page.now)}
        if len(dates) == 1:
            return nearest_year(dates.pop(), m[4], m[5])
    return None


def _week(plain: str, owner: HtmlElement, heading: str, page: Page) -> list[tuple[date, date]]:
    """The ISO week a text numbers, with its year in the text or in the page's schedule heading."""
    found = expression("week").search(plain)
    if found is None or expression("week_of_month").search(plain):
        return []
    years = {int(year) for year in expression("year").findall(plain_days(heading))}
    year = (
        int(found[2])
        if found[2]
        else next(iter(expression("year").findall(plain)), None) or (years.pop() if len(years) == 1 else None)
    )
    try:
        monday = date.fromisocalendar(int(year or 0), int(found[1]), 1)
    except ValueError:
        return []
    return [(monday, monday + timedelta(days=6))]


def _day_rows(page: Page, heading: str) -> list[ScheduleRange]:
    """Days named one by one with their weekday ("Monday 18/05"): one range from the first to the last."""
    years = {int(year) for year in expression("year").findall(plain_days(heading))} | {
        int(f[3]) for f in FULL.finditer(plain_days(heading))
    }
    year = years.pop() if len(years) == 1 else None
    days: dict[date, str] = {}
    for owner, text, _ in nodes(page):
        said = (
            text
            if len(text) > 12
            else text_of(owner if len(owner) or owner.getparent() is None else _cell(owner))
        )
        day = named_day(said, year) if len(said) <= 60 else None
        if day is not None:
            days.setdefault(day, said)
    return joined(days) if len(days) > 1 else []


def _cell(owner: HtmlElement) -> HtmlElement:
    """The table cell or block that holds a bare weekday and its date in parts."""
    node = owner
    for _ in range(2):
        parent = node.getparent()
        if parent is None or node.tag in ("td", "th", "div", "li", "p"):
            break
        node = parent
    return node
