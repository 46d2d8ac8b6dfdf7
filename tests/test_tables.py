"""Tables as offices publish them, from every province seen, and the facts they state."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from fiscal.codes import TOTAL
from fiscal.extract.tables.reading import prose_tables, read_tables
from fiscal.model import Document, DocumentKind, Fact, Merge, Profile, Reading, Table
from tests.conftest import SHARED

FINAL = Profile(None, None, 2024, DocumentKind.FINAL_ACCOUNTS, "万元")
BUDGET = Profile(None, None, 2024, DocumentKind.BUDGET, "万元")


def document(*grids: list[list[str]], before: str = "", merges: tuple[Merge, ...] = ()) -> Document:
    """Grids below each other, with short rows filled up, under some lines of text."""
    text, tables = before, []
    for grid in grids:
        width = max(map(len, grid))
        rows = tuple((*row, *[""] * (width - len(row))) for row in grid)
        tables.append(Table("", rows, len(text), merges))
        text += "".join("\t".join(row) + "\n" for row in rows)
    return Document("", "", text, tuple(tables))


def read(
    *grids: list[list[str]],
    before: str = "",
    profile: Profile = FINAL,
    merges: tuple[Merge, ...] = (),
) -> Reading:
    return read_tables(document(*grids, before=before, merges=merges), profile)


def cell(reading: Reading, fact_id: str) -> Fact:
    return next(fact for fact in reading.facts if fact.id == fact_id)


def shown(fact: Fact) -> tuple[str, str | None, str, str]:
    return fact.label, fact.code, fact.measure, f"{fact.amount.number}{fact.amount.unit}"


def kinds(reading: Reading) -> list[str]:
    return [each.kind for each in reading.non_facts]


def lines(text: str) -> list[list[str]]:
    """Rows of cells parted by strokes."""
    return [[part.strip() for part in line.split("|")] for line in text.strip().split("\n")]


class TestBalances:
    def test_a_form_with_numbered_rows_and_columns(self):
        """The form of 2019 to 2022: 项目, 行次 and 金额, with 栏次 below the header."""
        grid = lines("""
            收入 | | | 支出 | |
            项目 | 行次 | 金额 | 项目(按功能分类) | 行次 | 金额
            栏次 | | 1 | 栏次 | | 2
            一、一般公共预算财政拨款收入 | 1 | 2,940.05 | 一、一般公共服务支出 | 31 | 2,106.66
            八、其他收入 | 8 | 6.20 | 九、医疗卫生与计划生育支出 | 39 | 10.00
            本年收入合计 | 27 | 2,946.25 | 本年支出合计 | 58 | 2,116.66
            年初结转和结余 | 29 | | 年末结转和结余 | 60 | 829.59
            总计 | 31 | 2,946.25 | 总计 | 62 | 2,946.25
        """)
        reading = read(grid, before="收入支出决算总表\n公开01表\n金额单位：万元\n")
        assert [shown(fact) for fact in reading.facts] == [
            ("一般公共预算财政拨款收入", None, "final", "2940.05万元"),
            ("一般公共服务支出", "201", "final", "2106.66万元"),
            ("其他收入", None, "final", "6.20万元"),
            ("医疗卫生与计划生育支出", "210", "final", "10.00万元"),
            ("本年收入合计", None, "final", "2946.25万元"),
            ("本年支出合计", TOTAL, "final", "2116.66万元"),
            ("年末结转和结余", None, "final", "829.59万元"),
            ("总计", None, "final", "2946.25万元"),
            ("总计", None, "final", "2946.25万元"),
        ]
        assert cell(reading, "T1R5C6").flags == ("category named as in another year",)
        assert cell(reading, "T1R4C3").funding_source == "general_public_appropriation"
        assert kinds(reading) == ["column_number"] * 2 + ["row_number"] * 10
        assert [listing.members for listing in reading.listings] == [{"T1R4C6", "T1R5C6"}]

    def test_three_blocks_of_three_columns(self):
        """云南 publishes the raw form: sources, functions, and types, each in three columns."""
        grid = lines("""
            收入支出决算总表
            编制单位：某局 | | | | | | | | 金额单位：元
            收入 | | | 支出 | | | 支出 | |
            项目 | 年初预算数 | 决算数 | 项目（按功能分类） | 年初预算数 | 决算数 | 项目（按支出性质和经济分类） | 年初预算数 | 决算数
            一、一般公共预算财政拨款收入 | 100 | 105 | 一、一般公共服务支出 | 50 | 55 | 一、基本支出 | 70 | 75
            二、其他收入 | 0 | 1 | 二、外交支出 | 0 | 0 | 人员经费 | 60 | 65
        """)  # noqa: E501
        reading = read(grid)
        assert shown(cell(reading, "T1R5C2")) == (
            "一般公共预算财政拨款收入", None, "budget", "100元"
        )  # fmt: skip
        assert shown(cell(reading, "T1R5C6")) == ("一般公共服务支出", "201", "final", "55元")
        assert cell(reading, "T1R6C9").expenditure_type == "personnel_expenditure"
        assert len(reading.facts) == 12

    def test_money_brought_forward_is_told_from_this_years(self):
        """Table 04 names the same three funds twice, the second time below 年初."""
        grid = lines("""
            收入 | | 支出 | | |
            项目 | 决算数 | 项目 | 合计 | 一般公共预算财政拨款 | 政府性基金预算财政拨款
            一、一般公共预算财政拨款 | 10 | 一、教育支出 | 12 | 12 |
            本年收入合计 | 10 | 二、其他支出 | 0 | |
            年初财政拨款结转和结余 | 3 | 本年支出合计 | 12 | 12 |
            一、一般公共预算财政拨款 | 3 | 年末财政拨款结转和结余 | 1 | 1 |
            总计 | 13 | 总计 | 13 | 13 |
        """)
        reading = read(grid, before="财政拨款收入支出决算总表 单位：万元\n")
        now, before = cell(reading, "T1R3C2"), cell(reading, "T1R6C2")
        assert now.label == before.label == "一般公共预算财政拨款"
        assert now.funding_source == "general_public_appropriation"
        assert before.funding_source == "carryover_brought_forward"
        assert cell(reading, "T1R3C5").budget == now.budget == "general_public_budget"
        assert cell(reading, "T1R3C4").budget is None
        assert cell(reading, "T1R7C4").code is None


class TestCodes:
    def test_parts_said_once_and_zeros_lost(self):
        grid = lines("""
            类 | 款 | 项 | 科目名称 | 合计
            201 | | | 一般公共服务支出 | 10
            | 06 | | 财政事务 | 10
            | | 1 | 行政运行 | 4
            | | 02 | 一般行政管理事务 | 6
            合计 | | | | 10
        """)
        reading = read(grid, before="支出预算总表\n单位：元\n", profile=BUDGET)
        codes = [fact.code for fact in reading.facts]
        assert codes == ["201", "20106", "2010601", "2010602", TOTAL]
        assert cell(reading, "T1R4C5").flags == ("leading zero of the code restored",)
        assert kinds(reading) == ["code"] * 4

    def test_the_total_in_the_row_of_the_header(self):
        grid = lines("""
            项目 | | | | 本年收入合计 | 财政拨款收入
            支出功能分类科目编码 | | | 科目名称 | |
            类 | 款 | 项 | 合计 | 2,946.25 | 2,940.05
            201 | | | 一般公共服务支出 | 2,946.25 | 2,940.05
        """)
        reading = read(grid, before="收入决算表 单位：万元\n")
        assert shown(cell(reading, "T1R3C5")) == ("合计", TOTAL, "final", "2946.25万元")
        assert cell(reading, "T1R4C6").funding_source == "fiscal_appropriation"

    def test_a_name_that_wraps_around_its_figures(self):
        grid = lines("""
            科目编码 | 科目名称 | 本年支出合计 | 基本支出
            | 机关事业单位基本养老 | |
            2080505 | | 699.30 | 699.30
            | 保险缴费支出 | |
            2080506 | 机关事业单位职业年金 | 80.38 | 80.38
            | 缴费支出 | |
            | 合计 | 779.68 | 779.68
        """)
        reading = read(grid, before="支出决算表 单位：万元\n")
        assert {fact.label for fact in reading.facts} == {
            "机关事业单位基本养老保险缴费支出",
            "机关事业单位职业年金缴费支出",
            "合计",
        }

    def test_a_code_before_its_name(self):
        grid = lines("""
            项目 | 决算数
            2010301 行政运行 | 5.00
            合计 | 5.00
        """)
        reading = read(grid, before="支出决算表 单位：万元\n")
        assert shown(reading.facts[0]) == ("行政运行", "2010301", "final", "5.00万元")
        assert kinds(reading) == ["code"]

    def test_economic_headings_side_by_side(self):
        """Table 06: its total has no code, and both halves make one claim."""
        grid = lines("""
            经济分类科目编码 | 科目名称 | 决算数 | 经济分类科目编码 | 科目名称 | 决算数
            301 | 工资福利支出 | 20.00 | 302 | 商品和服务支出 | 3.00
            30101 | 基本工资 | 20.00 | 30201 | 办公费 | 3.00
            人员经费合计 | | 20.00 | 公用经费合计 | | 3.00
        """)
        reading = read(grid, before="一般公共预算财政拨款基本支出决算表 单位：万元\n")
        assert [fact.code for fact in reading.facts] == ["301", "302", "30101", "30201", None, None]
        assert [len(listing.members) for listing in reading.listings] == [4]
        assert reading.facts[0].expenditure_type == "basic_expenditure"
        assert reading.facts[5].expenditure_type == "non_personnel_expenditure"


class TestThreePublicExpenses:
    def test_five_rows(self):
        """安徽: one row an expense."""
        grid = lines("""
            项目 | 预算数 | 决算数
            合计 | 10.00 | 8.50
            1.因公出国（境）费用 | 0 | 0
            2.公务接待费 | 3.00 | 2.50
            3.公务用车费 | 7.00 | 6.00
            其中：（1）公务用车运行维护费 | 7.00 | 6.00
            （2）公务用车购置 | - |
        """)
        reading = read(grid, before="一般公共预算财政拨款“三公”经费支出决算表\n单位：万元\n")
        assert [shown(fact)[0] for fact in reading.facts[::2]] == [
            "三公经费",
            "因公出国（境）费",
            "公务接待费",
            "公务用车购置及运行维护费",
            "公务用车运行维护费",
        ]
        assert {fact.budget for fact in reading.facts} == {"general_public_budget"}

    def test_rows_of_measures_with_meetings_and_training(self):
        """陕西: expenses across, 预算数 and 决算数 down."""
        grid = lines("""
            项目 | “三公”经费 | | | | | | 会议费 | 培训费
            | 小计 | 因公出国（境）费 | 公务接待费 | 公务用车购置及运行维护费 | | | |
            | | | | 小计 | 公务用车购置费 | 公务用车运行维护费 | |
            预算数 | 5.00 | 0 | 1 | 4 | 0 | 4 | 2 | 3
            决算数 | 4.00 | 0 | 0.5 | 3.5 | 0 | 3.5 | 1 | 2
        """)
        before = "财政拨款“三公”经费及会议费、培训费支出决算表\n单位：万元\n"
        reading = read(grid, before=before)
        assert shown(cell(reading, "T1R4C2")) == ("三公经费", None, "budget", "5.00万元")
        vehicles = "公务用车购置及运行维护费"
        assert shown(cell(reading, "T1R5C5")) == (vehicles, None, "final", "3.5万元")
        assert shown(cell(reading, "T1R5C9")) == ("培训费", None, "final", "2万元")

    def test_the_operating_table_counts_things(self):
        grid = lines("""
            机构运行信息表
            公开10表 | | | 金额单位：万元
            项  目 | 行次 | 预算数 | 统计数
            栏  次 | | 1 | 2
            （一）支出合计 | 2 | 5.00 | 4.00
            1．因公出国（境）费 | 3 | — | 0
            2．公务接待费 | 4 | 5.00 | 4.00
            5．国内公务接待批次（个） | 12 | — | 26
            （二）单价100万元（含）以上设备（台/套） | 25 | — | 1
        """)
        reading = read(grid)
        assert shown(cell(reading, "T1R5C3")) == ("三公经费", None, "budget", "5.00万元")
        assert shown(cell(reading, "T1R8C4"))[2:] == ("count", "26个")
        assert "threshold" in kinds(reading)
        assert not reading.unaccounted


class TestUnits:
    def test_several_tables_of_one_sheet_in_different_units(self):
        grid = lines("""
            2024年部门收入预算总表
            编制部门：某局 | | 单位：元
            功能分类科目编码 | 科目名称 | 合计
            201 | 一般公共服务支出 | 15000
            合计 | | 15000
            注：本表2024年无基金12万元。
            2024年部门“三公”经费预算表
            | | 单位:万元
            合计 | 因公出国（境）费 | 公务接待费
            1.5 | 0 | 1.5
        """)
        reading = read(grid, profile=BUDGET)
        assert [fact.amount.unit for fact in reading.facts] == ["元", "元", "万元", "万元", "万元"]
        assert {fact.section for fact in reading.facts} == {
            "budget_revenue_table",
            "budget_three_public_table",
        }
        assert [span.quote for span in reading.unaccounted] == ["12"]

    def test_headers_with_units_and_years(self):
        grid = lines("""
            项目 | 决算数（万元） | 2023年决算数（元） | 增减额（万元） | 增减率（%） | 完成率
            合计 | 10 | 80000 | 2 | 25 | 95.5%
        """)
        reading = read(grid, before="支出情况表\n")
        assert [(fact.measure, fact.amount.unit) for fact in reading.facts] == [
            ("final", "万元"),
            ("prior_year", "元"),
            ("change", "万元"),
            ("change_rate", "%"),
            ("completion", "%"),
        ]
        assert {fact.fiscal_year for fact in reading.facts} == {2024}

    def test_no_unit_anywhere_is_the_documents_and_flagged(self):
        reading = read(
            lines("科目编码|科目名称|合计\n201|一般公共服务支出|5"), before="支出决算表\n"
        )
        assert reading.facts[0].amount.unit == "万元"
        assert reading.facts[0].flags == ("unit not stated",)

    def test_what_a_share_or_a_rate_is_of(self):
        grid = lines("""
            项目 | 决算数 | 占本年支出合计的比重 | 完成年初预算% | 比上年决算数增减%
            合计 | 10 | 20 | 95.5 | 3
        """)
        found = [(fact.measure, fact.base) for fact in read(grid, before="支出情况表\n").facts]
        assert found == [
            ("final", None),
            ("share", "本年支出合计"),
            ("completion", "年初预算"),
            ("change_rate", "上年决算数"),
        ]

    @pytest.mark.parametrize("header", ["上年执行数", "上年预算执行数", "2023年执行数"])
    def test_what_was_spent_last_year_beside_a_budget(self, header):
        grid = lines(f"科目编码|科目名称|{header}|2024年预算数\n201|一般公共服务支出|4|5")
        reading = read(grid, before="支出预算表 单位：元\n", profile=BUDGET)
        years = [(fact.measure, fact.fiscal_year) for fact in reading.facts]
        assert years == [("prior_year", 2024), ("budget", 2024)]

    def test_last_years_budget_is_a_budget_of_last_year(self):
        grid = lines("科目编码|科目名称|2023年预算数|2024年预算数\n201|一般公共服务支出|4|5")
        reading = read(grid, before="支出预算表 单位：元\n", profile=BUDGET)
        years = [(fact.measure, fact.fiscal_year) for fact in reading.facts]
        assert years == [("budget", 2023), ("budget", 2024)]


class TestCells:
    def test_every_spelling_of_a_figure(self):
        spellings = {
            "1,234.50": "1234.50",
            "1 234.50": "1234.50",
            "1, 537.4": "1537.4",
            "3，518.85": "3518.85",
            "（5.20）": "-5.20",
            "(5.20)": "-5.20",
            "－5.20": "-5.20",
            "１２.５": "12.5",
            "0.00": "0.00",
            "0": "0",
        }
        rows = [["科目编码", "科目名称", "合计"]]
        rows += [["2010301", "行政运行", spelling] for spelling in spellings]
        reading = read(rows, before="支出决算表 单位：万元\n")
        assert [fact.amount.number for fact in reading.facts] == list(
            map(Decimal, spellings.values())
        )
        assert [fact.span.quote for fact in reading.facts] == list(spellings)

    @pytest.mark.parametrize("blank", ["", "-", "—", "－", "--"])
    def test_a_blank_states_no_figure(self, blank: str):
        rows = [["科目编码", "科目名称", "合计"], ["201", "一般公共服务支出", blank]]
        assert read(rows, before="支出决算表\n").facts == ()

    @pytest.mark.parametrize("broken", ["1.2.3", "12O.5", "12,34", "9" * 30, "(5.20"])
    def test_what_looks_like_a_figure_and_is_none_is_told(self, broken: str):
        rows = [
            ["科目编码", "科目名称", "合计"],
            ["合计", "", "5"],
            ["201", "一般公共服务支出", broken],
        ]
        reading = read(rows, before="支出决算表 单位：万元\n")
        assert [span.quote for span in reading.unaccounted] == [broken]
        assert len(reading.facts) == 1
        assert reading.listings == ()

    def test_a_cell_of_endless_digits_is_unread(self):
        rows = [["科目编码", "科目名称", "合计"], ["201", "9" * 100_000, "9" * 100_000]]
        reading = read(rows, before="支出决算表 单位：万元\n")
        assert [len(span.quote) for span in reading.unaccounted] == [100_000, 100_000]

    def test_a_cell_with_its_own_unit_quotes_the_number_alone(self):
        rows = [["项目", "数额"], ["合计", "12.5亿元"], ["车辆", " 3辆 "]]
        facts = read(rows, before="基本情况表 单位：万元\n").facts
        assert [shown(fact)[2:] for fact in facts] == [("final", "12.5亿元"), ("count", "3辆")]
        assert [fact.span.quote for fact in facts] == ["12.5", "3"]


class TestHeaders:
    def test_merged_cells(self):
        grid = lines("""
            项目 | | 本年收入合计 | 事业收入 | | 其他收入
            科目编码 | 科目名称 | | 小计 | 其中：教育收费 |
            合计 | | 5 | 4 | 3 | 1
            205 | 教育支出 | 5 | 4 | 3 | 1
        """)
        merges = (Merge(0, 0, 1, 2), Merge(0, 2, 2, 1), Merge(0, 3, 1, 2), Merge(0, 5, 2, 1))
        for given in ((), merges):
            reading = read(grid, before="收入决算表 单位：万元\n", merges=given)
            assert [fact.funding_source for fact in reading.facts[4:]] == [
                None,
                "institutional_revenue",
                "education_fees",
                "other_revenue",
            ]
            assert reading.facts[6].span.column == "事业收入/其中:教育收费"

    def test_a_header_repeated_on_the_next_page_is_no_row(self):
        header = ["科目编码", "科目名称", "2024年决算数"]
        rows = [header, ["合计", "", "9"], header, ["201", "一般公共服务支出", "9"]]
        reading = read(rows, before="支出决算表 单位：万元\n")
        assert [fact.code for fact in reading.facts] == [TOTAL, "201"]
        assert kinds(reading).count("year") == 2
        assert len(reading.listings) == 1

    def test_a_grid_without_header_continues_the_one_before(self):
        first = lines("科目编码|科目名称|基本支出\n合计||9\n201|一般公共服务支出|4")
        second = lines("202|外交支出|\n203|国防支出|5")
        reading = read(first, second, before="支出决算表 单位：元\n")
        assert cell(reading, "T2R2C3").expenditure_type == "basic_expenditure"
        assert cell(reading, "T2R2C3").amount.unit == "元"
        assert [len(listing.members) for listing in reading.listings] == [2]

    def test_columns_of_a_fund_can_be_told_apart(self):
        grid = lines("""
            项目 | | 年初结转和结余 | 本年收入 | 本年支出 | | | 年末结转和结余
            功能分类科目编码 | 科目名称 | | | 小计 | 基本支出 | 项目支出 |
            合计 | | 1.00 | 2.00 | 2.50 | 0.50 | 2.00 | 0.50
        """)
        reading = read(grid, before="政府性基金预算财政拨款收入支出决算表\n金额单位：万元\n")
        assert [fact.span.column for fact in reading.facts] == [
            "年初结转和结余",
            "本年收入",
            "本年支出/小计",
            "本年支出/基本支出",
            "本年支出/项目支出",
            "年末结转和结余",
        ]
        assert {fact.budget for fact in reading.facts} == {"government_funds_budget"}
        assert {fact.code for fact in reading.facts} == {TOTAL}


class TestOtherTables:
    def test_procurement(self):
        grid = lines("""
            政府采购情况表
            项目 | 采购预算 | 采购金额（万元） | 其中：财政拨款
            合计 | 100 | 90.5 | 90.5
            货物 | 50 | 45.5 | 45.5
        """)
        reading = read(grid)
        assert shown(reading.facts[0]) == ("合计", None, "budget", "100万元")
        assert reading.facts[5].funding_source == "fiscal_appropriation"
        assert {fact.section for fact in reading.facts} == {"procurement_table"}

    def test_assets_are_money_or_counted(self):
        grid = lines("""
            国有资产占有使用情况表 | | |
            | | | 单位：万元
            项目 | 资产总额 | 固定资产 |
            | | 房屋构筑物 | 车辆（辆）
            合计 | 1234.5 | 1000 | 12
        """)
        facts = read(grid).facts
        assert [shown(fact)[2:] for fact in facts] == [
            ("final", "1234.5万元"),
            ("final", "1000万元"),
            ("count", "12辆"),
        ]

    def test_an_unknown_table_with_a_total_is_read_by_its_headers(self):
        reading = read(lines("单位|人数|经费\n甲|5人|12.50\n合计|5|12.50"))
        assert len(reading.facts) == 4
        assert all("unknown table" in fact.flags for fact in reading.facts)

    def test_an_unknown_table_without_one_is_left_unread(self):
        reading = read(lines("姓名|年龄\n甲|35\n乙|40"))
        assert reading.facts == ()
        assert [span.quote for span in reading.unaccounted] == ["35", "40"]

    def test_a_sheet_of_prose_is_left_to_prose(self):
        prose = document([["2024年部门预算编制说明"], ["2024年，某局收入预算120万元。"]])
        reading = read_tables(prose, BUDGET)
        assert [span.quote for span in reading.unaccounted] == ["120"]
        assert prose_tables(prose) == prose.tables


class TestSides:
    """On which side of the year's account a figure is, where label and code do not say."""

    def sides(self, reading: Reading) -> list[tuple[str, str | None]]:
        return [(fact.label, fact.side) for fact in reading.facts]

    def test_four_columns_of_a_table_of_funds(self):
        grid = lines("""
            项目 | | 年初结转和结余 | 本年收入 | 本年支出 | | 年末结转和结余
            科目编码 | 科目名称 | | | 小计 | 项目支出 |
            合计 | | 1 | 2 | 3 | 3 | 0
        """)
        reading = read(grid, before="政府性基金预算财政拨款收入支出决算表\n单位：万元\n")
        assert [side for _, side in self.sides(reading)] == [
            *("opening", "income", "expenditure", "expenditure", "closing")
        ]

    def test_rows_of_two_sides_and_what_is_carried_over(self):
        grid = lines("""
            收入 | | 支出 | |
            项目 | 决算数 | 项目 | 合计 | 一般公共预算财政拨款
            一、一般公共预算财政拨款 | 8 | 一、教育支出 | 9 | 9
            本年收入合计 | 8 | 本年支出合计 | 9 | 9
            年初财政拨款结转和结余 | 2 | 年末财政拨款结转和结余 | 1 | 1
            一般公共预算财政拨款 | 2 | | |
            总计 | 10 | 总计 | 10 | 10
        """)
        reading = read(grid, before="财政拨款收入支出决算总表\n单位：万元\n")
        assert self.sides(reading) == [
            ("一般公共预算财政拨款", "income"),
            *[("教育支出", "expenditure")] * 2,
            ("本年收入合计", "income"),
            *[("本年支出合计", "expenditure")] * 2,
            ("年初财政拨款结转和结余", "opening"),
            *[("年末财政拨款结转和结余", "closing")] * 2,
            ("一般公共预算财政拨款", "opening"),
            ("总计", "income"),
            *[("总计", "expenditure")] * 2,
        ]

    def test_tables_of_one_side(self):
        revenue = lines("科目编码|科目名称|合计|一般公共预算\n201|一般公共服务支出|5|5")
        assert {side for _, side in self.sides(read(revenue, before="收入决算表\n"))} == {"income"}
        basic = lines("科目编码|科目名称|合计\n301|工资福利支出|5")
        found = self.sides(read(basic, before="一般公共预算财政拨款基本支出决算表\n"))
        assert found == [("工资福利支出", "expenditure")]


class TestTablesCutInTwo:
    HEADER = "科目编码 | 科目名称 | 合计 | 基本支出"

    def test_a_grid_with_the_same_header_goes_on(self):
        """As a table of many pages comes out of a text processor."""
        first = lines(
            f"支出决算表 | | |\n{self.HEADER}\n合计 | | 9 | 9\n201 | 一般公共服务支出 | 4 | 4"
        )
        reading = read(first, lines(f"{self.HEADER}\n205 | 教育支出 | 5 | 5"))
        assert [fact.series for fact in reading.facts] == ["T1R3C3", "T1R3C4"] * 3
        assert {len(listing.members) for listing in reading.listings} == {2}

    def test_a_grid_of_its_own_title_is_another_table(self):
        first = lines(f"支出决算表 | | |\n{self.HEADER}\n205 | 教育支出 | 5 | 5")
        other = lines(
            f"政府性基金预算财政拨款支出决算表 | | |\n{self.HEADER}\n205 | 教育支出 | 5 | 5"
        )
        assert len({fact.series for fact in read(first, other).facts}) == 4

    def test_a_row_cut_by_the_end_of_a_page(self):
        """Its name above, its figures below."""
        cut = "2050101 | 行政运行 | |\n | | 5 | 4\n2050102 | 一般行政管理事务 | 6 | 1"
        reading = read(lines(f"{self.HEADER}\n{cut}"), before="支出决算表\n")
        assert [(fact.code, fact.label, int(fact.amount.number)) for fact in reading.facts] == [
            *[("2050101", "行政运行", 5), ("2050101", "行政运行", 4)],
            *[("2050102", "一般行政管理事务", 6), ("2050102", "一般行政管理事务", 1)],
        ]
        assert "name from the row above" in reading.facts[0].flags


class TestPerformance:
    @pytest.mark.parametrize(
        ("target", "comparator"),
        [
            ("≥95%", ">="),
            ("不少于9人", ">="),
            ("9人以上", ">="),
            ("95%（含）以上", ">="),
            ("大于85%", ">"),
            ("不超过30天", "<="),
            ("30天以内", "<="),
            ("＜3%", "<"),
            ("低于3%", "<"),
            ("12次", None),
        ],
    )
    def test_what_a_target_asks(self, target, comparator):
        grid = lines(f"""
            一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 权重
            产出指标 | 及时率 | {target} | 96 | 10
        """)
        facts = {fact.measure: fact for fact in read(grid).facts}
        assert (facts["target"].comparator, facts["actual"].comparator) == (comparator, None)
        assert shown(facts["weight"]) == ("及时率", None, "weight", "10分")

    def test_a_sign_in_a_column_of_its_own(self):
        grid = lines("""
            一级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 实际完成值
            产出指标 | 培训人数 | ≥ | 50 | 人 | 52
        """)
        target = next(fact for fact in read(grid).facts if fact.measure == "target")
        assert (target.comparator, target.amount.unit) == (">=", "人")

    def test_keys_before_values_and_indicators_with_comparators(self):
        """四川 2019: a form of pairs above a table of indicators."""
        grid = lines("""
            项目绩效目标完成情况表
            (2019 年度)
            项目名称 | 政务平台运行维护
            预算执行情况(万元) | 预算数: | 40 | 执行数: | 38
            | 其中-财政拨款: | 40 | 其中-财政拨款: | 38
            年度目标完成情况 | 预期目标 | | 实际完成目标
            | 保障正常运行 | | 满意度90%。
            绩效指标完成情况 | 一级指标 | 二级指标 | 三级指标 | 预期指标值 | 实际完成指标值
            | 项目完成指标 | 数量指标 | 安保和保洁 | 9人以上 | 13人
            | 满意度指标 | 满意度指标 | 公众满意度 | 大于85% | 大于90%
        """)
        reading = read(grid)
        assert [shown(fact) for fact in reading.facts] == [
            ("政务平台运行维护/预算数", None, "budget", "40万元"),
            ("政务平台运行维护/执行数", None, "final", "38万元"),
            ("政务平台运行维护/其中-财政拨款（预算）", None, "budget", "40万元"),
            ("政务平台运行维护/其中-财政拨款（执行）", None, "final", "38万元"),
            ("安保和保洁", None, "target", "9人"),
            ("安保和保洁", None, "actual", "13人"),
            ("公众满意度", None, "target", "85%"),
            ("公众满意度", None, "actual", "90%"),
        ]
        assert [span.quote for span in reading.unaccounted] == ["90"]

    def test_scores_and_rates_of_the_national_form(self):
        grid = lines("""
            项目支出绩效自评表
            项目名称 | | | 信息化运维
            项目资金（万元） | | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
            | 年度资金总额 | | 100.00 | 98.00 | 95.00 | 10 | 96.94% | 9.69
            绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
            | 产出指标（50分） | 数量指标 | 系统数量 | ≥5个 | 6个 | 10 | 10
            | | 时效指标 | 完成时间 | 2024年12月31日前 | 2024年11月 | 10 | 9
            总分 | | | | | | 100 | 97.19
        """)
        reading = read(grid)
        assert [shown(fact)[2:] for fact in reading.facts[:6]] == [
            ("budget", "100.00万元"),
            ("adjusted_budget", "98.00万元"),
            ("final", "95.00万元"),
            ("weight", "10分"),
            ("completion", "96.94%"),
            ("score", "9.69分"),
        ]
        assert shown(cell(reading, "T1R8C8")) == ("信息化运维/总分", None, "score", "97.19分")
        assert kinds(reading).count("date") == 5
        assert not reading.unaccounted


def truth_files() -> list[Path]:
    return sorted((SHARED / "truth").glob("*.tables.json"))


@pytest.mark.shared
@pytest.mark.skipif(not truth_files(), reason="what a person read does not lie beside")
@pytest.mark.parametrize("path", truth_files(), ids=lambda path: path.name[:14])
def test_every_amount_a_person_read(path: Path):
    """Each amount of two real accounts, at its row and column, as printed."""
    pages = json.loads(path.read_text(encoding="utf-8"))
    reading = read_tables(document(*(page["grid"] for page in pages)), FINAL)
    expected = {
        f"T{number}R{row + 1}C{column + 1}": amount
        for number, page in enumerate(pages, start=1)
        for row, column, _, amount in page["amounts"]
    }
    assert {fact.id: fact.span.quote for fact in reading.facts} == expected
    assert not reading.unaccounted
    labels = {
        f"T{number}R{row + 1}C{column + 1}": label
        for number, page in enumerate(pages, start=1)
        for row, column, label, _ in page["amounts"]
        if label
    }
    assert all(labels[fact.id].endswith(fact.label) for fact in reading.facts if fact.id in labels)
