"""The structure of the data cube: which dimensions, measure and attributes an amount has.

One structure serves every document. `UNSPECIFIED` is a value in each coded dimension, since a cube
may leave none empty, and one code list of headings spans the years, since a dimension has only one.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, NamedNode, Quad

from fiscal.codes import TOTAL
from fiscal.errors import Text
from fiscal.ontology.names import (
    BASE,
    fiscal,
    literal,
    qb,
    rdf,
    rdfs,
    term_iri,
    typed,
)
from fiscal.ontology.vocabulary import concept_quads, labelled

__all__ = [
    "HEADING_CODE_LIST",
    "TOTAL_HEADING",
    "UNSPECIFIED",
    "UNSPECIFIED_HEADING",
    "cube_quads",
    "structure_iri",
]

UNSPECIFIED = "unspecified"
HEADING_CODE_LIST = NamedNode(f"{BASE}codelist/heading")
TOTAL_HEADING = NamedNode(f"{BASE}heading/{TOTAL}")
UNSPECIFIED_HEADING = NamedNode(f"{BASE}heading/{UNSPECIFIED}")

_DIMENSIONS = (
    "heading",
    "organisation",
    "fiscalYear",
    "measure",
    "budget",
    "fundingSource",
    "expenditureType",
    "mention",
)
_ATTRIBUTES = ("unitPrinted", "numberPrinted")
_OPEN_LISTS = ("budget", "funding_source", "expenditure_type")
_NOT_SAID = Text("未说明", "not specified")


def structure_iri() -> NamedNode:
    """Name the structure that every data set of amounts has."""
    return NamedNode(f"{BASE}structure/amounts")


def cube_quads(graph: NamedNode) -> Iterator[Quad]:
    """Yield the structure, and the values that stand for the total and for what is not said."""
    structure = structure_iri()
    yield Quad(structure, rdf("type"), qb("DataStructureDefinition"), graph)
    yield Quad(structure, rdfs("label"), literal("金额的结构", "zh"), graph)
    yield Quad(structure, rdfs("label"), literal("structure of amounts", "en"), graph)
    components = [("dimension", name) for name in _DIMENSIONS]
    components += [("measure", "amount")] + [("attribute", name) for name in _ATTRIBUTES]
    for order, (kind, name) in enumerate(components, start=1):
        node = BlankNode(f"component-{name}")
        yield Quad(structure, qb("component"), node, graph)
        yield Quad(node, rdf("type"), qb("ComponentSpecification"), graph)
        yield Quad(node, qb(kind), fiscal(name), graph)
        yield Quad(node, qb("order"), typed(str(order), "integer"), graph)
    headings = Text("历年全部科目", "headings of all years")
    yield from labelled(HEADING_CODE_LIST, "heading", headings, "ConceptScheme", graph)
    yield from concept_quads(
        TOTAL_HEADING, HEADING_CODE_LIST, TOTAL, Text("合计", "total"), None, graph
    )
    yield from concept_quads(
        UNSPECIFIED_HEADING, HEADING_CODE_LIST, UNSPECIFIED, _NOT_SAID, None, graph
    )
    for name in _OPEN_LISTS:
        yield from concept_quads(
            term_iri(name, UNSPECIFIED), term_iri(name), UNSPECIFIED, _NOT_SAID, None, graph
        )
