"""Terms of the field: funding sources, expenditure types and the like, each list a small tree.

The terms and their definitions stand in `glossary.csv`; UN functions of government (COFOG) and
their matches with our headings in `cofog.csv` and `cofog_matches.csv`.

>>> [term.zh for term in terms() if term.list == "budget"][0]
'一般公共预算'
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fiscal.errors import Text

__all__ = [
    "LISTS",
    "CofogClass",
    "CofogMatch",
    "EconomicPair",
    "Term",
    "cofog",
    "cofog_matches",
    "economic_mapping",
    "lineage",
    "terms",
]

LISTS = {
    "asset_kind": Text("资产类别", "kinds of assets"),
    "balance": Text("收支与结转结余", "balances and totals"),
    "budget": Text("四本预算", "the four budgets"),
    "comparator": Text("指标比较符", "comparators"),
    "document_kind": Text("公开文件种类", "kinds of documents"),
    "expenditure_type": Text("支出类型", "expenditure types"),
    "funding_source": Text("资金来源", "funding sources"),
    "operating_expense": Text("机关运行经费", "operating expenses"),
    "performance_indicator": Text("绩效指标", "performance indicators"),
    "performance_value": Text("绩效指标值", "values of performance indicators"),
    "phase": Text("预算阶段", "budget phases"),
    "procurement_kind": Text("政府采购类别", "kinds of procurement"),
    "table": Text("公开表", "published tables"),
    "term": Text("名词", "terms"),
    "three_public_expense": Text("“三公”经费", "three public expenses"),
    "vehicle_kind": Text("公务用车类别", "kinds of vehicles"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the field in one of `LISTS`; `broader` is the id of the term above it."""

    id: str
    list: str
    broader: str | None
    zh: str
    en: str
    aliases: tuple[str, ...]
    definition: Text


@dataclass(frozen=True, slots=True)
class CofogClass:
    """A division or group of COFOG."""

    code: str
    level: str
    name: Text


@dataclass(frozen=True, slots=True)
class CofogMatch:
    """How a heading's code relates to a class of COFOG, and why; `cofog` is None for no match."""

    code: str
    cofog: str | None
    relation: str
    reason: Text


@dataclass(frozen=True, slots=True)
class EconomicPair:
    """A section of the departmental economic classification and its governmental counterpart."""

    departmental: str
    government: str
    confidence: str


def _rows(name: str, holding: str = "") -> Iterator[dict[str, str]]:
    """Yield the rows of a file, of which those without the text `holding` are not even parsed."""
    # Not importlib.resources, which loads slowly: a look-up in the glossary comes at once.
    header, *lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return csv.DictReader([header, *(line for line in lines if holding in line)])


@lru_cache
def terms(term_list: str | None = None) -> tuple[Term, ...]:
    """Return every term, or those of one list, in the order of the glossary."""
    return tuple(
        Term(
            id=row["id"],
            list=row["list"],
            broader=row["broader"] or None,
            zh=row["zh"],
            en=row["en"],
            aliases=tuple(filter(None, row["aliases"].split("|"))),
            definition=Text(row["definition_zh"], row["definition_en"]),
        )
        for row in _rows("glossary.csv", f",{term_list}," if term_list else "")
        if term_list in (None, row["list"])
    )


@lru_cache
def lineage(term_list: str, term_id: str | None) -> tuple[str | None, ...]:
    """Return a term of a list, the terms above it, nearest first, and None for all of the list.

    >>> lineage("expenditure_type", "personnel_expenditure")
    ('personnel_expenditure', 'basic_expenditure', None)
    """
    if term_id is None:
        return (None,)
    above = next((term.broader for term in terms(term_list) if term.id == term_id), None)
    return (term_id, *lineage(term_list, above))


@lru_cache
def cofog() -> tuple[CofogClass, ...]:
    """Return the divisions and groups of COFOG in order of code."""
    return tuple(
        CofogClass(row["code"], row["level"], Text(row["zh"], row["en"]))
        for row in _rows("cofog.csv")
    )


@lru_cache
def cofog_matches(code: str | None = None) -> tuple[CofogMatch, ...]:
    """Return how categories and sections by function, or one of them, relate to COFOG."""
    return tuple(
        CofogMatch(
            code=row["code"],
            cofog=row["cofog"] or None,
            relation=row["relation"],
            reason=Text(row["reason_zh"], row["reason_en"]),
        )
        for row in _rows("cofog_matches.csv", f"{code}," if code else "")
        if code in (None, row["code"])
    )


@lru_cache
def economic_mapping() -> tuple[EconomicPair, ...]:
    """Return which departmental section answers to which governmental one, since 2018."""
    return tuple(
        EconomicPair(row["dept_code"], row["gov_code"], row["confidence"])
        for row in _rows("schemes/economic_mapping.csv")
    )
