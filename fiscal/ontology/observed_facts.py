"""Facts read back from the graphs of documents: the other half of `observations`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from urllib.parse import unquote

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from fiscal.model import Fact, Span
from fiscal.money import Amount
from fiscal.ontology.cube import UNSPECIFIED

__all__ = ["read_facts"]

_Properties = Mapping[str, Sequence[str]]


def read_facts(quads: Iterable[Quad]) -> tuple[Fact, ...]:
    """Read the facts out of the graphs of documents, in order of their place in the text."""
    properties: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            values = properties[quad.subject.value][_local(quad.predicate.value)]
            values.append(_value_of(quad.object))
    observations = [iri for iri, found in properties.items() if "mention" in found]
    facts = [_fact(iri, properties) for iri in observations]
    return tuple(sorted(facts, key=lambda fact: (fact.span.start, fact.span.end, fact.id)))


def _local(iri: str) -> str:
    return iri.replace("#", "/").rsplit("/", 1)[-1]


def _fact(iri: str, properties: Mapping[str, _Properties]) -> Fact:
    found = properties[iri]
    place = properties[f"{iri}/place"]
    heading = _local(_text(found, "heading"))
    return Fact(
        id=unquote(_local(iri)),
        label=_text(found, "label"),
        code=None if heading == UNSPECIFIED else heading,
        measure=_local(_text(found, "measure")),
        fiscal_year=int(_text(found, "fiscalYear")) or None,
        amount=Amount(Decimal(_text(found, "numberPrinted")), _text(found, "unitPrinted")),
        budget=_term(found, "budget"),
        section=_text(place, "section"),
        span=_span(place, properties[f"{iri}/place/position"], properties[f"{iri}/place/quote"]),
        flags=tuple(sorted(found["flag"])),
        funding_source=_term(found, "fundingSource"),
        expenditure_type=_term(found, "expenditureType"),
        side=_optional(found, "side"),
        base=_optional(found, "base"),
        comparator=_optional(found, "comparator"),
        cause_of=_optional(found, "causeOf"),
        series=_optional(found, "series"),
    )


def _value_of(node: NamedNode | BlankNode | Literal | Triple) -> str:
    return str(node) if isinstance(node, Triple) else node.value


def _text(found: _Properties, name: str) -> str:
    values = found[name]
    return values[0] if values else ""


def _optional(found: _Properties, name: str) -> str | None:
    values = found[name]
    return values[0] if values else None


def _term(found: _Properties, name: str) -> str | None:
    term = _local(_text(found, name))
    return None if term == UNSPECIFIED else term


def _span(place: _Properties, position: _Properties, wording: _Properties) -> Span:
    page, row = _optional(place, "page"), _optional(place, "row")
    return Span(
        quote=_text(wording, "exact"),
        start=int(_text(position, "start")),
        end=int(_text(position, "end")),
        page=int(page) if page else None,
        table=_optional(place, "table"),
        row=int(row) if row else None,
        column=_optional(place, "column"),
    )
