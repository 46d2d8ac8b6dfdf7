"""What links one classification to another, as XKOS correspondences.

From each year to the next: what was added, gone, renamed or moved, and which headings kept their
meaning. From expenditure by function to COFOG, and from the departmental to the government
economic classification: which heading answers to which, and why.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pyoxigraph import NamedNode, Quad

from fiscal.errors import Text
from fiscal.ontology.changes import Change, changes_between
from fiscal.ontology.names import (
    BASE,
    cofog_iri,
    dcterms,
    fiscal,
    heading_iri,
    literal,
    owl,
    rdf,
    scheme_iri,
    skos,
    term_iri,
    typed,
    xkos,
)
from fiscal.ontology.scheme import SCHEMES, YEARS, Scheme
from fiscal.ontology.terms import CofogMatch, cofog_matches, economic_mapping
from fiscal.ontology.vocabulary import labelled

__all__ = ["correspondence_quads"]

_COFOG_RELATIONS = {"close": "closeMatch", "broad": "broadMatch", "related": "relatedMatch"}


def correspondence_quads(graph: NamedNode) -> Iterator[Quad]:
    """Yield every correspondence between years and between classifications."""
    for name in SCHEMES:
        for old, new in pairwise(YEARS):
            yield from _year_quads(Scheme.of(name, old), Scheme.of(name, new), graph)
    yield from _cofog_quads(graph)
    yield from _economic_quads(graph)


def _correspondence(
    iri: NamedNode, notation: str, label: Text, sides: tuple[NamedNode, ...], graph: NamedNode
) -> Iterator[Quad]:
    yield from labelled(iri, notation, label, "Correspondence", graph)
    for side in sides:
        yield Quad(iri, xkos("compares"), side, graph)


def _year_quads(old: Scheme, new: Scheme, graph: NamedNode) -> Iterator[Quad]:
    iri = NamedNode(f"{BASE}correspondence/{old.name}/{old.year}-{new.year}")
    names = SCHEMES[old.name]
    label = Text(
        f"{names.zh}：{old.year} 年与 {new.year} 年对照",
        f"{names.en}: from {old.year} to {new.year}",
    )
    sides = (scheme_iri(old.name, old.year), scheme_iri(new.name, new.year))
    yield from _correspondence(iri, f"{old.name}-{old.year}-{new.year}", label, sides, graph)
    for change in changes_between(old, new):
        yield from _change_quads(change, iri, old, new, graph)
    for heading in old:
        if heading.code in new and new[heading.code].name == heading.name:
            before = heading_iri(old.name, old.year, heading.code)
            after = heading_iri(new.name, new.year, heading.code)
            yield Quad(before, skos("exactMatch"), after, graph)


def _change_quads(
    change: Change, correspondence: NamedNode, old: Scheme, new: Scheme, graph: NamedNode
) -> Iterator[Quad]:
    codes = "-".join(heading.code for heading in (change.old, change.new) if heading)
    iri = NamedNode(f"{correspondence.value}/{change.kind}/{codes}")
    yield Quad(correspondence, xkos("madeOf"), iri, graph)
    yield Quad(iri, rdf("type"), xkos("ConceptAssociation"), graph)
    yield Quad(iri, rdf("type"), fiscal("Change"), graph)
    yield Quad(iri, fiscal("kindOfChange"), term_iri("change", change.kind), graph)
    before = heading_iri(old.name, old.year, change.old.code) if change.old else None
    after = heading_iri(new.name, new.year, change.new.code) if change.new else None
    if before:
        yield Quad(iri, xkos("sourceConcept"), before, graph)
    if after:
        yield Quad(iri, xkos("targetConcept"), after, graph)
    if before and after:
        yield Quad(after, dcterms("replaces"), before, graph)
        yield Quad(before, dcterms("isReplacedBy"), after, graph)
    elif before:
        yield Quad(before, owl("deprecated"), typed("true", "boolean"), graph)


def _cofog_quads(graph: NamedNode) -> Iterator[Quad]:
    iri = NamedNode(f"{BASE}correspondence/functional/cofog")
    label = Text("支出功能分类与 COFOG 对照", "expenditure by function and COFOG")
    sides = (*(scheme_iri("functional", year) for year in YEARS), cofog_iri())
    yield from _correspondence(iri, "functional-cofog", label, sides, graph)
    for match in cofog_matches():
        yield from _cofog_match_quads(match, iri, graph)


def _cofog_match_quads(
    match: CofogMatch, correspondence: NamedNode, graph: NamedNode
) -> Iterator[Quad]:
    target = cofog_iri(match.cofog) if match.cofog else None
    stem = f"{match.code}-{match.cofog or 'none'}"
    iri = NamedNode(f"{correspondence.value}/{stem}")
    yield Quad(correspondence, xkos("madeOf"), iri, graph)
    yield Quad(iri, rdf("type"), xkos("ConceptAssociation"), graph)
    for language in ("zh", "en"):
        reason = literal(match.reason.to(language), language)
        yield Quad(iri, fiscal("reason"), reason, graph)
    if target:
        yield Quad(iri, xkos("targetConcept"), target, graph)
    for year in YEARS:
        if match.code in Scheme.of("functional", year):
            heading = heading_iri("functional", year, match.code)
            yield Quad(iri, xkos("sourceConcept"), heading, graph)
            if target:
                yield Quad(heading, skos(_COFOG_RELATIONS[match.relation]), target, graph)


def _economic_quads(graph: NamedNode) -> Iterator[Quad]:
    iri = NamedNode(f"{BASE}correspondence/departmental-government-economic")
    label = Text(
        "部门预算与政府预算支出经济分类对照",
        "departmental and government expenditure by economy",
    )
    kinds = ("departmental_economic", "government_economic")
    sides = tuple(scheme_iri(kind, year) for kind in kinds for year in YEARS)
    yield from _correspondence(iri, "departmental-government-economic", label, sides, graph)
    for pair in economic_mapping():
        association = NamedNode(f"{iri.value}/{pair.departmental}-{pair.government}")
        yield Quad(iri, xkos("madeOf"), association, graph)
        yield Quad(association, rdf("type"), xkos("ConceptAssociation"), graph)
        for year in YEARS:
            departmental, government = (Scheme.of(kind, year) for kind in kinds)
            if pair.departmental in departmental and pair.government in government:
                source = heading_iri(kinds[0], year, pair.departmental)
                target = heading_iri(kinds[1], year, pair.government)
                yield Quad(association, xkos("sourceConcept"), source, graph)
                yield Quad(association, xkos("targetConcept"), target, graph)
                yield Quad(source, skos("broadMatch"), target, graph)
