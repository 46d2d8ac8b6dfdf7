"""A document as rules look at it: its facts by what they are of, so that a rule binds by meaning.

Facts are found by their subject (see `subject`), measure and year, by table and by section. Figures
whose unit of money is unknown take no part in arithmetic; they are kept in `unusable`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, TypeVar

from fiscal.model import Document, DocumentKind, Extraction, Fact, Profile, Statement, Table
from fiscal.money import Amount
from fiscal.rules.subject import VEHICLE_KINDS, Subject, subject_of
from fiscal.rules.tolerance import ROUNDED_ZERO

__all__ = ["LEVELS", "MONEY_MEASURES", "Key", "Place", "View"]

# Figures of what there is or was, not of how it compares.
LEVELS = frozenset(("final", "budget", "adjusted_budget", "prior_year", "count"))
# A name that another may begin with and still mean the same thing is longer than this.
_SHORTEST_NAME = 5
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
class Place:
    """A table or a paragraph with its facts.

    `is_understood` says that every figure of the table was read and has a name.
    """

    facts: tuple[Fact, ...]
    by_key: dict[Key, tuple[Fact, ...]]
    is_table: bool
    is_understood: bool


@dataclass(frozen=True)
class View:
    """One document with its facts indexed; `others` are those it can be held against."""

    extraction: Extraction
    others: tuple[View, ...] = ()

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
        """The facts that arithmetic may use, in the order in which they stand."""
        usable = filter(_is_usable, map(self._settled, self.extraction.facts))
        return tuple(sorted(usable, key=lambda fact: (fact.span.start, fact.id)))

    @cached_property
    def unusable(self) -> tuple[Fact, ...]:
        """The facts whose unit of money is not known."""
        return tuple(fact for fact in self.extraction.facts if not _is_usable(_settled_unit(fact)))

    @cached_property
    def _decimals(self) -> dict[str, int]:
        """How many decimals the prose gives to money, by unit; a bare 0 has as many."""
        found: dict[str, int] = {}
        for fact in self.extraction.facts:
            if fact.amount.number and fact.amount.is_money and not fact.is_in_table:
                unit = fact.amount.unit
                found[unit] = max(found.get(unit, 0), fact.amount.decimals)
        return found

    def _settled_zero(self, fact: Fact) -> Fact:
        """Take a bare 0 of prose for what rounds to it at the decimals of the others."""
        amount = fact.amount
        is_bare = not amount.number and not amount.decimals and amount.is_money
        if fact.is_in_table or not is_bare or amount.unit not in self._decimals:
            return fact
        decimals = self._decimals[amount.unit]
        if decimals == 0:
            return replace(fact, flags=(*fact.flags, ROUNDED_ZERO))
        return replace(fact, amount=Amount(Decimal(0).scaleb(-decimals), amount.unit))

    def _settled(self, fact: Fact) -> Fact:
        fact = self._settled_zero(_settled_unit(fact))
        if fact.fiscal_year is None or "year of the title differs" in fact.flags:
            return replace(fact, fiscal_year=self.profile.fiscal_year)
        return fact

    @cached_property
    def _subjects(self) -> dict[str, Subject]:
        found = ((fact, subject_of(fact)) for fact in self.facts)
        return {fact.id: subject for fact, subject in self._parted(found) if subject}

    def _parted(
        self, found: Iterable[tuple[Fact, Subject | None]]
    ) -> Iterator[tuple[Fact, Subject | None]]:
        """Part the kinds of vehicles by their whole: to be bought, for officials, or all."""
        whole: Fact | None = None
        for fact, subject in found:
            is_count = fact.measure == "count" and not fact.is_in_table
            if (is_count and "车辆" in fact.label) or subject == Subject("vehicles_owned"):
                whole = fact
            is_kind = is_count and subject and subject.indicator in VEHICLE_KINDS
            if is_kind and subject and whole and self._is_beside(fact, whole):
                yield fact, subject._replace(type=_kind_of(whole))
            else:
                yield fact, subject

    def _is_beside(self, one: Fact, other: Fact) -> bool:
        return self.paragraph_of(one) == self.paragraph_of(other)

    def subject(self, fact: Fact) -> Subject | None:
        """Return what a fact is of, None where that has no name here."""
        return self._subjects.get(fact.id)

    @cached_property
    def by_key(self) -> dict[Key, tuple[Fact, ...]]:
        """The mentions of every figure, in order of the document."""
        return self._keyed(self.facts)

    def mentions(self, subject: Subject, measure: str, year: int | None) -> tuple[Fact, ...]:
        """Return every mention of one figure."""
        return self.by_key.get(Key(subject, measure, year), ())

    @cached_property
    def tables(self) -> dict[tuple[str, str], Place]:
        """The tables by their kind and number in the document."""
        in_tables = (fact for fact in self.facts if fact.is_in_table)
        grouped = _grouped(((fact.section, self.table_of(fact)), fact) for fact in in_tables)
        return {key: self._place(facts, is_table=True) for key, facts in grouped.items()}

    def table_of(self, fact: Fact) -> str:
        """Return the number of a fact's table, T2 of T2R29C4; the first where it runs over several.

        A column that is empty on the first page belongs to the table all the same.
        """
        return self._first_tables[fact.section, _grid_of(fact.id)]

    @cached_property
    def _first_tables(self) -> dict[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for fact in self.facts:
            if fact.is_in_table:
                grid, first = _grid_of(fact.id), _grid_of(fact.series or fact.id)
                known = found.get((fact.section, grid), grid)
                found[fact.section, grid] = min(known, first, key=lambda each: (len(each), each))
        return found

    @cached_property
    def paragraphs(self) -> dict[int, Place]:
        """The paragraphs with figures by the character at which they begin."""
        in_prose = (fact for fact in self.facts if not fact.is_in_table)
        grouped = _grouped((self.paragraph_of(fact), fact) for fact in in_prose)
        return {start: self._place(facts, is_table=False) for start, facts in grouped.items()}

    @property
    def places(self) -> tuple[Place, ...]:
        """Every table and every paragraph."""
        return (*self.tables.values(), *self.paragraphs.values())

    @cached_property
    def _starts(self) -> list[int]:
        text = self.document.text
        blocks = [block.start for block in self.document.blocks]
        return blocks or [0, *(at + 1 for at, sign in enumerate(text) if sign == "\n")]

    def paragraph_of(self, fact: Fact) -> int:
        """Return the character at which a fact's paragraph begins."""
        return self.paragraph_at(fact.span.start)

    def paragraph_at(self, place: int) -> int:
        """Return the character at which the paragraph begins that holds one."""
        return self._starts[max(0, bisect_right(self._starts, place) - 1)]

    def _place(self, facts: tuple[Fact, ...], *, is_table: bool) -> Place:
        is_understood = is_table and self._is_understood(facts)
        return Place(facts, self._keyed(facts), is_table, is_understood)

    def _is_understood(self, facts: tuple[Fact, ...]) -> bool:
        """Tell whether the grids that hold some figures hold none that is unread or unnamed."""
        first, last = self._bounds(facts)
        after = bisect_left(self._lost, first)
        has_lost = after < len(self._lost) and self._lost[after] < last
        return not has_lost and all(self.subject(fact) or not fact.amount.number for fact in facts)

    @cached_property
    def _lost(self) -> list[int]:
        """Where figures stand that could not be read, or whose unit is not known."""
        spans = (*self.extraction.unaccounted, *(fact.span for fact in self.unusable))
        return sorted(span.start for span in spans)

    def _bounds(self, facts: tuple[Fact, ...]) -> tuple[int, int]:
        """Return where the grids begin and end that hold some figures."""
        first, last = facts[0].span.start, facts[-1].span.end
        opening, closing = self._table_at(first), self._table_at(last - 1)
        return opening.start if opening else first, closing.end if closing else last

    def _table_at(self, place: int) -> Table | None:
        """Return the grid that holds a character of the text."""
        at = bisect_right(self._grids, place, key=_start_of) - 1
        table = self._grids[at] if at >= 0 else None
        return table if table and place < table.end else None

    @cached_property
    def _grids(self) -> list[Table]:
        return sorted(self.document.tables, key=_start_of)

    def _keyed(self, facts: Iterable[Fact]) -> dict[Key, tuple[Fact, ...]]:
        pairs = ((self.subject(fact), fact) for fact in facts)
        return _grouped(
            (Key(subject, fact.measure, fact.fiscal_year), fact)
            for subject, fact in pairs
            if subject
        )

    def near(self, fact: Fact, *measures: str) -> Fact | None:
        """Return the figure of the same thing next to a fact: in its row or its paragraph.

        The last one before it is taken, or the first one behind it.
        """
        wanted = [
            one
            for one in self.beside(fact)
            if one.measure in measures and one.id != fact.id and self.is_same(one, fact)
        ]
        before = [one for one in wanted if one.span.start <= fact.span.start]
        return before[-1] if before else wanted[0] if wanted else None

    def beside(self, fact: Fact) -> tuple[Fact, ...]:
        """Return the facts of a fact's row, or of its paragraph."""
        if fact.is_in_table:
            return self._rows[_grid_of(fact.id), fact.span.row]
        return self.paragraphs[self.paragraph_of(fact)].facts

    @cached_property
    def _rows(self) -> dict[tuple[str, int | None], tuple[Fact, ...]]:
        in_tables = (fact for fact in self.facts if fact.is_in_table)
        return _grouped(((_grid_of(fact.id), fact.span.row), fact) for fact in in_tables)

    def is_same(self, one: Fact, other: Fact) -> bool:
        """Tell whether two facts are of the same thing: by subject, or by label without one."""
        subjects = self.subject(one), self.subject(other)
        if subjects[0] and subjects[1]:
            return subjects[0] == subjects[1]
        if one.code != other.code:
            return False
        short, long = sorted((one.label, other.label), key=len)
        return long == short or (len(short) > _SHORTEST_NAME and long.startswith(short))

    def elsewhere(self, fact: Fact, *measures: str) -> Fact | None:
        """Return the first mention of the same thing in the document, in the order of measures."""
        subject = self.subject(fact)
        keys = (Key(subject, measure, fact.fiscal_year) for measure in measures if subject)
        return next((self.by_key[key][0] for key in keys if key in self.by_key), None)

    @property
    def level(self) -> str:
        """The measure of the document's own figures: `budget` in a budget, `final` in accounts."""
        return "budget" if self.profile.kind is DocumentKind.BUDGET else "final"

    @cached_property
    def complete(self) -> frozenset[str]:
        """The ids of facts that the document claims to list in full, with all beside them."""
        read = {fact.id for fact in self.facts}
        full = (listing for listing in self.extraction.listings if listing.members <= read)
        return frozenset(member for listing in full for member in listing.members)


def _start_of(table: Table) -> int:
    return table.start


def _grid_of(fact_id: str) -> str:
    return fact_id.split("R", 1)[0]


def _kind_of(whole: Fact) -> str | None:
    if "购置" in whole.label:
        return "bought"
    return None if "车辆" in whole.label else "official"


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
    is_told = "sign_unclear" not in fact.flags
    return is_told and (fact.amount.is_money or fact.measure not in MONEY_MEASURES)
