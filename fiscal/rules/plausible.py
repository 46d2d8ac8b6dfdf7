"""How a document prints its figures, and what a figure of some kind hardly is.

What was meant is likelier an amount such as the document prints elsewhere: in a unit that it uses,
with as many decimals. And some values hardly occur: an expense below nothing, a share above 100 %.
All costs are in bits, as of the slips of `typing_errors`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from fiscal.model import Fact
from fiscal.money import UNITS, Amount, format_rounded

__all__ = ["Usage", "implausible", "unusual", "usage_of"]

_SIGNED = ("change", "change_rate", "budget_difference")
_OF_A_HUNDRED = ("share", "score", "target", "actual")
_HUNDREDTHS = ("%", "分")
_HIGHEST_RATE = 1000
# What a value costs that this kind of figure hardly has.
_IMPLAUSIBLE = 8
# An amount that is so many times the largest hardly belongs to the same body.
_FAR_MORE = 10
# What it costs to have meant a unit other than the usual one.
_RARE_UNIT = 3
# What it costs to have meant more decimals than such figures have.
_MORE_DECIMALS = 10
# What it costs to have meant an amount of which the usual unit shows no more than one digit.
_TINY = 8


@dataclass(frozen=True)
class Usage:
    """The usual decimals by unit, the unit of most amounts of money, and the largest, in yuan."""

    decimals: Mapping[str, int]
    money: str
    largest: Fraction

    def rounded(self, value: Fraction, unit: str) -> Amount:
        """Return a value as it is usually printed in some unit."""
        number = format_rounded(value / UNITS.get(unit, 1), self.decimals[unit])
        return Amount(Decimal(number), unit)


def usage_of(amounts: Iterable[Amount]) -> Usage:
    """Return how amounts are printed."""
    decimals: dict[str, Counter[int]] = defaultdict(Counter)
    largest = Decimal(0)
    for amount in amounts:
        decimals[amount.unit][amount.decimals] += 1
        largest = max(largest, abs(amount.number) * UNITS.get(amount.unit, 0))
    money = [unit for unit in decimals if unit in UNITS]
    return Usage(
        {unit: _commonest(counts) for unit, counts in decimals.items()},
        min(money, key=lambda unit: (-decimals[unit].total(), unit), default=""),
        Fraction(largest),
    )


def _commonest(counts: Counter[int]) -> int:
    return min(counts, key=lambda decimals: (-counts[decimals], -decimals))


def unusual(usage: Usage, printed: Amount, meant: Amount) -> int:
    """Return what it costs to have meant an amount that the document would print otherwise."""
    usual = max(printed.decimals, usage.decimals.get(meant.unit, 0))
    cost = _MORE_DECIMALS if meant.decimals > usual else 0
    if meant.is_money and abs(meant.value) > _FAR_MORE * usage.largest:
        cost += _IMPLAUSIBLE
    if meant.unit == printed.unit or not meant.is_money:
        return cost
    step = Amount(Decimal(1).scaleb(1 - usage.decimals[usage.money]), usage.money)
    cost += _TINY if abs(meant.value) < step.value else 0
    return cost + (_RARE_UNIT if meant.unit != usage.money else 0)


def implausible(fact: Fact, value: Fraction) -> int:
    """Return what a value costs that this kind of figure hardly has."""
    unit = fact.amount.unit
    is_below = value < 0 and fact.measure not in _SIGNED
    is_above = value > 100 and unit in _HUNDREDTHS and fact.measure in _OF_A_HUNDRED
    is_beyond = abs(value) > _HIGHEST_RATE and unit == "%"
    return _IMPLAUSIBLE if is_below or is_above or is_beyond else 0
