"""Files of every format read, and bad ones refused with file, place and remedy."""

import io
import subprocess
import sys
import zipfile

import openpyxl
import pytest

from fiscal.documents.reader import read_file
from fiscal.errors import FiscalError, UnreadableDocument
from fiscal.extract.extractor import extract_facts
from fiscal.model import Extraction
from tests.conftest import REPOSITORY

HEADER = "code,amount,unit,year\n"


def written(tmp_path, text, name="facts.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return str(path)


def facts_of(path: str) -> Extraction:
    return extract_facts(read_file(path))


def told(path: str) -> str:
    with pytest.raises(FiscalError) as caught:
        facts_of(path)
    return caught.value.render("zh")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_text_is_read_in_the_encodings_offices_use(tmp_path, encoding):
    """The same text whichever encoding it was saved in."""
    path = written(tmp_path, "编码,金额（万元）,年度\n201,1.50,2019\n", encoding=encoding)
    (fact,) = facts_of(path).facts
    assert (fact.code, fact.amount.value, fact.fiscal_year) == ("201", 15000, 2019)


def test_spans_of_cells_quote_the_text_of_the_document(tmp_path):
    """A cell's place is known in the text the table is laid out as."""
    extraction = facts_of(
        written(tmp_path, HEADER + '201,"1,234.50",万元,2019\n\n202,2.00,万元,2019\n')
    )
    text = extraction.document.text
    assert [text[f.span.start : f.span.end] for f in extraction.facts] == ["1,234.50", "2.00"]
    assert [(f.span.row, f.span.column) for f in extraction.facts] == [(2, "amount"), (4, "amount")]


def test_a_workbook_gives_what_its_cells_print(tmp_path):
    """Formats decide the decimals; a stored 0.1 + 0.2 does not show."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "明细"
    for row in (("科目编码", "金额（万元）"), (2010301, 0.1 + 0.2), ("201-03-02", 1937.4)):
        sheet.append(row)
    sheet["B2"].number_format = sheet["B3"].number_format = "#,##0.00_ "
    book.save(tmp_path / "book.xlsx")
    extraction = facts_of(str(tmp_path / "book.xlsx"))
    assert [(f.code, f"{f.amount.number}", f.span.table) for f in extraction.facts] == [
        ("2010301", "0.30", "明细"),
        ("2010302", "1937.40", "明细"),
    ]


def test_blank_and_dash_state_no_figure(tmp_path):
    """They are not zero."""
    extraction = facts_of(
        written(tmp_path, HEADER + "201,,万元,2019\n202,-,万元,2019\n203,0,万元,2019\n")
    )
    assert [fact.code for fact in extraction.facts] == ["203"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("201,1.00,万元,2019\n2O1,2.00,万元,2019\n", "第 3 行，code 列：“2O1”不是科目编码"),
        ("201,1.2.3,万元,2019\n", "第 2 行，amount 列：“1.2.3”不是金额"),
        (
            "201,1.00,万元,2019\n202,2.00,元,2019\n",
            "第 3 行，amount 列：单位为 元，而第 2 行为 万元",
        ),
        (
            "201,99999999999999.00,万元,2019\n",
            "第 2 行，amount 列：金额 99999999999999000000 分超出",
        ),
        ("201,1.00,美元,2019\n", "第 2 行，amount 列：“1.00”没有可用的单位"),
        ("201,1.00,,2019\n", "第 2 行，amount 列：“1.00”没有可用的单位"),
        ("201,1.00,万元,19\n", "第 2 行，year 列：“19”不是年度"),
    ],
)
def test_a_bad_cell_is_named_with_its_place_and_remedy(tmp_path, rows, expected):
    """File, row and column, what was found, and what to do."""
    message = told(written(tmp_path, HEADER + rows))
    assert "facts.csv：" in message
    assert expected in message
    assert "处理：" in message


def test_source_and_type_are_known_by_key_label_and_alias(tmp_path):
    """In either language, and blank where the row does not say."""
    header = "code,amount,unit,year,funding_source,expenditure_type\n"
    rows = (
        "2010301,1,元,2019,institutional_revenue,Basic expenditure".lower(),
        "2010302,1,元,2019,事业收入,基本支出",
        "2010350,1,元,2019,财政拨款收入,日常公用经费",
        "2010399,1,元,2019,,",
    )
    facts = facts_of(written(tmp_path, header + "\n".join(rows))).facts
    assert [(fact.funding_source, fact.expenditure_type) for fact in facts] == [
        ("institutional_revenue", "basic_expenditure"),
        ("institutional_revenue", "basic_expenditure"),
        ("fiscal_appropriation", "non_personnel_expenditure"),
        (None, None),
    ]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("支出类型", "第 2 行，支出类型 列：不认识“基本 支出款”"),
        ("资金来源", "第 2 行，资金来源 列：不认识“基本 支出款”"),
    ],
)
def test_an_unknown_source_or_type_is_named_with_what_is_known(tmp_path, column, expected):
    """Its cell, and what it may be."""
    text = f"编码,金额（万元）,年度,{column}\n201,1.50,2019,基本 支出款\n"
    message = told(written(tmp_path, text))
    assert expected in message
    assert "处理：可写 " in message


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_a_text_is_read_in_the_encodings_that_offices_write(tmp_path, encoding):
    """With their mark or without."""
    text = (REPOSITORY / "data" / "sample-final-accounts.txt").read_text("utf-8")
    path = tmp_path / "account.txt"
    path.write_bytes(text.encode(encoding))
    assert read_file(str(path)).text == text


@pytest.mark.parametrize("wrong", [b"\0", b"\xff\xff\xff"])
def test_a_byte_that_is_no_text_is_told_with_its_place(tmp_path, wrong):
    """Line and byte, as an editor counts them."""
    path = tmp_path / "account.txt"
    path.write_bytes("2019年度\n部门".encode() + wrong + "决算\n".encode())
    assert "第 2 行第 7 字节不合 UTF-8" in told(str(path))


def damaged_workbook() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<not a workbook")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("account.bin", b"x", "不认识的文件类型 .bin"),
        ("account", b"x", "不认识的文件类型 （无扩展名）"),
        ("account.txt", b"", "文件是空的"),
        ("account.txt", b"\x00\x01\x02", "不是文本文件"),
        ("account.xlsx", b"code,amount", "扩展名是 .xlsx，内容却不是 xlsx 文件"),
        ("account.xlsx", damaged_workbook(), "文件损坏、加密或过大"),
        ("account.csv", b'code,amount\n"201,1\n', "表格不合 CSV 格式"),
        ("account.csv", "甲,乙\n1,2\n".encode(), "没有找到含编码列和金额列的表头"),
        ("account.txt", "2019年度部门决算\n无金额".encode(), "没有找到任何科目的金额"),
        ("account.txt", "本年支出合计5.00万元，没有年度".encode(), "文件没有写明年度"),
    ],
)
def test_a_bad_file_is_named_with_a_remedy(tmp_path, name, data, expected):
    """Damaged, empty, mislabelled or of no use."""
    path = tmp_path / name
    path.write_bytes(data)
    message = told(str(path))
    assert message.startswith(str(path))
    assert expected in message
    assert "处理：" in message


def test_a_bomb_is_refused_before_it_unpacks(tmp_path, monkeypatch):
    """A small file that claims to unpack to far more than any disclosure."""
    monkeypatch.setattr("fiscal.documents.package._MAXIMUM_WHOLE", 1000)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 100_000)
    with pytest.raises(UnreadableDocument, match="过大"):
        read_file(str(path))


def test_a_missing_file_says_so(tmp_path):
    """Not a traceback."""
    assert "打不开文件" in told(str(tmp_path / "none.txt"))


def test_no_library_is_loaded_before_a_file_needs_it(tmp_path):
    """Each takes a while, and reading a text takes none of them."""
    path = written(tmp_path, "2019年", name="account.txt")
    heavy = "{'lxml', 'openpyxl', 'pypdfium2', 'selectolax', 'tablers'}"
    command = (
        f"import sys; from fiscal.documents.reader import read_file; read_file({path!r}); "
        f"sys.exit(bool({heavy} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", command]).returncode == 0
