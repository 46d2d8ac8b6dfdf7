"""What must be true of every search for the wrong figure, each law under the sentence it proves."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fiscal.model import Outcome
from fiscal.money import Amount
from fiscal.rules.evaluate import judge
from fiscal.rules.feasibility import build_system, with_amounts
from fiscal.rules.localise import Diagnosis, Explanation, localise
from fiscal.rules.relation import Relation
from tests.laws.exact_solver import smallest_sets_by_solver
from tests.laws.printed_records import Record, records

OTHER_UNIT = {"元": "万元", "万元": "元"}


@st.composite
def faulty(draw: st.DrawFn, most: int = 1, unit: str | None = None) -> tuple[Record, dict]:
    """A true record, and other amounts for some of its figures."""
    record = draw(records(unit))
    chosen = draw(st.lists(st.sampled_from(sorted(record.facts)), min_size=1, max_size=most))
    return record, {key: draw(_slip(record.facts[key].amount)) for key in chosen}


def _slip(amount: Amount) -> st.SearchStrategy[Amount]:
    number = amount.number
    others = [
        replace(amount, number=number * 10),
        replace(amount, number=-number),
        replace(amount, number=number + Decimal("100.00")),
        replace(amount, number=number + Decimal("0.50")),
    ]
    if amount.is_money:
        others.append(replace(amount, unit=OTHER_UNIT[amount.unit]))
    return st.sampled_from(others)


def searched(diagnosis: Diagnosis) -> list[Explanation]:
    """The smallest sets of figures that may be other; figures that merely moved are left aside."""
    moved = ("swapped", "shifted_rows")
    return [
        each
        for each in diagnosis.explanations
        if not any(suspect.operation in moved for suspect in each.suspects)
    ]


def named(diagnoses: tuple[Diagnosis, ...]) -> set[frozenset[str]]:
    return {
        frozenset(suspect.fact.id for suspect in each.suspects)
        for diagnosis in diagnoses
        for each in searched(diagnosis)
    }


class TestCleanRecords:
    """“A clean record names nobody.”"""

    @given(records())
    def test_no_diagnosis(self, record):
        assert localise(record.relations) == ()

    @given(faulty())
    def test_what_holds_is_not_told(self, case):
        record, amounts = case
        relations = record.with_amounts(amounts)
        told = [relation for each in localise(relations) for relation in each.violated]
        assert all(judge(relation).is_violated for relation in told)
        assert len(told) == sum(judge(relation).is_violated for relation in relations)


class TestWreckedRecords:
    """“However wrong a record is, every broken relation is told, and the search ends.”"""

    @given(records(), st.data())
    def test_any_amounts(self, record, data):
        amounts = {
            key: Amount(data.draw(_any_number), fact.amount.unit)
            for key, fact in record.facts.items()
        }
        relations = record.with_amounts(amounts)
        told = [relation for each in localise(relations) for relation in each.violated]
        assert len(told) == sum(judge(relation).is_violated for relation in relations)


_any_number = st.integers(-20, 20).map(Decimal) | st.decimals(-1000, 1000, places=2)


class TestTies:
    """“Figures that cannot be told apart are always reported as tied.”"""

    @given(faulty(most=2))
    def test_equal_columns_are_tied(self, case):
        record, amounts = case
        relations = record.with_amounts(amounts)
        column = {
            fact_id: tuple(_coefficients(relation, fact_id) for relation in relations)
            for fact_id in record.facts
        }
        for diagnosis in localise(relations):
            for suspect in diagnosis.suspects:
                same = {
                    other
                    for other in record.facts
                    if other != suspect.fact.id and column[other] == column[suspect.fact.id]
                }
                assert same <= set(suspect.ties)


def _coefficients(relation: Relation, fact_id: str) -> tuple[object, ...]:
    def taken(form):
        return sum(each.coefficient for each in form if each.fact.id == fact_id)

    is_rate = relation.rate is not None and relation.rate.id == fact_id
    return taken(relation.form), taken(relation.whole), is_rate


class TestSuggestions:
    """“What is suggested really mends the relations.”"""

    @given(faulty(most=2))
    @settings(max_examples=200)
    def test_explained_figures_mend_all_that_is_told(self, case):
        record, amounts = case
        relations = record.with_amounts(amounts)
        for diagnosis in localise(relations):
            for explanation in diagnosis.explanations:
                meant = {each.fact.id: each.suggestion for each in explanation.suspects}
                if all(meant.values()):
                    assert not _violated(diagnosis.violated, meant)
                    assert _violated(relations, meant) <= _violated(relations, {})


def _violated(relations, amounts):
    mended = [with_amounts(relation, amounts) for relation in relations]
    return {at for at, relation in enumerate(mended) if judge(relation).is_violated}


class TestTruth:
    """“The true figures, put back, are among the explanations or there is a smaller one.”"""

    @given(faulty(most=2))
    @settings(max_examples=200)
    def test_no_explanation_is_larger_than_the_truth(self, case):
        record, amounts = case
        diagnoses = localise(record.with_amounts(amounts))
        for diagnosis in diagnoses:
            assert diagnosis.explanations
            assert all(len(each.suspects) <= len(amounts) for each in searched(diagnosis))
        if len(amounts) == 1 and diagnoses:
            assert frozenset(amounts) in named(diagnoses)


class TestIndifference:
    """“Neither the order of relations nor the unit of account matters.”"""

    @given(faulty(most=2), st.randoms(use_true_random=False))
    def test_order(self, case, random: Random):
        record, amounts = case
        relations = list(record.with_amounts(amounts))
        before = localise(relations)
        random.shuffle(relations)
        assert localise(relations) == before

    @given(faulty(most=2, unit="元"))
    def test_unit(self, case):
        """The same text with every 元 printed as 万元 names the same figures."""
        record, amounts = case
        in_yuan = record.with_amounts(amounts)
        everything = {key: fact.amount for key, fact in record.facts.items()} | amounts
        scaled = {key: _in_other_unit(amount) for key, amount in everything.items()}
        assert named(localise(record.with_amounts(scaled))) == named(localise(in_yuan))


def _in_other_unit(amount: Amount) -> Amount:
    """The amount in another unit, with all its decimals: the very same value and interval."""
    if amount.unit == "元":
        return Amount(amount.number.scaleb(-4), "万元")
    return Amount(amount.number.scaleb(4), "元") if amount.unit == "万元" else amount


class TestTrusted:
    """“Trusted figures are never named.”"""

    @given(faulty())
    def test_trusted(self, case):
        record, amounts = case
        for diagnosis in localise(record.with_amounts(amounts), frozenset(amounts)):
            assert not {each.fact.id for each in diagnosis.suspects} & set(amounts)


class TestIndependentSolver:
    """“The search agrees with an independent exact solver.”"""

    @given(faulty(most=3))
    @settings(max_examples=200)
    def test_the_same_smallest_sets(self, case):
        record, amounts = case
        relations = record.with_amounts(amounts)
        assume(all(judge(each).outcome is not Outcome.UNDETERMINED for each in relations))
        assume(len(build_system(relations).components()) == 1)
        assert named(localise(relations)) == smallest_sets_by_solver(relations, 3)
