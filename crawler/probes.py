"""Search probes: a phrase that the portal's search must find, and a word that it must not."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode, urlsplit, urlunsplit

from crawler.desk import Desk, Find
from crawler.words import words
from pages.capture import PageRequest
from pages.model import SearchForm
from pages.text import fold

_LEAST, _MOST = 4, 8
_WORD = re.compile(r"[^\W_]+(?:[-/.][^\W_]+)*")
_NEWS = "news"
_CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class Probe:
    """One search to make. ``facts`` go into its trail."""

    request: PageRequest
    facts: tuple[tuple[str, str], ...]


def phrase_probe(form: SearchForm, desk: Desk) -> Probe | None:
    """Search for words of a post that the walk has seen; None when no title is long enough."""
    chosen = choose_phrase(desk)
    if chosen is None:
        return None
    phrase, find = chosen
    facts = (
        ("probe", "positive"),
        ("phrase", phrase),
        ("expect_url", find.record.url or ""),
        ("expect_title", find.record.title),
    )
    return Probe(search_request(form, phrase), facts)


def nonsense_probe(form: SearchForm, unit_id: str) -> Probe:
    """Search for a word that stands nowhere; the same for a unit in every run."""
    digest = hashlib.sha256(unit_id.encode()).digest()
    word = "".join("bcdfghjklmnpqrstvwxz"[byte % 20] for byte in digest[:14])
    return Probe(search_request(form, word), (("probe", "nonsense"), ("phrase", word)))


def search_request(form: SearchForm, phrase: str) -> PageRequest:
    """The request that a visitor's browser would make for ``phrase``."""
    fields = (
        *((name, value) for name, value in form.extra if name != form.field),
        (form.field or "", phrase),
    )
    action = form.action or ""
    if form.kind == "post_form":
        return PageRequest(action, "POST", fields)
    parts = urlsplit(action)
    # A browser drops the query of a GET form's action, but servers that route by it need it kept.
    given = {name for name, _ in fields}
    kept = [pair for pair in parts.query.split("&") if pair and pair.partition("=")[0] not in given]
    query = "&".join([*kept, urlencode(fields)])
    return PageRequest(urlunsplit((parts.scheme, parts.netloc, parts.path, query, "")))


def choose_phrase(desk: Desk) -> tuple[str, Find] | None:
    """The phrase and the post it is from: news of the period first, the rarest words of its title."""
    posts = [find for find in desk.finds.values() if find.record.url and desk.fetchable(find.record.url)]
    frequency = Counter(
        word for find in posts for word in {w.casefold() for w in _WORD.findall(find.record.title)}
    )
    titles = [fold(find.record.title).casefold() for find in posts]
    for find in sorted(posts, key=lambda post: _rank(post, desk))[:_CANDIDATES]:
        for phrase in _phrases(find.record.title, frequency):
            if sum(phrase.casefold() in title for title in titles) == 1:
                return phrase, find
    return None


def _rank(find: Find, desk: Desk) -> tuple[bool, bool, bool, int, str]:
    day = find.record.day
    age = (date.max - day).days if day else 0
    return (
        not desk.in_period(day), _NEWS not in find.sections, day is None, age, find.record.key,
    )  # fmt: skip


def _phrases(title: str, frequency: Counter[str]) -> list[str]:
    """Runs of words of the title with nothing but spaces between, the rarest first."""
    runs = [window for run in _runs(fold(title)) for window in _windows(run)]
    return [" ".join(window) for window in sorted(runs, key=lambda window: _commonness(window, frequency))]


def _runs(title: str) -> Iterable[list[str]]:
    cut = title.endswith(tuple(words("words", "ellipses")))
    matches = list(_WORD.finditer(title))[: -1 if cut else None]
    run: list[str] = []
    end = -1
    for match in matches:
        if run and title[end : match.start()] != " ":
            yield run
            run = []
        run.append(match[0])
        end = match.end()
    if run:
        yield run


def _windows(run: Sequence[str]) -> Iterable[Sequence[str]]:
    size = min(len(run), _MOST)
    return (run[start : start + size] for start in range(len(run) - size + 1)) if size >= _LEAST else ()


def _commonness(window: Sequence[str], frequency: Counter[str]) -> tuple[int, float]:
    """Long before short; among the same length the words that few titles hold."""
    return -len(window), sum(
        1 - 1 / frequency[word.casefold()] for word in window if frequency[word.casefold()]
    )
