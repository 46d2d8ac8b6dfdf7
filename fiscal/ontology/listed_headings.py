"""Codes and names as an official list prints them, in tables or in lines of text.

Columns are found by what stands in them, not by their titles: a column of codes, whole (2010301)
or one for each level (201 | 03 | 01, where what repeats may be left out), and the text beside it.
Titles, page numbers and explanations are passed over. Nothing is judged here.

>>> from fiscal.model import Table
>>> rows = ("类", "款", "科目名称"), ("201", "", "一般公共服务支出"), ("", "01", "人大事务")
>>> document = Document("list.xlsx", "", "", (Table("", rows),))
>>> [(each.code, each.name, each.place.row) for each in listed_headings(document)]
[('201', '一般公共服务支出', 2), ('20101', '人大事务', 3)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fiscal.codes import LEVELS, SCHEME_OF_FIRST_DIGIT, parse_code
from fiscal.errors import InvalidCode, Place
from fiscal.model import Document
from fiscal.ontology.scheme import register

__all__ = ["Listed", "listed_headings"]

_PLAIN = str.maketrans("０１２３４５６７８９－–—　", "0123456789---\u0020")
_FULL_WIDTH = str.maketrans("()", "（）")
_DIGIT = re.compile(r"\d")
_PART = re.compile(r"\d{1,2}")
_PART_OR_CATEGORY = re.compile(r"\d{1,3}")
_CODE_LINE = re.compile(
    r"(?P<code>\d{3}(?:[-\s.]?\d{2}){0,3}|\d{6,})(?!\d)(?P<gap>[\s:：.、|-]*)(?P<rest>.*)"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_EXPLANATION = re.compile(r"反映|包括|用于|[\d.,%-]+$|.*[。；]")
_FURNITURE = re.compile(
    r"[\d\s页第共/-]*$|[类款项目]$|(科目)?(编码|代码|名称|说明)|(备注|合计|总计|小计|续表)$"
    r"|[（(]?续|单位[：:]|注[：:]|附件|.*年.*科目(表)?$|.*[。；]"
)
_MOST = 2  # A column is what more than one in two of its cells is.


@dataclass(frozen=True, slots=True)
class Listed:
    """A code as printed, its digits joined, the name beside it, and where they stand."""

    code: str
    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where a table keeps codes and names: `width` columns of code from `start` on.

    Names stand in the first filled one of the columns `names`.
    """

    start: int
    width: int
    names: tuple[int, ...]


def listed_headings(document: Document) -> tuple[Listed, ...]:
    """Return every heading that the tables list or, where they list none, the lines of text."""
    for find in (_in_columns, _in_cells, _in_lines):
        found = tuple(find(document))
        if found:
            return found
    return ()


def _in_columns(document: Document) -> Iterator[Listed]:
    """Yield what tables list in columns of codes and columns of names."""
    layouts: list[_Layout] = []
    carried: dict[int, list[str]] = {}
    columns = 0
    for table in document.tables:
        width = max(map(len, table.rows), default=0)
        rows = [
            [*map(_plain, row), *[""] * (width - len(row))]  # A short row ends in blanks.
            for row in table.rows
        ]
        # A list that goes on over the page need not repeat its category.
        goes_on = layouts if width == columns else []
        layouts, columns = _layouts(rows) or goes_on, width
        for layout in layouts:
            above = carried.setdefault(layout.start, [])
            yield from _read_rows(rows, layout, above, Place(document.path, table.name))


def _in_cells(document: Document) -> Iterator[Listed]:
    """Yield headings of which each stands in one cell, code and name."""
    for table in document.tables:
        for number, row in enumerate(table.rows, start=1):
            for cell in row:
                listed = _in_line(_plain(cell), Place(document.path, table.name, number))
                if listed and listed.name:
                    yield listed


def _in_lines(document: Document) -> Iterator[Listed]:
    """Yield headings printed a line each; a name may go on in the next line or begin there."""
    entry: Listed | None = None
    is_open = False
    for number, line in enumerate(document.text.split("\n"), start=1):
        text = _plain(line)
        found = _in_line(text, Place(document.path, row=number))
        if found:
            yield from _unless_page_number(entry)
            entry, is_open = found, True
        elif entry and is_open and _is_name(text) and not re.search(r"[\s\d]", text):
            entry = _continued(entry, text)
        elif entry and entry.name:
            is_open = False
    yield from _unless_page_number(entry)


def _unless_page_number(entry: Listed | None) -> Iterator[Listed]:
    if entry and (entry.name or len(entry.code) > min(LEVELS)):
        yield entry


def _plain(text: str) -> str:
    return text.translate(_PLAIN).strip()


def _layouts(rows: Sequence[Sequence[str]]) -> list[_Layout]:
    """Find the columns of codes that have names beside them, from left to right."""
    width = max(map(len, rows), default=0)
    spans, column = [], 0
    while column < width:
        taken = _code_width(rows, column)
        if taken:
            spans.append((column, taken))
        column += taken or 1
    layouts = []
    for i, (start, taken) in enumerate(spans):
        left = sum(spans[i - 1]) if i else 0
        right = spans[i + 1][0] if i + 1 < len(spans) else width
        codes = range(start, start + taken)
        names = _name_columns(rows, codes, range(start + taken, right))
        names = names or _name_columns(rows, codes, range(start - 1, left - 1, -1))
        if names:
            layouts.append(_Layout(start, taken, names))
    return layouts


def _code_width(rows: Sequence[Sequence[str]], column: int) -> int:
    """Return how many columns a code takes that begins in `column`; 0 where none does."""
    cells = _numeric_cells(rows, column)
    codes = [cell for cell in cells if _code(cell)]
    if len(codes) * _MOST <= len(cells):
        return 0
    taken = 1
    if all(len(code) == min(LEVELS) for code in codes):
        last = min(len(rows[0]), column + len(LEVELS))
        while column + taken < last and _is_part(rows, column + taken):
            taken += 1
    return taken


def _numeric_cells(rows: Sequence[Sequence[str]], column: int) -> list[str]:
    cells = (row[column] for row in rows)
    return [
        cell for cell in cells if _code(cell) or (_DIGIT.search(cell) and not _HAN.search(cell))
    ]


def _code(cell: str) -> str | None:
    try:
        return parse_code(cell)
    except InvalidCode:
        return None


def _is_part(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Tell whether a column holds the two digits of one level, or could on another page."""
    cells = _numeric_cells(rows, column)
    parts = [cell for cell in cells if _PART.fullmatch(cell)]
    is_blank = not cells and not any(_is_name(row[column]) for row in rows)
    return is_blank or len(parts) * _MOST > len(cells)


def _name_columns(rows: Sequence[Sequence[str]], codes: range, columns: range) -> tuple[int, ...]:
    """Return the first column of text, and those beside it that name only what it does not.

    Such are names set further to the right for each level; a remark stands beside a name.
    """
    coded = [row for row in rows if any(_DIGIT.search(row[column]) for column in codes)]
    named: set[int] = set()
    taken: list[int] = []
    for column in columns:
        filled = {i for i, row in enumerate(coded) if _is_name(row[column])}
        if filled & named:
            break
        if filled:
            taken.append(column)
            named |= filled
    return tuple(taken)


def _is_name(cell: str) -> bool:
    return bool(_HAN.search(cell)) and not _FURNITURE.match(cell)


def _read_rows(
    rows: Sequence[Sequence[str]], layout: _Layout, above: list[str], table: Place
) -> Iterator[Listed]:
    """Yield what one block of a table lists; a row of text alone goes on with the name before."""
    entry: Listed | None = None
    for number, row in enumerate(rows, start=1):
        parts = [row[column] for column in range(layout.start, layout.start + layout.width)]
        name = next((row[column] for column in layout.names if _is_name(row[column])), "")
        code = _code_of(parts, above, is_named=bool(name))
        if code:
            if entry:
                yield entry
            entry = Listed(code, _name(name), replace(table, row=number))
        elif entry and not any(parts) and name:
            entry = _continued(entry, name)
    if entry:
        yield entry


def _code_of(parts: Sequence[str], above: list[str], is_named: bool) -> str:
    """Join the parts of a code with those left out since the rows before; "" for no code.

    What stands before a name and is no code, like 2O103 or 201030, is returned as it is printed.
    """
    filled = [part for part in parts if part]
    if len(parts) > 1 and filled and all(map(_PART_OR_CATEGORY.fullmatch, filled)):
        return _joined(parts, above)
    code = _code("".join(filled))
    printed = "".join(filled) if is_named and re.match(r"\d\w*\d$", "".join(filled)) else ""
    return code or printed


def _joined(parts: Sequence[str], above: list[str]) -> str:
    last = max(i for i, part in enumerate(parts) if part)
    while last and not parts[last].strip("0"):  # 201 | 00 | 00 is the category itself.
        last -= 1
    known = [*above, *[""] * len(parts)]
    above[:] = [part.zfill(2) if part else known[i] for i, part in enumerate(parts[: last + 1])]
    return "".join(above)


def _name(text: str) -> str:
    """Return a name as the register writes names: no blanks, full-width brackets."""
    return re.sub(r"\s", "", text).translate(_FULL_WIDTH)


def _continued(entry: Listed, more: str) -> Listed:
    """Add the next line of a wrapped name, unless the name is known to be whole without it."""
    longer = _name(entry.name + more)
    known = _known_names(entry.code)
    return entry if entry.name in known and longer not in known else replace(entry, name=longer)


def _known_names(code: str) -> set[str]:
    scheme = SCHEME_OF_FIRST_DIGIT.get(code[:1])
    if scheme is None:
        return set()
    return {heading.name for heading in register(scheme) if heading.code == code}


def _in_line(text: str, place: Place) -> Listed | None:
    """Read a code and a name that stand in one line; the name may be missing."""
    match = _CODE_LINE.match(text.strip("| "))
    if match is None:
        return None
    code, rest = re.sub(r"\D", "", match["code"]), match["rest"].replace("|", " ").split()
    kept = next((i for i, word in enumerate(rest) if _EXPLANATION.match(word)), len(rest))
    name = _name("".join(rest[:kept]))
    # 201个单位 at the head of a sentence is no heading.
    is_apart = bool(match["gap"]) or len(code) > min(LEVELS)
    return Listed(code, name, place) if not name or (is_apart and _is_name(name)) else None
