"""Right figures in wrong places: two that stand for each other, or rows shifted against labels.

One such slip breaks many relations at once and leaves every figure among those printed. So only
figures of broken relations are moved, and only to where one broken relation at least, taken alone,
leaves room for the figure that comes; then all relations must hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from typing import TypeAlias

from fiscal.model import Fact
from fiscal.money import Amount
from fiscal.rules.condition import Condition
from fiscal.rules.elimination import Inequality, Range, contradiction, range_of
from fiscal.rules.feasibility import System, build_system, with_amounts
from fiscal.rules.typing_errors import nearest

__all__ = ["Rearrangement", "rearrangements"]

# Costs in bits, as of the slips of `typing_errors`; a shift costs the same for any count of rows.
_SWAPPED = 12
_SHIFTED = 12
_FEWEST_ROWS = 3
# Beyond so many figures of broken relations, a document is broken otherwise.
_MOST_FIGURES = 200

_Room: TypeAlias = Mapping[int, Sequence[Range]]


@dataclass(frozen=True, slots=True)
class Rearrangement:
    """Figures by number with the amounts that belong there; `operation` as in `typing_errors`."""

    operation: str
    amounts: dict[int, Amount]
    cost: int


def rearrangements(system: System) -> Iterator[Rearrangement]:
    """Yield every rearrangement after which all relations of its figures hold."""
    conditions = [system.conditions[at] for at in system.violated]
    figures = frozenset[int]().union(*(each.figures for each in conditions))
    if len(figures) > _MOST_FIGURES or len(conditions) < 2:
        return
    room = _room(conditions)
    for found in (*_shifts(system, room), *_swaps(system, room)):
        if system.hold(found.amounts):
            yield found


def _room(conditions: Iterable[Condition]) -> _Room:
    """Return for each figure of a broken relation what each of those, taken alone, leaves it."""
    found: dict[int, list[Range]] = defaultdict(list)
    for condition in conditions:
        for figure in condition.figures:
            given = [
                Inequality(bound.coefficients, bound.most, frozenset())
                for bound in condition.bounds((figure,))
            ]
            left = range_of(given, 0) if contradiction(given) is None else Range()
            if left.low is not None and left.high is not None:
                found[figure].append(left)
    return dict(sorted(found.items()))


def _swaps(system: System, room: _Room) -> Iterator[Rearrangement]:
    for one, other in combinations(room, 2):
        first, second = system.figures[one][0], system.figures[other][0]
        is_alike = first.measure == second.measure and first.amount.unit == second.amount.unit
        if not is_alike or first.amount == second.amount:
            continue
        if _fits(room[one], second) and _fits(room[other], first):
            amounts = {one: second.amount, other: first.amount}
            yield Rearrangement("swapped", amounts, _SWAPPED)


@lru_cache(maxsize=4096)
def _interval(number: str, unit: str) -> tuple[Fraction, Fraction]:
    amount = Amount(Decimal(number), unit)
    return amount.value - amount.half_width, amount.value + amount.half_width


def _fits(room: Iterable[Range], fact: Fact) -> bool:
    low, high = _interval(str(fact.amount.number), fact.amount.unit)
    return any(left.meets(low, high) for left in room)


def _shifts(system: System, room: _Room) -> Iterator[Rearrangement]:
    """Yield rows moved up or down by one: the columns of a table together, then each alone."""
    tables: dict[tuple[str, str], list[list[int]]] = defaultdict(list)
    for (section, table, _), column in _columns(system).items():
        tables[section, table].append(column)
    for columns in tables.values():
        for step in (1, -1):
            moved = [
                amounts for column in columns if (amounts := _moved(system, room, column[::step]))
            ]
            together = {figure: amount for amounts in moved for figure, amount in amounts.items()}
            for amounts in [together, *(moved if len(moved) > 1 else [])]:
                if len(amounts) >= _FEWEST_ROWS:
                    yield Rearrangement("shifted_rows", amounts, _SHIFTED)


def _columns(system: System) -> dict[tuple[str, str, str], list[int]]:
    """Return the figures of each column of each table, from the top."""
    columns: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, (fact, *_) in enumerate(system.figures):
        if fact.is_in_table:
            key = fact.section, fact.span.table or fact.id.split("R")[0], fact.span.column or ""
            columns[key].append(number)
    return {
        key: sorted(column, key=lambda number: system.figures[number][0].span.row or 0)
        for key, column in columns.items()
    }


def _moved(system: System, room: _Room, column: list[int]) -> dict[int, Amount]:
    """Return the amounts of a run of rows, if each figure belongs one row before it.

    The run is from the first to the last broken row that the next row's figure would mend. What
    belongs in the last row was pushed out: it is the first row's figure, or what the rest leave.
    """
    facts = [system.figures[number][0] for number in column]
    mended = [
        at
        for at, number in enumerate(column[:-1])
        if number in room and _fits(room[number], facts[at + 1])
    ]
    if len(mended) < _FEWEST_ROWS - 1:
        return {}
    first, last = mended[0], mended[-1] + 1
    amounts = {column[at]: facts[at + 1].amount for at in range(first, last)}
    pushed_out = facts[first].amount
    if column[last] in room and not _fits(room[column[last]], facts[first]):
        pushed_out = _left_for(system, column[last], amounts) or pushed_out
    return amounts | {column[last]: pushed_out}


def _left_for(system: System, figure: int, amounts: dict[int, Amount]) -> Amount | None:
    """Return what the relations leave for a figure once others have their amounts."""
    new = {fact.id: amount for at, amount in amounts.items() for fact in system.figures[at]}
    printed = system.figures[figure][0]
    moved = build_system(
        with_amounts(system.conditions[at].relation, new) for at in system.touching[figure]
    )
    at = next(n for n, facts in enumerate(moved.figures) if printed.id in {f.id for f in facts})
    left = moved.range_of((at,), at, {})
    return nearest(printed.amount, left) if left else None
