"""What changed between two years, how that is known, and the names a heading had."""

import csv
import io
import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from fiscal.cli import main
from fiscal.errors import WrongUsage
from fiscal.ontology.changes import CERTAINTIES, KINDS, changes_between, lineage, moves
from fiscal.ontology.scheme import Scheme, heading_in


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """No test sees a list of whoever runs it."""
    monkeypatch.setenv("FISCAL_HOME", str(tmp_path))


def changes(old, new, scheme="functional"):
    found = changes_between(Scheme.of(scheme, old), Scheme.of(scheme, new))
    return {(c.old and c.old.code, c.new and c.new.code): c for c in found}


def told(old, new, pair, scheme="functional"):
    change = changes(old, new, scheme)[pair]
    return (
        change.kind,
        change.old and change.old.name,
        change.new and change.new.name,
        change.certainty,
    )


@pytest.mark.parametrize(
    ("years", "pair", "expected"),
    [
        (
            (2019, 2020),
            ("20805", "20805"),
            ("renamed", "行政事业单位离退休", "行政事业单位养老支出", "headings_attested"),
        ),
        (
            (2018, 2019),
            ("207", "207"),
            ("renamed", "文化体育与传媒支出", "文化旅游体育与传媒支出", "unattested"),
        ),
        (
            (2019, 2020),
            ("2080504", None),
            ("gone", "未归口管理的行政单位离退休", None, "headings_attested"),
        ),
        ((2023, 2024), (None, "20139"), ("added", None, "社会工作事务", "headings_attested")),
        ((2019, 2020), (None, "234"), ("added", None, "抗疫特别国债安排的支出", "unattested")),
        (
            (2018, 2019),
            ("20124", "2013404"),
            ("moved", "宗教事务", "宗教事务", "unattested"),
        ),
        (
            (2018, 2019),
            ("20115", "20138"),
            ("merged", "工商行政管理事务", "市场监督管理事务", "headings_attested"),
        ),
        (
            (2018, 2019),
            ("20704", "20708"),
            ("split", "新闻出版广播影视", "广播电视", "unattested"),
        ),
        (
            (2020, 2021),
            ("2089901", "2089999"),
            ("recoded", "其他社会保障和就业支出", "其他社会保障和就业支出", "unattested"),
        ),
    ],
)
def test_a_change_names_both_headings_and_how_it_is_known(years, pair, expected):
    """A heading seen in documents is attested; the year of a change is not, in a partial list."""
    assert told(*years, pair) == expected


def test_moved_headings_are_neither_gone_nor_added():
    """2013404 would else be told twice."""
    found = changes(2018, 2019)
    assert ("20124", None) not in found
    assert (None, "2013404") not in found
    assert ("20124", "2013404") in found


def test_a_heading_that_lost_a_part_stays():
    """20707 was renamed when its bond-financed part became 20710."""
    found = changes(2019, 2020)
    assert found["20707", "20707"].kind == "renamed"
    assert found["20707", "20710"].kind == "split"
    assert found["20707", "20710"].old_stays


def test_moves_are_followed_over_several_years():
    """2010704 lives on in 2010710, whatever lies between."""
    found = changes(2018, 2026)
    assert found["2010704", "2010710"].kind == "merged"
    assert [move.year for move in found["2010704", "2010710"].moves] == [2021]


def test_backwards_a_merger_is_a_split():
    """And what was added is gone."""
    found = changes(2019, 2018)
    assert found["20138", "20115"].kind == "split"
    assert changes(2024, 2023)["20139", None].kind == "gone"


def test_a_change_is_attested_only_by_documents_of_both_years():
    """20139 was seen in 2024; that 2023 did not have it only a complete list could tell."""
    old, new = Scheme.shipped("functional", 2023), Scheme.shipped("functional", 2024)
    for is_complete, certainty in ((False, "headings_attested"), (True, "attested")):
        found = changes_between(replace(old, is_complete=is_complete), new)
        assert [change.certainty for change in found if change.code == "20139"] == [certainty]


def test_different_classifications_are_not_compared():
    """301 is not 201 renamed."""
    with pytest.raises(WrongUsage, match="不是同一分类"):
        changes_between(Scheme.of("functional", 2019), Scheme.of("revenue", 2019))


def test_every_move_is_between_headings_of_its_years():
    """The old one in the year before, the new one in the year itself; a merger has several."""
    assert len(moves()) == len({(m.year, m.old, m.new) for m in moves()})
    for move in moves():
        assert move.kind in KINDS
        for code, year in ((move.old, move.year - 1), (move.new, move.year)):
            heading = heading_in(code, year)
            assert heading is not None
            assert heading.scheme == move.scheme
        assert move.source


@pytest.mark.parametrize(
    ("code", "year", "expected"),
    [
        ("20805", 2024, [("20805", 2018, 2019, "renamed"), ("20805", 2020, 2026, "")]),
        (
            "20138",
            2024,
            [
                ("20115", 2018, 2018, "merged"),
                ("20117", 2018, 2018, "merged"),
                ("20138", 2018, 2026, ""),
                ("21010", 2018, 2018, "merged"),
            ],
        ),
        (
            "21305",
            2020,
            [
                ("21305", 2018, 2020, ""),
                ("21305", 2021, 2023, "renamed"),
                ("21305", 2024, 2026, "renamed"),
            ],
        ),
        ("2010301", 2024, [("2010301", 2018, 2026, "")]),
        ("2080504", 2024, []),
    ],
)
def test_lineage_follows_renames_and_moves_both_ways(code, year, expected):
    """Oldest first; the heading asked for has no kind."""
    eras = lineage(code, year)
    assert [(e.heading.code, e.years[0], e.years[-1], e.kind) for e in eras] == expected


def run(*arguments):
    return CliRunner().invoke(main, ["diff", *arguments])


def test_text_says_of_every_change_how_it_is_known():
    """And that the lists are partial."""
    text = run("2019", "2020", "--scheme", "functional").stdout
    assert "· 20805 行政事业单位离退休 → 20805 行政事业单位养老支出" in text
    assert "? 234 抗疫特别国债安排的支出（凭记忆）" in text
    assert "科目表不完整" in text
    assert "原编码仍在表中" in text
    assert "? recalled" in run("2019", "2020", "--lang", "en").stdout


def test_json_and_csv_hold_the_same_changes():
    """Of all classifications unless one is chosen."""
    record = json.loads(run("2019", "2020", "--format", "json").stdout)
    assert (record["old_year"], record["new_year"], len(record["schemes"])) == (2019, 2020, 4)
    rows = list(csv.DictReader(io.StringIO(run("2019", "2020", "--format", "csv").stdout)))
    pairs = [
        (scheme["scheme"], change["kind"], (change["new"] or {"code": ""})["code"])
        for scheme in record["schemes"]
        for change in scheme["changes"]
    ]
    assert [(row["scheme"], row["kind"], row["new_code"]) for row in rows] == pairs
    (split,) = (row for row in rows if row["new_code"] == "21219")
    assert (split["old_code"], split["old_stays"]) == ("21208", "true")
    assert "recalled" in split["source"]
    assert {row["certainty"] for row in rows} <= CERTAINTIES.keys()


def test_a_year_that_is_not_known_is_refused():
    """Exit code 3."""
    result = run("2017", "2018")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "2018–2026" in result.stderr


def test_the_same_year_twice_has_no_change():
    """It is said, not left blank."""
    assert "没有变动" in run("2024", "2024").stdout
