from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from errors import InputError
from rubric.yamlsource import Node, read_yaml


def node(tmp_path: Path, text: str) -> Node:
    path = tmp_path / "some.yml"
    path.write_text(text, encoding="utf-8")
    return read_yaml(path)


def test_scalars_stay_what_the_file_says(tmp_path: Path) -> None:
    fields = node(tmp_path, "code: 07333\nanswer: no\nday: 2026-05-22\npoints: 8.5\nflag: true\n").fields()
    assert fields["code"].text() == "07333"
    assert fields["answer"].text() == "no"
    assert fields["day"].day() == date(2026, 5, 22)
    assert fields["points"].decimal() == Decimal("8.5")
    assert fields["flag"].flag() is True


def test_plain_keeps_nulls_and_quoted_text_and_never_makes_floats(tmp_path: Path) -> None:
    value = node(tmp_path, 'a: null\nb: "1"\nc: 0.9\nd: [1, true, x]\n').plain()
    assert value == {"a": None, "b": "1", "c": "0.9", "d": [1, True, "x"]}


def test_plain_gives_back_the_same_for_an_alias(tmp_path: Path) -> None:
    assert node(tmp_path, "a: &x {k: 1}\nb: *x\n").plain() == {"a": {"k": 1}, "b": {"k": 1}}


def test_whole_numbers_have_a_least_value(tmp_path: Path) -> None:
    fields = node(tmp_path, "a: 0\nb: 999999999\n").fields()
    assert (fields["a"].integer(), fields["a"].integer(0), fields["b"].integer(1)) == (0, 0, 999999999)
    with pytest.raises(InputError, match="no whole number from 1 up"):
        fields["a"].integer(1)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: [1, 2\n", 2, "bad YAML"),
        ("a: b: c\n", 1, "bad YAML"),
        ("", 1, "empty"),
        ("# only a comment\n", 1, "empty"),
        ("a: \x07\n", 1, "bad YAML: special characters are not allowed"),
    ],
)
def test_what_is_no_yaml_is_refused_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(InputError) as caught:
        node(tmp_path, text)
    assert f"some.yml:{line}: " in str(caught.value)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_file_that_is_no_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.yml: cannot be read"):
        read_yaml(tmp_path / "none.yml")
    (tmp_path / "bytes.yml").write_bytes(b"\xff\xfe\x00a")
    with pytest.raises(InputError, match="not UTF-8"):
        read_yaml(tmp_path / "bytes.yml")
    with pytest.raises(InputError, match="cannot be read"):
        read_yaml(tmp_path)


@pytest.mark.parametrize(
    ("reading", "text"),
    [
        ("text", "''"),
        ("text", "null"),
        ("text", "[a]"),
        ("flag", "yes"),
        ("integer", "1.5"),
        ("integer", "-1"),
        ("integer", "12345678901"),
        ("decimal", "1e3"),
        ("decimal", "NaN"),
        ("day", "2026-02-30"),
        ("day", "22/05/2026"),
        ("day", "2026-05-22T00:00"),
        ("items", "a"),
        ("fields", "[a]"),
    ],
)
def test_a_value_of_the_wrong_form_is_a_fault_with_its_line(tmp_path: Path, reading: str, text: str) -> None:
    value = node(tmp_path, f"\n\nkey: {text}\n").entries()["key"]
    with pytest.raises(InputError, match=r"some\.yml:3: "):
        getattr(value, reading)()


def test_unknown_doubled_and_missing_fields_are_faults(tmp_path: Path) -> None:
    root = node(tmp_path, "a: 1\nb: 2\nb: 3\n")
    with pytest.raises(InputError, match=r":3: field 'b' is given twice"):
        root.fields()
    with pytest.raises(InputError, match=r":2: unknown field 'b'; known are a"):
        root.fields(("a",))
    with pytest.raises(InputError, match=r":1: field 'c' is missing"):
        node(tmp_path, "a: 1\nc:\n").fields(("a", "c"), required=("c",))
