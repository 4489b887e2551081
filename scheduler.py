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
from types import FrameType

import structlog
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger

from settings import Settings, load_settings
from storage.store import database_url, open_store

ZONE = "Asia/Ho_Chi_Minh"

# A night missed by less than this runs on return; an older one is simply a night without data.
GRACE = 20 * 3600

log = structlog.get_logger()


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
    tonight(Settings.model_validate(values))


def tonight(settings: Settings) -> int:
    """Audit all units, then again (further passes) while something was not reached.

    Gives the status of the last pass: 0 all settled, 1 something unresolved, else what went wrong.
    """
    status = 1
    for number in range(1 + settings.retry_passes):
        status = one_pass(settings)
        log.info("pass", number=number + 1, status=status)
        if status != 1:
            break
    return status


def one_pass(settings: Settings) -> int:
    """One audit of all units in a process of its own."""
    command = [sys.executable, "-m", "cli", "--data", str(settings.data), "--lang", settings.lang]
    command += ["--db", settings.db] if settings.db else []
    command += ["--register", str(settings.register_file)] if settings.register_file else []
    return subprocess.run([*command, "audit"], check=False).returncode


if __name__ == "__main__":
    sys.exit(serve(load_settings()))
