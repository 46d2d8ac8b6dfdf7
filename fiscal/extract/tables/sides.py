"""The side of a year's account that words name: what was there, came in, went out, or is left.

>>> [side_named(text) for text in ("年初结转和结余", "本年收入", "项目支出", "收入支出")]
['opening', 'income', 'expenditure', None]
"""

from __future__ import annotations

import re

__all__ = ["balance_named", "side_named", "side_of_table"]

_BALANCES = (
    ("opening", re.compile(r"(?:年初|上年|期初).{0,8}(?:结转|结余)")),
    ("closing", re.compile(r"(?:年末|年终|期末).{0,8}(?:结转|结余)|结转下年|下年.{0,4}结转")),
)
_FLOWS = (("income", re.compile(r"收入")), ("expenditure", re.compile(r"支出")))
# Tables of which every figure is on one side, whatever their columns are called.
_TABLES = {
    "revenue": "income",
    "expenditure": "expenditure",
    "general_public": "expenditure",
    "basic": "expenditure",
    "project": "expenditure",
    "detail": "expenditure",
}


def side_named(text: str) -> str | None:
    """Return the side that a text names; nothing where it names both income and expenditure."""
    named = [side for side, pattern in _FLOWS if pattern.search(text)]
    return balance_named(text) or (named[0] if len(named) == 1 else None)


def balance_named(text: str) -> str | None:
    """Return opening or closing for money brought or carried forward, nothing for other words."""
    return next((side for side, pattern in _BALANCES if pattern.search(text)), None)


def side_of_table(kind: str) -> str | None:
    """Return the side that all figures of a kind of table are on, None where it holds several."""
    return _TABLES.get(kind)
