"""What must be true of every comparison, every look-up and every list taken in."""

import os
from itertools import product
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiscal import codes
from fiscal.model import Document, Table
from fiscal.ontology.bring_in import bring_in, keep
from fiscal.ontology.changes import changes_between, lineage
from fiscal.ontology.glossary import find
from fiscal.ontology.scheme import SCHEMES, YEARS, Scheme, heading_in, register

years = st.sampled_from(YEARS)
names = st.sampled_from(sorted(SCHEMES))
ALL_CODES = sorted({heading.code for name in SCHEMES for heading in register(name)})


@pytest.fixture(autouse=True, scope="module")
def home():
    """No law depends on a list of whoever runs it."""
    with TemporaryDirectory() as folder, patch.dict(os.environ, FISCAL_HOME=folder):
        yield


def names_of(scheme):
    return {heading.code: heading.name for heading in scheme}


def applied(old, changes):
    """The codes and names that changes turn a list's into."""
    result = names_of(old)
    for change in changes:
        if change.old and not change.old_stays:
            result.pop(change.old.code, None)  # Of a heading that was split it is told twice.
    return result | {change.new.code: change.new.name for change in changes if change.new}


class TestComparison:
    """“Applying the differences of two years to the one gives the other.”"""

    @pytest.mark.parametrize("name", SCHEMES)
    def test_between_any_two_years_in_either_direction(self, name):
        for first, second in product(YEARS, YEARS):
            old, new = Scheme.of(name, first), Scheme.of(name, second)
            assert applied(old, changes_between(old, new)) == names_of(new)

    @given(names, years)
    def test_a_year_does_not_differ_from_itself(self, name, year):
        assert changes_between(Scheme.of(name, year), Scheme.of(name, year)) == ()

    @given(names, years, years)
    def test_backwards_old_and_new_change_places(self, name, first, second):
        old, new = Scheme.of(name, first), Scheme.of(name, second)
        there = {(change.old, change.new) for change in changes_between(old, new)}
        back = {(change.new, change.old) for change in changes_between(new, old)}
        assert there == back


class TestLineage:
    """“A name's earlier names have it among their later ones.”"""

    @given(st.sampled_from(ALL_CODES), years)
    def test_both_ways(self, code, year):
        for era in lineage(code, year):
            there = {"earlier": "later", "later": "earlier", "self": "self"}[era.relation]
            back = lineage(era.heading.code, era.years[0])
            name = heading_in(code, year).name
            assert (code, name, there) in {
                (e.heading.code, e.heading.name, e.relation) for e in back
            }


class TestLookUp:
    """“A heading is found by its code in every spelling, and by its name.”"""

    @given(st.sampled_from(ALL_CODES), st.sampled_from(codes.STYLES))
    def test_by_code(self, code, style):
        (entry,) = find(codes.format_code(code, style)).entries
        assert entry.heading.code == code

    @given(st.sampled_from(ALL_CODES), years)
    def test_by_name(self, code, year):
        heading = heading_in(code, year)
        if heading:
            found = find(heading.name, year, limit=1000).entries
            assert code in {entry.heading.code for entry in found if hasattr(entry, "heading")}

    @given(st.sampled_from(ALL_CODES), years)
    def test_one_heading_alone_is_as_the_whole_year_has_it(self, code, year):
        scheme = Scheme.of(codes.scheme_of(code), year)
        assert heading_in(code, year) == scheme.headings.get(code)


def whole(heading):
    return (heading.code, heading.name, "说明")


def in_columns(heading):
    parts = codes.format_code(heading.code, "spaced").split()
    return (*parts, *[""] * (4 - len(parts)), heading.name)


def short(heading):
    """Only the last part, as lists print that name what repeats once."""
    *above, last = codes.format_code(heading.code, "spaced").split()
    return (*[""] * len(above), last, *[""] * (3 - len(above)), heading.name)


class TestImport:
    """“Taking in what was printed gives it back.”"""

    @given(names, years, st.sampled_from([whole, in_columns, short]), st.data())
    def test_any_part_of_a_year_in_any_layout(self, name, year, layout, data):
        shipped = Scheme.shipped(name, year)
        chosen = data.draw(st.sets(st.sampled_from(sorted(shipped.headings)), min_size=1))
        listed = sorted(chosen | {above for code in chosen for above in codes.ancestors(code)})
        rows = (("科目编码", "", "科目名称"), *(layout(shipped[code]) for code in listed))
        document = Document("list.csv", "", "", (Table("", rows),))
        (brought,), errors = bring_in(document, year, name)
        assert errors == ()
        assert names_of(brought.scheme) == {code: shipped[code].name for code in listed}
        with TemporaryDirectory() as folder, patch.dict(os.environ, FISCAL_HOME=folder):
            keep(brought)
            assert Scheme.of(name, year) == brought.scheme
