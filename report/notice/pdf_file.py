"""A letter as PDF/A-2b, set by Typst with the vendored fonts and nothing from the system."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from report import fonts
from report.notice.letter import Block, Heading, Letter, Paragraph, Table, head_spans, shown
from report.notice.safe import printable

TEMPLATE = Path(__file__).with_name("letter.typ")

TEXTS = ("parent", "issuer", "nation", "motto", "number", "place", "subject", "greeting", "signer", "mark",
         "digest", "recipients_title")  # fmt: skip
LISTS = ("addressees", "recipients", "authority")


def pdf_bytes(letter: Letter, dated: date) -> bytes:
    """The document; ``dated`` is its date, which PDF/A asks for."""
    told = _told(letter) | {"date": [dated.year, dated.month, dated.day], "family": fonts.FAMILY}
    stamp = int(datetime(dated.year, dated.month, dated.day, tzinfo=UTC).timestamp())
    made = _compiler().compile(
        format="pdf", sys_inputs={"letter": json.dumps(told)}, pdf_standards=["a-2b"], timestamp=stamp
    )
    if not isinstance(made, bytes):
        raise TypeError("one PDF document was expected")
    return made


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(str(TEMPLATE), font_paths=[str(fonts.FOLDER)], ignore_system_fonts=True)


def _told(letter: Letter) -> dict[str, Any]:
    """The letter as the template reads it: all texts are strings there, never mark-up."""
    return (
        {name: printable(getattr(letter, name)) for name in TEXTS}
        | {name: [printable(each) for each in getattr(letter, name)] for name in LISTS}
        | {name: [_block(each) for each in getattr(letter, name)] for name in ("body", "annexes")}
    )


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading | Paragraph):
        return {"kind": type(block).__name__.lower(), "text": printable(block.text)}
    return {
        "kind": "table",
        "caption": printable(block.caption),
        "widths": [column.width for column in block.columns],
        "numbers": [column.number for column in block.columns],
        "head": _head(block),
        "lines": [
            {"strong": each.strong, "cells": [printable(shown(cell)) for cell in each.cells]}
            for each in block.lines
        ],
    }


def _head(table: Table) -> dict[str, Any]:
    """The head's upper line as (text, columns, lines) and the texts of its lower line."""
    lower = [printable(column.title) for column in table.columns if column.over]
    upper, at = [], 0
    for text, width in head_spans(table.columns):
        alone = not table.columns[at].over
        upper.append([printable(text), width, 2 if alone and lower else 1])
        at += width
    return {"upper": upper, "lower": lower}
