"""Counts of units and projects against what is listed.

下属单位3个，其中… is held against its kinds and against the list of names that follows; the
projects that are said to be shown or evaluated against those that are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fiscal.errors import Text
from fiscal.model import Span
from fiscal.rules.passages import Passage, body, once
from fiscal.rules.rule import PUBLISHED, Remark, Rule, Severity
from fiscal.rules.slip import verdict
from fiscal.rules.view import View

__all__ = ["RULES"]

_COUNT = r"(\d{1,4})\s?(?:个|家|户)"
_UNITS = re.compile(
    rf"单位\s?(?:共计?)?\s?{_COUNT}\s?(?:[，,]\s?(?:其中|包括)|。\s?其中)[：:，]?"
    r"(?P<kinds>[^。；\n]{4,200})"
)
_KIND = re.compile(rf"(?:单位|机关)(?:[（(][^（）()]{{0,20}}[)）])?\s?{_COUNT}")
_KINDS_ONLY = re.compile(r"本部门中[，,](?P<kinds>[^。；\n]{4,120}?)[，,]?(?:具体包括|包括)")
_LISTED = re.compile(r"(?:具体包括|单位包括|包括)(?:[（(][^（）()]{0,20}[)）])?[：:]\s*$")
_ITEM = re.compile(r"\s*\d{1,3}\s?[.、．]\s?[\u4e00-\u9fff]")
_SHOWN = re.compile(
    r"(?:反映|公开|选取)[^。；\n]{0,60}?(\d{1,3})\s?个(?:项目)?的?绩效目标(?:实际)?完成情况"
)
_EVALUATED = re.compile(r"对\s?(\d{1,3})\s?个项目(?:开展|进行|组织)了?[\u4e00-\u9fff]{0,10}自评")
_SUMMARY = re.compile(r"^\s*[（(]?\d{1,2}[)）.、．][^。]{2,60}绩效目标完成情况综述")
_PROJECT_NAME = re.compile(r"^\s*项目名称\s*$")


def _kinds_of_units(view: View) -> Iterator[Remark]:
    """Yield whether the kinds of units add up to their number."""
    for passage in body(view):
        for found in _UNITS.finditer(passage.text):
            kinds = [int(count) for count in _KIND.findall(found["kinds"])]
            if len(kinds) > 1:
                span = passage.span(view, *found.span())
                yield _compared("L601", "units", int(found.group(1)), sum(kinds), span, _KINDS)


def _listed_units(view: View) -> Iterator[Remark]:
    """Yield whether as many units are listed as their kinds announce."""
    found_in = body(view)
    for at, passage in enumerate(found_in):
        announced = _KINDS_ONLY.search(passage.text) or _UNITS.search(passage.text)
        if not announced:
            continue
        count = sum(map(int, _KIND.findall(announced["kinds"])))
        listed = _items_after(found_in, at)
        if count and listed:
            span = passage.span(view, *announced.span())
            yield _compared("L602", "units", count, listed, span, _NAMES)


def _items_after(found_in: Sequence[Passage], at: int) -> int:
    """Return how many numbered names follow a passage that announces them, or the one after it."""
    for head in range(at, min(at + 2, len(found_in))):
        if _LISTED.search(found_in[head].text):
            count = 0
            while head + 1 + count < len(found_in) and _ITEM.match(found_in[head + 1 + count].text):
                count += 1
            return count
    return 0


@once
def _shown_projects(view: View) -> Iterator[Span]:
    """Yield the projects whose results are shown: by summaries, else by tables."""
    summaries = [each for each in body(view) if _SUMMARY.match(each.text)]
    names = [each for each in body(view) if _PROJECT_NAME.match(each.text)]
    for passage in summaries or names:
        yield passage.span(view, 0, len(passage.text))


def _projects(view: View) -> Iterator[Remark]:
    """Yield whether no more projects are shown than are said: fewer may be a selection."""
    shown = len(_shown_projects(view))
    for pattern, says in ((_SHOWN, _PROJECTS), (_EVALUATED, _SELF_EVALUATED)):
        for passage in body(view) if shown else ():
            for found in pattern.finditer(passage.text):
                count = int(found.group(1))
                span = passage.span(view, *found.span())
                yield _compared("L603", "projects", count, max(count, shown), span, says)


_KINDS = Text("单位{}个，其中各类合计{}个", "{} units, whose kinds add up to {}")
_NAMES = Text("单位{}个，列出的有{}个", "{} units, of which {} are listed")
_PROJECTS = Text(
    "称反映{}个项目的完成情况，实际列出{}个", "{} projects are announced, {} are shown"
)
_SELF_EVALUATED = Text(
    "称对{}个项目开展自评，实际列出{}个", "{} projects were evaluated, {} are shown"
)


def _compared(rule: str, subject: str, said: int, actual: int, span: Span, says: Text) -> Remark:
    message = Text(says.zh.format(said, actual), says.en.format(said, actual))
    return verdict(rule, subject, message, span, holds=said == actual)


_CHECK = Text("核对数量和清单", "check the number and the list")

RULES = (
    Rule(
        id="L601",
        title=Text("各类单位之和等于单位数", "kinds of units add up"),
        gist=Text(
            "行政、参公、事业单位之和不等于单位总数", "the kinds do not add up to the number"
        ),
        why=Text("编制范围决定了数字包括谁", "the units decide whose money is counted"),
        false_positives=Text("分类有重叠或没有列全", "kinds that overlap or are not all named"),
        severity=Severity.WARNING,
        law=("budget_law/8", "publication_rules/4"),
        find=_kinds_of_units,
        kinds=PUBLISHED,
        good="下属二级单位3个，其中行政单位0个，参公单位1个，其他事业单位2个。",
        bad="下属二级单位3个，其中行政单位1个，参公单位1个，其他事业单位2个。",
        remedy=_CHECK,
    ),
    Rule(
        id="L602",
        title=Text("列出的单位数与所述一致", "as many units are listed as are said"),
        gist=Text("所述单位数与后面清单的条数不同", "the list of units is longer or shorter"),
        why=Text("编制范围决定了数字包括谁", "the units decide whose money is counted"),
        false_positives=Text("清单有意只列一部分", "a list that is only a selection"),
        severity=Severity.WARNING,
        law=("budget_law/8", "publication_rules/4"),
        find=_listed_units,
        kinds=PUBLISHED,
        good="本部门中，行政单位1家，事业单位1家，具体包括：\n\n1.某局本部\n\n2.某中心",
        bad="本部门中，行政单位1家，事业单位2家，具体包括：\n\n1.某局本部\n\n2.某中心",
        remedy=_CHECK,
    ),
    Rule(
        id="L603",
        title=Text("项目数与列出的一致", "as many projects are shown as are said"),
        gist=Text(
            "所称反映或自评的项目数与列出的项目不同", "the projects shown are not as many as said"
        ),
        why=Text("绩效信息应当与项目一一对应", "each project has its results"),
        false_positives=Text("项目在附件中列出", "projects shown in another file"),
        severity=Severity.ERROR,
        law=("performance_measures", "publication_rules/4"),
        find=_projects,
        kinds=PUBLISHED,
        good="反映“道路养护”等2个项目绩效目标完成情况。\n\n"
        "（1）道路养护项目绩效目标完成情况综述。\n\n（2）绿化项目绩效目标完成情况综述。",
        bad="反映“道路养护”等1个项目绩效目标完成情况。\n\n"
        "（1）道路养护项目绩效目标完成情况综述。\n\n（2）绿化项目绩效目标完成情况综述。",
        remedy=_CHECK,
    ),
)
