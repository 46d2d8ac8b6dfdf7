"""An icicle: levels side by side, each cell as tall as its amount, and a list that names them all.

A cell too low for its name is still a line of the list, which a thin line leads to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from fiscal.report.charts.picture import DERIVED, Cell, Icicle
from fiscal.report.charts.svg import (
    EDGE,
    LINE,
    PALETTE,
    SMALL,
    WIDTH,
    Look,
    element,
    fitted,
    heading_lines,
    lines_of,
    mark_group,
    note_lines,
    root,
    width_of,
    words,
)

__all__ = ["draw_icicle"]

_ICICLE_WIDTH, _LEADER, _INDENT, _SHARE_WIDTH = 272.0, 24.0, 12.0, 56.0
_SHORTEST, _STEP = 260.0, 19.0


class _Placed(NamedTuple):
    """A cell with its top and height in pixels, and whether nothing lies below it."""

    cell: Cell
    top: float
    height: float
    is_leaf: bool


def draw_icicle(picture: Icicle, look: Look) -> str:
    """Return a tree as an SVG element."""
    heading, top = heading_lines(picture, look)
    top += 14
    height = max(_SHORTEST, len(picture.cells) * _STEP)
    placed = _placed(picture.cells, top, height)
    width = _ICICLE_WIDTH / (1 + max(one.cell.depth for one in placed))
    rows = (
        _marked(picture, one, width, top + (at + 0.5) * height / len(placed), look)
        for at, one in enumerate(placed)
    )
    notes, end = note_lines(picture.notes, top + height + 8, look)
    return root(picture, _described(picture, look), end + 12, look, heading, *rows, notes)


def _described(picture: Icicle, look: Look) -> Iterator[str]:
    for cell in picture.cells:
        yield f"{cell.name.to(look.language)} {_text(picture, cell, look)}"


def _text(picture: Icicle, cell: Cell, look: Look) -> str:
    return " ".join(filter(None, (_amount(picture, cell, look), cell.share)))


def _amount(picture: Icicle, cell: Cell, look: Look) -> str:
    derived = f"{DERIVED.to(look.language)} " if cell.is_derived else ""
    return derived + picture.scale.printed(cell.value)


def _placed(cells: Sequence[Cell], top: float, height: float) -> list[_Placed]:
    """Give each cell its share of the cell above it; parts that exceed their whole are squeezed."""
    placed: list[_Placed] = []
    # For each open level: where its next part begins, and how many pixels a yuan takes there.
    open_levels: list[tuple[float, Fraction]] = [(top, Fraction(round(height)) / cells[0].value)]
    for at, cell in enumerate(cells):
        del open_levels[cell.depth + 1 :]
        start, scale = open_levels[-1]
        own = float(cell.value * scale)
        open_levels[-1] = (start + own, scale)
        below = _sum_below(cells, at)
        placed.append(_Placed(cell, start, own, not below))
        if below:
            open_levels.append((start, scale * cell.value / max(cell.value, below)))
    return placed


def _sum_below(cells: Sequence[Cell], at: int) -> Fraction:
    total = Fraction(0)
    for cell in cells[at + 1 :]:
        if cell.depth <= cells[at].depth:
            break
        if cell.depth == cells[at].depth + 1:
            total += cell.value
    return total


def _marked(picture: Icicle, one: _Placed, width: float, row: float, look: Look) -> str:
    """Draw a cell, its line in the list, and the leader between them."""
    text = _text(picture, one.cell, look)
    drawn = [_box(one, width), *_name_inside(one, width, look)]
    list_x = EDGE + _ICICLE_WIDTH + _LEADER
    if one.is_leaf:
        start = EDGE + (one.cell.depth + 1) * width
        drawn.append(_leader(start, one.top + one.height / 2, list_x, row))
    name = one.cell.name.to(look.language)
    line = _line(one.cell, name, _amount(picture, one.cell, look), list_x, row + 4)
    return mark_group(name, text, one.cell.evidence, look, *drawn, *line)


def _line(cell: Cell, name: str, amount: str, x: float, y: float) -> Iterator[str]:
    """Write a heading's line of the list: its name by its level, its amount and its share."""
    x += _INDENT * max(cell.depth - 1, 0) + 4
    end = WIDTH - EDGE - _SHARE_WIDTH
    name = fitted(name, end - width_of(amount, SMALL) - x - 6, SMALL)
    weight = "600" if cell.depth < 2 else None
    yield words(x, y, name, font_size=SMALL, font_weight=weight)
    yield words(end, y, amount, font_size=SMALL, text_anchor="end")
    yield words(WIDTH - EDGE, y, cell.share, font_size=SMALL, text_anchor="end")


def _box(one: _Placed, width: float) -> str:
    colour = PALETTE[one.cell.colour % len(PALETTE)] if one.cell.depth else "#7b8a9d"
    return element(
        "rect",
        x=EDGE + one.cell.depth * width,
        y=one.top,
        width=width - 1,
        height=max(one.height - 0.6, 0.6),
        class_="cell",
        fill=colour,
        fill_opacity="0.3",
        stroke=colour,
        stroke_width="0.8",
        stroke_dasharray="4 3" if one.cell.is_derived else None,
    )


def _name_inside(one: _Placed, width: float, look: Look) -> Iterator[str]:
    most = int((one.height - 4) // (LINE - 2))
    if most < 1:
        return
    name = one.cell.name.to(look.language).split(" ", 1)[-1]
    lines = lines_of(name, width - 10, SMALL - 1, most=min(most, 3))
    first = one.top + one.height / 2 + 4 - (len(lines) - 1) * (LINE - 2) / 2
    for at, line in enumerate(lines):
        x, y = EDGE + one.cell.depth * width + 5, first + at * (LINE - 2)
        yield words(x, y, line, font_size=SMALL - 1)


def _leader(x: float, y: float, to_x: float, to_y: float) -> str:
    end = EDGE + _ICICLE_WIDTH
    points = f"{x:.1f},{y:.1f} {end:.1f},{y:.1f} {to_x:.1f},{to_y:.1f}"
    return element(
        "polyline",
        points=points,
        fill="none",
        stroke="currentColor",
        stroke_opacity="0.35",
        stroke_width="0.8",
    )
