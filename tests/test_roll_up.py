"""Every outcome of a roll-up, and the endpoints between them."""

from fractions import Fraction

import pytest

from fiscal.codes import TOTAL
from fiscal.errors import AmountOutOfRange
from fiscal.graph.roll_up import Node, roll_up
from fiscal.graph.tree import heading_tree
from fiscal.model import Fact, Listing, Outcome
from fiscal.ontology.scheme import Scheme
from tests.building import fact

SCHEME = Scheme.of("functional", 2019)


def nodes_of(*facts: Fact, listed: bool = False) -> dict[str, Node]:
    parts = frozenset(each.id for each in facts if each.code != TOTAL)
    listings = [Listing(TOTAL, parts)] if listed else []
    return {node.code: node for node in roll_up(SCHEME, facts, listings)}


def test_parts_that_add_up_hold():
    """Own, below, difference and the ids of what was added."""
    node = nodes_of(
        fact("208", "60.43万元"), fact("20805", "30.05万元"), fact("20808", "30.38万元")
    )["208"]
    assert (node.outcome, node.difference, node.tolerance) == (Outcome.HOLDS, 0, 150)
    assert node.parts == ("20805=30.05万元", "20808=30.38万元")


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


def test_the_tree_of_a_whole_scheme_has_every_heading_once():
    """Edges go from each heading's parent to it."""
    tree = heading_tree(SCHEME)
    assert set(tree) == {TOTAL} | {heading.code for heading in SCHEME}
    assert set(tree.edges) == {(heading.parent, heading.code) for heading in SCHEME}
