"""What the facts of a document say, asked by meaning: a figure, its year before, its budget.

One figure may be mentioned often; the one in a table, and of these the one with the most decimals,
is taken. What follows exactly from what is known is known: a sum of all its parts, last year's
figure from this year's and the change, nothing where the other parts make up the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from fiscal.codes import TOTAL, ancestors
from fiscal.model import BUDGETS, Extraction, Fact
from fiscal.rules.subject import Subject, kind_of_table, named
from fiscal.rules.view import View

__all__ = ["Ledger", "subject_named"]

_PRINTED = "as_printed"
# A budget whose table is there and empty has nothing in it.
_TABLE_OF = {
    "government_funds_budget": "government_funds",
    "state_capital_budget": "state_capital",
}
_FUNDS = ("general_public_appropriation", "government_funds_appropriation",
          "state_capital_appropriation")  # fmt: skip
_OWN_SOURCES = ("superior_subsidy", "institutional_revenue", "business_revenue",
                "affiliate_remittance", "other_revenue")  # fmt: skip
_REVENUE = Subject("revenue", TOTAL)
_FISCAL = _REVENUE._replace(source="fiscal_appropriation")
_OWN = tuple(_REVENUE._replace(source=source) for source in _OWN_SOURCES)
_EXPENDITURE = Subject("expenditure", TOTAL)
_TYPES = ("basic_expenditure", "project_expenditure", "remittance_to_superior",
          "business_expenditure", "subsidy_to_affiliates")  # fmt: skip
# Wholes with all their parts.
_WHOLES = (
    (_REVENUE, (*(_REVENUE._replace(source=fund) for fund in _FUNDS), *_OWN)),
    (_REVENUE, (_FISCAL, *_OWN)),
    (_EXPENDITURE, tuple(_EXPENDITURE._replace(type=each) for each in _TYPES)),
)
# What is the sum of what, where all the parts are known.
_SUMS = {
    Subject("official_vehicles"): (Subject("vehicle_purchase"), Subject("vehicle_operation")),
    Subject("three_public_expenses"): (
        Subject("overseas_trips"),
        Subject("official_vehicles"),
        Subject("official_receptions"),
    ),
    _FISCAL: tuple(_REVENUE._replace(source=fund) for fund in _FUNDS),
}


def subject_named(label: str) -> Subject:
    """Return the subject that a name of the styles means; `名@budget` is of that budget.

    A name in quotes is a label that has no subject and is looked up as it is printed.

    Raises ValueError for a name that means nothing.

    >>> str(subject_named("人员经费@general_public_budget"))
    'expenditure/total/general_public_budget/personnel_expenditure'
    """
    if label.startswith("'"):
        return Subject(_PRINTED, label.strip("'"))
    name, _, budget = label.partition("@")
    found = named(name)
    if found is None:
        raise ValueError(f"nothing is known of {label}")
    return found._replace(budget=budget) if budget else found


@dataclass(frozen=True)
class Ledger:
    """The figures of one document and one year; values are exact, money in yuan."""

    extraction: Extraction
    _asked: set[Subject] = field(default_factory=set, repr=False)

    @cached_property
    def view(self) -> View:
        """The document by meaning."""
        return View(self.extraction)

    @property
    def year(self) -> int | None:
        """The year of the document."""
        return self.extraction.profile.fiscal_year

    @property
    def level(self) -> str:
        """The measure of the document's own figures."""
        return self.view.level

    @cached_property
    def finest(self) -> Fraction:
        """The last place, in yuan, that the document prints; a bare 0 has none."""
        own = (fact.amount for fact in self.view.facts if fact.measure == self.level)
        widths = [each.half_width for each in own if each.is_money and each.half_width]
        return 2 * min(widths, default=Fraction(0))

    def fact(self, subject: Subject, measure: str) -> Fact | None:
        """Return the mention of a figure that is taken for it."""
        if subject.indicator == _PRINTED:
            return self._by_label.get((subject.code or "", measure))
        years = (self.year, self.year - 1 if self.year else None)
        wanted = years if measure == "prior_year" else years[:1]
        mentions = [fact for year in wanted for fact in self.view.mentions(subject, measure, year)]
        return max(mentions, key=_worth, default=None)

    @cached_property
    def _by_label(self) -> dict[tuple[str, str], Fact]:
        facts = (fact for fact in reversed(self.view.facts) if fact.fiscal_year == self.year)
        return {(fact.label, fact.measure): fact for fact in facts}

    def value(self, subject: Subject, measure: str = "") -> Fraction | None:
        """Return a figure, printed or following from others; None where it is not known."""
        measure = measure or self.level
        fact = self.fact(subject, measure)
        if fact:
            return fact.amount.value
        if (subject, measure) in self._said:
            return self._said[subject, measure]
        return self._following(subject, measure)

    def _following(self, subject: Subject, measure: str) -> Fraction | None:
        if subject in _SUMS:
            return self._sum([self.value(part, measure) for part in _SUMS[subject]])
        below = self._parts_of(subject)
        if below and subject.budget in self._complete_budgets:
            return self._sum([self.value(part, measure) for part in below])
        if measure == "budget" and self.level == "final":
            return self._planned(subject)
        if measure != self.level:
            return None
        if subject in self._absent:
            return Fraction(0)
        is_whole = subject.code == TOTAL and subject.indicator in ("expenditure", "revenue")
        return Fraction(0) if is_whole and self._is_empty(subject.budget) else None

    def _planned(self, subject: Subject) -> Fraction | None:
        final, excess = self.fact(subject, "final"), self.fact(subject, "budget_difference")
        return final.amount.value - excess.amount.value if final and excess else None

    def _parts_of(self, subject: Subject) -> list[Subject]:
        """Return what a heading of a budget is the sum of: the lowest headings below it."""
        code, budget = subject.code or "", subject.budget
        if code[:1] != "2" or budget is None or subject != Subject("expenditure", code, budget):
            return []
        below = (each for each in self.leaves(budget) if each.startswith(code) and each != code)
        return [Subject("expenditure", each, budget) for each in below]

    @cached_property
    def _complete_budgets(self) -> frozenset[str]:
        """The budgets whose headings make up their total, so that none is missing."""
        return frozenset(filter(self._adds_up, BUDGETS))

    def _adds_up(self, budget: str) -> bool:
        total = self.fact(Subject("expenditure", TOTAL, budget), self.level)
        parts: list[Fact] = []
        for category in sorted({code[:3] for code in self.codes(budget)}):
            whole = Subject("expenditure", category, budget)
            own = self.fact(whole, self.level)
            lowest = (self.fact(part, self.level) for part in self._parts_of(whole))
            parts += [own] if own else [fact for fact in lowest if fact]
        if total is None:
            return False
        difference = total.amount.value - sum((f.amount.value for f in parts), Fraction(0))
        return abs(difference) <= sum(f.amount.half_width for f in (total, *parts))

    @staticmethod
    def _sum(values: Sequence[Fraction | None]) -> Fraction | None:
        known = [value for value in values if value is not None]
        return sum(known, Fraction(0)) if len(known) == len(values) else None

    def before(self, subject: Subject) -> Fraction | None:
        """Return the same figure of the year before, printed or from the change."""
        printed = self._last_years(subject)
        if printed is not None:
            return printed
        own, change = self.value(subject), self.value(subject, "change")
        return own - change if own is not None and change is not None else None

    def _last_years(self, subject: Subject) -> Fraction | None:
        before = self.value(subject, "prior_year")
        if before is None and self.year:
            mentions = self.view.mentions(subject, self.level, self.year - 1)
            before = max(mentions, key=_worth).amount.value if mentions else None
        return before

    def codes(self, budget: str) -> list[str]:
        """Return every functional code with a figure of its own in a budget, in order."""
        return self._codes.get(budget, [])

    def leaves(self, budget: str) -> list[str]:
        """Return the codes of a budget below which it has no other."""
        return self._leaves.get(budget, [])

    @cached_property
    def _codes(self) -> dict[str, list[str]]:
        found: dict[str, set[str]] = {}
        for key in self.view.by_key:
            code, budget = key.subject.code or "", key.subject.budget or ""
            is_plain = key.subject == Subject("expenditure", code, budget)
            if key.measure == self.level and code[:1] == "2" and is_plain:
                found.setdefault(budget, set()).add(code)
        return {budget: sorted(codes) for budget, codes in found.items()}

    @cached_property
    def _leaves(self) -> dict[str, list[str]]:
        return {
            budget: sorted(set(codes) - {above for code in codes for above in ancestors(code)})
            for budget, codes in self._codes.items()
        }

    def name_printed(self, code: str, budget: str) -> str:
        """Return the name by which the document calls a code, that of its deepest heading."""
        fact = self.fact(Subject("expenditure", code, budget), self.level)
        return fact.label.rsplit("/", 1)[-1] if fact else ""

    @cached_property
    def _said(self) -> Mapping[tuple[Subject, str], Fraction]:
        return dict(self._statements())

    def _statements(self) -> Iterator[tuple[tuple[Subject, str], Fraction]]:
        for statement in self.extraction.statements:
            subject = named(statement.label)
            if statement.code and statement.budget:
                subject = Subject("expenditure", statement.code, statement.budget)
            fact = self.fact(subject, self.level) if subject else None
            if subject is None:
                continue
            if statement.kind == "zero" and not fact:
                yield (subject, self.level), Fraction(0)
            elif statement.kind == "equal_to_prior_year":
                yield (subject, "change"), Fraction(0)
            elif fact and statement.kind == "equal_to_budget":
                yield (subject, "budget"), fact.amount.value

    @cached_property
    def _absent(self) -> frozenset[Subject]:
        """The parts that are nothing, since those that are known make up their whole."""
        absent: set[Subject] = set()
        for whole, parts in _WHOLES:
            total = self.fact(whole, self.level)
            known = {part: fact for part in parts if (fact := self.fact(part, self.level))}
            if total and total.amount.value == sum(f.amount.value for f in known.values()):
                absent.update(part for part in parts if part not in known)
        return frozenset(absent)

    def _is_empty(self, budget: str | None) -> bool:
        kind = _TABLE_OF.get(budget or "")
        tables = map(kind_of_table, self.extraction.profile.tables)
        has_facts = any(kind_of_table(fact.section) == kind for fact in self.extraction.facts)
        return kind is not None and kind in tables and not has_facts


def _worth(fact: Fact) -> tuple[bool, Fraction]:
    return fact.is_in_table, -fact.amount.half_width
