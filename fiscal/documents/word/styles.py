"""What the styles of a word file say about its paragraphs: which are headings, which are listed."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from fiscal.documents.package import attribute

__all__ = ["Styles", "flag"]

# A style rests on another, that on a third; a file in which they run in a circle is cut off here.
_DEEPEST = 12
_BODY_LEVEL = 9


def flag(parent: etree._Element | None, name: str) -> bool:
    """Whether a property that is on or off is on."""
    element = parent.find("{*}" + name) if parent is not None else None
    return element is not None and attribute(element, "val") not in ("0", "false", "off")


@dataclass(slots=True)
class Styles:
    """The paragraph styles of a document."""

    root: etree._Element | None
    _styles: dict[str, etree._Element] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.root is not None:
            self._styles = {
                attribute(style, "styleId"): style for style in self.root.iterchildren("{*}style")
            }

    def is_heading(self, paragraph: etree._Element) -> bool:
        """Whether a paragraph stands in the outline of its document."""
        for properties in self._properties(paragraph):
            level = attribute(properties.find("{*}outlineLvl"), "val")
            if level.isdecimal():
                return int(level) < _BODY_LEVEL
        return False

    def list_of(self, paragraph: etree._Element) -> tuple[str, int]:
        """Return the list a paragraph is numbered in and its depth; "" where it is not."""
        identity, depth = "", ""
        for properties in self._properties(paragraph):
            listed = properties.find("{*}numPr")
            if listed is not None:
                identity = identity or attribute(listed.find("{*}numId"), "val")
                depth = depth or attribute(listed.find("{*}ilvl"), "val")
        return ("" if identity == "0" else identity), int(depth) if depth.isdecimal() else 0

    def _properties(self, paragraph: etree._Element) -> list[etree._Element]:
        """Return the properties of a paragraph, its own before those of its styles."""
        own = paragraph.find("{*}pPr")
        if own is None:
            return []
        found, name = [own], attribute(own.find("{*}pStyle"), "val")
        for style in self._line_of(name):
            properties = style.find("{*}pPr")
            if properties is not None:
                found.append(properties)
        return found

    def _line_of(self, name: str) -> list[etree._Element]:
        line: list[etree._Element] = []
        while name in self._styles and len(line) < _DEEPEST:
            line.append(self._styles[name])
            name = attribute(line[-1].find("{*}basedOn"), "val")
        return line
