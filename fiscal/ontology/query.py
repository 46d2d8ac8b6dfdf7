"""Questions to the graph: SPARQL from a text or a file, or one of the named queries.

Nothing here can write, and nothing goes out: updates and SERVICE clauses are refused before they
reach the engine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import Store
from rdflib.query import Result

from fiscal.errors import InvalidQuery, NoAnswer, Text, WrongUsage, reason_of
from fiscal.ontology.named_queries import with_values
from fiscal.ontology.names import PREFIXES
from fiscal.ontology.safe_query import guard, guard_graphs
from fiscal.ontology.store import dataset_of

__all__ = ["ask", "ask_remote"]

_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def ask(store: Store, text: str, values: Mapping[str, str] | None = None) -> Result:
    """Run a query over all graphs, or those it names with FROM. `values` sets its parameters.

    Raises InvalidQuery, with the line and a caret under the place, where it is not SPARQL, wants
    to write, wants to ask another server, or names a graph that is not there; what `with_values`
    raises for a wrong parameter.
    """
    guard(text)
    names_graphs = guard_graphs(text, [graph.value for graph in store.named_graphs()])
    dataset = dataset_of(store)
    bound = with_values(text, values or {})
    try:
        # Of a query that names its graphs the engine must be told of no others.
        return dataset.store.query(bound, {}, {}, "") if names_graphs else dataset.query(bound)
    except SyntaxError as error:
        raise _syntax_error(text, str(error)) from error


def ask_remote(endpoint: str, text: str, values: Mapping[str, str] | None = None) -> Result:
    """Run a query, its parameters set as in `ask`, on another SPARQL 1.1 endpoint.

    Raises what `ask` raises, WrongUsage for an address that is not of the web, and NoAnswer where
    the server fails.
    """
    if not endpoint.lower().startswith(("http://", "https://")):
        raise WrongUsage(
            Text(f"{endpoint} 不是网址", f"{endpoint} is no web address"),
            Text("写成 https://…", "write https://…"),
        )
    from rdflib import Graph
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    guard(text)
    declared = "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())
    bound = with_values(text, values or {})
    try:
        return Graph(SPARQLStore(endpoint)).query(f"{declared}\n{bound}")
    except Exception as error:
        # Whatever the network, the server or its answer brings.
        raise _no_answer(endpoint, error) from error


def _no_answer(endpoint: str, error: BaseException) -> NoAnswer:
    from urllib.error import HTTPError, URLError

    cause = error
    while not isinstance(cause, URLError) and cause.__context__ is not None:
        cause = cause.__context__
    if isinstance(cause, HTTPError):
        told = (
            f"{endpoint} 拒绝了查询（HTTP {cause.code}）",
            f"{endpoint} refused: {cause.code}",
        )
    elif isinstance(cause, URLError):
        reason = cause.reason
        why = reason_of(reason if isinstance(reason, Exception) else OSError(reason))
        told = f"连不上 {endpoint}（{why.zh}）", f"cannot reach {endpoint} ({why.en})"
    else:
        told = f"{endpoint} 的应答不是 SPARQL 结果", f"{endpoint} answered, but not as SPARQL does"
    return NoAnswer(Text(*told), Text("请检查地址和查询", "check the address and the query"))


def _syntax_error(text: str, message: str) -> InvalidQuery:
    found = _POSITION.search(message)
    detail = re.sub(r"\s+", "\u0020", found[3] if found else message)[:200]
    told = Text(f"SPARQL 语法错误（{detail}）", f"this is not SPARQL ({detail})")
    if not found:
        return InvalidQuery(told, Text("用 fiscal query --list 看例子", "see fiscal query --list"))
    error = InvalidQuery(told, Text("请改正 ^ 所指之处", "correct what ^ points at"))
    lines = text.split("\n")
    line, column = int(found[1]), int(found[2])
    return error.shown(text, sum(len(each) + 1 for each in lines[: line - 1]) + column - 1)
