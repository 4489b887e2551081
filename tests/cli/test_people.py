"""What people say, on the command line: decide, withdraw, object, answer, publish, known changes, shadow."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.app import main
from tests.cli.conftest import Audited

UNIT, LEAF = "skhcn", "PL1.2"
Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(
    audited: Audited, data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Say:
    """Run one command here, on a copy of the audited folder; status, standard output, standard error."""
    monkeypatch.setenv("COLUMNS", "80")

    def run(*words: object) -> tuple[int, str, str]:
        status = main([*map(str, words), *audited.common, "--data", str(data)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def told(say: Say, *words: object) -> Any:
    """The JSON answer of one command that must be understood."""
    status, out, err = say(*words, "--json")
    assert status in (0, 1), err
    return json.loads(out)


def leaf_of(answer: Any, leaf: str = LEAF) -> Any:
    (unit,) = [unit for unit in answer["units"] if unit["unit"] == UNIT]
    return next(each for each in unit["leaves"] if each["id"] == leaf)


PERIOD = ("--period", "2026-05")
BY = ("--by", "Nguyễn Văn A", "--reason", "Biên bản số 3")


def other_level(audited: Audited) -> str:
    """A level of the leaf that the machine did not find."""
    return "none" if leaf_of(audited.answer)["level"] != "none" else "at_least_10"


def test_a_decision_stands_beside_the_finding_until_it_is_withdrawn(
    say: Say, audited: Audited, data: Path, tmp_path: Path
) -> None:
    machine, level = leaf_of(audited.answer), other_level(audited)
    minutes = tmp_path / "bien ban.pdf"
    minutes.write_bytes(b"%PDF-1.7 bien ban")
    answer = told(say, "decide", UNIT, LEAF, level, *PERIOD, *BY, "--file", minutes)
    leaf = leaf_of(answer)
    assert (leaf["level"], leaf["by"], leaf["outcome"]) == (level, "Nguyễn Văn A", "resolved")
    assert leaf["decision"]["machine_level"] == machine["level"]
    assert leaf["reason"] == machine["reason"]
    assert leaf["decision"]["stale"] is False
    (kept,) = leaf["decision"]["files"]
    assert (data / kept).read_bytes() == minutes.read_bytes()
    moved = leaf["points"] - machine["points"]
    before = next(unit for unit in audited.answer["units"] if unit["unit"] == UNIT)
    assert answer["units"][0]["points"] == before["points"] + moved
    _, shown, _ = say("show", UNIT, *PERIOD)
    assert "Decided by Nguyễn Văn A" in shown
    assert "bien ban.pdf" in shown
    _, ranking, _ = say("scores", *PERIOD)
    assert f"* {UNIT} {LEAF}: decided by Nguyễn Văn A" in ranking
    back = leaf_of(told(say, "decide", UNIT, LEAF, "--withdraw", *PERIOD, *BY))
    assert (back["level"], back["by"]) == (machine["level"], "machine")
    assert [each["level"] for each in back["decisions"]] == [level, None]
    assert "withdrawn by Nguyễn Văn A" in say("show", UNIT, *PERIOD)[1]


def test_judging_again_keeps_the_decision_and_marks_it_when_the_finding_moved(
    say: Say, audited: Audited, data: Path
) -> None:
    level = other_level(audited)
    told(say, "decide", UNIT, LEAF, level, *PERIOD, *BY)
    again = told(say, "judge", *audited.when)
    assert leaf_of(again)["level"] == level
    assert leaf_of(again)["decision"]["stale"] is False
    with sqlite3.connect(data / "rasoat.sqlite3") as database:  # as if it had been decided on other grounds
        database.execute("UPDATE decisions SET finding_digest = 'sha256:other'")
    assert leaf_of(told(say, "scores", *PERIOD))["decision"]["stale"] is True
    assert "Stale: the finding underneath" in say("show", UNIT, *PERIOD)[1]
    assert "stale: the finding" in " ".join(say("scores", *PERIOD)[1].split())


def test_from_draft_to_final(say: Say, audited: Audited) -> None:
    level = other_level(audited)
    assert say("publish", "draft", *PERIOD, "--by", "TTĐT", "--as-of", "2026-05-25")[0] == 0
    filed = ("object", UNIT, LEAF, *PERIOD, "--by", "Sở KHCN", "--reason", "Đếm thiếu")
    (first,) = told(say, *filed, "--as-of", "2026-05-27")["objections"]
    (late,) = told(say, *filed, "--as-of", "2026-06-01")["objections"]
    assert (first["state"], first["late"], first["file_by"]) == ("open", False, "2026-05-28")
    assert (late["late"], late["answer_by"]) == (True, "2026-06-08")
    status, _, err = say("publish", "final", *PERIOD, "--by", "TTĐT")
    assert (status, "1, 2" in err) == (2, True)
    accepted = told(say, "answer", first["id"], "accept", "--level", level, *BY)["objections"][0]
    assert (accepted["state"], accepted["answer"]["level"]) == ("accepted", level)
    assert [each["id"] for each in told(say, "objections", "--open")["objections"]] == [late["id"]]
    assert say("answer", late["id"], "reject", "--level", level, *BY)[0] == 2
    assert say("answer", late["id"], "reject", *BY)[0] == 0
    assert say("answer", late["id"], "reject", *BY)[0] == 2
    leaf = leaf_of(told(say, "show", UNIT, *PERIOD))
    assert (leaf["level"], leaf["by"]) == (level, "Nguyễn Văn A")
    shown = " ".join(say("show", UNIT, *PERIOD)[1].split())
    assert "Objection 1: skhcn PL1.2 (2026-05), Sở KHCN: Đếm thiếu" in shown
    assert "accepted (Nguyễn Văn A: Biên bản số 3)" in shown
    assert "filed after 2026-05-28" in shown
    assert say("publish", "final", *PERIOD, "--by", "TTĐT")[0] == 0
    assert all(each["final"] for each in told(say, "objections", *PERIOD)["objections"])
    status, _, err = say(*filed)
    assert (status, "2026-05 is published" in err) == (2, True)
    assert say("publish", "draft", *PERIOD, "--by", "TTĐT")[0] == 2


def test_a_final_result_has_nothing_unresolved(say: Say, data: Path) -> None:
    with sqlite3.connect(data / "rasoat.sqlite3") as database:
        database.execute("UPDATE findings SET level = NULL WHERE ordinal = 0")
    status, _, err = say("publish", "final", *PERIOD, "--by", "TTĐT")
    assert status == 2
    assert UNIT in err


def test_a_known_change_is_judged_from_the_nights(say: Say, audited: Audited) -> None:
    add = ("change", "add", UNIT, "PL1.1.1", "--source", "QĐ 12/QĐ-UBND", "--by", "TTĐT")
    early = told(say, *add, "--date", "2026-05-18")
    assert (early["days"], early["due"], early["state"]) == (2, "2026-05-20", None)
    told(say, *add, "--date", "2026-05-22", "--days", "3")
    told(say, "judge", *audited.when)
    answer = told(say, "show", UNIT, *PERIOD)
    # The one crawl was taken for the 23rd: nothing is known of the days before.
    assert [each["state"] for each in answer["units"][0]["changes"]] == ["unseen", "unseen"]
    listed = told(say, "change", "list", UNIT, *PERIOD)["changes"]
    assert [each["source"] for each in listed] == ["QĐ 12/QĐ-UBND"] * 2
    assert "QĐ 12/QĐ-UBND" in say("change", "list", *PERIOD)[1]
    assert "Known changes:" in say("show", UNIT, *PERIOD)[1]
    later = ("--period", "2026-06")
    assert {each["state"] for each in told(say, "change", "list", UNIT, *later)["changes"]} == {None}


def test_a_shadow_run_changes_nothing(say: Say, audited: Audited, data: Path) -> None:
    def results() -> list[Any]:
        with sqlite3.connect(data / "rasoat.sqlite3") as database:
            return database.execute("SELECT * FROM results ORDER BY id").fetchall()

    before = results()
    answer = told(say, "judge", "--shadow", "--edition", "2024-02", *audited.when)
    assert (answer["base"], answer["edition"], answer["shadow"]) == ("kh65-2025", "2024-02", True)
    (unit,) = [unit for unit in answer["units"] if unit["unit"] == UNIT]
    machine = next(each for each in audited.answer["units"] if each["unit"] == UNIT)
    assert unit["base"]["points"] == machine["points"]
    assert unit["other"]["columns"]["unresolved"] == 19
    status, shown, beside = say("judge", "--shadow", "--edition", "2024-02", *audited.when)
    assert status == 1
    assert "19 leaves (Departments) can only be judged by a person" in " ".join(beside.split())
    assert "no leaves for: Communes" in beside
    assert "Nothing is stored" in shown
    assert results() == before
    assert say("scores", *PERIOD, "--json")[1] == audited.stdout


@pytest.mark.parametrize("language", ["en", "vi"])
def test_show_fits_eighty_columns_and_says_what_to_do(say: Say, audited: Audited, language: str) -> None:
    for unit in audited.answer["units"]:
        _, shown, _ = say("show", unit["unit"], *PERIOD, "--lang", language)
        assert all(len(line.rstrip()) <= 80 for line in shown.splitlines())
        text = " ".join(shown.split())
        for leaf in unit["leaves"]:
            if leaf["points"] != leaf["max"]:
                assert text.count(leaf["id"] + " ") >= 2, leaf["id"]
