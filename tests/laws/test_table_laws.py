"""What must be true of every reading of tables, each law under the sentence it proves."""

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from fiscal.extract.numerals import numerals
from fiscal.extract.tables.reading import read_tables
from fiscal.model import Document, DocumentKind, Fact, Profile, Reading, Table
from tests.laws.account_style import Expected, styles
from tests.laws.account_tables import lay_out
from tests.laws.accounts import Account, accounts

_WORDS = """
项目 合计 决算数 预算数 科目编码 科目名称 类 款 项 收入 支出 一般公共预算财政拨款 单位：万元
2024年决算数 一、一般公共服务支出 2010301 201 06 行政运行 1,234.50 (5.20) －5.20 0.00 - 1.2.3 12O
三级指标 年度指标值 ≥95% 9人以上 得分 项目名称 本年支出合计 注：2024年无基金12万元。 支出决算表
因公出国（境）费 公务接待费 行次 栏次 1 2 3
"""
_CELLS = (
    st.just("")
    | st.sampled_from(_WORDS.split())
    | st.text("0123456789.,-() 年万元类一、", max_size=9)
)
PROFILE = Profile(None, None, None, DocumentKind.FINAL_ACCOUNTS)


def meaning(fact: Fact) -> Expected:
    return Expected(
        fact.section,
        fact.label,
        fact.code,
        fact.measure,
        fact.amount.value,
        fact.budget,
        fact.funding_source,
        fact.expenditure_type,
    )


def lost(document: Document, reading: Reading) -> list[str]:
    """The numerals of a document that a reading says nothing of."""
    spans = [fact.span for fact in reading.facts] + list(reading.unaccounted)
    places = {at for span in spans for at in range(span.start, span.end)}
    places |= {at for each in reading.non_facts for at in range(each.start, each.end)}
    found = []
    for table in document.tables:
        for row, cells in enumerate(table.rows):
            for column, cell in enumerate(cells):
                start = table.span(row, column, "").start
                found += [(start + each.start, start + each.end) for each in numerals(cell)]
    return [document.text[a:b] for a, b in found if not set(range(a, b)) & places]


def is_once(reading: Reading) -> bool:
    """Whether no character is told of twice."""
    told = [fact.span for fact in reading.facts] + list(reading.unaccounted)
    stretches = sorted((each.start, each.end) for each in (*told, *reading.non_facts))
    return all(end <= start for (_, end), (start, _) in pairwise(stretches))


class TestReadingBack:
    """“Reading what was written gives it back.”"""

    @given(accounts(), styles())
    @settings(max_examples=150)
    def test_the_nine_tables_in_any_style(self, account, style):
        document, expected = lay_out(account, style)
        reading = read_tables(document, PROFILE)
        assert Counter(map(meaning, reading.facts)) == Counter(expected)
        assert not reading.unaccounted
        assert not {flag for fact in reading.facts for flag in fact.flags}
        assert {fact.fiscal_year for fact in reading.facts} <= {account.year}


class TestNothingIsLost:
    """“Every numeral is a figure, something else, or told to be unread.”"""

    @given(accounts(), styles())
    @settings(max_examples=30)
    def test_in_true_accounts(self, account, style):
        document, _ = lay_out(account, style)
        assert lost(document, read_tables(document, PROFILE)) == []

    @given(st.data())
    def test_in_any_grid(self, data):
        width = data.draw(st.integers(1, 6))
        row = st.tuples(*[_CELLS] * width)
        rows = tuple(data.draw(st.lists(row, min_size=1, max_size=12)))
        text = "".join("\t".join(row) + "\n" for row in rows)
        document = Document("", "", text, (Table("", rows),))
        reading = read_tables(document, PROFILE)
        assert lost(document, reading) == []
        for span in (*(fact.span for fact in reading.facts), *reading.unaccounted):
            assert text[span.start : span.end] == span.quote
        assert len({fact.id for fact in reading.facts}) == len(reading.facts)
        assert is_once(reading)


class TestListings:
    """“A column whose total and parts were all read lists every part.”"""

    @given(accounts(), styles())
    @settings(max_examples=50)
    def test_the_categories_of_a_listing_add_up_to_its_total(self, account: Account, style):
        document, _ = lay_out(account, style)
        reading = read_tables(document, PROFILE)
        facts = {fact.id: fact for fact in reading.facts}
        for listing in reading.listings:
            members = [facts[member] for member in listing.members]
            categories = [fact for fact in members if fact.code and len(fact.code) == 3]
            wholes = {
                fact.amount.value
                for fact in reading.facts
                if fact.code == "total"
                and (fact.section, fact.span.column) == (members[0].section, members[0].span.column)
            }
            if members[0].scheme == "functional":
                assert wholes == {sum(fact.amount.value for fact in categories)}
