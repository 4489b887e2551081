"""Kind ``search``: the portal's own search finds what is there and nothing that is not (RULEBOOK
"Search")."""

from __future__ import annotations

from audit.address import canonical
from audit.context import Context, gap_citations, gap_values
from audit.model import Citation, Finding, Value
from audit.walk import Gap, Seen
from pages.capture import Trail
from pages.text import label_key
from rubric.model import Leaf

_PROBES = ("positive", "nonsense")
_CUT = ("...", "…")  # how result lists mark a title they shortened
_TELLING = 20  # characters of a shortened title that tell it from others


def audit_search(context: Context, leaf: Leaf) -> Finding:
    """Yes when the distinctive phrase brings back its item and the nonsense word brings back nothing."""
    both = (leaf.params["yes"], leaf.params["no"])
    probes = {trail.fact("probe"): trail for trail in reversed(context.walk.trails(["search"]))}
    if not all(probe in probes for probe in _PROBES):
        return _not_probed(context, leaf, both)
    gaps = [gap for probe in _PROBES for gap in _gaps(context, probes[probe])]
    if gaps:
        return context.open(leaf, "search.unseen", both, gap_values(gaps), gap_citations(gaps))
    return _compare(context, leaf, probes["positive"], probes["nonsense"])


def _gaps(context: Context, trail: Trail) -> tuple[Gap, ...]:
    return context.walk.gaps(trail) or (() if context.walk.pages(trail) else (Gap(trail.url, "unread"),))


def _not_probed(context: Context, leaf: Leaf, both: tuple[str, str]) -> Finding:
    """Without probes: no only when the whole frame was seen and holds no search at all."""
    kinds = {seen.reading.search.kind: seen for seen in reversed(context.walk.home())}
    for kind in ("form", "post_form"):
        if kind in kinds:
            return context.open(leaf, "search.not_probed", both, {}, [_form(kinds[kind])])
    if "script_only" in kinds:
        return context.open(leaf, "search.script_only", both, {}, [_form(kinds["script_only"])])
    cover = context.walk.cover([])
    if not cover.complete:
        return context.unseen(leaf, cover, both)
    return context.found(leaf, leaf.params["no"], "search.none", {}, context.absence(cover))


def _form(seen: Seen) -> Citation:
    return seen.cite(seen.reading.search.quote)


def _compare(context: Context, leaf: Leaf, positive: Trail, nonsense: Trail) -> Finding:
    hits, misses = context.walk.pages(positive), context.walk.pages(nonsense)
    found = _hit(hits, misses, positive)
    values: dict[str, Value] = {"phrase": positive.fact("phrase"), "nonsense": nonsense.fact("phrase")}
    evidence = [seen.cite(quote) for seen, quote in [*found, *((seen, "") for seen in misses)]]
    if not found:
        evidence = [seen.cite() for seen in hits + misses]
        return context.found(leaf, leaf.params["no"], "search.misses", values, evidence)
    invented = _invented(hits, misses, positive)
    if invented:
        values["found"] = invented
        return context.found(leaf, leaf.params["no"], "search.finds_nonsense", values, evidence)
    return context.found(leaf, leaf.params["yes"], "search.works", values, evidence)


def _hit(hits: list[Seen], misses: list[Seen], positive: Trail) -> list[tuple[Seen, str]]:
    """Pages of the positive probe that link to the item: in their list of results, or anywhere on the
    page in a link that the nonsense page does not carry too (what both carry is the page's frame)."""
    frame = {canonical(link.url) for seen in misses for link in seen.reading.links}
    found = []
    for seen in hits:
        listed = [(item.title, item.url) for item in seen.reading.items]
        linked = [(link.label, link.url) for link in seen.reading.links if canonical(link.url) not in frame]
        quote = next((title for title, url in listed + linked if _is_item(title, url, positive)), None)
        if quote is not None:
            found.append((seen, quote))
    return found


def _is_item(title: str, url: str | None, positive: Trail) -> bool:
    """True for the item the probe looks for: by its address, or by its whole title."""
    expected, words = positive.fact("expect_url"), label_key(positive.fact("expect_title") or "")
    if url and expected and canonical(url) == canonical(expected):
        return True
    if not words or not url:
        return False
    shown = label_key(title)
    return words in shown or (
        title.rstrip().endswith(_CUT) and len(shown) >= _TELLING and words.startswith(shown)
    )


def _invented(hits: list[Seen], misses: list[Seen], positive: Trail) -> str | None:
    """What the nonsense word "found": results that the positive page does not carry as part of its
    frame, or the very item of the positive probe (a search that always shows the same list)."""
    frame = {canonical(link.url) for seen in hits for link in seen.reading.links}
    for seen in misses:
        if seen.holds_nothing:
            continue
        for item in seen.reading.items:
            if _is_item(item.title, item.url, positive):
                return item.title
            if item.url and canonical(item.url) not in frame:
                return item.title
    return None
