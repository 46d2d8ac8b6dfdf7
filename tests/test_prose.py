"""What the first reader takes from prose, on a real account and on written lines."""

from fractions import Fraction

from fiscal.codes import TOTAL
from fiscal.documents.reader import read_file
from fiscal.extract.extractor import extract_facts
from fiscal.extract.profile import profile_of
from fiscal.extract.prose import read_prose
from fiscal.graph.account import roll_up_account
from fiscal.model import Document, Extraction, Outcome
from fiscal.money import format_amount

HEAD = "某县财政局2019年度部门决算\n五、一般公共预算财政拨款支出\n（三）具体情况\n"


def read(text: str) -> Extraction:
    document = Document("x.txt", "", text)
    profile = profile_of(document)
    return Extraction(document, profile, *read_prose(document, profile))


def test_the_real_account_adds_up_but_for_one_category(emeishan):
    """The figures a person read: 208 is short because an item is printed in 元."""
    extraction = extract_facts(read_file(str(emeishan)))
    nodes = {(n.budget, n.code): n for n in roll_up_account(extraction).nodes}
    general = {
        code: node for (budget, code), node in nodes.items() if budget and "general" in budget
    }
    reported = {c: n.own.value / 10000 for c, n in general.items() if n.own and n.depth <= 1}
    wanted = {"201": 170651, "208": 13192, "210": 2024, "213": 221, "221": 7655, TOTAL: 193743}
    assert {code: reported[code] * 100 for code in wanted} == wanted
    assert {c for c, n in general.items() if n.outcome is Outcome.VIOLATED} == {"208"}
    assert {c for c, n in general.items() if n.outcome is Outcome.HOLDS} == set(wanted) - {"208"}
    node = general["208"]
    assert node.below is not None
    assert (node.below.value, node.tolerance) == (
        Fraction("1184013.52"),
        Fraction("250.005"),
    )


def test_one_heading_under_two_budgets_stays_two(emeishan):
    """2120899 has 0 in the general public budget and 641.08 in government funds."""
    extraction = extract_facts(read_file(str(emeishan)))
    found = {f.budget: format_amount(f.amount) for f in extraction.facts if f.code == "2120899"}
    assert found == {"general_public_budget": "0万元", "government_funds_budget": "641.08万元"}


def test_every_span_quotes_the_text_itself(emeishan):
    """Start and end are offsets into the file's own text."""
    extraction = extract_facts(read_file(str(emeishan)))
    text = emeishan.read_text(encoding="utf-8")
    assert extraction.facts
    for fact in extraction.facts:
        assert text[fact.span.start : fact.span.end] == fact.span.quote


def test_the_profile_of_the_real_account(emeishan):
    """Whose it is, and of which year."""
    profile = extract_facts(read_file(str(emeishan))).profile
    assert (profile.organisation, profile.fiscal_year) == ("峨眉山市人民政府办公室", 2019)


def test_names_without_codes_are_followed_along_their_path():
    """As accounts of other provinces write them."""
    text = "1.住房保障支出（类）住房改革支出（款）住房公积金（项）：支出决算为76.55万元。"
    (fact,) = read(HEAD + text).facts
    assert (fact.code, format_amount(fact.amount)) == ("2210201", "76.55万元")


def test_a_list_claims_to_be_full_only_when_its_numbering_is():
    """A gap in the numbers, or an entry without a figure, and something may be missing."""
    first = "1.教育支出（205类）：决算为5.00万元。\n"
    second = "2.科学技术支出（206类）：决算为3.00万元。\n"
    assert len(read(HEAD + first + second).listings) == 1
    assert read(HEAD + first + second.replace("2.", "3.")).listings == ()
    assert read(HEAD + first + "2.科学技术支出（206类）：决算见附表。\n").listings == ()


def test_a_section_without_a_budget_is_not_read():
    """Amounts elsewhere are not amounts of headings of a budget."""
    assert (
        read("某县财政局2019年度部门决算\n一、概况\n1.教育支出（205类）：决算为5.00万元。\n").facts
        == ()
    )
