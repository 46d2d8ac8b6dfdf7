"""Putting findings with one cause together: one wrong figure is one finding, with what follows.

Violated relations that share a figure may all come from that figure. The figure that stands in most
of them is taken for the cause; of what it explains the gravest finding leads and the others are its
consequences. Then the same again with the rest. Nothing is hidden: a consequence stays a finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from fiscal.model import Outcome
from fiscal.rules.finding import Finding

__all__ = ["grouped"]


def grouped(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings in their order, those with the same cause under the first of them."""
    left = {
        place: _places(finding) for place, finding in enumerate(findings) if _is_arithmetic(finding)
    }
    followers: dict[int, list[int]] = {}
    while left:
        counts = Counter(figure for figures in left.values() for figure in figures)
        figure, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
        if count < 2:
            break
        lead, *others = (place for place, figures in left.items() if figure in figures)
        followers[lead] = others
        for place in (lead, *others):
            del left[place]
    hidden = {place for others in followers.values() for place in others}
    return tuple(
        replace(finding, consequences=tuple(findings[other] for other in followers.get(place, ())))
        for place, finding in enumerate(findings)
        if place not in hidden
    )


def _is_arithmetic(finding: Finding) -> bool:
    return finding.judgement is not None and finding.outcome is Outcome.VIOLATED


def _places(finding: Finding) -> frozenset[tuple[int, int]]:
    """Return where the figures stand: two facts read off one figure are one place."""
    return frozenset((span.start, span.end) for span in finding.evidence)
