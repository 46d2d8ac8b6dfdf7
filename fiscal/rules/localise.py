"""Which figure is wrong: the fewest figures that, were they other, would let every relation hold.

Relations that are violated and share a figure are one problem. For each, all smallest sets of
figures are found that can be changed so that every relation of theirs holds, and ranked by what a
typist does: 13.52元 for 13.52万元 is likelier than a figure that is simply another. Figures that
arithmetic cannot tell apart are told as tied. A repair is suggested, never made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from fiscal.model import Fact
from fiscal.money import Amount
from fiscal.rules.elimination import Range
from fiscal.rules.evaluate import judge
from fiscal.rules.feasibility import System, build_system, with_amounts
from fiscal.rules.hitting_sets import smallest_sets
from fiscal.rules.misplaced import Rearrangement, rearrangements
from fiscal.rules.readings import Reading, likeliest_reading
from fiscal.rules.relation import Relation
from fiscal.rules.typing_errors import (
    ANOTHER_FIGURE,
    UNEXPLAINED,
)

__all__ = ["Diagnosis", "Explanation", "Suspect", "localise"]

# More than so many wrong figures in one problem are not looked for, nor more sets than `_STEPS`.
_MOST_SUSPECTS = 3
_STEPS = 4000
# Of more sets than these, where nearly everything is wrong, not all are read.
_MOST_READ = 100


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


def localise(
    relations: Iterable[Relation], trusted: frozenset[str] = frozenset()
) -> tuple[Diagnosis, ...]:
    """Explain every violated relation; facts with `trusted` ids are right whatever happens."""
    system = build_system(relations)
    known = frozenset(
        at for at, facts in enumerate(system.figures) if any(each.id in trusted for each in facts)
    )
    problems = _diagnosed(system, known)
    for found in rearrangements(system):
        if known.isdisjoint(found.amounts):
            _put_together(system, problems, found)
    return tuple(problems[violated] for violated in sorted(problems))


def _diagnosed(system: System, trusted: frozenset[int]) -> dict[tuple[int, ...], Diagnosis]:
    """Diagnose each problem; those whose likeliest explanations name one figure are one problem."""
    problems: dict[tuple[int, ...], Diagnosis] = {}
    named_by: dict[str, tuple[int, ...]] = {}
    for violated in system.components():
        diagnosis = _diagnose(system, violated, trusted)
        while shared := {named_by[each] for each in _likeliest_of(diagnosis) if each in named_by}:
            other = next(key for key in problems if key in shared)
            for each in _likeliest_of(problems.pop(other)):
                del named_by[each]
            violated = tuple(sorted((*violated, *other)))
            diagnosis = _diagnose(system, violated, trusted)
        problems[violated] = diagnosis
        named_by |= dict.fromkeys(_likeliest_of(diagnosis), violated)
    return problems


def _likeliest_of(diagnosis: Diagnosis) -> set[str]:
    first = diagnosis.explanations[:1]
    return {suspect.fact.id for each in first for suspect in each.suspects}


def _put_together(
    system: System, problems: dict[tuple[int, ...], Diagnosis], found: Rearrangement
) -> None:
    """Make one problem of all that a rearrangement explains, where nothing cheaper explains it."""
    touched = {at for figure in found.amounts for at in system.touching[figure]}
    own = [violated for violated in problems if not touched.isdisjoint(violated)]
    cost = sum(_least_cost(problems[violated]) + ANOTHER_FIGURE for violated in own)
    cost -= ANOTHER_FIGURE
    if not own or not all(touched.issuperset(violated) for violated in own) or found.cost >= cost:
        return
    replaced = [problems.pop(violated) for violated in own]
    is_exhausted = all(each.is_exhausted for each in replaced)
    violated = tuple(sorted(at for each in own for at in each))
    told = tuple(system.relations[at] for at in violated)
    # What explains one of several problems does not explain them together.
    others = replaced[0].explanations if len(replaced) == 1 else ()
    explanations = (_rearranged(system, found, violated), *map(_one_rank_down, others))
    problems[violated] = Diagnosis(told, explanations, is_exhausted)


def _one_rank_down(explanation: Explanation) -> Explanation:
    suspects = (replace(each, rank=each.rank + 1) for each in explanation.suspects)
    return replace(explanation, rank=explanation.rank + 1, suspects=tuple(suspects))


def _least_cost(diagnosis: Diagnosis) -> int:
    first = diagnosis.explanations[:1]
    return first[0].cost if first else _MOST_SUSPECTS * UNEXPLAINED


def _rearranged(system: System, found: Rearrangement, violated: tuple[int, ...]) -> Explanation:
    suspects = []
    for figure, amount in sorted(found.amounts.items()):
        facts = system.figures[figure]
        low, high = amount.value - amount.half_width, amount.value + amount.half_width
        suspects.append(
            Suspect(
                facts[0],
                tuple(each.id for each in facts),
                1,
                found.operation,
                amount,
                Range(low, high),
                tuple(system.relations[at] for at in violated if at in system.touching[figure]),
                (),
            )
        )
    return Explanation(1, found.cost, tuple(suspects))


def _diagnose(system: System, violated: tuple[int, ...], trusted: frozenset[int]) -> Diagnosis:
    def conflict(free: tuple[int, ...]) -> frozenset[int] | None:
        figures = system.conflict(free, violated)
        return None if figures is None else figures - trusted

    search = smallest_sets(conflict, _MOST_SUSPECTS, _STEPS)
    sets = [free for free in search.sets[:_MOST_READ] if free]
    readings = sorted(
        ((likeliest_reading(system, free, violated), free) for free in sets),
        key=lambda each: (each[0].cost, each[1]),
    )
    costs = [reading.cost for reading, _ in readings]
    told = tuple(system.relations[at] for at in violated)
    explanations = tuple(
        _explain(system, free, reading, 1 + costs.index(reading.cost), violated, trusted)
        for reading, free in readings
    )
    is_exhausted = search.is_exhausted and len(search.sets) <= _MOST_READ
    return Diagnosis(told, explanations, is_exhausted)


def _explain(
    system: System,
    free: tuple[int, ...],
    reading: Reading,
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
                reading.left[figure],
                tuple(system.relations[at] for at in violated if at in system.touching[figure]),
                _ties(system, figure, trusted),
            )
        )
    return _sound(system, free, violated, Explanation(rank, reading.cost, tuple(suspects)))


def _sound(
    system: System, free: tuple[int, ...], violated: tuple[int, ...], told: Explanation
) -> Explanation:
    """Return an explanation without its suggestions where these, put in, leave something violated.

    Where a figure is both a part and the base of its rate, what each may be is bounded apart from
    the others, and amounts that are likely one by one need not go together.
    """
    amounts = {key: each.suggestion for each in told.suspects for key in each.read_as}
    put = {key: amount for key, amount in amounts.items() if amount is not None}
    if len(put) < len(amounts):
        return told
    for at in sorted({at for figure in free for at in system.touching[figure]}):
        relation = system.relations[at]
        must_hold = at in violated or not judge(relation).is_violated
        if must_hold and judge(with_amounts(relation, put)).is_violated:
            bare = (replace(each, suggestion=None, operation=None) for each in told.suspects)
            return replace(told, suspects=tuple(bare))
    return told


def _ties(system: System, figure: int, trusted: frozenset[int]) -> tuple[str, ...]:
    column = system.column(figure)
    fellows = (system.conditions[at].figures for at in system.touching[figure])
    return tuple(
        system.figures[each][0].id
        for each in sorted(frozenset[int]().union(*fellows) - trusted - {figure})
        if system.touching[each] == system.touching[figure] and system.column(each) == column
    )
