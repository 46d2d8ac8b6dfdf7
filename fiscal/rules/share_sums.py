"""Shares of one whole: where the parts come to it, their shares come to a hundred percent.

Parts that do not come to their whole are not all of them, and nothing is said of their shares.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from fiscal.errors import Text
from fiscal.model import Fact, Outcome
from fiscal.money import format_rounded
from fiscal.rules.evaluate import judge
from fiscal.rules.relation import Relation
from fiscal.rules.rule import Remark, Rule, Severity
from fiscal.rules.shares import shares
from fiscal.rules.sums import less
from fiscal.rules.tolerance import half_width
from fiscal.rules.view import View

__all__ = ["RULES"]

_HUNDRED = Fraction(100)


def sums(view: View) -> Iterator[Remark]:
    """Yield for the parts of a paragraph's whole whether their shares come to a hundred."""
    groups: defaultdict[tuple[int, str], list[Relation]] = defaultdict(list)
    for found in shares(view):
        if isinstance(found, Relation) and found.rate:
            groups[view.paragraph_of(found.rate), found.whole[0].fact.id].append(found)
    for relations in groups.values():
        if len(relations) > 1 and _are_all(relations):
            whole = relations[0].whole[0].fact
            rates = [relation.rate for relation in relations if relation.rate]
            yield _summed(f"{view.subject(whole) or whole.label}/shares", rates)


def _are_all(relations: list[Relation]) -> bool:
    """Tell whether the parts make the whole: then they are all there, and none stands twice."""
    whole = relations[0].whole[0].fact
    parts = [relation.form[0].fact for relation in relations]
    return not judge(Relation("P103", "parts", less(whole, parts))).is_violated


def _summed(subject: str, rates: list[Fact]) -> Remark:
    """Hold the sum against a hundred: cut off, each share may be a whole place too small."""
    total = sum((rate.amount.value for rate in rates), Fraction(0))
    leeway = sum(map(half_width, rates), Fraction(0))
    fits = -2 * leeway <= total - _HUNDRED <= leeway
    told = format_rounded(total, max(rate.amount.decimals for rate in rates))
    return Remark(
        "P103",
        subject,
        Outcome.HOLDS if fits else Outcome.VIOLATED,
        Text(f"各项占比之和为{told}%", f"the shares come to {told}%"),
        tuple(rate.span for rate in rates),
    )


RULES = (
    Rule(
        id="P103",
        title=Text("各项占比之和为100%", "shares of all parts come to 100 percent"),
        gist=Text(
            "各部分相加等于整体时，各自的占比相加应为100%，只差舍入。",
            "Where parts add up to their whole, their shares add up to 100 percent but for "
            "rounding.",
        ),
        why=Text("占比由金额算出，合起来就是整体。", "Shares follow from amounts that are all."),
        false_positives=Text(
            "算错的占比本身另由 P101 报出。", "P101 reports the share that is wrong by itself."
        ),
        severity=Severity.NOTICE,
        law=("publication_rules/4",),
        find=sums,
        remedy=Text("重算各项占比", "recompute the shares"),
        good="""
本年支出合计 | final | 100.00万元
基本支出 | final | 66.67万元
基本支出 | share | 66.67%
项目支出 | final | 33.33万元
项目支出 | share | 33.33%
""",
        bad="""
本年支出合计 | final | 100.00万元
基本支出 | final | 66.67万元
基本支出 | share | 66.67%
项目支出 | final | 33.33万元
项目支出 | share | 34.33%
""",
    ),
)
