"""From a document to its pictures, and from a picture to SVG."""

from __future__ import annotations

from fiscal.report.charts.bars import draw_bars
from fiscal.report.charts.comparison import COMPARISONS, compare
from fiscal.report.charts.picture import Missing, Picture
from fiscal.report.charts.structure import STRUCTURES, structure
from fiscal.rules.view import View

__all__ = ["FIGURES", "draw", "picture_of"]

FIGURES = tuple(sorted((*COMPARISONS, *STRUCTURES)))


def picture_of(view: View, name: str) -> Picture | Missing:
    """Return the picture of a name from `FIGURES`, or what the document lacks for it."""
    if name in COMPARISONS:
        return compare(view, name)
    return structure(view, name)


def draw(picture: Picture, language: str = "zh", *, interactive: bool = False) -> str:
    """Return a picture as an SVG element, to be set in a page whose text colour it takes.

    Each mark of an interactive one can be reached by keyboard and is read out.
    """
    return draw_bars(picture, language, interactive=interactive)
