"""Live progress on standard error while long work goes on, when the terminal allows."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from cli.options import Session
from cli.output import notes
from crawler.sink import Progress


@contextlib.contextmanager
def crawl_progress(session: Session) -> Iterator[Callable[[Progress], None] | None]:
    """A live line of the crawl (portals done, pages, errors); nothing when nobody watches."""
    console = notes()
    if not console.is_terminal:
        yield None
        return
    words = session.words
    with Bar(
        TextColumn("{task.description}"),
        BarColumn(bar_width=16),
        MofNCompleteColumn(),
        TextColumn(words("{task.fields[pages]} pages, {task.fields[errors]} errors")),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    ) as bar:
        task = bar.add_task(words("Crawling"), total=None, pages=0, errors=0)

        def step(seen: Progress) -> None:
            bar.update(task, completed=seen.done, total=seen.total, pages=seen.pages, errors=seen.errors)

        yield step


@contextlib.contextmanager
def judge_progress(session: Session) -> Iterator[Callable[[int, int], None] | None]:
    """A live line of judging; nothing when nobody watches."""
    console = notes()
    if not console.is_terminal:
        yield None
        return
    with Bar(
        TextColumn("{task.description}"),
        BarColumn(bar_width=16),
        MofNCompleteColumn(),
        console=console,
        transient=True,
    ) as bar:
        task = bar.add_task(session.words("Judging"), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
