"""Which relations name a figure as wrong: every one that is sure, however often it was found."""

from dataclasses import replace

from fiscal.rules.catalogue import by_id, rules
from fiscal.rules.check import check, diagnoses_of
from fiscal.rules.rule import Rule
from fiscal.rules.sample import extraction_of

WRONG_SUM = """
@ final_accounts_expenditure_table
合计 | final | 100.00万元 | total
一般公共服务支出 | final | 60.00万元 | 201
社会保障和就业支出 | final | 400.00万元 | 208
"""


def rule_of(rule_id: str) -> Rule:
    rule = by_id(rule_id)
    assert rule is not None
    return rule


def test_a_relation_that_was_found_twice_names_its_suspects_twice():
    sums = rule_of("S101")
    twice = replace(sums, find=lambda view: [*sums.find(view), *sums.find(view)])
    (lead,) = check(extraction_of(WRONG_SUM), [twice]).findings
    (again,) = lead.consequences
    assert lead.suspects
    assert again.suspects == lead.suspects


def test_what_is_only_reasonable_makes_no_figure_wrong():
    soft, hard = (check(extraction_of(rule_of(each).bad), rules()) for each in ("R103", "R107"))
    assert any(finding.rule.id == "R103" for finding in soft.findings)
    assert diagnoses_of(soft.judgements) == ()
    assert diagnoses_of(hard.judgements)


def test_what_is_only_reasonable_holds_no_figure_to_what_is_printed():
    """Office funds that are plainly wrong may be less than the operating expenses."""
    wrong = """
@ 六、一般公共预算财政拨款基本支出决算情况说明
基本支出 | final | 500.00万元 | budget=general_public_budget
人员经费 | final | 400.00万元 | budget=general_public_budget
公用经费 | final | 1000.00万元 | budget=general_public_budget
机关运行经费支出 | final | 120.00万元
"""
    result = check(extraction_of(wrong), rules())
    named = {
        suspect.fact.label for each in diagnoses_of(result.judgements) for suspect in each.suspects
    }
    assert "公用经费" in named
