"""Judging relations: whether what is printed leaves room for them to hold.

Without a rate a form must come to nothing (or not above it) within its tolerance. With a rate,
g = 100·form − rate·whole must be able to vanish while every figure stays within what its printing
leaves open. For a given rate g is affine, so that its extremes over that box lie at the two ends of
the rate, and as g is continuous it vanishes somewhere just where they have not one sign.

Nothing is rounded on the way: all numbers are whole or fractions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from fiscal.errors import Text
from fiscal.model import Fact, Outcome
from fiscal.rules.relation import Form, Relation, Term
from fiscal.rules.tolerance import Weighed, cancelled, half_width, weigh

__all__ = ["REASONS", "Band", "Judgement", "judge", "judge_all"]

_HUNDRED = Fraction(100)
ZERO_DENOMINATOR = "zero_denominator"
NEGATIVE_DENOMINATOR = "negative_denominator"
MISSING_PARTS = "missing_parts"
REASONS = {
    ZERO_DENOMINATOR: Text("基数为零，比率无意义", "the base is zero, so there is no rate"),
    NEGATIVE_DENOMINATOR: Text("基数为负，比率无意义", "the base is negative: no rate"),
    MISSING_PARTS: Text("可能未列全，无法判断", "parts may be missing"),
}


class Band(StrEnum):
    """How well figures fit: exactly, by rounding, barely, or not at all."""

    EXACT = "exact"
    ROUNDING = "rounding"
    TIGHT = "tight"
    VIOLATED = "violated"


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a relation came out.

    `stated` is the figure that is held against the others, the first of the form or the rate, and
    `computed` what they make of it, both in its base unit; `difference` is the one less the other,
    `tolerance` how large it may be. All are None where there was nothing to compute.
    """

    relation: Relation
    outcome: Outcome
    band: Band | None = None
    reason: str | None = None
    stated: Fraction | None = None
    computed: Fraction | None = None
    tolerance: Fraction | None = None

    @property
    def difference(self) -> Fraction | None:
        """Stated less computed."""
        if self.stated is None or self.computed is None:
            return None
        return self.stated - self.computed

    @property
    def is_violated(self) -> bool:
        """Tell whether no rounding explains the difference."""
        return self.outcome is Outcome.VIOLATED


def judge_all(relations: Iterable[Relation]) -> list[Judgement]:
    """Judge relations in their order."""
    return [judge(relation) for relation in relations]


def judge(relation: Relation) -> Judgement:
    """Judge one relation."""
    return _judge_rate(relation, relation.rate) if relation.rate else _judge_form(relation)


def _judge_form(relation: Relation) -> Judgement:
    weighed = weigh(cancelled(relation.form).values())
    band = _band(weighed, relation.is_bound)
    lead = relation.form[0]
    times, parts = abs(lead.coefficient.numerator), lead.coefficient.denominator
    tolerance = Fraction(weighed.tolerance * parts, weighed.scale * times)
    residual = Fraction(weighed.residual * parts, weighed.scale * lead.coefficient.numerator)
    stated = lead.fact.amount.value
    outcome = Outcome.VIOLATED if band is Band.VIOLATED else Outcome.HOLDS
    if band is Band.VIOLATED and _is_cut_off(relation):
        band, outcome = Band.TIGHT, Outcome.HOLDS
    is_open = outcome is Outcome.VIOLATED and relation.is_partial and _may_be_partial(relation)
    return Judgement(
        relation,
        Outcome.UNDETERMINED if is_open else outcome,
        None if is_open else band,
        MISSING_PARTS if is_open else None,
        stated,
        stated - residual if residual else stated,
        tolerance,
    )


def _may_be_partial(relation: Relation) -> bool:
    """Tell whether figures that are not there could fill the gap: none can where parts exceed."""
    lead, *parts = relation.form
    gap = _value(relation.form) / lead.coefficient
    return gap > 0 or any(term.fact.amount.value < 0 for term in parts)


def _is_cut_off(relation: Relation) -> bool:
    """Tell whether the first figure is the second with its last digits cut off, not rounded."""
    if len(relation.form) != 2:
        return False
    (first, short), (second, full) = relation.form
    lost = full.amount.value - short.amount.value
    from_zero = lost if full.amount.value > 0 else -lost
    return first == -second and 0 <= from_zero < 2 * half_width(short)


def _band(weighed: Weighed, is_bound: bool) -> Band:
    residual, tolerance, spread, _ = weighed
    gap = max(residual, 0) if is_bound else abs(residual)
    if gap == 0:
        return Band.EXACT
    if gap > tolerance:
        return Band.VIOLATED
    return Band.ROUNDING if gap * gap <= 3 * spread else Band.TIGHT


def _judge_rate(relation: Relation, rate: Fact) -> Judgement:
    part, whole = _value(relation.form), _value(relation.whole)
    if whole <= 0:
        reason = NEGATIVE_DENOMINATOR if whole else ZERO_DENOMINATOR
        return Judgement(relation, Outcome.UNDETERMINED, None, reason, rate.amount.value)
    computed, half = _HUNDRED * part / whole, half_width(rate)
    stated = rate.amount.value
    band = _rate_band(relation, stated, half, computed)
    room = _room(relation, stated, whole)
    outcome = Outcome.VIOLATED if band is Band.VIOLATED else Outcome.HOLDS
    return Judgement(relation, outcome, band, None, stated, computed, half + room)


def _rate_band(relation: Relation, stated: Fraction, half: Fraction, computed: Fraction) -> Band:
    if stated == computed:
        return Band.EXACT
    if _is_feasible(relation, stated - half, stated + half):
        return Band.ROUNDING
    # Digits cut off instead of rounded leave a rate that is nearer to zero than the true one.
    is_positive = (stated or computed) > 0
    cut = (stated, stated + 2 * half) if is_positive else (stated - 2 * half, stated)
    return Band.TIGHT if _is_feasible(relation, *cut) else Band.VIOLATED


def _is_feasible(relation: Relation, lowest: Fraction, highest: Fraction) -> bool:
    """Tell whether some figures within what is printed give a rate between the two."""
    ends = [weigh(_at_rate(relation, rate)) for rate in (lowest, highest)]
    return any(end.residual - end.tolerance <= 0 for end in ends) and any(
        end.residual + end.tolerance >= 0 for end in ends
    )


def _at_rate(relation: Relation, rate: Fraction) -> list[tuple[Fraction, Fact]]:
    """Return g = 100·form − rate·whole for one rate, every figure once."""
    terms = [
        *(Term(_HUNDRED * coefficient, fact) for coefficient, fact in relation.form),
        *(Term(-rate * coefficient, fact) for coefficient, fact in relation.whole),
    ]
    return list(cancelled(tuple(terms)).values())


def _room(relation: Relation, rate: Fraction, whole: Fraction) -> Fraction:
    """Return how far the printing of the amounts alone lets the rate move."""
    weighed = weigh(_at_rate(relation, rate))
    return Fraction(weighed.tolerance, weighed.scale) / whole


def _value(form: Form) -> Fraction:
    return sum((coefficient * fact.amount.value for coefficient, fact in form), Fraction(0))
