"""The unit's posts: every news item, article or video its listings hold, each counted once.

RULEBOOK "Count" and "Items column": a post is one piece however many sections and addresses show it;
its date is the one its listing states for it, else the one its article states. Rows of document
registers and petitions are no posts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from audit.address import canonical
from audit.ledger import item_key
from audit.walk import Seen, Walk, is_download
from pages.capture import Capture, Trail
from pages.filelinks import is_file_address
from pages.model import Item
from pages.text import label_key
from rubric.model import Period

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

# Pages whose main list holds no posts: registers, questions, address lists, search answers.
_NO_POSTS = frozenset(
    {"document_list", "document", "qa_list", "petition_list", "sitemap", "search_results", "search_form",
     "login", "error", "stub", "directory", "contact"}
)  # fmt: skip
_TRIES = 3  # as many undated articles tell that a list's articles state no dates
_NO_SECTIONS = frozenset({"home", "sitemap", "search"})


@dataclass(frozen=True, slots=True)
class Post:
    """One distinct post.

    ``places`` are the sections that list it, each with whether only a child entry does. ``posted`` is
    None for an undated post; ``unread`` says that its date stands on an article that was not seen.
    ``future``: dated after the page that states it was fetched. ``source`` is the page that states the date
    (the listing when none does), ``urls`` are all its addresses, ``copies`` how many pieces with the same
    title and date were joined.
    """

    key: str
    title: str
    url: str | None
    posted: date | None
    quote: str
    places: frozenset[tuple[str, bool]]
    source: Seen
    urls: tuple[str, ...] = ()
    article: Seen | None = None
    unread: bool = False
    future: bool = False
    copies: int = 1

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections that list it, sorted."""
        return tuple(sorted({section for section, _ in self.places}))

    def listed_in(self, sections: Iterable[str], children: bool = True) -> bool:
        """True when one of the sections lists it (``children``: or an entry below one of them)."""
        wanted = set(sections)
        return any(section in wanted and (children or not child) for section, child in self.places)

    @property
    def same_text(self) -> tuple[str, date] | None:
        """Title and date by which a second copy is known; None when undated."""
        return (label_key(self.title), self.posted) if self.posted and self.title else None


def local_day(capture: Capture) -> date:
    """The local calendar day of "now" when the page was read."""
    moment = capture.seen_at
    return (moment.astimezone(ZONE) if moment.tzinfo else moment).date()


def collect_posts(walk: Walk, period: Period) -> tuple[Post, ...]:
    """All distinct posts of the unit, newest first (undated ones last), ties by key."""
    found = _merge(_sightings(walk, period))
    return tuple(sorted(found, key=lambda post: (-(post.posted.toordinal() if post.posted else 0), post.key)))


def _sightings(walk: Walk, period: Period) -> list[Post]:
    """One post for each record of each listing page, in reading order; a page shared by several
    trails is read once."""
    entries = {canonical(trail.url) for trail in walk.evidence.trails}
    places: dict[int, set[tuple[str, bool]]] = {}
    dateless: set[int] = set()
    for trail in walk.evidence.trails:
        if trail.section not in _NO_SECTIONS:
            _place(walk, trail, period, places, dateless)
    posts = []
    for position in sorted(places):
        seen = walk.page(position)
        assert seen is not None
        where = frozenset(places[position])
        posts += [
            _post(walk, seen, item, where, position in dateless)
            for item in raw_items(seen)
            # A dated record is a post even where some link block repeats it among its entries.
            if item.posted or not item.url or canonical(item.url) not in entries
        ]
    return posts


def _place(
    walk: Walk, trail: Trail, period: Period, places: dict[int, set[tuple[str, bool]]], dateless: set[int]
) -> None:
    """Note where the trail's pages stand, and on which the crawler rightly stops asking for the dates of
    undated posts: behind a page of old posts only, and where the articles read state none either."""
    pages = walk.pages(trail)
    ended = _states_no_dates(walk, pages)
    for seen in pages:
        places.setdefault(seen.position, set()).add((trail.section, trail.inherited))
        if ended:
            dateless.add(seen.position)
        ended = ended or _all_old(walk, seen, period)


def _states_no_dates(walk: Walk, pages: list[Seen]) -> bool:
    """True when several undated posts of a list were looked up and no article stated a date."""
    undated = [item for seen in pages for item in raw_items(seen) if item.posted is None and item.url]
    articles = [article for item in undated if (article := walk.at(item.url or ""))]
    return len(articles) >= _TRIES and not any(article.reading.posted for article in articles)


def _all_old(walk: Walk, seen: Seen, period: Period) -> bool:
    days = [stated_day(walk, item) for item in raw_items(seen)]
    known = [day for day in days if day is not None]
    return bool(known) and all(day < period.opens for day in known)


def stated_day(walk: Walk, item: Item) -> date | None:
    """The date that the listing states for the item, else its article."""
    if item.posted is not None:
        return item.posted.date
    article = walk.at(item.url) if item.url else None
    return article.reading.posted.date if article and article.reading.posted else None


def raw_items(seen: Seen) -> tuple[Item, ...]:
    """The page's posts as listed: its main list without rows of a register and questions."""
    reading = seen.reading
    if seen.holds_nothing or reading.kind in _NO_POSTS:
        return ()
    rows = {canonical(row.url) for row in reading.documents if row.url}
    rows |= {canonical(question.url) for question in reading.questions if question.url}
    return tuple(item for item in reading.items if not item.url or canonical(item.url) not in rows)


def _post(walk: Walk, listing: Seen, item: Item, places: frozenset[tuple[str, bool]], dateless: bool) -> Post:
    article = walk.at(item.url) if item.url else None
    if article is not None and (article.holds_nothing or is_download(article.capture)):
        article = None
    stated, source = item.posted, listing
    if stated is None and article is not None:
        stated, source = article.reading.posted, article
    day = stated.date if stated else None
    return Post(
        key=item_key(item),
        title=item.title,
        url=item.url,
        posted=day,
        quote=(stated.quote if stated else "") or item.title,
        places=places,
        source=source,
        urls=(item.url,) if item.url else (),
        article=article,
        unread=stated is None and _unread(walk, item, article, dateless),
        future=day is not None and day > local_day(source.capture),
    )


def _unread(walk: Walk, item: Item, article: Seen | None, dateless: bool) -> bool:
    """True when the date may stand on a page of this portal that was not seen."""
    if article is not None or not item.url or is_file_address(item.url):
        return False
    if walk.asked(item.url):
        return walk.missed(item.url)
    return not dateless and walk.inside(item.url)


def _merge(posts: list[Post]) -> list[Post]:
    """Join sightings of one post: by its identity or address first, then by title and date."""
    by_key: dict[str, Post] = {}
    owner: dict[str, str] = {}
    for post in posts:
        names = [post.key, *(canonical(url) for url in post.urls)]
        key = next((owner[name] for name in names if name in owner), post.key)
        by_key[key] = _joined(by_key[key], post) if key in by_key else post
        owner.update(dict.fromkeys(names, key))
    return _merge_copies(list(by_key.values()))


def _merge_copies(posts: list[Post]) -> list[Post]:
    kept: list[Post] = []
    by_text: dict[tuple[str, date], list[int]] = {}
    for post in posts:
        same = by_text.setdefault(post.same_text, []) if post.same_text else []
        twin = next((place for place in same if _one_text(kept[place], post)), None)
        if twin is None:
            same.append(len(kept))
            kept.append(post)
        else:
            joined = _joined(kept[twin], post)
            kept[twin] = replace(joined, copies=kept[twin].copies + post.copies)
    return kept


def _joined(first: Post, second: Post) -> Post:
    """One post from two sightings: the first that states a date speaks; both places count."""
    speaker = first if first.posted or not second.posted else second
    return replace(
        speaker,
        key=first.key,
        places=first.places | second.places,
        urls=tuple(dict.fromkeys(first.urls + second.urls)),
        article=first.article or second.article,
        unread=first.unread and second.unread,
    )


def _one_text(first: Post, second: Post) -> bool:
    """True unless both articles were read and their words differ."""
    if first.article is None or second.article is None:
        return True
    one, other = _words(first.article), _words(second.article)
    return not one or not other or one == other


def _words(article: Seen) -> str:
    """The article's words without figures (view counts and clocks change from address to address)."""
    return "".join(letter for letter in label_key(article.reading.text) if letter.isalpha())
