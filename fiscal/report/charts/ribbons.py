"""Drawing a flow: streams on the left run into one bar, and out of it on the right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fiscal.report.charts.picture import Band, Flow, mark_text
from fiscal.report.charts.svg import (
    EDGE,
    LINE,
    PALETTE,
    REFERENCE,
    WIDTH,
    Look,
    element,
    heading_lines,
    lines_of,
    mark_group,
    note_lines,
    root,
    words,
)

__all__ = ["draw_flow"]

_LABEL_WIDTH, _NODE, _TALLEST = 196.0, 10.0, 260.0
_LEFT, _RIGHT = EDGE + _LABEL_WIDTH + 8, WIDTH - EDGE - _LABEL_WIDTH - 8 - _NODE
_MIDDLE = WIDTH / 2 - _NODE / 2


class _Slot(NamedTuple):
    """A stream with the lines of its label, and where it leaves its own and meets the middle."""

    band: Band
    lines: list[str]
    top: float
    inner: float
    height: float
    middle: float


def draw_flow(picture: Flow, look: Look) -> str:
    """Return a flow as an SVG element."""
    heading, top = heading_lines(picture, look)
    top += LINE + 16
    sides = [[band for band in picture.bands if band.is_in is is_in] for is_in in (True, False)]
    height = max(_TALLEST, *(_needed(picture, side, look) for side in sides))
    slots = [slot for side in sides for slot in _slots(picture, side, top, height, look)]
    drawn = [_stream(picture, slot, at, look) for at, slot in enumerate(slots)]
    notes, end = note_lines(picture.notes, top + height + 8, look)
    hub = _hub(picture, top, height, look)
    return root(picture, _described(picture, look), end + 12, look, heading, *drawn, hub, notes)


def _described(picture: Flow, look: Look) -> Iterator[str]:
    for mark in (picture.whole, *(band.mark for band in picture.bands)):
        yield f"{mark.name.to(look.language)} {mark_text(mark, picture.scale, look.language)}"


def _tall(picture: Flow, band: Band) -> float:
    return float(band.mark.value / picture.whole.value) * _TALLEST


def _label(picture: Flow, band: Band, look: Look) -> list[str]:
    name = lines_of(band.mark.name.to(look.language), _LABEL_WIDTH, most=2)
    return [*name, mark_text(band.mark, picture.scale, look.language)]


def _room(picture: Flow, band: Band, look: Look) -> float:
    return max(_tall(picture, band), len(_label(picture, band, look)) * LINE) + 10


def _needed(picture: Flow, side: list[Band], look: Look) -> float:
    return sum(_room(picture, band, look) for band in side)


def _slots(
    picture: Flow, side: list[Band], top: float, height: float, look: Look
) -> Iterator[_Slot]:
    """Place the streams of one side: apart where they begin, side by side in the middle."""
    spare = (height - _needed(picture, side, look)) / max(len(side), 1)
    inner = top + (height - _TALLEST) / 2
    for band in side:
        room, tall = _room(picture, band, look) + spare, _tall(picture, band)
        lines = _label(picture, band, look)
        yield _Slot(band, lines, top + (room - tall) / 2, inner, tall, top + room / 2)
        top += room
        inner += tall


def _stream(picture: Flow, slot: _Slot, at: int, look: Look) -> str:
    mark = slot.band.mark
    colour = REFERENCE if mark.is_derived else PALETTE[at % len(PALETTE)]
    is_in = slot.band.is_in
    outer, tall = (_LEFT if is_in else _RIGHT), max(slot.height, 0.8)
    near = (outer + _NODE, _MIDDLE) if is_in else (outer, _MIDDLE + _NODE)
    ribbon = element(
        "path",
        d=_path(near[0], slot.top, near[1], slot.inner, tall),
        fill=colour,
        fill_opacity="0.3",
    )
    node = element("rect", x=outer, y=slot.top, width=_NODE, height=tall, fill=colour)
    x = _LEFT - 8 if is_in else _RIGHT + _NODE + 8
    first = slot.middle + 4.5 - (len(slot.lines) - 1) * LINE / 2
    labels = (
        words(x, first + row * LINE, line, text_anchor="end" if is_in else None)
        for row, line in enumerate(slot.lines)
    )
    name = mark.name.to(look.language)
    return mark_group(name, slot.lines[-1], mark.evidence, look, ribbon, node, *labels)


def _path(x: float, y: float, to_x: float, to_y: float, tall: float) -> str:
    """Return the outline of a ribbon of one height between two uprights."""
    bend = (x + to_x) / 2
    return (
        f"M{x:.1f} {y:.1f}C{bend:.1f} {y:.1f} {bend:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}"
        f"V{to_y + tall:.1f}C{bend:.1f} {to_y + tall:.1f} {bend:.1f} {y + tall:.1f} "
        f"{x:.1f} {y + tall:.1f}Z"
    )


def _hub(picture: Flow, top: float, height: float, look: Look) -> str:
    name = picture.whole.name.to(look.language)
    text = mark_text(picture.whole, picture.scale, look.language)
    y = top + (height - _TALLEST) / 2
    bar = element(
        "rect",
        x=_MIDDLE,
        y=y,
        width=_NODE,
        height=_TALLEST,
        fill="currentColor",
        fill_opacity="0.7",
    )
    label = words(WIDTH / 2, y - 8, f"{name} {text}", text_anchor="middle", font_weight="600")
    return mark_group(name, text, picture.whole.evidence, look, bar, label)
