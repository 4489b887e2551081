"""The console program: parses, runs a command, turns errors into one line and an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer
from typer import rich_utils
from typer.exceptions import TyperException

from cli import (
    chain,
    changing,
    deciding,
    evidence,
    judging,
    lookups,
    notice,
    objecting,
    running,
    runs,
    selfscore,
)
from cli.options import HELP, Session, hoist, spoken_language
from errors import RasoatError
from i18n import Words, mark
from settings import load_settings

INTERRUPTED = 130
UNUSABLE = 2

# How an error about a line of a file begins, before its translated words.
PLACE = "{place}: "


def start(
    ctx: typer.Context,
    data: Path | None = typer.Option(None, "--data", help=HELP["--data"]),
    db: str | None = typer.Option(None, "--db", help=HELP["--db"]),
    register: Path | None = typer.Option(None, "--register", help=HELP["--register"]),
    lang: str | None = typer.Option(None, "--lang", help=HELP["--lang"]),
    json: bool = typer.Option(False, "--json", help=HELP["--json"]),
) -> None:
    """Keep what all commands share."""
    settings = load_settings(data=data, db=db, register_file=register, lang=lang)
    ctx.obj = Session(settings=settings, words=Words(settings.lang), json=json)


def build() -> typer.Typer:
    """The program with all its commands."""
    app = typer.Typer(
        name="rasoat",
        add_completion=False,
        no_args_is_help=True,
        help=mark("Audits government web portals against a points rubric, with evidence."),
        pretty_exceptions_enable=False,
    )
    app.callback()(start)
    for module in (
        judging,
        deciding,
        changing,
        objecting,
        notice,
        selfscore,
        evidence,
        chain,
        lookups,
        running,
        runs,
    ):
        module.register(app)
    return app


def speak(command: Any, words: Words) -> None:
    """Translate the help of a command, its parameters and its sub-commands."""
    command.help = words(command.help) if command.help else command.help
    command.short_help = words(command.short_help) if command.short_help else command.short_help
    for parameter in command.params:
        text = getattr(parameter, "help", None)
        if text:
            parameter.help = words(text)
    for child in getattr(command, "commands", {}).values():
        speak(child, words)


def panels(words: Words) -> None:
    """Headings of the help in the person's language (the parser prints them in English)."""
    rich_utils.OPTIONS_PANEL_TITLE = words("Options")
    rich_utils.ARGUMENTS_PANEL_TITLE = words("Arguments")
    rich_utils.COMMANDS_PANEL_TITLE = words("Commands")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; gives the exit status of CONTRACT.md (0, 1, 2 or 130)."""
    given = hoist(list(sys.argv[1:] if arguments is None else arguments))
    language = spoken_language(given, os.environ.get("RASOAT_LANG", "vi"))
    words = Words("en" if language == "en" else "vi")
    panels(words)
    command = typer.main.get_command(build())
    speak(command, words)
    try:
        status = command.main(given, prog_name="rasoat", standalone_mode=False)
    except RasoatError as error:
        return complain(worded(error, words), error.exit_status)
    except TyperException as error:
        return complain(error.format_message(), UNUSABLE)
    except (KeyboardInterrupt, typer.Abort):
        status = INTERRUPTED  # before the command began; later on the parser itself gives this status
    except BrokenPipeError:
        # The reader of our output has gone (| head): not our error, and nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if status == INTERRUPTED:
        return complain(words("Interrupted. Everything collected so far is kept."), INTERRUPTED)
    return status if isinstance(status, int) else 0


def worded(error: RasoatError, words: Words) -> str:
    """The error's line in the person's language; where it points into a file, that stands first."""
    message = error.message
    prefix = PLACE if message.startswith(PLACE) else ""
    text = prefix + words(message.removeprefix(prefix))
    return text.format(**error.values) if error.values else text


def complain(line: str, status: int) -> int:
    """One clear line on standard error."""
    sys.stderr.write("rasoat: " + " ".join(line.split()) + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
