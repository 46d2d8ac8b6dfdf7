"""Facts as a workbook for people: facts, documents, statements, and numerals of no known use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from fiscal.errors import Text
from fiscal.model import Extraction
from fiscal.report.extraction import coverage_record
from fiscal.report.extraction_csv import FLAGS_PARTED_BY
from fiscal.report.extraction_labels import KINDS, STATEMENTS, label_of
from fiscal.report.extraction_rows import COLUMNS, Holds, fact_rows
from fiscal.report.workbook import Cell, Sheet, workbook

__all__ = ["fact_rows_for_people", "fact_sheet", "workbook_pieces"]

_TOLD = (
    *("scheme", "measure", "budget", "funding_source", "expenditure_type", "side", "section"),
    "confidence",
)
_Rows = list[list[Cell]]


class _Heading(NamedTuple):
    label: Text
    width: int


_DOCUMENT = _Heading(Text("文件", "document"), 32)
_YEAR = _Heading(Text("年度", "year"), 8)
_QUOTE = _Heading(Text("原文", "quote"), 32)
_PLACE = (
    _Heading(Text("页", "page"), 8),
    _Heading(Text("起", "start"), 10),
    _Heading(Text("止", "end"), 10),
)
_DOCUMENTS = (
    _DOCUMENT,
    _Heading(Text("标题", "title"), 40),
    _Heading(Text("编报单位", "organisation"), 24),
    _YEAR,
    _Heading(Text("文件类型", "kind"), 12),
    _Heading(Text("金额单位", "unit"), 10),
    _Heading(Text("数字", "numerals"), 10),
    _Heading(Text("事实", "facts"), 10),
    _Heading(Text("非事实", "not facts"), 10),
    _Heading(Text("未归类", "unaccounted for"), 10),
)
_STATEMENTS = (
    _DOCUMENT,
    _Heading(Text("名称", "label"), 40),
    _Heading(Text("科目编码", "code"), 12),
    _Heading(Text("预算类型", "budget"), 18),
    _Heading(Text("陈述", "statement"), 16),
    _QUOTE,
    *_PLACE,
)
_UNACCOUNTED = (_DOCUMENT, _QUOTE, *_PLACE)


def workbook_pieces(extractions: Iterable[Extraction], language: str) -> Iterator[bytes]:
    """Return the facts of all documents as one workbook, without sheets that would be empty.

    The sheets of facts and of documents are always there. Numbers are exact decimals.
    """
    facts: _Rows = []
    documents: _Rows = []
    statements: _Rows = []
    unaccounted: _Rows = []
    for extraction in extractions:
        facts.extend(fact_rows_for_people(extraction, language))
        documents.append(_document_cells(extraction, language))
        statements.extend(_statement_rows(extraction, language))
        path = extraction.document.path
        unaccounted.extend([path, s.quote, s.page, s.start, s.end] for s in extraction.unaccounted)
    always = [
        fact_sheet(facts, language),
        _sheet(Text("文件", "documents"), _DOCUMENTS, documents, language),
    ]
    further = [
        _sheet(Text("陈述", "statements"), _STATEMENTS, statements, language),
        _sheet(Text("未归类", "unaccounted"), _UNACCOUNTED, unaccounted, language),
    ]
    yield workbook([*always, *(sheet for sheet in further if sheet.rows)])


def fact_rows_for_people(extraction: Extraction, language: str) -> Iterator[list[Cell]]:
    """Yield the facts of a document as rows of `fact_sheet`."""
    return (_fact_cells(row, language) for row in fact_rows(extraction))


def fact_sheet(rows: Sequence[Sequence[Cell]], language: str) -> Sheet:
    """Return the sheet of facts, a row each."""
    headings = tuple(_Heading(column.label, column.width) for column in COLUMNS)
    return _sheet(Text("事实", "facts"), headings, rows, language)


def _sheet(
    name: Text, headings: tuple[_Heading, ...], rows: Sequence[Sequence[Cell]], language: str
) -> Sheet:
    labels = [heading.label.to(language) for heading in headings]
    return Sheet(name.to(language), labels, [heading.width for heading in headings], rows)


def _fact_cells(row: dict[str, Any], language: str) -> list[Cell]:
    told = {key: label_of(row[key], language) for key in _TOLD if row[key]}
    return [_fact_cell({**row, **told}[column.key], column.holds) for column in COLUMNS]


def _fact_cell(value: Any, holds: Holds) -> Cell:
    if holds is Holds.TEXTS:
        return FLAGS_PARTED_BY.join(value)
    written: Cell = value
    return Decimal(value) if holds is Holds.DECIMAL else written


def _document_cells(extraction: Extraction, language: str) -> list[Cell]:
    profile, record = extraction.profile, coverage_record(extraction)
    return [
        extraction.document.path,
        profile.title,
        profile.organisation,
        profile.fiscal_year,
        KINDS[profile.kind].to(language),
        profile.unit,
        *(record[key] for key in ("numerals", "facts", "non_facts")),
        len(extraction.unaccounted),
    ]


def _statement_rows(extraction: Extraction, language: str) -> Iterator[list[Cell]]:
    for each in extraction.statements:
        kind = STATEMENTS.get(each.kind, Text(each.kind, each.kind))
        yield [
            extraction.document.path,
            each.label,
            each.code,
            label_of(each.budget, language) if each.budget else None,
            kind.to(language),
            each.span.quote,
            each.span.page,
            each.span.start,
            each.span.end,
        ]
