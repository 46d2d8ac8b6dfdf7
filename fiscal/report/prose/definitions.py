"""The terms that a text uses, with what they mean: the last part of an account.

>>> [term.zh for term in terms_in("本年事业收入1万元，行政事业单位医疗2万元。", frozenset())]
['事业收入']
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from fiscal.ontology.terms import Term, terms

__all__ = ["definitions", "terms_in", "without_numerals"]

_CODE = re.compile(r"（\d+）")

# Lists of the glossary whose terms an account explains, and single terms beside them.
_LISTS = ("funding_source", "expenditure_type", "three_public_expense")
_BALANCES = ("total_revenue", "total_expenditure")
_SINGLE = ("operating_expenses",)


def definitions(text: str, headings: Collection[str]) -> Iterator[str]:
    """Yield a numbered line for each term that a text uses, of headings those of the account."""
    used = terms_in(text, headings)
    meant = ((term.zh, without_numerals(term.definition.zh)) for term in used)
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


def terms_in(text: str, headings: Collection[str]) -> Iterator[Term]:
    """Yield the terms that a text uses by their names, quotes aside, in the glossary's order.

    The name of a heading may stand within a longer one, so it has to be one of the `headings`.
    """
    plain = text.replace("“", "").replace("”", "")
    for term in terms():
        if term.zh in plain and (term.zh in headings if _is_heading(term) else _is_term(term)):
            yield term


def _is_heading(term: Term) -> bool:
    return term.list == "term" and term.broader == "item"


def _is_term(term: Term) -> bool:
    is_balance = term.list == "balance" and term.broader in _BALANCES
    return term.list in _LISTS or term.id in _SINGLE or is_balance
