"""`fiscal check`: what a clerk reads, what a program reads, and when it fails."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fiscal.cli import main
from fiscal.rules.catalogue import rules

ACCOUNT = """某市某局2024年度部门决算

五、一般公共预算财政拨款支出决算情况说明
（三）一般公共预算财政拨款支出决算具体情况
一般公共预算财政拨款支出决算数为100.00万元。
1.教育支出（205类）普通教育（02款）小学教育（02项）：支出决算为60.00万元。
2.住房保障支出（221类）住房改革支出（02款）住房公积金（01项）：支出决算为{housing}。
"""


@pytest.fixture
def account(tmp_path: Path) -> Path:
    """An account whose second heading has a digit too many."""
    path = tmp_path / "account.txt"
    path.write_text(ACCOUNT.format(housing="400.00万元"), encoding="utf-8")
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments])


def test_a_clerk_reads_the_sentence_the_numbers_what_to_do_and_the_law(account: Path):
    result = run(str(account), "--select", "S")
    assert result.exit_code == 1
    assert "支出决算为400.00万元" in result.stdout
    assert "算得460.00万元，相差-360.00万元" in result.stdout
    assert "容许±0.01" in result.stdout
    assert "处理：" in result.stdout
    assert "《中华人民共和国预算法》第七十五条" in result.stdout
    assert "核对的关系：" in result.stdout


def test_an_account_without_fault_is_no_failure(tmp_path: Path):
    path = tmp_path / "account.txt"
    path.write_text(ACCOUNT.format(housing="40.00万元"), encoding="utf-8")
    result = run(str(path), "--select", "S", "--format", "json")
    record = json.loads(result.stdout)
    assert result.exit_code == 0
    assert record["findings"] == []
    assert record["summary"]["relations"]["holds"] > 0


def test_the_record_gives_both_sides_their_places_and_what_would_mend_it(account: Path):
    record = json.loads(run(str(account), "--select", "S", "--format", "json").stdout)
    (finding,) = record["findings"]
    assert (finding["left"], finding["right"]) == ("1000000", "4600000")
    assert finding["difference"] == "-3600000"
    text = account.read_text("utf-8")
    for place in finding["evidence"]:
        assert text[place["start"] : place["end"]] == place["quote"]
    likeliest = finding["suspects"][0]
    assert likeliest["quote"].startswith("400.00")
    assert likeliest["suggestion"] == "40.00万元"
    assert {article["verified"] for article in finding["law"]} == {True, False}


def test_every_relation_that_was_tried_is_told_when_asked(account: Path):
    record = json.loads(run(str(account), "--all", "--format", "json").stdout)
    outcomes = [each["outcome"] for each in record["relations"]]
    counts = record["summary"]["relations"]
    assert outcomes.count("holds") == counts["holds"]
    assert outcomes.count("violated") == counts["violated"]
    assert len(record["not_checked"]) <= counts["not_applicable"]


def test_rules_are_chosen_and_left_out_by_prefix(account: Path):
    assert run(str(account), "--select", "Y").exit_code == 0
    assert run(str(account), "--select", "S", "--ignore", "S1").exit_code == 0
    assert run(str(account), "--select", "NO").exit_code == 2


def test_an_accepted_finding_is_silent_until_it_is_gone(account: Path, tmp_path: Path):
    """The fingerprint holds no offset, so that text put before it changes nothing."""
    baseline = tmp_path / "baseline.json"
    run(str(account), "--select", "S", "--write-baseline", str(baseline))
    record = json.loads(baseline.read_text("utf-8"))
    assert run(str(account), "--baseline", str(baseline)).exit_code == 3, "reasons are asked for"
    for entry in record["accepted"]:
        entry["reason"] = "原稿如此"
    baseline.write_text(json.dumps(record), encoding="utf-8")
    account.write_text(account.read_text("utf-8").replace("五、", "以下为正文。\n\n五、"), "utf-8")
    assert run(str(account), "--select", "S", "--baseline", str(baseline)).exit_code == 0
    account.write_text(account.read_text("utf-8").replace("400.00万元", "40.00万元"), "utf-8")
    assert "基线已过时" in run(str(account), "--select", "S", "--baseline", str(baseline)).stdout


def test_what_is_lighter_can_be_left_out(account: Path):
    record = json.loads(run(str(account), "--min-severity", "error", "--format", "json").stdout)
    assert {finding["severity"] for finding in record["findings"]} == {"error"}


def test_html_is_the_page_of_one_document(account: Path, tmp_path: Path):
    page = run(str(account), "--select", "S", "--format", "html").stdout
    assert page.startswith("<!doctype html>")
    assert "400.00万元" in page
    other = tmp_path / "other.txt"
    other.write_text(account.read_text("utf-8"), "utf-8")
    result = run(str(account), str(other), "--format", "html")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "fiscal report" in result.stderr


def test_sarif_names_rule_place_and_fingerprint(account: Path):
    log = json.loads(run(str(account), "--select", "S", "--format", "sarif").stdout)
    (ran,) = log["runs"]
    (result,) = ran["results"]
    assert log["version"] == "2.1.0"
    assert result["ruleId"] in {rule["id"] for rule in ran["tool"]["driver"]["rules"]}
    assert result["level"] == "error"
    region = result["locations"][0]["physicalLocation"]["region"]
    text = account.read_text("utf-8")
    assert text[region["charOffset"] :].startswith(region["snippet"]["text"])
    assert result["partialFingerprints"]["fiscal/v1"]


def test_a_file_that_is_not_there_says_so_on_stderr_only():
    result = run("nothing.txt")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "nothing.txt" in result.stderr


def test_the_catalogue_lists_every_rule_and_shows_one_with_its_law():
    listed = CliRunner().invoke(main, ["rules"]).stdout
    assert all(rule.id in listed for rule in rules())
    shown = CliRunner().invoke(main, ["rules", "s101", "--lang", "en"]).stdout
    assert "Budget Law, article 75" in shown
    records = json.loads(CliRunner().invoke(main, ["rules", "--format", "json"]).stdout)
    assert [record["id"] for record in records] == [rule.id for rule in rules()]


def test_a_finding_is_explained_figure_by_figure(account: Path):
    record = json.loads(run(str(account), "--select", "S", "--format", "json").stdout)
    fingerprint = record["findings"][0]["fingerprint"]
    result = CliRunner().invoke(main, ["explain", fingerprint[:10], str(account)])
    assert result.exit_code == 0
    for figure in ("100.00万元 ± 0.005万元", "60.00万元 ± 0.005万元", "400.00万元 ± 0.005万元"):
        assert figure in result.stdout
    unknown = CliRunner().invoke(main, ["explain", "zzz", str(account)])
    assert (unknown.exit_code, unknown.stdout) == (2, "")


def test_what_could_not_be_checked_is_counted_and_listed_in_full_when_asked(account: Path):
    def listed(text: str) -> list[str]:
        return text.partition("未能核对的：\n")[2].splitlines()

    *few, more = listed(run(str(account)).stdout)
    every = listed(run(str(account), "--all").stdout)
    assert f"另有 {len(every) - len(few)} 条，用 --all 全部列出" in more
    assert set(few) < set(every)


def test_relations_that_hold_are_told_when_asked(account: Path):
    told = run(str(account), "--all").stdout
    count = int(told.partition("核对的关系：成立 ")[2].partition("，")[0])
    assert told.count(" [成立] ") == count > 0
    assert " [成立] " not in run(str(account)).stdout


@pytest.mark.parametrize("command", ["check", "report"])
def test_a_document_without_any_figure_is_no_success(command: str, tmp_path: Path):
    path = tmp_path / "words.txt"
    path.write_text("某县财政局2023年度部门决算\n\n认真履行职责。\n", encoding="utf-8")
    result = CliRunner().invoke(main, [command, str(path)])
    assert result.exit_code == 3
    assert "words.txt" in result.stderr
    assert "没有读出任何数字" in result.stderr


def test_places_that_are_not_quoted_are_named(tmp_path: Path):
    path = tmp_path / "account.txt"
    items = "".join(
        f"{at}.教育支出（205类）普通教育（02款）{name}（0{at}项）：支出决算为10.00万元。\n"
        for at, name in enumerate(("学前教育", "小学教育", "初中教育", "高中教育"), start=1)
    )
    head = ACCOUNT.format(housing="40.00万元").partition("1.")[0]
    path.write_text(f"{head}教育支出（类）50.00万元。\n{items}", encoding="utf-8")
    told = run(str(path), "--select", "S102").stdout
    assert "还有 2 处：第" in told
