"""Documents held against each other: two years of one body, its budget and account, its units.

Documents are known by body, year and kind. A figure of another document keeps its place there (its
span names the document), and is never suspected: what it says is known only from that document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from fiscal.codes import TOTAL
from fiscal.errors import Text
from fiscal.extract.heading_path import compared
from fiscal.model import DocumentKind, Extraction, Fact
from fiscal.rules.relation import Relation, Term
from fiscal.rules.rule import PUBLISHED, Rule, Severity
from fiscal.rules.subject import Subject
from fiscal.rules.view import Key, View

__all__ = ["RULES", "related"]

_ONE = Fraction(1)
_ACCOUNTS = frozenset((DocumentKind.FINAL_ACCOUNTS,))
_CARRIED = {"opening": "closing"}
_TOTALS = ("total_revenue", "total_expenditure")


def related(extraction: Extraction, others: Sequence[Extraction]) -> tuple[Extraction, ...]:
    """Return the documents that can be held against one: of the same body or of bodies it names."""
    name, text = extraction.profile.organisation, extraction.document.text
    return tuple(
        other
        for other in others
        if other is not extraction
        and (its := other.profile.organisation)
        and (its == name or its in text)
    )


def _same_body(view: View, kind: DocumentKind, years_before: int) -> View | None:
    """Return the document of the same body, of a kind and a year so many years before."""
    year, body = view.profile.fiscal_year, view.profile.organisation
    for other in view.others:
        its = other.profile
        is_same = bool(body) and compared(its.organisation or "") == compared(body or "")
        if is_same and its.kind is kind and year and its.fiscal_year == year - years_before:
            return other
    return None


def _figures(view: View, measure: str) -> Iterator[tuple[Key, Fact]]:
    """Yield each figure of the document's year once: the table's, else the first sentence's."""
    year = view.profile.fiscal_year
    for key, facts in view.by_key.items():
        if key.measure == measure and key.year == year:
            yield key, next((fact for fact in facts if fact.is_in_table), facts[0])


def _of_other(view: View, subject: Subject, measure: str) -> Fact | None:
    """Return a figure of another document with its place there."""
    facts = view.mentions(subject, measure, view.profile.fiscal_year)
    fact = next((each for each in facts if each.is_in_table), facts[0] if facts else None)
    if fact is None:
        return None
    path = view.document.path
    return replace(fact, id=f"{path}#{fact.id}", span=replace(fact.span, document=path))


def _last_year(view: View) -> Iterator[Relation]:
    """Yield that this year's figure less its change is what last year's document says."""
    before = _same_body(view, view.profile.kind, 1)
    if before is None:
        return
    level = view.level
    for key, change in _figures(view, "change"):
        now = view.mentions(key.subject, level, key.year)
        then = _of_other(before, key.subject, level)
        is_of_year = not change.cause_of and not (change.base and "执行" in change.base)
        if now and then and is_of_year:
            form = (Term(_ONE, now[0]), Term(-_ONE, change), Term(-_ONE, then))
            yield Relation("X301", f"{key.subject}/last year", form)


def _stated_last_year(view: View) -> Iterator[Relation]:
    """Yield that last year's figure as printed here is what last year's account says."""
    before = _same_body(view, DocumentKind.FINAL_ACCOUNTS, 1)
    if before is None:
        return
    for key, facts in view.by_key.items():
        then = _of_other(before, key.subject, "final") if key.measure == "prior_year" else None
        if then:
            form = (Term(_ONE, facts[0]), Term(-_ONE, then))
            yield Relation("X302", f"{key.subject}/prior year", form)


def _budget(view: View) -> Iterator[Relation]:
    """Yield that the budget an account names is the one that was published."""
    budget = _same_body(view, DocumentKind.BUDGET, 0)
    if budget is None:
        return
    for key, fact in _figures(view, "budget"):
        published = _of_other(budget, key.subject, "budget")
        if published:
            form = (Term(_ONE, fact), Term(-_ONE, published))
            yield Relation("X303", f"{key.subject}/budget", form)


def _carried_over(view: View) -> Iterator[Relation]:
    """Yield that the year opens with what the year before closed with."""
    before = _same_body(view, DocumentKind.FINAL_ACCOUNTS, 1)
    if before is None:
        return
    for key, opening in _figures(view, "final"):
        closing = key.subject._replace(indicator=_CARRIED.get(key.subject.indicator, ""))
        then = _of_other(before, closing, "final") if closing.indicator else None
        if then:
            form = (Term(_ONE, opening), Term(-_ONE, then))
            yield Relation("C301", f"{key.subject}/carried over", form)


def _units(view: View) -> Iterator[Relation]:
    """Yield that a department has at least what its units have together."""
    units = [other for other in view.others if _is_unit(other, view)]
    if not units:
        return
    for key, whole in _figures(view, view.level):
        is_total = key.subject.code == TOTAL or key.subject.indicator in _TOTALS
        parts = [_of_other(unit, key.subject, key.measure) for unit in units] if is_total else []
        found = [part for part in parts if part]
        if found:
            terms = (Term(-_ONE, whole), *(Term(_ONE, part) for part in found))
            yield Relation("X304", f"{key.subject}/units", terms, is_bound=True)


def _is_unit(other: View, view: View) -> bool:
    """Tell whether a document is of a unit that this one names among its own."""
    own, its = view.profile, other.profile
    is_alike = (its.kind, its.fiscal_year) == (own.kind, own.fiscal_year)
    name = its.organisation or ""
    is_other = bool(name) and name != own.organisation and len(name) > len(own.organisation or "")
    return is_alike and is_other and name in view.document.text


_REMEDY = Text("核对两份文件", "compare the two documents")
_LAW = ("publication_rules/4", "budget_law/75")
_LATER = "# final_accounts 2024\n本年支出合计 | final | 120.00万元\n"
_EARLIER = "=====\n# final_accounts 2023\n本年支出合计 | final | 100.00万元\n"

RULES = (
    Rule(
        id="X301",
        title=Text("与上年文件的数字衔接", "figures follow those of last year's document"),
        gist=Text(
            "本年数减增减额，应等于上年文件公开的数",
            "this year's figure less its change is the figure that was published last year",
        ),
        why=Text("上年的数已经公开，不能两样", "last year's figure has been published already"),
        false_positives=Text("口径或机构有调整", "another scope, or a body that was reorganised"),
        severity=Severity.WARNING,
        law=_LAW,
        find=_last_year,
        kinds=PUBLISHED,
        good=_LATER + "本年支出合计 | change | 20.00万元\n" + _EARLIER,
        bad=_LATER + "本年支出合计 | change | 25.00万元\n" + _EARLIER,
        remedy=_REMEDY,
    ),
    Rule(
        id="X302",
        title=Text("所列上年决算数与上年决算一致", "last year's final is as it was published"),
        gist=Text("本文件列出的上年数与上年决算公开的不同", "last year's figure is another here"),
        why=Text("上年的数已经公开，不能两样", "last year's figure has been published already"),
        false_positives=Text("上年数经过调整并有说明", "a figure that was adjusted and explained"),
        severity=Severity.WARNING,
        law=_LAW,
        find=_stated_last_year,
        kinds=PUBLISHED,
        good=_LATER + "本年支出合计 | prior_year | 100.00万元\n" + _EARLIER,
        bad=_LATER + "本年支出合计 | prior_year | 101.00万元\n" + _EARLIER,
        remedy=_REMEDY,
    ),
    Rule(
        id="X303",
        title=Text("年初预算数与公开的预算一致", "the budget is the one that was published"),
        gist=Text(
            "决算所列年初预算与当年部门预算不同", "the account names another budget than it had"
        ),
        why=Text("年初预算以批复并公开的为准", "the budget is the one approved and published"),
        false_positives=Text("所列为调整预算，或机构有调整", "an adjusted budget, or a new body"),
        severity=Severity.WARNING,
        law=_LAW,
        find=_budget,
        kinds=_ACCOUNTS,
        good="一般公共预算财政拨款支出 | budget | 90.00万元\n"
        "=====\n# budget 2024\n一般公共预算财政拨款支出 | budget | 900000元\n",
        bad="一般公共预算财政拨款支出 | budget | 95.00万元\n"
        "=====\n# budget 2024\n一般公共预算财政拨款支出 | budget | 900000元\n",
        remedy=_REMEDY,
    ),
    Rule(
        id="X304",
        title=Text("部门数不小于所属单位之和", "a department has no less than its units"),
        gist=Text("所属单位的数加起来超过了部门汇总数", "the units together exceed the department"),
        why=Text("部门决算由本级和所属单位汇总而成", "a department's account sums up its units'"),
        false_positives=Text("内部往来没有抵销", "money passed between units"),
        severity=Severity.WARNING,
        law=("budget_law/8",),
        find=_units,
        kinds=PUBLISHED,
        good="包括某市某局服务中心。\n" + _LATER + "=====\n# final_accounts 2024 某市某局服务中心\n"
        "本年支出合计 | final | 100.00万元\n",
        bad="包括某市某局服务中心。\n" + _LATER + "=====\n# final_accounts 2024 某市某局服务中心\n"
        "本年支出合计 | final | 130.00万元\n",
        remedy=_REMEDY,
    ),
    Rule(
        id="C301",
        title=Text("年初结转等于上年年末结转", "a year opens with what the last one closed with"),
        gist=Text(
            "年初结转和结余与上年决算的年末数不同", "the opening balance is not last year's closing"
        ),
        why=Text("结转资金逐年衔接", "balances are carried from year to year"),
        false_positives=Text("年初有调整并有说明", "an adjustment that is explained"),
        severity=Severity.WARNING,
        law=("final_accounts_measures", "budget_law/75"),
        find=_carried_over,
        kinds=_ACCOUNTS,
        good="年初结转和结余 | final | 5.00万元\n=====\n# final_accounts 2023\n"
        "年末结转和结余 | final | 5.00万元\n",
        bad="年初结转和结余 | final | 5.00万元\n=====\n# final_accounts 2023\n"
        "年末结转和结余 | final | 7.00万元\n",
        remedy=_REMEDY,
    ),
)
