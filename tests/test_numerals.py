"""Every numeral is found, with its unit, and told apart from what is no figure."""

import csv
from decimal import Decimal

import pytest

from fiscal.extract.numerals import numerals
from tests.conftest import SHARED

NAME = "emeishan-government-office-2019-final-accounts"


def found(text: str) -> list[tuple[Decimal, str, str | None]]:
    return [(each.number, each.unit, each.kind) for each in numerals(text)]


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("支出1,937.43 万元", "1937.43", "万元"),
        ("支出3，518.85万元", "3518.85", "万元"),
        ("占７５.14%", "75.14", "%"),
        ("接待197人次", "197", "人次"),
        ("设备2台（套）", "2", "台(套)"),
        ("差额：-5.20元", "-5.20", "元"),
        ("信息280余篇", "280", "篇"),
        ("共1,\xa0000元", "1000", "元"),
    ],
)
def test_a_quantity_has_its_exact_number_and_unit(text, number, unit):
    """Separators, full-width digits and an approximate 余 included."""
    assert found(text) == [(Decimal(number), unit, None)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2019年度", "year"),
        ("截至12月31日", "date"),
        ("财预〔2016〕143号", "document_number"),
        ("（201类）", "code"),
        ("2010301 行政运行", "code"),
        ("（图1：变动情况）", "figure_number"),
        ("附件2", "attachment_number"),
        ("1.基金收入", "list_number"),
        ("单价50万元以上通用设备", "threshold"),
        ("（选取5个项目进行公开）", "template_text"),
        ("IPV6", "name"),
    ],
)
def test_what_is_no_figure_is_told(text, kind):
    """By the words around it."""
    assert {each.kind for each in numerals(text)} == {kind}


def test_every_numeral_a_reader_marked_is_found_for_what_it_is():
    """All of the narrative part of a real account; three indicator labels need their table."""
    path = SHARED / "truth" / f"{NAME}.facts.csv"
    if not path.exists():
        pytest.skip("the real disclosures do not lie beside this repository")
    text = (SHARED / "documents" / f"{NAME}.txt").read_text("utf-8")
    by_place = {each.start: each for each in numerals(text)}
    with path.open(encoding="utf-8") as file:
        facts = [int(row["start"]) for row in csv.DictReader(file)]
    assert [start for start in facts if by_place[start].kind] == []
    with (SHARED / "truth" / f"{NAME}.non_facts.csv").open(encoding="utf-8") as file:
        others = [row for row in csv.DictReader(file) if row["kind"] != "indicator-label"]
    assert [row for row in others if by_place[int(row["start"])].kind is None] == []
