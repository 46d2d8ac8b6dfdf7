"""The names of headings in a year and the years around it, for names that are not quite official.

>>> names = names_around("functional", 2024)
>>> names.find("文化体育与传媒支出", Scope(level="category"))
('207',)
>>> names.doubts("207", "文化体育与传媒支出"), names.doubts("207", "文化旅游体育与传媒支出")
(('name_of_other_year',), ())
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from fiscal.codes import TOTAL
from fiscal.extract.heading_path import compared
from fiscal.ontology import own_lists
from fiscal.ontology.scheme import YEARS, Heading, Scheme

__all__ = ["NOT_OFFICIAL", "OTHER_YEAR", "NamesAround", "Scope", "names_around"]

NOT_OFFICIAL = "name_not_official"
OTHER_YEAR = "name_of_other_year"

_NOT_IN_ESSENCE = re.compile(r"[()\"、]+")
# From these lengths on, a name with one edit and with two is still taken for the same, unless the
# next best is nearly as near: in short names one character makes another heading.
_LONG_ENOUGH = 6, 16
_MARGIN = 2


class Scope(NamedTuple):
    """Where a name is looked for: below a code, at a level, '' being any, or right below it."""

    above: str = TOTAL
    level: str = ""
    is_direct: bool = False

    def has(self, heading: Heading) -> bool:
        """Tell whether a heading stands here."""
        if self.level not in ("", heading.level):
            return False
        if self.is_direct:
            return heading.parent == self.above
        return self.above == TOTAL or (
            heading.code != self.above and heading.code.startswith(self.above)
        )


class _Names(NamedTuple):
    by_code: Mapping[str, Heading]
    by_name: Mapping[str, list[Heading]]
    by_essence: Mapping[str, list[Heading]]
    by_parent: Mapping[str, list[Heading]]


def names_around(scheme: str, year: int) -> NamesAround:
    """Return the names of a classification in and around one of `YEARS`. Raises UnknownScheme."""
    return NamesAround(scheme, year, own_lists.stamps_of(scheme, YEARS))


@dataclass(frozen=True, slots=True)
class NamesAround:
    """The names of one classification; equal only while the user's own lists stay as they are."""

    scheme: str
    year: int
    stamps: tuple[tuple[int, ...] | None, ...]

    def is_known(self, code: str) -> bool:
        """Tell whether any year has a code."""
        return any(code in names.by_code for names in self._years())

    def exactly(self, name: str, scope: Scope) -> bool:
        """Tell whether the year has exactly this name in a scope."""
        return any(scope.has(each) for each in self._own.by_name.get(compared(name), ()))

    def find(self, name: str, scope: Scope, budget: str | None = None) -> tuple[str, ...]:
        """Return the codes that a name may mean: of the first years and likeness that have any.

        The year's own names come first, then those around it, nearest first.
        """
        same, essence = compared(name), _essence(name)
        for candidates in self._candidates(same, essence):
            found = [heading for heading in candidates if scope.has(heading)]
            if found:
                in_budget = [each for each in found if budget in each.budgets]
                return tuple(each.code for each in in_budget or found)
        return ()

    def renamed(self, name: str, scope: Scope) -> tuple[str, ...]:
        """Return what is right below a heading if its old name in theirs is made the new one.

        Where 国土资源事务 became 自然资源事务, 其他国土资源事务支出 is 其他自然资源事务支出.
        """
        wanted, official = _essence(name), self._own.by_code.get(scope.above)
        new = _essence(official.name) if official else ""
        old = dict.fromkeys(map(_essence, self._names_of(scope.above)))
        for part in old if new else ():
            whole = wanted.replace(part, new, 1) if part and part in wanted else ""
            found = [each for each in self._own.by_essence.get(whole, ()) if scope.has(each)]
            if found:
                return tuple(heading.code for heading in found)
        return ()

    def alike(self, name: str, scope: Scope) -> tuple[str, ...]:
        """Return the one heading right below another whose name is nearly this one, if any."""
        from rapidfuzz.distance import Levenshtein  # Only where nothing was found.

        wanted = _essence(name)
        children = self._own.by_parent.get(scope.above, ())
        edits = sorted(
            (Levenshtein.distance(wanted, _essence(heading.name)), heading.code)
            for heading in children
            if scope.has(heading)
        )
        is_alone = len(edits) == 1 or (edits and edits[1][0] - edits[0][0] >= _MARGIN)
        is_alike = edits and edits[0][0] <= sum(len(wanted) >= length for length in _LONG_ENOUGH)
        return (edits[0][1],) if is_alone and is_alike else ()

    def doubts(self, code: str, name: str) -> tuple[str, ...]:
        """Return what is in doubt where a code has a name that is not the official one."""
        names = self._names_of(code)
        official = self._own.by_code.get(code)
        if official and compared(official.name) == compared(name):
            return ()
        if any(compared(each) == compared(name) for each in names):
            return (OTHER_YEAR,)
        is_near = official is not None and _essence(official.name) == _essence(name)
        is_of_other = not is_near and any(_essence(each) == _essence(name) for each in names)
        return (OTHER_YEAR, NOT_OFFICIAL) if is_of_other else (NOT_OFFICIAL,)

    @property
    def _own(self) -> _Names:
        return next(self._years())

    def _years(self) -> Iterator[_Names]:
        """Return the names of each year, the own first, then the nearest, the past before."""
        for year in sorted(YEARS, key=lambda each: (abs(each - self.year), each)):
            yield _names(self.scheme, year, self.stamps[year - YEARS[0]])

    def _names_of(self, code: str) -> list[str]:
        return [names.by_code[code].name for names in self._years() if code in names.by_code]

    def _candidates(self, name: str, essence: str) -> Iterator[Iterable[Heading]]:
        yield self._own.by_name.get(name, ())
        if essence:
            yield self._own.by_essence.get(essence, ())
        for names in self._years():
            yield names.by_name.get(name, ())
        for names in self._years() if essence else ():
            yield names.by_essence.get(essence, ())


# The stamp is part of the key, so that a list imported anew is read anew.
@lru_cache(maxsize=64)
def _names(scheme: str, year: int, stamp: tuple[int, ...] | None) -> _Names:
    by_name: dict[str, list[Heading]] = {}
    by_essence: dict[str, list[Heading]] = {}
    by_parent: dict[str, list[Heading]] = {}
    headings = Scheme.of(scheme, year) if stamp else Scheme.shipped(scheme, year)
    for heading in headings:
        by_name.setdefault(compared(heading.name), []).append(heading)
        by_essence.setdefault(_essence(heading.name), []).append(heading)
        by_parent.setdefault(heading.parent, []).append(heading)
    return _Names(headings.headings, by_name, by_essence, by_parent)


@lru_cache(maxsize=16384)
def _essence(name: str) -> str:
    """Return what is left of a name without brackets, quotes and a last 支出."""
    return _NOT_IN_ESSENCE.sub("", compared(name)).removesuffix("支出")
