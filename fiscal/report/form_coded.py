"""Blank tables whose rows are headings by function: money by source, by type, by fund."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from fiscal import codes
from fiscal.ontology.scheme import Scheme
from fiscal.report.form_layout import AMOUNT, BLANK, Layout, label, subtotal, total
from fiscal.report.workbook import Cell, column_letters

__all__ = ["Column", "Entry", "coded", "entries_of", "open_entries"]

# Columns A and B hold code and name.
_LABELS = 2


class Column(NamedTuple):
    """A column of amounts: its header, what stands above that, and how it follows from others.

    In `rule` a # is the row: SUM(D#:I#). A column without a rule is filled in.
    """

    header: str
    rule: str = ""
    above: str = ""


class Entry(NamedTuple):
    """A row: code and name, or a blank line for them, and its depth: 1 for a category."""

    code: str
    name: str
    depth: int


def entries_of(scheme: Scheme, chosen: Iterable[str]) -> list[Entry]:
    """Return rows for headings and all above them. Raises UnknownHeading."""
    wanted = {part for code in chosen for part in (*codes.ancestors(code), code)}
    return [Entry(code, scheme[code].name, _depth(code)) for code in sorted(wanted)]


def open_entries(scheme: Scheme, categories: Iterable[str]) -> list[Entry]:
    """Return rows for categories, with blank lines for two sections and their items below each."""
    blank = [Entry("", "", depth) for depth in (2, 3, 3, 2, 3, 3)]
    return [row for entry in entries_of(scheme, categories) for row in (entry, *blank)]


def _depth(code: str) -> int:
    return len(codes.ancestors(code)) + 1


def coded(
    entries: Sequence[Entry], columns: Sequence[Column], first: int, code_header: str
) -> Layout:
    """Lay out a table from row `first` on: 合计, then a row for each entry.

    The lowest rows are filled in; every row above adds up those below it.
    """
    tops = [column.above or column.header for column in columns]
    befores = ["", *(column.above for column in columns)]
    shown = [
        "" if column.above and column.above == before else top
        for column, top, before in zip(columns, tops, befores, strict=False)
    ]
    header = [
        ["项目", "", *shown],
        [code_header, "科目名称", *(column.header if column.above else "" for column in columns)],
    ]
    top = first + len(header)
    rows = [Entry("", "合计", 0), *entries]
    body = [
        [*_labels(row), *_amounts(columns, top + at, _below(rows, at, top))]
        for at, row in enumerate(rows)
    ]
    widths = [14, 36, *[16] * len(columns)]
    return Layout(header, body, widths, list(_merges(columns, shown)))


def _labels(row: Entry) -> list[Cell]:
    if not row.depth:
        return [label(row.name), label("")]
    return [label(row.code), label(row.name, row.depth - 1)] if row.code else [BLANK, BLANK]


def _below(rows: Sequence[Entry], at: int, top: int) -> range:
    """Return the rows in the sheet that stand below another in the tree, however deep."""
    places = range(at + 1, len(rows))
    end = next((place for place in places if rows[place].depth <= rows[at].depth), len(rows))
    return range(top + at + 1, top + end)


def _amounts(columns: Sequence[Column], row: int, below: range) -> Iterator[Cell]:
    for place, column in enumerate(columns, start=_LABELS + 1):
        if column.rule:
            yield total(column.rule.replace("#", str(row)))
        else:
            yield subtotal(place, below) if below else AMOUNT


def _merges(columns: Sequence[Column], shown: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    yield (0, 0, 1, _LABELS)
    for place, column in enumerate(columns, start=_LABELS):
        if not column.above:
            yield (0, place, 2, 1)
        elif shown[place - _LABELS]:
            yield (0, place, 1, sum(1 for each in columns if each.above == column.above))


def parts_rule(first: int, last: int) -> str:
    """Return the rule of a column that adds up others, by their places among the columns."""
    letters = [column_letters(_LABELS + 1 + place) for place in (first, last)]
    return f"SUM({letters[0]}#:{letters[1]}#)"
