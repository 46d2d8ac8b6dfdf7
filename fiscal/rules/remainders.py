"""What is left when a part is taken from its whole is not below nothing, though it is not printed.

总计 less the year's revenue is what the year opened with, less the year's expenditure what it
closed with; what is left of appropriation is part of what is left of all money.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from fiscal.codes import TOTAL
from fiscal.errors import Text
from fiscal.model import Fact
from fiscal.rules.relation import Form, Relation, Term
from fiscal.rules.rule import Rule, Severity
from fiscal.rules.splits import appropriation_sources, budgets
from fiscal.rules.subject import APPROPRIATION, Subject
from fiscal.rules.view import Key, View

__all__ = ["RULES"]

_ONE = Fraction(1)
_SPENT = Subject("expenditure", TOTAL)
_CAME = Subject("revenue", TOTAL)
_SPENT_FISCAL = _SPENT._replace(budget=APPROPRIATION)
_CAME_FISCAL = _CAME._replace(source="fiscal_appropriation")
_TOTALS = ("total_revenue", "total_expenditure")


def all_budgets(view: View) -> Iterator[Relation]:
    """Yield that expenditure of all budgets together is within the year's expenditure."""
    for measure in ("final", "budget"):
        parts, wholes = _parts(view, _SPENT_FISCAL, measure), _first(view, _SPENT, measure)
        if len(parts) > 1 and wholes:
            yield _bound("R108", f"budgets≤{_SPENT}", parts, wholes)


def left(view: View) -> Iterator[Relation]:
    """Yield that what is left of appropriation is there, and among what is left of all."""
    for measure in ("final", "budget"):
        for total, year, fiscal in zip(
            _TOTALS, (_CAME, _SPENT), (_CAME_FISCAL, _SPENT_FISCAL), strict=True
        ):
            own = _first(view, Subject(total, None, APPROPRIATION), measure)
            parts = _parts(view, fiscal, measure)
            if own and parts:
                yield _bound("R109", f"{fiscal}≤{total}/{APPROPRIATION}", parts, own)
            whole, all_year = _first(view, Subject(total), measure), _first(view, year, measure)
            if own and whole and all_year and _are_all(view, fiscal, parts):
                yield _bound("R109", f"{total}/left", (*own, *all_year), (*whole, *parts))


def _parts(view: View, whole: Subject, measure: str) -> tuple[Fact, ...]:
    """Return a sum of appropriation where it is told, or all the budgets that are."""
    told = _first(view, whole, measure)
    split = appropriation_sources(whole) or budgets(whole)
    parts = tuple(fact for part in split for fact in _first(view, part, measure))
    return told or parts


def _are_all(view: View, whole: Subject, parts: tuple[Fact, ...]) -> bool:
    """Tell whether parts are a sum, or all budgets: one that goes unsaid may have money too."""
    told = {view.subject(part) for part in parts}
    return told == {whole} or told >= set(budgets(whole) or appropriation_sources(whole))


def _first(view: View, subject: Subject, measure: str) -> tuple[Fact, ...]:
    """Return the first mention in running text: tables are held against each other elsewhere."""
    found = view.by_key.get(Key(subject, measure, view.profile.fiscal_year), ())
    return tuple(fact for fact in found if not fact.is_in_table)[:1]


def _bound(rule: str, subject: str, parts: tuple[Fact, ...], wholes: tuple[Fact, ...]) -> Relation:
    form: Form = (
        *(Term(_ONE, fact) for fact in parts),
        *(Term(-_ONE, fact) for fact in wholes),
    )
    return Relation(rule, subject, form, is_bound=True)


_PART = Text("部分不大于整体。", "A part is no more than its whole.")
_PROSE = Text(
    "只看文字说明中的数；表与表另有规则。",
    "Only running text is looked at; tables have rules of their own.",
)

RULES = (
    Rule(
        id="R108",
        title=Text("各本预算支出之和不大于本年支出", "all budgets are within the year's money"),
        gist=Text(
            "一般公共预算、政府性基金、国有资本经营预算支出相加，不大于本年支出合计。",
            "Expenditure of the budgets adds up to no more than all expenditure of the year.",
        ),
        why=_PART,
        false_positives=_PROSE,
        severity=Severity.ERROR,
        law=("budget_law/5", "budget_law/75"),
        find=all_budgets,
        good="""
本年支出合计 | final | 100.00万元
一般公共预算财政拨款支出 | final | 60.00万元
政府性基金预算财政拨款支出 | final | 40.00万元
""",
        bad="""
本年支出合计 | final | 100.00万元
一般公共预算财政拨款支出 | final | 66.00万元
政府性基金预算财政拨款支出 | final | 40.00万元
""",
    ),
    Rule(
        id="R109",
        title=Text("财政拨款结转在全部结转之内", "what is left of appropriation is among all"),
        gist=Text(
            "财政拨款总计减本年财政拨款，不小于零，也不大于收支总计减本年收支。",
            "The totals of appropriation less its year are not below nothing, and no more than "
            "the totals of all money less the year.",
        ),
        why=_PART,
        false_positives=_PROSE,
        severity=Severity.WARNING,
        law=("budget_law/75", "final_accounts_measures"),
        find=left,
        good="""
收入总计 | final | 120.00万元
本年收入合计 | final | 100.00万元
财政拨款收入总计 | final | 110.00万元
财政拨款收入 | final | 95.00万元
""",
        bad="""
收入总计 | final | 120.00万元
本年收入合计 | final | 100.00万元
财政拨款收入总计 | final | 110.00万元
财政拨款收入 | final | 85.00万元
""",
    ),
)
