"""Payments told one by one: together they are no more than the sum they are payments of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fiscal.errors import Text
from fiscal.model import Fact, Outcome
from fiscal.rules.relation import Relation
from fiscal.rules.rule import Remark, Rule, Severity
from fiscal.rules.sums import less
from fiscal.rules.view import View

__all__ = ["RULES"]

_PAYMENT = re.compile(
    r"^(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日)?.{0,6}(?:划拨|拨付|支付|下达|到账|拨款)"
)
_DATE = re.compile(r"(\d{1,2})月(\d{1,2})日.{0,6}(?:划拨|拨付|支付|下达|到账|拨款)")
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


def order(view: View) -> Iterator[Remark]:
    """Yield whether the dated payments of a paragraph follow one another in time.

    A date that says its year, or one of January behind one of a later month of a list that runs
    to its end, may be of the year after: only a list that goes back and forth is out of order.
    """
    for place in view.paragraphs.values():
        dated = [(fact, found) for fact in place.facts if (found := _DATE.match(fact.label))]
        days = [(int(found[1]), int(found[2])) for _, found in dated]
        backward = [at for at in range(1, len(days)) if days[at] < days[at - 1]]
        if len(days) <= _LEAST:
            continue
        turned = bool(backward) and days[-1] > days[0]
        spans = tuple(dated[at][0].span for at in backward) if turned else (dated[0][0].span,)
        outcome = Outcome.VIOLATED if turned else Outcome.HOLDS
        yield Remark("L703", "payments/dates", outcome, _OUT_OF_ORDER, spans)


_OUT_OF_ORDER = Text("逐笔拨付的日期先后错乱", "the dates of payments go back and forth")

RULES = (
    Rule(
        id="L703",
        title=Text("逐笔拨付按日期先后", "payments stand in the order of their dates"),
        gist=Text("逐笔拨付的日期，不应忽前忽后。", "Dates do not go back and forth."),
        why=Text("日期错乱多半是笔误。", "Dates out of order are as a rule slips."),
        false_positives=Text("按来源而非日期排列。", "The list may be by source, not by date."),
        severity=Severity.NOTICE,
        law=("performance_measures",),
        find=order,
        remedy=Text("核对拨付日期", "check the dates"),
        good="""
资金计划 | final | 50.00万元
1月24日划拨 | final | 16.00万元
3月27日划拨 | final | 24.00万元
4月12日划拨 | final | 10.00万元
""",
        bad="""
资金计划 | final | 50.00万元
1月24日划拨 | final | 16.00万元
3月27日划拨 | final | 24.00万元
2月12日划拨 | final | 10.00万元
""",
    ),
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
        law=("performance_measures", "budget_law/75"),
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
