"""Findings as JSON: what was judged, how each relation came out, what is wrong, by which law.

Amounts are strings in yuan, rates in percent, exact as far as decimals go.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from fiscal.errors import Text
from fiscal.law import Article
from fiscal.model import Extraction, Outcome, Span
from fiscal.money import format_amount, format_rounded
from fiscal.report.citations import citations
from fiscal.report.extraction import coverage_record, document_record
from fiscal.report.json import write
from fiscal.rules.baseline import Accepted
from fiscal.rules.check import Check
from fiscal.rules.evaluate import REASONS, Judgement
from fiscal.rules.finding import Finding, computation
from fiscal.rules.localise import Suspect
from fiscal.rules.rule import SEVERITIES, Remark
from fiscal.rules.typing_errors import OPERATIONS

__all__ = [
    "check_record",
    "counts_by_severity",
    "flat",
    "json_pieces",
    "judgement_record",
    "suspect_record",
]

_DECIMALS = 6


def json_pieces(
    checks: Sequence[Check],
    language: str,
    shows_all: bool,
    is_one: bool,
    stale: Sequence[Accepted] = (),
) -> Iterator[str]:
    """Yield the record of one document, or of several under `documents`."""
    records = [check_record(check, language, shows_all) for check in checks]
    answer = records[0] if is_one else {"documents": records}
    if stale:
        told = [{"fingerprint": each.fingerprint, "date": each.date} for each in stale]
        answer = {**answer, "stale_baseline": told}
    yield write(answer) + "\n"


def check_record(check: Check, language: str = "zh", shows_all: bool = False) -> dict[str, Any]:
    """Return one document's check; with `shows_all` every relation that was tried."""
    record = {
        "document": document_record(check.extraction),
        "summary": {
            "relations": {outcome.value: count for outcome, count in check.outcomes.items()},
            "findings": counts_by_severity(check.findings),
        },
        "findings": [_finding_record(each, check, language) for each in check.findings],
        "coverage": coverage_record(check.extraction),
        "not_checked": [
            {"rule": rule.id, "title": rule.title.to(language), "reason": reason.to(language)}
            for rule, reason in check.skipped
        ],
    }
    if shows_all:
        record["relations"] = [
            *(judgement_record(each, language) for each in check.judgements),
            *(_remark_record(each, language) for each in check.remarks),
        ]
    return record


def flat(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings, and after each its consequences."""
    for finding in findings:
        yield finding
        yield from flat(finding.consequences)


def counts_by_severity(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many findings there are of each severity, consequences left aside."""
    severities = [finding.severity for finding in findings]
    return {severity.value: severities.count(severity) for severity in SEVERITIES}


def _finding_record(finding: Finding, check: Check, language: str) -> dict[str, Any]:
    judgement = finding.judgement
    year = check.extraction.profile.fiscal_year
    return {
        "rule": finding.rule.id,
        "version": finding.rule.version,
        "title": finding.rule.title.to(language),
        "outcome": finding.outcome.value,
        "severity": finding.severity.value,
        "message": finding.message.to(language),
        "remedy": finding.remedy.to(language),
        "computation": computation(judgement).to(language) if judgement else None,
        "left": _decimal(judgement.stated) if judgement else None,
        "right": _decimal(judgement.computed) if judgement else None,
        "difference": _decimal(judgement.difference) if judgement else None,
        "tolerance": _decimal(judgement.tolerance) if judgement else None,
        "evidence": [_span_record(span) for span in finding.evidence],
        "suspects": [suspect_record(each, check.extraction, language) for each in finding.suspects],
        "law": [_law_record(article, language) for article in citations(finding.rule, year)],
        "fingerprint": finding.fingerprint,
        "consequences": [_finding_record(each, check, language) for each in finding.consequences],
    }


def _decimal(value: Fraction | None) -> str | None:
    return None if value is None else _plain(format_rounded(value, _DECIMALS))


def _plain(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def _span_record(span: Span) -> dict[str, Any]:
    place = {"quote": span.quote, "page": span.page, "start": span.start, "end": span.end}
    return {**place, "document": span.document} if span.document else place


def suspect_record(suspect: Suspect, extraction: Extraction, language: str) -> dict[str, Any]:
    """Return a figure that may be wrong, where it stands and what would mend it."""
    operation = OPERATIONS.get(suspect.operation or "")
    places = {fact.id: fact.span for fact in extraction.facts}
    return {
        **_span_record(suspect.fact.span),
        "rank": suspect.rank,
        "operation": operation.to(language) if operation else None,
        "suggestion": format_amount(suspect.suggestion) if suspect.suggestion else None,
        "ties": [_span_record(places[each]) for each in suspect.ties if each in places],
    }


def _law_record(article: Article, language: str) -> dict[str, Any]:
    return {
        "instrument": article.instrument.title.to(language),
        "article": article.number or None,
        "verified": article.is_verified,
        **({"text": article.text} if article.text else {}),
    }


def judgement_record(judgement: Judgement, language: str) -> dict[str, Any]:
    """Return how one relation came out."""
    reason = REASONS.get(judgement.reason or "")
    return {
        "rule": judgement.relation.rule,
        "subject": judgement.relation.subject,
        "outcome": judgement.outcome.value,
        "band": judgement.band.value if judgement.band else None,
        "reason": reason.to(language) if reason else None,
        "computation": computation(judgement).to(language),
        "left": _decimal(judgement.stated),
        "right": _decimal(judgement.computed),
        "difference": _decimal(judgement.difference),
        "tolerance": _decimal(judgement.tolerance),
        "evidence": [_span_record(fact.span) for fact in judgement.relation.facts],
    }


def _remark_record(remark: Remark, language: str) -> dict[str, Any]:
    said: Text | None = None if remark.outcome is Outcome.HOLDS else remark.message
    return {
        "rule": remark.rule,
        "subject": remark.subject,
        "outcome": remark.outcome.value,
        "band": None,
        "reason": said.to(language) if said else None,
        "computation": None,
        "left": None,
        "right": None,
        "difference": None,
        "tolerance": None,
        "evidence": [_span_record(span) for span in remark.spans],
    }
