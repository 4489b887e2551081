"""One evidence file, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from report.evidence import contents
from report.evidence.archive import Part, masks_json, write_archive
from report.evidence.contents import Json, moment, pretty
from report.evidence.gather import Bundle
from report.evidence.index import page_list
from report.evidence.page import report_page
from report.evidence.portal import Portal
from report.evidence.software import lock_bytes, software_json
from report.evidence.timestamp import Authority
from report.evidence.wacz import WaczWriter, stamp
from rubric.calendar import CALENDAR_FILE
from rubric.edition import EDITIONS
from rubric.scoring import Score, score_unit
from storage.archive import unwritable
from storage.keys import public_half
from storage.store import Store


def write_evidence(
    store: Store,
    bundle: Bundle,
    target: Path,
    key: Ed25519PrivateKey,
    made_at: datetime,
    authority: Authority | None = None,
) -> None:
    """Write the file; what stood at ``target`` is replaced only when the new one is complete.

    Raises:
        StoreError: it cannot be written (a full disk is named).
        EvidenceError: a stored record is cut or changed, or the time stamp could not be had.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    except OSError as error:
        raise unwritable(target, error) from error
    try:
        with os.fdopen(handle, "w+b") as out:
            with WaczWriter(out, made_at, store.software) as wacz:
                _write(store, bundle, wacz, key, made_at, authority)
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(0o640)
        Path(name).replace(target)
    except OSError as error:
        raise unwritable(target, error) from error
    finally:
        Path(name).unlink(missing_ok=True)


def _write(
    store: Store,
    bundle: Bundle,
    wacz: WaczWriter,
    key: Ed25519PrivateKey,
    made_at: datetime,
    authority: Authority | None,
) -> None:
    portals = _portals(bundle)
    parts = [_archive(store, wacz, portal, name) for name, portal in portals]
    wacz.add(contents.INDEX, "".join(sorted(row for part in parts for row in part.index)).encode())
    wacz.add(contents.PAGES, page_list([c for _, p in portals for c in p.captures.values()]))
    wacz.add(contents.CAPTURES, b"".join(contents.line(told) for part in parts for told in part.captures))
    scores = _scores(bundle)
    for path, value in _values(bundle, scores, made_at, store.software).items():
        wacz.add(path, pretty(value))
    wacz.add(contents.EDITION, (EDITIONS / f"{bundle.edition.id}.yml").read_bytes())
    wacz.add(contents.CALENDAR, CALENDAR_FILE.read_bytes())
    wacz.add(contents.REGISTER, Path(bundle.register.source).read_bytes())
    wacz.add(contents.LOCK, lock_bytes())
    if authority is not None:
        wacz.add(contents.STAMP_ROOTS, authority.roots)
    wacz.add(
        contents.REPORT, report_page(bundle, scores["standing"], public_half(key), made_at, store.software)
    )
    wacz.close(_described(bundle), key, authority)


def _portals(bundle: Bundle) -> list[tuple[str, Portal]]:
    found = [(contents.ARCHIVE_OF_UNIT, bundle.own)]
    return [*found, (contents.ARCHIVE_OF_PROVINCE, bundle.province)] if bundle.province else found


def _archive(store: Store, wacz: WaczWriter, portal: Portal, name: str) -> Part:
    with wacz.part(name) as out:
        return write_archive(store, portal, name, out)


def _scores(bundle: Bundle) -> dict[str, Score]:
    """What the machine's findings are worth, and what stands with people's decisions."""
    group, findings = bundle.edition.groups[bundle.unit.kind], bundle.result.findings
    decided = contents.decisions_json(bundle.decisions)
    return {
        "machine": score_unit(group, contents.standing_levels(findings, [])),
        "standing": score_unit(group, contents.standing_levels(findings, decided)),
    }


def _values(bundle: Bundle, scores: dict[str, Score], made_at: datetime, software: str) -> dict[str, Any]:
    result = bundle.result
    return {
        contents.CASE: _case(bundle, made_at, software),
        contents.FINDINGS: {"findings": contents.findings_json(result.findings)},
        contents.SCORE: {name: contents.score_json(score) for name, score in scores.items()},
        contents.DECISIONS: {"decisions": contents.decisions_json(bundle.decisions)},
        contents.COVERAGE: _coverage(bundle),
        contents.ITEMS: contents.items_json(result) | {"changes": contents.changes_json(result.changes)},
        contents.LEDGER: {"unit": contents.ledger_json(bundle.ledger)},
        contents.MASKS: {"masks": masks_json(_portals(bundle))},
        contents.SOFTWARE: software_json(software),
    }


def _case(bundle: Bundle, made_at: datetime, software: str) -> Json:
    return {
        "format": contents.FORMAT,
        "unit": bundle.unit.id,
        "name": bundle.unit.name,
        "kind": bundle.unit.kind,
        "period": bundle.period.id,
        "opens": bundle.period.opens.isoformat(),
        "closes": bundle.period.closes.isoformat(),
        "edition": bundle.edition.id,
        "as_of": moment(bundle.stored.as_of),
        "judged_at": moment(bundle.stored.judged_at),
        "made_at": stamp(made_at),
        "software": software,
        "province": bundle.register.province.id if bundle.province and bundle.register.province else None,
    }


def _coverage(bundle: Bundle) -> Json:
    return {
        "reached": bundle.result.reached,
        "coverage": bundle.result.coverage,
        "facts": dict(bundle.result.facts),
        "unit": _walk(bundle.own),
        "province": _walk(bundle.province) if bundle.province else None,
    }


def _walk(portal: Portal) -> Json:
    info = portal.info
    return {
        "run": info.run_id,
        "started_at": moment(info.started_at),
        "ended_at": moment(info.ended_at) if info.ended_at else None,
        "seen_at": moment(info.seen_at),
        "captures": len(portal.captures),
        "taken": portal.taken,
        "trails": contents.trails_json(portal.trails),
    }


def _described(bundle: Bundle) -> Json:
    home = next((t.captures[0] for t in bundle.own.trails if t.section == "home" and t.captures), None)
    told: Json = {
        "title": f"{bundle.unit.name}: {bundle.period.id}",
        "description": f"rasoat: {bundle.unit.id}, {bundle.period.id}, {bundle.edition.id}",
    }
    if home is not None:
        capture = bundle.own.captures[home]
        told |= {"mainPageUrl": capture.url, "mainPageDate": stamp(capture.fetched_at)}
    return told
