"""Kind ``components``: which of a list of named parts are shown (RULEBOOK "Components").

A part counts where a page that is about it shows it: words and pictures on the pages of the leaf's
sections, contact details also on the home page (header and footer), an officer's details together
on one page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from audit.content import excerpt, find_words, holds_something
from audit.context import Context
from audit.model import Citation, Finding, Value
from audit.walk import Seen
from pages.capture import Trail
from pages.model import Officer
from rubric.model import Leaf

# Below this many characters of own text a page shows a heading and nothing under it.
_LITTLE = 50


@dataclass(frozen=True, slots=True)
class _Places:
    """The pages on which a leaf's parts are looked for, with the trail that led to each."""

    context: Context
    pages: list[tuple[Trail, Seen]]
    contact: list[Seen]
    officer: Seen | None


def audit_components(context: Context, leaf: Leaf) -> Finding:
    """All, some or none of the parts; a part that was not found is missing only when everything that
    could show it was seen."""
    places = _places(context, leaf)
    parts = leaf.params["parts"]
    shown = {part["id"]: citation for part in parts if (citation := _shown(places, part))}
    missing = [part["id"] for part in parts if part["id"] not in shown]
    values: dict[str, Value] = {"found": len(shown), "parts": len(parts), "missing": missing}
    evidence = tuple(shown.values())
    if not missing:
        return context.found(leaf, leaf.params["all"], "components.all", values, evidence)
    cover = context.walk.cover(_sections(leaf))
    cover = replace(cover, gaps=cover.gaps + context.missed_articles(leaf.params["sections"]))
    if not cover.complete:
        possible = [leaf.params["all"], leaf.params["some"]]
        possible += [] if shown else [leaf.params["none"]]
        return context.unseen(leaf, cover, possible, values, evidence)
    if shown:
        return context.found(leaf, leaf.params["some"], "components.some", values, evidence)
    code = "components.none" if cover.trails else "components.no_section"
    return context.found(leaf, leaf.params["none"], code, values, context.absence(cover))


def _sections(leaf: Leaf) -> tuple[str, ...]:
    """Every section in which a part may be shown."""
    ways = [way for part in leaf.params["parts"] for way in part["any"]]
    return tuple(
        dict.fromkeys([*leaf.params["sections"], *(key for way in ways for key in way.get("sections", ()))])
    )


def _places(context: Context, leaf: Leaf) -> _Places:
    pages = _with_articles(context, context.section_pages(leaf.params["sections"]))
    own = [seen for _, seen in pages]
    contact = {seen.position: seen for seen in [*own, *context.walk.home()]}
    officers = [seen for seen in contact.values() if seen.reading.officer != Officer()]
    best = max(officers, key=lambda seen: (len(_parts_of(seen)), -seen.position), default=None)
    return _Places(context, pages, list(contact.values()), best)


def _with_articles(context: Context, pages: list[tuple[Trail, Seen]]) -> list[tuple[Trail, Seen]]:
    """The pages and the articles that their lists lead to, as far as these were read."""
    found = {seen.position: (trail, seen) for trail, seen in pages}
    for trail, seen in pages:
        for item in seen.reading.items:
            article = context.walk.at(item.url) if item.url else None
            if article is not None and not article.holds_nothing:
                found.setdefault(article.position, (trail, article))
    return list(found.values())


def _shown(places: _Places, part: Mapping[str, Any]) -> Citation | None:
    """Where a part is shown, by the first way that finds it; None when none does."""
    for way in part["any"]:
        [(name, wanted)] = way.items()
        citation: Citation | None = _WAYS[name](places, wanted)
        if citation is not None:
            return citation
    return None


def _by_words(places: _Places, words: list[str]) -> Citation | None:
    """Words in a page's own text, in the titles of what it lists, or in headings and menu labels of a
    page that holds something under them."""
    for trail, seen in places.pages:
        text = find_words([seen.reading.text], words)
        if text is not None:
            return seen.cite(excerpt(text, words))
        found = find_words(_titles(seen), words) or find_words(_labels(trail, seen), words)
        if found is not None:
            return seen.cite(found)
    return None


def _titles(seen: Seen) -> Iterator[str]:
    reading = seen.reading
    yield from (item.title for item in reading.items)
    yield from (link.label for link in reading.files)
    yield from (row.abstract for row in reading.documents if row.abstract)


def _labels(trail: Trail, seen: Seen) -> Iterator[str]:
    reading = seen.reading
    if holds_something(seen, _LITTLE) or reading.images:
        yield from reading.headings
        yield from filter(None, (reading.title, trail.label))


def _by_images(places: _Places, words: list[str]) -> Citation | None:
    """A picture or a file whose words name the part."""
    for _, seen in places.pages:
        pictures = [*seen.reading.images, *seen.reading.files]
        found = find_words((f"{link.label} {link.url.rpartition('/')[2]}" for link in pictures), words)
        if found is not None:
            link = next(one for one in pictures if f"{one.label} {one.url.rpartition('/')[2]}" == found)
            return seen.cite(link.label or link.url)
    return None


def _by_menu(places: _Places, words: list[str]) -> Citation | None:
    """A menu entry of these words, anywhere in the portal, behind which a page holds something."""
    walk = places.context.walk
    for trail in walk.evidence.trails:
        if find_words([trail.label], words) is not None:
            for seen in walk.pages(trail):
                if holds_something(seen, _LITTLE):
                    return seen.cite(trail.label)
    return None


def _by_sections(places: _Places, sections: list[str]) -> Citation | None:
    """A section that holds something, a picture included."""
    for trail, seen in places.context.section_pages(sections):
        if holds_something(seen, _LITTLE) or seen.reading.images:
            return seen.cite(trail.label)
    return None


def _by_contact(places: _Places, part: str) -> Citation | None:
    for seen in places.contact:
        contact = seen.reading.contact
        official = contact.email if contact.email_official else None
        quote = official if part == "email_official" else getattr(contact, part)
        if quote:
            return seen.cite(quote)
    return None


def _by_officer(places: _Places, part: str) -> Citation | None:
    """A detail of the officer, all of them read from one page: the one that shows the most."""
    quote = _parts_of(places.officer).get(part) if places.officer else None
    return places.officer.cite(quote) if places.officer and quote else None


def _parts_of(seen: Seen) -> dict[str, str]:
    officer = seen.reading.officer
    quotes = {
        "name": officer.name,
        "position": officer.position,
        "workplace": officer.workplace,
        "phone": officer.phone,
        "fax": officer.fax,
        "email": officer.email,
    }
    return {part: quote for part, quote in quotes.items() if quote}


_WAYS: Mapping[str, Any] = {
    "words": _by_words,
    "menu_words": _by_menu,
    "sections": _by_sections,
    "contact": _by_contact,
    "officer": _by_officer,
    "image_words": _by_images,
}
