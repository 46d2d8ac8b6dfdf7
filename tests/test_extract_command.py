"""The command `fiscal extract`: every format gives the same facts, and no file stops another."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, parse

from fiscal.cli import main
from fiscal.documents.reader import read_file
from fiscal.extract.extractor import extract_facts
from fiscal.model import Fact, Span, Statement
from fiscal.money import Amount
from fiscal.ontology.observed_facts import read_facts
from fiscal.report.extraction import extraction_record
from fiscal.report.extraction_rows import COLUMNS
from tests.conftest import REPOSITORY, SHARED

SAMPLE = str(REPOSITORY / "data" / "sample-final-accounts.txt")
TABLE = "code,name,amount,unit,year\n201,一般公共服务支出,1.50,万元,2019\n"


@pytest.fixture(scope="module")
def facts():
    return extract_facts(read_file(SAMPLE)).facts


def run(*arguments: str, given: str | None = None):
    return CliRunner().invoke(main, ["extract", *arguments], input=given)


def fact_of(record) -> Fact:
    """A fact made from its record, by the keys that the interface names."""
    places = ("quote", "start", "end", "page", "table", "row", "column")
    own = ("id", "label", "code", "measure", "fiscal_year", "budget", "section", "side", "base")
    own += ("funding_source", "expenditure_type", "comparator", "cause_of", "series")
    return Fact(
        **{key: record[key] for key in own},
        amount=Amount(Decimal(record["amount"]), record["unit"]),
        span=Span(**{key: record[key] for key in places}),
        flags=tuple(record["flags"]),
    )


def test_json_gives_the_facts_back(facts):
    """Every field of every fact, the printed decimals too."""
    record = json.loads(run(SAMPLE, "--format", "json").stdout)
    found = tuple(map(fact_of, record["facts"]))
    assert found == facts
    assert [str(f.amount.number) for f in found] == [str(f.amount.number) for f in facts]
    (odd,) = (each for each in record["facts"] if each["code"] == "2080504")
    assert (odd["amount"], odd["unit"], odd["value"]) == ("13.52", "元", "13.52")


def test_offsets_refer_to_the_text_that_is_printed():
    """Which is the file's own, character for character."""
    text = run(SAMPLE, "--text").stdout_bytes.decode("utf-8")
    with open(SAMPLE, encoding="utf-8", newline="") as file:
        assert text == file.read()
    for fact in json.loads(run(SAMPLE, "--format", "json").stdout)["facts"]:
        assert text[fact["start"] : fact["end"]] == fact["quote"]


@pytest.mark.parametrize(
    "name",
    [
        "emeishan-government-office-2019-final-accounts.txt",
        "putuo-finance-bureau-2024-final-accounts.pdf",
    ],
)
def test_every_quote_of_a_real_account_stands_where_it_is_said_to(name):
    """Facts of prose and tables, statements, and what was left over; no numeral is lost."""
    path = SHARED / "documents" / name
    if not path.exists():
        pytest.skip("the real disclosures do not lie beside this repository")
    text = run(str(path), "--text").stdout_bytes.decode("utf-8")
    record = json.loads(run(str(path), "--format", "json").stdout)
    coverage = record["coverage"]
    quoted = [*record["facts"], *record["statements"], *coverage["unaccounted"]]
    assert all(text[each["start"] : each["end"]] == each["quote"] for each in quoted)
    places = {each["start"] for each in [*record["facts"], *coverage["unaccounted"]]}
    assert len(places) + coverage["non_facts"] >= coverage["numerals"] > 500


def test_text_is_not_changed_on_its_way(tmp_path):
    """Neither line ends nor what looks like a colour, on stdout or in a file."""
    text = "甲\r\n\x1b[31m乙\t丙\u2028丁\r\n"
    path, out = tmp_path / "a.txt", tmp_path / "out.txt"
    path.write_bytes(text.encode())
    assert run(str(path), "--text").stdout_bytes.decode() == text
    run(str(path), "--text", "-o", str(out))
    assert out.read_bytes().decode() == text


def test_people_are_told_figure_code_measure_and_coverage():
    """In a line, with the document at the head."""
    result = run(SAMPLE)
    assert result.exit_code == 0
    assert "示例市人民政府办公室2019年度部门决算" in result.stdout.splitlines()[0]
    (line,) = (line for line in result.stdout.splitlines() if "2080504" in line)
    assert all(part in line for part in ("决算数", "13.52", "元"))
    assert "非事实" in result.stdout.splitlines()[-1]


def test_a_hostile_text_does_not_steer_the_terminal(tmp_path):
    """Control characters of the document are not passed on."""
    path = tmp_path / "a.csv"
    path.write_text('code,name,amount,unit\n201,"\x1b[2J\u202e清\x07屏\n又",1,万元\n', "utf-8")
    (line,) = (line for line in run(str(path)).stdout.splitlines() if "201" in line)
    assert not {"\x1b", "\x07", "\u202e"} & set(line)
    assert "又" in line


def test_one_bad_file_of_three_does_not_stop_the_others(tmp_path):
    """It is told with its remedy, and the exit code says that something failed."""
    for name, text in (("a", TABLE), ("b", ""), ("c", TABLE.replace("1.50", "2.50"))):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    paths = [str(tmp_path / f"{name}.csv") for name in "abc"]
    for jobs in ("1", "2"):
        result = run(*paths, "--format", "json", "--jobs", jobs)
        assert result.exit_code == 3
        records = json.loads(result.stdout)["documents"]
        assert [each["facts"][0]["amount"] for each in records] == ["1.50", "2.50"]
        assert result.stderr.startswith(paths[1])
        assert "处理：" in result.stderr


def test_a_folder_is_read_with_all_below_it_in_order(tmp_path):
    """But for hidden files, locks of office programs, and types that are not read."""
    for name in ("b/z.csv", "a.csv", "b/c/d.csv", ".hidden.csv", "~$a.xlsx", "note.xyz"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TABLE, "utf-8")
    result = run(str(tmp_path), "--format", "json")
    assert result.exit_code == 0
    paths = [each["document"]["path"] for each in json.loads(result.stdout)["documents"]]
    assert paths == [str(tmp_path / name) for name in ("a.csv", "b/c/d.csv", "b/z.csv")]


def test_a_missing_folder_and_an_empty_one_do_not_stop_a_good_file(tmp_path):
    """Each input stands for itself."""
    (tmp_path / "empty").mkdir()
    result = run(str(tmp_path / "none"), str(tmp_path / "empty"), SAMPLE, "--format", "json")
    assert result.exit_code == 3
    assert len(json.loads(result.stdout)["documents"]) == 1
    assert len(result.stderr.splitlines()) == 2


@pytest.mark.parametrize("form", ["text", "json", "csv", "parquet", "xlsx", "ttl"])
def test_where_nothing_could_be_read_nothing_is_printed(form, tmp_path):
    """Nor is a file made."""
    out = tmp_path / "out"
    result = run("none.txt", "--format", form, "-o", str(out))
    assert (result.exit_code, result.stdout, out.exists()) == (3, "", False)


def test_no_input_is_overwritten(tmp_path):
    """Not even the second of two."""
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for path in paths:
        path.write_text(TABLE, "utf-8")
    assert run(*map(str, paths), "-o", str(paths[1])).exit_code == 3
    assert paths[1].read_text("utf-8") == TABLE


def test_standard_input_is_read():
    """By its bytes, as it has no name."""
    record = json.loads(run("-", "--format", "json", given=TABLE).stdout)
    assert record["document"]["path"] == "-"
    assert record["facts"][0]["value"] == "15000"


@pytest.mark.skipif(os.name != "posix", reason="closes a descriptor as a shell does")
@pytest.mark.parametrize("command", ["extract", "rollup"])
def test_a_closed_standard_input_is_said_and_no_traceback(command):
    """As a scheduler may start a program."""
    shell = ["sh", "-c", f'"$0" -m fiscal {command} - <&-', sys.executable]
    result = subprocess.run(shell, capture_output=True, text=True, encoding="utf-8")
    assert (result.returncode, result.stdout) == (3, "")
    assert "标准输入已关闭" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_keys_documented_are_those_written():
    """Each table of `docs/json.md` names exactly the keys of its part."""
    page = (REPOSITORY / "docs" / "json.md").read_text("utf-8").split("## The other formats")[0]
    head, *parts = re.split(r"^## (\w+)\n", page, flags=re.M)
    tables = {"": head, **dict(zip(parts[::2], parts[1::2], strict=True))}
    documented = {
        name: set(re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`[^|]*) \|", table, re.M))))
        for name, table in tables.items()
    }
    extraction = extract_facts(read_file(SAMPLE))
    statement = Statement("zero", "甲", None, None, extraction.facts[0].span)
    record = extraction_record(replace(extraction, statements=(statement,)))
    written = {"": record, **record}
    written |= {name: record[name][0] for name in ("facts", "statements")}
    assert documented == {name: set(part) for name, part in written.items()}


def test_the_columns_of_the_flat_formats_are_the_keys_of_a_fact():
    """And the document's own; so none is forgotten where a key is added."""
    keys = set(extraction_record(extract_facts(read_file(SAMPLE)))["facts"][0])
    own = {"document", "sha256", "title", "organisation", "document_kind"}
    assert {column.key for column in COLUMNS} == keys | own


def test_turtle_gives_the_facts_back(facts, tmp_path):
    """Read by what reads the graph."""
    out = tmp_path / "facts.ttl"
    assert run(SAMPLE, "--format", "ttl", "-o", str(out)).exit_code == 0
    found = read_facts(parse(out.read_bytes(), RdfFormat.TURTLE))
    assert found == tuple(sorted(facts, key=lambda f: (f.span.start, f.span.end, f.id)))


@pytest.mark.parametrize(("form", "start"), [("csv", b"\xef\xbb\xbfid,"), ("parquet", b"PAR1")])
def test_an_answer_in_bytes_is_not_changed_on_its_way(form, start):
    """To stdout, where a program takes it."""
    assert run(SAMPLE, "--format", form).stdout_bytes.startswith(start)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_written_facts_are_rolled_up_as_the_document_is(form, tmp_path):
    """The columns are those that a table of facts has."""
    table, facts = tmp_path / "a.csv", tmp_path / f"facts.{form}"
    table.write_text(TABLE + "2010301,行政运行,1.20,万元,2019\n", "utf-8")
    run(str(table), "--format", form, "-o", str(facts))
    nodes = [
        [
            (node["code"], node["reported"], node["computed"], node["outcome"])
            for node in json.loads(
                CliRunner().invoke(main, ["rollup", str(path), "--format", "json"]).stdout
            )["nodes"]
        ]
        for path in (table, facts)
    ]
    assert nodes[0] == nodes[1]
    assert ("201", "1.50", "1.20", "undetermined") in nodes[0]


def test_a_missing_library_is_named_with_what_installs_it(monkeypatch, tmp_path):
    """Parquet needs an extra."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    out = tmp_path / "facts.parquet"
    result = run(SAMPLE, "--format", "parquet", "-o", str(out))
    assert (result.exit_code, out.exists()) == (3, False)
    assert "pip install -e '.[parquet]'" in result.stderr
