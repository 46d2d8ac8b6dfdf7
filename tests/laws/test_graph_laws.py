"""What must be true of the graph, each law under the sentence it proves."""

from collections import defaultdict
from dataclasses import MISSING, fields
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    parse,
)

from fiscal import codes
from fiscal.graph.tree import heading_tree
from fiscal.model import BUDGETS, MEASURES, SIDES, Document, Extraction, Fact, Profile, Span
from fiscal.money import UNITS, Amount
from fiscal.ontology.build import year_quads
from fiscal.ontology.names import PREFIXES, dcterms, graph_iri, heading_iri, qb, rdf, skos
from fiscal.ontology.observations import fact_quads
from fiscal.ontology.observed_facts import read_facts
from fiscal.ontology.scheme import SCHEMES, YEARS, Scheme
from fiscal.ontology.shapes import shacl_problems, shipped_shapes
from fiscal.ontology.store import FORMATS, serialized
from fiscal.ontology.terms import terms
from fiscal.ontology.validate import checks, validate
from tests.laws.strategies import SCHEME_CODES, numbers

TEXT = (Path(__file__).parents[1] / "small_graph.ttl").read_text("utf-8")
# The last part is a cube that is none of ours, of which the shapes say nothing.
SMALL = tuple(parse(TEXT[: TEXT.index("# A cube of two measures")], RdfFormat.TURTLE))


class TestTreeAndGraph:
    """“A property proves that both have the same edges.”"""

    @pytest.mark.parametrize("year", YEARS)
    def test_the_tree_and_broader_in_every_year(self, year):
        graph = set(year_quads(year))
        for name in SCHEMES:
            tree = heading_tree(Scheme.of(name, year))
            edges = {
                Quad(
                    heading_iri(name, year, below),
                    skos("broader"),
                    heading_iri(name, year, above),
                    graph_iri(year),
                )
                for above, below in tree.edges
                if above != codes.TOTAL
            }
            stem = heading_iri(name, year, "").value
            stated = {
                quad
                for quad in graph
                if quad.predicate == skos("broader") and str(quad.subject)[1:].startswith(stem)
            }
            assert stated == edges
            tops = {q for q in graph if q.predicate == skos("topConceptOf")}
            found = {str(q.subject)[1:-1] for q in tops if str(q.subject)[1:].startswith(stem)}
            assert found == {stem + code for code in tree.successors(codes.TOTAL)}


# Every character but surrogates, which no text that was read can hold.
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
spans = st.builds(
    Span,
    quote=words,
    start=st.integers(0, 10**7),
    end=st.integers(0, 10**7),
    page=st.none() | st.integers(1, 999),
    table=st.none() | words,
    row=st.none() | st.integers(1, 9999),
    column=st.none() | words,
)
FUNDING_SOURCES = [term.id for term in terms() if term.list == "funding_source"]
EXPENDITURE_TYPES = [term.id for term in terms() if term.list == "expenditure_type"]
facts = st.builds(
    Fact,
    id=words,
    label=words,
    code=st.none() | st.sampled_from([codes.TOTAL, "2019999", "30101", "50101", *SCHEME_CODES]),
    measure=st.sampled_from(sorted(MEASURES)),
    fiscal_year=st.none() | st.integers(1990, 2040),
    amount=st.builds(
        Amount,
        numbers | st.integers(-(10**9), 10**9).map(Decimal),
        st.sampled_from([*UNITS, "%", "辆", ""]),
    ),
    budget=st.none() | st.sampled_from(sorted(BUDGETS)),
    section=words,
    span=spans,
    # Flags are a set in the graph, so they come back in order.
    flags=st.sets(words, max_size=3).map(lambda flags: tuple(sorted(flags))),
    funding_source=st.none() | st.sampled_from(FUNDING_SOURCES),
    expenditure_type=st.none() | st.sampled_from(EXPENDITURE_TYPES),
    side=st.none() | st.sampled_from(SIDES),
    base=st.none() | words,
    comparator=st.none() | st.sampled_from([">=", ">", "<=", "<"]),
    cause_of=st.none() | words,
    series=st.none() | words,
)
profiles = st.builds(
    Profile,
    title=st.none() | words,
    organisation=st.none() | words,
    fiscal_year=st.none() | st.integers(2018, 2026),
)
extractions = st.builds(
    Extraction,
    document=st.builds(
        Document, path=words, sha256=st.just("0123456789abcdef" * 4), text=st.just("")
    ),
    profile=profiles,
    facts=st.lists(facts, max_size=6, unique_by=lambda fact: fact.id).map(tuple),
)


def in_order(found: tuple[Fact, ...]) -> list[Fact]:
    return sorted(found, key=lambda fact: (fact.span.start, fact.span.end, fact.id))


def printed(found: list[Fact]) -> list[tuple[str, ...]]:
    """What equality of decimals does not see: the decimals printed."""
    return [(fact.id, str(fact.amount.number)) for fact in found]


class TestFactsComeBack:
    """“Facts → RDF → facts loses nothing.”"""

    def test_of_every_field_that_a_fact_has(self):
        """A field that is always at its default would prove nothing below."""
        defaults = {each.name: each.default for each in fields(Fact)}
        for name, default in defaults.items():
            if default is not MISSING:
                find(facts, lambda fact, name=name, value=default: getattr(fact, name) != value)

    @given(extractions)
    def test_from_the_quads(self, extraction):
        expected = in_order(extraction.facts)
        found = list(read_facts(fact_quads(extraction)))
        assert found == expected
        assert printed(found) == printed(expected)

    @given(extractions, st.sampled_from(sorted(FORMATS)))
    def test_through_a_store_and_every_format(self, extraction, form):
        store = Store()
        store.extend(fact_quads(extraction))
        again = parse(serialized(store, form), FORMATS[form])
        assert list(read_facts(again)) == in_order(extraction.facts)

    @given(extractions)
    def test_and_the_observations_meet_every_check_that_needs_no_other_graph(self, extraction):
        store = Store()
        store.extend(fact_quads(extraction))
        named = {"observation-amount", "observation-printed", "observation-amount-printed"}
        named |= {"qb-IC-1", "qb-IC-2", "organisation-name", "document-label", "skos-S14"}
        assert validate(store, [check for check in checks() if check.name in named]) == ()


def canonical(quads) -> Dataset:
    """The quads with canonical names for blank nodes, so that equal is isomorphic."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


nodes = st.sampled_from([NamedNode(f"https://w3id.org/fiscal/{n}") for n in ("a", "b", "c/d")])
nodes |= st.sampled_from([BlankNode(name) for name in "uvw"])
literals = words.map(Literal) | st.builds(Literal, words, language=st.sampled_from(["zh", "en"]))
literals |= st.decimals(allow_nan=False, allow_infinity=False, places=2).map(
    lambda number: Literal(str(number), datatype=NamedNode(PREFIXES["xsd"] + "decimal"))
)
predicates = st.sampled_from([skos("prefLabel"), skos("broader"), dcterms("source"), rdf("value")])
graphs = st.sampled_from([graph_iri(2019), graph_iri("terms")])
small_graphs = st.lists(st.builds(Quad, nodes, predicates, nodes | literals, graphs), max_size=12)


class TestSerialisations:
    """“Reading what was written gives it back.”"""

    @given(small_graphs, st.sampled_from(["jsonld", "nq", "trig"]))
    def test_formats_with_graphs(self, quads, form):
        again = parse(serialized(quads, form), FORMATS[form])
        assert canonical(again) == canonical(quads)

    @given(small_graphs)
    def test_turtle_has_the_triples_of_all_graphs(self, quads):
        again = parse(serialized(quads, "ttl"), FORMATS["ttl"])
        assert canonical(again) == canonical(Quad(q.subject, q.predicate, q.object) for q in quads)

    @pytest.mark.parametrize("form", FORMATS)
    def test_a_year_and_its_lists(self, form):
        quads = list(year_quads(2021))
        if form == "ttl":
            quads = [Quad(quad.subject, quad.predicate, quad.object) for quad in quads]
        written = serialized(quads, form)
        assert written == serialized(reversed(quads), form)
        assert set(parse(written, FORMATS[form])) == set(quads)


# Checks and shapes of one name say the same of every node.
SAME = {
    "skos-S9", "skos-S13", "skos-S14", "skos-S37", "concept-scheme", "heading-notation",
    "heading-label", "heading-attestation", "heading-budget", "heading-code-list",
    "heading-concept", "heading-parent", "heading-top", "scheme-family", "scheme-complete",
    "scheme-dates", "scheme-levels", "level-depth", "change-kind", "change-sides",
    "organisation-name", "document-label", "observation-amount", "observation-printed",
    "observation-place", "observation-one-value", "qb-IC-1", "qb-IC-2", "qb-IC-4", "qb-IC-11",
}  # fmt: skip
# Shapes take the structure of amounts and the types of the Data Cube as given, queries read them.
GIVEN = {quad for quad in SMALL if "cube#" in f"{quad.predicate}{quad.object}"}
LINKS = [quad for quad in GIVEN if quad.predicate == qb("dataSet")]
CHANGEABLE = sorted(set(SMALL) - GIVEN, key=str)
# No blank nodes: pyshacl cannot compare them, where SHACL says that they fail.
OBJECTS = sorted(
    {quad.object for quad in CHANGEABLE if not isinstance(quad.object, BlankNode)}, key=str
)
OTHERS = [Literal(""), Literal(5), Literal("名", language="zh"), Literal("x", language="zh-Hans")]
lost = st.lists(st.sampled_from([*CHANGEABLE, *LINKS]), max_size=3)
gained = st.lists(
    st.builds(
        lambda quad, value: Quad(quad.subject, quad.predicate, value),
        st.sampled_from(CHANGEABLE),
        st.sampled_from([*OBJECTS, *OTHERS]),
    ),
    max_size=3,
)


def by_check(problems) -> dict[str, set[str]]:
    found = defaultdict(set)
    for problem in problems:
        found[problem.check].add(problem.focus)
    return found


class TestShapesAndQueries:
    """“A property shows that both agree”, wherever both state the same."""

    def test_every_shape_names_a_check(self):
        names = {q.object.value for q in shipped_shapes() if q.predicate == dcterms("identifier")}
        assert names == SAME
        assert names <= {check.name for check in checks()}

    @given(lost, gained)
    @settings(max_examples=60)
    def test_on_changed_graphs(self, without, more):
        store = Store()
        store.extend([quad for quad in (*SMALL, *more) if quad not in without])
        queried = by_check(validate(store, [check for check in checks() if check.name in SAME]))
        shaped = by_check(shacl_problems(store))
        assert {name: shaped[name] for name in SAME} == {name: queried[name] for name in SAME}
