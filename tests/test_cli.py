"""The command as people and programs use it: answers, exit codes, and nothing else on stdout."""

import json

import pytest
from click.testing import CliRunner

from fiscal.cli import main
from tests.conftest import REPOSITORY

SAMPLE = str(REPOSITORY / "data" / "sample-final-accounts.txt")
FACTS = str(REPOSITORY / "data" / "sample-facts.csv")


def run(*arguments: str, given: str | bytes | None = None):
    return CliRunner().invoke(main, ["rollup", *arguments], input=given)


def test_the_sample_shows_what_does_not_add_up():
    """Both numbers, the tolerance, and the line of the odd figure; exit code 1."""
    result = run(SAMPLE)
    assert result.exit_code == 1
    assert "表列 131.92，下级合计 118.40，相差 13.52（容差 ±0.025）万元" in result.stdout
    assert "2080504 未归口管理的行政单位离退休 13.52元（第 19 行，单位不是万元）" in result.stdout
    assert "成立 6，不成立 1，无法判断 0" in result.stdout
    assert result.stderr == ""


def test_a_table_that_adds_up_exits_0():
    """Nothing wrong."""
    assert run(FACTS).exit_code == 0


def test_json_keeps_money_as_exact_strings():
    """Stable keys; Chinese unescaped."""
    result = run(SAMPLE, "--format", "json")
    record = json.loads(result.stdout)
    assert "社会保障和就业支出" in result.stdout
    assert {key: record[key] for key in ("scheme", "fiscal_year", "unit")} == {
        "scheme": "functional",
        "fiscal_year": 2019,
        "unit": "万元",
    }
    (node,) = (n for n in record["nodes"] if n["code"] == "208")
    keys = ("reported", "computed", "difference", "tolerance", "outcome", "parent")
    assert [node[key] for key in keys] == [
        "131.92",
        "118.401352",
        "13.518648",
        "0.0250005",
        "violated",
        "total",
    ]
    cited = {fact["id"]: fact["quote"] for fact in record["facts"]}
    assert [cited[each] for each in node["evidence"]] == ["131.92", "131.92"]


def test_depth_and_language():
    """Only categories, told in English."""
    result = run(SAMPLE, "--depth", "1", "--lang", "en")
    assert "20103 " not in result.stdout.split("29 headings")[0]
    assert "reported 131.92, computed 118.40" in result.stdout


def test_standard_input_is_told_by_its_bytes():
    """A table or prose, without a name."""
    text = "code,amount,unit,year\n201,1.00,万元,2019\n2010301,1.00,万元,2019\n"
    assert "2010301 行政运行" in run("-", given=text).stdout
    with open(SAMPLE, encoding="utf-8") as file:
        assert run("-", given=file.read()).exit_code == 1


def test_a_shortfall_in_a_table_is_an_error_only_when_the_table_is_complete():
    """The user says so with --complete."""
    text = "code,amount,unit,year\n201,3.00,万元,2019\n2010301,1.00,万元,2019\n"
    assert run("-", given=text).exit_code == 0
    assert "下级可能未列全" in run("-", given=text).stdout
    assert run("-", "--complete", given=text).exit_code == 1


def test_a_year_is_chosen_where_there_are_several_and_assumed_where_there_is_none():
    """Names depend on it, so it is said."""
    text = "code,amount,unit,year\n20805,1.00,万元,2019\n20805,2.00,万元,2024\n"
    several = run("-", given=text)
    assert (several.exit_code, several.stdout) == (2, "")
    assert "2019、2024" in several.stderr
    assert "行政事业单位养老支出" in run("-", "--year", "2024", given=text).stdout
    assert "按 2026 年科目" in run("-", given="code,amount,unit\n201,1.00,万元\n").stdout


def test_another_classification_is_known_by_its_codes():
    """Economic codes roll up along their own tree."""
    text = "code,amount,unit,year\n301,3.00,万元,2024\n30101,3.00,万元,2024\n"
    assert "301 工资福利支出" in run("-", given=text).stdout


@pytest.mark.parametrize("arguments", [["none.txt"], ["pyproject.toml"], ["-"]])
def test_bad_input_exits_3_and_prints_nothing_to_stdout(arguments):
    """The message goes to stderr."""
    result = run(*arguments, given="")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "处理：" in result.stderr


def test_an_unknown_year_says_which_are_known():
    """In the language asked for."""
    result = run(SAMPLE, "--year", "1999", "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "choose a year of 2018–2026" in result.stderr


def test_one_bad_file_of_a_folder_does_not_stop_the_others(tmp_path):
    """The others are told, the exit code says that something failed."""
    (tmp_path / "a.csv").write_text("code,amount,unit,year\n201,1.00,万元,2019\n", "utf-8")
    (tmp_path / "b.csv").write_text("", "utf-8")
    result = run(str(tmp_path), "--format", "json")
    assert result.exit_code == 3
    assert [record["nodes"][1]["code"] for record in json.loads(result.stdout)] == ["201"]
    assert "b.csv" in result.stderr


def test_an_answer_goes_to_a_file(tmp_path):
    """And stdout stays empty."""
    result = run(FACTS, "-o", str(tmp_path / "out.txt"))
    assert result.stdout == ""
    assert "641.08" in (tmp_path / "out.txt").read_text("utf-8")


def test_a_total_belongs_to_no_classification_where_there_are_two():
    """A revenue total is not compared with expenditure."""
    text = "code,name,amount,unit,year\n101,税收收入,100,万元,2019\n,合计,100,万元,2019\n"
    result = run(
        "-", "--scheme", "functional", given=text + "201,,60,万元,2019\n205,,60,万元,2019\n"
    )
    assert result.exit_code == 0
    assert "未计入" in result.stdout


def test_budget_and_final_columns_are_two_measures():
    """Each column under its own header, and never one for the other."""
    text = "科目编码,预算数（万元）,决算数（万元）\n201,5.00,6.00\n2010301,5.00,6.00\n"
    record = json.loads(run("-", "--format", "json", given=text).stdout)
    found = {(node["measure"], node["code"]): node["reported"] for node in record["nodes"]}
    assert found["budget", "201"] == "5.00"
    assert found["final", "201"] == "6.00"


def test_a_column_that_stands_there_twice_is_refused():
    """Neither is taken for the other."""
    result = run("-", given="code,amount,amount,unit\n201,1,2,万元\n")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "“amount”列出现两次" in result.stderr


@pytest.mark.parametrize(
    "options", [["--year", "2020"], ["--measure", "budget"], ["--scheme", "revenue"]]
)
def test_nothing_left_to_roll_up_is_said(options):
    """With what the file does hold."""
    result = run("-", *options, given="code,amount,unit,year\n201,10,万元,2019\n")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "没有" in result.stderr
    assert "2019" in result.stderr


def test_the_input_is_never_overwritten(tmp_path):
    """Nor is a missing folder a traceback."""
    path = tmp_path / "facts.csv"
    text = "code,amount,unit,year\n201,10,万元,2019\n"
    path.write_text(text, "utf-8")
    assert run(str(path), "-o", str(path)).exit_code == 3
    assert path.read_text("utf-8") == text
    missing = run(str(path), "-o", str(tmp_path / "none" / "out.txt"))
    assert missing.exit_code == 3
    assert "处理：" in missing.stderr


def test_a_difference_too_small_for_the_decimals_is_shown_in_full():
    """0.00 would say that there is none."""
    text = "code,amount,unit,year\n205,40.00,万元,2019\n2050101,400000.90,元,2019\n"
    assert "一列金额只用一个单位" in run("-", given=text).stderr
    prose = (
        "某局2019年度部门决算\n五、一般公共预算财政拨款支出\n"
        "1.教育支出（205类）：决算为0万元。\n2.教育支出（205类）教育管理事务（01款）行政运行（01项）："
        "决算为30.00元。\n3.科学技术支出（206类）：决算为5.00万元。\n"
    )
    assert "相差 0.003" in run("-", given=prose).stdout


def test_lists_are_parted_as_the_language_does(tmp_path):
    """No Chinese comma in an English sentence."""
    path = tmp_path / "facts.csv"
    path.write_text(
        "code,amount,unit,year\n201,1.00,万元,2018\n201,1.00,万元,2019\n", encoding="utf-8"
    )
    assert "2018、2019" in run(str(path)).stderr
    told = run(str(path), "--lang", "en").stderr
    assert "2018, 2019" in told
    assert "、" not in told
