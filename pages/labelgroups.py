"""Which labels belong to one record, and how far the record reaches on the page."""

from __future__ import annotations

from typing import Final

from lxml.html import HtmlElement

from pages.blocks import Pair
from pages.records import Field, Record
from pages.tree import text_of

SHARED: Final = -1
_MAX_AROUND: Final = 400  # characters around the labels of a page's only record that can be its title


def label_records(root: HtmlElement, found: list[Pair]) -> list[Record]:
    """Pairs put together: by the repeated block that holds them, else whenever a role comes again."""
    if not found:
        return []
    groups = _groups(found, root)
    owners = owners_of([[pair.owner for pair in group] for group in groups])
    return [_made(group, root, owners, at) for at, group in enumerate(groups)]


def _groups(found: list[Pair], root: HtmlElement) -> list[list[Pair]]:
    top = common([pair.owner for pair in found], root)
    branches: dict[HtmlElement | None, list[Pair]] = {}
    for pair in found:
        branches.setdefault(branch(pair.owner, top), []).append(pair)
    parts = list(branches.values())
    if len(parts) > 1 and None not in branches and _is_repeated(parts):
        return [group for part in parts for group in (_groups(part, root) if _repeats(part) else [part])]
    return _in_turn(found)


def _is_repeated(parts: list[list[Pair]]) -> bool:
    """True when the branches hold the same roles again, so that each is at least one record."""
    seen: set[str] = set()
    again = 0
    for part in parts:
        mine = {pair.role for pair in part}
        again += bool(mine & seen)
        seen |= mine
    full = sum(len({pair.role for pair in part}) > 1 or _repeats(part) for part in parts)
    return again >= len(parts) - 1 and (full * 2 >= len(parts) or len(seen) == 1)


def _repeats(part: list[Pair]) -> bool:
    return len({pair.role for pair in part if pair.role != "other"}) < sum(
        pair.role != "other" for pair in part
    )


def _in_turn(found: list[Pair]) -> list[list[Pair]]:
    groups: list[list[Pair]] = []
    seen: set[str] = set()
    for pair in found:
        if not groups or (pair.role in seen and pair.role != "other"):
            groups.append([])
            seen = set()
        groups[-1].append(pair)
        seen.add(pair.role)
    return groups


def common(elements: list[HtmlElement], root: HtmlElement) -> HtmlElement:
    """The lowest element around all ``elements``, ``root`` at the highest."""
    path = [elements[0], *elements[0].iterancestors()]
    place = {node: at for at, node in enumerate(path)}
    lowest = 0
    for element in elements[1:]:
        node: HtmlElement | None = element
        while node is not None and node not in place:
            node = node.getparent()
        lowest = max(lowest, place[node] if node is not None else len(path) - 1)
    return path[min(lowest, place.get(root, lowest))]


def owners_of(groups: list[list[HtmlElement]]) -> dict[HtmlElement, int]:
    """Element to the only group it holds parts of, or :data:`SHARED` when it holds parts of several."""
    owners: dict[HtmlElement, int] = {}
    for at, group in enumerate(groups):
        for element in group:
            node: HtmlElement | None = element
            while node is not None and owners.get(node) not in (at, SHARED):
                owners[node] = SHARED if node in owners else at
                node = node.getparent()
    return owners


def branch(element: HtmlElement, top: HtmlElement) -> HtmlElement | None:
    """The child of ``top`` that holds ``element``; None when it is ``top`` itself."""
    node: HtmlElement | None = element
    while node is not None and node is not top:
        parent = node.getparent()
        if parent is top:
            return node
        node = parent
    return None


def _made(group: list[Pair], root: HtmlElement, owners: dict[HtmlElement, int], at: int) -> Record:
    fields: dict[str, Field] = {}
    for pair in group:
        if pair.role not in fields or not fields[pair.role].text:
            fields[pair.role] = pair.field
    return Record(fields, _span(group, root, owners, at))


def _span(
    group: list[Pair], root: HtmlElement, owners: dict[HtmlElement, int], at: int
) -> tuple[HtmlElement, ...]:
    """The widest element of this record only; without one, its labels' own parts and what lies between."""
    node = common([pair.owner for pair in group], root)
    alone = owners.get(root) != SHARED
    if owners.get(node) == SHARED or (node is root and not alone):
        return _between(group, node)
    parent = node.getparent()
    room = len(text_of(node)) + _MAX_AROUND if alone else 0
    while node is not root and parent is not None and parent is not root and owners.get(parent, at) == at:
        if room and len(text_of(parent)) > room:
            break
        node, parent = parent, parent.getparent()
    return (node,)


def _between(group: list[Pair], top: HtmlElement) -> tuple[HtmlElement, ...]:
    first, last = branch(group[0].owner, top), branch(group[-1].owner, top)
    if first is None or last is None:
        return tuple(pair.owner for pair in group)
    span = [first]
    for sibling in first.itersiblings():
        if span[-1] is last:
            break
        span.append(sibling)
    tail = last.getnext()
    return (*span, tail) if tail is not None and tail.tag in ("dd", "td") else tuple(span)
