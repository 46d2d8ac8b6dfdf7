"""Rolling amounts up the tree: for every node the figure reported against the figure from below.

Facts may be given at any level. A node's figure is the one reported for it or, where none is, the
sum of the figures of the nodes below it. Where both are there they are compared, and the tolerance
is what printing leaves open: the half-widths of the reported figure and of every addend, added up.

- a difference within the tolerance holds;
- parts that exceed their whole violate it, unless some part is negative;
- parts that fall short of it violate it only where the document claims to list them all (a
  `Listing` whose members were all read); otherwise a part may be missing, and it is undetermined.

Figures of a column, and figures in prose of one budget, are added among themselves and never with
others: each such group (`groups`) has a tree of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import networkx as nx

from fiscal import codes
from fiscal.errors import Text
from fiscal.graph.tree import heading_tree
from fiscal.model import Fact, Listing, Outcome
from fiscal.money import checked_fen
from fiscal.ontology.scheme import Scheme

__all__ = ["ADDITIVE", "Figure", "Node", "groups", "roll_up"]

# The measures of which the parts of a heading add up to it.
ADDITIVE = ("final", "budget", "adjusted_budget", "prior_year")


@dataclass(frozen=True, slots=True)
class Figure:
    """An exact value in yuan that printing leaves open by `half_width` on either side."""

    value: Fraction
    half_width: Fraction = Fraction(0)

    def __add__(self, other: Figure) -> Figure:
        return Figure(self.value + other.value, self.half_width + other.half_width)

    def agrees_with(self, other: Figure) -> bool:
        """Tell whether both can be one figure, printed with different precision."""
        return abs(self.value - other.value) <= self.half_width + other.half_width


@dataclass(frozen=True, slots=True)
class Node:
    """One heading of one group of facts, rolled up. All amounts are exact, in yuan.

    `own` is the figure reported at the node and `below` the sum over its children; either may be
    missing. `has_negative` tells of a negative figure here or below. `evidence` are the ids of the
    facts that report the node, `parts` those of the children that were added.
    """

    code: str
    name: str | None
    table: str | None
    budget: str | None
    measure: str
    own: Figure | None
    below: Figure | None
    outcome: Outcome
    reason: Text | None
    has_negative: bool
    evidence: tuple[str, ...]
    parts: tuple[str, ...]
    scheme: str = ""
    series: str | None = None
    funding_source: str | None = None
    expenditure_type: str | None = None

    @property
    def level(self) -> str:
        """Category, section, item, subitem or total."""
        return codes.level(self.code)

    @property
    def parent(self) -> str | None:
        """The code one level up; None for the total."""
        return None if self.code == codes.TOTAL else codes.parent(self.code)

    @property
    def depth(self) -> int:
        """Levels below the total: 0 for it, 1 for a category."""
        return 0 if self.code == codes.TOTAL else len(codes.ancestors(self.code)) + 1

    @property
    def subtree(self) -> Figure | None:
        """The node's figure as its parent adds it: its own, or else the sum from below."""
        return self.own or self.below

    @property
    def difference(self) -> Fraction | None:
        """Reported less computed."""
        return self.own.value - self.below.value if self.own and self.below else None

    @property
    def tolerance(self) -> Fraction | None:
        """How far reported and computed may lie apart and still agree as printed."""
        return self.own.half_width + self.below.half_width if self.own and self.below else None


def roll_up(
    scheme: Scheme, facts: Iterable[Fact], listings: Sequence[Listing] = ()
) -> tuple[Node, ...]:
    """Roll facts up the tree of `scheme`: for each of their `groups` a node for every code.

    Nodes come tree by tree, parents before children, in order of code. Raises AmountOutOfRange
    where a sum leaves 64-bit fen.
    """
    everything = list(facts)
    read = {fact.id for fact in everything}
    full = [listing for listing in listings if listing.members <= read]
    return tuple(
        node for group in groups(everything) for node in _roll_up_group(scheme, group, full)
    )


def groups(facts: Iterable[Fact]) -> list[list[Fact]]:
    """Part facts into those that may be added up, in the order in which they begin.

    Facts without a code, and figures that do not add up, such as a share, are in none.
    """
    found: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.code is not None and fact.measure in ADDITIVE and fact.amount.is_money:
            found[_group_of(fact)].append(fact)
    return [found[key] for key in sorted(found, key=lambda key: (_start(found[key]), key))]


def _group_of(fact: Fact) -> tuple[str, ...]:
    alike = (
        fact.series or fact.span.table,
        fact.budget,
        fact.funding_source,
        fact.expenditure_type,
        fact.measure,
    )
    return tuple(each or "" for each in alike)


def _start(facts: Iterable[Fact]) -> int:
    return min(fact.span.start for fact in facts)


def _roll_up_group(
    scheme: Scheme,
    facts: Sequence[Fact],
    full_listings: Sequence[Listing],
) -> Iterator[Node]:
    _guard_range(facts)
    mentions: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        mentions[fact.code or ""].append(fact)
    tree = heading_tree(scheme, mentions)
    closed = _closed_nodes(mentions, full_listings)
    are_whole = all(fact.amount.decimals == 0 for fact in facts)
    first = facts[0]
    nodes: dict[str, Node] = {}
    for code in nx.dfs_postorder_nodes(tree, codes.TOTAL):
        children = [nodes[child] for child in tree.successors(code)]
        own = _merge(mentions.get(code, ()), are_whole)
        below = _sum(children)
        outcome, reason = _judge(own, below, children, code in closed)
        nodes[code] = Node(
            code=code,
            name=tree.nodes[code]["name"] or _label(mentions.get(code, ())),
            table=first.span.table,
            budget=first.budget,
            measure=first.measure,
            own=own if isinstance(own, Figure) else None,
            below=below,
            outcome=outcome,
            reason=reason,
            has_negative=_has_negative(own, children),
            evidence=tuple(fact.id for fact in mentions.get(code, ())),
            parts=tuple(part for child in children for part in child.evidence or child.parts),
            scheme=scheme.name,
            series=first.series,
            funding_source=first.funding_source,
            expenditure_type=first.expenditure_type,
        )
    return (nodes[code] for code in nx.dfs_preorder_nodes(tree, codes.TOTAL))


def _guard_range(facts: Sequence[Fact]) -> None:
    """Refuse what could overflow a 64-bit column anywhere in the tree: Σ|fen| < 2⁶³."""
    checked_fen(ceil(sum(abs(fact.amount.value) for fact in facts) * 100))


def _label(mentions: Sequence[Fact]) -> str | None:
    return (mentions[0].label or None) if mentions else None


class _Conflict(tuple[Figure, ...]):
    """Figures reported for one node that cannot be one figure."""


def _figure(fact: Fact, are_whole: bool) -> Figure:
    """Read a figure; among whole ones a bare 0 was rounded like them.

    Beside figures with decimals a bare 0 is no rounding but a form left at nothing.
    """
    amount = fact.amount
    return Figure(amount.value, amount.rounded_half_width if are_whole else amount.half_width)


def _merge(mentions: Sequence[Fact], are_whole: bool) -> Figure | _Conflict | None:
    """Return the finest of the figures reported for a node where all of them agree."""
    figures = [_figure(fact, are_whole) for fact in mentions]
    if not figures:
        return None
    finest = min(figures, key=lambda figure: (figure.half_width, figure.value))
    highest_low = max(figure.value - figure.half_width for figure in figures)
    lowest_high = min(figure.value + figure.half_width for figure in figures)
    return finest if highest_low <= lowest_high else _Conflict(figures)


def _has_negative(own: Figure | _Conflict | None, children: Sequence[Node]) -> bool:
    is_negative = isinstance(own, Figure) and own.value < 0
    return is_negative or any(child.has_negative for child in children)


def _sum(children: Sequence[Node]) -> Figure | None:
    """Add the figures of the children; there is no sum where one of them has none."""
    figures = [child.subtree for child in children if child.subtree]
    are_all = bool(figures) and len(figures) == len(children)
    return sum(figures, Figure(Fraction(0))) if are_all else None


def _closed_nodes(
    mentions: Mapping[str, Sequence[Fact]], full_listings: Sequence[Listing]
) -> frozenset[str]:
    """Return the nodes whose parts are all there.

    They are the whole of a listing that was read in full, and what lies between it and its members.
    """
    code_of = {fact.id: code for code, facts in mentions.items() for fact in facts}
    return frozenset(
        node
        for listing in full_listings
        for member in listing.members & code_of.keys()
        for node in _between(listing.whole, code_of[member])
    )


def _between(whole: str, member: str) -> Iterator[str]:
    path = (codes.TOTAL, *codes.ancestors(member))
    return iter(path[path.index(whole) :] if whole in path else ())


def _judge(
    own: Figure | _Conflict | None, below: Figure | None, children: Sequence[Node], is_closed: bool
) -> tuple[Outcome, Text | None]:
    if isinstance(own, _Conflict):
        return Outcome.UNDETERMINED, Text("同一科目报了不同的数", "reported with different figures")
    if own is None:
        return Outcome.NOT_APPLICABLE, Text("未报数，由下级合计", "not reported, only summed up")
    if not children:
        return Outcome.NOT_APPLICABLE, Text("无下级", "nothing below")
    if below is None:
        return Outcome.UNDETERMINED, Text("有下级科目没有可用的数", "a part has no usable figure")
    return _compare(own, below, children, is_closed)


def _compare(
    own: Figure, below: Figure, children: Sequence[Node], is_closed: bool
) -> tuple[Outcome, Text | None]:
    if own.agrees_with(below):
        return Outcome.HOLDS, None
    if is_closed:
        return Outcome.VIOLATED, Text("下级合计与本级不符", "the parts do not add up to the whole")
    if own.value < 0 or any(child.has_negative for child in children):
        return Outcome.UNDETERMINED, Text("下级有负数且可能未列全", "parts are negative or missing")
    if below.value > own.value:
        return Outcome.VIOLATED, Text("下级合计大于本级", "the parts exceed the whole")
    return Outcome.UNDETERMINED, Text("下级可能未列全", "parts may be missing")
