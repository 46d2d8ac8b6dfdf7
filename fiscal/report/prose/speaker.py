"""Filling the slots of a style from a ledger: amounts, rates, comparisons and lists.

Whatever is printed is computed exactly and then rounded half up. What the ledger does not know is
named, and the clause that asked for it is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from fiscal.model import MEASURES
from fiscal.money import UNITS, format_amount, format_rounded
from fiscal.report.prose.headings import (
    Heading,
    economic_headings,
    heading_of,
    headings,
    is_of_budget,
)
from fiscal.report.prose.ledger import Ledger, subject_named
from fiscal.report.prose.style import Comparison, Series, Style
from fiscal.report.prose.template import Filled, Slot, fill_template, lacking, not_applicable
from fiscal.rules.subject import Subject

__all__ = ["Speaker"]

_ALL = Fraction(1)


@dataclass(frozen=True)
class Speaker:
    """Whoever tells the figures of a ledger in a style, with money in so many decimals.

    `subject`, `name`, `number` and `heading` are what a list is at.
    """

    ledger: Ledger
    style: Style
    unit: str
    decimals: int
    subject: Subject | None = None
    name: str = ""
    number: int = 0
    heading: Heading | None = None

    def say(self, template: str) -> Filled:
        """Fill a template of the style."""
        return fill_template(template, self._fill)

    def _fill(self, slot: Slot) -> Filled:
        if slot.verb in self.style.comparisons:
            return self._compare(self.style.comparisons[slot.verb], slot)
        verbs: dict[str, Callable[[Slot], Filled]] = {
            "": self._plain,
            "budget": lambda slot: self._money(slot.name, "budget"),
            "count": lambda slot: self._counted(slot.name, "count"),
            "score": lambda slot: self._counted(slot.name, "score"),
            "share": self._share,
            "completion": self._completion,
            "each": lambda slot: self._each(self.style.lists[slot.name]),
            "if_equal": self._if_equal,
            "if_zero": lambda slot: self._if(slot, is_zero=True),
            "if_some": lambda slot: self._if(slot, is_zero=False),
        }
        return verbs[slot.verb](slot)

    # Words and amounts

    def _plain(self, slot: Slot) -> Filled:
        words = self._words(slot.name)
        return self._money(slot.name) if words is None else words

    def _words(self, name: str) -> Filled | None:
        year = self.ledger.year
        organisation = self.ledger.extraction.profile.organisation
        known = {
            "body": organisation or "本单位",
            "year": str(year) if year else None,
            "prior": str(year - 1) if year else None,
            "word": self.style.year_word,
            "n": str(self.number),
            "name": self.name,
        }
        if self.heading:
            known |= {
                "code": self.heading.code,
                "path": self.heading.path,
                "coded_path": self.heading.coded_path,
            }
        if name not in known:
            return None
        words = known[name]
        return Filled(words) if words else lacking("年度")

    def _meant(self, name: str) -> Subject:
        return self.subject if name == "it" and self.subject else subject_named(name)

    def _value(self, name: str, measure: str = "") -> Fraction | None:
        return self.ledger.value(self._meant(name), measure)

    def _lacks(self, name: str, measure: str = "") -> Filled:
        measure = measure or self.ledger.level
        called = self.name if name == "it" else name.strip("'").partition("@")[0]
        return lacking(f"{called}（{MEASURES[measure].zh}）")

    def _money(self, name: str, measure: str = "") -> Filled:
        value = self._value(name, measure)
        return self._lacks(name, measure) if value is None else Filled(self._printed(value))

    def _printed(self, value: Fraction) -> str:
        """Print an amount, to the fen where rounding would leave nothing of it."""
        rounded = self._rounded(value)
        if not value or _has_digits(rounded):
            return rounded
        to_the_fen = format_rounded(value / UNITS[self.unit], len(str(UNITS[self.unit])) + 1)
        return to_the_fen.rstrip("0") + self.unit if _has_digits(to_the_fen) else rounded

    def _rounded(self, value: Fraction) -> str:
        if not value and self.style.bare_zero:
            return "0" + self.unit
        return format_rounded(value / UNITS[self.unit], self.decimals) + self.unit

    def _rate(self, value: Fraction) -> str:
        return "0%" if not value and self.style.bare_zero else f"{format_rounded(value * 100, 2)}%"

    def _counted(self, name: str, measure: str) -> Filled:
        fact = self.ledger.fact(self._meant(name), measure)
        return Filled(format_amount(fact.amount)) if fact else self._lacks(name, measure)

    # Conditions

    def _if_equal(self, slot: Slot) -> Filled:
        left, right = (self._value(name) for name in slot.name.split("/"))
        if left is None or right is None:
            return self._lacks(slot.name.split("/")[left is not None])
        return Filled("") if left == right else not_applicable()

    def _if(self, slot: Slot, *, is_zero: bool) -> Filled:
        value = self._value(slot.name)
        if value is None:
            return self._lacks(slot.name)
        return Filled("") if (value == 0) is is_zero else not_applicable()

    # Rates and comparisons

    def _share(self, slot: Slot) -> Filled:
        names = slot.name.split("/")
        part, whole = (self._value(name) for name in names)
        if part is None or whole is None:
            printed = self._value(names[0], "share")
            lacks = self._lacks(names[part is not None])
            return lacks if printed is None else Filled(self._rate(printed / 100))
        return Filled(self._rate(part / whole)) if whole > 0 else not_applicable()

    def _completion(self, slot: Slot) -> Filled:
        final, budget = self._value(slot.name, "final"), self._value(slot.name, "budget")
        if final == 0 and not budget:
            return not_applicable()
        if budget is None or final is None:
            printed = self._value(slot.name, "completion")
            lacks = self._lacks(slot.name, "budget")
            return lacks if printed is None else Filled(self._rate(printed / 100))
        return Filled(self._rate(final / budget)) if budget > 0 else not_applicable()

    def _compare(self, how: Comparison, slot: Slot) -> Filled:
        own = self._value(slot.name)
        if own is None:
            return self._lacks(slot.name)
        if how.base == "budget":
            base, lacks = self._value(slot.name, "budget"), self._lacks(slot.name, "budget")
        else:
            base = self.ledger.before(self._meant(slot.name))
            lacks = self._lacks(slot.name, "change")
        return lacks if base is None else self._compared(how, slot, own - base, base)

    def _compared(
        self, how: Comparison, slot: Slot, difference: Fraction, base: Fraction
    ) -> Filled:
        amount = self._rounded(abs(difference))
        is_equal = not _has_digits(amount)
        is_down = difference < 0
        what, _, each = slot.words.partition("/")
        words = {
            "what": what,
            "each": each,
            "difference": amount,
            "rate": self._rate(abs(difference) / base) if base > 0 else "",
            "more": self.style.more_or_less[is_down],
            "rise": self.style.rise_or_fall[is_down],
            "bigger": ("大于", "小于")[is_down],
            "nearly": "基本" if difference else "",
            "why": "" if base else "基数为零，",
        }
        template = how.equal if is_equal else how.moved if base > 0 else how.nothing
        return fill_template(
            template,
            lambda slot: Filled(words[slot.name]) if slot.name in words else self._fill(slot),
        )

    # Lists

    def _each(self, series: Series) -> Filled:
        said: list[str] = []
        lacks: list[str] = []
        for speaker in self._members(series):
            filled = replace(speaker, number=len(said) + 1).say(series.text)
            lacks += () if series.keep == "known" and filled.fails else filled.lacks
            said += [] if filled.fails else [filled.text]
        if not said:
            return Filled("", tuple(lacks), True)
        return Filled(series.lead + series.separator.join(said), tuple(lacks))

    def _members(self, series: Series) -> Iterator[Speaker]:
        for speaker in self._all(series):
            is_foreign = speaker.heading and not is_of_budget(speaker.heading, series.budget)
            if not (is_foreign or series.keep == "some") or speaker._has_money(series):
                yield speaker

    def _has_money(self, series: Series) -> bool:
        """Tell whether a member has, or was to have, anything, or nobody knows."""
        measures = (series.measure or self.ledger.level, "budget")
        values = [self.ledger.value(self.subject, m) if self.subject else None for m in measures]
        return values[0] is None or any(values)

    def _all(self, series: Series) -> Iterator[Speaker]:
        for label in series.of:
            yield replace(self, subject=subject_named(label), name=label, heading=None)
        if series.over == "economic":
            for name in economic_headings(self.ledger, series.categories):
                yield replace(self, subject=None, name=name)
            return
        under = self.heading.code if self.heading else ""
        for code in headings(self.ledger, series.over, series.budget, under):
            heading = heading_of(self.ledger, code, series.budget)
            subject = Subject("expenditure", code, series.budget)
            yield replace(self, subject=subject, name=heading.name, heading=heading)


def _has_digits(amount: str) -> bool:
    return any(digit in "123456789" for digit in amount)
