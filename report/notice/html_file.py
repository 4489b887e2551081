"""A letter as one HTML page: no script, no outside resource, everything escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from report.notice.letter import Heading, Letter, Paragraph, Table, head_spans, shown


def html_bytes(letter: Letter) -> bytes:
    """The page, UTF-8."""
    return _template().render(letter=letter).encode()


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"shown": shown, "spans": head_spans}
    environment.tests |= {
        "heading": lambda block: isinstance(block, Heading),
        "paragraph": lambda block: isinstance(block, Paragraph),
        "results": lambda block: isinstance(block, Table),
    }
    return environment.get_template("letter.html.j2")
