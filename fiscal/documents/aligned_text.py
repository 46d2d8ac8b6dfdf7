"""Tables whose columns are parted by blanks alone, as a program prints a page of a PDF.

A run of lines is a table where some have amounts of their own between two blanks or more. Where two
blanks part every line into as many pieces, these are its cells in turn. Else a piece belongs to the
column below which it stands; columns are parted where all lines with amounts have blanks, and where
that leaves fewer of them than some line has pieces, nothing is lined up and nothing is read.
Ideographs are two columns wide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple
from unicodedata import east_asian_width

__all__ = ["Line", "Piece", "aligned_rows"]

_PIECE = re.compile(r"\S+(?:[ \u3000]\S+)*")
_GAP = re.compile(r"\S[ \u3000]{2,}\S|^[ \u3000]{2,}\S")
_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)|-?\d{1,3}(?:,\d{3})+|-?\d{4,}(?!\d)")
_LEAST_ROWS = 2
_AMOUNTS_OF_ONE_ROW = 3
_LONGEST_LINE = 1000


class Line(NamedTuple):
    """A line of a text and the character at which it begins."""

    start: int
    text: str


class Piece(NamedTuple):
    """What stands between two gaps: its text, its place in the text, and its columns on paper."""

    start: int
    text: str
    left: int = 0
    right: int = 0


def aligned_rows(lines: Sequence[Line]) -> Iterator[list[list[Piece]]]:
    """Yield the rows of every table among some lines, each as wide as the others."""
    for has_gaps, group in groupby(lines, key=_has_gaps):
        block = list(group) if has_gaps else []
        rows = [_pieces(line) for line in block]
        amounts = [sum(map(_is_amount, row)) for row in rows]
        told = [row for row, count in zip(rows, amounts, strict=True) if count and len(row) > 1]
        if len(told) >= _LEAST_ROWS or (len(rows) > 1 and max(amounts) >= _AMOUNTS_OF_ONE_ROW):
            yield from _table(block, rows, told)


def _table(
    block: Sequence[Line], rows: Sequence[list[Piece]], told: Sequence[list[Piece]]
) -> Iterator[list[list[Piece]]]:
    cells = [_parted(line) for line in block]
    columns = _columns(told)
    if len({len(row) for row in cells}) == 1:
        yield cells
    elif len(columns) >= max(map(len, told)):
        yield [_placed(row, columns) for row in rows]


def _parted(line: Line) -> list[Piece]:
    """Return what two blanks part; a blank as wide as an ideograph is an empty cell."""
    cells, start = [], line.start
    for text in line.text.split("\u0020\u0020"):
        cells.append(Piece(start + len(text) - len(text.lstrip()), text.strip()))
        start += len(text) + 2
    return cells


def _has_gaps(line: Line) -> bool:
    plain = len(line.text) <= _LONGEST_LINE and "\t" not in line.text and "|" not in line.text
    return plain and bool(_GAP.search(line.text))


def _pieces(line: Line) -> list[Piece]:
    ends = [0]
    for each in line.text:
        ends.append(ends[-1] + (2 if east_asian_width(each) in "WF" else 1))
    return [
        Piece(line.start + found.start(), found.group(), ends[found.start()], ends[found.end()])
        for found in _PIECE.finditer(line.text)
    ]


def _is_amount(piece: Piece) -> bool:
    return _AMOUNT.fullmatch(piece.text) is not None


def _columns(rows: Sequence[Sequence[Piece]]) -> list[tuple[int, int]]:
    """Return from where to where the columns reach: what no blank parts in any row."""
    columns: list[tuple[int, int]] = []
    for left, right in sorted((piece.left, piece.right) for row in rows for piece in row):
        if columns and left <= columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns


def _placed(row: Sequence[Piece], columns: Sequence[tuple[int, int]]) -> list[Piece]:
    """Return a row with a piece for every column, an empty one where it has none."""
    cells: list[Piece | None] = [None] * len(columns)
    for piece in row:
        place = max(range(len(columns)), key=lambda at: _overlap(piece, columns[at]))
        known = cells[place]
        text = f"{known.text} {piece.text}" if known else piece.text
        cells[place] = (known or piece)._replace(text=text)
    placed, start = [], row[0].start
    for cell in cells:
        placed.append(cell or Piece(start, ""))
        start = placed[-1].start + len(placed[-1].text)
    return placed


def _overlap(piece: Piece, column: tuple[int, int]) -> int:
    """Return how far a piece reaches into a column, below nothing how far it stands from it."""
    return min(piece.right, column[1]) - max(piece.left, column[0])
