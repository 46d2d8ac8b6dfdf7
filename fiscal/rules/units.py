"""Units as printed: percent signs and units left out, 元 among 万元, numbers in several formats.

A document says its amounts in one unit, as a rule 万元. A figure without a unit cannot be read; a
small amount in 元 among amounts in 万元 is mostly a slip of ten thousand times.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from fiscal.errors import Text
from fiscal.rules.passages import Passage, body, once
from fiscal.rules.rule import PUBLISHED, Rule, Severity
from fiscal.rules.slip import Slip, matched, mentioning, remarks
from fiscal.rules.view import View

__all__ = ["RULES"]

_LAW = ("publication_rules/4",)
_END = r"(?=\s*(?:[，。；、）)]|$))"
_NO_PERCENT = re.compile(
    rf"(?:增长|下降|上升|降低|占|占比)(?:了|为|约)?\s?\d{{1,4}}\.\d+{_END}"
    rf"|(?:占[^，。；\d]{{1,16}}|完成(?:年初|调整|全年)?预算的?)\s?\d{{1,4}}\.\d+{_END}"
    rf"|(?<=元[，、,])\s?(?:增加|减少)\s?\d{{1,4}}\.\d+{_END}"
)
_NO_UNIT = re.compile(
    r"(?:决算数?|预算数?|支出|收入|总计|合计|(?<!元[，、,])(?:增加|减少)|金额)(?:为|了|共)?\s?"
    rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,9}}\.\d{{2,6}}){_END}"
)
_MONEY = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d{1,6})?)\s?(万元|亿元|元)(?![/／以])"
)
_RATE = rf"\d\s?[%％]|{_NO_PERCENT.pattern}"
_NUMBER_OF_MONEY = f"{_MONEY.pattern}|{_NO_UNIT.pattern}"
# What stands before a number that lacks a percent sign and no unit of money.
_IS_RATE = re.compile(r"(?:占|完成)[^，。；]{0,16}$")
# Prices and rates are told in 元 everywhere.
_PRICE = re.compile(
    r"(?:人均|平均|单价|每[\u4e00-\u9fff]{1,3}|标准|限额|均价|单位|以上|以下|一次性|面值)[^，。；]{0,8}$"
)
_SMALL = Decimal(1000)
_MOST_SHOWN = 3
_MOST_IN_TEN_THOUSANDS = 5
_SEPARATED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?=\s?万?元)")
_PLAIN = re.compile(r"(?<![\d.,])\d{4,}(?:\.\d+)?(?=\s?万?元)")
_BROKEN = re.compile(r"\d，\d{3}(?!\d)|(?<=\d)[,.] \d{3}(?!\d)|\d \.\d|\d\. \d\d(?=\s?万元)")


def _percent_signs(view: View) -> Iterator[Slip]:
    return matched(
        _NO_PERCENT,
        body(view),
        view,
        lambda quote: Text(f"“{quote}”缺少百分号", f"the percent sign is missing in “{quote}”"),
    )


def _missing_units(view: View) -> Iterator[Slip]:
    """Yield amounts without unit, unless most have none: then the unit is declared elsewhere."""
    bare = [
        (each, found)
        for each in body(view)
        for found in _NO_UNIT.finditer(each.text)
        if not _IS_RATE.search(each.text[: found.start()])
    ]
    for passage, found in bare if len(bare) <= len(_amounts(view)) else ():
        quote = found.group()
        message = Text(f"“{quote}”后没有单位", f"“{quote}” has no unit")
        yield Slip(_subject(passage, found), message, (passage.span(view, *found.span()),))


@once
def _amounts(view: View) -> Iterator[tuple[Passage, re.Match[str]]]:
    return ((each, found) for each in body(view) for found in _MONEY.finditer(each.text))


def _is_in_ten_thousands(view: View) -> bool:
    """Tell whether a text says its amounts in 万元."""
    units = Counter(found.group(2) for _, found in _amounts(view))
    return units["万元"] >= _MOST_IN_TEN_THOUSANDS and units["万元"] > 3 * units["元"]


@once
def _in_yuan(view: View) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Yield the amounts in 元 of a text that says its amounts in 万元."""
    for passage, found in _amounts(view) if _is_in_ten_thousands(view) else ():
        before = passage.text[max(found.start() - 16, 0) : found.start()]
        if found.group(2) == "元" and not _PRICE.search(before):
            yield passage, found


def _small_amounts(view: View) -> Iterator[Slip]:
    for passage, found in _in_yuan(view):
        if not 0 < _value(found) < _SMALL:
            continue
        quote = found.group()
        message = Text(
            f"全文以万元为单位，这里写作{quote}，疑为{found.group(1)}万元",
            f"the text counts in 万元; {quote} is probably {found.group(1)}万元",
        )
        yield Slip(_subject(passage, found), message, (passage.span(view, *found.span()),))


def _mixed_units(view: View) -> Iterator[Slip]:
    for passage, found in _in_yuan(view):
        if 0 < _value(found) < _SMALL:
            continue
        quote = found.group()
        message = Text(
            f"全文以万元为单位，这里写作{quote}", f"the text counts in 万元, but {quote} in 元"
        )
        yield Slip(_subject(passage, found), message, (passage.span(view, *found.span()),))


def _value(found: re.Match[str]) -> Decimal:
    return Decimal(found.group(1).replace(",", ""))


def _subject(passage: Passage, found: re.Match[str]) -> str:
    """Return the words before an amount, which name what it is of."""
    words = re.split("[，。；：:]", passage.text[: found.start()])[-1]
    return re.sub(r"[\d\s]", "", words)[-24:] or "amount"


def _formats(view: View) -> Iterator[Slip]:
    """Yield what breaks a number, and one slip where separators are used here and not there."""
    broken = [(each, found) for each in body(view) for found in _BROKEN.finditer(each.text)]
    if broken:
        quotes = "、".join(dict.fromkeys(found.group() for _, found in broken[:_MOST_SHOWN]))
        message = Text(
            f"数字中有全角逗号或空格（{len(broken)} 处）：“{quotes}”",
            f"numbers with commas of full width or blanks ({len(broken)} times): “{quotes}”",
        )
        spans = tuple(passage.span(view, *found.span()) for passage, found in broken)
        yield Slip("broken numbers", message, spans)
    separated = [(each, found) for each in body(view) for found in _SEPARATED.finditer(each.text)]
    plain = [(each, found) for each in body(view) for found in _PLAIN.finditer(each.text)]
    if separated and plain:
        fewer = min(separated, plain, key=len)
        message = Text(
            f"千分位的写法不一致：{len(separated)} 处用逗号，{len(plain)} 处不用",
            f"thousands are parted by commas {len(separated)} times and not {len(plain)} times",
        )
        spans = tuple(passage.span(view, *found.span()) for passage, found in fewer)
        yield Slip("thousands", message, spans)


_PLAIN_TEXT = (
    "某市某局收入12.00万元，支出11.00万元，人员经费5.00万元，公用经费3.00万元，项目3.00万元。"
)

RULES = (
    Rule(
        id="U101",
        title=Text("比率带百分号", "rates have a percent sign"),
        gist=Text(
            "增长、下降、占比、完成后的数字没有百分号", "a rate or share without percent sign"
        ),
        why=Text("没有百分号会读成金额或倍数", "without it a rate reads like an amount"),
        false_positives=Text(
            "“占地3.5”一类省略了单位的数", "areas and the like without their unit"
        ),
        severity=Severity.WARNING,
        law=_LAW,
        find=remarks("U101", _percent_signs, among=mentioning(_RATE)),
        kinds=PUBLISHED,
        good="比2023年度增加3.00万元，增长12.50%。",
        bad="比2023年度增加3.00万元，增长12.50。",
        remedy=Text("补上百分号", "add the percent sign"),
    ),
    Rule(
        id="U102",
        title=Text("金额带单位", "amounts have a unit"),
        gist=Text("金额后面没有元或万元", "an amount without 元 or 万元"),
        why=Text("没有单位的金额不知大小", "without its unit an amount says nothing"),
        false_positives=Text("文件别处声明了单位", "a unit declared elsewhere"),
        severity=Severity.WARNING,
        law=_LAW,
        find=remarks("U102", _missing_units, among=mentioning(_NUMBER_OF_MONEY)),
        kinds=PUBLISHED,
        good="一般公共预算支出决算数为1937.43万元，完成预算的100%。",
        bad="收入12.00万元，一般公共预算支出决算数为1937.43，完成预算的100%。",
        remedy=Text("补上单位", "add the unit"),
    ),
    Rule(
        id="U103",
        title=Text("没有把万元写成元", "no 万元 is written as 元"),
        gist=Text(
            "以万元为单位的文件里出现不到 1000 元的金额",
            "an amount below 1,000 元 in a document that counts in 万元",
        ),
        why=Text("元与万元相差一万倍，是最常见的差错", "the commonest slip, of ten thousand times"),
        false_positives=Text("单价、标准等本来以元计", "prices and rates, which are in 元"),
        severity=Severity.WARNING,
        law=_LAW,
        find=remarks("U103", _small_amounts, among=_is_in_ten_thousands),
        kinds=PUBLISHED,
        good=_PLAIN_TEXT,
        bad=_PLAIN_TEXT + "退休费支出决算为13.52元。",
        remedy=Text("核对单位", "check the unit"),
    ),
    Rule(
        id="U104",
        title=Text("金额用同一单位", "amounts are in one unit"),
        gist=Text("元与万元混用", "元 beside 万元"),
        why=Text("单位不一，数字不能一眼比较", "figures in two units cannot be compared at sight"),
        false_positives=Text("单价、标准等本来以元计", "prices and rates, which are in 元"),
        severity=Severity.NOTICE,
        law=_LAW,
        find=remarks("U104", _mixed_units, among=_is_in_ten_thousands),
        kinds=PUBLISHED,
        good=_PLAIN_TEXT,
        bad=_PLAIN_TEXT + "项目经费结转315914.84元。",
        remedy=Text("统一为万元", "use 万元 throughout"),
    ),
    Rule(
        id="U105",
        title=Text("数字写法一致", "numbers are written in one way"),
        gist=Text(
            "数字里有全角逗号或空格，或千分位时有时无",
            "commas of full width or blanks in a number, or thousands parted only at times",
        ),
        why=Text("写法不一容易误读", "mixed formats are easily misread"),
        false_positives=Text("引用的外部数字", "numbers quoted from elsewhere"),
        severity=Severity.NOTICE,
        law=_LAW,
        find=remarks("U105", _formats, among=mentioning(r"\d")),
        kinds=PUBLISHED,
        good="收入3,121.42万元，支出3,021.42万元。",
        bad="收入3,121.42万元，支出3021.42万元，结转1，100.00万元。",
        remedy=Text("统一写法", "use one format"),
    ),
)
