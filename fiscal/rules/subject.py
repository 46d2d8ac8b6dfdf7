"""What a figure is of, by one name wherever it stands: in a cell, in a sentence, in a heading.

A subject has an indicator (revenue, expenditure, opening, three_public_expenses, …) and what parts
it: a code of the classification or `total`, a budget, a source of money, a type of expenditure. The
budget `appropriation` is all money from the treasury, None is all money there is. Figures that
share a subject, a measure and a year are mentions of one figure. Nothing is ever bound because two
numbers are equal.

Names come from `subjects.csv` beside this module and from the glossary.

>>> str(named("本年支出合计")), str(named("“三公”经费财政拨款支出"))
('expenditure/total', 'three_public_expenses')
>>> named("公务用车购置及运行费") == named("公务用车购置及运行维护费支出")
True
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from fiscal.codes import TOTAL
from fiscal.extract.narrative.sections import names_category
from fiscal.extract.tables.columns import budget_named
from fiscal.model import Fact
from fiscal.ontology.terms import terms

__all__ = ["APPROPRIATION", "VEHICLE_KINDS", "Subject", "kind_of_table", "named", "subject_of"]

APPROPRIATION = "appropriation"
# Lists of the glossary whose every term is an indicator by itself.
_LISTS = ("three_public_expense", "procurement_kind", "vehicle_kind", "asset_kind")
VEHICLE_KINDS = (
    "minister_vehicle",
    "leader_vehicle",
    "confidential_communication_vehicle",
    "emergency_vehicle",
    "law_enforcement_vehicle",
    "special_technical_vehicle",
    "retired_cadre_vehicle",
    "other_vehicle",
)
# Names that mean this only under their own heading: 服务 is as a rule another service.
_TOO_SHORT = frozenset(("货物", "工程", "服务"))
_SINGLE = ("operating_expenses",)
_NOT_IN_NAME = re.compile(
    r"[\s“”\"'‘’《》]|^(?:20\d\d年度?)|^其中[:：]|\((?:类|款|项|\d+[类款项])\)|[:：]$"
    r"|^[(]?[一二三四五六七八九十\d]{1,3}[)、.．]|^.{0,30}共有(?=车辆)|^财政拨款的"
)
_MEASURE_WORDS = re.compile(r"(?:年初|全年|调整|支出)?(?:预算|决算|执行)数$|(?:支出|收入)决算$")
_TO_HALF_WIDTH = str.maketrans("（）：", "():")
# The funds beside the general budget, whose sections tell of them alone.
_SOURCE_OF_FUND = {
    "government_funds_budget": "government_funds_appropriation",
    "state_capital_budget": "state_capital_appropriation",
}
# What a share is of, behind the name of its part.
_OF_WHOLE = re.compile(r"（占[^（）]{1,60}）$")
_TABLE_ENDS = re.compile(r"^(?:final_accounts|budget)_|_table$")


class Subject(NamedTuple):
    """What a figure is of."""

    indicator: str
    code: str | None = None
    budget: str | None = None
    source: str | None = None
    type: str | None = None

    def __str__(self) -> str:
        return "/".join(filter(None, self))


def kind_of_table(section: str) -> str:
    """Return the kind of a table without saying whose it is.

    >>> kind_of_table("final_accounts_general_public_table"), kind_of_table("state_asset_table")
    ('general_public', 'state_asset')
    """
    return _TABLE_ENDS.sub("", section)


def subject_of(fact: Fact) -> Subject | None:
    """Return what a fact is of; None where that has no name here."""
    return _in_table(fact) if fact.is_in_table else _in_prose(fact)


def _in_prose(fact: Fact) -> Subject | None:
    titles = (each for each in fact.section.split("/") if not names_category(each))
    budget = fact.budget or budget_named("/".join(titles))
    found = named(_OF_WHOLE.sub("", fact.label))
    is_open = found and (not found.budget or found.budget == APPROPRIATION)
    if found and is_open and found.indicator == "expenditure" and (found.type or found.budget):
        return found._replace(budget=budget or found.budget)
    if found:
        return _of_fund(found, budget)
    if fact.code and not budget and _of_all_appropriations(fact.section):
        budget = APPROPRIATION
    is_level = fact.measure in ("budget", "final")
    if fact.code == TOTAL and fact.funding_source and is_level and "支出" not in fact.label:
        return Subject("revenue", TOTAL, None, fact.funding_source)
    if not fact.code or fact.scheme == "revenue" or (fact.code == TOTAL and not budget):
        return None
    if fact.scheme in ("functional", None):
        return Subject("expenditure", fact.code, budget, None, fact.expenditure_type)
    # Economic headings are told of basic expenditure, and sometimes of all of it.
    is_basic = "基本支出" in fact.section or fact.expenditure_type == "basic_expenditure"
    type_ = "basic_expenditure" if is_basic else "all_expenditure"
    return Subject("expenditure", fact.code, budget, None, type_)


def _of_fund(found: Subject, budget: str | None) -> Subject:
    """Read 本年收入, 本年支出 or 年末结转结余 under the heading of a fund as the fund's."""
    is_open = not (found.budget or found.source or found.type)
    source = _SOURCE_OF_FUND.get(budget or "")
    if not (is_open and source):
        return found
    if found == Subject("revenue", TOTAL):
        return found._replace(source=source)
    is_part = found.indicator in ("opening", "closing") or found == Subject("expenditure", TOTAL)
    return found._replace(budget=budget) if is_part else found


def _of_all_appropriations(section: str) -> bool:
    """Tell whether a heading is that of all money from the treasury."""
    return "财政拨款" in section


def _in_table(fact: Fact) -> Subject | None:
    kind = kind_of_table(fact.section)
    if kind in ("summary", "appropriation"):
        return _in_balance(fact, APPROPRIATION if kind == "appropriation" else None)
    if kind == "revenue":
        return Subject("revenue", fact.code, None, fact.funding_source) if fact.code else None
    if kind in ("expenditure", "general_public", "government_funds", "state_capital"):
        return _by_column(fact)
    if kind == "basic":
        return _in_basic(fact)
    if kind in ("three_public", "operating_expenses", "state_asset", "procurement"):
        return named(fact.label)
    return None


def _in_balance(fact: Fact, scope: str | None) -> Subject | None:
    """Read a row of the two tables that hold revenue against expenditure."""
    budget = fact.budget or scope
    label = _essence(fact.label)
    if label in ("总计", "收入总计", "支出总计"):
        side = _side(fact)
        is_of_one = side == "revenue" and fact.budget
        return Subject(f"total_{side}", None, budget) if side and not is_of_one else None
    found = named(label)
    if found and found.indicator in ("opening", "closing"):
        return Subject(found.indicator, None, budget)
    if found and found.indicator in ("surplus_used", "surplus_distributed"):
        return found
    if fact.funding_source == "carryover_brought_forward":
        return Subject("opening", None, budget)
    if fact.code:
        return Subject("expenditure", fact.code, budget)
    if fact.funding_source:
        return Subject("revenue", TOTAL, None, fact.funding_source)
    if found and found.indicator == "revenue":
        return found._replace(source="fiscal_appropriation") if scope else found
    return found


def _side(fact: Fact) -> str | None:
    if fact.label.startswith(("收入", "支出")):
        return "revenue" if fact.label.startswith("收入") else "expenditure"
    if fact.side:
        return {"income": "revenue", "expenditure": "expenditure"}.get(fact.side)
    column = (fact.span.column or "").split("/")[0]
    sides = [
        side for word, side in (("收入", "revenue"), ("支出", "expenditure")) if word in column
    ]
    return sides[0] if len(sides) == 1 else None


def _by_column(fact: Fact) -> Subject | None:
    """Read a table of codes whose columns may hold all four parts of a year's account."""
    if not fact.code:
        return None
    column = fact.span.column or ""
    if re.search(r"(?:年初|上年).*(?:结转|结余)", column):
        return Subject("opening", fact.code, fact.budget)
    if re.search(r"年末|结转下年|年终", column):
        return Subject("closing", fact.code, fact.budget)
    if "收入" in column and "支出" not in column:
        return Subject("revenue", fact.code, fact.budget)
    return Subject("expenditure", fact.code, fact.budget, None, fact.expenditure_type)


def _in_basic(fact: Fact) -> Subject | None:
    """Read basic expenditure by economic headings, with its totals that have no code."""
    code = fact.code
    if code is None and re.search(r"[合总]计$", fact.label):
        code = TOTAL
    if code is None:
        return None
    return Subject(
        "expenditure", code, fact.budget, None, fact.expenditure_type or "basic_expenditure"
    )


@lru_cache(maxsize=8192)
def named(label: str) -> Subject | None:
    """Return the subject a label names by itself, None for any other."""
    names = _names()
    return next((names[name] for name in _spellings(_essence(label)) if name in names), None)


def _essence(label: str) -> str:
    plain = _NOT_IN_NAME.sub("", label.translate(_TO_HALF_WIDTH))
    return _NOT_IN_NAME.sub("", plain)


def _spellings(name: str) -> Iterator[str]:
    """Yield a name as it is, then without the words that a document may add to it."""
    for whole in (name, _MEASURE_WORDS.sub("", name)):
        yield whole
        for shorter in (whole, whole.replace("财政拨款", "")):
            yield shorter
            for end in ("支出", "费用", "费", "经费支出", "经费"):
                if shorter.endswith(end):
                    yield shorter.removesuffix(end)
                    yield shorter.removesuffix(end) + "费"


@lru_cache
def _names() -> dict[str, Subject]:
    found: dict[str, Subject] = {}
    for term in terms():
        if term.list in _LISTS or term.id in _SINGLE:
            for name in (term.zh, *term.aliases):
                if name not in _TOO_SHORT:
                    found.setdefault(_essence(name), Subject(term.id))
    for row in _rows():
        parts = (row[part] or None for part in ("code", "budget", "source", "type"))
        subject = Subject(row["indicator"], *parts)
        found.update((name, subject) for name in row["names"].split("|"))
    return found


def _rows() -> Iterator[dict[str, str]]:
    path = Path(__file__).with_name("subjects.csv")
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
