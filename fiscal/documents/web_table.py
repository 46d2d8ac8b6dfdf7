"""Tables of web pages: where each cell stands, and whether the table only arranges the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from fiscal.documents.grid import Cell, Grid, grid_of_cells
from fiscal.documents.layout import Paragraph

__all__ = ["Part", "WebTable"]

# The limits of the HTML standard, 4.9.11.
_MOST_COLUMNS, _MOST_ROWS = 1000, 65_534

Part = Paragraph | Grid


@dataclass(slots=True)
class WebTable:
    """A table being read: its cells so far, what each holds, and where earlier rows reach down."""

    cells: list[Cell] = field(default_factory=list)
    contents: list[list[Part]] = field(default_factory=list)
    _reach: dict[int, int] = field(default_factory=dict)
    _row: int = -1
    _column: int = 0

    def begin_row(self) -> None:
        """Go to the next row."""
        self._row += 1
        self._column = 0

    def begin_cell(self, row_span: str, column_span: str) -> None:
        """Place the next cell; what it holds is added when it has been read."""
        self._row = max(self._row, 0)
        while self._reach.get(self._column, 0) > self._row:
            self._column += 1
        rows, columns = _span(row_span, _MOST_ROWS), _span(column_span, _MOST_COLUMNS)
        self.cells.append(Cell(self._row, self._column, rows, columns, ""))
        if rows > 1:
            for column in range(self._column, self._column + columns):
                self._reach[column] = self._row + rows
        self._column += columns

    def parts(self) -> Iterator[Part]:
        """Yield the table, or what is in it where it only arranges the page."""
        if self._arranges():
            for content in self.contents:
                yield from content
            return
        texts = ("\n".join(_texts(content)) for content in self.contents)
        height = self._row + 1
        yield grid_of_cells(
            cell._replace(text=text, row_span=min(cell.row_span, height - cell.row))
            for cell, text in zip(self.cells, texts, strict=False)
        )

    def _arranges(self) -> bool:
        if any(isinstance(part, Grid) for content in self.contents for part in content):
            return True
        filled = Counter(
            cell.row for cell, content in zip(self.cells, self.contents, strict=False) if content
        )
        return max(filled.values(), default=0) < 2


def _texts(content: list[Part]) -> Iterator[str]:
    return (part.text for part in content if isinstance(part, Paragraph))


def _span(text: str, most: int) -> int:
    digits = text.strip()
    # A span of 0 means all the rows that are left.
    is_number = digits.isdecimal() and len(digits) < 7
    return min(int(digits) or most, most) if is_number else 1
