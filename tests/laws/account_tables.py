"""The nine tables of final accounts, written as offices write them, with the facts they state.

`lay_out` gives the document and the facts in it; `tables_of` gives the tables alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from fiscal.codes import TOTAL
from fiscal.model import Document, Merge
from fiscal.ontology.scheme import Scheme
from tests.laws.account_balances import appropriation, beside, figure, summary
from tests.laws.account_style import (
    Cell,
    Expected,
    Sheet,
    Style,
    document_of,
    expected_in,
    money_cell,
)
from tests.laws.accounts import (
    BUDGET_OF,
    EXPENSES,
    FUNDS,
    GENERAL,
    OWN_SOURCES,
    STATE,
    TYPES,
    Account,
)

__all__ = ["lay_out", "tables_of"]


_BLANK = "blank"


@dataclass(frozen=True)
class Column:
    """A column of figures: its header, its figure for a code ("" for all), and what it is of."""

    header: str
    value: Callable[[str], Fraction]
    funding_source: str | None = None
    expenditure_type: str | None = None
    above: str = ""


def lay_out(account: Account, style: Style) -> tuple[Document, list[Expected]]:
    """Return the document that holds the nine tables, and the facts in it."""
    sheets = tables_of(account, style)
    return document_of(sheets, style, account.year), expected_in(sheets)


def tables_of(account: Account, style: Style) -> list[Sheet]:
    """Return the nine tables of an account, 01 to 09."""
    return [
        summary(account, style),
        _coded("收入决算表", "revenue", account, style, None, _revenue_columns(account)),
        _coded("支出决算表", "expenditure", account, style, None, _spending_columns(account)),
        appropriation(account, style),
        _coded(
            "一般公共预算财政拨款支出决算表",
            "general_public",
            account,
            style,
            GENERAL,
            _fund_columns(account, GENERAL),
        ),
        _basic(account, style),
        _three_public(account, style),
        _fund_table(
            "政府性基金预算财政拨款收入支出决算表", "government_funds", FUNDS, account, style
        ),
        _fund_table(
            "国有资本经营预算财政拨款收入支出决算表", "state_capital", STATE, account, style
        ),
    ]


def _revenue_columns(account: Account) -> list[Column]:
    fiscal = lambda code: sum((account.received(code, fund) for fund in BUDGET_OF), Fraction(0))  # noqa: E731
    own = [
        Column(name, lambda code, source=source: account.received(code, source), source)
        for source, name in OWN_SOURCES.items()
    ]
    return [
        Column("本年收入合计", account.received),
        Column("财政拨款收入", fiscal, "fiscal_appropriation"),
        *own,
    ]


def _spending_columns(account: Account) -> list[Column]:
    return [
        Column("本年支出合计", account.spent),
        *(
            Column(name, lambda code, kind=kind: account.spent(code, None, kind), None, kind)
            for kind, name in TYPES.items()
        ),
    ]


def _fund_columns(account: Account, fund: str, above: str = "") -> list[Column]:
    whole = Column(
        "合计" if not above else "小计", lambda code: account.spent(code, fund), above=above
    )
    parts = [
        Column(
            TYPES[kind], lambda code, kind=kind: account.spent(code, fund, kind), None, kind, above
        )
        for kind in list(TYPES)[:2]
    ]
    return [whole, *parts]


def _fund_table(title: str, kind: str, fund: str, account: Account, style: Style) -> Sheet:
    brought = lambda code: account.carried(account.opening, code, fund)  # noqa: E731
    carried = lambda code: account.carried(account.closing, code, fund)  # noqa: E731
    columns = [
        Column("年初结转和结余", brought, "carryover_brought_forward"),
        Column("本年收入", lambda code: account.received(code, fund)),
        *_fund_columns(account, fund, "本年支出"),
        Column("年末结转和结余", carried),
    ]
    return _coded(title, kind, account, style, fund, columns)


def _coded(
    title: str,
    kind: str,
    account: Account,
    style: Style,
    fund: str | None,
    columns: Sequence[Column],
) -> Sheet:
    """Lay out a table whose rows are headings by function."""
    section = f"final_accounts_{kind}_table"
    labels = 2 if style.codes == "whole" else 4
    sheet = _coded_header(title, columns, labels, style)
    total = _coded_row(account, style, section, fund, columns, TOTAL, labels)
    codes = account.codes(fund)
    rows = [
        row
        for code, before in zip(codes, ["", *codes], strict=False)
        for row in _wrapped(
            _coded_row(account, style, section, fund, columns, code, labels, before), style, labels
        )
    ]
    if style.total == "header" and labels == 4:
        total[:3] = [Cell(name) for name in "类款项"]
        total[3] = Cell("合计")
    elif labels == 4:
        sheet.header.append([*"类款项", *[""] * (len(columns) + 1)])
    sheet.body = [*rows, total] if style.total == "last" else [total, *rows]
    if style.has_numbers:
        sheet.body.insert(0, _numbers(labels, len(columns)))
        if style.total == "header":
            sheet.body[:2] = sheet.body[1::-1]
            sheet.body.pop(1)
    return sheet


def _numbers(labels: int, columns: int) -> list[Cell]:
    texts = ["栏次", *[""] * (labels - 1), *(str(number + 1) for number in range(columns))]
    return [Cell(text) for text in texts]


def _coded_header(title: str, columns: Sequence[Column], labels: int, style: Style) -> Sheet:
    item = "项    目" if style.is_spaced else "项目"
    tops = [column.above or column.header for column in columns]
    shown = [
        "" if column.above and column.above == before else top
        for column, top, before in zip(
            columns, tops, ["", *(each.above for each in columns)], strict=False
        )
    ]
    first = [item, *[""] * (labels - 1), *shown]
    second = [*["支出功能分类科目编码", *[""] * (labels - 2)], "科目名称"]
    second += [column.header if column.above else "" for column in columns]
    merges = [Merge(0, 0, 1, labels)]
    if labels > 2:
        merges.append(Merge(1, 0, 1, labels - 1))
    for at, column in enumerate(columns, start=labels):
        if not column.above:
            merges.append(Merge(0, at, 2, 1))
        elif shown[at - labels]:
            merges.append(Merge(0, at, 1, sum(1 for each in columns if each.above == column.above)))
    return Sheet(title, [first, second], merges=merges)


def _coded_row(
    account: Account,
    style: Style,
    section: str,
    fund: str | None,
    columns: Sequence[Column],
    code: str,
    labels: int,
    before: str = "",
) -> list[Cell]:
    label = name_of(code, account.year)
    prefix = "" if code == TOTAL else code
    budget = BUDGET_OF.get(fund or "")
    cells = [*_code_cells(code, style, before), Cell(label)]
    if code == TOTAL:
        cells = [Cell("合  计" if style.is_spaced else "合计"), *[Cell("")] * (labels - 1)]
    for column in columns:
        expected = Expected(
            section,
            label,
            code,
            "final",
            column.value(prefix),
            budget,
            column.funding_source,
            column.expenditure_type,
        )
        cells.append(money_cell(expected, style))
    return cells


def _code_cells(code: str, style: Style, before: str) -> list[Cell]:
    if style.codes == "whole" or code == TOTAL:
        return [Cell(code)]
    parts = [code[:3], code[3:5], code[5:7]]
    above = [before[:3], before[3:5], before[5:7]]
    if style.codes == "sparse":
        deepest = max(at for at, part in enumerate(parts) if part)
        for at in range(deepest):
            if parts[: at + 1] == above[: at + 1]:
                parts[at] = parts[at] and _BLANK
    return [Cell("" if part == _BLANK else part) for part in parts]


def _wrapped(row: list[Cell], style: Style, labels: int) -> list[list[Cell]]:
    """Part a long name around the row's figures, as narrow columns do."""
    name = row[labels - 1].text
    if not style.is_wrapped or len(name) < 9:
        return [row]
    empty = [Cell("")] * len(row)
    halves = [[*empty[: labels - 1], Cell(half), *empty[labels:]] for half in (name[:8], name[8:])]
    return [halves[0], [*row[: labels - 1], Cell(""), *row[labels:]], halves[1]]


def _basic(account: Account, style: Style) -> Sheet:
    """Lay out 06: basic spending by economic sections, personnel left and the rest right."""
    labels = ["经济分类科目编码", "科目名称"]
    sheet = Sheet("一般公共预算财政拨款基本支出决算表", [[*labels, "决算数"] * 2])
    sides = [
        _economic_side(account, style, ("301", "303"), "人员经费合计", "personnel_expenditure"),
        _economic_side(account, style, ("302", "310"), "公用经费合计", "non_personnel_expenditure"),
    ]
    sheet.body = beside(sides[0], sides[1], 1)
    return sheet


def _economic_side(
    account: Account, style: Style, categories: Sequence[str], whole: str, kind: str
) -> list[list[Cell]]:
    basic = Expected(
        "final_accounts_basic_table", "", None, "final", Fraction(0), BUDGET_OF[GENERAL]
    )
    rows = []
    for code in sorted({part for own in account.economic for part in (own, own[:3])}):
        if code[:3] in categories:
            value = sum(amount for own, amount in account.economic.items() if own.startswith(code))
            label = name_of(code, account.year)
            expected = replace(
                basic, label=label, code=code, value=value, expenditure_type="basic_expenditure"
            )
            rows.append([Cell(code), Cell(label), money_cell(expected, style)])
    value = sum(amount for own, amount in account.economic.items() if own[:3] in categories)
    total = replace(basic, label=whole, value=Fraction(value), expenditure_type=kind)
    return [*rows, [Cell(whole), Cell(""), money_cell(total, style)]]


def _three_public(account: Account, style: Style) -> Sheet:
    """Lay out 07: one row, every expense under its header as budget and as final figure."""
    vehicles = "公务用车购置及运行维护费"
    parts = {vehicles: EXPENSES[1:3], "三公经费": EXPENSES}
    columns = [("三公经费", ""), (EXPENSES[0], ""), (vehicles, "小计"), *(
        (expense, expense) for expense in EXPENSES[1:3]), (EXPENSES[3], "")]  # fmt: skip
    top = ["合计", EXPENSES[0], vehicles, "", "", EXPENSES[3]]
    header = [
        ["财政拨款“三公”经费", *[""] * 11],
        [text for name in top for text in (name, "")],
        [text for _, below in columns for text in (below, "")],
        ["预算数", "决算数"] * 6,
    ]
    merges = [Merge(0, 0, 1, 12), Merge(1, 0, 2, 2), Merge(1, 2, 2, 2), Merge(1, 4, 1, 6)]
    merges += [Merge(2, at, 1, 2) for at in (4, 6, 8)] + [Merge(1, 10, 2, 2)]
    row = []
    for expense, _ in columns:
        for measure in ("budget", "final"):
            of = [account.three_public[part, measure] for part in parts.get(expense, (expense,))]
            stated = figure("three_public", expense, sum(of, Fraction(0)))
            row.append(money_cell(replace(stated, measure=measure), style))
    return Sheet("财政拨款“三公”经费支出决算表", header, [row], merges)


def name_of(code: str, year: int) -> str:
    """Return the official name of a code."""
    if code == TOTAL:
        return "合计"
    scheme = Scheme.shipped("functional" if code[0] == "2" else "departmental_economic", year)
    return scheme[code].name if code in scheme else "其他支出"
