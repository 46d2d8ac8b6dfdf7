"""Results as JSON: keys in English, Chinese unescaped, money as strings and never as floats."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from fiscal.graph.account import Account
from fiscal.graph.roll_up import Node
from fiscal.model import Fact
from fiscal.money import format_exact
from fiscal.report.figures import Scale, scale_of

__all__ = ["fact_record", "roll_up_record", "write"]


def write(record: dict[str, Any] | Sequence[dict[str, Any]]) -> str:
    """Write a record, or several as an array, as indented JSON."""
    return json.dumps(record, ensure_ascii=False, indent=2)


def roll_up_record(account: Account, language: str, depth: int | None = None) -> dict[str, Any]:
    """Return an account's nodes, down to `depth` levels, as the record of `fiscal rollup`."""
    scale = scale_of(account.extraction.facts)
    return {
        "document": account.extraction.document.path,
        "scheme": account.scheme.name,
        "scheme_is_complete": account.scheme.is_complete,
        "fiscal_year": account.scheme.year,
        "unit": scale.unit,
        "nodes": [
            _node_record(node, scale, language)
            for node in account.nodes
            if depth is None or node.depth <= depth
        ],
        "facts": [fact_record(fact) for fact in account.extraction.facts],
        "unknown_codes": list(account.unknown),
        "left_out": [fact.id for fact in account.left_out],
    }


def fact_record(fact: Fact) -> dict[str, Any]:
    """Return one fact; `amount` as printed without separators, `value` in yuan or its own unit."""
    return {
        "id": fact.id,
        "label": fact.label,
        "code": fact.code,
        "scheme": fact.scheme,
        "measure": fact.measure,
        "fiscal_year": fact.fiscal_year,
        "amount": f"{fact.amount.number:f}",
        "unit": fact.amount.unit,
        "value": format_exact(fact.amount.value),
        "budget": fact.budget,
        "funding_source": fact.funding_source,
        "expenditure_type": fact.expenditure_type,
        "side": fact.side,
        "base": fact.base,
        "comparator": fact.comparator,
        "cause_of": fact.cause_of,
        "section": fact.section,
        "series": fact.series,
        "table": fact.span.table,
        "row": fact.span.row,
        "column": fact.span.column,
        "quote": fact.span.quote,
        "page": fact.span.page,
        "start": fact.span.start,
        "end": fact.span.end,
        "confidence": "flagged" if fact.flags else "certain",
        "flags": list(fact.flags),
    }


def _node_record(node: Node, scale: Scale, language: str) -> dict[str, Any]:
    return {
        "code": node.code,
        "name": node.name,
        "level": node.level,
        "scheme": node.scheme,
        "table": node.table,
        "series": node.series,
        "budget": node.budget,
        "measure": node.measure,
        "parent": node.parent,
        "reported": scale.exact(node.own.value if node.own else None),
        "computed": scale.exact(node.below.value if node.below else None),
        "difference": scale.exact(node.difference),
        "tolerance": scale.exact(node.tolerance),
        "outcome": node.outcome.value,
        "reason": node.reason.to(language) if node.reason else None,
        "evidence": list(node.evidence),
    }
