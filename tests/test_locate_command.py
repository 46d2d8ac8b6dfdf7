"""`fiscal locate`: which figure is named, what is put forward, and what stays as it was."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fiscal.cli import main

ACCOUNT = """某市某局2024年度部门决算

五、一般公共预算财政拨款支出决算情况说明
（三）一般公共预算财政拨款支出决算具体情况
一般公共预算财政拨款支出决算数为100.00万元。
1.教育支出（205类）普通教育（02款）小学教育（02项）：支出决算为60.00万元。
2.住房保障支出（221类）住房改革支出（02款）住房公积金（01项）：支出决算为{housing}。
"""


@pytest.fixture
def account(tmp_path: Path) -> Path:
    """An account in which one figure has the wrong unit."""
    path = tmp_path / "account.txt"
    path.write_text(ACCOUNT.format(housing="40.00元"), encoding="utf-8")
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["locate", *arguments])


def problems(*arguments: str) -> list[dict]:
    return json.loads(run(*arguments, "--format", "json").stdout)["problems"]


def test_the_figure_what_was_meant_and_why(account: Path):
    result = run(str(account))
    assert result.exit_code == 1
    assert "40.00元，应为 40.00万元（单位写错）" in result.stdout
    assert "改后：100.00万元 = 60.00万元 + 40.00万元" in result.stdout
    assert "算术上不可区分：100.00万元、60.00万元" in result.stdout


def test_json_holds_every_explanation_the_likeliest_first(account: Path):
    (problem,) = problems(str(account))
    quotes = [each["suspects"][0]["quote"] for each in problem["explanations"]]
    assert quotes[0] == "40.00"
    assert len(quotes) == 3
    ranks = [each["rank"] for each in problem["explanations"]]
    assert ranks[0] == 1 < ranks[1] <= ranks[2]
    assert problem["explanations"][0]["then"][0]["outcome"] == "holds"
    assert problem["is_exhausted"]


def test_a_record_without_fault_names_nobody(tmp_path: Path):
    path = tmp_path / "account.txt"
    path.write_text(ACCOUNT.format(housing="40.00万元"), encoding="utf-8")
    result = run(str(path))
    assert result.exit_code == 0
    assert "共 0 处矛盾" in result.stdout


def test_a_trusted_figure_is_not_named(account: Path):
    (problem,) = problems(str(account))
    first = problem["explanations"][0]["suspects"][0]["id"]
    (left,) = problems(str(account), "--trust", first)
    assert first not in [each["suspects"][0]["id"] for each in left["explanations"]]


def test_an_unknown_figure_cannot_be_trusted(account: Path):
    result = run(str(account), "--trust", "nobody")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nobody" in result.stderr


def test_a_suggestion_is_written_as_facts_and_checked_anew(account: Path, tmp_path: Path):
    before = account.read_bytes()
    corrected = tmp_path / "corrected.csv"
    result = run(str(account), "--apply-suggestion", "1", "-o", str(corrected))
    assert result.exit_code == 0
    assert "共 0 处矛盾" in result.stdout
    assert account.read_bytes() == before
    rows = csv.DictReader(corrected.read_text(encoding="utf-8-sig").splitlines())
    told = [(row["amount"], row["unit"], row["quote"]) for row in rows]
    assert ("40.00", "万元", "40.00") in told


@pytest.mark.parametrize("arguments", [["--apply-suggestion", "1"], ["--apply-suggestion", "99"]])
def test_a_suggestion_needs_a_file_and_must_be_there(account: Path, arguments: list[str]):
    if arguments[1] == "99":
        arguments = [*arguments, "-o", str(account.with_name("out.csv"))]
    result = run(str(account), *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "处理：" in result.stderr
    assert not account.with_name("out.csv").exists()


def test_the_input_is_never_overwritten(account: Path):
    before = account.read_bytes()
    assert run(str(account), "--apply-suggestion", "1", "-o", str(account)).exit_code == 3
    assert account.read_bytes() == before


class TestRealAccount:
    """What a person found wrong in a real account is named first."""

    @pytest.mark.parametrize(
        ("quote", "suggestion", "operation"),
        [
            ("13.52", "13.52万元", "单位写错"),
            ("0.12", "0.11%", "一个数字写错"),
            ("23017.06", "23017.06元", "单位写错"),
        ],
    )
    def test_emeishan(self, emeishan: Path, quote: str, suggestion: str, operation: str):
        found = problems(str(emeishan))
        first = [each["explanations"][0]["suspects"][0] for each in found if each["explanations"]]
        told = [(each["quote"], each["suggestion"], each["operation"]) for each in first]
        assert any(
            each[0].startswith(quote) and each[1:] == (suggestion, operation) for each in told
        )
