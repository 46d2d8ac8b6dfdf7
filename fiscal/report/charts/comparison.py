"""Figures 1, 4 and 5: what this year's amount is beside last year's.

Where last year's is not printed, it is this year's less the change, and said to be derived.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from fiscal.errors import Text
from fiscal.report.charts.mentions import (
    Told,
    level_of,
    printed_otherwise,
    said,
    scale_shown,
    told,
    year_of,
)
from fiscal.report.charts.picture import Bars, Group, Mark, Missing, percent
from fiscal.report.figures import Scale
from fiscal.rules.subject import APPROPRIATION, Subject
from fiscal.rules.view import View

__all__ = ["COMPARISONS", "Comparison", "Past", "Row", "compare", "past_of"]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing compared: its name, and the subjects it may go by, the nearest first."""

    name: Text
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a figure compares; `{}` in the title is 决算 or 预算."""

    title: Text
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """This year's figure and last year's amount, derived where `source` is no figure of it."""

    now: Told
    value: Fraction
    source: Told | None
    is_derived: bool


class _Pair(NamedTuple):
    """Two years of one thing."""

    row: Row
    subject: Subject
    years: Past

    @property
    def now(self) -> Told:
        return self.years.now

    @property
    def past(self) -> Fraction:
        return self.years.value


_ALL = "total"
_GENERAL_PUBLIC = Subject("expenditure", _ALL, "general_public_budget")
COMPARISONS = {
    "1": Comparison(
        Text("图1 收、支{}总计变动情况", "Figure 1: change of total revenue and expenditure"),
        (
            Row(
                Text("收入总计", "total revenue"),
                (Subject("total_revenue"), Subject("revenue", _ALL)),
            ),
            Row(
                Text("支出总计", "total expenditure"),
                (Subject("total_expenditure"), Subject("expenditure", _ALL)),
            ),
        ),
    ),
    "4": Comparison(
        Text(
            "图4 财政拨款收、支{}总计变动情况",
            "Figure 4: change of revenue and expenditure by fiscal appropriation",
        ),
        (
            Row(
                Text("财政拨款收入总计", "appropriation received"),
                (
                    Subject("total_revenue", None, APPROPRIATION),
                    Subject("revenue", _ALL, None, "fiscal_appropriation"),
                ),
            ),
            Row(
                Text("财政拨款支出总计", "appropriation spent"),
                (
                    Subject("total_expenditure", None, APPROPRIATION),
                    Subject("expenditure", _ALL, APPROPRIATION),
                ),
            ),
        ),
    ),
    "5": Comparison(
        Text(
            "图5 一般公共预算财政拨款支出{}变动情况",
            "Figure 5: change of expenditure of the general public budget",
        ),
        (
            Row(
                Text("一般公共预算财政拨款支出", "general public budget expenditure"),
                (_GENERAL_PUBLIC,),
            ),
        ),
    ),
}


def compare(view: View, number: str) -> Bars | Missing:
    """Return figure 1, 4 or 5, or what the document lacks for it."""
    comparison = COMPARISONS[number]
    title = _titled(comparison.title, view)
    pairs = {row: _pair(view, row) for row in comparison.rows}
    found = [pair for pair in pairs.values() if pair]
    lacking = tuple(_lacking(row, view) for row, pair in pairs.items() if not pair)
    if not found:
        return Missing(number, title, lacking)
    scale = scale_shown([pair.now.fact for pair in found])
    notes = [note for pair in found for note in _notes(view, pair)]
    notes += [Text(f"文件中没有{one.zh}", f"the document lacks {one.en}") for one in lacking]
    groups = tuple(_group(view, pair, scale) for pair in found)
    return Bars(number, title, scale, groups, tuple(dict.fromkeys(notes)))


def _titled(title: Text, view: View) -> Text:
    return Text(title.zh.format("预算" if view.level == "budget" else "决算"), title.en)


def _lacking(row: Row, view: View) -> Text:
    has_now = any(level_of(view, subject) for subject in row.subjects)
    if has_now:
        return Text(
            f"{row.name.zh}的上年数或增减额", f"last year's {row.name.en} or the change of it"
        )
    return row.name


def _pair(view: View, row: Row) -> _Pair | None:
    pairs = ((subject, past_of(view, subject)) for subject in row.subjects)
    return next((_Pair(row, subject, years) for subject, years in pairs if years), None)


def past_of(view: View, subject: Subject) -> Past | None:
    """Return what the document tells of last year beside this year; None where it does not."""
    now, year = level_of(view, subject), year_of(view)
    if now is None:
        return None
    for measure, of in _measures_of_last_year(view.level, year):
        if past := told(view, subject, measure, of):
            return Past(now, past.value, past, is_derived=False)
    if change := told(view, subject, "change", year):
        # From 万元 and 万元, where both are printed: 元 less 万元 would look more exact than it is.
        now = now.printed_in(change.fact.amount.unit)
        return Past(now, now.value - change.value, change, is_derived=True)
    if said(view, "equal_to_prior_year", subject):
        return Past(now, now.value, None, is_derived=True)
    return None


def _measures_of_last_year(level: str, year: int | None) -> list[tuple[str, int | None]]:
    own: list[tuple[str, int | None]] = [("prior_year", year)]
    if year is None:
        return own
    return [("prior_year", year - 1), (level, year - 1), ("final", year - 1), *own]


def _group(view: View, pair: _Pair, scale: Scale) -> Group:
    past_year, this_year = _years(view)
    source = (pair.years.source.fact.id,) if pair.years.source else ()
    past = Mark(past_year, pair.past, None, pair.years.is_derived, True, source)
    now = Mark(this_year, pair.now.value, evidence=(pair.now.fact.id,))
    return Group(_heading(pair, scale), (past, now))


def _heading(pair: _Pair, scale: Scale) -> Text:
    """Say by how much the amount changed, in yuan and in per cent."""
    name = pair.row.name
    change = pair.now.value - pair.past
    if not change:
        return Text(f"{name.zh}：与上年持平", f"{name.en}: as last year")
    amount = f"{scale.printed(abs(change))}{scale.unit}"
    rate = f"{percent(abs(change / pair.past))}" if pair.past > 0 else ""
    more = change > 0
    chinese = f"{'增加' if more else '减少'} {amount}"
    english = f"{'up' if more else 'down'} {amount}"
    if rate:
        chinese += f"，{'增长' if more else '下降'} {rate}"
        english += f" ({rate})"
    return Text(f"{name.zh}：{chinese}", f"{name.en}: {english}")


def _years(view: View) -> tuple[Text, Text]:
    year = year_of(view)
    if year is None:
        return Text("上年", "last year"), Text("本年", "this year")
    return Text(f"{year - 1}年", str(year - 1)), Text(f"{year}年", str(year))


def _notes(view: View, pair: _Pair) -> list[Text]:
    notes = [pair.now.remark(pair.row.name)]
    if pair.years.is_derived:
        how = "本年数减增减额" if pair.years.source else "与上年持平"
        way = "this year less the change" if pair.years.source else "said to be as last year"
        past, _ = _years(view)
        notes.append(Text(f"{past.zh}数由{how}推算", f"{past.en} is derived: {way}"))
    if pair.past > 0:
        rate = pair.now.value / pair.past - 1
        printed = printed_otherwise(view, pair.subject, "change_rate", rate)
        if printed:
            notes.append(
                Text(
                    f"{pair.row.name.zh}的增减率，文件写作 {printed}",
                    f"the document prints a rate of {printed} for {pair.row.name.en}",
                )
            )
    return [note for note in notes if note]
