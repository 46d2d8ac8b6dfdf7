"""Tables of a text whose columns are parted by blanks: what is a cell, and what is no table."""

from unicodedata import east_asian_width

import pytest

from fiscal.documents import plain_text
from fiscal.extract.extractor import extract_facts
from fiscal.model import Document
from fiscal.rules.catalogue import rules
from fiscal.rules.check import check

ROWS = [
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["", "合计", "1,150.00", "900.00", "250.00"],
    ["208", "社会保障和就业支出", "150.00", "150.00", ""],
    ["20805", "行政事业单位养老支出", "150.00", "150.00", ""],
    ["2080505", "机关事业单位基本养老保险缴费支出", "150.00", "150.00", ""],
    ["213", "农林水支出", "1,000.00", "750.00", "250.00"],
    ["21303", "水利", "1,000.00", "750.00", "250.00"],
    ["2130301", "行政运行", "1,000.00", "750.00", "250.00"],
]
HEAD = "某县水利局2025年部门预算\n表三：部门支出总表\n单位：万元\n"


def read(text: str) -> Document:
    return plain_text.read(text.encode(), "x.txt", "")


def width(text: str) -> int:
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def lined_up(rows: list[list[str]], is_right: bool) -> str:
    """Print rows as a page is printed: amounts to the left or to the right of their column."""
    widths = [max(width(row[at]) for row in rows) for at in range(len(rows[0]))]

    def cell(text: str, at: int) -> str:
        blanks = " " * (widths[at] - width(text))
        return blanks + text if is_right and at > 1 else text + blanks

    return "".join(
        "  ".join(cell(text, at) for at, text in enumerate(row)).rstrip() + "\n" for row in rows
    )


@pytest.mark.parametrize("is_right", [True, False])
def test_columns_that_are_lined_up_are_read_with_their_empty_cells(is_right):
    (table,) = read(HEAD + lined_up(ROWS, is_right)).tables
    assert [list(row) for row in table.rows] == ROWS


def test_two_blanks_part_cells_that_are_not_lined_up():
    rows = [[cell or "\u3000" for cell in row] for row in ROWS]
    (table,) = read(HEAD + "".join("  ".join(row) + "\n" for row in rows)).tables
    assert [list(row) for row in table.rows] == ROWS


@pytest.mark.parametrize("is_right", [True, False])
def test_every_cell_is_where_it_says(is_right):
    document = read(HEAD + lined_up(ROWS, is_right))
    (table,) = document.tables
    for row, cells in enumerate(table.rows):
        for column, text in enumerate(cells):
            span = table.span(row, column, "")
            assert document.text[span.start : span.end] == text == span.quote


def test_its_amounts_are_checked():
    """A digit dropped in an item breaks the sums of its row and of its column."""
    text = HEAD + lined_up(ROWS, is_right=True)
    assert not broken(text)
    assert broken(text.replace("750.00    250.00", " 75.00    250.00", 1))


def broken(text: str) -> set[str]:
    findings = check(extract_facts(read(text)), rules()).findings
    return {each.rule.id for each in findings if each.severity == "error"}


@pytest.mark.parametrize(
    "text",
    [
        "一、收入支出决算总表  5\n二、收入决算表  6\n三、支出决算表  7\n",
        "联系人：张三  电话：62345678\n地址：某路1号  邮编：641000\n",
        "支出1,150.00万元。  比上年增加。\n其中：基本支出900.00万元。  增加。\n",
    ],
)
def test_contents_addresses_and_sentences_are_no_tables(text):
    assert read(text).tables == ()


def test_cells_that_are_not_lined_up_are_left_alone():
    """Nothing tells of which column an amount is where blanks do not."""
    rows = [[cell for cell in row if cell] for row in ROWS]
    assert read("".join("   ".join(row) + "\n" for row in rows)).tables == ()
