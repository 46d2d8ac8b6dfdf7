"""Turns of phrase that offices of other provinces use, each in an invented line or two."""

import pytest

from fiscal.documents import plain_text
from fiscal.extract.extractor import extract_facts
from fiscal.model import Extraction
from fiscal.rules.catalogue import rules
from fiscal.rules.check import check

HEAD = "某县水利局2023年度部门决算\n"
GENERAL = HEAD + "五、一般公共预算财政拨款支出决算情况说明\n"


def read(text: str) -> Extraction:
    return extract_facts(plain_text.read(text.encode(), "x.txt", ""))


def figures(text: str) -> list[tuple[str, str, str]]:
    """Return label, measure and signed amount of every figure."""
    facts = read(text).facts
    return [(f.label, f.measure, f"{f.amount.number}{f.amount.unit}") for f in facts]


def graver_than_a_notice(text: str) -> list[str]:
    findings = check(read(text), rules()).findings
    return [each.rule.id for each in findings if each.severity != "notice"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "“三公”经费支出3.00万元，比上年减少1.00万元，下降25.00%，主要是接待减少；"
            "公务接待费支出2.00万元。",
            ("公务接待费支出", "final", "2.00万元"),
        ),
        (
            "收入支出总计与上年相比，减少2.00万元，下降10.00%。",
            ("收入总计", "change", "-2.00万元"),
        ),
        ("（二）支出决算总计20.00万元。", ("支出总计", "final", "20.00万元")),
        ("在职人员88人，减少3人。", ("在职人员", "change", "-3人")),
        ("本单位设立14个教学学院、22个管理部门。", ("管理部门", "count", "22个")),
        ("年末学生人数15820人。", ("年末学生人数", "count", "15820人")),
        (
            "公务接待费预算数10.00万元，决算数9.00万元，预决算差异率-10.00%。",
            ("公务接待费", "change_rate", "-10.00%"),
        ),
        ("涉及一般公共预算资金20.00万元。", ("涉及一般公共预算资金", "final", "20.00万元")),
        (
            "国内公务接待6批，累计接待50人次，其中外事接待1批，累计接待4人次。",
            ("外事接待人次", "count", "4人次"),
        ),
    ],
)
def test_a_figure_is_of_what_the_words_name(text, wanted):
    assert wanted in figures(HEAD + text + "\n")


@pytest.mark.parametrize(
    "text",
    [
        "（一）总体情况。支出20.00万元。\n（二）支出结构。教育支出（类）支出5.00万元，占25.00%。\n",
        "（三）一般公共预算财政拨款收入支出情况。\n2.支出情况。支出20.00万元。\n"
        "4.比较情况。支出主要用于以下方面：\n（1）教育支出5.00万元，占25.0%。\n",
    ],
)
def test_headings_within_a_budget_leave_its_figures_in_it(text):
    budgets = {fact.budget for fact in read(GENERAL + text).facts if fact.code == "205"}
    assert budgets == {"general_public_budget"}


@pytest.mark.parametrize(
    "text",
    [
        # A share is of the whole that opens its sentence, not of one named elsewhere.
        "二、收入\n本年收入合计120.00万元。\n四、财政拨款\n财政拨款收入合计100.00万元，其中："
        "一般公共预算财政拨款收入80.00万元，占80.00%；政府性基金预算财政拨款收入20.00万元，占20.00%。\n",
        # 本年收入 under the heading of a fund is the fund's.
        "一、收入\n本年收入合计120.00万元。\n（五）政府性基金预算收支决算情况说明。\n"
        "本年收入20.00万元。本年支出20.00万元。\n",
        # An entry of a list says nothing of the budget of the entries behind it.
        "一、总体情况\n1.政府性基金预算财政拨款收入0.00万元。\n（二）支出\n"
        "1.教育支出（类）普通教育（款）小学教育（项）5.00万元。\n",
        # Hospitals use up surplus: 总计 holds more than revenue and what was brought forward.
        "一、总体情况\n支出总计110.00万元，比上年增加10.00万元。本年收入合计90.00万元，使用非财政拨款结余15.00"
        "万元，年初结转和结余5.00万元。本年支出合计108.00万元，比上年增加13.00万元。\n",
        # Project money from the treasury is not all project money.
        "三、支出\n项目支出30.00万元。\n十、项目支出\n财政拨款项目支出20.00万元。\n",
        # 江西: behind the parts of a whole a change may be the whole's.
        "一、收入\n收入总计100.00万元，其中年初结转和结余20.00万元，比2022年增加25.00万元，增长33.33%。\n",
    ],
)
def test_what_is_true_is_not_found_wrong(text):
    assert graver_than_a_notice(HEAD + text) == []


def test_a_share_of_all_spending_is_of_the_sum_its_sentence_opens_with():
    """云南 says 占总支出 of the year's expenditure, in a sentence about 某局部门2023年度."""
    text = "某县水利局部门2023年度支出合计200.00万元。其中：基本支出80.00万元，占总支出的{}%。"
    assert graver_than_a_notice(HEAD + text.format("40.00") + "\n") == []
    assert graver_than_a_notice(HEAD + text.format("44.00") + "\n") == ["P101"]
