"""Rules of wording: what they find in invented sentences, and what they leave alone."""

import pytest

from fiscal.model import Outcome
from fiscal.rules.catalogue import by_id
from fiscal.rules.sample import extraction_of
from fiscal.rules.view import View

TITLE = "某市某局2024年度部门决算\n"


def found(rule_id, text):
    """Return what a rule quotes as wrong in a text."""
    view = View(extraction_of(text))
    wrong = (each for each in by_id(rule_id).find(view) if each.outcome is Outcome.VIOLATED)
    return [span.quote for each in wrong for span in each.spans]


class TestTemplate:
    @pytest.mark.parametrize(
        "bracket",
        [
            "（逐项说明到项级科目）",
            "（不涉及的不列）",
            "（如持平作持平表述）",
            "（请据实填写）",
            "（100字以内）",
            "（项目名称）",
            "(简要描述项目成效）",
            "（若无，则写“无”）",
            "（列示至基层单位）",
        ],
    )
    def test_an_instruction_in_brackets_is_found(self, bracket):
        assert found("L101", f"收入总计12.00万元，增长3.00%。{bracket}") == [bracket]

    @pytest.mark.parametrize(
        "bracket",
        [
            "（含上年结转2.00万元）",
            "（境）",
            "（以下简称：某局）",
            "（如：办公楼维修增加3万元等）",
            "（不包括陪同人员）",
            "（说明书）",
            "（注：上述口径为调整预算数）",
            "（支持三农）",
            "（一般公共预算、政府性基金预算）",
            "（罗某）",
        ],
    )
    def test_an_ordinary_bracket_is_left_alone(self, bracket):
        assert found("L101", f"收入总计12.00万元{bracket}，增长3.00%。") == []

    def test_the_alternatives_of_a_verb_are_found(self):
        text = "通过项目实施，保障（支持、促进、提高了办事效率）了正常运行。"
        assert found("L101", text) == ["（支持、促进、提高了办事效率）"]

    @pytest.mark.parametrize(
        "words",
        [
            *(
                "增加（减少）",
                "下降（增长）",
                "大（小）于",
                "大于（小于）",
                "增加/减少",
                "减少(增加)",
            ),
            *("大于（小于、等于）", "增加/减少/持平", "增加（减少或持平）"),
        ],
    )
    def test_both_directions_are_found(self, words):
        assert found("L102", f"决算数{words}预算数3.00万元。") == [words]

    @pytest.mark.parametrize("words", ["增加（含补助）", "大于", "增减变动", "规模大（小）型企业"])
    def test_one_direction_is_left_alone(self, words):
        assert found("L102", f"决算数{words}预算数3.00万元。") == []

    @pytest.mark.parametrize("words", ["XX", "××", "xxx", "x,xxx", "____", "○○"])
    def test_a_placeholder_is_found(self, words):
        assert found("L103", f"某市{words}局收入12.00万元。") == [words]

    @pytest.mark.parametrize("words", ["X101地块", "二○○八年", "IPV6", "www.xxgk.gov.cn", "6×8米"])
    def test_what_only_looks_like_one_is_left_alone(self, words):
        assert found("L103", f"某市{words}收入12.00万元。") == []

    @pytest.mark.parametrize("text", ["占 %，", "增长%。", "支出决算为 万元，"])
    def test_a_blank_figure_is_found(self, text):
        assert found("L104", f"一般公共预算支出{text}其中无。")

    @pytest.mark.parametrize("text", ["单位：万元", "以万元列示。", "占3%。", "支出决算为0万元。"])
    def test_a_figure_or_unit_is_left_alone(self, text):
        assert found("L104", text) == []

    def test_words_of_the_template_are_found_only_as_such(self):
        assert found("L105", "用于调研，列明公务接待2批次。") == ["列明"]
        assert found("L105", "应当在合同中列明公务接待2批次。") == []
        assert found("L105", "审核批复部门（单位）的年度预决算。") == []


class TestWording:
    @pytest.mark.parametrize("text", ["项目项目完成", "保障了保障运行", "行政单位单位医疗"])
    def test_a_doubled_word_is_found(self, text):
        assert found("L401", f"本年{text}情况较好。")

    @pytest.mark.parametrize(
        "text",
        ["普陀区区政府", "一个一个落实", "等等等等", "家家户户", "二〇二四二〇二五", "看了看"],
    )
    def test_ordinary_repetition_is_left_alone(self, text):
        assert found("L401", f"本年{text}情况较好。") == []

    @pytest.mark.parametrize("marks", ["。。", "：：", "，。", "；；"])
    def test_doubled_marks_are_found(self, marks):
        assert found("L402", f"决算数与预算数持平{marks}其中无") == [marks]

    def test_an_ellipsis_of_stops_is_left_alone(self):
        assert found("L402", "办公费、印刷费。。。") == []

    @pytest.mark.parametrize("text", ["（其中优3个。", "优3个）。", "《管理办法规定。"])
    def test_a_bracket_without_partner_is_found(self, text):
        assert len(found("L403", text)) == 1

    @pytest.mark.parametrize(
        "text",
        ["（1）负责；2）组织；a)实施", "(含车辆）0台", "“优”3个（含“良”1个）", "甲（乙（丙）丁）"],
    )
    def test_paired_brackets_are_left_alone(self, text):
        assert found("L403", text) == []

    def test_a_bracket_that_goes_on_in_the_next_paragraph_is_left_alone(self):
        assert found("L403", "其中（含\n\n车辆）0台。") == []


class TestYears:
    def test_a_title_of_another_year_is_found(self):
        text = TITLE + "某市某局2024年度部门决算表\n第三部分 2022年度部门决算情况说明\n"
        assert found("L301", text) == ["2022"]

    def test_a_document_whose_titles_say_another_year_is_left_alone(self):
        assert found("L301", "某市某局2023年度部门决算\n2023年度部门决算表\n") == []

    @pytest.mark.parametrize("year", [2024, 2022, 2025])
    def test_a_comparison_with_another_year_is_found(self, year):
        assert found("L302", TITLE + f"收入12.00万元，比{year}年度增加3.00万元。")
        assert found("L302", TITLE + f"与{year}年度相比，财政拨款支出总计增加3.00万元。")
        assert found("L302", TITLE + f"预算12.00万元，与{year}年预算持平。")

    @pytest.mark.parametrize(
        "text",
        [
            "收入12.00万元，比2023年度增加3.00万元。",
            "与2023年度相比，收入增加3.00万元。",
            "与2021年签订的合同一致，完成验收。",
            "根据2019年印发的办法执行。",
            "全区税收收入较2021年增长12.5%。",
            "与2019年相比，游客增加3万人次。",
        ],
    )
    def test_other_years_are_left_alone(self, text):
        assert found("L302", TITLE + text) == []

    def test_assets_are_counted_in_the_year(self):
        assert found("L303", TITLE + "截至2023年12月31日，共有车辆2辆。") == ["截至2023年12月31日"]
        assert found("L303", TITLE + "截至2024年12月31日，共有车辆2辆。") == []
        assert found("L303", TITLE + "截至2021年6月30日，完成审计。") == []
        budget = "# budget 2024\n某市某局2024年部门预算\n截至2023年8月31日，共有车辆2辆。"
        assert found("L303", budget) == []


class TestOrganisation:
    def test_the_same_slip_is_told_once_with_all_its_places(self):
        text = TITLE + "某市市某局概况。\n\n某市市某局共有车辆2辆。\n\n某市某局无。"
        assert found("L201", text) == ["某市市某局", "某市市某局"]

    def test_another_body_is_left_alone(self):
        assert found("L201", TITLE + "某省某局、某市财政局、上级某局。") == []
