"""The fleet's register, in the form that ``--register`` takes."""

from __future__ import annotations

from pathlib import Path

import yaml

from tests.portals.content import UnitInfo
from tests.portals.model import World


def write_register(world: World, path: Path) -> None:
    """Write all units of the fleet, those without an address included."""
    entries = [_entry(unit) for unit in world.units]
    text = yaml.safe_dump({"units": entries}, allow_unicode=True, sort_keys=False, width=110)
    path.write_text("# Written by tests.portals: a fleet on loopback addresses.\n" + text, encoding="utf-8")


def _entry(unit: UnitInfo) -> dict[str, object]:
    entry: dict[str, object] = {"id": unit.id, "name": unit.name, "kind": unit.kind}
    if unit.url:
        entry["url"] = unit.url
    else:
        entry |= {"scored": False, "host_status": "unknown"}
    if unit.aliases:
        entry["aliases"] = list(unit.aliases)
    if unit.code:
        entry["admin_code"] = unit.code
    return entry
