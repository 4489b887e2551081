"""The readable report inside an evidence file: one HTML page, in Vietnamese, that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from html import escape

from audit.model import Citation, Finding
from audit.reasons import words_of
from i18n import Words
from pages.capture import Capture
from report.evidence.gather import Bundle
from report.evidence.quotes import excerpt
from report.moments import as_of_text, local
from report.standing import LeafStanding
from rubric.model import Leaf
from rubric.names import name_on
from rubric.scoring import Score, number
from storage.keys import PublicKey

_STYLE = """
body{font:16px/1.5 "Liberation Serif","Times New Roman",serif;color:#111;
  margin:2rem auto;max-width:60rem;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin:2rem 0 .3rem;border-top:1px solid #999;padding-top:.8rem}
table{border-collapse:collapse}td,th{text-align:left;padding:.15rem .8rem .15rem 0;vertical-align:top}
blockquote{margin:.4rem 0;padding:.4rem .8rem;background:#f4f4f0;border-left:3px solid #888}
mark{background:#ffe45e}code{font-size:.8rem;word-break:break-all}.open{color:#8a1c00}.small{font-size:.85rem;color:#444}
@media print{body{margin:0;max-width:none}h2{break-after:avoid}blockquote{break-inside:avoid}}
"""


def report_page(bundle: Bundle, score: Score, key: PublicKey, made_at: datetime, software: str) -> bytes:
    """The whole page. ``score`` is what stands, people's decisions included."""
    words = Words("vi")
    captures = {
        c.ref: c for portal in (bundle.province, bundle.own) if portal for c in portal.captures.values()
    }
    title = words("Evidence: {name}, period {period}", name=_name(bundle), period=bundle.period.id)
    leaves = "".join(_leaf(standing, captures, words) for standing in _standings(bundle))
    head, tail = _head(bundle, score, words), _tail(bundle, key, made_at, software, words)
    body = f"<h1>{escape(title)}</h1>{head}{leaves}{tail}"
    page = (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body>{body}</body></html>\n"
    )
    return page.encode("utf-8", "replace")


def _name(bundle: Bundle) -> str:
    return name_on(bundle.unit, bundle.period.closes)


def _standings(bundle: Bundle) -> Iterable[LeafStanding]:
    findings = {finding.leaf: finding for finding in bundle.result.findings}
    for leaf in bundle.edition.groups[bundle.unit.kind].leaves:
        if leaf.id in findings:
            history = tuple(each for each in bundle.decisions if each.leaf == leaf.id)
            yield LeafStanding(leaf, findings[leaf.id], history)


def _head(bundle: Bundle, score: Score, words: Words) -> str:
    low, high, possible = (str(number(value)) for value in (score.low, score.high, score.possible))
    points = low if low == high else f"{low}–{high}"
    columns = score.columns
    rows = {
        words("Unit"): f"{_name(bundle)} ({bundle.unit.id}), {bundle.unit.url}",
        words("Period"): f"{_vn(bundle.period.opens)} – {_vn(bundle.period.closes)}",
        words("Rubric"): f"{bundle.edition.title} ({bundle.edition.source}; {bundle.edition.id})",
        words("Judged as of"): as_of_text(bundle.stored.as_of),
        words("Points"): f"{points} / {possible}",
        words("Leaves"): words(
            "{full} full, {partial} partial, {none} none, {open} unresolved",
            full=columns.full,
            partial=columns.partial,
            none=columns.none,
            open=columns.unresolved,
        ),
    }
    return _table(rows)


def _leaf(standing: LeafStanding, captures: Mapping[str, Capture], words: Words) -> str:
    leaf, finding = standing.leaf, standing.finding
    cited = "".join(_cited(citation, captures, words) for citation in finding.evidence)
    return (
        f'<section id="{escape(leaf.id)}"><h2>{escape(leaf.id)} · {escape(leaf.title)}</h2>'
        f"{_table(_judged(standing, words))}{cited or _no_evidence(words)}</section>"
    )


def _judged(standing: LeafStanding, words: Words) -> dict[str, str]:
    leaf, finding = standing.leaf, standing.finding
    level = leaf.level(standing.level) if standing.level is not None else None
    most = number(leaf.max_points)
    rows = {
        words("Level"): f"{level.label} ({number(level.points)}/{most})"
        if level
        else _open(leaf, finding, words),
        words("Rule"): f"{leaf.source}. {leaf.update_rule}".strip(),
        words("Reason"): words_of(finding, words),
    }
    if decision := standing.decision:
        rows[words("Decided by")] = f"{decision.author}, {local(decision.made_at)}: {decision.reason}"
    parameters = [f"{name}: {source}" for name, source in leaf.param_sources.items()]
    if parameters:
        rows[words("Not in the plan")] = " ".join(parameters)
    return rows


def _open(leaf: Leaf, finding: Finding, words: Words) -> str:
    levels = [found for each in finding.possible if (found := leaf.level(each))]
    return words(
        "unresolved; still possible: {levels}", levels="; ".join(each.label for each in levels) or "–"
    )


def _cited(citation: Citation, captures: Mapping[str, Capture], words: Words) -> str:
    capture = captures.get(citation.capture)
    where = f'<a href="{escape(citation.url, quote=True)}" rel="nofollow">{escape(citation.url)}</a>'
    at = words("taken {at}", at=local(citation.fetched_at))
    answer = _answer(capture, words)
    return (
        f'<blockquote>{_quoted(citation, capture)}<div class="small">{where}<br>{escape(at)}{escape(answer)}'
        f"<br><code>{escape(citation.capture)}</code></div></blockquote>"
    )


def _quoted(citation: Citation, capture: Capture | None) -> str:
    found = excerpt(capture, citation.quote) if capture is not None and citation.quote else None
    if found is not None:
        return f"{escape(found.before)}<mark>{escape(found.quote)}</mark>{escape(found.after)}"
    return f"<mark>{escape(citation.quote)}</mark>" if citation.quote else ""


def _answer(capture: Capture | None, words: Words) -> str:
    if capture is None:
        return ""
    said = str(capture.status) if capture.status is not None else capture.error or "?"
    return " · " + words("the server answered: {said}", said=said)


def _no_evidence(words: Words) -> str:
    said = words("No capture is cited.")
    return f'<p class="small">{escape(said)}</p>'


def _tail(bundle: Bundle, key: PublicKey, made_at: datetime, software: str, words: Words) -> str:
    masked = sum(len(portal.masked) for portal in (bundle.own, bundle.province) if portal)
    taken = sum(len(portal.captures) for portal in (bundle.own, bundle.province) if portal)
    rows = {
        words("Captures in this file"): str(taken),
        words("Pages with citizens' data masked"): str(masked),
        words("Made"): f"{local(made_at)}, {software}",
        words("Signed with the key"): key.fingerprint,
        words("To check this file"): words("rasoat verify FILE.wacz (offline; see docs/evidence.md)"),
    }
    heading = words("About this file")
    return f"<h2>{escape(heading)}</h2>{_table(rows)}"


def _table(rows: Mapping[str, str]) -> str:
    cells = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows.items()
    )
    return f"<table>{cells}</table>"


def _vn(day: date) -> str:
    return f"{day:%d/%m/%Y}"
