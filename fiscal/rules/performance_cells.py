"""Cells of performance tables that were left blank: goals, targets, results.

In a table that was turned into lines a blank cell leaves no trace but the next heading. So the
labels of such tables are followed, cell by cell, whether they stand in a table or on lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from fiscal.errors import Text
from fiscal.model import Span
from fiscal.rules.passages import once, passages
from fiscal.rules.rule import PUBLISHED, Rule, Severity
from fiscal.rules.slip import Slip, remarks
from fiscal.rules.view import View

__all__ = ["RULES"]

_GOAL = re.compile(r"(?:预期|年度总体|年度|总体|年初)目标|实际完成(?:目标|情况)|目标完成情况")
_NEXT_PART = re.compile(r"绩效指标(?:完成情况)?|(?:一级|二级|三级)指标")
_INDICATOR = re.compile(r"[\u4e00-\u9fff]{2,6}指标")
_PROJECT = re.compile(r"项目名称")
_LONGEST_CELL = 80


class _Cell(NamedTuple):
    text: str
    span: Span


@once
def _cells(view: View) -> Iterator[_Cell]:
    """Yield the filled cells of performance tables in order of the document."""
    cells = [
        _Cell(cell.strip(), table.span(row, column, ""))
        for table in view.document.tables
        if any("指标" in cell or "目标" in cell for line in table.rows for cell in line)
        for row, line in enumerate(table.rows)
        for column, cell in enumerate(line)
        if cell.strip()
    ]
    cells += [
        _Cell(each.text.strip(), each.span(view, 0, len(each.text)))
        for each in passages(view)
        if len(each.text.strip()) <= _LONGEST_CELL
    ]
    yield from sorted(cells, key=lambda cell: cell.span.start)


def _goals(view: View) -> list[_Cell]:
    return [cell for cell in _cells(view) if _GOAL.fullmatch(cell.text)]


def _blank_goals(view: View) -> Iterator[Slip]:
    """Yield goals and results that are named and at once followed by the table's next part."""
    project = _Cell("", view.document.span(0, 0))
    for before, cell in pairwise(_cells(view)):
        project = cell if _PROJECT.fullmatch(before.text) else project
        if _GOAL.fullmatch(before.text) and _NEXT_PART.fullmatch(cell.text):
            message = Text(
                f"绩效表“{project.text}”的“{before.text}”没有填写",
                f"“{before.text}” of the performance table “{project.text}” is blank",
            )
            spans = (before.span, *((project.span,) if project.text else ()))
            yield Slip(f"{project.text} {before.text}", message, spans)


_LABELS = ("一级指标", "二级指标", "三级指标", "绩效指标")


def _is_indicator(cell: _Cell) -> bool:
    return cell.text not in _LABELS and bool(_INDICATOR.fullmatch(cell.text))


def _indicators(view: View) -> list[_Cell]:
    """Return the kinds of indicators that tables name, nothing where no table is of them."""
    is_there = any(cell.text in _LABELS for cell in _cells(view))
    return [cell for cell in _cells(view) if is_there and _is_indicator(cell)]


def _blank_indicators(view: View) -> Iterator[Slip]:
    """Yield a slip for all indicators of a document that name neither target nor result."""
    is_there = bool(_indicators(view))
    blank = [
        before.span
        for before, cell in pairwise(_cells(view))
        if is_there
        and _is_indicator(before)
        and (cell.text == before.text or _PROJECT.fullmatch(cell.text))
    ]
    if blank:
        message = Text(
            f"绩效表中有 {len(blank)} 个指标没有填写内容",
            f"{len(blank)} indicators of performance tables are blank",
        )
        yield Slip("indicators", message, tuple(blank))


_HEAD = "项目名称\n\n道路养护\n\n年度目标完成情况\n\n预期目标\n\n实际完成目标\n\n"
_TAIL = "绩效指标完成情况\n\n一级指标\n\n数量指标\n\n养护里程\n\n3公里\n\n3公里"

RULES = (
    Rule(
        id="L711",
        title=Text("绩效目标已填写", "goals of projects are filled in"),
        gist=Text("绩效表的年度目标或完成情况是空白", "the goal or its result is left blank"),
        why=Text("没有目标就谈不上完成", "without a goal nothing can be completed"),
        false_positives=Text("目标写在表外", "goals told outside of the table"),
        severity=Severity.WARNING,
        law=("performance_measures", "publication_rules/annex"),
        find=remarks("L711", _blank_goals, among=_goals),
        kinds=PUBLISHED,
        good=_HEAD + "道路畅通\n\n道路畅通\n\n" + _TAIL,
        bad=_HEAD + _TAIL,
        remedy=Text("填写目标和完成情况", "fill in the goal and what came of it"),
    ),
    Rule(
        id="L712",
        title=Text("绩效指标已填写", "indicators are filled in"),
        gist=Text("绩效表列了指标类别，没有指标内容", "a kind of indicator without an indicator"),
        why=Text("空白的指标应当填写或删去", "a blank indicator is filled in or deleted"),
        false_positives=Text("合并单元格重复了指标名", "merged cells that repeat a name"),
        severity=Severity.NOTICE,
        law=("performance_measures", "publication_rules/annex"),
        find=remarks("L712", _blank_indicators, among=_indicators),
        kinds=PUBLISHED,
        good=_TAIL,
        bad=_TAIL + "\n\n效益指标\n\n效益指标\n\n满意度指标\n\n满意度指标\n\n大于85%",
        remedy=Text("填写指标，或删去空行", "fill them in, or delete them"),
    ),
)
