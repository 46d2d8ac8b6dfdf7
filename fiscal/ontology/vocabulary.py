"""Lists of terms as concept schemes, and the labels and notes that every resource bears.

XKOS asks for notes as resources of their own, one a language, and for exactly one English label,
a notation and a day of issue on every scheme.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import NamedNode, Quad

from fiscal.codes import LEVEL_LABELS
from fiscal.errors import Text
from fiscal.model import MEASURES, Outcome
from fiscal.ontology.changes import KINDS
from fiscal.ontology.names import (
    BASE,
    cofog_iri,
    dcterms,
    literal,
    rdf,
    schema,
    skos,
    term_iri,
    typed,
    xkos,
)
from fiscal.ontology.scheme import ATTESTATIONS
from fiscal.ontology.terms import LISTS, cofog, terms

__all__ = ["ISSUED", "concept_quads", "labelled", "list_quads", "note_quads"]

# The day of issue of our own lists: change it when they change.
ISSUED = "2026-11-25"
LICENCE = NamedNode("https://www.apache.org/licenses/LICENSE-2.0")
PUBLISHER = NamedNode(f"{BASE}publisher")

_OUTCOMES: dict[str, Text] = {
    Outcome.HOLDS: Text("成立", "holds"),
    Outcome.VIOLATED: Text("不成立", "violated"),
    Outcome.UNDETERMINED: Text("无法判断", "undetermined"),
    Outcome.NOT_APPLICABLE: Text("不适用", "not applicable"),
}
# Short lists that the program itself defines; the longer ones stand in the glossary.
_OWN_LISTS: dict[str, tuple[Text, Mapping[str, Text]]] = {
    "attestation": (Text("出处可靠程度", "attestations"), ATTESTATIONS),
    "change": (Text("科目变动类型", "kinds of changes"), KINDS),
    "level": (Text("科目级次", "levels of headings"), LEVEL_LABELS),
    "measure": (Text("口径", "measures"), MEASURES),
    "outcome": (Text("判断结果", "outcomes"), _OUTCOMES),
}


def list_quads(graph: NamedNode) -> Iterator[Quad]:
    """Yield every list of terms, and COFOG."""
    for name, label in LISTS.items():
        yield from _list_quads(name, label, graph)
    for name, (label, members) in _OWN_LISTS.items():
        yield from _list_quads(name, label, graph)
        for key, text in members.items():
            yield from concept_quads(term_iri(name, key), term_iri(name), key, text, None, graph)
    for term in terms():
        iri, broader = (
            term_iri(term.list, term.id),
            term.broader and term_iri(term.list, term.broader),
        )
        text = Text(term.zh, term.en)
        yield from concept_quads(iri, term_iri(term.list), term.id, text, broader or None, graph)
        yield from note_quads(iri, skos("definition"), term.definition, graph)
        for alias in term.aliases:
            yield Quad(iri, skos("altLabel"), literal(alias, "zh"), graph)
    yield from _cofog_quads(graph)


def _list_quads(name: str, label: Text, graph: NamedNode) -> Iterator[Quad]:
    yield from labelled(term_iri(name), name, label, "ConceptScheme", graph)


def _cofog_quads(graph: NamedNode) -> Iterator[Quad]:
    label = Text("政府职能分类（COFOG）", "Classification of the Functions of Government (COFOG)")
    yield from labelled(cofog_iri(), "COFOG", label, "ConceptScheme", graph)
    for each in cofog():
        parent = cofog_iri(each.code.split(".")[0]) if "." in each.code else None
        yield from concept_quads(
            cofog_iri(each.code), cofog_iri(), each.code, each.name, parent, graph
        )


def concept_quads(
    iri: NamedNode,
    scheme: NamedNode,
    notation: str,
    label: Text,
    broader: NamedNode | None,
    graph: NamedNode,
) -> Iterator[Quad]:
    """Yield a concept with its labels, below `broader` or at the top of its scheme."""
    yield Quad(iri, rdf("type"), skos("Concept"), graph)
    yield Quad(iri, skos("notation"), literal(notation), graph)
    yield Quad(iri, skos("inScheme"), scheme, graph)
    for language in ("zh", "en"):
        yield Quad(iri, skos("prefLabel"), literal(label.to(language), language), graph)
    if broader is None:
        yield Quad(iri, skos("topConceptOf"), scheme, graph)
    else:
        yield Quad(iri, skos("broader"), broader, graph)


def labelled(
    iri: NamedNode,
    notation: str,
    label: Text,
    kind: str,
    graph: NamedNode,
    issued: str = ISSUED,
) -> Iterator[Quad]:
    """Yield type, notation, labels and dates of a scheme or correspondence (`kind`)."""
    vocabulary = xkos if kind == "Correspondence" else skos
    yield Quad(iri, rdf("type"), vocabulary(kind), graph)
    yield Quad(iri, skos("notation"), literal(notation), graph)
    yield Quad(iri, dcterms("issued"), typed(issued, "date"), graph)
    yield Quad(iri, dcterms("modified"), typed(ISSUED, "date"), graph)
    yield Quad(iri, dcterms("license"), LICENCE, graph)
    yield Quad(iri, dcterms("creator"), PUBLISHER, graph)
    yield Quad(PUBLISHER, rdf("type"), dcterms("Agent"), graph)
    for language in ("zh", "en"):
        yield Quad(iri, skos("prefLabel"), literal(label.to(language), language), graph)
        yield Quad(iri, dcterms("language"), typed(language, "language"), graph)


def note_quads(
    iri: NamedNode, predicate: NamedNode, text: Text, graph: NamedNode, issued: str = ISSUED
) -> Iterator[Quad]:
    """Yield a note in each language as a resource with its version and the day it holds from."""
    kind = predicate.value.rsplit("#", 1)[-1]
    for language in ("zh", "en"):
        note = NamedNode(f"{iri.value}/{kind}/{language}")
        yield Quad(iri, predicate, note, graph)
        yield Quad(note, rdf("type"), xkos("ExplanatoryNote"), graph)
        yield Quad(note, xkos("plainText"), literal(text.to(language), language), graph)
        yield Quad(note, dcterms("language"), typed(language, "language"), graph)
        yield Quad(note, NamedNode("http://www.w3.org/ns/dcat#version"), typed("1", "int"), graph)
        start = typed(f"{issued}T00:00:00", "dateTime")
        yield Quad(note, schema("startDate"), start, graph)
