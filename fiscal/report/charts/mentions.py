"""Which of a document's mentions of one figure is shown, and what is said of the others.

A figure may be printed several times, in other units and with other decimals. The amount that most
mentions agree on is taken, where as many agree on another the first of them, and of those that
agree the most precise. What disagrees is told below the picture.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from fiscal.errors import Text, listed
from fiscal.graph.roll_up import Figure
from fiscal.model import Fact
from fiscal.money import format_amount, format_rounded
from fiscal.report.figures import Scale, scale_of
from fiscal.rules.subject import Subject, named
from fiscal.rules.view import View

__all__ = ["Told", "level_of", "printed_otherwise", "said", "scale_shown", "told", "year_of"]

# No document has more use for mentions of one figure; each is held against every other.
_MOST_MENTIONS = 50


@dataclass(frozen=True, slots=True)
class Told:
    """The fact to show, those that agree with it, and those that print another amount."""

    fact: Fact
    agreeing: tuple[Fact, ...] = ()
    others: tuple[Fact, ...] = ()

    @property
    def value(self) -> Fraction:
        """The amount in yuan, exact."""
        return self.fact.amount.value

    def printed_in(self, unit: str) -> Told:
        """Return this as the document prints it in `unit`, if it does."""
        fitting = (fact for fact in self.agreeing if fact.amount.unit == unit)
        return replace(self, fact=next(fitting, self.fact))

    def remark(self, name: Text) -> Text | None:
        """Tell where the document prints another amount; None where it does not."""
        if not self.others:
            return None
        own = format_amount(self.fact.amount)
        elsewhere = listed(dict.fromkeys(format_amount(one.amount) for one in self.others))
        return Text(
            f"{name.zh}按 {own} 画，文件另处写作 {elsewhere.zh}",
            f"{name.en} is drawn as {own}; elsewhere the document has {elsewhere.en}",
        )


def told(view: View, subject: Subject, measure: str, year: int | None) -> Told | None:
    """Return what the document tells of one figure, None where it does not."""
    facts = view.mentions(subject, measure, year)[:_MOST_MENTIONS]
    if not facts:
        return None
    chosen = max(facts, key=lambda fact: (_support(fact, facts), -fact.amount.half_width))
    agreeing = tuple(fact for fact in facts if _agree(fact, chosen))
    return Told(chosen, agreeing, tuple(fact for fact in facts if fact not in agreeing))


def year_of(view: View) -> int | None:
    """Return the year of a document, or the last one its own figures are of."""
    if view.profile.fiscal_year is not None:
        return view.profile.fiscal_year
    years = (fact.fiscal_year for fact in view.facts if fact.measure == view.level)
    return max(filter(None, years), default=None)


def level_of(view: View, subject: Subject) -> Told | None:
    """Return the document's own figure of its own year."""
    return told(view, subject, view.level, year_of(view))


def scale_shown(facts: Iterable[Fact]) -> Scale:
    """Return the unit to show figures in: the largest, so that none looks finer than it is."""
    every = list(facts)
    largest = max((fact.amount.unit_value for fact in every), default=None)
    return scale_of(fact for fact in every if fact.amount.unit_value == largest)


def said(view: View, kind: str, subject: Subject) -> bool:
    """Whether the document says `kind` of a subject without a numeral."""
    return any(one.kind == kind and named(one.label) == subject for one in view.statements)


def printed_otherwise(
    view: View, subject: Subject, measure: str, ratio: Fraction, whole: Subject | None = None
) -> str | None:
    """Return the share or rate the document prints where it is not `ratio`, rounded as it is.

    A share of something else than `whole` is no other share of it.
    """
    for fact in view.mentions(subject, measure, year_of(view)):
        if whole and fact.base and named(fact.base) != whole:
            continue
        printed = f"{fact.amount.number:f}"
        if Fraction(printed) != Fraction(format_rounded(ratio * 100, fact.amount.decimals)):
            return f"{printed}%"
    return None


def _support(fact: Fact, facts: tuple[Fact, ...]) -> int:
    return sum(_agree(fact, other) for other in facts)


def _agree(one: Fact, other: Fact) -> bool:
    return _figure(one).agrees_with(_figure(other))


def _figure(fact: Fact) -> Figure:
    return Figure(fact.amount.value, fact.amount.half_width)
