"""Values to rows and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from audit.model import ChangeFinding, ChangeState, Citation, Finding, Flag, PeriodItem
from pages.capture import Trail, TrailState
from storage.columns import local
from storage.place import Earlier, Place
from storage.records import PortalInfo
from storage.tables import CaptureRow, ChangeFindingRow, FindingRow, FlagRow, ItemRow, PortalRun, TrailRow
from storage.unwarc import Group

Row = dict[str, Any]


def capture_row(portal_run_id: int, place: Place, group: Group) -> Row:
    """The row of a capture that lies at ``place``."""
    capture = group.capture
    return {
        "portal_run_id": portal_run_id,
        "position": group.position,
        "url": capture.url,
        "method": capture.method,
        "role": capture.role,
        "status": capture.status,
        "error": capture.error,
        "content_type": capture.header("content-type"),
        "etag": capture.header("etag"),
        "last_modified": capture.header("last-modified"),
        "origin": asdict(group.origin) if group.origin else None,
        "ref": capture.ref,
        "digest": place.digest,
        "file": place.file,
        "offset": place.offset,
        "length": place.length,
        "fetched_at": capture.fetched_at,
        "seen_at": capture.seen_at,
        "truncated": capture.truncated,
        "ip": group.ip,
        "elapsed_ms": round(group.elapsed * 1000),
    }


def place_of(row: CaptureRow) -> Place:
    """Where a capture lies."""
    return Place(row.file, row.offset, row.length, row.digest)


def earlier_of(row: CaptureRow) -> Earlier:
    """What the server may confirm: the record with the body, even where ``row`` itself is a revisit."""
    place = Place(**row.origin) if row.origin else place_of(row)
    if row.truncated:
        return Earlier(place, None, None, cut=True)
    return Earlier(place, row.etag, row.last_modified)


def trail_row(portal_run_id: int, ordinal: int, trail: Trail) -> Row:
    """The row of a trail."""
    return {
        "portal_run_id": portal_run_id,
        "ordinal": ordinal,
        "section": trail.section,
        "label": trail.label,
        "url": trail.url,
        "state": trail.state,
        "reason": trail.reason,
        "captures": list(trail.captures),
        "inherited": trail.inherited,
        "facts": [list(fact) for fact in trail.facts],
    }


def trail_of(row: TrailRow) -> Trail:
    """The trail of a row."""
    return Trail(
        section=row.section,
        label=row.label,
        url=row.url,
        state=cast("TrailState", row.state),
        reason=row.reason,
        captures=tuple(row.captures),
        inherited=row.inherited,
        facts=tuple((name, value) for name, value in row.facts),
    )


def portal_info(row: PortalRun) -> PortalInfo:
    """A unit's part of a run."""
    return PortalInfo(
        id=row.id,
        run_id=row.run_id,
        unit_id=row.unit_id,
        state=row.state,
        reached=row.reached,
        stats=row.stats,
        seen_at=row.seen_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
    )


def finding_row(result_id: int, ordinal: int, finding: Finding) -> Row:
    """The row of a finding."""
    return {
        "result_id": result_id,
        "ordinal": ordinal,
        "leaf": finding.leaf,
        "level": finding.level,
        "reason_code": finding.reason_code,
        "values": dict(finding.values),
        "evidence": [_cited(citation) for citation in finding.evidence],
        "possible": list(finding.possible),
    }


def finding_of(row: FindingRow) -> Finding:
    """The finding of a row."""
    return Finding(
        leaf=row.leaf,
        level=row.level,
        reason_code=row.reason_code,
        values=row.values,
        evidence=tuple(_citation(told) for told in row.evidence),
        possible=tuple(row.possible),
    )


def _cited(citation: Citation) -> Row:
    return {
        "capture": citation.capture,
        "url": citation.url,
        "fetched_at": local(citation.fetched_at).isoformat(),
        "quote": citation.quote,
    }


def _citation(told: Mapping[str, str]) -> Citation:
    at = local(datetime.fromisoformat(told["fetched_at"]))
    return Citation(told["capture"], told["url"], at, told["quote"])


def item_row(result_id: int, ordinal: int, item: PeriodItem) -> Row:
    """The row of an item."""
    return {
        "result_id": result_id,
        "ordinal": ordinal,
        "key": item.key,
        "title": item.title,
        "url": item.url,
        "posted": item.posted,
        "sections": list(item.sections),
        "in_period": item.in_period,
        "syndicated": item.syndicated,
        "quote": item.quote,
    }


def item_of(row: ItemRow) -> PeriodItem:
    """The item of a row."""
    return PeriodItem(
        key=row.key,
        title=row.title,
        url=row.url,
        posted=row.posted,
        sections=tuple(row.sections),
        in_period=row.in_period,
        syndicated=row.syndicated,
        quote=row.quote,
    )


def flag_row(result_id: int, ordinal: int, flag: Flag) -> Row:
    """The row of a flag."""
    told = {"kind": flag.kind, "url": flag.url, "detail": flag.detail}
    return {"result_id": result_id, "ordinal": ordinal} | told


def flag_of(row: FlagRow) -> Flag:
    """The flag of a row."""
    return Flag(row.kind, row.url, row.detail)


def change_row(result_id: int, ordinal: int, found: ChangeFinding) -> Row:
    """The row of what became of a known change."""
    return {"result_id": result_id, "ordinal": ordinal} | {
        name: getattr(found, name)
        for name in ("change_id", "leaf", "state", "due", "before", "after", "url", "quote")
    }


def change_of(row: ChangeFindingRow) -> ChangeFinding:
    """What became of a known change, from its row."""
    return ChangeFinding(
        change_id=row.change_id,
        leaf=row.leaf,
        state=cast("ChangeState", row.state),
        due=row.due,
        before=row.before,
        after=row.after,
        url=row.url,
        quote=row.quote,
    )
