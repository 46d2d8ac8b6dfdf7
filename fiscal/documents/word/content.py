"""The content of a word file in reading order: paragraphs, tables, what hangs on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from fiscal.documents.grid import Cell, Grid, grid_of_cells
from fiscal.documents.layout import Paragraph, is_heading
from fiscal.documents.package import attribute, local_name
from fiscal.documents.word.numbering import Numbering
from fiscal.documents.word.styles import Styles, flag

__all__ = ["Reader"]

# What is not on the printed page, or is a reading of what stands beside it.
_UNSEEN = {"del", "moveFrom", "delText", "instrText", "delInstrText", "fldData", "rt", "pPr", "rPr"}
# Ticked and empty boxes in the symbol fonts.
_SYMBOLS = {"F0FE": "☑", "F052": "☑", "F0A8": "□", "F06F": "□", "F0A3": "□", "F0FC": "✓"}
_MOST_COLUMNS = 1000


@dataclass(slots=True)
class _Line:
    """The text of a paragraph, and the boxes and tables met inside it."""

    pieces: list[str] = field(default_factory=list)
    inside: list[etree._Element] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads blocks with the lists and styles of their document."""

    numbering: Numbering
    styles: Styles

    def blocks(self, parent: etree._Element) -> Iterator[Paragraph | Grid]:
        """Yield the paragraphs and tables of a body, a cell's or a box's content."""
        for element in _blocks(parent):
            if local_name(element) == "tbl":
                yield from self._table(element)
            else:
                yield from self._paragraph(element)

    def _paragraph(self, element: etree._Element) -> Iterator[Paragraph | Grid]:
        line = self._line(element)
        label = self._label(element)
        is_marked = self.styles.is_heading(element)
        for text in ("".join(line.pieces)).split("\n"):
            if text.strip():
                shown = label + text.replace("\t", " ").strip()
                yield Paragraph(shown, is_heading=is_marked or is_heading(shown))
                label = ""
        for box in line.inside:
            yield from self.blocks(box)

    def _label(self, element: etree._Element) -> str:
        identity, depth = self.styles.list_of(element)
        return self.numbering.label(identity, depth) if identity else ""

    def _line(self, element: etree._Element) -> _Line:
        line = _Line()
        _gather(element, line)
        return line

    def _table(self, table: etree._Element) -> Iterator[Paragraph | Grid]:
        cells: list[Cell] = []
        nested: list[etree._Element] = []
        # The cell that a column's merge goes on with.
        open_cells: dict[int, int] = {}
        for number, row in enumerate(_rows(table)):
            column = _skipped(row)
            for tc in _wrapped(row, "tc"):
                span, merge = _spans(tc)
                above = open_cells.get(column)
                if merge == "continue" and above is not None:
                    reach = number - cells[above].row + 1
                    cells[above] = cells[above]._replace(row_span=reach)
                else:
                    cells.append(Cell(number, column, 1, span, self._cell_text(tc, nested)))
                    open_cells.pop(column, None)
                    if merge == "restart":
                        open_cells[column] = len(cells) - 1
                column = min(column + span, _MOST_COLUMNS)
        yield grid_of_cells(cells)
        for inner in nested:
            yield from self._table(inner) if local_name(inner) == "tbl" else self.blocks(inner)

    def _cell_text(self, tc: etree._Element, nested: list[etree._Element]) -> str:
        texts = []
        for element in _blocks(tc):
            if local_name(element) == "tbl":
                nested.append(element)
                continue
            line = self._line(element)
            texts.append(self._label(element) + "".join(line.pieces))
            nested.extend(line.inside)
        return "\n".join(texts)


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and tables, through the wrappers that may stand around them."""
    for element in parent.iterchildren():
        match local_name(element):
            case "p" | "tbl":
                yield element
            case "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" | "smartTag":
                yield from _blocks(element)
            case "AlternateContent":
                yield from _blocks(_choice(element))


def _choice(alternate: etree._Element) -> etree._Element:
    # The same content twice, for programs of different age; the first is the fuller.
    return next(alternate.iterchildren("{*}Choice", "{*}Fallback"), alternate)


def _wrapped(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    for element in parent.iterchildren():
        if local_name(element) == name:
            yield element
        elif local_name(element) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _wrapped(element, name)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for row in _wrapped(table, "tr"):
        if row.find("{*}trPr/{*}del") is None:
            yield row


def _skipped(row: etree._Element) -> int:
    return _count(row.find("{*}trPr/{*}gridBefore"), 0)


def _spans(tc: etree._Element) -> tuple[int, str]:
    """Return how many columns a cell takes, and "restart", "continue" or "" for merged rows."""
    properties = tc.find("{*}tcPr")
    if properties is None:
        return 1, ""
    merge = properties.find("{*}vMerge")
    merged = (attribute(merge, "val") or "continue") if merge is not None else ""
    return max(1, _count(properties.find("{*}gridSpan"), 1)), merged


def _count(element: etree._Element | None, otherwise: int) -> int:
    text = attribute(element, "val")
    return min(int(text), _MOST_COLUMNS) if text.isdecimal() and len(text) < 9 else otherwise


def _gather(element: etree._Element, line: _Line) -> None:
    for child in element.iterchildren():
        name = local_name(child)
        if name in _UNSEEN or (name == "r" and flag(child.find("{*}rPr"), "vanish")):
            continue
        if name == "t":
            line.pieces.append(child.text or "")
        elif name in _SIGNS:
            line.pieces.append(_SIGNS[name](child))
        elif name == "txbxContent":
            line.inside.append(child)
        elif name == "AlternateContent":
            _gather(_choice(child), line)
        else:
            _gather(child, line)


_SIGNS: dict[str, Callable[[etree._Element], str]] = {
    "br": lambda _: "\n",
    "cr": lambda _: "\n",
    "tab": lambda _: "\t",
    "ptab": lambda _: "\t",
    "noBreakHyphen": lambda _: "-",
    "sym": lambda sign: _SYMBOLS.get(attribute(sign, "char").upper(), ""),
}
