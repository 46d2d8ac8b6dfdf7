"""Questions to the graph: SPARQL and Scheme answer alike; what is not allowed is refused."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, parse

from fiscal.cli import main
from fiscal.codes import ancestors
from fiscal.documents.reader import read_file
from fiscal.extract.extractor import extract_facts
from fiscal.ontology.build import graph_quads, year_quads
from fiscal.ontology.observations import fact_quads
from fiscal.ontology.query import ask, named_queries
from fiscal.ontology.scheme import SCHEMES, Scheme
from fiscal.ontology.store import open_graph, serialized, with_facts
from tests.conftest import REPOSITORY

SAMPLE = str(REPOSITORY / "data" / "sample-final-accounts.txt")


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FISCAL_HOME", str(tmp_path_factory.mktemp("home")))
        yield open_graph()


@pytest.fixture(scope="module")
def account(graph):
    return with_facts(graph, fact_quads(extract_facts(read_file(SAMPLE))), [2019])


def answer(store, name: str, **values: str) -> list[tuple[str, ...]]:
    rows = ask(store, named_queries()[name].text, values)
    return [tuple(str(value) for value in row) for row in rows]


def run(*arguments: str):
    return CliRunner().invoke(main, ["query", *arguments])


@pytest.mark.parametrize("year", [2019, 2024])
def test_the_path_of_a_heading(graph, year):
    """From 类 down to 2080505, as the Scheme has it."""
    scheme = Scheme.of("functional", year)
    path = [*ancestors("2080505"), "2080505"]
    wanted = [(code, scheme[code].name) for code in path]
    assert answer(graph, "path", code="2080505", year=str(year)) == wanted


def test_what_a_code_was_called_in_each_year(graph):
    """20805 until 2019 and from 2020."""
    names = dict(answer(graph, "names-of-code", code="20805"))
    assert names["2019"] == "行政事业单位离退休"
    assert names["2020"] == names["2026"] == "行政事业单位养老支出"
    assert len(names) == 9


def test_every_heading_in_force_in_2019_and_not_in_2020(graph):
    """As the two Schemes differ."""
    wanted = {
        heading.code
        for name in SCHEMES
        for heading in Scheme.of(name, 2019)
        if heading.code not in Scheme.of(name, 2020)
    }
    assert {code for code, _ in answer(graph, "disappeared", old="2019", new="2020")} == wanted
    assert "2080504" in wanted


def test_which_headings_belong_to_government_funds(graph):
    """With those they lend the budget to from below."""
    wanted = {
        h.code for h in Scheme.of("functional", 2024) if "government_funds_budget" in h.budgets
    }
    found = {code for code, _ in answer(graph, "headings-of-budget", year="2024")}
    assert found == wanted >= {"212", "21208", "2120899"}


def test_the_children_of_a_category(graph):
    """Of 302, to which 30201 belongs."""
    wanted = [(h.code, h.name) for h in Scheme.of("departmental_economic", 2024).children("302")]
    assert answer(graph, "children", code="302", year="2024") == wanted


@pytest.mark.parametrize("year", [2018, 2024, 2026])
def test_all_headings_attested_in_one_way(graph, year):
    """In every classification of the year."""
    wanted = {h.code for n in SCHEMES for h in Scheme.of(n, year) if h.attestation == "attested"}
    assert {code for code, _ in answer(graph, "attested", year=str(year))} == wanted


def test_sums_of_a_subtree_are_those_of_the_roll_up(account):
    """The items of the sample below 208 come to 118.401352 万元, with one of them in 元."""
    sums = {(budget, code): yuan for budget, code, _, yuan in answer(account, "subtree-sums")}
    assert sums["general_public_budget", "201"] == "17065100"
    assert sums["general_public_budget", "208"] == "1184013.52"
    assert sums["government_funds_budget", "212"] == "6410800"


def test_functions_of_government(account):
    """行政运行 and its kin are general services, 行政单位医疗 is health."""
    totals = {(budget, cofog): yuan for budget, cofog, _, yuan in answer(account, "cofog-totals")}
    assert totals["general_public_budget", "01.1"] == "17065100"
    assert totals["general_public_budget", "07"] == "202400"


@pytest.mark.parametrize("name", named_queries())
def test_every_named_query_runs_and_says_what_it_is(account, name):
    """With its defaults; its parameters are told."""
    query = named_queries()[name]
    assert query.title.zh
    assert query.title.en
    answer(account, name)


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("SELECT ?x\nWHERE { ?x ?y }", 3, "   2 | WHERE { ?x ?y }\n     |                ^"),
        ("SELECT * WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }", 3, "不允许 SERVICE"),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", 3, "不允许 INSERT"),
        ("LOAD <file:///etc/passwd>", 3, "不允许 LOAD"),
        ("no-such-query", 2, "没有名为 no-such-query 的查询"),
        ("no-such-file.rq", 3, "打不开查询文件"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 1", 2, "不能写成 json"),
    ],
)
def test_what_cannot_be_asked_is_told(text, code, told):
    """A message with the place, and nothing on stdout."""
    result = run(text, "--format", "json")
    assert (result.exit_code, result.stdout) == (code, "")
    assert told in result.stderr


def test_words_of_an_update_inside_strings_are_no_update(graph):
    """Only the query's own words are looked at."""
    text = 'SELECT ?x WHERE { ?x ?y "DELETE SERVICE" } # DROP'
    assert list(ask(graph, text)) == []


def test_a_parameter_is_a_value_and_never_a_part_of_the_query(graph):
    """Quotes and braces in it change nothing of the query."""
    assert answer(graph, "children", code='302" } } #') == []


def test_a_wrong_parameter_is_named():
    """With those the query has."""
    result = run("children", "--set", "kode=302")
    assert result.exit_code == 2
    assert "code、year" in result.stderr
    assert run("children", "--set", "year=soon").exit_code == 2


def test_answers_in_the_formats_of_the_w3c():
    """JSON results, CSV, XML, and Turtle for a graph."""
    record = json.loads(run("children", "--format", "json").stdout)
    assert record["head"]["vars"] == ["notation", "name"]
    assert run("children", "--format", "csv").stdout.splitlines()[0] == "notation,name"
    assert "<sparql" in run("children", "--format", "xml").stdout
    turtle = run("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3", "--format", "ttl").stdout
    assert len(list(parse(turtle.encode(), RdfFormat.TURTLE))) == 3


def test_the_graph_is_the_same_bytes_every_time():
    """In another process, with another hash seed."""
    here = serialized(year_quads(2019), "nq")
    command = (
        "import sys; from fiscal.ontology.build import year_quads; "
        "from fiscal.ontology.store import serialized; "
        "sys.stdout.buffer.write(serialized(year_quads(2019), 'nq'))"
    )
    there = subprocess.run(
        [sys.executable, "-c", command],
        capture_output=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "PATH": ""},
    )
    assert here == there.stdout


def test_every_part_of_the_graph_has_a_graph_of_its_own():
    """One a year, and those that span years."""
    names = {quad.graph_name.value.rsplit("/", 1)[-1] for quad in graph_quads()}
    spanning = {"vocabulary", "terms", "cube", "correspondences"}
    assert names == {str(year) for year in range(2018, 2027)} | spanning


def test_export_hands_over_a_year(tmp_path):
    """As a file that another parser reads."""
    path = tmp_path / "graph.nq"
    result = CliRunner().invoke(main, ["export", "--year", "2019", "-o", str(path)])
    assert result.exit_code == 0
    assert len(list(parse(path.read_bytes(), RdfFormat.N_QUADS))) == len(set(year_quads(2019)))
