"""How offices write a table down: units, separators, zeros, captions, pages.

A `Sheet` is one published table, cell by cell, each cell with the fact it states. `document_of`
writes sheets below each other; their cells may be changed before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from fiscal.model import Document, Merge, Table
from fiscal.money import UNITS

__all__ = [
    "Cell",
    "Expected",
    "Sheet",
    "Style",
    "document_of",
    "expected_in",
    "money_cell",
    "styles",
]


@dataclass(frozen=True)
class Style:
    """How an office writes its tables."""

    unit: str = "万元"
    separator: str = ","
    zero: str = ""
    total: str = "first"
    codes: str = "whole"
    has_merges: bool = False
    is_wrapped: bool = False
    has_numbers: bool = False
    is_spaced: bool = False
    caption: str = "text"
    rows_on_page: int | None = None

    def money(self, value: Fraction) -> str:
        """Print an amount of yuan."""
        if value == 0:
            return self.zero
        number = Decimal(value.numerator) / UNITS[self.unit]
        return f"{number:,.2f}".replace(",", self.separator)


@dataclass(frozen=True)
class Expected:
    """The fact that one cell states."""

    section: str
    label: str
    code: str | None
    measure: str
    value: Fraction
    budget: str | None = None
    funding_source: str | None = None
    expenditure_type: str | None = None


@dataclass(frozen=True)
class Cell:
    """A cell's text, and the fact it states if it does."""

    text: str
    expected: Expected | None = None


@dataclass
class Sheet:
    """One published table: its title, its header rows (with merges) and its body."""

    title: str
    header: list[list[str]]
    body: list[list[Cell]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)


def styles() -> st.SearchStrategy[Style]:
    """Return a strategy of the ways in which offices write."""
    return st.builds(
        Style,
        unit=st.sampled_from(("元", "万元")),
        separator=st.sampled_from(("", ",", "，", " ")),
        zero=st.sampled_from(("", "0.00", "0", "-", "—")),
        total=st.sampled_from(("first", "last", "header")),
        codes=st.sampled_from(("whole", "parted", "sparse")),
        has_merges=st.booleans(),
        is_wrapped=st.booleans(),
        has_numbers=st.booleans(),
        is_spaced=st.booleans(),
        caption=st.sampled_from(("text", "grid")),
        rows_on_page=st.sampled_from((None, None, 5, 12)),
    ).map(_without_broken_names)


def _without_broken_names(style: Style) -> Style:
    # A name that wraps over the end of a page can be joined by nobody but the reader of the file.
    return replace(style, rows_on_page=None) if style.is_wrapped else style


def expected_in(sheets: Iterable[Sheet]) -> list[Expected]:
    """Return the facts that the cells of some tables state."""
    cells = (cell for sheet in sheets for row in sheet.body for cell in row)
    return [cell.expected for cell in cells if cell.expected]


def document_of(sheets: Iterable[Sheet], style: Style, year: int) -> Document:
    """Write tables below each other, each with its captions in the text or in its grid."""
    text, tables = "", []
    for sheet in sheets:
        captions = [f"{year}年度{sheet.title}", f"编制单位：某某局  金额单位：{style.unit}"]
        width = len(sheet.header[0])
        above = [[line, *[""] * (width - 1)] for line in captions if style.caption == "grid"]
        text += "".join(line + "\n" for line in captions if style.caption == "text")
        body = [[cell.text for cell in row] for row in sheet.body]
        size = style.rows_on_page or max(len(body), 1)
        for start in range(0, max(len(body), 1), size):
            head = [*above, *sheet.header] if start == 0 else []
            rows = tuple(map(tuple, (*head, *body[start : start + size])))
            moved = [merge._replace(row=merge.row + len(above)) for merge in sheet.merges]
            merges = tuple(moved) if head and style.has_merges else ()
            tables.append(Table("", rows, len(text), merges))
            text += "".join("\t".join(row) + "\n" for row in rows)
    return Document("account.pdf", "", text, tuple(tables))


def money_cell(expected: Expected, style: Style) -> Cell:
    text = style.money(expected.value)
    return Cell(text, expected if any(map(str.isdigit, text)) else None)
