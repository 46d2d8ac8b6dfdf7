"""Questions people ask of the classification: SPARQL and the `Scheme` give the same answer.

Each law puts a named query beside a few lines over `Scheme` or over the figures themselves, which
never see the graph.
"""

import csv
import json
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from fiscal import codes
from fiscal.cli import main
from fiscal.documents.reader import read_file
from fiscal.extract.extractor import extract_facts
from fiscal.model import BUDGETS, Document, Extraction, Fact, Profile
from fiscal.money import Amount
from fiscal.ontology.named_queries import named_queries
from fiscal.ontology.observations import fact_quads
from fiscal.ontology.query import ask
from fiscal.ontology.scheme import ATTESTATIONS, SCHEMES, YEARS, Heading, Scheme, register
from fiscal.ontology.store import open_graph, with_facts
from tests.building import GENERAL, fact
from tests.conftest import REPOSITORY, SHARED
from tests.laws.strategies import ITEMS

Rows = list[tuple[str, ...]]

years = st.sampled_from(YEARS)
# Of every classification as likely, whether the year has the code or another.
CODES = {name: sorted({heading.code for heading in register(name)}) for name in SCHEMES}
some_codes = st.sampled_from(sorted(SCHEMES)).flatmap(lambda name: st.sampled_from(CODES[name]))
whole_years = settings(max_examples=40)


@cache
def graph():
    """The graph of all years, built once for the session."""
    return open_graph()


def sparql(name: str, **values: object) -> Rows:
    """What a named query answers."""
    settings_of = {key: str(value) for key, value in values.items()}
    rows = ask(graph(), named_queries()[name].text, settings_of)
    return [tuple(str(value) for value in row) for row in rows]


def headings_of(year: int) -> list[Heading]:
    """Every heading of a year, of all four classifications."""
    return [heading for name in SCHEMES for heading in Scheme.of(name, year)]


def in_order(headings) -> Rows:
    """Code and name, in order of code."""
    return sorted((heading.code, heading.name) for heading in headings)


def holder(code: str, year: int) -> Scheme | None:
    """The year's classification that has a code."""
    return next((s for name in SCHEMES if code in (s := Scheme.of(name, year))), None)


def path_of(code: str, year: int) -> Rows:
    scheme = holder(code, year)
    return in_order(scheme[each] for each in [*codes.ancestors(code), code]) if scheme else []


def names_of(code: str) -> Rows:
    found = [(year, scheme[code].name) for year in YEARS if (scheme := holder(code, year))]
    return [(str(year), name) for year, name in found]


def gone(old: int, new: int) -> Rows:
    """In force in one year and not in another."""
    kept = {heading.code for heading in headings_of(new)}
    return in_order(heading for heading in headings_of(old) if heading.code not in kept)


def renamed(old: int, new: int) -> Rows:
    after = {heading.code: heading.name for heading in headings_of(new)}
    pairs = [(h.code, h.name, after.get(h.code, h.name)) for h in headings_of(old)]
    return sorted(pair for pair in pairs if pair[1] != pair[2])


def beside(code: str, year: int) -> Rows:
    scheme = holder(code, year)
    return in_order(scheme.children(scheme[code].parent)) if scheme else []


def below(code: str, year: int) -> Rows:
    scheme = holder(code, year)
    return in_order(scheme.children(code)) if scheme else []


def of_budget(budget: str, year: int) -> Rows:
    return in_order(heading for heading in headings_of(year) if budget in heading.budgets)


def attested(how: str, year: int) -> Rows:
    return in_order(heading for heading in headings_of(year) if heading.attestation == how)


class TestOneHeading:
    """Its path, its names and its neighbours."""

    @given(some_codes, years)
    def test_the_path_from_its_category_down(self, code, year):
        assert sparql("path", code=code, year=year) == path_of(code, year)

    @given(some_codes)
    def test_what_it_was_called_in_each_year(self, code):
        assert sparql("names-of-code", code=code) == names_of(code)

    @given(some_codes, years)
    def test_the_headings_that_share_its_parent(self, code, year):
        assert sparql("siblings", code=code, year=year) == beside(code, year)

    @given(some_codes, years)
    def test_the_headings_one_level_below(self, code, year):
        assert sparql("children", code=code, year=year) == below(code, year)

    @pytest.mark.parametrize(
        ("year", "section", "item"),
        [
            (2019, "行政事业单位离退休", "机关事业单位基本养老保险缴费支出"),
            (2024, "行政事业单位养老支出", "机关事业单位基本养老保险缴费支出"),
        ],
    )
    def test_of_the_path_of_2080505(self, year, section, item):
        wanted = [("208", "社会保障和就业支出"), ("20805", section), ("2080505", item)]
        assert sparql("path", code="2080505", year=year) == wanted == path_of("2080505", year)

    def test_of_20805_which_was_renamed_in_2020(self):
        wanted = {"行政事业单位离退休": YEARS[:2], "行政事业单位养老支出": YEARS[2:]}
        named = [(str(year), name) for name, some in wanted.items() for year in some]
        assert sparql("names-of-code", code="20805") == named == names_of("20805")

    @pytest.mark.parametrize("year", YEARS)
    def test_of_the_category_of_30201(self, year):
        found = sparql("siblings", code="30201", year=year)
        assert found == below("302", year) == sparql("children", code="302", year=year)
        assert {("30201", "办公费"), ("30299", "其他商品和服务支出")} < set(found)


class TestWholeYears:
    """What a year has, and another has not."""

    @given(years, years)
    @whole_years
    def test_headings_in_force_in_one_year_and_not_in_another(self, one, other):
        assert sparql("disappeared", old=one, new=other) == gone(one, other)
        assert sparql("appeared", old=other, new=one) == gone(one, other)

    @given(years, st.sampled_from(sorted(BUDGETS)))
    @whole_years
    def test_headings_of_a_budget(self, year, budget):
        assert sparql("headings-of-budget", budget=budget, year=year) == of_budget(budget, year)

    @given(years, st.sampled_from(sorted(ATTESTATIONS)))
    @whole_years
    def test_headings_attested_in_one_way(self, year, how):
        assert sparql("attested", how=how, year=year) == attested(how, year)

    @pytest.mark.parametrize(("old", "new"), [(2019, 2020), (2024, 2025), (2026, 2018)])
    def test_headings_renamed_between_two_years(self, old, new):
        assert sparql("renames", old=old, new=new) == renamed(old, new)

    def test_of_2019_and_2020(self):
        found = sparql("disappeared", old=2019, new=2020)
        assert found == gone(2019, 2020)
        assert ("2080504", "未归口管理的行政单位离退休") in found
        assert "20805" not in dict(found)

    def test_of_government_funds(self):
        found = sparql("headings-of-budget", budget="government_funds_budget", year=2024)
        assert found == of_budget("government_funds_budget", 2024)
        assert {"212", "21208", "2120899"} < dict(found).keys()
        assert "201" not in dict(found)

    def test_of_all_attested_in_2024(self):
        found = sparql("attested", how="attested", year=2024)
        assert found == attested("attested", 2024)
        # Printed in accounts of 2024 that a person has read.
        assert ("20805", "行政事业单位养老支出") in found


# What a table states of one item: the figures of some types of expenditure, in hundredths of 万元.
# A whole is stated beside its parts, or left to them.
hundredths = st.integers(0, 10**9)
spending = st.fixed_dictionaries(
    {"personnel": hundredths, "non_personnel": hundredths, "project": hundredths},
    optional={"states_basic": st.just(True), "states_total": st.just(True)},
)
sources = st.sampled_from([None, "general_public_appropriation", "institutional_revenue"])
tables = st.dictionaries(st.tuples(st.sampled_from(ITEMS), sources), spending, max_size=6)


def basic_of(item: dict[str, int]) -> int:
    return item["personnel"] + item["non_personnel"]


def stated(table: dict) -> list[Fact]:
    """The figures that a table states, each one twice, since documents repeat themselves."""
    types = {
        "personnel_expenditure": lambda item: item["personnel"],
        "non_personnel_expenditure": lambda item: item["non_personnel"],
        "project_expenditure": lambda item: item["project"],
        "basic_expenditure": lambda item: basic_of(item) if "states_basic" in item else None,
        None: lambda item: basic_of(item) + item["project"] if "states_total" in item else None,
    }
    return [
        replace(
            fact(code, f"{figure}元", f"{code} {source} {kind} {mention}"),
            amount=Amount(Decimal(figure).scaleb(-2), "万元"),
            funding_source=source,
            expenditure_type=kind,
        )
        for (code, source), item in table.items()
        for kind, figure_of in types.items()
        if (figure := figure_of(item)) is not None
        for mention in (1, 2)
    ]


@cache
def graph_of_2019():
    return with_facts(graph(), (), [2019])


def sparql_on(facts: list[Fact], name: str) -> list[dict[str, str]]:
    """What a named query answers of some figures."""
    document = Document(path="table.csv", sha256="0" * 64, text="")
    quads = list(fact_quads(Extraction(document, Profile(None, None, 2019), tuple(facts))))
    store = graph_of_2019()
    store.extend(quads)
    try:
        result = ask(store, named_queries()[name].text)
        return [{str(key): str(row[key]) for key in result.vars} for row in result]
    finally:
        store.remove_graph(quads[0].graph_name)


def yuan(figure: int) -> Decimal:
    return Decimal(figure) * 100


class TestBasicExpenditureByItem:
    """Summed by the graph, and by hand."""

    @given(tables)
    @settings(max_examples=50)
    def test_of_any_table(self, table):
        """Of its parts where they stand alone, and never of both."""
        found = {
            (row["item"], row["source"]): Decimal(row["yuan"])
            for row in sparql_on(stated(table), "basic-by-item")
        }
        assert found == {
            (code, source or "unspecified"): yuan(basic_of(item))
            for (code, source), item in table.items()
        }

    @given(st.dictionaries(st.sampled_from(ITEMS), spending, max_size=6), sources)
    @settings(max_examples=30)
    def test_and_no_sum_counts_a_part_beside_its_whole(self, items, source):
        wanted = Counter()
        for code, item in items.items():
            wanted[code[:3]] += yuan(basic_of(item) + item["project"])
        facts = stated({(code, source): item for code, item in items.items()})
        rows = sparql_on(facts, "subtree-sums")
        assert {row["notation"]: Decimal(row["yuan"]) for row in rows} == wanted
        functions = sparql_on(facts, "cofog-totals")
        assert sum(Decimal(row["yuan"]) for row in functions) == wanted.total()

    def test_of_the_sample_account(self):
        """1117.40 万元 in all, as the account that the sample follows says in its own text."""
        path = REPOSITORY / "data" / "sample-expenditure.csv"
        with path.open(encoding="utf-8") as file:
            wanted = {
                row["科目编码"]: Decimal(row["决算数（万元）"]) * 10_000
                for row in csv.DictReader(file)
                if row["支出类型"] == "基本支出"
            }
        arguments = ["query", "basic-by-item", "--data", str(path), "--format", "json"]
        rows = json.loads(CliRunner().invoke(main, arguments).stdout)["results"]["bindings"]
        assert {row["item"]["value"]: Decimal(row["yuan"]["value"]) for row in rows} == wanted
        assert sum(wanted.values()) == 11_174_000
        assert {row["budget"]["value"] for row in rows} == {GENERAL}
        names = {row["item"]["value"]: row["name"]["value"] for row in rows}
        assert names["2101101"] == Scheme.of("functional", 2019)["2101101"].name

    def test_of_a_real_account(self):
        """Its table of the general budget as a person read it, apart from its other tables."""
        name = "putuo-planning-bureau-2024-final-accounts"
        truth = SHARED / "truth" / f"{name}.tables.json"
        if not truth.exists():
            pytest.skip("the real disclosures do not lie beside this repository")
        tables = json.loads(truth.read_text("utf-8"))
        rows = [row for table in tables if table["page"] in (14, 15) for row in table["grid"]]
        assert rows[-1] == ["合计", "", "9746.50", "5364.75", "4381.74"]
        items = [row for row in rows if re.fullmatch(r"\d{7}", row[0])]
        wanted = {row[0]: Decimal(row[3]) * 10_000 for row in items}
        extraction = extract_facts(read_file(str(SHARED / "documents" / f"{name}.pdf")))
        store = with_facts(graph(), fact_quads(extraction), [2024])
        found = ask(store, named_queries()["basic-by-item"].text)
        basic = {
            str(row["item"]): Decimal(row["yuan"]) for row in found if str(row["budget"]) == GENERAL
        }
        assert basic == wanted
        assert sum(basic.values()) == 53_647_500
