"""Real disclosures: what two other readers see in them, a person and pdfplumber."""

import csv
import json
import re
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
import pytest

from fiscal.documents.grid import grid_of_cells
from fiscal.documents.pdf.page import read_page
from fiscal.documents.pdf.ruled import RuledDocument
from fiscal.documents.reader import read_file
from fiscal.model import BlockKind, Document
from tests.conftest import SHARED

MISSING = "the real disclosures do not lie beside this repository"
FINANCE = "putuo-finance-bureau-2024-final-accounts"
PLANNING = "putuo-planning-bureau-2024-final-accounts"
PDFS = (
    FINANCE,
    PLANNING,
    "putuo-finance-bureau-2025-budget",
    "putuo-justice-bureau-2026-budget",
    "putuo-wanli-subdistrict-2024-budget",
    "shanghai-template-2024-final-accounts",
)


def shared(folder: str, name: str) -> str:
    path = SHARED / folder / name
    if not path.exists():
        pytest.skip(MISSING)
    return str(path)


def closed_up(text: str | None) -> str:
    return re.sub(r"\s", "", text or "")


def paragraphs(document: Document) -> list[str]:
    return [
        document.text[block.start : block.end]
        for block in document.blocks
        if block.kind != BlockKind.TABLE
    ]


@pytest.mark.parametrize("name", [FINANCE, PLANNING])
def test_every_amount_stands_where_a_person_saw_it(name):
    """In its row and column, on its page; the person's pages count from 1."""
    tables = json.loads(Path(shared("truth", f"{name}.tables.json")).read_text("utf-8"))
    document = read_file(shared("documents", f"{name}.pdf"))
    for seen in tables:
        on_page = [
            [row for row, page in zip(table.rows, table.pages, strict=True) if page == seen["page"]]
            for table in document.tables
        ]
        rows = next(rows for rows in on_page if rows)
        assert [list(row) for row in rows] == seen["grid"]
        assert all(rows[row][column] == text for row, column, _, text in seen["amounts"])


@pytest.mark.parametrize("name", PDFS)
def test_every_cell_is_the_one_that_pdfplumber_reads(name):
    """Page for page, before tables are put together; frames around lines of text are no tables."""
    path = shared("documents", f"{name}.pdf")
    with (
        pdfplumber.open(path) as oracle,
        pdfium.PdfDocument(path) as document,
        RuledDocument(Path(path).read_bytes()) as ruled,
    ):
        for index, seen in enumerate(oracle.pages):
            found = sorted(seen.find_tables(), key=lambda table: table.bbox[1])
            texts = [table.extract() for table in found]
            wanted = [
                [[*map(closed_up, row)] for row in rows] for rows in texts if len(rows[0]) > 1
            ]
            grids = [grid_of_cells(t.cells).rows for t in read_page(document, ruled, index).tables]
            assert [[[*map(closed_up, row)] for row in grid] for grid in grids] == wanted
            seen.close()


def test_every_sentence_with_a_figure_is_one_paragraph():
    """As a person copied them; blanks aside."""
    document = read_file(shared("documents", f"{PLANNING}.pdf"))
    found = [closed_up(text) for text in paragraphs(document)]
    with open(shared("truth", f"{PLANNING}.facts.csv"), encoding="utf-8") as file:
        quotes = {closed_up(row["quote"]) for row in csv.DictReader(file)}
    assert len(quotes) > 30
    assert [quote for quote in quotes if not any(quote in text for text in found)] == []


def test_digits_on_another_baseline_stand_in_their_sentences():
    """Read off page 23 of the document."""
    texts = paragraphs(read_file(shared("documents", f"{FINANCE}.pdf")))
    assert (
        "机关运行经费支出184.65万元，比2023年度增加2.55万元，增长1.40%。主要原因是优化办公环境、"
        "提升照明效率，更换了老旧照明设施，导致相关支出略有增加。"
    ) in texts
    assert not [text for text in texts if re.match(r"[，。；、）”%\d.]+$", text)]


def test_the_budget_form_reads_the_same_from_both_workbooks():
    """The old format and the new: the headers of the table of revenue, codes in three columns."""
    for name in ("shanghai-template-department-budget.xlsx", "shanghai-template-budget.xls"):
        tables = read_file(shared("documents", name)).tables
        revenue = next(table for table in tables if "收入总表" in table.name)
        header = next(row for row in revenue.rows if row[0] == "功能分类科目编码")
        assert header == (
            *("功能分类科目编码", "", "", "功能分类科目名称", "合计"),
            *("财政拨款收入", "事业收入", "事业单位经营收入", "其他收入"),
        )
        assert revenue.rows[revenue.rows.index(header) + 1][:3] == ("类", "款", "项")


def test_prose_kept_in_a_workbook_is_read_as_paragraphs():
    """Its sheets of notes hold one long cell each."""
    document = read_file(shared("documents", "shanghai-template-department-budget.xlsx"))
    assert "（二）事业收入：指事业单位开展专业业务活动及其辅助活动取得的收入。" in paragraphs(
        document
    )
    assert "名词解释" not in {table.name for table in document.tables}


def test_a_text_dump_stays_as_it_is():
    """Bookmarks and gaps included; cells on lines of their own are five tables in their place."""
    path = shared("documents", "emeishan-government-office-2019-final-accounts.txt")
    document = read_file(path)
    with open(path, encoding="utf-8", newline="") as file:
        assert document.text == file.read()
    assert [table.rows[0][1] for table in document.tables] == [
        "新综合办公大楼物业服务经费项目",
        "行政权力平台运行维护费项目",
        "应急办业务费项目",
        "双创工作经费项目",
        "纪委派驻监察室工作经费项目",
    ]
    for table in document.tables:
        for row, starts in zip(table.rows, table.starts, strict=True):
            for cell, start in zip(row, starts, strict=True):
                assert document.text[start : start + len(cell)] == cell
