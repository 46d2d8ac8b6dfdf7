"""The tree of 类, 款 and 项: which of a document's trees is shown, and its cells.

Of the trees of expenditure by function that a document holds, one for each column and one for
prose, that of the most headings is shown, and of several such that of the general public budget;
one of a single source or type of money only where there is no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import accumulate

from fiscal.codes import LEVEL_LABELS, LEVELS
from fiscal.errors import FiscalError, Text
from fiscal.graph.account import roll_up_account
from fiscal.graph.roll_up import Node
from fiscal.ontology.terms import terms
from fiscal.report.charts.mentions import scale_shown, year_of
from fiscal.report.charts.picture import Cell, Icicle, Missing, joined, share_of
from fiscal.report.trees import Tree, label_of, trees_of
from fiscal.rules.view import View

__all__ = ["tree_of"]

_MOST_CELLS = 300
_TITLE = Text("支出{}科目结构（类、款、项）", "Expenditure by heading: category, section and item")
_TOTAL = Text("合计", "total")
_NAMES = Text("按功能分类科目列出的支出", "expenditure by functional heading")


def tree_of(view: View) -> Icicle | Missing:
    """Return the tree of headings, or what the document lacks for it."""
    title = Text(_TITLE.zh.format("预算" if view.level == "budget" else "决算"), _TITLE.en)
    facts = {fact.id: fact for fact in view.facts}
    tree = max(_trees(view), key=_fullness, default=None)
    if tree is None or not _value(tree.nodes[0]):
        return Missing("tree", title, (_NAMES,))
    used = [facts[one] for node in tree.nodes for one in node.evidence if one in facts]
    cells = list(_cells(tree.nodes))
    depth = _deepest_shown(cells)
    shown = tuple(cell for cell in cells if cell.depth <= depth)
    notes = [*_notes(tree.nodes)]
    if len(shown) < len(cells):
        level = LEVEL_LABELS[tuple(LEVELS.values())[max(depth, 1) - 1]]
        english = f"too many headings: drawn down to {level.en} only"
        notes.append(Text(f"科目过多，只画到{level.zh}", english))
    return Icicle("tree", title, scale_shown(used), shown, tuple(notes))


def _deepest_shown(cells: Sequence[Cell]) -> int:
    """Return the depth down to which the tree has no more headings than a picture can hold."""
    depths = Counter(cell.depth for cell in cells)
    counts = accumulate(depths[depth] for depth in range(max(depths) + 1))
    return max(0, sum(1 for count in counts if count <= _MOST_CELLS) - 1)


def _trees(view: View) -> Iterator[Tree]:
    year = year_of(view)
    try:
        account = roll_up_account(view.extraction, "functional", year, view.level)
    except FiscalError:
        return
    facts = {fact.id: fact for fact in view.extraction.facts}
    for tree in trees_of(account.nodes, facts, "zh"):
        if len(tree.nodes) > 1:
            yield tree


def _fullness(tree: Tree) -> tuple[bool, int, bool]:
    counted = sum(1 for node in tree.nodes if _value(node))
    is_general = tree.nodes[0].budget == "general_public_budget"
    return not _kinds(tree.nodes), counted, is_general


def _kinds(nodes: Sequence[Node]) -> list[Text]:
    """Return the source and the type that a tree is limited to."""
    only = (nodes[0].funding_source, nodes[0].expenditure_type)
    return [Text(one.zh, one.en) for one in terms() if one.id in only]


def _value(node: Node) -> Fraction:
    return node.subtree.value if node.subtree else Fraction(0)


def _cells(nodes: Sequence[Node]) -> Iterator[Cell]:
    total, colour = _value(nodes[0]), -1
    hidden: set[str] = set()
    for node in nodes:
        if _value(node) <= 0 or node.parent in hidden:
            hidden.add(node.code)
            continue
        colour += node.depth == 1
        yield Cell(
            name=_TOTAL if node.depth == 0 else Text(label_of(node), label_of(node)),
            value=_value(node),
            depth=node.depth,
            colour=max(colour, 0),
            share=share_of(_value(node), total) or "",
            is_derived=node.own is None,
            evidence=node.evidence,
        )


def _notes(nodes: Sequence[Node]) -> Iterator[Text]:
    if kinds := _kinds(nodes):
        yield Text(f"只含：{joined(kinds).zh}", f"only: {joined(kinds).en}")
    told = [node for node in nodes if node.subtree]
    zero = [node for node in told if not _value(node)]
    negative = [node for node in told if _value(node) < 0]
    if zero:
        yield Text(f"为零未画：{_named(zero).zh}", f"zero and left out: {_named(zero).en}")
    if negative:
        yield Text(
            f"为负未画：{_named(negative).zh}", f"negative and left out: {_named(negative).en}"
        )
    wrong = [node for node in nodes if node.outcome == "violated"]
    if wrong:
        yield Text(
            f"下级合计与本级不符：{_named(wrong).zh}",
            f"the parts do not add up to: {_named(wrong).en}",
        )


def _named(nodes: Iterable[Node]) -> Text:
    return joined(Text(label_of(node), label_of(node)) for node in nodes)
