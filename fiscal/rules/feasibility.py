"""Could every relation hold if some figures were other than printed? Answered exactly.

A figure is what stands at one place of a document, also where it was read as two facts, as 收、支
总计 is. Where the values of a few figures are free and all others as printed, every relation of the
free ones bounds them, and elimination tells whether the bounds leave anything. Each relation is
taken by itself, as it is judged: a figure may lie at one end of its interval in one and at the
other end in the next.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from fiscal.model import Fact
from fiscal.money import Amount, format_amount
from fiscal.rules.condition import Condition
from fiscal.rules.elimination import Inequality, Range, contradiction, range_of
from fiscal.rules.evaluate import judge
from fiscal.rules.plausible import Usage, usage_of
from fiscal.rules.relation import Form, Relation, Term

__all__ = ["Free", "System", "build_system", "with_amounts"]

Free = tuple[int, ...]
# So many figures before and after one are close enough to be copied by mistake.
_BESIDE = 2
# A heading has fewer figures before and after one; of more, as of a phrase that comes again with
# every project, those close by are looked at.
_MOST_ALIKE = 50


@dataclass(frozen=True)
class System:
    """All figures of some relations, numbered in reading order, and what is asked of them.

    `figures` holds for each number the facts at one place, `relations` the relation as given for
    each of the `conditions`.
    """

    figures: tuple[tuple[Fact, ...], ...]
    conditions: tuple[Condition, ...]
    relations: tuple[Relation, ...]

    @cached_property
    def touching(self) -> tuple[tuple[int, ...], ...]:
        """For each figure, the numbers of the conditions that speak of it."""
        found: dict[int, list[int]] = defaultdict(list)
        for at, condition in enumerate(self.conditions):
            for figure in condition.figures:
                found[figure].append(at)
        return tuple(tuple(found[figure]) for figure in range(len(self.figures)))

    @cached_property
    def violated(self) -> tuple[int, ...]:
        """The numbers of the conditions that the printed figures do not meet."""
        return tuple(at for at, each in enumerate(self.conditions) if each.is_violated)

    def components(self) -> list[tuple[int, ...]]:
        """Return the violated conditions, those together that share a figure."""
        left, seen, groups = dict.fromkeys(self.violated), set[int](), []
        while left:
            reached, members = {next(iter(left))}, set[int]()
            while reached:
                members |= reached
                figures = frozenset().union(*(self.conditions[at].figures for at in reached)) - seen
                seen |= figures
                reached = {at for each in figures for at in self.touching[each] if at in left}
                reached -= members
            for at in members:
                del left[at]
            groups.append(tuple(sorted(members)))
        return sorted(groups)

    def conflict(self, free: Free, violated: Iterable[int]) -> frozenset[int] | None:
        """Return figures of which one more must be free for the relations to hold, None if none.

        The relations are the violated ones given and all that speak of a free figure.
        """
        missed = (self.conditions[at].figures for at in violated)
        untouched = [figures for figures in missed if figures.isdisjoint(free)]
        if untouched:
            return min(untouched, key=lambda figures: (len(figures), sorted(figures)))
        sources = contradiction(self.inequalities(free))
        if sources is None:
            return None
        return frozenset().union(*(self.conditions[at].figures for at in sources)) - set(free)

    def range_of(
        self, free: Free, figure: int, known: Mapping[int, Amount], is_complete: bool = False
    ) -> Range | None:
        """Return what a free figure may be while others of them are `known`, None if nothing.

        `is_complete` as in `inequalities`.
        """
        inequalities = [*self.inequalities(free, is_complete), *_known(free, known)]
        if contradiction(inequalities) is not None:
            return None
        return range_of(inequalities, free.index(figure))

    def inequalities(self, free: Free, is_complete: bool = False) -> list[Inequality]:
        """Return what the relations ask of free figures; sources are numbers of conditions.

        Where `is_complete`, parts that exceed their whole are taken to be all of its parts.
        """
        touched = sorted({at for figure in free for at in self.touching[figure]})
        return [
            Inequality(bound.coefficients, bound.most, frozenset({at}))
            for at in touched
            for bound in self.conditions[at].bounds(free, is_complete)
        ]

    @cached_property
    def usage(self) -> Usage:
        """How the document prints its figures."""
        return usage_of(facts[0].amount for facts in self.figures)

    def beside(self, figure: int) -> tuple[int, ...]:
        """Return the figures printed next to one, and those of the same heading in other measures.

        Among the latter is last year's figure.
        """
        near = range(max(figure - _BESIDE, 0), min(figure + _BESIDE + 1, len(self.figures)))
        of_heading = self._of_heading[_heading(self.figures[figure][0])]
        at = bisect_left(of_heading, figure)
        alike = of_heading[max(at - _MOST_ALIKE, 0) : at + _MOST_ALIKE + 1]
        return tuple(each for each in sorted({*near, *alike}) if each != figure)

    @cached_property
    def _of_heading(self) -> dict[_Heading, list[int]]:
        found: dict[_Heading, list[int]] = defaultdict(list)
        for at, (fact, *_) in enumerate(self.figures):
            found[_heading(fact)].append(at)
        return found

    def column(self, figure: int) -> tuple[object, ...]:
        """Return what arithmetic knows of a figure: where equal, it cannot tell two apart.

        That is its column of the matrix of relations, up to a factor; where one relation alone
        speaks of it, every figure of that relation could be moved instead.
        """
        touching = self.touching[figure]
        if len(touching) == 1:
            return touching
        taken = [each for at in touching for each in self.conditions[at].column(figure)]
        first = next(filter(None, taken), Fraction(1))
        return (touching, *(each / first for each in taken))

    def hold(self, amounts: Mapping[int, Amount]) -> bool:
        """Tell whether no relation of some figures is violated once they have other amounts."""
        new = {f.id: amount for at, amount in amounts.items() for f in self.figures[at]}
        touched = {at for figure in amounts for at in self.touching[figure]}
        return not any(
            judge(with_amounts(self.conditions[at].relation, new)).is_violated for at in touched
        )


def _known(free: Free, known: Mapping[int, Amount]) -> list[Inequality]:
    found = []
    for figure, amount in known.items():
        unit = tuple(int(each == figure) for each in free)
        less = tuple(-each for each in unit)
        found.append(Inequality(unit, amount.value + amount.half_width, frozenset()))
        found.append(Inequality(less, amount.half_width - amount.value, frozenset()))
    return found


def build_system(relations: Iterable[Relation]) -> System:
    """Return the system of some relations, the same in whatever order they come."""
    given = sorted({_order(each): each for each in relations}.items())
    places: dict[_Place, dict[str, Fact]] = defaultdict(dict)
    for _, relation in given:
        for fact in relation.facts:
            places[_place(fact)][fact.id] = fact
    figures = tuple(
        tuple(facts[key] for key in sorted(facts)) for _, facts in sorted(places.items())
    )
    return System(figures, *_pose([relation for _, relation in given], figures))


def _pose(
    relations: Iterable[Relation], figures: tuple[tuple[Fact, ...], ...]
) -> tuple[tuple[Condition, ...], tuple[Relation, ...]]:
    """Return the conditions and their relations, without those in which all figures cancel."""
    first = {fact.id: facts[0] for facts in figures for fact in facts}
    number_of = {facts[0].id: at for at, facts in enumerate(figures)}
    posed = [(Condition(_put(each, first), number_of), each) for each in relations]
    kept = [(condition, each) for condition, each in posed if condition.figures]
    return tuple(condition for condition, _ in kept), tuple(each for _, each in kept)


def with_amounts(relation: Relation, amounts: Mapping[str, Amount]) -> Relation:
    """Return the relation with other amounts for some facts, by id."""
    changed = {
        fact.id: replace(fact, amount=amounts[fact.id])
        for fact in relation.facts
        if fact.id in amounts
    }
    return _put(relation, changed)


def _put(relation: Relation, facts: Mapping[str, Fact]) -> Relation:
    def put(form: Form) -> Form:
        return tuple(Term(each.coefficient, facts.get(each.fact.id, each.fact)) for each in form)

    rate = relation.rate and facts.get(relation.rate.id, relation.rate)
    return replace(relation, form=put(relation.form), whole=put(relation.whole), rate=rate)


_Heading = tuple[str, str | None, str | None, str]


def _heading(fact: Fact) -> _Heading:
    return fact.section, fact.code, fact.budget, fact.label


_Place = tuple[int, int, str, int, str, str]


def _place(fact: Fact) -> _Place:
    """Return where a figure is printed; what is printed once is one figure."""
    span = fact.span
    place = (span.start, span.end, span.table or "", span.row or 0, span.column or "")
    return (*place, format_amount(fact.amount))


def _order(relation: Relation) -> tuple[str, ...]:
    rate = relation.rate.id if relation.rate else ""
    terms = (f"{c}·{fact.id}" for c, fact in (*relation.form, *relation.whole))
    return (relation.rule, relation.subject, rate, *terms)
