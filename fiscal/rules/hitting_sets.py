"""All smallest sets that explain every conflict, in the manner of Reiter's diagnosis.

A conflict is a set of which at least one member must be at fault. The first is given; the next is
asked for only when a set does not explain everything, and tells what must be added to it. So the
search never lists conflicts that do not matter.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

__all__ = ["Search", "smallest_sets"]

Set = tuple[int, ...]


class Search(NamedTuple):
    """The sets found, all of one size, and whether every set up to that size was tried."""

    sets: tuple[Set, ...]
    is_exhausted: bool


def smallest_sets(
    conflict: Callable[[Set], frozenset[int] | None], largest: int, steps: int
) -> Search:
    """Return all sets of the least size, at most `largest`, that leave no conflict.

    `conflict` gives for a sorted set one that it does not explain, disjoint from it, or None. At
    most `steps` sets are asked for; then the search ends and says so.
    """
    level: list[Set] = [()]
    for size in range(largest + 1):
        found: list[Set] = []
        grown: dict[Set, None] = {}
        for candidate in level:
            if steps == 0:
                return Search(tuple(sorted(found)), is_exhausted=False)
            steps -= 1
            unexplained = conflict(candidate)
            if unexplained is None:
                found.append(candidate)
            elif size < largest:
                grown.update((tuple(sorted((*candidate, each))), None) for each in unexplained)
        if found or not grown:
            return Search(tuple(sorted(found)), is_exhausted=bool(found) or size < largest)
        level = sorted(grown)
    return Search((), is_exhausted=False)
