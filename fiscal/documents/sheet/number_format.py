"""What a number format of a workbook prints for a number or a date.

A workbook stores a number as a binary double, of which 15 significant digits are exact; those are
what is taken, as a `Decimal`, and rounded as the format prints them. Nothing is computed with the
double. A currency sign is left out and brackets around a negative figure become its minus, so that
a figure reads the same in every format. Formats: ECMA-376 (5th edition), part 1, 18.8.31.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

__all__ = ["BUILT_IN", "GENERAL", "printed"]

GENERAL = "General"
# Formats that files name by number alone, as Chinese offices see them; the others mean General.
BUILT_IN = {
    number: code
    for numbers, code in (
        ((1,), "0"),
        ((2,), "0.00"),
        ((3,), "#,##0"),
        ((4,), "#,##0.00"),
        ((9,), "0%"),
        ((10,), "0.00%"),
        ((14,), "yyyy/m/d"),
        ((20,), "h:mm"),
        ((21,), "h:mm:ss"),
        ((22,), "yyyy/m/d h:mm"),
        ((27, 36, 50, 57), "yyyy年m月"),
        ((28, 29, 51, 54, 58), "m月d日"),
        ((31,), "yyyy年m月d日"),
        ((37, 38), "#,##0;-#,##0"),
        ((39, 40), "#,##0.00;-#,##0.00"),
        ((41, 42), '#,##0;-#,##0;"-"'),
        ((43, 44), '#,##0.00;-#,##0.00;"-"'),
    )
    for number in numbers
}
_EXACT_DIGITS = ".15g"
# Quoted text; an escaped character; a blank or a filler; a colour, currency or language; any other.
_TOKEN = re.compile(r'"([^"]*)"|[\\!](.)|[_*].|\[([^\]]*)\]|(.)', re.DOTALL)
_LITERAL = "\0"
_FIGURE = re.compile(r"[0#?][0#?,]*(?:\.[0#?]*)?,*")
_DATE = re.compile(r"y+|m+|d+|h+|s+", re.IGNORECASE)
_CURRENCY = re.compile(r"[￥¥$€£]")
_FIRST_DAYS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
_LAST_DAY = 2_958_465
_MINUS = " ()-"
# Ten to this power is past all money, and near the digits that a Decimal keeps.
_LARGEST_POWER = 20


class _Section(NamedTuple):
    """A part of a format: its characters, and the same with `_LITERAL` for each printed as is."""

    shown: str
    marks: str


class _Figure(NamedTuple):
    """How a section shows a number: text around it, rounding, and the digits it must have."""

    before: str
    after: str
    power: int
    step: Decimal
    optional: int
    width: int
    is_grouped: bool
    hides_zero: bool

    def show(self, number: Decimal) -> str:
        """Return a number as it is shown."""
        digits = self._digits(abs(number))
        if number < 0 and any(map(digits.__contains__, "123456789")):
            return f"{self.before.strip(_MINUS)}-{digits}{self.after.strip(_MINUS)}"
        return f"{self.before}{digits}{self.after}"

    def _digits(self, number: Decimal) -> str:
        if self.hides_zero and not number:
            return ""
        rounded = number.scaleb(self.power).quantize(self.step, ROUND_HALF_UP)
        text = f"{rounded:,f}" if self.is_grouped else f"{rounded:f}".zfill(self.width)
        for _ in range(self.optional):
            text = text.removesuffix("0")
        return text.rstrip(".") if self.optional else text


def printed(stored: float | str, number_format: str, *, is_1904: bool = False) -> str:
    """Return what a format prints for a stored number, without blanks around it.

    >>> printed(1937.4, "#,##0.00_ "), printed(2010301, "General"), printed("0.1234", "0.00%")
    ('1,937.40', '2010301', '12.34%')
    >>> printed(0, BUILT_IN[43]), printed(-3.5, "0.00_);(0.00)"), printed(45657, "yyyy年m月")
    ('-', '-3.50', '2024年12月')
    """
    number = Decimal(format(float(stored), _EXACT_DIGITS))
    if not number.is_finite():
        return str(stored)
    section = _choose(_sections(number_format or GENERAL), number)
    if _is_general(section) or number.adjusted() > _LARGEST_POWER:
        return _plain(number)
    if _is_date(section):
        return _date(number, section, is_1904=is_1904)
    figure = _figure(section)
    return figure.show(number) if figure else section.shown.strip()


@lru_cache(maxsize=1024)
def _is_general(section: _Section) -> bool:
    is_text = section.marks.strip(_LITERAL + " ").lower() in ("general", "@")
    is_fraction = len(_FIGURE.findall(section.marks)) > 1
    return is_text or is_fraction or "E+" in section.marks.upper()


@lru_cache(maxsize=1024)
def _is_date(section: _Section) -> bool:
    return bool(_DATE.search(section.marks)) and "0" not in section.marks


@lru_cache(maxsize=1024)
def _sections(number_format: str) -> tuple[_Section, ...]:
    sections = [_Section("", "")]
    for match in _TOKEN.finditer(number_format):
        literal = match[1] if match[1] is not None else match[2]
        if match[4] == ";":
            sections.append(_Section("", ""))
        elif literal is not None:
            shown, marks = sections[-1]
            sections[-1] = _Section(shown + literal, marks + _LITERAL * len(literal))
        elif match[4]:
            shown, marks = sections[-1]
            sections[-1] = _Section(shown + match[4], marks + match[4])
    return tuple(sections)


def _choose(sections: tuple[_Section, ...], number: Decimal) -> _Section:
    if number < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if number == 0 and len(sections) > 2 else sections[0]


def _plain(number: Decimal) -> str:
    return f"{number:f}" if number else "0"


@lru_cache(maxsize=1024)
def _figure(section: _Section) -> _Figure | None:
    found = _FIGURE.search(section.marks)
    if found is None:
        return None
    places = found.group().rstrip(",")
    whole, _, decimals = places.partition(".")
    return _Figure(
        before=_CURRENCY.sub("", section.shown[: found.start()]).strip(),
        after=_CURRENCY.sub("", section.shown[found.end() :]).strip(),
        power=2 * ("%" in section.marks) - 3 * (len(found.group()) - len(places)),
        step=Decimal(1).scaleb(-len(decimals)),
        optional=len(decimals) - len(decimals.rstrip("#?")),
        width=whole.count("0") + len(decimals) + bool(decimals),
        is_grouped="," in whole,
        hides_zero="0" not in places,
    )


def _date(number: Decimal, section: _Section, *, is_1904: bool) -> str:
    if not 0 <= number <= _LAST_DAY:
        return _plain(number)
    moment = _FIRST_DAYS[is_1904] + timedelta(seconds=round(float(number) * 86_400))
    parts, position, is_time = [], 0, False
    for match in _DATE.finditer(section.marks):
        letters = match.group().lower()
        parts.append(section.shown[position : match.start()])
        letters = "n" * len(letters) if is_time and letters[0] == "m" else letters
        parts.append(_PARTS[letters[0]](moment, len(letters)))
        is_time = letters[0] in "hn"
        position = match.end()
    return "".join((*parts, section.shown[position:])).replace("@", "").strip()


_PARTS: dict[str, Callable[[datetime, int], str]] = {
    "y": lambda moment, length: f"{moment:%Y}" if length > 2 else f"{moment:%y}",
    "m": lambda moment, length: str(moment.month).zfill(min(length, 2)),
    "d": lambda moment, length: str(moment.day).zfill(min(length, 2)),
    "h": lambda moment, length: str(moment.hour).zfill(min(length, 2)),
    "n": lambda moment, length: str(moment.minute).zfill(min(length, 2)),
    "s": lambda moment, length: str(moment.second).zfill(min(length, 2)),
}
