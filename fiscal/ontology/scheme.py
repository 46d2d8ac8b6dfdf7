"""One year of one classification: its headings, and how each of them is known.

The register beside this module (`schemes/`) holds every heading with the years it was in force.
No year of it is complete, so a code that it lacks is unknown and never wrong.

>>> scheme = Scheme.of("functional", 2019)
>>> scheme["20805"].name, scheme["20805"].parent, scheme["20805"].attestation
('行政事业单位离退休', '208', 'attested')
>>> Scheme.of("functional", 2024)["20805"].name
'行政事业单位养老支出'
>>> scheme.is_complete
False
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from fiscal import codes
from fiscal.errors import Text, UnknownHeading, UnknownScheme, UnknownYear

__all__ = ["ATTESTATIONS", "SCHEMES", "YEARS", "Heading", "Scheme", "register"]

YEARS = range(2018, 2027)
SCHEMES = {
    "functional": Text("支出功能分类", "expenditure by function"),
    "revenue": Text("收入分类", "revenue"),
    "departmental_economic": Text("部门预算支出经济分类", "departmental expenditure by economy"),
    "government_economic": Text("政府预算支出经济分类", "government expenditure by economy"),
}
ATTESTATIONS = {
    "attested": Text(
        "编码与名称同见于 2018 年及以后的公开文件",
        "code and name seen together in a document of 2018 or later",
    ),
    "attested_before_2018": Text(
        "编码与名称同见于 2018 年以前的资料", "code and name seen together before 2018"
    ),
    "code_attested": Text("见过编码，未见名称", "the code was seen, the name was not"),
    "unattested": Text("凭记忆，未见出处", "recalled; name, place or year may be wrong"),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading (科目) under one name, with the years that name was in force.

    `valid_from` and `valid_to` are fiscal years, both included; None is unknown or open.
    `budgets` are the budgets it is used in, those of the headings below it included. `attestation`
    is a key of `ATTESTATIONS`; `seen_years` are the years of the documents it was seen in.
    """

    code: str
    name: str
    budgets: frozenset[str]
    valid_from: int | None
    valid_to: int | None
    attestation: str
    seen_years: tuple[str, ...]
    sources: tuple[str, ...]
    note: str

    @property
    def level(self) -> str:
        """One of category, section, item and subitem."""
        return codes.level(self.code)

    @property
    def parent(self) -> str:
        """The code one level up, `codes.TOTAL` above a category."""
        return codes.parent(self.code)

    @property
    def scheme(self) -> str:
        """The classification it belongs to."""
        return codes.scheme_of(self.code)

    def is_in_force(self, year: int) -> bool:
        """Tell whether this name of the code held in `year`."""
        return (self.valid_from or year) <= year <= (self.valid_to or year)


@dataclass(frozen=True, slots=True)
class Scheme:
    """The headings of one classification in one year, by code."""

    name: str
    year: int
    headings: Mapping[str, Heading]
    is_complete: bool

    @staticmethod
    def of(name: str, year: int) -> Scheme:
        """Return a year's classification; `name` is a key of `SCHEMES`, `year` one of `YEARS`.

        Raises UnknownScheme and UnknownYear.
        """
        if year not in YEARS:
            raise UnknownYear(
                Text(f"没有 {year} 年的科目", f"the classification of {year} is not known"),
                Text(
                    f"选 {YEARS[0]}–{YEARS[-1]} 中的一年",
                    f"choose a year of {YEARS[0]}–{YEARS[-1]}",
                ),
            )
        return _scheme(name, year)

    def __getitem__(self, code: str) -> Heading:
        try:
            return self.headings[code]
        except KeyError:
            raise UnknownHeading(
                Text(f"{self.year} 年科目中未见 {code}", f"{code} is not known in {self.year}"),
                Text(
                    "该年科目表并不完整，未见不等于有误；请核对编码",
                    "the year's list is incomplete, so this alone is no error; check the code",
                ),
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


@lru_cache
def register(name: str) -> tuple[Heading, ...]:
    """Return every heading of a classification under every name it had, in order of code and year.

    Raises UnknownScheme.
    """
    if name not in SCHEMES:
        known = "、".join(SCHEMES)
        raise UnknownScheme(
            Text(f"没有名为 {name} 的分类", f"there is no classification {name}"),
            Text(f"选 {known} 之一", f"choose one of {known}"),
        )
    path = files("fiscal.ontology") / "schemes" / f"{name}.csv"
    return tuple(map(_heading, csv.DictReader(path.read_text(encoding="utf-8").splitlines())))


def _heading(row: dict[str, str]) -> Heading:
    return Heading(
        code=row["code"],
        name=row["name"],
        budgets=frozenset(row["budgets"].split()),
        valid_from=int(row["valid_from"]) if row["valid_from"] else None,
        valid_to=int(row["valid_to"]) if row["valid_to"] else None,
        attestation=row["evidence"],
        seen_years=tuple(row["seen_years"].split()),
        sources=tuple(filter(None, row["sources"].split("; "))),
        note=row["note"],
    )


@lru_cache
def _scheme(name: str, year: int) -> Scheme:
    in_force = {heading.code: heading for heading in register(name) if heading.is_in_force(year)}
    budgets = {code: set(heading.budgets) for code, heading in in_force.items()}
    # Deepest first: what is used below a heading is used in it.
    for code in sorted(in_force, key=len, reverse=True):
        budgets.get(codes.parent(code), set()).update(budgets[code])
    headings = {
        code: replace(heading, budgets=frozenset(budgets[code]))
        for code, heading in sorted(in_force.items())
    }
    return Scheme(name, year, MappingProxyType(headings), is_complete=year in _COMPLETE[name])


# The years whose list was taken whole from the Ministry's own book. None was.
_COMPLETE: Mapping[str, frozenset[int]] = {name: frozenset() for name in SCHEMES}
