"""What each kind of check takes as parameters, and the checks made when an edition is loaded.

Values stay plain (lists, dicts, text, whole numbers); shares are decimal text, never floats. A
parameter that names a level must name one of the leaf's, and every level must be given by one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from rubric.yamlsource import Node

SECTIONS = (
    "organisation", "history", "leaders", "contact", "news", "documents", "procedures", "online_services",
    "law_guidance", "strategy_planning", "projects_procurement", "finance_report",
    "statistics_science_epidemics", "petitions_qa", "draft_consultation", "schedule", "rewards_sanctions",
    "links", "access_information", "radio", "boundary_map", "culture_heritage", "plans_investment",
)  # fmt: skip
CONTACT_PARTS = ("address", "phone", "fax", "email", "email_official")
OFFICER_PARTS = ("name", "position", "workplace", "phone", "fax", "email")
DOCUMENT_FIELDS = ("number", "type", "issuer", "issued", "effective", "abstract", "file")
UNIT_KINDS = ("province", "department", "commune")
TOOLS = ("print", "save")


@dataclass(slots=True)
class Levels:
    """The level ids of one leaf, and which of them its parameters have named so far."""

    known: Sequence[str]
    used: set[str] = field(default_factory=set)


Check = Callable[[Node, Levels], None]


def check_params(kind: str, node: Node, levels: Sequence[str], sourced: Mapping[str, object]) -> None:
    """Refuse parameters that ``kind`` cannot work with.

    ``levels`` are the leaf's level ids, ``sourced`` the parameters whose source is stated. Raises
    :class:`errors.InputError` for an unknown or missing parameter, a bad value, an unknown level, a
    level that no parameter gives, and a parameter without source.
    """
    schema = KINDS[kind]
    found = node.entries(tuple(schema))
    context = Levels(levels)
    for name, check in schema.items():
        if name not in found:
            raise node.fault("parameter '{name}' of kind {kind} is missing; add it", name=name, kind=kind)
        check(found[name], context)
        if check is not _level and name not in sourced:
            raise found[name].fault("parameter '{name}' has no source; state it in param_sources", name=name)
    if kind != "manual":
        _check_all_used(node, context)


def _check_all_used(node: Node, levels: Levels) -> None:
    for level in levels.known:
        if level not in levels.used:
            raise node.fault("no parameter gives level '{level}'; name it or remove it", level=level)


def _level(node: Node, levels: Levels) -> None:
    levels.used.add(node.choice(levels.known))


def _flag(node: Node, levels: Levels) -> None:
    node.flag()


def _text(node: Node, levels: Levels) -> None:
    node.text()


def _whole(least: int) -> Check:
    def check(node: Node, levels: Levels) -> None:
        node.integer(least)

    return check


def _nullable(inner: Check) -> Check:
    def check(node: Node, levels: Levels) -> None:
        if not node.is_null:
            inner(node, levels)

    return check


def _list(inner: Check, least: int = 1) -> Check:
    def check(node: Node, levels: Levels) -> None:
        items = node.items()
        if len(items) < least:
            raise node.fault("the list is empty; name at least one")
        for item in items:
            inner(item, levels)

    return check


def _one_of(known: Sequence[str]) -> Check:
    def check(node: Node, levels: Levels) -> None:
        node.choice(known)

    return check


def _share(node: Node, levels: Levels) -> None:
    """A share above 0 up to 1, in quotes so that it stays exact."""
    if not node.quoted or not Decimal(0) < node.decimal() <= Decimal(1):
        raise node.fault("'{value}' is no share; write 0.9 or 1 in quotes", value=node.raw)


def _falling(bound: str, inner: Check, ends_at_zero: bool) -> Check:
    """Bands ``{level, <bound>}`` from the highest bound down."""

    def check(node: Node, levels: Levels) -> None:
        bounds: list[Decimal] = []
        for band in node.items():
            fields = band.fields(("level", bound), required=("level", bound))
            _level(fields["level"], levels)
            inner(fields[bound], levels)
            bounds.append(fields[bound].decimal())
            if len(bounds) > 1 and bounds[-1] >= bounds[-2]:
                raise band.fault("band '{value}' is not below the one before it", value=bounds[-1])
        if not bounds or (ends_at_zero and bounds[-1] != 0):
            raise node.fault("the last band must begin at 0; add it")

    return check


def _parts(node: Node, levels: Levels) -> None:
    """Parts ``{id, any: [one way to know the part, …]}``, ids unique."""
    seen: set[str] = set()
    for part in node.items():
        fields = part.fields(("id", "any"), required=("id", "any"))
        if (name := fields["id"].text()) in seen:
            raise fields["id"].fault("part '{value}' is given twice; keep one", value=name)
        seen.add(name)
        for way in fields["any"].items():
            _way(way, levels)
    if not seen:
        raise node.fault("the list is empty; name at least one")


def _way(node: Node, levels: Levels) -> None:
    found = node.fields(tuple(_WAYS))
    if len(found) != 1:
        raise node.fault("a way to know a part has exactly one field of {known}", known=", ".join(_WAYS))
    for name, value in found.items():
        _WAYS[name](value, levels)


def _groups(node: Node, levels: Levels) -> None:
    """Groups of required links: ``{id, units, min_share}`` or ``{id, hosts, any: true}``."""
    for group in node.items():
        if "units" in group.entries():
            fields = group.fields(("id", "units", "min_share"), required=("id", "units", "min_share"))
            fields["units"].choice(UNIT_KINDS)
            _share(fields["min_share"], levels)
        else:
            fields = group.fields(("id", "hosts", "any"), required=("id", "hosts", "any"))
            _list(_text)(fields["hosts"], levels)
            fields["any"].flag()


_sections = _list(_one_of(SECTIONS))
_words = _list(_text)
_WAYS: Mapping[str, Check] = {
    "words": _words,
    "menu_words": _words,
    "image_words": _words,
    "sections": _sections,
    "contact": _one_of(CONTACT_PARTS),
    "officer": _one_of(OFFICER_PARTS),
}
_YES_NO: Mapping[str, Check] = {"yes": _level, "no": _level}

KINDS: Mapping[str, Mapping[str, Check]] = {
    "count": {
        "sections": _sections,
        "with_children": _flag,
        "include_documents": _flag,
        "bands": _falling("at_least", _whole(0), ends_at_zero=True),
    },
    "components": {"sections": _sections, "parts": _parts, "all": _level, "some": _level, "none": _level},
    "presence": {
        "sections": _sections,
        "min_text": _whole(0),
        "max_age_months": _nullable(_whole(1)),
        "external_hosts": _list(_text, least=0),
        **_YES_NO,
    },
    "documents": {
        "sections": _sections,
        "own_days": _whole(0),
        "scope_days": _nullable(_whole(0)),
        "required": _list(_one_of(DOCUMENT_FIELDS)),
        "required_vbqppl": _list(_one_of(DOCUMENT_FIELDS), least=0),
        "needs_search": _flag,
        "tolerated": _whole(0),
        "full": _level,
        "partial": _level,
        "none": _level,
    },
    "petitions": {
        "sections": _sections,
        "limit_days": _whole(1),
        "when_none": _level,
        "bands": _falling("share_at_least", _share, ends_at_zero=False),
        "low": _level,
        "zero": _level,
    },
    "schedule": {"sections": _sections, "days": _whole(1), **_YES_NO},
    "search": _YES_NO,
    "links": {"groups": _groups, **_YES_NO},
    "article_tools": {
        "tools": _list(_one_of(TOOLS)),
        "sample": _whole(1),
        "fallback": _whole(1),
        **_YES_NO,
    },
    "service_link": {"sections": _sections, "hosts": _list(_text), **_YES_NO},
    "manual": {"note": _text},
}
