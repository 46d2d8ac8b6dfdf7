"""Headings as text and tables name them, against the names of the year."""

import pytest

from fiscal.model import Outcome
from fiscal.rules.catalogue import by_id
from fiscal.rules.headings import mentions
from fiscal.rules.sample import extraction_of
from fiscal.rules.view import View

GENERAL = "五、一般公共预算财政拨款支出决算情况说明\n"
FUNDS = "八、政府性基金预算财政拨款收入支出决算情况说明\n"
LAND = (
    "城乡社区支出（类）国有土地使用权出让收入安排的支出（款）"
    "其他国有土地使用权出让收入安排的支出（项）3.00万元。"
)


def outcomes(rule_id, text):
    return [each.outcome for each in by_id(rule_id).find(View(extraction_of(text)))]


def wrong(rule_id, text):
    return outcomes(rule_id, text).count(Outcome.VIOLATED)


@pytest.mark.parametrize(
    "path",
    [
        "教育支出（类）普通教育（款）学前教育（项）",
        "教育支出（205类）普通教育（02款）学前教育（01项）",
        "教育支出（205类）-普通教育（02款）-学前教育（01项）",
        "用于教育支出（类） 普通教育（款） 学前教育（项）",
        "“教育（类）支出普通教育（款）学前教育（项）”",
    ],
)
def test_a_path_is_read_however_it_is_printed(path):
    (mention,) = mentions(View(extraction_of(f"1.{path}：支出决算为3.00万元。")))
    assert mention.code == "2050201"
    assert mention.span.quote.startswith("教育")


def test_names_of_the_year_are_right_and_those_of_another_wrong():
    assert not wrong("K101", "1、卫生健康支出（类）行政事业单位医疗（款）3.00万元。")
    assert wrong("K101", "1、医疗卫生与计划生育支出（210类）行政事业单位医疗（11款）3.00万元。")
    old = "1、社会保障和就业支出（208类）行政事业单位离退休（05款）3.00万元。"
    assert wrong("K101", old)
    assert not wrong("K101", "# final_accounts 2019\n" + old)


def test_a_short_name_is_a_notice_and_no_warning():
    text = "1、农林水（213类）水利（03款）3.00万元，教育（类）2.00万元。"
    assert wrong("K102", text)
    assert not wrong("K101", text)
    assert not wrong("K102", "1、农林水（类）支出3.00万元。")


def test_a_heading_that_nobody_knows_is_not_called_wrong():
    text = "1、教育支出（类）普通教育（款）数字学校补助（项）3.00万元。"
    assert outcomes("K103", text) == [Outcome.UNDETERMINED]


def test_a_heading_of_another_budget_is_wrong_only_under_a_heading_that_says_so():
    assert wrong("K104", GENERAL + LAND)
    assert not wrong("K104", FUNDS + LAND)
    assert not wrong("K104", "第四部分 名词解释\n" + LAND)
    assert not wrong("K104", GENERAL + "第四部分 名词解释\n" + LAND)
    assert not wrong("K104", GENERAL + "2024年政府性基金预算拨款支出为3.00万元。\n\n" + LAND)
    pension = "社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）3.00万元。"
    assert wrong("K104", FUNDS + pension)


def test_a_heading_in_the_table_of_another_budget_is_wrong():
    row = "其他国有土地使用权出让收入安排的支出 | final | 3.00万元 | 2120899"
    assert wrong("K104", f"@ final_accounts_general_public_table\n{row}")
    assert not wrong("K104", f"@ final_accounts_government_funds_table\n{row}")


def test_the_name_of_another_code_is_wrong_in_a_table_and_a_cut_off_one_is_not():
    table = "@ final_accounts_expenditure_table\n"
    assert wrong("K105", table + "行政运行 | final | 3.00万元 | 2010302")
    assert not wrong("K105", table + "机关事业单位基本养老保险缴费 | final | 3.00万元 | 2080505")
    assert not wrong("K105", table + "从未见过的科目 | final | 3.00万元 | 2019999")
