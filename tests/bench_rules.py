"""What judging costs, each as a ratio taken in one run: relations, and the rules beside reading.

python -m tests.bench_rules [FILE...]     # the sample without a file
"""

import sys
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from time import process_time

from fiscal.documents.reader import read_file
from fiscal.extract.extractor import extract_facts
from fiscal.model import Fact, Span
from fiscal.money import Amount
from fiscal.rules.catalogue import rules
from fiscal.rules.check import check
from fiscal.rules.evaluate import judge_all
from fiscal.rules.relation import Relation, Term
from fiscal.rules.sums import less

ROUNDS = 5
RELATIONS = 1000
LIMIT = 0.050
SAMPLE = "data/sample-final-accounts.txt"


def best_time(work: Callable[[], object]) -> float:
    """Return the shortest of several runs, in seconds of the processor."""
    times = []
    for _ in range(ROUNDS):
        start = process_time()
        work()
        times.append(process_time() - start)
    return min(times)


def figure(number: int, amount: Amount, measure: str = "final") -> Fact:
    """Return a figure at a place of its own."""
    span = Span(str(amount.number), number, number + 1)
    return Fact(f"P{number}", "支出", None, measure, 2024, amount, None, "", span)


def relations() -> list[Relation]:
    """Return sums of five parts and shares, in equal numbers."""
    found: list[Relation] = []
    for at in range(0, RELATIONS * 5, 10):
        parts = [
            figure(at + place, Amount(Decimal(at + place + 1).scaleb(-2), "万元"))
            for place in range(5)
        ]
        total = sum((part.amount.number for part in parts), Decimal(0))
        whole = figure(at + 5, Amount(total, "万元"))
        rate = figure(at + 6, Amount(Decimal("20.00"), "%"), "share")
        found.append(Relation("S101", "sum", less(whole, parts)))
        one = Fraction(1)
        found.append(Relation("P101", "share", (Term(one, parts[0]),), (Term(one, whole),), rate))
    return found


def main(paths: list[str]) -> None:
    """Print both."""
    some = relations()
    counted = best_time(lambda: [sum(f.amount.number for f in each.facts) for each in some])
    judged = best_time(lambda: judge_all(some))
    print(
        f"{len(some)} relations judged: {judged * 1000:.0f} ms, {judged / LIMIT:.2f} x the limit, "
        f"{judged / counted:.1f} x adding up their figures"
    )
    for path in paths:
        extraction = extract_facts(read_file(path))
        reading = best_time(lambda path=path: extract_facts(read_file(path)))  # type: ignore[misc]
        checking = best_time(lambda one=extraction: check(one, rules()))  # type: ignore[misc]
        share = checking / (reading + checking)
        print(f"check of {path}: {share:.0%} outside reading, {checking / reading:.2f} x reading")


if __name__ == "__main__":
    main(sys.argv[1:] or [SAMPLE])
