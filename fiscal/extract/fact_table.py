"""A table of facts: a row a figure, with the columns `code`, `amount` and `unit`.

`year`, `measure`, `budget`, `funding_source`, `expenditure_type` and `name` may stand beside them.
Columns are known by their headers, in English or Chinese; a unit may stand in the amount's header
(金额（万元）) or in its cells. One column of amounts has one unit: a mixture is the commonest slip
of all and is never guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from fiscal.codes import TOTAL, parse_code
from fiscal.errors import FiscalError, InvalidAmount, Place, Text, UnreadableDocument
from fiscal.extract.tables.columns import expenditure_type_named, funding_source_named
from fiscal.model import BUDGETS, MEASURES, Document, Fact, Listing, Profile, Table
from fiscal.money import UNITS, Amount, parse_amount
from fiscal.ontology.terms import terms

__all__ = ["holds_fact_table", "no_fact_table", "read_fact_tables"]

_HEADERS = {
    "code": ("code", "科目编码", "科目代码", "功能分类科目编码", "经济分类科目编码", "编码"),
    "amount": ("amount", "金额", "数额"),
    "final": ("final", "决算数", "决算"),
    "budget_amount": ("年初预算数", "预算数", "年初预算"),
    "adjusted_budget": ("adjusted_budget", "调整预算数", "全年预算数"),
    "prior_year": ("prior_year", "上年决算数"),
    "unit": ("unit", "单位", "金额单位", "计量单位"),
    "year": ("year", "fiscal_year", "年度", "年份", "预算年度"),
    "measure": ("measure", "口径", "数据口径"),
    "budget": ("budget", "预算类型", "预算", "资金性质"),
    "funding_source": ("funding_source", "资金来源"),
    "expenditure_type": ("expenditure_type", "支出类型"),
    "name": ("name", "label", "名称", "科目名称"),
}
# Columns of amounts, each with the figure it holds where the header itself says so.
_MEASURE_OF = {
    "amount": None,
    "final": "final",
    "budget_amount": "budget",
    "adjusted_budget": "adjusted_budget",
    "prior_year": "prior_year",
}
_COLUMN_OF = {header: column for column, headers in _HEADERS.items() for header in headers}
_UNIT_IN_HEADER = re.compile(r"[（(:：]\s*(?:单位[:：]?)?(" + "|".join(UNITS) + r")\s*[)）]?$")
_TOTALS = {"total", "合计", "总计"}
_BLANKS = {"", "-", "—", "--", "——"}
_HEADER_ROWS = 20
_LONGEST_HEADER = 60
_YEAR = re.compile(r"(?:19|20)\d\d")
# A unit said once above the header is an account's way: 金额单位：万元.
_UNIT_ABOVE = re.compile(rf"单位\s?[:：]\s?(?:人民币)?(?:{'|'.join(UNITS)})")
# A table of facts may have a title and notes; a document with more text than this is an account.
_LONGEST_NOTES = 2000
_T = TypeVar("_T")


_DELIMITED = (".csv", ".tsv")
_FACT_COLUMNS = frozenset(("code", "amount"))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table with its header: where each column stands, and the unit its header prints."""

    file: str
    table: Table
    header_row: int
    positions: dict[str, int]
    units: dict[str, str]

    def cell(self, row: int, column: str) -> str:
        position = self.positions.get(column)
        cells = self.table.rows[row]
        return cells[position].strip() if position is not None and position < len(cells) else ""

    def heading(self, column: str) -> str:
        return self.table.rows[self.header_row][self.positions[column]].strip()

    def place(self, row: int, column: str) -> Place:
        return Place(self.file, self.table.name, row + 1, self.heading(column))

    def amount_columns(self) -> list[str]:
        return [column for column in _MEASURE_OF if column in self.positions]

    def filled_rows(self) -> list[int]:
        rows = range(self.header_row + 1, len(self.table.rows))
        return [row for row in rows if any(cell.strip() for cell in self.table.rows[row])]


def holds_fact_table(document: Document) -> bool:
    """Tell whether a document is a table of facts: most of its grids are, and it has no prose."""
    in_tables = sum(table.end - table.start for table in document.tables)
    if not document.tables or len(document.text) - in_tables > _LONGEST_NOTES:
        return False
    found = sum(1 for table in document.tables if _is_fact_table(document, table))
    return found > 0 and 2 * found >= len(document.tables)


def _is_fact_table(document: Document, table: Table) -> bool:
    try:
        sheet = _sheet_of(document, table)
    except UnreadableDocument:
        # An account prints two halves with the same columns side by side.
        cells = {cell.strip().lower() for row in table.rows[:_HEADER_ROWS] for cell in row}
        return document.path.lower().endswith(_DELIMITED) or not cells.isdisjoint(_FACT_COLUMNS)
    if sheet is None:
        return False
    above = (cell for row in table.rows[: sheet.header_row] for cell in row)
    return not any(_UNIT_ABOVE.search(cell[:_LONGEST_HEADER]) for cell in above)


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
        raise no_fact_table(document)
    facts: list[Fact] = []
    parts: set[str] = set()
    for number, (sheet, row, column) in enumerate(_cells(sheets), start=1):
        fact = _read_cell(sheet, row, column, f"F{number}", profile)
        if fact is None or fact.code != TOTAL:
            parts.add(f"F{number}")
        facts.extend([fact] if fact else [])
    for sheet in sheets:
        _require_one_unit(sheet, facts)
    return tuple(facts), (Listing(TOTAL, frozenset(parts)),) if is_complete else ()


def _cells(sheets: Iterable[_Sheet]) -> Iterator[tuple[_Sheet, int, str]]:
    return (
        (sheet, row, column)
        for sheet in sheets
        for row in sheet.filled_rows()
        for column in sheet.amount_columns()
    )


def no_fact_table(document: Document) -> UnreadableDocument:
    """Return the error that tells what a table of facts needs."""
    return UnreadableDocument(
        Text("没有找到含编码列和金额列的表头", "no header row with a code and an amount was found"),
        Text("第一行写列名，如 code,amount,unit,year", "name the columns: code,amount,unit,year"),
        Place(document.path),
    )


def _sheet_of(document: Document, table: Table) -> _Sheet | None:
    for index, row in enumerate(table.rows[:_HEADER_ROWS]):
        positions: dict[str, int] = {}
        units: dict[str, str] = {}
        for position, cell in enumerate(row):
            printed = cell.strip()[:_LONGEST_HEADER]
            column = _COLUMN_OF.get(_UNIT_IN_HEADER.sub("", printed).strip().lower())
            if column is None:
                continue
            if column in positions:
                raise _repeated(document.path, table, index, printed)
            positions[column] = position
            unit = _UNIT_IN_HEADER.search(printed)
            units |= {column: unit.group(1)} if unit else {}
        if "code" in positions and _MEASURE_OF.keys() & positions.keys():
            return _Sheet(document.path, table, index, positions, units)
    return None


def _repeated(path: str, table: Table, row: int, header: str) -> UnreadableDocument:
    return UnreadableDocument(
        Text(f"“{header}”列出现两次", f"the column “{header}” stands there twice"),
        Text("每列只留一个，或改名", "keep one of them, or rename it"),
        Place(path, table.name, row + 1, header),
    )


def _read_cell(sheet: _Sheet, row: int, column: str, fact_id: str, profile: Profile) -> Fact | None:
    amount = _read(sheet, row, column, lambda cell: _amount(sheet, row, column, cell))
    if amount is None:
        return None
    code = _read(sheet, row, "code", lambda cell: _code(sheet, row, cell))
    year = _read(sheet, row, "year", _year)
    measure = _read(sheet, row, "measure", lambda cell: _key_of(cell, MEASURES))
    return Fact(
        id=fact_id,
        label=sheet.cell(row, "name"),
        code=code,
        measure=_MEASURE_OF[column] or measure or "final",
        fiscal_year=year or profile.fiscal_year,
        amount=amount,
        budget=_read(sheet, row, "budget", lambda cell: _key_of(cell, BUDGETS)),
        section=sheet.table.name,
        span=sheet.table.span(row, sheet.positions[column], sheet.heading(column)),
        funding_source=_read(sheet, row, "funding_source", _funding_source),
        expenditure_type=_read(sheet, row, "expenditure_type", _expenditure_type),
    )


def _read(sheet: _Sheet, row: int, column: str, parse: Callable[[str], _T]) -> _T | None:
    """Parse a cell, and tell its place where that fails; nothing where the column is missing."""
    if column not in sheet.positions:
        return None
    try:
        return parse(sheet.cell(row, column))
    except FiscalError as error:
        raise error.at(error.place or sheet.place(row, column)) from error


def _amount(sheet: _Sheet, row: int, column: str, cell: str) -> Amount | None:
    if cell in _BLANKS:
        return None
    return parse_amount(cell, sheet.cell(row, "unit") or sheet.units.get(column))


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


def _funding_source(cell: str) -> str | None:
    return funding_source_named(cell) or _key_of(cell, _labels_of("funding_source"))


def _expenditure_type(cell: str) -> str | None:
    return expenditure_type_named(cell) or _key_of(cell, _labels_of("expenditure_type"))


def _labels_of(term_list: str) -> dict[str, Text]:
    return {term.id: Text(term.zh, term.en) for term in terms(term_list)}


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
                Place(sheet.file, sheet.table.name, row, fact.span.column or ""),
            )
