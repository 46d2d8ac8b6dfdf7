"""Captions: what stands above a table: its title, its year, and the unit of its figures.

They are rows of the grid itself (a sheet), or the lines of text just before it (a page). The line
nearest to the table counts most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fiscal.extract.tables.cells import compact
from fiscal.extract.tables.regions import Region
from fiscal.model import Document
from fiscal.money import UNITS

__all__ = ["Caption", "lines_before", "unit_said", "year_said"]

_MONEY = "|".join(sorted(UNITS, key=len, reverse=True))
_UNIT = re.compile(
    rf"单位[:：;；]?(?:人民币)?[(]?({_MONEY})(?![\u4e00-\u9fff])|[(](?:人民币)?({_MONEY})[)]"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_NOTE = re.compile(r"^(?:注|备注|说明|本表)")
_TITLE = re.compile(r"表(?:\([^()]{1,20}\)|\d+)?$")
# So much text before a table holds its title and unit; what is further up belongs to others.
_REACH = 600
_MOST_LINES = 8
_LONGEST_LINE = 90


@dataclass(frozen=True, slots=True)
class Caption:
    """The compact lines above a table, the nearest first."""

    lines: tuple[str, ...]

    @staticmethod
    def of(region: Region, before: Sequence[str]) -> Caption:
        """Gather what stands above a region; `before` are the lines of text above its grid."""
        own = list(region.texts(region.captions))[::-1]
        outer = list(before) if region.is_first else []
        name = [region.table.name] if region.table.name else []
        return Caption((*own, *outer, *map(compact, name)))

    @property
    def titles(self) -> tuple[str, ...]:
        """The lines that may be titles."""
        ends = tuple(line for line in self.lines if _TITLE.search(line))
        return (*ends, *(line for line in self.lines if line not in ends and "表" in line))


def lines_before(document: Document, start: int, previous_end: int) -> list[str]:
    """Return the compact lines of text just before a table, nearest first, notes left out."""
    text = document.text[max(previous_end, start - _REACH, 0) : start]
    lines = [
        compact(line) for line in text.split("\n") if len(line) <= _LONGEST_LINE and line.strip()
    ]
    return [line for line in reversed(lines[-_MOST_LINES:]) if not _NOTE.match(line)]


def unit_said(lines: Sequence[str]) -> str | None:
    """Return the unit of money that the nearest of some compact lines gives.

    >>> unit_said(["编制部门:某局单位:元", "金额单位:万元"]), unit_said(["编制单位:万元街道办"])
    ('元', None)
    """
    return next(_units(lines), None)


def _units(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        for match in _UNIT.finditer(line):
            yield match[1] or match[2]


def year_said(lines: Sequence[str]) -> int | None:
    """Return the year that the nearest of some compact lines gives."""
    return next((int(match[1]) for line in lines if (match := _YEAR.search(line))), None)
