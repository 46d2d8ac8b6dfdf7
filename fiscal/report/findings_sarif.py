"""Findings as SARIF 2.1.0, which editors and code hosts show (OASIS, 27 March 2020).

Outcomes become the kinds pass, fail, open and notApplicable; only what failed has a level.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any

from fiscal.model import Outcome, Span
from fiscal.report.citations import cited
from fiscal.report.findings import flat
from fiscal.report.json import write
from fiscal.rules.check import Check
from fiscal.rules.evaluate import Judgement
from fiscal.rules.finding import Finding, computation
from fiscal.rules.rule import Rule, Severity

__all__ = ["sarif_pieces", "sarif_record"]

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
_KINDS = {
    Outcome.HOLDS: "pass",
    Outcome.VIOLATED: "fail",
    Outcome.UNDETERMINED: "open",
    Outcome.NOT_APPLICABLE: "notApplicable",
}


def sarif_pieces(
    checks: Sequence[Check], rules: Sequence[Rule], language: str, shows_all: bool
) -> Iterator[str]:
    """Yield the log of all documents."""
    yield write(sarif_record(checks, rules, language, shows_all)) + "\n"


def sarif_record(
    checks: Sequence[Check], rules: Sequence[Rule], language: str = "zh", shows_all: bool = False
) -> dict[str, Any]:
    """Return the log: one run with every rule that was looked at."""
    driver = {
        "name": "fiscal",
        "version": version("fiscal-graph"),
        "rules": [_rule_record(rule, language) for rule in rules],
    }
    results = [result for check in checks for result in _results(check, language, shows_all)]
    run = {
        "tool": {"driver": driver},
        "language": "en-US" if language == "en" else "zh-CN",
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule_record(rule: Rule, language: str) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.id,
        "shortDescription": {"text": rule.title.to(language)},
        "fullDescription": {"text": rule.gist.to(language)},
        "help": {"text": f"{rule.why.to(language)} {rule.false_positives.to(language)}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"law": cited(rule, None, language), "version": rule.version},
    }


def _results(check: Check, language: str, shows_all: bool) -> Iterator[dict[str, Any]]:
    path = check.extraction.document.path
    for finding in flat(check.findings):
        yield _finding_record(finding, path, language)
    for judgement in check.judgements if shows_all else ():
        if judgement.outcome is not Outcome.VIOLATED:
            yield _judgement_record(judgement, path, language)


def _finding_record(finding: Finding, path: str, language: str) -> dict[str, Any]:
    is_failure = finding.outcome is Outcome.VIOLATED
    return {
        "ruleId": finding.rule.id,
        "kind": "fail",
        "level": _LEVELS[finding.severity] if is_failure else "note",
        "message": {"text": f"{finding.message.to(language)}。{finding.remedy.to(language)}"},
        "locations": [_location(span, path) for span in finding.evidence[:1]],
        "relatedLocations": [_location(span, path) for span in finding.evidence[1:]],
        "partialFingerprints": {"fiscal/v1": finding.fingerprint},
    }


def _judgement_record(judgement: Judgement, path: str, language: str) -> dict[str, Any]:
    return {
        "ruleId": judgement.relation.rule,
        "kind": _KINDS[judgement.outcome],
        "level": "none",
        "message": {"text": computation(judgement).to(language)},
        "locations": [_location(fact.span, path) for fact in judgement.relation.facts[:1]],
    }


def _location(span: Span, path: str) -> dict[str, Any]:
    region = {
        "charOffset": span.start,
        "charLength": span.end - span.start,
        "snippet": {"text": span.quote},
    }
    place = {
        "artifactLocation": {"uri": (span.document or path).replace("\\", "/")},
        "region": region,
    }
    return {"physicalLocation": place}
