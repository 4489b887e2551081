"""The wording of letters: Jinja templates in ``letters/*.yml``, one file for each edition."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, StrictUndefined

from errors import InputError
from report.notice.figures import grouped
from report.notice.safe import line

LETTERS = Path(__file__).with_name("letters")
TEXT = 4000
"""Longest paragraph, in characters: that of many units' names."""


def wording(edition: str) -> Mapping[str, Any]:
    """The texts of the letter for an edition."""
    path = LETTERS / f"{edition}.yml"
    if not path.is_file():
        known = ", ".join(sorted(each.stem for each in LETTERS.glob("*.yml") if each.stem != "common"))
        raise InputError(
            "no letter is worded for edition {edition}; there are {known}", edition=edition, known=known
        )
    return _texts(path)


def common() -> Mapping[str, Any]:
    """The texts that all letters share."""
    return _texts(LETTERS / "common.yml")


@cache
def _texts(path: Path) -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def fill(source: str, values: Mapping[str, Any], keep_spaces: bool = False) -> str:
    """One text with its values; spaces kept where they leave room for a pen."""
    text = _environment().from_string(source).render(values)
    return text.replace(" ", "\N{NO-BREAK SPACE}") if keep_spaces and "  " in text else line(text, TEXT)


@cache
def _environment() -> Environment:
    # These are texts, not mark-up: each writer escapes what its own format gives a meaning to.
    environment = Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True)
    environment.filters |= {"so": grouped, "hai": lambda count: f"{count:02d}"}
    return environment
