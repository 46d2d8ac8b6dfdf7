"""Results as text for people: lines, each with the role that the terminal colours it by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from fiscal.codes import TOTAL
from fiscal.errors import Text, listed
from fiscal.graph.account import Account
from fiscal.graph.roll_up import Node
from fiscal.model import BUDGETS, Fact, Outcome
from fiscal.money import format_amount
from fiscal.ontology.scheme import SCHEMES
from fiscal.report.figures import Scale, scale_of
from fiscal.report.trees import MARKS, OUTCOMES, Line, Tree, label_of, tree_lines, trees_of

__all__ = ["Line", "roll_up_lines"]

_MOST_MENTIONS = 40
_MOST_LEFT_OUT = 8


def roll_up_lines(
    account: Account, language: str = "zh", depth: int | None = None, width: int = 100
) -> Iterator[Line]:
    """Tell an account: a tree for each column or budget, a summary, and what does not add up."""
    scale = scale_of(account.extraction.facts)
    facts = {fact.id: fact for fact in account.extraction.facts}
    yield Line(_title(account, scale, language), "title")
    trees = trees_of(account.nodes, facts, language)
    yield from tree_lines(trees, scale, language, depth, width)
    yield Line("")
    yield Line(_summary(account.nodes, language), "title")
    for tree in trees:
        for node in tree.nodes:
            if node.outcome in (Outcome.VIOLATED, Outcome.UNDETERMINED):
                yield from _finding_lines(node, tree, account, facts, scale, language)
    yield from _remark_lines(account, language)


def _title(account: Account, scale: Scale, language: str) -> str:
    profile = account.extraction.profile
    name = profile.title or account.extraction.document.path
    schemes = (SCHEMES[scheme.name].to(language) for scheme in account.schemes)
    scheme = listed(schemes).to(language)
    unit = Text(f"单位：{scale.unit}", f"unit: {scale.unit}").to(language)
    return f"{name}  {account.scheme.year} {scheme}  {unit}"


def _summary(nodes: tuple[Node, ...], language: str) -> str:
    counts = Counter(node.outcome for node in nodes)
    parts = (f"{label.to(language)} {counts[outcome]}" for outcome, label in OUTCOMES.items())
    told = Text("，".join(parts), "")
    if language == "en":
        return f"{len(nodes)} headings: " + ", ".join(
            f"{counts[outcome]} {label.en}" for outcome, label in OUTCOMES.items()
        )
    return f"科目 {len(nodes)} 个：{told.zh}"


def _finding_lines(
    node: Node, tree: Tree, account: Account, facts: dict[str, Fact], scale: Scale, language: str
) -> Iterator[Line]:
    role = node.outcome.value
    budget = BUDGETS[node.budget].to(language) if node.budget else ""
    is_alone = len({each.measure for each in account.nodes if each.series is None}) == 1
    group = tree.heading if node.series or not is_alone else budget
    about = f"{MARKS[node.outcome]} {label_of(node)}" + (f"（{group}）" if group else "")
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
    page = fact.span.page if fact.is_in_table else None
    place = Text(
        f"第 {page} 页，表中第 {line} 行" if page else f"第 {line} 行",
        f"page {page}, row {line} of the table" if page else f"line {line}",
    ).to(language)
    sheet = f"{fact.span.table} " if fact.span.table else ""
    odd = Text(f"，单位不是{usual}", f", not in {usual}").to(language)
    code = fact.code if fact.code and fact.code != TOTAL else ""
    name = account.name_of(code) or fact.label
    return (
        f"{code} {name} {format_amount(fact.amount)}".lstrip()
        + f"（{sheet}{place}{odd if fact.amount.unit != usual else ''}）"
    )


def _remark_lines(account: Account, language: str) -> Iterator[Line]:
    if account.unknown:
        unknown = listed(account.unknown)
        yield Line(
            Text(
                f"{account.scheme.year} 年科目表中未见（表不完整，不作为错误）：{unknown.zh}",
                f"not in the list of {account.scheme.year}, which is incomplete: {unknown.en}",
            ).to(language)
        )
    if account.left_out:
        yield Line(
            Text("未计入：", "left out: ").to(language) + _left_out(account.left_out, language)
        )
    yield from (Line(note.to(language)) for note in account.notes)


def _left_out(facts: Sequence[Fact], language: str) -> str:
    """Name some facts, or count them by year and classification where they are many."""
    if len(facts) <= _MOST_LEFT_OUT:
        named = (f"{f.label or f.code} {format_amount(f.amount)}" for f in facts)
        return listed(named).to(language)
    counts = Counter((fact.fiscal_year or "", fact.scheme) for fact in facts)
    counted = (
        f"{year} {SCHEMES[scheme].to(language) if scheme else ''} {count}"
        for (year, scheme), count in counts.items()
    )
    return listed(counted).to(language)
