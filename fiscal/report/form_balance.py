"""Blank tables of revenue against expenditure, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fiscal.report.form_layout import AMOUNT, Layout, joined, label, total
from fiscal.report.workbook import Cell, column_letters

__all__ = ["Line", "balance", "numbered"]

_NUMERALS = "一二三四五六七八九"


class Line(NamedTuple):
    """A row of one side: its label, and the lines (from 0) that it adds up, if it does."""

    label: str
    parts: Sequence[int] = ()


def numbered(labels: Sequence[str]) -> list[str]:
    """Put before labels the ordinals that these tables have.

    >>> numbered(["甲"] * 21)[9], numbered(["甲"] * 21)[20]
    ('十、甲', '二十一、甲')
    """
    return [f"{_ordinal(at)}、{text}" for at, text in enumerate(labels, start=1)]


def _ordinal(number: int) -> str:
    tens, ones = divmod(number, 10)
    lead = ("" if tens < 2 else _NUMERALS[tens - 1]) + ("十" if tens else "")
    return lead + (_NUMERALS[ones - 1] if ones else "")


def balance(
    left: Sequence[Line], right: Sequence[Line], figures: Sequence[str], amount: str, first: int
) -> Layout:
    """Lay out two sides from row `first` on, the last line of both on one row.

    The left has one column of figures, headed `amount`; the right has `figures`, of which the
    first of several adds up the others.
    """
    header = [
        ["收入", "", "支出", *[""] * len(figures)],
        ["项目", amount, "项目", *figures],
    ]
    top, height = first + len(header), max(len(left), len(right))
    sides = _side(left, 1, 1, top, height), _side(right, 3, len(figures), top, height)
    body = [[*one, *other] for one, other in zip(*sides, strict=True)]
    widths = [40, 18, 36, *[18] * len(figures)]
    return Layout(header, body, widths, [(0, 0, 1, 2), (0, 2, 1, 1 + len(figures))])


def _side(
    lines: Sequence[Line], column: int, count: int, top: int, height: int
) -> list[list[Cell]]:
    """Lay out one side whose labels stand in `column`, `count` figures right of each."""
    rows = [top + at for at in range(len(lines) - 1)] + [top + height - 1]
    laid = [
        [label(line.label), *_figures(line, row, rows, range(column + 1, column + 1 + count))]
        for line, row in zip(lines, rows, strict=True)
    ]
    empty = [[label("")] * (count + 1)] * (height - len(lines))
    return [*laid[:-1], *empty, laid[-1]]


def _figures(line: Line, row: int, rows: Sequence[int], places: range) -> list[Cell]:
    if line.parts:
        below = [rows[part] for part in line.parts]
        return [total(f"SUM({joined(place, below)})") for place in places]
    if len(places) == 1:
        return [AMOUNT]
    parts = f"{column_letters(places[1])}{row}:{column_letters(places[-1])}{row}"
    return [total(f"SUM({parts})"), *[AMOUNT] * (len(places) - 1)]
