"""What the rules find in real disclosures, against what a person found in them."""

from __future__ import annotations

import json
import re
from functools import lru_cache

import pytest

from fiscal.documents.reader import read_file
from fiscal.extract.extractor import extract_facts
from fiscal.model import Outcome
from fiscal.report.findings import flat
from fiscal.rules.catalogue import rules, selected
from fiscal.rules.check import Check, check
from fiscal.rules.finding import Finding
from fiscal.rules.rule import Severity
from tests.conftest import SHARED
from tests.truth import emeishan_extraction

pytestmark = pytest.mark.skipif(
    not SHARED.exists(), reason="the real disclosures do not lie beside this repository"
)
EMEISHAN = "emeishan-government-office-2019-final-accounts"
FINANCE = "putuo-finance-bureau-2024-final-accounts"
PLANNING = "putuo-planning-bureau-2024-final-accounts"
ARITHMETIC = selected(("S", "P", "Y", "C", "X", "R"))
GRAVE = (Severity.ERROR, Severity.WARNING)


@lru_cache
def checked(name: str) -> Check:
    return check(extract_facts(read_file(str(SHARED / "documents" / name))), rules())


def grave(result: Check, families: str = "SPYCXR") -> list[Finding]:
    return [
        finding
        for finding in flat(result.findings)
        if finding.severity in GRAVE and finding.rule.id[0] in families
    ]


def quoted(findings: list[Finding]) -> set[str]:
    return {span.quote for finding in findings for span in finding.evidence}


def test_a_person_s_facts_of_emeishan_give_its_wrong_figures_and_no_other():
    """D001 13.52元, D006 0.12%, D007 69 cars against 20, D009 195.65 over 176.94."""
    result = check(emeishan_extraction(SHARED), ARITHMETIC)
    found = {finding.rule.id: finding for finding in grave(result)}
    assert set(found) == {"S102", "P101", "R103", "R104"}
    (suspect, *_) = found["S102"].suspects
    assert suspect.fact.amount.number == suspect.fact.amount.number.__class__("13.52")
    assert suspect.suggestion is not None
    assert suspect.suggestion.unit == "万元"


@pytest.mark.parametrize(
    ("quote", "rule"),
    [
        ("13.52", "S102"),
        ("23017.06", "S401"),
        ("0.12", "P101"),
        ("69", "R104"),
        ("195.65", "R103"),
        ("802.44", "C105"),
    ],
)
def test_the_wrong_figures_of_emeishan_are_found_where_they_stand(quote, rule):
    findings = [each for each in grave(checked(f"{EMEISHAN}.txt")) if each.rule.id == rule]
    assert quote in quoted(findings)


@pytest.mark.parametrize(
    ("document", "quotes"),
    [(FINANCE, ["0.3", "71.73"]), (PLANNING, ["5377.64", "4896.98"])],
)
def test_the_wrong_figures_of_putuo_are_errors_and_nothing_else_is(document, quotes):
    """Neither rounding nor what is right though it looks wrong is called an error."""
    errors = [each for each in grave(checked(f"{document}.pdf")) if each.severity is GRAVE[0]]
    wrong = {span.quote for each in errors for span in each.evidence[:1]}
    rates = {str(each.judgement.relation.rate.span.quote) for each in errors if _rate(each)}
    assert set(quotes) <= wrong | rates
    assert len({each.subject for each in errors}) <= len(quotes) + 1


def _rate(finding: Finding) -> bool:
    return finding.judgement is not None and finding.judgement.relation.rate is not None


@pytest.mark.parametrize("document", [FINANCE, PLANNING])
def test_what_differs_by_rounding_is_no_error(document):
    record = json.loads((SHARED / "truth" / f"{document}.json").read_text("utf-8"))
    numbers = {
        number
        for told, _ in record["rounding_differences_not_defects"]
        for number in re.findall(r"\d+\.\d\d", told)
    }
    defects = " ".join(json.dumps(each, ensure_ascii=False) for each in record["defects"])
    leads = {finding.evidence[0].quote for finding in grave(checked(f"{document}.pdf"))}
    assert not {number for number in numbers if number not in defects} & leads


def test_the_first_finding_of_the_finance_bureau_s_budget_is_the_figure_typed_wrong():
    """887.36万元 in the prose against 87.36 in every table."""
    first = checked("putuo-finance-bureau-2025-budget.pdf").findings[0]
    assert first.evidence[0].quote == "887.36"
    assert first.suspects[0].fact.span.quote == "887.36"
    assert str(first.suspects[0].suggestion.number) == "87.36"


@pytest.mark.parametrize(
    ("document", "wrong"),
    [
        # 43269.3万元 rises to 3845.49万元 “by 17.62%”; 208.8万元 stands as 201.50万元 as well.
        ("putuo-justice-bureau-2026-budget.pdf", {"17.62", "17.66", "5.27", "201.50"}),
        ("putuo-wanli-subdistrict-2024-budget.pdf", {"0.53", "352.67"}),
    ],
)
def test_the_errors_of_other_budgets_are_real(document, wrong):
    leads = set()
    for finding in grave(checked(document)):
        rate = finding.judgement.relation.rate if finding.judgement else None
        leads.add((rate.span if rate else finding.evidence[0]).quote)
    assert leads <= wrong


@pytest.mark.parametrize(
    "document",
    [
        "shanghai-template-2024-final-accounts.pdf",
        "shanghai-template-budget.xls",
        "shanghai-template-department-budget.xlsx",
    ],
)
def test_a_blank_form_has_no_wrong_sum(document):
    path = SHARED / "documents" / document
    result = check(extract_facts(read_file(str(path)), may_be_empty=True), rules())
    assert not grave(result)


@pytest.mark.parametrize("document", [f"{FINANCE}.pdf", f"{PLANNING}.pdf", f"{EMEISHAN}.txt"])
def test_most_of_what_is_tried_is_judged(document):
    """What could not be judged is counted, and is little."""
    outcomes = checked(document).outcomes
    tried = outcomes[Outcome.HOLDS] + outcomes[Outcome.VIOLATED]
    assert tried > 4 * outcomes[Outcome.UNDETERMINED]
