"""Workbooks (xlsx): a table a sheet, each cell as the text that its number format prints.

A workbook stores a number as a binary double, of which 15 significant digits are exact; those are
what is taken, as a `Decimal`, and rounded as the cell's format prints them. Nothing is computed
with the double.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from fiscal.documents.grid import grid_of_rows
from fiscal.documents.layout import lay_out
from fiscal.errors import Text, UnreadableDocument
from fiscal.model import Document

__all__ = ["SIGNATURE", "read"]

SIGNATURE = b"PK\x03\x04"
# What a workbook may unpack to; a disclosure needs a hundredth.
_MAXIMUM_UNPACKED = 512 * 1024 * 1024
_EXACT_DIGITS = ".15g"
_FORMAT_DECIMALS = re.compile(r"[0#?](?:\.(0+))?(?![0#?.,])")


def read(data: bytes, path: str, sha256: str) -> Document:
    """Read all sheets of a workbook. Raises UnreadableDocument where it is damaged or too large."""
    import openpyxl  # Loads slowly, and only workbooks need it.

    _guard_size(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        grids = [grid_of_rows(_rows(sheet), sheet.title) for sheet in book.worksheets]
    except Exception as error:
        # The library raises whatever its parsers meet in a damaged file.
        raise _unreadable(f"{type(error).__name__}") from error
    return lay_out(path, sha256, grids)


def _guard_size(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile as error:
        raise _unreadable("not a workbook") from error
    if unpacked > _MAXIMUM_UNPACKED:
        raise _unreadable(f"unpacks to {unpacked // 1024**2} MB")


def _unreadable(detail: str) -> UnreadableDocument:
    return UnreadableDocument(
        Text(f"工作簿损坏、加密或过大（{detail}）", f"damaged, encrypted or too large ({detail})"),
        Text("请在表格软件中打开后另存为 xlsx", "open it in a spreadsheet and save it as xlsx"),
    )


def _rows(sheet: object) -> list[tuple[str, ...]]:
    # A sheet may claim a million empty columns; without its claim only what is there is read.
    sheet.reset_dimensions()  # type: ignore[attr-defined]
    return [
        tuple(_text(cell.value, getattr(cell, "number_format", None)) for cell in row)
        for row in sheet.iter_rows()  # type: ignore[attr-defined]
    ]


def _text(value: object, number_format: str | None) -> str:
    if value is None:
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _printed(Decimal(format(value, _EXACT_DIGITS)), number_format or "General")
    return value.isoformat() if isinstance(value, date) else str(value)


def _printed(number: Decimal, number_format: str) -> str:
    """Return a number as its format prints it, without separators.

    >>> _printed(Decimal("1937.4"), "#,##0.00_ "), _printed(Decimal("2010301"), "General")
    ('1937.40', '2010301')
    """
    decimals = _FORMAT_DECIMALS.search(number_format.split(";")[0])
    if number_format == "General" or "%" in number_format or decimals is None:
        return f"{number:f}"
    places = Decimal(1).scaleb(-len(decimals.group(1) or ""))
    return f"{number.quantize(places, ROUND_HALF_UP):f}"
