"""One account gives the same facts, whatever kind of file it is written as."""

import io
from collections import Counter
from html import escape

import docx
import openpyxl
import pytest

from fiscal.documents import reader
from fiscal.extract.extractor import extract_facts
from fiscal.model import Document, Fact
from tests.laws.account_style import Style
from tests.laws.account_tables import lay_out
from tests.laws.narrative.documents import account_of, write_narrative

PLAIN = Style(
    unit="万元",
    separator="",
    zero="0.00",
    total="first",
    codes="whole",
    has_merges=False,
    is_wrapped=False,
    has_numbers=False,
    is_spaced=False,
    caption="text",
    rows_on_page=None,
)


def parts(number: int) -> list[str | list[list[str]]]:
    """The prose of an account as paragraphs, and behind it its tables as rows."""
    account = account_of(number)
    document, _ = lay_out(account, PLAIN)
    found: list[str | list[list[str]]] = [
        line for line in write_narrative(account, number).text.split("\n") if line.strip()
    ]
    place = 0
    for table in document.tables:
        found += [line for line in document.text[place : table.start].split("\n") if line.strip()]
        found.append([list(row) for row in table.rows])
        place = table.end
    return found


def as_text(contents) -> bytes:
    lines = []
    for part in contents:
        lines += [part] if isinstance(part, str) else ["\t".join(row) for row in part]
    return "\n".join(lines).encode()


def as_markdown(contents) -> bytes:
    lines = []
    for part in contents:
        if isinstance(part, str):
            lines += [part, ""]
        else:
            rows = ["| " + " | ".join(row) + " |" for row in part]
            lines += [rows[0], "|" + "---|" * len(part[0]), *rows[1:], ""]
    return "\n".join(lines).encode()


def as_html(contents) -> bytes:
    body = "".join(
        f"<p>{escape(part)}</p>"
        if isinstance(part, str)
        else "<table>"
        + "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in part
        )
        + "</table>"
        for part in contents
    )
    return f"<!doctype html><meta charset=utf-8><body>{body}</body>".encode()


def as_docx(contents) -> bytes:
    written = docx.Document()
    for part in contents:
        if isinstance(part, str):
            written.add_paragraph(part)
        else:
            table = written.add_table(rows=len(part), cols=len(part[0]))
            for row, cells in zip(table.rows, part, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
    saved = io.BytesIO()
    written.save(saved)
    return saved.getvalue()


def as_workbook(contents) -> bytes:
    """Prose in a sheet of one column, every table in a sheet with its title above it."""
    book = openpyxl.Workbook()
    book.active.title = "说明"
    held: list[str] = []
    for part in contents:
        if isinstance(part, str):
            held.append(part)
            continue
        above = held[-2:]
        for line in held[: -len(above)]:
            book["说明"].append([line])
        sheet = book.create_sheet(f"表{len(book.sheetnames)}")
        for line in above:
            sheet.append([line])
        for row in part:
            sheet.append(row)
        held = []
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def read(tmp_path, name: str, data: bytes) -> Document:
    path = tmp_path / name
    path.write_bytes(data)
    return reader.read_file(str(path))


def meaning(fact: Fact) -> tuple[object, ...]:
    amount = fact.amount
    return fact.label, fact.code, fact.measure, fact.fiscal_year, amount.number, fact.budget


@pytest.mark.parametrize("number", [3, 11, 24])
def test_the_same_facts_in_every_format(tmp_path, number):
    contents = parts(number)
    documents = {
        name: read(tmp_path, name, write(contents))
        for name, write in (
            ("account.txt", as_text),
            ("account.md", as_markdown),
            ("account.html", as_html),
            ("account.docx", as_docx),
            ("account.xlsx", as_workbook),
        )
    }
    facts = {
        name: Counter(map(meaning, extract_facts(each).facts)) for name, each in documents.items()
    }
    first = facts.pop("account.docx")
    assert sum(first.values()) > 100
    for name, found in facts.items():
        assert (first - found, found - first) == (Counter(), Counter()), name
