"""A document as rules look at it: its facts by what they are of, so that a rule binds by meaning.

Facts are found by their subject (see `subject`), measure and year, by table and by section. Figures
whose unit of money is unknown take no part in arithmetic; they are kept in `unusable`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple, TypeVar

from fiscal.model import Document, Extraction, Fact, Profile, Statement
from fiscal.money import Amount
from fiscal.rules.subject import Subject, subject_of

__all__ = ["MONEY_MEASURES", "Key", "View"]

MONEY_MEASURES = frozenset(
    ("final", "budget", "adjusted_budget", "prior_year", "change", "budget_difference")
)


_K = TypeVar("_K")


class Key(NamedTuple):
    """What a figure is of, which figure it is, and of which year."""

    subject: Subject
    measure: str
    year: int | None


@dataclass(frozen=True)
class View:
    """One document with its facts indexed."""

    extraction: Extraction

    @property
    def document(self) -> Document:
        """The document itself, with its text and blocks."""
        return self.extraction.document

    @property
    def profile(self) -> Profile:
        """What the document says of itself."""
        return self.extraction.profile

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What is said without a numeral."""
        return self.extraction.statements

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that arithmetic may use, in their order."""
        return tuple(filter(_is_usable, map(self._settled, self.extraction.facts)))

    @cached_property
    def unusable(self) -> tuple[Fact, ...]:
        """The facts whose unit of money is not known."""
        return tuple(fact for fact in self.extraction.facts if not _is_usable(_settled_unit(fact)))

    def _settled(self, fact: Fact) -> Fact:
        fact = _settled_unit(fact)
        if fact.fiscal_year is None or "year of the title differs" in fact.flags:
            return replace(fact, fiscal_year=self.profile.fiscal_year)
        return fact

    @cached_property
    def _subjects(self) -> dict[str, Subject]:
        found = ((fact.id, subject_of(fact)) for fact in self.facts)
        return {fact_id: subject for fact_id, subject in found if subject}

    def subject(self, fact: Fact) -> Subject | None:
        """Return what a fact is of, None where that has no name here."""
        return self._subjects.get(fact.id)

    @cached_property
    def by_key(self) -> dict[Key, tuple[Fact, ...]]:
        """The mentions of every figure, in order of the document."""
        found: defaultdict[Key, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            subject = self.subject(fact)
            if subject:
                found[Key(subject, fact.measure, fact.fiscal_year)].append(fact)
        return {key: tuple(mentions) for key, mentions in found.items()}

    def mentions(self, subject: Subject, measure: str, year: int | None) -> tuple[Fact, ...]:
        """Return every mention of one figure."""
        return self.by_key.get(Key(subject, measure, year), ())

    @cached_property
    def sections(self) -> dict[str, tuple[Fact, ...]]:
        """The facts of running text by the path of headings they stand under."""
        return _grouped((fact.section, fact) for fact in self.facts if not fact.is_in_table)

    @cached_property
    def tables(self) -> dict[tuple[str, str], tuple[Fact, ...]]:
        """The facts in tables by the kind of the table and its number in the document."""
        in_tables = (fact for fact in self.facts if fact.is_in_table)
        return _grouped(((fact.section, table_number(fact)), fact) for fact in in_tables)

    def tables_of(self, kind: str) -> Iterator[tuple[Fact, ...]]:
        """Yield the facts of every table of a kind, such as `revenue`, of budget or accounts."""
        wanted = (f"final_accounts_{kind}_table", f"budget_{kind}_table", f"{kind}_table")
        return (facts for (section, _), facts in self.tables.items() if section in wanted)

    @cached_property
    def complete(self) -> frozenset[str]:
        """The ids of facts that the document claims to list in full, with all beside them."""
        read = {fact.id for fact in self.facts}
        full = (listing for listing in self.extraction.listings if listing.members <= read)
        return frozenset(member for listing in full for member in listing.members)


def table_number(fact: Fact) -> str:
    """Return what the ids of the facts of one table have in common: T2 of T2R29C4."""
    return fact.id.split("R", 1)[0]


def _grouped(
    pairs: Iterable[tuple[_K, Fact]],
) -> dict[_K, tuple[Fact, ...]]:
    found: defaultdict[_K, list[Fact]] = defaultdict(list)
    for key, fact in pairs:
        found[key].append(fact)
    return {key: tuple(facts) for key, facts in found.items()}


def _settled_unit(fact: Fact) -> Fact:
    """Take 万 for the 万元 it stands for."""
    if fact.amount.unit == "万" and fact.measure in MONEY_MEASURES:
        return replace(fact, amount=Amount(fact.amount.number, "万元"))
    return fact


def _is_usable(fact: Fact) -> bool:
    return fact.amount.is_money or fact.measure not in MONEY_MEASURES
