"""What must be true of every reading of prose, and of the texts that it is tried on."""

import re
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from fiscal.extract.numerals import numerals
from tests.laws.narrative.compare import compare, read_back, report
from tests.laws.narrative.documents import (
    SHAPES,
    account_of,
    narratives,
    sentences,
    write_narrative,
)
from tests.laws.narrative.pieces import Figure, Narrative, wrapped

_PLAIN = str.maketrans("０１２３４５６７８９．", "0123456789.")
# Every measure that a figure of prose can have.
_MEASURES = {"final", "budget", "adjusted_budget", "prior_year", "change", "change_rate"}
_MEASURES |= {"budget_difference", "share", "completion", "count", "score"}


def number_in(text: str) -> Decimal:
    return Decimal(re.sub("[,， ]", "", text.translate(_PLAIN)))


# Narratives are drawn by number: there is nothing to shrink.
_DRAWN = settings(phases=[Phase.explicit, Phase.reuse, Phase.generate])

any_text = (
    narratives()
    | st.builds(wrapped, narratives(), st.sampled_from((32, 45)))
    | st.sampled_from(SHAPES).flatmap(sentences)
)


class TestWriting:
    """“A narrative states what it says, and nothing in it is without a meaning.”"""

    @given(any_text)
    @settings(_DRAWN, max_examples=60)
    def test_places_quote_their_numerals(self, narrative: Narrative):
        for place in narrative.places:
            assert narrative.text[place.start : place.end].replace("\n", "") == place.piece.text
        for _, figure in narrative.figures:
            for meaning in figure.meanings:
                assert abs(meaning.number) == number_in(figure.text)
                assert set(meaning.measures) <= _MEASURES
                assert figure.after.strip() == meaning.unit

    @given(any_text)
    @settings(_DRAWN, max_examples=60)
    def test_every_digit_has_a_meaning(self, narrative: Narrative):
        told = {at for place in narrative.places for at in range(place.start, place.end)}
        digits = {at for at, each in enumerate(narrative.text) if each.isdecimal()}
        assert digits <= told

    @given(any_text)
    @settings(_DRAWN, max_examples=60)
    def test_numerals_are_found_where_they_stand(self, narrative: Narrative):
        """The words around a figure must not make it a year, a date or a code."""
        found = {each.start: each for each in numerals(narrative.text)}
        for place, figure in narrative.figures:
            assert found[place.start].kind is None
            assert found[place.start].number == number_in(figure.text)
            assert found[place.start].end == place.end

    @given(st.data())
    @settings(_DRAWN, max_examples=40)
    def test_figures_agree_with_each_other(self, data):
        """Shares of one whole add up, and a completion is the amount over its budget."""
        narrative = data.draw(sentences("S13"))
        amounts = [f for _, f in narrative.figures if f.meanings[0].measures[0] == "final"]
        shares = [f for _, f in narrative.figures if f.meanings[0].measures[0] == "share"]
        total = amounts[0].meanings[0].number
        for amount, share in zip(amounts[1:], shares, strict=True):
            assert _is_ratio(share, amount, total)


def _is_ratio(rate: Figure, part: Figure, whole: Decimal) -> bool:
    """Whether a printed rate is that of two printed amounts, each rounded as it is printed."""
    exponent = int(part.meanings[0].number.as_tuple().exponent)
    slack = Decimal(1).scaleb(exponent)
    stated, number = rate.meanings[0].number, part.meanings[0].number
    step = Decimal(1).scaleb(int(stated.as_tuple().exponent))
    if whole <= slack:
        return True
    low, high = (number - slack) / (whole + slack), (number + slack) / (whole - slack)
    return low * 100 - step <= stated <= high * 100 + step


class TestReadingBack:
    """“Reading what was written gives it back.”"""

    @pytest.mark.parametrize("shape", SHAPES)
    def test_one_sentence(self, shape):
        @given(sentences(shape))
        @settings(_DRAWN, max_examples=15)
        def law(narrative: Narrative) -> None:
            differences = compare(narrative, read_back(narrative))
            assert not differences, f"\n{report(differences)}\n{narrative.text}"

        law()

    @pytest.mark.filterwarnings("ignore:Generating overly large repr")
    @given(narratives())
    @settings(_DRAWN, max_examples=60)
    def test_a_whole_document(self, narrative: Narrative):
        differences = compare(narrative, read_back(narrative))
        assert not differences, f"\n{report(differences)}\n{narrative.text}"

    @pytest.mark.filterwarnings("ignore:Generating overly large repr")
    @given(narratives(), st.sampled_from((32, 38, 45)))
    @settings(_DRAWN, max_examples=30)
    def test_broken_lines_lose_nothing(self, narrative: Narrative, width: int):
        """A line break inside a name may cost the name, never the figure."""
        broken = wrapped(narrative, width)
        found = {each.kind for each in compare(broken, read_back(broken))}
        assert not found & {"lost", "misquoted", "no non-fact"}


def test_every_shape_of_the_field_is_written():
    """S01 to S68; S69 explains terms and states nothing."""
    written = {f"S{number:02}" for number in range(1, 69)}
    assert set(SHAPES) == written


def test_documents_hold_every_shape():
    account = account_of(3)
    texts = [write_narrative(account, number) for number in range(300)]
    seen = Counter(place.shape for text in texts for place in text.places)
    # Both say that there was nothing, which is not true of this account.
    assert set(SHAPES) - set(seen) <= {"S48", "S51"}
