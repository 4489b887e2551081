"""The deadlines of an edition's procedure are data, each with its note; faults name file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from errors import InputError
from rubric.edition import load_edition, rubric_answer
from rubric.procedure import read_procedure
from rubric.yamlsource import read_yaml


def read(tmp_path: Path, text: str) -> object:
    path = tmp_path / "terms.yml"
    path.write_text(text, encoding="utf-8")
    return read_procedure(read_yaml(path))


def test_the_edition_in_force_names_its_terms_with_their_source() -> None:
    params = load_edition("kh65-2025").params
    assert params["objections"]["file_days"] == 3
    assert params["objections"]["answer_days"] == 5
    assert all("Ours" in block["note"] for block in params.values())
    assert rubric_answer(load_edition("kh65-2025"))["params"] == params


def test_an_edition_may_name_none() -> None:
    assert load_edition("2012-bacgiang").params == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("objections: {file_days: 3, answer_days: 5}", "note"),
        ("objections: {file_days: 0, answer_days: 5, note: x}", "terms.yml:1: '0'"),
        ("objections:\n  file_days: 3\n  note: x", "answer_days"),
        ("objections:\n  file_days: 3\n  answer_days: many\n  note: x", "terms.yml:3: 'many'"),
        ("appeals: {days: 3, note: x}", "appeals"),
        ("changes: {grace_hours: 12, hours: 3, note: x}", "hours"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as raised:
        read(tmp_path, text)
    assert said in str(raised.value)
