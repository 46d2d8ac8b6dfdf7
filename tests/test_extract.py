"""Documents as wholes: what is read as a table of facts, what as an account, and both together."""

import json

import openpyxl
import pytest
from click.testing import CliRunner

from fiscal.cli import main
from fiscal.documents.reader import read_file
from fiscal.errors import FiscalError
from fiscal.extract.extractor import extract_facts
from fiscal.graph.account import Account, roll_up_account
from fiscal.model import Document, Outcome
from tests.conftest import SHARED
from tests.test_tables import document, lines

TITLE = "临江县水务局2024年度部门决算\n"
EXPENDITURE = """
    支出决算表 | | | |
    | | | | 单位：万元
    项目 | | 本年支出合计 | 基本支出 | 项目支出
    功能分类科目编码 | 科目名称 | | |
    合计 | | 90.00 | 60.00 | 30.00
    213 | 农林水支出 | 90.00 | 60.00 | 30.00
    21303 | 水利 | 90.00 | 60.00 | 30.00
    2130301 | 行政运行 | 60.00 | 60.00 |
    2130305 | 水利工程建设 | {works} | | 30.00
"""
FUNDS = """
    政府性基金预算财政拨款收入支出决算表 | | | | | |
    | | | | | | 单位：万元
    项目 | | 年初结转和结余 | 本年收入 | 本年支出 | | 年末结转和结余
    功能分类科目编码 | 科目名称 | | | 小计 | 项目支出 |
    合计 | | 5.00 | 7.00 | 9.00 | 9.00 | 3.00
    212 | 城乡社区支出 | 5.00 | 7.00 | 9.00 | 9.00 | 3.00
    21208 | 国有土地使用权出让收入安排的支出 | 5.00 | 7.00 | 9.00 | 9.00 | 3.00
    2120804 | 农村基础设施建设支出 | 5.00 | 7.00 | 9.00 | 9.00 | 3.00
"""
PROSE = (
    "五、一般公共预算财政拨款支出决算具体情况\n"
    "1.农林水支出（213类）水利（03款）行政运行（01项）：决算为60.00万元。\n"
)


def account(*tables: str, before: str = TITLE, after: str = "") -> Document:
    read = document(*map(lines, tables), before=before)
    return Document("", "", read.text + after, read.tables)


def rolled(read: Document) -> Account:
    return roll_up_account(extract_facts(read))


def outcomes(result: Account) -> set[Outcome]:
    return {node.outcome for node in result.nodes}


class TestAccounts:
    def test_tables_and_prose_are_read_into_one_extraction(self):
        """Each figure once, from where it stands, and no id twice."""
        extraction = extract_facts(account(EXPENDITURE.format(works="30.00"), after=PROSE))
        in_prose = [fact for fact in extraction.facts if not fact.is_in_table]
        assert [(fact.code, fact.span.quote) for fact in in_prose] == [("2130301", "60.00")]
        assert len(extraction.facts) == 14
        assert len({fact.id for fact in extraction.facts}) == len(extraction.facts)
        assert extraction.listings
        for fact in extraction.facts:
            place = fact.span
            assert extraction.document.text[place.start : place.end] == place.quote

    def test_a_workbook_of_account_tables_is_no_table_of_facts(self, tmp_path):
        """Although one of its sheets has the columns of one."""
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "支出决算表"
        for row in lines(EXPENDITURE.format(works="31.00")):
            sheet.append(row)
        plain = book.create_sheet("一般公共预算财政拨款支出决算表")
        for row in (
            ("临江县水务局2024年度", "", "单位：万元"),
            ("科目编码", "科目名称", "决算数"),
            ("213", "农林水支出", "1.00"),
        ):
            plain.append(row)
        book.save(tmp_path / "tables.xlsx")
        extraction = extract_facts(read_file(str(tmp_path / "tables.xlsx")), year=2024)
        assert {fact.section for fact in extraction.facts} == {
            "final_accounts_expenditure_table",
            "final_accounts_general_public_table",
        }
        assert roll_up_account(extraction).is_violated

    def test_a_document_without_figures_says_so(self):
        """Tables that are forms state nothing."""
        with pytest.raises(FiscalError, match="没有填写金额"):
            extract_facts(account("支出决算表 | |\n科目编码 | 科目名称 | 决算数\n201 | | "))


class TestColumns:
    def test_every_column_adds_up_for_itself(self):
        """Basic and project expenditure are parts of the total beside, not of each other."""
        result = rolled(account(EXPENDITURE.format(works="30.00")))
        assert outcomes(result) == {Outcome.HOLDS, Outcome.NOT_APPLICABLE}
        assert len({node.series for node in result.nodes}) == 3

    def test_a_wrong_cell_is_found_in_its_column_alone(self):
        """At its parent, in the column where it stands."""
        result = rolled(account(EXPENDITURE.format(works="31.00")))
        odd = [node for node in result.nodes if node.outcome is Outcome.VIOLATED]
        assert [(node.code, node.series) for node in odd] == [("21303", "T1R5C3")]

    def test_a_year_of_funds_has_four_trees(self):
        """What was there, came in, went out and is left, under one label and code."""
        result = rolled(account(FUNDS))
        assert len({node.series for node in result.nodes}) == 5
        assert Outcome.HOLDS in outcomes(result)
        assert Outcome.UNDETERMINED not in outcomes(result)

    def test_two_tables_of_one_kind_are_two(self):
        """A department's and its subordinate's figures are never compared."""
        other = EXPENDITURE.format(works="30.00").replace("0.00", ".00")
        result = rolled(account(EXPENDITURE.format(works="30.00"), other))
        assert len({node.series for node in result.nodes}) == 6
        assert not result.is_violated

    def test_each_classification_has_its_trees(self):
        """Functional and economic headings of one document, and either alone where asked."""
        basic = """
            一般公共预算财政拨款基本支出决算表 | |
            | | 单位：万元
            经济分类科目编码 | 科目名称 | 决算数
            301 | 工资福利支出 | 50.00
            30101 | 基本工资 | 50.00
        """
        read = extract_facts(account(EXPENDITURE.format(works="30.00"), basic))
        assert {node.scheme for node in roll_up_account(read).nodes} == {
            "functional",
            "departmental_economic",
        }
        alone = roll_up_account(read, "departmental_economic")
        assert {node.scheme for node in alone.nodes} == {"departmental_economic"}
        assert len(alone.left_out) == 13


class TestReport:
    def told(self, path, *options: str) -> str:
        return CliRunner().invoke(main, ["rollup", str(path), *options]).stdout

    @pytest.fixture
    def page(self, tmp_path):
        """An account as a web page with its one wrong cell."""
        rows = "".join(
            "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>"
            for row in lines(EXPENDITURE.format(works="31.00"))[2:]
        )
        path = tmp_path / "account.html"
        path.write_text(
            f"<p>{TITLE}</p><p>支出决算表</p><p>单位：万元</p><table>{rows}</table>", "utf-8"
        )
        return path

    def test_columns_that_add_up_take_a_line_each(self, page):
        """The one that does not is shown whole, with its table and column."""
        told = self.told(page)
        assert "✓ 支出决算表 基本支出 决算数：科目 4 个，成立 3" in told
        assert "✗ 21303 水利（支出决算表 本年支出合计 决算数）" in told
        assert told.count("2130305 水利工程建设") == 2

    def test_json_tells_the_column_of_every_node(self, page):
        """By the first figure in it."""
        record = json.loads(self.told(page, "--format", "json"))
        ids = {fact["id"] for fact in record["facts"]}
        assert {node["series"] for node in record["nodes"]} <= ids


REAL = (
    "putuo-finance-bureau-2024-final-accounts.pdf",
    "putuo-planning-bureau-2024-final-accounts.pdf",
    "putuo-finance-bureau-2025-budget.pdf",
    "putuo-justice-bureau-2026-budget.pdf",
    "putuo-wanli-subdistrict-2024-budget.pdf",
)


@pytest.mark.parametrize("name", REAL)
def test_the_tables_of_real_accounts_add_up(name):
    """They were published by offices whose software adds; a column that fails was misread."""
    path = SHARED / "documents" / name
    if not path.exists():
        pytest.skip("the real disclosures do not lie beside this repository")
    result = rolled(read_file(str(path)))
    in_tables = [node for node in result.nodes if node.series]
    assert {node.outcome for node in in_tables} == {Outcome.HOLDS, Outcome.NOT_APPLICABLE}
    assert not result.is_violated
    totals = [n for n in in_tables if n.depth == 0 and n.own and n.own.value and n.below]
    assert len(totals) > 5
    assert all(total.outcome is Outcome.HOLDS for total in totals)
