"""What kind of page a page is, from what the readers found on it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from pages.article import Article
from pages.crumbs import crumb_words
from pages.listing import Listing
from pages.model import PageKind, Wall
from pages.text import label_key, unaccent
from pages.tree import Page, text_of
from pages.vocabulary import keys, pattern, words

_FRAMES = etree.XPath("boolean(.//iframe|.//object|.//embed)")
_HOME_BOXES: Final = 4  # headed boxes from which on a page without a breadcrumb is a front page
_MIN_PROSE: Final = 250  # characters of running text that make an article of a titled page
_NAMED_PROSE: Final = 60  # the same of a page whose head says the title as well
_WALL_KINDS: Final[dict[str, PageKind]] = {
    "bot_wall": "error", "maintenance": "error", "error_body": "error", "unreadable": "error", "cut": "other",
    "login": "login", "placeholder": "stub", "empty": "stub",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What the readers found, as far as the kind depends on it."""

    page: Page
    listing: Listing
    article: Article
    headings: int = 0
    documents: int = 0
    detail: bool = False
    questions: int = 0
    schedule: bool = False
    contact: bool = False
    print_control: bool = False
    document_search: bool = False
    paged: bool = False


def _fields(page: Page) -> int:
    """How many fields a person could fill in stand in the main column."""
    inputs = (
        e for e in page.main.iter("input") if (e.get("type") or "text").lower() in ("text", "search", "date")
    )
    return sum(1 for _ in inputs) + sum(1 for _ in page.main.iter("select", "textarea"))


def wall_kind(wall: Wall) -> PageKind:
    """The kind of a page that is a wall."""
    return _WALL_KINDS[wall.kind]


def kind_of(facts: Facts) -> PageKind:
    """The kind; the first that fits in the order of CONTRACT's meaning, specific before general."""
    page = facts.page
    names = _names(facts)
    if is_home(page, facts.headings):
        return "home"
    if (_any(names, "sitemap") or _path_has(page.url, "sitemap_paths")) and len(page.outline.anchors) >= 10:
        return "sitemap"
    if facts.questions and facts.documents < max(3, facts.questions):
        asked = _any(names, "petitions") or _path_has(page.url, "petition_paths")
        return "petition_list" if asked else "qa_list"
    if _is_results(page, names):
        return "search_results"
    if facts.documents:
        return "document_list"
    if facts.detail and not facts.listing.items:
        return "document"
    return _content_kind(facts, names)


def asks(page: Page) -> bool:
    """True for a page that calls itself a list of questions or petitions, in its headings or its address."""
    names = _page_names(page)
    return any(_whole(names, entry) for entry in ("petitions", "questions")) or _path_has(
        page.url, "petition_paths"
    )


def _content_kind(facts: Facts, names: tuple[str, ...]) -> PageKind:
    article = is_article(facts)
    if _says_schedule(facts, names) and (article or not (facts.listing.dated or facts.paged)):
        return "schedule"
    if article and facts.article.posted is None and _whole(names, "questions") and _fields(facts.page) < 3:
        return "qa_list"
    if article:
        return "contact" if _whole(names, "contact") else "article"
    if _whole(names, "contact") and not facts.listing.dated:
        return "contact"
    if _whole(names, "directory") and facts.listing.items:
        return "directory"
    if facts.listing.items:
        return "listing"
    return "listing" if facts.paged else _empty_kind(facts, names)


def _empty_kind(facts: Facts, names: tuple[str, ...]) -> PageKind:
    text = text_of(facts.page.main)
    key = label_key(text[:2_000])
    fields = _fields(facts.page)
    if fields >= 2 and (facts.document_search or pattern("kinds", "search").search(key)):
        return "search_form"
    if pattern("kinds", "empty_list").search(key) and fields < 3:
        return "listing"
    if (
        len(text) < 60
        and not fields
        and not _FRAMES(facts.page.main)
        and next(facts.page.main.iter("img"), None) is None
    ):
        return "stub"
    if facts.article.prose >= _MIN_PROSE and fields < 3:
        return "article"
    return "other"


def is_article(facts: Facts) -> bool:
    """True when the page is about one thing: a title of its own with text, and no list that outweighs it."""
    article, listing = facts.article, facts.listing
    if article.title is None:
        return False
    if not listing.items:
        enough = _NAMED_PROSE if article.named else _MIN_PROSE
        return article.prose >= enough or article.posted is not None or facts.print_control
    shown = sum(len(item.title) + len(item.summary or "") for item in listing.items)
    if listing.dated and article.posted is None:
        return article.prose > 3 * shown and article.named
    if article.posted is not None:
        return article.prose >= shown or facts.print_control or not (listing.dated or facts.paged)
    return article.prose > max(_MIN_PROSE, shown) and not facts.paged


def is_home(page: Page, headings: int) -> bool:
    """True for a portal's front page: its address, or many boxes with headings and no place in the site."""
    parts = urlsplit(page.url)
    segments = [s for s in parts.path.lower().split("/") if s]
    if _is_query_page(parts.query):
        return False
    last = segments[-1] if segments else ""
    if last in words("kinds", "home_paths") and len(segments) <= 3:
        return True
    if len(segments) == 2 and segments[0] in ("web", "vi", "en") and not crumb_words(page):
        return True
    return headings >= _HOME_BOXES and not crumb_words(page)


def _is_query_page(query: str) -> bool:
    return any(value for _, value in parse_qsl(query))


def _is_results(page: Page, names: tuple[str, ...]) -> bool:
    known = words("kinds", "search_params")
    asked = any(name.lower() in known and value for name, value in parse_qsl(urlsplit(page.url).query))
    said = _any(names, "results") or _any(names, "search")
    return (asked and said) or _any(names, "results")


def _says_schedule(facts: Facts, names: tuple[str, ...]) -> bool:
    return any(pattern("kinds", "schedule").match(name) for name in names)


def _names(facts: Facts) -> tuple[str, ...]:
    """What the page calls itself, as label keys: its title, its list's heading, :func:`_page_names`."""
    own = (label_key(text)[:80] for text in (facts.article.title, facts.listing.heading) if text)
    return tuple(dict.fromkeys((*own, *_page_names(facts.page))))


def _page_names(page: Page) -> tuple[str, ...]:
    """The page's ``<title>``, the headings and first words of its column, its breadcrumb, as label keys."""
    memo = page.outline.memo
    if "names" not in memo:
        found: list[str] = []
        title = page.root.find(".//title")
        if title is not None and title.text:
            found += title.text.replace("|", " - ").split(" - ")
        heads = (e for e in page.main.iter("h1", "h2", "h3") if page.outline.zone(e, page.main) == "")
        found += [text_of(element) for element in itertools.islice(heads, 6)]
        found += [text_of(page.main)[:60], *crumb_words(page)]
        memo["names"] = tuple(dict.fromkeys(label_key(text)[:80] for text in found if text))
    names: tuple[str, ...] = memo["names"]
    return names


def _any(names: tuple[str, ...], entry: str) -> bool:
    """True when one of the page's names begins with a phrase of the entry."""
    return any(_starts(name, entry) for name in names)


def _whole(names: tuple[str, ...], entry: str) -> bool:
    return any(name in keys("kinds", entry) for name in names)


@lru_cache(maxsize=8192)
def _starts(name: str, entry: str) -> bool:
    return pattern("kinds", entry).match(name) is not None


def _path_has(url: str, entry: str) -> bool:
    parts = [unaccent(part) for part in urlsplit(url).path.split("/") if part]
    return any(part.split(".")[0] in words("kinds", entry) for part in parts[-1:])
