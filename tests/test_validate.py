"""Every condition on the graph: a small graph that meets all, and for each one that breaks it."""

import json
import re
import shutil
import socket
import subprocess
import time
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from fiscal import files
from fiscal.cli import main
from fiscal.errors import Text, UnreadableDocument
from fiscal.model import BUDGETS
from fiscal.money import UNITS
from fiscal.ontology import judge as judge_module
from fiscal.ontology.build import graph_quads
from fiscal.ontology.changes import KINDS
from fiscal.ontology.judge import judge
from fiscal.ontology.names import fiscal, graph_iri, heading_iri, skos
from fiscal.ontology.scheme import ATTESTATIONS
from fiscal.ontology.shapes import shacl_problems, shipped_shapes
from fiscal.ontology.store import open_graph, serialized
from fiscal.ontology.validate import SHOWN, GraphProblem, checks, validate
from fiscal.ontology.vocabulary import note_quads
from tests.conftest import REPOSITORY, SHARED

SMALL = (Path(__file__).parent / "small_graph.ttl").read_text("utf-8")
X = "http://example.org/"

# check: what is replaced in the small graph, by what (where nothing is, it is added), and the
# node that fails.
BROKEN = {
    "skos-S9": ("", "x:animals a skos:Concept .", "x:animals"),
    "skos-S13": ('skos:altLabel "beast"', 'skos:altLabel "animal"', "x:animal"),
    "skos-S14": ("", 'x:animal skos:prefLabel "creature"@EN .', "x:animal"),
    "skos-S27": ("skos:related x:cart", "skos:related x:animal", "x:horse"),
    "skos-S37": ("", "x:pets a skos:ConceptScheme .", "x:pets"),
    "skos-S46": ("skos:broadMatch x:cart", "skos:broadMatch x:horse", "x:cheval"),
    "concept-scheme": ("", "x:stray a skos:Concept .", "x:stray"),
    "concept-parent": ("skos:broader x:animal ;", "", "x:horse"),
    "concept-top": ("", "x:cart skos:broader x:animal .", "x:cart"),
    "concept-cycle": ("", "x:animal skos:broader x:horse .", "x:animal"),
    "concept-notation": ('skos:notation "C"', 'skos:notation "A"', "x:animal"),
    "reference-known": ("", "x:cart skos:exactMatch h:999 .", "x:cart"),
    "heading-notation": ('skos:notation "20805"', 'skos:notation "2080"', "h:20805"),
    "heading-classification": ('notation "20807"', 'notation "30807"', "h:20807"),
    "heading-label": ('"离退休"@zh', '"retirement"@en', "h:20805"),
    "heading-attestation": ("fiscal:attestation attestation:code_attested .", ".", "h:20807"),
    "heading-budget": ("", "h:20807 fiscal:budget x:value .", "h:20807"),
    "heading-concept": ("h:20807 a skos:Concept", "h:20807 a x:none", "h:20807"),
    "heading-parent": ("", "h:20807 skos:broader x:animal .", "h:20807"),
    "heading-parent-code": ('notation "20807"', 'notation "20907"', "h:20807"),
    "heading-top": ("skos:topConceptOf edition:2019 ;", "", "h:208"),
    "heading-level": ("skos:member h:20805 , h:20807", "skos:member h:20805", "h:20807"),
    "heading-one-above": ("skos:broader h:20805", "skos:broader h:20807", "h:2080505"),
    "heading-ancestors": ("Transitive h:20805 , h:208", "Transitive h:20805", "h:2080505"),
    "heading-scheme": ("", "h:208 skos:inScheme edition:2018 .", "h:208"),
    "heading-code-list": (
        "list:heading ;\n    fiscal:attestation attestation:code_attested",
        "x:animals ;\n    fiscal:attestation attestation:code_attested",
        "h:20807",
    ),
    "scheme-family": ("", "edition:2019 xkos:belongsTo x:animal .", "edition:2019"),
    "scheme-complete": ("isComplete true", 'isComplete "true"', "edition:2019"),
    "scheme-levels": ("numberOfLevels 3", "numberOfLevels 4", "edition:2019"),
    "scheme-dates": ('endDate "2019-12-31"', 'endDate "2018-12-31"', "edition:2019"),
    "scheme-follows": ("follows edition:2018", "follows edition:2019", "edition:2019"),
    "level-depth": ("xkos:depth 3", "xkos:depth 5", "x:item"),
    "level-pattern": ('"[1-9][0-9]{4}"', '"[3-9][0-9]{4}"', "h:20805"),
    "change-kind": ("fiscal:kindOfChange change:added ;", "", "x:came"),
    "change-sides": ("kindOfChange change:added", "kindOfChange change:split", "x:came"),
    "change-compared": ("xkos:madeOf x:came ,", "xkos:madeOf", "x:came"),
    "unchanged-alike": ("", "h:20805 skos:exactMatch h:20807 .", "h:20805"),
    "organisation-name": ('; skos:prefLabel "办公室"@zh', "", "x:office"),
    "document-label": ('; rdfs:label "2019年度决算"', "", "x:account"),
    "observation-amount": ("fiscal:amount -3.0", "fiscal:amount -3", "x:second"),
    "observation-printed": ('fiscal:unitPrinted "元" ;', "", "x:second"),
    "observation-amount-printed": ('Printed "12.50"', 'Printed "12.51"', "x:first"),
    "observation-one-value": ("fiscal:mention 2", "fiscal:mention 2 , 3", "x:second"),
    "observation-place": ("oa:start 10", "oa:start 16", "x:first"),
    "observation-year": ("2019 ; fiscal:mention 2", "2018 ; fiscal:mention 2", "x:second"),
    "qb-IC-1": ("", "x:first qb:dataSet x:sizes .", "x:first"),
    "qb-IC-2": ("", "x:none a qb:DataSet .", "x:none"),
    "qb-IC-3": ("", "x:none a qb:DataStructureDefinition .", "x:none"),
    "qb-IC-4": ("", "x:none a qb:DimensionProperty .", "x:none"),
    "qb-IC-5": ("; qb:codeList x:zones", "", "x:zone"),
    "qb-IC-6": ("x:zone ]", "x:zone ; qb:componentRequired false ]", "x:shape"),
    "qb-IC-7": ("", "x:none a qb:SliceKey .", "x:none"),
    "qb-IC-8": ("", "x:by-region qb:componentProperty x:none .", "x:by-region"),
    "qb-IC-9": ("", "x:none a qb:Slice .", "x:none"),
    "qb-IC-10": ("x:by-region ; x:region x:province", "x:by-region", "x:slice"),
    "qb-IC-11": ("fiscal:mention 2 ;", "", "x:second"),
    "qb-IC-12": ("x:weight ; x:weight 4", "x:length ; x:length 4", "x:heavy"),
    "qb-IC-13": ('fiscal:numberPrinted "-3" ;', "", "x:second"),
    "qb-IC-14": ("fiscal:amount -3.0 ;", "", "x:second"),
    "qb-IC-15": ("x:weight ; x:weight 4", "x:weight", "x:heavy"),
    "qb-IC-16": ("x:weight 4", "x:weight 4 ; x:length 5", "x:heavy"),
    "qb-IC-17": (
        "x:zone x:province ; qb:measureType x:weight",
        "x:zone x:country ; qb:measureType x:weight",
        "x:heavy",
    ),
    "qb-IC-18": ("", "x:slice qb:observation x:first .", "x:first"),
    "qb-IC-19": ("", "x:first fiscal:budget x:horse .", "x:first"),
    "qb-IC-20": ("x:country x:contains x:province .", "", "x:heavy"),
    "qb-IC-21": ("x:province x:within x:country .", "", "x:heavy"),
}
PREFIXES = dict(part.split()[1:3] for part in SMALL.split(" .\n") if part.startswith("@prefix"))


def small(old: str = "", new: str = "") -> Store:
    """The small graph, with `new` in place of `old` or, without that, added."""
    assert SMALL.count(old) == 1 or not old
    store = Store()
    text = SMALL.replace(old, new) if old else f"{SMALL}\n{new}"
    store.load(input=text, format=RdfFormat.TURTLE)
    return store


def failing(problems: tuple[GraphProblem, ...], check: str) -> set[str]:
    return {problem.focus for problem in problems if problem.check == check}


def in_full(name: str) -> str:
    prefix, local = name.split(":")
    return PREFIXES[f"{prefix}:"].strip("<>") + local


@pytest.fixture(scope="session")
def home(tmp_path_factory) -> Path:
    """A user's folder, in which the nine years are built once for all tests."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def graph(home) -> Store:
    """The nine years."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FISCAL_HOME", str(home))
        store = Store()
        store.bulk_extend(open_graph())
        return store


@pytest.fixture(scope="session")
def two_years() -> tuple[Quad, ...]:
    """The graphs of two years with all that they refer to, before any store has seen them."""
    names = ("vocabulary", "terms", "cube", "correspondences", 2018, 2019)
    graphs = set(map(graph_iri, names))
    return tuple(quad for quad in graph_quads() if quad.graph_name in graphs)


def test_every_check_has_its_broken_graph():
    """None is left untested."""
    assert {check.name for check in checks()} == BROKEN.keys()


def test_the_small_graph_meets_every_check_and_shape():
    """And so does each of its triples said again in another graph: nothing is counted twice."""
    store = small()
    assert validate(store) == ()
    assert shacl_problems(store) == ()
    for name in (1, 2):
        graph = NamedNode(f"{X}{name}")
        store.extend([Quad(q.subject, q.predicate, q.object, graph) for q in small()])
    assert validate(store) == ()


@pytest.mark.parametrize("check", BROKEN)
def test_a_broken_graph_fails_its_check(check):
    """One change of the small graph, and the node it was done to is named."""
    old, new, focus = BROKEN[check]
    assert in_full(focus) in failing(validate(small(old, new)), check)


@pytest.mark.parametrize("check", BROKEN)
def test_a_broken_graph_fails_in_named_graphs_too(check):
    """Each triple in a graph of its own: the checks see all graphs as one."""
    old, new, focus = BROKEN[check]
    store = Store()
    for number, quad in enumerate(sorted(small(old, new), key=str)):
        graph = NamedNode(f"{X}graph/{number % 7}")
        store.add(Quad(quad.subject, quad.predicate, quad.object, graph))
    assert in_full(focus) in failing(validate(store), check)


def test_every_message_and_remedy_is_told_in_both_languages():
    """What is wrong and what to do, in words."""
    for check in checks():
        assert all((*check.message, *(check.remedy or ()))), check.name
        assert check.remedy is not None
        assert check.message.zh != check.message.en


def test_the_lists_that_checks_and_shapes_repeat_are_the_program_s_own():
    """A term added to a list is added to them as well."""
    texts = {check.name: check.query for check in checks()}
    shapes = {str(quad.object) for quad in shipped_shapes()}
    lists = {
        ("heading-attestation", "attestation"): ATTESTATIONS,
        ("heading-budget", "budget"): BUDGETS,
        ("change-kind", "change"): KINDS,
    }
    for (check, name), members in lists.items():
        stem = f"https://w3id.org/fiscal/term/{name}/"
        expected = {f"<{stem}{member}>" for member in members}
        assert {term for term in shapes if term.startswith(f"<{stem}")} == expected
        assert set(re.findall(rf"<{stem}\w+>", texts[check])) == expected
    units = dict(re.findall(r'\("(\w+)" (\d+)\)', texts["observation-amount-printed"]))
    assert {unit: int(yuan) for unit, yuan in units.items()} == UNITS


def test_two_observations_are_the_same_by_value_and_not_by_spelling():
    """IC-12 on what a grouping by text could confuse: blanks in values, and blank nodes."""
    head = f"@prefix qb: <http://purl.org/linked-data/cube#> . @prefix x: <{X}> . x:s qb:component "
    head += "[ qb:dimension x:a ] , [ qb:dimension x:b ] . x:d qb:structure x:s .\n"
    for first, second, same in (
        ('x:a "1" ; x:b "2 3"', 'x:b "2 3" ; x:a "1"', True),
        ('x:a "1" ; x:b "2"', 'x:a "1" ; x:b 2', False),
        ('x:a "1" ; x:b "2"@en', 'x:a "1" ; x:b "2"@zh', False),
        (f'x:a "1" ; x:b "{X}"', f'x:a "1" ; x:b <{X}>', False),
        (f'x:a "1 {X}b" ; x:b "2"', f'x:a "1" ; x:b "{X}b 2"', False),
        ('x:a "1" ; x:b []', 'x:a "1" ; x:b []', False),
    ):
        store = Store()
        text = f"{head} x:o qb:dataSet x:d ; {first} . x:p qb:dataSet x:d ; {second} ."
        store.load(input=text, format=RdfFormat.TURTLE)
        assert bool(failing(validate(store), "qb-IC-12")) is same, (first, second)


class TestTheShippedGraph:
    """All nine years."""

    def test_it_meets_every_check(self, graph):
        assert validate(graph) == ()

    def test_a_year_and_all_changes_meet_every_shape(self, two_years):
        one_year = (quad for quad in two_years if quad.graph_name != graph_iri(2018))
        assert shacl_problems(one_year) == ()

    # None of the shapes is left out. Run on two years to save time: they ask of a scheme and of a
    # note what every year states alike.
    def test_it_conforms_to_the_best_practices_of_xkos(self, two_years):
        path = SHARED / "suites" / "xkos" / "xkos-best-practices-conformance-shapes.ttl"
        if not path.exists():
            pytest.skip("the shapes of XKOS do not lie beside this repository")
        assert shacl_problems(two_years, parse(path.read_bytes(), RdfFormat.TURTLE)) == ()

    def test_of_which_a_store_gives_up_the_type_of_a_version_and_no_more(self):
        """Oxigraph makes an xsd:integer of the xsd:int that XKOS asks for."""
        path = SHARED / "suites" / "xkos" / "xkos-best-practices-conformance-shapes.ttl"
        if not path.exists():
            pytest.skip("the shapes of XKOS do not lie beside this repository")
        shapes = list(parse(path.read_bytes(), RdfFormat.TURTLE))
        graph, subject = graph_iri("terms"), NamedNode(f"{X}concept")
        note = list(note_quads(subject, skos("definition"), Text("甲", "a"), graph))
        store = Store()
        store.extend(note)
        assert shacl_problems(note, shapes) == ()
        assert {problem.check for problem in shacl_problems(store, shapes)} == {"version"}

    def test_a_heading_under_a_wrong_parent_is_named_with_code_and_name(self, two_years):
        """2080505 moved below 20807."""
        store = Store()
        store.bulk_extend(q for q in two_years if q.graph_name != graph_iri("correspondences"))
        child = heading_iri("functional", 2019, "2080505")
        (quad,) = store.quads_for_pattern(child, skos("broader"), None)
        store.remove(quad)
        parent = heading_iri("functional", 2019, "20807")
        store.add(Quad(child, skos("broader"), parent, quad.graph_name))
        problems = validate(store)
        assert {problem.check for problem in problems} == {
            "heading-parent-code",
            "heading-one-above",
            "heading-ancestors",
        }
        assert {problem.focus for problem in problems} == {child.value}
        assert problems[0].label.startswith("2080505 ")
        assert problems[0].count == 1

    def test_many_failures_are_counted_and_some_named(self, two_years):
        """Every attestation lost."""
        store = Store()
        store.bulk_extend(quad for quad in two_years if quad.predicate != fiscal("attestation"))
        chosen = [check for check in checks() if check.name == "heading-attestation"]
        named = validate(store, chosen)
        assert len(named) == SHOWN
        assert {problem.count for problem in named} == {
            sum(quad.predicate == fiscal("attestation") for quad in two_years)
        }


def run(*arguments: str, given: str | None = None):
    return CliRunner().invoke(main, ["validate", *arguments], input=given)


@pytest.fixture
def file(tmp_path):
    def write(name: str, text: str | bytes) -> str:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return str(path)

    return write


class TestCommand:
    """`fiscal validate` as people and programs use it."""

    @pytest.fixture(autouse=True)
    def at_home(self, home, monkeypatch):
        monkeypatch.setenv("FISCAL_HOME", str(home))

    def test_the_shipped_graph_is_right(self):
        result = run("--lang", "en")
        assert result.exit_code == 0
        assert (
            result.stdout
            == f"{len(checks())} checks ran: {len(checks())} hold, 0 do not (0 nodes)\n"
        )

    def test_what_is_wrong_where_and_what_to_do(self, file):
        old, new, _ = BROKEN["heading-attestation"]
        path = file("wrong.ttl", SMALL.replace(old, new))
        result = run(path)
        assert result.exit_code == 1
        assert (
            "heading-attestation  科目须有且仅有一个出处可靠程度\n    20807 就业  <"
            in result.stdout
        )
        assert "处理: 用 fiscal:attestation 指明" in result.stdout
        assert result.stdout.endswith(
            f"检查 {len(checks())} 项：合格 {len(checks()) - 1}，不合格 1（1 个节点）\n"
        )
        record = json.loads(run(path, "--format", "json", "--lang", "en").stdout)
        assert record["checks"] == len(checks())
        assert record["problems"][0] == {
            "check": "heading-attestation",
            "node": "https://w3id.org/fiscal/heading/functional/2019/20807",
            "label": "20807 就业",
            "found": "",
            "message": "a heading has exactly one attestation of the list",
            "remedy": "name attested, attested_before_2018, code_attested or unattested by "
            "fiscal:attestation",
            "count": 1,
        }

    @pytest.mark.parametrize("form", ["ttl", "nq", "trig", "jsonld"])
    def test_what_export_writes_is_right(self, form, tmp_path):
        """A document's facts alone: the headings they name are looked up in the shipped graph."""
        sample, path = (
            str(REPOSITORY / "data" / "sample-facts.csv"),
            str(tmp_path / f"facts.{form}"),
        )
        CliRunner().invoke(main, ["export", "--data", sample, "--format", form, "-o", path])
        assert run(path).exit_code == 0
        text = Path(path).read_text("utf-8")
        text = text.replace("functional/2019/2010301", "functional/2019/2910301")
        Path(path).write_text(text, "utf-8")
        assert "qb-IC-19" in run(path).stdout

    def test_a_year_alone_is_right(self, tmp_path):
        path = str(tmp_path / "year.nq")
        CliRunner().invoke(main, ["export", "--year", "2021", "--format", "nq", "-o", path])
        assert run(path).exit_code == 0

    @pytest.mark.parametrize(
        ("name", "text", "place"),
        [
            ("a.ttl", "<x:a> <x:b>\n  <x:c> , .", "row 2, column 11"),
            ("a.nq", "<x:a> <x:b> <x:c> .\n<x:a>", "row 2, column"),
            ("a.jsonld", '{"@id": "x:a"\n "x:b": 1}', "row 2, column"),
            ("a.ttl", b"<x:a> <x:b> '\xff' .", "row 1, column"),
            ("a.ttl", "", "no triple"),
            ("a.xlsx", "", "unknown type"),
            ("none.ttl", None, "cannot open"),
        ],
    )
    def test_a_malformed_file_is_refused_with_its_place(self, name, text, place, file):
        path = name if text is None else file(name, text)
        result = run(path, "--lang", "en")
        assert result.exit_code == 3
        assert result.stderr.startswith(f"{path}: ")
        assert place in result.stderr
        assert result.stdout == ""

    def test_standard_input(self):
        assert run("-", given="<x:a> <x:b> <x:c> .").exit_code == 0
        assert run("-", given="<x:a> <x:b> .").exit_code == 3

    def test_a_user_s_shapes(self, file):
        """Ours give the same answer once more; those with a query are refused."""
        path = file("wrong.ttl", SMALL.replace("fiscal:amount -3.0 ;", ""))
        shapes = str(REPOSITORY / "fiscal" / "ontology" / "shapes.ttl")
        result = run(path, "--shapes", shapes)
        assert result.exit_code == 1
        assert result.stdout.count("observation-amount  ") == 2
        head = (
            f"@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <{X}> . x:s a sh:NodeShape ; "
        )
        told = head + "sh:targetNode x:horse ; sh:property [ sh:path x:tail ; sh:minCount 1 ] ."
        result = run(file("small.ttl", SMALL), "--shapes", file("shapes.ttl", told))
        assert result.exit_code == 1
        assert "<http://example.org/horse>" in result.stdout
        query = (
            head + 'sh:sparql [ sh:select "SELECT ?this { SERVICE <http://x> { ?s ?p ?o } }" ] .'
        )
        result = run(path, "--shapes", file("query.ttl", query), "--lang", "en")
        assert result.exit_code == 3
        assert "not SHACL Core" in result.stderr
        shapes = file("bad.ttl", head + "sh:targetNode x:a ; sh:minCount 1 .")
        result = run(path, "--shapes", shapes)
        assert result.exit_code == 3


class TestBounds:
    """A stranger's file: never more than so much time, memory and no other machine."""

    def test_nothing_that_a_file_names_is_fetched(self, file, monkeypatch):
        """No import, no remote context, no schema: any use of a socket would fail the test."""

        def refuse(*_: object) -> None:
            raise AssertionError("the network was used")

        monkeypatch.setattr(socket.socket, "connect", refuse)
        monkeypatch.setattr(socket, "getaddrinfo", refuse)
        web = "http://example.org/remote"
        imports = f"<{X}> <http://www.w3.org/2002/07/owl#imports> <{web}> ."
        context = f'{{"@context": "{web}", "@id": "x:a", "x:b": 1}}'
        imported = f'{{"@context": {{"@import": "{web}"}}, "@id": "x:a", "x:b": 1}}'
        judged = judge_module._judgement
        assert judged("a.ttl", imports.encode(), "s.ttl", imports.encode()).problems == ()
        for text in (context, imported):
            with pytest.raises(UnreadableDocument, match="不会去取"):
                judged("a.jsonld", text.encode(), None, None)

    def test_a_file_beyond_the_limit_is_refused_unread(self, file, monkeypatch):
        monkeypatch.setattr(files, "MAXIMUM_BYTES", 10)
        with pytest.raises(UnreadableDocument, match="大于"):
            judge(file("a.ttl", "<x:a> <x:b> <x:c> ."))

    def test_work_without_end_is_ended(self, file):
        """Each of a thousand related concepts, each above all others."""
        text = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n" + "".join(
            f"<{X}{n}> skos:broader <{X}{(n + 1) % 9000}> ; skos:related <{X}{n * 7 % 9000}> .\n"
            for n in range(9000)
        )
        started = time.monotonic()
        with pytest.raises(UnreadableDocument, match="超出限度"):
            judge(file("ring.ttl", text), seconds=3)
        assert time.monotonic() - started < 15

    @pytest.mark.parametrize("steps", [100, 20_000])
    def test_a_long_chain_takes_no_longer_than_it_is(self, steps):
        """A chain is no circle, but for the checks it is too deep; a circle is named as well."""
        node = [NamedNode(f"{X}{n}") for n in range(steps)]
        store = Store()
        store.extend([Quad(a, skos("broader"), b) for a, b in pairwise(node)])
        started = time.monotonic()
        assert failing(validate(store), "concept-cycle")
        assert time.monotonic() - started < 20


def test_turtle_of_the_export_is_read_by_another_parser(tmp_path, two_years):
    """Raptor, a parser of another make, counts the same triples."""
    rapper = shutil.which("rapper")
    if rapper is None:
        pytest.skip("rapper (Debian: raptor2-utils) is not installed")
    path = tmp_path / "graph.ttl"
    path.write_bytes(serialized(two_years, "ttl"))
    command = [rapper, "-q", "-i", "turtle", "-o", "ntriples", str(path)]
    read = subprocess.run(command, capture_output=True, check=True).stdout
    assert len(set(read.splitlines())) == len({quad.triple for quad in two_years})
