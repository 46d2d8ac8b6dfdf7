"""What is part of what in a sentence, and which year's or budget's figure one is."""

import pytest

from fiscal.extract.numerals import numerals
from fiscal.model import Fact
from tests.test_prose_of_provinces import HEAD, figures, graver_than_a_notice, read

BUDGET = "某县水利局2025年部门预算\n"


def facts(text: str, head: str = HEAD) -> list[Fact]:
    return list(read(head + text + "\n").facts)


class TestMeasuredFrom:
    """The figure that a change is measured from stands before the verb, and is no new figure."""

    @pytest.mark.parametrize(
        ("base", "year"),
        [("比2024年预算数", 2024), ("较2024年预算", 2024), ("比上年预算数", 2024)],
    )
    def test_last_years_budget(self, base, year):
        text = f"公务接待费2025年预算数2.10万元，{base}2.60万元减少0.50万元，下降19.23%。"
        told = [(f.measure, f.fiscal_year, str(f.amount.number)) for f in facts(text, BUDGET)]
        assert told[:3] == [
            ("budget", 2025, "2.10"),
            ("prior_year", year, "2.60"),
            ("change", 2025, "-0.50"),
        ]
        assert not graver_than_a_notice(BUDGET + text)

    def test_what_it_names_itself(self):
        text = "其他收入30万元。比2024年预算总收入610万元增加40万元。"
        assert facts(text, BUDGET)[1].label == "总收入"

    def test_an_account_is_held_against_its_own_budget(self):
        text = "培训费决算数1.20万元，比2023年年初预算数1.50万元减少0.30万元，下降20.00%。"
        told = [(f.measure, f.fiscal_year) for f in facts(text)]
        assert told[1:3] == [("budget", 2023), ("budget_difference", 2023)]
        assert not graver_than_a_notice(HEAD + text)

    def test_one_budget_is_not_held_against_itself(self):
        text = "培训费预算12.00万元，比2023年预算增加3.00万元。"
        assert "L302" in graver_than_a_notice(HEAD + text)

    def test_a_second_comparison_may_look_back_farther(self):
        text = "会议费支出1.00万元，比2022年减少0.20万元；比2020年减少0.80万元。"
        assert not graver_than_a_notice(HEAD + text)


class TestParts:
    """What 其中 parts, and what comes back to the whole."""

    def test_types_behind_a_heading_are_of_the_heading(self):
        text = (
            "1.农林水支出（类）水利（款）防汛（项）30.00万元，"
            "其中基本支出18.00万元，项目支出12.00万元。"
        )
        told = [(f.code, f.expenditure_type, str(f.amount.number)) for f in facts(text)]
        assert told == [
            ("2130314", None, "30.00"),
            ("2130314", "basic_expenditure", "18.00"),
            ("2130314", "project_expenditure", "12.00"),
        ]

    def test_types_behind_a_budget_are_of_that_budget(self):
        text = "一般公共预算财政拨款支出90.00万元。其中：基本支出60.00万元；项目支出30.00万元。"
        assert {f.budget for f in facts(text)} == {"general_public_budget"}

    def test_a_budget_within_an_expense_is_not_the_whole_budget(self):
        text = (
            "公务接待费支出决算3.00万元（其中：一般公共预算支出3.00万元；"
            "政府性基金预算支出0万元），完成预算的60.00%。"
        )
        labels = [fact.label for fact in facts(text)]
        assert labels[0] == labels[3] == "公务接待费支出"
        assert labels[1] != "一般公共预算支出"

    @pytest.mark.parametrize(
        "text",
        [
            "财政拨款90.00万元，其中：基本支出60.00万元，项目支出30.00万元。与上年相比增加5.00万元。",
            "车辆运行费26.00万元，其中：加油费9.00万元，维修费17.00万元，比上年减少5.00万元。",
        ],
    )
    def test_a_comparison_behind_the_parts_is_of_the_whole(self, text):
        told = facts(text)
        assert told[-1].measure == "change"
        assert told[-1].label == told[0].label

    def test_a_part_with_its_own_share_keeps_its_comparison(self):
        text = "收入90.00万元，其中：事业收入60.00万元，占66.67%，比上年增加5.00万元。"
        assert facts(text)[-1].label == "事业收入"

    def test_parts_in_sentences_of_their_own_keep_what_is_said_of_them(self):
        text = "收入总计90.00万元。包括：1.本年收入合计80.00万元。与上年相比，减少5.00万元。"
        assert facts(text)[-1].label == "本年收入合计"

    def test_a_sum_of_what_was_listed_is_not_the_last_of_it(self):
        text = "办公费3.00万元，水费1.00万元，合计4.00万元。"
        assert facts(text)[-1].label == "合计"

    def test_a_code_in_brackets_is_part_of_the_name(self):
        text = "支出90.00万元，其中：工资福利支出（301）60.00万元，较上年增加2.00万元。"
        assert [f.label for f in facts(text)][1:] == ["工资福利支出（301）"] * 2
        assert [n.kind for n in numerals("工资福利支出（301）60.00万元")] == ["code", None]

    def test_a_category_that_is_called_a_budget_is_a_heading_like_others(self):
        text = (
            "五、财政拨款支出决算情况说明\n财政拨款支出9.00万元。其中：\n"
            "（一）农林水支出（类）\n1.水利（款）防汛（项）。支出决算7.00万元。\n"
            "（二）国有资本经营预算支出（类）\n1.解决历史遗留问题及改革成本支出（款）"
            "国有企业退休人员社会化管理补助支出（项）。支出决算2.00万元。"
        )
        assert {fact.budget for fact in facts(text)} == {None}
        assert not graver_than_a_notice(HEAD + text)


class TestSides:
    """The other side of an account is of the same money as the first."""

    @pytest.mark.parametrize(
        ("text", "last"),
        [
            ("财政拨款收入总计50.00万元、支出总计50.00万元。", "财政拨款支出总计"),
            ("政府性基金预算财政拨款本年收入50.00万元；本年支出40.00万元。",
             "政府性基金预算财政拨款本年支出"),
            ("政府性基金预算财政拨款收入50.00万元；年初结转和结余0万元；支出40.00万元。",
             "政府性基金预算财政拨款支出"),
        ],
    )  # fmt: skip
    def test_the_second_side(self, text, last):
        assert facts(text)[-1].label == last

    def test_both_sides_named_again(self):
        text = "财政拨款收入、支出决算总计50.00万元。与上年相比，收、支总计各减少2.00万元。"
        assert [f.label for f in facts(text)] == ["财政拨款收入总计", "财政拨款支出总计"] * 2

    def test_the_budget_of_expenditure_behind_that_of_revenue(self):
        text = "2025年本部门预算收入90.00万元，其中其他收入2.00万元；本部门预算支出90.00万元。"
        assert facts(text, BUDGET)[-1].label == "支出预算"

    def test_foreign_guests_are_not_domestic(self):
        text = "国内公务接待5批次。外事接待支出0万元，接待0批次，0人次。"
        assert {label for label, *_ in figures(HEAD + text)} >= {"外事接待批次", "外事接待人次"}


class TestEntries:
    """A heading on a line of its own is what the next line is of."""

    def test_a_path_before_its_sentence(self):
        text = (
            "1.农林水支出（类）水利（款）防汛（项）（2130314）。\n"
            "支出年初预算为8.00万元，支出决算为9.00万元。"
        )
        assert [(f.code, f.measure) for f in facts(text)] == [
            ("2130314", "budget"),
            ("2130314", "final"),
        ]


class TestSigns:
    """A dash right before the digits is read where it must be a minus, and else is flagged."""

    def test_behind_a_verb_it_is_a_minus(self):
        (fact,) = facts("年末结余为-5.00万元。")
        assert (str(fact.amount.number), fact.flags) == ("-5.00", ())

    @pytest.mark.parametrize("mark", ["-", "−", "－", "△"])
    def test_elsewhere_it_is_told(self, mark):
        (fact,) = facts(f"农林水支出（类）{mark}5.00万元。")
        assert "sign_unclear" in fact.flags
        assert fact.code is None
        assert fact.label == "农林水支出（类）"

    def test_what_is_not_clear_takes_no_part(self):
        text = "公务接待费支出3.00万元。\n公务接待费支出-3.00万元。\n"
        assert not graver_than_a_notice(HEAD + text)


class TestTwoBudgets:
    """年初预算 and 调整预算 in one sentence each have a rate of their own."""

    TOLD = "年初预算为10.00万元，调整预算为20.00万元，支出决算为18.00万元，"

    def test_each_rate_is_of_the_budget_it_names(self):
        text = f"培训费{self.TOLD}完成年初预算的180%，完成调整预算的90%。"
        assert not graver_than_a_notice(HEAD + text)
        wrong = f"培训费{self.TOLD}完成年初预算的90%。"
        assert "P102" in graver_than_a_notice(HEAD + wrong)

    def test_words_are_of_the_budget_they_name(self):
        assert not graver_than_a_notice(HEAD + f"培训费{self.TOLD}决算数大于年初预算数。")


class TestScores:
    """What may be had and what was had are not added up."""

    def test_weights_stand_before_scores(self):
        text = "自评得分90分，其中：投入指标50分，得45分；产出指标50分，得45分。"
        assert [f.measure for f in facts(text)] == ["score", *["weight", "score"] * 2]
        assert not graver_than_a_notice(HEAD + text)


class TestBrokenLines:
    """Lines that a program broke are put together again, whatever it counted."""

    SENTENCES = (
        "1.农林水支出（类）水利（款）防汛（项）2130314：支出决算为38.20万元，完成预算100%，"
        "主要用于汛期物资储备和抢险队伍的训练，没有结余。",
        "2.社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）："
        "支出决算为12.36万元，完成预算100%，主要用于缴纳职工的养老保险。",
        "3.公务接待费支出3.40万元，比上年减少1.20万元，下降26.09%，主要原因是厉行节约，"
        "严格控制接待的人数和标准，从而减少了开支。",
    )

    @pytest.mark.parametrize("is_of_columns", [True, False])
    @pytest.mark.parametrize("width", [34, 40, 76])
    def test_the_same_figures_and_findings(self, is_of_columns, width):
        lines = [*self.SENTENCES, "注：" + "本表反映支出情况" * 12]
        whole = HEAD + "".join(f"{line}\n" for line in lines)
        broken = HEAD + "".join(self.broken(each, width, is_of_columns) for each in self.SENTENCES)
        broken += f"{lines[-1]}\n"
        assert "".join(broken.split()) == "".join(whole.split())
        assert [(f.label, f.code, f.amount) for f in read(broken).facts] == [
            (f.label, f.code, f.amount) for f in read(whole).facts
        ]
        assert graver_than_a_notice(broken) == graver_than_a_notice(whole)

    @staticmethod
    def broken(text: str, width: int, is_of_columns: bool) -> str:
        lines, taken = [""], 0
        for each in text:
            wide = 2 if is_of_columns and ord(each) > 255 else 1
            if taken + wide > width:
                lines, taken = [*lines, ""], 0
            lines[-1] += each
            taken += wide
        return "\n".join(lines) + "\n"


class TestInTurn:
    """分别 gives what follows to what was told before, one after the other."""

    @pytest.mark.parametrize(
        "text",
        [
            "会议费3.00万元、培训费12.00万元，分别比上年增加0.50万元、减少1.50万元。",
            "会议费3.00万元，培训费12.00万元，较上年分别增加0.50万元和减少1.50万元。",
        ],
    )
    def test_changes(self, text):
        told = [(f.label, str(f.amount.number)) for f in facts(text) if f.measure == "change"]
        assert told == [("会议费", "0.50"), ("培训费", "-1.50")]

    def test_shares(self):
        text = "支出合计100.00万元，其中会议费62.00万元，培训费38.00万元，分别占62.00%和38.00%。"
        assert [f.label for f in facts(text)][-2:] == ["会议费", "培训费"]
        assert not graver_than_a_notice(HEAD + text)

    def test_counts(self):
        text = "国内公务接待30批次、300人次，比上年分别增加5批次、60人次。"
        assert [f.measure for f in facts(text)] == ["count", "count", "change", "change"]


class TestMoved:
    """Other words for more and less, and other beginnings to compare with."""

    @pytest.mark.parametrize(
        ("words", "amount"),
        [("增支", "8.50"), ("多支出", "8.50"), ("减支", "-8.50"), ("短收", "-8.50")],
    )
    def test_a_verb_of_money(self, words, amount):
        change = facts(f"本年支出合计728.50万元，较上年{words}8.50万元。")[-1]
        assert (change.measure, str(change.amount.number)) == ("change", amount)

    @pytest.mark.parametrize("base", ["较上年末的", "较年初"])
    def test_what_there_was_at_the_beginning(self, base):
        text = f"年末结转和结余18.60万元，{base}46.60万元减少28.00万元，下降60.09%。"
        assert [f.measure for f in facts(text)][:3] == ["final", "prior_year", "change"]
        assert not graver_than_a_notice(HEAD + text)

    def test_what_was_added_to_a_budget(self):
        text = (
            "1.农林水支出（类）水利（款）防汛（项）。年初预算为10.00万元，年中追加8.00万元，"
            "支出决算为17.00万元，完成年初预算的170.00%。"
        )
        assert [f.code for f in facts(text) if f.measure == "final"][-1] == "2130314"
        assert not graver_than_a_notice(HEAD + text)


class TestTwoComparisons:
    """In one sentence a rate is of what its own words compare with."""

    @pytest.mark.parametrize(
        "text",
        [
            "培训费3.60万元，比年初预算数4.00万元下降10.00%，比上年决算数3.00万元上升20.00%。",
            "培训费7.00万元，比预算数10.00万元节约3.00万元，节约30.00%；比2022年8.00万元下降12.50%。",
        ],
    )
    def test_with_the_budget_and_with_last_year(self, text):
        assert not graver_than_a_notice(HEAD + text)
        wrong = text.replace("20.00%", "40.00%").replace("12.50%", "21.50%")
        assert "Y101" in graver_than_a_notice(HEAD + wrong)


class TestScopes:
    """One name in two scopes is two figures."""

    def test_types_of_all_money_and_of_appropriation(self):
        text = (
            "本年支出合计90.00万元，其中：基本支出60.00万元，项目支出30.00万元。\n"
            "财政拨款支出80.00万元，其中：基本支出60.00万元，项目支出20.00万元。"
        )
        assert not graver_than_a_notice(HEAD + text)

    def test_vehicles_and_what_they_are_worth(self):
        text = (
            "共有车辆6辆，价值98.60万元，其中：一般公务用车2辆，价值32.60万元；"
            "执法执勤用车4辆，价值66.00万元；其他用车0辆，价值0万元。"
        )
        assert not graver_than_a_notice(HEAD + text)
