"""The pictures of an account: every amount in them is one of its facts, or said to be derived."""

import re
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from fiscal.documents.reader import read_file
from fiscal.extract.extractor import extract_facts
from fiscal.report.charts.drawing import FIGURES, draw, picture_of
from fiscal.report.charts.picture import Bars, Missing, Picture
from fiscal.rules.view import View

ACCOUNT = """某市某局2024年度部门决算
第一部分 某市某局2024年度部门决算情况说明
一、收入支出决算总体情况说明
2024年度收、支总计300.00万元。与2023年度相比，收、支总计各增加100.00万元，增长50.00%。
二、收入决算情况说明
本年收入合计300.00万元，其中：一般公共预算财政拨款收入280.00万元，占93.33%；\
事业收入0万元，占0%；其他收入20.00万元，占9.99%。
"""


def view_of(tmp_path, text: str) -> View:
    """Read a text as the command line does."""
    path = tmp_path / "account.txt"
    path.write_text(text, "utf-8")
    return View(extract_facts(read_file(str(path))))


def drawn(view: View, name: str, language: str = "zh") -> str:
    """Return all that is written in a picture."""
    picture = picture_of(view, name)
    assert not isinstance(picture, Missing), picture.message
    tree = ElementTree.fromstring(draw(picture, language))
    texts = tree.iter("{http://www.w3.org/2000/svg}text")
    return "\n".join(text.text or "" for text in texts)


def marks(picture: Picture | Missing) -> dict[str, tuple[Fraction, str | None]]:
    """Return the amounts and shares of a picture by name."""
    assert isinstance(picture, Bars)
    every = (mark for group in picture.groups for mark in group.marks)
    return {mark.name.zh: (mark.value, mark.share) for mark in every}


def test_last_year_is_derived_from_the_change_and_said_to_be(tmp_path):
    """300 less 100 is 200, which is printed nowhere."""
    text = drawn(view_of(tmp_path, ACCOUNT), "1")
    assert "200.00万元（推算）" in text
    assert "300.00万元\n" in text
    assert "2023年数由本年数减增减额推算" in text


def test_parts_have_their_true_share_and_a_wrong_one_is_told(tmp_path):
    """20 of 300 is 6.67 %, whatever the document says."""
    text = drawn(view_of(tmp_path, ACCOUNT), "2")
    assert "20.00万元（6.67%）" in text
    assert "其他收入的占比，文件写作 9.99%" in text
    assert "一般公共预算财政拨款的占比" not in text


def test_a_part_of_nothing_is_left_out_and_named(tmp_path):
    """It has no bar."""
    view = view_of(tmp_path, ACCOUNT)
    assert "事业收入" not in marks(picture_of(view, "2"))
    assert "为零未画：事业收入" in drawn(view, "2")


def test_what_is_not_told_is_not_drawn(tmp_path):
    """And the message says what the document lacks."""
    missing = picture_of(view_of(tmp_path, ACCOUNT), "7")
    assert isinstance(missing, Missing)
    assert "“三公”经费财政拨款支出" in missing.message.zh


@pytest.mark.shared
def test_the_seven_figures_of_a_real_account(emeishan):
    """True values, worked out by hand from the published text, which prints 0.12 % for 213."""
    view = View(extract_facts(read_file(str(emeishan))))
    told = {name: drawn(view, name) for name in FIGURES}
    totals = re.findall(r"^[\d.]+万元(?:（推算）)?$", told["1"], re.MULTILINE)
    assert totals == ["1834.50万元（推算）", "2636.94万元"] * 2
    shares = [share for _, share in marks(picture_of(view, "6")).values()]
    assert shares == ["88.08%", "6.81%", "3.95%", "1.04%", "0.11%"]
    assert "农林水支出的占比，文件写作 0.12%" in told["6"]
    assert "1770.99万元（推算）" in told["5"]
    assert "259.67万元（99.12%）" in told["7"]


def test_hostile_names_stay_text(tmp_path):
    """Markup in a document is shown and never run."""
    text = ACCOUNT.replace("其他收入", "<script>alert(1)</script>其他收入")
    view = view_of(tmp_path, text)
    svg = draw(picture_of(view, "2"))
    assert "<script" not in svg
    ElementTree.fromstring(svg)


def test_the_same_document_gives_the_same_bytes(tmp_path):
    """Nothing depends on time or order of hashing."""
    first, second = (draw(picture_of(view_of(tmp_path, ACCOUNT), "2")) for _ in range(2))
    assert first == second
