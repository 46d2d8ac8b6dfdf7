"""The values that pass through `fiscal`: documents, facts, listings and outcomes.

A document is one text and the tables found in it. A fact is one figure of it, with its meaning and
its place. All are frozen: each stage reads the values of the one before and makes new ones.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple

from fiscal.codes import scheme_of
from fiscal.errors import Text
from fiscal.money import Amount

__all__ = [
    "BUDGETS",
    "MEASURES",
    "SIDES",
    "Block",
    "BlockKind",
    "Document",
    "Extraction",
    "Fact",
    "Listing",
    "Merge",
    "NonFact",
    "Outcome",
    "Profile",
    "Reading",
    "Span",
    "Statement",
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
    "change": Text("增减额", "change"),
    "change_rate": Text("增减率", "rate of change"),
    "budget_difference": Text("决算与预算差额", "difference from the budget"),
    "share": Text("占比", "share"),
    "completion": Text("完成率", "completion"),
    "count": Text("数量", "count"),
    "score": Text("得分", "score"),
    "target": Text("目标值", "target"),
    "actual": Text("实际值", "actual"),
    "weight": Text("权重", "weight"),
}
# The four parts of a year's account: what was there, came in, went out, and is left.
SIDES = ("opening", "income", "expenditure", "closing")


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
    `document` is the path of another document than the one at hand.
    """

    quote: str
    start: int
    end: int
    page: int | None = None
    table: str | None = None
    row: int | None = None
    column: str | None = None
    document: str | None = None


class BlockKind(StrEnum):
    """What a stretch of a document is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or table: characters `start` to `end` of the document's text.

    `page` (from 1) is the page it begins on, None where the format has no pages.
    """

    kind: BlockKind
    start: int
    end: int
    page: int | None = None


class Merge(NamedTuple):
    """A cell that covers several: its place (from 0) and how many rows and columns it takes."""

    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Table:
    """A full grid of cell texts, laid out in the document's text from character `start` on.

    Each row is a line there, its cells parted by one tab; where the text is the file's own and
    laid out otherwise, `starts` holds the character at which each cell begins. A merged cell has
    its text at its top left place and "" at the others. `name` is the sheet's, empty where tables
    have none. `pages` holds the page (from 1) of every row, nothing where there are no pages.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    start: int = 0
    merges: tuple[Merge, ...] = ()
    pages: tuple[int, ...] = ()
    starts: tuple[tuple[int, ...], ...] = ()
    _row_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        lengths = (sum(map(len, row)) + len(row) or 1 for row in self.rows)
        object.__setattr__(self, "_row_starts", tuple(accumulate(lengths, initial=self.start)))

    @property
    def end(self) -> int:
        """The character behind the last cell."""
        if self.starts:
            return self.starts[-1][-1] + len(self.rows[-1][-1])
        return max(self._row_starts[-1] - 1, self.start)

    def span(self, row: int, column: int, heading: str) -> Span:
        """Return the place of the cell at (`row`, `column`), both from 0, under `heading`."""
        start = self._start_of(row, column)
        cell = self.rows[row][column]
        page = self.pages[row] if self.pages else None
        return Span(cell, start, start + len(cell), page, self.name or None, row + 1, heading)

    def _start_of(self, row: int, column: int) -> int:
        if self.starts:
            return self.starts[row][column]
        return self._row_starts[row] + sum(len(cell) + 1 for cell in self.rows[row][:column])


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its text in reading order, and what the text is made of.

    `pages` holds the character at which each page begins, nothing where the format has no pages.
    `unread_pages` are the pages (from 1) that hold something but no text that could be read: a
    scan, as a rule.
    """

    path: str
    sha256: str
    text: str
    tables: tuple[Table, ...] = ()
    blocks: tuple[Block, ...] = ()
    pages: tuple[int, ...] = ()
    unread_pages: tuple[int, ...] = ()
    _line_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        lengths = (len(line) + 1 for line in self.text.split("\n")[:-1])
        object.__setattr__(self, "_line_starts", tuple(accumulate(lengths, initial=0)))

    def line_of(self, offset: int) -> int:
        """Return the number (from 1) of the line that holds the character at `offset`."""
        return bisect_right(self._line_starts, offset)

    def page_of(self, offset: int) -> int | None:
        """Return the page (from 1) that holds the character at `offset`, None without pages."""
        return bisect_right(self.pages, offset) or None

    def span(self, start: int, end: int) -> Span:
        """Return the place of characters `start` to `end`, with what they say."""
        return Span(self.text[start:end], start, end, self.page_of(start))


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure: what it is of (`code`, `label`), which figure (`measure`, year), and its amount.

    `code` is a code of the classification, `TOTAL`, or None. `budget` is one of `BUDGETS`,
    `funding_source` and `expenditure_type` are terms of the glossary's lists of these names; each
    is None where the document does not say. `side` is one of `SIDES` where label and code leave it
    open, as in 总计. `base` is what a share, a rate or a difference is taken of or from, in the
    document's words; `comparator` (>=, >, <=, <) what a target asks; `cause_of` the id of the
    change that this one is named as a reason for. `series` is the id of the first figure of the
    same column of the same table: only figures of one series may add up to each other. `flags`
    tell why a reading is in doubt.
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
    funding_source: str | None = None
    expenditure_type: str | None = None
    side: str | None = None
    base: str | None = None
    comparator: str | None = None
    cause_of: str | None = None
    series: str | None = None

    @property
    def is_in_table(self) -> bool:
        """Whether the figure stands in a table's cell, not in running text."""
        return self.span.row is not None

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
class NonFact:
    """A numeral that is no figure: `kind` says what it is (year, date, list_number, code, …)."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said without a numeral: `kind` is equal_to_budget, equal_to_prior_year or zero."""

    kind: str
    label: str
    code: str | None
    budget: str | None
    span: Span


class DocumentKind(StrEnum):
    """What a disclosure is."""

    FINAL_ACCOUNTS = "final_accounts"
    BUDGET = "budget"
    TEMPLATE = "template"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a document is: whose, of which year, under which title; None where it does not say.

    `unit` is the unit of money that the text counts in, as a rule 万元. `short_names` are those
    that the document introduces for the body, and those by which it speaks of itself (我局).
    `listed` are the entries of the contents, `lacking` those of them that no heading of the body
    answers to, `tables` the ids of the tables there, filled in or not.
    """

    title: str | None
    organisation: str | None
    fiscal_year: int | None
    kind: DocumentKind = DocumentKind.UNKNOWN
    unit: str | None = None
    short_names: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one way of reading took from a document: facts, claims, and numerals accounted for."""

    facts: tuple[Fact, ...] = ()
    listings: tuple[Listing, ...] = ()
    non_facts: tuple[NonFact, ...] = ()
    statements: tuple[Statement, ...] = ()
    unaccounted: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """A document with all that was read from it; no numeral of it is lost.

    Every numeral of the text is quoted by a fact, is a `NonFact`, or stands in `unaccounted`.
    """

    document: Document
    profile: Profile
    facts: tuple[Fact, ...]
    listings: tuple[Listing, ...] = ()
    non_facts: tuple[NonFact, ...] = ()
    statements: tuple[Statement, ...] = ()
    unaccounted: tuple[Span, ...] = ()
