"""Answers of the graph: as a table for people, or in the W3C's formats for programs."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from fiscal.errors import Text, WrongUsage

if TYPE_CHECKING:
    from rdflib.query import Result

__all__ = ["query_list", "result_text"]

_WIDEST = 60
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
# What would break the lines of a table, or turn the direction of its writing.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_GRAPH_KINDS = ("CONSTRUCT", "DESCRIBE")


def query_list(language: str) -> str:
    """List the named queries with their parameters and what these stand for."""
    from fiscal.ontology.named_queries import named_queries

    lines = []
    for name, each in named_queries().items():
        needs = Text("（需 --data）", " (needs --data)").to(language) if each.needs_facts else ""
        lines.append(f"{name:22} {each.title.to(language)}{needs}")
        lines.extend(
            f"{'':22}   --set {p.name}={p.default}  {p.meaning.to(language)}"
            for p in each.parameters
        )
    return "\n".join(lines) + "\n"


def result_text(result: Result, form: str) -> str:
    """Write a result in `form`: table, json, csv, xml, or ttl for a graph.

    Raises WrongUsage where a graph is asked for as rows, or rows as a graph.
    """
    is_graph = result.type in _GRAPH_KINDS
    if is_graph and form in ("table", "ttl"):
        return str(result.graph.serialize(format="turtle")) if result.graph is not None else ""
    if is_graph or form == "ttl":
        raise WrongUsage(
            Text(f"{result.type} 的结果不能写成 {form}", f"{result.type} does not give {form}"),
            Text(
                "图用 ttl，行用 table、json、csv、xml",
                "graphs as ttl, rows as table, json, csv, xml",
            ),
        )
    if form == "csv" and result.type != "ASK":
        return _csv(result)
    if form != "table":
        return (result.serialize(format=form) or b"").decode("utf-8")
    return _table(result)


def _rows(result: Result) -> Iterator[list[str]]:
    for row in result:
        if isinstance(row, tuple):
            yield ["" if value is None else str(value) for value in row]


def _csv(result: Result) -> str:
    """Write rows as RFC 4180 has them, with nothing that a spreadsheet would run."""
    from fiscal.report.extraction_csv import guarded

    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([str(variable) for variable in result.vars or ()])
    for row in _rows(result):
        writer.writerow([cell if _NUMBER.fullmatch(cell) else guarded(cell) for cell in row])
    return buffer.getvalue()


def _table(result: Result) -> str:
    if result.type == "ASK":
        return f"{'true' if result.askAnswer else 'false'}\n"
    header = [str(variable) for variable in result.vars or ()]
    rows = [[_CONTROL.sub("\u0020", cell) for cell in row] for row in _rows(result)]
    widths = [
        min(_WIDEST, max(map(cell_len, column))) for column in zip(header, *rows, strict=True)
    ]
    lines = [_line(header, widths), _line(["─" * width for width in widths], widths)]
    lines += [_line(row, widths) for row in rows]
    return "\n".join(lines) + f"\n({len(rows)})\n"


def _line(cells: list[str], widths: list[int]) -> str:
    fitted = [
        cell if cell_len(cell) > width else set_cell_size(cell, width)
        for cell, width in zip(cells, widths, strict=True)
    ]
    return "\u0020\u0020".join(fitted).rstrip()
