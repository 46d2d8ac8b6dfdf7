"""The values that pass through `fiscal`: documents, facts, listings and outcomes.

A document is one text and the tables found in it. A fact is one figure of it, with its meaning and
its place. All are frozen: each stage reads the values of the one before and makes new ones.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate

from fiscal.codes import scheme_of
from fiscal.errors import Text
from fiscal.money import Amount

__all__ = [
    "BUDGETS",
    "MEASURES",
    "Document",
    "Extraction",
    "Fact",
    "Listing",
    "Outcome",
    "Profile",
    "Span",
    "Table",
]

# The four budgets, kept complete and separate: Budget Law (2018), article 5.
BUDGETS = {
    "general_public_budget": Text("一般公共预算", "general public budget"),
    "government_funds_budget": Text("政府性基金预算", "government funds budget"),
    "state_capital_budget": Text("国有资本经营预算", "state capital operations budget"),
    "social_insurance_budget": Text("社会保险基金预算", "social insurance funds budget"),
}
MEASURES = {
    "final": Text("决算数", "final"),
    "budget": Text("年初预算数", "budget"),
    "adjusted_budget": Text("调整预算数", "adjusted budget"),
    "prior_year": Text("上年决算数", "prior year"),
}


class Outcome(StrEnum):
    """How a relation came out. What was not checked is never `HOLDS`."""

    HOLDS = "holds"
    VIOLATED = "violated"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Span:
    """Where a figure stands: characters `start` to `end` of the document's text, and its cell.

    `table` is the name of the sheet or table, `row` (from 1) and `column` the place in it.
    """

    quote: str
    start: int
    end: int
    page: int | None = None
    table: str | None = None
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cell texts, laid out in the document's text from character `start` on.

    Each row is a line there, its cells parted by one tab. `name` is the sheet's, empty in a file
    of one table.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    start: int = 0
    _row_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        lengths = (sum(len(cell) + 1 for cell in row) or 1 for row in self.rows)
        object.__setattr__(self, "_row_starts", tuple(accumulate(lengths, initial=self.start)))

    def span(self, row: int, column: int, heading: str) -> Span:
        """Return the place of the cell at (`row`, `column`), both from 0, under `heading`."""
        before = sum(len(cell) + 1 for cell in self.rows[row][:column])
        start = self._row_starts[row] + before
        cell = self.rows[row][column]
        return Span(cell, start, start + len(cell), None, self.name or None, row + 1, heading)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its text, character for character, and its tables."""

    path: str
    sha256: str
    text: str
    tables: tuple[Table, ...] = ()
    _line_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = [0, *(i + 1 for i, character in enumerate(self.text) if character == "\n")]
        object.__setattr__(self, "_line_starts", tuple(starts))

    def line_of(self, offset: int) -> int:
        """Return the number (from 1) of the line that holds the character at `offset`."""
        return bisect_right(self._line_starts, offset)


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure: what it is of (`code`, `label`), which figure (`measure`, year), and its amount.

    `code` is a code of the classification, `TOTAL`, or None. `budget` is one of `BUDGETS`, or
    None where the document does not say. `flags` tell why a reading is in doubt.
    """

    id: str
    label: str
    code: str | None
    measure: str
    fiscal_year: int | None
    amount: Amount
    budget: str | None
    section: str
    span: Span
    flags: tuple[str, ...] = ()

    @property
    def scheme(self) -> str | None:
        """The classification the code belongs to; None for a total or a figure without a code."""
        return scheme_of(self.code) if self.code and self.code[0].isdigit() else None


@dataclass(frozen=True, slots=True)
class Listing:
    """A claim of the document that some figures are all the parts, at any depth, of a whole.

    `whole` is a code or `TOTAL`, `members` are ids of facts. Only where every member was read may
    a sum that falls short of its whole be called wrong: otherwise a part may simply be missing.
    """

    whole: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a document is: whose, of which year, under which title; None where it does not say."""

    title: str | None
    organisation: str | None
    fiscal_year: int | None


@dataclass(frozen=True, slots=True)
class Extraction:
    """A document with the facts read from it."""

    document: Document
    profile: Profile
    facts: tuple[Fact, ...]
    listings: tuple[Listing, ...] = ()
