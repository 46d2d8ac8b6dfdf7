"""A year's classification holds what was in force then, and says how it is known."""

import pytest

from fiscal.errors import UnknownHeading, UnknownScheme, UnknownYear
from fiscal.model import BUDGETS
from fiscal.ontology.scheme import ATTESTATIONS, SCHEMES, YEARS, Scheme, register


@pytest.mark.parametrize(
    ("year", "code", "name"),
    [
        # Printed in the final accounts of 2019 and of 2024 that were read by a person.
        (2019, "20805", "行政事业单位离退休"),
        (2024, "20805", "行政事业单位养老支出"),
        (2019, "21208", "国有土地使用权出让收入及对应专项债务收入安排的支出"),
        (2024, "2080505", "机关事业单位基本养老保险缴费支出"),
        (2024, "20139", "社会工作事务"),
        (2024, "2200150", "事业运行"),
    ],
)
def test_a_heading_has_the_name_of_its_year(year, code, name):
    """The same code was called otherwise before and after."""
    assert Scheme.of("functional", year)[code].name == name


def test_what_is_not_in_force_is_not_there():
    """2080504 was gone by 2024, and 20139 had not come by 2019."""
    assert "2080504" in Scheme.of("functional", 2019)
    assert "2080504" not in Scheme.of("functional", 2024)
    assert "20139" not in Scheme.of("functional", 2019)


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("year", YEARS)
def test_every_year_is_a_whole_tree_of_known_provenance(name, year):
    """Each heading has its parent, its evidence and the budgets of all that lies below it."""
    scheme = Scheme.of(name, year)
    assert not scheme.is_complete
    for heading in scheme:
        assert heading.scheme == name
        assert heading.attestation in ATTESTATIONS
        assert heading.budgets <= BUDGETS.keys()
        if heading.level != "category":
            assert heading.budgets <= scheme[heading.parent].budgets


@pytest.mark.parametrize("name", SCHEMES)
def test_names_of_one_code_follow_each_other_without_overlap(name):
    """In no year does a code have two names, and a sighting lies in the years of its name."""
    for year in YEARS:
        codes = [heading.code for heading in register(name) if heading.is_in_force(year)]
        assert len(codes) == len(set(codes))
    for heading in register(name):
        seen = [int(year) for year in heading.seen_years if year.isdigit() and int(year) in YEARS]
        assert all(heading.is_in_force(year) for year in seen), heading
        if heading.attestation == "unattested":
            assert not seen, heading


def test_a_fund_heading_lends_its_budget_to_its_category_in_its_years_only():
    """221 is general until a special bond section comes to lie below it."""
    assert Scheme.of("functional", 2024)["221"].budgets == {"general_public_budget"}
    assert "government_funds_budget" in Scheme.of("functional", 2025)["221"].budgets


def test_the_unknown_is_named_with_a_remedy():
    """An unknown code is said to be no error by itself, since no list is complete."""
    with pytest.raises(UnknownHeading, match="并不完整"):
        Scheme.of("functional", 2019)["2999999"]
    with pytest.raises(UnknownYear, match="2018–2026"):
        Scheme.of("functional", 1999)
    with pytest.raises(UnknownScheme, match="functional"):
        Scheme.of("function", 2019)
