"""The pieces of a blank table: headers, cells to fill in, and cells that add them up.

A table is laid out from its first row on, so that every formula knows the rows it speaks of. A sum
that comes to nothing shows nothing, as offices print it: a form that nobody filled in stays blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fiscal.report.workbook import Cell, Formula, Look, Shown, column_letters

__all__ = [
    "AMOUNT",
    "BLANK",
    "CAPTIONS",
    "Layout",
    "amount_places",
    "header",
    "joined",
    "label",
    "subtotal",
    "total",
]

# A table stands below its title, the body's name and the unit.
CAPTIONS = 3
_DECIMALS = 2
_HEADER = Look(is_bold=True, fill=1, is_wrapped=True, is_centred=True, has_border=True)
_LABEL = Look(is_wrapped=True, has_border=True)
_SUM = Look(has_border=True, decimals=_DECIMALS, hides_zero=True)
# What is to be filled in: an amount, and a code or a name.
AMOUNT = Shown(None, Look(fill=2, has_border=True, decimals=_DECIMALS))
BLANK = Shown(None, Look(fill=2, has_border=True))


@dataclass(frozen=True, slots=True)
class Layout:
    """A table below its captions: header rows, body rows, merged cells, widths of columns.

    `merges` are places (row, column, height, width) from 0, counted from the header's first row.
    """

    header: Sequence[Sequence[str]]
    body: Sequence[Sequence[Cell]]
    widths: Sequence[int]
    merges: Sequence[tuple[int, int, int, int]] = ()


def header(text: str) -> Cell:
    """Return a cell of a header."""
    return Shown(text or None, _HEADER)


def label(text: str, depth: int = 0) -> Cell:
    """Return a cell that names a row, set in by its depth."""
    return Shown("\u3000" * depth + text or None, _LABEL)


def total(formula: str) -> Cell:
    """Return a cell that adds others up; nothing is filled in yet, so that it comes to nothing."""
    return Shown(Formula(formula, Decimal(0)), _SUM)


def subtotal(column: int, rows: range) -> Cell:
    """Return a cell that adds up a stretch of a column, leaving out what adds up parts of it.

    So rows may be put in or taken out below it, and no formula has to be told.
    """
    letters = column_letters(column)
    return total(f"SUBTOTAL(9,{letters}{rows[0]}:{letters}{rows[-1]})")


def joined(column: int, rows: Iterable[int]) -> str:
    """Write the cells of a column as ranges where they stand below each other.

    >>> joined(3, [8, 9, 10, 15])
    'C8:C10,C15'
    """
    letters = column_letters(column)
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][-1] == row - 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return ",".join(
        f"{letters}{run[0]}:{letters}{run[-1]}" if len(run) > 1 else f"{letters}{run[0]}"
        for run in runs
    )


def amount_places(body: Sequence[Sequence[Cell]], first: int) -> str:
    """Return the stretches of columns that hold cells for amounts, parted by blanks."""
    stretches = []
    for column in range(max(map(len, body), default=0)):
        rows = [first + at for at, row in enumerate(body) if row[column] is AMOUNT]
        letters = column_letters(column + 1)
        stretches += [f"{letters}{rows[0]}:{letters}{rows[-1]}"] if rows else []
    return " ".join(stretches)
