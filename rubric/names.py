"""By which names a unit is called on a day: official, current and former types, aliases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from rubric.model import DatedType, Unit
from rubric.yamlsource import Node, read_yaml

NAMES_FILE = Path(__file__).with_name("names.yml")


@dataclass(frozen=True, slots=True)
class _Words:
    prefixes: tuple[str, ...]
    types: tuple[str, ...]
    short_prefixes: tuple[str, ...]


def names_of(unit: Unit, on: date) -> tuple[str, ...]:
    """Every name by which ``unit`` may be called on ``on``, the official one first, none twice.

    That is: its name on that day, the registered name, the aliases, and for each type it has or had
    by then (or that its name shows) "<type> <proper name>", bare and after the usual prefixes.
    The proper name alone is not among them: it would match persons, streets and other places. Right
    behind the name of the people's committee it is: that is an office and nothing else.
    """
    words = _vocabulary()[unit.kind]
    proper = _proper_name(unit, words)
    full = [f"{kind} {proper}" for kind in _types_by(unit, on, words)]
    prefixed = [f"{prefix} {name}" for name in full for prefix in words.prefixes]
    short = [f"{prefix} {proper}" for prefix in words.short_prefixes if full]
    return tuple(dict.fromkeys([name_on(unit, on), unit.name, *unit.aliases, *full, *prefixed, *short]))


def name_on(unit: Unit, on: date) -> str:
    """The unit's name with the type it has on ``on``: a commune that became a ward keeps its old
    name in older periods. Units without dated types keep the registered name."""
    current = type_on(unit, on)
    words = _vocabulary()[unit.kind]
    shown = _shown_type(unit, words)
    if current is None or shown is None or current == shown.lower():
        return unit.name
    proper = _proper_name(unit, words)
    replacement = current.capitalize() if shown[0].isupper() else current
    return f"{unit.name[: len(unit.name) - len(proper)].removesuffix(f'{shown} ')}{replacement} {proper}"


def type_on(unit: Unit, on: date) -> str | None:
    """The unit's type on ``on`` as the register states it, or None."""
    return next((dated.type for dated in unit.types if _holds(dated, on)), None)


def _holds(dated: DatedType, day: date) -> bool:
    return (dated.first is None or dated.first <= day) and (dated.last is None or day <= dated.last)


def _types_by(unit: Unit, on: date, words: _Words) -> list[str]:
    """Types had by ``on``, the present one first; without dated types the one its name shows."""
    had = [dated for dated in unit.types if dated.first is None or dated.first <= on]
    if not had:
        shown = _shown_type(unit, words)
        return [shown.lower()] if shown else []
    return [dated.type for dated in sorted(had, key=lambda dated: dated.first or date.min, reverse=True)]


def _without_prefix(name: str, words: _Words) -> str:
    for prefix in sorted(words.prefixes, key=len, reverse=True):
        if name.lower().startswith(f"{prefix.lower()} "):
            return name[len(prefix) + 1 :].lstrip()
    return name


def _shown_type(unit: Unit, words: _Words) -> str | None:
    """The type word in the registered name, as written there, or None."""
    name = _without_prefix(unit.name, words)
    known = {*words.types, *(dated.type for dated in unit.types)}
    return next((name[: len(kind)] for kind in known if name.lower().startswith(f"{kind.lower()} ")), None)


def _proper_name(unit: Unit, words: _Words) -> str:
    name = _without_prefix(unit.name, words)
    shown = _shown_type(unit, words)
    return name[len(shown) + 1 :].lstrip() if shown else name


@cache
def _vocabulary() -> Mapping[str, _Words]:
    kinds = read_yaml(NAMES_FILE).fields(required=("province", "department", "commune"))
    return {kind: _words(node) for kind, node in kinds.items()}


def _words(node: Node) -> _Words:
    lists = ("prefixes", "types", "short_prefixes")
    fields = node.fields(lists, required=lists)
    return _Words(*(tuple(item.text() for item in fields[name].items()) for name in lists))
