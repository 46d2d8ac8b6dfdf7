"""One finding in full: the rule, the computation with every figure's place and room, the law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fiscal.errors import Text
from fiscal.money import format_amount, format_exact
from fiscal.report.findings_text import SEVERITY_LABELS
from fiscal.report.text import Line
from fiscal.rules.check import Check
from fiscal.rules.evaluate import Judgement
from fiscal.rules.finding import Finding, computation
from fiscal.rules.relation import Form
from fiscal.rules.tolerance import half_width
from fiscal.rules.typing_errors import OPERATIONS

__all__ = ["explanation_lines"]

_INDENT = "\u0020" * 4


def explanation_lines(finding: Finding, check: Check, language: str = "zh") -> Iterator[Line]:
    """Tell a finding in full; of what follows from it, each computation on a line."""
    rule = finding.rule
    head = f"{rule.id} [{SEVERITY_LABELS[finding.severity].to(language)}] {rule.title.to(language)}"
    yield Line(head, "title")
    yield Line(finding.message.to(language))
    yield Line(rule.gist.to(language), "dim")
    yield Line(rule.why.to(language), "dim")
    if finding.judgement:
        yield Line("")
        yield from _figure_lines(finding.judgement, check, language)
    ranks = Counter(suspect.rank for suspect in finding.suspects)
    for suspect in finding.suspects:
        operation = OPERATIONS.get(suspect.operation or "")
        mend = f" → {format_amount(suspect.suggestion)}" if suspect.suggestion else ""
        why = f"（{operation.to(language)}）" if operation else ""
        label = _rank(suspect.rank, ranks[suspect.rank] > 1).to(language)
        figure = f"{suspect.fact.label} {format_amount(suspect.fact.amount)}"
        yield Line(f"{label}{figure}{mend}{why}")
    for other in finding.consequences:
        told = computation(other.judgement) if other.judgement else other.message
        yield Line(f"· {other.rule.id} {told.to(language)}")


def _rank(rank: int, is_shared: bool) -> Text:
    """Say how likely a suspect is among the others; equally likely ones share a rank."""
    return Text(
        f"可能有误（第 {rank} 位{'，并列' if is_shared else ''}）：",
        f"suspect, rank {rank}{' (tied)' if is_shared else ''}: ",
    )


def _figure_lines(judgement: Judgement, check: Check, language: str) -> Iterator[Line]:
    """Yield every figure with its coefficient, its room and its place, then the sum of it all."""
    relation = judgement.relation
    for name, form in (
        (Text("算式", "form"), relation.form),
        (Text("基数", "base"), relation.whole),
    ):
        if form:
            yield Line(name.to(language), "title")
            yield from _form_lines(form, check, language)
    if relation.rate:
        yield Line(Text("比率", "rate").to(language), "title")
        yield Line(f"{_INDENT}{format_amount(relation.rate.amount)}")
    yield Line(computation(judgement).to(language))


def _form_lines(form: Form, check: Check, language: str) -> Iterator[Line]:
    for coefficient, fact in form:
        sign = "−" if coefficient < 0 else "+"
        room = format_exact(half_width(fact) / fact.amount.unit_value)
        line = check.extraction.document.line_of(fact.span.start)
        place = (
            Text(f"第{fact.span.page}页", f"page {fact.span.page}")
            if fact.span.page
            else Text(f"第{line}行", f"line {line}")
        )
        figure = f"{format_amount(fact.amount)} ± {room}{fact.amount.unit}"
        yield Line(f"{_INDENT}{sign} {figure}  {fact.label}  {place.to(language)}")
