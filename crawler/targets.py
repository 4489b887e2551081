"""From menu entries to the sections of a walk: which addresses to read, and under which names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from crawler.desk import Desk
from crawler.listing import Listing
from crawler.visits import COMPLETE, Outcome, refusal_outcome
from crawler.words import words
from pages.capture import PageRequest, Trail
from pages.model import MenuEntry
from pages.text import label_key, unaccent
from pages.urls import canonical

_DEPTH = 3
_MOST = 400
_MOST_OTHER = 150
_MOST_ALIKE = 25
# A named section that is not read for one of these is said to be unread; mazes and other languages
# only repeat what stands elsewhere.
_SAID = ("unsafe", "too_many")
# Words from which on a link's text is a headline, even if it begins like a section's name.
_HEADLINE = 10
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Name:
    """One name under which a section page is known."""

    section: str
    label: str
    inherited: bool = False


@dataclass(slots=True, eq=False)
class Target:
    """One section page. ``listing`` is None when it is not read (``outcome`` says why). Where only a
    ``picture`` leads there, the page itself says what it is as soon as it has been read."""

    url: str
    names: dict[tuple[str, bool], Name]
    depth: int = 0
    listing: Listing | None = None
    outcome: Outcome | None = None
    picture: bool = False

    @property
    def sections(self) -> frozenset[str]:
        """Lexicon keys of the page, own and inherited."""
        return frozenset(name.section for name in self.known_as() if name.section != "other")

    def known_as(self) -> list[Name]:
        """The names of the page: the menus', or its own where the menus only show a picture."""
        named = any(section != "other" and not inherited for section, inherited in self.names)
        own = self.listing.own_names if self.picture and self.listing and not named else ()
        return [Name(section, label) for section, label in own] or list(self.names.values())

    def trails(self, fallback: Outcome) -> Iterable[Trail]:
        """One trail for each name; ``fallback`` is the outcome of what never came to an end."""
        outcome = (self.listing.outcome if self.listing else self.outcome) or fallback
        captures = tuple(self.listing.captures) if self.listing else ()
        for name in self.known_as():
            yield Trail(
                name.section, name.label, self.url, outcome.state, outcome.reason, captures, name.inherited
            )


@dataclass(slots=True, eq=False)
class Targets:
    """All section pages of one walk, known by address."""

    desk: Desk
    own: set[str]
    found: dict[str, Target] = field(default_factory=dict)
    sitemaps: dict[str, str] = field(default_factory=dict)
    _alike: Counter[str] = field(default_factory=Counter)
    _others: int = 0

    def add(self, entries: Iterable[MenuEntry], above: Target | None = None) -> None:
        """Take in menu entries; ``above`` is the section page they were found on."""
        depth = above.depth + 1 if above else 0
        if depth > _DEPTH:
            return
        for entry in entries:
            self._add(entry, above, depth)

    def _add(self, entry: MenuEntry, above: Target | None, depth: int) -> None:
        url = canonical(entry.url)
        if url in self.own or (_is_file(url) and not (entry.sections or entry.inherited)):
            return
        if _is_sitemap(entry) and self.desk.visits.scope.contains(url):
            self.sitemaps.setdefault(url, entry.label)
            return
        target = self.found.get(url)
        if target is None and above is not None and not entry.sections and _is_part(url, above.url):
            self.desk.cut("facet", url)
        elif target is None:
            self._new(entry, url, _names(entry, above), depth)
        elif above is None:
            _merge(target, _names(entry, None))
            target.picture = target.picture or entry.picture

    def _new(self, entry: MenuEntry, url: str, names: list[Name], depth: int) -> None:
        known = any(name.section != "other" for name in names)
        reason = self._refusal(entry.url, url, known)
        if reason is not None and reason != "off_scope":
            self.desk.cut(reason, url)
            own = any(name.section != "other" and not name.inherited for name in names)
            if not own or not reason.startswith(_SAID):
                return
        if depth == 0:
            self.desk.sections.add(url)
        outcome = None if reason is None else refusal_outcome(reason)
        by_section = {(name.section, name.inherited): name for name in names}
        self.found[url] = Target(url, by_section, depth, outcome=outcome, picture=entry.picture)

    def _refusal(self, raw: str, url: str, known: bool) -> str | None:
        """Why the page is not read; None when it is."""
        scope = self.desk.visits.scope
        if not scope.contains(url):
            return "off_scope"
        language = "other_language" if scope.other_language(url) else None
        return scope.refuse(PageRequest(raw)) or language or self._flood(url, known)

    def _flood(self, url: str, known: bool) -> str | None:
        """Calendars, facets, tag clouds: addresses alike but for their numbers and values."""
        if len(self.found) >= _MOST:
            return "too_many_entries"
        if known:
            return None
        self._others += 1
        self._alike[_shape(url)] += 1
        if self._alike[_shape(url)] > _MOST_ALIKE:
            return "entries_alike"
        return "too_many_entries" if self._others > _MOST_OTHER else None

    def told(self) -> list[Target]:
        """Targets that give trails: all but single posts that some block of links only repeats."""
        posts = {find.record.url for find in self.desk.finds.values() if find.record.day is not None}
        return [target for target in self.found.values() if not self._is_post(target, posts)]

    def counts(self) -> dict[str, int]:
        """Section → the records that its own pages list; sections read to their end only."""
        found: dict[str, int] = {}
        for target in self.told():
            if target.listing is None or target.listing.outcome != COMPLETE:
                continue
            own = {name.section for name in target.known_as() if not name.inherited}
            for section in own - {"other"}:
                found[section] = found.get(section, 0) + target.listing.records
        return dict(sorted(found.items()))

    def _is_post(self, target: Target, posts: set[str | None]) -> bool:
        own = [name for name in target.names.values() if name.section != "other" and not name.inherited]
        if own:
            return target.url in posts and all(len(name.label.split()) >= _HEADLINE for name in own)
        if target.sections & self.desk.plan.content_sections:
            return False
        article = target.listing is not None and target.listing.kind in ("article", "document")
        return target.url in posts or (article and not target.sections)

    def unread(self) -> list[Target]:
        """Targets whose reading has not begun, in the order found."""
        return [t for t in self.found.values() if t.listing is None and t.outcome is None]


def _names(entry: MenuEntry, above: Target | None) -> list[Name]:
    if entry.sections:
        return [Name(section, entry.label) for section in entry.sections]
    inherited = list(entry.inherited)
    if above is not None and not inherited and _stands_below(entry, above):
        inherited = sorted(above.sections)
    if inherited:
        return [Name(section, entry.label, inherited=True) for section in inherited]
    return [Name("other", entry.label)]


def _stands_below(entry: MenuEntry, above: Target) -> bool:
    """The entry hangs under the section page: by the labels above it, or by its address."""
    labels = {label_key(name.label) for name in above.names.values()}
    if labels & {label_key(label) for label in entry.path}:
        return True
    path = urlsplit(above.url).path.rstrip("/")
    return path.count("/") > 0 and urlsplit(canonical(entry.url)).path.startswith(path + "/")


def _is_file(url: str) -> bool:
    ending = urlsplit(url).path.rpartition(".")[2]
    return ending.casefold() in words("words", "file_endings")


def _is_part(url: str, whole: str) -> bool:
    """The address only narrows or turns the section page: a further page, a month, a facet."""
    one, other = urlsplit(url), urlsplit(whole)
    if (one.netloc, one.path) != (other.netloc, other.path):
        return False
    return set(parse_qsl(other.query)) < set(parse_qsl(one.query))


def _merge(target: Target, names: list[Name]) -> None:
    """The same page stands in a menu once more: what names it is worth more than what does not."""
    for name in names:
        if name.section != "other":
            target.names.setdefault((name.section, name.inherited), name)
    if target.sections:
        target.names.pop(("other", False), None)


def _is_sitemap(entry: MenuEntry) -> bool:
    if "sitemap" in entry.sections:
        return True
    if label_key(entry.label) in words("words", "sitemap_labels"):
        return True
    last = urlsplit(entry.url).path.rstrip("/").rpartition("/")[2]
    return unaccent(last).rsplit(".", 1)[0] in words("words", "sitemap_paths")


def _shape(url: str) -> str:
    parts = urlsplit(url)
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return f"{_DIGITS.sub('#', parts.path)}?{'&'.join(names)}"
