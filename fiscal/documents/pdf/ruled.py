"""The ruled tables of a page: their cells from its rules, their texts from its words.

The cells come from tablers (after pdfplumber's algorithm), which measures from the bottom of the
page up. A word belongs to the cell that holds its middle, so that a figure wider than its column
stays whole.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

import tablers

from fiscal.documents.grid import Cell, one_line
from fiscal.documents.pdf.lines import lines_of
from fiscal.documents.pdf.words import Turn, Word

__all__ = ["Ruled", "RuledDocument", "TablesFailed"]

# Rules nearer than this are one rule, drawn twice or in pieces.
_SAME_RULE = 2.0
# From the baseline up to the middle of a character, in parts of the size of its type.
_MIDDLE = 0.35


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table of one page: where its columns and rows begin and end, and its cells by them."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[Cell, ...]

    @property
    def is_filled(self) -> bool:
        """Whether any cell has a text."""
        return any(cell.text for cell in self.cells)

    @property
    def top(self) -> float:
        """Where it begins on the page."""
        return self.rows[0]

    @property
    def bottom(self) -> float:
        """Where it ends on the page."""
        return self.rows[-1]


_Box = tuple[float, float, float, float]


class TablesFailed(Exception):
    """The library that finds the rules gave up on a file."""


class RuledDocument:
    """A file opened for its tables; to be used as a context, and every page once."""

    def __init__(self, data: bytes) -> None:
        with _failing_softly():
            self._document = tablers.Document(bytes=data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()

    def tables(
        self, index: int, turn: Turn, words: Sequence[Word]
    ) -> tuple[list[Ruled], list[Word]]:
        """Return the tables of the page at `index`, and the words outside of them."""
        tables, outside = [], list(words)
        for cells in self._cells(index):
            boxes = [box for cell in cells if _has_extent(box := _upright(cell, turn))]
            # Lines of text in a frame are no table.
            if len({box[0] for box in boxes}) > 1:
                table, outside = _filled(boxes, outside)
                tables.append(table)
        return sorted(tables, key=lambda table: table.top), outside

    def _cells(self, index: int) -> list[list[_Box]]:
        with _failing_softly():
            page = self._document.get_page(index)
            found = tablers.find_tables(page, extract_text=False)
            page.clear_cache()
            return [[cell.bbox for cell in table.cells] for table in found]


@contextmanager
def _failing_softly() -> Iterator[None]:
    try:
        yield
    except (RuntimeError, ValueError, IndexError) as error:
        raise TablesFailed from error
    except BaseException as error:
        # A panic in the library, which is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise TablesFailed from error


def _upright(box: _Box, turn: Turn) -> _Box:
    x1, y1, x2, y2 = box
    first = turn.upright(x1, turn.height - y1)
    second = turn.upright(x2, turn.height - y2)
    lefts, tops = sorted((first[0], second[0])), sorted((first[1], second[1]))
    return lefts[0], tops[0], lefts[1], tops[1]


def _has_extent(box: _Box) -> bool:
    return box[2] - box[0] > _SAME_RULE and box[3] - box[1] > _SAME_RULE


def _filled(boxes: Sequence[_Box], words: Iterable[Word]) -> tuple[Ruled, list[Word]]:
    columns = _rules(edge for box in boxes for edge in (box[0], box[2]))
    rows = _rules(edge for box in boxes for edge in (box[1], box[3]))
    places = [_place(box, columns, rows) for box in boxes]
    owners = {
        (row + down, column + across): number
        for number, (row, column, row_span, column_span) in reversed(list(enumerate(places)))
        for down in range(row_span)
        for across in range(column_span)
    }
    held: dict[int, list[Word]] = {}
    outside = []
    for word in words:
        owner = owners.get(_slot(word, columns, rows))
        if owner is None:
            outside.append(word)
        else:
            held.setdefault(owner, []).append(word)
    cells = tuple(
        Cell(*place, one_line("\n".join(line.text for line in lines_of(held.get(number, ())))))
        for number, place in enumerate(places)
    )
    return Ruled(columns, rows, cells), outside


def _rules(edges: Iterable[float]) -> tuple[float, ...]:
    rules: list[float] = []
    for edge in sorted(set(edges)):
        if not rules or edge - rules[-1] > _SAME_RULE:
            rules.append(edge)
    return tuple(rules)


def _place(box: _Box, columns: Sequence[float], rows: Sequence[float]) -> tuple[int, int, int, int]:
    left, top, right, bottom = box
    column, row = _index(left, columns), _index(top, rows)
    return row, column, max(1, _index(bottom, rows) - row), max(1, _index(right, columns) - column)


def _index(edge: float, rules: Sequence[float]) -> int:
    return bisect_right(rules, edge) - 1


def _slot(word: Word, columns: Sequence[float], rows: Sequence[float]) -> tuple[int, int]:
    middle = word.baseline - _MIDDLE * word.size
    return _index(middle, rows), _index((word.left + word.right) / 2, columns)
