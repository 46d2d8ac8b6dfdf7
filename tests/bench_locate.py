"""How often the wrong figure is named first: planted faults in true accounts and real disclosures.

Every fault breaks a relation; one that breaks none cannot be seen and is not counted. Where several
explanations share a rank, the true one counts for its part of them.
"""

from __future__ import annotations

import json
import re
import sys
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from pathlib import Path
from random import Random
from time import perf_counter

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from fiscal.documents.reader import read_file
from fiscal.errors import FiscalError
from fiscal.extract.extractor import extract_facts
from fiscal.extract.tables.reading import read_tables
from fiscal.model import DocumentKind, Extraction, Fact, Profile
from fiscal.money import Amount
from fiscal.rules.catalogue import rules
from fiscal.rules.check import binding, check
from fiscal.rules.evaluate import judge
from fiscal.rules.feasibility import with_amounts
from fiscal.rules.localise import Diagnosis, localise
from fiscal.rules.relation import Relation
from fiscal.rules.repair import repaired
from tests.laws.account_style import Style
from tests.laws.account_tables import lay_out
from tests.laws.accounts import accounts
from tests.laws.planted_faults import FAULTS, planted

SHARED = Path(__file__).parents[2] / "shared"
ACCOUNTS = 30
FAULTS_OF_EACH_KIND = 4
PAIRS = 15
# A real disclosure is one record, so more faults are planted in it.
REAL_TIMES = 10
OF_TYPISTS = tuple(kind for kind in FAULTS if kind not in ("neighbour copied", "random ±30 %"))


@dataclass(frozen=True)
class Case:
    """A clean record: its relations, and its figures (the facts at one place) in reading order."""

    name: str
    relations: tuple[Relation, ...]
    figures: tuple[tuple[Fact, ...], ...]


@dataclass(frozen=True)
class Result:
    """What came of one planted fault: its chance to be first, and among the first three."""

    kind: str
    held_by: int
    seconds: float
    model: tuple[float, float]
    minimal: tuple[float, float]
    ochiai: tuple[float, float]


def relations_of(extraction: Extraction) -> tuple[Relation, ...]:
    """Return the relations that `fiscal locate` goes by, those that hold as printed."""
    relations = binding(check(extraction, rules()).judgements)
    return tuple(each for each in relations if not judge(each).is_violated)


def case_of(name: str, extraction: Extraction) -> Case:
    relations = relations_of(extraction)
    places: dict[tuple[int, int], dict[str, Fact]] = defaultdict(dict)
    for relation in relations:
        for fact in relation.facts:
            places[fact.span.start, fact.span.end][fact.id] = fact
    figures = tuple(tuple(places[place].values()) for place in sorted(places))
    return Case(name, relations, figures)


def generated() -> Iterator[Case]:
    """Yield true accounts with their nine tables, as an office prints them."""
    found: list[Case] = []

    @seed(20190601)
    @settings(
        max_examples=ACCOUNTS,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(accounts(), st.sampled_from(("元", "万元")))
    def draw(account, unit):
        document, _ = lay_out(account, Style(unit=unit))
        profile = Profile(None, None, account.year, DocumentKind.FINAL_ACCOUNTS, unit)
        reading = read_tables(document, profile)
        extraction = Extraction(document, profile, reading.facts, reading.listings)
        found.append(case_of("account", extraction))

    draw()
    yield from (case for case in found if case.figures)


def real() -> Iterator[Case]:
    """Yield the real disclosures that lie beside this repository."""
    folder = SHARED / "documents"
    for path in sorted(folder.iterdir()) if folder.exists() else ():
        if "template" in path.name:
            continue
        try:
            extraction = extract_facts(read_file(str(path)))
            yield case_of(path.name, repaired(extraction, corrections(path.stem, extraction)))
        except FiscalError as error:
            print(f"left out: {error}", file=sys.stderr)


def corrections(name: str, extraction: Extraction) -> dict[str, Amount]:
    """Return what a careful reader put right, where that is one figure: a fault beside none."""
    path = SHARED / "truth" / f"{name}.json"
    defects = json.loads(path.read_text("utf-8"))["defects"] if path.exists() else ()
    found: dict[str, Amount] = {}
    for defect in defects:
        if defect.get("kind") in ("unit-slip", "percent-mismatch"):
            end = extraction.document.text.index(defect["quotes"][0]) + len(defect["quotes"][0])
            read = [each for each in extraction.facts if each.span.end <= end]
            last = max(read, key=lambda fact: fact.span.end)
            number, unit = re.fullmatch(r"([\d.]+)(\D+)", defect["correction"]).groups()
            found[last.id] = Amount(Decimal(number), unit)
    return found


def plant(case: Case, kinds: Sequence[str], random: Random) -> tuple[dict[str, Amount], set[str]]:
    """Return other amounts by id for as many figures as kinds, and the first id of each.

    A figure that cannot have the fault meant for it is left out.
    """
    chosen = random.sample(range(len(case.figures)), len(kinds))
    amounts: dict[str, Amount] = {}
    truth = set()
    for at, kind in zip(chosen, kinds, strict=True):
        beside = [case.figures[each][0].amount for each in _beside(at, len(case.figures))]
        printed = case.figures[at][0].amount
        wrong = planted(kind, printed, random, beside)
        if wrong != printed:
            amounts |= {fact.id: wrong for fact in case.figures[at]}
            truth.add(case.figures[at][0].id)
    return amounts, truth


def _beside(at: int, count: int) -> list[int]:
    return [each for each in (at - 2, at - 1, at + 1, at + 2) if 0 <= each < count]


def tried(case: Case, kinds: Sequence[str], random: Random) -> Result | None:
    amounts, truth = plant(case, kinds, random)
    touched = [r for r in case.relations if any(fact.id in amounts for fact in r.facts)]
    relations = [with_amounts(relation, amounts) for relation in case.relations]
    broken = {r for r in touched if judge(with_amounts(r, amounts)).is_violated}
    seen = {fact.id for relation in broken for fact in relation.facts}
    if len(truth) < len(kinds) or not truth <= {_first(case)[each] for each in seen}:
        return None
    start = perf_counter()
    diagnoses = localise(relations)
    seconds = perf_counter() - start
    return Result(
        " + ".join(kinds),
        len(touched),
        seconds,
        _chances(diagnoses, truth, lambda each: each.cost),
        _chances(diagnoses, truth, lambda each: 0),
        _ochiai(case, broken, truth),
    )


def _first(case: Case) -> dict[str, str]:
    return {fact.id: facts[0].id for facts in case.figures for fact in facts}


def _chances(diagnoses: Iterable[Diagnosis], truth: set[str], cost) -> tuple[float, float]:
    """Return how likely all true figures are named first, and among the first three."""
    first = third = 1.0
    named: set[str] = set()
    for diagnosis in diagnoses:
        sets = {
            frozenset(suspect.fact.id for suspect in each.suspects): cost(each)
            for each in diagnosis.explanations
        }
        true = next((each for each in sets if each <= truth), None)
        if true is None:
            return 0.0, 0.0
        named |= true
        scores = list(sets.values())
        first, third = (a * b for a, b in zip((first, third), _at(scores, sets[true]), strict=True))
    return (first, third) if named == truth else (0.0, 0.0)


def _at(costs: Sequence[int], cost: int) -> tuple[float, float]:
    return _within(costs, cost, 1), _within(costs, cost, 3)


def _within(costs: Sequence[int], cost: int, most: int) -> float:
    """Return how likely one of this cost is among the cheapest `most`, ties broken by chance."""
    before, same = sum(each < cost for each in costs), costs.count(cost)
    return min(1.0, max(0, most - before) / same)


def _ochiai(case: Case, broken: set[Relation], truth: set[str]) -> tuple[float, float]:
    """Rank by failed/√(all failed · all that hold the figure), as spectrum methods do."""
    scores: dict[str, int] = {}
    first = _first(case)
    held: dict[str, list[Relation]] = defaultdict(list)
    for relation in case.relations:
        for key in {first[fact.id] for fact in relation.facts}:
            held[key].append(relation)
    for key, relations in held.items():
        failed = sum(relation in broken for relation in relations)
        scores[key] = -(10**12 * failed * failed // (len(broken) * len(relations)))
    costs = list(scores.values())
    # Of several true figures each must be among as many as there are.
    first = [_within(costs, scores[key], len(truth)) for key in truth]
    third = [_within(costs, scores[key], 3 * len(truth)) for key in truth]
    return prod(first), prod(third)


def table(title: str, groups: dict[str, list[Result]]) -> None:
    print(f"\n{title:34} {'cases':>6} {'typing model':>14} {'minimal change':>15} {'Ochiai':>14}")
    for name, results in groups.items():
        print(f"{name:34} {len(results):6}", end=" ")
        for way in ("model", "minimal", "ochiai"):
            shares = (sum(getattr(r, way)[at] for r in results) / len(results) for at in (0, 1))
            print("  " + "  ".join(f"{share:.3f}" for share in shares), end="")
        print()


def grouped(results: Iterable[Result], key) -> dict[str, list[Result]]:
    found: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        found[key(result)].append(result)
    return dict(sorted(found.items()))


def measure(title: str, cases: Sequence[Case], random: Random) -> list[Result]:
    singles = [
        result
        for case in cases
        for kind in FAULTS
        for _ in range(FAULTS_OF_EACH_KIND * (1 if len(cases) > 20 else REAL_TIMES))
        if (result := tried(case, [kind], random))
    ]
    doubles = [
        result
        for case in cases
        for _ in range(PAIRS * (1 if len(cases) > 20 else REAL_TIMES))
        if (result := tried(case, random.choices(OF_TYPISTS, k=2), random))
    ]
    if not singles:
        return []
    print(
        f"\n== {title}: {len(cases)} records, {sum(len(c.relations) for c in cases)} relations =="
    )
    typed = [each for each in singles if each.kind in OF_TYPISTS]
    table("single faults (recall@1, @3)", {"all typed": typed, "all": singles})
    table("by kind", grouped(singles, lambda each: each.kind))
    table("by relations that hold it", grouped(typed, lambda each: _number(each.held_by)))
    if doubles:
        table("double faults", {"all": doubles})
    return [*singles, *doubles]


def _number(count: int) -> str:
    return str(count) if count < 5 else "5 and more"


def print_wrecks(cases: Sequence[Case], random: Random) -> None:
    """Print how long a search takes in records with ever more faults."""
    print("\nfaults in one record     records     longest search    problems cut short")
    for count in (1, 3, 10, 30, 100):
        wrecked = [case for case in cases if len(case.figures) > count]
        times, problems = [], []
        for case in wrecked:
            amounts, _ = plant(case, random.choices(OF_TYPISTS, k=count), random)
            relations = [with_amounts(relation, amounts) for relation in case.relations]
            start = perf_counter()
            problems += localise(relations)
            times.append(perf_counter() - start)
        cut = sum(not each.is_exhausted for each in problems)
        longest = f"{1000 * max(times):.0f} ms"
        print(f"{count:22} {len(wrecked):11} {longest:>18} {cut:12} of {len(problems)}")


def print_unmodelled(results: Sequence[Result]) -> None:
    """Print how faults fare, over all records, that no slip of the model explains."""
    print("\n== all records ==")
    others = [each for each in results if each.kind not in OF_TYPISTS and "+" not in each.kind]
    table("faults of no typist", {"all": others, **grouped(others, lambda each: each.kind)})


def print_times(results: Sequence[Result]) -> None:
    times = sorted(each.seconds for each in results)
    shown = {share: times[min(len(times) * share // 100, len(times) - 1)] for share in (50, 95)}
    told = ", ".join(f"{share} % under {1000 * t:.0f} ms" for share, t in shown.items())
    print(f"\ntime of {len(times)} searches: {told}, the longest {1000 * times[-1]:.0f} ms")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    chance = Random(1)
    made, printed = list(generated()), list(real())
    done = measure("generated accounts with their tables", made, chance)
    for case in printed:
        done += measure(case.name, [case], chance)
    print_unmodelled(done)
    print_times(done)
    print_wrecks([*made, *printed], chance)
