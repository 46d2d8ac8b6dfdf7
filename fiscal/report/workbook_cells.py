"""The cells of a workbook: what each holds, how it looks, and how it stands in the file.

A number is written as the exact decimal it is, with as many decimals shown as it has; a text is
always a text, whatever it begins with. Only a `Formula` is one, and it carries the value that was
computed for it exactly, so that a viewer that computes nothing shows the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

__all__ = ["Cell", "Formula", "Look", "Shown", "Styles", "cell_xml", "column_letters"]

_LONGEST_TEXT = 32_767
# A spreadsheet holds numbers to so many digits; a longer one would not be what it says.
_MOST_DIGITS = 15
_MOST_DECIMALS = 12
_RUN = ("=", "+", "-", "@")
# Characters that XML lacks or changes are written as _xHHHH_, and so is what looks like that.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BUILT_IN = {"": 0, "@": 49}
_OWN_FORMATS = 164
# The first two fills of a file are these, whatever it says of them.
_PATTERNS = ("none", "gray125")
_FILLS = ("FFE7E6E6", "FFFFF8E1", "FFFCE4E4")


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell is shown, where that is not what its value asks for by itself.

    `unit` is printed behind a number, `fill` is one of grey (1), yellow (2) and red (3).
    """

    is_bold: bool = False
    fill: int = 0
    is_wrapped: bool = False
    is_centred: bool = False
    has_border: bool = False
    unit: str = ""
    decimals: int | None = None
    hides_zero: bool = False
    size: int = 11


_BARE = Look()


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without its equals sign, and the value that it has."""

    text: str
    value: Decimal | str


class Shown(NamedTuple):
    """A value with a look of its own; None is an empty cell that has a look all the same."""

    value: str | int | Decimal | Formula | None
    look: Look


Cell = str | int | Decimal | Formula | Shown | None


class _Style(NamedTuple):
    number_format: str
    look: Look
    is_quoted: bool = False


@dataclass
class Styles:
    """The styles that the cells of one workbook use, each with its number in the file."""

    used: dict[_Style, int] = field(default_factory=lambda: {_Style("", _BARE): 0})
    bare: dict[tuple[str, bool], int] = field(default_factory=dict)

    def number_of(self, number_format: str, look: Look, is_quoted: bool = False) -> int:
        """Return the number of a style, a new one where it was not used before."""
        # Most cells have no look of their own: theirs are found without looking at it.
        key = number_format, is_quoted
        if look is _BARE and key in self.bare:
            return self.bare[key]
        plain = _Style(number_format, _plain(look), is_quoted)
        number = self.used.setdefault(plain, len(self.used))
        if look is _BARE:
            self.bare[key] = number
        return number

    def xml(self) -> str:
        """Return the part of the file that tells the styles."""
        formats = dict.fromkeys(style.number_format for style in self.used)
        own = [code for code in formats if code not in _BUILT_IN]
        numbers = _BUILT_IN | {code: _OWN_FORMATS + n for n, code in enumerate(own)}
        fonts = list(dict.fromkeys((style.look.is_bold, style.look.size) for style in self.used))
        told = [
            f'<numFmt numFmtId="{numbers[code]}" formatCode={quoteattr(code)}/>' for code in own
        ]
        return "".join(
            (
                _counted("numFmts", told),
                _counted("fonts", map(_font_xml, fonts)),
                _counted("fills", [*map(_pattern_xml, _PATTERNS), *map(_fill_xml, _FILLS)]),
                _counted("borders", [_border_xml(""), _border_xml(' style="thin"')]),
                '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
                "</cellStyleXfs>",
                _counted("cellXfs", (_style_xml(style, numbers, fonts) for style in self.used)),
                '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>',
                "</cellStyles>",
            )
        )


def _counted(name: str, entries: Iterable[str]) -> str:
    """Return a list of the styles with its count; nothing for one without entries."""
    listed = list(entries)
    return f'<{name} count="{len(listed)}">{"".join(listed)}</{name}>' if listed else ""


def _plain(look: Look) -> Look:
    """Leave of a look what its number format does not hold already."""
    return Look(
        look.is_bold,
        look.fill,
        look.is_wrapped,
        look.is_centred,
        look.has_border,
        size=look.size,
    )


def _style_xml(style: _Style, numbers: dict[str, int], fonts: list[tuple[bool, int]]) -> str:
    look = style.look
    fill = look.fill + len(_PATTERNS) - 1 if look.fill else 0
    aligned = ' horizontal="center"' if look.is_centred else ""
    aligned += ' vertical="center"' if look.is_centred else ' vertical="top"'
    aligned += ' wrapText="1"' if look.is_wrapped else ""
    quoted = ' quotePrefix="1"' if style.is_quoted else ""
    return (
        f'<xf numFmtId="{numbers[style.number_format]}" fontId="'
        f'{fonts.index((look.is_bold, look.size))}" fillId="{fill}" '
        f'borderId="{int(look.has_border)}" xfId="0"{quoted} applyNumberFormat="1" applyFont="1" '
        f'applyFill="1" applyBorder="1" applyAlignment="1"><alignment{aligned}/></xf>'
    )


def _font_xml(font: tuple[bool, int]) -> str:
    bold, size = font
    return f'<font>{"<b/>" if bold else ""}<sz val="{size}"/><name val="宋体"/></font>'


def _pattern_xml(name: str) -> str:
    return f'<fill><patternFill patternType="{name}"/></fill>'


def _fill_xml(colour: str) -> str:
    return f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/></patternFill></fill>'


def _border_xml(style: str) -> str:
    sides = "".join(f"<{side}{style}/>" for side in ("left", "right", "top", "bottom"))
    return f"<border>{sides}<diagonal/></border>"


@cache
def column_letters(column: int) -> str:
    """Return the letters of a column, from 1.

    >>> column_letters(1), column_letters(26), column_letters(27)
    ('A', 'Z', 'AA')
    """
    before, last = divmod(column - 1, 26)
    return (column_letters(before) if before else "") + chr(ord("A") + last)


def cell_xml(place: str, cell: Cell, styles: Styles) -> str:
    """Return a cell as it stands in the file; nothing for one that is empty and has no look."""
    value, look = cell if isinstance(cell, Shown) else (cell, _BARE)
    if value is None or value == "":
        if not isinstance(cell, Shown):
            return ""
        return f'<c r="{place}" s="{styles.number_of(_format(None, look), look)}"/>'
    if isinstance(value, Formula):
        return _formula_xml(place, value, look, styles)
    if isinstance(value, str):
        style = styles.number_of("@", look, value.startswith(_RUN))
        return _text_xml(place, value, style)
    number = Decimal(value)
    if len(number.as_tuple().digits) > _MOST_DIGITS:
        return _text_xml(place, f"{number:f}", styles.number_of("@", look))
    is_whole = isinstance(value, int) and look.decimals is None and not look.unit
    style = styles.number_of("" if is_whole else _format(number, look), look)
    return f'<c r="{place}" s="{style}"><v>{number:f}</v></c>'


def _formula_xml(place: str, formula: Formula, look: Look, styles: Styles) -> str:
    text = escape(formula.text)
    if isinstance(formula.value, str):
        style = styles.number_of("", look)
        value = escape(formula.value)
        return f'<c r="{place}" s="{style}" t="str"><f>{text}</f><v>{value}</v></c>'
    style = styles.number_of(_format(formula.value, look), look)
    return f'<c r="{place}" s="{style}"><f>{text}</f><v>{formula.value:f}</v></c>'


def _format(number: Decimal | None, look: Look) -> str:
    """Return a format with as many decimals as a number has, so that 13.50 is not shown as 13.5."""
    own = max(0, -int(number.as_tuple().exponent)) if number is not None else 0
    decimals = own if look.decimals is None else look.decimals
    shown = "#,##0" + ("." + "0" * min(decimals, _MOST_DECIMALS) if decimals else "")
    if number is None and look.decimals is None:
        return ""
    shown += f'"{look.unit}"' if look.unit else ""
    return f"{shown};-{shown};" if look.hides_zero else shown


def _text_xml(place: str, text: str, style: int) -> str:
    shown = text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"
    written = escape(_ESCAPED.sub(lambda match: f"_x{ord(match[0]):04X}_", shown))
    return (
        f'<c r="{place}" s="{style}" t="inlineStr">'
        f'<is><t xml:space="preserve">{written}</t></is></c>'
    )
