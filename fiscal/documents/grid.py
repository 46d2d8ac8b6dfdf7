"""A grid of cell texts: full rows, one text a cell, merged cells told apart.

Every reader of tables ends here, whether it met cells one by one with how far they reach (a web
page, a word file, a page of a PDF) or as rows (a sheet, a delimited file).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fiscal.errors import Text, UnreadableDocument
from fiscal.model import Merge

__all__ = ["Cell", "Grid", "grid_of_cells", "grid_of_rows", "guard_size", "one_line"]

# Some hundred times the largest sheet met. A lone cell far out would else make millions of blanks.
_MAXIMUM_CELLS = 5_000_000
_BREAK = re.compile(r"[ \t]*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+[ \t]*")


class Cell(NamedTuple):
    """A cell as met: its place (from 0), how many rows and columns it covers, its text."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table before it has a place in a text; `pages` are the pages of its rows, if there are."""

    rows: tuple[tuple[str, ...], ...]
    name: str = ""
    merges: tuple[Merge, ...] = ()
    pages: tuple[int, ...] = ()


def grid_of_rows(
    rows: Iterable[Sequence[str]], name: str = "", merges: Iterable[Merge] = ()
) -> Grid:
    """Make rows equally long, each text one line, without blank rows and columns at the end."""
    lines = [[one_line(text) if text else "" for text in row] for row in rows]
    while lines and not any(lines[-1]):
        lines.pop()
    width = max((_filled(line) for line in lines), default=0)
    guard_size(len(lines), width)
    full = tuple((*line[:width], *[""] * (width - len(line))) for line in lines)
    return Grid(full, name, tuple(_clipped(merges, len(full), width)))


def grid_of_cells(cells: Iterable[Cell], name: str = "") -> Grid:
    """Lay cells out by their places; of cells that overlap the first keeps the place."""
    met = sorted(cells, key=lambda cell: (cell.row, cell.column))
    height = max((cell.row + cell.row_span for cell in met), default=0)
    width = max((cell.column + cell.column_span for cell in met), default=0)
    guard_size(height, width)
    rows = [[""] * width for _ in range(height)]
    for cell in met:
        rows[cell.row][cell.column] = rows[cell.row][cell.column] or one_line(cell.text)
    merges = (Merge(*cell[:4]) for cell in met if cell.row_span * cell.column_span > 1)
    return Grid(tuple(map(tuple, rows)), name, tuple(merges))


def one_line(text: str) -> str:
    r"""Return a cell's text without its line breaks: they only show how narrow the cell was.

    >>> one_line("附属单位\n上缴收入"), one_line("General\nBudget"), one_line("1,234.\n56")
    ('附属单位上缴收入', 'General Budget', '1,234.56')
    """
    joined = _BREAK.sub(_join, text.strip("\r\n\v\f")) if not text.isprintable() else text
    return joined.replace("\t", " ")


def _join(lines: re.Match[str]) -> str:
    before, after = lines.string[: lines.start()][-1:], lines.string[lines.end() :][:1]
    is_western = before.isascii() and after.isascii()
    return " " if is_western and before.isalpha() and after.isalpha() else ""


def _filled(line: Sequence[str]) -> int:
    return next((i for i in range(len(line), 0, -1) if line[i - 1]), 0)


def _clipped(merges: Iterable[Merge], height: int, width: int) -> Iterable[Merge]:
    for row, column, row_span, column_span in sorted(merges):
        if row < height and column < width:
            span = Merge(row, column, min(row_span, height - row), min(column_span, width - column))
            if span.row_span * span.column_span > 1:
                yield span


def guard_size(height: int, width: int) -> None:
    """Refuse a grid that is too large to be a table. Raises UnreadableDocument."""
    if height * width > _MAXIMUM_CELLS:
        raise UnreadableDocument(
            Text(f"表格过大（{height} 行 × {width} 列）", f"a table of {height} × {width}"),
            Text("请删去远处的零星单元格，或拆分后再试", "remove stray cells far out, or split it"),
        )
