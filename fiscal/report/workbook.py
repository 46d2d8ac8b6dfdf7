"""A workbook (xlsx) whose numbers are the exact decimals given, never floats.

The libraries that write workbooks turn each number into a binary float on its way; a cell is a
decimal in the file, so this writes it as that, in the few parts that ECMA-376 (Part 1, chapter 18)
asks for. Formulas are computed anew when a spreadsheet program opens the file.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from fiscal.report.workbook_cells import Cell, Formula, Look, Shown, Styles, column_letters
from fiscal.report.workbook_sheet import AMOUNTS, Sheet, Validation, sheet_xml

__all__ = [
    "AMOUNTS",
    "Cell",
    "Formula",
    "Look",
    "Sheet",
    "Shown",
    "Validation",
    "column_letters",
    "workbook",
]

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook, the same sheets always as the same bytes.

    Raises UnwritableAnswer where a sheet has more rows than a workbook may.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _parts(sheets):
            archive.writestr(_entry(name), (_HEAD + text).encode())
    return buffer.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _parts(sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    """Yield every part; the styles come last, when all cells have said theirs."""
    numbers = range(1, len(sheets) + 1)
    yield "[Content_Types].xml", _content_types(numbers)
    yield "_rels/.rels", _relationships([("officeDocument", "xl/workbook.xml")])
    targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    yield "xl/_rels/workbook.xml.rels", _relationships([*targets, ("styles", "styles.xml")])
    yield "xl/workbook.xml", _book(sheets)
    styles = Styles()
    for number, sheet in enumerate(sheets, start=1):
        content = sheet_xml(sheet, styles, is_first=number == 1)
        name = f"xl/worksheets/sheet{number}.xml"
        yield name, f'<worksheet xmlns="{_MAIN}">{content}</worksheet>'
    yield "xl/styles.xml", f'<styleSheet xmlns="{_MAIN}">{styles.xml()}</styleSheet>'


def _content_types(numbers: Iterable[int]) -> str:
    parts = [("xl/workbook.xml", "sheet.main"), ("xl/styles.xml", "styles")]
    parts += [(f"xl/worksheets/sheet{n}.xml", "worksheet") for n in numbers]
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{_TYPES}.{kind}+xml"/>' for part, kind in parts
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _book(sheets: Sequence[Sheet]) -> str:
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, sheet in enumerate(sheets, start=1)
    )
    named = "".join(_names(number, sheet) for number, sheet in enumerate(sheets))
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{listed}</sheets>{f'<definedNames>{named}</definedNames>' if named else ''}"
        '<calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>'
    )


def _names(number: int, sheet: Sheet) -> str:
    """Return the names that a sheet's filter and the rows printed on every page go by."""
    quoted = escape("'" + sheet.name.replace("'", "''") + "'!")
    filtered = f"{quoted}{_fixed(sheet.place)}" if sheet.header else ""
    titles = f"{quoted}$1:${sheet.top}" if sheet.top else ""
    told = [("_FilterDatabase", ' hidden="1"', filtered), ("Print_Titles", "", titles)]
    return "".join(
        f'<definedName name="_xlnm.{name}" localSheetId="{number}"{extra}>{place}</definedName>'
        for name, extra, place in told
        if place
    )


def _fixed(place: str) -> str:
    """Write A1:F20 as $A$1:$F$20."""
    corners = (corner.rstrip("0123456789") for corner in place.split(":"))
    return ":".join(
        f"${letters}${corner[len(letters) :]}"
        for letters, corner in zip(corners, place.split(":"), strict=True)
    )


def _relationships(targets: Iterable[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'
