"""The register as RDF: a graph for every fiscal year, and graphs for what spans them.

Each year's graph holds the four classifications in force: a `skos:ConceptScheme` with its XKOS
levels, a `skos:Concept` for every heading, its parent, budgets and attestation. The same register
always gives the same bytes: nothing depends on the clock or on the order of a set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from fiscal import codes
from fiscal.errors import Text
from fiscal.ontology.correspondence import correspondence_quads
from fiscal.ontology.cube import HEADING_CODE_LIST, cube_quads
from fiscal.ontology.names import (
    dcterms,
    fiscal,
    graph_iri,
    heading_iri,
    literal,
    rdf,
    schema,
    scheme_iri,
    skos,
    term_iri,
    typed,
    xkos,
)
from fiscal.ontology.rule_nodes import rule_graph
from fiscal.ontology.scheme import SCHEMES, YEARS, Heading, Scheme
from fiscal.ontology.vocabulary import concept_quads, labelled, list_quads, note_quads

__all__ = ["graph_quads", "year_quads"]

_SCHEME_NOTE = Text(
    "该年科目表由公开文件和资料汇集而成，并不完整；各科目注明出处的可靠程度。发布日期按该年首日记。",
    "This year's list was gathered from disclosures and other sources and is not complete; each "
    "heading says how it is attested. The first day of the year stands for the day of issue.",
)


def graph_quads() -> Iterator[Quad]:
    """Yield the whole graph: vocabulary, terms, every year, changes between years, and rules."""
    yield from _vocabulary_quads()
    yield from list_quads(graph_iri("terms"))
    yield from _family_quads(graph_iri("terms"))
    yield from cube_quads(graph_iri("cube"))
    for year in YEARS:
        yield from year_quads(year)
    yield from correspondence_quads(graph_iri("correspondences"))
    yield from rule_graph()


def year_quads(year: int) -> Iterator[Quad]:
    """Yield the graph of one fiscal year: its four classifications."""
    graph = graph_iri(year)
    for name in SCHEMES:
        scheme = Scheme.of(name, year)
        yield from _scheme_quads(scheme, graph)
        yield from _level_quads(scheme, graph)
        for heading in scheme:
            yield from _heading_quads(heading, year, graph)


def _vocabulary_quads() -> Iterator[Quad]:
    text = (files("fiscal.ontology") / "vocabulary.ttl").read_bytes()
    for quad in parse(text, RdfFormat.TURTLE):
        yield Quad(quad.subject, quad.predicate, quad.object, graph_iri("vocabulary"))


def _family_quads(graph: NamedNode) -> Iterator[Quad]:
    """Yield each classification as such, of which every year has its own edition."""
    families = Text("政府收支分类", "government budget classifications")
    scheme = term_iri("classification")
    yield from labelled(scheme, "classification", families, "ConceptScheme", graph)
    for name, text in SCHEMES.items():
        yield from concept_quads(scheme_iri(name), scheme, name, text, None, graph)


def _scheme_quads(scheme: Scheme, graph: NamedNode) -> Iterator[Quad]:
    iri = scheme_iri(scheme.name, scheme.year)
    names = SCHEMES[scheme.name]
    label = Text(f"{scheme.year}年{names.zh}科目", f"{names.en}, {scheme.year}")
    issued = f"{scheme.year}-01-01"
    yield from labelled(iri, f"{scheme.name}-{scheme.year}", label, "ConceptScheme", graph, issued)
    yield from note_quads(iri, skos("scopeNote"), _SCHEME_NOTE, graph, issued)
    yield Quad(iri, xkos("belongsTo"), scheme_iri(scheme.name), graph)
    yield Quad(iri, fiscal("isComplete"), _boolean(scheme.is_complete), graph)
    yield Quad(iri, schema("startDate"), typed(issued, "date"), graph)
    yield Quad(iri, schema("endDate"), typed(f"{scheme.year}-12-31", "date"), graph)
    if scheme.year - 1 in YEARS:
        before = scheme_iri(scheme.name, scheme.year - 1)
        yield Quad(iri, xkos("follows"), before, graph)
        yield Quad(iri, xkos("supersedes"), before, graph)
    for top in scheme.children(codes.TOTAL):
        yield Quad(iri, skos("hasTopConcept"), _iri_of(top, scheme.year), graph)


def _boolean(value: bool) -> Literal:
    return typed("true" if value else "false", "boolean")


def _iri_of(heading: Heading, year: int) -> NamedNode:
    return heading_iri(heading.scheme, year, heading.code)


def _level_quads(scheme: Scheme, graph: NamedNode) -> Iterator[Quad]:
    iri = scheme_iri(scheme.name, scheme.year)
    used = {heading.level for heading in scheme}
    levels = [name for name in codes.LEVEL_LABELS if name in used]
    yield Quad(iri, xkos("numberOfLevels"), typed(str(len(levels)), "integer"), graph)
    yield from _rdf_list(
        iri, xkos("levels"), [_level_iri(scheme.name, scheme.year, name) for name in levels], graph
    )
    for depth, name in enumerate(levels, start=1):
        level = _level_iri(scheme.name, scheme.year, name)
        yield Quad(level, rdf("type"), xkos("ClassificationLevel"), graph)
        yield Quad(level, rdf("type"), skos("Collection"), graph)
        yield Quad(level, xkos("depth"), typed(str(depth), "integer"), graph)
        digits = f"[1-9][0-9]{{{depth * 2}}}"
        yield Quad(level, xkos("notationPattern"), literal(digits), graph)
        yield Quad(level, xkos("organizedBy"), term_iri("level", name), graph)
        for language in ("zh", "en"):
            text = literal(codes.LEVEL_LABELS[name].to(language), language)
            yield Quad(level, skos("prefLabel"), text, graph)


def _level_iri(name: str, year: int, level: str) -> NamedNode:
    return NamedNode(f"{scheme_iri(name, year).value}/level/{level}")


def _rdf_list(
    subject: NamedNode, predicate: NamedNode, members: list[NamedNode], graph: NamedNode
) -> Iterator[Quad]:
    stem = subject.value.removeprefix("https://w3id.org/fiscal/").replace("/", "-")
    nodes = [BlankNode(f"{stem}-{position}") for position in range(len(members))]
    yield Quad(subject, predicate, nodes[0], graph)
    rests: Iterable[BlankNode | NamedNode] = [*nodes[1:], rdf("nil")]
    for node, member, rest in zip(nodes, members, rests, strict=True):
        yield Quad(node, rdf("first"), member, graph)
        yield Quad(node, rdf("rest"), rest, graph)


def _heading_quads(heading: Heading, year: int, graph: NamedNode) -> Iterator[Quad]:
    iri, scheme = _iri_of(heading, year), scheme_iri(heading.scheme, year)
    yield Quad(iri, rdf("type"), skos("Concept"), graph)
    yield Quad(iri, skos("notation"), literal(heading.code), graph)
    yield Quad(iri, skos("prefLabel"), literal(heading.name, "zh"), graph)
    yield Quad(iri, skos("inScheme"), scheme, graph)
    yield Quad(iri, skos("inScheme"), HEADING_CODE_LIST, graph)
    yield Quad(_level_iri(heading.scheme, year, heading.level), skos("member"), iri, graph)
    if heading.parent == codes.TOTAL:
        yield Quad(iri, skos("topConceptOf"), scheme, graph)
    else:
        parent = heading_iri(heading.scheme, year, heading.parent)
        yield Quad(iri, skos("broader"), parent, graph)
    for code in codes.ancestors(heading.code):
        above = heading_iri(heading.scheme, year, code)
        yield Quad(iri, skos("broaderTransitive"), above, graph)
    yield Quad(iri, fiscal("attestation"), term_iri("attestation", heading.attestation), graph)
    for budget in sorted(heading.budgets):
        yield Quad(iri, fiscal("budget"), term_iri("budget", budget), graph)
    for seen in heading.seen_years:
        yield Quad(iri, fiscal("seenIn"), literal(seen), graph)
    for source in heading.sources:
        yield Quad(iri, dcterms("source"), literal(source), graph)
