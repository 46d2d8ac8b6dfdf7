"""What a code, a heading or a term means: found by code, by name, by a part of it, or nearly.

A code may be spelt in any way. Names are compared without blanks and quotes, so that 三公经费 finds
“三公”经费. Only where nothing is found are near misses looked for: names a few characters off, and
for Latin letters names whose pinyin begins so.

>>> [entry.heading.name for entry in find("201-03-01", 2024).entries]
['行政运行']
>>> find("三公经费").entries[0].term.en
'three public expenses'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fiscal import codes
from fiscal.errors import InvalidCode, Text, UnknownHeading
from fiscal.ontology import own_lists
from fiscal.ontology.headings import validate_year
from fiscal.ontology.meaning import Entry, heading_entry, term_entry
from fiscal.ontology.scheme import SCHEMES, YEARS, Heading, Scheme, heading_in, register
from fiscal.ontology.terms import Term, terms

__all__ = ["Found", "Near", "all_headings", "find", "unfound"]

_NEAR_SHOWN = 5
_LEAST_LIKENESS = 50  # Of 100: two characters in four the same.
_NEARLY_CODE = re.compile(r"^[\w\s.-]*\d{3}[\w\s.-]*$", re.ASCII)
_UNSAID = re.compile(r"[\s“”\"'‘’「」《》]")
_FULL_WIDTH = str.maketrans("()", "（）")


@dataclass(frozen=True, slots=True)
class Near:
    """A name that is not what was asked for, but close to it; `code` is "" where it is a term."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a question: at most so many entries, of `total`; else near misses."""

    question: str
    entries: tuple[Entry, ...]
    total: int
    near: tuple[Near, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Something that can be asked for: a term, or a heading with a year it is in force."""

    names: tuple[str, ...]
    term: Term | None = None
    heading: Heading | None = None
    year: int = YEARS[-1]


def find(question: str, year: int | None = None, limit: int = 20) -> Found:
    """Look a code, a name, a part of a name or a term up, in `year` or in any.

    Where no year is given a heading is told as of the last year it was in force. Raises
    UnknownYear.
    """
    if year is not None:
        validate_year(year)
    try:
        code = codes.parse_code(question)
    except InvalidCode:
        return _find_name(question, year, limit)
    when = _year_of(code, year)
    if when is None:
        return Found(question, (), 0, _near_codes(code))
    return Found(question, (heading_entry(code, when, year),), 1)


def all_headings(name: str, year: int | None = None) -> Iterator[tuple[Heading, int]]:
    """Yield the headings of a year or, without one, every name there was, each with its year.

    The newest list comes first; what it lacks is of the last year it was in force.
    """
    if year:
        yield from ((heading, year) for heading in Scheme.of(name, year))
        return
    seen = set()
    own = [y for y in reversed(YEARS) if own_lists.stamp_of(name, y)]
    for when in dict.fromkeys((YEARS[-1], *own)):
        for heading in Scheme.of(name, when):
            if (heading.code, heading.name) not in seen:
                seen.add((heading.code, heading.name))
                yield heading, when
    for heading in register(name):
        if (heading.code, heading.name) not in seen:
            yield heading, heading.valid_to or YEARS[-1]


def unfound(found: Found) -> UnknownHeading:
    """Return the error that tells that nothing was found, and what is near."""
    near = [f"{near.code} {near.name}".strip() for near in found.near]
    remedy = Text(
        f"是否指：{'、'.join(near)}" if near else "换一个写法，或用编码查询",
        f"did you mean: {', '.join(near)}" if near else "spell it otherwise, or ask by code",
    )
    return UnknownHeading(
        Text(f"没有找到“{found.question}”", f"nothing is known of “{found.question}”"), remedy
    )


def _year_of(code: str, year: int | None) -> int | None:
    """Return the year itself or the nearest that has the code, the later one of two."""
    wanted = year or YEARS[-1]
    having = (each for each in reversed(YEARS) if heading_in(code, each))
    return min(having, key=lambda each: abs(each - wanted), default=None)


def _find_name(question: str, year: int | None, limit: int) -> Found:
    wanted = _essence(question)
    candidates = list(_candidates(year))
    matches = [each for each in candidates if wanted in map(_essence, each.names)]
    if not matches and wanted:
        matches = [each for each in candidates if any(wanted in _essence(n) for n in each.names)]
    if not matches:
        return Found(question, (), 0, _near(question, candidates))
    entries = tuple(_entry(each) for each in matches[:limit])
    return Found(question, entries, len(matches))


def _essence(name: str) -> str:
    return _UNSAID.sub("", name).translate(_FULL_WIDTH).casefold()


def _candidates(year: int | None) -> Iterator[_Candidate]:
    for term in terms():
        yield _Candidate((term.zh, term.en, *term.aliases), term=term)
    for name in SCHEMES:
        for heading, when in all_headings(name, year):
            yield _Candidate((heading.name,), heading=heading, year=when)


def _entry(candidate: _Candidate) -> Entry:
    if candidate.term:
        return term_entry(candidate.term)
    heading = candidate.heading
    if heading is None:
        raise ValueError("a candidate is a term or a heading")
    return heading_entry(heading.code, candidate.year)


def _near_codes(code: str) -> tuple[Near, ...]:
    """Return the codes most like what is meant for one."""
    names = {heading.code: heading.name for name in SCHEMES for heading in register(name)}
    return tuple(Near(names[each], each) for each in _most_alike(code, names)[:_NEAR_SHOWN])


def _near(question: str, candidates: Iterable[_Candidate]) -> tuple[Near, ...]:
    if _NEARLY_CODE.search(question):
        return _near_codes(question)
    known: dict[str, Near] = {}
    for each in candidates:
        # An alias, and a name that many headings bear, is told once.
        code = each.heading.code if each.heading else ""
        for name in each.names:
            known.setdefault(_essence(name), Near(each.names[0], code))
    alike: list[str] = []
    if question.isascii() and question.isalpha():
        letters = question.casefold()
        alike = sorted((n for n in known if _initials(n).startswith(letters)), key=len)
    alike = alike or _most_alike(_essence(question), known)
    return tuple(dict.fromkeys(known[name] for name in alike))[:_NEAR_SHOWN]


def _most_alike(question: str, names: Iterable[str]) -> list[str]:
    from rapidfuzz import fuzz, process  # Only where nothing was found.

    found = process.extract(
        question,
        list(names),
        scorer=fuzz.ratio,
        limit=2 * _NEAR_SHOWN,
        score_cutoff=_LEAST_LIKENESS,
    )
    return [name for name, _, _ in found]


def _initials(name: str) -> str:
    from pypinyin import Style, lazy_pinyin  # Loads slowly.

    letters = lazy_pinyin(name, style=Style.FIRST_LETTER, errors="ignore")
    return "".join(letters)
