"""Findings as Turtle: a SHACL validation report for each document, in the terms of our graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain

from fiscal.money import format_rounded
from fiscal.ontology.findings import Result, report_quads
from fiscal.ontology.store import serialized
from fiscal.rules.check import Check
from fiscal.rules.finding import Finding

__all__ = ["turtle_pieces"]

_DECIMALS = 6


def turtle_pieces(checks: Sequence[Check]) -> Iterator[bytes]:
    """Yield the reports of all documents as one file."""
    reports = (
        report_quads(
            check.extraction.document,
            check.extraction.profile.title or check.extraction.document.path,
            list(_results(check.findings)),
        )
        for check in checks
    )
    yield serialized(chain.from_iterable(reports), "ttl")


def _results(findings: Iterable[Finding], cause: str | None = None) -> Iterator[Result]:
    for finding in findings:
        yield _result(finding, cause)
        yield from _results(finding.consequences, finding.fingerprint)


def _result(finding: Finding, cause: str | None) -> Result:
    judgement = finding.judgement
    relation = judgement.relation if judgement else None
    lead = (relation.rate or relation.form[0].fact) if relation else None
    difference = judgement.difference if judgement else None
    return Result(
        rule=finding.rule.id,
        severity=finding.severity.value,
        message=finding.message,
        remedy=finding.remedy,
        fingerprint=finding.fingerprint,
        places=tuple(span for span in finding.evidence if not span.document),
        focus=lead.id if lead and not lead.span.document else None,
        difference=None if difference is None else _decimal(difference),
        cause=cause,
    )


def _decimal(value: Fraction) -> str:
    """Write a number as XML Schema's canonical decimal: no zeros at its end but one."""
    number = format_rounded(value, _DECIMALS).rstrip("0")
    return f"{number}0" if number.endswith(".") else number
