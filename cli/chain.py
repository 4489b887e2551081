"""The nightly chain over captures and findings: ``rasoat chain add`` and ``rasoat chain verify``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import typer

from cli import judging
from cli.evidence import Key, given_key
from cli.options import Session
from cli.output import answers, say_json
from errors import InputError
from i18n import mark
from report.moments import ZONE, local
from storage.chain import Break, Link, breaks, extend, read_links
from storage.keys import known_key

WHAT = {
    "order": mark("link {number}: it does not follow the one before it; a link was removed or rewritten"),
    "signature": mark("link {number}: it is not signed by this key"),
    "captures": mark("link {number}: the captures of {where} are not those of that night"),
    "findings": mark("link {number}: the findings are not those of that night"),
}


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    group = typer.Typer(
        help=mark("The nightly chain of digests over captures and findings."), no_args_is_help=True
    )
    group.command("add", help=mark("Add a link over everything new since the last one."))(add)
    group.command("verify", help=mark("Check that nothing under the chain was rewritten."))(verify)
    app.add_typer(group, name="chain")


def add(ctx: typer.Context) -> int:
    """Add a link."""
    session: Session = ctx.obj
    with judging.opened(session) as store:
        link = extend(store, datetime.now(ZONE))
        last = link or next(reversed(read_links(session.settings.data)), None)
    if session.json:
        say_json({"added": link is not None, "head": _told(last) if last else None})
    elif link is None:
        answers().print(session.words("Nothing is new since the last link."))
    else:
        said = session.words("Link {number}: {digest}", number=link.number, digest=link.digest)
        answers().print(said, markup=False, soft_wrap=True)
    return 0


def verify(ctx: typer.Context, key: str | None = Key) -> int:
    """Check the chain; 0 when it holds, 1 when something was rewritten."""
    session: Session = ctx.obj
    expected = given_key(key) if key else known_key(session.settings.data)
    if expected is None:
        raise InputError("this installation has no key yet, and so no chain")
    with judging.opened(session) as store:
        found, links = list(breaks(store, expected)), read_links(session.settings.data)
    lines = [session.words(WHAT[each.what], number=each.number, where=each.where) for each in found]
    if session.json:
        say_json(_answer(links, found, lines))
        return 1 if found else 0
    for line in lines:
        answers().print(line, markup=False, soft_wrap=True)
    if links:
        head = session.words(
            "{count} links; the last one is {digest}", count=len(links), digest=links[-1].digest
        )
        answers().print(head, markup=False, soft_wrap=True)
    if not found:
        answers().print(session.words("The chain holds."))
    return 1 if found else 0


def _answer(links: list[Link], found: list[Break], lines: list[str]) -> dict[str, Any]:
    said = [
        {"link": each.number, "what": each.what, "where": each.where, "text": line}
        for each, line in zip(found, lines, strict=True)
    ]
    return {"holds": not found, "links": [_told(link) for link in links], "breaks": said}


def _told(link: Link) -> dict[str, Any]:
    return {
        "number": link.number,
        "at": local(link.at),
        "digest": link.digest,
        "walks": len(link.walks),
        "captures": link.captures,
        "results": link.results["count"],
    }
