"""What is told of a true account is true, and reading it gives the account's own figures back."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fiscal.documents.plain_text import read
from fiscal.extract.extractor import extract_facts
from fiscal.model import Extraction, Fact
from fiscal.money import UNITS, Amount, format_rounded
from fiscal.report.prose.markdown import markdown
from fiscal.report.prose.narration import Depth, narrate
from fiscal.report.prose.style import STYLES
from fiscal.report.prose.template import Filled, fill_template, lacking
from fiscal.rules.catalogue import rules
from fiscal.rules.check import check
from fiscal.rules.rule import Severity
from fiscal.rules.subject import subject_of
from fiscal.rules.view import Key, View
from tests.laws.account_style import Style, styles
from tests.laws.account_tables import lay_out
from tests.laws.accounts import EXPENSES, FUNDS, GENERAL, OWN_SOURCES, STATE, Account, accounts

_CARRIED = ("closing", "total_revenue", "total_expenditure")
_DRAWN = settings(max_examples=6, deadline=None)
_factors = st.sampled_from([Fraction(n, 100) for n in (0, 35, 80, 99, 100, 101, 140, 230)])


def tables(account: Account, style: Style) -> Extraction:
    """The facts of an account's nine tables."""
    return extract_facts(lay_out(account, style)[0])


def compared(extraction: Extraction, before: Fraction, planned: Fraction) -> Extraction:
    """The same account beside a year before and a budget in which all was so many times as much."""
    own = [fact for fact in extraction.facts if fact.measure == "final"]
    # What was left a year ago, and so its totals, is not free: it is what this year opened with.
    own = [fact for fact in own if getattr(subject_of(fact), "indicator", "") not in _CARRIED]
    facts = [
        *extraction.facts,
        *(_times(fact, before, "prior_year") for fact in own),
        *(_times(fact, planned, "budget") for fact in own if "three_public" not in fact.section),
    ]
    return replace(extraction, facts=tuple(facts))


def _times(fact: Fact, factor: Fraction, measure: str) -> Fact:
    number = Decimal(format_rounded(Fraction(fact.amount.number) * factor, 2))
    amount = Amount(number, fact.amount.unit)
    return replace(fact, id=f"{fact.id}-{measure}", measure=measure, amount=amount)


def told(extraction: Extraction, style: str, decimals: int = 2) -> Extraction:
    """What is read from what is told of a document."""
    text = markdown(narrate(extraction, style, decimals=decimals))
    return extract_facts(read(text.encode(), "told.md", ""))


def levels(extraction: Extraction, measure: str) -> Mapping[Key, Fact]:
    """The amounts of one measure by what they are of."""
    found = View(extraction).by_key.items()
    return {key: facts[0] for key, facts in found if key.measure == measure}


def expected(account: Account, key: Key) -> Fraction | None:
    """The exact amount of the account itself, not of its tables; None for what it lacks."""
    subject = key.subject
    code = "" if subject.code == "total" else subject.code or ""
    fund = {"general_public_budget": GENERAL, "government_funds_budget": FUNDS}
    fund["state_capital_budget"] = STATE
    if subject.indicator == "expenditure" and subject.type in ("personnel_expenditure",):
        return sum((v for c, v in account.economic.items() if c[:3] in ("301", "303")), Fraction(0))
    if subject.indicator == "expenditure" and subject.type != "non_personnel_expenditure":
        return account.spent(code, fund.get(subject.budget or ""), subject.type)
    if subject.indicator == "revenue" and subject.source == "fiscal_appropriation":
        return sum((account.received(code, each) for each in (GENERAL, FUNDS, STATE)), Fraction(0))
    if subject.indicator == "revenue":
        known = (None, GENERAL, FUNDS, STATE, *OWN_SOURCES)
        return account.received(code, subject.source) if subject.source in known else None
    if subject.indicator == "three_public_expenses":
        return sum((account.three_public[each, "final"] for each in EXPENSES), Fraction(0))
    return None


@pytest.mark.parametrize("style", STYLES)
class TestATrueAccount:
    """“An office can publish prose that agrees with its tables by construction.”"""

    def test_reads_back_as_it_is(self, style: str):
        """Every amount told is the account's own, rounded half up."""

        @given(accounts(), styles())
        @_DRAWN
        def law(account: Account, written: Style) -> None:
            said = levels(told(tables(account, written), style), "final")
            compared_with = 0
            for key, fact in said.items():
                value = expected(account, key)
                if value is not None:
                    rounded = format_rounded(value / UNITS["万元"], 2)
                    assert Fraction(fact.amount.number) == Fraction(rounded), key
                    compared_with += 1
            assert compared_with >= 3

        law()

    def test_has_nothing_that_a_check_finds_wrong(self, style: str):
        """Comparisons with last year and the budget included, whatever they come to."""

        @given(accounts(), styles(), _factors, _factors)
        @_DRAWN
        def law(account: Account, written: Style, before: Fraction, planned: Fraction) -> None:
            extraction = compared(tables(account, written), before, planned)
            found = check(told(extraction, style), rules()).findings
            wrong = [each for each in found if each.severity is not Severity.NOTICE]
            assert not wrong, [each.message.zh for each in wrong]

        law()

    def test_is_told_without_gaps(self, style: str):
        """Every numeral told is understood, and every paragraph is a whole sentence."""

        @given(accounts(), styles(), _factors)
        @_DRAWN
        def law(account: Account, written: Style, before: Fraction) -> None:
            extraction = compared(tables(account, written), before, before)
            narration = narrate(extraction, style)
            assert not told(extraction, style).unaccounted
            for depth, text in narration.paragraphs:
                assert depth is not Depth.TEXT or text.endswith(("。", "："))
                assert not any(mark in text for mark in ("{", "}", "，，", "。。", "，。", "None"))

        law()


@given(st.text(alphabet="甲乙，。{}[]|:", max_size=40))
def test_a_name_is_never_taken_for_a_template(name: str):
    """What a document calls something is text, brackets and braces included."""
    assert fill_template("共{name}。", lambda _: Filled(name)).text == f"共{name}。"


@given(st.lists(st.booleans(), min_size=3, max_size=3))
def test_only_the_clause_that_lacks_something_falls_away(known: list[bool]):
    """An inner clause falls alone; an outer one takes what is in it with it."""
    names = dict(zip("abc", known, strict=True))
    filled = fill_template(
        "{a}[x{b}[y{c}]]",
        lambda slot: Filled(slot.name) if names[slot.name] else lacking(slot.name),
    )
    assert filled.fails is not known[0]
    rest = "" if not known[1] else "xb" + ("yc" if known[2] else "")
    assert filled.text == ("a" if known[0] else "") + rest
    assert set(filled.lacks) == {name for name, is_known in names.items() if not is_known}
