"""What cannot be more than what it is part of: money of one budget, one kind, one purpose."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from fiscal.errors import Text
from fiscal.model import Fact
from fiscal.rules.relation import Relation, Term
from fiscal.rules.rule import Rule, Severity
from fiscal.rules.subject import APPROPRIATION, Subject
from fiscal.rules.tolerance import half_width
from fiscal.rules.view import LEVELS, Key, View

__all__ = ["RULES"]

_ONE = Fraction(1)
_GENERAL = "general_public_budget"
_BASIC = Subject("expenditure", None, _GENERAL, None, "basic_expenditure")
_OFFICE = Subject("expenditure", "total", _GENERAL, None, "non_personnel_expenditure")
# Economic headings of basic expenditure, and the public expense that holds them.
_ECONOMIC = (
    ("30212", "overseas_trips"),
    ("30217", "official_receptions"),
    ("30231", "vehicle_operation"),
)
_PROCUREMENT = (
    ("awarded_to_small_micro", "awarded_to_smes"),
    ("awarded_to_smes", "procurement_total"),
    ("reserved_for_small_micro", "reserved_for_smes"),
)
_COUNTS = (
    ("foreign_reception_groups", "reception_groups"),
    ("foreign_reception_persons", "reception_persons"),
    ("domestic_reception_groups", "reception_groups"),
    ("domestic_reception_persons", "reception_persons"),
    ("reception_groups", "reception_persons"),
    ("domestic_reception_groups", "domestic_reception_persons"),
    ("overseas_groups", "overseas_persons"),
)


def budgets(view: View) -> Iterator[Relation]:
    """Yield that money of one budget is no more than all appropriation, and that than all money."""
    for key in list(view.by_key):
        subject = key.subject
        if key.measure not in LEVELS or subject.indicator != "expenditure" or not subject.code:
            continue
        if subject.code[0] in "35" or subject.budget is None:
            continue
        wider = [None] if subject.budget == APPROPRIATION else [APPROPRIATION, None]
        for budget in wider:
            yield from _bound(view, "R101", key, subject._replace(budget=budget))


def procurement(view: View) -> Iterator[Relation]:
    """Yield that what small firms got is no more than what all got."""
    yield from _pairs(view, "R102", _PROCUREMENT)


def operating(view: View) -> Iterator[Relation]:
    """Yield that operating expenses are no more than all public-use funds."""
    for key in list(view.by_key):
        if key.subject == Subject("operating_expenses") and key.measure in LEVELS:
            yield from _bound(view, "R103", key, _OFFICE)


def vehicles(view: View) -> Iterator[Relation]:
    """Yield that vehicles paid for by the treasury are no more than there are."""
    yield from _pairs(
        view, "R104", (("vehicles_held", "vehicles"), ("vehicles_held", "vehicles_owned"))
    )


def counts(view: View) -> Iterator[Relation]:
    """Yield that guests from abroad are among all guests, and that no group is empty."""
    yield from _pairs(view, "R105", _COUNTS)


def economic(view: View) -> Iterator[Relation]:
    """Yield that a public expense holds what basic expenditure has of it."""
    for code, expense in _ECONOMIC:
        for key in list(view.by_key):
            if key.subject == _BASIC._replace(code=code) and key.measure in LEVELS:
                yield from _bound(view, "R106", key, Subject(expense))


def totals(view: View) -> Iterator[Relation]:
    """Yield that the year's revenue and expenditure, and appropriation, are within the totals."""
    for key in list(view.by_key):
        if key.measure in LEVELS:
            for whole in _TOTALS.get(key.subject, ()):
                yield from _bound(view, "R107", key, whole)


# What holds what: 总计 has what was brought forward as well, and all money beside appropriation.
_TOTALS = {
    Subject("revenue", "total"): (Subject("total_revenue"),),
    Subject("expenditure", "total"): (Subject("total_expenditure"),),
    Subject("revenue", "total", None, "fiscal_appropriation"): (Subject("revenue", "total"),),
    Subject("total_revenue", None, APPROPRIATION): (Subject("total_revenue"),),
    Subject("total_expenditure", None, APPROPRIATION): (Subject("total_expenditure"),),
    Subject("opening", None, APPROPRIATION): (Subject("opening"),),
    Subject("closing", None, APPROPRIATION): (Subject("closing"),),
}


def _pairs(view: View, rule: str, pairs: tuple[tuple[str, str], ...]) -> Iterator[Relation]:
    for part, whole in pairs:
        for key in list(view.by_key):
            if key.subject == Subject(part) and key.measure in LEVELS:
                yield from _bound(view, rule, key, Subject(whole))


def _bound(view: View, rule: str, key: Key, whole: Subject) -> Iterator[Relation]:
    """Yield that a figure is at most another: the first of each in tables, or else in prose.

    A sentence is not held against a table, for it may be cut off where the table is exact.
    """
    parts, wholes = view.by_key[key], view.by_key.get(key._replace(subject=whole), ())
    pairs = (
        (one, other)
        for is_in_table in (True, False)
        for one in [fact for fact in parts if fact.is_in_table is is_in_table][:1]
        for other in [fact for fact in wholes if fact.is_in_table is is_in_table][:1]
    )
    pair = next(pairs, None) or (_coarser(parts[:1], wholes[:1]))
    if pair and pair[0].amount.is_money == pair[1].amount.is_money:
        form = (Term(_ONE, pair[0]), Term(-_ONE, pair[1]))
        yield Relation(rule, f"{key.subject}≤{whole}", form, is_bound=True)


def _coarser(parts: tuple[Fact, ...], wholes: tuple[Fact, ...]) -> tuple[Fact, Fact] | None:
    """Return a figure of prose with one of a table that is no finer, or the other way round."""
    if not parts or not wholes or half_width(parts[0]) < half_width(wholes[0]):
        return None
    return parts[0], wholes[0]


_PART = Text("部分不大于整体。", "A part is no more than its whole.")

RULES = (
    Rule(
        id="R101",
        title=Text("一本预算的支出不大于全部支出", "one budget is no more than all money"),
        gist=Text(
            "同一科目：一般公共预算支出不大于财政拨款支出，财政拨款支出不大于全部支出。",
            "For each heading the general budget is at most all appropriation, and that at most "
            "all expenditure; so for basic and for project expenditure.",
        ),
        why=_PART,
        false_positives=Text(
            "各表分别舍入时末位的差别不报。", "Differences by rounding are not reported."
        ),
        severity=Severity.ERROR,
        law=("budget_law/4", "final_accounts_measures"),
        find=budgets,
        good="""
@ final_accounts_expenditure_table
教育支出 | final | 120.00万元 | 205
@ final_accounts_general_public_table
教育支出 | final | 100.00万元 | 205 budget=general_public_budget
""",
        bad="""
@ final_accounts_expenditure_table
教育支出 | final | 100.00万元 | 205
@ final_accounts_general_public_table
教育支出 | final | 120.00万元 | 205 budget=general_public_budget
""",
    ),
    Rule(
        id="R102",
        title=Text("小微企业不大于中小企业，中小企业不大于总额", "small firms are among all firms"),
        gist=Text(
            "授予小微企业的合同金额不大于授予中小企业的，后者不大于采购总额。",
            "Contracts with small and micro firms are among those with small and medium ones, and "
            "those among all.",
        ),
        why=_PART,
        false_positives=Text(
            "跨年合同可使合同金额大于当年采购支出。",
            "Contracts over several years may exceed what was spent in one.",
        ),
        severity=Severity.WARNING,
        law=("small_firms_measures",),
        find=procurement,
        good="""
授予中小企业合同金额 | final | 60.00万元
授予小微企业合同金额 | final | 40.00万元
""",
        bad="""
授予中小企业合同金额 | final | 40.00万元
授予小微企业合同金额 | final | 60.00万元
""",
    ),
    Rule(
        id="R103",
        title=Text("机关运行经费不大于公用经费", "operating expenses are among public-use funds"),
        gist=Text(
            "机关运行经费是行政和参公单位的公用经费，不应大于一般公共预算的公用经费合计。",
            "Operating expenses are public-use funds of offices, and no more than all such funds.",
        ),
        why=Text(
            "公开时须说明机关运行经费的安排和使用。",
            "Operating expenses of offices are explained when accounts are published.",
        ),
        false_positives=Text(
            "口径含项目支出的单位可以更大，应当说明口径。",
            "Where project money counts as well they may be more; the scope should be said.",
        ),
        severity=Severity.WARNING,
        law=("budget_law/14", "budget_regulation/6"),
        find=operating,
        remedy=Text("说明口径，或更正其中一个数", "say which money counts, or correct a figure"),
        good="""
@ 六、一般公共预算财政拨款基本支出决算情况说明
公用经费 | final | 176.94万元
@ 十、其他重要事项
机关运行经费支出 | final | 142.80万元
""",
        bad="""
@ 六、一般公共预算财政拨款基本支出决算情况说明
公用经费 | final | 176.94万元
@ 十、其他重要事项
机关运行经费支出 | final | 195.65万元
""",
    ),
    Rule(
        id="R104",
        title=Text("公务用车保有量不大于车辆总数", "vehicles paid for are among all vehicles"),
        gist=Text(
            "开支财政拨款的公务用车保有量，不应大于单位的车辆总数。",
            "Vehicles that the treasury pays for are no more than the vehicles there are.",
        ),
        why=_PART,
        false_positives=Text(
            "代管而未入账的车辆应当说明。",
            "Vehicles run for others and not on the books should be explained.",
        ),
        severity=Severity.WARNING,
        law=("vehicle_measures/3", "publication_rules/annex"),
        find=vehicles,
        remedy=Text("统一口径，写明各含哪些车辆", "say which vehicles each number counts"),
        good="""
公务用车保有量 | count | 15辆
车辆 | count | 20辆
""",
        bad="""
公务用车保有量 | count | 69辆
车辆 | count | 20辆
""",
    ),
    Rule(
        id="R105",
        title=Text("外宾不多于全部来宾，批次不多于人次", "guests from abroad are among all guests"),
        gist=Text(
            "外事接待的批次、人次不多于全部接待；接待批次不多于人次，团组数不多于人次。",
            "Groups and persons from abroad are among all; a group has at least one person.",
        ),
        why=_PART,
        false_positives=Text("没有常见的例外。", "No exception is common."),
        severity=Severity.WARNING,
        law=("reception_rules", "publication_rules/annex"),
        find=counts,
        good="""
公务接待批次 | count | 2批次
公务接待人次 | count | 26人次
""",
        bad="""
公务接待批次 | count | 26批次
公务接待人次 | count | 2人次
""",
    ),
    Rule(
        id="R106",
        title=Text("“三公”经费不小于基本支出中的同类款", "an expense holds what basic has of it"),
        gist=Text(
            "公务接待费不小于基本支出的 30217，车辆运行维护费不小于 30231，出国费不小于 30212。",
            "Each public expense is at least what basic expenditure has under the same name.",
        ),
        why=Text(
            "“三公”经费含基本支出和项目支出。",
            "The public expenses hold both basic and project expenditure.",
        ),
        false_positives=Text(
            "“三公”表只列一般公共预算时亦同。", "The same where the table is of one budget only."
        ),
        severity=Severity.WARNING,
        law=("economic_classification_reform", "publication_rules/annex"),
        find=economic,
        good="""
@ final_accounts_basic_table
公务接待费 | final | 2.00万元 | 30217 budget=general_public_budget
@ final_accounts_three_public_table
公务接待费 | final | 2.31万元
""",
        bad="""
@ final_accounts_basic_table
公务接待费 | final | 3.00万元 | 30217 budget=general_public_budget
@ final_accounts_three_public_table
公务接待费 | final | 2.31万元
""",
    ),
    Rule(
        id="R107",
        title=Text("本年收支和财政拨款不大于总计", "the year and appropriation are within totals"),
        gist=Text(
            "本年收入合计不大于收入总计，本年支出合计不大于支出总计，财政拨款总计不大于总计。",
            "Revenue and expenditure of the year, and the totals of appropriation, are no more "
            "than the totals.",
        ),
        why=_PART,
        false_positives=Text("没有常见的例外。", "No exception is common."),
        severity=Severity.ERROR,
        law=("budget_law/4", "final_accounts_measures"),
        find=totals,
        good="""
收入总计 | final | 120.00万元
本年收入合计 | final | 100.00万元
""",
        bad="""
收入总计 | final | 100.00万元
本年收入合计 | final | 120.00万元
""",
    ),
)
