"""An official letter as parts in their order, whatever file it becomes (NĐ 30/2020/NĐ-CP, Phụ lục I).

Texts are plain: each writer keeps what its format gives a meaning to as text.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from report.notice.figures import grouped

Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A bold line."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body."""

    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: ``width`` is its share of the page, neighbours with one ``over`` stand together
    below it. ``number``: centred figures."""

    title: str
    width: float
    over: str = ""
    number: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table; ``strong`` ones are those of a whole group."""

    cells: tuple[Cell, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head repeats on each page. ``name`` is short, for a sheet; ``caption`` stands above."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole letter. ``mark`` is the mark of a draft (empty: none), ``digest`` that of the final content."""

    parent: str
    issuer: str
    nation: str
    motto: str
    number: str
    place: str
    subject: str
    greeting: str
    addressees: tuple[str, ...]
    body: tuple[Block, ...]
    recipients_title: str
    recipients: tuple[str, ...]
    authority: tuple[str, ...]
    signer: str
    annexes: tuple[Block, ...] = ()
    mark: str = ""
    digest: str = ""

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables, annexes' included."""
        return tuple(block for block in (*self.body, *self.annexes) if isinstance(block, Table))


def shown(cell: Cell) -> str:
    """A cell as people read it."""
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else grouped(cell)


def head_spans(columns: tuple[Column, ...]) -> tuple[tuple[str, int], ...]:
    """The upper line of a table's head: text and how many columns it stands over. A column without
    ``over`` has its own title there and takes both lines."""
    spans: list[tuple[str, int]] = []
    before = ""
    for column in columns:
        if column.over and column.over == before:
            spans[-1] = (column.over, spans[-1][1] + 1)
        else:
            spans.append((column.over or column.title, 1))
        before = column.over
    return tuple(spans)
