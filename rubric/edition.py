"""Editions of the rubric: loaded from ``editions/*.yml``, checked, and chosen by their dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, cast, get_args

from errors import InputError
from rubric.model import Column, Edition, Group, Leaf, Level
from rubric.params import KINDS, check_params
from rubric.procedure import read_procedure
from rubric.scoring import number
from rubric.yamlsource import Node, read_yaml

EDITIONS = Path(__file__).with_name("editions")

_EDITION_FIELDS = ("id", "title", "source", "from", "until", "params", "param_sources", "groups")
_GROUP_FIELDS = ("possible", "base", "leaves")
_LEAF_FIELDS = (
    "id", "title", "points", "kind", "source", "update_rule", "update_days", "levels", "scale", "params",
    "param_sources",
)  # fmt: skip
_HALF = Decimal("0.5")

Sources = Mapping[str, str]


def edition_ids() -> tuple[str, ...]:
    """Ids of all editions shipped here, in alphabetical order."""
    return tuple(sorted(path.stem for path in EDITIONS.glob("*.yml")))


def load_edition(edition_id: str) -> Edition:
    """The edition with this id; raises :class:`errors.InputError` naming the choices when unknown."""
    if edition_id not in edition_ids():
        raise InputError(
            "no edition '{edition}'; choose one of {choices}",
            edition=edition_id,
            choices=", ".join(edition_ids()),
        )
    return _shipped(edition_id)


@cache
def _shipped(edition_id: str) -> Edition:
    return read_edition(EDITIONS / f"{edition_id}.yml")


def editions_in_force(day: date) -> tuple[Edition, ...]:
    """Editions whose dates (both included) hold ``day``."""
    editions = (load_edition(edition_id) for edition_id in edition_ids())
    return tuple(
        edition
        for edition in editions
        if (edition.first is None or edition.first <= day) and (edition.last is None or day <= edition.last)
    )


def edition_for(edition_id: str | None, closes: date) -> Edition:
    """The edition asked for, else the one in force on the day a period closes.

    Raises :class:`errors.InputError` naming the choices when none or several are in force.
    """
    if edition_id is not None:
        return load_edition(edition_id)
    found = editions_in_force(closes)
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(
            "several editions are in force on {day}; name one with --edition: {choices}",
            day=closes.isoformat(),
            choices=", ".join(edition.id for edition in found),
        )
    raise InputError(
        "no edition is in force on {day}; name one with --edition: {choices}",
        day=closes.isoformat(),
        choices=", ".join(edition_ids()),
    )


def read_edition(path: Path) -> Edition:
    """The edition in one YAML file, checked.

    Raises :class:`errors.InputError` naming file, line and value for the first fault: bad YAML,
    unknown or missing fields, unknown kind or column, bad parameters, levels that do not reach the
    leaf's points, points that do not add up to the group's total, an id given twice.
    """
    root = read_yaml(path)
    fields = root.fields(_EDITION_FIELDS, required=("id", "title", "source", "groups"))
    if fields["id"].text() != path.stem:
        raise fields["id"].fault(
            "id '{value}' differs from the file's name; make them equal", value=fields["id"].raw
        )
    sources = _kind_sources(fields.get("param_sources"))
    seen: set[str] = set()
    groups = fields["groups"].fields()
    return Edition(
        id=path.stem,
        title=fields["title"].text(),
        source=fields["source"].text(),
        first=fields["from"].day() if "from" in fields else None,
        last=fields["until"].day() if "until" in fields else None,
        groups={kind: _group(kind, node, sources, seen) for kind, node in groups.items()},
        params=read_procedure(fields.get("params")),
    )


def _kind_sources(node: Node | None) -> Mapping[str, Sources]:
    if node is None:
        return {}
    return {kind: _sources(entry) for kind, entry in node.fields(tuple(KINDS)).items()}


def _sources(node: Node | None) -> Sources:
    return {name: value.text() for name, value in node.fields().items()} if node else {}


def _group(kind: str, node: Node, sources: Mapping[str, Sources], seen: set[str]) -> Group:
    fields = node.fields(_GROUP_FIELDS, required=("possible", "leaves"))
    leaves = tuple(_leaf(item, sources, seen) for item in fields["leaves"].items())
    base = _points(fields["base"]) if "base" in fields else Decimal(0)
    possible = _points(fields["possible"])
    total = base + sum((leaf.max_points for leaf in leaves), Decimal(0))
    if total != possible:
        raise fields["possible"].fault(
            "the leaves of {group} add up to {total}, the total says {value}; correct one",
            group=kind,
            total=total,
            value=possible,
        )
    return Group(kind=kind, possible=possible, leaves=leaves, base=base)


def _leaf(node: Node, sources: Mapping[str, Sources], seen: set[str]) -> Leaf:
    fields = node.fields(_LEAF_FIELDS, required=("id", "title", "points", "kind", "source", "params"))
    leaf_id = _unique(fields["id"], seen)
    kind = fields["kind"].choice(KINDS)
    points = _points(fields["points"])
    levels = _levels(node, fields, points)
    own = _sources(fields.get("param_sources"))
    stated = {**sources.get(kind, {}), **own}
    check_params(kind, fields["params"], [level.id for level in levels], stated)
    params = fields["params"].plain()
    return Leaf(
        id=leaf_id,
        title=fields["title"].text(),
        max_points=points,
        kind=kind,
        levels=levels,
        source=fields["source"].text(),
        update_rule=fields["update_rule"].text() if "update_rule" in fields else "",
        update_days=fields["update_days"].integer(1) if "update_days" in fields else None,
        params=params,
        param_sources={name: stated[name] for name in params if name in stated},
    )


def _unique(node: Node, seen: set[str]) -> str:
    if (value := node.text()) in seen:
        raise node.fault("id '{value}' is given twice; ids are unique", value=value)
    seen.add(value)
    return value


def _points(node: Node) -> Decimal:
    value = node.decimal()
    if value % _HALF:
        raise node.fault("'{value}' is no whole or half number of points", value=value)
    return value


def _levels(node: Node, fields: Mapping[str, Node], points: Decimal) -> tuple[Level, ...]:
    if ("levels" in fields) == ("scale" in fields):
        raise node.fault("a leaf has either 'levels' or 'scale'; give one of them")
    levels = _listed(fields["levels"]) if "levels" in fields else _scale(fields["scale"])
    place = fields.get("levels") or fields["scale"]
    if max((level.points for level in levels), default=None) != points:
        raise place.fault(
            "no level reaches the leaf's {points} points as its best; correct one", points=points
        )
    return levels


def _listed(node: Node) -> tuple[Level, ...]:
    found: list[Level] = []
    seen: set[str] = set()
    for item in node.items():
        fields = item.fields(
            ("id", "label", "points", "column"), required=("id", "label", "points", "column")
        )
        column = cast(Column, fields["column"].choice(get_args(Column)))
        points = _points(fields["points"])
        level = Level(_unique(fields["id"], seen), fields["label"].text(), points, column)
        if found and level.points >= found[-1].points:
            raise item.fault("level '{value}' is not worth less than the one before it", value=level.id)
        found.append(level)
    return tuple(found)


def _scale(node: Node) -> tuple[Level, ...]:
    """A numeric score: every step from ``best`` to ``least``, and ``missing`` for an absent section."""
    fields = node.fields(("best", "least", "step", "missing"), required=("best", "least", "step"))
    best, least, step = (_points(fields[name]) for name in ("best", "least", "step"))
    if step <= 0 or best < least:
        raise node.fault("a scale falls from best to least in steps above 0; correct it")
    values = [best - step * count for count in range(int((best - least) / step) + 1)]
    levels = [_step(value, "full" if value == best else "partial") for value in values]
    if "missing" in fields:
        levels.append(_step(_points(fields["missing"]), "none"))
    return tuple(levels)


def _step(value: Decimal, column: Column) -> Level:
    text = str(number(value))
    return Level(id=text, label=text, points=value, column=column)


def rubric_answer(edition: Edition) -> dict[str, Any]:
    """The JSON answer of ``rasoat rubric`` (CONTRACT), parameters and their sources included."""
    groups = {
        kind: {"possible": number(group.possible), "leaves": [_leaf_answer(leaf) for leaf in group.leaves]}
        for kind, group in edition.groups.items()
    }
    procedure = {name: dict(block) for name, block in edition.params.items()}
    return {"edition": edition.id, "params": procedure, "groups": groups}


def _leaf_answer(leaf: Leaf) -> dict[str, Any]:
    return {
        "id": leaf.id,
        "max": number(leaf.max_points),
        "kind": leaf.kind,
        "source": leaf.source,
        "title": leaf.title,
        "update_rule": leaf.update_rule,
        "update_days": leaf.update_days,
        "params": dict(leaf.params),
        "param_sources": dict(leaf.param_sources),
        "levels": _levels_answer(leaf.levels),
    }


def _levels_answer(levels: Sequence[Level]) -> list[dict[str, Any]]:
    return [
        {"level": level.id, "label": level.label, "points": number(level.points), "column": level.column}
        for level in levels
    ]
