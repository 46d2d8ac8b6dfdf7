"""One sheet of a workbook: rows of cells, what stays in sight, and how it is printed.

The elements of a worksheet have a fixed order (ECMA-376, Part 1, 18.3.1.99); a program that meets
them in another one calls the file damaged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from fiscal.errors import Text, UnwritableAnswer
from fiscal.report.workbook_cells import Cell, Look, Shown, Styles, cell_xml, column_letters

__all__ = ["AMOUNTS", "Sheet", "Validation", "sheet_xml"]

_MOST_ROWS = 1_048_576
_HEADER = Look(is_bold=True, fill=1, is_wrapped=True)
AMOUNTS = "decimal"
_LARGEST = 10**15


@dataclass(frozen=True, slots=True)
class Validation:
    """What may be typed into the cells `places` (A1:B9): `AMOUNTS`, or one of a list of words."""

    places: str
    allowed: str | Sequence[str]
    message: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a header that stays in sight and filters; `widths` are in characters.

    A sheet of a layout of its own has no header but `frozen` rows that stay in sight and are
    printed on every page, and cells that span several (`merges`, as A1:C1).
    """

    name: str
    header: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[Cell]]
    frozen: int = 0
    merges: Sequence[str] = ()
    validations: Sequence[Validation] = ()

    @property
    def top(self) -> int:
        """How many rows stay in sight."""
        return 1 if self.header else self.frozen

    @property
    def place(self) -> str:
        """The cells of the sheet, as A1:F20."""
        width = max([len(self.header), *map(len, self.rows)], default=1)
        height = len(self.rows) + bool(self.header)
        return f"A1:{column_letters(max(width, 1))}{max(height, 1)}"


def sheet_xml(sheet: Sheet, styles: Styles, *, is_first: bool) -> str:
    """Return a sheet as it stands in the file.

    Raises UnwritableAnswer where it has more rows than a workbook may.
    """
    if len(sheet.rows) >= _MOST_ROWS:
        raise UnwritableAnswer(
            Text("行数超过一张工作表的上限", "these are more rows than a sheet holds"),
            Text("请改用 csv 或 parquet，或分批处理", "write csv or parquet, or fewer files"),
        )
    rows = [[Shown(name, _HEADER) for name in sheet.header]] if sheet.header else []
    written = "".join(
        _row_xml(number, row, styles) for number, row in enumerate([*rows, *sheet.rows], start=1)
    )
    return (
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="{sheet.place}"/>{_view_xml(sheet, is_first)}'
        f'<sheetFormatPr defaultRowHeight="15"/>{_columns_xml(sheet.widths)}'
        f"<sheetData>{written}</sheetData>{_after_xml(sheet)}"
    )


def _row_xml(number: int, cells: Sequence[Cell], styles: Styles) -> str:
    written = "".join(
        cell_xml(f"{column_letters(column)}{number}", cell, styles)
        for column, cell in enumerate(cells, start=1)
    )
    return f'<row r="{number}">{written}</row>'


def _view_xml(sheet: Sheet, is_first: bool) -> str:
    pane = (
        f'<pane ySplit="{sheet.top}" topLeftCell="A{sheet.top + 1}" activePane="bottomLeft" '
        'state="frozen"/>'
    )
    return (
        f'<sheetViews><sheetView tabSelected="{int(is_first)}" workbookViewId="0">'
        f"{pane if sheet.top else ''}</sheetView></sheetViews>"
    )


def _columns_xml(widths: Sequence[int]) -> str:
    told = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(widths, start=1)
    )
    return f"<cols>{told}</cols>" if told else ""


def _after_xml(sheet: Sheet) -> str:
    filtered = f'<autoFilter ref="{sheet.place}"/>' if sheet.header else ""
    merged = "".join(f'<mergeCell ref="{place}"/>' for place in sheet.merges)
    merges = f'<mergeCells count="{len(sheet.merges)}">{merged}</mergeCells>' if merged else ""
    ruled = "".join(map(_validation_xml, sheet.validations))
    count = len(sheet.validations)
    rules = f'<dataValidations count="{count}">{ruled}</dataValidations>' if ruled else ""
    return (
        f'{filtered}{merges}{rules}<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" '
        'header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" '
        'fitToHeight="0"/><headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>'
    )


def _validation_xml(validation: Validation) -> str:
    said = f" error={quoteattr(validation.message)}" if validation.message else ""
    common = f'allowBlank="1" showErrorMessage="1"{said} sqref="{validation.places}"'
    if isinstance(validation.allowed, str):
        return (
            f'<dataValidation type="decimal" operator="between" {common}>'
            f"<formula1>{-_LARGEST}</formula1><formula2>{_LARGEST}</formula2></dataValidation>"
        )
    words = escape(",".join(validation.allowed))
    return f'<dataValidation type="list" {common}><formula1>"{words}"</formula1></dataValidation>'
