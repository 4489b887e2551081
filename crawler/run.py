"""One crawl from start to end: blocking, in the main thread, one for each process."""

from __future__ import annotations

import logging
import os
import signal
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

from scrapy.crawler import CrawlerProcess
from scrapy.exceptions import ScrapyDeprecationWarning
from scrapy.utils.reactor import is_reactor_installed

from crawler.clock import the_reactor
from crawler.netguard import Guard, is_private_literal
from crawler.plan import CrawlLimits, PortalPlan
from crawler.portal import Portal
from crawler.run_state import RunState
from crawler.scope import origin_of
from crawler.settings import crawl_settings
from crawler.sink import CaptureSink, CrawlOutcome, Progress
from crawler.spider import PortalSpider
from crawler.tls import TlsFacts
from crawler.visits import Reader
from errors import RasoatError
from pages import read as read_page

POLITE_VARIABLE = "RASOAT_POLITE_EVERYWHERE"
"""Set (to anything) to keep the usual waits towards portals on private addresses too."""


def crawl(
    plans: Sequence[PortalPlan],
    store: CaptureSink,
    run_id: int,
    limits: CrawlLimits,
    progress: Callable[[Progress], None] | None = None,
    reader: Reader = read_page,
) -> CrawlOutcome:
    """Walk the portals of ``plans`` and keep every exchange in ``store``.

    Blocks until all walks have ended. A portal on a private address is walked only because its plan
    names it, and without waits unless the environment says otherwise (:data:`POLITE_VARIABLE`).

    :raises KeyboardInterrupt: the user stopped it (SIGINT, SIGTERM); everything seen so far is kept.
    :raises RasoatError: a crawl has already run in this process; what ``store`` raises comes through.
    """
    state = RunState(store, run_id, len(plans), progress)
    if plans:
        _run(plans, limits, state, reader)
    return CrawlOutcome(tuple(state.results), state.pages, state.bytes, state.errors)


def _run(plans: Sequence[PortalPlan], limits: CrawlLimits, state: RunState, reader: Reader) -> None:
    if is_reactor_installed():
        raise RasoatError("only one crawl can run in one process: start another process for the next")
    guard = Guard(url for plan in plans for url in (plan.url, *plan.start_urls))
    tls = TlsFacts()
    portals = [Portal(plan, limits_for(plan, limits), reader) for plan in plans]
    with _quiet(
        lambda: CrawlerProcess(crawl_settings(limits, guard, tls), install_root_handler=False)
    ) as process:
        crawler = process.create_crawler(PortalSpider)
        process.crawl(crawler, portals=portals, state=state, guard=guard, tls=tls)
        with _signals(lambda: crawler.spider) as interrupted:
            process.start(install_signal_handlers=False)
    if state.problem is not None:
        raise state.problem
    if interrupted:
        raise KeyboardInterrupt


def limits_for(plan: PortalPlan, limits: CrawlLimits) -> CrawlLimits:
    """The limits of one portal: no waits on this machine's own and private addresses."""
    origin = origin_of(plan.url)
    private = origin is not None and is_private_literal(origin[1])
    return CrawlLimits.for_private(limits) if private and not os.environ.get(POLITE_VARIABLE) else limits


@contextmanager
def _quiet(make: Callable[[], CrawlerProcess]) -> Iterator[CrawlerProcess]:
    """Scrapy's own log is not for the user (it turns itself on when a process is made), and its
    remarks on the private parts used here are known."""
    loggers = [logging.getLogger(name) for name in ("scrapy", "twisted", "asyncio", "filelock")]
    levels = [logger.level for logger in loggers]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ScrapyDeprecationWarning)
        process = make()
        logging.captureWarnings(False)
        for logger in loggers:
            logger.setLevel(logging.CRITICAL)
        try:
            yield process
        finally:
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)


@contextmanager
def _signals(spider: Callable[[], Any]) -> Iterator[list[int]]:
    """The first SIGINT or SIGTERM ends the crawl in order; the next one acts as usual."""
    caught: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield caught
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def stop(number: int, frame: FrameType | None) -> None:
        caught.append(number)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        the_reactor().callFromThread(_stop_all, spider)

    for number in before:
        signal.signal(number, stop)
    try:
        yield caught
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop_all(spider: Callable[[], Any]) -> None:
    running = spider()
    if running is not None:
        running.stop()
    if the_reactor().running:
        the_reactor().stop()
