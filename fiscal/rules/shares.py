"""Shares of a whole, and how much of its budget was spent: printed rates, recomputed.

A share is of what the text says it is of. Where it does not say, it is of what its subject is part
of, such as all revenue for a source; else of the figure that opens the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from fiscal.errors import Text
from fiscal.model import Fact, Outcome
from fiscal.rules.evaluate import judge
from fiscal.rules.parts import broader
from fiscal.rules.relation import Form, Relation, Term
from fiscal.rules.rule import Remark, Rule, Severity
from fiscal.rules.subject import Subject, named
from fiscal.rules.view import Key, View

__all__ = ["ADJUSTED", "RULES", "budget_meant"]

_ONE = Fraction(1)
ADJUSTED = re.compile(r"调整|全年")
_TITLE_ENDS = re.compile(r"(?:规模|结构|使用|具体)?(?:变化)?(?:情况)?(?:的?说明)?$")
_SEVERAL = Text("一个占比写在几项之后", "the share stands behind several names")
_NO_PART = Text("找不到占比所说的数", "the figure that the share is of was not found")
_NO_WHOLE = Text("占比的分母没有写明", "what the share is taken of is not said")
_NO_BUDGET = Text("没有写明预算数", "the budget is not given")


def shares(view: View) -> Iterator[Relation | Remark]:
    """Yield for every share in prose that it is its part divided by its whole."""
    for share in view.facts:
        if share.measure != "share" or share.is_in_table:
            continue
        part = view.near(share, view.level, "count")
        whole = whole_of(view, share, part) if part else None
        subject = _about(view, share)
        if "、" in share.label:
            yield Remark("P101", subject, Outcome.UNDETERMINED, _SEVERAL, (share.span,))
        elif part and whole and part.amount.is_money == whole.amount.is_money:
            yield Relation("P101", subject, (Term(_ONE, part),), (Term(_ONE, whole),), share)
        else:
            reason = _NO_WHOLE if part else _NO_PART
            yield Remark("P101", subject, Outcome.UNDETERMINED, reason, (share.span,))


def whole_of(view: View, share: Fact, part: Fact) -> Fact | None:
    """Return the figure that a share is taken of."""
    beside = [fact for fact in view.beside(share) if fact.measure == part.measure]
    if share.base:
        return _named_whole(view, share.base, part, beside)
    subject = view.subject(part)
    wholes = list(_above(subject)) if subject else []
    said = [one for above in wholes for one in beside if view.subject(one) == above]
    known = [
        one
        for above in wholes
        for one in view.by_key.get(Key(above, part.measure, part.fiscal_year), ())
    ]
    if said or known:
        return _likeliest(share, part, [*(said or known), *_titled(view, share, part)])
    opening = beside[0]
    is_whole = opening.amount.value >= part.amount.value and opening.id != part.id
    return opening if is_whole and not view.near(opening, "share") else None


def _titled(view: View, share: Fact, part: Fact) -> Iterable[Fact]:
    """Return what the heading above names, as 一般公共预算当年拨款结构情况 does."""
    subject = named(_TITLE_ENDS.sub("", share.section.rsplit("/", 1)[-1]))
    return view.by_key.get(Key(subject, part.measure, part.fiscal_year), ()) if subject else ()


def _likeliest(share: Fact, part: Fact, wholes: list[Fact]) -> Fact:
    """Return the first whole that the share is right of; where the text names none, any may be."""
    fitting = (
        whole
        for whole in wholes
        if part.amount.is_money == whole.amount.is_money
        and not judge(Relation("P101", "", _one(part), _one(whole), share)).is_violated
    )
    return next(fitting, wholes[0])


def _one(fact: Fact) -> Form:
    return (Term(_ONE, fact),)


def _named_whole(view: View, base: str, part: Fact, beside: list[Fact]) -> Fact | None:
    subject = named(base)
    meant = _LOOSELY.get(subject) if subject else None
    said = [one for wanted in (subject, meant) for one in beside if view.subject(one) == wanted]
    said = [one for one in said if view.subject(one)]
    if subject and not said and (not meant or _is_alike(view.subject(part))):
        said = list(view.by_key.get(Key(subject, part.measure, part.fiscal_year), ()))
    said = said or [fact for fact in beside if fact.label == base]
    return said[0] if said else None


# 云南 calls the year's revenue and expenditure, with which the sentence opens, 总收入 and 总支出.
_LOOSELY = {
    Subject("total_revenue"): Subject("revenue", "total"),
    Subject("total_expenditure"): Subject("expenditure", "total"),
}


def _is_alike(part: Subject | None) -> bool:
    """Tell whether a total named elsewhere can hold a part: that of expenses is their own."""
    return part is None or part.indicator in ("revenue", "expenditure", "opening", "closing")


def _above(subject: Subject) -> Iterator[Subject]:
    """Yield what a subject is part of, the nearest first."""
    if subject.type in ("personnel_expenditure", "non_personnel_expenditure"):
        yield subject._replace(type="basic_expenditure")
    if subject.type:
        yield subject._replace(type=None)
    elif subject.source:
        yield subject._replace(source=None)
        yield Subject("total_revenue")
        yield from (subject._replace(source=one) for one in broader(subject.source))
    elif subject.code and subject.code != "total":
        yield subject._replace(code="total")
    elif subject.indicator == "expenditure" and subject.budget:
        yield subject._replace(budget=None)
    for term in sorted(broader(subject.indicator), key=lambda one: -len(broader(one))):
        yield Subject(term)


def completions(view: View) -> Iterator[Relation | Remark]:
    """Yield for every rate of completion that it is the final figure divided by the budget."""
    for rate in view.facts:
        if rate.measure != "completion":
            continue
        final = view.near(rate, "final") or view.elsewhere(rate, "final")
        budget = budget_meant(view, rate) or view.elsewhere(rate, "budget")
        subject = _about(view, rate)
        if final and budget:
            yield Relation("P102", subject, (Term(_ONE, final),), (Term(_ONE, budget),), rate)
        else:
            yield Remark("P102", subject, Outcome.UNDETERMINED, _NO_BUDGET, (rate.span,))


def budget_meant(view: View, fact: Fact) -> Fact | None:
    """Return the budget next to a fact that is held against one: the one its base names."""
    base = fact.base or ""
    named = "budget" if "年初" in base else "adjusted_budget" if ADJUSTED.search(base) else ""
    if named:
        return view.near(fact, named) or view.elsewhere(fact, named)
    return view.near(fact, "adjusted_budget", "budget")


def _about(view: View, fact: Fact) -> str:
    return f"{view.subject(fact) or fact.label}/{fact.measure}"


RULES = (
    Rule(
        id="P101",
        title=Text("占比等于部分除以整体", "a share is its part divided by its whole"),
        gist=Text(
            "文中写的占比，应当由所说的部分和整体算得出来。",
            "A share that is printed follows from its part and its whole.",
        ),
        why=Text(
            "比率与金额并列公开，须由金额复算得出。",
            "A rate published beside its amounts must follow from them.",
        ),
        false_positives=Text(
            "分母没有写明时按上一级取；截尾而未四舍五入只作提示。",
            "Without a stated whole the next one up is taken; digits cut off are a notice only.",
        ),
        severity=Severity.ERROR,
        law=("publication_rules/4", "budget_law/75"),
        find=shares,
        remedy=Text("按部分除以整体重算占比", "recompute the share"),
        good="""
本年支出合计 | final | 2940.05万元
基本支出 | final | 2336.91万元
基本支出 | share | 79.49%
""",
        bad="""
本年支出合计 | final | 2940.05万元
基本支出 | final | 2336.91万元
基本支出 | share | 79.94%
""",
    ),
    Rule(
        id="P102",
        title=Text("完成率等于决算数除以预算数", "completion is final over budget"),
        gist=Text(
            "文中写的完成预算百分比，应当等于决算数除以所说的预算数。",
            "A rate of completion is the final figure divided by the budget it names.",
        ),
        why=Text(
            "决算按预算数、调整预算数、决算数分别列出。",
            "Accounts list the budget, the adjusted budget and the final figure.",
        ),
        false_positives=Text(
            "文中没有写预算数时取表中的年初预算数。",
            "Where no budget is named, that of the table is taken.",
        ),
        severity=Severity.ERROR,
        law=("budget_law/75", "publication_rules/4"),
        find=completions,
        remedy=Text("按决算数除以预算数重算完成率", "recompute the rate of completion"),
        good="""
“三公”经费财政拨款支出 | budget | 2.85万元
“三公”经费财政拨款支出 | final | 0.39万元
“三公”经费财政拨款支出 | completion | 13.68%
""",
        bad="""
“三公”经费财政拨款支出 | budget | 2.85万元
“三公”经费财政拨款支出 | final | 0.39万元
“三公”经费财政拨款支出 | completion | 16.38%
""",
    ),
)
