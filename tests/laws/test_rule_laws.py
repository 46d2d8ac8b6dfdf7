"""What must be true of every judgement, each law under the sentence it proves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fiscal.documents.layout import blocks_of_text
from fiscal.extract.extractor import extract_facts
from fiscal.extract.tables.reading import read_tables
from fiscal.model import DocumentKind, Extraction, Fact, Outcome, Profile, Span
from fiscal.money import Amount
from fiscal.report.findings import flat
from fiscal.rules.catalogue import rules, selected
from fiscal.rules.check import check, run_rule
from fiscal.rules.evaluate import Band, Judgement, judge
from fiscal.rules.relation import Relation, Term
from fiscal.rules.rule import Severity
from fiscal.rules.view import View
from tests.laws.account_style import Style, styles
from tests.laws.account_tables import lay_out
from tests.laws.accounts import Account, accounts
from tests.laws.narrative.compare import read_back
from tests.laws.narrative.documents import write_narrative

ONE = Fraction(1)
# What a random account need not meet: its receptions have nothing to do with its basic spending,
# nor its three public expenses with their budget.
ARITHMETIC = selected(("S", "X", "C", "R", "P", "Y"), ("R103", "R106", "R205"))

places = st.integers(min_value=0, max_value=4)
yuan = st.integers(min_value=1, max_value=10**12).map(lambda fen: Fraction(fen, 100))
exact_parts = st.lists(yuan, min_size=2, max_size=30)


def printed(value: Fraction, unit: str, decimals: int) -> Amount:
    """Print a value in yuan as an office does, rounded half up."""
    number = Decimal(value.numerator) / Decimal(value.denominator)
    if unit == "万元":
        number = number.scaleb(-4)
    return Amount(number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP), unit)


def figure(amount: Amount, fact_id: str, measure: str = "final") -> Fact:
    return Fact(
        fact_id, fact_id, None, measure, 2024, amount, None, "", Span(str(amount.number), 0, 1)
    )


def sum_of(whole: Amount, parts: Iterable[Amount]) -> Relation:
    terms = [Term(-ONE, figure(part, f"part{place}")) for place, part in enumerate(parts)]
    return Relation("S000", "sum", (Term(ONE, figure(whole, "whole")), *terms))


def rate_of(rate: Amount, part: Amount, whole: Amount) -> Relation:
    part_term, whole_term = Term(ONE, figure(part, "part")), Term(ONE, figure(whole, "whole"))
    return Relation("P000", "rate", (part_term,), (whole_term,), figure(rate, "rate", "share"))


def one_place(amount: Amount) -> Fraction:
    return amount.unit_value / 10**amount.decimals


def added(amount: Amount, value: Fraction) -> Amount:
    number = Fraction(amount.number) + value / amount.unit_value
    quotient = Decimal(number.numerator) / Decimal(number.denominator)
    return Amount(quotient.quantize(Decimal(1).scaleb(-amount.decimals)), amount.unit)


class TestRounding:
    """“A true record, rounded as it is printed, is never called wrong.”"""

    @given(exact_parts, st.sampled_from(["元", "万元"]), places)
    def test_a_sum(self, parts, unit, decimals):
        amounts = [printed(part, unit, decimals) for part in parts]
        whole = printed(sum(parts, Fraction(0)), unit, decimals)
        assert judge(sum_of(whole, amounts)).outcome is Outcome.HOLDS

    @given(yuan, yuan, st.sampled_from(["元", "万元"]), places, st.integers(0, 3))
    def test_a_rate(self, one, other, unit, decimals, rate_decimals):
        part, whole = sorted((one, other))
        shown = printed(part, unit, decimals), printed(whole, unit, decimals)
        assume(shown[1].number > 0)
        rate = replace(printed(100 * part / whole, "元", rate_decimals), unit="%")
        assert judge(rate_of(rate, *shown)).outcome is Outcome.HOLDS

    @given(exact_parts, places)
    def test_a_rate_cut_off_instead_of_rounded_is_no_error(self, parts, decimals):
        part, whole = parts[0], sum(parts, Fraction(0))
        cut = Decimal(int(100 * part / whole * 10**decimals)).scaleb(-decimals)
        amounts = printed(part, "元", 2), printed(whole, "元", 2)
        assert judge(rate_of(Amount(cut, "%"), *amounts)).outcome is Outcome.HOLDS


class TestErrors:
    """“One unit beyond what rounding allows is always called wrong.”"""

    @given(exact_parts, st.sampled_from(["元", "万元"]), places, st.sampled_from([1, -1]))
    def test_a_sum(self, parts, unit, decimals, sign):
        amounts = [printed(part, unit, decimals) for part in parts]
        assume(all(amount.number for amount in amounts))
        total = sum((amount.value for amount in amounts), Fraction(0))
        exact = added(Amount(Decimal(0).scaleb(-decimals), unit), total)
        allowed = judge(sum_of(exact, amounts)).tolerance
        assert allowed is not None
        wrong = added(exact, sign * (allowed + one_place(exact)))
        assert judge(sum_of(wrong, amounts)).outcome is Outcome.VIOLATED

    @given(yuan, yuan, st.integers(0, 3), st.sampled_from([1, -1]))
    def test_a_rate(self, one, other, decimals, sign):
        part, whole = (printed(value, "元", 2) for value in sorted((one, other)))
        exact = 100 * part.value / whole.value
        rate = replace(printed(exact, "元", decimals), unit="%")
        allowed = judge(rate_of(rate, part, whole)).tolerance
        assert allowed is not None
        # Cut off, a rate may also be a whole place too near to zero.
        wrong = added(replace(rate, unit="元"), sign * (2 * allowed + 2 * one_place(rate)))
        assert judge(rate_of(replace(wrong, unit="%"), part, whole)).band is Band.VIOLATED


class TestUnits:
    """“In 元 and in 万元 the same figures get the same verdict.”"""

    @given(exact_parts, st.integers(-300, 300), st.integers(0, 2))
    def test_a_sum(self, parts, off, decimals):
        in_yuan = [printed(part, "元", decimals) for part in parts]
        whole = added(in_yuan[0], sum((each.value for each in in_yuan[1:]), Fraction(off)))
        assume(all(each.number for each in (whole, *in_yuan)))
        finer = [Amount(each.number.scaleb(-4), "万元") for each in (whole, *in_yuan)]
        one, other = judge(sum_of(whole, in_yuan)), judge(sum_of(finer[0], finer[1:]))
        assert (one.outcome, one.band) == (other.outcome, other.band)
        assert one.difference == other.difference


def extraction_of(account: Account, style: Style) -> Extraction:
    document, _ = lay_out(account, style)
    profile = Profile(None, "某局", account.year, DocumentKind.FINAL_ACCOUNTS, "万元")
    reading = read_tables(document, profile)
    return Extraction(document, profile, reading.facts, reading.listings)


def judged(extraction: Extraction) -> list[Judgement]:
    view = View(extraction)
    return [judgement for rule in ARITHMETIC for judgement in run_rule(rule, view)[0]]


def verdicts(judgements: Sequence[Judgement]) -> Counter[tuple[str, str, str]]:
    return Counter((j.relation.rule, j.relation.subject, j.outcome.value) for j in judgements)


class TestTables:
    """“The tables of a true account raise no alarm, in whatever style they are written.”"""

    @given(accounts(), styles())
    @settings(max_examples=25)
    def test_a_true_account(self, account, style):
        judgements = judged(extraction_of(account, style))
        assert judgements
        assert not [j.relation for j in judgements if j.is_violated]

    @given(accounts(), styles(), st.data())
    @settings(max_examples=25)
    def test_a_figure_that_is_not_read_makes_nothing_wrong(self, account, style, data):
        """It stays among the numerals that were not understood, and what rests on it is open."""
        extraction = extraction_of(account, style)
        lost = data.draw(st.sampled_from(extraction.facts))
        left = replace(
            extraction,
            facts=tuple(fact for fact in extraction.facts if fact.id != lost.id),
            unaccounted=(lost.span,),
        )
        assert not [j.relation for j in judged(left) if j.is_violated]

    @given(accounts(), styles(), st.randoms(use_true_random=False))
    @settings(max_examples=20)
    def test_the_order_of_facts_is_indifferent(self, account, style, random):
        extraction = extraction_of(account, style)
        facts = list(extraction.facts)
        random.shuffle(facts)
        shuffled = replace(extraction, facts=tuple(facts))
        assert verdicts(judged(shuffled)) == verdicts(judged(extraction))


def _plus(yuan_more: str, amount: Amount) -> Decimal:
    return amount.number + Decimal(yuan_more)


def _transposed(amount: Amount) -> Decimal | None:
    sign, digits, exponent = amount.number.as_tuple()
    swaps = [at for at in range(len(digits) - 1) if digits[at] != digits[at + 1]]
    if not swaps:
        return None
    moved = list(digits)
    at = swaps[0]
    moved[at], moved[at + 1] = moved[at + 1], moved[at]
    return Decimal((sign, tuple(moved), int(exponent)))


def _dropped(amount: Amount) -> Decimal | None:
    sign, digits, exponent = amount.number.as_tuple()
    return Decimal((sign, digits[1:], int(exponent))) if len(digits) > 3 else None


FAULTS = {
    "+100.00": lambda amount: _plus("100.00", amount),
    "+0.50": lambda amount: _plus("0.50", amount),
    "×10": lambda amount: amount.number * 10,
    "×10⁴": lambda amount: amount.number * 10**4,
    "transposed": _transposed,
    "dropped": _dropped,
}


class TestPlantedFaults:
    """“A figure that is wrong by more than rounding is found, whatever the slip.”"""

    @given(accounts(), styles(), st.sampled_from(sorted(FAULTS)), st.data())
    @settings(max_examples=40)
    def test_in_the_tables_of_expenditure(self, account, style, fault, data):
        extraction = extraction_of(account, style)
        kinds = ("final_accounts_expenditure_table", "final_accounts_general_public_table")
        chosen = [
            fact
            for fact in extraction.facts
            if fact.section in kinds
            and fact.code
            and fact.measure == "final"
            and fact.amount.number
        ]
        assume(chosen)
        fact = data.draw(st.sampled_from(chosen))
        number = FAULTS[fault](fact.amount)
        assume(number is not None and number != fact.amount.number)
        wrong = replace(fact, amount=Amount(number, fact.amount.unit))
        # Beyond what twenty figures rounded in the coarsest style could explain.
        assume(abs(wrong.amount.value - fact.amount.value) > 50 * one_place(fact.amount))
        facts = tuple(wrong if each.id == fact.id else each for each in extraction.facts)
        found = [j for j in judged(replace(extraction, facts=facts)) if j.is_violated]
        assert any(fact.id in {each.id for each in j.relation.facts} for j in found)


class TestDocuments:
    """“Tables and prose of a true account agree, in whatever words they are told.”"""

    @given(accounts(), st.integers(min_value=0, max_value=10**6), styles())
    @settings(max_examples=12)
    def test_a_true_account_in_tables_and_prose(self, account, number, style):
        document, _ = lay_out(account, replace(style, caption="text"))
        narrative = write_narrative(account, number).text
        # The notes of a budget do not belong to the tables of accounts.
        assume("决算情况" in narrative)
        text = f"{document.text}\n{narrative}"
        blocks = blocks_of_text(text, document.tables)
        extraction = extract_facts(replace(document, text=text, blocks=blocks))
        # What is drawn at random for prose alone: changes of parts, and what is held of anything.
        chosen = selected(("S", "C", "X1", "P", "R101", "Y101"), ())
        view = View(extraction)
        judgements = [judgement for rule in chosen for judgement in run_rule(rule, view)[0]]
        assert not [(j.relation, j.outcome) for j in judgements if j.is_violated]


# What narratives leave in on purpose, as offices do: two directions, rates and money bare of units.
PLANTED = {"L102", "U101", "U102"}
# What is drawn at random beside the account: office funds, vehicles, changes of the three expenses,
# how many projects are evaluated.
INCOHERENT = {"R103", "R104", "Y104", "L603"}


class TestNarratives:
    """“Whole true documents of prose raise no alarm but for the slips planted in them.”"""

    @given(accounts(), st.integers(min_value=0, max_value=10**6))
    @settings(max_examples=15)
    def test_a_true_narrative(self, account, number):
        result = check(read_back(write_narrative(account, number)), rules())
        grave = [
            (finding.rule.id, finding.message.zh)
            for finding in flat(result.findings)
            if finding.severity is not Severity.NOTICE
            and finding.rule.id not in PLANTED | INCOHERENT
        ]
        assert not grave
