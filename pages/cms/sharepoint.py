"""SharePoint 2010 lists: a blog post's date may stand only in its address (``PublishedDate=…``), and
lists in the English locale print the month first (``4/23/2018 2:05 PM``)."""

from __future__ import annotations

import re
from urllib.parse import unquote

from pages.capture import PageRequest
from pages.cms import Profile
from pages.cms.marks import generator, holds
from pages.dates import order_of, read_date
from pages.listing import Hooks
from pages.model import Stated
from pages.paging import Next
from pages.postdates import list_order
from pages.requests import safe, unescape
from pages.text import fold
from pages.tree import Page
from pages.urls import join

_PUBLISHED = re.compile(r"[?&]PublishedDate=([^&#]+)", re.I)
_ITEM = re.compile(r"/lists/[^?]*\?(?:[^#]*&)?ItemI[Dd]=(\d+)", re.I)
_REFRESH = re.compile(r"RefreshPageTo\(\s*event\s*,\s*[\"']([^\"']+)[\"']")
_OLDER = re.compile(r"/Lists/Posts/AllPosts\.aspx\?(?=[^#]*PublishedDate=)", re.I)
_UNPADDED = re.compile(r"(?<![\d/])(?:[1-9]/\d{1,2}|\d{2}/[1-9])/\d{4} \d{1,2}:\d{2}(?::\d{2})? [AP]M\b")
_PADDED = re.compile(r"(?<![\d/])(?:0\d/\d{1,2}|\d{1,2}/0\d)/\d{4} \d{1,2}:\d{2}(?::\d{2})? [AP]M\b")
_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")


def url_date(url: str, page: Page) -> Stated | None:
    """The date in the address. Its ``Z`` is not meant: it is the portal's local time."""
    found = _PUBLISHED.search(url)
    if found is None:
        return None
    value = fold(unquote(found[1])).rstrip("Z")
    stated = read_date(value.replace("T", " "), page.now)
    return Stated(stated.date, stated.time, stated.how, found[0].lstrip("?&")) if stated is not None else None


def identity(url: str) -> str | None:
    """The item's number in its list."""
    found = _ITEM.search(url)
    path = url.split("?", 1)[0].lower()
    return f"{path.rsplit('/lists/', 1)[0].rsplit('/', 1)[-1]}/{found[1]}" if found else None


def us_order(page: Page) -> bool:
    """True when the page's dates can only be read month first, or are written as only that locale writes
    them: unpadded, with AM or PM ("4/7/2026 8:15 AM"; the Vietnamese one pads, and writes SA or CH)."""
    text = page.text_of(page.main)
    dates = _DATE.findall(text)[:60]
    if list_order(dates):
        return True
    return order_of(dates) != "dmy" and bool(_UNPADDED.search(text)) and not _PADDED.search(text)


def next_page(page: Page) -> Next | None:
    """The paging call of a list view: ``RefreshPageTo(event, "…?Paged=TRUE&…")`` on its forward arrow."""
    for element in page.main.iter("a"):
        script = unescape(f"{element.get('href') or ''} {element.get('onclick') or ''}")
        found = _REFRESH.search(script)
        if found and "PagedPrev" not in found[1] and "Paged=TRUE" in found[1]:
            url = join(page.url, found[1].replace("&amp;", "&"))
            return Next(PageRequest(url), "js") if url and safe(url) and page.outline.shown(element) else None
    return _older_posts(page)


def _older_posts(page: Page) -> Next | None:
    """The link of a blog list to its older posts: the same list, from a date on."""
    for anchor in page.outline.anchors:
        if anchor.key and _OLDER.search(anchor.key) and page.outline.shown(anchor.element):
            return Next(PageRequest(anchor.key), "link") if anchor.key != page.url else None
    return None


PROFILE = Profile(
    "sharepoint",
    lambda page: (
        "sharepoint" in generator(page)
        or holds(page, "MSOWebPartPage", "_spBodyOnLoad", "s4-workspace", "ms-WPBody")
    ),
    Hooks(identity=identity, url_date=url_date),
    next_page,
    us_order,
)
