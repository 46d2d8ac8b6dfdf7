"""The glossary finds codes, names and terms in any spelling, and says how each is known."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from fiscal.cli import main
from fiscal.ontology.glossary import find
from fiscal.ontology.own_lists import path_of


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """No test sees a list of whoever runs it."""
    monkeypatch.setenv("FISCAL_HOME", str(tmp_path))


def run(*arguments):
    return CliRunner().invoke(main, ["glossary", *arguments])


def record(*arguments):
    return json.loads(run(*arguments, "--format", "json").stdout)


@pytest.mark.parametrize("spelling", ["2080505", "208-05-05", "208 05 05", "208类 05款 05项"])
def test_a_code_is_found_in_every_spelling(spelling):
    """With its path, years, budgets and evidence."""
    (entry,) = record(spelling, "--year", "2024")["entries"]
    assert entry["name"] == "机关事业单位基本养老保险缴费支出"
    assert [step["name"] for step in entry["path"]] == [
        "社会保障和就业支出",
        "行政事业单位养老支出",
        "机关事业单位基本养老保险缴费支出",
    ]
    assert entry["budgets"] == ["general_public_budget"]
    assert entry["attestation"] == "attested"
    assert "2024" in entry["seen_years"]
    assert "department disclosure 2024" in entry["sources"]
    assert (entry["fiscal_year"], entry["asked_year"], entry["rules"]) == (2024, None, [])


def test_a_heading_tells_its_earlier_and_later_names():
    """As of the year asked for."""
    (entry,) = record("20805", "--year", "2019")["entries"]
    assert (entry["name"], entry["earlier"]) == ("行政事业单位离退休", [])
    (later,) = entry["later"]
    assert (later["name"], later["years"][0], later["kind"]) == (
        "行政事业单位养老支出",
        2020,
        "renamed",
    )
    assert "此前：20805 行政事业单位离退休（更名、2018–2019、起年不详）" in run("20805").stdout


def test_a_code_of_another_year_is_told_as_of_that_year():
    """2080504 was last in force in 2019, and it is said that 2024 lacks it."""
    (entry,) = record("2080504", "--year", "2024")["entries"]
    assert (entry["fiscal_year"], entry["asked_year"]) == (2019, 2024)
    assert "2024 年科目表中未见，以下按 2019 年" in run("2080504", "--year", "2024").stdout


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("三公经费", "three public expenses"),
        ("“三公”经费", "three public expenses"),
        ("three public expenses", "three public expenses"),
        ("机关运行经费", "operating expenses of administrative organs"),
        ("年末结转和结余", "closing carryover and surplus"),
    ],
)
def test_a_term_is_found_by_its_names_and_aliases(question, expected):
    """With a definition of our own."""
    entry = record(question)["entries"][0]
    assert entry["type"] == "term"
    assert expected.split()[0] in entry["en"]
    assert len(entry["definition"]) > 10


def test_a_name_of_many_headings_lists_them_briefly():
    """Bounded, and how many more there are is said."""
    found = find("行政运行", 2024, limit=3)
    assert len(found.entries) == 3
    text = run("行政运行", "--year", "2024", "--limit", "3").stdout
    assert f"“行政运行”：{found.total} 处" in text
    assert f"另有 {found.total - 3} 处" in text
    assert "2010101 行政运行（一般公共服务支出 › 人大事务" in text


def test_a_part_of_a_name_finds_the_whole():
    """Where no name is just so."""
    names = [entry.heading.name for entry in find("产业链改造", 2020).entries]
    assert names == ["产业链改造升级"]


def test_a_name_that_is_no_longer_used_is_found_without_a_year():
    """扶贫 was 21305 until 2020."""
    (entry,) = find("扶贫").entries
    assert (entry.heading.code, entry.year) == ("21305", 2020)


@pytest.mark.parametrize(
    ("question", "near"),
    [
        ("公务招待费", "公务接待费"),
        ("sgjf", "三公经费"),
        ("xzyx", "行政运行"),
        ("2O10301", "2010301 行政运行"),
        ("2010398", "2010399 其他政府办公厅（室）及相关机构事务支出"),
    ],
)
def test_where_nothing_is_found_what_is_near_is_named(question, near):
    """A slip of the pen, initials in pinyin, a code that no year has; exit code 3."""
    result = run(question)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "是否指：" in result.stderr
    assert near in result.stderr


@pytest.mark.parametrize(("arguments", "code"), [(["⁂"], 3), ([], 2), (["--all"], 2)])
def test_what_cannot_be_answered_is_told(arguments, code):
    """Nothing near, nothing asked, nowhere to write."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert "处理：" in result.stderr


def test_an_unknown_year_is_refused():
    """By code and by name."""
    for question in ("2010301", "行政运行"):
        result = run(question, "--year", "1999")
        assert result.exit_code == 2
        assert "2018–2026" in result.stderr


def test_a_heading_tells_its_cofog_match_and_why():
    """From the nearest heading above that has one."""
    (entry,) = record("2010301", "--lang", "en")["entries"]
    (match,) = entry["cofog"]
    assert (match["code"], match["matched_heading"], match["relation"]) == (
        "01.1",
        "20103",
        "broad",
    )
    assert "chief executive" in match["reason"]
    assert record("30101")["entries"][0]["cofog"] == []


def test_an_economic_heading_tells_its_counterpart():
    """Both ways, and for a whole category where the mapping is one."""
    assert [each["code"] for each in record("30201")["entries"][0]["counterparts"]] == [
        "50201",
        "50502",
    ]
    (whole,) = record("50501")["entries"][0]["counterparts"]
    assert (whole["code"], whole["is_whole_category"]) == ("301", True)
    assert "30217 公务接待费" in run("50206").stdout


def hostile_list():
    """A list of the user's own whose name is a script."""
    path = path_of("functional", 2024)
    path.parent.mkdir(parents=True)
    path.write_text(
        "# complete\n"
        "code,name,budgets,valid_from,valid_to,evidence,seen_years,rating,sources,note\n"
        "201,<script>alert(1)</script>|a,,2024,2024,attested,2024,,x,\n",
        "utf-8",
    )


def test_a_web_page_and_markdown_escape_whatever_a_list_says():
    """Names, sources and the question itself."""
    hostile_list()
    page = run("201", "--year", "2024", "--format", "html").stdout
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert 'lang="zh"' in page
    markdown = run("201", "--year", "2024", "--format", "md").stdout
    assert "<script" not in markdown.replace("\\<script", "")
    several = run("支出", "--format", "html", "--limit", "2").stdout
    assert several.count("<li>") == 3


def test_the_whole_reference_is_written_as_pages(tmp_path):
    """A page for every category, one for the terms, an index; the same each time."""
    for folder in ("one", "two"):
        assert run("--all", "-o", str(tmp_path / folder)).exit_code == 0
    pages = {page.name: page.read_bytes() for page in (tmp_path / "one").iterdir()}
    assert pages == {page.name: page.read_bytes() for page in (tmp_path / "two").iterdir()}
    index = pages["index.md"].decode()
    assert "[208 社会保障和就业支出](functional-208.md)" in index
    assert "[224 灾害防治及应急管理支出](functional-224.md)" in index
    for name in pages.keys() - {"index.md"}:
        assert f"({name})" in index
    page = pages["functional-208.md"].decode()
    assert "| 20805 | 行政事业单位离退休 | 2018–2019" in page
    assert "更名 20805 行政事业单位离退休" in page
    assert "**三公经费**" in pages["terms.md"].decode()


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    """Exit code 3, and no page."""
    (tmp_path / "file").write_text("", "utf-8")
    result = run("--all", "-o", str(tmp_path / "file"))
    assert (result.exit_code, result.stdout) == (3, "")


def test_an_answer_goes_to_a_file(tmp_path):
    """And stdout stays empty."""
    assert run("2010301", "-o", str(tmp_path / "answer.txt")).stdout == ""
    assert "行政运行" in (tmp_path / "answer.txt").read_text("utf-8")


def test_a_code_is_looked_up_without_the_slow_libraries():
    """None of those that serve other commands is loaded."""
    command = (
        "import sys; from fiscal.cli import main; "
        "main(['glossary', '2010301'], standalone_mode=False); "
        "print(sorted({'rdflib', 'networkx', 'pypinyin', 'pyoxigraph', 'rapidfuzz', 'decimal'}"
        " & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, encoding="utf-8")
    assert done.stdout.splitlines()[-1] == "[]"
