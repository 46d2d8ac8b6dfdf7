"""What is said to be equal without a numeral: 决算数与预算数持平 beside a rate of completion.

A budget that is not printed is then the final figure itself, so that the rate is that of a figure
over itself: 100·final = rate·final. Of a final figure of nothing there is no rate.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from fiscal.errors import Text
from fiscal.model import Fact, Statement
from fiscal.rules.relation import Relation, Term
from fiscal.rules.rule import Rule, Severity
from fiscal.rules.view import View

__all__ = ["RULES"]

_ONE = Fraction(1)


def equal_to_budget(view: View) -> Iterator[Relation]:
    """Yield that what is called equal to its budget is all of it."""
    for said in view.statements:
        rate = _rate_before(view, said) if said.kind == "equal_to_budget" else None
        final = view.near(rate, "final") if rate else None
        if rate and final:
            form = (Term(_ONE, final),)
            yield Relation("N106", f"{view.subject(rate) or rate.label}/equal", form, form, rate)


def _rate_before(view: View, said: Statement) -> Fact | None:
    """Return the rate of completion of the same sentence, the last before what is said."""
    start = view.paragraph_at(said.span.start)
    place = view.paragraphs.get(start)
    rates = [
        fact
        for fact in (place.facts if place else ())
        if fact.measure == "completion"
        and fact.span.end <= said.span.start
        and "。" not in view.document.text[fact.span.end : said.span.start]
    ]
    return rates[-1] if rates else None


RULES = (
    Rule(
        id="N106",
        title=Text("与预算持平即完成预算的100%", "equal to its budget is 100 percent of it"),
        gist=Text(
            "同一句里说决算数与预算数持平，完成率就应是100%。",
            "What a sentence calls equal to its budget is completed by 100 percent.",
        ),
        why=Text("用词是对数字的解释。", "The word explains the figures."),
        false_positives=Text(
            "完成率与持平所指的不是同一个预算数时应当写明。",
            "The rate may be of another budget than the word; that should be said.",
        ),
        severity=Severity.WARNING,
        law=("publication_rules/4", "budget_law/75"),
        find=equal_to_budget,
        remedy=Text("核对完成率和用词，改正错的一个", "check both, and correct the wrong one"),
        good="""
教育支出 | final | 60.00万元 | 205
教育支出 | completion | 100% | 205
教育支出 | equal_to_budget | 决算数与预算数持平
""",
        bad="""
教育支出 | final | 60.00万元 | 205
教育支出 | completion | 89.50% | 205
教育支出 | equal_to_budget | 决算数与预算数持平
""",
    ),
)
