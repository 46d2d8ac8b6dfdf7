"""Year on year: amounts of change, rates of change, and what caused them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from fiscal.errors import Text
from fiscal.model import Fact, Outcome
from fiscal.rules import splits
from fiscal.rules.relation import Form, Relation, Term
from fiscal.rules.rule import Remark, Rule, Severity
from fiscal.rules.shares import budget_meant
from fiscal.rules.sums import less
from fiscal.rules.view import View

__all__ = ["RULES", "base_of"]

_ONE = Fraction(1)
# A rate of how far the account is from its budget says so of itself.
_OF_THE_BUDGET = re.compile(r"[比较与同]?(?:年初|全年|调整)?预算数?(?:的|相比|比较|相较)?")
_ASIDE = Text("括号内外所指不清", "whether the bracket's figure is meant is not clear")
_SIDE = re.compile(r"\s*(?:\d{1,2}[.、．]\s?)?[\u4e00-\u9fff]{0,12}(收入|支出)[:：]")
_BEFORE = re.compile(r"(?:上一|上|去)年")
_COMPARED = re.compile(r"^[与比较同和]|相比$|\s|(?<=\d)年度?")
_NO_AMOUNT = Text("没有写增减额或本年数", "the amount of change or the level is not given")


def base_of(fact: Fact) -> str:
    """Return what a change is counted from, the same for 与2023年度相比 and 比上年 in 2024."""
    before = f"{fact.fiscal_year - 1}年" if fact.fiscal_year else "上年"
    return _COMPARED.sub("", _BEFORE.sub(before, fact.base or before))


def rates(view: View) -> Iterator[Relation | Remark]:
    """Yield for every rate of change that it is the change divided by the figure of before."""
    for rate in view.facts:
        if rate.measure != "change_rate" or rate.is_in_table:
            continue
        subject = f"{view.subject(rate) or rate.label}/change_rate"
        change, prior = _change_and_base(view, rate)
        now = (
            view.near(rate, view.level)
            or view.near(rate, "budget", "final")
            or view.elsewhere(rate, view.level)
        )
        if now and change:
            now = _level_meant(view, now, change, rate)
        if now and _is_aside(view, now, rate):
            yield Remark("Y101", subject, Outcome.UNDETERMINED, _ASIDE, (rate.span,))
        elif now and prior and not (change and change.measure == "budget_difference"):
            yield Relation("Y101", subject, less(now, [prior]), (Term(_ONE, prior),), rate)
        elif now and change:
            yield Relation("Y101", subject, (Term(_ONE, change),), less(now, [change]), rate)
        else:
            yield Remark("Y101", subject, Outcome.UNDETERMINED, _NO_AMOUNT, (rate.span,))


def _change_and_base(view: View, rate: Fact) -> tuple[Fact | None, Fact | None]:
    """Return the change that a rate is of, and the figure that it is measured from.

    Behind last year's figure a rate is of that, and not of how far the budget is.
    """
    if _OF_THE_BUDGET.fullmatch(rate.base or ""):
        return None, budget_meant(view, rate)
    change, prior = view.near(rate, "change", "budget_difference"), view.near(rate, "prior_year")
    is_of_budget = change is not None and change.measure == "budget_difference"
    if change and prior and is_of_budget and prior.span.start > change.span.start:
        return None, prior
    return change, prior


def _level_meant(view: View, level: Fact, change: Fact, rate: Fact) -> Fact:
    """Return the level that a change is of: where it stands behind the parts of a whole, either.

    总计100万元，其中年初结转和结余20万元，较上年增加5万元 leaves open which has moved: it is of the
    whole where the rate is that of the whole alone, and of the part anywhere else.
    """
    if _moved_by(level, change, rate):
        return level
    text = view.document.text
    for whole in view.beside(level):
        between = text[whole.span.end : level.span.start]
        behind = text[level.span.end : change.span.start]
        is_whole = whole.measure == level.measure and re.match(r"[^。；;]*其中[^。；;]*$", between)
        if is_whole and not re.search(r"[。；;]", behind) and _moved_by(whole, change, rate):
            return whole
    return level


def _moved_by(level: Fact, change: Fact, rate: Fact) -> bool:
    """Tell whether a level moved by an amount has moved by a rate, as it is printed."""
    before = level.amount.value - change.amount.value
    moved = change.amount.value * 100 / before if before else None
    is_rate = moved is not None and abs(moved - rate.amount.value) <= rate.amount.half_width
    return level.amount.is_money == change.amount.is_money and is_rate


def _is_aside(view: View, level: Fact, change: Fact) -> bool:
    """Tell whether a bracket closes between two figures: then the first is of an aside."""
    between = view.document.text[level.span.end : change.span.start]
    closed, opened = (sum(map(between.count, marks)) for marks in (")）", "(（"))
    return closed > opened


def amounts(view: View) -> Iterator[Relation]:
    """Yield for every change that it is this year's figure less last year's."""
    for change in view.facts:
        if change.measure != "change" or change.cause_of:
            continue
        now, prior = view.near(change, view.level), view.near(change, "prior_year")
        if now and prior and not _is_aside(view, now, change):
            form = (*less(change, [now]), Term(_ONE, prior))
            yield Relation("Y102", f"{view.subject(change) or change.label}/change", form)


def differences(view: View) -> Iterator[Relation]:
    """Yield for every difference between accounts and budget that it is theirs."""
    for difference in view.facts:
        if difference.measure != "budget_difference":
            continue
        final = view.near(difference, "final")
        budget = budget_meant(view, difference)
        if final and budget:
            form: Form = (*less(difference, [final]), Term(_ONE, budget))
            subject = f"{view.subject(difference) or difference.label}/budget_difference"
            yield Relation("Y103", subject, form)


def parts(view: View) -> Iterator[Relation]:
    """Yield that the changes of all parts make the change of the whole."""
    for key, wholes in view.by_key.items():
        if key.measure != "change":
            continue
        whole = wholes[0]
        for parts_of in (splits.three_expenses, splits.budgets):
            wanted = parts_of(key.subject)
            found = [view.by_key.get(key._replace(subject=one), ()) for one in wanted]
            own = [facts[0] for facts in found if facts and base_of(facts[0]) == base_of(whole)]
            if wanted and len(own) == len(wanted):
                yield Relation("Y104", f"{key.subject}/change", less(whole, own))


def causes(view: View) -> Iterator[Relation]:
    """Yield that the amounts named as causes come to the change they explain.

    Causes of what came in and of what was spent, each in paragraphs of its own, are two sums.
    """
    by_id = {fact.id: fact for fact in view.facts}
    named: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in view.facts:
        if fact.cause_of in by_id and fact.amount.is_money:
            named[fact.cause_of or "", _side_of(view, fact)].append(fact)
    for (change_id, side), reasons in named.items():
        change = by_id[change_id]
        told = reasons if side else [change, *reasons]
        at = {view.paragraph_of(fact) for fact in told if not fact.is_in_table}
        if len(reasons) > 1 and change.amount.is_money and (side or len(at) == 1):
            subject = f"{view.subject(change) or change.label}/causes{side and '/'}{side}"
            yield Relation("Y105", subject, less(change, reasons), is_partial=True)


def _side_of(view: View, fact: Fact) -> str:
    """Return 收入 or 支出 where the paragraph begins by saying which one it explains."""
    start = view.paragraph_of(fact)
    found = _SIDE.match(view.document.text, start, fact.span.start)
    return found[1] if found else ""


RULES = (
    Rule(
        id="Y101",
        title=Text("增减率等于增减额除以上年数", "a rate of change is change over before"),
        gist=Text(
            "增长或下降的百分比等于增减额除以上年数（本年数减增减额）。",
            "A rise or fall in percent is the change divided by last year's figure.",
        ),
        why=Text(
            "比率与金额并列公开，须由金额复算得出；增加对应增长，减少对应下降。",
            "A rate published beside its amounts follows from them, in its direction too.",
        ),
        false_positives=Text(
            "金额很小时比率对舍入敏感，容许的误差已计入。",
            "Rates of small amounts depend on rounding, which is allowed for.",
        ),
        severity=Severity.ERROR,
        law=("publication_rules/4", "budget_law/75"),
        find=rates,
        remedy=Text("按增减额除以上年数重算", "recompute from the change and last year's figure"),
        good="""
机关运行经费支出 | final | 142.80万元
机关运行经费支出 | change | -13.52万元
机关运行经费支出 | change_rate | -8.65%
""",
        bad="""
机关运行经费支出 | final | 142.80万元
机关运行经费支出 | change | -13.52万元
机关运行经费支出 | change_rate | -9.47%
""",
    ),
    Rule(
        id="Y102",
        title=Text("增减额等于本年数减上年数", "a change is this year less last"),
        gist=Text(
            "文中同时写明本年数、上年数和增减额时，三者须相合。",
            "This year's figure, last year's and the change between them fit together.",
        ),
        why=Text("公开的内容须准确。", "What is published is accurate."),
        false_positives=Text(
            "与上年预算数而非决算数比较时须写明。",
            "A comparison with last year's budget must say so.",
        ),
        severity=Severity.ERROR,
        law=("publication_rules/4",),
        find=amounts,
        good="""
公务接待费支出 | final | 2.31万元
公务接待费支出 | prior_year | 3.09万元
公务接待费支出 | change | -0.78万元
""",
        bad="""
公务接待费支出 | final | 2.31万元
公务接待费支出 | prior_year | 3.09万元
公务接待费支出 | change | -0.87万元
""",
    ),
    Rule(
        id="Y103",
        title=Text("预决算差额等于决算数减预算数", "a difference is final less budget"),
        gist=Text(
            "决算比预算多或少的金额，等于决算数减预算数。",
            "How much more or less was spent than budgeted is the final figure less the budget.",
        ),
        why=Text(
            "决算按预算数、决算数分别列出。", "Accounts list the budget and the final figure."
        ),
        false_positives=Text(
            "预算数可指年初数或调整数，取文中最近的一个。",
            "The budget may be the first or the adjusted one; the nearest is taken.",
        ),
        severity=Severity.ERROR,
        law=("budget_law/75",),
        find=differences,
        good="""
公务接待费支出 | budget | 3.00万元
公务接待费支出 | final | 2.31万元
公务接待费支出 | budget_difference | -0.69万元
""",
        bad="""
公务接待费支出 | budget | 3.00万元
公务接待费支出 | final | 2.31万元
公务接待费支出 | budget_difference | -0.96万元
""",
    ),
    Rule(
        id="Y104",
        title=Text("分项增减之和等于总增减", "changes of parts make that of the whole"),
        gist=Text(
            "“三公”经费三项的增减额之和，等于合计的增减额；各本预算同理。",
            "The changes of the three public expenses add up to that of their total; so do those "
            "of the budgets.",
        ),
        why=Text("分项与合计须一致。", "Parts and whole agree."),
        false_positives=Text(
            "各项须与同一年度的同类数比较。", "All must be compared with the same base."
        ),
        severity=Severity.WARNING,
        law=("publication_rules/annex",),
        find=parts,
        good="""
“三公”经费 | change | -2.00万元
因公出国（境）费 | change | 0.00万元
公务用车购置及运行维护费 | change | -1.50万元
公务接待费 | change | -0.50万元
""",
        bad="""
“三公”经费 | change | -2.00万元
因公出国（境）费 | change | 0.00万元
公务用车购置及运行维护费 | change | -1.50万元
公务接待费 | change | -5.00万元
""",
    ),
    Rule(
        id="Y105",
        title=Text("原因金额不超过所说明的增减", "causes do not exceed the change"),
        gist=Text(
            "主要原因写明的各项金额之和，不应超过所说明的增减额。",
            "The amounts named as main causes do not come to more than the change.",
        ),
        why=Text("增减变化须说明原因。", "Changes are to be explained."),
        false_positives=Text(
            "没有写出的相反变化会使原因之和偏大。",
            "Opposite changes that go unsaid make the causes look too large.",
        ),
        severity=Severity.NOTICE,
        law=("publication_rules/annex",),
        find=causes,
        remedy=Text("补充抵减的原因，或核对金额", "name what offset them, or check the amounts"),
        good="""
机关运行经费支出 | change | 10.00万元
办公费 | change | 6.00万元 | cause_of=P1
差旅费 | change | 4.00万元 | cause_of=P1
""",
        bad="""
机关运行经费支出 | change | 10.00万元
办公费 | change | 60.00万元 | cause_of=P1
差旅费 | change | 4.00万元 | cause_of=P1
""",
    ),
)
