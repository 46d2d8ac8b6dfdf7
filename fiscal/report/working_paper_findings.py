"""The sheets of a working paper that tell what was judged, and what was found wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from fiscal.errors import Text
from fiscal.model import Outcome, Span
from fiscal.money import UNITS, format_rounded
from fiscal.report.citations import cited
from fiscal.report.findings_text import SEVERITY_LABELS, suspect_line
from fiscal.report.quotes import plain, quotes
from fiscal.report.trees import OUTCOMES
from fiscal.report.workbook import Cell, Look, Sheet, Shown, Validation
from fiscal.rules.check import Check
from fiscal.rules.evaluate import REASONS, Band, Judgement
from fiscal.rules.finding import Finding, computation
from fiscal.rules.rule import Remark, Rule, Severity

__all__ = ["finding_sheet", "relation_sheet"]

_BANDS = {
    Band.EXACT: Text("完全相符", "exact"),
    Band.ROUNDING: Text("舍入内相符", "by rounding"),
    Band.TIGHT: Text("舍入极限", "barely"),
    Band.VIOLATED: Text("不符", "not at all"),
}
_RELATIONS = (
    (Text("文件", "document"), 24),
    (Text("规则", "rule"), 8),
    (Text("规则名称", "title"), 30),
    (Text("对象", "subject"), 32),
    (Text("结果", "outcome"), 10),
    (Text("吻合程度", "fit"), 12),
    (Text("原因", "reason"), 32),
    (Text("计算", "computation"), 60),
    (Text("表述数", "stated"), 18),
    (Text("算得", "computed"), 18),
    (Text("差额", "difference"), 16),
    (Text("容差", "tolerance"), 16),
    (Text("原文", "quotes"), 32),
    (Text("页", "pages"), 8),
)
_FINDINGS = (
    (Text("序号", "number"), 8),
    (Text("文件", "document"), 24),
    (Text("严重程度", "severity"), 10),
    (Text("规则", "rule"), 8),
    (Text("规则名称", "title"), 24),
    (Text("问题", "message"), 60),
    (Text("证据", "evidence"), 48),
    (Text("疑似有误", "suspects"), 36),
    (Text("处理", "remedy"), 32),
    (Text("依据", "law"), 36),
    (Text("由第几项引起", "caused by"), 10),
    (Text("编号", "fingerprint"), 20),
    (Text("核实情况", "auditor's answer"), 12),
    (Text("备注", "remark"), 40),
)
_ANSWERS = (
    Text("属实", "right"),
    Text("不属实", "not right"),
    Text("已更正", "corrected"),
    Text("待核实", "open"),
)
_MOST_DECIMALS = 6
_LONG = Look(is_wrapped=True)
_ROOM = Look(is_wrapped=True, fill=2, has_border=True)
_FILLS = {Severity.ERROR: 3, Severity.WARNING: 2, Severity.NOTICE: 0}


def relation_sheet(checks: Sequence[Check], rules: Sequence[Rule], language: str) -> Sheet:
    """Return every relation that was tried, and the rules that found nothing to try."""
    titles = {rule.id: rule.title.to(language) for rule in rules}
    rows: list[list[Cell]] = []
    for check in checks:
        path = check.extraction.document.path
        told = _tried(check, titles, language)
        rows += [[path, *cells] for cells in told]
    return _sheet(Text("关系", "relations"), _RELATIONS, rows, language)


def _tried(check: Check, titles: Mapping[str, str], language: str) -> Iterator[list[Cell]]:
    for judgement in check.judgements:
        relation = judgement.relation
        lead: list[Cell] = [relation.rule, titles.get(relation.rule, ""), relation.subject]
        yield [*lead, *_judged(judgement, language)]
    for remark in check.remarks:
        yield [remark.rule, titles.get(remark.rule, ""), remark.subject, *_said(remark, language)]
    for rule, reason in check.skipped:
        outcome = OUTCOMES[Outcome.NOT_APPLICABLE].to(language)
        told = [rule.id, rule.title.to(language), None, outcome, None, reason.to(language)]
        yield [*told, *[None] * 7]


def _judged(judgement: Judgement, language: str) -> Iterator[Cell]:
    reason = REASONS.get(judgement.reason or "")
    spans = [fact.span for fact in judgement.relation.facts]
    yield OUTCOMES[judgement.outcome].to(language)
    yield _BANDS[judgement.band].to(language) if judgement.band else None
    yield reason.to(language) if reason else None
    yield computation(judgement).to(language)
    unit = _unit_of(judgement)
    amounts = (
        judgement.stated,
        judgement.computed,
        judgement.difference,
        judgement.tolerance,
    )
    yield from (_number(amount, unit) for amount in amounts)
    yield from _places(spans)


def _said(remark: Remark, language: str) -> list[Cell]:
    is_well = remark.outcome is Outcome.HOLDS
    reason = None if is_well else plain(remark.message.to(language))
    outcome = OUTCOMES[remark.outcome].to(language)
    return [outcome, None, reason, *[None] * 5, *_places(remark.spans)]


def _unit_of(judgement: Judgement) -> str:
    """Return the unit of a judgement's numbers: yuan, percent, or nothing that needs saying."""
    relation = judgement.relation
    if relation.rate:
        return "%"
    return "元" if relation.form[0].fact.amount.unit in UNITS else ""


def _number(value: Fraction | None, unit: str) -> Cell:
    """Return a number with all its decimals, or with a few where they do not end."""
    if value is None:
        return None
    places = range(_MOST_DECIMALS + 1)
    exact = (n for n in places if (value * 10**n).denominator == 1)
    decimals = next(exact, _MOST_DECIMALS)
    return Shown(Decimal(format_rounded(value, decimals)), Look(unit=unit))


def _places(spans: Sequence[Span]) -> list[Cell]:
    pages = sorted({span.page for span in spans if span.page})
    return ["；".join(span.quote for span in spans), "、".join(map(str, pages))]


def finding_sheet(checks: Sequence[Check], language: str) -> Sheet:
    """Return what was found, each with its consequences, and room for the auditor's answer."""
    rows: list[list[Cell]] = []
    for check in checks:
        for finding in check.findings:
            _add(finding, None, check, language, rows)
    answers = [answer.to(language) for answer in _ANSWERS]
    rules = [Validation(f"M2:M{len(rows) + 1}", answers)] if rows else []
    return _sheet(Text("问题", "findings"), _FINDINGS, rows, language, rules)


def _add(
    finding: Finding, cause: int | None, check: Check, language: str, rows: list[list[Cell]]
) -> None:
    number = len(rows) + 1
    rows.append([number, *_finding_cells(finding, cause, check, language)])
    for other in finding.consequences:
        _add(other, number, check, language, rows)


def _finding_cells(
    finding: Finding, cause: int | None, check: Check, language: str
) -> Iterator[Cell]:
    document, profile = check.extraction.document, check.extraction.profile
    severity = SEVERITY_LABELS[finding.severity].to(language)
    suspects = [each for each in finding.suspects if each.rank == 1]
    told = (suspect_line(each, len(suspects) > 1, language) for each in suspects)
    yield document.path
    yield Shown(severity, Look(is_bold=True, fill=_FILLS[finding.severity]))
    yield finding.rule.id
    long = (
        finding.rule.title.to(language),
        plain(finding.message.to(language)),
        "\n".join(quotes(finding, document, language)),
        "\n".join(map(plain, told)),
        finding.remedy.to(language),
        "\n".join(cited(finding.rule, profile.fiscal_year, language)),
    )
    yield from (Shown(text, _LONG) for text in long)
    yield from (cause, finding.fingerprint, Shown(None, _ROOM), Shown(None, _ROOM))


def _sheet(
    name: Text,
    headings: Sequence[tuple[Text, int]],
    rows: Sequence[Sequence[Cell]],
    language: str,
    validations: Sequence[Validation] = (),
) -> Sheet:
    labels = [label.to(language) for label, _ in headings]
    widths = [width for _, width in headings]
    return Sheet(name.to(language), labels, widths, rows, validations=validations)
