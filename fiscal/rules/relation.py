"""A relation between figures as data: one form feeds the judge, the localiser and the page.

A form is Σ cᵢ·xᵢ over facts. A relation says that one form is zero (or not above it), or, with a
rate, that it is so many percent of another form: a share is 100·part = rate·whole, a rise is
100·change = rate·(now − change). A figure that stands on both sides stays one figure, so that its
rounding is not counted twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from fiscal.model import Fact

__all__ = ["Form", "Relation", "Term"]


class Term(NamedTuple):
    """A figure, taken `coefficient` times."""

    coefficient: Fraction
    fact: Fact


Form = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """What should hold between some figures by one rule.

    Without `rate`: `form` = 0, or `form` ≤ 0 where `is_bound`. With `rate`, a fact in percent:
    100·`form` = rate·`whole`. `subject` says in words what the relation is about, the
    same in every year and layout, for the finding's fingerprint. `is_partial` says that addends
    may be missing, so that only their excess over the first figure is wrong.
    """

    rule: str
    subject: str
    form: Form
    whole: Form = ()
    rate: Fact | None = None
    is_bound: bool = False
    is_partial: bool = False

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The figures of the relation, each once, in the order in which they are named."""
        rate = (self.rate,) if self.rate else ()
        named = (*(term.fact for term in (*self.form, *self.whole)), *rate)
        return tuple({fact.id: fact for fact in named}.values())
