"""The year of a document in its titles, comparisons and dates.

A final account of year Y compares with Y − 1 and counts its assets at the end of Y; a budget of Y
compares with Y − 1 and counts them in Y − 1. Years of plans, laws and achievements are nobody's
business here: only titles of the document's own parts, comparisons of money and dates of assets.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from fiscal.errors import Text
from fiscal.model import DocumentKind, Span
from fiscal.rules.passages import Passage, passages
from fiscal.rules.rule import PUBLISHED, Rule, Severity
from fiscal.rules.slip import Slip, mentioning, remarks
from fiscal.rules.view import View

__all__ = ["RULES", "of_known_year", "year_of"]

_LAW = ("publication_rules/4", "budget_law/75")
_TITLE_YEAR = re.compile(
    r"(?<!\d)(20\d\d)\s*年度?\s*(?:区级|市级|县级|省级|本级)?(?:部门|单位)?[^，。；：]{0,24}?(?:预算|决算)"
)
_TITLE_END = re.compile(r"(?:表|说明|预算|决算|报告|情况|公开)$")
_LONGEST_TITLE = 50
# 比2023年预算减少, 与2023年度相比，支出增加, 比2023年度减少3万元: what follows shows that money is
# compared, and not the economy or the work of an earlier year.
_COMPARED = re.compile(r"(?:比|与|较|同)(?:上年[（(])?(20\d\d)\s*年度?[)）]?")
_OF_MONEY = re.compile(
    r"\s*(?:部门|单位|年初|当年|财政|支出|收入){0,2}(?:预算|决算|执行数)"
    r"|\s*(?:相比|同期)[^。；]{0,16}(?:总计|合计|拨款|经费|预算|决算|收支|支出)"
    r"|\s*(?:支出|收入)?(?:增加|减少|增长|下降)了?\s?[\d.,]+\s?[万亿]?元|\s*(?:持平|一致)(?=[，。；])"
)
_PLAN = re.compile(r"\s*(?:年初|全年|调整后?)?(?:部门|财政拨款|支出)?预算")
_SPENT = re.compile(r"决算|执行|实际")
_REACH = 40
_AS_OF = re.compile(r"截[至止](20\d\d)年(?:\d{1,2}月(?:\d{1,2}日|底|末)?|底|末)")
_ASSETS = re.compile(r"车辆|保有量|设备|用车|资产")
_PERIOD = re.compile(r"(20\d\d)年\d{1,2}月\d{1,2}日\s*(?:至|-|—|–|~|～)+\s*(20\d\d)年")
_PERIOD_HEADING = re.compile(r"实施周期|项目周期|实施期限")


def year_of(view: View) -> int | None:
    """Return the year of the document, None where most of its titles say another."""
    year = view.profile.fiscal_year
    named = Counter(
        int(found.group(1))
        for passage in passages(view)
        if len(passage.title) <= _LONGEST_TITLE and _TITLE_END.search(passage.title)
        for found in _TITLE_YEAR.finditer(passage.text)
    )
    return year if not named or named.most_common(1)[0][0] == year else None


def _titles(view: View) -> Iterator[Slip]:
    year = year_of(view)
    for passage in passages(view):
        title = passage.title
        if year is None or len(title) > _LONGEST_TITLE or not _TITLE_END.search(title):
            continue
        for found in _TITLE_YEAR.finditer(passage.text):
            if int(found.group(1)) != year and not _is_compared(passage, found.start()):
                message = Text(
                    f"标题写作 {found.group(1)} 年，本文件是 {year} 年",
                    f"the title says {found.group(1)}, the document is of {year}",
                )
                span = passage.span(view, *found.span(1))
                yield Slip(passage.title.replace(found.group(1), ""), message, (span,))


def _is_compared(passage: Passage, at: int) -> bool:
    return bool(re.search(r"[比与较同]\s*$", passage.text[:at]))


def _comparisons(view: View) -> Iterator[Slip]:
    """Yield a slip for each year that the document wrongly compares with."""
    year = year_of(view)
    if year is None:
        return
    places: defaultdict[int, list[Span]] = defaultdict(list)
    is_budget = view.profile.kind is DocumentKind.BUDGET
    for passage in passages(view):
        found = () if passage.is_heading else tuple(_COMPARED.finditer(passage.text))
        years = {int(each[1]) for each in found}
        for each in found:
            other = int(each[1])
            # An account is held against its own budget, and may look back farther as well.
            is_plan = other == year and not is_budget and _is_of_plan(passage.text, each)
            is_farther = other < year - 1 and year - 1 in years
            is_right = other == year - 1 or is_plan or is_farther
            if not is_right and _OF_MONEY.match(passage.text, each.end()):
                places[other].append(passage.span(view, *each.span()))
    for other, spans in places.items():
        message = Text(
            f"{year} 年的文件应与 {year - 1} 年比较，却写作与 {other} 年比较（{len(spans)} 处）",
            f"a document of {year} compares with {year - 1}, this with {other} "
            f"({len(spans)} times)",
        )
        yield Slip(f"year {other - year:+}", message, tuple(spans))


def _is_of_plan(text: str, found: re.Match[str]) -> bool:
    """Tell whether what was spent is compared with the budget; one budget is not with itself."""
    told = text[max(found.start() - _REACH, 0) : found.start()].rsplit("。", 1)[-1]
    is_budget = "预算" in told and not _SPENT.search(told)
    return bool(_PLAN.match(text, found.end())) and not is_budget


def _dates(view: View) -> Iterator[Slip]:
    year = year_of(view)
    for passage in passages(view):
        for found in _AS_OF.finditer(passage.text):
            reach = passage.text[found.end() : found.end() + _REACH]
            stated = int(found.group(1))
            if year is None or not _ASSETS.search(reach) or stated in _fitting(view, year):
                continue
            message = Text(
                f"{year} 年的文件按 {stated} 年的时点列资产",
                f"a document of {year} counts its assets as of {stated}",
            )
            yield Slip("assets", message, (passage.span(view, *found.span()),))


def _fitting(view: View, year: int) -> tuple[int, ...]:
    """Return the years in which assets may be counted."""
    if view.profile.kind is DocumentKind.FINAL_ACCOUNTS:
        return (year,)
    return (year - 1, year)


def _periods(view: View) -> Iterator[Slip]:
    """Yield periods of a project in a budget that end before its year begins."""
    year, heading = year_of(view), ""
    for passage in passages(view):
        heading = passage.text if passage.is_heading else heading
        found = _PERIOD.search(passage.text)
        is_period = _PERIOD_HEADING.search(heading) or _PERIOD_HEADING.search(passage.text)
        if year is None or not found or not is_period or int(found.group(2)) >= year:
            continue
        message = Text(
            f"{year} 年的文件，项目周期却止于 {found.group(2)} 年",
            f"the project's period ends in {found.group(2)}, before {year}",
        )
        yield Slip("period", message, (passage.span(view, *found.span()),))


def of_known_year(pattern: re.Pattern[str]) -> Callable[[View], bool]:
    """Return what tells whether a document of a known year mentions a year in such words."""
    is_there = mentioning(pattern)
    return lambda view: year_of(view) is not None and is_there(view)


RULES = (
    Rule(
        id="L301",
        title=Text("标题年度与文件年度一致", "titles are of the document's year"),
        gist=Text("封面、章节或表的标题写了别的年度", "a title names another year"),
        why=Text("年度错了，读者无法判断数据属于哪一年", "readers cannot tell which year is meant"),
        false_positives=Text("附上了其他年度的表", "a table of another year is annexed"),
        severity=Severity.WARNING,
        law=_LAW,
        find=remarks("L301", _titles, among=of_known_year(_TITLE_YEAR)),
        kinds=PUBLISHED,
        good="某市某局2024年度部门决算\n第三部分 某市某局2024年度部门决算情况说明",
        bad="某市某局2024年度部门决算\n某市某局2024年度部门决算公开\n"
        "第三部分 某市某局2023年度部门决算情况说明",
        remedy=Text("改正年度", "correct the year"),
    ),
    Rule(
        id="L302",
        title=Text("与上一年比较", "comparisons are with the year before"),
        gist=Text("比较的对象不是上一年", "money is compared with another year than the last"),
        why=Text("增减额只对上一年有意义", "changes are told against the year before"),
        false_positives=Text("有意与更早年度比较", "a comparison with an earlier year on purpose"),
        severity=Severity.WARNING,
        law=_LAW,
        find=remarks("L302", _comparisons, among=of_known_year(_COMPARED)),
        kinds=PUBLISHED,
        good="某市某局2024年度部门决算\n收入总计12.00万元，比2023年度增加3.00万元。",
        bad="某市某局2024年度部门决算\n收入总计12.00万元，比2024年度增加3.00万元。",
        remedy=Text("改正年度", "correct the year"),
    ),
    Rule(
        id="L303",
        title=Text("资产时点属于本年度", "assets are counted in the right year"),
        gist=Text("“截至某日共有车辆”的日期不属于该年度", "the day at which vehicles are counted"),
        why=Text("时点错了，数量不能与本年核对", "the count cannot be held against the year"),
        false_positives=Text("说明了采用更早的盘点结果", "an earlier count used on purpose"),
        severity=Severity.WARNING,
        law=_LAW,
        find=remarks("L303", _dates, among=of_known_year(_AS_OF)),
        kinds=PUBLISHED,
        good="某市某局2024年度部门决算\n截至2024年12月31日，共有车辆2辆。",
        bad="某市某局2024年度部门决算\n截至2021年12月31日，共有车辆2辆。",
        remedy=Text("改正日期", "correct the date"),
    ),
    Rule(
        id="L304",
        title=Text("项目周期包括本年度", "a project's period reaches the year"),
        gist=Text(
            "预算项目的实施周期在预算年度之前结束", "a project ends before the budget's year"
        ),
        why=Text("可能沿用了上一年的文字", "the text of an earlier year may have been kept"),
        false_positives=Text("尾款在周期结束后支付", "a last payment after the period"),
        severity=Severity.NOTICE,
        law=_LAW,
        find=remarks("L304", _periods, among=of_known_year(_PERIOD)),
        kinds=PUBLISHED,
        good="# budget 2026\n某市某局2026年部门预算\n实施周期：2026年1月1日-2026年12月31日",
        bad="# budget 2026\n某市某局2026年部门预算\n实施周期：2025年1月1日-2025年12月31日",
        remedy=Text("核对周期", "check the period"),
    ),
)
