"""The options that every command takes, wherever they stand on the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from i18n import Words, mark
from settings import Settings

VALUED = ("--data", "--db", "--register", "--lang")
FLAGS = ("--json",)

HELP = {
    "--data": mark("Folder for evidence, exports and the default database (default ./data)."),
    "--db": mark("Database address (default: SQLite inside the data folder; environment RASOAT_DB)."),
    "--register": mark("Register of units (default: the one shipped; environment RASOAT_REGISTER)."),
    "--lang": mark("Language of answers: vi or en (default vi)."),
    "--json": mark("Machine answer on standard output and nothing else there."),
}


@dataclass(frozen=True, slots=True)
class Session:
    """What a command needs of the person's surroundings: settings, language, form of the answer."""

    settings: Settings
    words: Words
    json: bool


def hoist(arguments: Sequence[str]) -> list[str]:
    """Move the common options before the command, where the parser expects them.

    Everything after ``--`` stays as it is. A valued option at the very end stays where it is, so
    that the parser itself says what is missing.
    """
    front: list[str] = []
    rest: list[str] = []
    pending = list(arguments)
    while pending:
        word = pending.pop(0)
        if word == "--":
            return [*front, *rest, word, *pending]
        if word in FLAGS or (word.partition("=")[0] in VALUED and "=" in word):
            front.append(word)
        elif word in VALUED and pending:
            front += [word, pending.pop(0)]
        else:
            rest.append(word)
    return [*front, *rest]


def spoken_language(arguments: Sequence[str], default: str) -> str:
    """The language asked for, known before parsing so that the help speaks it too."""
    for position, word in enumerate(arguments):
        if word.startswith("--lang="):
            return word.partition("=")[2]
        if word == "--lang" and position + 1 < len(arguments):
            return arguments[position + 1]
    return default
