"""What a form comes to, and how far the printing of its figures lets it move."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiscal.model import Fact, Span
from fiscal.money import Amount, parse_amount
from fiscal.rules.relation import Term
from fiscal.rules.tolerance import ROUNDED_ZERO, cancelled, half_width, weigh, zero_is_rounded
from tests.laws.strategies import amounts
from tests.rates import rate_of

coefficients = st.fractions(min_value=-100, max_value=100, max_denominator=30)


def figure(amount: Amount | str, fact_id: str = "") -> Fact:
    text = str(amount)
    value = amount if isinstance(amount, Amount) else parse_amount(amount)
    return Fact(fact_id or text, text, None, "final", 2024, value, None, "", Span(text, 0, 1))


def weighed_exactly(*amounts: str) -> tuple[Fraction, Fraction]:
    """Weigh a sum; return its value and its tolerance."""
    weighed = weigh([(Fraction(1), figure(amount)) for amount in amounts])
    return Fraction(weighed.residual, weighed.scale), Fraction(weighed.tolerance, weighed.scale)


@pytest.mark.parametrize(
    ("amount", "alone", "among_whole_figures"),
    [
        ("0万元", 0, 5000),
        ("0.00万元", 50, 50),
        ("7万元", 5000, 5000),
        ("0元", 0, Fraction(1, 2)),
    ],
)
def test_a_bare_zero_is_exact_unless_its_neighbours_are_whole(amount, alone, among_whole_figures):
    fact = figure(amount)
    assert half_width(fact) == alone
    assert half_width(fact, zero_is_rounded=True) == among_whole_figures


def test_a_zero_that_is_no_money_is_not_told_by_its_neighbours():
    """No car is no car, and a rate of 0% was rounded wherever it stands."""
    cars, rate = figure(Amount(rate_of("0%").number, "辆")), figure(rate_of("0%"))
    assert half_width(cars) == half_width(cars, zero_is_rounded=True) == 0
    assert half_width(rate) == half_width(rate, zero_is_rounded=True) == Fraction(1, 2)


def test_a_zero_that_prose_tells_in_whole_units_is_rounded():
    """Its flag says so, whatever stands beside it."""
    flagged = replace(figure("0万元"), flags=frozenset((ROUNDED_ZERO,)))
    assert half_width(flagged) == 5000
    weighed = weigh([(Fraction(1), flagged), (Fraction(1), figure("1.00元"))])
    assert Fraction(weighed.tolerance, weighed.scale) == 5000 + Fraction(1, 200)


def test_whole_figures_alone_make_a_zero_rounded():
    """One figure with decimals says that the form keeps them."""
    assert zero_is_rounded(map(figure, ("0万元", "3万元")))
    assert not zero_is_rounded(map(figure, ("0万元", "3.0万元")))
    assert weighed_exactly("0万元", "3万元") == (30000, 10000)
    assert weighed_exactly("0万元", "3.0万元") == (30000, 500)


def test_a_figure_that_stands_twice_is_put_together():
    """Twice the same is one figure taken twice; once each way it is not there at all."""
    one, other = figure("1.00元"), figure("2.00元")
    form = tuple(Term(Fraction(c), fact) for c, fact in ((1, one), (3, other), (1, one)))
    assert cancelled(form) == {one.id: (2, one), other.id: (3, other)}
    assert cancelled((*form, Term(Fraction(-3), other))) == {one.id: (2, one)}


@given(st.lists(st.tuples(coefficients, amounts), max_size=6))
def test_a_form_is_weighed_without_rounding(terms):
    """Σ c·x, Σ |c|·h and Σ (c·h)², though all in whole numbers."""
    facts = [(c, figure(amount, str(place))) for place, (c, amount) in enumerate(terms)]
    weighed = weigh(facts)
    rounded = zero_is_rounded(fact for _, fact in facts)
    halves = [(c, half_width(fact, rounded)) for c, fact in facts]
    assert Fraction(weighed.residual, weighed.scale) == sum(c * a.value for c, a in terms)
    assert Fraction(weighed.tolerance, weighed.scale) == sum(abs(c) * h for c, h in halves)
    assert Fraction(weighed.spread, weighed.scale**2) == sum((c * h) ** 2 for c, h in halves)
