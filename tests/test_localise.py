"""Naming the wrong figure, by examples."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from fiscal.money import Amount, format_amount, parse_amount
from fiscal.rules.elimination import Inequality, Range, contradiction, range_of
from fiscal.rules.evaluate import judge
from fiscal.rules.hitting_sets import smallest_sets
from fiscal.rules.localise import Diagnosis, localise
from fiscal.rules.relation import Relation
from fiscal.rules.typing_errors import likeliest
from tests.laws.printed_records import a_fact, equal, rise, share, total


def figure(number: int, printed: str, measure: str = "final"):
    amount = Amount(Decimal(printed[:-1]), "%") if printed.endswith("%") else parse_amount(printed)
    return a_fact(f"F{number}", amount, measure)


def likeliest_of(diagnosis: Diagnosis) -> list[tuple[str, str | None, str]]:
    """The figures of the first explanation, with the slip and what was meant."""
    return [
        (
            format_amount(each.fact.amount),
            each.operation,
            format_amount(each.suggestion) if each.suggestion else "",
        )
        for each in diagnosis.explanations[0].suspects
    ]


class TestSingleFaults:
    """The one figure that explains every broken relation comes first."""

    def test_yuan_for_ten_thousand_yuan(self):
        parts = [figure(2, "13.52元"), figure(3, "20.08万元"), figure(4, "7.00万元")]
        (diagnosis,) = localise([total(figure(1, "40.60万元"), parts)])
        assert likeliest_of(diagnosis) == [("13.52元", "unit", "13.52万元")]
        assert diagnosis.suspects[0].ties == ("F1", "F3", "F4")
        assert diagnosis.is_exhausted

    def test_a_figure_that_two_relations_hold_needs_no_slip(self):
        whole, part, other = figure(1, "40.60万元"), figure(2, "91.77万元"), figure(3, "27.08万元")
        again = figure(4, "13.52万元")
        (diagnosis,) = localise([total(whole, [part, other]), equal(part, again)])
        assert [each.fact.id for each in diagnosis.suspects] == ["F2"]
        assert likeliest_of(diagnosis) == [("91.77万元", None, "13.52万元")]
        assert diagnosis.suspects[0].ties == ()
        assert len(diagnosis.suspects[0].mends) == 2

    def test_a_share_one_digit_off(self):
        part, whole = figure(1, "3.05万元"), figure(2, "2635.86万元")
        confirmed = [equal(part, figure(4, "3.05万元")), equal(whole, figure(5, "2635.86万元"))]
        relations = [share(figure(3, "0.22%", "share"), part, whole), *confirmed]
        (diagnosis,) = localise(relations)
        assert likeliest_of(diagnosis) == [("0.22%", "changed_digit", "0.12%")]

    def test_a_share_cut_off_instead_of_rounded_is_left_alone(self):
        assert not localise(
            [share(figure(3, "66.66%", "share"), figure(1, "2.00元"), figure(2, "3.00元"))]
        )

    def test_the_unit_that_is_not_the_usual_one(self):
        """Of two that differ by their unit alone, the odd one out comes first."""
        usual = equal(figure(8, "7.00万元"), figure(9, "7.00万元"))
        relations = [equal(figure(1, "13.52元"), figure(2, "13.52万元")), usual]
        (diagnosis,) = localise(relations)
        assert likeliest_of(diagnosis) == [("13.52元", "unit", "13.52万元")]
        assert diagnosis.explanations[1].rank == 2

    def test_a_neighbours_figure(self):
        """Of two figures that may be wrong, the one that repeats its neighbour comes first."""
        copied, again = figure(7, "31.40万元"), figure(1, "97.85万元")
        beside = [equal(figure(6, "31.40万元"), figure(20, "31.40万元"))]
        (diagnosis,) = localise([equal(copied, again), *beside])
        assert likeliest_of(diagnosis) == [("31.40万元", "copied", "97.85万元")]
        assert diagnosis.suspects[0].ties == ("F1",)

    def test_a_share_of_nothing(self):
        """A bare 0 counts as rounded beside no decimals: the search must end all the same."""
        relation = share(figure(3, "2%", "share"), figure(1, "0万元"), figure(2, "2578.51万元"))
        (diagnosis,) = localise([relation])
        assert {each.fact.id for each in diagnosis.suspects} >= {"F1", "F3"}

    def test_a_rate_of_change(self):
        now, change = figure(1, "2636.94万元"), figure(2, "802.44万元", "change")
        relations = [
            rise(figure(3, "34.74%", "change_rate"), change, now),
            equal(now, figure(4, "2636.94万元")),
        ]
        (diagnosis,) = localise(relations)
        assert likeliest_of(diagnosis)[0] == ("34.74%", "transposed", "43.74%")


class TestPlausible:
    """Of figures that arithmetic cannot tell apart, the one that hardly occurs is named first."""

    def test_a_score_of_more_than_a_hundred(self):
        score = [a_fact("F1", Amount(Decimal("92.40"), "分"), "score")]
        score.append(a_fact("F2", Amount(Decimal("922.40"), "分"), "score"))
        (diagnosis,) = localise([equal(*score)])
        assert [each.suspects[0].fact.id for each in diagnosis.explanations] == ["F2", "F1"]

    def test_an_expense_below_nothing(self):
        (diagnosis,) = localise([equal(figure(1, "2.31万元"), figure(2, "-2.31万元"))])
        assert likeliest_of(diagnosis) == [("-2.31万元", "sign", "2.31万元")]
        assert diagnosis.explanations[1].rank == 2

    def test_nothing_in_another_unit_is_nothing(self):
        relation = total(figure(1, "52.40万元"), [figure(2, "0.00万元"), figure(3, "40.87万元")])
        (diagnosis,) = localise([relation])
        assert diagnosis.explanations[-1].suspects[0].fact.id == "F2"
        assert diagnosis.explanations[-1].suspects[0].operation is None

    def test_more_decimals_than_the_document_prints(self):
        """1.239 with a digit left out would read 1.39, but nothing here has three decimals."""
        relation = total(figure(1, "18.52万元"), [figure(2, "1.39万元"), figure(3, "17.28万元")])
        (diagnosis,) = localise([relation])
        assert ("1.39万元", None, "1.24万元") in likeliest_of(diagnosis)

    def test_what_was_meant_is_printed_as_the_document_prints(self):
        usual = [equal(figure(8, "7.00万元"), figure(9, "7.00万元"))]
        one = figure(1, "2961.68万元")
        relations = [equal(figure(2, "0.3万元"), one), equal(one, figure(3, "2961.68万元")), *usual]
        (diagnosis,) = localise(relations)
        assert likeliest_of(diagnosis) == [("0.3万元", "unit", "2961.68万元")]


class TestReadings:
    """Relations leave a figure all that they would be judged to hold with, and no less."""

    def test_a_copy_with_its_last_digits_cut_off_confirms(self):
        """Prose that says 87.70万元 of 877080元 is right, and so does not hold it to 87.71."""
        wrong, prose = figure(1, "87700.00元"), [figure(2, "87.70万元"), figure(3, "87.70万元")]
        relations = [
            total(figure(4, "1750697.00元"), [wrong, figure(5, "873617.00元")]),
            *(equal(each, wrong) for each in prose),
        ]
        (diagnosis,) = localise(relations)
        assert likeliest_of(diagnosis) == [("87700.00元", "dropped_digit", "877080.00元")]

    def test_parts_that_exceed_their_whole_need_not_come_to_it(self):
        wrong, rest = figure(2, "45240.00万元"), figure(3, "200.00万元")
        whole = total(figure(1, "900.00万元"), [wrong, rest])
        relations = [
            replace(whole, is_partial=True),
            share(figure(5, "98.61%", "completion"), figure(4, "446.11万元"), wrong),
            equal(figure(4, "446.11万元"), figure(6, "446.11万元")),
        ]
        (diagnosis,) = localise(relations)
        assert likeliest_of(diagnosis) == [("45240.00万元", "decimal_point", "452.40万元")]

    def test_parts_that_exceed_their_whole_come_to_it_if_they_can(self):
        whole = total(figure(1, "100.00万元"), [figure(2, "57.00万元"), figure(3, "430.00万元")])
        (diagnosis,) = localise([replace(whole, is_partial=True)])
        assert likeliest_of(diagnosis) == [("430.00万元", "decimal_point", "43.00万元")]


class TestSeveralFaults:
    """Two wrong figures are told apart from one, and one problem from the next."""

    def test_problems_that_share_no_figure_are_told_apart(self):
        one = equal(figure(1, "1.00元"), figure(2, "2.00元"))
        other = equal(figure(3, "5.00元"), figure(4, "6.00元"))
        assert [each.violated for each in localise([other, one])] == [(one,), (other,)]

    def test_problems_with_one_cause_are_one(self):
        """Two figures agree with each other and with nothing else: both are wrong."""
        part, whole, rest = figure(1, "48.97万元"), figure(2, "53.78万元"), figure(3, "4.81万元")
        relations = [
            total(whole, [part, rest]),
            equal(rest, figure(8, "4.81万元")),
            total(figure(5, "53.65万元"), [figure(4, "48.84万元"), figure(6, "4.81万元")]),
            equal(part, figure(4, "48.84万元")),
            equal(whole, figure(5, "53.65万元")),
            equal(figure(4, "48.84万元"), figure(9, "48.84万元")),
            equal(figure(5, "53.65万元"), figure(10, "53.65万元")),
        ]
        (diagnosis,) = localise(relations)
        assert [each.fact.id for each in diagnosis.explanations[0].suspects] == ["F1", "F2"]
        assert len(diagnosis.violated) == 2

    def test_swapped_siblings_are_one_explanation(self):
        one, other, whole = figure(1, "31.40万元"), figure(2, "87.15万元"), figure(5, "118.55万元")
        rates = figure(3, "73.51%", "share"), figure(4, "26.49%", "share")
        relations = [
            total(whole, [one, other]),
            share(rates[0], one, whole),
            share(rates[1], other, whole),
            equal(one, figure(6, "87.15万元")),
            equal(other, figure(7, "31.40万元")),
        ]
        (diagnosis,) = localise(relations)
        assert likeliest_of(diagnosis) == [
            ("31.40万元", "swapped", "87.15万元"),
            ("87.15万元", "swapped", "31.40万元"),
        ]


class TestTrusted:
    """What is trusted is never put in doubt, even where nothing else explains."""

    def test_nothing_is_left_to_name(self):
        (diagnosis,) = localise(
            [equal(figure(1, "1.00元"), figure(2, "2.00元"))], frozenset({"F1", "F2"})
        )
        assert diagnosis.explanations == ()


class TestPlaces:
    """What is printed once is one figure, though it was read as two facts."""

    def test_one_place_is_one_suspect(self):
        income, spending = (a_fact(key, parse_amount("13.52元"), at=1) for key in ("F1", "F2"))
        relations = [
            equal(income, figure(3, "13.52万元")),
            equal(spending, figure(4, "13.52万元")),
            equal(income, spending),
        ]
        (diagnosis,) = localise(relations)
        assert likeliest_of(diagnosis) == [("13.52元", "unit", "13.52万元")]
        assert len(diagnosis.explanations) == 1


@pytest.mark.parametrize(
    ("printed", "meant", "operation"),
    [
        ("13.52元", "13.52万元", "unit"),
        ("23017.06万元", "23017.06元", "unit"),
        ("125.60万元", "12.56万元", "decimal_point"),
        ("2575.63万元", "2576.53万元", "transposed"),
        ("2574.63万元", "2576.63万元", "changed_digit"),
        ("274.63万元", "2574.63万元", "dropped_digit"),
        ("2574.663万元", "2574.63万元", "doubled_digit"),
        ("887.36万元", "87.36万元", "doubled_digit"),
        ("987.36万元", "87.36万元", "extra_digit"),
        ("66000000.00元", "6600.00元", "unit"),
    ],
)
def test_each_slip_is_recognised(printed, meant, operation):
    true = parse_amount(meant)
    left = Range(true.value - true.half_width, true.value + true.half_width)
    slip = likeliest(parse_amount(printed), left)
    assert (slip.operation, slip.amount) == (operation, true)


class TestElimination:
    """Exact answers about a few inequalities."""

    def test_names_what_contradicts(self):
        given = [
            Inequality((1, 1), Fraction(3), frozenset({0})),
            Inequality((-1, 0), Fraction(-2), frozenset({1})),
            Inequality((0, -1), Fraction(-2), frozenset({2})),
            Inequality((0, 1), Fraction(9), frozenset({3})),
        ]
        assert contradiction(given) == {0, 1, 2}
        assert contradiction(given[:2]) is None

    def test_touching_ends_do_not_contradict(self):
        given = [
            Inequality((1,), Fraction(1, 3), frozenset({0})),
            Inequality((-3,), Fraction(-1), frozenset({1})),
        ]
        assert range_of(given, 0) == Range(Fraction(1, 3), Fraction(1, 3))


class TestSearch:
    """All smallest sets, within the steps that are allowed."""

    CONFLICTS = (frozenset({1, 2}), frozenset({2, 3}), frozenset({4, 5}))

    def conflict(self, chosen):
        return next((each for each in self.CONFLICTS if each.isdisjoint(chosen)), None)

    def test_all_of_the_least_size(self):
        found = smallest_sets(self.conflict, 3, 1000)
        assert found.sets == ((2, 4), (2, 5))
        assert found.is_exhausted

    def test_a_search_cut_short_says_so(self):
        assert not smallest_sets(self.conflict, 3, 4).is_exhausted


def test_a_printed_zero_without_decimals_does_not_lend_its_width_to_another():
    """Amounts that are equal numbers but printed otherwise have tolerances of their own."""
    short, long = parse_amount("1.0万元"), parse_amount("1.0000万元")
    assert judge(equal(a_fact("F1", short), figure(2, "10400元"))).outcome == "holds"
    assert judge(equal(a_fact("F1", long), figure(2, "10400元"))).outcome == "violated"


def test_relations_of_figures_that_cancel_say_nothing():
    one = figure(1, "1.00元")
    assert localise([Relation("S101", "x", (*equal(one, one).form,))]) == ()


class TestShiftedRows:
    """Rows that slipped against their labels are one finding, not many."""

    TRUE = ("12.00", "7.31", "4.69", "30.02", "21.00", "9.02", "55.55")

    def relations(self, printed):
        """Two tables of one column; the first is printed as given, the second as it should be."""
        cells = [self.cell(1, row, amount) for row, amount in enumerate(printed, start=2)]
        others = [self.cell(2, row, amount) for row, amount in enumerate(self.TRUE, start=2)]
        whole = self.cell(1, 1, "97.57")
        sums = [
            total(whole, [cells[0], cells[3], cells[6]]),
            total(cells[0], cells[1:3]),
            total(cells[3], cells[4:6]),
        ]
        return [*sums, *map(equal, cells, others)], [cell.id for cell in cells]

    @staticmethod
    def cell(table, row, amount):
        fact = a_fact(f"T{table}R{row}", parse_amount(f"{amount}万元"), at=100 * table + row)
        span = replace(fact.span, row=row, column="合计")
        return replace(fact, section=f"table {table}", span=span)

    @pytest.mark.parametrize("pushed_out", ["21.00", "0.00"])
    def test_one_finding_with_every_row(self, pushed_out):
        printed = ("12.00", pushed_out, "7.31", "4.69", "30.02", "9.02", "55.55")
        relations, ids = self.relations(printed)
        assert sum(judge(each).is_violated for each in relations) > 4
        (diagnosis,) = localise(relations)
        (explanation,) = diagnosis.explanations
        meant = {
            each.fact.id: (each.operation, f"{each.suggestion.number:f}")
            for each in explanation.suspects
        }
        rows = zip(ids[1:5], self.TRUE[1:5], strict=True)
        assert meant == {key: ("shifted_rows", amount) for key, amount in rows}

    def test_rows_in_their_places_are_left_alone(self):
        relations, _ = self.relations(self.TRUE)
        assert localise(relations) == ()
