"""The register of headings (科目): every name a code had, and how each is known.

It lies in `schemes/`, a file for each classification; its columns are told there.

>>> [(each.name, each.valid_to) for each in register("functional") if each.code == "215"]
[('资源勘探信息等支出', 2019), ('资源勘探工业信息等支出', None)]
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fiscal import codes
from fiscal.errors import Text, UnknownScheme, UnknownYear, listed

__all__ = [
    "ATTESTATIONS",
    "SCHEMES",
    "YEARS",
    "Heading",
    "heading_of_row",
    "register",
    "rows_by_code",
    "validate_name",
    "validate_year",
]

# A plain path: importing importlib.resources takes as long as reading the register does.
_FOLDER = Path(__file__).with_name("schemes")

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


@lru_cache
def register(name: str) -> tuple[Heading, ...]:
    """Return every heading of a classification under every name it had, in order of code and year.

    Raises UnknownScheme.
    """
    return tuple(heading_of_row(row) for rows in rows_by_code(name).values() for row in rows)


@lru_cache
def rows_by_code(name: str, category: str = "") -> Mapping[str, list[list[str]]]:
    """Return the rows of the register, or of one category of it, by code, in order of code.

    Raises UnknownScheme. Of other categories no row is parsed, so that one look-up comes at once.
    """
    found: dict[str, list[list[str]]] = {}
    with (_FOLDER / f"{validate_name(name)}.csv").open(encoding="utf-8", newline="") as file:
        next(file)
        rows = csv.reader(line for line in file if line.startswith(category))
        for row in rows:
            found.setdefault(row[0], []).append(row)
    return dict(sorted(found.items()))


def validate_name(name: str) -> str:
    """Return a key of `SCHEMES`. Raises UnknownScheme for anything else."""
    if name not in SCHEMES:
        known = listed(SCHEMES)
        raise UnknownScheme(
            Text(f"没有名为 {name} 的分类", f"there is no classification {name}"),
            Text(f"选 {known.zh} 之一", f"choose one of {known.en}"),
        )
    return name


def validate_year(year: int) -> int:
    """Return one of `YEARS`. Raises UnknownYear for any other."""
    if year not in YEARS:
        known = f"{YEARS[0]}–{YEARS[-1]}"
        raise UnknownYear(
            Text(f"没有 {year} 年的科目", f"the classification of {year} is not known"),
            Text(f"选 {known} 中的一年", f"choose a year of {known}"),
        )
    return year


def heading_of_row(row: list[str]) -> Heading:
    """Return the heading that a row of the register holds, with its own budgets only."""
    code, name, budgets, valid_from, valid_to, evidence, seen_years, _, sources, note = row
    return Heading(
        code=code,
        name=name,
        budgets=_words(budgets),
        valid_from=int(valid_from) if valid_from else None,
        valid_to=int(valid_to) if valid_to else None,
        attestation=evidence,
        seen_years=tuple(seen_years.split()),
        sources=tuple(filter(None, sources.split("; "))),
        note=note,
    )


@lru_cache
def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())
