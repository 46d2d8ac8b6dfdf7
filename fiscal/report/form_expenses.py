"""Blank tables of basic expenditure by its economy, and of the three public expenses."""

from __future__ import annotations

from fiscal.ontology.scheme import Scheme
from fiscal.report.form_coded import Column, coded, entries_of
from fiscal.report.form_layout import AMOUNT, Layout, label, subtotal, total
from fiscal.report.workbook import Cell

__all__ = ["basic", "basic_budget", "three_public", "three_public_budget"]

# Wages and allowances; what else basic expenditure is spent on runs the office.
_PERSONNEL = ("301", "303")
_VEHICLES = "公务用车购置及运行维护费"
_PARTS = ("公务用车购置费", "公务用车运行维护费")
_ABROAD, _RECEPTION = "因公出国（境）费", "公务接待费"


def basic(scheme: Scheme, amount: str, first: int) -> Layout:
    """Lay out personnel left and the office right, every section with its category above it."""
    header = [["经济分类科目编码", "科目名称", amount] * 2]
    top = first + len(header)
    sides = [
        _economic_side(scheme, True, "人员经费合计", 3, top),
        _economic_side(scheme, False, "公用经费合计", 6, top),
    ]
    height = max(map(len, sides))
    padded = [[*side[:-1], *[[label("")] * 3] * (height - len(side)), side[-1]] for side in sides]
    body = [[*one, *other] for one, other in zip(*padded, strict=True)]
    return Layout(header, body, [14, 36, 18] * 2)


def _sections(scheme: Scheme) -> list[str]:
    return [heading.code for heading in scheme if heading.level in ("category", "section")]


def _economic_side(
    scheme: Scheme, is_personnel: bool, whole: str, column: int, top: int
) -> list[list[Cell]]:
    codes = [code for code in _sections(scheme) if (code[:3] in _PERSONNEL) == is_personnel]
    rows: list[list[Cell]] = []
    for at, code in enumerate(codes, start=top):
        count = sum(1 for each in codes if each[:3] == code) - 1
        figure = subtotal(column, range(at + 1, at + 1 + count)) if count > 0 else AMOUNT
        rows.append([label(code), label(scheme[code].name, len(code) // 5), figure])
    everything = subtotal(column, range(top, top + len(codes)))
    return [*rows, [label(whole), label(""), everything]]


def basic_budget(scheme: Scheme, first: int) -> Layout:
    """Lay out basic expenditure with a column for personnel and one for the office."""
    columns = [Column("合计", "SUM(D#:E#)"), Column("人员经费"), Column("公用经费")]
    return coded(entries_of(scheme, _sections(scheme)), columns, first, "部门预算经济分类科目编码")


def three_public(first: int) -> Layout:
    """Lay out one row: every expense as budgeted and as spent."""
    header = [
        ["财政拨款“三公”经费", *[""] * 11],
        ["合计", "", _ABROAD, "", _VEHICLES, *[""] * 5, _RECEPTION, ""],
        ["", "", "", "", "小计", "", _PARTS[0], "", _PARTS[1], "", "", ""],
        ["预算数", "决算数"] * 6,
    ]
    row = first + len(header)
    sums = {0: "SUM(C#,E#,K#)", 1: "SUM(D#,F#,L#)", 4: "SUM(G#,I#)", 5: "SUM(H#,J#)"}
    merges = [(0, 0, 1, 12), (1, 0, 2, 2), (1, 2, 2, 2), (1, 4, 1, 6), (1, 10, 2, 2)]
    merges += [(2, at, 1, 2) for at in (4, 6, 8)]
    return Layout(header, [_row(sums, 12, row)], [14] * 12, merges)


def three_public_budget(first: int) -> Layout:
    """Lay out one row: the expenses budgeted, and what it costs to run the office."""
    header = [
        ["“三公”经费", *[""] * 5, "机关运行经费"],
        ["合计", _ABROAD, _RECEPTION, _VEHICLES, "", "", ""],
        ["", "", "", "小计", *_PARTS, ""],
    ]
    row = first + len(header)
    sums = {0: "SUM(B#:D#)", 3: "SUM(E#:F#)"}
    merges = [(0, 0, 1, 6), (0, 6, 3, 1), (1, 3, 1, 3), *((1, at, 2, 1) for at in range(3))]
    return Layout(header, [_row(sums, 7, row)], [18] * 7, merges)


def _row(sums: dict[int, str], width: int, row: int) -> list[Cell]:
    places = range(width)
    return [total(sums[at].replace("#", str(row))) if at in sums else AMOUNT for at in places]
