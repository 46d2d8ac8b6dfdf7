"""Checking a document: every rule that applies, every relation judged, nothing passed over.

What a rule could not bind is told beside what it could: `skipped` names the rules that found
nothing they speak of, and remarks say why something could not be judged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from fiscal.errors import Text
from fiscal.model import Extraction, Outcome
from fiscal.rules.catalogue import by_id
from fiscal.rules.cause import grouped
from fiscal.rules.evaluate import Judgement, judge
from fiscal.rules.finding import Finding, finding_of, with_ordinals
from fiscal.rules.localise import Diagnosis, Suspect, localise
from fiscal.rules.relation import Relation
from fiscal.rules.rule import SEVERITIES, Remark, Rule, Severity
from fiscal.rules.view import View

__all__ = ["OUT_OF_SCOPE", "UNMET", "Check", "binding", "check", "diagnoses_of", "run_rule"]

OUT_OF_SCOPE = Text("不适用于此类文件或年度", "not for documents of this kind or year")
UNMET = Text("文件中没有它所说的内容", "the document holds nothing it speaks of")


@dataclass(frozen=True, slots=True)
class Check:
    """One document checked: how all relations came out, and what follows.

    `findings` are grouped by cause, the gravest first. `skipped` are the rules that had nothing to
    judge, with the reason.
    """

    extraction: Extraction
    judgements: tuple[Judgement, ...]
    remarks: tuple[Remark, ...]
    findings: tuple[Finding, ...]
    skipped: tuple[tuple[Rule, Text], ...]

    @property
    def outcomes(self) -> dict[Outcome, int]:
        """How many relations and remarks came out in each of the four ways."""
        counts = Counter(judgement.outcome for judgement in self.judgements)
        counts.update(remark.outcome for remark in self.remarks)
        counts[Outcome.NOT_APPLICABLE] += len(self.skipped)
        return {outcome: counts[outcome] for outcome in Outcome}


def check(
    extraction: Extraction, rules: Sequence[Rule], others: Sequence[Extraction] = ()
) -> Check:
    """Judge a document by `rules`, among `others` of the same body or of its units."""
    view = View(extraction, tuple(View(other) for other in others if other is not extraction))
    profile = extraction.profile
    judgements: list[Judgement] = []
    remarks: list[Remark] = []
    skipped: list[tuple[Rule, Text]] = []
    for rule in rules:
        if not rule.applies_to(profile.kind, profile.fiscal_year):
            skipped.append((rule, OUT_OF_SCOPE))
            continue
        judged, said = run_rule(rule, view)
        judgements += judged
        remarks += said
        if not judged and not said:
            skipped.append((rule, UNMET))
    chosen = {rule.id: rule for rule in rules}
    suspects = _suspects(judgements)
    everything: list[Judgement | Remark] = [*judgements, *remarks]
    found = (finding_of(chosen[_rule_of(one)], one, profile) for one in everything)
    findings = [
        replace(finding, suspects=suspects.get(finding.judgement.relation, ()))
        if finding.judgement
        else finding
        for finding in found
        if finding
    ]
    ordered = sorted(with_ordinals(findings), key=_gravity)
    return Check(extraction, tuple(judgements), tuple(remarks), grouped(ordered), tuple(skipped))


def diagnoses_of(
    judgements: Sequence[Judgement], trusted: frozenset[str] = frozenset()
) -> tuple[Diagnosis, ...]:
    """Explain what is violated within the document; facts with `trusted` ids are not doubted."""
    return localise(binding(judgements), trusted)


def binding(judgements: Iterable[Judgement]) -> list[Relation]:
    """Return the relations that tell right figures from wrong ones.

    What is only reasonable is no ground to call a figure wrong, nor to call another one right.
    """
    return [each.relation for each in judgements if _binds(each)]


def _binds(judgement: Judgement) -> bool:
    """Tell whether a relation was judged, within the document, and can fail only by an error."""
    if judgement.outcome not in (Outcome.HOLDS, Outcome.VIOLATED):
        return False
    rule = by_id(judgement.relation.rule)
    is_soft = rule is not None and rule.id[0] == "R" and rule.severity is not Severity.ERROR
    return not is_soft and not any(fact.span.document for fact in judgement.relation.facts)


def _suspects(judgements: Sequence[Judgement]) -> dict[Relation, tuple[Suspect, ...]]:
    """Return for each violated relation the figures of which one would mend it."""
    mended: defaultdict[Relation, list[Suspect]] = defaultdict(list)
    for diagnosis in diagnoses_of(judgements):
        for suspect in diagnosis.suspects:
            for relation in dict.fromkeys(suspect.mends):
                mended[relation].append(suspect)
    return {relation: tuple(suspects) for relation, suspects in mended.items()}


def run_rule(rule: Rule, view: View) -> tuple[list[Judgement], list[Remark]]:
    """Return the judgements and remarks of one rule."""
    found = list(rule.find(view))
    judged = [judge(one) for one in found if isinstance(one, Relation)]
    return judged, [one for one in found if isinstance(one, Remark)]


def _rule_of(found: Judgement | Remark) -> str:
    return found.relation.rule if isinstance(found, Judgement) else found.rule


def _gravity(finding: Finding) -> tuple[int, int]:
    first = min((span.start for span in finding.evidence), default=0)
    return SEVERITIES.index(finding.severity), first
