"""Documents made to be slow to check: each is many times what could be checked in a second.

Where something is looked at again for each of its parts they take minutes, or would.
"""

import pytest

from fiscal.documents.reader import read_file
from fiscal.extract.extractor import extract_facts
from fiscal.report.findings_text import check_lines
from fiscal.rules.catalogue import rules
from fiscal.rules.check import Check, check

HEAD = "某县财政局2023年度部门决算\n一、收入决算情况说明\n2023年度支出决算为100.00万元。\n"
MANY = 20_000


def checked(tmp_path, text: str) -> Check:
    path = tmp_path / "account.txt"
    path.write_text(text, encoding="utf-8")
    return check(extract_facts(read_file(str(path))), rules())


@pytest.mark.parametrize("run", [" ", "\t", "\u3000", "-", "—", "_", "1", "2019年", "比", "占 "])
def test_long_runs_within_a_line(tmp_path, run):
    found = checked(tmp_path, f"{HEAD}支出合计{run * MANY}完").findings
    assert {"L504"} <= {finding.rule.id for finding in found}


def test_a_heading_path_with_very_wide_gaps(tmp_path):
    path = f"教育支出（类）{' ' * MANY}普通教育（款）{'　' * MANY}学前教育（项）"
    assert checked(tmp_path, f"{HEAD}{path}支出决算为1.00万元。").findings


def test_many_paragraphs_and_a_table_of_many_rows(tmp_path):
    prose = "".join(f"第{at}项支出{at}.34万元。\n" for at in range(MANY // 10))
    rows = "".join(f"支出{at}\t{at}.00\t{at}.00\n" for at in range(MANY // 10))
    judged = checked(tmp_path, f"{HEAD}{prose}\n收入支出决算表\n项目\t预算数\t决算数\n{rows}")
    assert len(judged.extraction.facts) > MANY // 10


def test_contents_of_many_entries_that_are_not_there(tmp_path):
    entries = "".join(f"一、第{at * 7919}号情况说明……{at % 999}\n" for at in range(MANY // 4))
    titles = "".join(f"第一部分第{at * 104729}号公告\n" for at in range(MANY // 4))
    findings = checked(tmp_path, f"{HEAD}目录\n{entries}{titles}").findings
    assert sum(finding.rule.id == "L501" for finding in findings) > MANY // 5


@pytest.mark.parametrize("part", ["“", "《", "支出", "（", "_", "Ｘ"])
def test_what_is_wrong_in_ten_thousand_places_is_told_in_short(tmp_path, part):
    judged = checked(tmp_path, f"{HEAD}{part * MANY}完。")
    few, every = (list(check_lines(judged, "zh", shows_all)) for shows_all in (False, True))
    assert sum(len(line.text) for line in few) < MANY
    assert all(len(line.text) < MANY / 10 for line in every)


def test_how_many_findings_are_left_out_is_told(tmp_path):
    judged = checked(tmp_path, f"{HEAD}{'“' * MANY}完。")
    same = [each for each in judged.findings if each.rule.id == "L403"]
    shown = [line.text for line in check_lines(judged) if line.text.endswith("L403")]
    assert len(same) == MANY
    assert any(f"另有 {MANY - len(shown)} 处相同" in line.text for line in check_lines(judged))
