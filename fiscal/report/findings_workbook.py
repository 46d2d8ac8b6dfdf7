"""Findings as a working paper in a workbook, with every relation and what was not checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from fiscal.errors import Text
from fiscal.model import Outcome
from fiscal.money import format_amount, format_rounded
from fiscal.report.citations import cited
from fiscal.report.workbook import Cell, Sheet, workbook
from fiscal.rules.check import Check
from fiscal.rules.evaluate import REASONS, Judgement
from fiscal.rules.finding import Finding, computation
from fiscal.rules.rule import Severity
from fiscal.rules.typing_errors import OPERATIONS

__all__ = ["workbook_pieces"]

_DECIMALS = 6
_SEVERITIES = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("警告", "warning"),
    Severity.NOTICE: Text("提示", "notice"),
}
_OUTCOMES = {
    Outcome.HOLDS: Text("成立", "holds"),
    Outcome.VIOLATED: Text("不成立", "violated"),
    Outcome.UNDETERMINED: Text("无法判断", "undetermined"),
    Outcome.NOT_APPLICABLE: Text("不适用", "not applicable"),
}
_Heading = tuple[Text, int]
_FINDINGS: tuple[_Heading, ...] = (
    (Text("文件", "document"), 28),
    (Text("级别", "severity"), 8),
    (Text("规则", "rule"), 8),
    (Text("发现", "finding"), 70),
    (Text("所属", "follows from"), 20),
    (Text("页", "page"), 6),
    (Text("原文", "quote"), 16),
    (Text("可能有误", "suspect"), 30),
    (Text("处理", "to do"), 30),
    (Text("依据", "law"), 40),
    (Text("编号", "fingerprint"), 20),
    (Text("核实结果", "verified"), 20),
)
_RELATIONS: tuple[_Heading, ...] = (
    (Text("文件", "document"), 28),
    (Text("规则", "rule"), 8),
    (Text("指标", "subject"), 40),
    (Text("结果", "outcome"), 12),
    (Text("计算", "computation"), 70),
    (Text("列示", "stated"), 18),
    (Text("复算", "computed"), 18),
    (Text("差额", "difference"), 14),
    (Text("容许", "tolerance"), 14),
    (Text("说明", "reason"), 30),
)
_UNCHECKED: tuple[_Heading, ...] = (
    (Text("文件", "document"), 28),
    (Text("规则", "rule"), 8),
    (Text("名称", "title"), 40),
    (Text("原因", "reason"), 40),
)


def workbook_pieces(checks: Sequence[Check], language: str) -> Iterator[bytes]:
    """Return the working paper of all documents; amounts are in yuan, rates in percent."""
    findings = [row for check in checks for row in _finding_rows(check, language)]
    relations = [row for check in checks for row in _relation_rows(check, language)]
    unchecked = [row for check in checks for row in _unchecked_rows(check, language)]
    yield workbook(
        [
            _sheet(Text("发现", "findings"), _FINDINGS, findings, language),
            _sheet(Text("关系", "relations"), _RELATIONS, relations, language),
            _sheet(Text("未核对", "not checked"), _UNCHECKED, unchecked, language),
        ]
    )


def _sheet(
    name: Text, headings: tuple[_Heading, ...], rows: list[list[Cell]], language: str
) -> Sheet:
    header = [label.to(language) for label, _ in headings]
    return Sheet(name.to(language), header, [width for _, width in headings], rows)


def _finding_rows(check: Check, language: str) -> Iterator[list[Cell]]:
    for finding in check.findings:
        yield _finding_row(finding, None, check, language)
        for other in finding.consequences:
            yield _finding_row(other, finding.fingerprint, check, language)


def _finding_row(finding: Finding, cause: str | None, check: Check, language: str) -> list[Cell]:
    first = finding.evidence[0] if finding.evidence else None
    year = check.extraction.profile.fiscal_year
    return [
        check.extraction.document.path,
        _SEVERITIES[finding.severity].to(language),
        finding.rule.id,
        finding.message.to(language),
        cause,
        first.page if first else None,
        first.quote if first else None,
        _suspects(finding, language),
        finding.remedy.to(language),
        "；".join(cited(finding.rule, year, language)),
        finding.fingerprint,
        None,
    ]


def _suspects(finding: Finding, language: str) -> str | None:
    told = []
    for suspect in finding.suspects:
        if suspect.rank == 1:
            operation = OPERATIONS.get(suspect.operation or "")
            mend = f" → {format_amount(suspect.suggestion)}" if suspect.suggestion else ""
            why = f" ({operation.to(language)})" if operation else ""
            told.append(f"{format_amount(suspect.fact.amount)}{mend}{why}")
    return "; ".join(told) or None


def _relation_rows(check: Check, language: str) -> Iterator[list[Cell]]:
    for judgement in check.judgements:
        reason = REASONS.get(judgement.reason or "")
        yield [
            check.extraction.document.path,
            judgement.relation.rule,
            judgement.relation.subject,
            _OUTCOMES[judgement.outcome].to(language),
            computation(judgement).to(language),
            *_numbers(judgement),
            reason.to(language) if reason else None,
        ]


def _numbers(judgement: Judgement) -> Iterable[Cell]:
    values = (judgement.stated, judgement.computed, judgement.difference, judgement.tolerance)
    return (_number(value) for value in values)


def _number(value: Fraction | None) -> Decimal | None:
    return None if value is None else Decimal(format_rounded(value, _DECIMALS)).normalize() + 0


def _unchecked_rows(check: Check, language: str) -> Iterator[list[Cell]]:
    path = check.extraction.document.path
    for rule, reason in check.skipped:
        yield [path, rule.id, rule.title.to(language), reason.to(language)]
    for remark in check.remarks:
        if remark.outcome in (Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE):
            yield [path, remark.rule, remark.subject, remark.message.to(language)]
