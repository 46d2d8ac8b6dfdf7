"""Write narratives with all that they state, and compare them with the reader.

    python -m tests.laws.narrative --seed 7 --count 3            # print texts and stated facts
    python -m tests.laws.narrative --seed 7 --count 200 --check  # differences and a tally by shape
    python -m tests.laws.narrative --shape S24 --check --quiet   # one shape, tally only

Document `n` of a run is the first of a run with `--seed` n.
"""

from __future__ import annotations

import argparse
from collections import Counter

from tests.laws.narrative.compare import Difference, compare, read_back, report, tally, told_of
from tests.laws.narrative.documents import SHAPES, account_of, write_narrative, write_sentence
from tests.laws.narrative.pieces import Figure, Narrative, wrapped


def narrative_of(number: int, shape: str | None) -> Narrative:
    """Return the document of a number, or the sentence of a number in a shape."""
    account = account_of(number)
    return write_sentence(account, number, shape) if shape else write_narrative(account, number)


def show(narrative: Narrative) -> None:
    """Print a text and all that it states."""
    print(narrative.text)
    for place in narrative.places:
        piece = place.piece
        meanings = piece.meanings if isinstance(piece, Figure) else (piece.kind,)
        told = [each if isinstance(each, str) else told_of(each) for each in meanings]
        print(f"{place.start:6} {place.shape:4} {piece.text:>16}  {'; '.join(told)}")


def check(number: int, narrative: Narrative, *, is_quiet: bool) -> list[Difference]:
    """Compare a text with the reader and print what differs."""
    differences = compare(narrative, read_back(narrative))
    if differences and not is_quiet:
        print(f"== seed {number}: {len(differences)} differences")
        print(report(differences))
    return differences


def print_tally(stated: Counter[str], wrong: Counter[str], kinds: Counter[str]) -> None:
    """Print by shape what was stated and what of it went wrong."""
    for shape in sorted(stated | wrong):
        print(f"{shape or 'else':5} {stated[shape]:7} stated {wrong[shape]:7} wrong")
    print(f"{'all':5} {stated.total():7} stated {wrong.total():7} wrong")
    for kind, number in kinds.most_common():
        print(f"      {number:7} {kind}")


def main() -> None:
    """Read the command line and do what it asks."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("tests.laws.narrative", None, __doc__, formatter_class=raw)
    parser.add_argument("--seed", type=int, default=0, help="number of the first document")
    parser.add_argument("--count", type=int, default=1, help="how many documents")
    parser.add_argument("--shape", choices=SHAPES, help="one shape alone, not a document")
    parser.add_argument("--wrap", type=int, default=0, help="break lines after so many characters")
    parser.add_argument("--check", action="store_true", help="compare with the reader")
    parser.add_argument("--quiet", action="store_true", help="with --check: the tally alone")
    options = parser.parse_args()
    stated, wrong, kinds = Counter[str](), Counter[str](), Counter[str]()
    for number in range(options.seed, options.seed + options.count):
        narrative = narrative_of(number, options.shape)
        narrative = wrapped(narrative, options.wrap) if options.wrap else narrative
        if not options.check:
            show(narrative)
            continue
        differences = check(number, narrative, is_quiet=options.quiet)
        parts = tally(narrative, differences)
        stated, wrong = stated + parts[0], wrong + parts[1]
        kinds += Counter(each.kind for each in differences)
    if options.check:
        print_tally(stated, wrong, kinds)


if __name__ == "__main__":
    main()
