"""Amounts keep their exact value, printed precision and unit."""

from decimal import Decimal
from fractions import Fraction

import pytest

from fiscal.errors import AmountOutOfRange, InvalidAmount
from fiscal.money import (
    MAXIMUM_FEN,
    Amount,
    checked_fen,
    format_exact,
    format_rounded,
    parse_amount,
)


@pytest.mark.parametrize(
    ("text", "yuan", "decimals"),
    [
        ("13.52元", Fraction(1352, 100), 2),
        ("13.52万元", 135200, 2),
        ("1,937.43万元", 19374300, 2),
        ("1, 537.4万元", 15374000, 1),
        ("3，518.85 万元", 35188500, 2),
        ("１９３７．４３万元", 19374300, 2),
        ("-8.63万元", -86300, 2),
        ("－8.63万元", -86300, 2),
        ("2亿元", 200000000, 0),
        ("7千元", 7000, 0),
        ("1 234 567元", 1234567, 0),
        ("0.00万元", 0, 2),
    ],
)
def test_every_spelling_met_in_documents_is_read_exactly(text, yuan, decimals):
    """Separators, full-width digits and inner blanks change nothing of the value."""
    amount = parse_amount(text)
    assert (amount.value, amount.decimals) == (yuan, decimals)


@pytest.mark.parametrize(
    ("text", "half_width"),
    [
        ("13.52元", Fraction(5, 1000)),
        ("13.52万元", 50),
        ("74万元", 5000),
        ("0万元", 0),
        ("0.00万元", 50),
    ],
)
def test_the_interval_is_half_of_the_last_printed_place(text, half_width):
    """A bare 0 is exact; a 0.00 was rounded."""
    assert parse_amount(text).half_width == half_width


@pytest.mark.parametrize(
    "text",
    [
        "",
        "万元",
        "abc元",
        "1.2.3元",
        "1,23元",
        "12,3456元",
        "1e5元",
        "12..5元",
        "--5元",
        "9" * 50 + "元",
    ],
)
def test_what_is_no_figure_is_refused(text):
    """A misplaced separator is not quietly read as another number."""
    with pytest.raises(InvalidAmount, match="不是金额"):
        parse_amount(text)


def test_a_figure_without_a_unit_needs_one_given():
    """元 and 万元 are never guessed between."""
    assert parse_amount("13.52", "万元") == Amount(Decimal("13.52"), "万元")
    with pytest.raises(InvalidAmount, match="没有可用的单位"):
        parse_amount("13.52")
    with pytest.raises(InvalidAmount, match="不同"):
        parse_amount("13.52元", "万元")


def test_fen_are_whole_and_fit_64_bits():
    """The largest amount passes, one fen more does not; a tenth of a fen is none."""
    assert parse_amount("92233720368547758.07元").fen == MAXIMUM_FEN
    with pytest.raises(AmountOutOfRange):
        parse_amount("92233720368547758.08元")
    with pytest.raises(AmountOutOfRange):
        parse_amount("-92233720368547758.08元")
    with pytest.raises(AmountOutOfRange):
        checked_fen(MAXIMUM_FEN + 1)
    with pytest.raises(InvalidAmount, match="不是整数分"):
        parse_amount("0.001元").fen  # noqa: B018


def test_rounding_is_half_away_from_zero():
    """As people round, not to even."""
    assert [format_rounded(Fraction(n, 1000), 2) for n in (125, 135, -125, -4)] == [
        "0.13",
        "0.14",
        "-0.13",
        "0.00",
    ]
    assert format_rounded(Fraction(5, 2), 0) == "3"


def test_a_third_is_no_exact_decimal():
    """What cannot be written exactly is not written as if it could."""
    with pytest.raises(ValueError, match="no finite decimal"):
        format_exact(Fraction(1, 3))
