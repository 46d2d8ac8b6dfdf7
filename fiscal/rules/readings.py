"""What the figures of one explanation probably meant, taken together.

A figure's slip fixes its value, and what then is left for the next figure decides which slip
explains that one. The likeliest way through all of them is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from fiscal.model import Fact
from fiscal.money import Amount
from fiscal.rules.elimination import Range
from fiscal.rules.feasibility import System
from fiscal.rules.typing_errors import (
    ANOTHER_FIGURE,
    UNEXPLAINED,
    Slip,
    likeliest,
    nearest,
    slips,
)

__all__ = ["Reading", "likeliest_reading"]

# So many slips of one figure are tried with what then is left for the others.
_SLIPS_TRIED = 6
_SIGNED = ("change", "change_rate", "budget_difference")
# What a value costs that this kind of figure hardly has.
_IMPLAUSIBLE = 8
# What it costs to have meant another unit than the document's usual one.
_UNUSUAL_UNIT = 3
# What a figure saves that may have been copied from close by: little, for equal figures are common.
_COPIED = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """A slip for each figure, by number, and what all cost together."""

    slips: Mapping[int, Slip]
    cost: int


def likeliest_reading(system: System, free: tuple[int, ...]) -> Reading:
    """Return the likeliest reading of figures that may be other than printed."""
    return _read(system, free, {})


def _read(system: System, free: tuple[int, ...], known: dict[int, Amount]) -> Reading:
    unread = [figure for figure in free if figure not in known]
    if len(unread) == 1:
        left = system.range_of(free, unread[0], known) or Range()
        slip = _likeliest(system, unread[0], left)
        return Reading({unread[0]: slip}, slip.cost)
    readings = [
        _and(figure, slip, _read(system, free, known | {figure: slip.amount}))
        for figure in unread
        for slip in _first_slips(system, free, figure, known)
        if slip.amount
    ]
    return min(
        readings,
        key=lambda reading: reading.cost,
        default=_unexplained(system, free, known),
    )


def _first_slips(
    system: System, free: tuple[int, ...], figure: int, known: dict[int, Amount]
) -> list[Slip]:
    left = system.range_of(free, figure, known) or Range()
    fact = system.figures[figure][0]
    return sorted(slips(fact.amount, left), key=lambda slip: slip.cost)[:_SLIPS_TRIED]


def _and(figure: int, slip: Slip, rest: Reading) -> Reading:
    return Reading({figure: slip, **rest.slips}, slip.cost + rest.cost + ANOTHER_FIGURE)


def _unexplained(system: System, free: tuple[int, ...], known: dict[int, Amount]) -> Reading:
    found = {}
    for figure in free:
        if figure not in known:
            left = system.range_of(free, figure, known) or Range()
            meant = nearest(system.figures[figure][0].amount, left)
            found[figure] = Slip(None, meant, UNEXPLAINED)
    cost = sum(slip.cost for slip in found.values()) + ANOTHER_FIGURE * (len(found) - 1)
    return Reading(found, cost)


def _likeliest(system: System, figure: int, left: Range) -> Slip:
    fact = system.figures[figure][0]
    slip = likeliest(fact.amount, left)
    if slip.operation is None and _is_copied(system, figure):
        slip = slip._replace(operation="copied", cost=max(slip.cost - _COPIED, 0))
    if slip.operation == "unit" and slip.amount and slip.amount.unit != system.usual_unit:
        slip = slip._replace(cost=slip.cost + _UNUSUAL_UNIT)
    if slip.amount and fact.is_in_table and slip.amount.unit != fact.amount.unit:
        slip = slip._replace(amount=_in_column(slip.amount, fact.amount, left))
    return slip._replace(cost=slip.cost + _implausible(fact, left))


def _is_copied(system: System, figure: int) -> bool:
    """Tell whether the same amount stands close by, or for the same heading of another year.

    Figures of one relation are often equal by right: a heading and its only item.
    """
    fact = system.figures[figure][0]
    related = (system.conditions[at].figures for at in system.touching[figure])
    apart = set(system.beside(figure)) - frozenset[int]().union(*related)
    near = (system.figures[at][0] for at in apart)
    return bool(fact.amount.number) and any(each.amount == fact.amount for each in near)


def _implausible(fact: Fact, left: Range) -> int:
    """Return the cost of a value that this kind of figure hardly has: one below nothing."""
    is_negative = left.high is not None and left.high < 0
    return _IMPLAUSIBLE if is_negative and fact.measure not in _SIGNED else 0


def _in_column(meant: Amount, printed: Amount, left: Range) -> Amount:
    """Return an amount in the unit of its column, where one cell alone cannot have another."""
    exact = meant.value / printed.unit_value
    scaled = Fraction(exact) * 10**printed.decimals
    number = Decimal(round(scaled)).scaleb(-printed.decimals)
    rounded = replace(printed, number=number)
    low, high = rounded.value - rounded.half_width, rounded.value + rounded.half_width
    return rounded if left.meets(low, high) else meant
