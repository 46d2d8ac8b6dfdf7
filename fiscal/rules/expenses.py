"""The three public expenses, government procurement and vehicles: each is the sum of its kinds."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from fiscal.errors import Text
from fiscal.rules import splits
from fiscal.rules.parts import Split, find_splits
from fiscal.rules.relation import Relation, Term
from fiscal.rules.rule import Rule, Severity
from fiscal.rules.subject import Subject
from fiscal.rules.vehicle_counts import by_kind
from fiscal.rules.view import View

__all__ = ["RULES"]

_UNSAID = Text(
    "没有提到的部分不当作零：只有各部分都写明，或已超过合计时才报。",
    "A part that is not mentioned is not taken for zero.",
)


def within_budget(view: View) -> Iterator[Relation]:
    """Yield that the three public expenses are no more than their budget."""
    for key, finals in view.by_key.items():
        if key.subject == Subject("three_public_expenses") and key.measure == "final":
            budget = view.near(finals[0], "adjusted_budget", "budget")
            if budget:
                form = (Term(Fraction(1), finals[0]), Term(Fraction(-1), budget))
                yield Relation("R205", "three_public_expenses/budget", form, is_bound=True)


RULES = (
    Rule(
        id="S301",
        title=Text("“三公”经费等于三项之和", "the three public expenses add up"),
        gist=Text(
            "因公出国（境）费、公务用车购置及运行维护费、公务接待费相加等于“三公”经费合计。",
            "Trips abroad, vehicles and receptions add up to the three public expenses.",
        ),
        why=Text(
            "“三公”经费须逐项公开，合计与分项一致。",
            "The three are published one by one, and their total with them.",
        ),
        false_positives=_UNSAID,
        severity=Severity.ERROR,
        law=("publication_rules/annex", "thrift_regulation"),
        find=find_splits(Split("S301", splits.three_expenses, least=1, across=True)),
        good="""
@ 七、“三公”经费财政拨款支出决算情况说明
“三公”经费财政拨款支出 | final | 12.00万元
因公出国（境）费 | final | 0.00万元
公务用车购置及运行维护费支出 | final | 10.00万元
公务接待费支出 | final | 2.00万元
""",
        bad="""
@ 七、“三公”经费财政拨款支出决算情况说明
“三公”经费财政拨款支出 | final | 12.00万元
因公出国（境）费 | final | 0.00万元
公务用车购置及运行维护费支出 | final | 10.00万元
公务接待费支出 | final | 3.00万元
""",
    ),
    Rule(
        id="S302",
        title=Text("公务用车费等于购置费加运行维护费", "vehicle costs are bought and run"),
        gist=Text(
            "公务用车购置费与运行维护费相加等于公务用车购置及运行维护费。",
            "What vehicles cost to buy and to run add up.",
        ),
        why=Text(
            "公务用车费用须分购置和运行维护公开。",
            "The costs of vehicles are published in these two parts.",
        ),
        false_positives=_UNSAID,
        severity=Severity.ERROR,
        law=("publication_rules/annex", "vehicle_measures/4"),
        find=find_splits(Split("S302", splits.vehicle_costs, least=1, across=True)),
        good="""
公务用车购置及运行维护费 | final | 10.00万元
公务用车购置支出 | final | 0.00万元
公务用车运行维护支出 | final | 10.00万元
""",
        bad="""
公务用车购置及运行维护费 | final | 10.00万元
公务用车购置支出 | final | 0.00万元
公务用车运行维护支出 | final | 1.00万元
""",
    ),
    Rule(
        id="S303",
        title=Text("政府采购总额等于货物、工程、服务之和", "procurement is the sum of its kinds"),
        gist=Text(
            "货物、工程和服务采购额相加等于政府采购总额。",
            "Goods, works and services add up to total procurement.",
        ),
        why=Text(
            "政府采购的对象为货物、工程和服务。",
            "What is procured is goods, works or services.",
        ),
        false_positives=_UNSAID,
        severity=Severity.ERROR,
        law=("procurement_law", "budget_law/14"),
        find=find_splits(Split("S303", splits.procurement_kinds, across=True)),
        good="""
政府采购金额 | final | 60.00万元
货物采购金额 | final | 10.00万元
工程采购金额 | final | 0.00万元
服务采购金额 | final | 50.00万元
""",
        bad="""
政府采购金额 | final | 60.00万元
货物采购金额 | final | 10.00万元
工程采购金额 | final | 0.00万元
服务采购金额 | final | 60.00万元
""",
    ),
    Rule(
        id="S304",
        title=Text("车辆数等于各类车辆之和", "vehicles are the sum of their kinds"),
        gist=Text(
            "部级、主要领导、机要、应急、执法、特种、离退休和其他用车之和等于车辆总数。",
            "Vehicles of all uses add up to the vehicles there are.",
        ),
        why=Text(
            "国有资产占有使用情况须说明车辆数及其用途。",
            "State assets are explained, vehicles by what they are for.",
        ),
        false_positives=Text(
            "没有提到的用途不当作零；以“其他用车”收尾的列举视为列全。",
            "A use that is not mentioned is not taken for zero, but a list that ends with other "
            "vehicles is taken for all of them.",
        ),
        severity=Severity.ERROR,
        law=("vehicle_measures/3", "publication_rules/annex"),
        find=by_kind,
        good="""
车辆 | count | 20辆
主要领导干部用车 | count | 1辆
应急保障用车 | count | 3辆
其他用车 | count | 16辆
""",
        bad="""
车辆 | count | 20辆
主要领导干部用车 | count | 1辆
应急保障用车 | count | 5辆
其他用车 | count | 16辆
""",
    ),
    Rule(
        id="S305",
        title=Text("公务接待费等于国内接待加外事接待", "receptions are of guests from all places"),
        gist=Text(
            "国内公务接待支出与外事接待支出相加等于公务接待费。",
            "Receptions of guests from within and from abroad add up to all receptions.",
        ),
        why=Text("公务接待须分国内和外事说明。", "Receptions are told in these two parts."),
        false_positives=_UNSAID,
        severity=Severity.ERROR,
        law=("reception_rules", "publication_rules/annex"),
        find=find_splits(Split("S305", splits.receptions, least=2)),
        good="""
公务接待费 | final | 2.31万元
国内公务接待支出 | final | 2.00万元
外事接待支出 | final | 0.31万元
""",
        bad="""
公务接待费 | final | 2.31万元
国内公务接待支出 | final | 2.00万元
外事接待支出 | final | 3.10万元
""",
    ),
    Rule(
        id="R205",
        title=Text("“三公”经费决算不大于预算", "the three expenses are within their budget"),
        gist=Text(
            "“三公”经费只减不增，决算数一般不大于预算数。",
            "The three public expenses are to fall, and as a rule stay within their budget.",
        ),
        why=Text("“三公”经费须严格控制。", "The three public expenses are under strict control."),
        false_positives=Text(
            "年中追加的预算没有写出。", "A budget that was added to in the year is not printed."
        ),
        severity=Severity.NOTICE,
        law=("thrift_regulation", "publication_rules/annex"),
        find=within_budget,
        remedy=Text("说明超出预算的原因", "say why more was spent"),
        good="""
“三公”经费财政拨款支出 | budget | 12.00万元
“三公”经费财政拨款支出 | final | 11.00万元
""",
        bad="""
“三公”经费财政拨款支出 | budget | 12.00万元
“三公”经费财政拨款支出 | final | 21.00万元
""",
    ),
)
