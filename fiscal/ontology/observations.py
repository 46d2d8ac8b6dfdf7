"""Facts as observations of a data cube, with their place in the document, and back again.

Every fact is one `qb:Observation`: heading × organisation × year × measure × budget × funding
source × expenditure type, and the number of the mention where a figure is stated more than once.
A dimension that the document leaves open has the value `unspecified`; a year it does not say is 0.
Where a document states both a figure and a part of it by source or type, such as a heading's basic
expenditure beside all it spent, the part says so (`fiscal:partOf`), so that sums count it once.
Nothing is lost: `observed_facts.read_facts` gives the facts back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from urllib.parse import quote

from pyoxigraph import NamedNode, Quad

from fiscal.codes import TOTAL
from fiscal.model import Extraction, Fact, Span
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
from fiscal.ontology.terms import lineage

__all__ = ["fact_quads", "observation_iri", "place_quads"]

# What is said of a figure in the document's own words, if it is said.
_WORDS = {
    "side": "side",
    "base": "base",
    "comparator": "comparator",
    "causeOf": "cause_of",
    "series": "series",
}

_Dimensions = tuple[str | int | None, ...]


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
    yield from _part_quads(extraction.facts, document.sha256[:16], graph)
    mentions: Counter[_Dimensions] = Counter()
    for fact in extraction.facts:
        key = _dimensions(fact)
        mentions[key] += 1
        yield from _observation_quads(
            fact, mentions[key], organisation, data_set, source, document.sha256[:16], graph
        )


def _dimensions(fact: Fact) -> _Dimensions:
    return (*_main_dimensions(fact), fact.funding_source, fact.expenditure_type)


def _main_dimensions(fact: Fact) -> _Dimensions:
    return fact.code, fact.measure, fact.budget, fact.fiscal_year


def _part_quads(facts: Iterable[Fact], stem: str, graph: NamedNode) -> Iterator[Quad]:
    """Yield for each figure the nearest stated one that it is a part of by source or type."""
    stated: dict[_Dimensions, Fact] = {}
    for fact in facts:
        stated.setdefault(_dimensions(fact), fact)
    for fact in facts:
        whole = _whole_of(fact, stated)
        if whole is not None:
            yield Quad(
                observation_iri(stem, fact.id),
                fiscal("partOf"),
                observation_iri(stem, whole.id),
                graph,
            )


def _whole_of(fact: Fact, stated: Mapping[_Dimensions, Fact]) -> Fact | None:
    wider = product(
        lineage("funding_source", fact.funding_source),
        lineage("expenditure_type", fact.expenditure_type),
    )
    next(wider)  # The figure itself.
    return next(
        filter(None, (stated.get((*_main_dimensions(fact), *pair)) for pair in wider)), None
    )


def observation_iri(stem: str, fact_id: str) -> NamedNode:
    """Name the observation of a fact; `stem` is the beginning of its document's checksum."""
    return NamedNode(f"{BASE}observation/{stem}/{quote(fact_id, safe='')}")


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
    iri = observation_iri(stem, fact.id)
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
    for name, field in _WORDS.items():
        words = getattr(fact, field)
        if words is not None:
            yield Quad(iri, fiscal(name), literal(words), graph)
    for flag in fact.flags:
        yield Quad(iri, fiscal("flag"), literal(flag), graph)
    yield Quad(iri, prov("wasDerivedFrom"), place, graph)
    yield Quad(place, fiscal("section"), literal(fact.section), graph)
    yield from place_quads(place, fact.span, source, graph)


def _canonical_decimal(text: str) -> str:
    """Write a decimal as XML Schema's canonical form has it, which stores keep as it is."""
    return text if "." in text else f"{text}.0"


def place_quads(
    place: NamedNode, span: Span, source: NamedNode, graph: NamedNode
) -> Iterator[Quad]:
    """Yield where in its document something stands: its characters, page and cell."""
    position, wording = NamedNode(f"{place.value}/position"), NamedNode(f"{place.value}/quote")
    yield Quad(place, rdf("type"), oa("SpecificResource"), graph)
    yield Quad(place, oa("hasSource"), source, graph)
    yield Quad(place, oa("hasSelector"), position, graph)
    yield Quad(place, oa("hasSelector"), wording, graph)
    yield Quad(position, rdf("type"), oa("TextPositionSelector"), graph)
    for name, offset in (("start", span.start), ("end", span.end)):
        yield Quad(position, oa(name), typed(str(offset), "nonNegativeInteger"), graph)
    yield Quad(wording, rdf("type"), oa("TextQuoteSelector"), graph)
    yield Quad(wording, oa("exact"), literal(span.quote), graph)
    for name, value in (("page", span.page), ("row", span.row)):
        if value is not None:
            yield Quad(place, fiscal(name), typed(str(value), "integer"), graph)
    for name, text in (("table", span.table), ("column", span.column)):
        if text is not None:
            yield Quad(place, fiscal(name), literal(text), graph)
