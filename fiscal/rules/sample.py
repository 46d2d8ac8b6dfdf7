"""Small documents to show what a rule means, one line a figure.

A line is `label | measure | amount | what else`, where what else are blanks-parted words: a code,
or key=value with the fields of a fact (`budget`, `source`, `type`, `side`, `column`, `base`).
With `equal_to_budget` or `equal_to_prior_year` for measure it is what is said without a numeral.
A line `@ section` says where the figures below stand: the id of a table, which lists all its parts,
or a heading. `# budget 2025` says what the document is; without it, final accounts of 2024; a name
after the year is the body's. A line of ===== begins another document. Lines
whose cells are parted by tabs are a table as printed; other lines are running text.

>>> extraction = extraction_of('''
... @ final_accounts_revenue_table
... 合计 | final | 12.50万元 | total
... ''')
>>> [(fact.label, fact.code, fact.is_in_table) for fact in extraction.facts]
[('合计', 'total', True)]
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from fiscal.codes import TOTAL
from fiscal.documents.layout import blocks_of_text
from fiscal.documents.text_tables import tables_of_text
from fiscal.model import (
    Block,
    Document,
    DocumentKind,
    Extraction,
    Fact,
    Listing,
    Profile,
    Span,
    Statement,
    Table,
)
from fiscal.money import Amount

__all__ = ["extraction_of", "extractions_of"]

_HEAD = re.compile(r"# (budget|final_accounts|template) (20\d\d)(?: (\S+))?")
_PARTING = re.compile(r"^=====$", re.M)
_STATEMENT = re.compile(r"^(\S+) \| (equal_to_budget|equal_to_prior_year) \| (\S+)", re.M)
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def extractions_of(sample: str) -> tuple[Extraction, ...]:
    """Return the facts of the documents of a sample, which lines of ===== part."""
    documents = enumerate(_PARTING.split(sample), start=1)
    return tuple(extraction_of(text, f"sample {number}") for number, text in documents)


def extraction_of(sample: str, path: str = "sample") -> Extraction:
    """Return the facts of a sample, as if they had been read from a document."""
    text = sample.strip() + "\n"
    head = _HEAD.search(text)
    kind = DocumentKind(head[1]) if head else DocumentKind.FINAL_ACCOUNTS
    year = int(head[2]) if head else 2024
    profile = Profile("样例", (head[3] if head else None) or "某市某局", year, kind, "万元")
    tables = tables_of_text(text)
    document = Document(path, "", text, tables, _blocks(text, tables))
    facts = tuple(_facts(text, year))
    statements = tuple(_statements(text))
    return Extraction(document, profile, facts, tuple(_listings(facts)), (), statements)


def _blocks(text: str, tables: tuple[Table, ...]) -> tuple[Block, ...]:
    """Return the paragraphs: a line each, but figures in lines that follow on are one."""
    blocks: list[Block] = []
    for block in blocks_of_text(text, tables):
        last = text[blocks[-1].start : blocks[-1].end] if blocks else ""
        if " | " in last and " | " in text[block.start : block.end]:
            blocks[-1] = replace(blocks[-1], end=block.end)
        else:
            blocks.append(block)
    return tuple(blocks)


def _facts(text: str, year: int) -> Iterator[Fact]:
    section, start, table = "", 0, 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("@"):
            section = line[1:].strip()
            table += 1
        elif " | " in line and not _STATEMENT.search(line):
            yield _fact(line, number, start, section, table, year)
        start += len(line) + 1


def _statements(text: str) -> Iterator[Statement]:
    for found in _STATEMENT.finditer(text):
        span = Span(found[3], found.start(3), found.end(3))
        yield Statement(found[2], found[1], None, None, span)


def _fact(line: str, row: int, start: int, section: str, table: int, year: int) -> Fact:
    label, measure, amount, *rest = (part.strip() for part in line.split(" | "))
    words = (word.rpartition("=") for word in " ".join(rest).split())
    said = {key or "code": value for key, _, value in words}
    number = _NUMBER.match(amount)
    at = start + line.index(amount)
    is_table = section.endswith("_table")
    return Fact(
        id=f"T{table}R{row}C1" if is_table else f"P{row}",
        label=label,
        code=said.get("code"),
        measure=measure,
        fiscal_year=int(said.get("year", year)),
        amount=Amount(Decimal(number[0] if number else "0"), _NUMBER.sub("", amount, count=1)),
        budget=said.get("budget"),
        section=section,
        span=Span(amount, at, at + len(amount), row=row, column=said.get("column"))
        if is_table
        else Span(amount, at, at + len(amount)),
        funding_source=said.get("source"),
        expenditure_type=said.get("type"),
        side=said.get("side"),
        base=said.get("base"),
        comparator=said.get("comparator"),
        cause_of=said.get("cause_of"),
    )


def _listings(facts: tuple[Fact, ...]) -> Iterator[Listing]:
    columns: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
    for fact in facts:
        if fact.is_in_table and fact.code and fact.code != TOTAL:
            table = fact.id.split("R", 1)[0]
            key = (table, fact.measure, fact.budget, fact.funding_source, fact.expenditure_type)
            columns[key].append(fact.id)
    return (Listing(TOTAL, frozenset(members)) for members in columns.values())
