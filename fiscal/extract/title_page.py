"""The title of a document: whose budget or final accounts it is, and of which year.

Titles differ from office to office and run over one line or four. So neighbouring lines at the top
are read together: the year is taken out, and what then stands before 预算 or 决算 is the name, once
the words that are no part of a name are taken off.

>>> title = title_in("关于临江县水务局（本级）二〇二三年度部门决算公开的说明")
>>> title.organisation, title.year, title.kind.value
('临江县水务局', 2023, 'final_accounts')
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fiscal.model import DocumentKind

__all__ = ["Title", "is_region", "name_in", "names_alone", "title_in", "title_of", "years_in"]

_DIGITS = str.maketrans(
    "〇○零ＯO一二三四五六七八九０１２３４５６７８９", "000001234567890123456789"
)
_NUMERAL = "0-9０-９〇○零ＯO一二三四五六七八九"
_YEAR = re.compile(
    rf"(?<![{_NUMERAL}\-—])(?P<year>[2２二][0０〇○零ＯO][{_NUMERAL}]{{2}})\s{{0,2}}年(?:度(?!量))?"
    rf"(?!\s?[{_NUMERAL}十]{{1,2}}\s?月)"
)
_DATE = re.compile(
    rf"[{_NUMERAL}]{{4}}\s?年\s?[{_NUMERAL}十]{{1,2}}\s?月(?:\s?[{_NUMERAL}十]{{1,3}}\s?日)?"
)
# What else is taken out: the names of funds, and a year that nobody filled in.
_FUNDS = re.compile(
    r"20[×xX＊*]{2}\s?年度?|(?:一般公共|公共财政|政府性基金|国有资本经营|社会保险基金|财政拨款)预算|预决算|决预算"
)
_KIND = re.compile(r"预\s{0,2}算|决\s{0,2}算")
_OTHER_PAPERS = re.compile(r"检查|通知|办法|培训|批复|意见|细则|方案|执行情况|草案")
_MARK = re.compile(r"\[bookmark:[^\]\n]{0,80}\]|[#*|\s\u3000]")
_LEADING = re.compile(
    r"^(?:附件?表?[\d一二三四五]{0,2}[:：、.]?|关于|公布|公开|纳入|根据|按照|在|由|第.部分"
    r"|[一二三四五六七八九十]{1,3}、|《)+"
)
# Words between a name and 预算 or 决算 that are no part of the name.
_TRAILING = re.compile(
    r"(?:部门|单位|整体|汇总|本级|(?:自治)?[省市区县旗州镇乡]级|(?<=[局厅委办院会])机关"
    r"|收入支出|财务收支|收支|收入|支出|财政拨款|基本|项目|[“\"]?三公[”\"]?经费|公开|信息|关于|的"
    r"|年度|年|和|及|与|[（(][^（()）]{0,8}(?:本级|汇总|部门|本部|机关|单位)[)）]"
    r"|[:：、—\-《“\"·]|\s)$"
)
_REGION = re.compile(r"[省市区县州盟旗]$")
_NAME = re.compile(r"[\u4e00-\u9fff（）()·、“”A-Za-z0-9×＊〇○]{3,45}")
# What the names of public bodies end in, and of the places that have budgets of their own.
_BODY_ENDS = tuple(
    "局厅委办室院校部处会道镇乡府站所队馆社心团署台司园库行学关庭联协组场宫段木基地店狱大苑军"
    "区县市省州盟旗"
)
_NO_NAME = re.compile(
    r"预算|决算|情况|说明|目录|公开表|总表|主要|年度|日期|来源|时间|网站|根据|以及"
    r"|我[们局办委厅院校]|本[部单]"
)
_STOP = re.compile(r"^目[录次]$|^第[一二1]部分|^[一1][、.．]|概况$|^主要职[能责]|^部门职[能责]")
_FURNITURE = re.compile(
    r"^(?:来源|信息来源|发布|时间|日期|浏览|字号|打印|分享|首页|当前位置|您的位置|索引号|文号|主题"
    r"|附件[\d一二三四五]{0,2}$|密级|编号|\d{1,4}$)|[>＞]"
)
_SENTENCE = re.compile(r"[。；;！？]")
_MOST_LINES = 40
_LONGEST_LINE = 60
_MOST_JOINED = 4


@dataclass(frozen=True, slots=True)
class Title:
    """What a title says; None for what it leaves open."""

    text: str
    organisation: str | None
    year: int | None
    kind: DocumentKind

    @property
    def weight(self) -> tuple[bool, bool, bool]:
        """How much it says, to be compared: a body's own name and a year before either alone."""
        is_named = self.organisation is not None and not is_region(self.organisation)
        return is_named and self.year is not None, self.year is not None, is_named


def title_of(text: str) -> Title | None:
    """Return the title that the lines at the top of a text make: the first that says the most."""
    lines = list(_top_lines(text))
    titles = [
        title
        for joined in range(1, _MOST_JOINED + 1)
        for start in range(len(lines) - joined + 1)
        if (title := title_in("".join(lines[start : start + joined])))
    ]
    return max(titles, key=lambda title: title.weight, default=None)


def title_in(line: str) -> Title | None:
    """Return what a line says as a title; nothing where it names neither budget nor accounts."""
    plain = _FUNDS.sub("", _YEAR.sub("", _MARK.sub("", line)))
    word = _KIND.search(plain)
    if word is None:
        return None
    years = years_in(line)
    is_budget = "预" in word.group()
    kind = DocumentKind.BUDGET if is_budget else DocumentKind.FINAL_ACCOUNTS
    if _OTHER_PAPERS.search(plain[word.end() :]):
        kind = DocumentKind.UNKNOWN
    return Title(_MARK.sub("", line), name_in(plain[: word.start()]), next(years, None), kind)


def names_alone(text: str) -> Iterator[str]:
    """Yield the names of bodies that have a line of their own at the top of a text."""
    names = (name_in(line.strip("（）()")) for line in _top_lines(text))
    return (name for name in names if name)


def years_in(text: str) -> Iterator[int]:
    """Yield the years a text names, in digits or in characters, dates left out."""
    return (int(match["year"].translate(_DIGITS)) for match in _YEAR.finditer(text))


def name_in(words: str) -> str | None:
    """Return the name of a body that some words are, with what is no part of it taken off.

    >>> name_in("关于青溪镇人民政府的部门"), name_in("收入支出")
    ('青溪镇人民政府', None)
    """
    name = _LEADING.sub("", _MARK.sub("", words)[-80:])
    while shorter := _TRAILING.sub("", name):
        if shorter == name:
            break
        name = shorter
    name = name if shorter else ""
    is_name = _NAME.fullmatch(name) and not _NO_NAME.search(name) and _is_closed(name)
    return name if is_name and name.rstrip("）)").endswith(_BODY_ENDS) else None


def _is_closed(name: str) -> bool:
    return name.count("（") + name.count("(") == name.count("）") + name.count(")")


def is_region(name: str) -> bool:
    """Tell whether a name is a place's and no body's.

    >>> is_region("临江县"), is_region("临江县人民政府")
    (True, False)
    """
    return bool(_REGION.search(name))


def _top_lines(text: str) -> Iterator[str]:
    """Yield the short lines above the contents and the first heading."""
    seen = 0
    for line in text[:6000].split("\n"):
        plain = _DATE.sub("", _MARK.sub("", line))
        if not plain or _FURNITURE.search(plain):
            continue
        seen += 1
        if seen > _MOST_LINES or _STOP.search(plain):
            return
        if len(plain) <= _LONGEST_LINE and not _SENTENCE.search(plain):
            yield plain
