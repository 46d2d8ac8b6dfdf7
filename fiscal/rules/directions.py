"""Words of direction against the figures beside them: 增加, 下降, 大于, 持平, and the reasons.

A sentence says one thing twice, in a word and in figures. Both stand side by side, so what they say
can be compared without knowing what the figures are of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest

from fiscal.errors import Text
from fiscal.rules.passages import Passage, body
from fiscal.rules.rule import PUBLISHED, Rule, Severity
from fiscal.rules.shares import ADJUSTED
from fiscal.rules.slip import Slip, mentioning, remarks, shortened
from fiscal.rules.view import View

__all__ = ["RULES"]

_LAW = ("publication_rules/4", "budget_law/75")
_AMOUNT = r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d{1,6})?)\s?(万元|亿元|元)"
_DIRECTIONS = {
    **dict.fromkeys(("增加", "增长", "上升", "提高", "大于", "高于", "多于", "超过"), 1),
    **dict.fromkeys(("减少", "下降", "降低", "小于", "低于", "少于"), -1),
    **dict.fromkeys(("持平", "一致", "相同", "等于"), 0),
}
_CHANGE = r"(增加|减少|增长|下降|上升|降低)"
_AMOUNT_AND_RATE = re.compile(
    rf"{_CHANGE}了?\s?{_AMOUNT}\s?[，,]\s?(?:同比)?{_CHANGE}了?\s?[\d.]+\s?[%％]"
)
_BUDGET_AND_FINAL = re.compile(
    rf"预算(?:数)?为\s?{_AMOUNT}\s?[，,；;。]\s?(?:支出)?决算(?:数)?为\s?{_AMOUNT}"
)
_COMPARED = re.compile(
    r"决算数?\s?(?:(大于|小于|高于|低于|多于|少于|等于)(?:年初|调整|全年)?预算"
    r"|(?:与|同|和)(?:年初|调整|全年)?预算数?(基本)?(持平|一致|相同))"
)
_BEFORE_AND_NOW = re.compile(
    rf"(?:执行数|预算数|预算|决算数)为\s?{_AMOUNT}\s?[，,]\s?20\d\d年(?:预算)?(?:安排|数为|预算数为)\s?{_AMOUNT}"
    r"\s?[，,]\s?(?:比|与|较|同)20\d\d年[\u4e00-\u9fff]{0,10}?(增加|减少|增长|下降|持平)"
)
_UNITS = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(10**8)}
_REACH = 160
# What 基本持平 may be off by.
_ABOUT = Decimal("0.05")
_REASON = re.compile(
    r"(增加|减少|增长|下降|持平)(?:了)?[\d.,]*(?:万元|[%％])?[，,。；]?\s?"
    r"(?:(?:(?!增加|减少|增长|下降|持平)[\u4e00-\u9fff“”]){0,16}的?)?主要(?:变动)?(?:原因|因素)(?:是|为)?[：:]?\s?([^。；\n]{2,60})[。；]"
)
_CHANGED = re.compile(
    r"(?:比|与|较)(?:20\d\d年|上一?年|去年|年初)[^。；\n]{0,40}?(?:增加|减少)了?\s?"
    r"(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.\d+)?\s?[万亿]?元"
)
_REASON_WITHIN = 4
_REASONED = re.compile(r"原因|由于|因为|系因|主要是|主要用于|因[^公此]|导致|所致|缘于|为了")
_SAYS_DIRECTION = re.compile(r"增加|减少|增长|下降|压减|压缩|保持不变|无变化|持平")
_ENDS_IN_DIRECTION = re.compile(rf"(?:{_SAYS_DIRECTION.pattern})(?:等|支出|支付|经费){{0,2}}$")
# 0.01万元: a difference that offices still speak of can be seen in such steps.
_FINE_STEP = Decimal("0.01") * _UNITS["万元"]
_SAID = {
    **_DIRECTIONS,
    "压减": -1,
    "压缩": -1,
    "保持不变": 0,
    "无变化": 0,
}


def _rates(view: View) -> Iterator[Slip]:
    for passage in body(view):
        for found in _AMOUNT_AND_RATE.finditer(passage.text):
            first, second = found.group(1), found.group(4)
            if _DIRECTIONS[first] != _DIRECTIONS[second]:
                message = Text(
                    f"金额说“{first}”，比率说“{second}”：“{shortened(found.group())}”",
                    f"the amount says {first}, the rate {second}",
                )
                yield _slip(passage, found.span(), message, view)


_LEAD = 4


def _budget_and_final(view: View) -> Iterator[Slip]:
    for passage in body(view):
        pairs = list(_BUDGET_AND_FINAL.finditer(passage.text))
        for found, after in zip_longest(pairs, pairs[1:]):
            end = min(after.start() if after else len(passage.text), found.end() + _REACH)
            said = _COMPARED.search(passage.text, found.end(), end)
            named = passage.text[max(found.start() - _LEAD, 0) : found.end()]
            is_of_another = said and "年初" in said.group() and ADJUSTED.search(named)
            if said and not is_of_another:
                word = said.group(1) or said.group(3)
                budget, final = _value(found, 1), _value(found, 3)
                leeway = budget * _ABOUT if said.group(2) else Decimal(0)
                if not _fits(word, final - budget, leeway, _step(found)):
                    yield _slip(passage, said.span(), _contrary(said.group(), found), view)


def _before_and_now(view: View) -> Iterator[Slip]:
    for passage in body(view):
        for found in _BEFORE_AND_NOW.finditer(passage.text):
            before, now = _value(found, 1), _value(found, 3)
            if not _fits(found.group(5), now - before, Decimal(0), _step(found)):
                message = _contrary(found.group(5), found)
                yield _slip(passage, found.span(5), message, view)


def _fits(word: str, difference: Decimal, leeway: Decimal, step: Decimal) -> bool:
    """Tell whether a word may be said of a difference between amounts printed in such steps.

    Printed alike in coarse steps (0万元, 0万元), one may still be more than the other.
    """
    direction = _DIRECTIONS[word]
    if direction == 0:
        return abs(difference) <= leeway
    return difference * direction > 0 or (difference == 0 and step > _FINE_STEP)


def _step(found: re.Match[str]) -> Decimal:
    """Return the coarser of the last printed places of two amounts, in the unit of `_value`."""
    decimals = {group: len(found.group(group).partition(".")[2]) for group in (1, 3)}
    steps = (
        Decimal(1).scaleb(-printed) * _UNITS[found.group(group + 1)]
        for group, printed in decimals.items()
    )
    return max(steps)


def _value(found: re.Match[str], group: int) -> Decimal:
    return Decimal(found.group(group).replace(",", "")) * _UNITS[found.group(group + 1)]


def _contrary(words: str, found: re.Match[str]) -> Text:
    before, now = "".join(found.group(1, 2)), "".join(found.group(3, 4))
    return Text(
        f"“{words}”与数字不符：前一个是{before}，后一个是{now}",
        f"“{words}” is contrary to the figures: {before}, then {now}",
    )


def _reasons(view: View) -> Iterator[Slip]:
    """Yield reasons that explain a change in the other direction."""
    for passage in body(view):
        for found in _REASON.finditer(passage.text):
            said = _SAYS_DIRECTION.findall(found.group(2))
            directions = {_SAID[word] for word in said}
            is_clear = len(directions) == 1 and _ENDS_IN_DIRECTION.search(found.group(2))
            if is_clear and _DIRECTIONS[found.group(1)] not in directions:
                message = Text(
                    f"数字“{found.group(1)}”，原因却说“{said[-1]}”：“{shortened(found.group(2))}”",
                    f"the figure says {found.group(1)}, the reason {said[-1]}",
                )
                yield _slip(passage, found.span(2), message, view)


def _no_reasons(view: View) -> Iterator[Slip]:
    """Yield changes of a paragraph that neither it nor those right behind it explain."""
    found_in = body(view)
    for at, passage in enumerate(found_in):
        found = _CHANGED.search(passage.text)
        near = found_in[at : at + _REASON_WITHIN]
        if found and not any(_REASONED.search(each.text) for each in near):
            message = Text(f"“{found.group()}”没有说明原因", f"“{found.group()}” is not explained")
            yield _slip(passage, found.span(), message, view)


def _slip(passage: Passage, place: tuple[int, int], message: Text, view: View) -> Slip:
    before = re.split("[。；]", passage.text[: place[0]])[-1] or passage.text[: place[0]]
    return Slip(re.sub(r"[\d\s.,]", "", before)[-40:], message, (passage.span(view, *place),))


_TO_DO = Text("核对数字和用词，改正错的一个", "check both, and correct the one that is wrong")
_QUOTED = Text("引用了别处的数字", "figures quoted from elsewhere")

RULES = (
    Rule(
        id="N101",
        title=Text("增减额与增减率方向一致", "amount and rate change in one direction"),
        gist=Text("前面说增加，后面说下降", "the amount rises and the rate falls"),
        why=Text("同一变动只有一个方向", "one change has one direction"),
        false_positives=_QUOTED,
        severity=Severity.ERROR,
        law=_LAW,
        find=remarks("N101", _rates, among=mentioning(_AMOUNT_AND_RATE)),
        kinds=PUBLISHED,
        good="比2023年度减少3.00万元，下降12.00%。",
        bad="比2023年度减少3.00万元，增长12.00%。",
        remedy=_TO_DO,
    ),
    Rule(
        id="N102",
        title=Text("“大于、小于、持平”与数字一致", "大于, 小于 and 持平 agree with the figures"),
        gist=Text(
            "决算与预算比较的用词与两个数字相反", "how final and budget compare is misstated"
        ),
        why=Text("用词是对数字的解释", "the word explains the figures"),
        false_positives=Text("比较的是另一口径的预算", "another budget is meant"),
        severity=Severity.ERROR,
        law=_LAW,
        find=remarks("N102", _budget_and_final, among=mentioning(_BUDGET_AND_FINAL)),
        kinds=PUBLISHED,
        good="年初预算为10.00万元，支出决算为9.00万元。决算数小于预算数的主要原因：节约。",
        bad="年初预算为10.00万元，支出决算为9.00万元。决算数大于预算数的主要原因：节约。",
        remedy=_TO_DO,
    ),
    Rule(
        id="N103",
        title=Text("“增加、减少、持平”与两年数字一致", "增加, 减少 and 持平 agree with both years"),
        gist=Text(
            "两年的数字都写了，用词却相反", "both years' figures are there, the word is not theirs"
        ),
        why=Text("用词是对数字的解释", "the word explains the figures"),
        false_positives=_QUOTED,
        severity=Severity.ERROR,
        law=_LAW,
        find=remarks("N103", _before_and_now, among=mentioning(_BEFORE_AND_NOW)),
        kinds=PUBLISHED,
        good="2023年执行数为10.00万元，2024年预算安排9.00万元，比2023年执行数减少10.00%。",
        bad="2023年执行数为10.00万元，2024年预算安排9.00万元，比2023年执行数增加10.00%。",
        remedy=_TO_DO,
    ),
    Rule(
        id="N104",
        title=Text("原因与变动方向一致", "the reason goes the way of the change"),
        gist=Text(
            "支出减少，原因却写增加，或者相反", "a fall is explained by a rise, or the reverse"
        ),
        why=Text("原因应当解释变动", "a reason is to explain the change"),
        false_positives=Text(
            "一项增加抵消了另一项减少", "a rise in one part explains a fall in another"
        ),
        severity=Severity.NOTICE,
        law=_LAW,
        find=remarks("N104", _reasons, among=mentioning(_REASON)),
        kinds=PUBLISHED,
        good="比2023年度减少3.00万元。主要原因是：宣传经费减少。",
        bad="比2023年度减少3.00万元。主要原因是：宣传经费增加。",
        remedy=Text("核对原因", "check the reason"),
    ),
    Rule(
        id="N105",
        title=Text("增减说明原因", "changes are explained"),
        gist=Text("写了增减额，没有写原因", "an amount of change without its reason"),
        why=Text("公开增减变化时要说明原因", "a change is published with its reason"),
        false_positives=Text("原因写在较远的地方", "a reason given farther on"),
        severity=Severity.NOTICE,
        law=("publication_rules/annex",),
        find=remarks("N105", _no_reasons, among=mentioning(_CHANGED)),
        kinds=PUBLISHED,
        good="比2023年度减少3.00万元，主要原因是厉行节约。",
        bad="比2023年度减少3.00万元，下降12.00%。",
        remedy=Text("补写原因", "add the reason"),
    ),
)
