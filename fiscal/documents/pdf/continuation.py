"""Tables that run over several pages, put together again.

The next page goes on with a table where its first table has the same columns and nothing stands
between them but, perhaps, what stood above the first part as well: the title, the unit and the
header rows, which are dropped. Any other line between them means a new table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fiscal.documents.grid import Cell, Grid, grid_of_cells
from fiscal.documents.pdf.ruled import Ruled

__all__ = ["LongTable", "begin", "extend"]

_SAME_RULE = 3.0
_CONTINUED = re.compile(r"[（(]?(?:续表?|接上[页表])[)）]?\d*|\s")


@dataclass(frozen=True, slots=True)
class LongTable:
    """A table as far as read: its columns' rules, cells, the page of each row, what stood above."""

    columns: tuple[float, ...]
    cells: tuple[Cell, ...]
    pages: tuple[int, ...]
    caption: tuple[str, ...]

    def grid(self) -> Grid:
        """Return it as a grid."""
        grid = grid_of_cells(self.cells)
        return Grid(grid.rows, grid.name, grid.merges, self.pages[: len(grid.rows)])


def begin(table: Ruled, page: int, above: Sequence[str]) -> LongTable:
    """Begin with the part on `page`; `above` are the lines over it, from the top of the page."""
    pages = (page,) * (len(table.rows) - 1)
    return LongTable(table.columns, table.cells, pages, tuple(map(_plain, above)))


def extend(long: LongTable, table: Ruled, page: int, above: Sequence[str]) -> LongTable | None:
    """Return the table with the part on `page`, or None where that is another table."""
    # Pages that face each other may have other margins.
    shift = table.columns[0] - long.columns[0]
    rules = [rule - shift for rule in table.columns]
    columns = _common_columns(long.columns, rules)
    between = tuple(filter(None, map(_plain, above)))
    if columns is None or not set(between) <= set(long.caption):
        return None
    repeated = _repeated_rows(long, table)
    is_titled_anew = bool(between) and len(between) == len(long.caption)
    if not repeated and (is_titled_anew or _begins_with_a_title(table)):
        return None
    earlier = _in_columns(long.cells, long.columns, columns)
    later = [
        cell._replace(row=cell.row - repeated + len(long.pages))
        for cell in _in_columns(table.cells, rules, columns)
        if cell.row >= repeated
    ]
    pages = long.pages + (page,) * (len(table.rows) - 1 - repeated)
    return LongTable(columns, (*earlier, *later), pages, long.caption)


def _plain(line: str) -> str:
    return _CONTINUED.sub("", line)


def _common_columns(first: Sequence[float], second: Sequence[float]) -> tuple[float, ...] | None:
    """Return the finer of two divisions, where the coarser has no rule of its own."""
    fine, coarse = sorted((first, second), key=len, reverse=True)
    ends = zip((fine[0], fine[-1]), (coarse[0], coarse[-1]), strict=True)
    is_same_width = all(abs(a - b) <= _SAME_RULE for a, b in ends)
    is_part = all(any(abs(rule - other) <= _SAME_RULE for other in fine) for rule in coarse)
    return tuple(fine) if is_same_width and is_part else None


def _in_columns(
    cells: Sequence[Cell], columns: Sequence[float], wanted: Sequence[float]
) -> list[Cell]:
    places = [min(range(len(wanted)), key=lambda i: abs(wanted[i] - rule)) for rule in columns]
    return [
        cell._replace(
            column=places[cell.column],
            column_span=places[cell.column + cell.column_span] - places[cell.column],
        )
        for cell in cells
    ]


def _repeated_rows(long: LongTable, table: Ruled) -> int:
    """Count the rows at the top of both that say the same."""
    first, second = _texts(long.cells, len(long.pages)), _texts(table.cells, len(table.rows) - 1)
    count = 0
    for row, other in zip(first, second, strict=False):
        if row != other or not any(row):
            break
        count += 1
    return count


def _texts(cells: Sequence[Cell], height: int) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(height)]
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        if cell.text:
            rows[cell.row].append(_plain(cell.text))
    return rows


def _begins_with_a_title(table: Ruled) -> bool:
    across = len(table.columns) - 1
    return any(cell.row == 0 and cell.column_span == across and cell.text for cell in table.cells)
