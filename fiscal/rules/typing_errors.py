"""What a typist does to a figure, and how much it explains.

Given a printed figure and the values that the relations leave for it, a slip is a likely act that
leads from one of those values to the print: 元 for 万元, two digits transposed, one dropped. Its
cost is in bits, minus the logarithm of a probability: of the act, and of this outcome among all
that it can have. Without a slip the figure is simply another, and the more it costs the narrower
what the relations leave is beside its size, and the farther that lies from what is printed.

>>> from fiscal.money import parse_amount
>>> printed = parse_amount("13.52元")
>>> slip = likeliest(printed, Range(Fraction(135_100), Fraction(135_300)))
>>> slip.operation, format_amount(slip.amount)
('unit', '13.52万元')
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import NamedTuple

from fiscal.errors import Text
from fiscal.money import UNITS, Amount, format_amount
from fiscal.rules.elimination import Range

__all__ = [
    "ANOTHER_FIGURE",
    "OPERATIONS",
    "UNEXPLAINED",
    "Slip",
    "closest",
    "likeliest",
    "nearest",
    "otherwise",
    "slips",
]

OPERATIONS = {
    "unit": Text("单位写错", "wrong unit"),
    "decimal_point": Text("小数点错位", "decimal point misplaced"),
    "sign": Text("正负号写反", "wrong sign"),
    "transposed": Text("相邻数字颠倒", "two digits transposed"),
    "changed_digit": Text("一个数字写错", "one digit changed"),
    "dropped_digit": Text("漏写一个数字", "one digit dropped"),
    "doubled_digit": Text("一个数字重复", "one digit doubled"),
    "extra_digit": Text("多写一个数字", "one digit too many"),
    "copied": Text("误抄邻近数字", "a neighbour's figure copied"),
    "swapped": Text("两数互换", "two figures swapped"),
    "shifted_rows": Text("数字与行错位", "rows shifted against their labels"),
}
# How unlikely each act is, in bits.
_COSTS = {
    "unit": 3,
    "decimal_point": 5,
    "sign": 4,
    "transposed": 3,
    "changed_digit": 3,
    "dropped_digit": 4,
    "doubled_digit": 4,
    "extra_digit": 5,
}
# Nothing is typed with more care than a figure: it is the whole of what is said.
_OF_NOTHING = 4
_COMMON_UNITS = ("元", "万元", "亿元")
_SMALLEST_UNIT = "元"
# A figure that is another for no known reason, of which relations leave any value.
_OTHER = 10
# So far off a figure of another sign is, or nothing.
_MOST_DISTANT = 8
# What two figures cost each that are both others for no known reason.
UNEXPLAINED = 28
# One more wrong figure is this much less likely.
ANOTHER_FIGURE = 8
# More than any typed figure has: a range without an end.
_ENDLESS = 10**60
# Amounts and rates are printed with so many decimals, as a rule.
_USUAL_DECIMALS = 2
# A value is put forward without a slip to explain it where the relations leave no more than these.
_MOST_OPEN = 40


class Slip(NamedTuple):
    """An act, the amount that was meant, and the cost in bits."""

    operation: str | None
    amount: Amount | None
    cost: int


def likeliest(printed: Amount, left: Range) -> Slip:
    """Return the cheapest explanation; one without operation where no slip explains the print."""
    return min((*slips(printed, left), otherwise(printed, left)), key=lambda slip: slip.cost)


def otherwise(printed: Amount, left: Range) -> Slip:
    """Return the explanation that the figure is another; with the amount where it is determined."""
    step = printed.unit_value / Fraction(10**printed.decimals)
    meant = closest(printed.value, left)
    chance = 0
    if left.low is not None and left.high is not None:
        chance = _bits(abs(meant) / (left.high - left.low + step))
    cost = _OTHER + chance + _distance(printed.value, meant)
    return Slip(None, nearest(printed, left), cost)


def closest(value: Fraction, left: Range) -> Fraction:
    """Return the value of a range that lies closest to some value."""
    raised = value if left.low is None else max(value, left.low)
    return raised if left.high is None else min(raised, left.high)


def _distance(one: Fraction, other: Fraction) -> int:
    """Return how many times one grows by two fifths on the way to the other."""
    if one * other <= 0:
        return 0 if one == other else _MOST_DISTANT
    return min(_bits(max(one / other, other / one) ** 3), _MOST_DISTANT)


def _bits(ratio: Fraction) -> int:
    return max(int(ratio), 1).bit_length() - 1


def slips(printed: Amount, left: Range) -> list[Slip]:
    """Return every slip that leads from a value of the range to the print, the likeliest first."""
    windows: dict[tuple[str, int], _Window] = {}
    found: dict[_Meant, Slip] = {}
    for operation, meant, outcomes in _meant(printed):
        key = meant.unit, meant.decimals
        window = windows.get(key) or windows.setdefault(key, _window(left, *key))
        if not window.least <= meant.digits <= window.most:
            continue
        cost = _COSTS[operation] + outcomes.bit_length() + (0 if printed.number else _OF_NOTHING)
        if meant not in found or cost < found[meant].cost:
            found[meant] = Slip(operation, meant.amount, cost)
    return sorted((slip for slip in found.values() if slip.amount != printed), key=_order)


def nearest(printed: Amount, left: Range) -> Amount | None:
    """Return the middle of the range as it would be printed, None where too much is open."""
    if left.low is None or left.high is None:
        return None
    step = printed.unit_value / Fraction(10**printed.decimals)
    if left.high - left.low > _MOST_OPEN * step:
        return None
    middle = floor((left.low + left.high) / (2 * step) + Fraction(1, 2))
    return Amount(Decimal(middle).scaleb(-printed.decimals), printed.unit)


def _order(slip: Slip) -> tuple[int, str, str]:
    return slip.cost, slip.operation or "", format_amount(slip.amount) if slip.amount else ""


class _Meant(NamedTuple):
    """An amount as it is typed: its digits as one whole number, its decimals, its unit."""

    digits: int
    decimals: int
    unit: str

    @property
    def amount(self) -> Amount:
        return Amount(Decimal(self.digits).scaleb(-self.decimals), self.unit)


class _Window(NamedTuple):
    """Of amounts with some unit and decimals, the least and the most digits within a range."""

    least: int
    most: int


def _window(left: Range, unit: str, decimals: int) -> _Window:
    step = _Meant(1, decimals, unit).amount
    half = step.half_width / step.value
    least = -_ENDLESS if left.low is None else ceil(left.low / step.value - half)
    most = _ENDLESS if left.high is None else floor(left.high / step.value + half)
    return _Window(least, most)


def _meant(printed: Amount) -> Iterator[tuple[str, _Meant, int]]:
    """Yield what may have been meant, by which act, and how many outcomes that act can have."""
    text = format(abs(printed.number), "f")
    sign = -1 if printed.number < 0 else 1
    digits, decimals, unit = sign * int(text.replace(".", "")), printed.decimals, printed.unit
    # Nothing is nothing in every unit.
    if digits and (printed.is_money or not unit):
        for other in UNITS:
            if other != unit:
                yield "unit", _Meant(digits, decimals, other), 1 if other in _COMMON_UNITS else 63
    if digits and unit == _SMALLEST_UNIT:
        # 万元 turned into 元 where it was 元 already.
        yield "unit", _shifted(digits, decimals + 4, decimals, unit), 1
    for places in (1, 2):
        yield "decimal_point", _shifted(digits, decimals - places, decimals, unit), 4
        yield "decimal_point", _shifted(digits, decimals + places, decimals, unit), 4
    yield "sign", _Meant(-digits, decimals, unit), 1
    for operation, typed, outcomes in _retyped(text):
        point = typed.find(".")
        kept = len(typed) - point - 1 if point >= 0 else 0
        if (typed[0] == "0" and typed[1:2].isdigit()) or kept < min(decimals, _USUAL_DECIMALS):
            continue
        yield operation, _Meant(sign * int(typed.replace(".", "")), kept, unit), outcomes


def _shifted(digits: int, decimals: int, usual: int, unit: str) -> _Meant:
    """Return an amount with its decimal point moved, with no more decimals than it takes."""
    while decimals > usual and digits % 10 == 0:
        digits, decimals = digits // 10, decimals - 1
    return _Meant(digits * 10 ** max(-decimals, 0), max(decimals, 0), unit)


def _retyped(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield each text of which `text` is a slip of the fingers."""
    at_digit = [at for at, each in enumerate(text) if each.isdigit()]
    count = len(at_digit)
    for first, second in pairwise(at_digit):
        swapped = list(text)
        swapped[first], swapped[second] = text[second], text[first]
        yield "transposed", "".join(swapped), count
    for at in at_digit:
        for digit in "0123456789":
            if digit != text[at]:
                yield "changed_digit", text[:at] + digit + text[at + 1 :], 9 * count
            yield "dropped_digit", text[:at] + digit + text[at:], count + 1
    for digit in "0123456789":
        yield "dropped_digit", text + digit, count + 1
    if count > 1:
        yield from _shortened(text, at_digit)


def _shortened(text: str, at_digit: list[int]) -> Iterator[tuple[str, str, int]]:
    count = len(at_digit)
    for place, at in enumerate(at_digit):
        is_doubled = place > 0 and text[at] == text[at_digit[place - 1]]
        shorter = (text[:at] + text[at + 1 :]).rstrip(".")
        if shorter[:1].isdigit():
            operation = "doubled_digit" if is_doubled else "extra_digit"
            yield operation, shorter, count if is_doubled else 10 * count
