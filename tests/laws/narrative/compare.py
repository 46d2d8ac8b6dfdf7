"""What a reader found against what a narrative states: missing, extra and different facts.

A reader is free in what leaves the meaning alone: kinds of brackets and quotes, the levels of a
path and how its names are joined, a closing 预算 or 决算 of a label, whether a base stands in the
label or in its own field, and whether the whole of a budget bears the code `total`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fiscal.codes import TOTAL
from fiscal.documents.plain_text import read
from fiscal.errors import UnreadableDocument
from fiscal.extract.extractor import extract_facts
from fiscal.extract.numerals import numerals
from fiscal.model import Document, Extraction, Fact, Profile
from tests.laws.narrative.pieces import ANY, Meaning, Narrative, Place

__all__ = ["Difference", "compare", "plain_label", "read_back", "report", "tally", "told_of"]

_BRACKETS = str.maketrans("（）－—，：", "()//,:")
_LEFT_OUT = re.compile(
    r"\((?:\d*[类款项]|含|不含车辆|以合同签订为准)\)|[“”\"‘’\s]|(?:预算数|预算总额|预算|决算数|决算)$"
)
_IN_LABEL = re.compile(r"\(占(.+?)\)$")
# Names of one and the same count.
_ALIKE = {
    "出国(境)人数": "出国(境)人次",
    "因公出国(境)累计人次": "出国(境)人次",
    "因公出国(境)累计人数": "出国(境)人次",
    "因公出国(境)累计": "出国(境)人次",
    "因公出国(境)人次": "出国(境)人次",
    "因公出国(境)人数": "出国(境)人次",
    "出国(境)": "出国(境)人次",
    "出国(境)累计人次": "出国(境)人次",
    "因公出国(境)累计人": "出国(境)人次",
    "参加出国(境)人次": "出国(境)人次",
    "参加出国(境)人数": "出国(境)人次",
    "新购公务用车": "购置公务用车",
    "国内公务接待": "国内公务接待支出",
    "外事接待人数": "外事接待人次",
}


@dataclass(frozen=True)
class Difference:
    """One thing that was read otherwise than stated; `where` is the text around it."""

    kind: str
    shape: str
    where: str
    stated: str = ""
    found: str = ""

    def __str__(self) -> str:
        lines = [f"{self.kind} [{self.shape or '-'}] …{self.where}…"]
        lines += [f"    stated: {self.stated}"] if self.stated else []
        lines += [f"    found:  {self.found}"] if self.found else []
        return "\n".join(lines)


def read_back(narrative: Narrative) -> Extraction:
    """Read a narrative as the text file that it would be."""
    document = read(narrative.text.encode(), "narrative.txt", "")
    try:
        return extract_facts(document, may_be_empty=True)
    except UnreadableDocument:
        return Extraction(document, Profile(None, None, None), ())


def compare(narrative: Narrative, extraction: Extraction) -> list[Difference]:
    """Return all in which a reading differs from what was stated, in order of place."""
    facts = list(extraction.facts)
    found = [
        *_figures(narrative, facts),
        *_strangers(narrative, facts),
        *_sayings(narrative, extraction),
        *_others(narrative, extraction),
        *_spans(extraction.document, facts),
    ]
    return sorted(found, key=lambda pair: pair[0]) and [
        each for _, each in sorted(found, key=lambda pair: pair[0])
    ]


Found = Iterator[tuple[int, Difference]]


def _figures(narrative: Narrative, facts: list[Fact]) -> Found:
    for place, figure in narrative.figures:
        here = [fact for fact in facts if _covers(fact, place)]
        stated = list(figure.meanings)
        for meaning in figure.meanings:
            same = next((fact for fact in here if not unlike(meaning, fact)), None)
            if same:
                here.remove(same)
                stated.remove(meaning)
        where = _around(narrative, place.start, place.end)
        for meaning in stated:
            fact = min(here, key=lambda each: len(unlike(meaning, each)), default=None)
            if fact:
                here.remove(fact)
            kind = f"different {'+'.join(unlike(meaning, fact))}" if fact else "missing"
            shown = _of_fact(fact) if fact else ""
            yield place.start, Difference(kind, place.shape, where, told_of(meaning), shown)
        for fact in here:
            yield place.start, Difference("extra", place.shape, where, "", _of_fact(fact))


def _covers(fact: Fact, place: Place) -> bool:
    return fact.span.start <= place.start and place.end <= fact.span.end


def _strangers(narrative: Narrative, facts: list[Fact]) -> Found:
    """Find facts where no figure stands; what may be taken either way is left alone."""
    places = [place for place, _ in narrative.figures]
    free = [place for place in narrative.others if place.piece.text and _kind(place) == ANY]
    for fact in facts:
        if not any(_covers(fact, place) for place in (*places, *free)):
            where = _around(narrative, fact.span.start, fact.span.end)
            shape = _shape_at(narrative, fact.span.start)
            yield fact.span.start, Difference("extra", shape, where, "", _of_fact(fact))


def _kind(place: Place) -> str:
    return getattr(place.piece, "kind", "")


def _sayings(narrative: Narrative, extraction: Extraction) -> Found:
    statements = list(extraction.statements)
    for place, saying in narrative.sayings:
        here = [s for s in statements if s.span.start < place.end and place.start < s.span.end]
        kinds = {statement.kind for statement in here}
        labels = {plain_label(statement.label) for statement in here}
        where = _around(narrative, place.start, place.end)
        stated = f"{saying.kind} of {saying.label}"
        if saying.kind not in kinds:
            shown = ", ".join(sorted(kinds))
            yield place.start, Difference("statement missing", place.shape, where, stated, shown)
        elif saying.label and plain_label(saying.label) not in labels:
            shown = ", ".join(sorted(labels))
            yield place.start, Difference("statement different", place.shape, where, stated, shown)
        statements = [statement for statement in statements if statement not in here]
    for statement in statements:
        where = _around(narrative, statement.span.start, statement.span.end)
        shape = _shape_at(narrative, statement.span.start)
        shown = f"{statement.kind} of {statement.label}"
        yield statement.span.start, Difference("statement extra", shape, where, "", shown)


def _others(narrative: Narrative, extraction: Extraction) -> Found:
    """Find numerals of no figure that were not told as such, and numerals that were lost."""
    told = {at for each in extraction.non_facts for at in range(each.start, each.end)}
    for place in narrative.others:
        if _kind(place) != ANY and not {*range(place.start, place.end)} & told:
            where = _around(narrative, place.start, place.end)
            yield place.start, Difference("no non-fact", place.shape, where, _kind(place))
    spans = [fact.span for fact in extraction.facts] + list(extraction.unaccounted)
    told |= {at for span in spans for at in range(span.start, span.end)}
    for each in numerals(narrative.text):
        if not {*range(each.start, each.end)} & told:
            where = _around(narrative, each.start, each.end)
            yield each.start, Difference("lost", _shape_at(narrative, each.start), where)


def _spans(document: Document, facts: Iterable[Fact]) -> Found:
    for fact in facts:
        quoted = document.text[fact.span.start : fact.span.end]
        if quoted != fact.span.quote:
            yield fact.span.start, Difference("misquoted", "", quoted, "", fact.span.quote)


def unlike(meaning: Meaning, fact: Fact) -> list[str]:
    """Name all in which a fact differs from what was stated."""
    label, base = _parted(fact.label, fact.base)
    amount = fact.amount
    checks = {
        "label": plain_label(meaning.label) == label,
        "measure": fact.measure in meaning.measures,
        "number": meaning.number == amount.number,
        "decimals": meaning.number.as_tuple().exponent == amount.number.as_tuple().exponent,
        "unit": _plain(meaning.unit.replace("％", "%")) == _plain(amount.unit.replace("％", "%")),
        "budget": meaning.budget == fact.budget,
        "code": (meaning.code or TOTAL) == (fact.code or TOTAL),
        "base": meaning.base is None or _plain(meaning.base) in base,
    }
    return [name for name, is_same in checks.items() if not is_same]


def plain_label(label: str) -> str:
    """Return a label without what offices add or leave off.

    >>> plain_label("教育支出（类） 普通教育（款）-小学教育（项）"), plain_label("收入预算")
    ('教育支出/普通教育/小学教育', '收入')
    """
    return _parted(label, None)[0]


def _parted(label: str, base: str | None) -> tuple[str, str]:
    plain = re.sub(r"\((?:\d*[类款项])\)[/\s-]*(?=.)", "/", label.translate(_BRACKETS))
    plain = plain.replace("/支出", "支出")
    plain = re.sub(r"\s*-\s*", "/", plain)
    in_label = _IN_LABEL.search(plain)
    plain = _LEFT_OUT.sub("", _IN_LABEL.sub("", plain))
    return _ALIKE.get(plain, plain), _plain(base or (in_label[1] if in_label else ""))


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text.translate(_BRACKETS))


def _around(narrative: Narrative, start: int, end: int) -> str:
    text = narrative.text
    before, after = text[max(0, start - 24) : start], text[end : end + 10]
    return f"{before}⟦{text[start:end]}⟧{after}".replace("\n", "⏎")


def _shape_at(narrative: Narrative, start: int) -> str:
    shape = ""
    for place in narrative.places:
        if place.start > start:
            break
        shape = place.shape
    return shape


def told_of(meaning: Meaning) -> str:
    """Write what a figure states on one line."""
    code, base = meaning.code or "", f" of {meaning.base}" if meaning.base else ""
    return (
        f"{meaning.label} | {'/'.join(meaning.measures)}{base} | {meaning.number}{meaning.unit}"
        f" | {meaning.budget or ''} {code}"
    )


def _of_fact(fact: Fact) -> str:
    base = f" of {fact.base}" if fact.base else ""
    return (
        f"{fact.label} | {fact.measure}{base} | {fact.amount.number}{fact.amount.unit}"
        f" | {fact.budget or ''} {fact.code or ''}"
    )


def report(differences: Iterable[Difference]) -> str:
    """Write differences below each other."""
    return "\n".join(map(str, differences))


def tally(
    narrative: Narrative, differences: Iterable[Difference]
) -> tuple[Counter[str], Counter[str]]:
    """Count by shape what was stated, and what of it was read wrong or invented."""
    stated = Counter(place.shape for place, figure in narrative.figures for _ in figure.meanings)
    stated += Counter(place.shape for place, _ in narrative.sayings)
    stated += Counter(place.shape for place in narrative.others)
    return stated, Counter(each.shape for each in differences)
