"""What is not in a document is neither right nor wrong there: it is told as not looked at."""

import pytest

from fiscal.extract.extractor import extract_facts
from fiscal.model import Document, Outcome
from fiscal.rules.catalogue import by_id, rules
from fiscal.rules.check import UNMET, check
from fiscal.rules.sample import extraction_of

# An account of words alone: no contents, table, glossary, figure, project or heading.
WORDS = "某市某局2024年度部门决算\n\n某市某局认真履行职责，各项工作进展顺利。\n"
ABOUT = {
    "K101": "headings",
    "K102": "headings",
    "K106": "a glossary",
    "L302": "other years",
    "L303": "dates of assets",
    "L304": "periods of projects",
    "L411": "document numbers",
    "L414": "costs of vehicles",
    "L501": "contents",
    "L502": "contents",
    "L503": "tables",
    "L511": "empty tables",
    "L512": "full tables",
    "L513": "notes below tables",
    "L701": "numbered items",
    "L702": "numbered sections",
    "L711": "goals",
    "L712": "indicators",
    "N101": "changes",
    "N102": "budgets",
    "N103": "earlier years",
    "N104": "reasons",
    "N105": "changes",
    "N201": "bases of nothing",
    "N202": "shares completed",
    "N203": "totals",
    "N204": "causes",
    "N205": "numbers and more",
    "U101": "rates",
    "U102": "amounts",
    "U103": "amounts",
    "U104": "amounts",
    "X201": "lists of items",
    "X202": "purposes",
}


@pytest.mark.parametrize("rule_id", ABOUT)
def test_a_rule_without_what_it_is_about_is_skipped(rule_id):
    rule = by_id(rule_id)
    assert (rule, UNMET) in check(extraction_of(WORDS), [rule]).skipped


def test_what_is_looked_through_is_in_order():
    outcomes = check(extraction_of(WORDS), [by_id("L402")]).outcomes
    assert outcomes[Outcome.HOLDS] == 1


def test_a_text_without_a_word_passes_nothing():
    document = Document("letters.txt", "text", "a" * 1_000_000)
    outcomes = check(extract_facts(document, may_be_empty=True), rules()).outcomes
    assert outcomes[Outcome.HOLDS] == outcomes[Outcome.VIOLATED] == 0
