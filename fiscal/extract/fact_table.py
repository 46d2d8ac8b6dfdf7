"""A table of facts: a row a figure, with the columns `code`, `amount` and `unit`.

`year`, `measure`, `budget` and `name` may stand beside them. Columns are known by their headers,
in English or Chinese; a unit may stand in the amount's header (金额（万元）) or in its cells. One
column of amounts has one unit: a mixture is the commonest slip of all and is never guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from fiscal.codes import TOTAL, parse_code
from fiscal.errors import FiscalError, InvalidAmount, Place, Text, UnreadableDocument
from fiscal.model import BUDGETS, MEASURES, Document, Fact, Listing, Profile, Table
from fiscal.money import UNITS, Amount, parse_amount

__all__ = ["read_fact_tables"]

_HEADERS = {
    "code": ("code", "科目编码", "科目代码", "功能分类科目编码", "经济分类科目编码", "编码"),
    "amount": ("amount", "金额", "决算数", "预算数", "数额"),
    "unit": ("unit", "单位", "金额单位", "计量单位"),
    "year": ("year", "fiscal_year", "年度", "年份", "预算年度"),
    "measure": ("measure", "口径", "数据口径"),
    "budget": ("budget", "预算类型", "预算", "资金性质"),
    "name": ("name", "label", "名称", "科目名称"),
}
_COLUMN_OF = {header: column for column, headers in _HEADERS.items() for header in headers}
_UNIT_IN_HEADER = re.compile(r"[（(:：]\s*(?:单位[:：]?)?(" + "|".join(UNITS) + r")\s*[)）]?$")
_TOTALS = {"total", "合计", "总计"}
_BLANKS = {"", "-", "—", "--", "——"}
_HEADER_ROWS = 20
_YEAR = re.compile(r"(?:19|20)\d\d")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table with its header: where each column stands, and the unit its header prints."""

    file: str
    table: Table
    header_row: int
    positions: dict[str, int]
    unit: str | None

    def cell(self, row: int, column: str) -> str:
        position = self.positions.get(column)
        cells = self.table.rows[row]
        return cells[position].strip() if position is not None and position < len(cells) else ""

    def heading(self, column: str) -> str:
        return self.table.rows[self.header_row][self.positions[column]].strip()

    def place(self, row: int, column: str) -> Place:
        return Place(self.file, self.table.name, row + 1, self.heading(column))

    def filled_rows(self) -> list[int]:
        rows = range(self.header_row + 1, len(self.table.rows))
        return [row for row in rows if any(cell.strip() for cell in self.table.rows[row])]


def read_fact_tables(
    document: Document, profile: Profile, *, is_complete: bool
) -> tuple[tuple[Fact, ...], tuple[Listing, ...]]:
    """Read the facts of every table that has a code and an amount column.

    A row whose amount is blank or a dash states no figure. Raises UnreadableDocument where no
    table has both columns, and InvalidCode, InvalidAmount or UnreadableDocument, with file, row
    and column, for a cell that cannot be read.
    """
    sheets = [sheet for table in document.tables if (sheet := _sheet_of(document, table))]
    if not sheets:
        raise _no_header(document)
    facts: list[Fact] = []
    parts: set[str] = set()
    for number, (sheet, row) in enumerate(_filled_rows(sheets), start=1):
        fact = _read_row(sheet, row, f"F{number}", profile)
        if fact is None or fact.code != TOTAL:
            parts.add(f"F{number}")
        facts.extend([fact] if fact else [])
    for sheet in sheets:
        _require_one_unit(sheet, facts)
    return tuple(facts), (Listing(TOTAL, frozenset(parts)),) if is_complete else ()


def _filled_rows(sheets: Iterable[_Sheet]) -> Iterator[tuple[_Sheet, int]]:
    return ((sheet, row) for sheet in sheets for row in sheet.filled_rows())


def _no_header(document: Document) -> UnreadableDocument:
    return UnreadableDocument(
        Text("没有找到含编码列和金额列的表头", "no header row with a code and an amount was found"),
        Text("第一行写列名，如 code,amount,unit,year", "name the columns: code,amount,unit,year"),
        Place(document.path),
    )


def _sheet_of(document: Document, table: Table) -> _Sheet | None:
    for index, row in enumerate(table.rows[:_HEADER_ROWS]):
        positions: dict[str, int] = {}
        for position, cell in enumerate(row):
            name = _UNIT_IN_HEADER.sub("", cell.strip()).strip().lower()
            if name in _COLUMN_OF:
                positions.setdefault(_COLUMN_OF[name], position)
        if {"code", "amount"} <= positions.keys():
            unit = _UNIT_IN_HEADER.search(row[positions["amount"]].strip())
            return _Sheet(document.path, table, index, positions, unit.group(1) if unit else None)
    return None


def _read_row(sheet: _Sheet, row: int, fact_id: str, profile: Profile) -> Fact | None:
    amount = _read(sheet, row, "amount", lambda cell: _amount(sheet, row, cell))
    code = _read(sheet, row, "code", lambda cell: _code(sheet, row, cell))
    if amount is None:
        return None
    year = _read(sheet, row, "year", _year)
    measure = _read(sheet, row, "measure", lambda cell: _key_of(cell, MEASURES))
    return Fact(
        id=fact_id,
        label=sheet.cell(row, "name"),
        code=code,
        measure=measure or "final",
        fiscal_year=year or profile.fiscal_year,
        amount=amount,
        budget=_read(sheet, row, "budget", lambda cell: _key_of(cell, BUDGETS)),
        section=sheet.table.name,
        span=sheet.table.span(row, sheet.positions["amount"], sheet.heading("amount")),
    )


def _read(sheet: _Sheet, row: int, column: str, parse: Callable[[str], _T]) -> _T | None:
    """Parse a cell, and tell its place where that fails; nothing where the column is missing."""
    if column not in sheet.positions:
        return None
    try:
        return parse(sheet.cell(row, column))
    except FiscalError as error:
        raise error.at(error.place or sheet.place(row, column)) from error


def _amount(sheet: _Sheet, row: int, cell: str) -> Amount | None:
    if cell in _BLANKS:
        return None
    unit = sheet.cell(row, "unit") or sheet.unit
    if unit is not None and unit not in UNITS:
        parse_amount("0", unit)  # raises, and tells which units there are
    return parse_amount(cell, unit or None)


def _code(sheet: _Sheet, row: int, cell: str) -> str:
    names_total = {cell.lower(), sheet.cell(row, "name").lower()} & _TOTALS
    return TOTAL if names_total and not cell[:1].isdigit() else parse_code(cell)


def _year(cell: str) -> int | None:
    digits = cell.removesuffix("年度").removesuffix("年")
    if cell and not _YEAR.fullmatch(digits):
        raise UnreadableDocument(
            Text(f"“{cell}”不是年度", f"“{cell}” is not a year"),
            Text("写四位年度，如 2019", "write four digits, like 2019"),
        )
    return int(digits) if cell else None


def _key_of(cell: str, labels: Mapping[str, Text]) -> str | None:
    """Return the key that a cell names, by itself or by its label in either language."""
    for key, label in labels.items():
        if cell in (key, label.zh, label.en, f"{label.zh}财政拨款"):
            return key
    if not cell:
        return None
    known = "、".join(f"{key}（{label.zh}）" for key, label in labels.items())
    raise UnreadableDocument(
        Text(f"不认识“{cell}”", f"“{cell}” is not known here"),
        Text(f"可写 {known}", f"write one of {known}"),
    )


def _require_one_unit(sheet: _Sheet, facts: Iterable[Fact]) -> None:
    own = [fact for fact in facts if fact.span.table == (sheet.table.name or None)]
    for fact in own:
        first = own[0]
        if fact.amount.unit != first.amount.unit:
            row, other = fact.span.row or 1, first.span.row
            raise InvalidAmount(
                Text(
                    f"单位为 {fact.amount.unit}，而第 {other} 行为 {first.amount.unit}",
                    f"the unit is {fact.amount.unit}, in row {other} it is {first.amount.unit}",
                ),
                Text("一列金额只用一个单位，请换算后再试", "convert the column to one unit"),
                sheet.place(row - 1, "unit" if "unit" in sheet.positions else "amount"),
            )
