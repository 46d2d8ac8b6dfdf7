"""Sums in tables and trees: parts listed under a whole come to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction

from fiscal import codes
from fiscal.errors import Text
from fiscal.model import Fact
from fiscal.rules.relation import Form, Relation, Term
from fiscal.rules.rule import Rule, Severity
from fiscal.rules.subject import Subject
from fiscal.rules.view import Key, View

__all__ = ["RULES", "less", "tree"]

_ONE = Fraction(1)


def less(whole: Fact, parts: Iterable[Fact]) -> Form:
    """Return the form whole − Σ parts."""
    return (Term(_ONE, whole), *(Term(-_ONE, part) for part in parts))


def tree(view: View) -> Iterator[Relation]:
    """Yield for every heading of every column of a table: it is the sum of what is below it."""
    for place in view.tables.values():
        for column in _columns(view, place.facts):
            yield from _tree(column, "S101", view.complete)


def prose_tree(view: View) -> Iterator[Relation]:
    """Yield the same for the headings that running text names."""
    columns: defaultdict[Key, list[tuple[Subject, Fact]]] = defaultdict(list)
    for key, facts in view.by_key.items():
        told = [fact for fact in facts if not fact.is_in_table]
        if told and key.subject.code and key.measure in ("final", "budget"):
            columns[key._replace(subject=key.subject._replace(code=None))].append(
                (key.subject, told[0])
            )
    for whole, column in columns.items():
        # Money that was planned for a heading and not spent is not told of one by one.
        listed = view.complete if whole.measure == view.level else frozenset[str]()
        yield from _tree(column, "S102", listed)


def _columns(view: View, facts: Iterable[Fact]) -> Iterable[list[tuple[Subject, Fact]]]:
    """Return the coded figures of each column of a table."""
    columns: defaultdict[object, list[tuple[Subject, Fact]]] = defaultdict(list)
    for fact in facts:
        subject = view.subject(fact)
        if subject and subject.code:
            key = Key(subject._replace(code=None), fact.measure, fact.fiscal_year)
            columns[fact.series, key].append((subject, fact))
    return columns.values()


def _tree(
    column: list[tuple[Subject, Fact]], rule: str, complete: frozenset[str]
) -> Iterator[Relation]:
    by_code: dict[str, Fact] = {}
    for subject, fact in column:
        by_code.setdefault(subject.code or "", fact)
    below: defaultdict[str, list[Fact]] = defaultdict(list)
    for code in sorted(by_code):
        if code != codes.TOTAL:
            below[_nearest_above(code, by_code)].append(by_code[code])
    for code, parts in below.items():
        if code in by_code:
            yield Relation(
                rule=rule,
                subject=str(column[0][0]._replace(code=code)),
                form=less(by_code[code], parts),
                is_partial=not all(part.id in complete for part in parts),
            )


def _nearest_above(code: str, reported: Iterable[str]) -> str:
    above = (*reversed(codes.ancestors(code)), codes.TOTAL)
    return next((ancestor for ancestor in above if ancestor in reported), codes.TOTAL)


RULES = (
    Rule(
        id="S101",
        title=Text("上级科目等于下级科目之和", "a heading is the sum of those below it"),
        gist=Text(
            "表内每一栏：项之和等于款，款之和等于类，类之和等于合计。",
            "In every column of a table items add up to their section, sections to their category, "
            "categories to the total.",
        ),
        why=Text(
            "支出按功能分类公开到项、基本支出按经济分类公开到款，各级数额必须对得上。",
            "Expenditure is published to the item and basic expenditure to the section; the levels "
            "must agree.",
        ),
        false_positives=Text(
            "表未列全科目时只在下级超过上级时才报。",
            "Where a table does not list every heading, only parts above their whole are reported.",
        ),
        severity=Severity.ERROR,
        law=("budget_law/75", "budget_regulation/6", "final_accounts_measures"),
        find=tree,
        good="""
@ final_accounts_expenditure_table
合计 | final | 100.00万元 | total
一般公共服务支出 | final | 60.00万元 | 201
社会保障和就业支出 | final | 40.00万元 | 208
""",
        bad="""
@ final_accounts_expenditure_table
合计 | final | 100.00万元 | total
一般公共服务支出 | final | 60.00万元 | 201
社会保障和就业支出 | final | 41.00万元 | 208
""",
    ),
    Rule(
        id="S102",
        title=Text("说明中上级科目等于下级科目之和", "headings in prose add up"),
        gist=Text(
            "说明逐项列出的科目：项之和等于所属的类，类之和等于支出合计。",
            "Items that prose goes through add up to their category, categories to the total.",
        ),
        why=Text(
            "支出按功能分类公开到项，说明与合计须一致。",
            "Expenditure is published to the item, and what is said of it must agree.",
        ),
        false_positives=Text(
            "说明未列全时只在下级超过上级时才报。",
            "Where prose does not name every heading, only parts above their whole are reported.",
        ),
        severity=Severity.ERROR,
        law=("budget_law/75", "budget_regulation/6"),
        find=prose_tree,
        good="""
@ 五、一般公共预算财政拨款支出决算情况说明
一般公共预算财政拨款支出 | final | 100.00万元
教育支出（类） | final | 60.00万元 | 205
卫生健康支出（类） | final | 40.00万元 | 210
""",
        bad="""
@ 五、一般公共预算财政拨款支出决算情况说明
一般公共预算财政拨款支出 | final | 100.00万元
教育支出（类） | final | 60.00万元 | 205
卫生健康支出（类） | final | 44.00万元 | 210
""",
    ),
)
