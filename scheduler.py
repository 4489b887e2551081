"""When things happen: the nightly crawl and judging, and further passes for what failed.

``rasoat schedule`` and ``python scheduler.py`` are the same. Jobs are kept in the installation's own
database, so a machine that was off at one o'clock runs the missed night once when it is back. Each
pass is a process of its own: a crawl's engine runs only once in a process, and a crash in one night
must not end the scheduler.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from time import sleep as sleep_for
from types import FrameType
from zoneinfo import ZoneInfo

import structlog
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger

from rubric.period import period_of
from settings import Settings, load_settings
from storage.store import database_url, open_store

ZONE = "Asia/Ho_Chi_Minh"

# A night missed by less than this runs on return; an older one is simply a night without data.
GRACE = 20 * 3600

log = structlog.get_logger()


def local_now() -> datetime:
    """The moment on the offices' clocks."""
    return datetime.now(ZoneInfo(ZONE))


def serve(settings: Settings) -> int:
    """Run in the foreground until SIGTERM or Ctrl-C; gives the exit status."""
    with open_store(settings.data, settings.db):
        pass  # brings the database to the present schema, or says plainly why not
    engine = BlockingScheduler(
        jobstores={"default": SQLAlchemyJobStore(url=database_url(settings.data, settings.db))},
        timezone=ZONE,
    )
    hour, minute = settings.nightly.split(":")
    engine.add_job(
        nightly,
        CronTrigger(hour=hour, minute=minute, timezone=ZONE),
        args=[settings.model_dump(mode="json")],
        id="nightly",
        replace_existing=True,
        coalesce=True,
        max_instances=1,
        misfire_grace_time=GRACE,
    )

    def stop(_signal: int, _frame: FrameType | None) -> None:
        log.info("stopping")
        engine.shutdown(wait=False)

    signal.signal(signal.SIGTERM, stop)
    log.info("waiting", nightly=settings.nightly, zone=ZONE)
    try:
        engine.start()
    except KeyboardInterrupt:
        return 130
    return 0


def nightly(values: dict[str, object]) -> None:
    """The scheduled job: tonight's work with the settings the scheduler was started with."""
    settings = Settings.model_validate(values)
    tonight(settings, Window.parse(settings.window) if settings.window else None)


@dataclass(frozen=True, slots=True)
class Window:
    """The local hours in which offices' servers may be read; it may go over midnight."""

    opens: time
    closes: time

    @classmethod
    def parse(cls, text: str) -> Window:
        """``22:00-06:00``."""
        opens, closes = (time.fromisoformat(part) for part in text.split("-"))
        return cls(opens, closes)

    def holds(self, moment: datetime) -> bool:
        """The moment lies in these hours; with both ends alike every moment does."""
        clock = moment.time()
        if self.opens < self.closes:
            return self.opens <= clock < self.closes
        return clock >= self.opens or clock < self.closes

    def wait(self, moment: datetime) -> float:
        """Seconds until these hours begin, 0 within them."""
        if self.holds(moment):
            return 0.0
        opens = datetime.combine(moment.date(), self.opens, moment.tzinfo)
        return (opens + timedelta(days=opens < moment) - moment).total_seconds()


def tonight(
    settings: Settings,
    window: Window | None = None,
    sleep: Callable[[float], None] = sleep_for,
    clock: Callable[[], datetime] = local_now,
) -> int:
    """Audit all units, then (further passes) those that were not reached or not read to the end.

    Gives the status of the last pass: 0 all settled, 1 something unresolved, else what went wrong.
    """
    if window is not None:
        sleep(window.wait(clock()))
    words = ["--full"] if month_closed(clock().date()) else []
    status = one_pass(settings, [*words, *until(window)])
    for number in range(settings.retry_passes if status == 1 else 0):
        sleep(settings.retry_wait)
        if window is not None and not window.holds(clock()):
            log.info("window closed", passes=number + 1)
            break
        status = one_pass(settings, ["--unfinished", *until(window)])
        log.info("further pass", number=number + 1, status=status)
        if status != 1:
            break
    return status


def month_closed(day: date) -> bool:
    """The period closed yesterday: what it is finally judged by is read anew, every page."""
    return period_of(day).opens == day


def until(window: Window | None) -> list[str]:
    """The option that ends a crawl with its window."""
    return ["--until", f"{window.closes:%H:%M}"] if window is not None else []


def one_pass(settings: Settings, words: Sequence[str] = ()) -> int:
    """One audit of all units in a process of its own."""
    command = [sys.executable, "-m", "cli", "--data", str(settings.data), "--lang", settings.lang]
    command += ["--db", settings.db] if settings.db else []
    command += ["--register", str(settings.register_file)] if settings.register_file else []
    return subprocess.run([*command, "audit", *words], check=False).returncode


if __name__ == "__main__":
    sys.exit(serve(load_settings()))
