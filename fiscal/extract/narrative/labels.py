"""Labels: from the words before a figure to what the figure is of.

Offices wrap the same few words around every name: 其中, 2019年度, 支出决算为, 合计. What is left
when these are taken away is the label; a label of nothing means the one said before.

>>> label_of("2019年一般公共服务支出决算为")
'一般公共服务支出'
>>> label_of("其中：公务用车购置及运行维护费合计"), label_of("支出决算为")
('公务用车购置及运行维护费', '')
>>> both_sides("财政拨款收、支总计")
('财政拨款收入总计', '财政拨款支出总计')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

__all__ = ["both_sides", "count_label", "label_of", "without_blanks"]

_YEAR = (
    r"(?:(?:19|20)\d\d\s?年?度?|[本上]年度|上年|全年(?=[^初])|当年|年度内?|今年"
    r"|本年(?!收入|支出|度))"
)
_ORDINAL = (
    r"[(（][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[)）、]|\d{1,2}[.．、)）](?!\d)"
    r"|[⑴-⒇①-⑳]|\d{1,2}月(?:份)?[至到—-]\d{1,2}月(?:份)?"
)
_SELF = (
    r"(?:我|本)(?:办|局|委|部门|部|厅|院|校|单位|处|中心|镇|乡|街道|区|县|市|级(?!支出|收入|预算))(?:门)?"
    r"(?:\(单位\)|（单位）)?"
)
_LEADING = re.compile(
    rf"^(?:[\s\0:：,，;；、。.)）(（]*(?:{_ORDINAL}|{_YEAR}|其中|包括|包含|含(?!税)|另外|另(?!行)|此外|同时|截至[^，,。]{{0,20}}(?:底|日|末)|共有|"
    r"共计|共(?!同|有)|按照?规定|各(?!项|级|类)|均|分别(?:是|为)?|(?:主要)?(?:变动)?(?:的)?(?:主要)?原因(?:是|为|在于)?|由于|因(?!公)|"
    rf"主要(?:是|为)|{_SELF}|各预算单位|所属各?预算单位|单位(?=共)|在(?!职|建|校|编)|对(?!附属|个人|企|社)|将|并(?!轨)|与|和|及|以及|至|的|"
    r"中(?![小央等学心共])|里|累计(?!人)|列支|发生|是|由|还|使用财政拨款|安排|参加|列明|部门(?=共|政府采购|机关运行|资产总额|20\d\d年)|[^，,。]{0,12}中(?=共(?!中央|党))|[一二三四五六七八九十]是|用于|主要用于))*"
    r"[\s\0:：,，;；、。.)）(（]*"
)
_TRAILING = re.compile(
    r"(?:[\s:：]*(?:(?:收入|支出)?(?:年初|全年|调整后?|当年|年度)?(?:决算|预算|执行)(?:数|总额|数额)?(?:总计)?|实际支[出付]|实际完成|"
    r"(?<!收入)(?<!支出)(?<!收支)(?<!、支)(?<!^)合计|共计|累计|总额(?=为)|均|各|分别|[为是约]|达到?|共有?|开支|安排|(?<!人)数|实现|发生|列支|完成))*[\s:：（(]*$"
)
# 决算 and 预算 after 支出 or 收入 go, the noun stays: 一般公共服务支出决算为 is 一般公共服务支出.
_NOUN = re.compile(r"(?P<noun>支出|收入)(?=(?:年初|全年|调整后?)?(?:决算|预算|执行))")
_BOTH_SIDES = re.compile(
    r"^(?P<stem>.*?)收(?:入)?\s?[、,，/和与及]?\s?支(?:出)?(?P<rest>(?:决算|预算)?(?:总计|总额|合计|总数|总体)|总预算)$"
)
_ASIDE = re.compile(
    r"[（(](?:含|不含|包括|不包括|包含|其中|注|以[^（()）]{0,20}(?:为准|计)|下同|以下简称|单位)[^（()）]{0,40}[)）]"
)
_AGAINST = re.compile(r"(?:(?:比|较|与|同)(?:上|去|年初|(?:19|20)\d\d)[^，,]{0,6}|^[比较与同])$")
_PAID = re.compile(
    r"^.{0,60}?(?:开支|使用|动用)(?:一般公共预算)?财政拨款(?:开支|安排)?的?(?=公务用车)"
)
_YEAR_WITHIN = re.compile(r"(?<=的)(?:19|20)\d\d年度?")
_QUOTED = re.compile(r"[“\"]((?:[^“”\"]|“[^“”\"]*”)+)[”\"](?:科目)?")
_BRACKETS = {"（": "）", "(": ")"}
_NAMES = re.compile(r"((?:收入|支出|收支|政府采购)预算(?:总额)?|(?:财政拨款)?收支总预算)[为是]?")
_TOTAL = re.compile(
    r"(?P<side>(?:本年)?(?:收入|支出)|(?:财政拨款)?收入?、支出?)(?:决算|预算)(?P<total>[总合]计)[为是]?"
)
_A_BUDGET = re.compile(r"(?:一般公共|政府性基金|国有资本经营|社会保险基金)预算")
_LONGEST = 200
_STEM = re.compile(r"(?:费用|经费|费|支出|次数|人次|批次|人数)+$")


def label_of(words: str, bodies: Sequence[str] = ()) -> str:
    """Return what the words before a figure name, without the names of the body itself."""
    return _label(words[-_LONGEST:], tuple(bodies))


def without_blanks(text: str) -> str:
    """Return words without blanks, line breaks and blanked marks, which stand anywhere."""
    return "".join(text.replace("\0", " ").split())


# Most labels are met several times: by an amount, its change and its rate.
@lru_cache(maxsize=8192)
def _label(words: str, bodies: tuple[str, ...]) -> str:
    label = without_blanks(words)
    for body in bodies:
        label = label.replace(body, "")
    label = _AGAINST.sub("", _PAID.sub("", _YEAR_WITHIN.sub("", _ASIDE.sub("", label))))
    label = _LEADING.sub("", label, count=1)
    if _A_BUDGET.fullmatch(label):
        return label
    named = _NAMES.fullmatch(label)
    if named:
        return named[1]
    total = _TOTAL.fullmatch(label)
    if total:
        return total["side"] + total["total"]
    noun = _NOUN.search(label)
    if noun and noun.start() > 0 and not _TRAILING.sub("", label[noun.end() :]):
        return _closed(label[: noun.end()])
    return _closed(_TRAILING.sub("", label))


def _closed(label: str) -> str:
    """Drop an opening bracket that is never closed, with what follows it where nothing precedes."""
    for opening, closing in _BRACKETS.items():
        place = label.rfind(opening)
        if place >= 0 and closing not in label[place:] and not _other(closing, label[place:]):
            label = label[:place] or label[place + 1 :]
    label = label.strip("、，,；;。:： -—")
    quoted = _QUOTED.fullmatch(label)
    return quoted[1] if quoted else label.removeprefix("”")


def _other(closing: str, text: str) -> bool:
    # A bracket opened at half width is often closed at full width.
    return any(mark in text for mark in _BRACKETS.values() if mark != closing)


def both_sides(label: str) -> tuple[str, str] | None:
    """Return the two labels that 收、支总计 and its kin stand for, or None for one label."""
    match = _BOTH_SIDES.match(label)
    if match is None:
        return None
    rest = match["rest"].replace("总预算", "总计").replace("决算", "").replace("预算", "")
    return f"{match['stem']}收入{rest}", f"{match['stem']}支出{rest}"


def count_label(stem: str, unit: str) -> str:
    """Return the label of a count of batches or persons: what is counted, and how.

    >>> count_label("公务接待费支出", "批次"), count_label("出国（境）", "人")
    ('公务接待批次', '出国（境）人数')
    """
    name = _STEM.sub("", stem) or stem
    if unit in ("批次", "人次"):
        return name if name.endswith(unit) else f"{name}{unit}"
    return f"{name}人数" if unit == "人" and name.endswith(("）", ")", "出国")) else stem
