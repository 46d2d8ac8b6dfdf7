"""What is wrong with a graph, told check by check: what, at which nodes, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from fiscal.errors import Text

if TYPE_CHECKING:
    from fiscal.ontology.validate import GraphProblem

__all__ = ["validation_record", "validation_text"]


def validation_text(problems: Sequence[GraphProblem], ran: int, language: str) -> str:
    """Tell the problems under their checks, and last how many checks ran."""
    groups = [list(group) for _, group in groupby(problems, key=lambda each: each.check)]
    lines = [line for group in groups for line in _group_lines(group, language)]
    nodes = sum(group[0].count for group in groups)
    told = Text(
        f"检查 {ran} 项：合格 {ran - len(groups)}，不合格 {len(groups)}（{nodes} 个节点）",
        f"{ran} checks ran: {ran - len(groups)} hold, {len(groups)} do not ({nodes} nodes)",
    )
    return "\n".join([*lines, told.to(language)]) + "\n"


def validation_record(
    problems: Sequence[GraphProblem], ran: int, source: str | None, language: str
) -> dict[str, Any]:
    """Return the record of `fiscal validate`; `source` is None for the shipped graph."""
    return {
        "source": source,
        "checks": ran,
        "problems": [
            {
                "check": each.check,
                "node": each.focus,
                "label": each.label,
                "found": each.found,
                "message": each.message.to(language),
                "remedy": each.remedy.to(language) if each.remedy else None,
                "count": each.count,
            }
            for each in problems
        ],
    }


def _group_lines(group: Sequence[GraphProblem], language: str) -> list[str]:
    first = group[0]
    lines = [f"{first.check}  {first.message.to(language)}"]
    lines += [f"    {_node(each)}" for each in group]
    if first.count > len(group):
        more = first.count - len(group)
        lines.append(f"    {Text(f'另有 {more} 个', f'and {more} more').to(language)}")
    if first.remedy:
        lines.append(f"    {Text('处理', 'To do').to(language)}: {first.remedy.to(language)}")
    return [*lines, ""]


def _node(problem: GraphProblem) -> str:
    found = f"  [{problem.found}]" if problem.found else ""
    return f"{problem.label}  <{problem.focus}>".strip() + found
