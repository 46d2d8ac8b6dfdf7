"""Findings for people: what is wrong, in the words of the document, and what to do about it.

Each finding quotes the sentence, gives the computation with what rounding allows, names the figure
that is likely wrong, cites the law, and lists what follows from it. The end tells what was checked
and what could not be, with the reasons.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from fiscal.errors import Text
from fiscal.model import Document, Outcome, Span
from fiscal.money import format_amount
from fiscal.report.citations import cited
from fiscal.report.findings import counts_by_severity
from fiscal.report.text import Line
from fiscal.rules.baseline import Accepted
from fiscal.rules.check import Check
from fiscal.rules.evaluate import REASONS
from fiscal.rules.finding import Finding, computation
from fiscal.rules.localise import Suspect
from fiscal.rules.rule import SEVERITIES, Severity
from fiscal.rules.typing_errors import OPERATIONS

__all__ = [
    "SEVERITY_LABELS",
    "check_lines",
    "likeliest",
    "place_of",
    "plain",
    "quotes",
    "reasons_of",
    "sentence_of",
    "stale_lines",
    "suspect_line",
]

SEVERITY_LABELS = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("警告", "warning"),
    Severity.NOTICE: Text("提示", "notice"),
}
_OUTCOMES = {
    Outcome.HOLDS: Text("成立", "hold"),
    Outcome.VIOLATED: Text("不成立", "fail"),
    Outcome.UNDETERMINED: Text("无法判断", "are undetermined"),
    Outcome.NOT_APPLICABLE: Text("不适用", "do not apply"),
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_SENTENCE_END = re.compile(r"[。；\n]")
_LONGEST_QUOTE = 160
_MOST_QUOTES = 3
_MOST_SUSPECTS = 3
_MOST_CONSEQUENCES = 8
_MOST_REASONS = 12
_INDENT = "\u0020" * 4


def check_lines(check: Check, language: str = "zh", shows_all: bool = False) -> Iterator[Line]:
    """Tell one document: its findings, the gravest first, then what was checked."""
    profile, document = check.extraction.profile, check.extraction.document
    yield Line(plain(f"{profile.title or document.path}"), "title")
    for number, finding in enumerate(check.findings, start=1):
        yield Line("")
        yield from _finding_lines(finding, number, check, language)
    yield Line("")
    yield from _summary_lines(check, language, shows_all)


def stale_lines(stale: tuple[Accepted, ...], language: str = "zh") -> Iterator[Line]:
    """Tell which entries of a baseline no finding has any more."""
    for entry in stale:
        yield Line(
            Text(
                f"基线已过时：{entry.fingerprint}（{entry.date}，{plain(entry.reason)}）不再出现",
                f"stale in the baseline: {entry.fingerprint} ({entry.date}) is found no more",
            ).to(language),
            "undetermined",
        )


def _finding_lines(finding: Finding, number: int, check: Check, language: str) -> Iterator[Line]:
    label = SEVERITY_LABELS[finding.severity].to(language)
    head = f"{number}. [{label}] {plain(finding.message.to(language))}  {finding.rule.id}"
    yield Line(head, finding.severity.value)
    for quote in quotes(finding, check.extraction.document, language):
        yield Line(_INDENT + quote)
    named = likeliest(finding)
    for suspect in named:
        yield Line(_INDENT + suspect_line(suspect, len(named) > 1, language))
    todo = Text("处理：", "To do: ").to(language) + finding.remedy.to(language)
    yield Line(_INDENT + todo)
    law = cited(finding.rule, check.extraction.profile.fiscal_year, language)
    if law:
        yield Line(_INDENT + Text("依据：", "By: ").to(language) + "；".join(law), "dim")
    yield Line(_INDENT + Text("编号：", "Fingerprint: ").to(language) + finding.fingerprint, "dim")
    if finding.consequences:
        yield Line(_INDENT + Text("同一原因还引起：", "The same cause also makes:").to(language))
    for other in finding.consequences[:_MOST_CONSEQUENCES]:
        told = f"{plain(other.message.to(language))}  {other.rule.id}"
        yield Line(f"{_INDENT}· {told}")
    if len(finding.consequences) > _MOST_CONSEQUENCES:
        left = len(finding.consequences) - _MOST_CONSEQUENCES
        yield Line(_INDENT + Text(f"· 另有 {left} 项", f"· and {left} more").to(language))


def likeliest(finding: Finding) -> list[Suspect]:
    """Return the likeliest suspects: those of the first rank, or a few where many tie."""
    first = [suspect for suspect in finding.suspects if suspect.rank == 1]
    return first[:_MOST_SUSPECTS]


def suspect_line(suspect: Suspect, is_one_of_many: bool, language: str) -> str:
    """Say which figure is doubted, what was probably meant, and by which slip."""
    quote = format_amount(suspect.fact.amount)
    operation = OPERATIONS.get(suspect.operation or "")
    why = f"（{operation.zh}）" if operation else ""
    mend = f"，应为 {format_amount(suspect.suggestion)}" if suspect.suggestion else ""
    reason = f" ({operation.en})" if operation else ""
    repair = f", should be {format_amount(suspect.suggestion)}" if suspect.suggestion else ""
    doubt = Text("其一有误", "One of these is wrong")
    lead = doubt if is_one_of_many else Text("可能有误", "Likely wrong")
    return Text(
        f"{lead.zh}：{suspect.fact.label} {quote}{mend}{why}",
        f"{lead.en}: {suspect.fact.label} {quote}{repair}{reason}",
    ).to(language)


def quotes(finding: Finding, document: Document, language: str) -> Iterator[str]:
    """Yield where it stands: each sentence once, or the row of a table."""
    seen: dict[tuple[int, int], Span] = {}
    suspected = [suspect.fact.span for suspect in likeliest(finding)]
    here = (span for span in (*suspected, *finding.evidence) if not span.document)
    for span in here:
        seen.setdefault(sentence_of(document, span), span)
    for (start, end), span in list(seen.items())[:_MOST_QUOTES]:
        text = plain(document.text[start:end])
        yield f"{place_of(document, span).to(language)}“{text}”"
    for span in finding.evidence:
        if span.document:
            yield f"{Path(span.document).name}“{span.quote}”"


def place_of(document: Document, span: Span) -> Text:
    """Return the page of a figure or, where there are no pages, its line."""
    if span.page:
        return Text(f"第{span.page}页", f"page {span.page}")
    line = document.line_of(span.start)
    return Text(f"第{line}行", f"line {line}")


def sentence_of(document: Document, span: Span) -> tuple[int, int]:
    """Return the characters of the sentence or row that holds a figure, not too many of them."""
    text = document.text
    before = text[max(0, span.start - _LONGEST_QUOTE // 2) : span.start]
    starts = [match.end() for match in _SENTENCE_END.finditer(before)]
    start = span.start - len(before) + (starts[-1] if starts else 0)
    after = text[span.end : span.end + _LONGEST_QUOTE // 2]
    end = _SENTENCE_END.search(after)
    return start, span.end + (end.start() if end else len(after))


def _summary_lines(check: Check, language: str, shows_all: bool) -> Iterator[Line]:
    counts = counts_by_severity(check.findings)
    told = "，".join(f"{SEVERITY_LABELS[each].zh} {counts[each.value]}" for each in SEVERITIES)
    said = ", ".join(f"{counts[each.value]} {SEVERITY_LABELS[each].en}" for each in SEVERITIES)
    yield Line(Text(f"发现：{told}", f"Found: {said}").to(language), "title")
    outcomes = check.outcomes
    told = "，".join(f"{_OUTCOMES[each].zh} {outcomes[each]}" for each in Outcome)
    said = ", ".join(f"{outcomes[each]} {_OUTCOMES[each].en}" for each in Outcome)
    yield Line(Text(f"核对的关系：{told}", f"Relations tried: {said}").to(language))
    if shows_all:
        yield from _relation_lines(check, language)
    yield from _reason_lines(check, language, shows_all)


def _relation_lines(check: Check, language: str) -> Iterator[Line]:
    """Yield every relation that was settled, the others being told with their reasons."""
    settled = (Outcome.HOLDS, Outcome.VIOLATED)
    for judgement in check.judgements:
        if judgement.outcome in settled:
            how, relation = _OUTCOMES[judgement.outcome].to(language), judgement.relation
            told = plain(computation(judgement).to(language))
            yield Line(f"{_INDENT}{relation.rule} [{how}] {told}")
    for remark in check.remarks:
        if remark.outcome in settled:
            how, told = _OUTCOMES[remark.outcome].to(language), plain(remark.message.to(language))
            yield Line(f"{_INDENT}{remark.rule} [{how}] {told}")


def _reason_lines(check: Check, language: str, shows_all: bool) -> Iterator[Line]:
    reasons = reasons_of(check, language)
    shown = reasons.most_common(None if shows_all else _MOST_REASONS)
    if shown:
        yield Line(Text("未能核对的：", "What could not be checked:").to(language))
    for reason, count in shown:
        yield Line(f"{_INDENT}{reason} × {count}")
    left = len(reasons) - len(shown)
    if left:
        more = Text(
            f"另有 {left} 条，用 --all 全部列出", f"and {left} more lines; --all lists them all"
        )
        yield Line(_INDENT + more.to(language))


def reasons_of(check: Check, language: str) -> Counter[str]:
    """Count the reasons for which something could not be checked."""
    counts: Counter[str] = Counter()
    for judgement in check.judgements:
        reason = REASONS.get(judgement.reason or "")
        if reason:
            counts[f"{judgement.relation.rule} {reason.to(language)}"] += 1
    for remark in check.remarks:
        if remark.outcome in (Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE):
            counts[f"{remark.rule} {remark.message.to(language)}"] += 1
    for rule, reason in check.skipped:
        counts[f"{rule.id} {rule.title.to(language)}：{reason.to(language)}"] += 1
    return counts


def plain(text: str) -> str:
    """Return a text on one line, without characters that would steer the terminal."""
    return _CONTROL.sub("\u0020", text).strip()
