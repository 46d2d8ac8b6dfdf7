"""The relations that a person found in a real account: ours that hold the same figures agree."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

import pytest

from fiscal.documents.reader import read_file
from fiscal.extract.extractor import extract_facts
from fiscal.model import Outcome, Span
from fiscal.rules.catalogue import rules
from fiscal.rules.check import Check, check
from tests.conftest import SHARED

pytestmark = pytest.mark.skipif(
    not SHARED.exists(), reason="the real disclosures do not lie beside this repository"
)
EMEISHAN = "emeishan-government-office-2019-final-accounts"
# Of 174; the others are of figures that no sentence binds to each other, or of none printed.
LEAST_COVERED = 136
# Families whose relations are of words, dates or lists, and the rules that judge the same.
BY_WORDS = {
    "direction": ("Y101",),
    "count": ("L601", "L602", "L603"),
    "count-sum": ("L601", "L602", "L603"),
    "yoy-percent-integer": ("Y106",),
    "rating": ("N206",),
    "sequence": ("L703",),
}
_NUMERAL = re.compile(r"\d+(?:\.\d+)?")


class Ours(NamedTuple):
    """One relation or remark of ours: its rule, its figures other than 0, and how it came out."""

    rule: str
    numbers: frozenset[Decimal]
    spans: tuple[Span, ...]
    outcome: Outcome


@cache
def checked() -> Check:
    return check(extract_facts(read_file(str(SHARED / "documents" / f"{EMEISHAN}.txt"))), rules())


@cache
def ours() -> tuple[Ours, ...]:
    judged = [
        Ours(
            each.relation.rule,
            frozenset(abs(f.amount.number) for f in each.relation.facts if f.amount.number),
            tuple(fact.span for fact in each.relation.facts),
            each.outcome,
        )
        for each in checked().judgements
    ]
    said = [
        Ours(each.rule, frozenset(_numbers_at(each.spans)), each.spans, each.outcome)
        for each in checked().remarks
    ]
    return (*judged, *said)


def _numbers_at(spans: tuple[Span, ...]) -> Iterator[Decimal]:
    for span in spans:
        yield from (Decimal(each) for each in _NUMERAL.findall(span.quote) if Decimal(each))


def covering(theirs: dict[str, Any]) -> list[Ours]:
    """Return what of ours is of the same figures, in the sentences that a person quotes."""
    text = checked().extraction.document.text
    places = [
        found.span() for quote in theirs["quotes"] for found in re.finditer(re.escape(quote), text)
    ]

    def is_quoted(each: Ours) -> bool:
        return any(
            start < span.end and span.start < end for span in each.spans for start, end in places
        )

    return [each for each in ours() if is_quoted(each) and _is_of_same(theirs, each)]


def _is_of_same(theirs: dict[str, Any], each: Ours) -> bool:
    family, numbers = theirs["family"], _printed(theirs)
    if theirs["undefined"]:
        return each.rule in ("N106", "N201")
    if each.rule in BY_WORDS.get(family, ()):
        return family not in ("count", "count-sum") or agrees(theirs, each)
    if each.rule[0] in "NL" and each.rule != "N106":
        return False
    if not numbers:
        return family == "bound" and not each.numbers and each.rule == "R102"
    return numbers != {Decimal(100)} and _holds_numbers(theirs, numbers, each)


def _holds_numbers(theirs: dict[str, Any], numbers: frozenset[Decimal], each: Ours) -> bool:
    """Tell whether ours is of just these figures, or of those that theirs writes otherwise."""
    if theirs["family"] == "copy-consistency" and len(numbers) > 1:
        return each.rule[0] == "X" and len(each.numbers) == 1 and each.numbers <= numbers
    if theirs["family"] == "carryover-continuity":
        return each.rule == "C105" and each.numbers <= numbers
    if re.search(r"\d\+|\+\d", theirs["formula"]) and theirs["values"]:
        return numbers <= each.numbers
    return each.numbers == numbers


def _printed(theirs: dict[str, Any]) -> frozenset[Decimal]:
    """Return the figures of a person's relation that are printed, 0 left out."""
    values = [str(value) for value in theirs["values"].values() if isinstance(value, int | float)]
    values = values or _NUMERAL.findall(theirs["formula"])
    stated = str(theirs["stated"])
    if _NUMERAL.fullmatch(stated) and re.search(rf"(?<![\d.]){stated}0?(?![\d.])", _quoted(theirs)):
        values.append(stated)
    if theirs["family"] == "share-sum":
        values = [each for each in values if Decimal(each) != 100]
    return frozenset(Decimal(each) for each in values if Decimal(each))


def _quoted(theirs: dict[str, Any]) -> str:
    return "\n".join(theirs["quotes"])


def agrees(theirs: dict[str, Any], each: Ours) -> bool:
    """Tell whether one of ours came out as a person says.

    What a person repaired before judging is wrong as printed; a rate of nothing has no outcome.
    """
    if theirs["undefined"]:
        return each.outcome in (Outcome.UNDETERMINED, Outcome.VIOLATED)
    if theirs["reading"].startswith("repaired"):
        return each.outcome in (Outcome.HOLDS, Outcome.VIOLATED)
    return each.outcome is (Outcome.HOLDS if theirs["holds"] else Outcome.VIOLATED)


def test_relations_of_emeishan_are_covered_and_come_out_alike(capsys):
    path = SHARED / "truth" / f"{EMEISHAN}.json"
    relations = json.loads(path.read_text("utf-8"))["relations"]
    found = {each["id"]: covering(each) for each in relations}
    covered = [each for each in relations if found[each["id"]]]
    with capsys.disabled():
        print(f"\n{len(covered)} of {len(relations)} relations of a person are covered")
    otherwise = [
        each["id"] for each in covered if not any(agrees(each, one) for one in found[each["id"]])
    ]
    assert not otherwise
    assert len(covered) >= LEAST_COVERED
