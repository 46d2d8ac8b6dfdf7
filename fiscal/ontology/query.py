"""Questions to the graph: SPARQL from a text or a file, or one of the named queries.

Named queries stand in `queries/*.rq`, each with its title and its parameters in comments at its
top; a parameter is a variable that is given a value before the query runs. Nothing here can write,
and nothing goes out: updates and SERVICE clauses are refused before they reach the engine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from pyoxigraph import Store
from rdflib import Literal
from rdflib.query import Result

from fiscal.errors import InvalidQuery, NoAnswer, Text, WrongUsage
from fiscal.ontology.names import PREFIXES
from fiscal.ontology.store import dataset_of

__all__ = ["NamedQuery", "Parameter", "ask", "ask_remote", "named_queries", "with_values"]

_TITLE = re.compile(r"^# title@(zh|en): (.+)$", re.MULTILINE)
_PARAMETER = re.compile(
    r"^# parameter: (\w+) \((string|integer)\) = (\S+) — (.+) / (.+)$", re.MULTILINE
)
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


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a named query that the user may set."""

    name: str
    kind: str
    default: str
    meaning: Text


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question that is asked often; `needs_facts` where it asks for amounts."""

    name: str
    title: Text
    parameters: tuple[Parameter, ...]
    text: str

    @property
    def needs_facts(self) -> bool:
        """Tell whether the query asks for observations, which only a document brings."""
        return "fiscal:amount" in self.text


@lru_cache
def named_queries() -> Mapping[str, NamedQuery]:
    """Return the named queries by name."""
    folder = files("fiscal.ontology") / "queries"
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".rq")), key=str)
    return {
        path.name.removesuffix(".rq"): _named(
            path.name.removesuffix(".rq"), path.read_text("utf-8")
        )
        for path in paths
    }


def _named(name: str, text: str) -> NamedQuery:
    titles = dict(_TITLE.findall(text))
    return NamedQuery(name, Text(titles["zh"], titles["en"]), _parameters(text), text)


def _parameters(text: str) -> tuple[Parameter, ...]:
    return tuple(
        Parameter(variable, kind, default, Text(zh, en))
        for variable, kind, default, zh, en in _PARAMETER.findall(text)
    )


def ask(store: Store, text: str, values: Mapping[str, str] | None = None) -> Result:
    """Run a query over all graphs. `values` sets parameters that the query declares.

    Raises InvalidQuery, with the line and a caret under the place, where it is not SPARQL, wants
    to write, or wants to ask another server; WrongUsage for a parameter it does not have.
    """
    _guard(text)
    try:
        return dataset_of(store).query(with_values(text, values or {}))
    except SyntaxError as error:
        raise _syntax_error(text, str(error)) from error


def with_values(text: str, values: Mapping[str, str]) -> str:
    """Return a query with its parameters bound at the start of its WHERE, on the same line."""
    parameters = {each.name: each for each in _parameters(text)}
    unknown = sorted(values.keys() - parameters.keys())
    if unknown:
        known = "、".join(parameters) or "—"
        raise WrongUsage(
            Text(f"查询没有参数 {unknown[0]}", f"the query has no parameter {unknown[0]}"),
            Text(f"可设的参数：{known}", f"its parameters: {known}"),
        )
    bound = "".join(
        f" VALUES ?{name} {{ {_literal(values.get(name, each.default), each).n3()} }}"
        for name, each in parameters.items()
    )
    return text.replace("WHERE {", f"WHERE {{{bound}", 1)


def _literal(value: str, parameter: Parameter) -> Literal:
    if parameter.kind == "integer":
        if not re.fullmatch(r"\d{1,9}", value):
            raise WrongUsage(
                Text(f"{parameter.name} 须为整数", f"{parameter.name} is a whole number"),
                Text(f"如 {parameter.default}", f"like {parameter.default}"),
            )
        return Literal(int(value))
    return Literal(value)


def ask_remote(endpoint: str, text: str) -> Result:
    """Run a query on another SPARQL 1.1 endpoint.

    Raises InvalidQuery for what `ask` refuses, and NoAnswer where the server fails.
    """
    from rdflib import Graph
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    _guard(text)
    declared = "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())
    try:
        return Graph(SPARQLStore(endpoint)).query(f"{declared}\n{text}")
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
