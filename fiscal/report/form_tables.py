"""Which tables there are, with which columns and lines: nine of accounts, nine of a budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fiscal.model import DocumentKind
from fiscal.ontology.scheme import Heading, Scheme
from fiscal.report.form_balance import Line, balance, numbered
from fiscal.report.form_coded import Column, Entry, coded, entries_of, open_entries, parts_rule
from fiscal.report.form_expenses import basic, basic_budget, three_public, three_public_budget
from fiscal.report.form_layout import CAPTIONS, Layout

__all__ = ["Form", "tables_of"]

_FUNDS = {
    "general_public_budget": "一般公共预算",
    "government_funds_budget": "政府性基金预算",
    "state_capital_budget": "国有资本经营预算",
}
# Categories that no department spends from: insurance funds, reserves, transfers, issuing debt.
_NOT_OF_DEPARTMENTS = ("209", "227", "230", "233")
_CODE = "支出功能分类科目编码"
_FIRST = CAPTIONS + 1
_BASIC, _PROJECT = Column("基本支出"), Column("项目支出")
_BY_TYPE = (Column("合计", parts_rule(1, 2)), _BASIC, _PROJECT)
_OWN = ("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
_REVENUE = (
    Column("本年收入合计", parts_rule(1, 6)),
    Column("财政拨款收入"),
    *map(Column, _OWN),
)
_EXPENDITURE = (
    Column("本年支出合计", parts_rule(1, 5)),
    _BASIC,
    _PROJECT,
    *map(Column, ("上缴上级支出", "经营支出", "对附属单位补助支出")),
)
_FUND = (
    Column("年初结转和结余"),
    Column("本年收入"),
    Column("小计", parts_rule(3, 4), above="本年支出"),
    Column("基本支出", above="本年支出"),
    Column("项目支出", above="本年支出"),
    Column("年末结转和结余", "C#+D#-E#"),
)
_BUDGET_OWN = (
    "财政专户管理资金收入",
    "事业收入",
    "事业单位经营收入",
    "上级补助收入",
    "附属单位上缴收入",
    "其他收入",
)
_BUDGET_REVENUE = (
    Column("合计", parts_rule(1, 10)),
    *map(Column, (*_FUNDS.values(), *_BUDGET_OWN, "上年结转结余")),
)
_BUDGET_EXPENDITURE = (
    Column("合计", parts_rule(1, 5)),
    _BASIC,
    _PROJECT,
    *map(Column, ("事业单位经营支出", "上缴上级支出", "对附属单位补助支出")),
)


@dataclass(frozen=True, slots=True)
class Form:
    """What the tables are to be: of which kind and year, in which unit, with which headings.

    `headings` are codes by function; without any every category is there with blank lines below
    it, and with `is_complete` every heading of the year is.
    """

    kind: DocumentKind
    year: int
    unit: str = "万元"
    organisation: str = ""
    headings: tuple[str, ...] = ()
    is_complete: bool = False

    @property
    def word(self) -> str:
        """决算 or 预算."""
        return "预算" if self.kind is DocumentKind.BUDGET else "决算"

    @property
    def period(self) -> str:
        """The year as titles have it."""
        return f"{self.year}年" if self.kind is DocumentKind.BUDGET else f"{self.year}年度"


def tables_of(form: Form) -> Iterator[tuple[str, Layout]]:
    """Yield title and layout of each table. Raises UnknownYear and UnknownHeading."""
    return _budget_tables(form) if form.kind is DocumentKind.BUDGET else _final_tables(form)


def _scheme(form: Form) -> Scheme:
    return Scheme.of("functional", form.year)


def _categories(form: Form) -> list[Heading]:
    """Return the categories that a department may spend from, and those it asks for."""
    asked = {code[:3] for code in form.headings}
    return [
        heading
        for heading in _scheme(form)
        if heading.level == "category"
        and (heading.code in asked or heading.code not in _NOT_OF_DEPARTMENTS)
    ]


def _entries(form: Form, budget: str | None = None) -> list[Entry]:
    """Return the rows of a table: of one budget, or of all that departments have."""
    scheme = _scheme(form)
    if form.headings:
        return entries_of(scheme, _used_in(scheme, form.headings, budget))
    categories = {heading.code for heading in _categories(form)}
    chosen = _used_in(scheme, sorted(categories), budget)
    if not form.is_complete:
        return open_entries(scheme, chosen)
    everything = [heading.code for heading in scheme if heading.code[:3] in categories]
    return entries_of(scheme, _used_in(scheme, everything, budget))


def _used_in(scheme: Scheme, chosen: Iterable[str], budget: str | None) -> list[str]:
    """Return the codes used in one budget; what is known of no budget counts as general."""
    known = [(code, scheme[code].budgets or {"general_public_budget"}) for code in chosen]
    return [code for code, budgets in known if budget is None or budget in budgets]


def _spending(categories: Sequence[str], *others: str, parts: int) -> list[Line]:
    """Return the lines of expenditure: the categories, their sum, the `others`, and the end.

    The last of the `others` adds up the sum and all before it.
    """
    count = len(categories)
    lines = [Line(text) for text in numbered(categories)]
    lines.append(Line("本年支出合计", range(count)))
    lines += [Line(text) for text in others[:-1]]
    return [*lines, Line(others[-1], range(count, count + parts))]


def _summary(categories: Sequence[str]) -> Layout:
    sources = [*(f"{name}财政拨款收入" for name in _FUNDS.values()), *_OWN]
    count = len(sources)
    left = [Line(text) for text in numbered(sources)]
    left += [Line("本年收入合计", range(count)), Line("使用非财政拨款结余")]
    left += [Line("年初结转和结余"), Line("总计", range(count, count + 3))]
    right = _spending(categories, "结余分配", "年末结转和结余", "总计", parts=3)
    return balance(left, right, ["决算数"], "决算数", _FIRST)


def _appropriation(categories: Sequence[str]) -> Layout:
    names = [f"{name}财政拨款" for name in _FUNDS.values()]
    funds = [Line(text) for text in numbered(names)]
    left = [*funds, Line("本年收入合计", range(3)), Line("年初财政拨款结转和结余", range(5, 8))]
    left += [*funds, Line("总计", (3, 4))]
    right = _spending(categories, "年末财政拨款结转和结余", "总计", parts=2)
    return balance(left, right, ["合计", *names], "决算数", _FIRST)


def _budget_summary(categories: Sequence[str]) -> Layout:
    sources = [*(f"{name}拨款收入" for name in _FUNDS.values()), *_BUDGET_OWN]
    return _budget_balance(sources, categories, ["预算数"])


def _budget_appropriation(categories: Sequence[str]) -> Layout:
    sources = [f"{name}拨款收入" for name in _FUNDS.values()]
    return _budget_balance(sources, categories, ["合计", *_FUNDS.values()])


def _budget_balance(
    sources: Sequence[str], categories: Sequence[str], figures: Sequence[str]
) -> Layout:
    count = len(sources)
    left = [Line(text) for text in numbered(sources)]
    left += [Line("本年收入合计", range(count)), Line("上年结转结余")]
    left.append(Line("收入总计", range(count, count + 2)))
    right = _spending(categories, "结转下年", "支出总计", parts=2)
    return balance(left, right, figures, "预算数", _FIRST)


def _final_tables(form: Form) -> Iterator[tuple[str, Layout]]:
    categories = [heading.name for heading in _categories(form)]
    yield "收入支出决算总表", _summary(categories)
    yield "收入决算表", coded(_entries(form), _REVENUE, _FIRST, _CODE)
    yield "支出决算表", coded(_entries(form), _EXPENDITURE, _FIRST, _CODE)
    yield "财政拨款收入支出决算总表", _appropriation(categories)
    general = coded(_entries(form, "general_public_budget"), _BY_TYPE, _FIRST, _CODE)
    yield "一般公共预算财政拨款支出决算表", general
    economic = Scheme.of("departmental_economic", form.year)
    basic_table = basic(economic, "决算数", _FIRST)
    yield "一般公共预算财政拨款基本支出决算表", basic_table
    yield "财政拨款“三公”经费支出决算表", three_public(_FIRST)
    for budget, name in list(_FUNDS.items())[1:]:
        layout = coded(_entries(form, budget), _FUND, _FIRST, _CODE)
        yield f"{name}财政拨款收入支出决算表", layout


def _budget_tables(form: Form) -> Iterator[tuple[str, Layout]]:
    categories = [heading.name for heading in _categories(form)]
    yield "收支预算总表", _budget_summary(categories)
    yield "收入预算总表", coded(_entries(form), _BUDGET_REVENUE, _FIRST, _CODE)
    yield "支出预算总表", coded(_entries(form), _BUDGET_EXPENDITURE, _FIRST, _CODE)
    yield "财政拨款收支预算总表", _budget_appropriation(categories)
    for budget, name in _FUNDS.items():
        layout = coded(_entries(form, budget), _BY_TYPE, _FIRST, _CODE)
        yield f"{name}支出功能分类预算表", layout
    economic = Scheme.of("departmental_economic", form.year)
    yield "一般公共预算基本支出部门预算经济分类预算表", basic_budget(economic, _FIRST)
    yield "财政拨款“三公”经费和机关运行经费预算表", three_public_budget(_FIRST)
