"""Figures 2, 3, 6 and 7: what a whole is made of, each part with its share.

Shares are computed from the amounts; where the document prints another, that is told. Parts of
nothing are left out and named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from fiscal import codes
from fiscal.errors import Text, UnknownYear
from fiscal.ontology.scheme import Scheme
from fiscal.ontology.terms import terms
from fiscal.report.charts.mentions import (
    Told,
    level_of,
    printed_otherwise,
    said,
    scale_shown,
    year_of,
)
from fiscal.report.charts.picture import Bars, Group, Mark, Missing, joined, share_of
from fiscal.report.figures import Scale
from fiscal.rules.parts import broader
from fiscal.rules.splits import expenditure_types, revenue_sources, three_expenses
from fiscal.rules.subject import Subject
from fiscal.rules.view import View

__all__ = ["STRUCTURES", "Part", "Structure", "name_of", "parts_told", "structure"]


@dataclass(frozen=True, slots=True)
class Structure:
    """A whole and its parts; `{}` in the title is 决算 or 预算."""

    title: Text
    name: Text
    whole: Subject
    parts: Callable[[View, Subject], Iterable[Subject]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part with what the document tells of it."""

    subject: Subject
    name: Text
    told: Told


def _categories(view: View, whole: Subject) -> Iterator[Subject]:
    """Yield the categories of the functional classification that have a figure."""
    found = dict.fromkeys(key.subject for key in view.by_key)
    for subject in found:
        code = subject.code or ""
        is_category = code.startswith("2") and codes.LEVELS.get(len(code)) == "category"
        if is_category and subject == whole._replace(code=code):
            yield subject


STRUCTURES = {
    "2": Structure(
        Text("图2 收入{}结构", "Figure 2: structure of revenue"),
        Text("本年收入合计", "revenue of the year"),
        Subject("revenue", codes.TOTAL),
        lambda _, whole: revenue_sources(whole),
    ),
    "3": Structure(
        Text("图3 支出{}结构", "Figure 3: structure of expenditure"),
        Text("本年支出合计", "expenditure of the year"),
        Subject("expenditure", codes.TOTAL),
        lambda _, whole: expenditure_types(whole),
    ),
    "6": Structure(
        Text(
            "图6 一般公共预算财政拨款支出{}结构",
            "Figure 6: structure of expenditure of the general public budget",
        ),
        Text("一般公共预算财政拨款支出", "general public budget expenditure"),
        Subject("expenditure", codes.TOTAL, "general_public_budget"),
        _categories,
    ),
    "7": Structure(
        Text("图7 “三公”经费财政拨款支出{}结构", "Figure 7: structure of three public expenses"),
        Text("“三公”经费财政拨款支出", "three public expenses"),
        Subject("three_public_expenses"),
        lambda _, whole: three_expenses(whole),
    ),
}


def structure(view: View, number: str) -> Bars | Missing:
    """Return figure 2, 3, 6 or 7, or what the document lacks for it."""
    kind = STRUCTURES[number]
    title = Text(kind.title.zh.format("预算" if view.level == "budget" else "决算"), kind.title.en)
    parts = parts_told(view, kind.parts(view, kind.whole))
    whole = level_of(view, kind.whole)
    if not parts and not (whole and not whole.value):
        parts_of = Text(f"{kind.name.zh}的各部分", f"the parts of {kind.name.en}")
        return Missing(number, title, (parts_of,) if whole else (kind.name, parts_of))
    scale = scale_shown([part.told.fact for part in parts] + ([whole.fact] if whole else []))
    total = whole.value if whole else sum((part.told.value for part in parts), Fraction(0))
    shown = sorted((part for part in parts if part.told.value), key=lambda part: -part.told.value)
    heading = _heading(kind.name, scale, total, is_derived=whole is None)
    marks = tuple(
        Mark(
            part.name,
            part.told.value,
            share_of(part.told.value, total),
            evidence=(part.told.fact.id,),
        )
        for part in shown
    )
    notes = tuple(_notes(view, kind, parts, whole, scale))
    return Bars(number, title, scale, (Group(heading, marks),), notes)


def parts_told(view: View, subjects: Iterable[Subject]) -> list[Part]:
    """Return the parts the document has a figure of, none of them part of another."""
    told = {one: figure for one in subjects if (figure := level_of(view, one))}
    sources, types = {one.source for one in told}, {one.type for one in told}
    return [
        Part(one, name_of(view, one, figure), figure)
        for one, figure in told.items()
        if not (broader(one.source) & sources or broader(one.type) & types)
    ]


def name_of(view: View, subject: Subject, told: Told | None = None) -> Text:
    """Return the name of a part: the glossary's, the year's heading, or the document's own."""
    term_id = subject.type or subject.source or subject.indicator
    if subject.code in (None, codes.TOTAL):
        names = (Text(one.zh, one.en) for one in terms() if one.id == term_id)
        return next(names, Text(term_id, term_id))
    name = _heading_name(view, subject.code or "") or (told.fact.label if told else subject.code)
    return Text(name or "", name or "")


def _heading_name(view: View, code: str) -> str | None:
    try:
        scheme = Scheme.of("functional", year_of(view) or 0)
    except UnknownYear:
        return None
    return scheme[code].name if code in scheme else None


def _heading(name: Text, scale: Scale, total: Fraction, *, is_derived: bool) -> Text:
    amount = f"{scale.printed(total)}{scale.unit}"
    if is_derived:
        return Text(f"{name.zh}：{amount}（推算）", f"{name.en}: {amount} (derived)")
    return Text(f"{name.zh}：{amount}", f"{name.en}: {amount}")


def _notes(
    view: View, kind: Structure, parts: list[Part], whole: Told | None, scale: Scale
) -> Iterator[Text]:
    zero = [part.name for part in parts if not part.told.value]
    zero += [
        name_of(view, one)
        for one in kind.parts(view, kind.whole)
        if said(view, "zero", one) and not level_of(view, one)
    ]
    if whole and not whole.value:
        yield Text("合计为零，没有可画的部分", "the whole is zero, so there is nothing to draw")
    if zero:
        yield Text(f"为零未画：{joined(zero).zh}", f"zero and left out: {joined(zero).en}")
    if not whole:
        yield Text(
            "总额由所列各部分相加推算", "the whole is derived: the sum of the parts that are told"
        )
    if whole:
        yield from filter(None, (part.told.remark(part.name) for part in parts))
        yield from filter(None, [whole.remark(kind.name), _shortfall(parts, whole, scale)])
        yield from _shares_printed_otherwise(view, kind, parts, whole)


def _shortfall(parts: list[Part], whole: Told, scale: Scale) -> Text | None:
    """Tell where the parts do not add up to the whole, beyond what rounding leaves open."""
    gap = whole.value - sum((part.told.value for part in parts), Fraction(0))
    room = sum((part.told.fact.amount.half_width for part in parts), whole.fact.amount.half_width)
    if abs(gap) <= room or not parts:
        return None
    amount = f"{scale.printed(abs(gap))}{scale.unit}"
    less = gap > 0
    return Text(
        f"各部分合计比总额{'少' if less else '多'} {amount}",
        f"the parts add up to {amount} {'less' if less else 'more'} than the whole",
    )


def _shares_printed_otherwise(
    view: View, kind: Structure, parts: list[Part], whole: Told
) -> Iterator[Text]:
    for part in parts if whole.value else ():
        ratio = part.told.value / whole.value
        printed = printed_otherwise(view, part.subject, "share", ratio, kind.whole)
        if printed:
            yield Text(
                f"{part.name.zh}的占比，文件写作 {printed}",
                f"the document prints a share of {printed} for {part.name.en}",
            )
