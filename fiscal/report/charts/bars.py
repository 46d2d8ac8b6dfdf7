"""Bars lying on their side: the name before them, amount and share behind them.

A bar on its side leaves room for a long name and for the figure whatever its length; a slice of a
pie or a narrow column does not. Figures that the document does not print are hollow and dashed.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from fiscal.errors import Text
from fiscal.report.charts.picture import DERIVED, Bars, Group, Mark
from fiscal.report.charts.svg import (
    NOW,
    PAST,
    WIDTH,
    element,
    lines_of,
    plain,
    root,
    width_of,
    words,
)
from fiscal.report.figures import Scale

__all__ = ["draw_bars", "mark_text", "note_lines"]

_EDGE, _NAME_WIDTH, _GAP = 16.0, 176.0, 10.0
_LINE, _BAR, _ROW = 17.0, 20.0, 32.0
_TITLE_SIZE, _NOTE_SIZE = 16.0, 12.0


class _Axis(NamedTuple):
    """Where zero is, and how many pixels a yuan takes."""

    zero: float
    scale: Fraction


def draw_bars(picture: Bars, language: str, *, interactive: bool) -> str:
    """Return a picture of bars as an SVG element."""
    axis = _axis(picture, language)
    title = picture.title.to(language)
    heading, y = heading_lines(title, picture.scale, language)
    drawn = [heading]
    for group in picture.groups:
        y += _LINE + 6
        drawn.append(words(_EDGE, y, group.heading.to(language), font_weight="600"))
        y += 10
        for mark in group.marks:
            row, height = _row(mark, axis, y, picture.scale, language, interactive)
            drawn.append(row)
            y += height
    notes, y = note_lines(picture.notes, y + 8, language)
    description = "；".join(_described(picture.groups, picture.scale, language))
    return root(picture.id, title, description, y + 8, *drawn, notes, interactive=interactive)


def heading_lines(title: str, scale: Scale, language: str) -> tuple[str, float]:
    """Write a picture's title and unit; return them and where they end."""
    lines = lines_of(title, WIDTH - 2 * _EDGE - 110, _TITLE_SIZE)
    unit = Text(f"单位：{scale.unit}", f"unit: {scale.unit}").to(language)
    drawn = [
        words(_EDGE, 28 + at * 22, line, font_size=_TITLE_SIZE, font_weight="600")
        for at, line in enumerate(lines)
    ]
    unit_text = words(WIDTH - _EDGE, 28, unit, text_anchor="end", font_size=_NOTE_SIZE)
    return "".join((*drawn, unit_text)), 28 + (len(lines) - 1) * 22 + 4


def note_lines(notes: tuple[Text, ...], y: float, language: str) -> tuple[str, float]:
    """Write notes from `y` on; return them and where they end."""
    drawn = []
    for note in notes:
        for line in lines_of(note.to(language), WIDTH - 2 * _EDGE, _NOTE_SIZE, most=6):
            y += _LINE
            drawn.append(words(_EDGE, y, line, font_size=_NOTE_SIZE, class_="note"))
    return "".join(drawn), y


def mark_text(mark: Mark, scale: Scale, language: str) -> str:
    """Return what stands at a mark: amount, unit, share, and whether it is derived."""
    text = f"{scale.printed(mark.value)}{scale.unit}"
    chinese = language != "en"
    for extra in (mark.share, DERIVED.to(language) if mark.is_derived else None):
        if extra:
            text += f"（{extra}）" if chinese else f" ({extra})"
    return text


def _described(groups: tuple[Group, ...], scale: Scale, language: str) -> Iterator[str]:
    for group in groups:
        yield group.heading.to(language)
        for mark in group.marks:
            yield f"{mark.name.to(language)} {mark_text(mark, scale, language)}"


def _axis(picture: Bars, language: str) -> _Axis:
    marks = [mark for group in picture.groups for mark in group.marks]
    longest = max((width_of(mark_text(one, picture.scale, language)) for one in marks), default=0)
    left = _EDGE + _NAME_WIDTH + _GAP
    room = WIDTH - _EDGE - left - longest - 8
    low = min((mark.value for mark in marks), default=Fraction(0))
    high = max((mark.value for mark in marks), default=Fraction(0))
    low, high = min(low, Fraction(0)), max(high, Fraction(0))
    scale = Fraction(int(max(room, 60))) / (high - low) if high > low else Fraction(0)
    return _Axis(left + float(-low * scale), scale)


def _row(
    mark: Mark, axis: _Axis, y: float, scale: Scale, language: str, interactive: bool
) -> tuple[str, float]:
    name, text = mark.name.to(language), mark_text(mark, scale, language)
    lines = lines_of(name, _NAME_WIDTH)
    height = max(_ROW, len(lines) * _LINE + 8)
    middle = y + height / 2
    first = middle + 4.5 - (len(lines) - 1) * _LINE / 2
    labels = (
        words(_EDGE + _NAME_WIDTH, first + at * _LINE, line, text_anchor="end")
        for at, line in enumerate(lines)
    )
    length = float(mark.value * axis.scale)
    value = words(axis.zero + max(length, 0.0) + 8, middle + 4.5, text, class_="value")
    row = element(
        "g",
        element("title", plain(f"{name}：{text}")),
        *labels,
        _bar(mark, axis.zero, length, middle),
        value,
        class_="mark",
        tabindex="0" if interactive else None,
        role="img" if interactive else None,
        aria_label=f"{name}：{text}" if interactive else None,
        data_facts=" ".join(mark.evidence) or None,
    )
    return row, height


def _bar(mark: Mark, zero: float, length: float, middle: float) -> str:
    """Draw a bar; one that is there but too short to be seen is a hairline."""
    colour = PAST if mark.is_past else NOW
    return element(
        "rect",
        x=zero + min(length, 0.0),
        y=middle - _BAR / 2,
        width=max(abs(length), 1.5),
        height=_BAR,
        rx=2,
        class_="bar",
        fill=colour,
        fill_opacity="0.25" if mark.is_derived else None,
        stroke=colour if mark.is_derived else None,
        stroke_dasharray="4 3" if mark.is_derived else None,
    )
