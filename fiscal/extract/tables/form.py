"""A form: how one table is laid out and what holds for all of its figures.

A table that runs over several grids has one form, so that the second grid is read like the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from fiscal.extract.tables.captions import Caption, unit_said, year_said
from fiscal.extract.tables.cells import compact
from fiscal.extract.tables.codes import CodeReader, category_named, nearest_year
from fiscal.extract.tables.columns import Meaning, meaning_of
from fiscal.extract.tables.headers import Block, Path, Role, blocks_of, paths, roles_of
from fiscal.extract.tables.recognise import (
    UNKNOWN,
    Shape,
    budget_of_table,
    default_side,
    kind_of_shape,
    kind_of_title,
    shape_of,
)
from fiscal.extract.tables.regions import Region
from fiscal.extract.tables.rows import clean
from fiscal.model import Profile

__all__ = ["Context", "Form", "Tally", "form_of"]

_SAMPLE = 60
_SIDES = (("revenue", re.compile(r"收入")), ("expenditure", re.compile(r"支出")))
_TYPES = {"basic": "basic_expenditure", "project": "project_expenditure"}
_CONTENT = re.compile(r"指标|合计|总计")


@dataclass(frozen=True, slots=True)
class Context:
    """What a table's captions, headers and document say of all of its figures."""

    section: str
    shape: Shape
    year: int | None
    unit: str | None
    budget: str | None
    expenditure_type: str | None
    measure: str
    flags: tuple[str, ...]
    is_partial: bool

    @property
    def kind(self) -> str:
        """The table's kind without what discloses it: summary, revenue, basic and the like."""
        return _kind(self.section)


@dataclass(slots=True)
class Tally:
    """The parts and the whole met in one column so far, and whether each of them was understood."""

    members: list[str] = field(default_factory=list)
    has_whole: bool = False
    is_understood: bool = True


@dataclass
class Form:
    """The layout of a table, with what its rows so far have said."""

    context: Context
    paths: tuple[Path, ...]
    roles: list[Role]
    blocks: list[Block]
    sides: list[str | None]
    meanings: list[Meaning]
    headings: list[str]
    readers: list[CodeReader]
    named: list[bool]
    tallies: dict[int, Tally] = field(default_factory=dict)
    opening: set[int] = field(default_factory=set)
    closed: set[int] = field(default_factory=set)
    series: dict[str, str] = field(default_factory=dict)

    def series_of(self, column: int, fact_id: str) -> str:
        """Return the first figure of a column, `fact_id` where it is the first itself.

        Economic headings run on from one block to the next, so the columns of both are one.
        """
        return self.series.setdefault(self.claim_of(column), fact_id)

    def claim_of(self, column: int) -> str:
        """Return what columns that hold parts of one whole have in common."""
        is_twin = self.context.shape is Shape.ECONOMIC
        return self.headings[column] if is_twin else str(column)

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return len(self.paths)

    @cached_property
    def spending(self) -> frozenset[int]:
        """The columns of blocks of expenditure."""
        return frozenset(
            column
            for block, side in zip(self.blocks, self.sides, strict=True)
            if side == "expenditure"
            for column in block[Role.AMOUNT]
        )

    @cached_property
    def names_expenses(self) -> bool:
        """Whether the columns, not the rows, name the three public expenses."""
        is_named = any("出国" in text for path in self.paths for text in path)
        return is_named and self.context.shape is Shape.THREE_PUBLIC

    @cached_property
    def has_labels(self) -> bool:
        """Whether any column names the rows."""
        return any(role in (Role.NAME, Role.CODE) for role in self.roles)


def form_of(region: Region, caption: Caption, profile: Profile) -> Form:
    """Lay out a region by its own header and captions."""
    above = paths(region.table, region.header)
    roles = roles_of(region.table, region.body, above)
    blocks = blocks_of(roles)
    context = _context(region, caption, profile, blocks)
    year = nearest_year(context.year)
    return Form(
        context=context,
        paths=above,
        roles=roles,
        blocks=blocks,
        sides=[_side(block, above) for block in blocks],
        meanings=[meaning_of(path) for path in above],
        headings=["/".join(path) for path in above],
        readers=[CodeReader() for _ in blocks],
        named=[_names_categories(region, block, year) for block in blocks],
    )


def _side(block: Block, above: Sequence[Path]) -> str | None:
    """Return whether a block is of revenue or expenditure, by the top of its header."""
    top = next((above[at][0] for role in Role for at in block[role] if above[at]), "")
    named = [side for side, pattern in _SIDES if pattern.search(top)]
    return named[0] if len(named) == 1 else None


def _names_categories(region: Region, block: Block, year: int) -> bool:
    """Tell whether a block without codes lists categories of expenditure by their names."""
    if block[Role.CODE]:
        return False
    labels = _labels(region, [block])
    return sum(1 for label in labels if category_named(clean(label), year)) > 1


def _labels(region: Region, blocks: Sequence[Block]) -> list[str]:
    columns = [column for block in blocks for column in (*block[Role.CODE], *block[Role.NAME])]
    rows = (region.table.rows[row] for row in region.body[:_SAMPLE])
    return [compact(row[column]) for row in rows for column in columns if row[column]]


def _first_code(region: Region, blocks: Sequence[Block]) -> str | None:
    """Return a table's first code; where its columns of codes are empty, their first digit."""
    reader = CodeReader()
    for row in region.body[:_SAMPLE]:
        for block in blocks:
            cells = [region.table.rows[row][column] for column in block[Role.CODE]]
            if code := reader.read(cells).code:
                return code
    if not any(block[Role.CODE] for block in blocks):
        return None
    return "3" if any("经济" in text for text in region.texts(region.header)) else "2"


def _context(region: Region, caption: Caption, profile: Profile, blocks: list[Block]) -> Context:
    header = list(region.texts(region.header))
    labels = _labels(region, blocks)
    code = _first_code(region, blocks)
    shape = shape_of(header, labels, code)
    section, title, flags = _recognised(header, labels, shape, caption, profile)
    unit = unit_said([*caption.lines, *header])
    year = year_said(caption.titles)
    if profile.fiscal_year and year and year != profile.fiscal_year:
        flags = (*flags, "year of the title differs")
    has_whole = code is not None or any(map(_CONTENT.search, labels))
    return Context(
        section=section,
        shape=shape,
        year=profile.fiscal_year or year,
        unit=unit,
        budget=budget_of_table(section, title),
        expenditure_type=_TYPES.get(_kind(section)),
        measure="budget" if section.startswith("budget") else _measure(title, profile),
        flags=(*flags, "unknown table") if section == UNKNOWN else flags,
        is_partial=section == UNKNOWN and not has_whole,
    )


def _kind(section: str) -> str:
    return re.sub(r"^(?:budget|final_accounts)_|_table$", "", section)


def _measure(title: str, profile: Profile) -> str:
    is_budget = default_side(profile.kind) == "budget" and "决算" not in title
    return "budget" if is_budget else "final"


def _recognised(
    header: list[str], labels: list[str], shape: Shape, caption: Caption, profile: Profile
) -> tuple[str, str, tuple[str, ...]]:
    """Return the id of a table, the title that gives it, and what is in doubt about it."""
    side = default_side(profile.kind)
    for title in caption.titles:
        kind = kind_of_title(title, side, shape)
        if kind:
            return kind, title, ()
    if any("决算数" in text for text in header):
        side = "final_accounts"
    elif any(text.endswith("预算数") or text in ("收入预算", "支出预算") for text in header):
        side = side if any("执行" in text for text in header) else "budget"
    kind, is_guess = kind_of_shape(shape, header, labels, side)
    return kind, "", ("table told by its content alone",) if is_guess else ()
