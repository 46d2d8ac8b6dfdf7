"""What was taken over from another body's account or from last year's."""

import pytest

from tests.test_rules_wording import found

OWN = (
    "# final_accounts 2024 溪口县农业农村局\n溪口县农业农村局2024年度部门决算\n\n"
    "溪口县农业农村局内设办公室。溪口县农业农村局共有车辆2辆。溪口县农业农村局无下属单位。\n\n"
)


class TestOtherBodies:
    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("石门县农业农村局", "2024年度支出合计3.00万元。"),
            ("溪口县统计局", "2024年度没有使用国有资本经营预算安排的支出。"),
            ("石门县农业农村局", "更新公务用车0辆。"),
            ("石门县农业农村局", "政府采购支出总额3.00万元。"),
        ],
    )
    def test_a_figure_that_is_told_of_another_body_is_found(self, name, words):
        assert found("L202", OWN + name + words) == [name]

    @pytest.mark.parametrize(
        "sentence",
        [
            "县农业农村局2024年度支出合计3.00万元。",
            "溪口县农业局2024年度支出合计3.00万元。",
            "我局2024年度支出合计3.00万元。",
            "县财政局2024年财政拨款支出预算已批复。",
            "主要原因是县统计局2024年度支出增加。",
            "溪口县植保站2024年度支出合计3.00万元。",
            "所属单位有溪口县粮食局。\n\n溪口县粮食局2024年度支出合计3.00万元。",
            "溪口县统计局购置公务用车1辆。",
        ],
    )
    def test_short_forms_units_and_bodies_named_elsewhere_are_left_alone(self, sentence):
        assert found("L202", OWN + sentence) == []

    def test_a_committee_that_became_a_bureau_is_the_same_body(self):
        text = OWN.replace("农业农村局", "发展和改革局")
        assert found("L202", text + "溪口县发展改革委2024年度收入合计3.00万元。") == []


class TestStaleYears:
    HEAD = "某市某局2024年度部门决算\n\n"

    @pytest.mark.parametrize(
        "sentence",
        [
            "某市某局2023年度支出合计12.00万元。其中：基本支出7.00万元。",
            "（三）2023年会议费预算2.00万元，支出决算1.20万元。",
            "4.结转结余情况。2023年度年末结转和结余2.00万元，较上年增加1.00万元。",
        ],
    )
    def test_the_year_before_at_the_beginning_is_found(self, sentence):
        assert len(found("L305", self.HEAD + sentence)) == 1
        assert found("L305", self.HEAD + sentence.replace("2023", "2024")) == []

    @pytest.mark.parametrize(
        "sentence",
        [
            "2023年度支出合计12.00万元，2024年度支出合计13.00万元。",
            "2024年度支出合计13.00万元。2023年度支出合计12.00万元。",
            "与2023年度支出合计12.00万元相比，增加1.00万元。",
            "主要原因是单位2023年度项目支出12.00万元。",
            "2023年财政拨款结转资金12.00万元继续使用。",
            "2023年公务接待费12.00万元，今年没有安排。",
            "2023年新建道路3条。",
        ],
    )
    def test_comparisons_and_money_carried_on_are_left_alone(self, sentence):
        assert found("L305", self.HEAD + sentence) == []

    def test_a_section_of_the_year_before_is_left_alone(self):
        sentence = "2023年度支出合计12.00万元。"
        assert found("L305", self.HEAD + "二、上年决算情况\n\n" + sentence) == []
        assert found("L305", self.HEAD + "二、支出决算情况\n\n" + sentence)
