"""The terms that a text uses, with what they mean: the last part of an account.

>>> [term.zh for term in terms_in("本年事业收入1万元，其中人员经费无。")]
['事业收入', '人员经费']
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fiscal.ontology.terms import Term, terms

__all__ = ["definitions", "terms_in", "without_numerals"]

_CODE = re.compile(r"（\d+）")

# Lists of the glossary whose terms an account explains, and single terms beside them.
_LISTS = ("funding_source", "expenditure_type", "three_public_expense")
_BALANCES = ("total_revenue", "total_expenditure")
_SINGLE = ("operating_expenses",)


def definitions(text: str) -> Iterator[str]:
    """Yield a numbered line for each term that a text uses."""
    meant = ((term.zh, without_numerals(term.definition.zh)) for term in terms_in(text))
    for number, (name, meaning) in enumerate((n, m) for n, m in meant if m):
        yield f"{number + 1}.{name}：{meaning}"


def without_numerals(meaning: str) -> str:
    """Leave out codes and clauses with a numeral, which would read as a figure of the account.

    >>> without_numerals("为职工缴纳的养老保险费（2080505），2014 年起征收。")
    '为职工缴纳的养老保险费。'
    """
    clauses = _CODE.sub("", meaning).rstrip("。").split("，")
    kept = [clause for clause in clauses if not any(map(str.isdecimal, clause))]
    return "，".join(kept) + "。" if kept and kept[0] == clauses[0] else ""


def terms_in(text: str) -> Iterator[Term]:
    """Yield the terms that a text uses by their names, quotes aside, in the glossary's order."""
    plain = text.replace("“", "").replace("”", "")
    yield from (term for term in terms() if _is_explained(term) and term.zh in plain)


def _is_explained(term: Term) -> bool:
    is_heading = term.list == "term" and term.broader == "item"
    is_balance = term.list == "balance" and term.broader in _BALANCES
    return term.list in _LISTS or term.id in _SINGLE or is_heading or is_balance
