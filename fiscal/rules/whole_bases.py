"""Rates of change of things counted: last year's number was whole as well.

92项，同比减少12.4% says that there were 105; where no whole number gives the rate it is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from fiscal.errors import Text
from fiscal.model import Fact, Outcome
from fiscal.rules.rule import PUBLISHED, Remark, Rule, Severity
from fiscal.rules.tolerance import half_width
from fiscal.rules.view import View

__all__ = ["RULES"]

_HUNDRED = Fraction(100)
_NOT_WHOLE = ("平方米", "吨", "公里", "小时", "亩")


def bases(view: View) -> Iterator[Remark]:
    """Yield whether some whole number of last year gives the rate of a count."""
    for rate in view.facts:
        count = view.near(rate, "count") if rate.measure == "change_rate" else None
        if count and not rate.is_in_table and _is_exact(count) and rate.amount.value > -_HUNDRED:
            yield _based(rate, count)


def _is_exact(count: Fact) -> bool:
    is_whole = count.amount.decimals == 0 and count.amount.unit not in _NOT_WHOLE
    return is_whole and not count.amount.is_money and "approximate" not in count.flags


def _based(rate: Fact, count: Fact) -> Remark:
    """Look between the bases of the greatest and the least rate that may be printed so."""
    value, width, now = rate.amount.value, 2 * half_width(rate), count.amount.value
    least = now / (1 + (value + width) / _HUNDRED)
    lowest = 1 + (value - width) / _HUNDRED
    most = now / lowest if lowest > 0 else Fraction(floor(least) + 1)
    base = ceil(least)
    fits = base <= most
    told = f"{count.span.quote}{count.amount.unit}"
    return Remark(
        "Y106",
        f"{count.label}/base",
        Outcome.HOLDS if fits else Outcome.VIOLATED,
        Text(
            f"上年数为{base}，与比率相符"
            if fits
            else f"没有一个整数的上年数能使{told}的增减率为{rate.span.quote}%",
            f"{base} before gives the rate" if fits else f"no whole number before gives {told}",
        ),
        (count.span, rate.span),
    )


RULES = (
    Rule(
        id="Y106",
        title=Text("数量的增减率有整数的上年数", "a count's rate has a whole number before it"),
        gist=Text(
            "件数、批次等的增减率，应能由一个整数的上年数算出。",
            "The rate by which a count rose or fell follows from some whole number of last year.",
        ),
        why=Text("比率须由数字算得出来。", "A rate follows from figures."),
        false_positives=Text(
            "数字是约数，或者与另一时期比较。", "The count is rounded, or compared otherwise."
        ),
        severity=Severity.NOTICE,
        law=("publication_rules/4",),
        find=bases,
        kinds=PUBLISHED,
        remedy=Text("按上年数重算增减率", "recompute the rate from last year's number"),
        good="""
督查事项 | count | 92项
督查事项 | change_rate | -12.4%
""",
        bad="""
督查事项 | count | 9项
督查事项 | change_rate | -12.4%
""",
    ),
)
