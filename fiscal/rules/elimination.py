"""Exact linear inequalities over a few unknowns, by Fourier and Motzkin's elimination.

An unknown is eliminated by adding every inequality that bounds it from above to every one that
bounds it from below; what remains holds for the others exactly when some value of it exists. Each
inequality remembers from which given ones it was made, so that a contradiction names its causes.
The method grows fast in the number of unknowns, and here there are three at most.

>>> above = Inequality((1, 1), Fraction(3), frozenset({0}))      # x + y ≤ 3
>>> below = Inequality((-1, 0), Fraction(-2), frozenset({1}))    # x ≥ 2
>>> range_of([above, below], 1)
Range(low=None, high=Fraction(1, 1))
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import gcd
from typing import NamedTuple

__all__ = ["Inequality", "Range", "contradiction", "range_of"]


class Inequality(NamedTuple):
    """Σ `coefficients`·unknowns ≤ `bound`, made from the given ones numbered in `sources`."""

    coefficients: tuple[int, ...]
    bound: Fraction
    sources: frozenset[int]


class Range(NamedTuple):
    """All values from `low` to `high`, both included; None where nothing bounds them."""

    low: Fraction | None = None
    high: Fraction | None = None

    def meets(self, low: Fraction, high: Fraction) -> bool:
        """Tell whether some value from `low` to `high` lies in the range."""
        return (self.low is None or high >= self.low) and (self.high is None or low <= self.high)


def contradiction(inequalities: Iterable[Inequality]) -> frozenset[int] | None:
    """Return the numbers of given inequalities that no values satisfy together, None if some do.

    Of several contradictions it is the one that fewest take part in.
    """
    left = _tightest(inequalities)
    for at in range(len(left[0].coefficients) if left else 0):
        left = _eliminate(left, at)
        if found := _refuted(left):
            return found
    return _refuted(left)


def range_of(inequalities: Iterable[Inequality], unknown: int) -> Range:
    """Return the values that one unknown may take; the inequalities must not contradict."""
    left = _tightest(inequalities)
    for at in range(len(left[0].coefficients) if left else 0):
        if at != unknown:
            left = _eliminate(left, at)
    bounds = [(each.coefficients[unknown], each.bound) for each in left]
    return Range(
        max((bound / taken for taken, bound in bounds if taken < 0), default=None),
        min((bound / taken for taken, bound in bounds if taken > 0), default=None),
    )


def _refuted(inequalities: Iterable[Inequality]) -> frozenset[int] | None:
    false = (each for each in inequalities if each.bound < 0 and not any(each.coefficients))
    return min(
        (each.sources for each in false),
        key=lambda sources: (len(sources), sorted(sources)),
        default=None,
    )


def _eliminate(inequalities: list[Inequality], at: int) -> list[Inequality]:
    above = [each for each in inequalities if each.coefficients[at] > 0]
    below = [each for each in inequalities if each.coefficients[at] < 0]
    rest = [each for each in inequalities if each.coefficients[at] == 0]
    return _tightest([*rest, *(_add(high, low, at) for high in above for low in below)])


def _add(high: Inequality, low: Inequality, at: int) -> Inequality:
    """Add two inequalities, each so many times that the unknown falls out."""
    times, other = -low.coefficients[at], high.coefficients[at]
    return Inequality(
        tuple(
            times * a + other * b for a, b in zip(high.coefficients, low.coefficients, strict=True)
        ),
        times * high.bound + other * low.bound,
        high.sources | low.sources,
    )


def _tightest(inequalities: Iterable[Inequality]) -> list[Inequality]:
    """Keep of each direction the inequality that allows least."""
    best: dict[tuple[int, ...], Inequality] = {}
    for each in inequalities:
        divisor = gcd(*each.coefficients) or 1
        direction = tuple(taken // divisor for taken in each.coefficients)
        same = Inequality(direction, each.bound / divisor, each.sources)
        known = best.get(direction)
        if known is None or _order(same) < _order(known):
            best[direction] = same
    return list(best.values())


def _order(each: Inequality) -> tuple[Fraction, int, list[int]]:
    return each.bound, len(each.sources), sorted(each.sources)
