"""Units, directions and claims: words that stand beside figures, in invented sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_rules_wording import found

IN_TEN_THOUSANDS = (
    "收入12.00万元，支出11.00万元，人员经费5.00万元，公用经费3.00万元，项目3.00万元。"
)


class TestUnits:
    @pytest.mark.parametrize(
        "text", ["增长13.95。", "占76.23，", "下降了4.20；", "完成预算的95.40，"]
    )
    def test_a_rate_without_percent_sign_is_found(self, text):
        assert found("U101", f"支出3.00万元，{text}")

    @pytest.mark.parametrize(
        "text", ["增长13.95%。", "占76.23 %，", "增长3.00万元。", "占地3.50亩。", "增长2.50倍。"]
    )
    def test_a_rate_or_amount_with_its_unit_is_left_alone(self, text):
        assert found("U101", f"支出3.00万元，{text}") == []

    @pytest.mark.parametrize("text", ["决算数为1937.43，", "支出3,121.42。"])
    def test_an_amount_without_unit_is_found(self, text):
        assert found("U102", f"收入12.00万元，{text}其中无")

    @pytest.mark.parametrize(
        "text", ["决算数为19.43万（含外宾）。", "支出2024，", "收入12.00万元。"]
    )
    def test_an_amount_with_a_unit_of_some_kind_is_left_alone(self, text):
        assert found("U102", f"收入12.00万元，{text}") == []

    def test_a_text_that_declares_its_unit_elsewhere_is_left_alone(self):
        assert found("U102", "以下单位均为万元。收入12.00，支出11.00，合计23.00。") == []

    def test_a_small_amount_in_yuan_is_probably_in_ten_thousands(self):
        assert found("U103", IN_TEN_THOUSANDS + "退休费决算为13.52元。") == ["13.52元"]
        assert found("U104", IN_TEN_THOUSANDS + "结转315914.84元。") == ["315914.84元"]

    @pytest.mark.parametrize("text", ["人均13.52元。", "单价150元。", "餐费标准40元/人。", "0元。"])
    def test_prices_and_nothing_are_left_alone(self, text):
        assert found("U103", IN_TEN_THOUSANDS + text) == []

    def test_a_text_in_yuan_is_left_alone(self):
        assert found("U103", "收入120.00元，支出110.00元，奖金2.00万元。") == []

    def test_a_broken_number_is_found(self):
        assert found("U105", "收入3，518.85万元。") == ["3，518"]
        assert found("U105", "一般公共预算3，政府性基金4。") == []


class TestDirections:
    def test_amount_and_rate_in_two_directions_are_found(self):
        assert found("N101", "比上年增加3.00万元，下降12.00%。")
        assert not found("N101", "比上年增加3.00万元，增长12.00%。")

    @given(st.decimals(1, 9999, places=2), st.decimals(1, 9999, places=2))
    def test_only_the_word_that_fits_is_left_alone(self, budget, final):
        right = "大于" if final > budget else "小于" if final < budget else "等于"
        for word in ("大于", "小于", "等于"):
            text = f"年初预算为{budget}万元，支出决算为{final}万元。决算数{word}预算数。"
            assert bool(found("N102", text)) is (word != right)

    def test_another_unit_says_the_same(self):
        text = "年初预算为9万元，支出决算为100000元。决算数{}预算数。"
        assert found("N102", text.format("小于"))
        assert not found("N102", text.format("大于"))

    def test_about_equal_leaves_room_and_equal_none(self):
        text = "年初预算为100.00万元，支出决算为99.00万元。决算数与预算数{}持平。"
        assert not found("N102", text.format("基本"))
        assert found("N102", text.format(""))

    def test_a_word_belongs_to_the_figures_before_it(self):
        text = (
            "1、年初预算为9.00万元，支出决算为8.00万元，完成88.89%。"
            "2、年初预算为3.00万元，支出决算为4.00万元。决算数大于预算数。"
        )
        assert not found("N102", text)

    def test_two_years_and_their_word_are_compared(self):
        text = (
            "2023年当年预算执行数为43269.3万元，2024年预算安排3845.49万元，比2023年预算执行数{}。"
        )
        assert found("N103", text.format("增加17.62%"))
        assert not found("N103", text.format("减少91.11%"))

    def test_a_reason_of_two_directions_is_left_alone(self):
        text = "比上年减少3.00万元。主要原因是：人员经费增加，项目经费减少。"
        assert not found("N104", text)
        assert found("N104", "比上年减少3.00万元，主要原因是人员经费增加。")


class TestClaims:
    def test_a_rate_of_nothing_is_found(self):
        assert found("N201", "公务接待费支出0.00万元，完成预算100%。")
        assert not found("N201", "公务接待费支出10.00万元，完成预算100%。")
        assert not found("N201", "支出0.00万元，完成预算的0%。")

    def test_a_score_is_no_rate_unless_all_was_done(self):
        assert found("N202", "自评得分92.40分。绩效目标完成92.4%。")
        assert not found("N202", "自评得分100分。绩效目标完成100%。")
        assert not found("N202", "自评得分92.40分。绩效目标完成95%。")

    def test_only_a_number_that_is_exact_excludes_more(self):
        assert found("N205", "发布信息4317余条。")
        assert not found("N205", "发布信息4310余条，培训37余人。")
