"""What cannot be used ends a command with status 2 and one line that names it; nothing is stored."""

from __future__ import annotations

import contextlib
import io
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from cli.app import main
from storage.store import open_store
from tests.cli.conftest import Audited, rasoat

UNUSABLE = 2

REGISTERS = {
    "syntax": "units: [{id: a",
    "twice": """
        units:
          - {id: a, name: Sở A, kind: department, url: "http://127.0.0.9/"}
          - {id: a, name: Sở B, kind: department, url: "http://127.0.0.8/"}
        """,
    "no_scheme": "units: [{id: a, name: Sở A, kind: department, url: a.bacninh.gov.vn}]",
    "no_kind": 'units: [{id: a, name: Sở A, kind: ministry, url: "http://127.0.0.9/"}]',
}

DECIDE = ["decide", "skhcn", "PL1.1.1", "full", "--period", "2026-05", "--by", "A", "--reason", "B"]

# name → (words of the command, what the line must name); {…} are filled from the fixture
MISTAKES: dict[str, tuple[list[str], list[str]]] = {
    "unknown unit": (["audit", "skhcm"], ["skhcm", "skhcn"]),
    "unknown period": (["scores", "--period", "2026-5"], ["2026-5"]),
    "no such month": (["scores", "--period", "2026-13"], ["2026-13"]),
    "no such day": (["judge", "--period", "2026-05", "--as-of", "2026-02-30"], ["2026-02-30"]),
    "no edition then": (["judge", "--period", "2019-05"], ["2019-05-22", "kh65-2025"]),
    "unknown edition": (["judge", "--period", "2026-05", "--edition", "kh66"], ["kh66", "kh65-2025"]),
    "shadow of itself": (["judge", "--period", "2026-05", "--shadow"], ["kh65-2025"]),
    "unknown command": (["judgee"], ["judgee"]),
    "unknown option": (["scores", "--perriod", "2026-05"], ["--perriod"]),
    "unknown language": (["scores", "--lang", "fr"], ["fr"]),
    "unknown leaf": (
        ["decide", "skhcn", "PL1.99", "full", "--period", "2026-05", "--by", "A", "--reason", "B"],
        ["PL1.99", "PL1.1.1"],
    ),
    "leaf of communes": (
        ["decide", "skhcn", "PL2.2", "none", "--period", "2026-05", "--by", "A", "--reason", "B"],
        ["PL2.2"],
    ),
    "unknown level": (
        ["decide", "skhcn", "PL1.1.1", "most", "--period", "2026-05", "--by", "A", "--reason", "B"],
        ["most", "full, partial, none"],
    ),
    "no reason": (
        ["decide", "skhcn", "PL1.1.1", "full", "--period", "2026-05", "--by", "A", "--reason", " "],
        ["--reason"],
    ),
    "a machine": (
        ["decide", "skhcn", "PL1.1.1", "full", "--period", "2026-05", "--by", "Machine", "--reason", "B"],
        ["Machine"],
    ),
    "no such file": (
        [*DECIDE, "--file", "{folder}/gone.pdf"],
        ["gone.pdf"],
    ),
    "nothing to withdraw": (
        ["decide", "skhcn", "PL1.1.1", "--withdraw", "--period", "2026-05", "--by", "A", "--reason", "B"],
        ["skhcn PL1.1.1"],
    ),
    "level and withdrawal": (
        ["decide", "skhcn", "PL1.1.1", "full", "--withdraw", "--by", "A", "--reason", "B"],
        ["--withdraw"],
    ),
    "objection to nothing": (
        ["object", "skhcn", "PL1.1.1", "--period", "2026-04", "--by", "A", "--reason", "B"],
        ["skhcn", "2026-04"],
    ),
    "unknown objection": (["answer", "77", "accept", "--by", "A", "--reason", "B"], ["77"]),
    "unknown verdict": (["answer", "77", "maybe", "--by", "A", "--reason", "B"], ["maybe"]),
    "no deadline": (
        ["change", "add", "skhcn", "PL1.1.2", "--date", "2026-05-04", "--source", "A", "--by", "B"],
        ["PL1.1.2", "--days"],
    ),
    "no such change day": (
        ["change", "add", "skhcn", "PL1.1.1", "--date", "04/05/2026", "--source", "A", "--by", "B"],
        ["04/05/2026"],
    ),
    "register syntax": (["audit", "--register", "{folder}/syntax.yml"], ["syntax.yml:1"]),
    "unit given twice": (["audit", "--register", "{folder}/twice.yml"], ["twice.yml:4"]),
    "address without scheme": (["audit", "--register", "{folder}/no_scheme.yml"], ["a.bacninh.gov.vn"]),
    "unknown kind": (["audit", "--register", "{folder}/no_kind.yml"], ["ministry"]),
    "no register": (["audit", "--register", "{folder}/none.yml"], ["none.yml"]),
    "data is a file": (["scores", "--period", "2026-05", "--data", "{folder}/syntax.yml"], ["syntax.yml"]),
    "database address": (["scores", "--period", "2026-05", "--db", "mysql://x/y"], ["mysql://"]),
    "database is locked": (
        [*DECIDE, "--data", "{locked}"],
        ["locked"],
    ),
}

# Made once more in a process of its own: that the status and the line leave it unchanged.
AS_PROCESS = ("unknown unit", "unknown level", "unknown option", "address without scheme", "data is a file")


@dataclass(frozen=True)
class Outcome:
    """How a command ended and what it said."""

    status: int
    stdout: str
    stderr: str


@pytest.fixture(scope="module")
def commands(audited: Audited, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[str]]]:
    """The words of each mistaken command, its files there and its database locked."""
    folder, locked = tmp_path_factory.mktemp("mistakes"), tmp_path_factory.mktemp("locked")
    for name, text in REGISTERS.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    open_store(locked).close()
    holder = sqlite3.connect(locked / "rasoat.sqlite3")
    holder.execute("BEGIN EXCLUSIVE")
    places = {"folder": str(folder), "locked": str(locked)}
    defaults = [("--data", str(audited.data)), *zip(audited.common[::2], audited.common[1::2], strict=True)]
    found = {}
    for name, (words, _) in MISTAKES.items():
        given = [word.format(**places) for word in words]
        found[name] = given + [word for pair in defaults if pair[0] not in given for word in pair]
    yield found
    holder.close()


@pytest.fixture(scope="module")
def outcomes(commands: dict[str, list[str]]) -> Iterator[dict[str, Outcome]]:
    """All mistakes made, one after the other."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.database.BUSY_SECONDS", 0.2)
        for name in [name for name in os.environ if name.startswith("RASOAT_")]:
            patch.delenv(name)
        yield {name: made(words) for name, words in commands.items()}


def made(words: list[str]) -> Outcome:
    """One command in this process."""
    out, beside = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(beside):
        status = main(words)
    return Outcome(status, out.getvalue(), beside.getvalue())


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_in_one_line(outcomes: dict[str, Outcome], mistake: str) -> None:
    done, named = outcomes[mistake], MISTAKES[mistake][1]
    assert done.status == UNUSABLE, (done.stdout, done.stderr)
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("rasoat: ")
    for words in named:
        assert words in line


@pytest.mark.parametrize("mistake", AS_PROCESS)
def test_a_process_says_the_same(
    outcomes: dict[str, Outcome], commands: dict[str, list[str]], mistake: str
) -> None:
    done = rasoat(*commands[mistake])
    assert Outcome(done.returncode, done.stdout, done.stderr) == outcomes[mistake]


def test_mistakes_store_nothing(outcomes: dict[str, Outcome], audited: Audited) -> None:
    assert len(outcomes) == len(MISTAKES)
    with sqlite3.connect(audited.data / "rasoat.sqlite3") as database:
        for table in ("decisions", "objections", "changes"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    assert not (audited.data / "attachments").exists()


def test_vietnamese_is_the_default(audited: Audited) -> None:
    done = rasoat("scores", "--period", "2026-13", "--data", audited.data)
    assert done.returncode == UNUSABLE
    assert "không" in done.stderr


def test_help_names_every_command_of_the_contract() -> None:
    done = rasoat("--help", "--lang", "en")
    assert done.returncode == 0
    for command in ("audit", "crawl", "judge", "scores", "show", "decide", "change", "object", "answer"):
        assert f" {command} " in done.stdout
