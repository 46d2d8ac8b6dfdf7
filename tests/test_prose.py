"""What is read from prose, on a real account and on written lines."""

from fractions import Fraction

import pytest

from fiscal.codes import TOTAL
from fiscal.documents import plain_text
from fiscal.documents.reader import read_file
from fiscal.extract.extractor import extract_facts
from fiscal.graph.account import roll_up_account
from fiscal.model import Extraction, Outcome
from fiscal.money import format_amount

HEAD = "某县财政局2019年度部门决算\n五、一般公共预算财政拨款支出\n（三）具体情况\n"


def read(text: str) -> Extraction:
    return extract_facts(plain_text.read(text.encode(), "x.txt", ""))


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
    found = {
        f.budget: format_amount(f.amount)
        for f in extraction.facts
        if f.code == "2120899" and f.measure == "final"
    }
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


def test_a_section_without_a_budget_gives_figures_of_no_budget():
    """Amounts elsewhere are figures, but not those of headings of a budget."""
    extraction = read(
        "某县财政局2019年度部门决算\n一、概况\n1.教育支出（205类）：决算为5.00万元。\n"
    )
    assert [(fact.code, fact.budget) for fact in extraction.facts] == [("205", None)]
    assert extraction.listings == ()


GENERAL = "某局2019年度部门决算\n五、一般公共预算财政拨款支出\n"
WHOLE = "全年一般公共预算财政拨款支出100.00万元。\n"


@pytest.mark.parametrize(
    "text",
    [
        "用于以下方面：一般公共服务支出（类）60.00万元；教育支出等其他支出。",
        "用于以下方面：一般公共服务支出（类）60.00万元；教育支出（类）30.00万元等。",
        "用于以下方面：一般公共服务支出（类）60.00万元；科学技术支出（类）四十万元。",
        "用于以下方面：一般公共服务支出（类）60.00万元；\n教育支出（类）40.00万元。",
        "1.一般公共服务支出（201类）：决算为60.00万元。\n2.教育支出（205类）：决算为30.00万元。\n"
        "其余各类支出合计10.00万元。",
        "1.一般公共服务支出（201类）：决算为60.00万元，科学技术支出（206类）决算为10.00万元。\n"
        "2.教育支出（205类）：决算为30.00万元。",
        "1.一般公共服务支出（201类）：2018年决算为50.00万元，2019年决算为60.00万元。\n"
        "2.教育支出（205类）：决算为40.00万元。",
        "1.教育支出（205类）：上年决算为80.00万元，支出决算为100.00万元。\n",
        "其中项目经费一般公共预算财政拨款支出30.00万元。\n1.教育支出（205类）：决算为100.00万元。",
        "其中：政府性基金预算财政拨款支出0万元。\n1.教育支出（205类）：决算为100.00万元。",
        "（二）项目支出情况\n1.教育支出（205类）：决算为30.00万元。\n2.科学技术支出（206类）：决算为10.00万元。",
        "（三）2018年支出\n1.教育支出（205类）：决算为140.00万元。\n2.科学技术支出（206类）：决算为10.00万元。",
        "用于以下方面：一般公共服务支出（类）—5.00万元；教育支出（类）100.00万元。",
    ],
)
def test_a_list_that_may_leave_something_out_never_makes_a_whole_wrong(text):
    """Another year, another budget, a part of the money, or words that say there is more."""
    extraction = read(GENERAL + WHOLE + text)
    outcomes = {node.outcome for node in roll_up_account(extraction).nodes}
    assert Outcome.VIOLATED not in outcomes


def test_parts_after_commas_are_parts_as_well():
    """The structure is read to its end, whatever parts its parts."""
    text = "用于以下方面：一般公共服务支出（类）60.00万元，占60%，教育支出（类）30.00万元，占30%。"
    nodes = {node.code: node for node in roll_up_account(read(GENERAL + WHOLE + text)).nodes}
    assert nodes[TOTAL].outcome == Outcome.VIOLATED
    assert nodes[TOTAL].difference == 100_000


def test_an_amount_that_is_none_loses_no_other():
    """The document is read on; the list it stands in is not full."""
    text = "1.教育支出（205类）：决算为1.2.3万元。\n2.科学技术支出（206类）：决算为10.00万元。\n"
    extraction = read(GENERAL + WHOLE + text)
    assert [fact.code for fact in extraction.facts] == [TOTAL, "206"]
    assert extraction.listings == ()
