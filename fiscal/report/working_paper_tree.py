"""The sheet of a working paper that adds up the tree anew, by formulas.

A heading's parts are the cells of the headings right below it: the figure reported there, or the
sum from below where none is. The values that the formulas carry are those of the roll-up, exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from fiscal.codes import LEVEL_LABELS
from fiscal.errors import FiscalError, Text
from fiscal.graph.account import roll_up_account
from fiscal.graph.roll_up import Node
from fiscal.model import Extraction, Outcome
from fiscal.report.figures import Scale, scale_of
from fiscal.report.trees import OUTCOMES, Tree, trees_of
from fiscal.report.workbook import Cell, Formula, Look, Sheet, Shown

__all__ = ["tree_sheet"]

_HEADINGS = (
    (Text("文件", "document"), 24),
    (Text("表与列", "table and column"), 36),
    (Text("科目编码", "code"), 12),
    (Text("科目名称", "heading"), 40),
    (Text("级次", "level"), 8),
    (Text("表列数", "reported"), 18),
    (Text("下级合计", "sum of parts"), 18),
    (Text("差额", "difference"), 16),
    (Text("容差", "tolerance"), 16),
    (Text("在容差内", "within"), 10),
    (Text("结果", "outcome"), 10),
    (Text("说明", "reason"), 28),
    (Text("事实编号", "facts"), 16),
)
_REPORTED, _COMPUTED, _DIFFERENCE, _TOLERANCE = "FGHI"
_MOST_DIGITS = 15
_WRONG = Look(is_bold=True, fill=3)


def tree_sheet(extractions: Sequence[Extraction], language: str) -> tuple[Sheet, list[str]]:
    """Return the sheet, and why there is no tree of a document that has none."""
    rows: list[list[Cell]] = []
    notes: list[str] = []
    for extraction in extractions:
        try:
            account = roll_up_account(extraction)
        except FiscalError as error:
            notes.append(error.within(extraction.document.path).render(language))
            continue
        notes += [note.to(language) for note in account.notes]
        scale = scale_of(extraction.facts)
        facts = {fact.id: fact for fact in extraction.facts}
        for tree in trees_of(account.nodes, facts, language):
            # The first row of the sheet is its header.
            first = len(rows) + 2
            lead = [extraction.document.path, tree.heading]
            rows += [[*lead, *cells] for cells in _tree_rows(tree, first, scale, language)]
    labels = [label.to(language) for label, _ in _HEADINGS]
    widths = [width for _, width in _HEADINGS]
    return Sheet(Text("科目树", "tree").to(language), labels, widths, rows), notes


def _tree_rows(tree: Tree, first: int, scale: Scale, language: str) -> Iterator[list[Cell]]:
    places = {node.code: first + at for at, node in enumerate(tree.nodes)}
    below: dict[str | None, list[Node]] = {}
    for node in tree.nodes:
        below.setdefault(node.parent, []).append(node)
    amounts = [_amounts(node, scale) for node in tree.nodes]
    told = [amount for own in amounts for amount in own if amount is not None]
    decimals = max(map(_decimals, told), default=0)
    # A spreadsheet holds fewer digits than some figures have: then its sums would be others.
    is_live = all(len(amount.as_tuple().digits) <= _MOST_DIGITS for amount in told)
    for node, own in zip(tree.nodes, amounts, strict=True):
        parts = [_figure_place(part, places) for part in below.get(node.code, ()) if part.subtree]
        live = _formulas(places[node.code], parts, own, decimals) if is_live else [*own]
        figures = [
            Shown(cell, Look(unit=scale.unit)) if cell is not None else None for cell in live
        ]
        within = _within(places[node.code], own, language) if is_live else None
        yield [*_named(node, language), *figures, within, *_outcome(node, language)]


def _formulas(
    row: int, parts: Sequence[tuple[str, int]], amounts: Sequence[Decimal | None], decimals: int
) -> list[Decimal | Formula | None]:
    """Return reported, computed, difference and tolerance, the two in the middle as formulas."""
    reported, computed, difference, tolerance = amounts
    summed, less = f"SUM({_joined(parts)})", f"ROUND({_REPORTED}{row}-{_COMPUTED}{row},{decimals})"
    return [
        reported,
        None if computed is None else Formula(summed, computed),
        None if difference is None else Formula(less, difference),
        tolerance,
    ]


def _amounts(node: Node, scale: Scale) -> list[Decimal | None]:
    values = (
        node.own.value if node.own else None,
        node.below.value if node.below else None,
        node.difference,
        node.tolerance,
    )
    return [Decimal(told) if (told := scale.exact(value)) else None for value in values]


def _decimals(amount: Decimal) -> int:
    return max(0, -int(amount.as_tuple().exponent))


def _figure_place(node: Node, places: dict[str, int]) -> tuple[str, int]:
    """Return the cell that a node's parent adds."""
    return (_REPORTED if node.own else _COMPUTED, places[node.code])


def _joined(parts: Sequence[tuple[str, int]]) -> str:
    """Write cells as ranges where they stand below each other.

    >>> _joined([("F", 3), ("F", 4), ("G", 5), ("F", 9)])
    'F3:F4,G5,F9'
    """
    runs: list[tuple[str, int, int]] = []
    for letter, row in parts:
        if runs and runs[-1][0] == letter and runs[-1][2] == row - 1:
            runs[-1] = (letter, runs[-1][1], row)
        else:
            runs.append((letter, row, row))
    return ",".join(f"{c}{a}:{c}{b}" if a < b else f"{c}{a}" for c, a, b in runs)


def _within(row: int, amounts: Sequence[Decimal | None], language: str) -> Formula | None:
    *_, difference, tolerance = amounts
    if difference is None or tolerance is None:
        return None
    yes, no = Text("是", "yes").to(language), Text("否", "no").to(language)
    text = f'IF(ABS({_DIFFERENCE}{row})<={_TOLERANCE}{row},"{yes}","{no}")'
    return Formula(text, yes if abs(difference) <= tolerance else no)


def _named(node: Node, language: str) -> list[Cell]:
    level = LEVEL_LABELS.get(node.level)
    code = node.code if node.parent is not None else None
    name = "\u3000" * node.depth + (node.name or "")
    return [code, name, level.to(language) if level else None]


def _outcome(node: Node, language: str) -> list[Cell]:
    told = OUTCOMES[node.outcome].to(language)
    is_wrong = node.outcome is Outcome.VIOLATED
    reason = node.reason.to(language) if node.reason else None
    return [Shown(told, _WRONG) if is_wrong else told, reason, " ".join(node.evidence)]
