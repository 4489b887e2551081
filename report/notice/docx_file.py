"""A letter as a Word document that people may go on editing."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_BREAK as BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from lxml import etree

from report.notice.letter import Block, Heading, Letter, Line, Paragraph, Table, head_spans, shown

FONT = "Times New Roman"
PAGE = (Mm(210), Mm(297))
TEXT_WIDTH = 165  # mm: A4 less 30 on the left and 15 on the right
TWIPS = 56.7  # in a millimetre
INDENT = Mm(12.7)
_SIDE = 'w:w="40" w:type="dxa"'
NARROW_MARGINS = f"<w:tblCellMar {nsdecls('w')}><w:left {_SIDE}/><w:right {_SIDE}/></w:tblCellMar>"


def docx_bytes(letter: Letter) -> bytes:
    """The document."""
    document = Document()
    document.core_properties.title = letter.subject[:255]
    document.core_properties.author = letter.issuer[:255]
    document.core_properties.comments = letter.digest
    _page(document)
    if letter.mark:
        _say(document.add_paragraph(), letter.mark, bold=True, align=ALIGN.CENTER)
    _envelope(document, letter)
    for block in letter.body:
        _block(document, block)
    _closing(document, letter)
    if letter.annexes:
        document.add_paragraph().add_run().add_break(BREAK.PAGE)
        for block in letter.annexes:
            _block(document, block)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _page(document: Any) -> None:
    """A4, margins, font, and the page number from the second page on."""
    section = document.sections[0]
    section.page_width, section.page_height = PAGE
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    number = section.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    run = number.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run._r.append(_field(kind, text))


def _field(kind: str | None, text: str | None) -> Any:
    """A piece of a field (the page number)."""
    element = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        element.set(qn("w:fldCharType"), kind)
    else:
        element.text = text
    return element


def _say(paragraph: Any, text: str, *, size: float = 14, bold: bool = False, italic: bool = False,
         caps: bool = False, align: Any = None, indent: bool = False, before: float = 0) -> None:  # fmt: skip
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic, run.font.all_caps = Pt(size), bold, italic, caps or None
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    if indent:
        paragraph.paragraph_format.first_line_indent = INDENT


def _side_by_side(document: Any, shares: Sequence[float]) -> list[Callable[[], Any]]:
    """Two columns without a frame; gives for each what adds a paragraph to it."""
    table = document.add_table(rows=1, cols=len(shares))
    table.autofit = False
    found = []
    for column, cell, share in zip(table.columns, table.rows[0].cells, shares, strict=True):
        column.width = cell.width = Mm(TEXT_WIDTH * share)
        found.append(_adder(cell))
    return found


def _adder(cell: Any) -> Callable[[], Any]:
    fresh: Iterable[Any] = iter([cell.paragraphs[0]])

    def add() -> Any:
        return next(iter(fresh), None) or cell.add_paragraph()

    return add


def _envelope(document: Any, letter: Letter) -> None:
    left, right = _side_by_side(document, (0.4, 0.6))
    _say(left(), letter.parent, size=13, align=ALIGN.CENTER)
    issuer = left()
    _say(issuer, letter.issuer, size=13, bold=True, align=ALIGN.CENTER)
    _ruled(left())
    _say(left(), letter.number, size=13, align=ALIGN.CENTER, before=3)
    _say(left(), letter.subject, size=12, align=ALIGN.CENTER, before=3)
    _say(right(), letter.nation, size=12, bold=True, align=ALIGN.CENTER)
    _say(right(), letter.motto, size=13, bold=True, align=ALIGN.CENTER)
    _ruled(right())
    _say(right(), letter.place, size=13, italic=True, align=ALIGN.CENTER, before=3)
    for before, text in ((12, letter.greeting), *((0, f"- {each}") for each in letter.addressees)):
        paragraph = document.add_paragraph()
        _say(paragraph, text, before=before)
        paragraph.paragraph_format.left_indent = Mm(45)


def _ruled(paragraph: Any) -> None:
    """The short line below a name: an upper border between wide indents."""
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
    )
    paragraph._p.get_or_add_pPr().append(border)  # before the indents: Word minds the order
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(22)
    paragraph.add_run().font.size = Pt(2)


def _block(document: Any, block: Block) -> None:
    if isinstance(block, Heading):
        paragraph = document.add_paragraph()
        _say(paragraph, block.text, bold=True, indent=True, before=6)
        paragraph.paragraph_format.keep_with_next = True
    elif isinstance(block, Paragraph):
        _say(document.add_paragraph(), block.text, align=ALIGN.JUSTIFY, indent=True, before=6)
    else:
        _table(document, block)


def _closing(document: Any, letter: Letter) -> None:
    document.add_paragraph()
    left, right = _side_by_side(document, (0.5, 0.5))
    _say(left(), letter.recipients_title, size=12, bold=True, italic=True)
    for each in letter.recipients:
        _say(left(), f"- {each}", size=11)
    for each in letter.authority:
        _say(right(), each, bold=True, caps=True, align=ALIGN.CENTER)
    _say(right(), letter.signer, bold=True, align=ALIGN.CENTER, before=70)


def _table(document: Any, table: Table) -> None:
    """A table written as XML: python-docx takes seconds for a thousand cells."""
    total = sum(column.width for column in table.columns)
    widths = [round(TEXT_WIDTH * TWIPS * column.width / total) for column in table.columns]
    made = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    made.autofit = False
    element = made._tbl
    element.tblPr.find(qn("w:tblLook")).addprevious(parse_xml(NARROW_MARGINS))
    for grid, width in zip(element.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        grid.set(qn("w:w"), str(width))
    for row in (*_head(table, widths), *(_row(line, table, widths) for line in table.lines)):
        element.append(row)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _head(table: Table, widths: Sequence[int]) -> list[Any]:
    """The head's one or two lines, repeated on each page."""
    grouped = any(column.over for column in table.columns)
    upper, lower, at = _tr(head=True), _tr(head=True), 0
    for text, spans in head_spans(table.columns):
        alone = not table.columns[at].over
        width = sum(widths[at : at + spans])
        merge = "restart" if alone and grouped else None
        upper.append(_cell(text, width, spans=spans, merge=merge, bold=True))
        for column, part in zip(table.columns[at : at + spans], widths[at : at + spans], strict=True):
            below = _cell("", part, merge="continue") if alone else _cell(column.title, part, bold=True)
            lower.append(below)
        at += spans
    return [upper, lower] if grouped else [upper]


def _row(line: Line, table: Table, widths: Sequence[int]) -> Any:
    row = _tr()
    for cell, column, width in zip(line.cells, table.columns, widths, strict=True):
        row.append(_cell(shown(cell), width, bold=line.strong, centred=column.number))
    return row


def _tr(head: bool = False) -> Any:
    row = OxmlElement("w:tr")
    properties = etree.SubElement(row, qn("w:trPr"))
    properties.append(_element("w:cantSplit"))
    if head:
        properties.append(_element("w:tblHeader"))
    return row


def _cell(text: str, width: int, *, spans: int = 1, merge: str | None = None, bold: bool = False,
          centred: bool = True) -> Any:  # fmt: skip
    cell = OxmlElement("w:tc")
    properties = etree.SubElement(cell, qn("w:tcPr"))
    properties.append(_element("w:tcW", w=str(width), type="dxa"))
    if spans > 1:
        properties.append(_element("w:gridSpan", val=str(spans)))
    if merge:
        properties.append(_element("w:vMerge", val=merge))
    properties.append(_element("w:vAlign", val="center"))
    paragraph = etree.SubElement(cell, qn("w:p"))
    look = etree.SubElement(paragraph, qn("w:pPr"))
    look.append(_element("w:jc", val="center" if centred else "left"))
    run = etree.SubElement(paragraph, qn("w:r"))
    style = etree.SubElement(run, qn("w:rPr"))
    if bold:
        style.append(_element("w:b"))
    style.append(_element("w:sz", val="22"))
    etree.SubElement(run, qn("w:t")).text = text
    return cell


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element
