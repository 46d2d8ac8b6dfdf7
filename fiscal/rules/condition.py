"""A relation as inequalities over a few figures whose values are free.

Σ c·x ≤ 0 must be possible while every figure but the free ones stays within what its printing
leaves open; so the fixed ones give a bound to the free ones. A relation with a rate is affine for
a given rate: it holds for some rate from p to q, with a base not below zero, exactly when
100·form − p·base ≥ 0 and 100·form − q·base ≤ 0 can both be met.

A free rate that stands with free amounts in one relation makes it bilinear. Such a relation is
taken to be satisfiable by any base that is not below zero, which is so unless another relation
holds the rate as well: it can only add a set of suspects, never hide one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import NamedTuple

from fiscal.model import Fact, Outcome
from fiscal.rules.evaluate import judge
from fiscal.rules.relation import Form, Relation, Term
from fiscal.rules.tolerance import cancelled, half_width, zero_is_rounded

__all__ = ["Bound", "Condition"]

_HUNDRED = Fraction(100)


class Bound(NamedTuple):
    """Σ `coefficients`·free figures ≤ `most`."""

    coefficients: tuple[int, ...]
    most: Fraction


class _Half(NamedTuple):
    """Σ cᵢ·xᵢ ≤ 0: `taken` holds cᵢ, `least` the least of cᵢ·xᵢ in units of 1/scale."""

    taken: Mapping[int, int]
    least: Mapping[int, int]
    total: int
    scale: int

    def bound(self, free: tuple[int, ...]) -> Bound:
        fixed = self.total - sum(self.least.get(each, 0) for each in free)
        return Bound(tuple(self.taken.get(each, 0) for each in free), Fraction(-fixed, self.scale))


@dataclass(frozen=True)
class Condition:
    """A relation over figures that are known by number."""

    relation: Relation
    number_of: Mapping[str, int]

    @cached_property
    def figures(self) -> frozenset[int]:
        """The figures that it speaks of; one that cancels out is not among them."""
        named = (*cancelled(self.relation.form), *cancelled(self.relation.whole))
        return frozenset(self.number_of[key] for key in named) | self._rate

    @cached_property
    def is_violated(self) -> bool:
        """Tell whether the printed figures do not meet it."""
        return judge(self.relation).is_violated

    @cached_property
    def is_exceeded(self) -> bool:
        """Tell whether parts, of which some may be missing, exceed their whole."""
        return self.relation.is_partial and self.is_violated

    def bounds(self, free: tuple[int, ...], is_complete: bool = False) -> Iterator[Bound]:
        """Yield what it asks of the free figures.

        Where `is_complete`, parts that exceed their whole are taken to be all of its parts.
        """
        if self.relation.rate is None:
            halves = self._all_halves if is_complete and self.is_exceeded else self._halves
            yield from (half.bound(free) for half in halves)
        elif not self._rate.isdisjoint(free):
            yield from self._bounds_of_rate(free)
        elif self._has_base or not self._halves[-1].taken.keys().isdisjoint(free):
            yield from (half.bound(free) for half in self._halves)

    def column(self, figure: int) -> tuple[Fraction, ...]:
        """Return how often it takes a figure: the figure's column in the matrix of relations."""
        if figure in self._rate:
            return (_value(self.relation.whole),)
        return tuple(Fraction(half.taken.get(figure, 0)) for half in self._halves)

    @cached_property
    def _rate(self) -> frozenset[int]:
        rate = self.relation.rate
        return frozenset({self.number_of[rate.id]}) if rate else frozenset()

    @cached_property
    def _has_base(self) -> bool:
        return _value(self.relation.whole) > 0

    @cached_property
    def _halves(self) -> tuple[_Half, ...]:
        relation = self.relation
        if relation.rate is None:
            return tuple(self._half(side) for side in self._sides)
        low, high = _printed_rates(relation.rate)
        return (
            self._half(_less(self._at_rate(low))),
            self._half(self._at_rate(high)),
            self._half(_less(relation.whole)),
        )

    @cached_property
    def _all_halves(self) -> tuple[_Half, ...]:
        return self._half(self.relation.form), self._half(_less(self.relation.form))

    @property
    def _sides(self) -> tuple[Form, ...]:
        """The forms that must not come to more than nothing.

        Where parts may be missing, only their excess over the whole is asked about; where they
        come to the whole as printed, none is missing.
        """
        form, less = self.relation.form, _less(self.relation.form)
        if self.relation.is_bound:
            return (form,)
        if self.relation.is_partial and judge(self.relation).outcome is not Outcome.HOLDS:
            return (less,) if form[0].coefficient > 0 else (form,)
        return (form, less)

    def _at_rate(self, rate: Fraction) -> Form:
        """Return 100·form − rate·whole."""
        return (
            *(Term(_HUNDRED * each.coefficient, each.fact) for each in self.relation.form),
            *(Term(-rate * each.coefficient, each.fact) for each in self.relation.whole),
        )

    def _half(self, form: Form) -> _Half:
        terms = cancelled(form)
        rounded = zero_is_rounded(fact for _, fact in terms.values())
        whole = lcm(*(coefficient.denominator for coefficient, _ in terms.values()))
        taken, least = {}, {}
        for fact_id, (coefficient, fact) in terms.items():
            times = int(coefficient * whole)
            taken[self.number_of[fact_id]] = times
            width = half_width(fact, zero_is_rounded=rounded)
            if fact_id == self._cut_off and times * fact.amount.value <= 0:
                width *= 2
            least[self.number_of[fact_id]] = times * fact.amount.value - abs(times) * width
        scale = lcm(*(each.denominator for each in least.values()))
        scaled = {number: int(each * scale) for number, each in least.items()}
        return _Half(taken, scaled, sum(scaled.values()), scale)

    @cached_property
    def _cut_off(self) -> str | None:
        """The figure that may be another with its last digits cut off, as `judge` grants it."""
        terms = self.relation.form
        is_copy = self.relation.rate is None and len(terms) == 2 and not self.relation.is_bound
        return terms[0].fact.id if is_copy and terms[0][0] == -terms[1][0] else None

    def _bounds_of_rate(self, free: tuple[int, ...]) -> Iterator[Bound]:
        """Yield between which rates the amounts leave it; where they are free, a base alone."""
        if len(self.figures.intersection(free)) > 1:
            yield self._halves[-1].bound(free)
        elif self._half(self.relation.whole).total > 0:
            unit = tuple(int(each in self._rate) for each in free)
            yield Bound(unit, self._utmost_rate(is_greatest=True))
            yield Bound(tuple(-each for each in unit), -self._utmost_rate(is_greatest=False))

    def _utmost_rate(self, is_greatest: bool) -> Fraction:
        """Return the greatest or the least rate within what is printed of the amounts.

        Dinkelbach's steps: at the rate so far, the figures that make 100·form − rate·base utmost
        give the next one, until none is beyond the last: a figure that just cancels at a rate
        may lead back.
        """
        rate = self._rate_of({})
        while True:
            form = self._at_rate(rate)
            half = self._half(_less(form) if is_greatest else form)
            corner = {
                number: Fraction(half.least[number], half.scale * times)
                for number, times in half.taken.items()
            }
            next_rate = self._rate_of(corner)
            is_beyond = next_rate > rate if is_greatest else next_rate < rate
            if not is_beyond:
                return rate
            rate = next_rate

    def _rate_of(self, values: Mapping[int, Fraction]) -> Fraction:
        named = {fact.id: self.number_of[fact.id] for fact in self.relation.facts}
        known = {key: values[at] for key, at in named.items() if at in values}
        return _HUNDRED * _value(self.relation.form, known) / _value(self.relation.whole, known)


def _printed_rates(rate: Fact) -> tuple[Fraction, Fraction]:
    """Return between which rates a printed one lies, rounded or cut off."""
    value, half = rate.amount.value, half_width(rate)
    return value - half * (1 if value > 0 else 2), value + half * (1 if value < 0 else 2)


def _less(form: Form) -> Form:
    return tuple(Term(-coefficient, fact) for coefficient, fact in form)


def _value(form: Form, values: Mapping[str, Fraction] | None = None) -> Fraction:
    known = values or {}
    amounts = (c * known.get(fact.id, fact.amount.value) for c, fact in form)
    return sum(amounts, Fraction(0))
