"""What the tables of accounts and budgets are made of: sources, types, budgets, expenses, kinds."""

from __future__ import annotations

from collections.abc import Iterator

from fiscal.codes import TOTAL
from fiscal.errors import Text
from fiscal.model import Fact
from fiscal.rules import splits
from fiscal.rules.parts import Split, find_splits
from fiscal.rules.relation import Relation
from fiscal.rules.rule import Rule, Severity
from fiscal.rules.subject import kind_of_table
from fiscal.rules.sums import less
from fiscal.rules.view import Place, View

__all__ = ["RULES"]

_PERSONNEL = ("301", "303")
_OFFICE = ("302", "307", "309", "310", "311", "312", "313", "399")
_TRUE_AND_COMPLETE = Text(
    "决算收支真实、数额准确，各项之和须等于合计。",
    "Accounts are true and accurate: the parts come to their whole.",
)
_NOT_ALL_SAID = Text(
    "文字只列了一部分时，只在各项之和超过合计时才报。",
    "Where prose names only some parts, only parts above their whole are reported.",
)
_BLANKS = Text(
    "表内空格按零计；表中有读不懂的栏或行时不判断。",
    "An empty cell counts as zero; nothing is said where part of a table was not understood.",
)


def economic_totals(view: View) -> Iterator[Relation]:
    """Yield that 人员经费 and 公用经费 are the sums of their categories."""
    for place in view.tables.values():
        for kind, categories in (
            ("personnel_expenditure", _PERSONNEL),
            ("non_personnel_expenditure", _OFFICE),
        ):
            yield from _economic_total(place, kind, categories)


def _economic_total(place: Place, kind: str, categories: tuple[str, ...]) -> Iterator[Relation]:
    for key, wholes in place.by_key.items():
        subject = key.subject
        if (subject.type, subject.code) != (kind, TOTAL) or not _is_basic(wholes[0]):
            continue
        basic = subject._replace(type="basic_expenditure")
        parts = [
            place.by_key[found][0]
            for code in categories
            if (found := key._replace(subject=basic._replace(code=code))) in place.by_key
        ]
        if parts:
            form = less(wholes[0], parts)
            yield Relation("S206", str(subject), form, is_partial=not place.is_understood)


def _is_basic(fact: Fact) -> bool:
    return kind_of_table(fact.section) == "basic"


RULES = (
    Rule(
        id="S201",
        title=Text("本年收入合计等于各项来源之和", "revenue is the sum of its sources"),
        gist=Text(
            "财政拨款、上级补助、事业、经营、附属单位上缴和其他收入相加等于本年收入合计。",
            "Appropriation, subsidies, professional, business, affiliates' and other revenue add "
            "up to the revenue of the year.",
        ),
        why=_TRUE_AND_COMPLETE,
        false_positives=_NOT_ALL_SAID,
        severity=Severity.ERROR,
        law=("budget_law/4", "budget_law/75", "final_accounts_measures"),
        find=find_splits(Split("S201", splits.revenue_sources, least=1)),
        good="""
@ final_accounts_revenue_table
合计 | final | 120.00万元 | total
合计 | final | 100.00万元 | total source=fiscal_appropriation
合计 | final | 20.00万元 | total source=other_revenue
""",
        bad="""
@ final_accounts_revenue_table
合计 | final | 120.00万元 | total
合计 | final | 100.00万元 | total source=fiscal_appropriation
合计 | final | 2.00万元 | total source=other_revenue
""",
    ),
    Rule(
        id="S202",
        title=Text("财政拨款收入等于各本预算拨款之和", "appropriation is the sum over budgets"),
        gist=Text(
            "一般公共预算、政府性基金预算和国有资本经营预算拨款相加等于财政拨款收入。",
            "Appropriations from the general, funds and state capital budgets add up.",
        ),
        why=Text(
            "四本预算各自完整、独立，合计时不重不漏。",
            "The budgets are complete and separate, so that together they leave nothing out.",
        ),
        false_positives=_BLANKS,
        severity=Severity.ERROR,
        law=("budget_law/5", "final_accounts_measures"),
        find=find_splits(Split("S202", splits.appropriation_sources, least=1, across=True)),
        good="""
@ final_accounts_appropriation_table
本年收入合计 | final | 120.00万元 | source=fiscal_appropriation
一般公共预算财政拨款 | final | 100.00万元 | source=general_public_appropriation
政府性基金预算财政拨款 | final | 20.00万元 | source=government_funds_appropriation
""",
        bad="""
@ final_accounts_appropriation_table
本年收入合计 | final | 120.00万元 | source=fiscal_appropriation
一般公共预算财政拨款 | final | 100.00万元 | source=general_public_appropriation
政府性基金预算财政拨款 | final | 19.00万元 | source=government_funds_appropriation
""",
    ),
    Rule(
        id="S203",
        title=Text("支出合计等于各类支出之和", "expenditure is the sum of its types"),
        gist=Text(
            "每一科目：基本支出、项目支出、上缴上级、经营和对附属单位补助支出相加等于合计。",
            "For every heading basic, project, remitted, business and subsidy expenditure add up.",
        ),
        why=Text(
            "部门预决算须公开基本支出和项目支出。",
            "Basic and project expenditure are both published.",
        ),
        false_positives=_NOT_ALL_SAID,
        severity=Severity.ERROR,
        law=("budget_regulation/6", "final_accounts_measures"),
        find=find_splits(Split("S203", splits.expenditure_types, least=1)),
        good="""
@ final_accounts_expenditure_table
行政运行 | final | 100.00万元 | 2010101
行政运行 | final | 70.00万元 | 2010101 type=basic_expenditure
行政运行 | final | 30.00万元 | 2010101 type=project_expenditure
""",
        bad="""
@ final_accounts_expenditure_table
行政运行 | final | 100.00万元 | 2010101
行政运行 | final | 70.00万元 | 2010101 type=basic_expenditure
行政运行 | final | 20.00万元 | 2010101 type=project_expenditure
""",
    ),
    Rule(
        id="S204",
        title=Text("财政拨款合计等于各本预算之和", "appropriation is the sum of its budgets"),
        gist=Text(
            "财政拨款的支出、年初和年末结转结余及总计，等于三本预算相应数之和。",
            "What the treasury's money was spent on, brought forward and left is the sum over the "
            "three budgets.",
        ),
        why=Text(
            "四本预算各自完整、独立，合计时不重不漏。",
            "The budgets are complete and separate, so that together they leave nothing out.",
        ),
        false_positives=_BLANKS,
        severity=Severity.ERROR,
        law=("budget_law/5", "final_accounts_measures"),
        find=find_splits(Split("S204", splits.budgets, least=1, across=True)),
        good="""
@ final_accounts_appropriation_table
教育支出 | final | 100.00万元 | 205 column=支出/合计
教育支出 | final | 90.00万元 | 205 budget=general_public_budget
教育支出 | final | 10.00万元 | 205 budget=government_funds_budget
""",
        bad="""
@ final_accounts_appropriation_table
教育支出 | final | 100.00万元 | 205 column=支出/合计
教育支出 | final | 90.00万元 | 205 budget=general_public_budget
教育支出 | final | 11.00万元 | 205 budget=government_funds_budget
""",
    ),
    Rule(
        id="S205",
        title=Text("基本支出等于人员经费加公用经费", "basic expenditure is personnel and office"),
        gist=Text(
            "人员经费与公用经费相加等于基本支出。",
            "Personnel and public-use funds add up to basic expenditure.",
        ),
        why=Text(
            "基本支出由人员经费和公用经费组成。",
            "Basic expenditure is made of these two by law.",
        ),
        false_positives=_BLANKS,
        severity=Severity.ERROR,
        law=("budget_regulation/5", "final_accounts_measures"),
        find=find_splits(Split("S205", splits.basic_parts, across=True)),
        good="""
@ 六、一般公共预算财政拨款基本支出决算情况说明
一般公共预算财政拨款基本支出 | final | 100.00万元
人员经费 | final | 80.00万元
公用经费 | final | 20.00万元
""",
        bad="""
@ 六、一般公共预算财政拨款基本支出决算情况说明
一般公共预算财政拨款基本支出 | final | 100.00万元
人员经费 | final | 80.00万元
公用经费 | final | 2.00万元
""",
    ),
    Rule(
        id="S206",
        title=Text("人员、公用经费等于相应经济分类之和", "personnel and office funds by nature"),
        gist=Text(
            "人员经费等于 301 与 303 类之和；公用经费等于 302、307、309 至 313 和 399 类之和。",
            "Personnel funds are categories 301 and 303, office funds 302, 307, 309 to 313, 399.",
        ),
        why=Text(
            "基本支出按经济分类公开到款，合计须与各类一致。",
            "Basic expenditure is published by economic nature, and its totals follow.",
        ),
        false_positives=_BLANKS,
        severity=Severity.ERROR,
        law=("economic_classification_reform", "budget_regulation/6"),
        find=economic_totals,
        good="""
@ final_accounts_basic_table
工资福利支出 | final | 80.00万元 | 301 budget=general_public_budget
对个人和家庭的补助 | final | 5.00万元 | 303 budget=general_public_budget
人员经费合计 | final | 85.00万元 | type=personnel_expenditure budget=general_public_budget
""",
        bad="""
@ final_accounts_basic_table
工资福利支出 | final | 80.00万元 | 301 budget=general_public_budget
对个人和家庭的补助 | final | 5.00万元 | 303 budget=general_public_budget
人员经费合计 | final | 86.00万元 | type=personnel_expenditure budget=general_public_budget
""",
    ),
)
