"""Filling in a workbook as a person does: amounts typed into cells, sums computed, saved."""

import io
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from decimal import Decimal

import openpyxl
from lxml import etree
from openpyxl.utils import get_column_letter

from fiscal.money import UNITS
from tests.laws.account_style import Sheet
from tests.spreadsheet import MAIN, computed

__all__ = ["filled", "plain", "saved", "typed", "with_texts"]

# Sheet and cell.
Place = tuple[str, str]
FIRST = 4
DECORATION = re.compile(r"^[一二三四五六七八九十]+、|[\s\u3000]")


def plain(text: object) -> str:
    return DECORATION.sub("", str(text or ""))


def typed(data: bytes, tables: list[Sheet], unit: str) -> dict[Place, Decimal]:
    """Where a person would type the figures of some tables: cells of the same row and column.

    Figures that the workbook adds up by itself are left out. Fails where one has no place.
    """
    book = openpyxl.load_workbook(io.BytesIO(data))
    found: dict[Place, Decimal] = {}
    for table, sheet in zip(tables, book.worksheets[1:], strict=True):
        assert plain(sheet["A1"].value).endswith(plain(table.title))
        for place, value in _figures(table, sheet):
            if sheet[place].data_type != "f":
                found[sheet.title, place] = Decimal(value.numerator) / UNITS[unit]
    return found


def _figures(table: Sheet, sheet):
    rows = defaultdict(list)
    first = FIRST + len(table.header)
    for row in range(first, sheet.max_row + 1):
        for key in _keys([plain(cell.value) for cell in sheet[row]]):
            rows[key].append(row)
    seen: Counter[tuple[int, str]] = Counter()
    for cells in table.body:
        texts = ["" if cell.expected else plain(cell.text) for cell in cells]
        # A label may stand twice on one side: the second is the second.
        row_of = {key[0]: rows[key][seen[key]] for key in _keys(texts)}
        seen.update(_keys(texts))
        for column, cell in enumerate(cells):
            if cell.expected:
                at = max((at for at in row_of if at < column), default=None)
                # A name may stand under two headings; the code left of it may not.
                at = at - 1 if at and at - 1 in row_of else at
                row = first if at is None else row_of[at]
                yield f"{get_column_letter(column + 1)}{row}", cell.expected.value


def _keys(texts: list[str]):
    return ((column, text) for column, text in enumerate(texts) if text)


def filled(data: bytes, values: Mapping[Place, Decimal]) -> dict[Place, Decimal]:
    """All figures of a workbook after `values` were typed in: these, and the sums computed."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for (name, place), value in values.items():
        book[name][place].value = float(value)
    sums = {
        (sheet.title, cell.coordinate): computed(sheet, cell.coordinate)
        for sheet in book
        for row in sheet
        for cell in row
        if cell.data_type == "f"
    }
    return {**values, **sums}


def saved(data: bytes, values: Mapping[Place, Decimal]) -> bytes:
    """A workbook as a spreadsheet program saves it: every figure beside its formula."""

    def change(name: str, body: bytes) -> bytes:
        own = {place: value for (sheet, place), value in values.items() if sheet == name}
        return _with_values(body, own)

    return _changed(data, change)


def with_texts(data: bytes, texts: Mapping[str, tuple[str, str]]) -> bytes:
    """A workbook with a text of some sheets, told by how their names begin, put for another."""

    def change(name: str, body: bytes) -> bytes:
        old, new = texts.get(name[:2], ("", ""))
        return body.replace(f">{old}<".encode(), f">{new}<".encode()) if old else body

    return _changed(data, change)


def _changed(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    names = openpyxl.load_workbook(io.BytesIO(data)).sheetnames
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in old.namelist():
            body = old.read(part)
            match = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", part)
            new.writestr(part, change(names[int(match[1]) - 1], body) if match else body)
    return buffer.getvalue()


def _with_values(body: bytes, values: Mapping[str, Decimal]) -> bytes:
    root = etree.fromstring(body)
    for cell in root.iter(f"{MAIN}c"):
        if cell.get("r") in values:
            value = cell.find(f"{MAIN}v")
            value = etree.SubElement(cell, f"{MAIN}v") if value is None else value
            value.text = f"{values[cell.get('r')]:f}"
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)
