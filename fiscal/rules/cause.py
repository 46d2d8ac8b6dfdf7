"""Putting findings with one cause together: one wrong figure is one finding, with what follows.

Violated relations that share a figure may all come from that figure. Where one figure is likelier
wrong than any other it is the cause; else the figure that stands in most of them is taken for it.
Of what a cause explains the gravest finding leads, and the others are its consequences. Nothing is
hidden: a consequence stays a finding.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import heappop, heappush
from itertools import chain
from typing import NamedTuple

from fiscal.model import Outcome
from fiscal.rules.finding import Finding

__all__ = ["grouped"]


class _Figure(NamedTuple):
    """A figure by its place: two facts read off one figure are one."""

    start: int
    end: int


def grouped(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings in their order, those with the same cause under the first of them."""
    left = {
        place: _figures(finding)
        for place, finding in enumerate(findings)
        if finding.judgement is not None and finding.outcome is Outcome.VIOLATED
    }
    followers: dict[int, list[int]] = {}
    _repeat(findings, left, followers)
    standing = _standing(left)
    for figure in chain(_likeliest(findings), _commonest(left, standing)):
        places = [place for place in standing.get(figure, ()) if place in left]
        if places:
            lead, *others = places
            followers.setdefault(lead, []).extend(others)
        for place in places:
            del left[place]
    hidden = {place for others in followers.values() for place in others}
    return tuple(
        replace(finding, consequences=tuple(findings[other] for other in followers.get(place, ())))
        for place, finding in enumerate(findings)
        if place not in hidden
    )


def _repeat(
    findings: Sequence[Finding],
    left: dict[int, frozenset[_Figure]],
    followers: dict[int, list[int]],
) -> None:
    """Put a finding that says again what an earlier one said under that one."""
    seen: dict[tuple[str, ...], int] = {}
    for place in list(left):
        finding = findings[place]
        said = (finding.rule.id, finding.subject, *(span.quote for span in finding.evidence))
        if seen.setdefault(said, place) != place:
            followers.setdefault(seen[said], []).append(place)
            del left[place]


def _likeliest(findings: Sequence[Finding]) -> list[_Figure]:
    """Return the figures that are likelier wrong than any other, those that explain most first."""
    counts: Counter[_Figure] = Counter()
    for finding in findings:
        first = [suspect for suspect in finding.suspects if suspect.rank == 1]
        if len(first) == 1:
            counts[_Figure(first[0].fact.span.start, first[0].fact.span.end)] += 1
    return [figure for figure, _ in counts.most_common()]


def _standing(left: Mapping[int, frozenset[_Figure]]) -> dict[_Figure, list[int]]:
    """Return the findings in which each figure stands, in their order."""
    found: defaultdict[_Figure, list[int]] = defaultdict(list)
    for place, figures in left.items():
        for figure in figures:
            found[figure].append(place)
    return dict(found)


def _commonest(
    left: Mapping[int, frozenset[_Figure]], standing: Mapping[_Figure, Sequence[int]]
) -> Iterator[_Figure]:
    """Yield the figure that stands in most findings left, as long as one stands in two.

    What is left shrinks between one figure and the next: counts that are out of date go back.
    """
    heap: list[tuple[int, _Figure]] = []
    for figure, places in standing.items():
        heappush(heap, (-sum(place in left for place in places), figure))
    while heap:
        before, figure = heappop(heap)
        count = sum(place in left for place in standing[figure])
        if count > 1 and -count == before:
            yield figure
        elif count > 1:
            heappush(heap, (-count, figure))


def _figures(finding: Finding) -> frozenset[_Figure]:
    here = (span for span in finding.evidence if not span.document)
    return frozenset(_Figure(span.start, span.end) for span in here)
