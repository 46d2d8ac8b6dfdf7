"""Workbooks of today (xlsx): cells straight from the XML, with what their formats print.

A formula is read by the value that was computed when the file was saved; where none was, the
formula itself is the text, so that the cell does not pass for blank. A workbook none of whose
formulas has a value was written by a program that computes nothing, and is refused.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from fiscal.documents.grid import Grid
from fiscal.documents.layout import Paragraph, lay_out
from fiscal.documents.package import Package, attribute, local_name, open_package, unreadable
from fiscal.documents.sheet.number_format import BUILT_IN, GENERAL, printed
from fiscal.documents.sheet.parts import Cells, parts_of_sheet
from fiscal.errors import Place, Text, UnreadableDocument
from fiscal.model import Document, Merge

__all__ = ["read"]

_MAIN = "xl/workbook.xml"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(slots=True)
class _Formulas:
    """How many formulas were met with a value and without, and where the first without stands."""

    computed: int = 0
    waiting: int = 0
    first: Place | None = None

    def meet(self, cell: etree._Element, sheet: str) -> None:
        """Take note of a cell if it holds a formula."""
        if cell.find("{*}f") is None:
            return
        if _has_value(cell):
            self.computed += 1
            return
        self.waiting += 1
        match = _REFERENCE.fullmatch(cell.get("r", ""))
        if match and self.first is None:
            self.first = Place("", sheet, int(match[2]), match[1])


@dataclass(frozen=True, slots=True)
class _Book:
    """What the sheets of a workbook share: its texts, the format of each style, its calendar."""

    texts: tuple[str, ...]
    formats: tuple[str, ...]
    is_1904: bool
    formulas: _Formulas


def read(data: bytes, path: str, sha256: str) -> Document:
    """Read the sheets of a workbook. Raises UnreadableDocument where it is damaged or too large."""
    with open_package(data) as package:
        if _MAIN not in package.names:
            raise unreadable(Text("：其中没有工作簿", ": no workbook in it"))
        workbook = package.root(_MAIN)
        related = package.related(_MAIN)
        book = _book(package, workbook, related)
        parts = [
            part
            for sheet in workbook.iter("{*}sheet")
            if sheet.get("state", "visible") == "visible"
            for part in _sheet(package, related, sheet, book)
        ]
    _require_values(book.formulas)
    return lay_out(path, sha256, parts)


def _require_values(formulas: _Formulas) -> None:
    """Refuse a workbook that has formulas and no value for any of them."""
    if formulas.waiting and not formulas.computed:
        count = formulas.waiting
        raise UnreadableDocument(
            Text(
                f"公式没有保存计算结果（共 {count} 格，这是第一格），金额无从读出",
                f"no formula was saved with its value ({count} cells, this is the first)",
            ),
            Text(
                "请在表格软件中打开并保存，公式的结果才会存入文件",
                "open it in a spreadsheet program and save it, so that they are computed",
            ),
            formulas.first,
        )


def _sheet(
    package: Package, related: dict[str, str], sheet: etree._Element, book: _Book
) -> Iterator[Grid | Paragraph]:
    part = related.get(attribute(sheet, "id"), "")
    if part not in package.names or "chartsheet" in part:
        return
    cells: Cells = {}
    merges: list[Merge] = []
    place = (0, -1)
    for element in package.elements(part, "c", "row", "mergeCell"):
        match local_name(element):
            case "c":
                place = _place(element.get("r", "")) or (place[0], place[1] + 1)
                book.formulas.meet(element, sheet.get("name", ""))
                if text := _text(element, book):
                    cells.setdefault(place[0], {})[place[1]] = text
            case "row":
                place = (place[0] + 1, -1)
            case _:
                merges.extend(_merge(element.get("ref", "")))
    yield from parts_of_sheet(sheet.get("name", ""), cells, merges)


def _place(reference: str) -> tuple[int, int] | None:
    """Return row and column, from 0.

    >>> _place("C2"), _place("AA10")
    ((1, 2), (9, 26))
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _merge(reference: str) -> Iterator[Merge]:
    first, _, last = reference.partition(":")
    begin, end = _place(first), _place(last)
    if begin and end:
        yield Merge(*begin, end[0] - begin[0] + 1, end[1] - begin[1] + 1)


def _text(element: etree._Element, book: _Book) -> str:
    kind = element.get("t", "n")
    if kind == "inlineStr":
        return _joined(element)
    value = element.findtext("{*}v")
    if not value:
        if _has_value(element):
            return ""
        formula = element.findtext("{*}f")
        return f"={formula}" if formula else ""
    if kind == "s":
        return book.texts[_index(value)]
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind != "n":
        return _unescaped(value)
    style = _index(element.get("s", "0"))
    number_format = book.formats[style] if style < len(book.formats) else GENERAL
    return printed(value, number_format, is_1904=book.is_1904)


def _has_value(element: etree._Element) -> bool:
    """Tell whether a cell has a value: what a formula gives may be a text without a character."""
    return bool(element.findtext("{*}v")) or element.get("t") == "str"


def _index(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(text)
    return int(text)


def _book(package: Package, workbook: etree._Element, related: dict[str, str]) -> _Book:
    names = {posixpath.basename(part): part for part in related.values()}
    texts = names.get("sharedStrings.xml", "")
    styles = names.get("styles.xml", "")
    properties = workbook.find("{*}workbookPr")
    return _Book(
        tuple(map(_joined, package.elements(texts, "si"))) if texts in package.names else (),
        tuple(_formats(package.root(styles))) if styles in package.names else (),
        properties is not None and properties.get("date1904") in ("1", "true"),
        _Formulas(),
    )


def _formats(styles: etree._Element) -> Iterator[str]:
    own = {
        int(element.get("numFmtId", "0")): element.get("formatCode", GENERAL)
        for element in styles.iter("{*}numFmt")
    }
    used = styles.find("{*}cellXfs")
    for style in used if used is not None else ():
        number = int(style.get("numFmtId", "0"))
        yield own.get(number) or BUILT_IN.get(number, GENERAL)


def _joined(element: etree._Element) -> str:
    """Return the runs of a text without the readings printed above it (phonetic guides)."""
    return _unescaped(
        "".join(
            text.text or ""
            for text in element.iter("{*}t")
            if local_name(text.getparent()) != "rPh"
        )
    )


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
