"""The tables inside ``docs/scoring*.md``, made from the edition so that text and rule cannot part.

``python -m report.method`` writes them anew between their marks; a test compares.
"""

from __future__ import annotations

import re
from pathlib import Path

from i18n import Language
from rubric.edition import load_edition
from rubric.model import Edition, Leaf
from rubric.scoring import number

DOCS = Path(__file__).resolve().parent.parent / "docs"
FILES: dict[str, Language] = {"scoring.md": "en", "scoring.vi.md": "vi"}
MARK = re.compile(r"(<!-- edition (\S+) (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)
HEADS: dict[Language, str] = {
    "en": "| leaf | most | check | levels (points, column) | updated |",
    "vi": "| mục | tối đa | cách kiểm tra | các mức (điểm, cột) | thời gian cập nhật |",
}
COLUMNS: dict[Language, dict[str, str]] = {
    "en": {"full": "full", "partial": "partial", "none": "none"},
    "vi": {"full": "đầy đủ", "partial": "không đầy đủ", "none": "không cập nhật"},
}


def with_tables(text: str, language: Language) -> str:
    """``text`` with the table between each pair of marks made anew from its edition."""

    def table(match: re.Match[str]) -> str:
        edition = load_edition(match[2])
        return match[1] + group_table(edition, match[3], language) + match[4]

    return MARK.sub(table, text)


def group_table(edition: Edition, kind: str, language: Language) -> str:
    """One group's leaves as a Markdown table, wording verbatim."""
    rows = [_row(leaf, language) for leaf in edition.groups[kind].leaves]
    return "\n".join([HEADS[language], "|---|---|---|---|---|", *rows]) + "\n"


def _row(leaf: Leaf, language: Language) -> str:
    levels = "<br>".join(
        f"{level.label}: {number(level.points)} ({COLUMNS[language][level.column]})" for level in leaf.levels
    )
    cells = (f"{leaf.id} {leaf.title}", number(leaf.max_points), f"`{leaf.kind}`", levels, leaf.update_rule)
    return f"| {' | '.join(map(str, cells))} |"


def main() -> None:
    """Write the tables of both languages anew."""
    for name, language in FILES.items():
        path = DOCS / name
        path.write_text(with_tables(path.read_text("utf-8"), language), "utf-8")


if __name__ == "__main__":
    main()
