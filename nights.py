"""A night's crawl: what to collect from whom, further passes over what failed, nights that are void.

A night is void when our own line was down: then nobody is judged by what it saw. It is told by
addresses that must answer (settings) and by the portals themselves: they do not all fail at once.
"""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlsplit

from crawler.plan import CrawlLimits, PortalPlan
from crawler.sink import CrawlOutcome, PortalResult, Progress
from pipeline import Job, auditable, later, needed_sections, scored_units, update_ledger
from rubric.model import Unit
from settings import Settings
from storage.store import Store

# Questions are read back this far before the period opens: a petition received a month earlier can
# still have its limit inside the period (10 working days, longest holiday break included).
QUESTIONS_BEFORE = timedelta(days=45)

# A province crawled this recently serves the audit of a single unit: its petitions are read once for
# all. Also how far back a further pass looks for what the night has already collected.
SAME_NIGHT = timedelta(hours=20)

# Fewer portals than this may all be down by themselves.
FLEET = 6
CONTROL_TIMEOUT = 10.0

NOTHING = CrawlOutcome((), 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Void:
    """Why a run is void: ``failed`` of ``total`` ``what`` (``controls`` or ``portals``) did not answer."""

    what: str
    failed: int
    total: int

    def __str__(self) -> str:
        """As it is stored with the run."""
        return f"{self.what} {self.failed}/{self.total}"

    @classmethod
    def parse(cls, text: str) -> Void:
        """What :meth:`__str__` wrote."""
        what, _, figures = text.partition(" ")
        failed, _, total = figures.partition("/")
        return cls(what, int(failed), int(total))


@dataclass(frozen=True, slots=True)
class Night:
    """One run: its number (None: nothing was left to crawl), what came of it, why it is void if it is,
    and the ``units`` that were to be crawled."""

    run_id: int | None
    outcome: CrawlOutcome
    void: Void | None = None
    units: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Way:
    """How a night is crawled. ``full`` reads every page anew; ``unfinished`` only the portals that
    tonight's earlier runs did not reach or read to the end; after ``seconds`` no more is asked."""

    full: bool = False
    unfinished: bool = False
    seconds: float | None = None


def make_plan(unit: Unit, job: Job, *, petitions_only: bool = False) -> PortalPlan:
    """What to collect from one unit's portal for this job."""
    assert unit.url is not None
    province = unit.kind == "province"
    sections = frozenset({"petitions_qa", "news"}) if province else needed_sections(job.edition, unit.kind)
    return PortalPlan(
        unit_id=unit.id,
        url=unit.url,
        sections=sections,
        since=job.period.opens,
        until=job.period.closes,
        questions_since=job.period.opens - QUESTIONS_BEFORE,
        start_urls=unit.start_urls,
        as_of=job.as_of if job.pinned else None,
        is_province=province,
        read_other=not petitions_only,
    )


def make_limits(settings: Settings, way: Way) -> CrawlLimits:
    """The crawler's limits from the installation's settings."""
    return CrawlLimits(
        delay=settings.delay,
        per_host=settings.per_host,
        timeout=settings.timeout,
        pages=settings.pages,
        bytes=settings.megabytes * 1024 * 1024,
        run_time=way.seconds,
        user_agent=settings.user_agent,
        obey_robots=settings.obey_robots,
    )


def plans_for(job: Job, store: Store) -> list[PortalPlan]:
    """A plan for each unit with an address, and for the province when its petitions are needed."""
    units, _ = auditable(job.units)
    plans = [make_plan(unit, job) for unit in units]
    province = job.register.province
    if province is None or province.url is None or province in units or not scored_units(job):
        return plans
    latest = store.latest_run_for(province.id, as_of=job.as_of, since=job.period.opens)
    if latest is None or not latest.reached or abs(job.as_of - latest.seen_at) > SAME_NIGHT:
        plans.append(make_plan(province, job, petitions_only=True))
    return plans


def collect(
    job: Job,
    store: Store,
    settings: Settings,
    progress: Callable[[Progress], None] | None = None,
    way: Way | None = None,
    *,
    ledger: bool = True,
) -> Night:
    """Crawl the job's portals into the store, and (unless judging does, which reads the pages too) note
    what was seen for the first time.

    Raises:
        StoreError: the data folder or database failed; what was collected before is kept.
        KeyboardInterrupt: a person stopped it; what was collected before is kept.
    """
    way = way or Way()
    whole = [replace(plan, revalidate=not way.full) for plan in plans_for(job, store)]
    plans = [replace(p, retry=True) for p in whole if unfinished(p, job, store)] if way.unfinished else whole
    if not plans:
        return Night(None, NOTHING)
    night = crawl(plans, whole, job, store, settings, progress, way)
    for plan in plans if ledger and night.void is None else ():
        update_ledger(store, plan.unit_id, later(job))
    return night


def crawl(
    plans: Sequence[PortalPlan],
    whole: Sequence[PortalPlan],
    job: Job,
    store: Store,
    settings: Settings,
    progress: Callable[[Progress], None] | None,
    way: Way,
) -> Night:
    """One run over ``plans``, a part of the ``whole`` night."""
    # Scrapy takes half a second to import: commands that only judge or show never need it.
    from crawler.run import crawl as run_crawl

    asked = (
        "crawl",
        [plan.unit_id for plan in plans],
        job.as_of if job.pinned else None,
        {
            "period": job.period.id,
            "edition": job.edition.id,
            "user_agent": settings.user_agent,
            "full": way.full,
            "retry": way.unfinished,
        },
    )
    run_id = store.resume_run(*asked) or store.start_run(*asked)
    state, outcome = "failed", NOTHING
    try:
        void = silent_controls(settings)
        if void is None:
            outcome = run_crawl(plans, store, run_id, make_limits(settings, way), progress)
            void = silent_controls(settings) or silent_fleet(outcome.portals, whole, job, way)
        if void is not None:
            store.void_run(run_id, str(void))
        state = "complete"
    except KeyboardInterrupt:
        state = "interrupted"
        raise
    finally:
        store.finish_run(run_id, state)
    return Night(run_id, outcome, void, frozenset(plan.unit_id for plan in plans))


def unfinished(plan: PortalPlan, job: Job, store: Store) -> bool:
    """True when none of tonight's runs read the portal as far as it can be read."""
    now = later(job).as_of
    walks = store.walks_between(plan.unit_id, now - SAME_NIGHT, now)
    return all(walk.stats.get("again", False) for walk in walks)


def silent_fleet(
    results: Iterable[PortalResult], whole: Sequence[PortalPlan], job: Job, way: Way
) -> Void | None:
    """More than a third of the night's portals were not reached. Addresses that are only guessed say
    nothing of our line, and portals nobody had time to ask neither."""
    told = {result.unit_id: result for result in results if result.reached or result.stats.get("requests")}
    attested = {unit.id for unit in job.register.units if unit.host_status == "attested"}
    night = [plan for plan in whole if plan.unit_id in attested]
    asked = [plan for plan in night if plan.unit_id in told]
    failed = sum(not told[plan.unit_id].reached for plan in asked)
    # A further pass asks only who failed before: the others of the night have answered.
    total = len(night) if way.unfinished else len(asked)
    return Void("portals", failed, total) if total >= FLEET and 3 * failed > total else None


def silent_controls(settings: Settings) -> Void | None:
    """None of the control addresses answers; None when one does, or when there are none."""
    controls = settings.control_urls
    if not controls or any(answers(url) for url in controls):
        return None
    return Void("controls", len(controls), len(controls))


def answers(url: str) -> bool:
    """Somebody speaks HTTP at ``url``, whatever is said."""
    parts = urlsplit(url)
    make = _tls if parts.scheme == "https" else http.client.HTTPConnection
    connection = make(parts.hostname or "", parts.port, timeout=CONTROL_TIMEOUT)
    try:
        connection.request("HEAD", parts.path or "/", headers={"User-Agent": "rasoat", "Connection": "close"})
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _tls(host: str, port: int | None, timeout: float) -> http.client.HTTPSConnection:
    """Certificates are no matter here: only whether anybody answers."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return http.client.HTTPSConnection(host, port, timeout=timeout, context=context)
