"""A workbook (xlsx) of plain tables whose numbers are the exact decimals given, never floats.

The libraries that write workbooks turn each number into a binary float on its way; a cell is a
decimal in the file, so this writes it as that, in the few parts that ECMA-376 (Part 1, chapter 18)
asks for. A text is always a text, whatever it begins with: no cell holds a formula.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from xml.sax.saxutils import escape, quoteattr

from fiscal.errors import Text, UnwritableAnswer

__all__ = ["Cell", "Sheet", "workbook"]

Cell = str | int | Decimal | None

_MOST_ROWS = 1_048_576
_LONGEST_TEXT = 32_767
# A spreadsheet holds numbers to so many digits; a longer one would not be what it says.
_MOST_DIGITS = 15
_MOST_DECIMALS = 12
_TEXT_FORMAT, _OWN_FORMATS = 49, 164
_RUN = ("=", "+", "-", "@")
_HEADER_STYLE, _TEXT_STYLE, _QUOTED_STYLE, _WHOLE_STYLE, _DECIMAL_STYLE = range(1, 6)
# Characters that XML lacks or changes are written as _xHHHH_, and so is what looks like that.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a header that stays in sight and filters; `widths` are in characters."""

    name: str
    header: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[Cell]]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook, the same sheets always as the same bytes.

    Raises UnwritableAnswer where a sheet has more rows than a workbook may.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in chain(_frame(sheets), _worksheets(sheets)):
            archive.writestr(_entry(name), (_HEAD + text).encode())
    return buffer.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _frame(sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    numbers = range(1, len(sheets) + 1)
    parts = [("xl/workbook.xml", "sheet.main"), ("xl/styles.xml", "styles")]
    parts += [(f"xl/worksheets/sheet{n}.xml", "worksheet") for n in numbers]
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{_TYPES}.{kind}+xml"/>' for part, kind in parts
    )
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
    )
    yield "_rels/.rels", _relationships([("officeDocument", "xl/workbook.xml")])
    targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    yield "xl/_rels/workbook.xml.rels", _relationships([*targets, ("styles", "styles.xml")])
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, sheet in zip(numbers, sheets, strict=True)
    )
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
    )
    yield "xl/styles.xml", _styles()


def _relationships(targets: Iterable[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _styles() -> str:
    """Return the styles: one for each number of decimals, so that 13.50 is not shown as 13.5."""
    shown = ["#,##0" + ("." + "0" * n if n else "") for n in range(_MOST_DECIMALS + 1)]
    formats = "".join(
        f'<numFmt numFmtId="{_OWN_FORMATS + n}" formatCode="{code}"/>'
        for n, code in enumerate(shown)
    )
    header = 'fontId="1" fillId="2" applyFont="1" applyFill="1"'
    text = f'numFmtId="{_TEXT_FORMAT}" applyNumberFormat="1"'
    cells = ["", header, text, f'{text} quotePrefix="1"', ""]
    cells += [f'numFmtId="{_OWN_FORMATS + n}" applyNumberFormat="1"' for n in range(len(shown))]
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="{len(shown)}">{formats}</numFmts>'
        '<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid">'
        '<fgColor rgb="FFE7E6E6"/></patternFill></fill></fills>'
        "<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
        f"<cellXfs>{''.join(f'<xf {cell}/>' for cell in cells)}</cellXfs>"
        '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _worksheets(sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    for number, sheet in enumerate(sheets, start=1):
        if len(sheet.rows) >= _MOST_ROWS:
            raise UnwritableAnswer(
                Text("行数超过一张工作表的上限", "these are more rows than a sheet holds"),
                Text("请改用 csv 或 parquet，或分批处理", "write csv or parquet, or fewer files"),
            )
        yield f"xl/worksheets/sheet{number}.xml", _worksheet(sheet, is_first=number == 1)


def _worksheet(sheet: Sheet, *, is_first: bool) -> str:
    letters = [_letters(n) for n in range(1, len(sheet.header) + 1)]
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(sheet.widths, start=1)
    )
    names = zip(letters, sheet.header, strict=True)
    header = "".join(_text_cell(f"{letter}1", name, _HEADER_STYLE) for letter, name in names)
    rows = "".join(_row(n, letters, row) for n, row in enumerate(sheet.rows, start=2))
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView tabSelected="{int(is_first)}" '
        'workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
        f'state="frozen"/></sheetView></sheetViews><cols>{widths}</cols>'
        f'<sheetData><row r="1">{header}</row>{rows}</sheetData>'
        f'<autoFilter ref="A1:{letters[-1]}{len(sheet.rows) + 1}"/></worksheet>'
    )


def _row(number: int, letters: Sequence[str], cells: Sequence[Cell]) -> str:
    places = zip(letters, cells, strict=True)
    written = "".join(_cell(f"{letter}{number}", value) for letter, value in places)
    return f'<row r="{number}">{written}</row>'


def _letters(column: int) -> str:
    """Return the letters of a column, from 1.

    >>> _letters(1), _letters(26), _letters(27)
    ('A', 'Z', 'AA')
    """
    before, last = divmod(column - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + last)


def _cell(place: str, value: Cell) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return _text_cell(place, value, _QUOTED_STYLE if value.startswith(_RUN) else _TEXT_STYLE)
    number = Decimal(value)
    if len(number.as_tuple().digits) > _MOST_DIGITS:
        return _text_cell(place, f"{number:f}", _TEXT_STYLE)
    decimals = min(max(0, -int(number.as_tuple().exponent)), _MOST_DECIMALS)
    style = _WHOLE_STYLE if isinstance(value, int) else _DECIMAL_STYLE + decimals
    return f'<c r="{place}" s="{style}"><v>{number:f}</v></c>'


def _text_cell(place: str, text: str, style: int) -> str:
    shown = text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"
    written = escape(_ESCAPED.sub(lambda match: f"_x{ord(match[0]):04X}_", shown))
    return (
        f'<c r="{place}" s="{style}" t="inlineStr">'
        f'<is><t xml:space="preserve">{written}</t></is></c>'
    )
