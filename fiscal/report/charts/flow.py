"""A flow of money: from where it came, through the total, to what it was spent on.

A document tells sources and types of expenditure each by itself and seldom which source paid for
which type, so all streams pass through the total. What the streams told do not account for is a
stream of its own, said to be derived.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from fiscal import codes
from fiscal.errors import Text
from fiscal.report.charts.mentions import Told, level_of, scale_shown
from fiscal.report.charts.picture import Band, Flow, Mark, Missing, joined, share_of
from fiscal.report.charts.structure import Part, name_of, parts_told
from fiscal.rules.splits import expenditure_types, revenue_sources
from fiscal.rules.subject import Subject
from fiscal.rules.view import View

__all__ = ["flow_of"]

_TITLE = Text("收支{}资金流向", "Flow of money from sources to types of expenditure")
_WHOLE = Text("收支总计", "total")
_REST_IN = Text("其余（如年初结转和结余）", "the rest, such as money brought forward")
_REST_OUT = Text("其余（如年末结转和结余）", "the rest, such as money carried forward")
_NAMES = {
    "opening": Text("年初结转和结余", "brought forward"),
    "closing": Text("年末结转和结余", "carried forward"),
    "surplus_used": Text("使用非财政拨款结余", "non-fiscal surplus used"),
    "surplus_distributed": Text("结余分配", "surplus distributed"),
}


def flow_of(view: View) -> Flow | Missing:
    """Return the flow, or what the document lacks for it."""
    title = Text(_TITLE.zh.format("预算" if view.level == "budget" else "决算"), _TITLE.en)
    income, spent = _income(view), _spent(view)
    lacking = [
        name
        for name, parts in (
            (Text("按来源分列的收入", "revenue by source"), income),
            (Text("按类型分列的支出", "expenditure by type"), spent),
        )
        if not any(part.told.value for part in parts)
    ]
    if lacking:
        return Missing("flow", title, tuple(lacking))
    total = level_of(view, Subject("total_revenue")) or level_of(view, Subject("total_expenditure"))
    value = _whole(total, income, spent)
    scale = scale_shown([part.told.fact for part in (*income, *spent)])
    whole = Mark(_WHOLE, value, None, total is None, evidence=(total.fact.id,) if total else ())
    bands = (
        *_bands(income, value, _REST_IN, is_in=True),
        *_bands(spent, value, _REST_OUT, is_in=False),
    )
    return Flow("flow", title, scale, whole, bands, tuple(_notes((*income, *spent))))


def _whole(total: Told | None, income: Sequence[Part], spent: Sequence[Part]) -> Fraction:
    """Return the total; where parts exceed it, or it is not told, the larger side."""
    sides = (
        sum((max(part.told.value, Fraction(0)) for part in side), Fraction(0))
        for side in (income, spent)
    )
    return max(total.value if total else Fraction(0), *sides)


def _income(view: View) -> list[Part]:
    parts = parts_told(view, revenue_sources(Subject("revenue", codes.TOTAL)))
    has_opening = any(part.subject.source == "carryover_brought_forward" for part in parts)
    others = ("surplus_used",) if has_opening else ("opening", "surplus_used")
    return [*parts, *_others(view, others)]


def _spent(view: View) -> list[Part]:
    parts = parts_told(view, expenditure_types(Subject("expenditure", codes.TOTAL)))
    return [*parts, *_others(view, ("closing", "surplus_distributed"))]


def _others(view: View, indicators: Sequence[str]) -> Iterator[Part]:
    for indicator in indicators:
        subject = Subject(indicator)
        if figure := level_of(view, subject):
            yield Part(subject, _NAMES.get(indicator) or name_of(view, subject), figure)


def _bands(
    parts: Sequence[Part], whole: Fraction, rest_name: Text, *, is_in: bool
) -> Iterator[Band]:
    rest = whole
    room = Fraction(0)
    for part in parts:
        value = part.told.value
        if value > 0:
            rest -= value
            room += part.told.fact.amount.half_width
            share = share_of(value, whole)
            yield Band(Mark(part.name, value, share, evidence=(part.told.fact.id,)), is_in)
    if rest > 2 * room:
        yield Band(Mark(rest_name, rest, share_of(rest, whole), is_derived=True), is_in)


def _notes(parts: Sequence[Part]) -> Iterator[Text]:
    zero = joined(part.name for part in parts if not part.told.value)
    negative = joined(part.name for part in parts if part.told.value < 0)
    if zero.zh:
        yield Text(f"为零未画：{zero.zh}", f"zero and left out: {zero.en}")
    if negative.zh:
        yield Text(f"为负未画：{negative.zh}", f"negative and left out: {negative.en}")
    yield from filter(None, (part.told.remark(part.name) for part in parts))
