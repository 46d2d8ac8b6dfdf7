"""A document's facts as JSON: each with its place, and an account of every numeral of the text.

`docs/json.md` tells what the keys mean.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from fiscal.extract.numerals import numerals
from fiscal.model import Extraction, Span, Statement
from fiscal.report.json import fact_record, write

__all__ = ["coverage_record", "document_record", "extraction_record", "json_pieces"]


def json_pieces(extractions: Iterable[Extraction], is_one: bool) -> Iterator[str]:
    """Yield the record of one document, or of several as they come under `documents`."""
    if is_one:
        yield from (write(extraction_record(extraction)) + "\n" for extraction in extractions)
        return
    parting = '{"documents": [\n'
    for extraction in extractions:
        yield parting + write(extraction_record(extraction))
        parting = ",\n"
    yield "\n]}\n"


def extraction_record(extraction: Extraction) -> dict[str, Any]:
    """Return a document, its facts, what it states without a numeral, and what was covered."""
    return {
        "document": document_record(extraction),
        "facts": [fact_record(fact) for fact in extraction.facts],
        "statements": [_statement_record(statement) for statement in extraction.statements],
        "coverage": coverage_record(extraction),
    }


def document_record(extraction: Extraction) -> dict[str, Any]:
    """Return what a document is; `unit` is the unit of money that it declares."""
    profile = extraction.profile
    return {
        "path": extraction.document.path,
        "sha256": extraction.document.sha256,
        "title": profile.title,
        "kind": profile.kind.value,
        "fiscal_year": profile.fiscal_year,
        "organisation": profile.organisation,
        "unit": profile.unit,
        "unread_pages": list(extraction.document.unread_pages),
    }


def coverage_record(extraction: Extraction) -> dict[str, Any]:
    """Return how many numerals the text has and what became of them, those of no use in full.

    The numerals are counted anew from the text, so that one that got lost would be seen.
    """
    kinds = Counter(each.kind for each in extraction.non_facts)
    return {
        "numerals": len(numerals(extraction.document.text)),
        "facts": len(extraction.facts),
        "non_facts": len(extraction.non_facts),
        "non_facts_by_kind": dict(sorted(kinds.items())),
        "unaccounted": [_span_record(span) for span in extraction.unaccounted],
    }


def _statement_record(statement: Statement) -> dict[str, Any]:
    return {
        "kind": statement.kind,
        "label": statement.label,
        "code": statement.code,
        "budget": statement.budget,
        **_span_record(statement.span),
    }


def _span_record(span: Span) -> dict[str, Any]:
    return {"quote": span.quote, "start": span.start, "end": span.end, "page": span.page}
