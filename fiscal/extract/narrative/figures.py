"""Figures of one paragraph: every quantity with what it is of, which figure it is, and its sign.

A figure is named by its own clause (`names`). Where that names nothing it is of what the figure
before it was of, or of the title of its entry (`walk`). Figures in a row (各是A、B万元) are read
together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from fiscal.extract.narrative.frames import Frame, frame_of, last_clause
from fiscal.extract.narrative.labels import both_sides, label_of, without_blanks
from fiscal.extract.narrative.names import is_no_name, names_of
from fiscal.extract.narrative.paths import path_before
from fiscal.extract.narrative.sections import ENTRY
from fiscal.extract.narrative.statements import statements_in
from fiscal.extract.narrative.walk import CHANGES, Context, Figure, Said, Walk
from fiscal.extract.numerals import SIGNS, Numeral

__all__ = ["read_paragraph"]

_RUN = re.compile(r"\s?[、,，/和与及;；]\s?")
_UNITS_IN_A_ROW = frozenset(("", "元", "万元", "亿元", "万", "%"))
_TITLE = re.compile(r"([^。：:，,；;]{2,80}?)(?:[。：:]|$)")
_TITLE_ENDS = re.compile(
    r"(?:(?<=项目)项目)?(?:支出)?(?:绩效)?(?:目标)?(?:完成|自评|执行|评价)(?:情况)?(?:综述|说明)?$|情况(?:综述|说明)?$"
)
# 投入指标10分，得9.5分: what may be had stands before what was had.
_SCORED = re.compile(r"[，,、（(]\s?(?:实际)?得(?!分率)")
_BUDGETS = ("budget", "adjusted_budget")
_ASIDE_FIRST = re.compile(r"\s?[（(][^（）()\n]{0,80}[）)]")


def read_paragraph(
    text: str, quantities: Sequence[Numeral], context: Context
) -> list[Figure | Said]:
    """Return the figures and statements of a paragraph (normalised, marks blanked) in order."""
    subject = "" if context.path else context.subject
    walk = Walk(text, context, subject, context.path, in_reasons=context.explains)
    entry = ENTRY.match(text)
    walk.done = entry.end() if entry else 0
    title = _TITLE.match(text, walk.done)
    if title and not any(numeral.start < title.end() for numeral in quantities):
        walk.name(title.group(), label_of(_TITLE_ENDS.sub("", title[1]), context.bodies))
    said = list(statements_in(text))
    for run in _runs(text, quantities):
        while said and said[0][1] < run[0].start:
            _read_statement(walk, *said.pop(0))
        _read_run(walk, run)
    for statement in said:
        _read_statement(walk, *statement)
    return walk.figures


def _runs(text: str, quantities: Sequence[Numeral]) -> Iterator[list[Numeral]]:
    """Yield the quantities, those in a row (A、B万元) together."""
    run: list[Numeral] = []
    unit = ""
    for numeral in quantities:
        if run and not _goes_on(text, run[-1], unit, numeral):
            yield run
            run, unit = [], ""
        run.append(numeral)
        unit = unit or numeral.unit
    if run:
        yield run


def _goes_on(text: str, last: Numeral, unit: str, numeral: Numeral) -> bool:
    """Tell whether a numeral goes on with a row in a unit, "" where none was printed yet."""
    is_alike = {unit, numeral.unit} <= _UNITS_IN_A_ROW and (not unit or numeral.unit in ("", unit))
    return is_alike and bool(_RUN.fullmatch(text, last.unit_end, numeral.start))


def _read_run(walk: Walk, run: list[Numeral]) -> None:
    lead = without_blanks(walk.text[walk.done : run[0].start])
    aside = _ASIDE_FIRST.match(lead) if walk.figures else None
    lead = (lead[aside.end() :] if aside else lead).rstrip(SIGNS)
    walk.follow_brackets(lead)
    walk.follow_sentences(lead)
    named = path_before(lead)
    if named:
        walk.name(named[0], "")
        lead = lead[named[1] :]
        walk.in_reasons = walk.context.explains
    unit = next((numeral.unit for numeral in run if numeral.unit), "")
    sentence = without_blanks(walk.text[max(0, run[0].start - 300) : run[0].start]).split("。")[-1]
    frame = frame_of(
        lead,
        unit,
        sentence=sentence,
        is_budget=walk.context.is_budget,
        in_reasons=walk.in_reasons and walk.explains_change,
        after=walk.frame.measure if walk.frame else "",
        year=walk.context.year,
    )
    frame = _with_earlier_year(_with_earlier_base(frame, walk.frame), walk.frame, lead)
    if frame.measure == "score" and _SCORED.match(walk.text, run[-1].unit_end):
        frame = replace(frame, measure="weight")
    if walk.turn and walk.frame and frame.measure == "count" and not lead.strip("、，,"):
        frame = replace(walk.frame, who="")
    walk.follow_parts(lead)
    walk.is_own, walk.part = False, ""
    names = names_of(walk, run, lead, frame)
    path = "" if walk.is_own else walk.path
    reason = walk.in_reasons and frame.measure in CHANGES
    about = (re.split(r"[；;]", sentence)[-1], walk.before_reasons[0]) if reason else _whole(walk)
    for place, numeral in enumerate(run):
        unit = numeral.unit or ("" if unit == "%" else unit)
        for name in _names_at(names, place, len(run)):
            walk.figures.append(Figure(numeral, name, path, frame, unit, reason, about, walk.part))
    walk.names, walk.frame, walk.done = names, frame, run[-1].unit_end


def _whole(walk: Walk) -> tuple[str, ...]:
    return (walk.whole.subject,) if walk.whole and walk.whole.subject else ()


def _names_at(names: tuple[str, ...], place: int, count: int) -> tuple[str, ...]:
    """Return the names of one figure of a row: all for a figure alone, else the one in its turn."""
    if count == 1:
        return names
    return names[place : place + 1] if len(names) == count else names[:1]


def _with_earlier_base(frame: Frame, before: Frame | None) -> Frame:
    """Return a frame with what the figure before it was compared with, if it says nothing else."""
    if before is None or frame.base or frame.measure not in ("change", "change_rate"):
        return frame
    if frame.measure == "change" and before.base and before.measure.endswith("budget"):
        return replace(frame, measure="budget_difference", base=before.base)
    is_same = frame.measure == "change_rate" and before.measure in (*CHANGES, *_BUDGETS)
    return replace(frame, base=before.base) if is_same else frame


def _with_earlier_year(frame: Frame, before: Frame | None, lead: str) -> Frame:
    """Return a frame with the year of the one before: 2024年执行数为28万元，预算数为35万元."""
    goes_on = re.fullmatch(r"[，,、](?:预算|决算|执行)数?[为是]?", lead)
    if before is None or before.year is None or frame.year is not None or not goes_on:
        return frame
    return replace(frame, year=before.year)


def _read_statement(walk: Walk, kind: str, start: int, end: int, what: str) -> None:
    lead = without_blanks(walk.text[walk.done : start])
    walk.follow_brackets(lead)
    walk.follow_sentences(lead)
    walk.done = end
    if what:
        walk.figures.append(Said(kind, what, "", start, end))
        return
    path = path_before(lead)
    if path:
        walk.name(path[0], "")
    label = label_of(last_clause(lead), walk.context.bodies)
    own = label if not is_no_name(label) and not path else ""
    if own:
        walk.name("", own)
    names = both_sides(own) or (own or walk.subject,)
    for name in names:
        walk.figures.append(Said(kind, name, "" if own else walk.path, start, end))
