"""What must be true of every code."""

from hypothesis import given
from hypothesis import strategies as st

from fiscal import codes
from tests.laws.strategies import SCHEME_CODES

any_code = st.builds(
    lambda first, rest: first + rest,
    st.sampled_from("1235"),
    st.sampled_from((2, 4, 6, 8)).flatmap(
        lambda length: st.text("0123456789", min_size=length, max_size=length)
    ),
)


class TestAncestors:
    """“A code's ancestors are its prefixes.”"""

    @given(any_code)
    def test_every_ancestor_is_a_shorter_prefix(self, code):
        above = codes.ancestors(code)
        assert all(code.startswith(ancestor) and len(ancestor) < len(code) for ancestor in above)
        assert [len(ancestor) for ancestor in above] == list(range(3, len(code), 2))

    @given(st.sampled_from(SCHEME_CODES))
    def test_the_parent_is_the_last_ancestor(self, code):
        assert codes.parent(code) == (codes.ancestors(code) or (codes.TOTAL,))[-1]


class TestRoundTrip:
    """“parse ∘ format = identity.”"""

    @given(any_code, st.sampled_from(codes.STYLES))
    def test_in_every_style(self, code, style):
        assert codes.parse_code(codes.format_code(code, style)) == code

    @given(st.text(max_size=20))
    def test_what_is_read_is_a_code(self, text):
        try:
            code = codes.parse_code(text)
        except codes.InvalidCode:
            return
        assert code == codes.parse_code(code)
        assert len(code) in codes.LEVELS
