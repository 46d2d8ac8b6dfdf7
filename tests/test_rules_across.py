"""Documents held against each other, in invented accounts of several years and bodies."""

import json

import pytest
from click.testing import CliRunner

from fiscal.cli import main
from fiscal.model import Outcome
from fiscal.rules.catalogue import by_id
from fiscal.rules.check import check
from fiscal.rules.sample import extractions_of

TITLE = "{body}{year}年度部门决算\n\n一、收入支出决算总体情况说明\n\n"
TOTAL = (
    "{body}{year}年度收入支出总计{now}万元。与{before}年度相比，收入支出总计增加{change}万元。\n"
)


def outcomes(rule_id, sample):
    first, *others = extractions_of(sample)
    found = check(first, [by_id(rule_id)], others)
    return [each.outcome for each in found.judgements]


@pytest.fixture
def write(tmp_path):
    def write(name, year, now, change, body="北岭市民政局"):
        text = (TITLE + TOTAL).format(body=body, year=year, now=now, before=year - 1, change=change)
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def run(*arguments):
    return CliRunner().invoke(main, ["check", *arguments, "--select", "X3"])


def test_two_years_that_do_not_follow_are_found_in_the_later_one(write):
    later, earlier = write("b.txt", 2024, "120.00", "25.00"), write("a.txt", 2023, "100.00", "9.00")
    for paths in ((later, earlier), (earlier, later)):
        answer = run(*paths, "--format", "json")
        assert answer.exit_code == 1
        by_path = {
            each["document"]["path"]: each["findings"]
            for each in json.loads(answer.stdout)["documents"]
        }
        assert not by_path[earlier]
        (finding,) = by_path[later]
        assert [each.get("document") for each in finding["evidence"]] == [None, None, earlier]
        assert not finding["suspects"]


def test_the_other_file_is_named_beside_what_it_says(write):
    later, earlier = write("b.txt", 2024, "120.00", "25.00"), write("a.txt", 2023, "100.00", "9.00")
    assert "a.txt“100.00”" in run(later, earlier).stdout


def test_years_that_follow_are_right(write):
    paths = write("b.txt", 2024, "120.00", "20.00"), write("a.txt", 2023, "100.00", "9.00")
    assert run(*paths).exit_code == 0


def test_another_body_or_another_year_is_no_neighbour(write):
    later = write("b.txt", 2024, "120.00", "25.00")
    assert run(later, write("a.txt", 2023, "100.00", "9.00", "南岭市民政局")).exit_code == 0
    assert run(later, write("c.txt", 2022, "100.00", "9.00")).exit_code == 0


def test_rounding_of_both_documents_is_allowed_for():
    sample = (
        "本年支出合计 | final | 120.00万元\n本年支出合计 | change | 20.00万元\n=====\n"
        "# final_accounts 2023\n本年支出合计 | final | {}元\n"
    )
    assert outcomes("X301", sample.format("1000100.00")) == [Outcome.HOLDS]
    assert outcomes("X301", sample.format("1000130.00")) == [Outcome.VIOLATED]


def test_a_change_against_what_was_carried_out_is_not_held_against_the_budget():
    sample = (
        "# budget 2024\n本年支出合计 | budget | 120.00万元\n"
        "本年支出合计 | change | 5.00万元 | base=2023年预算执行数\n=====\n"
        "# budget 2023\n本年支出合计 | budget | 100.00万元\n"
    )
    assert outcomes("X301", sample) == []


def test_units_may_have_less_than_their_department_and_not_more():
    unit = "=====\n# final_accounts 2024 某市某局{}\n本年支出合计 | final | {}万元\n"
    whole = "包括某市某局一所和某市某局二所。\n本年支出合计 | final | 100.00万元\n"
    both = whole + unit.format("一所", "60.00") + unit.format("二所", "{}")
    assert outcomes("X304", both.format("40.00")) == [Outcome.HOLDS]
    assert outcomes("X304", both.format("39.00")) == [Outcome.HOLDS]
    assert outcomes("X304", both.format("41.00")) == [Outcome.VIOLATED]
    assert outcomes("X304", whole + unit.format("三所", "500.00")) == []
