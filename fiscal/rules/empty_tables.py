"""Tables without figures, and the notes below them that say why.

A table stays empty only with a word of explanation, and the explanation has to be true and of that
table: one that is copied from the table before names another budget, or calls a full table empty.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fiscal.errors import Text
from fiscal.extract.tables.columns import budget_named
from fiscal.extract.tables.recognise import kind_of_title
from fiscal.model import BUDGETS, Span, Table
from fiscal.rules.passages import Passage, body, once
from fiscal.rules.rule import PUBLISHED, Rule, Severity
from fiscal.rules.slip import Slip, remarks
from fiscal.rules.view import View

__all__ = ["RULES"]

_LAW = ("publication_rules/annex",)
_FIGURE = re.compile(r"-?(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*|0)(?:\.\d+)?")
# Numbers of columns and rows, and codes: what a table has without a figure.
_NUMBERING = re.compile(r"[1-9]\d?|[1-9]\d{2}(?:\d\d){0,3}|0+(?:\.0+)?")
_EXPLAINS = re.compile(r"没有|无|未|空表|不涉及|不存在|为零")
_CALLS_EMPTY = re.compile(r"(?:本表|此表|该表)(?:为空表|无数据|为空|没有数据)|为空表")
_SAYS_NONE = "无{0}|没有{0}|未安排{0}|不涉及{0}"
_NAMES = {
    "three_public": "“?三公”?经费",
    "government_funds": "政府性基金",
    "state_capital": "国有资本经营",
}
_NOTE = re.compile(r"(?:注|备注|说明)[:：]")
_NOTE_AFTER = 4
_TITLE_BEFORE = 4
_QUOTED = 20


class _Titled(NamedTuple):
    table: Table
    title: str
    kind: str
    notes: tuple[Passage, ...]
    is_empty: bool


@once
def _titled(view: View) -> Iterator[_Titled]:
    """Yield every table with its title and the lines between it and the next table."""
    tables, text = view.document.tables, body(view)
    starts = [each.start for each in text]
    for at, table in enumerate(tables):
        after = tables[at + 1].start if at + 1 < len(tables) else len(view.document.text)
        above = bisect_left(starts, table.start)
        title = _title(table, text[max(above - _TITLE_BEFORE, 0) : above])
        first = bisect_left(starts, table.end)
        below = text[first : bisect_left(starts, after, first)][:_NOTE_AFTER]
        is_empty = not any(_is_amount(cell.strip()) for row in table.rows[1:] for cell in row)
        kind = (kind_of_title(title) or "").removeprefix("final_accounts_").removeprefix("budget_")
        yield _Titled(table, title, kind.removesuffix("_table"), tuple(below), is_empty)


def _is_amount(cell: str) -> bool:
    return bool(_FIGURE.fullmatch(cell)) and not _NUMBERING.fullmatch(cell)


def _title(table: Table, before: Sequence[Passage]) -> str:
    candidates = [each.title for each in reversed(before)]
    candidates += ["".join(row) for row in table.rows[:2]]
    return next((each for each in candidates if each.endswith("表") and len(each) < 60), "")


def _unexplained(view: View) -> Iterator[Slip]:
    for each in _to_be_explained(view):
        says_none = re.compile(_SAYS_NONE.format(_NAMES[each.kind]))
        notes = (*(note.text for note in each.notes), *_own_notes(each.table))
        is_explained = any(map(_EXPLAINS.search, notes))
        if not is_explained and not any(says_none.search(line.text) for line in body(view)):
            message = Text(
                f"“{each.title}”没有数据，也没有说明", f"“{each.title}” is empty and not explained"
            )
            yield Slip(each.title, message, (_span(each, view),))


def _to_be_explained(view: View) -> list[_Titled]:
    return [each for each in _titled(view) if each.is_empty and each.kind in _NAMES]


def _own_notes(table: Table) -> Iterator[str]:
    """Yield the notes in a table's own rows, where a sheet of a workbook has them."""
    for row in table.rows:
        filled = [cell for cell in row if cell.strip()]
        if len(filled) == 1 and _NOTE.match(filled[0]):
            yield filled[0]


def _full_though_called_empty(view: View) -> Iterator[Slip]:
    for each in _full_with_notes(view):
        for note in each.notes:
            found = _CALLS_EMPTY.search(note.text)
            if found:
                message = Text(
                    f"“{each.title}”下说是空表，表中却有数字",
                    f"“{each.title}” is called empty, but has figures",
                )
                yield Slip(each.title, message, (note.span(view, 0, len(note.text)),))


def _full_with_notes(view: View) -> list[_Titled]:
    return [each for each in _titled(view) if each.notes and not each.is_empty]


def _notes_of_another(view: View) -> Iterator[Slip]:
    for title, budget, note, named in _budgets_noted(view):
        if named != budget:
            message = Text(
                f"“{title}”下的说明写的是{BUDGETS[named].zh}",
                f"the note below “{title}” is about the {BUDGETS[named].en}",
            )
            yield Slip(title, message, (note.span(view, 0, len(note.text)),))


def _budgets_noted(view: View) -> list[tuple[str, str, Passage, str]]:
    """Return the title of a table, its budget, the note that calls it empty, and that one's."""
    return [
        (each.title, budget, note, named)
        for each in _titled(view)
        for note in each.notes
        if _CALLS_EMPTY.search(note.text)
        and (budget := budget_named(each.title))
        and (named := budget_named(note.text))
    ]


def _span(each: _Titled, view: View) -> Span:
    start = each.table.start
    return view.document.span(start, min(start + _QUOTED, each.table.end))


_TITLE = "政府性基金预算财政拨款收入支出决算表\n\n"
_EMPTY = "项目\t本年收入\t本年支出\n合计\t\t\n支出\t\t\n其他\t无\t\n\n"
_FULL = "项目\t本年收入\t本年支出\n合计\t12.00\t12.00\n\n"

RULES = (
    Rule(
        id="L511",
        title=Text("空表有说明", "empty tables are explained"),
        gist=Text(
            "没有数据的表，表下和正文都没有说明", "a table without figures and without a word why"
        ),
        why=Text("空表应当保留并说明原因", "empty tables are kept and explained"),
        false_positives=Text("表是图片，读不出数字", "a table whose figures could not be read"),
        severity=Severity.WARNING,
        law=_LAW,
        find=remarks("L511", _unexplained, among=_to_be_explained),
        kinds=PUBLISHED,
        good=_TITLE + _EMPTY + "说明：某市某局没有政府性基金收入和支出，故本表无数据。",
        bad=_TITLE + _EMPTY + "第三部分 决算情况说明",
        remedy=Text("在表下说明没有该项收支", "say below the table that there is none"),
    ),
    Rule(
        id="L512",
        title=Text("有数字的表不称空表", "a table with figures is not called empty"),
        gist=Text(
            "表下说明“本表为空表”，表中却有数字", "the note calls a table empty that has figures"
        ),
        why=Text("说明应与表一致", "what explains a table is to be true of it"),
        false_positives=Text("说明的是另一张表", "the note is of another table"),
        severity=Severity.WARNING,
        law=_LAW,
        find=remarks("L512", _full_though_called_empty, among=_full_with_notes),
        kinds=PUBLISHED,
        good=_TITLE + _FULL + "注：本表反映政府性基金收支情况。",
        bad=_TITLE + _FULL + "注：本部门没有政府性基金，故本表为空表。",
        remedy=Text("删去说明，或核对表中数字", "delete the note, or check the figures"),
    ),
    Rule(
        id="L513",
        title=Text("空表说明说的是本表", "the note is about its own table"),
        gist=Text(
            "空表的说明写成了另一本预算", "the note below an empty table names another budget"
        ),
        why=Text("可能是从另一张表复制的", "it may be copied from another table"),
        false_positives=Text("一处说明两张表", "one note for two tables"),
        severity=Severity.WARNING,
        law=_LAW,
        find=remarks("L513", _notes_of_another, among=_budgets_noted),
        kinds=PUBLISHED,
        good=_TITLE + _EMPTY + "注：没有政府性基金预算安排的支出，故本表为空表。",
        bad=_TITLE + _EMPTY + "注：没有国有资本经营预算安排的支出，故本表为空表。",
        remedy=Text("改正说明", "correct the note"),
    ),
)
