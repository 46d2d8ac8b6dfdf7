"""Codes of rows: whole, in up to three columns, before a name, or told by the name of a category.

>>> spelling = CodeReader()
>>> [spelling.read(cells).code for cells in (["201", "", ""], ["", "39", ""], ["", "", "1"])]
['201', '20139', '2013901']
>>> category_named("一般公共服务支出", 2024), category_named("文化体育与传媒支出", 2024)
(('201', True), ('207', False))
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from fiscal.codes import LEVELS, SCHEME_OF_FIRST_DIGIT
from fiscal.extract.naming import category_named, doubts_of_name, nearest_year
from fiscal.extract.numerals import normalised

__all__ = [
    "CodeReader",
    "RowCode",
    "category_named",
    "is_named",
    "leading_code",
    "nearest_year",
]

ZERO_RESTORED = "leading zero of the code restored"
NOT_UNDERSTOOD = "code not understood"

_WHOLE = re.compile(r"[1235]\d{2}(?:\d{2}){0,3}")
_PARTED = re.compile(r"[1235]\d{2}(?:[-\s]+\d{2}){1,3}")
_LEADING = re.compile(
    r"\s{0,20}(?P<code>[1235]\d{2}(?:\d{2}){0,3})(?![\d.,年])\s{0,9}[-—]?\s{0,9}(?P<name>\D.{0,200})"
)
_PART = re.compile(r"\d{1,2}")
_LONGEST = 60


class RowCode(NamedTuple):
    """The code of a row, None where it has none, and what is in doubt about it."""

    code: str | None
    flags: tuple[str, ...] = ()


class CodeReader:
    """Reads the code columns of one table from the top down.

    The columns 类, 款 and 项 may leave out what the row above has said.
    """

    def __init__(self) -> None:
        self._above: list[str] = []

    def read(self, cells: Sequence[str]) -> RowCode:
        """Return the code that the cells of a row's code columns make up."""
        parts = [re.sub(r"\.0$", "", normalised(cell[:_LONGEST]).strip()) for cell in cells]
        if not any(part[:1].isdecimal() for part in parts):
            return RowCode(None)
        whole = [part for part in parts if _WHOLE.fullmatch(part) or _PARTED.fullmatch(part)]
        if whole and (len(whole[-1]) > 3 or not any(parts[parts.index(whole[-1]) + 1 :])):
            code = re.sub(r"\D", "", whole[-1])
            self._above = [code[:3], *(code[at : at + 2] for at in range(3, len(code), 2))]
            return RowCode(code)
        return self._join(parts)

    def _join(self, parts: list[str]) -> RowCode:
        last = max(index for index, part in enumerate(parts) if part)
        joined = [part or self._said(index) for index, part in enumerate(parts[: last + 1])]
        full = [joined[0], *(part.zfill(2) for part in joined[1:])]
        code = "".join(full)
        is_spelt = all(map(_PART.fullmatch, joined[1:])) and _WHOLE.fullmatch(code)
        if not is_spelt or len(code) not in LEVELS or code[0] not in SCHEME_OF_FIRST_DIGIT:
            return RowCode(None, (NOT_UNDERSTOOD,))
        self._above = full
        return RowCode(code, (ZERO_RESTORED,) if full != joined else ())

    def _said(self, index: int) -> str:
        return self._above[index] if index < len(self._above) else ""


def leading_code(label: str) -> tuple[int, int, str] | None:
    """Return where a code before a name stands, and the name.

    >>> leading_code("2013901行政运行"), leading_code("2024年行政运行")
    ((0, 7, '行政运行'), None)
    """
    match = _LEADING.fullmatch(label) if len(label) < 240 else None
    return (*match.span("code"), match["name"]) if match else None


def is_named(code: str, label: str, year: int) -> bool:
    """Tell whether a year calls a code so, blanks and kinds of brackets aside.

    >>> is_named("2010301", "行政运行", 2024), is_named("2010301", "机关服务", 2024)
    (True, False)
    """
    return not doubts_of_name(code, label, year)
