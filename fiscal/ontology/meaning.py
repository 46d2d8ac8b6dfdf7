"""What is known of a heading or a term, gathered from the register and the lists beside it.

>>> entry = heading_entry("2080505", 2024)
>>> [heading.name for heading in entry.path]
['社会保障和就业支出', '行政事业单位养老支出', '机关事业单位基本养老保险缴费支出']
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fiscal import codes
from fiscal.ontology.changes import Era, lineage
from fiscal.ontology.scheme import Heading, Scheme, heading_in
from fiscal.ontology.terms import (
    CofogClass,
    CofogMatch,
    Term,
    cofog,
    cofog_matches,
    economic_mapping,
    terms,
)

__all__ = ["Counterpart", "Entry", "HeadingEntry", "TermEntry", "heading_entry", "term_entry"]

_ECONOMIC = ("departmental_economic", "government_economic")


@dataclass(frozen=True, slots=True)
class Counterpart:
    """The heading of the other economic classification that one answers to.

    `is_whole` tells that it answers to a whole departmental category, whatever the section.
    """

    code: str
    name: str
    is_whole: bool
    confidence: str


@dataclass(frozen=True, slots=True)
class HeadingEntry:
    """What is known of a heading in `year`; `asked` is the year asked for, if it is another.

    `path` leads from its category to itself. `cofog` are its own matches or, where it has none,
    those of the nearest heading above. `rules` are the ids of the rules that use the heading.
    """

    heading: Heading
    year: int
    asked: int | None
    path: tuple[Heading, ...]
    eras: tuple[Era, ...]
    cofog: tuple[tuple[CofogMatch, CofogClass | None], ...]
    counterparts: tuple[Counterpart, ...]
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A term of the field, with the term above it and those below."""

    term: Term
    broader: Term | None
    narrower: tuple[Term, ...]
    rules: tuple[str, ...] = ()


Entry = HeadingEntry | TermEntry


def heading_entry(code: str, year: int, asked: int | None = None) -> HeadingEntry:
    """Tell what is known of a code that `year` has. Raises UnknownHeading where it has not."""
    above = (heading_in(each, year) for each in codes.ancestors(code))
    heading = heading_in(code, year) or Scheme.of(codes.scheme_of(code), year)[code]
    return HeadingEntry(
        heading=heading,
        year=year,
        asked=asked if asked != year else None,
        path=(*(each for each in above if each), heading),
        eras=lineage(code, year),
        cofog=_cofog(code) if heading.scheme == "functional" else (),
        counterparts=tuple(_counterparts(code, year)),
    )


def term_entry(term: Term) -> TermEntry:
    """Tell what is known of a term."""
    broader = next((t for t in terms() if t.list == term.list and t.id == term.broader), None)
    narrower = tuple(t for t in terms() if t.list == term.list and t.broader == term.id)
    return TermEntry(term, broader, narrower)


def _cofog(code: str) -> tuple[tuple[CofogMatch, CofogClass | None], ...]:
    for each in (code, *reversed(codes.ancestors(code))):
        matches = cofog_matches(each)
        if matches:
            classes = {known.code: known for known in cofog()}
            return tuple((match, classes.get(match.cofog or "")) for match in matches)
    return ()


def _counterparts(code: str, year: int) -> Iterator[Counterpart]:
    """Yield what answers to an economic heading; 301* stands for every section of 301."""
    for pair in economic_mapping() if codes.scheme_of(code) in _ECONOMIC else ():
        departmental = pair.departmental.rstrip("*")
        is_whole = departmental != pair.departmental
        if pair.government == code:
            other = departmental
        elif code == departmental or (is_whole and code.startswith(departmental)):
            other = pair.government
        else:
            continue
        heading = heading_in(other, year)
        if heading:
            yield Counterpart(other, heading.name, is_whole, pair.confidence)
