"""Which figure is wrong: the fewest figures that, were they other, would let every relation hold.

Relations that are violated and share a figure are one problem. For each, all smallest sets of
figures are found that can be changed so that every relation of theirs holds, and ranked by what a
typist does: 13.52元 for 13.52万元 is likelier than a figure that is simply another. Figures that
arithmetic cannot tell apart are told as tied. A repair is suggested, never made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from fiscal.model import Fact
from fiscal.money import Amount
from fiscal.rules.elimination import Range
from fiscal.rules.feasibility import System, build_system
from fiscal.rules.hitting_sets import smallest_sets
from fiscal.rules.relation import Relation
from fiscal.rules.typing_errors import (
    ANOTHER_FIGURE,
    UNEXPLAINED,
    Slip,
    likeliest,
    nearest,
    slips,
)

__all__ = ["Diagnosis", "Explanation", "Suspect", "localise"]

# More than so many wrong figures in one problem are not looked for, nor more sets than `_STEPS`.
_MOST_SUSPECTS = 3
_STEPS = 4000
# So many slips of the first figure are tried with what then is left for the second.
_SLIPS_TRIED = 6
_SIGNED = ("change", "change_rate", "budget_difference")
_IMPLAUSIBLE = 8
_SWAPPED = 9


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure that may be wrong; `read_as` are the ids of all facts that were read off it.

    `operation` is one of `typing_errors.OPERATIONS`, None where no slip explains the figure;
    `suggestion` the amount as it would be printed, None where the relations leave too much open;
    `left` all that they leave. `mends` are the relations that would hold again. `ties` are ids of
    facts that arithmetic cannot tell from this one.
    """

    fact: Fact
    read_as: tuple[str, ...]
    rank: int
    operation: str | None
    suggestion: Amount | None
    left: Range
    mends: tuple[Relation, ...]
    ties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Figures that are wrong together, with the cost in bits; equal costs have equal ranks."""

    rank: int
    cost: int
    suspects: tuple[Suspect, ...]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Violated relations that share figures, and every smallest set of figures that explains them.

    Where not `is_exhausted` the search was cut short, and there may be further explanations.
    """

    violated: tuple[Relation, ...]
    explanations: tuple[Explanation, ...]
    is_exhausted: bool

    @property
    def suspects(self) -> tuple[Suspect, ...]:
        """Each figure once, as in the likeliest explanation that names it."""
        named = (suspect for each in self.explanations for suspect in each.suspects)
        first: dict[str, Suspect] = {}
        for suspect in named:
            first.setdefault(suspect.fact.id, suspect)
        return tuple(first.values())


@dataclass(frozen=True, slots=True)
class _Reading:
    """What figures may have meant, taken together."""

    slips: Mapping[int, Slip]
    cost: int


def localise(
    relations: Iterable[Relation], trusted: frozenset[str] = frozenset()
) -> tuple[Diagnosis, ...]:
    """Explain every violated relation; facts with `trusted` ids are right whatever happens."""
    system = build_system(relations)
    known = frozenset(
        at for at, facts in enumerate(system.figures) if any(each.id in trusted for each in facts)
    )
    return tuple(_diagnose(system, violated, known) for violated in system.components())


def _diagnose(system: System, violated: tuple[int, ...], trusted: frozenset[int]) -> Diagnosis:
    def conflict(free: tuple[int, ...]) -> frozenset[int] | None:
        figures = system.conflict(free, violated)
        return None if figures is None else figures - trusted

    search = smallest_sets(conflict, _MOST_SUSPECTS, _STEPS)
    readings = sorted(
        ((_read(system, free, {}), free) for free in search.sets if free),
        key=lambda each: (each[0].cost, each[1]),
    )
    costs = [reading.cost for reading, _ in readings]
    told = tuple(system.relations[at] for at in violated)
    explanations = tuple(
        _explain(system, free, reading, 1 + costs.index(reading.cost), violated, trusted)
        for reading, free in readings
    )
    return Diagnosis(told, explanations, search.is_exhausted)


def _explain(
    system: System,
    free: tuple[int, ...],
    reading: _Reading,
    rank: int,
    violated: tuple[int, ...],
    trusted: frozenset[int],
) -> Explanation:
    suspects = []
    for figure in free:
        slip = reading.slips[figure]
        facts = system.figures[figure]
        suspects.append(
            Suspect(
                facts[0],
                tuple(each.id for each in facts),
                rank,
                slip.operation,
                slip.amount,
                system.range_of(free, figure, {}) or Range(),
                tuple(system.relations[at] for at in violated if at in system.touching[figure]),
                _ties(system, figure, trusted),
            )
        )
    return Explanation(rank, reading.cost, tuple(suspects))


def _ties(system: System, figure: int, trusted: frozenset[int]) -> tuple[str, ...]:
    column = system.column(figure)
    fellows = (system.conditions[at].figures for at in system.touching[figure])
    return tuple(
        system.figures[each][0].id
        for each in sorted(frozenset[int]().union(*fellows) - trusted - {figure})
        if system.touching[each] == system.touching[figure] and system.column(each) == column
    )


def _read(system: System, free: tuple[int, ...], known: dict[int, Amount]) -> _Reading:
    """Return the likeliest reading of the free figures that are not known yet."""
    unread = [figure for figure in free if figure not in known]
    if len(unread) == 1:
        left = system.range_of(free, unread[0], known) or Range()
        slip = _likeliest(system.figures[unread[0]][0], left)
        return _Reading({unread[0]: slip}, slip.cost)
    readings = [
        _and(figure, slip, _read(system, free, known | {figure: slip.amount}))
        for figure in unread
        for slip in _first_slips(system, free, figure, known)
        if slip.amount
    ]
    return min(
        [*readings, *_swap(system, free, known)],
        key=lambda reading: reading.cost,
        default=_unexplained(system, free, known),
    )


def _first_slips(
    system: System, free: tuple[int, ...], figure: int, known: dict[int, Amount]
) -> list[Slip]:
    left = system.range_of(free, figure, known) or Range()
    fact = system.figures[figure][0]
    return sorted(slips(fact.amount, left), key=lambda slip: slip.cost)[:_SLIPS_TRIED]


def _and(figure: int, slip: Slip, rest: _Reading) -> _Reading:
    return _Reading({figure: slip, **rest.slips}, slip.cost + rest.cost + ANOTHER_FIGURE)


def _swap(system: System, free: tuple[int, ...], known: dict[int, Amount]) -> Iterator[_Reading]:
    """Yield that two figures stand in each other's place, where that explains all."""
    if known or len(free) != 2:
        return
    first, second = (system.figures[figure][0] for figure in free)
    one, other = first.amount, second.amount
    is_alike = first.measure == second.measure and one.unit == other.unit
    if is_alike and one != other and system.hold({free[0]: other, free[1]: one}):
        swapped = {free[0]: Slip("swapped", other, 0), free[1]: Slip("swapped", one, 0)}
        yield _Reading(swapped, _SWAPPED)


def _unexplained(system: System, free: tuple[int, ...], known: dict[int, Amount]) -> _Reading:
    found = {}
    for figure in free:
        if figure not in known:
            left = system.range_of(free, figure, known) or Range()
            meant = nearest(system.figures[figure][0].amount, left)
            found[figure] = Slip(None, meant, UNEXPLAINED)
    cost = sum(slip.cost for slip in found.values()) + ANOTHER_FIGURE * (len(found) - 1)
    return _Reading(found, cost)


def _likeliest(fact: Fact, left: Range) -> Slip:
    slip = likeliest(fact.amount, left)
    if slip.amount and fact.is_in_table and slip.amount.unit != fact.amount.unit:
        slip = slip._replace(amount=_in_column(slip.amount, fact.amount, left))
    return slip._replace(cost=slip.cost + _implausible(fact, left))


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
