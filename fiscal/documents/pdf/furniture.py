"""Page numbers, running heads and feet: what is printed on the pages and is not part of the text.

A page number is a lone number at an edge, with marks around it or counting with the pages. A
running head is the same line at the same height on many pages; where it is met first it stays,
since a document may name its office nowhere else. A line that tells a unit of money belongs to a
table and is never one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from fiscal.documents.pdf.lines import Line
from fiscal.documents.pdf.page import Page

__all__ = ["without_furniture"]

_NUMBER = re.compile(
    r"^[\s\-‐−－—–―─_·•~～]*(?:第\s*)?(?P<number>\d{1,4})\s*页?"
    r"(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[\s\-‐−－—–―─_·•~～]*$"
)
_UNIT = re.compile(r"单\s*位\s*[:：]")
# Parts of the height of the page.
_EDGE = 0.13
_LEAST_PAGES = 3
_LEAST_SHARE = 0.4


class _Number(NamedTuple):
    """A number at the edge of a page; marks around it (— 3 —, 第 3 页) leave no doubt."""

    line: Line
    value: int
    is_marked: bool


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """Return the pages without their numbers and without all but the first of a running line."""
    numbered = _without_numbers(pages)
    running = _running(numbered)
    met: set[str] = set()
    return [_without(page, running, met) for page in numbered]


def _without_numbers(pages: Sequence[Page]) -> list[Page]:
    found = {page.number: number for page in pages if (number := _number(page))}
    offsets = Counter(number.value - page for page, number in found.items())
    offset, count = offsets.most_common(1)[0] if offsets else (0, 0)
    return [
        replace(page, lines=tuple(line for line in page.lines if line is not number.line))
        if (number := found.get(page.number))
        and (number.is_marked or (number.value - page.number == offset and count > 1))
        else page
        for page in pages
    ]


def _number(page: Page) -> _Number | None:
    for line in (*page.lines[-1:], *page.lines[:1]):
        match = _NUMBER.match(line.text)
        if match and _is_at_an_edge(line, page):
            is_marked = not line.text.strip().isdecimal()
            return _Number(line, int(match["number"]), is_marked)
    return None


def _is_at_an_edge(line: Line, page: Page) -> bool:
    height = line.baseline / page.height
    tops = [table.top for table in page.tables]
    bottoms = [table.bottom for table in page.tables]
    is_above = height < _EDGE and line.baseline < min(tops, default=page.height)
    return is_above or (height > 1 - _EDGE and line.baseline > max(bottoms, default=0.0))


def _running(pages: Sequence[Page]) -> set[tuple[str, int]]:
    counts = Counter(place for page in pages for place in _edge_places(page))
    least = max(_LEAST_PAGES, _LEAST_SHARE * len(pages))
    return {place for place, count in counts.items() if count >= least}


def _edge_places(page: Page) -> set[tuple[str, int]]:
    return {
        _place(line)
        for line in page.lines
        if _is_at_an_edge(line, page) and not _UNIT.search(line.text)
    }


def _place(line: Line) -> tuple[str, int]:
    return line.text, round(line.baseline / 3)


def _without(page: Page, running: set[tuple[str, int]], met: set[str]) -> Page:
    repeated = {*_leading(page.lines, running), *_leading(page.lines[::-1], running)}
    lines = tuple(line for line in page.lines if line not in repeated or line.text not in met)
    met.update(line.text for line in repeated)
    return replace(page, lines=lines)


def _leading(lines: Iterable[Line], running: set[tuple[str, int]]) -> Iterable[Line]:
    for line in lines:
        if _place(line) not in running:
            return
        yield line
