"""Tables 01 and 04 of final accounts: revenue on the left, expenditure on the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from fiscal.codes import TOTAL
from fiscal.model import Merge
from fiscal.ontology.scheme import Scheme
from tests.laws.account_style import Cell, Expected, Sheet, Style, money_cell
from tests.laws.accounts import BUDGET_OF, FUNDS, GENERAL, OWN_SOURCES, STATE, Account

__all__ = ["appropriation", "beside", "figure", "summary"]


FUND_NAMES = {
    GENERAL: "一般公共预算财政拨款",
    FUNDS: "政府性基金预算财政拨款",
    STATE: "国有资本经营预算财政拨款",
}
_ORDINALS = "一二三四五六七八九十"


def summary(account: Account, style: Style) -> Sheet:
    """Lay out 01: all revenue against all expenditure."""
    funds = [
        (
            f"{FUND_NAMES[fund]}收入",
            replace(
                figure("summary", f"{FUND_NAMES[fund]}收入", account.received("", fund)),
                budget=BUDGET_OF[fund],
                funding_source=fund,
            ),
        )
        for fund in BUDGET_OF
    ]
    own = [
        (
            name,
            replace(figure("summary", name, account.received("", source)), funding_source=source),
        )
        for source, name in OWN_SOURCES.items()
    ]
    left = [
        (f"{_ordinal(at)}{name}", [figure]) for at, (name, figure) in enumerate([*funds, *own], 1)
    ]
    opening, closing = account.carried(account.opening), account.carried(account.closing)
    used = figure("summary", "使用非财政拨款结余", account.surplus_used)
    brought = figure("summary", "年初结转和结余", opening)
    whole = account.received() + account.surplus_used + opening
    left += [
        ("本年收入合计", [figure("summary", "本年收入合计", account.received())]),
        ("使用非财政拨款结余", [replace(used, funding_source="non_fiscal_surplus_used")]),
        ("年初结转和结余", [replace(brought, funding_source="carryover_brought_forward")]),
        ("总计", [figure("summary", "总计", whole)]),
    ]
    right = [
        (f"{_ordinal(at)}{name}", [figure("summary", name, account.spent(code), code)])
        for at, (code, name) in enumerate(_classes(account), 1)
    ]
    right += [
        ("本年支出合计", [figure("summary", "本年支出合计", account.spent(), TOTAL)]),
        ("结余分配", [figure("summary", "结余分配", account.distribution)]),
        ("年末结转和结余", [figure("summary", "年末结转和结余", closing)]),
        ("总计", [figure("summary", "总计", whole)]),
    ]
    sheet = _balance_header("收入支出决算总表", style, ["决算数"])
    sheet.body = beside(_side(left, style, 1, 1), _side(right, style, 1, 40), 4)
    return sheet


def appropriation(account: Account, style: Style) -> Sheet:
    """Lay out 04: the three budgets' money against what it was spent on."""
    left = [
        (f"{_ordinal(at)}{name}", [_of_fund(fund, account.received("", fund), fund)])
        for at, (fund, name) in enumerate(FUND_NAMES.items(), 1)
    ]
    fiscal = [
        sum((account.received("", fund) for fund in BUDGET_OF), Fraction(0)),
        sum((account.carried(account.opening, "", fund) for fund in BUDGET_OF), Fraction(0)),
    ]
    brought = figure("appropriation", "年初财政拨款结转和结余", fiscal[1])
    left += [
        ("本年收入合计", [figure("appropriation", "本年收入合计", fiscal[0])]),
        (brought.label, [replace(brought, funding_source="carryover_brought_forward")]),
    ]
    left += [
        (
            f"{_ordinal(at)}{FUND_NAMES[fund]}",
            [
                _of_fund(
                    fund, account.carried(account.opening, "", fund), "carryover_brought_forward"
                )
            ],
        )
        for at, fund in enumerate(BUDGET_OF, 1)
    ]
    left.append(("总计", [figure("appropriation", "总计", sum(fiscal, Fraction(0)))]))
    spent = lambda code: lambda fund: account.spent(code, fund)  # noqa: E731
    carried = lambda fund: account.carried(account.closing, "", fund)  # noqa: E731
    right = [
        (f"{_ordinal(at)}{name}", _by_fund(name, code, spent(code)))
        for at, (code, name) in enumerate(_classes(account), 1)
    ]
    right += [
        ("本年支出合计", _by_fund("本年支出合计", TOTAL, spent(""))),
        ("年末财政拨款结转和结余", _by_fund("年末财政拨款结转和结余", None, carried)),
        ("总计", _by_fund("总计", None, lambda fund: account.spent("", fund) + carried(fund))),
    ]
    sheet = _balance_header("财政拨款收入支出决算总表", style, ["合计", *FUND_NAMES.values()])
    sheet.body = beside(_side(left, style, 1, 1), _side(right, style, 4, 40), 1)
    return sheet


def _balance_header(title: str, style: Style, right: Sequence[str]) -> Sheet:
    counted = ["行次"] if style.has_numbers else []
    item = "项  目" if style.is_spaced else "项目"
    width = 2 + len(counted)
    first = ["收入", *[""] * (width - 1), "支出", *[""] * (width - 2 + len(right))]
    amount = "金额" if style.has_numbers else "决算数"
    shown = [amount] if right == ["决算数"] else list(right)
    header = [first, [item, *counted, amount, item, *counted, *shown]]
    if style.has_numbers:
        numbers = [str(number + 2) for number in range(len(right))]
        header.append(["栏次", "", "1", "栏次", "", *numbers])
    merges = [Merge(0, 0, 1, width), Merge(0, width, 1, width - 1 + len(right))]
    return Sheet(title, header, merges=merges)


def _side(
    entries: Iterable[tuple[str, list[Expected]]], style: Style, width: int, first: int
) -> list[list[Cell]]:
    """Lay out one side of a balance: a label, its number where the style has one, figures."""
    rows = []
    for number, (label, figures) in enumerate(entries, start=first):
        counted = [Cell(str(number))] if style.has_numbers else []
        money = [money_cell(figure, style) for figure in figures]
        rows.append([Cell(label), *counted, *money, *[Cell("")] * (width - len(money))])
    return rows


def beside(left: list[list[Cell]], right: list[list[Cell]], tail: int) -> list[list[Cell]]:
    """Put two sides beside each other; their last `tail` rows stand on the same lines."""
    height = max(len(left), len(right)) - tail
    padded = []
    for side in (left, right):
        blank = [[Cell("")] * len(side[0])] * (height - len(side) + tail)
        padded.append([*side[: len(side) - tail], *blank, *side[len(side) - tail :]])
    return [[*one, *other] for one, other in zip(*padded, strict=True)]


def _classes(account: Account) -> list[tuple[str, str]]:
    scheme = Scheme.shipped("functional", account.year)
    used = {code for code in account.codes() if len(code) == 3}
    shown = used | {"201", "202", "205", "229"}
    return [(code, scheme[code].name) for code in sorted(shown)]


def figure(section: str, label: str, value: Fraction, code: str | None = None) -> Expected:
    return Expected(f"final_accounts_{section}_table", label, code, "final", value)


def _of_fund(fund: str, value: Fraction, source: str) -> Expected:
    stated = figure("appropriation", FUND_NAMES[fund], value)
    return replace(stated, budget=BUDGET_OF[fund], funding_source=source)


def _by_fund(label: str, code: str | None, of: Callable[[str], Fraction]) -> list[Expected]:
    """Return a row's figures: all three budgets together, then each."""
    whole = figure("appropriation", label, sum(map(of, BUDGET_OF), Fraction(0)), code)
    parts = [replace(whole, value=of(fund), budget=budget) for fund, budget in BUDGET_OF.items()]
    return [whole, *parts]


def _ordinal(number: int) -> str:
    tens, ones = divmod(number, 10)
    start = ("" if tens < 2 else _ORDINALS[tens - 1]) + ("十" if tens else "")
    return start + (_ORDINALS[ones - 1] if ones else "") + "、"
