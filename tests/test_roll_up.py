"""Every outcome of a roll-up, and the endpoints between them."""

from dataclasses import replace
from fractions import Fraction

import pytest

from fiscal.codes import TOTAL
from fiscal.errors import AmountOutOfRange
from fiscal.graph.roll_up import Node, groups, roll_up
from fiscal.graph.tree import heading_tree
from fiscal.model import Fact, Listing, Outcome, Span
from fiscal.ontology.scheme import Scheme
from tests.building import fact
from tests.rates import rate_of

SCHEME = Scheme.of("functional", 2019)


def nodes_of(*facts: Fact, listed: bool = False) -> dict[str, Node]:
    parts = frozenset(each.id for each in facts if each.code != TOTAL)
    listings = [Listing(TOTAL, parts)] if listed else []
    return {node.code: node for node in roll_up(SCHEME, facts, listings)}


def placed(each: Fact, start: int, table: str | None = None) -> Fact:
    return replace(each, span=Span(each.span.quote, start, start + 1, table=table))


def test_parts_that_add_up_hold():
    """Own, below, difference and the ids of what was added."""
    node = nodes_of(
        fact("208", "60.43万元"), fact("20805", "30.05万元"), fact("20808", "30.38万元")
    )["208"]
    assert (node.outcome, node.difference, node.tolerance) == (Outcome.HOLDS, 0, 150)
    assert node.parts == ("20805=30.05万元", "20808=30.38万元")


def test_what_is_not_reported_has_nothing_to_differ_from():
    """Nor has what stands alone; the places in the tree are told of both."""
    nodes = nodes_of(fact("2010301", "3.00万元"))
    assert {(node.difference, node.tolerance) for node in nodes.values()} == {(None, None)}
    places = [(node.level, node.depth, node.parent) for node in nodes.values()]
    assert places == [
        ("total", 0, None),
        ("category", 1, TOTAL),
        ("section", 2, "201"),
        ("item", 3, "20103"),
    ]


def test_parts_are_the_figures_that_were_added():
    """Those of the children, and of what is below where a child is not reported."""
    nodes = nodes_of(fact("201", "3.00万元"), fact("2010301", "1.00万元"), fact("202", "2.00万元"))
    assert nodes[TOTAL].parts == ("201=3.00万元", "202=2.00万元")
    assert nodes["201"].parts == ("2010301=1.00万元",)


@pytest.mark.parametrize(
    ("whole", "outcome"),
    [
        ("10.02万元", Outcome.HOLDS),
        ("10.04万元", Outcome.HOLDS),
        ("10.00万元", Outcome.HOLDS),
        ("10.05万元", Outcome.VIOLATED),
        ("9.99万元", Outcome.VIOLATED),
    ],
)
def test_the_tolerance_ends_where_printing_ends(whole, outcome):
    """Three addends and their whole, each ±0.005: up to 0.02 off holds, 0.03 does not."""
    parts = (fact("20801", "3.34万元"), fact("20802", "3.34万元"), fact("20805", "3.34万元"))
    node = nodes_of(fact("208", whole), *parts, listed=True)["208"]
    assert (node.tolerance, node.outcome) == (200, outcome)


def test_a_shortfall_is_undetermined_until_all_parts_are_known():
    """A part may be missing, unless the document claims to list them all."""
    facts = fact("208", "100.00万元"), fact("20805", "60.00万元")
    assert nodes_of(*facts)["208"].outcome == Outcome.UNDETERMINED
    assert nodes_of(*facts, listed=True)["208"].outcome == Outcome.VIOLATED


def test_a_listing_of_which_a_member_was_not_read_claims_nothing():
    """Removing a fact never makes its whole wrong."""
    whole, part = fact("208", "100.00万元"), fact("20805", "60.00万元")
    listing = Listing(TOTAL, frozenset({part.id, "a figure that could not be read"}))
    nodes = {node.code: node for node in roll_up(SCHEME, [whole, part], [listing])}
    assert nodes["208"].outcome == Outcome.UNDETERMINED


def test_a_listing_of_one_heading_says_nothing_of_another():
    """What is listed below 208 does not close 201, nor the total."""
    facts = [fact(TOTAL, "300.00万元"), fact("208", "60.00万元"), fact("20805", "60.00万元")]
    facts += [fact("201", "100.00万元"), fact("20103", "60.00万元")]
    listing = Listing("208", frozenset({"20805=60.00万元"}))
    nodes = {node.code: node for node in roll_up(SCHEME, facts, [listing])}
    assert nodes["201"].outcome == nodes[TOTAL].outcome == Outcome.UNDETERMINED


def test_a_part_above_its_whole_is_wrong_even_where_parts_are_missing():
    """Parts cannot be negative, unless one is."""
    assert (
        nodes_of(fact("208", "10.00万元"), fact("20805", "60.00万元"))["208"].outcome
        == Outcome.VIOLATED
    )
    with_red = nodes_of(
        fact("208", "10.00万元"), fact("20805", "60.00万元"), fact("20808", "-1.00万元")
    )
    assert with_red["208"].outcome == Outcome.UNDETERMINED


@pytest.mark.parametrize(
    ("whole", "parts", "outcome"),
    [
        ("10.00元", ("60.00元", "0.00元"), Outcome.VIOLATED),
        ("10.00元", ("60.00元", "0.50元"), Outcome.VIOLATED),
        ("10.00元", ("60.00元", "-0.50元"), Outcome.UNDETERMINED),
        ("0.00元", ("60.00元",), Outcome.VIOLATED),
        ("0.50元", ("60.00元",), Outcome.VIOLATED),
        ("-0.50元", ("60.00元",), Outcome.UNDETERMINED),
    ],
)
def test_only_what_is_below_nothing_is_negative(whole, parts, outcome):
    """Neither 0.00 nor half a yuan excuses an excess."""
    below = [fact(f"2080{place}", part) for place, part in enumerate(parts, start=1)]
    assert nodes_of(fact("208", whole), *below)["208"].outcome is outcome


def test_a_negative_anywhere_leaves_an_excess_open():
    """In the whole, or deeper down: what is missing may be negative too."""
    assert nodes_of(fact(TOTAL, "-5.00万元"), fact("201", "10.00万元"))[TOTAL].outcome == (
        Outcome.UNDETERMINED
    )
    nodes = nodes_of(
        fact(TOTAL, "100.00万元"),
        fact("201", "120.00万元"),
        fact("2010301", "130.00万元"),
        fact("2010302", "-10.00万元"),
    )
    assert nodes[TOTAL].outcome == Outcome.UNDETERMINED


def test_a_bare_zero_among_whole_numbers_was_rounded_like_them():
    """Three times 0.4 is 1.2, printed 0, 0, 0 and 1; beside decimals a bare 0 is exact."""
    zeros = [fact("201", "0万元"), fact("202", "0万元"), fact("203", "0万元")]
    assert nodes_of(fact(TOTAL, "1万元"), *zeros, listed=True)[TOTAL].outcome == Outcome.HOLDS
    assert nodes_of(fact(TOTAL, "2万元"), *zeros)[TOTAL].tolerance == 4 * 5000
    assert nodes_of(fact(TOTAL, "1.00万元"), *zeros, listed=True)[TOTAL].outcome == (
        Outcome.VIOLATED
    )


def test_two_figures_for_one_heading_are_not_chosen_between():
    """Neither it nor what rests on it is judged by one of them."""
    nodes = nodes_of(
        fact("208", "10.00万元"), fact("20805", "6.00万元"), fact("20805", "7.00万元"), listed=True
    )
    assert nodes["20805"].own is None
    assert nodes["20805"].outcome == nodes["208"].outcome == Outcome.UNDETERMINED


def test_what_rests_on_two_figures_is_open_however_far_up():
    """A category without a figure of its own is not summed from what is left of its sections."""
    sections = [fact("20801", "6.00万元"), fact("20801", "7.00万元"), fact("20805", "5.00万元")]
    nodes = nodes_of(fact(TOTAL, "11.00万元"), *sections, listed=True)
    assert nodes["208"].below is nodes["208"].subtree is None
    assert nodes[TOTAL].outcome is Outcome.UNDETERMINED


def test_two_figures_whose_roundings_touch_are_one():
    """6.00 and 6.01 can both be 6.005; of two as fine the lower is taken, in whatever order."""
    pair = [fact("208", "6.01万元"), fact("208", "6.00万元")]
    for facts in (pair, pair[::-1]):
        own = nodes_of(*facts)["208"].own
        assert own is not None
        assert own.value == 60000


def test_one_figure_printed_twice_is_taken_at_its_finest():
    """131.92万元 and 1319150元 are one figure."""
    node = nodes_of(fact("208", "131.92万元"), fact("208", "1319150元"))["208"]
    assert node.own is not None
    assert (node.own.value, node.own.half_width) == (1319150, Fraction(1, 2))
    assert node.evidence == ("208=131.92万元", "208=1319150元")


def test_levels_left_out_are_summed_through():
    """A category is judged by its items where its sections are not reported."""
    nodes = nodes_of(
        fact("201", "3.00万元"), fact("2010301", "1.00万元"), fact("2010302", "2.00万元")
    )
    assert nodes["201"].outcome == Outcome.HOLDS
    assert nodes["20103"].outcome == nodes["2010301"].outcome == Outcome.NOT_APPLICABLE
    assert nodes["20103"].subtree == nodes["20103"].below


def test_a_wrong_item_is_told_at_its_parent_and_no_further():
    """The total is compared with the categories as reported."""
    nodes = nodes_of(
        fact(TOTAL, "5.00万元"), fact("201", "5.00万元"), fact("2010301", "9.00万元"), listed=True
    )
    assert (nodes["201"].outcome, nodes[TOTAL].outcome) == (Outcome.VIOLATED, Outcome.HOLDS)


def test_budgets_are_never_added():
    """The same heading under two budgets is two nodes with two totals."""
    nodes = roll_up(
        SCHEME,
        [fact("2120899", "0万元"), fact("2120899", "641.08万元", budget="government_funds_budget")],
    )
    totals = {node.budget: node.below.value for node in nodes if node.code == TOTAL and node.below}
    assert totals == {"general_public_budget": 0, "government_funds_budget": 6410800}


def test_groups_come_in_the_order_in_which_they_begin():
    """Wherever their other figures stand; with and without a budget."""
    late = [placed(fact(code, "2万元", budget=None), at) for code, at in (("201", 50), ("202", 60))]
    early = [placed(fact("203", "3万元"), 90), placed(fact("204", "1万元"), 1)]
    assert groups([*late, *early]) == [early, late]
    together = [placed(fact("201", "1万元", budget=budget), 1) for budget in ("b", None, "a")]
    assert [group[0].budget for group in groups(together)] == [None, "a", "b"]


def test_tables_are_apart_and_a_series_goes_on_in_the_next():
    """What a table prints is added up in it, what has a series in that."""
    tables = [placed(fact("201", "1万元"), at, f"table {at}") for at in (1, 2)]
    assert groups(tables) == [tables[:1], tables[1:]]
    series = [replace(each, series="column") for each in tables]
    assert groups(series) == [series]
    assert nodes_of(*series)["201"].table == "table 1"
    columns = [replace(tables[0], series=f"column {at}") for at in (1, 2)]
    assert groups(columns) == [columns[:1], columns[1:]]


@pytest.mark.parametrize(
    "other",
    [
        replace(fact("202", "1万元"), code=None),
        replace(fact("202", "1万元"), measure="change"),
        replace(fact("202", "1万元"), amount=rate_of("50%")),
    ],
)
def test_what_does_not_add_up_is_in_no_group(other):
    """A figure without a heading, a change, a share."""
    one = fact("201", "1万元")
    assert groups([one, other]) == [[one]]


def test_a_listing_may_reach_into_several_groups():
    """In each it closes what was read of it there."""
    first = fact("208", "100.00万元"), fact("20805", "60.00万元")
    other = fact("20805", "60.00万元", "elsewhere", budget="government_funds_budget")
    listing = Listing("208", frozenset((first[1].id, other.id)))
    nodes = roll_up(SCHEME, [*first, other], [listing])
    assert nodes[1].code == "208"
    assert nodes[1].outcome is Outcome.VIOLATED


def test_a_heading_is_named_by_the_scheme_or_else_as_first_printed():
    """A label of a document replaces no name that is known."""
    known = replace(fact("201", "3.00万元"), label="其他叫法")
    unknown = [replace(fact("2017701", "3.00万元", label), label=label) for label in ("甲", "乙")]
    nodes = nodes_of(known, *unknown)
    assert nodes["201"].name == "一般公共服务支出"
    assert nodes["2017701"].name == "甲"
    assert nodes["20177"].name is None


def test_a_code_the_scheme_lacks_is_kept():
    """It is added like any other and bears no name."""
    nodes = nodes_of(
        fact("201", "3.00万元"), fact("2019901", "3.00万元"), fact("2017701", "1.00万元")
    )
    assert nodes["2017701"].name is None
    assert nodes["201"].outcome == Outcome.VIOLATED


def test_sums_that_leave_64_bits_are_refused():
    """Guarded over absolute values, so that no subtotal can wrap."""
    with pytest.raises(AmountOutOfRange):
        roll_up(SCHEME, [fact("201", "9.2亿元")] + [fact("202", "90000000亿元")] * 11)
    most = fact("201", "92233720368547758.07元")
    assert roll_up(SCHEME, [most])
    for more in ("0.01元", "-0.01元", "-92233720368547758.07元"):
        with pytest.raises(AmountOutOfRange):
            roll_up(SCHEME, [most, fact("202", more)])


def test_nodes_come_in_order_of_code_whatever_is_reported():
    """Parents before children, and so do the figures that were added."""
    reported = ("20808", "2010301", "201", "20805", "208", "20101")
    nodes = nodes_of(*(fact(code, "1.00万元") for code in reported))
    assert list(nodes) == [TOTAL, "201", "20101", "20103", "2010301", "208", "20805", "20808"]
    assert nodes["208"].parts == ("20805=1.00万元", "20808=1.00万元")


def test_the_tree_of_a_whole_scheme_has_every_heading_once():
    """Edges go from each heading's parent to it."""
    tree = heading_tree(SCHEME)
    assert set(tree) == {TOTAL} | {heading.code for heading in SCHEME}
    assert set(tree.edges) == {(heading.parent, heading.code) for heading in SCHEME}
