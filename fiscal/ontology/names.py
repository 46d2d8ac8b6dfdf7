"""Names of things in the graph: the vocabularies it is written in, and how its own IRIs are made.

>>> skos("Concept").value
'http://www.w3.org/2004/02/skos/core#Concept'
>>> heading_iri("functional", 2019, "2010301").value
'https://w3id.org/fiscal/heading/functional/2019/2010301'
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

__all__ = [
    "BASE",
    "PREFIXES",
    "cofog_iri",
    "dcat",
    "dcterms",
    "eli",
    "fiscal",
    "graph_iri",
    "heading_iri",
    "literal",
    "oa",
    "org",
    "owl",
    "prov",
    "qb",
    "rdf",
    "rdfs",
    "schema",
    "scheme_iri",
    "sh",
    "skos",
    "term_iri",
    "typed",
    "void",
    "xkos",
]

BASE = "https://w3id.org/fiscal/"
PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "fiscal": f"{BASE}ns#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xkos": "http://rdf-vocabulary.ddialliance.org/xkos#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def _vocabulary(prefix: str) -> Callable[[str], NamedNode]:
    base = PREFIXES[prefix]
    return lambda name: NamedNode(base + name)


dcat, dcterms, fiscal = _vocabulary("dcat"), _vocabulary("dcterms"), _vocabulary("fiscal")
oa, org, owl, prov = map(_vocabulary, ("oa", "org", "owl", "prov"))
qb, rdf, rdfs, schema = map(_vocabulary, ("qb", "rdf", "rdfs", "schema"))
skos, void, xkos = map(_vocabulary, ("skos", "void", "xkos"))
eli, sh = map(_vocabulary, ("eli", "sh"))


def scheme_iri(name: str, year: int | None = None) -> NamedNode:
    """Name a year's classification or, without a year, the classification over all years."""
    return NamedNode(f"{BASE}scheme/{name}" + (f"/{year}" if year else ""))


def heading_iri(name: str, year: int, code: str) -> NamedNode:
    """Name a heading of a year's classification."""
    return NamedNode(f"{BASE}heading/{name}/{year}/{code}")


def term_iri(term_list: str, term: str | None = None) -> NamedNode:
    """Name a list of terms or a term in it."""
    return NamedNode(f"{BASE}term/{term_list}" + (f"/{term}" if term else ""))


def cofog_iri(code: str | None = None) -> NamedNode:
    """Name a division or group of the UN's classification of functions, or the classification."""
    return NamedNode(f"{BASE}cofog" + (f"/{code}" if code else ""))


def graph_iri(name: str | int) -> NamedNode:
    """Name a graph: one a fiscal year, one for each thing that spans years."""
    return NamedNode(f"{BASE}graph/{quote(str(name), safe='')}")


def literal(text: str, language: str | None = None) -> Literal:
    """Return a plain literal, or one in a language."""
    return Literal(text, language=language) if language else Literal(text)


def typed(text: str, datatype: str) -> Literal:
    """Return a literal of an XML Schema datatype, like `typed("2019-01-01", "date")`."""
    return Literal(text, datatype=NamedNode(PREFIXES["xsd"] + datatype))
