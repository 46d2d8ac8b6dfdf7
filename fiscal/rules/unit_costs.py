"""Costs by the piece: a guest, a vehicle kept, a vehicle bought. None is proved wrong by them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from fiscal.errors import Text
from fiscal.model import Fact, Outcome
from fiscal.money import format_rounded
from fiscal.rules.rule import PUBLISHED, Find, Remark, Rule, Severity
from fiscal.rules.subject import Subject
from fiscal.rules.view import View

__all__ = ["RULES"]

_WAN = Fraction(10000)


class _Usual(NamedTuple):
    """What one of something costs as a rule, in yuan."""

    rule: str
    cost: str
    number: str
    least: Fraction
    most: Fraction
    of: Text


_GUEST = _Usual(
    "R202",
    "official_receptions",
    "reception_persons",
    Fraction(20),
    Fraction(500),
    Text("人次", "guest"),
)
_KEPT = _Usual(
    "R203", "vehicle_operation", "vehicles_held", _WAN, 8 * _WAN, Text("辆", "vehicle kept")
)
_OWNED = _KEPT._replace(number="vehicles_owned")
_BOUGHT = _Usual(
    "R204", "vehicle_purchase", "vehicles_bought", 5 * _WAN, 45 * _WAN, Text("辆", "vehicle bought")
)


def guests(view: View) -> Iterator[Remark]:
    """Yield whether a guest cost what guests cost."""
    yield from _costs(view, _GUEST)


def kept(view: View) -> Iterator[Remark]:
    """Yield whether a vehicle cost to run what vehicles cost."""
    yield from _costs(view, _KEPT)
    yield from _costs(view, _OWNED)


def bought(view: View) -> Iterator[Remark]:
    """Yield whether vehicles were bought just where money was spent on it, at a usual price."""
    yield from _costs(view, _BOUGHT)


def _costs(view: View, usual: _Usual) -> Iterator[Remark]:
    year = view.profile.fiscal_year
    costs = view.mentions(Subject(usual.cost), view.level, year)
    counts = view.mentions(Subject(usual.number), "count", year)
    if costs and counts:
        yield _judged(usual, costs[0], counts[0])


def _judged(usual: _Usual, cost: Fact, count: Fact) -> Remark:
    spans = (cost.span, count.span)
    spent, number = cost.amount.value, count.amount.value
    if number and spent:
        each = spent / number
        told = (
            f"{format_rounded(each / _WAN, 2)}万元"
            if each >= _WAN
            else f"{format_rounded(each, 2)}元"
        )
        fits = usual.least <= each <= usual.most
        message = Text(f"每{usual.of.zh}{told}", f"{told} for each {usual.of.en}")
    else:
        # One of the two is nothing: a cost without what it is for, or the reverse.
        fits = not number and not spent
        message = Text("金额和数量只有一个为零", "only one of cost and number is nothing")
    outcome = Outcome.HOLDS if fits else Outcome.VIOLATED
    return Remark(usual.rule, f"{usual.cost}/{usual.number}", outcome, message, spans)


def _in_wan(value: Fraction) -> str:
    return f"{format_rounded(value / _WAN, 2)}万元"


def _rule(
    usual: _Usual,
    title: Text,
    gist: Text,
    false_positives: Text,
    law: tuple[str, ...],
    find: Find,
    good: str,
    bad: str,
) -> Rule:
    return Rule(
        id=usual.rule,
        title=title,
        gist=gist,
        why=_WHY,
        false_positives=false_positives,
        severity=Severity.NOTICE,
        law=law,
        find=find,
        kinds=PUBLISHED,
        remedy=Text("核对金额和数量", "check the cost and the number"),
        good=good,
        bad=bad,
    )


_WHY = Text("金额与数量相差悬殊，多半有一个写错。", "Far from the usual, one is as a rule wrong.")

RULES = (
    _rule(
        _GUEST,
        Text("人均接待费在常见范围内", "a guest costs what guests cost"),
        Text(
            "公务接待费除以人次，一般在20元至500元之间。", "As a rule a guest costs 20 to 500 yuan."
        ),
        Text("含会议、外事等较大的接待。", "Large receptions cost more."),
        ("reception_rules", "publication_rules/annex"),
        guests,
        """
公务接待费 | final | 2.31万元
公务接待人次 | count | 197人次
""",
        """
公务接待费 | final | 231.00万元
公务接待人次 | count | 197人次
""",
    ),
    _rule(
        _KEPT,
        Text("车均运行费在常见范围内", "a vehicle costs what vehicles cost to run"),
        Text(
            "公务用车运行维护费除以车辆数，一般每辆1万元至8万元。",
            "As a rule a vehicle costs 10,000 to 80,000 yuan a year to run.",
        ),
        Text("年中增减车辆，或者含租车费用。", "Vehicles came or went in the year, or were hired."),
        ("vehicle_measures/4", "publication_rules/annex"),
        kept,
        """
公务用车运行维护费 | final | 12.00万元
公务用车保有量 | count | 4辆
""",
        """
公务用车运行维护费 | final | 260.00万元
公务用车保有量 | count | 20辆
""",
    ),
    _rule(
        _BOUGHT,
        Text("购车费与购车数相称", "vehicles bought and their cost go together"),
        Text(
            "有购置费就有购置数，没有就都没有；每辆一般5万元至45万元。",
            "Where vehicles were bought money was spent, as a rule 50,000 to 450,000 yuan each.",
        ),
        Text("跨年付款，或者购置特种车辆。", "Paid in another year, or special vehicles."),
        ("vehicle_measures/4", "publication_rules/annex"),
        bought,
        """
公务用车购置费 | final | 36.00万元
公务用车购置数 | count | 2辆
""",
        """
公务用车购置费 | final | 36.00万元
公务用车购置数 | count | 0辆
""",
    ),
)
