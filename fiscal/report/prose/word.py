"""A narration as a Word document: headings in Word's own styles, figures in place, then tables."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from fiscal.errors import Text, missing_extra
from fiscal.report.prose.figures import Figure
from fiscal.report.prose.narration import Depth, Narration
from fiscal.report.prose.tables import PrintedTable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

__all__ = ["word_document"]

# Characters that XML cannot hold.
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FONT, _TITLE_FONT = "仿宋", "黑体"
# A4 less its margins.
_WIDTH_IN_CENTIMETRES = 15
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def word_document(
    narration: Narration,
    tables: Iterable[PrintedTable] = (),
    figures: Mapping[str, Figure] | None = None,
) -> bytes:
    """Return the document. Raises MissingExtra where the library that writes it is not there."""
    try:
        from docx import Document
    except ImportError as error:
        raise missing_extra(
            Text("写 Word 文档需要 python-docx", "Word files need python-docx, which is missing"),
            "docx",
        ) from error
    document = Document()
    _set_fonts(document)
    for depth, text in narration.paragraphs:
        if depth is Depth.FIGURE and figures and text in figures:
            _add_figure(document, figures[text])
        elif depth is Depth.FIGURE:
            continue
        elif depth is Depth.TEXT:
            document.add_paragraph(_clean(text))
        else:
            document.add_heading(_clean(text), int(depth))
    _add_tables(document, list(tables))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)


def _add_figure(document: Document, figure: Figure) -> None:
    from docx.shared import Cm

    document.add_picture(io.BytesIO(figure.image), width=Cm(_WIDTH_IN_CENTIMETRES))
    document.add_paragraph(f"（{_clean(figure.title)}）")


def _add_tables(document: Document, tables: list[PrintedTable]) -> None:
    for at, table in enumerate(tables):
        if at == 0:
            document.add_heading("附表", 0)
        document.add_heading(_clean(table.title), 1)
        document.add_paragraph(f"金额单位：{table.unit}")
        grid = document.add_table(len(table.rows), len(table.rows[0]), style="Table Grid")
        # Cells are taken once: each way to one of them goes through the whole table.
        cells = [list(row.cells) for row in grid.rows]
        for row, texts in zip(cells, table.rows, strict=True):
            for cell, text in zip(row, texts, strict=True):
                _fill(cell, text)
        _merge_headers(cells, table)
        if table.note:
            document.add_paragraph(table.note)


def _fill(cell: _Cell, text: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = cell.paragraphs[0]
    paragraph.add_run(_clean(text))
    if _NUMBER.fullmatch(text):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _merge_headers(cells: list[list[_Cell]], table: PrintedTable) -> None:
    """Widen a header over the empty ones that belong to it, then lengthen those with none below."""
    headers = table.rows[: table.headers]
    for level, row in enumerate(headers[:-1]):
        for column, text in enumerate(row):
            end = column
            below = [any(one) for one in zip(*headers[level + 1 :], strict=True)]
            while text and end + 1 < len(row) and not row[end + 1] and below[end + 1]:
                end += 1
            if end > column:
                cells[level][column].merge(cells[level][end])
            elif text and not below[column]:
                cells[level][column].merge(cells[table.headers - 1][column])


def _set_fonts(document: Document) -> None:
    """Give Word's styles the fonts of official papers, which its template lacks."""
    from docx.oxml.ns import qn
    from docx.styles.style import ParagraphStyle

    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
        style = document.styles[name]
        if isinstance(style, ParagraphStyle):
            font = _FONT if name == "Normal" else _TITLE_FONT
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("w:eastAsiaTheme", "w:asciiTheme", "w:hAnsiTheme"):
                fonts.attrib.pop(qn(theme), None)
            fonts.set(qn("w:eastAsia"), font)
