"""The nine tables of a year as a workbook to fill in: `fiscal` reads it back without more ado.

Headings have the names of the year. The lowest lines are filled in and all above them are formulas,
so that a table agrees with itself; between tables nothing is linked, so that checking them against
each other means something.
"""

from __future__ import annotations

from collections.abc import Iterator

from fiscal.report.form_guide import guide
from fiscal.report.form_layout import CAPTIONS, Layout, amount_places, header
from fiscal.report.form_tables import Form, tables_of
from fiscal.report.workbook import (
    AMOUNTS,
    Cell,
    Look,
    Sheet,
    Shown,
    Validation,
    column_letters,
    workbook,
)

__all__ = ["form_pieces"]

_TITLE = Look(is_bold=True, is_centred=True, size=16)
_NOT_AN_AMOUNT = "请填数字，不带单位和千分位"


def form_pieces(form: Form) -> Iterator[bytes]:
    """Yield the workbook. Raises UnknownYear, and UnknownHeading for a code the year lacks."""
    sheets = [
        _sheet(form, f"{number:02} {title}", title, layout)
        for number, (title, layout) in enumerate(tables_of(form), start=1)
    ]
    title = f"{form.organisation}{form.period}部门{form.word}公开表"
    yield workbook([guide(title), *sheets])


def _sheet(form: Form, name: str, title: str, layout: Layout) -> Sheet:
    width = len(layout.header[0])
    captions: list[list[Cell]] = [
        [Shown(f"{form.period}{title}", _TITLE)],
        [f"编制单位：{form.organisation}"],
        [f"金额单位：{form.unit}"],
    ]
    above = [[header(text) for text in row] for row in layout.header]
    top = CAPTIONS + len(above)
    moved = [(row + CAPTIONS, *rest) for row, *rest in layout.merges]
    rule = Validation(amount_places(layout.body, top + 1), AMOUNTS, _NOT_AN_AMOUNT)
    merges = [_place(*merge) for merge in [(0, 0, 1, width), *moved]]
    rows = [*captions, *above, *layout.body, ["注："]]
    return Sheet(name, (), layout.widths, rows, top, merges, [rule])


def _place(row: int, column: int, height: int, width: int) -> str:
    first, last = column_letters(column + 1), column_letters(column + width)
    return f"{first}{row + 1}:{last}{row + height}"
