"""How an office writes: its units, digits, blanks, brackets and headings."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from random import Random

from fiscal.money import UNITS, format_rounded

__all__ = ["Style", "random_style"]

_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
_HALF_WIDTH_MARKS = str.maketrans("，：；（）", ",:;()")


@dataclass(frozen=True)
class Style:
    """The habits of one office; a mixed one parts thousands only now and then."""

    unit: str = "万元"
    decimals: int = 2
    rate_decimals: int = 2
    separator: str = ""
    is_trimmed: bool = False
    is_full_width: bool = False
    blank: str = ""
    year_word: str = "年度"
    marks: str = "full"
    percent: str = "%"
    headings: str = "一、"
    entries: str = "1."
    has_bookmarks: bool = False
    is_damaged: bool = False
    drops_percent: bool = False
    is_mixed: bool = False

    def amount(self, value: Fraction, unit: str = "") -> str:
        """Print yuan in the office's unit, or in another."""
        unit = unit or self.unit
        decimals = 4 if unit == "亿元" else self.decimals
        return self.digits(format_rounded(value / UNITS[unit], decimals))

    def rate(self, value: Fraction) -> str:
        """Print a share or a rate in percent."""
        return self.digits(format_rounded(value * 100, self.rate_decimals))

    def digits(self, number: str) -> str:
        """Print a number with the office's separators and digits."""
        if self.is_trimmed and "." in number:
            number = number.rstrip("0").rstrip(".")
        if self.separator and not (self.separator == "，" and "." not in number):
            number = f"{Decimal(number):,f}".replace(",", self.separator)
        return number.translate(_FULL_WIDTH) if self.is_full_width else number

    def words(self, text: str) -> str:
        """Print words with the office's marks."""
        return text.translate(_HALF_WIDTH_MARKS) if self.marks == "half" else text


def random_style(random: Random, *, is_plain: bool = False) -> Style:
    """Draw the habits of an office; a plain one damages no numbers."""
    pick = random.choice
    return Style(
        unit=pick(("万元", "万元", "万元", "万元", "元", "亿元")),
        decimals=pick((2, 2, 2, 2, 1, 0)),
        rate_decimals=pick((2, 2, 2, 1, 0)),
        separator=pick(("", "", "", ",", ",", "，", ", ")),
        is_trimmed=pick((False, False, False, True)),
        is_full_width=random.random() < 0.06,
        blank=pick(("", "", "", " ")),
        year_word=pick(("年度", "年")),
        marks=pick(("full", "full", "full", "half")),
        percent=pick(("%", "%", "%", "％")),
        headings=pick(("一、", "一、", "（一）", "1.", "1、", "一.")),
        entries=pick(("1.", "1、", "（1）", "⑴、", "⑴", "①", "(1)", "")),
        has_bookmarks=random.random() < 0.15,
        is_damaged=not is_plain and random.random() < 0.15,
        is_mixed=random.random() < 0.1,
        drops_percent=not is_plain and random.random() < 0.06,
    )
