"""The word lists beside the crawler (``*.yml``), loaded once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent


@cache
def load(name: str) -> dict[str, Any]:
    """The parsed ``crawler/<name>.yml``."""
    data: dict[str, Any] = yaml.safe_load((_FOLDER / f"{name}.yml").read_text("utf-8"))
    return data


@cache
def words(name: str, entry: str) -> frozenset[str]:
    """The words of one list as they are."""
    return frozenset(str(word) for word in load(name)[entry])
