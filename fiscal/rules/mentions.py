"""One figure in several places: it has one value, in every table and every sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fiscal.codes import TOTAL
from fiscal.errors import Text
from fiscal.model import DocumentKind, Fact
from fiscal.rules.changes import base_of
from fiscal.rules.relation import Relation
from fiscal.rules.rule import Rule, Severity
from fiscal.rules.sums import less
from fiscal.rules.view import LEVELS, Key, View

__all__ = ["RULES"]

# What a heading has of this year, or of the dots of its line in the contents.
_NOT_IN_HEADING = re.compile(r"[\s\d….·]+|年度?(?=部门|单位|“)")
_CHANGES = frozenset(("change", "change_rate"))


def between_tables(view: View) -> Iterator[Relation]:
    """Yield that a figure of one table is the same in every other."""
    for key, facts in _figures(view, LEVELS):
        shown = _one_per_table(view, facts)
        for other in shown[1:]:
            if not _is_with_carry_over(view, other, shown[0]):
                yield Relation("X101", _told(key, other), less(other, [shown[0]]))


def with_table(view: View) -> Iterator[Relation]:
    """Yield that a figure in a sentence is the one of the table."""
    for key, facts in _figures(view, LEVELS):
        tables = _one_per_table(view, facts)
        for fact in facts:
            if tables and not fact.is_in_table and not _is_with_carry_over(view, fact, tables[0]):
                yield Relation("X102", _told(key, fact), less(fact, [tables[0]]))


def in_prose(view: View) -> Iterator[Relation]:
    """Yield that a figure is the same in every sentence, where no table holds it."""
    for key, facts in _figures(view, LEVELS):
        if not any(fact.is_in_table for fact in facts):
            for other in facts[1:]:
                yield Relation("X103", _told(key, other), less(other, [facts[0]]))


def changes_in_prose(view: View) -> Iterator[Relation]:
    """Yield that a change is the same in every sentence that compares with the same base."""
    for key, facts in _figures(view, _CHANGES):
        own = [fact for fact in facts if not fact.cause_of]
        if key.subject.type or key.subject.source or not own:
            continue
        for other in own[1:]:
            if base_of(other) == base_of(own[0]):
                yield Relation("X104", _told(key, other), less(other, [own[0]]))


def _is_with_carry_over(view: View, one: Fact, other: Fact) -> bool:
    """Tell whether one figure of a budget holds money carried over and the other does not.

    Some tables of a budget tell the year's money alone, others with what was left of last year's.
    """
    apart = abs(one.amount.value - other.amount.value)
    if view.profile.kind is not DocumentKind.BUDGET or not one.amount.is_money or not apart:
        return False
    carried = [
        fact.amount.value
        for key, facts in view.by_key.items()
        for fact in facts
        if key.subject.indicator == "opening" and fact.amount.is_money and fact.amount.number
    ]
    width = one.amount.half_width + other.amount.half_width
    # What was left is told for the whole; of a heading it is some of that.
    subject = view.subject(one)
    is_heading = subject is not None and subject.code not in (None, TOTAL)
    most = max(carried, default=apart) if is_heading else apart + width
    return any(apart - width <= amount <= most for amount in carried)


def _figures(view: View, measures: frozenset[str]) -> Iterator[tuple[Key, tuple[Fact, ...]]]:
    return ((key, facts) for key, facts in view.by_key.items() if key.measure in measures)


def _one_per_table(view: View, facts: tuple[Fact, ...]) -> list[Fact]:
    """Return the figure of each table; none of a table that has two, for they are two things."""
    found: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        if fact.is_in_table:
            found.setdefault((fact.section, view.table_of(fact)), []).append(fact)
    return [own[0] for own in found.values() if len(own) == 1]


def _told(key: Key, fact: Fact) -> str:
    """Say which mention of which figure it is, without saying where in the file."""
    where = _NOT_IN_HEADING.sub("", fact.section.split("/")[0])
    return f"{key.subject}/{key.measure}/{where}"


_ACCURATE = Text(
    "公开的内容须准确，同一数字前后一致。",
    "What is published is accurate, and a figure is the same wherever it stands.",
)

RULES = (
    Rule(
        id="X101",
        title=Text("同一数字在各表中一致", "a figure is the same in every table"),
        gist=Text(
            "两张表列示同一科目、同一口径的数，应当相等。",
            "Two tables that show the same heading in the same scope show the same figure.",
        ),
        why=_ACCURATE,
        false_positives=Text(
            "各表分别舍入时末位可差一，不报。",
            "Tables rounded separately may differ in the last place; that is not reported.",
        ),
        severity=Severity.ERROR,
        law=("final_accounts_measures", "publication_rules/4"),
        find=between_tables,
        good="""
@ final_accounts_summary_table
教育支出 | final | 100.00万元 | 205
@ final_accounts_expenditure_table
教育支出 | final | 100.01万元 | 205
""",
        bad="""
@ final_accounts_summary_table
教育支出 | final | 100.00万元 | 205
@ final_accounts_expenditure_table
教育支出 | final | 110.00万元 | 205
""",
    ),
    Rule(
        id="X102",
        title=Text("文字与表一致", "what is said is what the table shows"),
        gist=Text(
            "说明中的数应当等于表中同一指标、同一口径的数。",
            "A figure in the explanation is the one of the table for the same thing and scope.",
        ),
        why=_ACCURATE,
        false_positives=Text(
            "说明用了另一口径而未写明时会被报出。",
            "Prose that silently uses another scope is reported.",
        ),
        severity=Severity.ERROR,
        law=("publication_rules/4", "budget_law/75"),
        find=with_table,
        good="""
@ final_accounts_summary_table
本年支出合计 | final | 1000000.00元 | total
@ 三、支出决算情况说明
本年支出合计 | final | 100.00万元
""",
        bad="""
@ final_accounts_summary_table
本年支出合计 | final | 1000000.00元 | total
@ 三、支出决算情况说明
本年支出合计 | final | 110.00万元
""",
    ),
    Rule(
        id="X103",
        title=Text("同一数字前后一致", "a figure is the same throughout"),
        gist=Text(
            "同一指标在说明中多处出现，数值应当相等。",
            "A figure that is named several times has one value.",
        ),
        why=_ACCURATE,
        false_positives=Text(
            "不同口径用了同一名称时会被报出。",
            "Two scopes under one name are reported.",
        ),
        severity=Severity.ERROR,
        law=("publication_rules/4",),
        find=in_prose,
        good="""
公务接待费支出 | final | 2.31万元
公务接待费 | final | 2.31万元
""",
        bad="""
公务接待费支出 | final | 2.31万元
公务接待费 | final | 2.13万元
""",
    ),
    Rule(
        id="X104",
        title=Text("同一增减前后一致", "a change is the same throughout"),
        gist=Text(
            "同一指标与同一基数相比的增减额、增减率在各处应当相等。",
            "The change of a figure against one base is the same wherever it is told.",
        ),
        why=_ACCURATE,
        false_positives=Text(
            "比较基数没有写明时，可能是与不同的数相比。",
            "Where the base is not said, two bases may be meant.",
        ),
        severity=Severity.WARNING,
        law=("publication_rules/4",),
        find=changes_in_prose,
        good="""
公务接待费支出 | change | -0.78万元
公务接待费 | change | -0.78万元
""",
        bad="""
公务接待费支出 | change | -0.78万元
公务接待费 | change | -0.87万元
""",
    ),
)
