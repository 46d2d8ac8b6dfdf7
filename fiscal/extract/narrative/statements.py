"""Statements without a numeral: 决算数与预算数持平, 比2018年持平, 未发生支出.

They say that a difference is zero or that a figure is. 基本持平 says neither, and is no statement.

>>> [said[:3] for said in statements_in("支出决算为0万元，决算数与预算数持平。")]
[('equal_to_budget', 9, 18)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["statements_in"]

_EQUAL = r"(?:持平|一致|相等|相同|无增减(?:变化|变动)?|[无没]有?变化)"
_BUDGET = r"(?:年初|全年|调整|当年|年度)?预算数?"
_BEFORE = r"(?:上年|去年|上一年|(?:19|20)\d\d\s?年)度?"
_FUND = r"(?:政府性基金|国有资本经营)预算(?:财政)?(?:拨款)?(?:安排的)?"
_STATEMENTS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            "equal_to_budget",
            rf"(?:决算|执行)数?(?:(?:与|同|和){_BUDGET}(?:相比)?(?:完全)?{_EQUAL}|等于{_BUDGET})",
        ),
        (
            "equal_to_prior_year",
            rf"(?:决算数?|预算数?)?(?:与|比|较|同){_BEFORE}(?:决算|执行|预算|支出)?数?(?:相比)?{_EQUAL}",
        ),
        ("zero", r"(?:未|没有|无)(?:发生|安排|产生)(?:此项|该项|相关)?(?:支出|费用|收支|预算)"),
        ("zero", r"未发生(?=[。；，,]|$)|(?:[当本全]年)?无(?:此项|该项|相关)(?:支出|费用|收支)"),
        ("zero", rf"(?:没有|无)(?:使用)?(?P<what>{_FUND}(?:收入和支出|收支|收入|支出))"),
        ("zero", r"(?:无|未发生|没有)(?P<what>“?三公”?经费(?:财政拨款)?(?:支出|预算)?)"),
    )
)


def statements_in(text: str) -> Iterator[tuple[str, int, int, str]]:
    """Yield kind, start, end and what is named of every statement in a text, in order of place."""
    found = sorted(
        (match.start(), match.end(), kind, match.groupdict().get("what") or "")
        for kind, pattern in _STATEMENTS
        for match in pattern.finditer(text)
    )
    last_end = -1
    for start, end, kind, what in found:
        if start >= last_end:
            yield kind, start, end, what
            last_end = end
