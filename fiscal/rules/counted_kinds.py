"""Numbers of persons and of projects evaluated, against those of their kinds told beside them.

离退休人员143人，其中：离休2人，退休141人 gives a number and all its kinds; posts are of 行政 and
事业 and some beside, so that these two may only not exceed them. Grades of projects evaluated come
to one of the numbers of projects told before: one sentence may speak of several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fiscal.errors import Text
from fiscal.rules.passages import Passage, body
from fiscal.rules.rule import PUBLISHED, Remark, Rule, Severity
from fiscal.rules.slip import verdict
from fiscal.rules.view import View

__all__ = ["RULES"]

_BRACKET = re.compile(r"[（(][^（）()]{0,60}[)）]")
_PERSONS = (
    r"[^，,。；;\d]{0,10}?(\d{1,6})\s?[人名]\s?[，,。；;]?\s?其中[：:，,]?"
    r"(?P<kinds>[^。；;\n]{4,80})"
)
_RETIRED = re.compile(rf"离退休{_PERSONS}")
_STAFF = re.compile(rf"(?:编制|在职|在岗|实有)(?:人员|人数|职工|总数)?{_PERSONS}")
_KIND = r"(?:人员|干部|职工|编制|在职|在编)?(?:人数)?\s?(\d{1,6})\s?[人名]"
_RETIRED_KINDS = tuple(re.compile(rf"{kind}{_KIND}") for kind in ("离休", "(?<!离)退休"))
_STAFF_KINDS = tuple(re.compile(rf"{kind}{_KIND}") for kind in ("行政", "事业"))

_GRADE = re.compile(
    r"[“\"]?(?P<grade>优秀?|良好?|中|一般|(?<!不)合格|不合格|较?差)[”\"]?(?:等级|等次|级)?(?:的?项目)?"
    r"(?:有|共|为)?\s?(?P<number>\d{1,4})\s?个"
)
_INCLUDING = r"(?:[（(]不?含[^（）()]{0,4}[)）])?"
_BAND = re.compile(
    rf"(?P<grade>\d{{2,3}}分?(?:[-—－~～至]\d{{2,3}}分?)?{_INCLUDING}(?:以[上下])?{_INCLUDING})"
    r"(?:的?项目)?的?(?:有|共|为)?\s?(?P<number>\d{1,4})\s?个"
)
# What may stand between two grades of one list: no other number and no end of a sentence.
_BETWEEN = re.compile(r"[^。\d]{0,24}")
_PROJECTS = re.compile(
    r"(\d{1,4})\s?个[^，。；、\d]{0,14}项目|项目[^，。；、\d]{0,6}?(\d{1,4})\s?个"
)
_COUNT = re.compile(r"\d\s?[个家]")
_NOT_ALL = re.compile(r"其余|另|未|没有评")


def _persons(view: View) -> Iterator[Remark]:
    """Yield whether the kinds of persons come to their number."""
    for passage in body(view):
        text = _BRACKET.sub(lambda bracket: " " * len(bracket.group()), passage.text)
        for found in _RETIRED.finditer(text):
            yield from _summed(view, passage, found, _RETIRED_KINDS, is_whole=True)
        for found in _STAFF.finditer(text):
            yield from _summed(view, passage, found, _STAFF_KINDS, is_whole=False)


def _summed(
    view: View,
    passage: Passage,
    found: re.Match[str],
    kinds: tuple[re.Pattern[str], ...],
    *,
    is_whole: bool,
) -> Iterator[Remark]:
    """Yield the outcome where every kind is told once."""
    told = [kind.findall(found["kinds"]) for kind in kinds]
    if any(len(numbers) != 1 for numbers in told):
        return
    said, parts = int(found[1]), sum(int(numbers[0]) for numbers in told)
    holds = parts == said if is_whole else parts <= said
    message = Text(
        f"共{said}人，其中各类合计{parts}人", f"{said} persons, whose kinds add up to {parts}"
    )
    yield verdict("L605", "persons", message, passage.span(view, *found.span()), holds=holds)


def _grades(view: View) -> Iterator[Remark]:
    """Yield whether the grades of projects come to a number of projects told before them."""
    for passage in body(view):
        for pattern in (_GRADE, _BAND):
            for run in _runs(pattern, passage.text):
                yield from _graded(view, passage, run)


def _runs(pattern: re.Pattern[str], text: str) -> Iterator[list[re.Match[str]]]:
    """Yield the lists of two grades or more, each grade once."""
    runs: list[list[re.Match[str]]] = []
    for found in pattern.finditer(text):
        if runs and _BETWEEN.fullmatch(text, runs[-1][-1].end(), found.start()):
            runs[-1].append(found)
        else:
            runs.append([found])
    for run in runs:
        if len(run) > 1 and len({found["grade"] for found in run}) == len(run):
            yield run


def _graded(view: View, passage: Passage, run: list[re.Match[str]]) -> Iterator[Remark]:
    before = "".join(re.split("(?<=。)", passage.text[: run[0].start()])[-2:])
    projects = list(_PROJECTS.finditer(before))
    told = [int(found[1] or found[2]) for found in projects]
    is_of_others = bool(projects and _COUNT.search(before, projects[-1].end()))
    behind = passage.text[run[-1].end() :].split("。")[0]
    parts = sum(int(found["number"]) for found in run)
    if not told or is_of_others or _NOT_ALL.search(behind):
        return
    message = Text(
        f"项目{told[-1]}个，各等级合计{parts}个",
        f"{told[-1]} projects, whose grades add up to {parts}",
    )
    span = passage.span(view, run[0].start(), run[-1].end())
    yield verdict("L606", "grades", message, span, holds=parts in told)


_CHECK = Text("核对各项数量", "check the numbers")

RULES = (
    Rule(
        id="L605",
        title=Text("各类人员之和与人数相符", "kinds of persons come to their number"),
        gist=Text(
            "离休加退休不等于离退休人数，或行政加事业多于总人数",
            "the retired of both kinds are not all, or those of two kinds of posts are more",
        ),
        why=Text("人员数是安排基本支出的依据", "basic expenditure is planned by persons"),
        false_positives=Text(
            "离退休人员中另有退职人员", "persons who left the service without a pension"
        ),
        severity=Severity.WARNING,
        law=("publication_rules/4",),
        find=_persons,
        kinds=PUBLISHED,
        good="离退休人员143人，其中：离休2人，退休141人。",
        bad="离退休人员143人，其中：离休2人，退休114人。",
        remedy=_CHECK,
    ),
    Rule(
        id="L606",
        title=Text("各等级项目之和等于项目数", "grades of projects come to their number"),
        gist=Text(
            "优、良等各等级或各分数段的项目相加，不等于开展评价的项目数",
            "projects by grade or score are more or fewer than those evaluated",
        ),
        why=Text("自评结果须覆盖全部评价项目", "every project evaluated has a grade"),
        false_positives=Text(
            "个别项目没有评级；评级的对象不是前面所说的项目",
            "a project without a grade, or grades of other things than those projects",
        ),
        severity=Severity.WARNING,
        law=("performance_measures",),
        find=_grades,
        kinds=PUBLISHED,
        good="开展绩效自评的项目5个，其中评级为“优”的项目4个，评级为“良”的项目1个。",
        bad="开展绩效自评的项目5个，其中评级为“优”的项目3个，评级为“良”的项目1个。",
        remedy=_CHECK,
    ),
)
