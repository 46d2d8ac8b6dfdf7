"""No rule without law, a good and a bad sample, and a function that tells them apart."""

import re

import pytest

from fiscal.rules.catalogue import rules
from fiscal.rules.check import check
from fiscal.rules.rule import FAMILIES, Rule
from fiscal.rules.sample import extractions_of

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
