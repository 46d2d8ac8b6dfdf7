"""The figures of an account on the page, drawn from its facts; what cannot be drawn is named."""

from __future__ import annotations

from lxml import etree

from fiscal.errors import Text
from fiscal.report.charts.drawing import PICTURES, draw, picture_of
from fiscal.report.charts.picture import Missing, Picture
from fiscal.report.page.markup import Element, element
from fiscal.rules.check import Check
from fiscal.rules.view import View

__all__ = ["pictures_section"]


def pictures_section(check: Check, language: str) -> Element | None:
    """Return the section of pictures; None for a document without a figure."""
    if not check.extraction.facts:
        return None
    view = View(check.extraction)
    found = [picture_of(view, name) for name in PICTURES]
    drawn = [_figure(each, language) for each in found if not isinstance(each, Missing)]
    lacking = [
        element("li", each.message.to(language)) for each in found if isinstance(each, Missing)
    ]
    return element(
        "section",
        element("h2", Text("图", "Figures").to(language), id="figures"),
        drawn,
        element("ul", lacking, class_="meta") if lacking else None,
        aria_labelledby="figures",
    )


def _figure(picture: Picture, language: str) -> Element:
    """Set a drawing into the page; parsed anew, it is elements like everything else here."""
    # Names of entities would be looked for; a drawing has none.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    drawing = etree.fromstring(draw(picture, language), parser)
    return element(
        "figure",
        drawing,
        class_="wide",
        role="region",
        aria_label=picture.title.to(language),
        tabindex="0",
    )
