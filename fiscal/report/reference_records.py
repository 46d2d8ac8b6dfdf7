"""What the glossary knows, as records for programs: keys in English, the same whatever is known."""

from __future__ import annotations

from typing import Any

from fiscal.ontology.changes import Era
from fiscal.ontology.glossary import Found
from fiscal.ontology.meaning import Entry, HeadingEntry, TermEntry
from fiscal.ontology.scheme import ATTESTATIONS, Heading
from fiscal.ontology.terms import Term
from fiscal.report.reference import definition, own_era

__all__ = ["entry_record", "found_record", "heading_record"]


def found_record(found: Found, language: str) -> dict[str, Any]:
    """Return an answer as the record of `fiscal glossary`."""
    return {
        "question": found.question,
        "total": found.total,
        "more": found.total - len(found.entries),
        "entries": [entry_record(entry, language) for entry in found.entries],
    }


def entry_record(entry: Entry, language: str) -> dict[str, Any]:
    """Return one entry; `type` tells a heading from a term."""
    if isinstance(entry, TermEntry):
        return _term_record(entry, language)
    return _heading_entry_record(entry, language)


def heading_record(heading: Heading) -> dict[str, Any]:
    """Return a heading by itself, with how it is known."""
    return {
        "code": heading.code,
        "name": heading.name,
        "level": heading.level,
        "attestation": heading.attestation,
        "seen_years": list(heading.seen_years),
        "sources": list(heading.sources),
    }


def _term_record(entry: TermEntry, language: str) -> dict[str, Any]:
    term = entry.term
    return {
        "type": "term",
        **_named(term),
        "list": term.list,
        "aliases": list(term.aliases),
        "definition": term.definition.to(language),
        "broader": _named(entry.broader) if entry.broader else None,
        "narrower": [_named(each) for each in entry.narrower],
        "rules": list(entry.rules),
    }


def _named(term: Term) -> dict[str, str]:
    return {"id": term.id, "zh": term.zh, "en": term.en}


def _heading_entry_record(entry: HeadingEntry, language: str) -> dict[str, Any]:
    heading = entry.heading
    return {
        "type": "heading",
        **heading_record(heading),
        "attestation_text": ATTESTATIONS[heading.attestation].to(language),
        "scheme": heading.scheme,
        "fiscal_year": entry.year,
        "asked_year": entry.asked,
        "definition": definition(entry).to(language),
        "path": [{"code": h.code, "name": h.name, "level": h.level} for h in entry.path],
        "budgets": sorted(heading.budgets),
        "years": list(own_era(entry).years),
        "valid_from": heading.valid_from,
        "valid_to": heading.valid_to,
        "earlier": [_era(era) for era in entry.eras if era.relation == "earlier"],
        "later": [_era(era) for era in entry.eras if era.relation == "later"],
        "note": heading.note,
        "cofog": [
            {
                "code": match.cofog,
                "name": known.name.to(language) if known else None,
                "relation": match.relation,
                "reason": match.reason.to(language),
                "matched_heading": match.code,
            }
            for match, known in entry.cofog
        ],
        "counterparts": [
            {
                "code": each.code,
                "name": each.name,
                "is_whole_category": each.is_whole,
                "confidence": each.confidence,
            }
            for each in entry.counterparts
        ],
        "rules": list(entry.rules),
    }


def _era(era: Era) -> dict[str, Any]:
    return {
        "code": era.heading.code,
        "name": era.heading.name,
        "years": list(era.years),
        "kind": era.kind or None,
        "attestation": era.heading.attestation,
    }
