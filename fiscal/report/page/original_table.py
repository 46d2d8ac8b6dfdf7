"""A table of the document as it is printed: merged cells, heads of columns, every figure marked."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from fiscal.model import Table
from fiscal.report.page.marks import Marking
from fiscal.report.page.markup import Element, element

__all__ = ["table_element"]

_NUMBER = re.compile(r"[-−－+(（]?[\d,，]*\d(?:\.\d+)?[%％)）]?")
_LONGEST_NARROW = 6


class _Cell(NamedTuple):
    start: int
    text: str
    row_span: int
    column_span: int
    is_header: bool


def table_element(
    table: Table, fact_places: Sequence[int], marking: Marking, until: int, label: str
) -> Element:
    """Return a table whose anchors reach up to `until`; rows above all figures head it.

    `fact_places` are the characters at which the figures of all tables begin, in order.
    """
    headers = _header_rows(table, fact_places)
    rows = _cells(table, headers)
    order = [cell for row in rows for cell in row]
    ends = iter([cell.start for cell in order[1:]] + [until])
    made = [element("tr", [_cell(cell, marking, next(ends)) for cell in row]) for row in rows]
    # A cell that reaches from the head into the body would be cut off at the border.
    is_whole = all(
        number + cell.row_span <= headers for number in range(headers) for cell in rows[number]
    )
    head = headers if is_whole else 0
    return element(
        "div",
        element(
            "table",
            element("thead", made[:head]) if head else None,
            element("tbody", made[head:]),
        ),
        class_="wide",
        role="region",
        aria_label=label,
        tabindex="0",
    )


def _cells(table: Table, headers: int) -> list[list[_Cell]]:
    """Return the cells that are to be seen, by row."""
    spans, hidden = _merged(table)
    return [
        [
            _Cell(start, text, *spans.get((row, column), (1, 1)), row < headers)
            for column, (start, text) in enumerate(zip(starts, table.rows[row], strict=True))
            if (row, column) not in hidden
        ]
        for row, starts in enumerate(_starts(table))
    ]


def _starts(table: Table) -> Iterator[list[int]]:
    """Yield for each row the characters at which its cells begin."""
    for number, row in enumerate(table.rows):
        if table.starts or not row:
            yield list(table.starts[number]) if row else []
            continue
        starts = [table.span(number, 0, "").start]
        starts += [0] * (len(row) - 1)
        for column, cell in enumerate(row[:-1]):
            starts[column + 1] = starts[column] + len(cell) + 1
        yield starts


def _merged(table: Table) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Return the cells that take several places, and the places they take."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    hidden: set[tuple[int, int]] = set()
    for row, column, row_span, column_span in table.merges:
        taken = [
            (row + down, column + right) for down in range(row_span) for right in range(column_span)
        ]
        # A workbook may keep a text in a place that a merge covers; it is shown all the same.
        is_empty = not any(table.rows[place[0]][place[1]] for place in taken[1:])
        if is_empty and hidden.isdisjoint(taken):
            spans[row, column] = (row_span, column_span)
            hidden.update(taken[1:])
    return spans, hidden


def _header_rows(table: Table, fact_places: Sequence[int]) -> int:
    """Return how many rows stand above the first figure; none where there is no figure."""
    first = bisect_left(fact_places, table.start)
    if first == len(fact_places) or fact_places[first] > table.end:
        return 0
    starts = [row[0] if row else table.start for row in _starts(table)]
    return next(
        (
            row
            for row, (_, after) in enumerate(pairwise([*starts, table.end + 1]))
            if fact_places[first] < after
        ),
        0,
    )


def _cell(cell: _Cell, marking: Marking, until: int) -> Element:
    children = marking.children(cell.start, cell.start + len(cell.text), until)
    is_wide = cell.column_span > 1
    is_header = cell.is_header and bool(cell.text.strip())
    return element(
        "th" if is_header else "td",
        children,
        scope=("colgroup" if is_wide else "col") if is_header else None,
        rowspan=str(cell.row_span) if cell.row_span > 1 else None,
        colspan=str(cell.column_span) if is_wide else None,
        class_=_shape(cell.text.strip()),
    )


def _shape(text: str) -> str | None:
    """Return the class of a cell: a number, or words that need some room."""
    if _NUMBER.fullmatch(text):
        return "number"
    return "words" if len(text) > _LONGEST_NARROW else None
