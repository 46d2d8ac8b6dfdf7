"""One year of one classification: its headings, and how each of them is known.

The register (`headings`) holds every heading with the years it was in force. No year of it is
complete, so a code that it lacks is unknown and never wrong. A user's own list of a year
(`own_lists`) stands in its place, and may be complete.

>>> scheme = Scheme.shipped("functional", 2019)
>>> scheme["20805"].name, scheme["20805"].parent, scheme["20805"].attestation
('行政事业单位离退休', '208', 'attested')
>>> Scheme.shipped("functional", 2024)["20805"].name
'行政事业单位养老支出'
>>> scheme.is_complete
False
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from fiscal import codes
from fiscal.errors import InvalidCode, Text, UnknownHeading
from fiscal.ontology import own_lists
from fiscal.ontology.headings import (
    ATTESTATIONS,
    SCHEMES,
    YEARS,
    Heading,
    heading_of_row,
    register,
    rows_by_code,
    validate_name,
    validate_year,
)

__all__ = [
    "ATTESTATIONS",
    "SCHEMES",
    "YEARS",
    "Heading",
    "Scheme",
    "heading_in",
    "register",
]


@dataclass(frozen=True, slots=True)
class Scheme:
    """The headings of one classification in one year, by code.

    `is_own` tells a user's own list from what `fiscal` ships.
    """

    name: str
    year: int
    headings: Mapping[str, Heading]
    is_complete: bool
    is_own: bool = False

    @staticmethod
    def of(name: str, year: int) -> Scheme:
        """Return a year's classification: the user's own list if there is one, else as shipped.

        `name` is a key of `SCHEMES`, `year` one of `YEARS`. Raises UnknownScheme, UnknownYear and,
        for a user's list that is damaged, UnreadableDocument.
        """
        validate_name(name)
        validate_year(year)
        stamp = own_lists.stamp_of(name, year)
        path = own_lists.path_of(name, year)
        return _own(name, year, path, stamp) if stamp else _shipped(name, year)

    @staticmethod
    def shipped(name: str, year: int) -> Scheme:
        """Return a year's classification as `fiscal` ships it, whatever the user has imported."""
        validate_name(name)
        validate_year(year)
        return _shipped(name, year)

    @staticmethod
    def own(name: str, year: int, headings: Iterable[Heading], is_complete: bool) -> Scheme:
        """Return a year's classification that is a user's own list of headings."""
        validate_name(name)
        validate_year(year)
        return Scheme(name, year, _by_code(headings), is_complete, is_own=True)

    def __getitem__(self, code: str) -> Heading:
        try:
            return self.headings[code]
        except KeyError:
            raise UnknownHeading(
                Text(f"{self.year} 年科目中未见 {code}", f"{code} is not known in {self.year}"),
                _COMPLETE_REMEDY if self.is_complete else _INCOMPLETE_REMEDY,
            ) from None

    def __contains__(self, code: object) -> bool:
        return code in self.headings

    def __iter__(self) -> Iterator[Heading]:
        return iter(self.headings.values())

    def __len__(self) -> int:
        return len(self.headings)

    def children(self, code: str) -> tuple[Heading, ...]:
        """Return the headings one level below `code`, in order of code."""
        return tuple(heading for heading in self if heading.parent == code)

    def named(self, name: str) -> tuple[Heading, ...]:
        """Return every heading of exactly this name, in order of code."""
        return tuple(heading for heading in self if heading.name == name)


_INCOMPLETE_REMEDY = Text(
    "该年科目表并不完整，未见不等于有误；请核对编码",
    "the year's list is incomplete, so this alone is no error; check the code",
)
_COMPLETE_REMEDY = Text("该年科目表完整；请核对编码", "the year's list is complete; check the code")


def heading_in(code: str, year: int) -> Heading | None:
    """Return the heading that `Scheme.of` has for a code in a year, or None.

    Of what is shipped only the rows asked for are looked at, so that one look-up comes at once.
    """
    name = codes.scheme_of(code)
    if own_lists.stamp_of(name, year):
        return Scheme.of(name, year).headings.get(code)
    return _shipped_heading(name, code, year)


@cache
def _shipped_heading(name: str, code: str, year: int) -> Heading | None:
    rows = rows_by_code(name, code[:3])
    found = (heading_of_row(row) for row in rows.get(code, ()))
    heading = next((each for each in found if each.is_in_force(year)), None)
    if heading is None:
        return None
    known = list(rows)
    # What begins with a code comes right after it, in order.
    first, end = bisect_left(known, code), bisect_left(known, code + ":")
    below = (heading_of_row(row) for each in known[first:end] for row in rows[each])
    budgets = (each.budgets for each in below if each.is_in_force(year))
    return replace(heading, budgets=frozenset().union(*budgets))


@lru_cache
def _shipped(name: str, year: int) -> Scheme:
    in_force = (heading for heading in register(name) if heading.is_in_force(year))
    return Scheme(name, year, _by_code(in_force), is_complete=False)


# The stamp is part of the key, so that a list imported anew is read anew.
@lru_cache
def _own(name: str, year: int, path: Path, stamp: tuple[int, ...]) -> Scheme:
    stored = own_lists.read_list(path)
    try:
        headings = [heading_of_row(row) for row in stored.rows if codes.parse_code(row[0])]
    except (ValueError, InvalidCode) as error:
        raise own_lists.damaged(path) from error
    return Scheme.own(name, year, headings, stored.is_complete)


def _by_code(headings: Iterable[Heading]) -> Mapping[str, Heading]:
    """Return headings in order of code, each with the budgets of those below it as well."""
    known = {heading.code: heading for heading in headings}
    budgets = {code: heading.budgets for code, heading in known.items()}
    # Deepest first: what is used below a heading is used in it.
    for code in sorted(known, key=len, reverse=True):
        above = codes.parent(code)
        if above in budgets:
            budgets[above] |= budgets[code]
    return MappingProxyType(
        {
            code: heading
            if heading.budgets == budgets[code]
            else replace(heading, budgets=budgets[code])
            for code, heading in sorted(known.items())
        }
    )
