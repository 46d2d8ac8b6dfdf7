"""`fiscal check --format ttl`: a report that a SHACL tool reads, naming rule, figure and place."""

from pathlib import Path

from click.testing import CliRunner
from rdflib import RDF, SH, Graph, Literal, Namespace, URIRef

from fiscal.cli import main
from fiscal.ontology.names import PREFIXES

FISCAL, OA = Namespace(PREFIXES["fiscal"]), Namespace(PREFIXES["oa"])
ACCOUNT = """某市某局2024年度部门决算

五、一般公共预算财政拨款支出决算情况说明
（三）一般公共预算财政拨款支出决算具体情况
一般公共预算财政拨款支出决算数为100.00万元。
1.教育支出（205类）普通教育（02款）小学教育（02项）：支出决算为60.00万元。
2.住房保障支出（221类）住房改革支出（02款）住房公积金（01项）：支出决算为{housing}。
"""


def report_of(folder: Path, housing: str, *options: str) -> Graph:
    path = folder / "account.txt"
    path.write_text(ACCOUNT.format(housing=housing), encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(path), "--format", "ttl", *options])
    assert result.exit_code in (0, 1)
    return Graph().parse(data=result.stdout, format="turtle")


def test_a_result_names_its_rule_its_figure_and_its_place(tmp_path: Path):
    graph = report_of(tmp_path, "400.00万元", "--select", "S")
    report = graph.value(None, RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms) == Literal(False)
    (result,) = graph.objects(report, SH.result)
    assert graph.value(result, SH.resultSeverity) == SH.Violation
    shape = graph.value(result, SH.sourceShape)
    assert (shape, RDF.type, FISCAL.Rule) in graph
    assert graph.value(result, FISCAL.difference).toPython() == -3600000
    quotes = {str(each) for each in graph.objects(None, OA.exact)}
    assert {"100.00", "60.00", "400.00"} <= quotes


def test_the_focus_of_a_result_is_the_observation_that_extract_writes(tmp_path: Path):
    report = report_of(tmp_path, "400.00万元", "--select", "S")
    path = str(tmp_path / "account.txt")
    facts = CliRunner().invoke(main, ["extract", path, "--format", "ttl"]).stdout
    observed = set(Graph().parse(data=facts, format="turtle").subjects())
    (focus,) = report.objects(None, SH.focusNode)
    assert isinstance(focus, URIRef)
    assert focus in observed


def test_an_account_without_fault_conforms(tmp_path: Path):
    graph = report_of(tmp_path, "40.00万元", "--select", "S")
    report = graph.value(None, RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms) == Literal(True)
    assert not list(graph.objects(report, SH.result))
