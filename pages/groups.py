"""Records that repeat: which links of the main column are the titles of which records.

The links that can be titles are placed in the tree of their ancestors. Where branches of that tree
meet, each branch with one title is a record, and branches that hold several are looked into. Boxes
(records under one heading) are kept apart, so that a list of related items is never mixed in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml.html import HtmlElement

from pages.crumbs import crumb_line
from pages.frame import menu_shaped
from pages.menublocks import menu_block, menu_keys
from pages.outline import LONG, Anchor
from pages.spans import spans
from pages.text import label_key
from pages.titles import HEADINGS, best_title, grade, is_file, is_heading
from pages.tree import Page, text_of
from pages.vocabulary import keys

_OWN: Final = ("li", "tr", "article", "dd")
_FEW_LINKS: Final = 4  # links (thumbnail, tag, "more") that may stand in a record beside its title
_MAX_HEADING = 90  # characters of the longest text that is taken as the heading of a box


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """One record: its title link, and the sibling elements that hold all of it, in order."""

    title: Anchor
    span: tuple[HtmlElement, ...]


@dataclass(slots=True, eq=False)
class Box:
    """Records under one heading (None: no heading between them and the top of the column)."""

    heading: str | None
    records: list[Record] = field(default_factory=list)
    parts: list[list[Record]] = field(default_factory=list)  # the same, by the list they stand in
    node: HtmlElement | None = None

    @property
    def key(self) -> str:
        """Label key of the heading; empty when there is none."""
        return label_key(self.heading or "")


def boxes(page: Page, top: HtmlElement | None = None) -> list[Box]:
    """The boxes of records below ``top`` (default: the main column), in page order."""
    return _Grouping(page, page.main if top is None else top).boxes()


class _Grouping:
    def __init__(self, page: Page, top: HtmlElement) -> None:
        self.page, self.top = page, top
        self.candidates = list(self._candidates())
        self.keys: dict[HtmlElement, set[str | None]] = {}  # addresses of all candidates below an element
        for anchor in self.candidates:
            for element in (anchor.element, *anchor.element.iterancestors()):
                self.keys.setdefault(element, set()).add(anchor.key)
                if element is top:
                    break
        titled = [a for a in self.candidates if grade(a) and not self._in_menu(a)] or self._short_list()
        self.kids: dict[HtmlElement, list[HtmlElement]] = {}
        self.under: dict[HtmlElement, list[Anchor]] = {}
        for anchor in titled:
            self._place(anchor)

    def _candidates(self) -> Iterator[Anchor]:
        outline, top = self.page.outline, self.top
        labels = menu_keys(self.page)
        inside = set(top.iter("a"))
        line = crumb_line(self.page)
        crumbs = set(line.iter("a")) if line is not None else set()
        for anchor in outline.anchors:
            if anchor.key is None or not anchor.text or anchor.element not in inside:
                continue
            if outline.zone(anchor.element, top) not in ("", "header") or anchor.element in crumbs:
                continue
            if anchor.key in labels or (anchor.key == self.page.url and anchor.fragment):
                continue
            key = label_key(anchor.text)
            if (
                key
                and not key.isdigit()
                and key not in keys("listing", "more")
                and not outline.in_pager(anchor.element)
            ):
                yield anchor

    def _short_list(self) -> list[Anchor]:
        """When no link looks like a title: the short links, if there is a row of them."""
        home = self.page.outline.home
        if home is not None and self.top in home.element.iterancestors():
            return []  # the column could not be told from the menu
        short = [a for a in self.candidates if len(a.text) > 3]
        return short if len({a.key for a in short}) >= 3 else []

    def _in_menu(self, anchor: Anchor) -> bool:
        """True for a long label in a list of short links: a menu that does not say it is one."""
        outline = self.page.outline
        if len(anchor.text) >= 2 * LONG:
            return False
        block = menu_block(anchor, outline)
        return block is not None and self.top in block.iterancestors() and menu_shaped(block, outline)

    def _place(self, anchor: Anchor) -> None:
        child = anchor.element
        self.under.setdefault(child, []).append(anchor)
        while child is not self.top:
            parent = child.getparent()
            branches = self.kids.setdefault(parent, [])
            if not branches or branches[-1] is not child:
                branches.append(child)
            self.under.setdefault(parent, []).append(anchor)
            child = parent

    def boxes(self) -> list[Box]:
        found: dict[HtmlElement | None, Box] = {}
        for node, branches in self._lists(self.top):
            for heading, part in self._parted(node, branches):
                box = found.setdefault(heading, Box(None if heading is None else text_of(heading), node=node))
                box.parts.append(list(self._records(node, part)))
                box.records.extend(box.parts[-1])
        place = {anchor.element: i for i, anchor in enumerate(self.page.outline.anchors)}
        for box in found.values():
            box.records.sort(key=lambda record: place[record.title.element])
        return [box for box in found.values() if box.records]

    def _parted(
        self, node: HtmlElement, branches: list[HtmlElement]
    ) -> Iterator[tuple[HtmlElement | None, list[HtmlElement]]]:
        """The branches in runs between which no heading stands, each with the heading above it."""
        heading = self._heading(branches[0])
        run: list[HtmlElement] = []
        left = set(branches)
        for child in node if branches[0] is not node else ():
            if child in left:
                run.append(child)
            elif run and isinstance(child.tag, str) and self._heads(child):
                yield heading, run
                heading, run = child, []
        if run or branches[0] is node:
            yield heading, run or branches

    def _lists(self, node: HtmlElement) -> Iterator[tuple[HtmlElement, list[HtmlElement]]]:
        """(node, branches) for every run of record branches, in page order."""
        stack = [node]
        while stack:
            node = stack.pop()
            branches = self.kids.get(node, [])
            if not branches:
                if self.under.get(node):
                    yield node.getparent() if node is not self.top else node, [node]
                continue
            if len(branches) == 1 and not self._is_record(node):
                if len(self._urls(node)) == 1:
                    yield self._tight(node)
                else:
                    stack.append(branches[0])
                continue
            run: list[HtmlElement] = []
            later: list[HtmlElement] = []
            for branch in branches:
                (run if len(self._urls(branch)) == 1 or self._is_record(branch) else later).append(branch)
            if run and not (len(run) == 1 and later and self._is_caption(run[0])):
                yield node, run
            stack.extend(reversed(later))

    def _urls(self, element: HtmlElement) -> set[str | None]:
        return {anchor.key for anchor in self.under[element]}

    def _tight(self, node: HtmlElement) -> tuple[HtmlElement, list[HtmlElement]]:
        """A lone title: the widest element around it that holds no heading of another thing."""
        anchor = self.under[node][0]
        element = anchor.element
        while element is not node and element.getparent() is not node:
            parent = element.getparent()
            if any(
                is_heading(e) and anchor.element not in e.iter() for e in parent if isinstance(e.tag, str)
            ):
                break
            if len(self.keys[parent]) > 1 or self.page.outline.links.get(parent, 0) > _FEW_LINKS:
                break
            if len(text_of(parent)) > len(anchor.text) + 900:
                break
            element = parent
        return element.getparent() if element is not self.top else element, [element]

    def _is_record(self, element: HtmlElement) -> bool:
        """True when the element is one record although several title links stand in it."""
        anchors = self.under[element]
        headed = {a.key for a in anchors if next(a.element.iterancestors(*HEADINGS), None) is not None}
        if len(headed) == 1 and element.tag in _OWN:
            return True
        heads = {a.key for a in anchors if grade(a) == 2}
        if len(self._urls(element)) > 4 or any(True for _ in element.iterdescendants(*_OWN[:3])):
            return False
        if len(heads) == 1:
            head = max((a for a in anchors if grade(a) == 2), key=lambda a: len(a.text))
            return all(len(a.text) <= len(head.text) for a in anchors)
        plain = {a.key for a in anchors if not is_file(a)}
        return element.tag in _OWN and len(plain) <= 1

    def _is_caption(self, branch: HtmlElement) -> bool:
        """A lone short link above lists: the heading of a box, not a record."""
        return all(len(a.text) < LONG for a in self.under[branch])

    def _records(self, node: HtmlElement, branches: list[HtmlElement]) -> Iterator[Record]:
        seen: set[str | None] = set()
        branches = self._with_short(node, branches)
        walls = {child for child in node if child in self.keys} if branches != [node] else set()
        for branch, span in zip(branches, spans(node, branches, walls), strict=True):
            title = best_title(self.under[branch])
            if title.key not in seen:
                seen.add(title.key)
                yield Record(title, span)

    def _with_short(self, node: HtmlElement, branches: list[HtmlElement]) -> list[HtmlElement]:
        """Also the siblings of the same shape whose title is too short to be known by itself."""
        shapes = {(b.tag, b.get("class")) for b in branches}
        if len(branches) < 2 or len(shapes) > 2:
            return branches
        short: dict[HtmlElement, Anchor] = {}
        for anchor in self.candidates:
            if not grade(anchor):
                child = anchor.element
                while child is not None and child.getparent() is not node:
                    child = child.getparent()
                if child is not None and child not in branches and (child.tag, child.get("class")) in shapes:
                    short.setdefault(child, anchor)
        if not short:
            return branches
        for child, anchor in short.items():
            self.under.setdefault(child, [anchor])
        return [child for child in node if child in short or child in branches]

    def _heading(self, first: HtmlElement) -> HtmlElement | None:
        """The heading above the records: nearest before them, on the way up to the column's top."""
        element = first
        while element is not None and element is not self.top:
            for sibling in element.itersiblings(preceding=True):
                if isinstance(sibling.tag, str) and self._heads(sibling):
                    return sibling
            element = element.getparent()
        return None

    def _heads(self, element: HtmlElement) -> bool:
        if len(self._urls(element)) > 1 if element in self.under else False:
            return False
        if not is_heading(element):
            inner = next(element.iter(*HEADINGS), None)
            if inner is None or len(text_of(element)) > _MAX_HEADING:
                return label_key(text_of(element)[:_MAX_HEADING]) in keys("listing", "related")
            element = inner
        text = text_of(element)
        anchors = self.under.get(element, [])
        return 1 < len(text) <= _MAX_HEADING and all(len(a.text) < LONG for a in anchors)


def headings(found: list[Box]) -> int:
    """How many boxes of at least two records stand under a heading of their own."""
    return sum(1 for box in found if box.heading and len(box.records) > 1)
