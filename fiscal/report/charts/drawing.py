"""From documents to their pictures, and from a picture to SVG."""

from __future__ import annotations

from fiscal.report.charts.bars import draw_bars
from fiscal.report.charts.comparison import COMPARISONS, compare
from fiscal.report.charts.flow import flow_of
from fiscal.report.charts.icicle import draw_icicle
from fiscal.report.charts.picture import Bars, Icicle, Missing, Picture
from fiscal.report.charts.ribbons import draw_flow
from fiscal.report.charts.structure import STRUCTURES, structure
from fiscal.report.charts.svg import Look
from fiscal.report.charts.tree import tree_of
from fiscal.rules.view import View

__all__ = ["FIGURES", "PICTURES", "draw", "picture_of"]

FIGURES = tuple(sorted((*COMPARISONS, *STRUCTURES)))
# All that one document gives; the trend is of several.
PICTURES = (*FIGURES, "tree", "flow")


def picture_of(view: View, name: str) -> Picture | Missing:
    """Return the picture of a name from `PICTURES`, or what the document lacks for it."""
    if name in COMPARISONS:
        return compare(view, name)
    if name in STRUCTURES:
        return structure(view, name)
    return tree_of(view) if name == "tree" else flow_of(view)


def draw(
    picture: Picture, language: str = "zh", *, interactive: bool = False, standalone: bool = False
) -> str:
    """Return a picture as an SVG element, to be set in a page whose text colour it takes.

    Each mark of an interactive one can be reached by keyboard and is read out; one that stands
    alone has a ground of its own.
    """
    look = Look(language, interactive, standalone)
    if isinstance(picture, Bars):
        return draw_bars(picture, look)
    return draw_icicle(picture, look) if isinstance(picture, Icicle) else draw_flow(picture, look)
