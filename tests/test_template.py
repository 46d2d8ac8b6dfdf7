"""The workbook to fill in: what is typed into it is read back, and a wrong figure is found."""

import io
import re
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from fiscal.cli import main
from fiscal.documents.reader import read_file
from fiscal.extract.extractor import extract_facts
from fiscal.extract.profile import profile_of
from fiscal.graph.account import roll_up_account
from fiscal.model import Document, DocumentKind, Extraction
from fiscal.ontology.scheme import Scheme
from fiscal.report.form import form_pieces
from fiscal.report.form_tables import Form
from fiscal.rules.catalogue import rules, selected
from fiscal.rules.check import check
from fiscal.rules.rule import Severity
from tests.filling import filled, plain, saved, typed, with_texts
from tests.laws.account_style import Style, expected_in
from tests.laws.account_tables import tables_of
from tests.laws.accounts import Account, accounts
from tests.laws.test_table_laws import meaning
from tests.spreadsheet import assert_sound

ACCOUNTS = DocumentKind.FINAL_ACCOUNTS
BODY = "某某县财政局"
# What a random account need not meet: its receptions have nothing to do with basic spending.
RULES = selected((), ("R103", "R106"))
units = st.sampled_from(("元", "万元"))


# To shrink an account takes minutes, and the first one found is plain enough.
FEW = settings(max_examples=4, phases=(Phase.explicit, Phase.reuse, Phase.generate))


def run(*arguments: str):
    return CliRunner().invoke(main, list(arguments))


def form_of(kind: DocumentKind, year: int, **settings_) -> bytes:
    return b"".join(form_pieces(Form(kind, year, **settings_)))


def blank_for(account: Account, unit: str) -> bytes:
    economic = Scheme.of("departmental_economic", account.year)
    assume(all(code in economic for code in account.economic))
    codes = tuple(account.codes())
    return form_of(ACCOUNTS, account.year, unit=unit, organisation=BODY, headings=codes)


def read_document(data: bytes, folder) -> Document:
    path = folder / "book.xlsx"
    path.write_bytes(data)
    return read_file(str(path))


def read(data: bytes, folder) -> Extraction:
    return extract_facts(read_document(data, folder))


def noted(data: bytes, tables) -> bytes:
    """A workbook whose empty tables say why they are empty."""
    empty = [number for number, table in enumerate(tables, 1) if not expected_in([table])]
    note = "注：本单位没有该项收支，故本表无数据。"
    return with_texts(data, {f"{number:02}": ("注：", note) for number in empty})


class TestFilledIn:
    @given(accounts(), units)
    @FEW
    def test_every_figure_comes_back_and_nothing_is_wrong(self, folder, account, unit):
        """With its code, budget, measure and side; and no check raises an alarm."""
        data = blank_for(account, unit)
        tables = tables_of(account, Style(unit=unit))
        book = saved(data, filled(data, typed(data, tables, unit)))
        extraction = read(noted(book, tables), folder)
        read_back, wanted = Counter(map(meaning, extraction.facts)), Counter(expected_in(tables))
        assert (wanted - read_back, read_back - wanted) == ({}, {})
        profile = extraction.profile
        assert (profile.kind, profile.fiscal_year) == (ACCOUNTS, account.year)
        assert (profile.organisation, profile.unit) == (BODY, unit)
        assert not extraction.unaccounted
        assert not roll_up_account(extraction).is_violated
        alarms = check(extraction, RULES).findings
        assert not [each.message for each in alarms if each.severity is not Severity.NOTICE]

    @given(accounts(), st.data())
    @FEW
    def test_a_changed_figure_is_found(self, folder, account, data):
        """Typed over what the workbook had computed, in whatever cell."""
        book = blank_for(account, "万元")
        values = filled(book, typed(book, tables_of(account, Style()), "万元"))
        place = data.draw(st.sampled_from(sorted(key for key, value in values.items() if value)))
        extraction = read(saved(book, {**values, place: values[place] + 1}), folder)
        found = check(extraction, rules()).findings
        assert any(each.severity is Severity.ERROR for each in found)


class TestBlank:
    @pytest.mark.parametrize("kind", [ACCOUNTS, DocumentKind.BUDGET])
    @pytest.mark.parametrize("year", [2018, 2024, 2026])
    def test_a_spreadsheet_program_has_nothing_to_repair(self, kind, year, folder):
        """Nine tables behind the sheet that explains them; nobody filled in a figure yet."""
        data = form_of(kind, year)
        assert_sound(data)
        book = openpyxl.load_workbook(io.BytesIO(data))
        assert len(book.sheetnames) == 10
        document = read_document(data, folder)
        assert profile_of(document).kind is DocumentKind.TEMPLATE

    def test_commands_say_that_nothing_was_filled_in(self, tmp_path):
        path = tmp_path / "book.xlsx"
        assert run("template", "--year", "2024", "-o", str(path)).exit_code == 0
        for command in ("extract", "rollup"):
            result = run(command, str(path))
            assert (result.exit_code, result.stdout) == (3, "")
            assert "没有填写金额" in result.stderr
        assert "没有填写金额" in run("check", str(path)).stderr

    def test_headings_have_the_names_of_the_year(self):
        """208-05 was renamed after 2019; those asked for stand below all that is above them."""
        for year, name in ((2019, "行政事业单位离退休"), (2024, "行政事业单位养老支出")):
            sheet = opened(form_of(ACCOUNTS, year, headings=("2080505", "2010301")))[3]
            rows = {row[0].value: plain(row[1].value) for row in sheet.iter_rows(min_row=6)}
            codes = ["201", "20103", "2010301", "208", "20805", "2080505"]
            assert [code for code in rows if code in codes] == codes
            assert rows["20805"] == name

    def test_a_heading_stands_in_the_table_of_its_budget(self):
        """Land sales belong to the government funds, offices to the general public budget."""
        book = opened(form_of(ACCOUNTS, 2024, headings=("2010301", "2120801")))
        codes = [{row[0].value for row in book[at].iter_rows(min_row=6)} for at in (3, 5, 8)]
        assert [("2010301" in each, "2120801" in each) for each in codes] == [
            (True, True),
            (True, False),
            (False, True),
        ]

    def test_a_complete_one_has_every_heading_of_the_budget(self):
        sheet = opened(form_of(ACCOUNTS, 2024, is_complete=True))[5]
        codes = {row[0].value for row in sheet.iter_rows(min_row=7)}
        wanted = {
            heading.code
            for heading in Scheme.of("functional", 2024)
            if "general_public_budget" in heading.budgets
        }
        assert {code for code in wanted - codes if code[:3] not in ("227", "230", "233")} == set()

    def test_only_numbers_may_be_typed_for_amounts(self):
        """The cells that are filled in are those that the validation names."""
        sheet = opened(form_of(ACCOUNTS, 2024, headings=("2010301",)))[3]
        (rule,) = sheet.data_validations.dataValidation
        assert (rule.type, rule.operator) == ("decimal", "between")
        assert "D9" in rule.sqref
        assert sheet["D9"].value is None
        assert sheet["C9"].value == "=SUM(D9:H9)"


class TestBudget:
    def test_figures_typed_into_a_budget_come_back(self, folder):
        """By source, by type, by fund; in yuan."""
        data = form_of(DocumentKind.BUDGET, 2026, unit="元", organisation=BODY,
                       headings=("2010301", "2080505"))  # fmt: skip
        names = openpyxl.load_workbook(io.BytesIO(data)).sheetnames
        values = {
            (names[2], "D9"): Decimal("700.50"),
            (names[2], "H12"): Decimal(20),
            (names[3], "D9"): Decimal("700.50"),
            (names[3], "E12"): Decimal(20),
            (names[5], "D9"): Decimal("700.50"),
        }
        extraction = read(saved(data, filled(data, values)), folder)
        found = {
            (each.section, each.code, each.funding_source or each.expenditure_type): each
            for each in extraction.facts
        }
        assert extraction.profile.kind is DocumentKind.BUDGET
        assert {each.measure for each in extraction.facts} == {"budget"}
        amounts = {key: fact.amount.value for key, fact in found.items()}
        revenue, spending = "budget_revenue_table", "budget_expenditure_table"
        general = "general_public_appropriation"
        assert amounts[revenue, "2010301", general] == Fraction(1401, 2)
        assert amounts[revenue, "208", "institutional_revenue"] == 20
        assert amounts[revenue, "total", None] == Fraction(1441, 2)
        assert amounts[spending, "2080505", "project_expenditure"] == 20
        fund = found["budget_general_public_table", "201", "basic_expenditure"]
        assert (fund.budget, fund.amount.unit) == ("general_public_budget", "元")

    def test_a_budget_that_agrees_raises_no_alarm(self, folder):
        """Offices, pensions and land; five of them brought forward; one figure changed is found."""
        codes = ("2010301", "2080505", "2120801")
        data = form_of(DocumentKind.BUDGET, 2026, organisation=BODY, headings=codes)
        values = agreed_budget(data)
        figures = filled(data, values)
        note = "注：本单位没有国有资本经营预算支出，故本表无数据。"
        book = with_texts(saved(data, figures), {"07": ("注：", note)})
        extraction = read(book, folder)
        assert not check(extraction, rules()).findings
        assert not roll_up_account(extraction).is_violated
        one_of_each_table = {sheet: (sheet, place) for sheet, place in values}.values()
        for place in one_of_each_table:
            wrong = saved(data, {**figures, place: values[place] + 1})
            assert check(read(wrong, folder), rules()).findings, place


# Of each table: what names a row, in which column that stands, the figure's column, the figure.
BUDGET = {
    1: """
    一般公共预算拨款收入 A B 120.50 | 政府性基金预算拨款收入 A B 30 | 事业收入 A B 10
    上年结转结余 A B 5 | 一般公共服务支出 C D 110.50 | 社会保障和就业支出 C D 25
    城乡社区支出 C D 30
    """,
    2: """
    2010301 A D 100.50 | 2010301 A H 10 | 2080505 A D 20 | 2080505 A M 5 | 2120801 A E 30
    """,
    3: "2010301 A D 90.50 | 2010301 A E 20 | 2080505 A D 25 | 2120801 A E 30",
    4: """
    一般公共预算拨款收入 A B 120.50 | 政府性基金预算拨款收入 A B 30 | 上年结转结余 A B 5
    一般公共服务支出 C E 100.50 | 社会保障和就业支出 C E 25 | 城乡社区支出 C F 30
    """,
    5: "2010301 A D 80.50 | 2010301 A E 20 | 2080505 A D 25",
    6: "2120801 A E 30",
    8: "30101 A D 80.50 | 30201 A E 25",
}


def agreed_budget(data: bytes) -> dict[tuple[str, str], Decimal]:
    """What to type into the budget so that all of its tables agree."""
    sheets, values = opened(data), {}
    for number, told in BUDGET.items():
        for entry in filter(str.strip, re.split(r"[|\n]", told)):
            name, label_column, column, amount = entry.split()
            cells = sheets[number][label_column]
            row = next(cell.row for cell in cells if plain(cell.value) == name)
            values[sheets[number].title, f"{column}{row}"] = Decimal(amount)
    trips_and_cars = {"B7": Decimal(1), "C7": Decimal(2), "E7": Decimal(18), "F7": Decimal(3)}
    return values | {(sheets[9].title, place): value for place, value in trips_and_cars.items()}


class TestFilledByAProgram:
    def test_sums_that_were_never_computed_are_not_read_as_nothing(self, tmp_path):
        """What openpyxl saves has no values beside its formulas."""
        book = openpyxl.load_workbook(io.BytesIO(form_of(ACCOUNTS, 2024, headings=("2010301",))))
        book.worksheets[3]["D9"] = 12.5
        path = tmp_path / "book.xlsx"
        book.save(path)
        result = run("check", str(path))
        assert (result.exit_code, result.stdout) == (3, "")
        assert "01 收入支出决算总表" in result.stderr
        assert "打开并保存" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--year", "1999"), 2, "没有 1999 年的科目"),
        (("--year", "2024", "--headings", "2999999"), 3, "未见 2999999"),
        (("--year", "2024", "--headings", "30101"), 2, "不是支出功能分类科目"),
        (("--year", "2024", "--headings", "行政运行"), 2, "不是科目编码"),
        (("--year", "2024", "--headings", "201", "--complete"), 2, "不能同用"),
    ],
)
def test_what_cannot_be_laid_out_is_told(arguments, code, told, tmp_path):
    path = tmp_path / "book.xlsx"
    result = run("template", *arguments, "-o", str(path))
    assert (result.exit_code, result.stdout) == (code, "")
    assert told in result.stderr


def opened(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("template")
