"""What must be true of every file read, whatever its format."""

import csv
import html
import io
from itertools import pairwise

import docx
import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from fiscal.documents import delimited, web_page
from fiscal.documents.grid import Grid
from fiscal.documents.layout import Paragraph, lay_out
from fiscal.documents.pdf import reading as pdf_file
from fiscal.documents.plain_text import read as read_text
from fiscal.documents.sheet import xlsx
from fiscal.documents.word import docx as word
from fiscal.model import BlockKind, Document, Merge
from tests.test_readers_pdf import Page, pdf

FEW = settings(max_examples=25)

names = st.text("一般公共服务支出合计（）", min_size=2, max_size=8)
figures = st.sampled_from(["-", "—", "0", "0.00", "1,234.50", "2010301", "99.79%"])
filled = names | figures
grids = st.tuples(st.integers(2, 5), st.integers(1, 5)).flatmap(
    lambda shape: st.lists(
        st.tuples(filled, *[filled if shape[1] == 1 else filled | st.just("")] * (shape[0] - 1)),
        min_size=shape[1],
        max_size=shape[1],
    ).map(lambda rows: [tuple(cell or "甲乙" for cell in rows[0]), *rows[1:]])
)
words = st.text(
    st.characters(exclude_characters="\t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"), max_size=20
)


@st.composite
def merged_grids(draw) -> tuple[list[tuple[str, ...]], Merge]:
    """A grid with one merged cell, whose text is at its top left place."""
    rows = draw(st.integers(2, 5))
    columns = draw(st.integers(3, 5))
    row, column = draw(st.integers(0, rows - 2)), draw(st.integers(0, columns - 3))
    down, across = draw(st.integers(1, rows - 1 - row)), draw(st.integers(1, columns - 2 - column))
    if down * across == 1:
        across = 2
    merge = Merge(row, column, down, across)
    covered = {(row + i, column + j) for i in range(down) for j in range(across)} - {(row, column)}
    grid = [
        tuple("" if (i, j) in covered else draw(filled) for j in range(columns))
        for i in range(rows)
    ]
    return grid, merge


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_docx(rows, merges=()) -> Document:
    file = docx.Document()
    table = file.add_table(len(rows), len(rows[0]))
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    for merge in merges:
        last = table.cell(merge.row + merge.row_span - 1, merge.column + merge.column_span - 1)
        kept = rows[merge.row][merge.column]
        table.cell(merge.row, merge.column).merge(last).text = kept
    return word.read(saved(file), "", "")


def as_xlsx(rows, merges=()) -> Document:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([text or None for text in row])
    for row, column, down, across in merges:
        book.active.merge_cells(None, row + 1, column + 1, row + down, column + across)
    return xlsx.read(saved(book), "", "")


def as_html(rows, merges=()) -> Document:
    spans = {(m.row, m.column): f" rowspan={m.row_span} colspan={m.column_span}" for m in merges}
    covered = {
        (m.row + i, m.column + j)
        for m in merges
        for i in range(m.row_span)
        for j in range(m.column_span)
    } - spans.keys()
    lines = (
        "".join(
            f"<td{spans.get((i, j), '')}>{html.escape(text)}</td>"
            for j, text in enumerate(row)
            if (i, j) not in covered
        )
        for i, row in enumerate(rows)
    )
    return web_page.read(f"<table><tr>{'</tr><tr>'.join(lines)}</tr></table>".encode(), "", "")


def as_csv(rows) -> Document:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return delimited.read(buffer.getvalue().encode(), "", "")


def as_pdf(rows) -> Document:
    columns = [50.0 + 100 * column for column in range(len(rows[0]) + 1)]
    return pdf_file.read(pdf(Page().table(100, columns, rows)), "", "")


class TestFormats:
    """“The same table is the same grid in every format.”"""

    @FEW
    @given(grids)
    def test_as_docx_xlsx_html_csv_and_pdf(self, rows):
        for write in (as_docx, as_xlsx, as_html, as_csv, as_pdf):
            (table,) = write(rows).tables
            assert list(table.rows) == rows, write

    @FEW
    @given(merged_grids())
    def test_with_merged_cells(self, grid):
        rows, merge = grid
        for write in (as_docx, as_xlsx, as_html):
            (table,) = write(rows, [merge]).tables
            assert (list(table.rows), list(table.merges)) == (rows, [merge]), write


class TestSpans:
    """“A span's characters are its quote.”"""

    @FEW
    @given(grids)
    def test_of_every_cell(self, rows):
        for write in (as_docx, as_xlsx, as_html, as_csv, as_pdf):
            document = write(rows)
            for table in document.tables:
                for row, cells in enumerate(table.rows):
                    for column, cell in enumerate(cells):
                        span = table.span(row, column, "")
                        assert document.text[span.start : span.end] == span.quote == cell

    @given(st.lists(words | st.lists(st.tuples(words, words), min_size=1, max_size=3), max_size=8))
    def test_of_every_paragraph_and_table(self, contents):
        parts = [
            Paragraph(content) if isinstance(content, str) else Grid(tuple(content))
            for content in contents
        ]
        document = lay_out("", "", parts)
        quoted = [document.text[block.start : block.end] for block in document.blocks]
        wanted = [
            content if isinstance(content, str) else "\n".join("\t".join(row) for row in content)
            for content in contents
            if content
        ]
        assert quoted == wanted

    @given(st.text(max_size=300))
    def test_blocks_of_a_text_follow_each_other(self, text):
        document = read_text(text.replace("\0", "").encode("utf-8", "ignore"), "", "")
        assert all(block.end <= below.start for block, below in pairwise(document.blocks))
        paragraphs = [block for block in document.blocks if block.kind != BlockKind.TABLE]
        assert all(document.text[block.start : block.end].strip() for block in paragraphs)


class TestPages:
    """“Every character is on the page that began last.”"""

    @given(st.lists(st.integers(0, 3), min_size=1, max_size=8))
    def test_pages_with_and_without_text(self, counts):
        parts = [
            Paragraph(f"第{page}页", page)
            for page, count in enumerate(counts, start=1)
            for _ in range(count)
        ]
        document = lay_out("", "", parts, len(counts))
        assert len(document.pages) == len(counts)
        for block in document.blocks:
            assert document.page_of(block.start) == document.page_of(block.end) == block.page
