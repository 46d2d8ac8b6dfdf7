"""Carry-over and balance: what was there and came in is what went out and is left."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from fiscal.codes import TOTAL
from fiscal.errors import Text
from fiscal.model import Fact
from fiscal.rules import splits
from fiscal.rules.parts import Split, find_splits
from fiscal.rules.relation import Relation, Term
from fiscal.rules.rule import Rule, Severity
from fiscal.rules.subject import APPROPRIATION, Subject
from fiscal.rules.sums import less
from fiscal.rules.view import LEVELS, Key, Place, View

__all__ = ["RULES"]

_ONE = Fraction(1)


def balance(view: View) -> Iterator[Relation]:
    """Yield that total revenue is total expenditure, wherever both stand."""
    for place in view.places:
        for key, (revenue, *_) in place.by_key.items():
            expenditure = _other_side(place, key)
            if expenditure and expenditure.span != revenue.span:
                yield Relation("C103", f"{key.subject}/{key.measure}", less(revenue, [expenditure]))


def _other_side(place: Place, key: Key) -> Fact | None:
    subject = key.subject
    if key.measure not in LEVELS:
        return None
    if subject.indicator == "total_revenue":
        wanted = subject._replace(indicator="total_expenditure")
    elif place.is_table and subject in _SIDES and _has_no_totals(place):
        wanted = Subject("expenditure", TOTAL, _SIDES[subject])
    else:
        return None
    return place.by_key.get(key._replace(subject=wanted), (None,))[0]


# Where a table has no 总计, as no money is carried over, its two sums are to balance.
_SIDES = {
    Subject("revenue", TOTAL): None,
    Subject("revenue", TOTAL, None, "fiscal_appropriation"): APPROPRIATION,
}


def _has_no_totals(place: Place) -> bool:
    indicators = {key.subject.indicator for key in place.by_key}
    is_balance = any(fact.section.endswith("summary_table") for fact in place.facts[:1]) or any(
        fact.section.endswith("appropriation_table") for fact in place.facts[:1]
    )
    carried = {"total_revenue", "total_expenditure", "opening", "closing", "surplus_used"}
    return is_balance and not indicators & carried


def fund_rows(view: View) -> Iterator[Relation]:
    """Yield for each heading of a table with carry-over columns that its year balances."""
    for place in view.tables.values():
        keys = {key for key in place.by_key if key.subject.code}
        indicators = {key.subject.indicator for key in keys}
        if not place.is_understood or not {"revenue", "expenditure"} <= indicators:
            continue
        if indicators & {"opening", "closing"}:
            for key in keys:
                if key.subject.indicator == "revenue" and not key.subject.source:
                    yield _fund_row(place, key)


def _fund_row(place: Place, key: Key) -> Relation:
    terms = []
    for indicator, sign in (("opening", 1), ("revenue", 1), ("expenditure", -1), ("closing", -1)):
        subject = key.subject._replace(indicator=indicator)
        terms += [
            Term(Fraction(sign), fact)
            for fact in place.by_key.get(key._replace(subject=subject), ())[:1]
        ]
    return Relation("C104", f"{key.subject}/balance", tuple(terms))


def continuity(view: View) -> Iterator[Relation]:
    """Yield that last year closed with what this year opens with, as the changes tell.

    Last year's total less its expenditure is what it left: (T − ΔT) − (E − ΔE). This year opens
    with T − R − S, S the surplus used. Both agree just where ΔE − ΔT = E − R − S. A body that
    distributes its surplus leaves less than that, by what last year's document alone tells.
    """
    year = view.profile.fiscal_year
    total = Subject("total_expenditure")
    spent, came = Subject("expenditure", TOTAL), Subject("revenue", TOTAL)
    wanted = ((spent, "change", 1), (total, "change", -1), (spent, "final", -1), (came, "final", 1))
    found = [
        Term(Fraction(sign), facts[0])
        for subject, measure, sign in wanted
        if (facts := view.mentions(subject, measure, year))
    ]
    used = view.mentions(Subject("surplus_used"), "final", year)[:1]
    distributed = view.mentions(Subject("surplus_distributed"), "final", year)
    is_known = not any(fact.amount.number for fact in distributed)
    if len(found) == len(wanted) and is_known:
        found += [Term(_ONE, fact) for fact in used]
        yield Relation("C105", "opening/continuity", tuple(found))


_BALANCED = Text(
    "收支真实、完整：来的钱等于用的钱加剩的钱。",
    "Accounts are true and complete: what came is what went and what is left.",
)
_UNREAD = Text(
    "表中有读不懂的栏或行时不判断。",
    "Nothing is said where part of the table was not understood.",
)

RULES = (
    Rule(
        id="C101",
        title=Text("收入总计等于本年收入加年初结转", "total revenue is revenue and opening"),
        gist=Text(
            "本年收入合计、使用非财政拨款结余、年初结转和结余相加等于总计。",
            "Revenue of the year, surplus used and what was brought forward make the total.",
        ),
        why=_BALANCED,
        false_positives=_UNREAD,
        severity=Severity.ERROR,
        law=("budget_law/75", "final_accounts_measures"),
        find=find_splits(Split("C101", splits.opening_and_revenue, least=1)),
        good="""
@ final_accounts_summary_table
本年收入合计 | final | 100.00万元 | column=收入/决算数
年初结转和结余 | final | 20.00万元 | column=收入/决算数
总计 | final | 120.00万元 | column=收入/决算数
""",
        bad="""
@ final_accounts_summary_table
本年收入合计 | final | 100.00万元 | column=收入/决算数
年初结转和结余 | final | 20.00万元 | column=收入/决算数
总计 | final | 102.00万元 | column=收入/决算数
""",
    ),
    Rule(
        id="C102",
        title=Text("支出总计等于本年支出加年末结转", "total expenditure is spent and left"),
        gist=Text(
            "本年支出合计、结余分配、年末结转和结余相加等于总计。",
            "What was spent, distributed and left makes the total.",
        ),
        why=_BALANCED,
        false_positives=_UNREAD,
        severity=Severity.ERROR,
        law=("budget_law/75", "final_accounts_measures"),
        find=find_splits(Split("C102", splits.spent_and_closing, least=1)),
        good="""
@ final_accounts_summary_table
本年支出合计 | final | 100.00万元 | total column=支出/决算数
年末结转和结余 | final | 20.00万元 | column=支出/决算数
总计 | final | 120.00万元 | column=支出/决算数
""",
        bad="""
@ final_accounts_summary_table
本年支出合计 | final | 100.00万元 | total column=支出/决算数
年末结转和结余 | final | 20.00万元 | column=支出/决算数
总计 | final | 210.00万元 | column=支出/决算数
""",
    ),
    Rule(
        id="C103",
        title=Text("收入总计等于支出总计", "total revenue is total expenditure"),
        gist=Text(
            "收支总表、财政拨款收支总表和说明中，收入总计与支出总计相等。",
            "In both summaries, and in what is said of them, the two totals are equal.",
        ),
        why=_BALANCED,
        false_positives=_UNREAD,
        severity=Severity.ERROR,
        law=("budget_law/4", "budget_law/75"),
        find=balance,
        good="""
@ final_accounts_summary_table
总计 | final | 120.00万元 | column=收入/决算数
总计 | final | 120.00万元 | column=支出/决算数
""",
        bad="""
@ final_accounts_summary_table
总计 | final | 120.00万元 | column=收入/决算数
总计 | final | 121.00万元 | column=支出/决算数
""",
    ),
    Rule(
        id="C104",
        title=Text("年初加收入减支出等于年末", "opening plus revenue less expenditure is closing"),
        gist=Text(
            "政府性基金、国有资本经营等表的每一行：年初结转加本年收入减本年支出等于年末结转。",
            "In each row of the tables with carry-over the year balances.",
        ),
        why=_BALANCED,
        false_positives=_UNREAD,
        severity=Severity.ERROR,
        law=("budget_law/5", "final_accounts_measures"),
        find=fund_rows,
        good="""
@ final_accounts_government_funds_table
城乡社区支出 | final | 5.00万元 | 212 column=年初结转和结余
城乡社区支出 | final | 100.00万元 | 212 column=本年收入
城乡社区支出 | final | 98.00万元 | 212 column=本年支出/合计
城乡社区支出 | final | 7.00万元 | 212 column=年末结转和结余
""",
        bad="""
@ final_accounts_government_funds_table
城乡社区支出 | final | 5.00万元 | 212 column=年初结转和结余
城乡社区支出 | final | 100.00万元 | 212 column=本年收入
城乡社区支出 | final | 98.00万元 | 212 column=本年支出/合计
城乡社区支出 | final | 9.00万元 | 212 column=年末结转和结余
""",
    ),
    Rule(
        id="C105",
        title=Text(
            "上年年末结转等于本年年初结转", "last year closed with what this year opens with"
        ),
        gist=Text(
            "由总计和本年支出的增减额倒推，上年结余应等于本年年初结转。",
            "What the changes of totals and expenditure say last year left is what this year "
            "begins with.",
        ),
        why=Text("结转结余逐年相接。", "What one year leaves the next begins with."),
        false_positives=Text(
            "上年有结余分配，或年初数经过调整时，两者可以不等。",
            "They may differ where surplus was distributed or opening figures were restated.",
        ),
        severity=Severity.WARNING,
        law=("budget_law/75", "final_accounts_measures"),
        find=continuity,
        remedy=Text(
            "分别核对总计和本年支出的增减额", "check the changes of the total and of expenditure"
        ),
        good="""
支出总计 | change | 802.44万元
本年收入合计 | final | 2574.63万元
本年支出合计 | final | 2578.51万元
本年支出合计 | change | 806.32万元
""",
        bad="""
支出总计 | change | 802.44万元
本年收入合计 | final | 2574.63万元
本年支出合计 | final | 2578.51万元
本年支出合计 | change | 802.44万元
""",
    ),
)
