"""The tables of a document, 01 to 09, laid out anew from the facts of their cells.

Amounts stand as they were printed, in the unit of their table. A table of headings has a row for
each, with its code; one that holds revenue against expenditure has both sides beside each other; of
the three public expenses each has a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from fiscal.codes import TOTAL
from fiscal.model import Extraction, Fact
from fiscal.ontology.terms import terms
from fiscal.rules.subject import kind_of_table

__all__ = ["PrintedTable", "printed_tables"]

_BALANCES = ("summary", "appropriation")
_KINDS = (*_BALANCES, "revenue", "expenditure", "general_public", "basic", "three_public",
          "government_funds", "state_capital")  # fmt: skip
# A table that a document has with nothing in it says so.
_EMPTY = {"government_funds": "政府性基金预算", "state_capital": "国有资本经营预算"}
_MEASURES = {"final": "决算数", "budget": "预算数", "prior_year": "上年决算数"}
_CODE, _NAME, _ITEM = "科目编码", "科目名称", "项目"
_NOTHING = ((_CODE, _NAME, "合计"), ("", "", ""))
_LEFT = ("income", "opening")
_Row = tuple[str, ...]


@dataclass(frozen=True)
class PrintedTable:
    """A table: its title, unit and rows, of which the first `headers` are headers.

    A cell of a header that is empty belongs to the one left of it or, at the left end and below
    no wider one, to the one above.
    """

    title: str
    unit: str
    headers: int
    rows: tuple[_Row, ...]
    note: str = ""


def printed_tables(extraction: Extraction) -> Iterator[PrintedTable]:
    """Yield the tables of which the document has cells, in their usual order."""
    own = [fact for fact in extraction.facts if fact.is_in_table and fact.amount.is_money]
    year = extraction.profile.fiscal_year
    for term in terms():
        facts = [fact for fact in own if fact.section == term.id]
        kind = kind_of_table(term.id)
        if term.list != "table" or kind not in _KINDS:
            continue
        title = f"{year}年度{term.zh}" if year else term.zh
        if facts:
            headers, rows = _rows(kind, facts)
            yield PrintedTable(title, facts[0].amount.unit, headers, tuple(rows))
        elif kind in _EMPTY and term.id in extraction.profile.tables:
            note = f"注：{year or '本'}年度没有{_EMPTY[kind]}财政拨款收入和支出，故本表无数据。"
            yield PrintedTable(title, "万元", 1, _NOTHING, note)


def _rows(kind: str, facts: Sequence[Fact]) -> tuple[int, list[_Row]]:
    if kind == "three_public":
        return 1, list(_expenses(facts))
    return (2, list(_balance(facts))) if kind in _BALANCES else _coded(facts)


def _expenses(facts: Sequence[Fact]) -> Iterator[_Row]:
    measures = [measure for measure in _MEASURES if any(f.measure == measure for f in facts)]
    yield (_ITEM, *(_MEASURES[measure] for measure in measures))
    amounts = {(fact.label, fact.measure): _number(fact) for fact in reversed(facts)}
    for label in dict.fromkeys(fact.label for fact in facts):
        yield (label, *(amounts.get((label, measure), "") for measure in measures))


def _balance(facts: Sequence[Fact]) -> Iterator[_Row]:
    left = [fact for fact in facts if fact.side in _LEFT]
    right = [fact for fact in facts if fact.side not in _LEFT]
    columns, others = (_columns(side, 1) for side in (left, right))
    blank = ("",) * (1 + len(columns)), ("",) * (1 + len(others))
    yield (_above(left, "收入"), *blank[0][1:], _above(right, "支出"), *blank[1][1:])
    yield (_ITEM, *columns, _ITEM, *others)
    for one, other in zip_longest(_side(left), _side(right)):
        yield (*(one or blank[0]), *(other or blank[1]))


def _side(facts: Sequence[Fact]) -> Iterator[_Row]:
    # What was brought forward of a budget has the name of what came in of it.
    amounts = {(fact.label, fact.side, fact.span.column): _number(fact) for fact in reversed(facts)}
    columns = dict.fromkeys(fact.span.column for fact in facts)
    for label, side in dict.fromkeys((fact.label, fact.side) for fact in facts):
        yield (label, *(amounts.get((label, side, column), "") for column in columns))


def _above(facts: Iterable[Fact], otherwise: str) -> str:
    """Return the header that stands over all columns of a side."""
    tops = {path[0] for fact in facts if len(path := (fact.span.column or "").split("/")) > 1}
    return tops.pop() if len(tops) == 1 else otherwise


def _coded(facts: Sequence[Fact]) -> tuple[int, list[_Row]]:
    columns = dict.fromkeys(fact.span.column for fact in facts)
    paths = [(column or "").split("/") for column in columns]
    depth = max(map(len, paths))
    names = [(_CODE, _NAME), *[("", "")] * (depth - 1)]
    header = [(*names[level], *_header(paths, level)) for level in range(depth)]
    amounts = {(_key(fact), fact.span.column): _number(fact) for fact in reversed(facts)}
    body = [
        (*key, *(amounts.get((key, column), "") for column in columns))
        for key in _in_order(dict.fromkeys(map(_key, facts)))
    ]
    return depth, [*header, *body]


def _in_order(keys: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the rows by code, totals apart: a table of two halves is read across both."""
    named = list(keys)
    coded = sorted((key for key in named if key[0]), key=lambda key: key[0])
    first = next((place for place, key in enumerate(named) if key[0]), len(named))
    yield from named[:first]
    yield from coded
    yield from (key for key in named[first:] if not key[0])


def _header(paths: Sequence[list[str]], level: int) -> Iterator[str]:
    """Yield one row of headers; what stands over several columns is said once."""
    before: list[str] = []
    for path in paths:
        is_over = level < len(path) - 1 and path[: level + 1] == before[: level + 1]
        yield "" if is_over or level >= len(path) else path[level]
        before = path


def _key(fact: Fact) -> tuple[str, str]:
    """Return the code and the name of a row; a total is named alone."""
    return ("", fact.label) if fact.code in (None, TOTAL) else (fact.code or "", fact.label)


def _columns(facts: Iterable[Fact], skipped: int) -> list[str]:
    """Return the lowest words of each column's header, without those above all of them."""
    paths = dict.fromkeys(fact.span.column or "" for fact in facts)
    return ["".join(path.split("/")[skipped:]) or path for path in paths]


def _number(fact: Fact) -> str:
    return f"{fact.amount.number:f}"
