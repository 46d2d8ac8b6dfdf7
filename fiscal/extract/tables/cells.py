"""One cell: the figure it holds, or the numerals in its words and what each of them is.

A blank, a dash and a stroke state no figure; 0 and 0.00 do.

>>> figure_in("1,234.50"), figure_in("（5.20）").number, figure_in(" 3辆").unit
(Figure(start=0, end=8, number=Decimal('1234.50'), unit=''), Decimal('-5.20'), '辆')
>>> figure_in("-") is None and is_blank("-"), figure_in("1.234.5"), looks_like_figure("1.234.5")
(True, None, True)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from fiscal.errors import FiscalError
from fiscal.extract.numerals import COUNTED, normalised, numerals
from fiscal.money import UNITS, parse_amount

__all__ = [
    "Figure",
    "compact",
    "figure_in",
    "has_digit",
    "is_blank",
    "is_endless",
    "is_running_text",
    "looks_like_figure",
    "numerals_of_words",
    "unit_in_brackets",
]

_LONGEST_FIGURE = 60
_LONGEST_HEADER = 120
_BLANKS = frozenset(
    ("", "-", "—", "－", "–", "−", "--", "——", "―", "/", "／", "\\", "…", "……", "无")
)
_MONEY = "|".join(sorted(UNITS, key=len, reverse=True))
_UNIT = rf"{_MONEY}|%|‰|分|{COUNTED}"
# What most cells hold, read without the care that odd ones need.
_PLAIN = re.compile(r"-?(?:[0-9]{1,8}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.[0-9]{1,6})?")
_FIGURE = re.compile(
    r"\s{0,9}(?P<figure>(?P<open>\()?\s?(?P<sign>[-+—–]\s?)?"
    r"(?P<number>[0-9][0-9,，. ]*)\s?(?P<close>\))?)"
    rf"\s{{0,9}}(?P<unit>{_UNIT})?\s{{0,9}}"
)
_LOOKS_LIKE = re.compile(rf"[-+—–−0-9.,，()%\sA-Za-z]{{1,60}}(?:{_UNIT})?\s{{0,9}}")
_YEAR = re.compile(r"\s*(?:19|20)[0-9]{2}\s?年\s*")
_DIGIT = re.compile(r"\d")
_ENDLESS = re.compile(rf"\d{{{_LONGEST_FIGURE}}}")
_BRACKETED_UNIT = re.compile(
    rf"[(\[](?:(?:金额)?单位[:：])?(?P<unit>{_UNIT}|台[/、，,]套|个[/、]批次)[)\]]"
)
# A cell of so many characters that ends like a sentence is running text, whatever its column.
_RUNNING = 60


class Figure(NamedTuple):
    """A figure in a cell: its characters (sign and brackets included), number and printed unit."""

    start: int
    end: int
    number: Decimal
    unit: str


def figure_in(cell: str) -> Figure | None:
    """Return the figure a cell is, nothing for a cell that is blank or says more than a figure."""
    if _PLAIN.fullmatch(cell):
        return Figure(0, len(cell), Decimal(cell.replace(",", "")), "")
    if len(cell) > _LONGEST_FIGURE or not has_digit(cell):
        return None
    match = _FIGURE.fullmatch(normalised(cell))
    if match is None or bool(match["open"]) != bool(match["close"]) or _YEAR.fullmatch(match[0]):
        return None
    is_negative = bool(match["open"]) or (match["sign"] or "")[:1] in tuple("-—–")
    try:
        # A figure and no amount yet: parse_amount asks for some unit to judge the range by.
        number = parse_amount(
            match["number"].strip(), match["unit"] if match["unit"] in UNITS else "元"
        ).number
    except FiscalError:
        return None
    start, end = match.span("figure")
    return Figure(
        start,
        len(match["figure"].rstrip()) + start if end else end,
        -number if is_negative else number,
        match["unit"] or "",
    )


def is_blank(cell: str) -> bool:
    """Tell whether a cell states no figure: nothing in it, or a dash."""
    return not cell or cell.strip() in _BLANKS


def looks_like_figure(cell: str) -> bool:
    """Tell whether a cell is made of digits, letters and marks alone, readable or not."""
    return (
        has_digit(cell)
        and _LOOKS_LIKE.fullmatch(normalised(cell[: _LONGEST_FIGURE + 9])) is not None
    )


def has_digit(cell: str) -> bool:
    """Tell whether there is any digit in a text."""
    return _DIGIT.search(cell) is not None


def is_endless(cell: str) -> bool:
    """Tell whether a cell holds a run of digits that is longer than any figure."""
    return len(cell) > _LONGEST_FIGURE and _ENDLESS.search(cell) is not None


def is_running_text(cell: str) -> bool:
    """Tell whether a cell is prose and no label."""
    return len(cell) > _RUNNING and any(mark in cell for mark in "。；，：")


def numerals_of_words(cell: str, default: str | None) -> Iterator[tuple[int, int, str | None]]:
    """Yield the numerals in a cell of words with what each is, `default` where nothing tells."""
    if has_digit(cell):
        for numeral in numerals(cell):
            # A number alone in a line of text is a page's, in a cell it is not.
            kind = None if numeral.kind == "page_number" else numeral.kind
            yield numeral.start, numeral.end, kind or default


def compact(text: str) -> str:
    """Return a header or label without its blanks, brackets half-width, cut where it is no label.

    >>> compact("项　 目"), compact("因公出国（境）费")
    ('项目', '因公出国(境)费')
    """
    return _compact(text[:_LONGEST_HEADER])


@lru_cache(maxsize=4096)
def _compact(text: str) -> str:
    return re.sub(r"\s+", "", normalised(text))


def unit_in_brackets(text: str) -> str | None:
    """Return the unit a compact header or label gives in brackets.

    >>> unit_in_brackets("公务用车购置数(辆)"), unit_in_brackets("因公出国(境)费")
    ('辆', None)
    """
    match = _BRACKETED_UNIT.search(text)
    return match["unit"] if match else None
