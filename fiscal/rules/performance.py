"""Performance: a project's money by source, scores by part, and results against their targets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from fiscal.errors import Text
from fiscal.model import Fact
from fiscal.rules.relation import Relation, Term
from fiscal.rules.rule import Rule, Severity
from fiscal.rules.subject import kind_of_table
from fiscal.rules.sums import less
from fiscal.rules.view import View

__all__ = ["RULES"]

_ONE = Fraction(1)
_WHOLE = re.compile(r"(?:^|/)(?:年度)?(?:资金总额|预算数|执行数)$")
_SOURCE = re.compile(r"财政拨款|其[他它]资金|上年结转资金?")
_COMPARATORS = {"大于等于": ">=", "不少于": ">=", "不低于": ">=", "大于": ">", "高于": ">"}
_COMPARATORS |= {"小于等于": "<=", "不超过": "<=", "不高于": "<=", "小于": "<", "低于": "<"}
_ASKED = re.compile(
    rf"[（(]?({'|'.join(_COMPARATORS)})[）)]?(?:[（(][^（）()]{{1,6}}[)）]|\d{{1,9}}.{{0,3}}|[%％])?$"
)
_OVERALL = re.compile(r"总分|总得分|评价结论|综合(?:得分|评价)|自评(?:总)?得分")
_AT_LEAST, _AT_MOST = (">=", ">"), ("<=", "<")


def money(view: View) -> Iterator[Relation]:
    """Yield for every project's table that its sources make no more than all its money."""
    for place in view.tables.values():
        if kind_of_table(place.facts[0].section) != "performance_self_evaluation":
            continue
        for measure in ("budget", "adjusted_budget", "final"):
            own = [fact for fact in place.facts if fact.measure == measure]
            wholes = [fact for fact in own if _WHOLE.search(fact.label)]
            parts = [fact for fact in own if _SOURCE.search(fact.label) and fact not in wholes]
            if len(wholes) == 1 and len(parts) > 1:
                form = less(wholes[0], parts)
                yield Relation("S501", f"project/{measure}", form, is_partial=True)


def scores(view: View) -> Iterator[Relation]:
    """Yield that the parts of a score are no more than it: those of 其中, and those of all."""
    for place in view.paragraphs.values():
        points = [fact for fact in place.facts if fact.measure == "score"]
        inner: set[str] = set()
        for at, whole in enumerate(points):
            parts = _parted(view, points[at:])
            inner.update(part.id for part in parts)
            if len(parts) > 1:
                yield _within(whole, parts)
        yield from _overall([point for point in points if point.id not in inner])


def _parted(view: View, points: list[Fact]) -> list[Fact]:
    """Return the scores that 其中 parts the first of some into, to the end of its sentence."""
    text, parts = view.document.text, list[Fact]()
    for before, point in pairwise(points):
        between = text[before.span.end : point.span.start]
        if "。" in between or (("其中" in between) is bool(parts)):
            break
        parts.append(point)
    return parts


def _overall(points: list[Fact]) -> Iterator[Relation]:
    """Yield that an overall score holds those that follow it; two overall ones are two things."""
    overall = [point for point in points if _OVERALL.search(point.label)]
    if len(points) > 2 and overall == points[:1]:
        yield _within(points[0], points[1:])


def _within(whole: Fact, parts: list[Fact]) -> Relation:
    return Relation("S502", f"{whole.label}/score", less(whole, parts), is_partial=True)


def targets(view: View) -> Iterator[Relation]:
    """Yield for every target with a direction that the result meets it."""
    for target in view.facts:
        actual = view.near(target, "actual") if target.measure == "target" else None
        if actual is None or target.amount.unit != actual.amount.unit:
            continue
        asked = target.comparator or _said_in_name(target.label)
        low, high = (target, actual) if asked in _AT_LEAST else (actual, target)
        if asked in (*_AT_LEAST, *_AT_MOST):
            form = (Term(_ONE, low), Term(-_ONE, high))
            yield Relation("R201", f"{target.label}/target", form, is_bound=True)


def weights(view: View) -> Iterator[Relation]:
    """Yield for every indicator of a table that its score is no more than its weight."""
    for place in view.tables.values():
        told: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in place.facts:
            told[fact.label, fact.measure].append(fact)
        for (label, measure), found in told.items():
            weighed = told.get((label, "weight"), []) if measure == "score" else []
            if len(found) == len(weighed) == 1:
                form = (Term(_ONE, found[0]), Term(-_ONE, weighed[0]))
                yield Relation("S503", f"{label}/score", form, is_bound=True)


def _said_in_name(label: str) -> str | None:
    """Return what the name of an indicator asks for, as in 办结率（大于）."""
    found = _ASKED.search(label)
    return _COMPARATORS[found[1]] if found else None


RULES = (
    Rule(
        id="S501",
        title=Text("各来源不大于项目资金总额", "sources are within a project's money"),
        gist=Text(
            "绩效自评表中，财政拨款与其他资金相加不应超过项目的预算数或执行数。",
            "In a self-evaluation appropriation and other money are no more than all of it.",
        ),
        why=Text(
            "自评表须如实反映项目资金。", "Self-evaluations tell a project's money truthfully."
        ),
        false_positives=Text(
            "只看财政拨款、其他资金和上年结转三行。",
            "Only appropriation, other money and carry-over are looked at.",
        ),
        severity=Severity.WARNING,
        law=("performance_measures",),
        find=money,
        good="""
@ performance_self_evaluation_table
项目/预算数 | budget | 74.00万元
项目/其中-财政拨款 | budget | 70.00万元
项目/其他资金 | budget | 4.00万元
""",
        bad="""
@ performance_self_evaluation_table
项目/预算数 | budget | 74.00万元
项目/其中-财政拨款 | budget | 74.00万元
项目/其他资金 | budget | 4.00万元
""",
    ),
    Rule(
        id="S502",
        title=Text("分项得分之和不大于总分", "part scores are within the score"),
        gist=Text(
            "得分之后用“其中”列出的各项得分，相加不应超过它。",
            "Scores that 其中 lists behind a score come to no more than it.",
        ),
        why=Text("评价得分须由各项得分得出。", "A score follows from the scores of its parts."),
        false_positives=Text(
            "没有列全时只报超出的。", "Where not all are listed only an excess is reported."
        ),
        severity=Severity.WARNING,
        law=("performance_measures",),
        find=scores,
        good="""
部门预算管理 | score | 55分 | 其中=
预算编制 | score | 30分
预算执行 | score | 25分
""",
        bad="""
部门预算管理 | score | 55分 | 其中=
预算编制 | score | 30分
预算执行 | score | 52分
""",
    ),
    Rule(
        id="R201",
        title=Text("实际值达到目标值", "results meet their targets"),
        gist=Text(
            "指标写明“不低于”“不超过”的，实际值应当达到；未达到应当说明。",
            "Where a target says at least or at most, the result meets it or is explained.",
        ),
        why=Text(
            "自评须如实反映目标完成情况。", "Self-evaluations say truthfully what was reached."
        ),
        false_positives=Text(
            "未完成的目标本身不是错误，但须与“全部完成”的说法一致。",
            "A target missed is no error by itself, but must not be called met.",
        ),
        severity=Severity.NOTICE,
        law=("performance_measures",),
        find=targets,
        remedy=Text(
            "核对实际值，未完成的说明原因", "check the result, and explain what was missed"
        ),
        good="""
@ 项目绩效目标完成情况
公众满意度 | target | 85% | comparator=>
公众满意度 | actual | 90%
""",
        bad="""
@ 项目绩效目标完成情况
公众满意度 | target | 85% | comparator=>
公众满意度 | actual | 80%
""",
    ),
    Rule(
        id="S503",
        title=Text("得分不大于分值", "a score is no more than its weight"),
        gist=Text(
            "绩效自评表中，一项指标的得分不应超过它的分值。",
            "In a self-evaluation no indicator scores more than it can.",
        ),
        why=Text("分值是该项的满分。", "The weight is the full score."),
        false_positives=Text("设有加分项。", "Extra points are given."),
        severity=Severity.WARNING,
        law=("performance_measures",),
        find=weights,
        good="""
@ performance_self_evaluation_table
按时办结率 | weight | 10分
按时办结率 | score | 9分
""",
        bad="""
@ performance_self_evaluation_table
按时办结率 | weight | 10分
按时办结率 | score | 19分
""",
    ),
)
