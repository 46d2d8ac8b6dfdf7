"""No rule without law, a good and a bad sample, and a function that tells them apart."""

import csv
import re
from collections import Counter

import pytest

from fiscal.rules.catalogue import rules
from fiscal.rules.check import check
from fiscal.rules.rule import FAMILIES, Rule
from fiscal.rules.sample import extractions_of
from tests.conftest import REPOSITORY, SHARED

EVERY_RULE = pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)


@EVERY_RULE
def test_every_rule_says_what_it_is_and_by_which_law(rule: Rule):
    assert re.fullmatch(rf"[{''.join(FAMILIES)}]\d{{3}}", rule.id)
    assert rule.law
    for text in (rule.title, rule.gist, rule.why, rule.false_positives, rule.remedy):
        assert text.zh
        assert text.en


@EVERY_RULE
def test_a_rule_passes_its_good_sample(rule: Rule):
    first, *others = extractions_of(rule.good)
    result = check(first, [rule], others)
    assert not result.skipped, "the rule binds nothing in its own sample"
    assert not result.findings


@EVERY_RULE
def test_a_rule_finds_its_bad_sample(rule: Rule):
    first, *others = extractions_of(rule.bad)
    (finding, *_) = check(first, [rule], others).findings
    assert finding.severity is rule.severity
    assert finding.evidence


# How many relations the field knows of each kind.
RELATIONS = {"A": 25, "B": 18, "C": 16, "D": 11, "E": 8, "F": 10, "G": 4}
RELATIONS |= {"H": 9, "I": 2, "J": 5, "K": 8, "L": 7, "M": 11, "N": 11}


def test_every_relation_of_the_field_has_rules_or_a_reason_for_none():
    path = REPOSITORY / "docs" / "rules" / "coverage.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = {rule.id for rule in rules()}
    assert Counter(row["relation"][0] for row in rows) == RELATIONS
    assert len({row["relation"] for row in rows}) == len(rows)
    for row in rows:
        assert set(row["rules"].split()) <= known, row["relation"]
        assert bool(row["rules"]) is not bool(row["why_none"]), row["relation"]


@pytest.mark.skipif(not SHARED.exists(), reason="the design does not lie beside this repository")
def test_the_relations_are_those_of_the_design():
    text = (SHARED / "design" / "domain.md").read_text("utf-8")
    path = REPOSITORY / "docs" / "rules" / "coverage.csv"
    ids = re.findall(r"^([A-N]\d\d),", path.read_text("utf-8"), re.M)
    assert ids == re.findall(r"^\| ([A-N]\d\d) \|", text, re.M)
