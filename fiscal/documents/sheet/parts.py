"""From the filled cells of a sheet to what a document is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from fiscal.documents.grid import Grid, grid_of_rows, guard_size
from fiscal.documents.layout import Paragraph, is_heading
from fiscal.model import Merge

__all__ = ["Cells", "parts_of_sheet"]

Cells = dict[int, dict[int, str]]
"""The texts of the filled cells, by row and column, both from 0."""

_LINE_BREAK = re.compile(r"[\r\n\v\f]+")


def parts_of_sheet(name: str, cells: Cells, merges: Iterable[Merge]) -> Iterator[Grid | Paragraph]:
    """Yield a sheet as a table, or as paragraphs where no row has two filled cells."""
    filled = [sum(1 for text in row.values() if text.strip()) for row in cells.values()]
    if max(filled, default=0) >= 2:
        yield grid_of_rows(_rows(cells), name, merges)
        return
    for number in sorted(cells):
        for text in cells[number].values():
            yield from _paragraphs(text)


def _rows(cells: Cells) -> Iterator[Sequence[str]]:
    height = max(cells, default=-1) + 1
    width = max((column for row in cells.values() for column in row), default=-1) + 1
    guard_size(height, width)
    for number in range(height):
        row = cells.get(number, {})
        yield [row.get(column, "") for column in range(max(row, default=-1) + 1)]


def _paragraphs(text: str) -> Iterator[Paragraph]:
    for line in filter(None, map(str.strip, _LINE_BREAK.split(text))):
        plain = line.replace("\t", " ")
        yield Paragraph(plain, is_heading=is_heading(plain))
