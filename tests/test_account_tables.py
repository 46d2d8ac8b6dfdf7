"""The tables of real accounts, cell for cell as a person read them."""

import json

import pytest

from fiscal.documents.reader import read_file
from fiscal.extract.extractor import extract_facts
from fiscal.graph.account import roll_up_account
from tests.conftest import SHARED

ACCOUNTS = (
    "putuo-planning-bureau-2024-final-accounts",
    "putuo-finance-bureau-2024-final-accounts",
)


def closed_up(row) -> list[str]:
    return [(cell or "").replace(" ", "") for cell in row]


@pytest.mark.parametrize("name", ACCOUNTS)
def test_every_row_with_an_amount_is_read_cell_for_cell(name):
    """On its page, with every amount in its column; digits on another baseline included."""
    truth = SHARED / "truth" / f"{name}.tables.json"
    if not truth.exists():
        pytest.skip("the real disclosures do not lie beside this repository")
    document = read_file(str(SHARED / "documents" / f"{name}.pdf"))
    read: dict[int, list[list[str]]] = {}
    for table in document.tables:
        for page, row in zip(table.pages, table.rows, strict=True):
            read.setdefault(page, []).append(closed_up(row))
    tables = json.loads(truth.read_text("utf-8"))
    wanted = [(t["page"], closed_up(t["grid"][row])) for t in tables for row, *_ in t["amounts"]]
    assert wanted
    assert [(page, row) for page, row in wanted if row not in read.get(page, [])] == []


@pytest.mark.parametrize("name", ACCOUNTS)
def test_cells_and_paragraphs_quote_the_text(name):
    """Every place is a place in the document's one text."""
    path = SHARED / "documents" / f"{name}.pdf"
    if not path.exists():
        pytest.skip("the real disclosures do not lie beside this repository")
    document = read_file(str(path))
    for table in document.tables:
        for row, cells in enumerate(table.rows):
            for column, cell in enumerate(cells):
                span = table.span(row, column, "")
                assert document.text[span.start : span.end] == cell == span.quote


@pytest.mark.parametrize("name", ACCOUNTS)
def test_the_prose_of_a_pdf_is_rolled_up_without_a_false_alarm(name):
    """A sentence wrapped over lines and a table between two sections change nothing."""
    path = SHARED / "documents" / f"{name}.pdf"
    if not path.exists():
        pytest.skip("the real disclosures do not lie beside this repository")
    account = roll_up_account(extract_facts(read_file(str(path))))
    in_prose = [node for node in account.nodes if node.series is None]
    assert any(node.outcome == "holds" for node in in_prose)
    assert not account.is_violated
