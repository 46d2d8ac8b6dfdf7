"""The records of an old workbook (xls): what its stream holds, one after the other.

First come those of the whole book (formats, styles, shared texts, where each sheet begins), then
those of every sheet. Read here and not by a library, since the libraries leave out the formats,
without which the printed decimals are lost, and fail hard on a damaged file. [MS-XLS], section 2.4.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from fiscal.documents.compound import encrypted
from fiscal.documents.sheet.number_format import BUILT_IN, GENERAL

__all__ = ["Book", "Kind", "SheetPlace", "records", "string", "workbook"]

_CURRENT_VERSION = 0x600


class Kind(IntEnum):
    """The records that matter here."""

    FORMULA = 0x06
    END = 0x0A
    CALENDAR = 0x22
    PASSWORD = 0x2F
    CONTINUATION = 0x3C
    SHEET = 0x85
    COMPACT_NUMBERS = 0xBD
    STYLE = 0xE0
    MERGES = 0xE5
    SHARED_TEXTS = 0xFC
    SHARED_TEXT = 0xFD
    NUMBER = 0x203
    TEXT = 0x204
    TRUTH = 0x205
    FORMULA_TEXT = 0x207
    COMPACT_NUMBER = 0x27E
    FORMAT = 0x41E
    BEGIN = 0x809


class SheetPlace(NamedTuple):
    """Where a sheet's records begin, its name, and whether it is a visible sheet of cells."""

    start: int
    name: str
    is_shown: bool


@dataclass(slots=True)
class Book:
    """What the sheets share: texts, the format of each style, the calendar."""

    sheets: list[SheetPlace] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    styles: list[int] = field(default_factory=list)
    is_1904: bool = False

    def format_of(self, style: int) -> str:
        """Return the number format of a style."""
        known = style < len(self.styles)
        return self.formats.get(self.styles[style], GENERAL) if known else GENERAL


def records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """Yield kind and body of the records from `place` to the end of the book's or sheet's part."""
    depth = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, place)
        body = stream[place + 4 : place + 4 + length]
        place += 4 + length
        if kind == Kind.BEGIN:
            depth += 1
            if struct.unpack_from("<H", body)[0] != _CURRENT_VERSION:
                raise ValueError("older than 1997")
        elif kind == Kind.END:
            depth -= 1
        # A chart within a sheet has records of its own, one level down.
        if depth == 1:
            yield kind, body
        elif depth < 1:
            return


def workbook(stream: bytes) -> Book:
    """Read the records of the whole book. Raises UnreadableDocument where it is encrypted."""
    book, shared = Book(), list[bytes]()
    before = 0
    for kind, body in records(stream, 0):
        if kind == Kind.PASSWORD:
            raise encrypted()
        if kind == Kind.SHARED_TEXTS or (kind == Kind.CONTINUATION == before):
            shared.append(body)
            before = Kind.CONTINUATION
            continue
        before = kind
        _take(book, kind, body)
    book.texts = list(_shared_texts(shared)) if shared else []
    return book


def _take(book: Book, kind: int, body: bytes) -> None:
    if kind == Kind.FORMAT:
        book.formats[struct.unpack_from("<H", body)[0]] = string(body, 2)
    elif kind == Kind.STYLE:
        book.styles.append(struct.unpack_from("<H", body, 2)[0])
    elif kind == Kind.CALENDAR:
        book.is_1904 = body[:1] == b"\1"
    elif kind == Kind.SHEET:
        start, hidden, sort, length, flags = struct.unpack_from("<I4B", body)
        name = _decoded(body[8:], length, is_wide=bool(flags & 1))
        book.sheets.append(SheetPlace(start, name, hidden & 3 == 0 and sort == 0))


def string(body: bytes, at: int) -> str:
    """Return the text at `at`: its length, whether its characters take two bytes, and these."""
    length, flags = struct.unpack_from("<HB", body, at)
    return _decoded(body[at + 3 :], length, is_wide=bool(flags & 1))


def _decoded(data: bytes, length: int, *, is_wide: bool) -> str:
    if is_wide:
        return data[: 2 * length].decode("utf-16-le", "replace")
    return data[:length].decode("latin-1")


def _shared_texts(pieces: list[bytes]) -> Iterator[str]:
    """Yield the shared texts; one may run on in the next piece, there of another width."""
    source = _Pieces(pieces)
    _, count = struct.unpack("<2I", source.take(8))
    for _ in range(count):
        if source.is_at_end():
            return
        length, flags = struct.unpack("<HB", source.take(3))
        runs = struct.unpack("<H", source.take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", source.take(4))[0] if flags & 4 else 0
        yield source.text(length, is_wide=bool(flags & 1))
        source.skip(4 * runs + extra)


class _Pieces:
    """Pieces of bytes read as one."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces
        self._index = 0
        self._at = 0

    def is_at_end(self) -> bool:
        while self._index < len(self._pieces) and self._at >= len(self._pieces[self._index]):
            self._index, self._at = self._index + 1, 0
        return self._index >= len(self._pieces)

    def _some(self, wanted: int) -> bytes:
        if self.is_at_end():
            raise ValueError("cut")
        piece = self._pieces[self._index][self._at : self._at + wanted]
        self._at += len(piece)
        return piece

    def take(self, wanted: int) -> bytes:
        taken = self._some(wanted)
        while len(taken) < wanted:
            taken += self._some(wanted - len(taken))
        return taken

    def skip(self, wanted: int) -> None:
        while wanted and not self.is_at_end():
            wanted -= len(self._some(wanted))

    def text(self, length: int, *, is_wide: bool) -> str:
        text = ""
        while len(text) < length:
            if text and self._at >= len(self._pieces[self._index]):
                is_wide = bool(self.take(1)[0] & 1)
            width = 2 if is_wide else 1
            piece = self._some((length - len(text)) * width)
            text += _decoded(piece, len(piece) // width, is_wide=is_wide) or " "
        return text
