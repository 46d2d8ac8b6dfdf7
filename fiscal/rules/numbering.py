"""Headings and items numbered in order: none twice, none left out, one kind of numeral.

A list is a run of items with the same kind of mark. It goes on where the next number follows, and a
1 begins a new one; a list of another kind between two items belongs to the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from fiscal.errors import Text
from fiscal.rules.passages import Passage, body, once
from fiscal.rules.rule import PUBLISHED, Rule, Severity
from fiscal.rules.slip import Slip, remarks
from fiscal.rules.view import View

__all__ = ["RULES"]

_CHINESE = "一二三四五六七八九"
_MARKS = (
    ("part", re.compile(r"第\s?([一二三四五六七八九十]{1,3}|\d{1,2})\s?部分")),
    ("chinese", re.compile(r"([一二三四五六七八九十]{1,3})、")),
    ("bracketed", re.compile(r"[（(]([一二三四五六七八九十]{1,3})[)）]")),
    ("point", re.compile(r"(\d{1,2})[.．](?!\d)")),
    ("comma", re.compile(r"(\d{1,2})、")),
    ("digit", re.compile(r"[（(](\d{1,2})[)）]")),
    ("circled", re.compile(r"([①-⑳])")),
    ("parenthesised", re.compile(r"([⑴-⒇])")),
)
# 1. and 1、 are one kind of mark to most writers.
_SAME = {"comma": "point"}
_IS_SECTION = re.compile(r"(?:情况说明|情况的说明|决算表|预算表|说明)$")
# A number farther on belongs to another list.
_NEAR = 3


class _Item(NamedTuple):
    kind: str
    number: int
    passage: Passage
    mark: tuple[int, int]
    is_chinese: bool


@once
def _items(view: View) -> Iterator[_Item]:
    for passage in body(view):
        start = len(passage.text) - len(passage.text.lstrip())
        for kind, pattern in _MARKS:
            found = pattern.match(passage.text, start)
            if found:
                number = _number(found.group(1))
                is_chinese = found.group(1)[0] in _CHINESE + "十"
                yield _Item(_SAME.get(kind, kind), number, passage, found.span(), is_chinese)


def _number(numeral: str) -> int:
    if numeral.isdecimal() and numeral.isascii():
        return int(numeral)
    for first in ("①", "⑴"):
        if ord(first) <= ord(numeral[0]) < ord(first) + 20:
            return ord(numeral[0]) - ord(first) + 1
    tens, _, ones = numeral.rpartition("十")
    has_ten = "十" in numeral
    return (_digit(tens) or 1) * 10 * has_ten + _digit(ones)


def _digit(numeral: str) -> int:
    return _CHINESE.index(numeral) + 1 if numeral and numeral in _CHINESE else 0


def _out_of_order(view: View) -> Iterator[Slip]:
    """Yield items whose number does not follow the one before in their list."""
    open_lists: dict[str, _Item] = {}
    for item in _items(view):
        if _is_section_in_digits(item):
            continue
        before = open_lists.get(item.kind)
        if before and not _follows(item, before, view):
            yield _slip(item, before.number, view)
        kinds = list(open_lists)
        # A list of another kind that began below this one has ended.
        for below in kinds[kinds.index(item.kind) + 1 :] if before else ():
            del open_lists[below]
        open_lists[item.kind] = item


def _follows(item: _Item, before: _Item, view: View) -> bool:
    """Tell whether an item goes on with its list or begins one; what is far off is no list."""
    if item.number in (1, before.number + 1) or item.number > before.number + _NEAR:
        return True
    if item.number <= before.number:
        return False
    # Parts are told by their tables as well; items may stand within a paragraph.
    between = view.document.text[before.passage.start : item.passage.start]
    missing = item.passage.text[slice(*item.mark)].replace(
        _numeral(item), _written(before.number + 1, item)
    )
    return item.kind == "part" or missing in between


def _numeral(item: _Item) -> str:
    return re.sub(r"[第部分（）()、.．\s]", "", item.passage.text[slice(*item.mark)])


def _written(number: int, item: _Item) -> str:
    if not item.is_chinese:
        return str(number)
    tens, ones = divmod(number, 10)
    ten = ("" if tens == 1 else _CHINESE[tens - 1]) + "十" if tens else ""
    return ten + (_CHINESE[ones - 1] if ones else "")


def _is_section_in_digits(item: _Item) -> bool:
    return item.kind == "point" and bool(_IS_SECTION.search(item.passage.title))


def _slip(item: _Item, before: int, view: View) -> Slip:
    mark = item.passage.text[slice(*item.mark)]
    if item.number == before:
        message = Text(f"编号“{mark}”重复", f"the number “{mark}” is given twice")
    else:
        message = Text(
            f"编号“{mark}”前一个是 {before}，中间缺号或次序有误",
            f"“{mark}” follows {before}: a number is missing or out of order",
        )
    subject = item.passage.title[:30]
    return Slip(subject, message, (item.passage.span(view, *item.mark),))


def _mixed_numerals(view: View) -> Iterator[Slip]:
    """Yield parts and sections numbered in digits where the others are in Chinese."""
    items = _items(view)
    for kind, is_odd in (("part", _is_part_in_digits), ("chinese", _is_section_in_digits)):
        others = {
            each.number
            for each in items
            if each.kind == kind and each.is_chinese
            if kind == "part" or _IS_SECTION.search(each.passage.title)
        }
        for item in filter(is_odd, items):
            beside = {item.number - 1, item.number + 1} & others
            is_gap = item.number not in others and beside
            if is_gap or len(others) > item.number:
                mark = item.passage.text[slice(*item.mark)]
                message = Text(
                    f"“{mark}”用阿拉伯数字，同级标题用中文数字",
                    f"“{mark}” is in digits, its neighbours in Chinese numerals",
                )
                yield Slip(item.passage.title, message, (item.passage.span(view, *item.mark),))


def _sections(view: View) -> list[_Item]:
    return [item for item in _items(view) if item.kind in ("part", "chinese")]


def _is_part_in_digits(item: _Item) -> bool:
    return item.kind == "part" and not item.is_chinese


RULES = (
    Rule(
        id="L701",
        title=Text("编号连续", "numbers follow one another"),
        gist=Text(
            "标题或条目的编号重复、缺号或次序颠倒", "a number twice, left out or out of order"
        ),
        why=Text("缺号可能是漏了内容", "a missing number may be missing content"),
        false_positives=Text("自动编号在转换中丢失", "automatic numbers lost in conversion"),
        severity=Severity.NOTICE,
        law=("publication_rules/4",),
        find=remarks("L701", _out_of_order, among=_items),
        kinds=PUBLISHED,
        good="一、收入情况\n\n（一）概况\n\n（二）来源\n\n二、支出情况\n\n（一）概况\n\n三、其他",
        bad="一、收入情况\n\n（一）概况\n\n（三）来源\n\n二、支出情况\n\n二、其他",
        remedy=Text("核对编号和内容", "check the numbers and the content"),
    ),
    Rule(
        id="L702",
        title=Text("同级标题用同一种数字", "headings of a level have one kind of numeral"),
        gist=Text("一、二、之间出现 3、", "digits among Chinese numerals"),
        why=Text("同级标题体例应当一致", "headings of a level look alike"),
        false_positives=Text("自动编号在转换中变样", "automatic numbers changed in conversion"),
        severity=Severity.NOTICE,
        law=("publication_rules/4",),
        find=remarks("L702", _mixed_numerals, among=_sections),
        kinds=PUBLISHED,
        good="第一部分 概况\n\n第二部分 决算情况说明\n\n第三部分 名词解释",
        bad="第一部分 概况\n\n第二部分 决算情况说明\n\n第3部分 名词解释",
        remedy=Text("统一为中文数字", "use Chinese numerals"),
    ),
)
