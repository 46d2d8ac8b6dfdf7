"""Rules and the law they rest on, as a graph of its own: `rules-on-article` asks it.

Rules are made in a layer above this one. What the graph says of them stands in `rules.csv`, which
`make docs` writes from the catalogue and a test holds against it.

>>> [node.title.zh for node in rule_nodes() if node.id == "S101"]
['上级科目等于下级科目之和']
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from pyoxigraph import NamedNode, Quad

from fiscal.errors import Text
from fiscal.law import articles, instruments
from fiscal.ontology.names import (
    BASE,
    dcterms,
    eli,
    fiscal,
    graph_iri,
    literal,
    owl,
    rdf,
    sh,
    skos,
)

__all__ = ["FIELDS", "SEVERITIES", "RuleNode", "rule_graph", "rule_iri", "rule_nodes", "rule_quads"]

FIELDS = ("id", "title_zh", "title_en", "severity", "version", "law")
SEVERITIES = {"error": "Violation", "warning": "Warning", "notice": "Info"}
_RULES = Path(__file__).with_name("rules.csv")


@dataclass(frozen=True, slots=True)
class RuleNode:
    """A rule as the graph knows it; `law` holds keys like budget_law/75."""

    id: str
    title: Text
    severity: str
    version: str
    law: tuple[str, ...]


@lru_cache
def rule_nodes() -> tuple[RuleNode, ...]:
    """Return every rule, in order of id."""
    with _RULES.open(encoding="utf-8", newline="") as file:
        return tuple(
            RuleNode(
                row["id"],
                Text(row["title_zh"], row["title_en"]),
                row["severity"],
                row["version"],
                tuple(row["law"].split()),
            )
            for row in csv.DictReader(file)
        )


def rule_iri(rule_id: str) -> NamedNode:
    """Name a rule."""
    return NamedNode(f"{BASE}rule/{rule_id}")


def rule_graph() -> Iterator[Quad]:
    """Yield the graph of all rules and all law that is known."""
    graph = graph_iri("rules")
    yield from rule_quads(rule_nodes(), graph)
    yield from _law_quads(graph)


def rule_quads(nodes: Iterable[RuleNode], graph: NamedNode) -> Iterator[Quad]:
    """Yield rules with their names, how grave they are, and the law they rest on."""
    for node in nodes:
        iri = rule_iri(node.id)
        yield Quad(iri, rdf("type"), fiscal("Rule"), graph)
        yield Quad(iri, skos("notation"), literal(node.id), graph)
        yield from _labels(iri, node.title, graph)
        yield Quad(iri, sh("severity"), sh(SEVERITIES[node.severity]), graph)
        yield Quad(iri, owl("versionInfo"), literal(node.version), graph)
        for key in node.law:
            yield Quad(iri, dcterms("references"), _law_iri(key), graph)


def _law_quads(graph: NamedNode) -> Iterator[Quad]:
    """Yield instruments and articles, one node for all versions that were in force."""
    for instrument in instruments():
        iri = _law_iri(instrument.key)
        yield Quad(iri, rdf("type"), eli("LegalResource"), graph)
        yield Quad(iri, skos("notation"), literal(instrument.key), graph)
        yield from _labels(iri, instrument.title, graph)
    for article in articles():
        if article.number:
            iri = _law_iri(article.key)
            yield Quad(iri, rdf("type"), fiscal("Article"), graph)
            yield Quad(iri, skos("notation"), literal(article.number), graph)
            yield from _labels(iri, article.gist, graph)
            yield Quad(iri, dcterms("isPartOf"), _law_iri(article.instrument.key), graph)


def _law_iri(key: str) -> NamedNode:
    return NamedNode(f"{BASE}law/{quote(key, safe='/')}")


def _labels(iri: NamedNode, text: Text, graph: NamedNode) -> Iterator[Quad]:
    for language in ("zh", "en"):
        yield Quad(iri, skos("prefLabel"), literal(text.to(language), language), graph)
