"""Frames: which figure a number is, told by the words before it and by its unit.

增加 before money is a change, 占 before a percentage a share, 完成预算 a rate of completion,
and 年初预算 a budget. What no frame claims is the figure that the document is about: final in
accounts, budget in budgets. Direction words give the sign.

>>> frame_of("与2018年相比，收、支总计各增加", "万元").measure
'change'
>>> frame = frame_of("支出决算比2018年减少0.78万元，下降", "%")
>>> frame.measure, frame.sign, frame_of("占本年支出合计的", "%").base
('change_rate', -1, '本年支出合计')
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fiscal.money import UNITS

__all__ = ["Frame", "frame_of", "is_money_unit", "last_clause"]

_UP = (
    "增幅|升幅|涨幅|增加|增长|上升|提高|增多|上涨"
    "|增支|增收|多支出?|多收|增(?![值量资收压强])|多(?![少项次])|大于|超出|超过|高于|超支"
)
_DOWN = (
    "降幅|跌幅|减幅|减少|下降|降低|压减|压缩|缩减|核减|调减|减支|减收|短收|少支出?|少收|减(?![值免半])|少|小于"
    "|低于|节约|节省"
)
_YEAR = r"(?:19|20)\d\d\s?年"
_BEFORE = rf"(?:上一?年|去年|上一?年度|同期|{_YEAR})"
_COMPARED = (
    rf"(?:比|较|与|同|相比|对比)[^，,。；]{{0,6}}?"
    rf"(?:{_BEFORE}|(?:年初|全年|调整后?|当年|年度)?预算)[^，,。；]{{0,16}}?"
)
_AFTER = r"(?:了|额|幅度?|数|率|比例)?(?:分别|均|各)?(?:[为约达是]到?)?[\s(（:：]*$"
_MANNER = r"(?:(?:也|都|各|均|共|净|同比|环比|相应|分别|略有|有所|实际|预计)\s?)*"
_BOTH_WAYS = re.compile(rf"(?P<first>{_UP}|{_DOWN})\s?[(（/]\s?(?:{_UP}|{_DOWN})\s?[)）]?{_AFTER}")
_MOVED = re.compile(
    rf"(?P<who>.*?)(?P<compared>{_COMPARED})?{_MANNER}(?P<verb>{_UP}|{_DOWN}){_AFTER}"
)
_MOVED_WHAT = re.compile(
    rf"^(?P<why>.*?)(?<![新更])(?P<verb>{_UP}|{_DOWN})了?(?P<what>[\u4e00-\u9fff（）()、“”]{{2,30}}?)(?:共计|合计|约|共|达|为)*\s?$"
)
_OTHER_YEAR = re.compile(r"上一?年|去年|同期|(?:19|20)\d\d\s?年")
_SHARE = re.compile(
    r"(?:所占|占(?!用|有|地))(?P<base>[^，,。；%]*?)的?(?:比重|比例|比率|份额|百分比|比)?(?:分别|均|各)?(?:[为达约是]到?)?[\s(（:：]*$"
)
_RATE_OF_MONEY = r"(?:预算)?(?:执行|完成)率|(?:支出|执行|预算)进度|到位率|完成(?:预算)?比例|支出率"
_COMPLETION = re.compile(
    rf"(?:{_RATE_OF_MONEY}|(?:完成了?(?P<base>[^，,。；完]{{0,30}}?)"
    r"|[为是](?P<of>(?:年初|全年|调整后?|当年)?预算数?))的?(?:比例|比率|百分比)?)"
    r"(?:分别|均)?(?:[为是达约]到?)?[\s(（:：]*$"
)
_BUDGET = re.compile(
    r"(?P<which>年初|全年|调整后?|当年|本年|年度)?(?:部门)?预算(?:数|额|总额|金额|安排|总计|批复|下达|资金|指标)*(?:调整)?"
    r"(?:数|共计|合计|总计)?(?:分别|均)?(?:[为是共约的])?[\s:：(（]*$"
)
_SIDE_OF_BUDGET = re.compile(
    r"(?<!拨款)(?<!基本)(?<!项目)(?:收入|支出|收支|政府采购)预算(?:总额)?[为是]?$"
    r"|收支总预算[为是]?$"
)
# 新疆 prints how far an account is from its budget as a signed rate.
_RATE_OF_DIFFERENCE = re.compile(r"预?决算差异率[为是]?\s?$")
_THAN_BUDGET = re.compile(
    rf"(?P<who>.*?)(?:决算|执行)(?:支出)?数?(?P<verb>{_UP}|{_DOWN})(?P<base>(?:年初|全年|调整|当年)?预算数?)$"
)
_NAMED_BUDGET = re.compile(
    r"(?:一般公共|公共财政|政府性基金|国有资本经营|社会保险基金|部门(?:收支)?)预算(?:资金)?\s?$"
)
# Whose year a clause begins with, and that it tells what was spent.
_DATED = re.compile(rf"\s?(?:{_YEAR})度?")
_SPENT = re.compile(
    r"(?:当年|年度|全年)?(?:部门)?(?:预算)?(?:预计)?(?:执行|决算)(?:数|总额|金额|情况)?(?:[为是共约])?[\s:：(（]*$"
)
_PRIOR_ALONE = re.compile(
    rf"(?:较|比|与|同)(?P<when>{_BEFORE})度?(?:同期|决算|执行|预算|实际)?(?:数|支出)?的?[\s(（]*$"
)
# So does what there was when the year began: 较上年末的46.60万元减少.
_FROM_OPENING = re.compile(
    r"(?:较|比|与)于?(?:上年年?末|上年年?底|年初|期初)(?:数|余额|结余)?的?[\s(（]*$"
)
# The figure that a change is measured from stands between: 比2024年预算数1.35万元减少0.15万元.
_MEASURED_FROM = re.compile(
    rf"(?:较|比|与|同)于?(?P<when>上一?年度?|去年|{_YEAR}度?)"
    r"(?P<what>(?![^，,。；;]{0,40}(?:相比|比较|对比|" + f"{_UP}|{_DOWN}" + r"))[^，,。；;]{0,10}?"
    r"(?:年初|全年|调整后?)?(?:预算|执行|决算|实际|完成|安排)[^，,。；;（(]{0,12})"
    r"(?:[（(][^（）()]{0,20}[）)])?[\s(（:：]*$"
)
_PRIOR = re.compile(
    rf"^\s?(?P<when>上一?年度?|去年|{_YEAR}度?)(?:同期|当年|预算(?=执行)|决算|执行|支出|收入|实际|完成|数|总额|金额)*(?:[为是])?[\s(（:：]*$"
)
# 比2025年预算总收入 names what it is of.
_SIDE_NAMED = re.compile(r"(?:[总本]?年?(?:收入|支出)|收支)(?:总[计额]|合计)?$")
_COMPARATORS = {
    ">=": "不低于|不少于|不小于|大于等于|大于或等于|≥",
    "<=": "不高于|不超过|不多于|不大于|小于等于|小于或等于|≤",
    ">": "大于|高于|超过|多于|>|＞",
    "<": "小于|低于|少于|<|＜",
}
_ASKED = re.compile(
    rf"(?P<who>.*?[度率值标例量数])\s?(?:为|达到?|均)?(?P<word>{'|'.join(_COMPARATORS.values())})(?:了)?\s?$"
)
_TARGET = re.compile(r"(?:目标|指标)值?|应当?|力争|确保")
_LEVEL = re.compile(
    r"(?:[为是]|合计|共计|总计|总额|决算数?|实际支[付出]|价值|金额|预算数?|安排|结转|结余|划拨|下达|拨付|到位|中标|成交)[\s(（:：]*$"
)
_MARKS = re.compile(r"[，,。；;：:！!？?\n\t]")
_LONGEST = 240


@dataclass(frozen=True, slots=True)
class Frame:
    """What the words before a number make of it.

    `who` are the words that name what it is of, as far as the frame holds them; `why` those of a
    reason that stands before them; `base` is what a share, a completion or a change is of or
    against. `sign` is -1 for a fall. `flags` tell what is doubtful.
    """

    measure: str
    who: str
    base: str = ""
    sign: int = 1
    flags: tuple[str, ...] = ()
    why: str = ""
    year: int | None = None
    comparator: str | None = None


def is_money_unit(unit: str) -> bool:
    """Whether a unit is one of money; 万 alone stands for 万元."""
    return unit in UNITS or unit == "万"


def last_clause(words: str) -> str:
    """Return what stands behind the last mark, or the last bracket that is not closed.

    >>> last_clause("实际支出2.31万元（比上年减少"), last_clause("其中：因公出国（境）费")
    ('比上年减少', '因公出国（境）费')
    """
    clause = _MARKS.split(words[-_LONGEST:])[-1]
    opened = max(clause.rfind("（"), clause.rfind("("))
    closed = max(clause.rfind("）"), clause.rfind(")"))
    inner = clause[opened + 1 :]
    return inner if opened > closed and inner.strip() else clause


def frame_of(
    words: str,
    unit: str,
    *,
    sentence: str = "",
    is_budget: bool = False,
    in_reasons: bool = False,
    after: str = "",
    year: int | None = None,
) -> Frame:
    """Return the frame that `words` make for a number in `unit`.

    `words` begin behind the figure before, whose measure is `after`, and end where the number
    begins; only their last clause names what it is of, while a comparison may stand in an earlier
    one of the `sentence`. `is_budget` tells that the document is a budget, `in_reasons` that the
    words give reasons for a change, `year` of which year the document is.
    """
    clause = last_clause(words)
    if is_money_unit(unit):
        return _money_frame(clause, sentence or words, is_budget, in_reasons, year)
    if unit in ("%", "‰", "个百分点"):
        return _rate_frame(clause, sentence or words, after, year)
    if unit == "分":
        return Frame("score", clause)
    if unit == "":
        return _bare_frame(clause, words, is_budget, after, year)
    return _count_frame(clause)


def _money_frame(
    clause: str, words: str, is_budget: bool, in_reasons: bool, own: int | None
) -> Frame:
    changed = _change(clause, words, own)
    if changed:
        return changed
    measured_from = _frame_measured_from(clause, own)
    if measured_from:
        return measured_from
    dated = _DATED.match(clause)
    spent = _SPENT.search(clause)
    if dated and spent:
        return Frame("final", clause[dated.end() : spent.start()], year=_year(dated[0]))
    budget = None if _NAMED_BUDGET.search(clause) else _BUDGET.search(clause)
    if budget:
        is_adjusted = (budget["which"] or "").startswith(("全年", "调整"))
        is_name = budget.group() in ("预算金额", "预算总额") or _SIDE_OF_BUDGET.search(clause)
        who = clause if is_name else clause[: budget.start()]
        base = budget.group() if who.endswith(("较", "比", "与", "同")) else ""
        year = _year(dated[0]) if dated else None
        return Frame("adjusted_budget" if is_adjusted else "budget", who, base, year=year)
    prior = _PRIOR_ALONE.search(clause) or _PRIOR.match(clause)
    if prior:
        return Frame("prior_year", clause[: prior.start()], year=_year(prior["when"]))
    what = None if _LEVEL.search(clause) else _MOVED_WHAT.search(clause)
    # 减 in “森林草原防灾减灾” moves nothing: it is part of a name in quotes.
    if what and not _is_quoted(clause[: what.start("verb")]):
        sign = -1 if re.fullmatch(_DOWN, what["verb"]) else 1
        return Frame("change", what["what"], sign=sign, why=what["why"])
    if in_reasons and not _LEVEL.search(clause):
        return Frame("change", clause, flags=("direction_not_said",))
    return Frame("budget" if is_budget else "final", clause)


def _frame_measured_from(clause: str, own: int | None) -> Frame | None:
    """Return the frame of the figure that a change is measured from.

    比2024年年初预算数 is the budget of the year that it names; it may be the document's own.
    """
    opening = _FROM_OPENING.search(clause)
    if opening:
        return Frame("prior_year", clause[: opening.start()])
    found = _MEASURED_FROM.search(clause)
    if found is None:
        return None
    names = _SIDE_NAMED.search(found["what"])
    who = clause[: found.start()] + (names.group() if names else "")
    year = _year(found["when"])
    if year and year == own and "预算" in found["what"]:
        return Frame("budget", who, found.group())
    return Frame("prior_year", who, year=year)


def _is_quoted(before: str) -> bool:
    return before.count("“") > before.count("”")


def _year(words: str) -> int | None:
    digits = re.search(r"\d{4}", words)
    return int(digits.group()) if digits else None


def _change(clause: str, words: str, year: int | None) -> Frame | None:
    than = _THAN_BUDGET.match(clause)
    if than:
        sign = -1 if re.fullmatch(_DOWN, than["verb"]) else 1
        return Frame("budget_difference", than["who"], than["base"], sign)
    both = _BOTH_WAYS.search(clause)
    moved = _MOVED.match(clause[: both.end("first")] if both else clause)
    if moved is None:
        return None
    against = (moved["compared"] or "") + _comparison_before(words, clause)
    is_this_year = not _OTHER_YEAR.search(against.replace(f"{year}年", "") if year else against)
    is_against_budget = ("预算" in against and is_this_year) or moved["verb"] in ("大于", "小于")
    return Frame(
        "budget_difference" if is_against_budget else "change",
        moved["who"],
        against,
        -1 if re.fullmatch(_DOWN, moved["verb"]) else 1,
        ("both_directions_printed",) if both else (),
    )


def _comparison_before(words: str, clause: str) -> str:
    """Return the comparison in the clause before, as in 与2018年相比，支出增加."""
    earlier = words[: len(words) - len(clause)]
    before = re.split(r"[。；;\n\t]", earlier)[-1][-80:]
    found = re.findall(r"(?:与|较|比|同|和)[^，,。；]{0,30}?(?:相比|比较|相较|对比)", before)
    return str(found[-1]) if found else ""


def _rate_frame(clause: str, words: str, after: str, year: int | None) -> Frame:
    share = _SHARE.search(clause)
    if share:
        return Frame("share", clause[: share.start()], share["base"])
    completion = _COMPLETION.search(clause)
    if completion:
        base = completion["base"] or completion["of"] or ""
        return Frame("completion", clause[: completion.start()], base)
    if re.fullmatch(r"\s?的(?:比例为|比重为)?\s?", clause):
        is_of_budget = after in ("budget", "adjusted_budget")
        return Frame("completion" if is_of_budget else "share", "")
    apart = _RATE_OF_DIFFERENCE.search(clause)
    if apart:
        return Frame("change_rate", clause[: apart.start()], "年初预算数")
    measure = "target" if _TARGET.search(clause) else "actual"
    asked = _ASKED.match(clause)
    if asked:
        return Frame(measure, asked["who"], comparator=_comparator(asked["word"]))
    changed = _change(clause, words, year)
    if changed:
        return Frame("change_rate", changed.who, changed.base, changed.sign, changed.flags)
    return Frame(measure, clause)


def _comparator(word: str) -> str:
    return next(sign for sign, words in _COMPARATORS.items() if word in words.split("|"))


def _count_frame(clause: str) -> Frame:
    moved = _MOVED.match(clause)
    if moved and (moved["compared"] or not moved["who"].strip()):
        sign = -1 if re.fullmatch(_DOWN, moved["verb"]) else 1
        return Frame("change", moved["who"], moved["compared"] or "", sign)
    return Frame("count", clause)


def _bare_frame(clause: str, words: str, is_budget: bool, after: str, year: int | None) -> Frame:
    """Return the frame of a number without a unit, flagged; one that no words claim is unknown."""
    flags = ("unit_missing",)
    if clause == "的" and after in ("budget", "adjusted_budget"):
        return Frame("completion", "", flags=flags)
    for pattern, measure in ((_SHARE, "share"), (_COMPLETION, "completion")):
        found = pattern.search(clause)
        if found:
            return Frame(measure, clause[: found.start()], found["base"] or "", flags=flags)
    changed = _change(clause, words, year)
    if changed:
        is_rate = after == "change" or re.search(r"增长|下降|上升|降低|幅", clause)
        measure = "change_rate" if is_rate else changed.measure
        return Frame(measure, changed.who, changed.base, changed.sign, changed.flags + flags)
    if re.search(
        r"(?:决算|预算|执行|支出|收入)(?:数|总额)?[为是:：]\s?$|(?:合计|总计|总额)[为是]?\s?$",
        clause,
    ):
        money = _money_frame(clause, words, is_budget, in_reasons=False, own=year)
        return Frame(money.measure, money.who, flags=flags)
    return Frame("unknown", clause, flags=flags)
