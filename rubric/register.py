"""The register of units: who is judged, at which address, under which names (CONTRACT, "Register")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import cast, get_args
from urllib.parse import SplitResult, urlsplit

from errors import InputError
from rubric.model import DatedType, HostStatus, Register, Unit, UnitKind
from rubric.yamlsource import Node, read_yaml

DEFAULT_REGISTER = Path(__file__).with_name("register.yml")

_FIELDS = (
    "id", "name", "kind", "url", "scored", "aliases", "admin_code", "host_status", "types",
    "valid_from", "valid_until", "start_urls",
)  # fmt: skip
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_ADMIN_CODE = re.compile(r"[0-9]{5}\Z")
_HOST = re.compile(r"[^\s/?#@\\]+\Z")
_PORTS = {"http": 80, "https": 443}


def load_register(path: Path | None = None) -> Register:
    """The register at ``path`` (None: the one shipped here), checked.

    Raises :class:`errors.InputError` naming file, line and value for the first fault: bad YAML, an
    unknown field, kind or host status, a missing or bad id, address, date or administrative code,
    two units with one id or one portal on the same days, a second province.
    """
    path = path or DEFAULT_REGISTER
    root = read_yaml(path)
    entries = root.fields(("units",), required=("units",))["units"]
    pairs = [(node, _unit(node)) for node in entries.items()]
    if not pairs:
        raise entries.fault("the register holds no unit; add one")
    _check_unique_ids(pairs)
    _check_unique_portals(pairs)
    _check_one_province(pairs)
    return Register(units=tuple(unit for _, unit in pairs), source=str(path))


def units_on(register: Register, day: date) -> tuple[Unit, ...]:
    """The register's units that exist on ``day``, in register order."""
    return tuple(unit for unit in register.units if _holds(unit.valid_from, unit.valid_until, day))


def portal_key(url: str) -> tuple[str, str, int, str]:
    """What makes a portal: scheme, host, port, path prefix without its closing slash."""
    parts = urlsplit(url)
    port = parts.port or _PORTS[parts.scheme]
    return parts.scheme, (parts.hostname or "").lower(), port, parts.path.rstrip("/")


def _unit(node: Node) -> Unit:
    fields = node.fields(_FIELDS, required=("id", "name", "kind"))
    kind = cast(UnitKind, fields["kind"].choice(get_args(UnitKind)))
    url = _address(fields["url"]) if "url" in fields else None
    first, last = _span(fields, "valid_from", "valid_until")
    return Unit(
        id=_slug(fields["id"]),
        name=fields["name"].text(),
        kind=kind,
        url=url,
        scored=_scored(fields.get("scored"), kind),
        aliases=_texts(fields.get("aliases")),
        admin_code=_admin_code(fields.get("admin_code")),
        host_status=_host_status(fields.get("host_status"), url),
        types=_types(fields.get("types")),
        valid_from=first,
        valid_until=last,
        start_urls=tuple(_address(item) for item in _items(fields.get("start_urls"))),
    )


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items() if node else ()


def _texts(node: Node | None) -> tuple[str, ...]:
    return tuple(item.text() for item in _items(node))


def _slug(node: Node) -> str:
    if not _SLUG.match(value := node.text()):
        raise node.fault(
            "'{value}' is no id; use lower-case ASCII letters, digits and single hyphens", value=value
        )
    return value


def _admin_code(node: Node | None) -> str | None:
    if node is not None and not _ADMIN_CODE.match(value := node.text()):
        raise node.fault("'{value}' is no administrative code; write its five digits in quotes", value=value)
    return node.text() if node else None


def _scored(node: Node | None, kind: UnitKind) -> bool:
    return node.flag() if node else kind != "province"


def _host_status(node: Node | None, url: str | None) -> HostStatus:
    status = node.choice(get_args(HostStatus)) if node else ("attested" if url else "unknown")
    if node and url is None and status != "unknown":
        raise node.fault("host_status '{value}' needs a url; add the url or write unknown", value=status)
    return cast(HostStatus, status)


def _address(node: Node) -> str:
    """An absolute http(s) address without user, query or fragment."""
    value = node.text()
    parts = _split(node, value)
    if parts.scheme not in _PORTS or "://" not in value:
        raise node.fault("address '{value}' has no scheme; write it with http:// or https://", value=value)
    if not _HOST.match(parts.netloc) or not parts.hostname or re.search(r"\s", value):
        raise node.fault("address '{value}' names no usable host; write https://host/", value=value)
    if parts.query or parts.fragment:
        raise node.fault(
            "address '{value}' has a query or fragment; give scheme, host and path only", value=value
        )
    return value if parts.path else f"{value}/"


def _split(node: Node, value: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise node.fault("address '{value}' cannot be used ({reason})", value=value, reason=error) from error
    return parts


def _span(fields: dict[str, Node], first_name: str, last_name: str) -> tuple[date | None, date | None]:
    first = fields[first_name].day() if first_name in fields else None
    last = fields[last_name].day() if last_name in fields else None
    if first and last and last < first:
        raise fields[last_name].fault(
            "'{value}' lies before {first}; put the days in order", value=last, first=first
        )
    return first, last


def _types(node: Node | None) -> tuple[DatedType, ...]:
    found: list[DatedType] = []
    for item in _items(node):
        fields = item.fields(("type", "from", "until"), required=("type",))
        first, last = _span(fields, "from", "until")
        dated = DatedType(fields["type"].text(), first, last)
        if any(_overlap(other.first, other.last, first, last) for other in found):
            raise item.fault(
                "type '{value}' overlaps another type in time; let each end first", value=dated.type
            )
        found.append(dated)
    return tuple(found)


def _holds(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _overlap(first: date | None, last: date | None, first2: date | None, last2: date | None) -> bool:
    starts_in_time = last is None or first2 is None or first2 <= last
    ends_in_time = last2 is None or first is None or first <= last2
    return starts_in_time and ends_in_time


def _check_unique_ids(pairs: Sequence[tuple[Node, Unit]]) -> None:
    seen: dict[str, Node] = {}
    for node, unit in pairs:
        if unit.id in seen:
            where = seen[unit.id].place
            raise node.fault(
                "id '{value}' is used already at {where}; ids are unique", value=unit.id, where=where
            )
        seen[unit.id] = node


def _check_unique_portals(pairs: Sequence[tuple[Node, Unit]]) -> None:
    seen: dict[tuple[str, str, int, str], list[Unit]] = {}
    for node, unit in pairs:
        if unit.url is None:
            continue
        for other in seen.setdefault(portal_key(unit.url), []):
            if _overlap(other.valid_from, other.valid_until, unit.valid_from, unit.valid_until):
                raise _shared_portal(node, unit, other)
        seen[portal_key(unit.url)].append(unit)


def _shared_portal(node: Node, unit: Unit, other: Unit) -> InputError:
    return node.fault(
        "units '{unit}' and '{other}' share the portal {value}; give each its own",
        unit=unit.id,
        other=other.id,
        value=unit.url,
    )


def _check_one_province(pairs: Sequence[tuple[Node, Unit]]) -> None:
    provinces = [(node, unit) for node, unit in pairs if unit.kind == "province"]
    if len(provinces) > 1:
        node, unit = provinces[1]
        raise node.fault("unit '{value}' is a second province; a register has one", value=unit.id)
