"""Results as text for people: lines, each with the role that the terminal colours it by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from rich.cells import cell_len, set_cell_size

from fiscal.errors import Text
from fiscal.graph.account import Account
from fiscal.graph.roll_up import Node
from fiscal.model import BUDGETS, MEASURES, Fact, Outcome
from fiscal.money import format_amount
from fiscal.ontology.scheme import SCHEMES
from fiscal.report.figures import Scale, scale_of

__all__ = ["Line", "roll_up_lines"]

_MARKS = {
    Outcome.HOLDS: "✓",
    Outcome.VIOLATED: "✗",
    Outcome.UNDETERMINED: "?",
    Outcome.NOT_APPLICABLE: "·",
}
_OUTCOMES = {
    Outcome.HOLDS: Text("成立", "hold"),
    Outcome.VIOLATED: Text("不成立", "violated"),
    Outcome.UNDETERMINED: Text("无法判断", "undetermined"),
    Outcome.NOT_APPLICABLE: Text("不适用", "not applicable"),
}
_COLUMNS = (Text("表列", "reported"), Text("下级合计", "computed"), Text("差额", "difference"))
_AMOUNT_WIDTH = 13
_NARROWEST_NAME = 30
_MOST_MENTIONS = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; `role` is title, plain, or the value of the outcome it tells."""

    text: str
    role: str = "plain"


def roll_up_lines(
    account: Account, language: str = "zh", depth: int | None = None, width: int = 100
) -> Iterator[Line]:
    """Tell an account: a tree for each budget and measure, a summary, and what does not add up."""
    scale = scale_of(account.extraction.facts)
    yield Line(_title(account, scale, language), "title")
    shown = [node for node in account.nodes if depth is None or node.depth <= depth]
    labels = [branch + _label(node) for branch, node in zip(_branches(shown), shown, strict=True)]
    room = max(_NARROWEST_NAME, width - len(_COLUMNS) * _AMOUNT_WIDTH - 2)
    headings = [_heading(node, language) for node in shown if node.depth == 0]
    name_width = min(room, max(map(cell_len, [*labels, *headings])))
    for node, label in zip(shown, labels, strict=True):
        if node.depth == 0:
            columns = "".join(_right(column.to(language)) for column in _COLUMNS)
            yield Line("")
            yield Line(_fit(_heading(node, language), name_width) + columns, "title")
        yield _node_line(node, _fit(label, name_width), scale)
    yield Line("")
    yield Line(_summary(account.nodes, language), "title")
    mentions = {fact.id: fact for fact in account.extraction.facts}
    for node in account.nodes:
        if node.outcome in (Outcome.VIOLATED, Outcome.UNDETERMINED):
            yield from _finding_lines(node, account, mentions, scale, language)
    yield from _remark_lines(account, language)


def _title(account: Account, scale: Scale, language: str) -> str:
    profile = account.extraction.profile
    name = profile.title or account.extraction.document.path
    scheme = SCHEMES[account.scheme.name].to(language)
    unit = Text(f"单位：{scale.unit}", f"unit: {scale.unit}").to(language)
    return f"{name}  {account.scheme.year} {scheme}  {unit}"


def _heading(total: Node, language: str) -> str:
    budget = BUDGETS[total.budget] if total.budget else Text("未分预算", "budget not said")
    table = f"{total.table} " if total.table else ""
    return f"{table}{budget.to(language)} {MEASURES[total.measure].to(language)}"


def _node_line(node: Node, label: str, scale: Scale) -> Line:
    amounts = (
        scale.printed(node.own.value) if node.own else "",
        scale.rounded(node.below.value) if node.below else "",
        scale.rounded(node.difference) if node.difference is not None else "",
    )
    cells = "".join(map(_right, amounts))
    return Line(f"{label}{cells} {_MARKS[node.outcome]}", node.outcome.value)


def _branches(nodes: list[Node]) -> list[str]:
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


def _label(node: Node) -> str:
    name = node.name or "（科目表中未见）"
    return name if node.parent is None else f"{node.code} {name}"


def _fit(text: str, width: int) -> str:
    fitted = set_cell_size(text, width)
    return fitted if cell_len(text) <= width else set_cell_size(text, width - 2) + "… "


def _right(text: str) -> str:
    return "\u0020" * max(1, _AMOUNT_WIDTH - cell_len(text)) + text


def _summary(nodes: tuple[Node, ...], language: str) -> str:
    counts = Counter(node.outcome for node in nodes)
    parts = (f"{label.to(language)} {counts[outcome]}" for outcome, label in _OUTCOMES.items())
    told = Text("，".join(parts), "")
    if language == "en":
        return f"{len(nodes)} headings: " + ", ".join(
            f"{counts[outcome]} {label.en}" for outcome, label in _OUTCOMES.items()
        )
    return f"科目 {len(nodes)} 个：{told.zh}"


def _finding_lines(
    node: Node, account: Account, facts: dict[str, Fact], scale: Scale, language: str
) -> Iterator[Line]:
    role = node.outcome.value
    budget = BUDGETS[node.budget].to(language) if node.budget else ""
    about = f"{_MARKS[node.outcome]} {_label(node)}" + (f"（{budget}）" if budget else "")
    yield Line(f"{about}：{_comparison(node, scale, language)}", role)
    for title, ids in ((Text("本级", "whole"), node.evidence), (Text("下级", "part"), node.parts)):
        for fact_id in ids[:_MOST_MENTIONS]:
            told = _mention(facts[fact_id], account, scale.unit, language)
            yield Line(f"    {title.to(language)} {told}")
        if len(ids) > _MOST_MENTIONS:
            more = len(ids) - _MOST_MENTIONS
            yield Line("    " + Text(f"……另有 {more} 个", f"… and {more} more").to(language))


def _comparison(node: Node, scale: Scale, language: str) -> str:
    reason = node.reason.to(language) if node.reason else ""
    if not (node.own and node.below and node.difference is not None and node.tolerance is not None):
        return reason
    own, below = scale.printed(node.own.value), scale.rounded(node.below.value)
    difference, tolerance = scale.visible(abs(node.difference)), _tolerance(node.tolerance, scale)
    return Text(
        f"表列 {own}，下级合计 {below}，相差 {difference}（容差 ±{tolerance}）{scale.unit}，"
        f"{reason}",
        f"reported {own}, computed {below}, difference {difference} (tolerance ±{tolerance}) "
        f"{scale.unit}: {reason}",
    ).to(language)


def _tolerance(tolerance: Fraction, scale: Scale) -> str:
    return scale.rounded(tolerance, extra=1)


def _mention(fact: Fact, account: Account, usual: str, language: str) -> str:
    line = fact.span.row or account.extraction.document.line_of(fact.span.start)
    place = Text(f"第 {line} 行", f"line {line}").to(language)
    sheet = f"{fact.span.table} " if fact.span.table else ""
    odd = Text(f"，单位不是{usual}", f", not in {usual}").to(language)
    code = fact.code or ""
    name = account.scheme[code].name if code in account.scheme else fact.label
    return (
        f"{code} {name} {format_amount(fact.amount)}"
        f"（{sheet}{place}{odd if fact.amount.unit != usual else ''}）"
    )


def _remark_lines(account: Account, language: str) -> Iterator[Line]:
    if account.unknown:
        listed = "、".join(account.unknown)
        yield Line(
            Text(
                f"{account.scheme.year} 年科目表中未见（表不完整，不作为错误）：{listed}",
                f"not in the list of {account.scheme.year}, which is incomplete: {listed}",
            ).to(language)
        )
    if account.left_out:
        listed = "、".join(
            f"{f.label or f.code} {format_amount(f.amount)}" for f in account.left_out
        )
        yield Line(Text(f"未计入：{listed}", f"left out: {listed}").to(language))
    yield from (Line(note.to(language)) for note in account.notes)
