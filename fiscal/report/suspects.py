"""Which figures are probably wrong: as text for people, and as JSON.

For each problem, what does not hold; then every explanation, the likeliest first, with what was
probably meant, what would hold again, and which figures arithmetic cannot tell apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fiscal.errors import Text, listed
from fiscal.model import Extraction, Fact
from fiscal.money import format_amount
from fiscal.report.extraction import document_record
from fiscal.report.findings import judgement_record, suspect_record
from fiscal.report.findings_text import suspect_line
from fiscal.report.quotes import place_of, plain
from fiscal.report.text import Line
from fiscal.rules.evaluate import judge
from fiscal.rules.finding import computation
from fiscal.rules.localise import Diagnosis, Explanation
from fiscal.rules.repair import judged_anew, numbered, suggested

__all__ = ["suspect_lines", "suspects_record"]

_MOST_EXPLANATIONS = 3
_MOST_TIES = 6
_INDENT = "\u0020" * 4
_NOTHING_FOUND = Text(
    "没有三个以内的数字能解释", "no three figures or fewer explain it; something else is wrong"
)
_NOT_EXHAUSTED = Text("未继续搜索，可能还有别的解释", "not searched further: there may be others")


def suspect_lines(
    extraction: Extraction, diagnoses: Sequence[Diagnosis], language: str, shows_all: bool
) -> Iterator[Line]:
    """Tell the problems of one document, each with what explains it."""
    profile, document = extraction.profile, extraction.document
    yield Line(plain(profile.title or document.path), "title")
    numbers = {id(explanation): number for number, explanation in numbered(diagnoses)}
    facts = {fact.id: fact for fact in extraction.facts}
    for diagnosis in diagnoses:
        yield Line("")
        for relation in diagnosis.violated:
            told = computation(judge(relation)).to(language)
            yield Line(plain(f"{relation.rule} {told}"), "error")
        shown = diagnosis.explanations[: None if shows_all else _MOST_EXPLANATIONS]
        for explanation in shown:
            yield from _explanation_lines(
                explanation, numbers[id(explanation)], extraction, facts, language
            )
        yield from _rest_lines(diagnosis, len(shown), language)
    yield Line("")
    count = Text(f"共 {len(diagnoses)} 处矛盾", f"problems: {len(diagnoses)}")
    yield Line(count.to(language), "title")


def _explanation_lines(
    explanation: Explanation,
    number: int,
    extraction: Extraction,
    facts: Mapping[str, Fact],
    language: str,
) -> Iterator[Line]:
    for at, suspect in enumerate(explanation.suspects):
        head = f"[{number}] " if at == 0 else "\u0020" * (len(str(number)) + 3)
        where = place_of(extraction.document, suspect.fact.span)
        told = plain(suspect_line(suspect, is_one_of_many=bool(suspect.ties), language=language))
        yield Line(f"{head}{told}  {where.to(language)} {suspect.fact.id}")
        if suspect.ties:
            yield Line(_INDENT + _ties(suspect.ties, facts, language), "dim")
    amounts = suggested(explanation)
    for judgement in judged_anew(explanation, amounts) if amounts else ():
        told = computation(judgement).to(language)
        mended = Text(f"改后：{told}", f"then: {told}").to(language)
        yield Line(_INDENT + plain(f"{mended}  {judgement.relation.rule}"), "dim")


def _ties(ties: Sequence[str], facts: Mapping[str, Fact], language: str) -> str:
    named = [format_amount(facts[each].amount) for each in ties if each in facts]
    shown = listed(named[:_MOST_TIES]).to(language)
    more = Text(f"等 {len(named)} 个", f" and others, {len(named)} in all")
    end = more.to(language) if len(named) > _MOST_TIES else ""
    lead = Text("算术上不可区分：", "arithmetic cannot tell it from: ").to(language)
    return f"{lead}{shown}{end}"


def _rest_lines(diagnosis: Diagnosis, shown: int, language: str) -> Iterator[Line]:
    left = len(diagnosis.explanations) - shown
    if left:
        told = Text(f"另有 {left} 种解释（--all 全部列出）", f"{left} more (--all shows them)")
        yield Line(_INDENT + told.to(language), "dim")
    if not diagnosis.explanations and diagnosis.is_exhausted:
        yield Line(_INDENT + _NOTHING_FOUND.to(language), "undetermined")
    if not diagnosis.is_exhausted:
        yield Line(_INDENT + _NOT_EXHAUSTED.to(language), "undetermined")


def suspects_record(
    extraction: Extraction, diagnoses: Sequence[Diagnosis], language: str
) -> dict[str, Any]:
    """Return the problems of one document with every explanation."""
    numbers = {id(explanation): number for number, explanation in numbered(diagnoses)}
    return {
        "document": document_record(extraction),
        "problems": [
            {
                "violated": [judgement_record(judge(each), language) for each in one.violated],
                "explanations": [
                    _explanation_record(each, numbers[id(each)], extraction, language)
                    for each in one.explanations
                ],
                "is_exhausted": one.is_exhausted,
            }
            for one in diagnoses
        ],
    }


def _explanation_record(
    explanation: Explanation, number: int, extraction: Extraction, language: str
) -> dict[str, Any]:
    amounts = suggested(explanation)
    anew = judged_anew(explanation, amounts) if amounts else []
    return {
        "number": number,
        "rank": explanation.rank,
        "suspects": [
            {"id": each.fact.id, **suspect_record(each, extraction, language)}
            for each in explanation.suspects
        ],
        "then": [judgement_record(judgement, language) for judgement in anew],
    }
