"""One page of a PDF as read: its lines of text, its tables, and whether it was left unread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from fiscal.documents.pdf.lines import Line, lines_of
from fiscal.documents.pdf.ruled import Ruled, RuledDocument
from fiscal.documents.pdf.words import Turn, Word, read_words, turn_of

__all__ = ["Page", "read_page"]

# Fewer characters than this are a page number or a stamp, not what the page has to say.
_FEW = 24
# A picture of at least this part of the page is a scan.
_MOST_OF_A_PAGE = 0.4
# A drawing, such as a map, has more; its rules would be compared each with each.
_MOST_OBJECTS = 20_000


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number (from 1), extent as one reads it, lines and tables from the top down."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    tables: tuple[Ruled, ...]
    is_unread: bool = False


def read_page(document: pdfium.PdfDocument, ruled: RuledDocument, index: int) -> Page:
    """Read the page at `index` (from 0)."""
    page = document[index]
    text = page.get_textpage()
    try:
        turn = turn_of(page, text)
        words, unknown = read_words(text, turn)
        tables, outside = _tables(page, ruled, index, turn, words)
        known = sum(len(word.text) for word in words)
        is_unread = unknown > known or (known < _FEW and _is_pictured(page, turn))
    finally:
        text.close()
        page.close()
    width, height = turn.width, turn.height
    if turn.quarters % 2:
        width, height = height, width
    return Page(index + 1, width, height, tuple(lines_of(outside)), tuple(tables), is_unread)


def _tables(
    page: pdfium.PdfPage, ruled: RuledDocument, index: int, turn: Turn, words: Sequence[Word]
) -> tuple[list[Ruled], Sequence[Word]]:
    if pdfium_c.FPDFPage_CountObjects(page.raw) > _MOST_OBJECTS + sum(len(w.text) for w in words):
        return [], words
    return ruled.tables(index, turn, words)


def _is_pictured(page: pdfium.PdfPage, turn: Turn) -> bool:
    whole = turn.width * turn.height * _MOST_OF_A_PAGE
    pictures = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=4)
    covered = 0.0
    for picture in islice(pictures, _MOST_OBJECTS):
        left, bottom, right, top = picture.get_bounds()
        covered += (right - left) * (top - bottom)
    return covered >= whole
