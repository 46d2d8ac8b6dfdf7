"""Small true records for tests: what was spent, the sums, shares and mentions, rounded as printed.

`records()` draws a `Record` whose relations all hold; `Record.with_amounts` plants other figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from fiscal.model import Fact, Span
from fiscal.money import UNITS, Amount, format_amount, format_rounded
from fiscal.rules.feasibility import with_amounts
from fiscal.rules.relation import Form, Relation, Term

__all__ = ["Record", "a_fact", "equal", "records", "share", "total"]

_ONE = Fraction(1)


def a_fact(fact_id: str, amount: Amount, measure: str = "final", at: int | None = None) -> Fact:
    """A figure at a place of its own."""
    start = 20 * (int("".join(filter(str.isdigit, fact_id)) or "0") if at is None else at)
    quote = format_amount(amount)
    span = Span(quote, start, start + len(quote))
    return Fact(fact_id, fact_id, None, measure, 2019, amount, None, "", span)


def total(whole: Fact, parts: list[Fact]) -> Relation:
    """Whole = Σ parts."""
    form = (Term(_ONE, whole), *(Term(-_ONE, part) for part in parts))
    return Relation("S101", whole.label, form)


def equal(one: Fact, other: Fact) -> Relation:
    """The same figure in two places."""
    return Relation("X101", one.label, (Term(_ONE, one), Term(-_ONE, other)))


def share(rate: Fact, part: Fact, whole: Fact) -> Relation:
    """100·part = rate·whole."""
    return Relation("P101", part.label, ((Term(_ONE, part)),), (Term(_ONE, whole),), rate)


def rise(rate: Fact, change: Fact, now: Fact) -> Relation:
    """100·change = rate·(now − change)."""
    before: Form = (Term(_ONE, now), Term(-_ONE, change))
    return Relation("Y101", now.label, (Term(_ONE, change),), before, rate)


@dataclass(frozen=True)
class Record:
    """Facts, the exact value of each, and relations that hold."""

    facts: Mapping[str, Fact]
    relations: tuple[Relation, ...]

    def with_amounts(self, amounts: Mapping[str, Amount]) -> tuple[Relation, ...]:
        """The relations once some figures are printed otherwise."""
        return tuple(with_amounts(relation, amounts) for relation in self.relations)


def printed(value: Fraction, unit: str, decimals: int) -> Amount:
    """A true value as it is printed."""
    return Amount(Decimal(format_rounded(value / UNITS.get(unit, 1), decimals)), unit)


@st.composite
def records(draw: st.DrawFn, unit: str | None = None) -> Record:
    """Draw a record: groups of parts, a total, some shares, mentions and a rise."""
    unit = unit or draw(st.sampled_from(("元", "万元")))
    facts: dict[str, Fact] = {}
    relations: list[Relation] = []

    def state(value: Fraction, measure: str = "final", in_unit: str = unit) -> Fact:
        fact = a_fact(f"F{len(facts) + 1}", printed(value, in_unit, 2), measure)
        facts[fact.id] = fact
        return fact

    groups = draw(st.lists(st.lists(_yuan, min_size=1, max_size=4), min_size=2, max_size=4))
    wholes = []
    for parts in groups:
        whole = state(sum(parts, Fraction(0)))
        relations.append(total(whole, [state(part) for part in parts]))
        wholes.append(whole)
    everything = sum((sum(parts, Fraction(0)) for parts in groups), Fraction(0))
    spent = state(everything)
    relations.append(total(spent, wholes))
    for whole, parts in zip(wholes, groups, strict=True):
        if draw(st.booleans()):
            part = sum(parts, Fraction(0))
            relations.append(share(state(100 * part / everything, "share", "%"), whole, spent))
        if draw(st.booleans()):
            relations.append(equal(whole, state(sum(parts, Fraction(0)))))
    if draw(st.booleans()):
        before = draw(_yuan)
        change = state(everything - before, "change")
        rate = state(100 * (everything - before) / before, "change_rate", "%")
        relations.append(rise(rate, change, spent))
    return Record(facts, tuple(relations))


# From a thousand 元 up, so that a printed amount is never lost in its own rounding.
_yuan = st.integers(min_value=10**5, max_value=10**10).map(lambda fen: Fraction(fen, 100))
