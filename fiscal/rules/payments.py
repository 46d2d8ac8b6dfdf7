"""Payments told one by one: together they are no more than the sum they are payments of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fiscal.errors import Text
from fiscal.model import Fact
from fiscal.rules.relation import Relation
from fiscal.rules.rule import Rule, Severity
from fiscal.rules.sums import less
from fiscal.rules.view import View

__all__ = ["RULES"]

_PAYMENT = re.compile(
    r"^(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日)?.{0,6}(?:划拨|拨付|支付|下达|到账|拨款)"
)
_LEAST = 2


def payments(view: View) -> Iterator[Relation]:
    """Yield for the dated payments of a paragraph that they come to the figure before them."""
    for place in view.paragraphs.values():
        paid: list[Fact] = []
        whole: Fact | None = None
        for fact in place.facts:
            if fact.amount.is_money and _PAYMENT.match(fact.label):
                paid.append(fact)
            elif fact.amount.is_money and not paid:
                whole = fact
        if whole and len(paid) >= _LEAST:
            yield Relation("S401", "payments", less(whole, paid), is_partial=True)


RULES = (
    Rule(
        id="S401",
        title=Text("逐笔拨付之和不大于总额", "payments come to no more than their sum"),
        gist=Text(
            "按日期逐笔列出的拨付，加起来不应超过所说的总额。",
            "Payments listed by date come to no more than the sum they are of.",
        ),
        why=Text(
            "绩效报告所列资金到位情况须与预算一致。",
            "What performance reports say of payments agrees with the budget.",
        ),
        false_positives=Text(
            "总额取同一段中拨付之前最近的金额。",
            "The sum is the last amount of the paragraph before the payments.",
        ),
        severity=Severity.ERROR,
        law=("performance_measures", "budget_law:75"),
        find=payments,
        good="""
资金计划 | final | 40.00万元
1月24日划拨 | final | 16.00万元
3月27日划拨 | final | 24.00万元
""",
        bad="""
资金计划 | final | 40.00万元
1月24日划拨 | final | 16.00万元
3月27日划拨 | final | 42.00万元
""",
    ),
)
