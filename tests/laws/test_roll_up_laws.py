"""What must be true of every roll-up, each law under the sentence it proves."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fiscal import codes
from fiscal.extract.tables.reading import read_tables
from fiscal.graph.account import Account as Rolled
from fiscal.graph.account import roll_up_account
from fiscal.graph.roll_up import Node, roll_up
from fiscal.model import Document, DocumentKind, Extraction, Fact, Listing, Outcome, Profile
from fiscal.money import Amount
from tests.laws.account_style import styles
from tests.laws.account_tables import lay_out
from tests.laws.accounts import accounts
from tests.laws.strategies import SCHEME, leaf_facts, leaves, renamed, whole_account


def by_code(facts: list[Fact], listings: tuple[Listing, ...] = ()) -> dict[str, Node]:
    return {node.code: node for node in roll_up(SCHEME, facts, listings)}


def values(facts: list[Fact]) -> dict[str, Fraction]:
    return {code: node.subtree.value for code, node in by_code(facts).items() if node.subtree}


class TestChildrenSumToParents:
    """“Children sum to parents”: the parts must add up to the whole."""

    @given(leaves)
    def test_at_every_node_of_every_tree(self, money):
        nodes = by_code(leaf_facts(money))
        for code, node in nodes.items():
            children = [n.subtree.value for n in nodes.values() if n.parent == code and n.subtree]
            assert not children or (node.below is not None and node.below.value == sum(children))

    @given(leaves)
    def test_the_total_is_the_sum_of_all_facts(self, money):
        assert values(leaf_facts(money))[codes.TOTAL] == sum(money.values()) * 100

    @given(leaves)
    def test_a_true_account_holds_everywhere(self, money):
        facts = whole_account(money)
        everything = Listing(codes.TOTAL, frozenset(f.id for f in facts if f.code != codes.TOTAL))
        outcomes = {node.outcome for node in roll_up(SCHEME, facts, [everything])}
        assert outcomes <= {Outcome.HOLDS, Outcome.NOT_APPLICABLE}


class TestOrderIsIndifferent:
    """“Order of facts is indifferent.”"""

    @given(leaves, st.randoms(use_true_random=False))
    def test_shuffled_facts_give_the_same_nodes(self, money, random):
        facts = whole_account(money)
        shuffled = random.sample(facts, len(facts))
        assert roll_up(SCHEME, facts) == roll_up(SCHEME, shuffled)


class TestLinearity:
    """“Rolling up is linear”: the roll-up of a sum is the sum of the roll-ups."""

    @given(leaves, leaves)
    def test_two_accounts_added(self, first, second):
        together = {c: first.get(c, 0) + second.get(c, 0) for c in first.keys() | second.keys()}
        one, other = values(leaf_facts(first)), values(leaf_facts(second))
        assert values(leaf_facts(together)) == {
            code: one.get(code, 0) + other.get(code, 0) for code in one.keys() | other.keys()
        }

    @given(leaves, st.integers(min_value=0, max_value=1000))
    def test_an_account_multiplied(self, money, factor):
        scaled = values(leaf_facts({code: value * factor for code, value in money.items()}))
        assert scaled == {code: value * factor for code, value in values(leaf_facts(money)).items()}


class TestZero:
    """“Adding zero changes nothing.”"""

    @given(leaves, leaves)
    def test_headings_without_money_leave_every_other_figure(self, money, others):
        zeros = {code: 0 for code in others if code not in money}
        before, after = values(leaf_facts(money)), values(leaf_facts(money | zeros))
        assert {code: after[code] for code in before} == before
        assert all(after[code] == 0 for code in after.keys() - before.keys())


class TestLocality:
    """“One changed leaf changes exactly its ancestors.”"""

    @given(leaves, st.data(), st.integers(min_value=1, max_value=10**6))
    def test_a_changed_leaf(self, money, data, more):
        leaf = data.draw(st.sampled_from(sorted(money)))
        before = values(leaf_facts(money))
        after = values(leaf_facts(money | {leaf: money[leaf] + more}))
        changed = {code for code in before if before[code] != after[code]}
        assert changed == {leaf, codes.TOTAL, *codes.ancestors(leaf)}


class TestUnits:
    """“元 and 万元 give the same result.”"""

    @given(leaves)
    def test_the_same_money_in_yuan(self, money):
        facts = leaf_facts(money)
        in_yuan = [replace(f, amount=Amount(Decimal(int(f.amount.value)), "元")) for f in facts]
        assert values(in_yuan) == values(facts)


class TestMissingParts:
    """“Children that are only partly reported never make a parent violated.”"""

    @given(leaves, st.data())
    def test_any_facts_removed_from_a_true_account(self, money, data):
        facts = whole_account(money)
        everything = Listing(codes.TOTAL, frozenset(f.id for f in facts if f.code != codes.TOTAL))
        kept = data.draw(st.lists(st.sampled_from(facts), unique=True, max_size=len(facts) - 1))
        nodes = roll_up(SCHEME, kept, [everything])
        assert Outcome.VIOLATED not in {node.outcome for node in nodes}

    @given(leaves)
    def test_unless_the_part_already_exceeds_the_whole(self, money):
        leaf, value = max(money.items(), key=lambda pair: pair[1])
        facts = leaf_facts({leaf: value + 300, codes.parent(leaf): value})
        assert by_code(facts)[codes.parent(leaf)].outcome == Outcome.VIOLATED


class TestMentions:
    """“Mentions of one figure”: saying a figure twice changes no figure."""

    @given(leaves)
    def test_every_fact_twice(self, money):
        facts = whole_account(money)
        assert values(facts + renamed(facts)) == values(facts)


def rolled(document: Document, year: int, facts: tuple[Fact, ...] | None = None) -> Rolled:
    profile = Profile(None, None, year, DocumentKind.FINAL_ACCOUNTS)
    reading = read_tables(document, profile)
    extraction = Extraction(document, profile, facts or reading.facts, reading.listings)
    return roll_up_account(extraction)


class TestTables:
    """“No table of a true account gives a false alarm, and no column touches another.”"""

    @given(accounts(), styles())
    @settings(max_examples=20)
    def test_true_accounts_in_any_style_hold(self, account, style):
        nodes = rolled(lay_out(account, style)[0], account.year).nodes
        assert {node.outcome for node in nodes} <= {Outcome.HOLDS, Outcome.NOT_APPLICABLE}
        assert any(node.outcome is Outcome.HOLDS for node in nodes)

    @given(accounts(), styles(), st.data())
    @settings(max_examples=20)
    def test_a_changed_item_is_found_at_its_parent_in_its_column(self, account, style, data):
        document = lay_out(account, style)[0]
        before = rolled(document, account.year)
        parents = {
            fact_id: node
            for node in before.nodes
            if node.outcome is Outcome.HOLDS and node.series
            for fact_id in node.parts
        }
        assume(parents)
        changed = data.draw(st.sampled_from(sorted(parents)))
        facts = tuple(
            replace(fact, amount=Amount(fact.amount.number + 1000, fact.amount.unit))
            if fact.id == changed
            else fact
            for fact in before.extraction.facts
        )
        found = rolled(document, account.year, facts).nodes
        odd = {
            (node.series, node.code)
            for node in found
            if node.outcome in (Outcome.VIOLATED, Outcome.UNDETERMINED)
        }
        parent = parents[changed]
        assert (parent.series, parent.code) in odd
        assert {series for series, _ in odd} == {parent.series}
