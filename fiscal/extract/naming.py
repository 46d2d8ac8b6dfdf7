"""From what a document writes to a code: by printed codes, by a path of names, by one name.

A code that is printed is taken as printed. Names are followed from 类 to 款 to 项 among the
headings of the document's year, then among those of the years around it. A name that is not the
official one of its code is matched where only one heading can be meant, and flagged; what could be
several headings, or is none that is known, gives no code.

>>> name_heading("住房保障支出（类）住房改革支出（款）住房公积金（项）", 2019).code
'2210201'
>>> naming = name_heading("社会保障和就业支出（类）行政事业单位离退休（款）", 2024)
>>> naming.code, naming.label, naming.flags
('20805', '社会保障和就业支出/行政事业单位离退休', ('name_of_other_year',))
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from fiscal import codes
from fiscal.codes import TOTAL
from fiscal.errors import Text
from fiscal.extract.heading_names import NOT_OFFICIAL, NamesAround, Scope, names_around
from fiscal.extract.heading_path import LONGEST, Step, spaced_steps_of, steps_of
from fiscal.ontology.scheme import YEARS

__all__ = [
    "NAMING_FLAGS",
    "Naming",
    "category_named",
    "doubts_of_name",
    "name_heading",
    "nearest_year",
]

_AMBIGUOUS = "name_ambiguous"
NAMING_FLAGS = {
    "name_not_official": Text("名称与科目名称不完全一致", "the name is not quite the official one"),
    "name_of_other_year": Text("名称是其他年度的科目名称", "the name is of another year"),
    "name_of_other_code": Text("名称是另一编码的科目名称", "the name is of another code"),
    "name_unknown": Text("未见此名称的科目", "no heading of this name is known"),
    _AMBIGUOUS: Text("名称可指几个科目", "several headings have this name"),
    "path_not_official": Text("类、款、项不相属", "a name does not belong under the one above"),
    "code_unknown": Text("未见此编码的科目", "no heading of this code is known"),
}

# A path has four levels at most; of words before it and after it no more are borne with.
_MOST_STEPS = 6


class Naming(NamedTuple):
    """What printed words name: a code or None, the names as printed, keys of `NAMING_FLAGS`."""

    code: str | None
    names: tuple[str, ...]
    flags: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The path of names."""
        return "/".join(self.names)


def name_heading(
    words: str,
    year: int | None,
    budget: str | None = None,
    *,
    scheme: str = "functional",
    below: str = TOTAL,
) -> Naming:
    """Return the heading that printed words name in a year, and what is in doubt about it.

    A year outside the register is read by the nearest in it. Among headings of one name the one
    used in `budget` is meant. Words that alone name nothing, or not surely, are taken as said
    under the heading `below`. Words that show no sign of a heading get neither code nor flag.
    `scheme` is a key of `SCHEMES`; a whole code that is printed may say another. Raises
    UnknownScheme, and UnreadableDocument for a user's list that is damaged.

    >>> name_heading("2080505", 2024).code, name_heading("差旅费", 2024)
    ('2080505', Naming(code=None, names=('差旅费',), flags=()))
    >>> name_heading("差旅费", 2024, scheme="departmental_economic").code
    '30211'
    >>> name_heading("行政运行", 2024, below="20103").code
    '2010301'
    """
    names = names_around(scheme, nearest_year(year))
    return _naming(words[: LONGEST + 1], names, budget, below)


def doubts_of_name(code: str, name: str, year: int | None) -> tuple[str, ...]:
    """Return what is in doubt where a code is printed with a name: keys of `NAMING_FLAGS`.

    What is no code, like `TOTAL`, has no official name to differ from.

    >>> doubts_of_name("2010301", "行政运行", 2024), doubts_of_name("2010301", "机关服务", 2024)
    ((), ('name_of_other_code',))
    """
    if len(code) not in codes.LEVELS or code[0] not in codes.SCHEME_OF_FIRST_DIGIT:
        return ()
    names = names_around(codes.scheme_of(code), nearest_year(year))
    doubts = names.doubts(code, name)
    is_of_other = doubts == (NOT_OFFICIAL,) and names.exactly(name, Scope(level=codes.level(code)))
    return ("name_of_other_code",) if is_of_other else doubts


def category_named(label: str, year: int) -> tuple[str, bool] | None:
    """Return the functional category that a label names, and whether the year calls it so.

    >>> category_named("一般公共服务支出", 2024), category_named("文化体育与传媒支出", 2024)
    (('201', True), ('207', False))
    """
    naming = name_heading(label, year)
    return (naming.code, not naming.flags) if naming.code and len(naming.code) == 3 else None


def nearest_year(year: int | None) -> int:
    """Return the year of the register that serves for a year; the newest where none is known."""
    return min(max(year or YEARS[-1], YEARS[0]), YEARS[-1])


# A list imported anew makes other names, so what is remembered is never of an older list.
@lru_cache(maxsize=16384)
def _naming(words: str, names: NamesAround, budget: str | None, below: str) -> Naming:
    steps = steps_of(words)
    naming = _walked(steps, _Walk(names, budget))
    if naming.code is None and (spaced := spaced_steps_of(words)):
        naming = _better(naming, _walked(spaced, _Walk(names, budget)))
    if below != TOTAL and (naming.code is None or naming.flags):
        naming = _better(naming, _walked(steps, _Walk(names, budget, code=below)))
    return naming


def _better(first: Naming, other: Naming) -> Naming:
    """Return the naming with a code, and with the fewer doubts."""
    return min(first, other, key=lambda each: (each.code is None, each.code and len(each.flags)))


def _walked(steps: Sequence[Step], walk: _Walk) -> Naming:
    printed = tuple(step.name for step in steps if step.name)
    start = walk.code
    walk.is_marked = any(step.level or step.digits for step in steps)
    for step in steps if len(steps) <= _MOST_STEPS else ():
        walk.take(step)
    is_found = walk.code != start and not walk.why_lost
    is_heading = walk.is_marked or walk.code != start or walk.why_lost == _AMBIGUOUS
    flags = dict.fromkeys([*walk.flags, walk.why_lost] if walk.why_lost else walk.flags)
    return Naming(walk.code if is_found else None, printed, tuple(flags) if is_heading else ())


@dataclass(slots=True)
class _Walk:
    """The way down a path: the last heading found, and why the step after it was not."""

    names: NamesAround
    budget: str | None
    code: str = TOTAL
    is_marked: bool = False
    why_lost: str = ""
    flags: list[str] = field(default_factory=list)

    def take(self, step: Step) -> None:
        """Go one step down: by the code that is printed, else by the name."""
        printed = self._whole(step)
        if printed:
            self._take_printed(printed, step.name)
        elif step.name:
            self._take_named(step)

    def _whole(self, step: Step) -> str:
        """Return the whole code that a step's digits make up, or ''."""
        if len(step.digits) % 2 or not step.digits:
            return step.digits
        code = self.code + step.digits
        is_below = self.code != TOTAL and not self.why_lost and len(code) in codes.LEVELS
        return code if is_below and step.level in ("", codes.level(code)) else ""

    def _take_printed(self, code: str, name: str) -> None:
        if self.why_lost or (self.code != TOTAL and not code.startswith(self.code)):
            self.flags.append("path_not_official")
        scheme = codes.scheme_of(code)
        if scheme != self.names.scheme:
            self.names = names_around(scheme, self.names.year)
        if not self.names.is_known(code):
            self.flags.append("code_unknown")
        elif name:
            self.flags += doubts_of_name(code, name, self.names.year)
        self.code, self.why_lost = code, ""

    def _take_named(self, step: Step) -> None:
        found, flag = self._found(step)
        if len(found) != 1:
            self.why_lost = _AMBIGUOUS if found else "name_unknown"
            return
        self.flags += [flag] if flag else []
        self.flags += self.names.doubts(found[0], step.name)
        self.code, self.why_lost = found[0], ""

    def _found(self, step: Step) -> tuple[Sequence[str], str]:
        """Return the codes that a name may mean, and what is in doubt about its place."""
        if self.why_lost:
            return self._found_though_lost(step), "path_not_official"
        names, name, budget = self.names, step.name, self.budget
        children = Scope(self.code, step.level, is_direct=True)
        found = names.find(name, children, budget)
        if not found and self._may_skip_levels:
            found = names.find(name, children._replace(is_direct=False), budget)
        found = found or names.renamed(name, children)
        found = found or names.alike(name, children)
        if not found and step.level and self.code != TOTAL:
            return names.find(name, Scope(self.code), budget), "path_not_official"
        return found, ""

    @property
    def _may_skip_levels(self) -> bool:
        """Tell whether a name may be of a lower level than the next.

        A bare name is a category's, but where sections are listed without their categories.
        """
        return self.is_marked or self.code != TOTAL or self.names.scheme != "functional"

    def _found_though_lost(self, step: Step) -> Sequence[str]:
        """Return what a name can only mean, whatever the name above it was.

        行政运行 stands under many headings: below a name that is not known it says nothing.
        """
        if not self.is_marked and self.code == TOTAL:
            return ()
        anywhere = self.names.find(step.name, Scope(level=step.level), self.budget)
        above = "" if self.code == TOTAL else self.code
        is_elsewhere = len(anywhere) == 1 and not anywhere[0].startswith(above)
        return () if is_elsewhere else anywhere
