"""The word lists beside the readers (``lexicon/*.yml``): loaded once, labels folded as keys."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pages.text import label_key

_FOLDER = Path(__file__).parent / "lexicon"


@cache
def load(name: str) -> dict[str, Any]:
    """The parsed ``lexicon/<name>.yml``."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data: dict[str, Any] = yaml.load((_FOLDER / f"{name}.yml").read_text("utf-8"), loader)
    return data


def entry_of(name: str, entry: str) -> Any:
    """One entry of a lexicon; ``roles.asked`` is the entry ``asked`` inside ``roles``."""
    found: Any = load(name)
    for step in entry.split("."):
        found = found[step]
    return found


@cache
def keys(name: str, entry: str) -> frozenset[str]:
    """The labels of one entry as label keys (see :func:`pages.text.label_key`)."""
    return frozenset(label_key(str(label)) for label in entry_of(name, entry))


@cache
def words(name: str, entry: str) -> frozenset[str]:
    """The entries of one list as they are (class words, host names, parameter names)."""
    return frozenset(str(word) for word in entry_of(name, entry))


@cache
def pattern(name: str, entry: str) -> re.Pattern[str]:
    """One pattern that finds any phrase of the entry as whole words in a label key."""
    return whole_words(label_key(str(phrase)) for phrase in entry_of(name, entry))


def whole_words(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of ``phrases`` standing as whole words; longest first."""
    ordered = sorted({phrase for phrase in phrases if phrase}, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)")
