"""The three public expenses over the years of several documents.

Every document tells its own year, as a rule with the budget beside the final accounts; the year
before is derived from the change where no document tells it. A year of nothing is kept, for it is
part of a trend; an expense of nothing in every year is left out and named. Ids of facts are unique
in one document only, so where there are several they begin with the number of theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from fiscal.errors import Text
from fiscal.model import Fact
from fiscal.report.charts.comparison import past_of
from fiscal.report.charts.mentions import Told, scale_shown, told, year_of
from fiscal.report.charts.picture import Bars, Group, Mark, Missing, joined
from fiscal.report.charts.structure import name_of
from fiscal.rules.subject import Subject
from fiscal.rules.view import View

__all__ = ["id_prefix", "trend_of"]

_TITLE = Text("“三公”经费各年情况", "Three public expenses over the years")
_WHOLE = Subject("three_public_expenses")
_INDICATORS = (
    "three_public_expenses",
    "overseas_trips",
    "official_vehicles",
    "vehicle_purchase",
    "vehicle_operation",
    "official_receptions",
)
_MEASURES = {
    "budget": Text("预算", "budget"),
    "final": Text("决算", "final accounts"),
}


class _Point(NamedTuple):
    """One year's figure; the budget of a year comes before its final accounts."""

    year: int
    measure: str


def trend_of(views: Sequence[View]) -> Bars | Missing:
    """Return the trend, or what the documents lack for it; bodies are told apart by name."""
    bodies: defaultdict[str, list[tuple[str, View]]] = defaultdict(list)
    for at, view in enumerate(views):
        bodies[view.profile.organisation or ""].append((id_prefix(views, at), view))
    groups: list[Group] = []
    facts: list[Fact] = []
    notes: list[Text] = []
    for body, own in bodies.items():
        before = f"{body} · " if len(bodies) > 1 else ""
        for subject in map(Subject, _INDICATORS):
            points = _points(own, subject, notes)
            facts += [fact for _, fact in points.values()]
            marks = tuple(points[point][0] for point in sorted(points))
            name = name_of(views[0], subject)
            groups += [Group(Text(before + name.zh, before + name.en), marks)] if marks else []
    if not groups:
        return Missing("trend", _TITLE, (name_of(views[0], _WHOLE),))
    shown = tuple(group for group in groups if any(mark.value for mark in group.marks))
    notes += _notes(groups)
    return Bars("trend", _TITLE, scale_shown(facts), shown, tuple(dict.fromkeys(notes)))


def _notes(groups: Sequence[Group]) -> Iterator[Text]:
    nothing = [one.heading for one in groups if not any(mark.value for mark in one.marks)]
    if nothing:
        yield Text(
            f"各年均为零，未画：{joined(nothing).zh}",
            f"zero in every year and left out: {joined(nothing).en}",
        )
    if any(mark.is_derived for group in groups for mark in group.marks):
        yield Text(
            "推算的上年数是本年数减增减额，或与上年持平的本年数",
            "a derived figure is the year after less its change, or said to be as that year's",
        )


def id_prefix(views: Sequence[View], number: int) -> str:
    """Return what ids of facts of a document begin with."""
    return f"{number}:" if len(views) > 1 else ""


def _points(
    views: Sequence[tuple[str, View]], subject: Subject, notes: list[Text]
) -> dict[_Point, tuple[Mark, Fact]]:
    found: dict[_Point, tuple[Mark, Fact]] = {}
    for prefix, view in views:
        year = year_of(view)
        for measure in _MEASURES if year is not None else ():
            figure = told(view, subject, measure, year)
            if figure and year is not None:
                mark = _mark(_Point(year, measure), figure, prefix)
                known, _ = found.setdefault(_Point(year, measure), (mark, figure.fact))
                notes += [_differing(mark.name)] if known.value != mark.value else []
    for prefix, view in views:
        _add_past(found, view, subject, prefix)
    return found


def _differing(name: Text) -> Text:
    chinese = f"{name.zh}在各文件中不同，按第一个画"
    return Text(chinese, f"{name.en}: documents differ, the first is drawn")


def _add_past(
    found: dict[_Point, tuple[Mark, Fact]], view: View, subject: Subject, prefix: str
) -> None:
    """Add the year before, of the same measure, where no document tells it."""
    year, past = year_of(view), past_of(view, subject)
    if year is None or past is None:
        return
    point = _Point(year - 1, view.level)
    mark = _mark(point, past.now, prefix)
    derived = replace(mark, value=past.value, is_derived=past.is_derived)
    found.setdefault(point, (derived, past.now.fact))


def _mark(point: _Point, figure: Told, prefix: str) -> Mark:
    measure = _MEASURES[point.measure]
    name = Text(f"{point.year}年{measure.zh}", f"{point.year} {measure.en}")
    evidence = (prefix + figure.fact.id,)
    return Mark(name, figure.value, is_reference=point.measure == "budget", evidence=evidence)
