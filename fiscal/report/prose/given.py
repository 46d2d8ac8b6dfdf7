"""The facts to tell: of a document, of a table of facts, or of what `fiscal extract` wrote.

JSON and CSV of `fiscal extract` hold facts already; they are taken as they are, with their place.
Anything else is read as a document.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from fiscal.documents.plain_text import decode
from fiscal.documents.reader import read_file
from fiscal.errors import Text, UnreadableDocument
from fiscal.extract.extractor import extract_facts
from fiscal.extract.fact_table import holds_fact_table
from fiscal.files import read_bytes
from fiscal.model import Document, DocumentKind, Extraction, Fact, Profile, Span, Statement
from fiscal.money import Amount
from fiscal.report.extraction_csv import FLAGS_PARTED_BY, unguarded

__all__ = ["facts_of"]

# Columns that only a table written by `fiscal extract` has.
_WRITTEN = {"id", "label", "measure", "amount", "unit", "section", "quote", "sha256"}
_KEPT = {field.name for field in fields(Fact)} - {"id", "amount", "span", "flags", "fiscal_year"}
_LONGEST_NUMBER = 40


def facts_of(path: str, year: int | None = None) -> Extraction:
    """Read the facts of a file; `year` overrules its own.

    Raises UnreadableDocument where it cannot be read or holds facts of several documents, and the
    errors of reading a document.
    """
    suffix = Path(path).suffix.lower()
    if suffix in (".json", ".csv"):
        data = read_bytes(path)
        try:
            text = decode(data)
            written = _of_json(text) if suffix == ".json" else _of_csv(text)
        except UnreadableDocument as error:
            raise error.within(path) from error
        if written:
            digest = hashlib.sha256(data).hexdigest()
            profile = replace(written.profile, fiscal_year=year or written.profile.fiscal_year)
            return replace(written, document=Document(path, digest, ""), profile=profile)
    document = read_file(path)
    extraction = extract_facts(document, year=year)
    return _by_name(extraction) if holds_fact_table(document) else extraction


def _by_name(extraction: Extraction) -> Extraction:
    """Take the rows of a table of facts for what they name; the last of their years is told."""
    facts = tuple(replace(f, span=replace(f.span, row=None)) for f in extraction.facts)
    own, is_plan = extraction.profile, all(fact.measure == "budget" for fact in facts)
    years = [fact.fiscal_year for fact in facts if fact.fiscal_year]
    kind = DocumentKind.BUDGET if is_plan else DocumentKind.FINAL_ACCOUNTS
    profile = replace(own, fiscal_year=own.fiscal_year or max(years, default=None), kind=kind)
    return replace(extraction, facts=facts, profile=profile)


def _of_json(text: str) -> Extraction:
    try:
        record = json.loads(text)
        document, records = record["document"], record["facts"]
        facts = tuple(_fact(each, each["flags"]) for each in records)
        statements = tuple(_statement(each) for each in record.get("statements", ()))
        return Extraction(_NO_DOCUMENT, _profile(document, facts), facts, statements=statements)
    except (ValueError, KeyError, TypeError, RecursionError, InvalidOperation) as error:
        raise _not_written_here() from error


def _of_csv(text: str) -> Extraction | None:
    """Return the facts of a table that `fiscal extract` wrote, None for any other table."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if not set(reader.fieldnames or ()) >= _WRITTEN:
        return None
    try:
        rows = [{key: unguarded(cell) for key, cell in row.items()} for row in reader]
        facts = tuple(_fact(row, filter(None, row["flags"].split(FLAGS_PARTED_BY))) for row in rows)
        first = {**rows[0], "kind": rows[0]["document_kind"]} if rows else {}
        if len({row["sha256"] for row in rows}) > 1:
            raise _several()
        return Extraction(_NO_DOCUMENT, _profile(first, facts), facts)
    except (ValueError, KeyError, TypeError, AttributeError, csv.Error, InvalidOperation) as error:
        raise _not_written_here() from error


_NO_DOCUMENT = Document("", "", "")


def _profile(record: Mapping[str, Any], facts: Iterable[Fact]) -> Profile:
    year = record.get("fiscal_year") or next((fact.fiscal_year for fact in facts), None)
    return Profile(
        title=record.get("title") or None,
        organisation=record.get("organisation") or None,
        fiscal_year=int(year) if year else None,
        kind=DocumentKind(record.get("kind") or "unknown"),
        unit=record.get("unit") or None,
        tables=tuple({fact.section for fact in facts if fact.is_in_table}),
    )


def _fact(record: Mapping[str, Any], flags: Iterable[str]) -> Fact:
    number = str(record["amount"])
    if len(number) > _LONGEST_NUMBER:
        raise ValueError("too long a number")
    kept: dict[str, Any] = {key: record[key] or None for key in _KEPT & record.keys()}
    year = record["fiscal_year"]
    return Fact(
        **{**kept, "label": record["label"] or "", "section": record["section"] or ""},
        id=record["id"],
        fiscal_year=int(year) if year else None,
        amount=Amount(Decimal(number), record["unit"]),
        span=_span(record),
        flags=tuple(flags),
    )


def _span(record: Mapping[str, Any]) -> Span:
    row = record.get("row")
    return Span(
        quote=record["quote"] or "",
        start=int(record["start"]),
        end=int(record["end"]),
        table=record.get("table") or None,
        row=int(row) if row else None,
        column=record.get("column") or None,
    )


def _statement(record: Mapping[str, Any]) -> Statement:
    return Statement(
        record["kind"], record["label"], record["code"], record["budget"], _span(record)
    )


def _several() -> UnreadableDocument:
    return UnreadableDocument(
        Text("文件里有几份文件的事实", "the file holds the facts of several documents"),
        Text("请逐份成文", "tell them one by one"),
    )


def _not_written_here() -> UnreadableDocument:
    return UnreadableDocument(
        Text(
            "不是 fiscal extract 写出的一份事实",
            "fiscal extract did not write this of one document",
        ),
        Text(
            "请用 fiscal extract 重新提取，或直接给出原文件",
            "extract it anew with fiscal extract, or name the document itself",
        ),
    )
