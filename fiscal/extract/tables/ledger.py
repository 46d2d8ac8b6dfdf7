"""The ledger: every numeral of a table entered once: a figure, something else, or unread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from fiscal.extract.tables.cells import has_digit, is_endless, numerals_of_words
from fiscal.model import Fact, Listing, NonFact, Reading, Span, Table

__all__ = ["Ledger", "RowPlaces"]


@dataclass(frozen=True, slots=True)
class RowPlaces:
    """Where the cells of a row stand in the document's text."""

    first: Span
    cells: tuple[str, ...]
    starts: tuple[int, ...]

    @staticmethod
    def of(table: Table, row: int) -> RowPlaces:
        """Find the places of a row in one go: asking for each cell takes time in wide tables."""
        cells = table.rows[row]
        first = table.span(row, 0, "")
        if table.starts:
            return RowPlaces(first, cells, table.starts[row])
        lengths = (len(cell) + 1 for cell in cells)
        return RowPlaces(first, cells, tuple(accumulate(lengths, initial=first.start)))

    def span(self, column: int, start: int, end: int, heading: str) -> Span:
        """Return the place of characters `start` to `end` of a cell."""
        at, first = self.starts[column], self.first
        quote = self.cells[column][start:end]
        return Span(quote, at + start, at + end, first.page, first.table, first.row, heading)


@dataclass(slots=True)
class Ledger:
    """What was read so far."""

    facts: list[Fact] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    non_facts: list[NonFact] = field(default_factory=list)
    unaccounted: list[Span] = field(default_factory=list)

    def enter_words(
        self, places: RowPlaces, column: int, default: str | None, heading: str = ""
    ) -> bool:
        """Enter the numerals of a cell of words; tell whether it is known what each of them is."""
        if is_endless(places.cells[column]):
            self.enter_unread(places, column, heading)
            return False
        is_known = True
        for start, end, kind in numerals_of_words(places.cells[column], default):
            if kind:
                at = places.starts[column]
                self.non_facts.append(NonFact(at + start, at + end, kind))
            else:
                is_known = False
                self.unaccounted.append(places.span(column, start, end, heading))
        return is_known

    def enter_row(self, places: RowPlaces, default: str | None) -> None:
        """Enter the numerals of every cell of a row of words."""
        for column, cell in enumerate(places.cells):
            if has_digit(cell):
                self.enter_words(places, column, default)

    def enter_numeral(self, places: RowPlaces, column: int, kind: str) -> None:
        """Enter a cell that is one numeral and no figure."""
        for start, end in _trimmed(places.cells[column]):
            at = places.starts[column]
            self.non_facts.append(NonFact(at + start, at + end, kind))

    def enter_unread(self, places: RowPlaces, column: int, heading: str) -> None:
        """Enter a cell that looks like a figure and is none."""
        for start, end in _trimmed(places.cells[column]):
            self.unaccounted.append(places.span(column, start, end, heading))

    def reading(self) -> Reading:
        """Return all that was entered."""
        return Reading(
            facts=tuple(self.facts),
            listings=tuple(self.listings),
            non_facts=tuple(self.non_facts),
            unaccounted=tuple(self.unaccounted),
        )


def _trimmed(cell: str) -> Iterator[tuple[int, int]]:
    start = len(cell) - len(cell.lstrip())
    end = len(cell.rstrip())
    if end > start:
        yield start, end
