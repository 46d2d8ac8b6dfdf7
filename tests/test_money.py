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
        ("3百万元", 3000000, 0),
        (" 13.52元　", Fraction(1352, 100), 2),
        ("0.000000000001亿元", Fraction(1, 10**4), 12),
        ("0" * 38 + "12元", 12, 0),
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
        ("0.0万元", 500),
        ("1元", Fraction(1, 2)),
        ("-1元", Fraction(1, 2)),
    ],
)
def test_the_interval_is_half_of_the_last_printed_place(text, half_width):
    """A bare 0 is exact; a 0.00 was rounded."""
    assert parse_amount(text).half_width == half_width


@pytest.mark.parametrize(
    ("number", "unit", "half_width"),
    [
        ("3", "辆", 0),
        ("2.5", "人次", 0),
        ("12.5", "%", Fraction(5, 100)),
        ("0", "%", Fraction(1, 2)),
        ("90", "分", Fraction(1, 2)),
    ],
)
def test_what_is_counted_is_exact_and_what_is_measured_was_rounded(number, unit, half_width):
    """Three cars are three, and are no money; 0% may be a rate too small for its place."""
    amount = Amount(Decimal(number), unit)
    assert (amount.value, amount.half_width) == (Fraction(number), half_width)
    assert not amount.is_money
    with pytest.raises(InvalidAmount):
        amount.fen  # noqa: B018


def test_a_number_of_whole_hundreds_has_no_decimals():
    """Nor fewer than none."""
    assert Amount(Decimal("1E+2"), "元").decimals == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5元3",
        "0.0000000000001亿元",
        "万元",
        "abc元",
        "1.2.3元",
        "1,23元",
        "12,3456元",
        "1e5元",
        "12..5元",
        "--5元",
        "9" * 41 + "元",
    ],
)
def test_what_is_no_figure_is_refused(text):
    """A misplaced separator is not quietly read as another number."""
    with pytest.raises(InvalidAmount, match="不是金额"):
        parse_amount(text)


def test_what_is_refused_is_shown_in_brief():
    """A page of digits is not told back in full."""
    with pytest.raises(InvalidAmount, match=f"“{'x' * 40}”不是金额"):
        parse_amount("x" * 40)
    with pytest.raises(InvalidAmount, match=f"“{'x' * 40}…”不是金额"):
        parse_amount("x" * 41)


def test_a_figure_without_a_unit_needs_one_given():
    """元 and 万元 are never guessed between."""
    assert parse_amount("13.52", "万元") == Amount(Decimal("13.52"), "万元")
    assert parse_amount("13.52万元", "万元") == Amount(Decimal("13.52"), "万元")
    with pytest.raises(InvalidAmount, match="没有可用的单位"):
        parse_amount("13.52")
    with pytest.raises(InvalidAmount, match="没有可用的单位"):
        parse_amount("13", "辆")
    with pytest.raises(InvalidAmount, match="不同"):
        parse_amount("13.52元", "万元")


def test_fen_are_whole_and_fit_64_bits():
    """The largest amount passes, one fen more does not; a tenth of a fen is none."""
    assert parse_amount("92233720368547758.07元").fen == MAXIMUM_FEN
    with pytest.raises(AmountOutOfRange):
        parse_amount("92233720368547758.08元")
    with pytest.raises(AmountOutOfRange):
        parse_amount("-92233720368547758.08元")
    for text in ("9" * 40 + "元", "92233720368547758.071元", "-92233720368547758.071元"):
        with pytest.raises(AmountOutOfRange):
            parse_amount(text)
    for fen in (MAXIMUM_FEN + 1, -MAXIMUM_FEN - 1):
        with pytest.raises(AmountOutOfRange):
            checked_fen(fen)
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


def test_an_exact_decimal_has_no_more_places_than_it_needs():
    """Nor a point where it is whole."""
    assert [format_exact(Fraction(n, 100)) for n in (500, 50, 55)] == ["5", "0.5", "0.55"]


def test_a_third_is_no_exact_decimal():
    """What cannot be written exactly is not written as if it could."""
    with pytest.raises(ValueError, match="no finite decimal"):
        format_exact(Fraction(1, 3))
