"""What to collect, as plain values: `pipeline` fills these in, nothing here knows the rubric."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

# Sections that are about what their pages say, not about how many there are: when such a section is
# a list of posts, the first posts are read too.
CONTENT_SECTIONS = frozenset(
    {
        "organisation", "history", "leaders", "contact", "access_information", "boundary_map",
        "culture_heritage", "schedule", "finance_report",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PortalPlan:
    """What to collect from one portal.

    ``sections`` are the lexicon keys that some leaf needs (others are still read as ``other``,
    after these). Listings are read back to ``since`` (the period's first day), questions and
    petitions back to ``questions_since``. ``as_of`` replaces "now" for reading dates (None: the real
    now). ``sample`` articles of the period are fetched for their tools, newest first; with none in
    the period the newest ``sample_fallback`` of any date. Of a section in ``content_sections`` the
    first ``content_items`` posts are fetched whatever their date, with their files (schedules and
    reports are often a file below a title). Without ``read_other`` only ``sections`` are read, with
    neither a sample nor probes (a province audited for its petitions alone). With ``revalidate`` the
    portal is asked whether pages of this period's earlier nights have changed, and sends those that
    have. ``retry`` marks a further pass of the same night.
    """

    unit_id: str
    url: str
    sections: frozenset[str]
    since: date
    until: date
    questions_since: date
    start_urls: tuple[str, ...] = ()
    as_of: datetime | None = None
    sample: int = 20
    sample_fallback: int = 5
    is_province: bool = False
    content_sections: frozenset[str] = CONTENT_SECTIONS
    content_items: int = 8
    read_other: bool = True
    revalidate: bool = True
    retry: bool = False


@dataclass(frozen=True, slots=True)
class CrawlLimits:
    """How gently and how far. Delays and times in seconds, sizes in bytes, counts for each portal.

    ``total`` requests are under way at once in all, ``portals`` are walked at once. A body is cut at
    ``body`` bytes, one that says it is text at ``page``, one that was cut the night before at
    ``endless``. ``inflation`` is how many times larger than on the wire a body may become before it is
    cut. After ``run_time`` nothing more is asked of anybody.
    """

    delay: float = 1.0
    per_host: int = 2
    total: int = 64
    portals: int = 150
    timeout: float = 30.0
    retries: int = 2
    retry_wait: float = 5.0
    retry_after_cap: float = 120.0
    redirects: int = 5
    pages: int = 1500
    bytes: int = 400 * 1024 * 1024
    body: int = 20 * 1024 * 1024
    page: int = 8 * 1024 * 1024
    endless: int = 256 * 1024
    inflation: int = 100
    listing_pages: int = 200
    portal_time: float = 3 * 3600.0
    run_time: float | None = None
    user_agent: str = "rasoat/0.1 (+https://www.bacninh.gov.vn; official portal review)"
    obey_robots: bool = True

    @staticmethod
    def for_private(base: CrawlLimits | None = None) -> CrawlLimits:
        """``base`` without waits, for a portal on this machine's own or a private address."""
        given = base or CrawlLimits()
        return replace(
            given,
            delay=0.0,
            per_host=4,
            timeout=min(given.timeout, 20.0),
            retry_wait=min(given.retry_wait, 0.3),
            retry_after_cap=min(given.retry_after_cap, 2.0),
        )
