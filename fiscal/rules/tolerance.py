"""How far figures may lie apart and still agree as printed.

A figure stands for every value within half of its last printed place. A form Σ cᵢ·xᵢ can be off by
t = Σ|cᵢ|·hᵢ and no more. A figure that stands in a form twice is one figure: it is put together
before tolerances are added. Of long sums most of t is out of reach, for errors of rounding fall on
both sides: three standard deviations, 3·√(Σ cᵢ²·(2hᵢ)²/12), part what is usual from what is barely
possible.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import NamedTuple

from fiscal.model import Fact
from fiscal.money import Amount
from fiscal.rules.relation import Form

__all__ = ["ROUNDED_ZERO", "Weighed", "cancelled", "half_width", "weigh"]

# The flag of a bare 0 in prose that tells its money in whole units.
ROUNDED_ZERO = "zero stands for less than one half"


class Weighed(NamedTuple):
    """A form in whole numbers: `residual`, `tolerance` and `spread` (Σ c²h²) in units of 1/scale.

    The spread is in units of 1/scale².
    """

    residual: int
    tolerance: int
    spread: int
    scale: int


def half_width(fact: Fact, zero_is_rounded: bool = False) -> Fraction:
    """Return half of the last printed place of a fact.

    A bare 0 of money is exact, unless it stands among whole figures that were rounded like it.
    """
    return _interval(fact, zero_is_rounded)[1]


def _interval(fact: Fact, zero_is_rounded: bool) -> tuple[Fraction, Fraction]:
    rounded = zero_is_rounded or ROUNDED_ZERO in fact.flags
    return _printed(str(fact.amount.number), fact.amount.unit, rounded)


@lru_cache(maxsize=65536)
def _printed(number: str, unit: str, zero_is_rounded: bool) -> tuple[Fraction, Fraction]:
    # Kept by the text: 1.0 and 1.00 are equal numbers, but not printed alike.
    amount = Amount(Decimal(number), unit)
    is_open = zero_is_rounded and amount.is_money
    return amount.value, amount.rounded_half_width if is_open else amount.half_width


def cancelled(form: Form) -> dict[str, tuple[Fraction, Fact]]:
    """Return the coefficient of every fact by its id, those left out that cancel."""
    found: dict[str, tuple[Fraction, Fact]] = {}
    for coefficient, fact in form:
        before = found.get(fact.id)
        found[fact.id] = (coefficient + before[0] if before else coefficient, fact)
    return {fact_id: term for fact_id, term in found.items() if term[0]}


def weigh(terms: Iterable[tuple[Fraction, Fact]]) -> Weighed:
    """Return what a form comes to, and how far rounding can have carried it."""
    held = list(terms)
    rounded = zero_is_rounded(fact for _, fact in held)
    rows = [(c, *_interval(fact, rounded)) for c, fact in held]
    scale = lcm(*(c.denominator * lcm(v.denominator, h.denominator) for c, v, h in rows))
    residual = tolerance = spread = 0
    for c, value, half in rows:
        times = c.numerator * (scale // c.denominator)
        residual += times * value.numerator // value.denominator
        width = abs(times) * half.numerator // half.denominator
        tolerance += width
        spread += width * width
    return Weighed(residual, tolerance, spread, scale)


def zero_is_rounded(facts: Iterable[Fact]) -> bool:
    """Tell whether a bare 0 among these was rounded like them: where none has decimals."""
    return all(fact.amount.decimals == 0 for fact in facts)
