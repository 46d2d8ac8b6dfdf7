"""Tables within a plain text, whose characters stay where they are.

Four kinds are unmistakable: a Markdown table, by the rule of dashes below its header; lines that
follow each other with the same number of tabs, where at least two of them have two filled cells, as
pasted from a sheet; columns of amounts parted by blanks alone (`aligned_text`); and the dump of a
word processor, where every cell is a line that begins with a tab, and an empty line ends a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from fiscal.documents.aligned_text import Line, aligned_rows
from fiscal.model import Table

__all__ = ["tables_of_text"]

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_LEAST_ROWS = 2


class _Cell(NamedTuple):
    start: int
    text: str


def tables_of_text(text: str) -> tuple[Table, ...]:
    """Return the tables of a text, each cell with its place."""
    lines = list(_lines(text))
    found = [*_by_rule(lines), *_by_tabs(lines), *_by_cells(lines), *_by_blanks(lines)]
    return tuple(sorted(found, key=lambda table: table.start))


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for line in text.split("\n"):
        yield Line(start, line.removesuffix("\r"))
        start += len(line) + 1


def _by_rule(lines: Sequence[Line]) -> Iterator[Table]:
    index = 1
    while index < len(lines):
        header, rule = lines[index - 1], lines[index]
        index += 1
        if "|" not in header.text or "|" not in rule.text or not _RULE.fullmatch(rule.text):
            continue
        if len(_between_pipes(header)) != len(_between_pipes(rule)):
            continue
        first = index
        while index < len(lines) and "|" in lines[index].text:
            index += 1
        yield _table([_between_pipes(line) for line in (header, *lines[first:index])])


def _between_pipes(line: Line) -> list[_Cell]:
    begin = len(line.text) - len(line.text.lstrip()) if line.text.lstrip().startswith("|") else -1
    ends = [match.start() for match in _PIPE.finditer(line.text, begin + 1)]
    if line.text[(ends or [-1])[-1] + 1 :].strip() or not ends:
        ends.append(len(line.text))
    return [
        _trimmed(line.start + first + 1, line.text[first + 1 : last])
        for first, last in zip((begin, *ends), ends, strict=False)
    ]


def _trimmed(start: int, text: str) -> _Cell:
    return _Cell(start + len(text) - len(text.lstrip()), text.strip())


def _by_tabs(lines: Sequence[Line]) -> Iterator[Table]:
    for tabs, group in groupby(lines, key=lambda line: line.text.count("\t")):
        rows = [_between_tabs(line) for line in group] if tabs else []
        filled = [sum(1 for cell in row if cell.text.strip()) for row in rows]
        if sum(1 for count in filled if count > 1) >= _LEAST_ROWS:
            yield _table(rows)


def _by_blanks(lines: Sequence[Line]) -> Iterator[Table]:
    for rows in aligned_rows(lines):
        yield _table([[_Cell(piece.start, piece.text) for piece in row] for row in rows])


def _by_cells(lines: Sequence[Line]) -> Iterator[Table]:
    rows: list[list[_Cell]] = []
    for is_cell, group in groupby(lines, key=lambda line: line.text.startswith("\t")):
        stretch = list(group)
        if is_cell and all(line.text.count("\t") == 1 for line in stretch):
            rows.append([_Cell(line.start + 1, line.text[1:]) for line in stretch])
        elif is_cell or len(stretch) > 1 or stretch[0].text.strip():
            yield from _dumped(rows)
            rows = []
    yield from _dumped(rows)


def _dumped(rows: list[list[_Cell]]) -> Iterator[Table]:
    """Yield the rows of a dump as a table where two of them have several cells."""
    if sum(len(row) > 1 for row in rows) >= _LEAST_ROWS:
        yield _table(rows)


def _between_tabs(line: Line) -> list[_Cell]:
    cells, start = [], line.start
    for text in line.text.split("\t"):
        cells.append(_Cell(start, text))
        start += len(text) + 1
    return cells


def _table(rows: Sequence[list[_Cell]]) -> Table:
    width = max(map(len, rows))
    for row in rows:
        last = row[-1]
        row.extend([_Cell(last.start + len(last.text), "")] * (width - len(row)))
    return Table(
        "",
        tuple(tuple(cell.text for cell in row) for row in rows),
        rows[0][0].start,
        starts=tuple(tuple(cell.start for cell in row) for row in rows),
    )
