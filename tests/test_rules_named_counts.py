"""Numbers of bodies, offices, persons and projects against those that are named."""

import pytest

from fiscal.documents import plain_text
from fiscal.extract.extractor import extract_facts
from fiscal.rules.catalogue import selected
from fiscal.rules.check import check
from tests.test_rules_wording import TITLE, found


class TestNamedCounts:
    @pytest.mark.parametrize(
        "text",
        [
            "某局内设5个股室，分别是办公室、文化艺术股、广播电视股、旅游市场股；另有其他。",
            "内设机构包括：办公室、财务股、种植股、畜牧股、监管股、科教股等7个股室。",
            "内设办公室、人事科、业务科等2个科室。",
            "纳入编制范围的预算单位共计4家，具体包括：某市某局（本级）、某中心、某某站。",
            "单位构成包括：某局本级以及甲大队、乙中心、丙中心3个二级机构，共5个单位。",
            "编报的单位共4个。其中：行政单位1个，其他事业单位3个。分别是：1.某市某局；2.甲中心；3.某林场。",
            "独立核算单位（以下简称“单位”）共2个，具体情况如下：\n\n"
            "1.某局本级，行政单位，财政拨款。2.甲管理处，事业单位。3.乙中心，事业单位。",
            "独立核算单位共3个，具体情况如下：\n\n序号\t单位名称\n1\t某局本级\n2\t甲中心",
        ],
    )
    def test_a_number_that_is_not_that_of_the_names_is_found(self, text):
        assert len(found("L604", TITLE + text)) == 1

    @pytest.mark.parametrize(
        "text",
        [
            "某局内设4个股室，分别是办公室、文化艺术股、广播电视股、旅游市场股；另有其他。",
            "内设办公室、人事科等8个科室。",
            "内设办公室、人事科、财务科和机关党委4个机构。",
            "内设综合科、计划与财务科2个科室。",
            "我局设办公室、财务科、业务科3个科室和1个下属事业单位。",
            "我局内设办公室、规划、建设与管理科、财务科3个科室。",
            "包括局本级及甲中心、某乙站2个下属单位。",
            "单位构成包括：某局本级以及甲大队、乙中心、丙中心3个二级机构，共4个单位。",
            "行政单位1家、事业单位3家，具体包括：\n\n1.某局本级\n\n2.甲站\n\n3.乙站\n\n4.丙站",
            "内设5个科室：办公室、财务科；业务一科、业务二科；执法科。",
            "内设5个科室：办公室、财务科等科室。",
            "内设5个科室：办公室、财务科、3个业务科室。",
            "内设2个科室：①办公室②财务科。",
            "下设0个处室，分别是：我单位无下设处室。",
            "预算单位共计4家，具体包括：某市某局、甲中心、\n\n某乙站、某丙所。",
            "独立核算单位共2个，具体情况如下：\n\n序号\t单位名称\n1\t某局本级\n2\t甲中心",
        ],
    )
    def test_selections_and_names_that_may_be_two_are_left_alone(self, text):
        assert found("L604", TITLE + text) == []

    def test_kinds_may_follow_in_a_sentence_of_their_own(self):
        text = "编报的单位共{}个。其中：行政单位1个，其他事业单位2个。"
        assert found("L601", text.format(4))
        assert not found("L601", text.format(3))


class TestCountedKinds:
    def test_the_retired_are_those_of_both_kinds(self):
        text = "离退休人员143人，其中：离休2人，退休{}人。"
        assert found("L605", text.format(114))
        assert found("L605", text.format(142))
        assert not found("L605", text.format(141))
        assert not found("L605", "离退休人员143人，其中退休114人。")

    def test_posts_of_two_kinds_may_leave_others_and_are_no_more_than_all(self):
        text = "实有人员88人。其中：行政编制{}人（含行政工勤编制3人），事业编制57人（含参公30人）。"
        assert not found("L605", text.format(31))
        assert not found("L605", text.format(20))
        assert found("L605", text.format(32))

    @pytest.mark.parametrize(
        "text",
        [
            "编报目标的项目4个；绩效自评项目5个（其中，评级为“优”的项目{}个；“良”的项目1个）。",
            "对5个部门项目开展自评。评价得分在90分（含）以上的{}个，得分在75-90分（含）的1个。",
            "开展绩效自评项目5个，自评结果为“优”{}个，“良”1个，“中”0个。",
        ],
    )
    def test_grades_come_to_the_projects_told_before(self, text):
        assert not found("L606", text.format(4))
        assert len(found("L606", text.format(5))) == 1

    @pytest.mark.parametrize(
        "text",
        [
            "对5个项目开展自评，其中优3个，良1个，其余1个尚未完成。",
            "对5个项目开展自评，其中优3个。",
            "部门评价优3个，良1个。",
            "5个项目优3个、良2个，3个单位优1个、良1个。",
        ],
    )
    def test_grades_of_some_or_of_something_else_are_left_alone(self, text):
        assert found("L606", text) == []


class TestVehicles:
    @pytest.mark.parametrize(
        ("kinds", "is_wrong"),
        [
            ("执法执勤用车12辆、其他用车2辆。", False),
            ("执法执勤用车11辆、其他用车2辆。", True),
            ("执法执勤用车11辆、应急保障用车2辆。", False),
            ("一般公务用车9辆、执法执勤用车6辆。", True),
            ("一般公务用车8辆、执法执勤用车6辆。", False),
            ("执法执勤用车11辆、其他用车2辆，租用1辆。", False),
            ("执法执勤用车12辆（其中巡逻用车8辆）、其他用车2辆。", False),
        ],
    )
    def test_a_list_that_ends_with_others_names_all(self, kinds, is_wrong):
        text = "某县人民法院2021年度部门决算\n\n截至2021年末，共有车辆14辆，其中" + kinds
        document = plain_text.read(text.encode(), "a.txt", "")
        result = check(extract_facts(document), selected(("S304",)))
        assert bool(result.findings) is is_wrong
