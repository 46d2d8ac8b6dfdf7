"""Facts as observations of a data cube, with their place in the document, and back again.

Every fact is one `qb:Observation`: heading × organisation × year × measure × budget × funding
source × expenditure type, and the number of the mention where a figure is stated more than once.
A dimension that the document leaves open has the value `unspecified`; a year it does not say is 0.
Nothing is lost: `observed_facts.read_facts` gives the facts back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from pyoxigraph import NamedNode, Quad

from fiscal.codes import TOTAL
from fiscal.model import Extraction, Fact
from fiscal.money import format_exact
from fiscal.ontology.cube import (
    HEADING_CODE_LIST,
    TOTAL_HEADING,
    UNSPECIFIED,
    UNSPECIFIED_HEADING,
    structure_iri,
)
from fiscal.ontology.names import (
    BASE,
    fiscal,
    graph_iri,
    heading_iri,
    literal,
    oa,
    org,
    prov,
    qb,
    rdf,
    rdfs,
    skos,
    term_iri,
    typed,
)
from fiscal.ontology.scheme import YEARS, Scheme

__all__ = ["fact_quads"]


def fact_quads(extraction: Extraction) -> Iterator[Quad]:
    """Yield the graph of one document: its organisation, its data set and an observation a fact."""
    document = extraction.document
    graph = graph_iri(f"document-{document.sha256[:16]}")
    source = NamedNode(f"{BASE}document/{document.sha256}")
    data_set = NamedNode(f"{BASE}dataset/{document.sha256[:16]}")
    organisation = _organisation_iri(extraction)
    yield Quad(source, rdf("type"), fiscal("Document"), graph)
    yield Quad(source, rdfs("label"), literal(extraction.profile.title or document.path), graph)
    yield Quad(organisation, rdf("type"), org("Organization"), graph)
    yield Quad(organisation, rdf("type"), org("FormalOrganization"), graph)
    name = extraction.profile.organisation or document.path
    yield Quad(organisation, skos("prefLabel"), literal(name, "zh"), graph)
    yield Quad(data_set, rdf("type"), qb("DataSet"), graph)
    yield Quad(data_set, qb("structure"), structure_iri(), graph)
    yield Quad(data_set, prov("wasDerivedFrom"), source, graph)
    yield Quad(data_set, rdfs("label"), literal(extraction.profile.title or document.path), graph)
    yield from _unknown_heading_quads(extraction.facts, graph)
    mentions: Counter[tuple[object, ...]] = Counter()
    for fact in extraction.facts:
        key = (*_coded_dimensions(fact).values(), fact.fiscal_year)
        mentions[key] += 1
        yield from _observation_quads(
            fact, mentions[key], organisation, data_set, source, document.sha256[:16], graph
        )


def _organisation_iri(extraction: Extraction) -> NamedNode:
    name = extraction.profile.organisation or f"unnamed-{extraction.document.sha256[:16]}"
    return NamedNode(f"{BASE}organisation/{quote(name, safe='')}")


def _heading_of(fact: Fact) -> NamedNode:
    if fact.code is None or fact.scheme is None:
        return TOTAL_HEADING if fact.code == TOTAL else UNSPECIFIED_HEADING
    return heading_iri(fact.scheme, fact.fiscal_year or 0, fact.code)


def _unknown_heading_quads(facts: Iterable[Fact], graph: NamedNode) -> Iterator[Quad]:
    """Yield a bare concept for each code that the year's scheme lacks, so that none dangles."""
    for fact in facts:
        if fact.code is None or fact.scheme is None:
            continue
        year = fact.fiscal_year
        if year is None or year not in YEARS or fact.code not in Scheme.of(fact.scheme, year):
            iri = _heading_of(fact)
            yield Quad(iri, rdf("type"), skos("Concept"), graph)
            yield Quad(iri, skos("notation"), literal(fact.code), graph)
            yield Quad(iri, skos("inScheme"), HEADING_CODE_LIST, graph)


def _coded_dimensions(fact: Fact) -> dict[str, NamedNode]:
    return {
        "heading": _heading_of(fact),
        "measure": term_iri("measure", fact.measure),
        "budget": term_iri("budget", fact.budget or UNSPECIFIED),
        "fundingSource": term_iri("funding_source", fact.funding_source or UNSPECIFIED),
        "expenditureType": term_iri("expenditure_type", fact.expenditure_type or UNSPECIFIED),
    }


def _observation_quads(
    fact: Fact,
    mention: int,
    organisation: NamedNode,
    data_set: NamedNode,
    source: NamedNode,
    stem: str,
    graph: NamedNode,
) -> Iterator[Quad]:
    iri = NamedNode(f"{BASE}observation/{stem}/{quote(fact.id, safe='')}")
    place = NamedNode(f"{iri.value}/place")
    yield Quad(iri, rdf("type"), qb("Observation"), graph)
    yield Quad(iri, qb("dataSet"), data_set, graph)
    yield Quad(iri, fiscal("organisation"), organisation, graph)
    year = typed(str(fact.fiscal_year or 0), "integer")
    yield Quad(iri, fiscal("fiscalYear"), year, graph)
    yield Quad(iri, fiscal("mention"), typed(str(mention), "integer"), graph)
    for name, value in _coded_dimensions(fact).items():
        yield Quad(iri, fiscal(name), value, graph)
    amount = _canonical_decimal(format_exact(fact.amount.value))
    yield Quad(iri, fiscal("amount"), typed(amount, "decimal"), graph)
    yield Quad(iri, fiscal("unitPrinted"), literal(fact.amount.unit), graph)
    yield Quad(iri, fiscal("numberPrinted"), literal(f"{fact.amount.number:f}"), graph)
    yield Quad(iri, rdfs("label"), literal(fact.label, "zh"), graph)
    for flag in fact.flags:
        yield Quad(iri, fiscal("flag"), literal(flag), graph)
    yield Quad(iri, prov("wasDerivedFrom"), place, graph)
    yield from _place_quads(place, fact, source, graph)


def _canonical_decimal(text: str) -> str:
    """Write a decimal as XML Schema's canonical form has it, which stores keep as it is."""
    return text if "." in text else f"{text}.0"


def _place_quads(
    place: NamedNode, fact: Fact, source: NamedNode, graph: NamedNode
) -> Iterator[Quad]:
    position, wording = NamedNode(f"{place.value}/position"), NamedNode(f"{place.value}/quote")
    yield Quad(place, rdf("type"), oa("SpecificResource"), graph)
    yield Quad(place, oa("hasSource"), source, graph)
    yield Quad(place, oa("hasSelector"), position, graph)
    yield Quad(place, oa("hasSelector"), wording, graph)
    yield Quad(position, rdf("type"), oa("TextPositionSelector"), graph)
    for name, offset in (("start", fact.span.start), ("end", fact.span.end)):
        yield Quad(position, oa(name), typed(str(offset), "nonNegativeInteger"), graph)
    yield Quad(wording, rdf("type"), oa("TextQuoteSelector"), graph)
    yield Quad(wording, oa("exact"), literal(fact.span.quote), graph)
    yield Quad(place, fiscal("section"), literal(fact.section), graph)
    for name, value in (("page", fact.span.page), ("row", fact.span.row)):
        if value is not None:
            yield Quad(place, fiscal(name), typed(str(value), "integer"), graph)
    for name, text in (("table", fact.span.table), ("column", fact.span.column)):
        if text is not None:
            yield Quad(place, fiscal(name), literal(text), graph)
