"""What would be if a suggestion were true: facts with other amounts, and relations judged anew.

The document itself is never changed: a suggestion is a guess until somebody has looked it up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from fiscal.model import Extraction
from fiscal.money import Amount
from fiscal.rules.evaluate import Judgement, judge
from fiscal.rules.feasibility import with_amounts
from fiscal.rules.localise import Diagnosis, Explanation

__all__ = ["judged_anew", "numbered", "repaired", "suggested"]


def numbered(diagnoses: Iterable[Diagnosis]) -> Iterator[tuple[int, Explanation]]:
    """Yield every explanation with the number by which people ask for it, from 1."""
    explanations = (each for diagnosis in diagnoses for each in diagnosis.explanations)
    return enumerate(explanations, start=1)


def suggested(explanation: Explanation) -> dict[str, Amount] | None:
    """Return the amounts that an explanation suggests, by id of fact; None where one is open."""
    found: dict[str, Amount] = {}
    for suspect in explanation.suspects:
        if suspect.suggestion is None:
            return None
        found |= dict.fromkeys(suspect.read_as, suspect.suggestion)
    return found


def judged_anew(explanation: Explanation, amounts: Mapping[str, Amount]) -> list[Judgement]:
    """Judge the relations that an explanation mends with the amounts that it suggests."""
    mended = (relation for each in explanation.suspects for relation in each.mends)
    once = {id(relation): relation for relation in mended}
    return [judge(with_amounts(relation, amounts)) for relation in once.values()]


def repaired(extraction: Extraction, amounts: Mapping[str, Amount]) -> Extraction:
    """Return an extraction whose facts have other amounts; their spans quote the document still."""
    facts = tuple(
        replace(fact, amount=amounts.get(fact.id, fact.amount)) for fact in extraction.facts
    )
    return replace(extraction, facts=facts)
