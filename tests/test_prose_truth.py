"""What is read from two real accounts against what a person read in them, figure by figure."""

import csv
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from fiscal.documents.reader import read_file
from fiscal.extract.extractor import extract_facts
from fiscal.model import Extraction, Fact
from tests.conftest import SHARED
from tests.truth import BUDGETS, MEASURES

EMEISHAN = "emeishan-government-office-2019-final-accounts"
PLANNING = "putuo-planning-bureau-2024-final-accounts"


def rows(name: str, kind: str) -> list[dict[str, str]]:
    path = SHARED / "truth" / f"{name}.{kind}.csv"
    if not path.exists():
        pytest.skip("what a person read does not lie beside this repository")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def emeishan_read() -> Extraction:
    return extraction(EMEISHAN, "txt")


def extraction(name: str, ending: str) -> Extraction:
    path: Path = SHARED / "documents" / f"{name}.{ending}"
    if not path.exists():
        pytest.skip("the real disclosures do not lie beside this repository")
    return extract_facts(read_file(str(path)))


def differences(row: dict[str, str], fact: Fact) -> Iterator[str]:
    """Yield in what a fact is not what the person wrote down."""
    if fact.label != row["label"]:
        yield "label"
    if fact.measure != MEASURES[row["measure"]]:
        yield "measure"
    if (fact.amount.number, fact.amount.unit) != (Decimal(row["amount"]), row["unit"]):
        yield "amount"
    if row["code"] and fact.code != row["code"]:
        yield "code"
    if "funding" in row and fact.budget != BUDGETS.get(row["funding"]):
        yield "budget"


def test_the_narrative_of_the_office_is_read_as_a_person_reads_it(emeishan_read):
    """280 figures: place, label, measure, number, unit, code and budget, all of them right."""
    truth = rows(EMEISHAN, "facts")
    at: dict[tuple[int, int], list[Fact]] = {}
    for fact in emeishan_read.facts:
        at.setdefault((fact.span.start, fact.span.end), []).append(fact)
    wrong = [
        row
        for row in truth
        if all(list(differences(row, f)) for f in at.get((int(row["start"]), int(row["end"])), ()))
    ]
    assert len(truth) == 280
    assert 1 - Decimal(len(wrong)) / len(truth) >= Decimal("0.97"), wrong


def test_no_figure_of_the_office_is_read_that_is_none(emeishan_read):
    """As many facts at each place of the narrative as the person found there, none elsewhere."""
    truth = Counter(int(row["start"]) for row in rows(EMEISHAN, "facts"))
    last = max(truth)
    found = Counter(f.span.start for f in emeishan_read.facts if min(truth) <= f.span.start <= last)
    assert found == truth
    assert emeishan_read.unaccounted == ()


def test_what_the_office_says_without_a_numeral_is_read(emeishan_read):
    """持平 and 未发生, each at its place."""
    said = {(each.span.start, each.span.end) for each in emeishan_read.statements}
    truth = {(int(row["start"]), int(row["end"])) for row in rows(EMEISHAN, "implicit")}
    assert len(truth) == 22
    assert truth <= said


def test_numerals_that_are_no_figures_are_told_apart(emeishan_read):
    """Years, codes, list numbers, thresholds: none of them is a fact."""
    known = {(each.start, each.end) for each in emeishan_read.non_facts}
    places = [(int(row["start"]), int(row["end"])) for row in rows(EMEISHAN, "non_facts")]
    inside = [
        any(start <= place[0] and place[1] <= end for start, end in known) for place in places
    ]
    assert all(inside)


def test_the_narrative_of_another_template_is_read_as_well():
    """151 figures of the bureau, in the order in which they stand."""
    truth = rows(PLANNING, "facts")
    facts = [fact for fact in extraction(PLANNING, "pdf").facts if not fact.is_in_table]
    right = 0
    for row in truth:
        alike = [fact for fact in facts if fact.amount.number == Decimal(row["amount"])]
        fact = min(alike, key=lambda each: len(list(differences(row, each))), default=None)
        if fact is not None:
            facts.remove(fact)
            right += not list(differences(row, fact))
    assert len(truth) == 151
    assert Decimal(right) / len(truth) >= Decimal("0.95")
