"""The seven figures as pictures of what a text tells, as far as they can be drawn here.

They are drawn from the text itself, read like any other: a picture cannot say anything else.
"""

from __future__ import annotations

from typing import NamedTuple

from fiscal.documents.plain_text import read
from fiscal.errors import MissingExtra, MissingFont
from fiscal.extract.extractor import extract_facts
from fiscal.report.charts.drawing import FIGURES, draw, picture_of
from fiscal.report.charts.picture import Missing
from fiscal.report.charts.raster import png
from fiscal.report.prose.markdown import markdown
from fiscal.report.prose.narration import Narration
from fiscal.rules.view import View

__all__ = ["Figure", "figures_of"]


class Figure(NamedTuple):
    """A picture, as PNG, and what it is called."""

    title: str
    image: bytes


def figures_of(narration: Narration) -> dict[str, Figure]:
    """Return the figures of a text by number: none where nothing here can draw them."""
    view, figures = View(extract_facts(read(markdown(narration).encode(), "", ""))), {}
    for number in FIGURES:
        picture = picture_of(view, number)
        if isinstance(picture, Missing):
            continue
        try:
            image = png(draw(picture, standalone=True))
        except (MissingExtra, MissingFont):
            return {}
        figures[number] = Figure(picture.title.zh, image)
    return figures
