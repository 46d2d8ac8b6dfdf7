"""Whether a graph is what it claims to be, by the conditions of SKOS, XKOS, the Data Cube and ours.

Each check is a file of `conditions/`: in its first lines what is wrong and what to do, then a query
that finds every node of which that is true. `shapes.ttl` states what a single node must have as
SHACL as well; where both state the same they bear the same name, and a property shows they agree.

>>> [check.message.en for check in checks() if check.name == "skos-S9"]
['it is a concept scheme and a concept at once']
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TypeAlias, cast

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
)

from fiscal.errors import Text
from fiscal.ontology.names import BASE, PREFIXES, rdfs, skos

__all__ = ["SHOWN", "Check", "GraphProblem", "checks", "problem_of", "validate"]

# How many nodes are named of those that fail one check; the others are only counted.
SHOWN = 20
_LONGEST_FOUND = 120

_TEXT = re.compile(r"^# (message|remedy)@(zh|en): (.+)$", re.MULTILINE)
_EACH = re.compile(r"^# each: (.+)$", re.MULTILINE)
_Term: TypeAlias = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Check:
    """A condition on a graph: what is wrong where it fails, what to do, and the query that tells.

    The query binds `focus` to each failing node and `found`, where it helps, to what stands there.
    `each` asks for the properties that the query is about, where only the graph can say.
    """

    name: str
    message: Text
    remedy: Text | None
    query: str
    each: str = ""


@dataclass(frozen=True, slots=True)
class GraphProblem:
    """A node that fails a check; `count` nodes fail it in all.

    `label` is the node's notation and name as far as it has them, `found` what stands there.
    """

    check: str
    focus: str
    label: str
    found: str
    message: Text
    remedy: Text | None
    count: int


@lru_cache
def checks() -> tuple[Check, ...]:
    """Return every check, in order of name."""
    folder = files("fiscal.ontology") / "conditions"
    texts = {
        path.name.removesuffix(".rq"): path.read_text("utf-8")
        for path in folder.iterdir()
        if path.name.endswith(".rq")
    }
    return tuple(_check(name, texts[name]) for name in sorted(texts, key=_in_order))


def _in_order(name: str) -> list[str]:
    """Put IC-2 before IC-10."""
    return [part.zfill(3) if part.isdigit() else part for part in re.split(r"(\d+)", name)]


def _check(name: str, text: str) -> Check:
    told = {(kind, language): words for kind, language, words in _TEXT.findall(text)}
    message, remedy = (Text(told[kind, "zh"], told[kind, "en"]) for kind in ("message", "remedy"))
    each = _EACH.search(text)
    return Check(name, message, remedy, text, each[1] if each else "")


def validate(store: Store, chosen: Sequence[Check] | None = None) -> tuple[GraphProblem, ...]:
    """Run the checks, all of them or the `chosen`, over all graphs of a store as one.

    The first `SHOWN` nodes that fail a check are returned in order of name, check by check.
    """
    normal = _normalised(store)
    return tuple(
        problem
        for check in (checks() if chosen is None else chosen)
        for problem in _problems(normal, check)
    )


def problem_of(
    store: Store, check: Check, focus: _Term, found: str = "", count: int = 1
) -> GraphProblem:
    """Return the problem of one node, with its label looked up in the store."""
    shown = found if len(found) <= _LONGEST_FOUND else f"{found[:_LONGEST_FOUND]}…"
    label = "" if isinstance(focus, Literal | Triple) else _label(store, focus)
    name = focus.value if isinstance(focus, NamedNode | Literal) else str(focus)
    return GraphProblem(check.name, name, label, shown, check.message, check.remedy, count)


def _problems(store: Store, check: Check) -> Iterator[GraphProblem]:
    failing: dict[_Term, str] = {}
    for query in _queries(store, check):
        for solution in cast(QuerySolutions, _ask(store, query)):
            found = _value(solution["found"]) if "?found" in query else ""
            # A query may find one node several times: the least is told, whatever the order.
            focus = solution["focus"]
            failing[focus] = min(found, failing.get(focus, found))
    for focus in sorted(failing, key=str)[:SHOWN]:
        yield problem_of(store, check, focus, failing[focus], len(failing))


def _queries(store: Store, check: Check) -> Iterable[str]:
    if not check.each:
        return [check.query]
    properties = cast(QuerySolutions, _ask(store, check.each))
    return [check.query.replace("$each", str(solution["each"])) for solution in properties]


def _ask(store: Store, query: str) -> object:
    return store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)


def _value(term: _Term | None) -> str:
    if term is None:
        return ""
    value = str(term) if isinstance(term, Triple) else term.value
    return value.removeprefix(BASE)


def _label(store: Store, node: NamedNode | BlankNode) -> str:
    found = (_first(store, node, name) for name in (skos("notation"), skos("prefLabel")))
    return "\u0020".join(filter(None, found)) or _first(store, node, rdfs("label"))


def _first(store: Store, node: NamedNode | BlankNode, predicate: NamedNode) -> str:
    """Return the Chinese literal, or else the first."""
    values = [quad.object for quad in store.quads_for_pattern(node, predicate, None, None)]
    literals = sorted(
        (value for value in values if isinstance(value, Literal)),
        key=lambda value: (value.language != "zh", value.value),
    )
    return literals[0].value if literals else ""


def _normalised(store: Store) -> Store:
    """Return the store with what the Data Cube lets a graph leave out; a copy where that is any."""
    steps = sorted((files("fiscal.ontology") / "conditions" / "normalise").iterdir(), key=str)
    for step in steps:
        implied = list(cast(QueryTriples, _ask(store, step.read_text("utf-8"))))
        if implied:
            copy = Store()
            copy.bulk_extend(store)
            copy.bulk_extend(Quad(each.subject, each.predicate, each.object) for each in implied)
            store = copy
    return store
