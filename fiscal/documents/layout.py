"""From paragraphs and grids, in reading order, to a `Document`: what every reader ends with.

A paragraph is a line of the text, and so is a row of a table, its cells parted by one tab. So every
paragraph and every cell is a stretch of the text, and can be quoted by its characters alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from fiscal.documents.grid import Grid
from fiscal.model import Block, BlockKind, Document, Table

__all__ = ["Paragraph", "blocks_of_text", "is_heading", "lay_out"]

_HEADING = re.compile(
    r"(?:\[bookmark:[^\]]*\]|\s)*"
    r"(?:第[一二三四五六七八九十百\d]+(?:部分|章|节)|[一二三四五六七八九十]+、"
    r"|[（(][一二三四五六七八九十]+[)）]|附[件表录][\d一二三四五六七八九十]*\s*(?:[:：]|$)|#{1,6}\s)"
    r"[^。；，！？]{0,60}$"
)
_ENDS_A_SENTENCE = tuple("。；，！？：:;,")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, without line breaks, that begins on `page` (from 1).

    `page_breaks` holds (character of the paragraph, page) for every page begun within it.
    """

    text: str
    page: int | None = None
    is_heading: bool = False
    page_breaks: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class _Sheet:
    """The text as far as it is laid out."""

    lines: list[str] = field(default_factory=list)
    length: int = 0
    tables: list[Table] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    page_starts: dict[int, int] = field(default_factory=dict)

    def add_line(self, line: str) -> None:
        self.lines.append(line + "\n")
        self.length += len(line) + 1

    def add_paragraph(self, paragraph: Paragraph) -> None:
        kind = BlockKind.HEADING if paragraph.is_heading else BlockKind.PARAGRAPH
        start, page = self.length, paragraph.page
        self.blocks.append(Block(kind, start, start + len(paragraph.text), page))
        for position, begun in ((0, page), *paragraph.page_breaks):
            if begun is not None:
                self.page_starts.setdefault(begun, start + position)
        self.add_line(paragraph.text)

    def add_grid(self, grid: Grid) -> None:
        table = Table(grid.name, grid.rows, self.length, grid.merges, grid.pages)
        self.tables.append(table)
        if grid.rows:
            page = grid.pages[0] if grid.pages else None
            self.blocks.append(Block(BlockKind.TABLE, table.start, table.end, page))
        for number, row in enumerate(grid.rows):
            if grid.pages:
                self.page_starts.setdefault(grid.pages[number], self.length)
            self.add_line("\t".join(row))


def lay_out(
    path: str,
    sha256: str,
    parts: Iterable[Paragraph | Grid],
    page_count: int = 0,
    unread_pages: Sequence[int] = (),
) -> Document:
    """Write the parts down, one below the other, and keep their places."""
    sheet = _Sheet()
    for part in parts:
        if isinstance(part, Grid):
            sheet.add_grid(part)
        elif part.text:
            sheet.add_paragraph(part)
    return Document(
        path,
        sha256,
        "".join(sheet.lines),
        tuple(sheet.tables),
        tuple(sheet.blocks),
        tuple(_begins(sheet, page_count)),
        tuple(unread_pages),
    )


def _begins(sheet: _Sheet, page_count: int) -> Iterator[int]:
    # A page without text begins where the next one does.
    known = sorted(sheet.page_starts.items())
    for page in range(1, page_count + 1):
        index = bisect_left(known, (page, -1))
        yield known[index][1] if index < len(known) else sheet.length


def blocks_of_text(text: str, tables: Sequence[Table] = ()) -> tuple[Block, ...]:
    """Return what a plain text is made of: its tables, and its other filled lines."""
    blocks = [Block(BlockKind.TABLE, table.start, table.end) for table in tables]
    ends, start = [(table.start, table.end) for table in tables], 0
    for line in text.split("\n"):
        while ends and ends[0][1] < start:
            ends.pop(0)
        is_inside = bool(ends) and ends[0][0] < start + len(line) + 1
        if line.strip() and not is_inside:
            kind = BlockKind.HEADING if is_heading(line) else BlockKind.PARAGRAPH
            blocks.append(Block(kind, start, start + len(line.rstrip("\r"))))
        start += len(line) + 1
    return tuple(sorted(blocks, key=lambda block: block.start))


def is_heading(text: str) -> bool:
    """Whether a line is numbered like a heading and is no sentence.

    >>> is_heading("一、收入决算情况说明"), is_heading("一、本年收入为1万元。")
    (True, False)
    """
    return bool(_HEADING.match(text)) and not text.rstrip().endswith(_ENDS_A_SENTENCE)
