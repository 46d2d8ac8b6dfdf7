"""What a spreadsheet program does with a workbook: it insists on a sound file, and computes.

Written apart from the writer: the few functions that our formulas use, over cells as openpyxl reads
them, in decimals, and the demands of ECMA-376 whose breach makes a program offer to repair a file.
"""

import io
import re
import zipfile
from decimal import ROUND_HALF_UP, Decimal

from lxml import etree
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["assert_sound", "computed"]

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# ECMA-376, part 1, 18.3.1.99: the order of the elements of a worksheet that are used here.
ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "autoFilter"),
    *("mergeCells", "dataValidations", "pageMargins", "pageSetup", "headerFooter"),
)
CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def computed(sheet: Worksheet, place: str) -> Decimal | str:
    """The value of a cell, its formula computed anew; a blank one counts as nothing."""
    value = sheet[place].value
    if isinstance(value, str) and value.startswith("="):
        return _Formula(value[1:], sheet).whole()
    return value if isinstance(value, str) else Decimal(str(value or 0))


class _Formula:
    """A formula of sums, subtotals, differences, ROUND, ABS and IF."""

    def __init__(self, text: str, sheet: Worksheet):
        self.rest, self.sheet = text, sheet

    def look_up(self, place: str) -> Decimal | str:
        return computed(self.sheet, place)

    def whole(self) -> Decimal | str:
        value = self._sum()
        assert not self.rest, self.rest
        return value

    def _take(self, sign: str) -> bool:
        found = self.rest.startswith(sign)
        self.rest = self.rest[len(sign) :] if found else self.rest
        return found

    def _sum(self):
        value = self._term()
        while self.rest[:1] in ("+", "-"):
            sign, self.rest = self.rest[0], self.rest[1:]
            other = self._term()
            value = value + other if sign == "+" else value - other
        return value

    def _term(self):
        if self._take('"'):
            text, _, self.rest = self.rest.partition('"')
            return text
        if self._take("SUM("):
            return sum(self._arguments(self._range), Decimal(0))
        if self._take("SUBTOTAL(9,"):
            return self._arguments(self._subtotal)[0]
        if self._take("ROUND("):
            value, places = self._arguments(self._sum)
            return value.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP)
        if self._take("ABS("):
            return abs(self._arguments(self._sum)[0])
        if self._take("IF("):
            holds, yes, no = self._arguments(self._comparison)
            return yes if holds else no
        match = CELL.match(self.rest) or NUMBER.match(self.rest)
        assert match, self.rest
        self.rest = self.rest[match.end() :]
        return self.look_up(match[0]) if match.re is CELL else Decimal(match[0])

    def _arguments(self, read):
        found = [read()]
        while self._take(","):
            found.append(read())
        assert self._take(")"), self.rest
        return found

    def _comparison(self):
        value = self._sum()
        return value <= self._sum() if self._take("<=") else value

    def _range(self):
        places = self._places()
        return sum(map(self.look_up, places), Decimal(0)) if places else self._sum()

    def _subtotal(self):
        """The cells of a range but those that are subtotals themselves."""
        values = {place: str(self.sheet[place].value) for place in self._places()}
        own = (place for place, value in values.items() if not value.startswith("=SUBTOTAL("))
        return sum(map(self.look_up, own), Decimal(0))

    def _places(self) -> list[str]:
        match = re.match(r"[A-Z]+\d+:[A-Z]+\d+", self.rest)
        if not match:
            return []
        self.rest = self.rest[match.end() :]
        return [cell.coordinate for row in self.sheet[match[0]] for cell in row]


def assert_sound(data: bytes) -> None:
    """Assert what a spreadsheet program demands of a file before it opens it without a word."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}
    types = parts["[Content_Types].xml"]
    named = {each.get("PartName") for each in types if each.get("PartName")}
    assert named == {f"/{name}" for name in parts if not name.endswith(".rels") and "[" not in name}
    book = parts["xl/workbook.xml"]
    names = [sheet.get("name") for sheet in book.iter(f"{MAIN}sheet")]
    assert len({name.lower() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    ids = {each.get("Id"): each.get("Target") for each in parts["xl/_rels/workbook.xml.rels"]}
    assert all(f"xl/{target}" in parts for target in ids.values())
    assert book.find(f"{MAIN}calcPr").get("fullCalcOnLoad") == "1"
    styles = parts["xl/styles.xml"]
    lists = {etree.QName(each).localname: each for each in styles}
    assert all(int(each.get("count")) == len(each) for each in lists.values())
    for style in lists["cellXfs"]:
        assert int(style.get("fontId")) < len(lists["fonts"])
        assert int(style.get("fillId")) < len(lists["fills"])
        assert int(style.get("borderId")) < len(lists["borders"])
    for name, part in parts.items():
        if name.startswith("xl/worksheets/"):
            _assert_sheet(part, len(lists["cellXfs"]))


def _assert_sheet(sheet: etree._Element, styles: int) -> None:
    order = [ORDER.index(etree.QName(each).localname) for each in sheet]
    assert order == sorted(set(order))
    left, top, right, bottom = range_boundaries(sheet.find(f"{MAIN}dimension").get("ref"))
    before = (0, 0)
    for cell in sheet.iter(f"{MAIN}c"):
        column, row, *_ = range_boundaries(cell.get("r"))
        assert left <= column <= right
        assert top <= row <= bottom
        assert before < (row, column)
        before = row, column
        assert int(cell.get("s", 0)) < styles
        formula = cell.findtext(f"{MAIN}f") or ""
        assert len(formula) <= 8192
        assert formula.count(",") < 255
    merged = [range_boundaries(each.get("ref")) for each in sheet.iter(f"{MAIN}mergeCell")]
    covered = [
        (row, column)
        for a, b, c, d in merged
        for row in range(b, d + 1)
        for column in range(a, c + 1)
    ]
    assert len(covered) == len(set(covered))
