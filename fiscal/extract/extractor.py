"""Reading every fact of a document: a table of facts as it is, anything else by tables and prose.

Prose is read from what is no table: the cells of tables are blanked out for it, so that every
place in the text stays what it was.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from fiscal.errors import FiscalError, Place, Text, UnreadableDocument, WrongUsage
from fiscal.extract.fact_table import holds_fact_table, no_fact_table, read_fact_tables
from fiscal.extract.narrative.reading import read_narrative
from fiscal.extract.narrative.sections import Paragraph, has_prose
from fiscal.extract.profile import profile_of
from fiscal.extract.tables.reading import read_tables
from fiscal.model import Document, DocumentKind, Extraction, NonFact, Profile, Reading, Span

__all__ = ["blank_form", "extract_facts"]

_CELL_END = re.compile(r"[\t\n]")
_SENTENCE = re.compile(r"[\u4e00-\u9fff]{2}")


def extract_facts(
    document: Document,
    *,
    is_complete: bool = False,
    year: int | None = None,
    may_be_empty: bool = False,
) -> Extraction:
    """Return the facts of a document.

    `is_complete` says that a table of facts lists every heading that has money; `year` is the
    year of a document that does not name its own. A blank form `may_be_empty`. Raises
    UnreadableDocument where nothing else is found, WrongUsage where an account does not say its
    year, and InvalidCode or InvalidAmount, with the cell, for a bad row in a table of facts.
    """
    profile = profile_of(document, year)
    if holds_fact_table(document):
        facts, listings = read_fact_tables(document, profile, is_complete=is_complete)
        reading = Reading(facts, listings)
    else:
        reading = _read_account(document, profile)
    if not (reading.facts or reading.statements or may_be_empty):
        raise _nothing_found(document, profile)
    if reading.facts and profile.fiscal_year is None and not holds_fact_table(document):
        raise WrongUsage(
            Text("文件没有写明年度", "the document does not say its year"),
            Text("请用 --year 指定", "give it with --year"),
            Place(document.path),
        )
    return Extraction(
        document,
        profile,
        reading.facts,
        reading.listings,
        reading.non_facts,
        reading.statements,
        reading.unaccounted,
    )


def _read_account(document: Document, profile: Profile) -> Reading:
    tables = read_tables(document, profile)
    if document.tables and not has_prose(document):
        return tables
    return _together(tables, read_narrative(document, profile, _sentences_in(document, tables)))


def _sentences_in(document: Document, tables: Reading) -> list[Paragraph]:
    """Return the cells of which the reading of tables left numerals for prose to read."""
    text = document.text
    # All at once: a text without tabs would be sought through for each cell.
    ends = [match.start() for match in _CELL_END.finditer(text)] if tables.unaccounted else []
    bounds = [-1, *ends, len(text)]
    cells = {}
    for span in tables.unaccounted:
        start = bounds[bisect_left(bounds, span.start) - 1] + 1
        end = bounds[bisect_left(bounds, span.end)]
        if start not in cells:
            cells[start] = Paragraph(start, text[start:end])
    return [cell for cell in cells.values() if _SENTENCE.search(cell.text)]


def _together(tables: Reading, prose: Reading) -> Reading:
    """Join two readings; what one could not account for, the other may have."""
    told: tuple[Span | NonFact, ...] = (
        *(fact.span for fact in prose.facts),
        *prose.non_facts,
        *prose.unaccounted,
    )
    return Reading(
        facts=(*tables.facts, *prose.facts),
        listings=(*tables.listings, *prose.listings),
        non_facts=(*tables.non_facts, *prose.non_facts),
        statements=(*tables.statements, *prose.statements),
        unaccounted=(*_outside(tables.unaccounted, told), *prose.unaccounted),
    )


def _outside(spans: Iterable[Span], told: Iterable[Span | NonFact]) -> list[Span]:
    """Return the spans that begin in none of what was told."""
    stretches = sorted((each.start, each.end) for each in told)
    starts = [start for start, _ in stretches]

    def is_told(span: Span) -> bool:
        before = bisect_right(starts, span.start)
        return before > 0 and span.start < stretches[before - 1][1]

    return [span for span in spans if not is_told(span)]


def blank_form(extraction: Extraction) -> FiscalError | None:
    """Return what to say of a form that nobody filled in; nothing for any other document."""
    is_blank = extraction.profile.kind is DocumentKind.TEMPLATE and not extraction.facts
    return _not_filled_in(extraction.document) if is_blank else None


def _not_filled_in(document: Document) -> FiscalError:
    return UnreadableDocument(
        Text("这是一份没有填写金额的空白表", "this is a form that nobody filled in"),
        Text("填写金额并保存后再试", "fill in the amounts and save it"),
        Place(document.path),
    )


def _nothing_found(document: Document, profile: Profile) -> FiscalError:
    if profile.kind is DocumentKind.TEMPLATE:
        return _not_filled_in(document)
    if document.tables and not has_prose(document):
        return no_fact_table(document)
    return UnreadableDocument(
        Text("没有找到任何科目的金额", "no amount of any heading was found"),
        Text(
            "需要列有科目编码或名称及金额的说明文字，或含 code、amount、unit 列的表",
            "give prose that states headings with amounts, or a table with the columns code, "
            "amount and unit",
        ),
        Place(document.path),
    )
