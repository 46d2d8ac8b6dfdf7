"""Findings as a SHACL validation report: each is a result of a rule, at a figure, with its place.

A rule is the shape that a figure does not meet, and the figure is the focus node: the observation
that `observations` makes of it, or the document where only words are wrong. What SHACL has no word
for is said in ours: the fingerprint, what to do, and which other finding has the same cause.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import NamedNode, Quad

from fiscal.errors import Text
from fiscal.model import Document, Span
from fiscal.ontology.names import BASE, fiscal, graph_iri, literal, prov, rdf, rdfs, sh, typed
from fiscal.ontology.observations import observation_iri, place_quads
from fiscal.ontology.rule_nodes import SEVERITIES, rule_iri, rule_nodes, rule_quads

__all__ = ["Result", "report_quads"]


@dataclass(frozen=True, slots=True)
class Result:
    """A finding in plain words: `focus` is the id of the fact that is held against the others.

    `difference` is how far it is off, in yuan or percent; `cause` the fingerprint of the finding
    that this one follows from. Each is None where there is none.
    """

    rule: str
    severity: str
    message: Text
    remedy: Text
    fingerprint: str
    places: tuple[Span, ...]
    focus: str | None = None
    difference: str | None = None
    cause: str | None = None


def report_quads(document: Document, title: str, results: Sequence[Result]) -> Iterator[Quad]:
    """Yield the report on one document, with the rules that its results name."""
    stem = document.sha256[:16]
    graph, report = graph_iri(f"report-{stem}"), NamedNode(f"{BASE}report/{stem}")
    source = NamedNode(f"{BASE}document/{document.sha256}")
    yield Quad(source, rdf("type"), fiscal("Document"), graph)
    yield Quad(source, rdfs("label"), literal(title), graph)
    yield Quad(report, rdf("type"), sh("ValidationReport"), graph)
    yield Quad(report, prov("wasDerivedFrom"), source, graph)
    yield Quad(report, sh("conforms"), typed("false" if results else "true", "boolean"), graph)
    for result in results:
        yield Quad(report, sh("result"), _result_iri(stem, result.fingerprint), graph)
        yield from _result_quads(result, stem, source, graph)
    named = {result.rule for result in results}
    yield from rule_quads((node for node in rule_nodes() if node.id in named), graph)


def _result_iri(stem: str, fingerprint: str) -> NamedNode:
    return NamedNode(f"{BASE}finding/{stem}/{quote(fingerprint, safe='')}")


def _result_quads(result: Result, stem: str, source: NamedNode, graph: NamedNode) -> Iterator[Quad]:
    iri = _result_iri(stem, result.fingerprint)
    focus = observation_iri(stem, result.focus) if result.focus else source
    yield Quad(iri, rdf("type"), sh("ValidationResult"), graph)
    yield Quad(iri, sh("focusNode"), focus, graph)
    yield Quad(iri, sh("resultSeverity"), sh(SEVERITIES[result.severity]), graph)
    yield Quad(iri, sh("sourceShape"), rule_iri(result.rule), graph)
    component = fiscal("RelationConstraintComponent")
    yield Quad(iri, sh("sourceConstraintComponent"), component, graph)
    for language in ("zh", "en"):
        message, remedy = (text.to(language) for text in (result.message, result.remedy))
        yield Quad(iri, sh("resultMessage"), literal(message, language), graph)
        yield Quad(iri, fiscal("remedy"), literal(remedy, language), graph)
    yield Quad(iri, fiscal("fingerprint"), literal(result.fingerprint), graph)
    if result.difference is not None:
        yield Quad(iri, fiscal("difference"), typed(result.difference, "decimal"), graph)
    if result.cause is not None:
        yield Quad(iri, fiscal("consequenceOf"), _result_iri(stem, result.cause), graph)
    for number, span in enumerate(result.places, start=1):
        place = NamedNode(f"{iri.value}/place/{number}")
        yield Quad(iri, prov("wasDerivedFrom"), place, graph)
        yield from place_quads(place, span, source, graph)
