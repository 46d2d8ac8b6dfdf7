"""What must be true of every amount."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from fiscal.money import UNITS, format_amount, format_exact, format_rounded, parse_amount
from tests.laws.strategies import amounts

FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


class TestRoundTrip:
    """“parse ∘ format = identity.”"""

    @given(amounts)
    def test_a_written_amount_reads_back(self, amount):
        again = parse_amount(format_amount(amount))
        assert (again, again.decimals) == (amount, amount.decimals)

    @given(amounts)
    def test_separators_and_full_width_digits_change_nothing(self, amount):
        written = f"{amount.number:,f}".translate(FULL_WIDTH) + amount.unit
        assert parse_amount(written) == amount

    @given(st.integers(-(10**20), 10**20), st.integers(0, 12), st.integers(0, 12))
    def test_an_exact_decimal_reads_back(self, digits, decimals, least):
        value = Fraction(digits, 10**decimals)
        assert Fraction(format_exact(value, least)) == value


class TestInterval:
    """“A figure printed with d decimals in a unit is v ± ½·10⁻ᵈ·unit.”"""

    @given(st.integers(-(10**15), 10**15), st.integers(0, 6), st.sampled_from(sorted(UNITS)))
    def test_a_rounded_amount_holds_what_it_was_rounded_from(self, yuan, decimals, unit):
        printed = format_rounded(Fraction(yuan, UNITS[unit]), decimals) + unit
        amount = parse_amount(printed)
        exact_zero = amount.number == 0 and decimals == 0
        assert exact_zero or abs(amount.value - yuan) <= amount.half_width

    @given(amounts)
    def test_units_only_scale(self, amount):
        assert amount.value == Fraction(amount.number) * UNITS[amount.unit]
