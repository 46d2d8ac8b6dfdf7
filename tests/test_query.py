"""Questions to the graph: sums of documents, formats, and what is refused."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, parse

from fiscal.cli import main
from fiscal.documents.reader import read_file
from fiscal.extract.extractor import extract_facts
from fiscal.ontology.build import graph_quads, year_quads
from fiscal.ontology.named_queries import named_queries
from fiscal.ontology.observations import fact_quads
from fiscal.ontology.own_lists import forget_list, write_list
from fiscal.ontology.query import ask
from fiscal.ontology.store import open_graph, serialized, source_stamp, with_facts
from fiscal.rules.catalogue import rules
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
    assert answer(graph, "rules-on-article", article='46" } } #') == []


def test_rules_that_rest_on_an_article_are_listed(graph):
    """Just those that name it, with the instrument that it is of."""
    rows = list(answer(graph, "rules-on-article", article="75"))
    told = {(str(row[0]), str(row[2])) for row in rows}
    law = {rule.id for rule in rules() if "budget_law/75" in rule.law}
    assert {rule for rule, instrument in told if instrument == "中华人民共和国预算法"} == law


def test_a_wrong_parameter_is_named():
    """With those the query has."""
    result = run("children", "--set", "kode=302")
    assert result.exit_code == 2
    assert "code、year" in result.stderr


@pytest.mark.parametrize(
    ("name", "setting", "code", "told"),
    [
        ("children", "year=soon", 2, "year 须为四位年度"),
        ("children", "year=1999", 2, "没有 1999 年的科目"),
        ("children", 'code=302" } }', 3, "不是科目编码"),
        ("path", "code=2999999", 3, "2018–2026 年科目中均未见 2999999"),
        ("attested", "how=known", 2, "选 attested、"),
        ("headings-of-budget", "budget=基金", 2, "government_funds_budget"),
        ("subtree-sums", "measure=last", 2, "measure 不能是“last”"),
    ],
)
def test_a_value_that_a_parameter_cannot_take_is_told(name, setting, code, told):
    """With what it can take, and nothing on stdout."""
    result = run(name, "--set", setting)
    assert (result.exit_code, result.stdout) == (code, "")
    assert told in result.stderr
    assert "处理：" in result.stderr


def test_a_code_is_read_in_any_spelling(graph):
    """As everywhere else."""
    spelt = answer(graph, "path", code="208类05款05项")
    assert spelt == answer(graph, "path", code="2080505") != []


def test_answers_in_the_formats_of_the_w3c():
    """JSON results, CSV, XML, and Turtle for a graph."""
    record = json.loads(run("children", "--format", "json").stdout)
    assert record["head"]["vars"] == ["notation", "name"]
    assert run("children", "--format", "csv").stdout.splitlines()[0] == "notation,name"
    assert "<sparql" in run("children", "--format", "xml").stdout
    turtle = run("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3", "--format", "ttl").stdout
    assert len(list(parse(turtle.encode(), RdfFormat.TURTLE))) == 3


def test_a_list_of_ones_own_gives_another_graph(tmp_path, monkeypatch):
    """From the same process, and the first one again when the list is gone."""
    monkeypatch.setenv("FISCAL_HOME", str(tmp_path))
    shipped = source_stamp()
    write_list("functional", 2019, [], is_complete=False)
    assert source_stamp() != shipped
    forget_list("functional", 2019)
    assert source_stamp() == shipped


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
    spanning = {"vocabulary", "terms", "cube", "correspondences", "rules"}
    assert names == {str(year) for year in range(2018, 2027)} | spanning


def test_export_hands_over_a_year(tmp_path):
    """As a file that another parser reads."""
    path = tmp_path / "graph.nq"
    result = CliRunner().invoke(main, ["export", "--year", "2019", "-o", str(path)])
    assert result.exit_code == 0
    assert len(list(parse(path.read_bytes(), RdfFormat.N_QUADS))) == len(set(year_quads(2019)))


YEAR_2019 = "https://w3id.org/fiscal/graph/2019"


@pytest.mark.parametrize(
    "clause", [f"FROM <{YEAR_2019}>", f"from<{YEAR_2019}>", f"FROM NAMED <{YEAR_2019}>"]
)
def test_a_query_sees_only_the_graphs_it_names(graph, clause):
    """As many triples as the year is built from."""
    where = "GRAPH ?g { ?s ?p ?o }" if "NAMED" in clause else "?s ?p ?o"
    rows = list(ask(graph, f"SELECT (COUNT(*) AS ?n) {clause} WHERE {{ {where} }}"))
    assert int(rows[0][0]) == len(set(year_quads(2019)))


@pytest.mark.parametrize("iri", ["file:///etc/passwd", "http://127.0.0.1:9/x", f"{YEAR_2019}0"])
def test_a_graph_that_is_not_there_is_refused(iri):
    """It is neither read nor fetched nor passed over, and the remedy names a year's graph."""
    result = run(f"SELECT * FROM <{iri}> WHERE {{ ?s ?p ?o }} LIMIT 1")
    assert (result.exit_code, result.stdout) == (3, "")
    assert f"没有图 <{iri}>" in result.stderr
    assert "--set year=2019" in result.stderr


@pytest.mark.parametrize(
    "text",
    [
        f"ASK {'{' * 20_000}?s ?p ?o{'}' * 20_000}",
        f"ASK {{ ?s ?p ?o FILTER({'!' * 20_000}?s) }}",
        f"ASK {{ ?s {'/'.join(['a'] * 20_000)} ?o }}",
        f"ASK {{ {' UNION '.join(['{?s ?p ?o}'] * 8000)} }}",
    ],
    ids=["brackets", "negations", "path", "union"],
)
def test_a_tower_of_signs_does_not_end_the_program(text):
    """Told before the engine reads it, with a part of the line and not all of it."""
    result = run(text)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "过于复杂" in result.stderr
    assert len(result.stderr) < 500


def test_a_question_without_end_is_stopped():
    """In another process: while the engine works, nothing but its end stops it."""
    text = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f }"
    command = [sys.executable, "-m", "fiscal", "query", text, "--timeout", "1"]
    done = subprocess.run(command, capture_output=True, timeout=60)
    assert (done.returncode, done.stdout) == (3, b"")
    assert "超过 1 秒" in done.stderr.decode()


def test_csv_holds_nothing_that_a_spreadsheet_runs():
    """Words that look like a formula get an apostrophe, numbers stay numbers."""
    text = 'SELECT ?x ?y WHERE { VALUES (?x ?y) { ("=1+1" -5) ("@a" 1.5) } } ORDER BY ?y'
    rows = run(text, "--format", "csv").stdout.splitlines()
    assert rows == ["x,y", "'=1+1,-5", "'@a,1.5"]


def test_a_table_keeps_its_lines():
    """A new line or a bell inside a value is a space."""
    shown = run('SELECT ?x WHERE { VALUES ?x { "a\\n\\u0007b" } }').stdout
    assert "a b" in shown


@pytest.mark.parametrize(
    ("endpoint", "code", "told"),
    [
        ("http://127.0.0.1:9/", 3, "连不上 http://127.0.0.1:9/（拒绝连接）"),
        ("file:///etc/passwd", 2, "file:///etc/passwd 不是网址"),
    ],
)
def test_an_endpoint_that_is_none_says_why(endpoint, code, told):
    """And nothing is read from this machine."""
    result = run("ASK { ?s ?p ?o }", "--endpoint", endpoint)
    assert (result.exit_code, result.stdout) == (code, "")
    assert told in result.stderr
