"""Bars lying on their side: the name before them, amount and share behind them.

A bar on its side leaves room for a long name and for the figure whatever its length; a slice of a
pie or a narrow column does not. Figures that the document does not print are hollow and dashed.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from fiscal.report.charts.picture import Bars, Mark, mark_text
from fiscal.report.charts.svg import (
    EDGE,
    LINE,
    MAIN,
    REFERENCE,
    WIDTH,
    Look,
    element,
    heading_lines,
    lines_of,
    mark_group,
    note_lines,
    root,
    width_of,
    words,
)

__all__ = ["draw_bars"]

_NAME_WIDTH, _GAP, _BAR, _ROW = 176.0, 10.0, 20.0, 32.0
_NARROWEST = 60


class _Axis(NamedTuple):
    """Where zero is, and how many pixels a yuan takes."""

    zero: float
    scale: Fraction


def draw_bars(picture: Bars, look: Look) -> str:
    """Return a picture of bars as an SVG element."""
    axis = _axis(picture, look)
    heading, y = heading_lines(picture, look)
    drawn = [heading]
    for group in picture.groups:
        y += LINE + 6
        drawn.append(words(EDGE, y, group.heading.to(look.language), font_weight="600"))
        y += 10
        for mark in group.marks:
            text = mark_text(mark, picture.scale, look.language)
            row, height = _row(mark, text, axis, y, look)
            drawn.append(row)
            y += height
    notes, y = note_lines(picture.notes, y + 8, look)
    return root(picture, _described(picture, look), y + 12, look, *drawn, notes)


def _described(picture: Bars, look: Look) -> Iterator[str]:
    for group in picture.groups:
        yield group.heading.to(look.language)
        for mark in group.marks:
            name = mark.name.to(look.language)
            yield f"{name} {mark_text(mark, picture.scale, look.language)}"


def _axis(picture: Bars, look: Look) -> _Axis:
    marks = [mark for group in picture.groups for mark in group.marks]
    texts = (mark_text(mark, picture.scale, look.language) for mark in marks)
    longest = max(map(width_of, texts), default=0)
    left = EDGE + _NAME_WIDTH + _GAP
    room = max(int(WIDTH - EDGE - left - longest - 8), _NARROWEST)
    low = min((mark.value for mark in marks if mark.value < 0), default=Fraction(0))
    high = max((mark.value for mark in marks if mark.value > 0), default=Fraction(0))
    scale = Fraction(room) / (high - low) if high > low else Fraction(0)
    return _Axis(left + float(-low * scale), scale)


def _row(mark: Mark, text: str, axis: _Axis, y: float, look: Look) -> tuple[str, float]:
    name = mark.name.to(look.language)
    lines = lines_of(name, _NAME_WIDTH)
    height = max(_ROW, len(lines) * LINE + 8)
    middle = y + height / 2
    first = middle + 4.5 - (len(lines) - 1) * LINE / 2
    labels = (
        words(EDGE + _NAME_WIDTH, first + at * LINE, line, text_anchor="end")
        for at, line in enumerate(lines)
    )
    length = float(mark.value * axis.scale)
    value = words(axis.zero + max(length, 0.0) + 8, middle + 4.5, text, class_="value")
    bar = _bar(mark, axis.zero, length, middle)
    return mark_group(name, text, mark.evidence, look, *labels, bar, value), height


def _bar(mark: Mark, zero: float, length: float, middle: float) -> str:
    """Draw a bar; one that is there but too short to be seen is a hairline."""
    colour = REFERENCE if mark.is_reference else MAIN
    return element(
        "rect",
        x=zero + min(length, 0.0),
        y=middle - _BAR / 2,
        width=max(abs(length), 1.5) if mark.value else 0.0,
        height=_BAR,
        rx=2,
        class_="bar",
        fill=colour,
        fill_opacity="0.25" if mark.is_derived else None,
        stroke=colour if mark.is_derived else None,
        stroke_dasharray="4 3" if mark.is_derived else None,
    )
