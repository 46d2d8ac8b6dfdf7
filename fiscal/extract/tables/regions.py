"""Regions: a grid cut into titles, headers, figures and notes, each row told by what it holds.

One sheet may hold several tables below each other, a page may repeat the header, and a table that
runs over a page may come as two grids. A region is one table's rows in one grid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from fiscal.extract.tables.cells import compact, figure_in, has_digit, is_blank, is_running_text
from fiscal.model import Table

__all__ = ["TOTALS", "Region", "RowKind", "is_code_like", "is_prose", "regions_of"]

TOTALS = frozenset(("合计", "总计", "小计", "收入总计", "支出总计", "本年收入合计", "本年支出合计"))
_CAPTION = re.compile(
    r"单位[:：](?:人民币)?(?:万元|元|千元|亿元|百万元)|编制(?:单位|部门)|^(?:部门|单位|填报单位|公开部门)(?:名称)?[:：]"
    r"|^公开\d+表|^财?[财预]决?\w{0,2}\d{2}表$|^\(?\d{4}年度?\)?$"
)
_TITLE = re.compile(r".{3,60}表(?:\([^()]{1,20}\)|\d+)?$")
_NOTE = re.compile(r"^(?:注|备注|说明|本表|注释|附注)[:：1-9]?")
_ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]{1,4}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、])"
)
_CODE = re.compile(r"[1235]\d{2}(?:\d{2}){0,3}|[1235]\d{2}(?:[-\s]+\d{2}){1,3}")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_ANCHOR = re.compile(
    r"^(?:项目(?:\(.{1,20}\))?|.{0,10}科目编码|.{0,10}科目名称|行次|序号|栏次|[^、]{0,8}(?:决算数|预算数|执行数)"
    r"|金额(?:\(.{1,5}\))?|编码|名称|项目名称|单位名称|[一二三]级指标)$"
)
_HEADER_WORDS = frozenset(
    ("合计", "小计", "基本支出", "项目支出", "类", "款", "项", "人员经费", "公用经费")
)
_SIDES = frozenset(("收入", "支出", "本年收入", "本年支出", "财政拨款收入", "财政拨款支出"))
_MOST_HEADER_ROWS = 12


class RowKind(StrEnum):
    """What a row of a grid is."""

    BLANK = "blank"
    CAPTION = "caption"
    HEADER = "header"
    NUMBERS = "numbers"
    DATA = "data"
    NOTE = "note"


@dataclass(slots=True)
class Region:
    """The rows of one table in one grid, by what they are; `is_first` where the grid begins."""

    table: Table
    number: int
    is_first: bool
    captions: list[int] = field(default_factory=list)
    header: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    repeats: list[int] = field(default_factory=list)

    @property
    def is_headless(self) -> bool:
        """Whether a grid begins without title and header, as one does that continues another."""
        return (
            self.is_first
            and not self.captions
            and not any(map(_is_header_word, self.texts(self.header)))
        )

    def take_header_for_rows(self) -> None:
        """Hold what was taken for a header for rows that have no figures."""
        self.body[:0] = self.header
        self.header.clear()

    def texts(self, rows: Sequence[int]) -> Iterator[str]:
        """Yield the compact texts of filled cells of some rows."""
        for row in rows:
            yield from (compact(cell) for cell in self.table.rows[row] if cell)


def is_prose(table: Table) -> bool:
    """Tell whether a grid is running text: never two filled cells in a row."""
    return all(sum(map(bool, map(str.strip, row))) < 2 for row in table.rows)


def is_code_like(cell: str) -> bool:
    """Tell whether a cell is spelt like a code of the classification."""
    return bool(_CODE.fullmatch(cell.strip())) if len(cell) < 20 else False


def regions_of(table: Table, number: int) -> list[Region]:
    """Cut a grid into the tables it holds."""
    region = Region(table, number, is_first=True)
    regions = [region]
    headers: set[tuple[str, ...]] = set()
    for row, cells in enumerate(table.rows):
        kind = _kind_of(cells, region)
        if kind is RowKind.HEADER and region.body and cells in headers:
            region.repeats.append(row)
            continue
        if kind in (RowKind.CAPTION, RowKind.HEADER) and region.body:
            region, headers = Region(table, number, is_first=False), set()
            regions.append(region)
        _put(region, row, kind)
        if kind is RowKind.HEADER:
            headers.add(cells)
    return regions


def _put(region: Region, row: int, kind: RowKind) -> None:
    places = {
        RowKind.CAPTION: region.captions,
        RowKind.HEADER: region.header,
        RowKind.NUMBERS: region.numbers,
        RowKind.DATA: region.body,
        RowKind.NOTE: region.notes,
    }
    if kind in places:
        places[kind].append(row)
    if len(region.header) > _MOST_HEADER_ROWS:
        region.notes.append(region.header.pop(0))


def _kind_of(cells: Sequence[str], region: Region) -> RowKind:
    filled = [cell for cell in cells if cell and not cell.isspace()]
    if not filled:
        return RowKind.BLANK
    texts = [compact(cell) for cell in filled]
    if _is_note(texts, filled):
        return RowKind.NOTE
    if _is_numbering(texts, region):
        return RowKind.NUMBERS
    if _is_header_years(texts):
        return RowKind.HEADER
    if any(is_code_like(cell) for cell in filled[:3]) or any(map(figure_in, filled)):
        return RowKind.DATA
    if _is_caption(texts):
        return RowKind.CAPTION
    is_half = len(texts) == 1 and not region.body and _is_half_of_name(cells, texts[0], region)
    return RowKind.HEADER if _is_header(texts, region) and not is_half else RowKind.DATA


def _is_note(texts: Sequence[str], filled: Sequence[str]) -> bool:
    return len(texts) == 1 and (
        bool(_NOTE.match(texts[0]))
        or (is_running_text(filled[0]) and not _TITLE.fullmatch(texts[0]))
    )


def _is_caption(texts: Sequence[str]) -> bool:
    is_title = len(texts) <= 2 and any(_TITLE.fullmatch(text) for text in texts)
    return is_title or (len(texts) <= 4 and any(_CAPTION.search(text) for text in texts))


def _is_numbering(texts: Sequence[str], region: Region) -> bool:
    """Tell whether a row numbers the columns: 栏次, or 1, 2, 3 … right below the header."""
    if texts[0] in ("栏次", "栏目"):
        return True
    if region.body or not region.header or len(texts) < 2:
        return False
    return list(texts) == [str(number) for number in range(1, len(texts) + 1)]


def _is_header_years(texts: Sequence[str]) -> bool:
    """Tell whether the only figures of a row are years over columns."""
    numbers = [text for text in texts if text.isdecimal()]
    words = [text for text in texts if not has_digit(text)]
    return bool(numbers) and all(map(_YEAR.fullmatch, numbers)) and any(map(_ANCHOR.match, words))


def _is_header_word(text: str) -> bool:
    return text in _SIDES or text in _HEADER_WORDS or bool(_ANCHOR.match(text))


def _is_header(texts: Sequence[str], region: Region) -> bool:
    if not region.body:
        return not _is_first_row_of_body(texts, region)
    if len(texts) < 2:
        return False
    is_anchored = any(_ANCHOR.match(text) and not _ORDINAL.match(text) for text in texts)
    return is_anchored or all(text in _SIDES for text in texts)


def _is_half_of_name(cells: Sequence[str], text: str, region: Region) -> bool:
    """Tell whether a lone text below the header of names is the first half of a wrapped name."""
    if _is_header_word(text) or text.startswith("其中"):
        return False
    column = next(at for at, cell in enumerate(cells) if cell and not cell.isspace())
    above = (compact(region.table.rows[row][column]) for row in region.header)
    return any(word.endswith("名称") or word == "项目" for word in above)


def _is_first_row_of_body(texts: Sequence[str], region: Region) -> bool:
    """Tell a row without figures from a header: it names its whole, or counts its labels."""
    if not region.header:
        return False
    words = [text for text in texts if not is_blank(text)]
    has_dashes = len(words) < len(texts)
    is_total = len(words) == 1 and words[0] in TOTALS
    return is_total or has_dashes or bool(words and _ORDINAL.match(words[0]))
