"""Where rounding ends and an error begins: the ends of intervals, pinned by example."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from fiscal.model import Fact, Outcome, Span
from fiscal.money import Amount, parse_amount
from fiscal.rules.evaluate import Band, Judgement, judge, judge_all
from fiscal.rules.relation import Relation, Term
from tests.rates import rate_of


def figure(amount: str, measure: str = "final", fact_id: str = "") -> Fact:
    value = rate_of(amount) if amount.endswith("%") else parse_amount(amount)
    span = Span(amount, 0, len(amount))
    return Fact(fact_id or amount, amount, None, measure, 2024, value, None, "", span)


def total(whole: str, *parts: str, **kinds: bool) -> Judgement:
    """Judge that `parts` make `whole`."""
    facts = [figure(part, fact_id=f"{part}{place}") for place, part in enumerate(parts)]
    form = (Term(Fraction(1), figure(whole)), *(Term(Fraction(-1), fact) for fact in facts))
    return judge(Relation("S000", "test", form, **kinds))


def weighed(*terms: tuple[int, str]) -> Judgement:
    """Judge that some figures, each taken so many times, come to nothing."""
    form = tuple(Term(Fraction(times), figure(amount)) for times, amount in terms)
    return judge(Relation("S000", "test", form))


def share(rate: str, part: str, whole: str) -> Judgement:
    one = Fraction(1)
    forms = (Term(one, figure(part)),), (Term(one, figure(whole)),)
    return judge(Relation("P000", "test", *forms, rate=figure(rate, "share")))


@pytest.mark.parametrize(
    ("whole", "parts", "band"),
    [
        ("3.00万元", ("1.00万元", "2.00万元"), Band.EXACT),
        # Three figures, each within 50元: 150元 is the most that rounding explains.
        ("3.01万元", ("1.00万元", "2.00万元"), Band.ROUNDING),
        ("3.015万元", ("1.00万元", "2.00万元"), Band.VIOLATED),
        ("30150元", ("1.00万元", "2.00万元"), Band.VIOLATED),
        ("3.02万元", ("1.00万元", "2.00万元"), Band.VIOLATED),
    ],
)
def test_a_sum_may_be_off_by_half_a_place_of_every_figure(whole, parts, band):
    assert total(whole, *parts).band is band


def test_the_very_end_of_the_tolerance_still_holds_and_one_fen_more_does_not():
    """1.00万元 and 2.00万元 leave 100元; a figure printed to the fen leaves half a fen."""
    assert total("30100.00元", "1.00万元", "2.00万元").outcome is Outcome.HOLDS
    assert total("30100.01元", "1.00万元", "2.00万元").outcome is Outcome.VIOLATED
    assert total("1.01万元", "1.00万元").outcome is Outcome.HOLDS


def test_a_long_sum_is_told_when_rounding_alone_hardly_explains_it():
    """Of twenty parts 3σ is √60·half, and the bound 21·half: between them it is tight."""
    parts = ["1.00万元"] * 20
    assert total("20.03万元", *parts).band is Band.ROUNDING
    assert total("20.04万元", *parts).band is Band.TIGHT
    assert total("20.05万元", *parts).band is Band.TIGHT
    assert total("20.10万元", *parts).band is Band.TIGHT
    assert total("20.11万元", *parts).band is Band.VIOLATED


def test_three_standard_deviations_are_still_rounding():
    """Of twelve figures 3σ is 6·half."""
    parts = ["1.00万元"] * 11
    assert total("11.03万元", *parts).band is Band.ROUNDING
    assert total("11.04万元", *parts).band is Band.TIGHT


@pytest.mark.parametrize("sign", [1, -1])
def test_what_is_computed_is_told_for_the_first_figure(sign):
    """Twice 1.00万元 should be 2.02万元: it is 100元 short, and open by 50元 and half of 50元."""
    judged = weighed((2 * sign, "1.00万元"), (-sign, "2.02万元"))
    assert (judged.stated, judged.computed, judged.difference) == (10000, 10100, -100)
    assert judged.tolerance == 75
    assert judged.is_violated


def test_a_figure_on_both_sides_is_one_figure():
    """x − x leaves nothing open, so that its rounding is not counted."""
    one, other = figure("1.00万元"), figure("2.00万元")
    terms = ((one, 1), (other, 1), (one, -1), (figure("2.01万元"), -1))
    relation = Relation("S000", "t", tuple(Term(Fraction(c), fact) for fact, c in terms))
    judged = judge(relation)
    assert judged.tolerance == 100
    assert judged.band is Band.ROUNDING


def test_a_bare_zero_is_nothing_among_decimals_and_rounded_among_whole_figures():
    assert total("0.01万元", "0万元").outcome is Outcome.VIOLATED
    assert total("3万元", "2万元", "0万元").outcome is Outcome.HOLDS


@pytest.mark.parametrize(
    ("rate", "part", "whole", "band"),
    [
        ("50.00%", "1.00元", "2.00元", Band.EXACT),
        ("0.11%", "2.21万元", "1937.43万元", Band.ROUNDING),
        ("0.12%", "2.21万元", "1937.43万元", Band.VIOLATED),
        # 95.4572 cut off, not rounded.
        ("95.45%", "9746.50万元", "10210.34万元", Band.TIGHT),
        ("95.47%", "9746.50万元", "10210.34万元", Band.VIOLATED),
        ("95.44%", "9746.50万元", "10210.34万元", Band.VIOLATED),
        ("95.44%", "9746.00万元", "10210.34万元", Band.VIOLATED),
        ("-95.45%", "-9746.50万元", "10210.34万元", Band.TIGHT),
        ("-95.44%", "-9746.00万元", "10210.34万元", Band.VIOLATED),
        ("-95.46%", "-9746.00万元", "10210.34万元", Band.VIOLATED),
        # 0.4572 cut off, on either side of nothing.
        ("0.45%", "45.72万元", "10000.00万元", Band.TIGHT),
        ("-0.45%", "-45.72万元", "10000.00万元", Band.TIGHT),
        # 0 cut off from what is well above a half.
        ("0%", "75.00万元", "10000.00万元", Band.TIGHT),
        ("0%", "-75.00万元", "10000.00万元", Band.TIGHT),
        # A rate too far from nothing was never cut off.
        ("0.6%", "0.00万元", "1.00万元", Band.VIOLATED),
        ("-0.6%", "0.00万元", "1.00万元", Band.VIOLATED),
        # 2.5元 of 500元 is 0.5%, and 22.5元 of 1,500元 is 1.5%: the very ends.
        ("1%", "0.0002万元", "0.1万元", Band.ROUNDING),
        ("1%", "0.0023万元", "0.1万元", Band.ROUNDING),
        # There is a rate of less than a yuan.
        ("50.00%", "0.25元", "0.50元", Band.EXACT),
        ("0%", "1.05万元", "1937.43万元", Band.ROUNDING),
        ("-33.33%", "-1.00元", "3.00元", Band.ROUNDING),
        ("33.33%", "-1.00元", "3.00元", Band.VIOLATED),
    ],
)
def test_a_rate_is_feasible_within_its_own_and_its_figures_rounding(rate, part, whole, band):
    assert share(rate, part, whole).band is band


def test_a_rate_may_be_of_figures_taken_several_times():
    """Twice 1.00 of three times 1.00 are two thirds."""
    part = Term(Fraction(2), figure("1.00万元"))
    whole = Term(Fraction(3), figure("1.00万元", fact_id="whole"))
    for rate, band in (("66.67%", Band.ROUNDING), ("70.00%", Band.VIOLATED)):
        relation = Relation("P000", "test", (part,), (whole,), rate=figure(rate, "share"))
        assert judge(relation).band is band


def test_small_amounts_leave_a_rate_much_room():
    """0.01 of 0.03 can be 14.3% to 60%, and no more."""
    assert share("60.0%", "0.01万元", "0.03万元").outcome is Outcome.HOLDS
    assert share("60.2%", "0.01万元", "0.03万元").outcome is Outcome.VIOLATED
    assert share("14.3%", "0.01万元", "0.03万元").outcome is Outcome.HOLDS
    assert share("14.1%", "0.01万元", "0.03万元").outcome is Outcome.VIOLATED


@pytest.mark.parametrize(
    ("whole", "reason"),
    [
        ("0元", "zero_denominator"),
        ("0.00万元", "zero_denominator"),
        ("-0.50元", "negative_denominator"),
        ("-1.00万元", "negative_denominator"),
    ],
)
def test_there_is_no_rate_of_nothing_or_of_less(whole, reason):
    judged = share("100%", "0元", whole)
    assert (judged.outcome, judged.band, judged.reason) == (Outcome.UNDETERMINED, None, reason)
    assert (judged.stated, judged.computed, judged.difference) == (100, None, None)


def test_both_sides_of_a_rate_are_told_in_percent():
    """A third, open by half a place and by (100·50 + 60·50)/300 of the amounts."""
    judged = share("60.0%", "0.01万元", "0.03万元")
    assert (judged.stated, judged.computed) == (60, Fraction(100, 3))
    assert judged.difference == Fraction(80, 3)
    assert judged.tolerance == Fraction(5, 100) + Fraction(80, 3)
    assert not judged.is_violated


def test_relations_are_judged_in_their_order():
    right, wrong = total("3.00元", "3.00元"), total("5.00元", "3.00元")
    assert judge_all([wrong.relation, right.relation]) == [wrong, right]


def test_a_bound_is_wrong_only_above():
    assert total("1.00万元", "2.00万元", is_bound=True).outcome is Outcome.HOLDS
    assert total("2.01万元", "2.00万元", is_bound=True).outcome is Outcome.HOLDS
    assert total("2.02万元", "2.00万元", is_bound=True).outcome is Outcome.VIOLATED


def test_of_what_is_counted_one_more_is_wrong():
    """A bound of two cars holds one and two of them, and not three."""
    cars = [Amount(Decimal(number), "辆") for number in (1, 2, 3)]
    facts = [replace(figure(f"{car.number}元"), amount=car) for car in cars]
    bounds = [(Term(Fraction(1), fact), Term(Fraction(-1), facts[1])) for fact in facts]
    judged = judge_all(Relation("S000", "test", form, is_bound=True) for form in bounds)
    assert [judgement.band for judgement in judged] == [Band.EXACT, Band.EXACT, Band.VIOLATED]


def test_where_parts_may_be_missing_only_their_excess_is_wrong():
    assert total("5.00元", "1.00元", "2.00元", is_partial=True).outcome is Outcome.UNDETERMINED
    assert total("2.00元", "1.00元", "2.00元", is_partial=True).outcome is Outcome.VIOLATED
    negative = total("2.00元", "-1.00元", "4.00元", is_partial=True)
    assert negative.outcome is Outcome.UNDETERMINED


@pytest.mark.parametrize(
    ("whole", "parts", "outcome"),
    [
        ("3.50元", ("1.00元", "2.00元"), Outcome.UNDETERMINED),
        ("2.50元", ("1.00元", "2.00元"), Outcome.VIOLATED),
        ("2.00元", ("0.00元", "3.00元"), Outcome.VIOLATED),
        ("2.00元", ("0.50元", "3.00元"), Outcome.VIOLATED),
        ("2.00元", ("-0.50元", "3.00元"), Outcome.UNDETERMINED),
        ("3.01万元", ("1.00万元", "2.00万元"), Outcome.HOLDS),
    ],
)
def test_less_than_a_yuan_may_be_missing_too(whole, parts, outcome):
    """And what agrees as printed lacks nothing."""
    judged = total(whole, *parts, is_partial=True)
    assert judged.outcome is outcome
    is_open = outcome is Outcome.UNDETERMINED
    assert judged.reason == ("missing_parts" if is_open else None)
    assert (judged.band is None) == is_open


def test_a_figure_cut_off_to_ten_thousands_is_a_notice():
    """2,049,197元 written 204.91万元."""
    assert total("204.91万元", "2049197.00元").band is Band.TIGHT
    assert total("204.93万元", "2049197.00元").band is Band.VIOLATED


@pytest.mark.parametrize(
    ("short", "full", "band"),
    [
        ("-204.91万元", "-2049197.00元", Band.TIGHT),
        ("0.00万元", "-97.00元", Band.TIGHT),
        ("204元", "204.90元", Band.TIGHT),
        ("0.0元", "0.09元", Band.TIGHT),
        ("0.0元", "-0.09元", Band.TIGHT),
        # Rounded as well, which is no notice.
        ("204.91万元", "2049140.00元", Band.ROUNDING),
        # Nothing is cut off by writing more, or a whole place less, or the other sign.
        ("204.92万元", "2049130.00元", Band.VIOLATED),
        ("205元", "204.20元", Band.VIOLATED),
        ("204.91万元", "2049200.00元", Band.VIOLATED),
        ("-204.91万元", "2049197.00元", Band.VIOLATED),
        ("204.91万元", "-2049197.00元", Band.VIOLATED),
        ("-204.91万元", "2049100.00元", Band.VIOLATED),
    ],
)
def test_cutting_off_only_drops_digits(short, full, band):
    assert total(short, full).band is band


def test_half_of_a_figure_is_not_the_figure_cut_off():
    assert weighed((1, "1.00万元"), (-2, "10097.00元")).band is Band.VIOLATED
    assert weighed((1, "1.00万元"), (1, "10097.00元")).band is Band.VIOLATED


def test_both_sides_and_their_difference_are_told():
    judged = total("3.02万元", "1.00万元", "2.00万元")
    assert (judged.stated, judged.computed, judged.difference) == (30200, 30000, 200)
    assert judged.tolerance == 150
    assert isinstance(judged.relation.form[0].fact.amount, Amount)
