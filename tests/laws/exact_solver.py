"""The smallest sets of wrong figures by an independent solver (Z3), from the printed figures alone.

Every relation has its own copy of each figure. A copy lies within what is printed, unless the
figure is wrong: then all its copies are one value, which may be any. Nothing of the program's own
algebra is used: rates stay bilinear, and the solver finds the sets by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import z3

from fiscal.model import Fact
from fiscal.rules.relation import Form, Relation

__all__ = ["smallest_sets_by_solver"]


def smallest_sets_by_solver(relations: Iterable[Relation], most: int) -> set[frozenset[str]]:
    """Return all smallest sets of ids, of at most `most`, that may be wrong; none if none do."""
    solver = z3.Solver()
    facts = {fact.id: fact for relation in relations for fact in relation.facts}
    wrong = {key: z3.Bool(f"wrong {key}") for key in facts}
    for number, relation in enumerate(relations):
        solver.add(_claim(relation, number, wrong))
    for size in range(most + 1):
        found = set()
        solver.push()
        solver.add(z3.PbEq([(each, 1) for each in wrong.values()], size))
        while (answer := solver.check()) == z3.sat:
            model = solver.model()
            chosen = [key for key, each in wrong.items() if z3.is_true(model[each])]
            found.add(frozenset(chosen))
            solver.add(z3.Not(z3.And([wrong[key] for key in chosen])))
        assert answer == z3.unsat
        solver.pop()
        if found:
            return found
    return set()


def _claim(relation: Relation, number: int, wrong: Mapping[str, Any]) -> Any:
    copies = {fact.id: z3.Real(f"{fact.id} in {number}") for fact in relation.facts}
    printed = [
        z3.If(wrong[fact.id], copies[fact.id] == z3.Real(fact.id), _as_printed(fact, copies))
        for fact in relation.facts
    ]
    form = _value(relation.form, copies)
    if relation.rate is None:
        return z3.And(*printed, form <= 0 if relation.is_bound else form == 0)
    base = _value(relation.whole, copies)
    # A rate that may be any fits whatever base there is.
    fits = z3.Or(wrong[relation.rate.id], 100 * form == copies[relation.rate.id] * base)
    return z3.And(*printed, base >= 0, fits)


def _as_printed(fact: Fact, copies: Mapping[str, Any]) -> Any:
    value, half = fact.amount.value, fact.amount.half_width
    low, high = value - half, value + half
    # A rate may have been cut off instead of rounded.
    if fact.amount.unit == "%" and value >= 0:
        high += half
    if fact.amount.unit == "%" and value <= 0:
        low -= half
    return z3.And(copies[fact.id] >= _real(low), copies[fact.id] <= _real(high))


def _value(form: Form, copies: Mapping[str, Any]) -> Any:
    return z3.Sum([_real(each.coefficient) * copies[each.fact.id] for each in form])


def _real(value: Fraction) -> Any:
    return z3.Q(value.numerator, value.denominator)
