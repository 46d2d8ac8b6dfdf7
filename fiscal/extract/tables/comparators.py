"""Comparators: what a target asks of the actual value, as words or a sign beside the number.

>>> [comparator_in(value) for value in ("≥95%", "9人以上", "小于等于2件", "13人")]
['at_least', 'at_least', 'at_most', None]
"""

from __future__ import annotations

from functools import lru_cache

from fiscal.extract.tables.cells import compact
from fiscal.ontology.terms import terms

__all__ = ["comparator_in"]


def comparator_in(value: str) -> str | None:
    """Return the term for the comparator in a value; the longest that fits decides."""
    plain = compact(value)
    return next((term for words, term in _comparators() if words in plain), None)


@lru_cache
def _comparators() -> tuple[tuple[str, str], ...]:
    named = [
        (words, term.id)
        for term in terms()
        if term.list == "comparator"
        for words in (term.zh, *term.aliases)
    ]
    return tuple(sorted(named, key=lambda pair: -len(pair[0])))
