"""Graphs against SHACL shapes, ours of `shapes.ttl` or a user's, in the values of `validate`.

SHACL tells of every single node what it must have, and takes seconds for some ten thousand triples:
it is for a user's file, not for the whole graph. Only SHACL Core is run. A shape that carries a
query could ask another machine, and one that carries a script could do anything.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from pyoxigraph import Literal as Plain
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse, serialize
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, SH
from rdflib.term import Node

from fiscal.errors import Text, UnreadableDocument
from fiscal.ontology.names import BASE, PREFIXES, rdf
from fiscal.ontology.validate import SHOWN, Check, GraphProblem, checks, problem_of

__all__ = ["shacl_problems", "shape_count", "shipped_shapes"]

_NOT_CORE = {
    PREFIXES["sh"] + name for name in ("sparql", "select", "ask", "construct", "js", "jsLibrary")
}
_UNTOLD = Text("不合形状的要求", "it does not meet the shape")


@dataclass(frozen=True, slots=True)
class _Finding:
    """What the report says of one node: the name of the shape, the message, what stands there."""

    name: str
    focus: Node
    message: Text
    found: str


@lru_cache
def shipped_shapes() -> tuple[Quad, ...]:
    """Return our own shapes."""
    text = (files("fiscal.ontology") / "shapes.ttl").read_bytes()
    return tuple(parse(text, RdfFormat.TURTLE))


def shape_count(shapes: Collection[Quad]) -> int:
    """Return how many shapes there are, those of properties included."""
    sh, kinds = PREFIXES["sh"], ("NodeShape", "PropertyShape")
    found = {quad.object for quad in shapes if quad.predicate.value == f"{sh}property"}
    typed = (quad for quad in shapes if quad.predicate == rdf("type"))
    return len(found | {q.subject for q in typed if str(q.object)[1:-1] in {sh + k for k in kinds}})


def shacl_problems(
    graph: Iterable[Quad], shapes: Iterable[Quad] | None = None
) -> tuple[GraphProblem, ...]:
    """Judge quads, of all graphs as one, by shapes: ours unless others are given.

    A store gives up the datatypes below xsd:integer: a shape may ask for one, so give it quads.

    Raises UnreadableDocument for shapes that are not well formed or not SHACL Core.
    """
    shapes_graph = _core_only(shipped_shapes() if shapes is None else tuple(shapes))
    quads = tuple(graph)
    with warnings.catch_warnings():
        # Of literals that are not of their datatype rdflib warns; the report tells of them.
        warnings.simplefilter("ignore")
        report = _report(_graph(quads), shapes_graph)
    store = _store(quads)
    by_name: dict[str, dict[Node, _Finding]] = {}
    for finding in _findings(report, shapes_graph):
        by_name.setdefault(finding.name, {}).setdefault(finding.focus, finding)
    return tuple(
        problem
        for name in sorted(by_name)
        for problem in _told(store, list(by_name[name].values()))
    )


def _store(quads: Iterable[Quad]) -> Store:
    store = Store()
    store.bulk_extend(quads)
    return store


def _core_only(shapes: tuple[Quad, ...]) -> Graph:
    used = sorted({quad.predicate.value for quad in shapes} & _NOT_CORE)
    if used:
        name = f"sh:{used[0].removeprefix(PREFIXES['sh'])}"
        raise UnreadableDocument(
            Text(f"形状中用了 {name}，只支持 SHACL Core", f"the shapes use {name}, not SHACL Core"),
            Text("请去掉带查询或脚本的约束", "drop the constraints that carry queries or scripts"),
        )
    return _graph(shapes)


def _graph(quads: Iterable[Quad]) -> Graph:
    triples = serialize(dict.fromkeys(quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
    return Graph().parse(data=triples or b"", format="nt")


def _report(data: Graph, shapes: Graph) -> Graph:
    from pyshacl import validate as shacl

    try:
        # owl:imports would be fetched; inference would add what nobody wrote.
        _, report, text = shacl(
            data, shacl_graph=shapes, do_owl_imports=False, inference="none", advanced=False
        )
    except Exception as error:
        # Shapes are a stranger's: a wrong path, list, pattern or recursion fails in its own way.
        raise _bad_shapes(str(error)) from error
    if not isinstance(report, Graph):
        raise _bad_shapes(text)
    return report


def _bad_shapes(detail: str) -> UnreadableDocument:
    shown = "\u0020".join(detail.split())[:200]
    return UnreadableDocument(
        Text(f"无法按形状检查（{shown}）", f"the shapes cannot be applied ({shown})"),
        Text("请改正形状文件或数据", "correct the shapes or the data"),
    )


def _findings(report: Graph, shapes: Graph) -> Iterator[_Finding]:
    for result in sorted(report.objects(None, SH.result), key=lambda each: _order(report, each)):
        shape, focus = report.value(result, SH.sourceShape), report.value(result, SH.focusNode)
        if shape is None or focus is None:
            continue
        value = report.value(result, SH.value)
        yield _Finding(
            name=_name(shape, shapes),
            focus=focus,
            message=_message(report, result),
            found="" if value is None or value == focus else str(value).removeprefix(BASE),
        )


def _order(report: Graph, result: Node) -> tuple[str, ...]:
    """Order the results, which are a set, alike in every run."""
    return tuple(
        str(report.value(result, predicate))
        for predicate in (SH.focusNode, SH.resultPath, SH.value, SH.sourceConstraintComponent)
    )


def _name(shape: Node, shapes: Graph) -> str:
    named = shapes.value(shape, DCTERMS.identifier) or shapes.value(shape, SH.name)
    if named is None and isinstance(shape, URIRef):
        return str(shape).replace("#", "/").rsplit("/", 1)[-1]
    return str(named) if named is not None else "shape"


def _message(report: Graph, result: Node) -> Text:
    messages = {
        (message.language or "").split("-")[0]: str(message)
        for message in report.objects(result, SH.resultMessage)
        if isinstance(message, Literal)
    }
    some = next(iter(sorted(messages.values())), "")
    english = messages.get("en") or some or _UNTOLD.en
    return Text(messages.get("zh") or some or _UNTOLD.zh, english)


def _told(store: Store, findings: list[_Finding]) -> Iterator[GraphProblem]:
    same = {check.name: check for check in checks()}.get(findings[0].name)
    for finding in sorted(findings, key=lambda each: str(each.focus))[:SHOWN]:
        check = Check(finding.name, finding.message, same.remedy if same else None, "")
        focus = (
            NamedNode(finding.focus)
            if isinstance(finding.focus, URIRef)
            else Plain(str(finding.focus))
        )
        yield problem_of(store, check, focus, finding.found, len(findings))
