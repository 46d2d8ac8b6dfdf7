"""Wholes and their parts that are no headings of a tree: sources, types, budgets, expenses, kinds.

A `Split` says of one subject which others are its parts. It is looked for at every place by itself,
a table or a paragraph. In a table an empty cell is nothing, so that parts that are not there are
zero, unless something in the table was not understood; in a paragraph a part may go unsaid. Where
no place holds a whole with its parts, the first mention of each in the document is taken, if all
the parts are there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from fiscal.errors import Text
from fiscal.model import Fact, Outcome
from fiscal.ontology.terms import terms
from fiscal.rules.relation import Relation
from fiscal.rules.rule import Remark
from fiscal.rules.subject import Subject
from fiscal.rules.sums import less
from fiscal.rules.view import LEVELS, Key, Place, View

__all__ = ["Split", "find_splits", "narrower"]

_TWO_COLUMNS = Text("表中有两栏的含义分不清", "two columns of the table mean the same")


@dataclass(frozen=True, slots=True)
class Split:
    """A whole and its parts: `parts_of` gives those of a subject, nothing where it is no whole.

    `least` is how many parts must be there for a sum to say anything.
    """

    rule: str
    parts_of: Callable[[Subject], tuple[Subject, ...]]
    least: int = 2
    across: bool = False


def find_splits(*splits: Split) -> Callable[[View], Iterator[Relation | Remark]]:
    """Return the function of a rule that looks for these splits."""

    def find(view: View) -> Iterator[Relation | Remark]:
        for split in splits:
            yield from _find(view, split)

    return find


def _find(view: View, split: Split) -> Iterator[Relation | Remark]:
    bound: set[Key] = set()
    for place in view.places:
        for key in filter(_is_level, place.by_key):
            parts = _parts(split, key, place.by_key)
            if len(parts) >= split.least:
                bound.add(key)
                yield _at_place(split, key, place, parts)
    if split.across:
        yield from _find_across(view, split, bound)


def _at_place(
    split: Split, key: Key, place: Place, parts: Mapping[Key, tuple[Fact, ...]]
) -> Relation | Remark:
    if place.is_table and any(len(place.by_key[one]) > 1 for one in (key, *parts)):
        return Remark(split.rule, str(key.subject), Outcome.UNDETERMINED, _TWO_COLUMNS)
    is_whole = len(parts) == len(split.parts_of(key.subject))
    # One part beside others that go unsaid, as in 其中：政府性基金预算财政拨款.
    is_one_of_several = len(parts) == 1 and not any("general" in str(part) for part in parts)
    return Relation(
        rule=split.rule,
        subject=f"{key.subject}/{key.measure}",
        form=less(place.by_key[key][0], (facts[0] for facts in parts.values())),
        is_partial=is_one_of_several or not (place.is_understood if place.is_table else is_whole),
    )


def _find_across(view: View, split: Split, bound: set[Key]) -> Iterator[Relation]:
    for key, wholes in view.by_key.items():
        wanted = split.parts_of(key.subject) if _is_level(key) and key not in bound else ()
        parts = _parts(split, key, view.by_key) if wanted else {}
        if wanted and len(parts) == len(wanted):
            form = less(wholes[0], (facts[0] for facts in parts.values()))
            yield Relation(split.rule, f"{key.subject}/{key.measure}", form)


def _is_level(key: Key) -> bool:
    return key.measure in LEVELS


def _parts(
    split: Split, key: Key, mentions: Mapping[Key, tuple[Fact, ...]]
) -> dict[Key, tuple[Fact, ...]]:
    """Return the parts that are there, none of them part of another."""
    parts = (key._replace(subject=part) for part in split.parts_of(key.subject))
    there = {part: mentions[part] for part in parts if part in mentions and part != key}
    if not there:
        return {}
    sources = {part.subject.source for part in there}
    types = {part.subject.type for part in there}
    return {
        part: facts
        for part, facts in sorted(there.items(), key=lambda item: item[1][0].span.start)
        if not (broader(part.subject.source) & sources or broader(part.subject.type) & types)
    }


@lru_cache
def broader(term: str | None) -> frozenset[str]:
    """Return the terms above one."""
    above = {one.id: one.broader for one in terms()}
    found: set[str] = set()
    while term and (term := above.get(term)):
        found.add(term)
    return frozenset(found)


@lru_cache
def narrower(term: str) -> tuple[str, ...]:
    """Return the terms right below one in the glossary."""
    return tuple(one.id for one in terms() if one.broader == term)
