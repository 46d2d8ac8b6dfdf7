"""An amount: its exact value, the precision it was printed with, and its unit.

Most amounts are money. Counts (辆, 人次), rates (%) and scores (分) are amounts as well: their
value is the number itself, in their own unit, and only money has fen.

A figure printed with d decimals in a unit stands for every value within half of its last printed
place, so it is an interval of half-width ½·10⁻ᵈ of the unit; a bare 0 is exact. Values are
`fractions.Fraction` in yuan (元), columns hold integer fen (分, 0.01 元) in 64 bits. No value is
ever a float.

>>> amount = parse_amount("1,937.43万元")
>>> amount.value, amount.decimals, amount.half_width
(Fraction(19374300, 1), 2, Fraction(50, 1))
>>> amount.fen
1937430000
>>> parse_amount("１３．５２ 元") == parse_amount("13.52元")
True
>>> format_amount(parse_amount("1, 537.4万元"))
'1537.4万元'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil

from fiscal.errors import AmountOutOfRange, InvalidAmount, Text, listed

__all__ = [
    "MAXIMUM_FEN",
    "ROUNDED_UNITS",
    "UNITS",
    "Amount",
    "checked_fen",
    "format_amount",
    "format_exact",
    "format_rounded",
    "parse_amount",
]

# Yuan in one unit.
UNITS = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
# Units that are rounded like money and not counted one by one; the empty one was left out.
ROUNDED_UNITS = ("%", "‰", "分", "")
MAXIMUM_FEN = 2**63 - 1
# Longer figures are refused before they are computed with: none is money.
_LONGEST_FIGURE = 40
# Finer than a fen in 亿元 by two places; more decimals than this are no money.
_MOST_DECIMALS = 12

_TO_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，－＋−﹣　", "0123456789.,-+--\u0020")
_BLANKS_BESIDE_MARKS = re.compile(r"(?<=[.,+-])\s+|\s+(?=[.,])")
_FIGURE = re.compile(r"([+-]?)([0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)(\.[0-9]+)?")
_UNIT = re.compile("|".join(UNITS))
_EXPECTED = Text(
    "写成数字加单位，如 1937.43万元 或 1,937.43 万元",
    "write digits and a unit, like 1937.43万元 or 1,937.43 万元",
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed amount: `number` as printed, in `unit`: one of `UNITS`, or another as printed.

    The exponent of `number` keeps the printed decimals: 13.50 and 13.5 are equal in value and
    differ in precision. The unit is empty where none was printed.
    """

    number: Decimal
    unit: str

    @property
    def value(self) -> Fraction:
        """The exact amount in yuan, or in its own unit where it is no money."""
        return _exact(self.number, self.unit)

    @property
    def is_money(self) -> bool:
        """Tell whether the unit is one of money."""
        return self.unit in UNITS

    @property
    def unit_value(self) -> Fraction:
        """One of the printed unit in yuan, or in itself where it is no money."""
        return Fraction(UNITS.get(self.unit, 1))

    @property
    def decimals(self) -> int:
        """How many decimals were printed."""
        return max(0, -int(self.number.as_tuple().exponent))

    @property
    def half_width(self) -> Fraction:
        """Half of the last printed place; nothing for a count and no money, which are exact.

        A bare 0 of money says that there is none; 0% may be a rate too small for its place.
        """
        is_bare_zero = self.is_money and self.number == 0 and self.decimals == 0
        return Fraction(0) if is_bare_zero else self.rounded_half_width

    @property
    def rounded_half_width(self) -> Fraction:
        """The same where a bare 0 was rounded like the figures around it."""
        is_count = not self.is_money and self.unit not in ROUNDED_UNITS
        return Fraction(0) if is_count else self.unit_value / Fraction(2 * 10**self.decimals)

    @property
    def fen(self) -> int:
        """The amount in whole fen, for a 64-bit column.

        Raises InvalidAmount where the amount is no whole number of fen, and AmountOutOfRange
        where it does not fit.
        """
        fen = self.value * 100
        if fen.denominator != 1 or not self.is_money:
            raise InvalidAmount(
                Text(
                    f"{format_amount(self)} 不是整数分", f"{format_amount(self)} is not whole fen"
                ),
                Text("最多写到分（0.01 元）", "give no more than fen (0.01 元)"),
            )
        return checked_fen(fen.numerator)


@lru_cache(maxsize=65536)
def _exact(number: Decimal, unit: str) -> Fraction:
    return Fraction(number) * UNITS.get(unit, 1)


def checked_fen(fen: int) -> int:
    """Return `fen`, or raise AmountOutOfRange where 64 bits do not hold it."""
    if abs(fen) > MAXIMUM_FEN:
        raise AmountOutOfRange(
            Text(f"金额 {fen} 分超出范围", f"{fen} fen is out of range"),
            Text(
                f"绝对值不得超过 {MAXIMUM_FEN} 分（约 9.2 亿亿元）",
                f"no amount may exceed {MAXIMUM_FEN} fen (some 9.2·10¹⁶ yuan)",
            ),
        )
    return fen


def parse_amount(text: str, unit: str | None = None) -> Amount:
    """Read a figure with its unit; `unit` serves where the text prints none.

    Thousands separators, full-width digits and blanks inside the figure are understood. Raises
    InvalidAmount where the text is no figure, has no unit, or has another unit than `unit`, and
    AmountOutOfRange beyond 64-bit fen.
    """
    plain = text.translate(_TO_HALF_WIDTH).strip()
    printed = _UNIT.search(plain)
    figure = plain[: printed.start()] if printed and printed.end() == len(plain) else plain
    number = _parse_figure(figure, text)
    amount = Amount(number, _settle_unit(printed.group() if printed else None, unit, text))
    checked_fen(ceil(abs(amount.value) * 100))
    return amount


def _settle_unit(printed: str | None, given: str | None, text: str) -> str:
    found = printed or given or ""
    if found not in UNITS:
        known = listed(UNITS)
        raise InvalidAmount(
            Text(f"“{text}”没有可用的单位", f"“{text}” has no unit that is known"),
            Text(f"单位须为 {known.zh} 之一", f"give one of the units {known.en}"),
        )
    if given and printed and given != printed:
        raise InvalidAmount(
            Text(f"“{text}”的单位与所给的 {given} 不同", f"“{text}” is not in the given {given}"),
            Text("一列只用一个单位", "use one unit in one column"),
        )
    return found


def _parse_figure(figure: str, text: str) -> Decimal:
    short = figure.strip() if len(figure) <= _LONGEST_FIGURE else ""
    match = _FIGURE.fullmatch(_BLANKS_BESIDE_MARKS.sub("", short))
    if match is None or len(match[3] or "") > _MOST_DECIMALS + 1:
        shown = text if len(text) <= _LONGEST_FIGURE else f"{text[:_LONGEST_FIGURE]}…"
        raise InvalidAmount(Text(f"“{shown}”不是金额", f"“{shown}” is not an amount"), _EXPECTED)
    sign, whole, fraction = match.groups(default="")
    return Decimal(sign + whole.replace(",", "").replace(" ", "") + fraction)


def format_amount(amount: Amount) -> str:
    """Write an amount so that `parse_amount` gives it back.

    >>> format_amount(parse_amount("13.50元"))
    '13.50元'
    """
    return f"{amount.number:f}{amount.unit}"


def format_exact(value: Fraction, decimals: int = 0) -> str:
    """Write a value with all of its decimals, and at least `decimals` of them.

    Raises ValueError for a value that no finite decimal equals, such as a third.

    >>> format_exact(Fraction(118401352, 10**6), 2), format_exact(Fraction(20), 2)
    ('118.401352', '20.00')
    """
    while (value * 10**decimals).denominator != 1:
        if decimals > _LONGEST_FIGURE:
            raise ValueError(f"{value} is no finite decimal")
        decimals += 1
    return format_rounded(value, decimals)


def format_rounded(value: Fraction, decimals: int) -> str:
    """Write a value rounded half up (away from zero) to `decimals`.

    >>> format_rounded(Fraction(5, 1000), 2), format_rounded(Fraction(-5, 1000), 2)
    ('0.01', '-0.01')
    """
    scaled = abs(value) * 10**decimals
    digits = str((scaled + Fraction(1, 2)).__floor__()).zfill(decimals + 1)
    whole, fraction = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
    sign = "-" if value < 0 and int(digits) else ""
    return f"{sign}{whole}.{fraction}" if decimals else f"{sign}{whole}"
