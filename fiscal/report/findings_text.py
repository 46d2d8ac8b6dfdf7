"""Findings for people: what is wrong, in the words of the document, and what to do about it.

Each finding quotes the sentence, gives the computation with what rounding allows, names the figure
that is likely wrong, cites the law, and lists what follows from it. The end tells what was checked
and what could not be, with the reasons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from fiscal.errors import Text
from fiscal.model import Outcome
from fiscal.money import format_amount
from fiscal.report.citations import cited
from fiscal.report.findings import counts_by_severity
from fiscal.report.quotes import cut, likeliest, plain, quotes
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
    "reasons_of",
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
_MOST_CONSEQUENCES = 8
_MOST_REASONS = 12
# So many findings that say the same of different places are shown, the others are counted.
_MOST_ALIKE = 10
_INDENT = "\u0020" * 4


def check_lines(check: Check, language: str = "zh", shows_all: bool = False) -> Iterator[Line]:
    """Tell one document: its findings, the gravest first, then what was checked."""
    profile, document = check.extraction.profile, check.extraction.document
    yield Line(plain(f"{profile.title or document.path}"), "title")
    said: Counter[tuple[str, Text]] = Counter()
    for number, finding in enumerate(check.findings, start=1):
        alike = finding.rule.id, finding.message
        said[alike] += 1
        if shows_all or said[alike] <= _MOST_ALIKE:
            yield Line("")
            yield from _finding_lines(finding, number, check, language)
    yield from _alike_lines(said, language, shows_all)
    yield Line("")
    yield from _summary_lines(check, language, shows_all)


def _alike_lines(
    said: Mapping[tuple[str, Text], int], language: str, shows_all: bool
) -> Iterator[Line]:
    """Count the findings left out that say in the same words what was found in other places."""
    for (rule, message), count in said.items():
        left = count - _MOST_ALIKE
        if left > 0 and not shows_all:
            more = Text(
                f"另有 {left} 处相同，用 --all 全部列出",
                f"{left} more of the same; --all lists them all",
            )
            yield Line("")
            yield Line(f"{rule} {cut(plain(message.to(language)))}")
            yield Line(_INDENT + more.to(language))


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
    head = f"{number}. [{label}] {cut(plain(finding.message.to(language)))}  {finding.rule.id}"
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
        told = f"{cut(plain(other.message.to(language)))}  {other.rule.id}"
        yield Line(f"{_INDENT}· {told}")
    if len(finding.consequences) > _MOST_CONSEQUENCES:
        left = len(finding.consequences) - _MOST_CONSEQUENCES
        yield Line(_INDENT + Text(f"· 另有 {left} 项", f"· and {left} more").to(language))


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
            told = cut(plain(computation(judgement).to(language)))
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
