"""What `fiscal extract` writes is what a reader of the format gets: exactly, and never run."""

import csv
import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pyarrow.parquet
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from fiscal.errors import InvalidAmount
from fiscal.report.extraction_csv import FLAGS_PARTED_BY, csv_pieces, guarded, unguarded
from fiscal.report.extraction_parquet import parquet_pieces
from fiscal.report.extraction_rows import COLUMNS, Holds, fact_rows
from fiscal.report.extraction_workbook import workbook_pieces
from fiscal.report.workbook import Sheet, workbook
from tests.laws.test_graph_laws import extractions, words

KEYS = [column.key for column in COLUMNS]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
hostile = words | st.sampled_from(
    ["=cmd|'/c calc'!A1", "+1", "-2+3", "@SUM(1)", "＝1", "'a", "''", "\t=1", "_x0041_", "a\r\nb"]
)


class TestCsv:
    """“Cells that are text must not be run, while a plain reader gets them back.”"""

    @given(st.lists(extractions, max_size=3))
    def test_every_row_comes_back(self, given_extractions):
        text = b"".join(csv_pieces(given_extractions)).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
        expected = [row for each in given_extractions for row in fact_rows(each)]
        assert len(rows) == len(expected)
        for row, wanted in zip(rows, expected, strict=True):
            assert list(row) == KEYS
            assert {c.key: _as_read(row[c.key], c.holds) for c in COLUMNS} == {
                key: _as_written(wanted[key]) for key in KEYS
            }

    @given(hostile)
    def test_no_text_is_run_and_each_comes_back(self, text):
        cell = guarded(text)
        assert unguarded(cell) == text
        assert not cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r"))


def _as_read(cell: str, holds: Holds) -> str:
    return unguarded(cell) if holds in (Holds.TEXT, Holds.TEXTS) else cell


def _as_written(value) -> str:
    """CSV does not part nothing from an empty text, nor a flag from two."""
    if isinstance(value, list):
        return FLAGS_PARTED_BY.join(value)
    return "" if value is None else str(value)


class TestParquet:
    """“Money is an exact decimal and whole fen.”"""

    @settings(max_examples=25)
    @given(st.lists(extractions, max_size=3))
    def test_every_value_comes_back(self, given_extractions):
        (data,) = parquet_pieces(given_extractions)
        rows = pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()
        expected = [
            (fact, row)
            for each in given_extractions
            for fact, row in zip(each.facts, fact_rows(each), strict=True)
        ]
        assert len(rows) == len(expected)
        for row, (fact, wanted) in zip(rows, expected, strict=True):
            value, fen = row.pop("value"), row.pop("fen")
            assert row == {key: wanted[key] for key in KEYS if key != "value"}
            exact = fact.amount.value
            assert value is None or value == exact
            assert (value is None) == (abs(exact) >= 10**26 or (exact * 10**12).denominator != 1)
            try:
                assert fen == fact.amount.fen
            except InvalidAmount:
                assert fen is None


class TestWorkbook:
    """“Typed numbers from exact decimals; formula-like text stays text.”"""

    @given(st.lists(hostile | st.none(), min_size=1, max_size=4))
    def test_texts_come_back_as_texts(self, cells):
        found = [_text(cell) for cell in _cells(_book([cells]))[len(cells) :]]
        assert found == [cell for cell in cells if cell]
        sheet = openpyxl.load_workbook(io.BytesIO(_book([cells]))).active
        assert all(cell.data_type in ("n", "s", "inlineStr") for row in sheet for cell in row)

    @given(st.decimals(allow_nan=False, allow_infinity=False, places=None) | st.integers())
    def test_a_number_is_written_with_every_digit(self, number):
        (cell,) = _cells(_book([[number]]))[1:]
        assert Decimal(cell.findtext(f".//{MAIN}v") or cell.findtext(f".//{MAIN}t")) == number
        digits = len(Decimal(number).as_tuple().digits)
        assert (cell.get("t") == "inlineStr") == (digits > 15)

    @given(extractions)
    def test_the_same_numbers_in_the_same_rows(self, extraction):
        (data,) = workbook_pieces([extraction], "zh")
        book = openpyxl.load_workbook(io.BytesIO(data))
        sheet = book.worksheets[0]
        rows = list(sheet.iter_rows(min_row=2, values_only=True))
        amounts = [row[KEYS.index("amount")] for row in rows]
        assert [Decimal(str(a)) for a in amounts] == [f.amount.number for f in extraction.facts]
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", f"A1:AF{len(rows) + 1}")


def _book(rows) -> bytes:
    width = len(rows[0])
    return workbook([Sheet("表", ["列"] * width, [9] * width, rows)])


def _cells(data: bytes):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("xl/worksheets/sheet1.xml")).findall(f".//{MAIN}c")


def _text(cell) -> str:
    """As ECMA-376 has it (Part 1, 22.9.2.19): _xHHHH_ is the character of that number."""
    assert cell.get("t") == "inlineStr"
    return re.sub("_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), cell.findtext(f".//{MAIN}t"))
