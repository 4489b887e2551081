"""Bắc Ninh's portals: Liferay with the province's own portlets (``bacninhportlet``).

The same article is served at many addresses, under several groups: its identity is (groupId,
articleId) out of ``/-/details/<groupId>/<slug>-<articleId>``. Lists come as JSON from a resource
address that the page's script keeps in ``loadPageURL``; its parameters are ``pageNum``,
``recordPerPage`` and ``keyword``.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from pages.capture import PageRequest
from pages.cms import Profile
from pages.cms.marks import holds
from pages.jsonlist import embedded, endpoint, records_of, total_pages, with_fields
from pages.listing import Hooks
from pages.paging import Next
from pages.tree import Page

_DETAILS = re.compile(r"/-/details/(\d+)/[^/?#]*?(\d+)/?(?:[?#;]|$)")
_PER_PAGE = re.compile(r"recordPerPage[\"']?\s*[:=]\s*[\"']?(\d{1,3})")
_USUAL = 10  # records of a page when the script does not say


def identity(url: str) -> str | None:
    """``"<groupId>/<articleId>"`` of an article's address."""
    found = _DETAILS.search(url)
    return f"{found[1]}/{found[2]}" if found else None


def next_page(page: Page) -> Next | None:
    """The JSON list that the page's script loads: its first page, or the one after the embedded list."""
    address = endpoint(page)
    if address is None:
        return None
    data = embedded(page)
    number = 1
    if data is not None:
        pages = total_pages(data)
        number = int(dict(parse_qsl(urlsplit(page.url).query)).get("pageNum") or 1) + 1
        if pages is not None and number > pages:
            return Next(None, "js")
    found = _PER_PAGE.search(page.html)
    size = found[1] if found else str(len(records_of(data)) or _USUAL)
    url = with_fields(address, {"pageNum": str(number), "recordPerPage": size, "keyword": ""})
    return Next(PageRequest(url), "js")


PROFILE = Profile(
    "bacninh",
    lambda page: holds(page, "bacninhportlet", "contentDetailTitleId") or bool(_DETAILS.search(page.url)),
    Hooks(identity=identity),
    next_page,
)
