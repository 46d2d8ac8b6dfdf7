"""A narration as a Word document: title, headings and paragraphs in Word's own styles."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from fiscal.errors import MissingExtra, Text
from fiscal.report.prose.narration import Depth, Narration

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["word_document"]

_INSTALL = "pip install 'fiscal-graph[docx]'"
# Characters that XML cannot hold.
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FONT, _TITLE_FONT = "仿宋", "黑体"


def word_document(narration: Narration) -> bytes:
    """Return the document. Raises MissingExtra where the library that writes it is not there."""
    try:
        from docx import Document
    except ImportError as error:
        raise MissingExtra(
            Text(
                "写 Word 文档需要 python-docx", "Word is written by python-docx, which is missing"
            ),
            Text(f"请运行 {_INSTALL}", f"run {_INSTALL}"),
        ) from error
    document = Document()
    _set_fonts(document)
    for depth, text in narration.paragraphs:
        clean = _NO_XML.sub("", text)
        if depth is Depth.TEXT:
            document.add_paragraph(clean)
        else:
            document.add_heading(clean, int(depth))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


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
