"""Contents, tables, numbering, counts and cells: what is missing, in invented documents."""

import pytest

from tests.test_rules_wording import found

HEAD = (
    "某市某局2024年度部门决算\n\n目录\n\n第一部分 概况\n\n第二部分 决算表\n\n"
    "一、收入决算表\n\n二、支出决算表\n\n"
)
BODY = "第一部分 概况\n\n主要职能。\n\n"


class TestContents:
    def test_a_table_that_is_announced_and_missing_is_found(self):
        assert found("L502", HEAD + BODY + "收入决算表\n") == ["二、支出决算表"]
        assert found("L502", HEAD + BODY + "收入决算表\n\n支出决算表\n") == []

    def test_a_title_may_be_longer_than_its_entry(self):
        text = "目录\n\n一、其他重要事项说明\n\n二、概况\n\n三、其他事项\n\n"
        body = "某局概况\n\n十、其他重要事项的情况说明\n\n其他事项说明\n"
        assert found("L501", text + body) == []

    def test_contents_with_leaders_end_where_the_leaders_do(self):
        entries = "目录\n\n第二部分 决算表……1\n\n一、收入决算情况说明……2\n\n"
        text = "第一部分 概况\n\n一、主要职能\n\n第二部分 决算表\n\n一、收入决算情况说明\n"
        assert found("L501", entries + text) == []

    def test_a_document_without_contents_promises_nothing(self):
        assert found("L501", BODY) == []


class TestTables:
    TITLE = "国有资本经营预算财政拨款支出决算表\n\n"
    EMPTY = "项目\t本年支出\t基本支出\n合计\t\t\n支出\t无\t\n\n"
    FULL = "项目\t本年支出\t基本支出\n合计\t3.20\t3.20\n\n"

    def test_an_empty_table_needs_a_word(self):
        assert found("L511", self.TITLE + self.EMPTY + "第三部分 决算情况说明")
        assert not found("L511", self.TITLE + self.EMPTY + "本部门没有该项支出，故本表无数据。")
        assert not found("L511", self.TITLE + self.FULL)

    def test_the_word_may_stand_in_the_text(self):
        text = "九、情况说明\n\n某局2024年度无国有资本经营预算财政拨款支出。\n"
        assert not found("L511", self.TITLE + self.EMPTY + "第三部分\n\n" + text)

    def test_codes_and_numbers_of_columns_are_no_figures(self):
        table = "项目\t栏次1\t栏次2\n208\t1\t2\n2080501\t\t0.00\n\n"
        assert found("L511", self.TITLE + table + "第三部分 决算情况说明")

    def test_a_full_table_is_not_called_empty(self):
        note = "注：本部门没有国有资本经营预算支出，故本表为空表。"
        assert found("L512", self.TITLE + self.FULL + note)
        assert not found("L512", self.TITLE + self.EMPTY + note)


class TestNumbering:
    @pytest.mark.parametrize(
        "text",
        [
            "一、甲\n\n（一）乙\n\n（二）丙\n\n二、丁\n\n（一）戊\n\n三、己",
            "1.甲\n\n2.乙\n\n1.丙\n\n2.丁",
            "（七）甲。\n\n某事，（八）乙。\n\n（九）丙。",
            "第一部分 甲\n\n第三部分 乙",
            "九、甲\n\n十、乙\n\n十一、丙",
            "2024年收入\n\n1.5万元",
        ],
    )
    def test_lists_in_order_are_left_alone(self, text):
        assert found("L701", text) == []

    @pytest.mark.parametrize(
        ("text", "mark"),
        [
            ("一、甲\n\n二、乙\n\n二、丙", "二、"),
            ("（一）甲\n\n（二）乙\n\n（四）丙", "（四）"),
            ("1.甲\n\n2.乙\n\n3.丙\n\n2.丁", "2."),
            ("十、甲\n\n十二、乙", "十二、"),
        ],
    )
    def test_a_number_twice_or_left_out_is_found(self, text, mark):
        assert found("L701", text) == [mark]

    def test_sections_that_are_all_in_digits_are_left_alone(self):
        text = "一、主要职能\n\n1、收入决算情况说明\n\n2、支出决算情况说明"
        assert found("L702", text) == []
        assert found("L702", "1、收入决算情况说明\n\n二、支出决算情况说明") == ["1、"]


class TestCounts:
    def test_kinds_of_units_add_up(self):
        text = "下属二级单位{}个，其中行政单位1个，参照公务员法管理的事业单位1个，其他事业单位2个。"
        assert not found("L601", text.format(4))
        assert found("L601", text.format(3))

    def test_fewer_projects_may_be_shown_than_are_said_and_not_more(self):
        shown = "".join(f"（{at}）道路项目绩效目标完成情况综述。\n\n" for at in range(1, 6))
        assert not found("L603", "对8个项目开展了绩效目标完成情况自评。\n\n" + shown)
        assert not found("L603", "对5个项目开展了绩效目标完成情况自评。\n\n" + shown)
        assert found("L603", "对2个项目开展了绩效目标完成情况自评。\n\n" + shown)

    def test_projects_that_are_not_shown_here_are_not_judged(self):
        assert not found("L603", "对2个项目开展了绩效目标完成情况自评。")


class TestListedItems:
    TABLE = (
        "@ final_accounts_basic_table\n基本工资 | final | 3.00万元 | 30101\n"
        "奖金 | final | 0 | 30103\n办公设备购置 | final | 1.00万元 | 31002\n"
        "@ 六、基本支出决算情况说明\n"
    )

    def test_names_are_held_against_what_has_money(self):
        assert not found("X201", self.TABLE + "人员经费3.00万元，主要包括：基本工资等。")
        assert found("X201", self.TABLE + "人员经费3.00万元，主要包括：基本工资、奖金。")
        assert found("X201", self.TABLE + "公用经费1.00万元，主要包括：办公费、印刷费。")
        assert not found("X201", self.TABLE + "公用经费1.00万元，主要包括：办公设备购置。")


class TestUsage:
    def test_an_old_term_is_found_only_when_it_is_old_and_of_the_present(self):
        text = "执行行政单位会计制度的单位1个。"
        assert found("L413", text)
        assert not found("L413", "# final_accounts 2018\n" + text)
        assert not found("L413", "原地税局的职责划入税务局。")

    def test_document_numbers_take_their_own_brackets(self):
        assert found("L411", "根据某财预（2019）2号。") == ["某财预（2019）2号"]
        assert found("L411", "根据某财预〔2019〕002号。")
        assert not found("L411", "根据某财预〔2019〕2号。")
