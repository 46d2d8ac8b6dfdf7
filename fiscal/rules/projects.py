"""Projects shown one by one: their money in text and table, all together, scores and grades.

A project is bound by its name: 新楼物业费项目 in a sentence is 新楼物业费项目/预算数 in its table.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from fiscal.codes import TOTAL
from fiscal.errors import Text
from fiscal.model import Fact, Outcome
from fiscal.rules.passages import body
from fiscal.rules.relation import Relation, Term
from fiscal.rules.rule import PUBLISHED, Remark, Rule, Severity
from fiscal.rules.subject import Subject, kind_of_table
from fiscal.rules.sums import less
from fiscal.rules.view import View

__all__ = ["RULES"]

_ONE = Fraction(1)
_MEASURES = frozenset(("budget", "adjusted_budget", "final"))
_ALL_MONEY = re.compile(r"/(?:年度)?(?:资金总额|(?:全年)?(?:预算数|执行数))$")
_NOT_IN_NAME = re.compile(r"[\s“”\"（）()]|项目$")
_DEPARTMENT_SCORE = re.compile(r"(?:部门|整体)[\u4e00-\u9fff]{0,12}得分$")
_GRADED = re.compile(
    r"(优秀?|良好?|中|差)\s?[（(]\s?(\d{1,3}(?:\.\d{1,2})?)\s?分\s?[)）]"
    r"|(?:得分|评分)为?\s?(\d{1,3}(?:\.\d{1,2})?)\s?分[，,、]\s?[^，。；\n]{0,8}?"
    r"(?:等级|等次|评价|结果)为?“?(优秀?|良好?|中|差)(?=[”，,。；）)]|$)"
)
# 财预〔2020〕10号: of a hundred, 优 from 90, 良 from 80, 中 from 60, 差 below.
_FROM = {"优": Decimal(90), "良": Decimal(80), "中": Decimal(60), "差": Decimal(0)}
_BELOW = {"优": Decimal("100.01"), "良": Decimal(90), "中": Decimal(80), "差": Decimal(60)}


def in_text(view: View) -> Iterator[Relation]:
    """Yield that what a sentence says of a project's money is what its table shows."""
    shown = _shown(view)
    for fact in view.facts:
        name = _named(fact.label)
        if not fact.is_in_table and fact.measure in _MEASURES and (name, fact.measure) in shown:
            tables = shown[name, fact.measure]
            if len(tables) == 1:
                yield Relation("X106", f"project/{name}/{fact.measure}", less(fact, tables))


def together(view: View) -> Iterator[Relation]:
    """Yield that the projects shown spent no more than all expenditure on projects."""
    spent = [
        facts[0]
        for (_, measure), facts in _shown(view).items()
        if measure == "final" and len(facts) == 1
    ]
    subject = Subject("expenditure", TOTAL, None, None, "project_expenditure")
    wholes = view.mentions(subject, "final", view.profile.fiscal_year)
    if spent and wholes:
        form = (*(Term(_ONE, fact) for fact in spent), Term(-_ONE, wholes[0]))
        yield Relation("R110", "projects≤project_expenditure", form, is_bound=True)


def _shown(view: View) -> dict[tuple[str, str], list[Fact]]:
    """Return all the money of the projects of self-evaluations, by project and measure."""
    found: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in view.facts:
        whole = _ALL_MONEY.search(fact.label)
        is_shown = kind_of_table(fact.section) == "performance_self_evaluation"
        if is_shown and whole and fact.measure in _MEASURES:
            found[_named(fact.label[: whole.start()]), fact.measure].append(fact)
    return found


def _named(label: str) -> str:
    return _NOT_IN_NAME.sub("", _NOT_IN_NAME.sub("", label))


def scores(view: View) -> Iterator[Relation]:
    """Yield that the score of the whole department is the same wherever it is told."""
    told: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in view.facts:
        if fact.measure == "score" and _DEPARTMENT_SCORE.search(fact.label):
            told[fact.label].append(fact)
    for label, facts in told.items():
        for other in facts[1:]:
            yield Relation("X105", f"{label}/score", less(other, [facts[0]]))


def grades(view: View) -> Iterator[Remark]:
    """Yield whether a grade is the one of the score beside it."""
    for passage in body(view):
        for found in _GRADED.finditer(passage.text):
            grade = (found[1] or found[4])[0]
            score = Decimal(found[2] or found[3])
            fits = _FROM[grade] <= score < _BELOW[grade]
            yield Remark(
                "N206",
                f"grade/{passage.text[: found.start()][-12:].strip()}",
                Outcome.HOLDS if fits else Outcome.VIOLATED,
                Text(f"得分{score}分，等级“{grade}”", f"a score of {score} is graded {grade}"),
                (passage.span(view, *found.span()),),
            )


_TRUE = Text("自评表须如实反映项目资金。", "Self-evaluations tell a project's money truthfully.")

RULES = (
    Rule(
        id="X106",
        title=Text("项目资金文字与自评表一致", "a project's money is as in its table"),
        gist=Text(
            "说明中项目的预算数、执行数，与该项目自评表所列一致。",
            "The budget and the final figure of a project are the same in text and table.",
        ),
        why=_TRUE,
        false_positives=Text(
            "按项目名称对应；同名的表有两张时不判断。",
            "Bound by name; where two tables have one name nothing is said.",
        ),
        severity=Severity.WARNING,
        law=("performance_measures", "publication_rules/4"),
        find=in_text,
        good="""
@ performance_self_evaluation_table
物业服务费项目/预算数 | budget | 74.00万元
@ 项目绩效目标完成情况
物业服务费项目 | budget | 74.00万元
""",
        bad="""
@ performance_self_evaluation_table
物业服务费项目/预算数 | budget | 74.00万元
@ 项目绩效目标完成情况
物业服务费项目 | budget | 47.00万元
""",
    ),
    Rule(
        id="R110",
        title=Text("公开项目之和不大于项目支出", "projects shown are within all projects"),
        gist=Text(
            "自评表所列各项目的执行数相加，不应大于本年项目支出。",
            "What the projects of self-evaluations spent is no more than expenditure on projects.",
        ),
        why=Text("部分不大于整体。", "A part is no more than its whole."),
        false_positives=Text(
            "绩效口径可含其他单位或上年结转的资金。",
            "Self-evaluations may count money of other bodies or years.",
        ),
        severity=Severity.NOTICE,
        law=("performance_measures", "budget_law/75"),
        find=together,
        good="""
项目支出 | final | 100.00万元
@ performance_self_evaluation_table
甲项目/执行数 | final | 60.00万元
乙项目/执行数 | final | 40.00万元
""",
        bad="""
项目支出 | final | 100.00万元
@ performance_self_evaluation_table
甲项目/执行数 | final | 60.00万元
乙项目/执行数 | final | 50.00万元
""",
    ),
    Rule(
        id="X105",
        title=Text("部门自评得分前后一致", "the department's score is the same throughout"),
        gist=Text(
            "部门整体绩效自评得分在正文和附件中应当相同。",
            "The score of the whole department is the same in the text and its annexes.",
        ),
        why=Text("公开的内容须准确。", "What is published is accurate."),
        false_positives=Text("只比较名称完全相同的得分。", "Only scores of one name are compared."),
        severity=Severity.WARNING,
        law=("performance_measures", "publication_rules/4"),
        find=scores,
        good="""
部门自评得分 | score | 92.40分
@ 附件1
部门自评得分 | score | 92.4分
""",
        bad="""
部门自评得分 | score | 92.40分
@ 附件1
部门自评得分 | score | 94.20分
""",
    ),
    Rule(
        id="N206",
        title=Text("等级与得分相符", "a grade is that of its score"),
        gist=Text(
            "90分以上为优，80分以上为良，60分以上为中，60分以下为差。",
            "Of a hundred, 优 is from 90, 良 from 80, 中 from 60, and 差 below.",
        ),
        why=Text("评价结果按得分分为四档。", "Results are in four grades by score."),
        false_positives=Text(
            "地方另定分档，或满分不是100分。", "A place may have grades of its own."
        ),
        severity=Severity.NOTICE,
        law=("performance_measures",),
        find=grades,
        kinds=PUBLISHED,
        remedy=Text("核对得分和等级", "check score and grade"),
        good="评价结论：优（92.4分）。",
        bad="评价结论：优（82.4分）。",
    ),
)
