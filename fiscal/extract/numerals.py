"""Every numeral of a text, as a quantity with its unit or as something that is no figure.

One pass finds all numerals; what is a year, a date, a code, a document's or a list's number, a
threshold or a template's instruction is told by the words around it and is no quantity. The text
is matched through a map of one character for one, so that every place is a place in the original.

>>> [(n.number, n.unit) for n in numerals("2019年支出1,937.43 万元，占７５.14%") if n.kind is None]
[(Decimal('1937.43'), '万元'), (Decimal('75.14'), '%')]
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from fiscal.money import UNITS

__all__ = ["COUNTED", "SIGNS", "UNREADABLE", "Numeral", "normalised", "numerals"]

# One character for one: offsets into the normalised text are offsets into the original.
_SAME_LENGTH = str.maketrans("０１２３４５６７８９．％－−﹣　（）：；", "0123456789.%---\u0020():;")

COUNTED = (
    "批次|人次|车次|班次|场次|台次|辆次|户次|条次|件次|次|台(?:\\(套\\)|套)?|套|辆|人|名|位|户|家|个|项|件|条|篇|份|册|卷|期|起|场|"
    "班|本|张|处|只|支|片|座|所|间|幅|亩|平方米|平方公里|公里|千米|米|吨|公斤|千克|小时|分钟|天|月|年|岁|块|批|"
    "单|户|株|头|艘|架|部|级|类|种|门|节|课时|学时|页|字|倍|届"
)
_UNIT = re.compile(
    rf"\s*(?:余|多)?\s*(?P<unit>{'|'.join(sorted(UNITS, key=len, reverse=True))}|个百分点|%|‰|"
    rf"万(?![\u4e00-\u9fff])|分(?!别|类|项|为|布|钟)|{COUNTED})"
)
_NUMERAL = re.compile(
    r"(?:(?:(?<![\d\w)%）])|(?<=[率幅额为]))[-—](?=\d))?"
    r"(?:\d+(?:\.\d+){2,}|\d{1,3}(?:,[^\S\t\n]?\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:，\d{3})+\.\d+|\d+(?:\.\d+)?)"
)
# Units that no name of a heading begins with: 15820人 is a count, 20101 人大事务 a code.
_COUNTED_HERE = (
    "(?:人次?|名|户|台|套|条|场|次)(?=[，,。;:、)\\s]|$)|个(?!人)|户|亩|平方米|公里|件|人次"
)
_LONGEST_NUMERAL = 30
# What may be a sign where it stands right before the digits, or only a mark.
SIGNS = "-−－﹣—–―△▲"
# Kinds of numerals that may be figures, but cannot be read.
UNREADABLE = ("too_long", "malformed")

# Blanks are bounded, so that no run of them is walked twice.
# What numerals are when they are no figures, each a pattern around them; the first that fits wins.
_NON_FACTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.MULTILINE))
    for kind, pattern in (
        (
            "bookmark",
            r"\[bookmark:[^\]\n]{0,80}\]|PAGEREF[^\n\t]{0,60}?\\h(?:\s{0,3}\d+)?|HYPERLINK[^\n]{0,120}",
        ),
        (
            "web_address",
            r"(?:https?://|www\.)[^\s，。；）)]{1,200}|[A-Za-z0-9.]{1,64}@[A-Za-z0-9.]{1,64}",
        ),
        (
            "template_text",
            r"\((?=[^()\n]{0,200}(?:罗列|简要|公开内容|填写|字以内|字左右|列明|如有|若无|若有|应当公开|请按|选取|"
            r"概述|描述项目|根据实际|删除|模板|仅供参考))[^()\n]{1,300}\)|(?<!\d)\d{1,5}\s?字(?:以内|左右|以下)",
        ),
        (
            "document_number",
            r"[〔\[【(]\s{0,3}(?:19|20)\d\d\s{0,3}[〕\]】)]\s{0,3}第?\s{0,3}\d{1,5}\s{0,3}号|第\s{0,3}\d{1,6}\s{0,3}号|(?<!\d)\d{1,5}\s{0,3}号(?!楼)",
        ),
        (
            "date",
            r"(?:19|20)\d\d\s{0,3}年度?\s{0,3}\d{1,2}\s{0,3}月(?:\s{0,3}\d{1,2}\s{0,3}[日号])?|(?<!\d)\d{1,2}\s{0,3}月\s{0,3}\d{1,2}\s{0,3}[日号]"
            r"|(?<![\d.])\d{1,2}\s{0,3}月(?=\s{0,3}(?:份|底|末|初|至|到|-|—|起|以|,|，|、|\d))|(?<=[至到\-—])\s{0,3}\d{1,2}\s{0,3}月"
            r"|(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|(?<!\d)\d{1,2}:\d\d(?!\d)",
        ),
        (
            "year",
            r"(?<![\d.])(?:19|20)\d\d\s{0,3}(?:[-–—~至到、和]\s{0,3}(?:19|20)\d\d\s{0,3}){0,9}(?:年|(?=(?:财政|会计)?年?度|预算|决算))"
            r"|(?<![\d.,])(?:19|20)\d\d(?=\s{0,3}(?:[-–—~至到]\s{0,3})(?:19|20)?\d\d年)|^[^\S\n]*(?:19|20)\d\d[^\S\n]*$",
        ),
        (
            "code",
            r"\(\s{0,3}[1235]\d{2}(?:-?\d{2}){1,2}\s{0,3}\)|(?<=支出|补助|收入|费用|支付)\(\s{0,3}[1235]\d{2}\s{0,3}\)|\(\s{0,3}\d{3}\s{0,3}类\s{0,3}\)|\(\s{0,3}\d{2}\s{0,3}[款项目]\s{0,3}\)|(?<![\d.,])\d{3}\s{0,3}类(?=\s{0,3}\d{2}\s{0,3}款)"
            r"|(?<=款)\s{0,3}\d{2}\s{0,3}项|(?<=类)\s{0,3}\d{2}\s{0,3}款"
            rf"|(?<![\d.,\-A-Za-z])[1235]\d{{2}}(?:-?\d{{2}}){{1,2}}(?![\d.,]|\s{{0,3}}(?:万|元|亿|千|%|{_COUNTED_HERE}))(?=[\s\u4e00-\u9fff(]|$)",
        ),
        (
            "figure_number",
            r"[图表]\s{0,3}\d{1,2}(?:-\d{1,2})?(?=[:：\s、.]|[\u4e00-\u9fff)])|公开\s{0,3}\d{2}\s{0,3}表?|[财预决]\w?\d{2}表",
        ),
        ("attachment_number", r"(?:附件|附表|附录|附)\s{0,3}\d{1,2}(?!\d)(?:[-—]\d{1,2})?"),
        (
            "list_number",
            r"^(?:\[bookmark:[^\]\n]{0,80}\]|[^\S\n])*\(?[^\S\n]?\d{1,3}\s{0,3}\)?\s{0,3}(?:[、.．](?!\d)|(?<=\)))|\(\s{0,3}\d{1,2}\s{0,3}\)"
            r"|(?<=[。；;:：\s])\d{1,2}[．.、](?!\d)|第\s{0,3}\d{1,3}\s{0,3}(?=部分|章|节|条|款|项|批|届|期|次|季度|名|位)",
        ),
        (
            "threshold",
            r"单(?:价|位价值|台价值)[^，。；\n]{0,6}?\d+(?:\.\d+)?\s{0,3}万元\s{0,3}(?:\(\s?含\))?\s{0,3}(?:\(含[^()]{0,8}\))?\s{0,3}(?:及|以)?\s{0,3}以?上"
            r"|(?<![\d.])\d+(?:\.\d+)?\s{0,3}(?:万元|个|项|件|人|年)?\s{0,3}\(含[^()]{0,8}\)\s{0,3}(?:以上|以下|以内)",
        ),
        (
            "name",
            r"(?<![A-Za-z])[A-Za-z]{1,20}[-+.]?\d{1,9}(?:\.\d{1,9})?[A-Za-z]{0,9}|(?<![\d.])\d{1,9}[A-Za-z]{1,20}(?![\w])",
        ),
        (
            "telephone",
            r"(?<!\d)0\d{2,3}[-—]?\d{7,8}(?!\d)|(?<!\d)1[3-9]\d{9}(?![\d.]|\s{0,3}(?:[万亿千]|元))",
        ),
        (
            "page_number",
            r"^\u0020*[-—]?\u0020?\d{1,3}\u0020?[-—]?\u0020*$|第\s{0,3}\d+\s{0,3}页|共\s{0,3}\d+\s{0,3}页|(?<=[.…·]{4})\s{0,3}\d{1,3}\s{0,3}$",
        ),
    )
)


_GROUPING = re.compile(r"[,，\s]")


class Numeral(NamedTuple):
    """A numeral: characters `start` to `end`, its exact number, and its unit up to `unit_end`.

    `kind` is None for a quantity, else what it is instead. `is_approximate` tells of 余 or 多.
    """

    start: int
    end: int
    number: Decimal
    unit: str
    unit_end: int
    kind: str | None = None
    is_approximate: bool = False


def normalised(text: str) -> str:
    """Return a text with half-width digits and marks, character for character."""
    return text.translate(_SAME_LENGTH)


def numerals(text: str) -> list[Numeral]:
    """Return every numeral of a text in order."""
    plain = normalised(text)
    matches = list(_NUMERAL.finditer(plain))
    # A minus is no digit of what a year or a date is told by.
    places = [match.start() + (not plain[match.start()].isdecimal()) for match in matches]
    kinds = _kinds_at(plain, places)
    return [
        _numeral(plain, match, kinds.get(place))
        for match, place in zip(matches, places, strict=True)
    ]


def _kinds_at(plain: str, places: Sequence[int]) -> dict[int, str]:
    """Return what the numerals with their first digits at some places are, if no figures."""
    kinds: dict[int, str] = {}
    for kind, pattern in _NON_FACTS if places else ():
        for match in pattern.finditer(plain):
            start, end = match.span()
            for at in range(bisect_left(places, start), bisect_left(places, end)):
                kinds.setdefault(places[at], kind)
    return kinds


def _numeral(plain: str, match: re.Match[str], kind: str | None) -> Numeral:
    start, end = match.span()
    if end - start > _LONGEST_NUMERAL:
        return Numeral(start, end, Decimal(0), "", end, kind or "too_long")
    printed = match.group()
    if printed.count(".") > 1:
        return Numeral(start, end, Decimal(0), "", end, kind or "malformed")
    number = Decimal(_GROUPING.sub("", printed).replace("—", "-"))
    unit = None if kind else _UNIT.match(plain, end)
    if unit is None:
        return Numeral(start, end, number, "", end, kind)
    is_approximate = "余" in unit.group() or "多" in unit.group()
    return Numeral(start, end, number, unit["unit"], unit.end(), None, is_approximate)
