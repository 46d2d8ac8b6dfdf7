"""An official list is taken in whole, or refused with every error in its place."""

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from fiscal.cli import main
from fiscal.errors import UnknownHeading, UnreadableDocument
from fiscal.model import Document, Table
from fiscal.ontology import own_lists
from fiscal.ontology.bring_in import bring_in
from fiscal.ontology.listed_headings import listed_headings
from fiscal.ontology.scheme import Scheme
from tests.conftest import SHARED

WHOLE = (
    ("2024年政府收支分类科目", "", ""),
    ("科目编码", "科目名称", "说明"),
    ("201", "一般公共服务支出", "反映政府提供一般公共服务的支出。"),
    ("20103", "政府办公厅（室）及相关机构事务", "反映各级政府办公厅（室）的支出。"),
    ("2010301", "行政运行", "反映行政单位的基本支出。"),
)
EXPECTED = [
    ("201", "一般公共服务支出"),
    ("20103", "政府办公厅（室）及相关机构事务"),
    ("2010301", "行政运行"),
]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """No test touches the folder of whoever runs it."""
    monkeypatch.setenv("FISCAL_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def document(*tables, text=""):
    return Document("list.xlsx", "", text, tuple(Table("", rows) for rows in tables))


def found(*tables, text=""):
    return [(each.code, each.name) for each in listed_headings(document(*tables, text=text))]


def run(*arguments):
    """Run a command; the small lists of these tests are taken all the same."""
    replace = ["--replace"] if arguments[0] == "import" else []
    return CliRunner().invoke(main, ["scheme", *arguments, *replace])


def listed(tmp_path, *rows, name="list.csv"):
    path = tmp_path / name
    path.write_text("科目编码,科目名称\n" + "".join(f"{row}\n" for row in rows), "utf-8")
    return str(path)


@pytest.mark.parametrize(
    "tables",
    [
        [WHOLE],
        [tuple((name, code) for code, name, _ in WHOLE)],
        [
            (
                ("类", "款", "项", "科目名称"),
                ("201", "", "", "一般公共服务支出"),
                ("", "03", "", "政府办公厅（室）及相关机构事务"),
                ("", "", "01", "行政运行"),
            )
        ],
        [
            (
                ("201", "", "", "一般公共服务支出"),
                ("201", "03", "", "政府办公厅（室）及相关机构事务"),
                ("201", "03", "01", "行政运行"),
            )
        ],
        [
            (
                ("201", "00", "00", "一般公共服务支出"),
                ("201", "3", "0", "政府办公厅（室）及相关机构事务"),
                ("201", "3", "1", "行政运行"),
            )
        ],
        [
            (("201", "", "", "一般公共服务支出"), ("", "03", "", "政府办公厅（室）及相关机构事务")),
            (("类", "款", "项", "名称"), ("", "", "01", "行政运行"), ("", "- 2 -", "", "")),
        ],
        [
            (
                ("201", "一般公共服务支出", "20103", "政府办公厅(室)及相关"),
                ("", "", "", "机构事务"),
                ("", "", "2010301", "行政运行"),
            )
        ],
        [
            (
                ("201", "一般公共服务支出", "", ""),
                ("20103", "", "政府办公厅（室）及相关机构事务", ""),
                ("2010301", "", "", "行政运行"),
            )
        ],
        [
            (
                ("201 一般公共服务支出",),
                ("20103 政府办公厅（室）及相关机构事务",),
                ("2010301行政运行",),
            )
        ],
        [
            (
                ("201类", "一般公共服务支出"),
                ("201-03", "政府办公厅（室） 及相关机构事务"),
                ("2010301", "行政 运行"),
            )
        ],
    ],
    ids=[
        "whole",
        "name first",
        "in three columns",
        "repeated",
        "numbers and zeros",
        "over two pages",
        "two blocks, wrapped",
        "staggered names",
        "one cell",
        "spelt otherwise",
    ],
)
def test_codes_and_names_are_found_by_what_stands_in_the_cells(tables):
    """The same three headings, laid out as official lists lay them out."""
    assert sorted(found(*tables)) == EXPECTED


def test_lines_of_text_are_a_list_too():
    """Page furniture, explanations and prose are passed over; wrapped names are joined."""
    text = (
        "2024年政府收支分类科目\n科目编码 科目名称\n201 一般公共服务支出\n"
        "201 03 政府办公厅（室）及相关\n机构事务\n- 12 -\n"
        "2010301\n行政运行\n说明：201个单位执行本表。\n"
    )
    assert found(text=text) == EXPECTED
    assert found(text="2010301 行政运行 反映行政单位的基本支出。\n包括公务员。\n") == EXPECTED[2:]


def test_a_known_name_is_not_joined_with_what_follows():
    """A subtitle of text alone is no second half of 行政运行."""
    rows = (("2010301", "行政运行"), ("", "政府性基金部分"), ("2010302", "一般行政管理事务"))
    assert found(rows)[0] == ("2010301", "行政运行")


def test_tables_of_real_accounts_give_the_headings_of_the_register():
    """Every pair of code and name that two published accounts print, read by a person."""
    paths = sorted((SHARED / "truth").glob("*.tables.json"))
    if not paths:
        pytest.skip("the tables read by a person do not lie beside this repository")
    counts = []
    for path in paths:
        grids = [table["grid"] for table in json.loads(path.read_text("utf-8"))]
        tables = [tuple(tuple(cell or "" for cell in row) for row in grid) for grid in grids]
        lists, errors = bring_in(document(*tables), 2024)
        assert errors == ()
        for brought in lists:
            assert {change.kind for change in brought.changes} == {"gone"}
            counts.append((brought.scheme.name, len(brought.scheme)))
    assert counts == [
        ("functional", 19),
        ("departmental_economic", 64),
        ("functional", 24),
        ("departmental_economic", 65),
    ]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("2010401,行政运行", "第 5 行：2010401 的上级 20104 不在表中"),
        ("2010301,机关服务", "第 5 行：2010301 有两个名称：“机关服务”，此前为“行政运行”"),
        ("201030,行政运行", "第 5 行：“201030”不是科目编码（6 位）"),
        ("2O10302,机关服务", "第 5 行：“2O10302”不是科目编码"),
        ("3010101,基本工资", "第 5 行：3010101 不属于支出功能分类"),
        ("201030101,行政运行", "第 5 行：201030101 有 9 位，而支出功能分类只有 3 级"),
        ("2010302,", "第 5 行：2010302 没有名称"),
    ],
)
def test_an_error_is_told_with_its_place_and_nothing_is_written(tmp_path, home, row, told):
    """Exit code 3, nothing on stdout, no file."""
    rows = ("201,一般公共服务支出", "20103,政府办公厅（室）及相关机构事务", "2010301,行政运行", row)
    result = run("import", listed(tmp_path, *rows), "--year", "2024")
    assert (result.exit_code, result.stdout) == (3, "")
    assert f"list.csv：{told}" in result.stderr
    assert "处理：" in result.stderr
    assert not home.exists()


def test_all_errors_are_told_not_the_first(tmp_path):
    """In the order of the list."""
    path = listed(tmp_path, "201,一般公共服务支出", "2010301,行政运行", "2020101,行政运行")
    assert [
        line.split("：")[1] for line in run("import", path, "--year", "2024").stderr.splitlines()
    ] == [
        "第 3 行",
        "第 4 行",
    ]


def test_what_lists_nothing_is_refused(tmp_path):
    """With what would be read."""
    (tmp_path / "prose.txt").write_text("本表不含科目。\n", "utf-8")
    result = run("import", str(tmp_path / "prose.txt"), "--year", "2024", "--lang", "en")
    assert result.exit_code == 3
    assert "lines like “2010301 行政运行”" in result.stderr
    with pytest.raises(UnreadableDocument, match="没有找到科目"):
        bring_in(document(), 2024)


def test_pages_that_were_not_read_forbid_a_claim_to_be_complete():
    """A scanned page may hold any heading."""
    rows = (("201", "一般公共服务支出"),)
    scanned = Document("list.pdf", "", "", (Table("", rows),), unread_pages=(3,))
    assert bring_in(scanned, 2024)[1] == ()
    (error,) = bring_in(scanned, 2024, is_complete=True)[1]
    assert "第 3 页" in error.render()


def workbook(tmp_path):
    """A list that prints one heading twice, names 20103 anew and has a section of its own."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ("科目编码", "科目名称"),
        (201, "一般公共服务支出"),
        (20103, "政府办公厅事务"),
        (2010301, "行政运行"),
        (2010301, "行政运行"),
        (2010306, "政务公开审批"),
        (20188, "数字政府事务"),
    ):
        sheet.append(row)
    book.save(tmp_path / "list.xlsx")
    return str(tmp_path / "list.xlsx")


def test_an_import_tells_what_is_new_gone_renamed_and_confirmed(tmp_path):
    """Against what is shipped; 2010306 is no longer a matter of memory."""
    result = run("import", workbook(tmp_path), "--year", "2024", "--format", "json")
    (record,) = json.loads(result.stdout)
    assert {key: record[key] for key in ("scheme", "fiscal_year", "headings", "repeated")} == {
        "scheme": "functional",
        "fiscal_year": 2024,
        "headings": 5,
        "repeated": 1,
    }
    sides = {
        kind: [
            (change["old"] or {}).get("name", "") + "→" + (change["new"] or {}).get("name", "")
            for change in record["changes"]
            if change["kind"] == kind
        ]
        for kind in ("added", "renamed")
    }
    assert sides == {
        "added": ["→数字政府事务"],
        "renamed": ["政府办公厅（室）及相关机构事务→政府办公厅事务"],
    }
    gone = len(Scheme.shipped("functional", 2024)) - 4
    assert sum(change["kind"] == "gone" for change in record["changes"]) == gone
    shipped = Scheme.shipped("functional", 2024)["2010306"].attestation
    assert sum(record["confirmed"].values()) == record["confirmed"][shipped] == 1


def test_later_commands_use_an_imported_list_until_it_is_forgotten(tmp_path):
    """In the same process, where the shipped list was used before."""
    assert Scheme.of("functional", 2024)["20103"].name == "政府办公厅（室）及相关机构事务"
    run("import", workbook(tmp_path), "--year", "2024", "--complete")
    scheme = Scheme.of("functional", 2024)
    assert scheme.is_complete
    assert scheme.is_own
    assert [heading.code for heading in scheme] == ["201", "20103", "2010301", "2010306", "20188"]
    heading = scheme["2010301"]
    assert heading.budgets == {"general_public_budget"}
    assert (heading.attestation, heading.seen_years, heading.sources) == (
        "attested",
        ("2024",),
        ("list.xlsx",),
    )
    assert scheme["20188"].budgets == frozenset()
    with pytest.raises(UnknownHeading, match="该年科目表完整"):
        scheme["202"]
    assert not Scheme.of("functional", 2023).is_own
    asked = CliRunner().invoke(main, ["glossary", "20188"])
    assert "数字政府事务" in asked.stdout
    assert run("forget", "functional", "2024").exit_code == 0
    assert "20188" not in Scheme.of("functional", 2024)
    assert run("forget", "functional", "2024").exit_code == 2


def test_a_list_imported_anew_takes_the_place_of_the_first(tmp_path):
    """Completeness too."""
    run("import", listed(tmp_path, "201,甲"), "--year", "2024", "--complete")
    assert Scheme.of("functional", 2024).is_complete
    run("import", listed(tmp_path, "201,乙"), "--year", "2024")
    assert Scheme.of("functional", 2024)["201"].name == "乙"
    assert not Scheme.of("functional", 2024).is_complete


def test_a_dry_run_writes_nothing(tmp_path, home):
    """It says so."""
    result = run("import", workbook(tmp_path), "--year", "2024", "--dry-run")
    assert result.exit_code == 0
    assert "未写入" in result.stdout
    assert not home.exists()


def test_a_book_of_several_classifications_gives_a_list_of_each(tmp_path):
    """Unless one is chosen, which the others then are errors against."""
    path = listed(tmp_path, "201,一般公共服务支出", "301,工资福利支出", "30101,基本工资")
    chosen = run("import", path, "--year", "2024", "--scheme", "functional")
    assert chosen.exit_code == 3
    assert "301 不属于支出功能分类" in chosen.stderr
    assert run("import", path, "--year", "2024").exit_code == 0
    assert Scheme.of("functional", 2024).is_own
    assert Scheme.of("departmental_economic", 2024)["30101"].name == "基本工资"


def test_lists_are_told_apart_by_whose_they_are(tmp_path):
    """With how many headings they have and how those are attested."""
    run("import", workbook(tmp_path), "--year", "2024", "--complete")
    records = json.loads(run("list", "--format", "json").stdout)
    assert len(records) == 4 * 9
    (own,) = (record for record in records if record["is_own"])
    assert own == {
        "scheme": "functional",
        "fiscal_year": 2024,
        "headings": 5,
        "attestations": {
            "attested": 5,
            "attested_before_2018": 0,
            "code_attested": 0,
            "unattested": 0,
        },
        "is_complete": True,
        "is_own": True,
    }
    text = run("list").stdout
    assert "完整  自备  有出处 100%" in text
    assert len(text.splitlines()) == 36


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("# incomplete\n", ""),
        lambda text: text.replace("201,甲", "201"),
        lambda text: text.replace("2024,2024", "2024,soon"),
        lambda text: text.replace("201,甲", "2O1,甲"),
    ],
)
def test_a_damaged_list_says_how_to_be_rid_of_it(tmp_path, damage):
    """Whichever command meets it."""
    run("import", listed(tmp_path, "201,甲"), "--year", "2024")
    path = own_lists.path_of("functional", 2024)
    path.write_text(damage(path.read_text("utf-8")), "utf-8")
    result = CliRunner().invoke(main, ["glossary", "201", "--year", "2024"])
    assert (result.exit_code, result.stdout) == (3, "")
    assert "fiscal scheme forget functional 2024" in result.stderr


def test_without_a_folder_of_its_own_the_list_goes_to_the_user_s(monkeypatch):
    """As the operating system has it."""
    monkeypatch.delenv("FISCAL_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", "/tmp/nowhere")
    assert own_lists.path_of("functional", 2024).name == "functional-2024.csv"
    assert "fiscal" in own_lists.path_of("functional", 2024).parts


def test_a_folder_that_cannot_be_written_is_told(tmp_path, monkeypatch):
    """The list is checked, but not kept."""
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("FISCAL_HOME", str(tmp_path / "file"))
    result = run("import", listed(tmp_path, "201,甲"), "--year", "2024")
    assert result.exit_code == 3
    assert "无法写入" in result.stderr
    assert Path(str(tmp_path / "file")).read_text("utf-8") == ""


def test_a_year_that_is_not_known_is_refused(tmp_path):
    """With the years that are."""
    result = run("import", listed(tmp_path, "201,甲"), "--year", "2017")
    assert result.exit_code == 2
    assert "2018–2026" in result.stderr


def imported(path, *arguments):
    """Import a list as a user does who did not think of `--replace`."""
    command = ["scheme", "import", str(path), "--year", "2024", *arguments]
    return CliRunner().invoke(main, command)


def test_a_form_to_fill_in_is_no_list(tmp_path):
    """The workbook of `fiscal template` would leave its own few headings."""
    path = str(tmp_path / "book.xlsx")
    CliRunner().invoke(main, ["template", "--year", "2024", "-o", path])
    result = imported(path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "不像科目表" in result.stderr
    assert not Scheme.of("functional", 2024).is_own


def test_a_list_that_takes_most_headings_away_is_taken_only_when_told(tmp_path):
    """With how many would go; a dry run shows which, and a list of most is taken at once."""
    shipped = Scheme.shipped("functional", 2024)
    path = listed(tmp_path, "201,一般公共服务支出")
    refused = imported(path)
    assert refused.exit_code == 2
    assert f"会取消 2024 年的 {len(shipped) - 1} 个" in refused.stderr
    assert "--replace" in refused.stderr
    assert not Scheme.of("functional", 2024).is_own
    assert "未写入" in imported(path, "--dry-run").stdout
    assert imported(path, "--replace").exit_code == 0
    most = [f"{heading.code},{heading.name}" for heading in shipped if heading.code < "216"]
    assert 2 * len(most) > len(shipped)
    assert imported(listed(tmp_path, *most)).exit_code == 0
    assert len(Scheme.of("functional", 2024)) == len(most)
