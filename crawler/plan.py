"""What to collect, as plain values: `pipeline` fills these in, nothing here knows the rubric."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class PortalPlan:
    """What to collect from one portal.

    ``sections`` are the lexicon keys that some leaf needs (others are still read as ``other``,
    after these). Listings are read back to ``since`` (the period's first day), questions and
    petitions back to ``questions_since``. ``as_of`` replaces "now" for reading dates (None: the real
    now). ``sample`` articles of the period are fetched for their tools, newest first; with none in
    the period the newest ``sample_fallback`` of any date. ``read_other`` False: only ``sections`` are read (of the
    province, when a single unit is audited: its petitions and news).
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
    read_other: bool = True


@dataclass(frozen=True, slots=True)
class CrawlLimits:
    """How gently and how far. Delays and times in seconds, sizes in bytes, counts for each portal."""

    delay: float = 1.0
    per_host: int = 2
    total: int = 64
    timeout: float = 30.0
    retries: int = 2
    retry_wait: float = 5.0
    redirects: int = 5
    pages: int = 1500
    bytes: int = 400 * 1024 * 1024
    body: int = 20 * 1024 * 1024
    listing_pages: int = 200
    portal_time: float = 3 * 3600.0
    user_agent: str = "rasoat/0.1 (+https://www.bacninh.gov.vn; official portal review)"
    obey_robots: bool = True
