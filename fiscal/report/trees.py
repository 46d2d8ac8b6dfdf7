"""Nodes as trees of text: a tree for each group of figures, or one line where all of it adds up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from fiscal.errors import Text
from fiscal.graph.roll_up import Node
from fiscal.model import BUDGETS, MEASURES, Fact, Outcome
from fiscal.ontology.terms import terms
from fiscal.report.figures import Scale

__all__ = ["MARKS", "OUTCOMES", "Line", "Tree", "brief_line", "label_of", "tree_lines", "trees_of"]

MARKS = {
    Outcome.HOLDS: "✓",
    Outcome.VIOLATED: "✗",
    Outcome.UNDETERMINED: "?",
    Outcome.NOT_APPLICABLE: "·",
}
OUTCOMES = {
    Outcome.HOLDS: Text("成立", "hold"),
    Outcome.VIOLATED: Text("不成立", "violated"),
    Outcome.UNDETERMINED: Text("无法判断", "undetermined"),
    Outcome.NOT_APPLICABLE: Text("不适用", "not applicable"),
}
_COLUMNS = (Text("表列", "reported"), Text("下级合计", "computed"), Text("差额", "difference"))
_MEASURE_SAID = re.compile(r"(?:预算|决算|执行)数")
_AMOUNT_WIDTH = 13
_NARROWEST_NAME = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; `role` is title, plain, or the value of the outcome it tells."""

    text: str
    role: str = "plain"


@dataclass(frozen=True, slots=True)
class Tree:
    """The nodes of one group of figures and what they are of: a table's column, or a budget."""

    heading: str
    nodes: tuple[Node, ...]

    @property
    def is_brief(self) -> bool:
        """Whether one line tells it all: a column in which everything adds up, or one figure."""
        odd = (Outcome.VIOLATED, Outcome.UNDETERMINED)
        is_column = self.nodes[0].series is not None or len(self.nodes) == 1
        return is_column and all(node.outcome not in odd for node in self.nodes)


def trees_of(nodes: Sequence[Node], facts: Mapping[str, Fact], language: str) -> list[Tree]:
    """Part nodes into trees; each begins with its total, which may be neither told nor counted."""
    trees: list[Tree] = []
    starts = [place for place, node in enumerate(nodes) if node.depth == 0]
    for start, end in zip(starts, [*starts[1:], len(nodes)], strict=True):
        own = tuple(nodes[start:end])
        trees.append(Tree(_heading(own, facts, language), own))
    return trees


def tree_lines(
    trees: Sequence[Tree], scale: Scale, language: str, depth: int | None, width: int
) -> Iterator[Line]:
    """Tell the trees, the brief ones last and in a line each."""
    whole = [tree for tree in trees if not tree.is_brief]
    shown = [
        [node for node in tree.nodes if depth is None or node.depth <= depth] for tree in whole
    ]
    labels = [
        [branch + label_of(node) for branch, node in zip(_branches(nodes), nodes, strict=True)]
        for nodes in shown
    ]
    room = max(_NARROWEST_NAME, width - len(_COLUMNS) * _AMOUNT_WIDTH - 2)
    texts = [tree.heading for tree in whole] + [label for own in labels for label in own]
    name_width = min(room, max(map(cell_len, texts), default=0))
    columns = "".join(_right(column.to(language)) for column in _COLUMNS)
    for tree, nodes, own in zip(whole, shown, labels, strict=True):
        yield Line("")
        yield Line(_fit(tree.heading, name_width) + columns, "title")
        for node, label in zip(nodes, own, strict=True):
            yield _node_line(node, _fit(label, name_width), scale)
    brief = [tree for tree in trees if tree.is_brief]
    if brief:
        yield Line("")
    yield from (brief_line(tree, scale, language) for tree in brief)


def label_of(node: Node) -> str:
    """Return a node's code and name."""
    name = node.name or "（科目表中未见）"
    return name if node.parent is None else f"{node.code} {name}"


def _heading(nodes: Sequence[Node], facts: Mapping[str, Fact], language: str) -> str:
    total = nodes[0]
    budget = BUDGETS[total.budget] if total.budget else Text("未分预算", "budget not said")
    measure = MEASURES[total.measure].to(language)
    if total.series is None:
        table = f"{total.table} " if total.table else ""
        return f"{table}{budget.to(language)} {measure}"
    told = (facts[fact_id] for node in nodes for fact_id in node.evidence)
    first = min(told, key=lambda fact: fact.span.start)
    column = first.span.column or ""
    said = "" if _MEASURE_SAID.search(column) else f" {measure}"
    return f"{_table_name(first, language)}{_place(first, language)} {column}{said}"


def _table_name(fact: Fact, language: str) -> str:
    named = (Text(term.zh, term.en) for term in terms() if term.id == fact.section)
    return next(named, Text("未识别的表", "unknown table")).to(language)


def _place(fact: Fact, language: str) -> str:
    if fact.span.page is not None:
        return Text(f"（第 {fact.span.page} 页）", f" (page {fact.span.page})").to(language)
    return f"（{fact.span.table}）" if fact.span.table else ""


def brief_line(tree: Tree, scale: Scale, language: str) -> Line:
    """Tell a tree in one line: its one figure, or how many headings it has and how many hold."""
    total = tree.nodes[0]
    if len(tree.nodes) == 1 and total.own:
        told = f"{label_of(total)} {scale.printed(total.own.value)}"
        return Line(f"{MARKS[total.outcome]} {tree.heading}：{told}", total.outcome.value)
    held = sum(1 for node in tree.nodes if node.outcome is Outcome.HOLDS)
    outcome = Outcome.HOLDS if held else Outcome.NOT_APPLICABLE
    counted = Text(
        f"科目 {len(tree.nodes)} 个，{OUTCOMES[Outcome.HOLDS].zh} {held}",
        f"{len(tree.nodes)} headings, {held} {OUTCOMES[Outcome.HOLDS].en}",
    ).to(language)
    return Line(f"{MARKS[outcome]} {tree.heading}：{counted}", outcome.value)


def _node_line(node: Node, label: str, scale: Scale) -> Line:
    amounts = (
        scale.printed(node.own.value) if node.own else "",
        scale.rounded(node.below.value) if node.below else "",
        scale.rounded(node.difference) if node.difference is not None else "",
    )
    cells = "".join(map(_right, amounts))
    return Line(f"{label}{cells} {MARKS[node.outcome]}", node.outcome.value)


def _branches(nodes: Sequence[Node]) -> list[str]:
    """Return what is drawn before each node so that the lines make a tree."""
    drawn: list[str] = []
    open_depths: set[int] = set()
    for node in reversed(nodes):
        open_depths = {depth for depth in open_depths if depth <= node.depth}
        trunk = "".join(
            "│ " if depth in open_depths else "\u0020\u0020" for depth in range(1, node.depth)
        )
        fork = "" if node.depth == 0 else "├ " if node.depth in open_depths else "└ "
        drawn.append(trunk + fork)
        open_depths.add(node.depth)
    return drawn[::-1]


def _fit(text: str, width: int) -> str:
    fitted = set_cell_size(text, width)
    return fitted if cell_len(text) <= width else set_cell_size(text, width - 2) + "… "


def _right(text: str) -> str:
    return "\u0020" * max(1, _AMOUNT_WIDTH - cell_len(text)) + text
