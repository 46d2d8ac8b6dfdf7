"""Documents made to be slow to check: each is many times what could be checked in a second.

Where something is looked at again for each of its parts they take minutes, or would.
"""

import pytest

from fiscal.documents.reader import read_file
from fiscal.extract.extractor import extract_facts
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
