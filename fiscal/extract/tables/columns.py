"""Columns: from the words of a header to which figure it holds, of which money and in what unit.

>>> meaning = meaning_of(("公务用车购置及运行维护费", "小计", "决算数"))
>>> meaning.measure, meaning.expense
('final', '公务用车购置及运行维护费')
>>> meaning_of(("2023年决算数",)).year, meaning_of(("一般公共预算财政拨款",)).budget
(2023, 'general_public_budget')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from fiscal.extract.tables.cells import unit_in_brackets
from fiscal.extract.tables.headers import Path
from fiscal.extract.tables.sides import side_named
from fiscal.ontology.terms import terms

__all__ = [
    "Meaning",
    "budget_named",
    "expenditure_type_named",
    "expense_named",
    "funding_source_named",
    "meaning_of",
    "measure_alone",
]

# Names that hold 预算 and are no measure.
_NAMES_WITH_BUDGET = re.compile(
    r"一般公共预算|公共财政预算|政府性基金预算|国有资本经营预算|社会保险基金预算|(?:部门|政府)预算(?=支出经济|经济)|预算(?=单位|部门|科目)"
)
_MEASURES = tuple(
    (measure, re.compile(pattern))
    for measure, pattern in (
        ("change_rate", r"增减?(?:变化|变动)?(?:率|幅|比例|%|\(%\))|[增±][长减](?:率|%)|增长\(%\)"),
        ("budget_difference", r"预决算差|决算.{0,6}(?:与|比|较|-|减).{0,4}预算"),
        ("change", r"增减|变动|差额|增加|较上年|比上年"),
        ("completion", r"完成率|执行率|完成.{0,6}预算|预算完成|完成%|进度"),
        ("share", r"占比|比重|占.{1,12}%|比例"),
        ("score", r"得分|评分"),
        ("weight", r"分值|权重|权数"),
        ("actual", r"实际(?:完成)?(?:指标)?值|^完成值|实际完成"),
        ("target", r"(?:目标|指标)值"),
        ("prior_budget", r"上年.{0,6}预算(?!.{0,2}(?:执行|完成))"),
        ("prior_year", r"上年(?!.{0,4}(?:结转|结余))"),
        ("adjusted_budget", r"调整|全年预算|追加后"),
        ("budget", r"预算|年初(?!.{0,6}(?:结转|结余))|计划数|批复"),
        ("final", r"决算|执行数|实际|支出数|执行情况"),
        ("count", r"数量|[台辆个人套次批]数|面积|保有量"),
    )
)
_MEASURE_ALONE = re.compile(
    r"(?:\d{4}年度?)?(?:上年|年初|全年|调整)?(?:预算|决算|执行|统计)数?|金额|数量"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)年?")
# What a share, a rate or a difference is taken of: 占本年支出%, 完成年初预算%, 比上年增减.
_BASE = re.compile(
    r"占(?P<whole>[^占%()]{2,20}?)(?:总额|的)?(?:比重|比例|百分比|\(?%)"
    r"|完成(?P<plan>(?:年初|全年|调整)?预算)数?(?:的|\(?%|比)"
    r"|(?:比|较|与)(?P<other>上年(?:决算|预算|执行)?数?|(?:年初)?预算数?)(?:相比)?[增减变差±]"
)
_BUDGETS = (
    ("general_public_budget", re.compile(r"一般公共预算|公共财政预算|一般预算|公共预算财政拨款")),
    ("government_funds_budget", re.compile(r"政府性基金|基金预算")),
    ("state_capital_budget", re.compile(r"国有资本经营|国资预算")),
    ("social_insurance_budget", re.compile(r"社会保险基金预算|社保基金预算")),
)
_FUND_NAMES = {
    "general_public_budget": "general_public_appropriation",
    "government_funds_budget": "government_funds_appropriation",
    "state_capital_budget": "state_capital_appropriation",
}
_BARE_FUND = re.compile(
    r"^(?:一般公共预算|政府性基金(?:预算)?|国有资本经营(?:预算)?)(?:资金|财政)?(?:拨款)?(?:收入|资金)?$"
)
_NOT_IN_NAME = re.compile(
    r"[\"“”'‘’《》]|^其中[:：-]?|(?:预算|决算|执行)数$|[(\[](?:单位:)?(?:万元|元|%)[)\]]|(?<=经费)支出$"
)
_WITHOUT_SUM = re.compile(r"(?:合计|小计)$")
_SUMS = frozenset(("合计", "小计", "总计", "金额", "本年收入合计", "本年支出合计"))
_EXPENSE_TERMS = {
    "购置费": "公务用车购置费",
    "运行费": "公务用车运行维护费",
    "运行维护费": "公务用车运行维护费",
    "财政拨款三公经费": "三公经费",
    "一般公共预算财政拨款三公经费": "三公经费",
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column's header says; None for what it leaves open.

    `measure` may also be `prior_budget`: last year's budget. `expense` is what the column itself
    names, as the columns of the table of the three public expenses do.
    """

    measure: str | None
    year: int | None
    budget: str | None
    funding_source: str | None
    expenditure_type: str | None
    unit: str | None
    side: str | None
    base: str | None
    expense: str


@lru_cache(maxsize=2048)
def meaning_of(path: Path) -> Meaning:
    """Read a header from its lowest words up; the lowest that says something decides."""
    upwards = path[::-1]
    return Meaning(
        measure=next(filter(None, map(_measure, upwards)), None),
        year=next((int(match[1]) for text in upwards if (match := _YEAR.search(text))), None),
        budget=next(filter(None, map(budget_named, upwards)), None),
        funding_source=next(filter(None, map(funding_source_named, upwards)), None),
        expenditure_type=next(filter(None, map(expenditure_type_named, upwards)), None),
        unit=next(filter(None, map(unit_in_brackets, upwards)), None),
        side=next(filter(None, map(side_named, upwards)), None),
        base=next(filter(None, map(_base, upwards)), None),
        expense=_expense(path),
    )


def _measure(text: str) -> str | None:
    words = _NAMES_WITH_BUDGET.sub("", text)
    return next((measure for measure, pattern in _MEASURES if pattern.search(words)), None)


@lru_cache(maxsize=4096)
def budget_named(text: str) -> str | None:
    """Return the one of the four budgets that a text names; nothing where it names several."""
    named = [budget for budget, pattern in _BUDGETS if pattern.search(text)]
    return named[0] if len(named) == 1 else None


@lru_cache(maxsize=4096)
def funding_source_named(label: str) -> str | None:
    """Return the term for a source of money, by its name or an alias.

    >>> funding_source_named("一般公共预算资金"), funding_source_named("事业收入(万元)")
    ('general_public_appropriation', 'institutional_revenue')
    """
    name = _essence(label)
    if _BARE_FUND.match(name):
        return _FUND_NAMES.get(budget_named(name) or "")
    return _names_of("funding_source").get(name)


@lru_cache(maxsize=4096)
def expenditure_type_named(label: str) -> str | None:
    """Return the term for a type of expenditure, by its name or an alias.

    >>> expenditure_type_named("人员经费合计"), expenditure_type_named("基本支出")
    ('personnel_expenditure', 'basic_expenditure')
    """
    name = _essence(label)
    names = _names_of("expenditure_type")
    return names.get(name) or names.get(_WITHOUT_SUM.sub("", name))


def expense_named(label: str) -> str:
    """Return the usual name of one of the three public expenses, or the label as it is.

    >>> expense_named("公务用车运行费"), expense_named("购置费"), expense_named("会议费")
    ('公务用车运行维护费', '公务用车购置费', '会议费')
    """
    name = _essence(_YEAR.sub("", label))
    return _EXPENSE_TERMS.get(name) or _expense_names().get(name) or label


def measure_alone(text: str) -> str | None:
    """Return the measure that a text names if it names nothing else.

    >>> measure_alone("年初预算数"), measure_alone("收入预算")
    ('budget', None)
    """
    return _measure(text) if _MEASURE_ALONE.fullmatch(text) else None


def _base(text: str) -> str | None:
    match = _BASE.search(text)
    return next(filter(None, match.groups()), None) if match else None


def _expense(path: Path) -> str:
    named = [text for text in path if text not in _SUMS and not _MEASURE_ALONE.fullmatch(text)]
    return expense_named(named[-1]) if named else ""


def _essence(label: str) -> str:
    return _NOT_IN_NAME.sub("", label).replace("（", "(").replace("）", ")")


@lru_cache
def _names_of(term_list: str) -> dict[str, str]:
    return {
        _essence(name): term.id
        for term in reversed(terms())
        if term.list == term_list
        for name in (*term.aliases, term.zh)
    }


@lru_cache
def _expense_names() -> dict[str, str]:
    lists = ("operating_expense", "three_public_expense")
    ids = ("operating_expenses",)
    return {
        _essence(name): term.zh
        for term in terms()
        if term.list in lists and (term.list == lists[1] or term.id in ids)
        for name in (*term.aliases, term.zh)
    }
