"""What a document is, told by titles as offices of many provinces write them."""

import time

import pytest

from fiscal.documents.reader import read_file
from fiscal.extract.profile import profile_of
from fiscal.model import Document, DocumentKind, Profile
from tests.conftest import SHARED
from tests.test_tables import document, lines

FINAL, BUDGET = DocumentKind.FINAL_ACCOUNTS, DocumentKind.BUDGET
TEMPLATE, UNKNOWN = DocumentKind.TEMPLATE, DocumentKind.UNKNOWN


def of(text: str) -> Profile:
    return profile_of(Document("", "", text))


# The top of a page, and what a reader would say of it: kind, year, whose.
TITLES = [
    ("云岭省林业和草原厅2023年度部门决算", FINAL, 2023, "云岭省林业和草原厅"),
    ("云岭省林业和草原厅\n2023年度部门决算", FINAL, 2023, "云岭省林业和草原厅"),
    ("2023年度\n云岭省林业和草原厅\n部门决算公开", FINAL, 2023, "云岭省林业和草原厅"),
    ("云岭省审计厅\n部门决算\n（2022年度）", FINAL, 2022, "云岭省审计厅"),
    ("临江市水务局2024年部门预算公开", BUDGET, 2024, "临江市水务局"),
    ("临江市水务局部门2024年预算公开说明", BUDGET, 2024, "临江市水务局"),
    ("关于临江市水务局2024年部门预算公开的说明", BUDGET, 2024, "临江市水务局"),
    ("临江市水务局关于2024年度部门预算的公开说明", BUDGET, 2024, "临江市水务局"),
    ("关于2024年部门决算公开的说明\n单位名称：石桥县档案馆", FINAL, 2024, "石桥县档案馆"),
    (
        "2025年度石桥县青溪镇人民政府部门预算编制说明",
        BUDGET,
        2025,
        "石桥县青溪镇人民政府",
    ),
    ("南岭师范大学2022年度单位决算", FINAL, 2022, "南岭师范大学"),
    ("二〇二三年度石桥县司法局部门决算公开报告", FINAL, 2023, "石桥县司法局"),
    ("石桥县司法局二○二一年度部门决算", FINAL, 2021, "石桥县司法局"),
    ("石桥县司法局２０２０年度部门决算", FINAL, 2020, "石桥县司法局"),
    ("石桥县教育局（本级）2023年度单位决算", FINAL, 2023, "石桥县教育局"),
    ("石桥县教育局（汇总）2023年度部门决算", FINAL, 2023, "石桥县教育局"),
    ("石桥县教育局本级2023年度单位决算公开", FINAL, 2023, "石桥县教育局"),
    ("石桥县教育局2023年度汇总决算", FINAL, 2023, "石桥县教育局"),
    ("中共石桥县委组织部2024年部门预算", BUDGET, 2024, "中共石桥县委组织部"),
    (
        "石桥县融媒体中心（石桥县广播电视台）2023年部门决算",
        FINAL,
        2023,
        "石桥县融媒体中心（石桥县广播电视台）",
    ),
    (
        "石桥县2025年县级部门预算\n预算主管部门：石桥县交通运输局",
        BUDGET,
        2025,
        "石桥县交通运输局",
    ),
    ("青山区2026年区级单位预算\n预算单位：青山区第二幼儿园", BUDGET, 2026, "青山区第二幼儿园"),
    ("北原自治区人力资源和社会保障厅2024年自治区级部门预算", BUDGET, 2024, None),
    (
        "附件2\n\n石桥县红十字会\n2021年部门决算情况说明\n2022年9月28日",
        FINAL,
        2021,
        "石桥县红十字会",
    ),
    (
        "首页 > 政务公开 > 预决算\n发布时间：2024-09-12 来源：县财政局\n"
        "石桥县总工会2023年度部门决算公开",
        FINAL,
        2023,
        "石桥县总工会",
    ),
    (
        "# 石桥县人民检察院\n\n## 2023 年度部门决算\n\n二〇二四年八月\n\n目录",
        FINAL,
        2023,
        "石桥县人民检察院",
    ),
    ("石桥县妇女联合会2024年“三公”经费预算公开情况说明", BUDGET, 2024, "石桥县妇女联合会"),
    (
        "石桥县北街街道办事处2023年度财政拨款“三公”经费决算公开",
        FINAL,
        2023,
        "石桥县北街街道办事处",
    ),
    ("石桥县人民医院2022年度部门整体决算", FINAL, 2022, "石桥县人民医院"),
    ("石桥县公安局交通警察大队2024年单位预算", BUDGET, 2024, "石桥县公安局交通警察大队"),
    (
        "第一部分 石桥县统计局概况\n一、主要职能\n第二部分 石桥县统计局2023年度部门决算表",
        FINAL,
        2023,
        "石桥县统计局",
    ),
    (
        "2023年部门决算公开目录\n一、石桥县信访局基本情况\n二、2023年度决算表",
        FINAL,
        2023,
        "石桥县信访局",
    ),
    ("2022年度部门决算公开文本\n石桥县科学技术协会", FINAL, 2022, "石桥县科学技术协会"),
    ("石桥县\n2023年度县级部门决算\n（石桥县水利局）", FINAL, 2023, "石桥县水利局"),
    ("石桥县水利局（含所属单位）2024 年 部 门 预 算", BUDGET, 2024, "石桥县水利局"),
    (
        "国家税务总局石桥县税务局\n二零二二年度\n部 门 决 算",
        FINAL,
        2022,
        "国家税务总局石桥县税务局",
    ),
    ("××县××局20××年度部门决算", TEMPLATE, None, "××县××局"),
    ("关于做好2024年度部门决算公开工作的通知", UNKNOWN, 2024, None),
    ("石桥县2024年预算执行情况和2025年预算草案的报告", UNKNOWN, 2024, "石桥县"),
    ("石桥县财政局2023年工作总结", UNKNOWN, None, None),
]


@pytest.mark.parametrize(("page", "kind", "year", "organisation"), TITLES)
def test_a_title_page_says_what_whose_and_when(page, kind, year, organisation):
    """In one line or several, in digits or characters, with whatever stands around the name."""
    profile = of(page)
    found = (profile.kind, profile.fiscal_year)
    assert found == (kind, year)
    if organisation:
        assert profile.organisation == organisation


def test_the_name_of_a_region_s_department_keeps_its_region():
    """自治区级 is no part of the name, 自治区 is."""
    profile = of("北原自治区人力资源和社会保障厅2024年自治区级部门预算")
    assert profile.organisation == "北原自治区人力资源和社会保障厅"


def test_a_year_given_overrules_the_title():
    """A slip on a title page need not stop anyone."""
    assert profile_of(Document("", "", "某县财政局2019年度部门决算"), 2020).fiscal_year == 2020


class TestShortNames:
    HEAD = "石桥县市场监督管理局2023年度部门决算\n"

    def test_what_is_introduced_and_what_the_body_says_of_itself(self):
        """我局 and 本部门, and what stands after 以下简称."""
        text = "石桥县市场监督管理局（以下简称“县市监局”）负责监管。我局支出5万元，本部门无车。"
        assert set(of(self.HEAD + text).short_names) == {"县市监局", "我局", "本部门"}

    def test_other_names_are_none(self):
        """Neither a variant of the name, nor the name of something else, nor a word that has 我."""
        text = (
            "石桥县市监局召开会议。“三公”经费（以下简称三公）减少。本会计年度、本办法、我县、"
            "本所有人不变，本委、我镇也不是它。"
        )
        assert of(self.HEAD + text).short_names == ()


class TestUnit:
    def test_the_unit_most_amounts_have(self):
        """Whatever the tables of a budget are in."""
        assert of("单位：元\n收入5.00万元，支出4.00万元，其中培训费30元。").unit == "万元"

    def test_the_unit_declared_where_no_amount_has_one(self):
        """Above the figures, or in a sentence."""
        assert of("金额单位：元\n收入 5.00").unit == "元"
        assert of("本说明以“万元”为单位。收入5.00").unit == "万元"
        assert of("收入 5.00").unit is None


FORM = """
    收入支出决算总表 | | |
    项目 | 决算数 | 项目 | 决算数
    一、一般公共预算财政拨款收入 | {0} | 一、一般公共服务支出 |
    本年收入合计 | {0} | 本年支出合计 |
"""


class TestForms:
    def test_a_form_nobody_filled_in_is_a_template(self):
        """Empty tables, or gaps where amounts should be."""
        empty = document(lines(FORM.format("")), before="××县××局2024年度部门决算\n")
        assert profile_of(empty).kind is TEMPLATE
        assert of("XX局2024年度部门决算\n收入总计XX万元，支出总计XX.XX万元。").kind is TEMPLATE

    def test_a_name_that_was_made_unknown_does_not_make_a_template(self):
        """Where the amounts are there."""
        filled = document(lines(FORM.format("12.50")), before="××县××局2024年度部门决算\n")
        assert profile_of(filled).kind is FINAL
        assert of("XX市XX局2023年部门预算公开\n收入总计12.50万元。").organisation == "XX市XX局"
        assert of("XX市XX局2023年部门预算公开\n收入总计12.50万元。").kind is BUDGET


class TestContents:
    CONTENTS = (
        "石桥县粮食局2023年度部门决算\n目　录\n第一部分 部门概况............1\n"
        "一、主要职责............1\n第二部分 2023年度部门决算表............3\n"
        "一、收入支出决算总表............3\n二、支出决算表............4\n"
        "三、一般公共预算财政拨款支出决算表............5\n"
        "第三部分 名词解释............9\n"
    )
    BODY = (
        "第一部分 石桥县粮食局概况\n一、主要职责\n负责粮食。\n第二部分 2023年度部门决算表\n"
        "收入支出决算总表\n{}一般公共预算财政拨款支出决算表\n第三部分 名词解释\n"
    )

    def test_all_that_is_listed_is_there(self):
        """Whatever number and whosever name stands before it."""
        profile = of(self.CONTENTS + self.BODY.format("支出决算表\n"))
        assert profile.listed == (
            "部门概况",
            "主要职责",
            "2023年度部门决算表",
            "收入支出决算总表",
            "支出决算表",
            "一般公共预算财政拨款支出决算表",
            "名词解释",
        )
        assert profile.lacking == ()

    def test_what_is_missing_is_named(self):
        """Although its name is part of another table's."""
        assert of(self.CONTENTS + self.BODY.format("")).lacking == ("支出决算表",)

    def test_no_contents_list_nothing(self):
        """A text may have none."""
        profile = of("石桥县粮食局2023年度部门决算\n一、概况\n负责粮食。")
        assert (profile.listed, profile.lacking) == ((), ())

    def test_tables_are_known_by_their_titles_filled_in_or_not(self):
        """Each once."""
        empty = document(lines(FORM.format("")), lines(FORM.format("")))
        assert profile_of(empty).tables == ("final_accounts_summary_table",)


@pytest.mark.parametrize(
    "text",
    [
        "目录\n" + "." * 50_000,
        "局" * 100_000,
        "（" * 50_000 + "2023年部门决算",
        "石桥县财政局2023年度部门决算" * 10_000,
        "x" * 100_000 + "万元",
        ("石桥县财政局（以下简称" * 5_000),
        "二" * 100_000 + "年决算",
        "目录\n" + "一、收入决算表…1\n" * 20_000,
    ],
)
def test_hostile_text_takes_no_time(text):
    """Nothing is looked at twice over."""
    start = time.process_time()
    of(text)
    assert time.process_time() - start < 2


REAL = {
    "emeishan-government-office-2019-final-accounts.txt": (FINAL, 2019, "峨眉山市人民政府办公室"),
    "putuo-finance-bureau-2024-final-accounts.pdf": (FINAL, 2024, "上海市普陀区财政局"),
    "putuo-finance-bureau-2025-budget.pdf": (BUDGET, 2025, "上海市普陀区财政局"),
    "putuo-justice-bureau-2026-budget.pdf": (BUDGET, 2026, "上海市普陀区司法局"),
    "putuo-justice-bureau-2026-budget.xlsx": (UNKNOWN, 2026, "上海市普陀区司法局"),
    "putuo-planning-bureau-2024-final-accounts.pdf": (
        FINAL,
        2024,
        "上海市普陀区规划和自然资源局",
    ),
    "putuo-wanli-subdistrict-2024-budget.pdf": (
        BUDGET,
        2024,
        "上海市普陀区人民政府万里街道办事处",
    ),
    "shanghai-template-2024-final-accounts.pdf": (TEMPLATE, 2024, "上海市XX局"),
    "shanghai-template-budget.xls": (TEMPLATE, 2026, None),
    "shanghai-template-department-budget.xlsx": (TEMPLATE, 2026, "上海市普陀区XX局"),
}


@pytest.mark.parametrize("name", REAL)
def test_real_documents(name):
    """As a person reads their first page; nothing that their contents list is missing."""
    path = SHARED / "documents" / name
    if not path.exists():
        pytest.skip("the real disclosures do not lie beside this repository")
    profile = profile_of(read_file(str(path)))
    kind, year, organisation = REAL[name]
    assert (profile.kind, profile.fiscal_year, profile.unit) == (kind, year, "万元")
    assert organisation is None or profile.organisation == organisation
    assert profile.lacking == ()
