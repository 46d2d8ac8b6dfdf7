"""The document's own text on the page: headings, paragraphs and tables, every figure marked.

Each evidence of a finding is marked where it stands and bears the finding's number, a link back.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from fiscal.errors import Text
from fiscal.model import Block, BlockKind, Document, Extraction, Fact, Table
from fiscal.report.extraction_labels import label_of
from fiscal.report.page.marks import Anchor, Mark, Marking, marking_of
from fiscal.report.page.markup import Element, element
from fiscal.report.page.numbered import Numbered

__all__ = ["marked_document", "original_section"]

_NUMBER = re.compile(r"[-−－+(（]?[\d,，]*\d(?:\.\d+)?[%％)）]?")
_DOCUMENT_LANGUAGE = "zh-CN"


class _Cell(NamedTuple):
    start: int
    text: str
    row_span: int
    column_span: int
    is_header: bool


def marked_document(
    extraction: Extraction,
    findings: Iterable[Numbered],
    cited: Mapping[str, str],
    checked: frozenset[str],
    language: str,
) -> Marking:
    """Return the text with its figures, what findings point at, and the numerals not read.

    `cited` are the anchors of figures by id, `checked` the ids of those that a relation judged.
    """
    everything = [one for each in findings for one in each.flat()]
    marks = chain(
        (_fact_mark(fact, fact.id in checked, language) for fact in extraction.facts),
        (Mark(span.start, span.end, "lost") for span in extraction.unaccounted),
        *(_finding_marks(each) for each in everything),
    )
    anchors = chain(
        (Anchor(fact.span.start, cited[fact.id]) for fact in extraction.facts if fact.id in cited),
        (Anchor(s.start, f"lost-{n}") for n, s in enumerate(extraction.unaccounted, start=1)),
        *(_back_links(each, language) for each in everything),
    )
    return marking_of(extraction.document.text, marks, anchors)


def _fact_mark(fact: Fact, is_checked: bool, language: str) -> Mark:
    told = [fact.code or "", fact.label, label_of(fact.measure, language)]
    told += [label_of(key, language) for key in (fact.side, fact.budget) if key]
    told += [Text("未参加核对", "in no check").to(language)] * (not is_checked)
    role = "fact" if is_checked else "fact unchecked"
    title = "\u0020".join(filter(None, told))
    return Mark(fact.span.start, fact.span.end, role, title)


def _finding_marks(numbered: Numbered) -> Iterator[Mark]:
    severity = numbered.finding.severity.value
    for each in numbered.evidence:
        yield Mark(each.start, each.end, f"in-{severity}")
        yield Mark(each.span.start, each.span.end, f"at-{severity}")


def _back_links(numbered: Numbered, language: str) -> Iterator[Anchor]:
    number = numbered.number
    title = Text(f"回到发现 {number}", f"back to finding {number}").to(language)
    role = numbered.finding.severity.value
    for each in numbered.evidence:
        href = f"#{numbered.anchor}"
        yield Anchor(each.span.start, each.anchor, href, number, title, role)


def original_section(extraction: Extraction, marking: Marking, language: str) -> Element:
    """Return the section that shows the whole text."""
    legend = element(
        "p",
        element(
            "span", Text("已核对的数字", "a figure that was checked").to(language), class_="fact"
        ),
        "\u0020",
        element(
            "span",
            Text("未参加核对的数字", "a figure in no check").to(language),
            class_="fact unchecked",
        ),
        "\u0020",
        element("span", Text("未能归类的数字", "a numeral not read").to(language), class_="lost"),
        "\u0020",
        element(
            "mark", Text("发现所指", "what a finding points at").to(language), class_="at-error"
        ),
        class_="legend",
    )
    return element(
        "section",
        element("h2", Text("原文", "The document").to(language), id="original"),
        legend,
        element("div", _parts(extraction, marking, language), class_="document", lang="zh-CN"),
        aria_labelledby="original",
    )


def _parts(extraction: Extraction, marking: Marking, language: str) -> Iterator[Element]:
    document = extraction.document
    tables = {table.start: table for table in document.tables}
    fact_places = sorted(fact.span.start for fact in extraction.facts if fact.is_in_table)
    blocks = _every_block(document)
    ends = [block.start for block in blocks[1:]] + [len(document.text) + 1]
    page = None
    for number, (block, until) in enumerate(zip(blocks, ends, strict=True), start=1):
        if block.page != page and block.page is not None:
            page = block.page
            told = Text(f"第 {page} 页", f"page {page}").to(language)
            yield element("p", told, class_="page", lang=language)
        table = tables.get(block.start) if block.kind is BlockKind.TABLE else None
        if table and table.rows:
            label = table.name or Text(f"表（第 {number} 段）", f"table, part {number}").to(
                language
            )
            yield _table(_cells(table, fact_places), marking, until, label)
        else:
            tag = "h3" if block.kind is BlockKind.HEADING else "p"
            yield element(tag, marking.children(block.start, block.end, until))


def _every_block(document: Document) -> list[Block]:
    """Return the blocks and, as paragraphs, what is in none of them; the first begins at 0."""
    found: list[Block] = []
    place = 0
    for block in sorted(document.blocks, key=lambda block: block.start):
        if block.start < place:
            continue
        if document.text[place : block.start].strip() or (not found and block.start):
            found.append(Block(BlockKind.PARAGRAPH, place, block.start, document.page_of(place)))
        found.append(block)
        place = block.end
    if document.text[place:].strip() or not found:
        found.append(Block(BlockKind.PARAGRAPH, place, len(document.text)))
    return found


def _cells(table: Table, fact_places: Sequence[int]) -> list[list[_Cell]]:
    """Return the cells that are to be seen, by row; those above all figures head the columns."""
    spans, hidden = _merged(table)
    headers = _header_rows(table, fact_places)
    return [
        [
            _Cell(start, text, *spans.get((row, column), (1, 1)), row < headers)
            for column, (start, text) in enumerate(zip(starts, table.rows[row], strict=True))
            if (row, column) not in hidden
        ]
        for row, starts in enumerate(_starts(table))
    ]


def _starts(table: Table) -> Iterator[list[int]]:
    """Yield for each row the characters at which its cells begin."""
    for number, row in enumerate(table.rows):
        if table.starts or not row:
            yield list(table.starts[number]) if row else []
            continue
        starts = [table.span(number, 0, "").start]
        starts += [0] * (len(row) - 1)
        for column, cell in enumerate(row[:-1]):
            starts[column + 1] = starts[column] + len(cell) + 1
        yield starts


def _merged(table: Table) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Return the cells that take several places, and the places they take."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    hidden: set[tuple[int, int]] = set()
    for row, column, row_span, column_span in table.merges:
        taken = [
            (row + down, column + right) for down in range(row_span) for right in range(column_span)
        ]
        # A workbook may keep a text in a place that a merge covers; it is shown all the same.
        is_empty = not any(table.rows[place[0]][place[1]] for place in taken[1:])
        if is_empty and hidden.isdisjoint(taken):
            spans[row, column] = (row_span, column_span)
            hidden.update(taken[1:])
    return spans, hidden


def _header_rows(table: Table, fact_places: Sequence[int]) -> int:
    """Return how many rows stand above the first figure; none where there is no figure."""
    first = bisect_left(fact_places, table.start)
    if first == len(fact_places) or fact_places[first] > table.end:
        return 0
    starts = [row[0] if row else table.start for row in _starts(table)]
    return next(
        (
            row
            for row, (_, after) in enumerate(pairwise([*starts, table.end + 1]))
            if fact_places[first] < after
        ),
        0,
    )


def _table(rows: list[list[_Cell]], marking: Marking, until: int, label: str) -> Element:
    order = [cell for row in rows for cell in row]
    ends = iter([cell.start for cell in order[1:]] + [until])
    made = (
        element("tr", (_cell(cell, marking, next(ends)) for cell in row)) for row in rows if row
    )
    return element(
        "div",
        element("table", element("tbody", made)),
        class_="wide",
        role="region",
        aria_label=label,
        tabindex="0",
    )


def _cell(cell: _Cell, marking: Marking, until: int) -> Element:
    children = marking.children(cell.start, cell.start + len(cell.text), until)
    is_wide = cell.column_span > 1
    is_header = cell.is_header and bool(cell.text.strip())
    return element(
        "th" if is_header else "td",
        children,
        scope=("colgroup" if is_wide else "col") if is_header else None,
        rowspan=str(cell.row_span) if cell.row_span > 1 else None,
        colspan=str(cell.column_span) if is_wide else None,
        class_="number" if _NUMBER.fullmatch(cell.text.strip()) else None,
    )
