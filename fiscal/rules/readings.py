"""What the figures of one explanation probably meant, taken together.

A figure's slip fixes its value, and what then is left for the next figure decides which slip
explains that one. The likeliest way through all of them is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fiscal.money import Amount
from fiscal.rules.elimination import Range, contradiction
from fiscal.rules.feasibility import Free, System
from fiscal.rules.plausible import implausible, unusual
from fiscal.rules.typing_errors import (
    ANOTHER_FIGURE,
    UNEXPLAINED,
    Slip,
    closest,
    nearest,
    otherwise,
    slips,
)

__all__ = ["Reading", "likeliest_reading"]

# So many slips of one figure are tried with what then is left for the others.
_SLIPS_TRIED = 6
# What it costs to have copied a figure from close by; many equal figures are equal by right.
_COPIED = 11
# What it costs that parts which exceed their whole do not come to it once mended.
_STILL_PARTIAL = 10


@dataclass(frozen=True, slots=True)
class Reading:
    """A slip for each figure, by number, what the relations leave each, and the cost of all."""

    slips: Mapping[int, Slip]
    left: Mapping[int, Range]
    cost: int


@dataclass(frozen=True, slots=True)
class _Question:
    """Figures that may be other than printed; `is_complete` as in `System.inequalities`."""

    system: System
    free: Free
    is_complete: bool

    def left(self, figure: int, known: Mapping[int, Amount]) -> Range:
        return self.system.range_of(self.free, figure, known, self.is_complete) or Range()


def likeliest_reading(system: System, free: Free, violated: Iterable[int]) -> Reading:
    """Return the likeliest reading of figures that may be other than printed.

    Where others stand as printed in the violated relations, that is no likelier than they are.
    """
    touched = {at for figure in free for at in system.touching[figure]}
    is_open = any(system.conditions[at].is_exceeded for at in touched)
    is_complete = is_open and not contradiction(system.inequalities(free, is_complete=True))
    question = _Question(system, free, is_complete)
    slips_of = _read(question, {})
    left = {figure: question.left(figure, {}) for figure in free}
    cost = sum(slip.cost for slip in slips_of.values()) + ANOTHER_FIGURE * (len(free) - 1)
    cost += _STILL_PARTIAL if is_open and not is_complete else 0
    others = frozenset[int]().union(*(system.conditions[at].figures for at in violated))
    facts = (system.figures[figure][0] for figure in others.difference(free))
    cost += sum(implausible(fact, fact.amount.value) for fact in facts)
    return Reading(slips_of, left, cost)


def _read(question: _Question, known: dict[int, Amount]) -> dict[int, Slip]:
    unread = [figure for figure in question.free if figure not in known]
    if len(unread) == 1:
        return {unread[0]: _likeliest(question, unread[0], known)}
    readings = [
        {figure: slip, **_read(question, known | {figure: slip.amount})}
        for figure in unread
        for slip in _slips(question.system, figure, question.left(figure, known))[:_SLIPS_TRIED]
        if slip.amount
    ]
    readings.append({figure: _unexplained(question, figure, known) for figure in unread})
    return min(readings, key=lambda found: sum(slip.cost for slip in found.values()))


def _unexplained(question: _Question, figure: int, known: dict[int, Amount]) -> Slip:
    printed = question.system.figures[figure][0].amount
    return Slip(None, nearest(printed, question.left(figure, known)), UNEXPLAINED)


def _likeliest(question: _Question, figure: int, known: dict[int, Amount]) -> Slip:
    system, left = question.system, question.left(figure, known)
    found = [*_slips(system, figure, left), _otherwise(system, figure, left)]
    slip = min(found, key=lambda slip: slip.cost)
    return slip._replace(amount=_as_printed(system, figure, slip.amount, left))


def _slips(system: System, figure: int, left: Range) -> list[Slip]:
    """Return what may have happened to a figure, the likeliest first."""
    fact = system.figures[figure][0]
    found = []
    for slip in slips(fact.amount, left):
        if slip.amount:
            odd = implausible(fact, slip.amount.value)
            odd += unusual(system.usage, fact.amount, slip.amount)
            found.append(slip._replace(cost=slip.cost + odd))
    return sorted(found, key=lambda slip: slip.cost)


def _otherwise(system: System, figure: int, left: Range) -> Slip:
    fact = system.figures[figure][0]
    printed = fact.amount
    slip = otherwise(printed, left)
    if _is_copied(system, figure):
        slip = slip._replace(operation="copied", cost=min(slip.cost, _COPIED))
    return slip._replace(cost=slip.cost + implausible(fact, closest(printed.value, left)))


def _is_copied(system: System, figure: int) -> bool:
    """Tell whether the same amount stands close by, or for the same heading of another year.

    Figures of one relation are often equal by right: a heading and its only item.
    """
    fact = system.figures[figure][0]
    related = (system.conditions[at].figures for at in system.touching[figure])
    apart = set(system.beside(figure)) - frozenset[int]().union(*related)
    near = (system.figures[at][0] for at in apart)
    return bool(fact.amount.number) and any(each.amount == fact.amount for each in near)


def _as_printed(system: System, figure: int, meant: Amount | None, left: Range) -> Amount | None:
    """Return an amount in a unit that the document uses, a cell's in that of its column."""
    fact, usage = system.figures[figure][0], system.usage
    if meant is None:
        return None
    is_free = not fact.is_in_table and meant.unit in usage.decimals
    unit = meant.unit if is_free else fact.amount.unit
    if unit == meant.unit and meant.decimals >= usage.decimals[unit]:
        return meant
    rounded = usage.rounded(meant.value, unit)
    exact = nearest(rounded, left) or rounded
    low, high = exact.value - exact.half_width, exact.value + exact.half_width
    return exact if left.meets(low, high) else meant
