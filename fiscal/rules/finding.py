"""A finding: what a rule found wrong, said so that a clerk can act on it.

It carries the computation with the numbers as printed, where they stand, the law, and a fingerprint
of rule, body, year and subject but of no offset, so that a baseline survives edits to the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256

from fiscal.errors import Text
from fiscal.model import MEASURES, Fact, Outcome, Profile, Span
from fiscal.money import format_amount, format_rounded
from fiscal.rules.evaluate import Band, Judgement
from fiscal.rules.localise import Suspect
from fiscal.rules.relation import Form, Relation
from fiscal.rules.rule import Remark, Rule, Severity

__all__ = ["Finding", "computation", "finding_of", "name_of", "printed", "with_ordinals"]

_FINGERPRINT_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found at `evidence`.

    `suspects` are the figures of which one may be wrong, the likeliest first, and `consequences`
    the findings that have the same cause.
    """

    rule: Rule
    outcome: Outcome
    severity: Severity
    subject: str
    message: Text
    remedy: Text
    evidence: tuple[Span, ...]
    fingerprint: str
    judgement: Judgement | None = None
    suspects: tuple[Suspect, ...] = ()
    consequences: tuple[Finding, ...] = ()


def finding_of(rule: Rule, found: Judgement | Remark, profile: Profile) -> Finding | None:
    """Return the finding that a judgement or remark gives rise to, None where all is well."""
    if isinstance(found, Remark):
        if found.outcome is not Outcome.VIOLATED:
            return None
        message, remedy, evidence = found.message, found.remedy or rule.remedy, found.spans
        severity, subject, judgement = rule.severity, found.subject, None
    else:
        if found.band not in (Band.TIGHT, Band.VIOLATED):
            return None
        message, remedy = _message(rule, found), rule.remedy
        evidence = tuple(fact.span for fact in found.relation.facts)
        severity = rule.severity if found.is_violated else Severity.NOTICE
        subject, judgement = found.relation.subject, found
    return Finding(
        rule=rule,
        outcome=found.outcome,
        severity=severity,
        subject=subject,
        message=message,
        remedy=remedy,
        evidence=evidence,
        fingerprint=_fingerprint(rule, subject, profile),
        judgement=judgement,
    )


def with_ordinals(findings: Iterable[Finding]) -> list[Finding]:
    """Tell findings apart that share a fingerprint: the second gets its number, and so on."""
    seen: Counter[str] = Counter()
    told: list[Finding] = []
    for finding in findings:
        seen[finding.fingerprint] += 1
        count = seen[finding.fingerprint]
        told.append(
            finding
            if count == 1
            else replace(finding, fingerprint=f"{finding.fingerprint}-{count}")
        )
    return told


def _fingerprint(rule: Rule, subject: str, profile: Profile) -> str:
    parts = (rule.id, profile.organisation or "", str(profile.fiscal_year or ""), subject)
    return sha256("\n".join(parts).encode()).hexdigest()[:_FINGERPRINT_LENGTH]


def _message(rule: Rule, judgement: Judgement) -> Text:
    """Say what does not fit, and by how much."""
    told = computation(judgement)
    lead = name_of(judgement.relation.rate or judgement.relation.form[0].fact)
    if not judgement.is_violated:
        return Text(
            f"{lead.zh}：{told.zh}，只在舍入的极限内相符",
            f"{lead.en}: {told.en}; this fits only at the limit of rounding",
        )
    return Text(f"{rule.title.zh}不成立：{told.zh}", f"{rule.title.en}, which fails: {told.en}")


def computation(judgement: Judgement) -> Text:
    """Write out a judgement: the figure stated, what the others come to, the difference allowed."""
    relation = judgement.relation
    sides = _sides(relation)
    if judgement.computed is None or judgement.difference is None:
        return Text(sides, sides)
    unit, value = _unit_of(relation)
    decimals = max(fact.amount.decimals for fact in relation.facts)
    computed, difference, tolerance = (
        format_rounded(number / value, decimals if exact else decimals + 1)
        for number, exact in (
            (judgement.computed, True),
            (judgement.difference, True),
            (judgement.tolerance or Fraction(0), False),
        )
    )
    return Text(
        f"{sides}，算得{computed}{unit}，相差{difference}{unit}（容许±{tolerance}{unit}）",
        f"{sides}; computed {computed}{unit}, off by {difference}{unit} "
        f"(allowed ±{tolerance}{unit})",
    )


def _unit_of(relation: Relation) -> tuple[str, Fraction]:
    amount = (relation.rate or relation.form[0].fact).amount
    return (amount.unit or "%") if relation.rate else amount.unit, amount.unit_value


def _sides(relation: Relation) -> str:
    """Write a relation with its figures as printed."""
    if relation.rate:
        part, whole = _sum(relation.form), _sum(relation.whole)
        return f"{printed(relation.rate)} ↔ {part} ÷ {whole} × 100"
    lead, *others = relation.form
    sign = "≤" if relation.is_bound else "="
    flipped = tuple(term._replace(coefficient=-term.coefficient) for term in others)
    if lead.coefficient < 0:
        sign, flipped = "≥" if relation.is_bound else "=", tuple(others)
    return f"{printed(lead.fact)} {sign} {_sum(flipped, brackets=False)}"


def _sum(form: Form, brackets: bool = True) -> str:
    told = ""
    for coefficient, fact in form:
        sign = "−" if coefficient < 0 else "+"
        times = "" if abs(coefficient) == 1 else f"{abs(coefficient)}×"
        told += f" {sign} {times}{printed(fact)}"
    told = told.removeprefix(" + ").removeprefix(" ") or "0"
    return f"({told})" if brackets and len(form) > 1 else told


def printed(fact: Fact) -> str:
    """Return a figure as printed, with the unit it is in."""
    is_bare_zero = not fact.amount.number and "." not in fact.span.quote
    return f"0{fact.amount.unit}" if is_bare_zero else format_amount(fact.amount)


def name_of(fact: Fact) -> Text:
    """Return what a figure is called: its label, and which figure of it."""
    measure = MEASURES.get(fact.measure, Text(fact.measure, fact.measure))
    if fact.measure in ("final", "count"):
        return Text(fact.label, fact.label)
    return Text(f"{fact.label}{measure.zh}", f"{fact.label} ({measure.en})")
