"""Questions to the graph: SPARQL from a text or a file, or one of the named queries.

Nothing here can write, and nothing goes out: updates and SERVICE clauses are refused before they
reach the engine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import Store
from rdflib.query import Result

from fiscal.errors import InvalidQuery, NoAnswer, Text
from fiscal.ontology.named_queries import with_values
from fiscal.ontology.names import PREFIXES
from fiscal.ontology.store import dataset_of

__all__ = ["ask", "ask_remote"]

_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
# What is not the query's own words: strings, IRIs and comments.
_QUOTED = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
    r"|<[^<>\s]*>"
    r"|#[^\n]*"
)
_WRITES = re.compile(r"\b(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)\b", re.IGNORECASE)
_READS = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_SERVICE = re.compile(r"(?<![?$:\w])SERVICE\b", re.IGNORECASE)


def ask(store: Store, text: str, values: Mapping[str, str] | None = None) -> Result:
    """Run a query over all graphs. `values` sets parameters that the query declares.

    Raises InvalidQuery, with the line and a caret under the place, where it is not SPARQL, wants
    to write, or wants to ask another server; what `with_values` raises for a wrong parameter.
    """
    _guard(text)
    try:
        return dataset_of(store).query(with_values(text, values or {}))
    except SyntaxError as error:
        raise _syntax_error(text, str(error)) from error


def ask_remote(endpoint: str, text: str, values: Mapping[str, str] | None = None) -> Result:
    """Run a query, its parameters set as in `ask`, on another SPARQL 1.1 endpoint.

    Raises what `ask` raises, and NoAnswer where the server fails.
    """
    from rdflib import Graph
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    _guard(text)
    declared = "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())
    bound = with_values(text, values or {})
    try:
        return Graph(SPARQLStore(endpoint)).query(f"{declared}\n{bound}")
    except Exception as error:
        # Whatever the network, the server or its answer brings.
        raise NoAnswer(
            Text(f"{endpoint} 没有应答（{error}）", f"{endpoint} did not answer ({error})"),
            Text("请检查地址和查询", "check the address and the query"),
        ) from error


def _guard(text: str) -> None:
    own_words = _QUOTED.sub(lambda match: "\u0020" * len(match.group()), text)
    service = _SERVICE.search(own_words)
    if service:
        raise InvalidQuery(
            Text(
                "不允许 SERVICE：查询不出本机",
                "SERVICE is not allowed: no query leaves this machine",
            ),
            Text(
                "要查询别的端点，请用 --endpoint",
                "to ask another endpoint, name it with --endpoint",
            ),
        ).shown(text, service.start())
    write = _WRITES.search(own_words)
    read = _READS.search(own_words)
    if write and (read is None or write.start() < read.start()):
        raise InvalidQuery(
            Text(f"不允许 {write.group().upper()}：图谱只读", "the graph is read-only"),
            Text(
                "只能用 SELECT、ASK、CONSTRUCT、DESCRIBE", "use SELECT, ASK, CONSTRUCT or DESCRIBE"
            ),
        ).shown(text, write.start())


def _syntax_error(text: str, message: str) -> InvalidQuery:
    found = _POSITION.search(message)
    detail = re.sub(r"\s+", "\u0020", found[3] if found else message)[:200]
    error = InvalidQuery(
        Text(f"SPARQL 语法错误（{detail}）", f"this is not SPARQL ({detail})"),
        Text("请改正标出之处", "correct the place marked"),
    )
    if not found:
        return error
    lines = text.split("\n")
    line, column = int(found[1]), int(found[2])
    return error.shown(text, sum(len(each) + 1 for each in lines[: line - 1]) + column - 1)
