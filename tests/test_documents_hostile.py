"""Documents made to be slow to read: what is bounded, each many times what was read in a second.

Every one took minutes, or would, where something is looked at again for each of its parts.
"""

import io
import zipfile

import pytest

from fiscal.documents.reader import read_file
from fiscal.errors import UnreadableDocument
from fiscal.extract.extractor import extract_facts
from fiscal.model import Extraction

HEAD = "某县财政局2023年度部门决算\n一、收入决算情况说明\n2023年度支出决算为100.00万元。\n"
IN_HEAD = 3
MANY = 20_000


def extracted(tmp_path, text: str) -> Extraction:
    path = tmp_path / "account.txt"
    path.write_text(text, encoding="utf-8")
    return extract_facts(read_file(str(path)))


def told(extraction: Extraction) -> int:
    """How many numerals were told in one of the three ways."""
    spans = [*extraction.unaccounted, *(fact.span for fact in extraction.facts)]
    return len({span.start for span in spans} | {each.start for each in extraction.non_facts})


def test_a_row_of_many_figures(tmp_path):
    extraction = extracted(tmp_path, HEAD + "各是" + "5、" * MANY + "6万元。")
    assert told(extraction) == IN_HEAD + MANY + 1


def test_a_table_of_many_cells_without_a_tab(tmp_path):
    rows = ("|a" * 60 + "|\n") + ("|-" * 60 + "|\n") + ("|1x" * 60 + "|\n") * (MANY // 60)
    extraction = extracted(tmp_path, HEAD + rows)
    assert told(extraction) == IN_HEAD + MANY // 60 * 60


@pytest.mark.parametrize(
    "part",
    [
        "，",
        "（",
        "“",
        "[bookmark: ",
        "占",
        "与",
        "其中",
        "主要原因是",
        "增加",
        "完成",
        "第",
        "〔",
        "A",
    ],
)
def test_one_paragraph_of_marks_and_words(tmp_path, part):
    extraction = extracted(tmp_path, f"{HEAD}{part * MANY}5万元。")
    assert told(extraction) == IN_HEAD + 1


@pytest.mark.parametrize("run", ["1", " ", ".", "…", "-", "—", "\t", "\u200f", "٣", "①"])
def test_long_runs(tmp_path, run):
    extraction = extracted(tmp_path, HEAD + run * MANY)
    assert [str(fact.amount.number) for fact in extraction.facts][:1] == ["100.00"]


def test_what_unpacks_to_very_much(tmp_path):
    path = tmp_path / "bomb.docx"
    body = "<w:p/>" * 2_000_000
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {names}><w:body>{body}</w:body></w:document>"
        )
    path.write_bytes(data.getvalue())
    with pytest.raises(UnreadableDocument, match="过大"):
        read_file(str(path))


def test_a_row_of_many_years(tmp_path):
    extraction = extracted(tmp_path, HEAD + "2019-" * MANY)
    assert told(extraction) == IN_HEAD + MANY
