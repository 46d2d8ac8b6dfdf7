"""Rows: what names them. A code, a label, or both, and a name that wraps around its figures joined.

>>> clean("　　其中：1. 公务用车购置费"), clean("（一）一般公共服务支出"), clean("合 计")
('公务用车购置费', '一般公共服务支出', '合计')
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fiscal.codes import TOTAL
from fiscal.extract.tables.cells import figure_in, is_blank
from fiscal.extract.tables.codes import CodeReader, is_named, leading_code
from fiscal.extract.tables.headers import Block, Role
from fiscal.extract.tables.regions import TOTALS, is_code_like

__all__ = ["Row", "clean", "is_total", "join_split", "join_wrapped", "row_of"]

_ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]{1,4}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]、?|\d{1,3}[.．、](?!\d)"
    r"|[①-⑳⑴-⒇㈠-㈩]|其中[:：\-—]?|[加减][:：])"
)
SPLIT = "name from the row above"
UNCONFIRMED = "name joined from several rows"
_LONGEST = 300
_MOST_ORDINALS = 4
_TOTAL_ROWS = TOTALS | {"本年支出", "支出合计", "本年合计"}


@dataclass(slots=True)
class Row:
    """What names a row of a block; `code_column` is where a code stands before its name."""

    number: int
    label: str
    code: str | None
    has_figures: bool
    label_column: int | None
    code_column: int | None = None
    flags: tuple[str, ...] = ()

    @property
    def is_fragment(self) -> bool:
        """Whether it is words alone, maybe half of a neighbour's name."""
        words = bool(self.label) and self.code is None and not self.has_figures
        return words and not is_total(self.label)


def clean(label: str) -> str:
    """Return a label without blanks and list ordinals."""
    name = re.sub(r"\s+", "", label[:_LONGEST])
    for _ in range(_MOST_ORDINALS):
        shorter = _ORDINAL.sub("", name)
        if shorter in (name, ""):
            break
        name = shorter
    return name


def is_total(label: str) -> bool:
    """Tell whether a label names the whole of its table or side."""
    return label in _TOTAL_ROWS


def row_of(cells: Sequence[str], number: int, block: Block, reader: CodeReader) -> Row:
    """Read what names a row in a block."""
    codes = [cells[column] for column in block[Role.CODE]]
    read = reader.read(codes)
    column = _label_column(cells, block)
    label = cells[column] if column is not None else ""
    code, code_column = read.code, None
    if code is None and (split := leading_code(label)):
        code, code_column = reader.read([label[split[0] : split[1]]]).code, column
        label = split[2]
    has_figures = any(not is_blank(cells[at]) for at in block[Role.AMOUNT])
    return Row(number, clean(label), code, has_figures, column, code_column, read.flags)


def _label_column(cells: Sequence[str], block: Block) -> int | None:
    """Return where a row's label stands: its last filled name, else words among the codes."""
    named = [column for column in block[Role.NAME] if not is_blank(cells[column])]
    if named:
        return named[-1]
    words = (column for column in block[Role.CODE] if _is_words(cells[column]))
    return next(words, None)


def _is_words(cell: str) -> bool:
    return not is_blank(cell) and not is_code_like(cell) and figure_in(cell) is None


def join_split(rows: Sequence[Row]) -> None:
    """Give a row of nothing but figures the code and name of a row above that has no figures.

    So a row comes that a page's end has cut: its name on one page, its figures on the next.
    """
    for above, row in pairwise(rows):
        is_nameless = row.has_figures and row.code is None and not row.label
        if is_nameless and above.code is not None and not above.has_figures:
            row.code, row.label = above.code, above.label
            row.flags = (*row.flags, SPLIT)


def join_wrapped(rows: Sequence[Row], year: int) -> None:
    """Give the halves of wrapped names to the row between, or beside, that has the code.

    A row without any name takes its neighbours' words. One that has a name takes them only where
    the classification says that the name so becomes whole.
    """
    taken: set[int] = set()
    for place, row in enumerate(rows):
        if row.code in (None, TOTAL):
            continue
        above = _fragment(rows, place - 1, taken)
        below = _fragment(rows, place + 1, taken)
        parts = _parts(row, above, below, year)
        if parts:
            row.label = "".join(part.label for part in parts)
            taken.update(id(part) for part in parts)
            if not is_named(row.code, row.label, year):
                row.flags = (*row.flags, UNCONFIRMED)


def _fragment(rows: Sequence[Row], place: int, taken: Iterable[int]) -> Row | None:
    row = rows[place] if 0 <= place < len(rows) else None
    return row if row and row.is_fragment and id(row) not in taken else None


def _parts(row: Row, above: Row | None, below: Row | None, year: int) -> list[Row]:
    """Return the rows whose words make a row's name; none where its own words are the name."""
    own = row if row.label else None
    ways = [
        [part for part in way if part]
        for way in ((above, own, below), (above, own), (own, below))
        if above or below
    ]
    for way in ways:
        if is_named(row.code or "", "".join(part.label for part in way), year):
            return way
    return [] if own or not ways else ways[0]
