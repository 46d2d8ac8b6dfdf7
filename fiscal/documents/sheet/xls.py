"""Workbooks of old (xls, from 1997 on): the cells of every visible sheet."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from fiscal.documents.compound import DAMAGE, stream
from fiscal.documents.grid import Grid
from fiscal.documents.layout import Paragraph, lay_out
from fiscal.documents.sheet.number_format import printed
from fiscal.documents.sheet.parts import Cells, parts_of_sheet
from fiscal.documents.sheet.records import Book, Kind, SheetPlace, records, string, workbook
from fiscal.errors import Text, UnreadableDocument
from fiscal.model import Document, Merge

__all__ = ["read"]

_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
# What a formula has computed, where that is no number.
_COMPUTED_TEXT, _COMPUTED_TRUTH, _COMPUTED_ERROR = 0, 1, 2


def read(data: bytes, path: str, sha256: str) -> Document:
    """Read the sheets of a workbook. Raises UnreadableDocument where it is damaged or encrypted."""
    try:
        cells = stream(data, "Workbook")
        book = workbook(cells)
        parts = [
            part for place in book.sheets if place.is_shown for part in _parts(cells, place, book)
        ]
    except DAMAGE as error:
        raise _damaged() from error
    return lay_out(path, sha256, parts)


def _damaged() -> UnreadableDocument:
    return UnreadableDocument(
        Text("工作簿损坏或版本过旧", "the workbook is damaged or too old"),
        Text("请在表格软件中打开后另存为 xlsx", "open it in a spreadsheet and save it as xlsx"),
    )


def _parts(stream: bytes, place: SheetPlace, book: Book) -> Iterator[Grid | Paragraph]:
    cells: Cells = {}
    merges: list[Merge] = []
    waiting = (0, 0)
    for kind, body in records(stream, place.start):
        if kind == Kind.MERGES:
            merges.extend(_merges(body))
        elif kind == Kind.FORMULA_TEXT:
            cells.setdefault(waiting[0], {})[waiting[1]] = string(body, 0)
        elif kind in _TEXT_OF:
            waiting = row, column = struct.unpack_from("<2H", body)
            if text := _TEXT_OF[kind](body, book):
                cells.setdefault(row, {})[column] = text
        elif kind == Kind.COMPACT_NUMBERS:
            row, first = struct.unpack_from("<2H", body)
            for column, at in enumerate(range(4, len(body) - 2, 6), start=first):
                style, packed = struct.unpack_from("<HI", body, at)
                cells.setdefault(row, {})[column] = _number(_unpacked(packed), style, book)
    yield from parts_of_sheet(place.name, cells, merges)


def _merges(body: bytes) -> Iterator[Merge]:
    count = struct.unpack_from("<H", body)[0]
    for at in range(2, min(2 + 8 * count, len(body) - 7), 8):
        top, bottom, left, right = struct.unpack_from("<4H", body, at)
        yield Merge(top, left, bottom - top + 1, right - left + 1)


def _number(value: float, style: int, book: Book) -> str:
    return printed(value, book.format_of(style), is_1904=book.is_1904)


def _unpacked(packed: int) -> float:
    """Return a number packed in four bytes: whole or the high half of a double, or a hundredth.

    >>> _unpacked(0x0000_0102), _unpacked(0x0000_0103), _unpacked(0x3FF0_0000)
    (64, 0.64, 1.0)
    """
    value: float = struct.unpack("<i", struct.pack("<I", packed))[0] >> 2
    if not packed & 2:
        value = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", packed & 0xFFFFFFFC))[0]
    return value / 100 if packed & 1 else value


def _stored_number(body: bytes, book: Book) -> str:
    style, value = struct.unpack_from("<Hd", body, 4)
    return _number(value, style, book)


def _compact_number(body: bytes, book: Book) -> str:
    style, packed = struct.unpack_from("<HI", body, 4)
    return _number(_unpacked(packed), style, book)


def _truth(body: bytes, _: Book) -> str:
    return _ERRORS.get(body[6], "#") if body[7] else ("TRUE" if body[6] else "FALSE")


def _computed(body: bytes, book: Book) -> str:
    if body[12:14] != b"\xff\xff":
        return _stored_number(body, book)
    if body[6] == _COMPUTED_TRUTH:
        return "TRUE" if body[8] else "FALSE"
    return _ERRORS.get(body[8], "#") if body[6] == _COMPUTED_ERROR else ""


_TEXT_OF: dict[int, Callable[[bytes, Book], str]] = {
    Kind.NUMBER: _stored_number,
    Kind.COMPACT_NUMBER: _compact_number,
    Kind.FORMULA: _computed,
    Kind.TRUTH: _truth,
    Kind.TEXT: lambda body, _: string(body, 6),
    Kind.SHARED_TEXT: lambda body, book: book.texts[struct.unpack_from("<I", body, 6)[0]],
}
