"""The working paper: a sound workbook that says what the check says, and computes the same."""

import io
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings

from fiscal.cli import main
from fiscal.documents.reader import read_file
from fiscal.extract.extractor import extract_facts
from fiscal.graph.account import roll_up_account
from fiscal.model import Extraction, Outcome
from fiscal.money import UNITS
from fiscal.report.figures import scale_of
from fiscal.report.trees import OUTCOMES
from fiscal.report.working_paper import working_paper_pieces
from fiscal.rules.catalogue import rules
from fiscal.rules.check import Check, check
from tests.conftest import REPOSITORY
from tests.laws.account_style import Style
from tests.laws.account_tables import lay_out
from tests.laws.accounts import accounts
from tests.spreadsheet import assert_sound, computed

SAMPLE = str(REPOSITORY / "data" / "sample-final-accounts.txt")
SHEETS = ["说明", "事实", "科目树", "关系", "问题", "覆盖"]


@pytest.fixture(scope="module")
def judged() -> Check:
    return check(extract_facts(read_file(SAMPLE)), rules())


@pytest.fixture(scope="module")
def paper(judged) -> bytes:
    return paper_of(judged)


def paper_of(*checks: Check) -> bytes:
    return b"".join(working_paper_pieces(checks, "zh", rules()))


def opened(data: bytes, computes: bool = False):
    return openpyxl.load_workbook(io.BytesIO(data), data_only=not computes)


def rows_of(data: bytes, name: str) -> list[dict]:
    header, *rows = opened(data)[name].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def assert_computes_itself(data: bytes) -> int:
    """Every formula, computed anew, gives the value that the file carries for it."""
    live, stored = opened(data, computes=True)["科目树"], opened(data)["科目树"]
    formulas = [cell for row in live for cell in row if cell.data_type == "f"]
    for cell in formulas:
        carried = stored[cell.coordinate].value
        carried = carried if isinstance(carried, str) else Decimal(str(carried))
        assert computed(live, cell.coordinate) == carried, cell.coordinate
    return len(formulas)


class TestSample:
    def test_a_spreadsheet_program_has_nothing_to_repair(self, paper):
        assert_sound(paper)
        assert opened(paper).sheetnames == SHEETS

    def test_formulas_give_what_they_carry(self, paper):
        assert assert_computes_itself(paper) > 20

    def test_a_program_that_computes_nothing_shows_the_same(self, paper, tmp_path):
        """Such as our own reader: figures, sums and differences with their unit."""
        path = tmp_path / "paper.xlsx"
        path.write_bytes(paper)
        (tree,) = (each for each in read_file(str(path)).tables if each.name == "科目树")
        (row,) = (row for row in tree.rows if row[2] == "208")
        assert row[5:8] == ("131.92万元", "118.401352万元", "13.518648万元")
        assert row[9:11] == ("否", "不成立")

    def test_a_changed_figure_changes_the_sums_above_it(self, paper):
        """The pensions printed as 13.52元 are 13.52万元: then 208 adds up."""
        sheet = opened(paper, computes=True)["科目树"]
        row_of = {sheet.cell(row, 3).value: row for row in range(2, sheet.max_row + 1)}
        assert computed(sheet, f"J{row_of['208']}") == "否"
        sheet[f"F{row_of['2080504']}"] = 13.52
        assert computed(sheet, f"J{row_of['208']}") == "是"
        assert computed(sheet, f"H{row_of['208']}") == 0

    def test_findings_carry_evidence_suspects_law_and_room_for_the_auditor(self, paper, judged):
        rows = rows_of(paper, "问题")
        assert [row["规则"] for row in rows if row["由第几项引起"] is None] == [
            each.rule.id for each in judged.findings
        ]
        (wrong,) = (row for row in rows if row["规则"] == "S102")
        assert "13.52元" in wrong["证据"]
        assert "13.52万元" in wrong["疑似有误"]
        assert "预算法" in wrong["依据"]
        assert wrong["备注"] is None
        (rule,) = opened(paper)["问题"].data_validations.dataValidation
        assert rule.formula1 == '"属实,不属实,已更正,待核实"'

    def test_every_relation_is_told_with_its_outcome_or_why_there_is_none(self, paper, judged):
        rows = rows_of(paper, "关系")
        for outcome, count in judged.outcomes.items():
            told = [row for row in rows if row["结果"] == OUTCOMES[outcome].zh]
            assert len(told) == count
            is_open = outcome in (Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE)
            assert all(row["原因"] for row in told) or not is_open
        (wrong,) = (row for row in rows if row["规则"] == "S102" and row["结果"] == "不成立")
        assert (wrong["表述数"], wrong["算得"], wrong["差额"]) == (1319200, 1184013.52, 135186.48)

    def test_numerals_are_accounted_for(self, paper, judged):
        counted = {row["去向"]: row["个数"] for row in rows_of(paper, "覆盖")}
        assert counted["事实"] == len(judged.extraction.facts)
        others = [count for name, count in counted.items() if name.startswith("非事实")]
        assert sum(others) == len(judged.extraction.non_facts)

    def test_whose_it_is_stands_in_front(self, paper, judged):
        told = {row[0]: row[1] for row in opened(paper)["说明"].iter_rows(values_only=True)}
        assert told["文件摘要（SHA-256）"] == judged.extraction.document.sha256
        assert (told["年度"], told["编报单位"]) == (2019, "示例市人民政府办公室")

    def test_it_prints_on_a4_across_with_its_header_on_every_page(self, paper):
        for sheet in opened(paper).worksheets[1:]:
            assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
            assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$1", "A2")
            assert sheet.auto_filter.ref == sheet.dimensions


class TestAnyAccount:
    @given(accounts())
    @settings(max_examples=5)
    def test_the_tree_computes_to_the_roll_up(self, account):
        extraction = extract_facts(lay_out(account, Style())[0])
        data = paper_of(Check(extraction, (), (), (), ()))
        assert_sound(data)
        assert assert_computes_itself(data)
        assert _told(data) == _rolled_up(extraction)


def _told(data: bytes) -> list[tuple]:
    keys = ("表列数", "下级合计", "差额", "容差")
    return [tuple(row[key] for key in keys) for row in rows_of(data, "科目树")]


def _rolled_up(extraction: Extraction) -> list[tuple]:
    unit = UNITS[scale_of(extraction.facts).unit]
    return [
        tuple(
            None if value is None else float(Fraction(value) / unit)
            for value in (
                node.own and node.own.value,
                node.below and node.below.value,
                node.difference,
                node.tolerance,
            )
        )
        for node in roll_up_account(extraction).nodes
    ]


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    """In a title, a quote or a name: no cell of the document's is ever computed."""
    path = tmp_path / "facts.csv"
    evil = "=cmd|' /C calc'!A0"
    path.write_text(f'code,name,amount,unit,year\n201,"{evil}",-1.00,万元,2024\n', "utf-8")
    out = tmp_path / "paper.xlsx"
    CliRunner().invoke(main, ["check", str(path), "--format", "xlsx", "-o", str(out)])
    book = opened(out.read_bytes(), computes=True)
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert any(cell.value and evil in str(cell.value) for cell in cells)
    assert not any(cell.data_type == "f" and "cmd" in cell.value for cell in cells)
    assert_sound(out.read_bytes())


def test_figures_longer_than_a_spreadsheet_holds_are_no_formulas(tmp_path):
    """Its sums would come out otherwise; the figures are told as texts, digit for digit."""
    path, out = tmp_path / "facts.csv", tmp_path / "paper.xlsx"
    long = "1234567890123456.78"
    path.write_text(
        f"code,name,amount,unit,year\n201,甲,{long},元,2024\n20103,乙,{long},元,2024\n", "utf-8"
    )
    CliRunner().invoke(main, ["check", str(path), "--format", "xlsx", "-o", str(out)])
    sheet = opened(out.read_bytes(), computes=True)["科目树"]
    values = [cell.value for row in sheet for cell in row]
    assert values.count(long) == 4
    assert not any(cell.data_type == "f" for row in sheet for cell in row)


def test_the_command_writes_the_paper_and_keeps_the_exit_code(tmp_path):
    out = tmp_path / "paper.xlsx"
    result = CliRunner().invoke(main, ["check", SAMPLE, "--format", "xlsx", "-o", str(out)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert opened(out.read_bytes()).sheetnames == SHEETS
    english = tmp_path / "paper-en.xlsx"
    arguments = ["check", SAMPLE, "--format", "xlsx", "--lang", "en", "-o", str(english)]
    assert CliRunner().invoke(main, arguments).exit_code == 1
    assert opened(english.read_bytes()).sheetnames[2] == "tree"
