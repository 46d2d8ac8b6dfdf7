"""Claims that cannot be meant: rates of nothing, scores as percent, a caliber named too narrowly.

Each is a way of words seen in real disclosures, and none is proved wrong by figures alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from fiscal.errors import Text
from fiscal.rules.passages import Passage, body
from fiscal.rules.rule import PUBLISHED, Rule, Severity
from fiscal.rules.slip import Slip, matched, mentioning, remarks, shortened
from fiscal.rules.view import View

__all__ = ["RULES"]

_LAW = ("publication_rules/4",)
_ZERO = r"(?<![\d.])0(?:\.0{1,4})?\s?万?元"
_ZERO_BASE = re.compile(
    rf"(?:预算|执行数|预算数)为\s?{_ZERO}[^。；\n]{{0,40}}?(?:增加|增长|完成(?:年初)?预算的?)\s?[1-9]\d{{0,4}}(?:\.\d+)?\s?[%％]"
    rf"|(?:支出|决算)为?\s?{_ZERO}\s?[，,]\s?完成(?:年初|调整)?预算的?\s?100(?:\.0+)?\s?[%％]"
    r"|持平\s?[，,]\s?(?:增长|下降|增加|减少)\s?0(?:\.0+)?\s?[%％]"
)
_SCORE = re.compile(
    r"(?:得分|评分|自评)\s?(?:为)?(\d{1,3}(?:\.\d{1,2})?)\s?分|[（(](\d{1,3}(?:\.\d{1,2})?)\s?分[)）]"
)
_COMPLETED = re.compile(r"目标\s?(?:总体)?完成(?:率)?(?:为|了)?\s?(\d{1,3}(?:\.\d{1,2})?)\s?[%％]")
_NARROW = re.compile(
    r"本年(?:收入|支出)(?:合计|总计)?\s?(?:为)?\d[\d,.]{0,15}\s?万?元\s?"
    r"[（(][^（）()\n]{0,16}(?:一般公共预算|政府性基金|国有资本经营|基本支出|项目支出)[^（）()\n]{0,16}[)）]"
)
_INCOME_BY_EXPENDITURE = re.compile(
    r"[\u4e00-\u9fff]{1,10}收入[：:][^。；\n收]{0,60}?(?:增加|减少)[\u4e00-\u9fff]{0,8}支出\s?\d[\d.,]*\s?万?元"
)
_FOREIGN = re.compile(
    r"国内公务接待(?:费|支出)[^。；\n]{0,30}?主要用于[^。；\n]{0,12}?(?:外宾|国（境）外|外事)[^。；\n]{0,6}接待"
)
_EXACT = re.compile(r"(?<![\d.,])\d{1,6}[1-9]余(?=[\u4e00-\u9fff])")
_LEAST_EXACT = 100


def _zero_bases(view: View) -> Iterator[Slip]:
    return matched(
        _ZERO_BASE,
        body(view),
        view,
        lambda quote: Text(f"基数为零，没有比率：“{quote}”", f"nothing is the base: “{quote}”"),
    )


def _scores(view: View) -> Iterator[Slip]:
    """Yield shares completed that are in truth a score given elsewhere."""
    scores = {
        Decimal(found.group(1) or found.group(2))
        for passage in body(view)
        for found in _SCORE.finditer(passage.text)
    }
    for passage in body(view):
        for found in _COMPLETED.finditer(passage.text):
            stated = Decimal(found.group(1))
            if stated in scores and stated != 100:
                message = Text(
                    f"完成率{stated}%与得分{stated}分相同，疑把得分当作完成率",
                    f"{stated}% completed is the score {stated}; probably a score as a percent",
                )
                yield _slip(passage, found, view, message)


def _narrow_calibers(view: View) -> Iterator[Slip]:
    return matched(
        _NARROW,
        body(view),
        view,
        lambda quote: Text(
            f"全部收支后注明的只是其中一部分：“{quote}”",
            f"a whole is said to be a part: “{quote}”",
        ),
    )


def _causes(view: View) -> Iterator[Slip]:
    for pattern, zh, en in (
        (_INCOME_BY_EXPENDITURE, "用支出解释收入", "revenue is explained by expenditure"),
        (_FOREIGN, "国内接待费写作用于外事接待", "domestic receptions are said to be foreign"),
    ):
        for passage in body(view):
            for found in pattern.finditer(passage.text):
                quote = shortened(found.group())
                yield _slip(passage, found, view, Text(f"{zh}：“{quote}”", f"{en}: “{quote}”"))


def _exact_and_more(view: View) -> Iterator[Slip]:
    for passage in body(view):
        for found in _EXACT.finditer(passage.text):
            if int(found.group()[:-1]) >= _LEAST_EXACT:
                quote = found.group()
                message = Text(
                    f"准确数后不加“余”：“{quote}”", f"an exact number and more: “{quote}”"
                )
                yield _slip(passage, found, view, message)


def _slip(passage: Passage, found: re.Match[str], view: View, message: Text) -> Slip:
    subject = re.sub(r"[\d.,\s]", "", found.group())
    return Slip(subject, message, (passage.span(view, *found.span()),))


RULES = (
    Rule(
        id="N201",
        title=Text("基数为零时不写比率", "no rate is taken of nothing"),
        gist=Text("预算或上年为零，却写完成或增长百分之几", "a rate whose base is zero"),
        why=Text("零没有百分之几", "there is no percentage of nothing"),
        false_positives=Text("基数四舍五入后为零", "a base that only rounds to zero"),
        severity=Severity.NOTICE,
        law=_LAW,
        find=remarks("N201", _zero_bases, among=mentioning(_ZERO + "|持平")),
        kinds=PUBLISHED,
        good="公务接待费支出0万元，与2023年度持平。",
        bad="公务接待费支出0万元，完成预算100%，与2023年度持平，增长0%。",
        remedy=Text("删去比率", "leave the rate out"),
    ),
    Rule(
        id="N202",
        title=Text("得分不当作完成率", "a score is no rate of completion"),
        gist=Text("完成率的数字与自评得分相同", "the share completed is the score given elsewhere"),
        why=Text("得分与完成率是两回事", "a score does not say how much was done"),
        false_positives=Text("两者碰巧相同", "both may happen to be equal"),
        severity=Severity.WARNING,
        law=("performance_measures", "publication_rules/4"),
        find=remarks("N202", _scores, among=mentioning(_COMPLETED)),
        kinds=PUBLISHED,
        good="部门自评得分93.50分，绩效目标完成100%。",
        bad="部门自评得分93.50分，绩效目标完成93.5%。",
        remedy=Text("写明完成率", "state the share completed"),
    ),
    Rule(
        id="N203",
        title=Text("口径与数字相称", "a figure's caliber is its own"),
        gist=Text(
            "本年收入、支出合计后的括号里写成一般公共预算或项目支出",
            "all revenue or expenditure is followed by a bracket that names a part",
        ),
        why=Text("口径错了，数字不能核对", "with a wrong caliber nothing can be compared"),
        false_positives=Text("全部收支确实只有这一部分", "there may be no other part"),
        severity=Severity.NOTICE,
        law=_LAW,
        find=remarks("N203", _narrow_calibers, among=mentioning("本年(?:收入|支出)")),
        kinds=PUBLISHED,
        good="本年收入12.00万元（含一年期专户资金）比上年增加。",
        bad="本年收入12.00万元（一般公共预算财政拨款）比上年增加。",
        remedy=Text("改正口径", "correct the bracket"),
    ),
    Rule(
        id="N204",
        title=Text("解释与对象相称", "what explains is of the same kind"),
        gist=Text("收入用支出来解释，国内接待写成外事接待", "revenue is explained by expenditure"),
        why=Text("可能是复制了另一处的文字", "the words may be copied from elsewhere"),
        false_positives=Text("收入专为该项支出而来", "revenue that came for that expenditure"),
        severity=Severity.NOTICE,
        law=_LAW,
        find=remarks("N204", _causes, among=mentioning("收入[：:]|国内公务接待")),
        kinds=PUBLISHED,
        good="基金收入：土地整治项目拨款增加3.00万元。",
        bad="基金收入：土地整治增加基金支出3.00万元。",
        remedy=Text("改正说明", "correct the words"),
    ),
    Rule(
        id="N205",
        title=Text("准确数不加“余”", "an exact number is not “more than”"),
        gist=Text(
            "精确到个位的数后面写了“余”", "a number exact to the last digit is followed by 余"
        ),
        why=Text("既准确又有余，自相矛盾", "a number cannot be exact and exceeded"),
        false_positives=Text("小于 100 的数不看", "numbers below 100 are not looked at"),
        severity=Severity.NOTICE,
        law=_LAW,
        find=remarks("N205", _exact_and_more, among=mentioning(r"\d余")),
        kinds=PUBLISHED,
        good="共发布信息4310余条。",
        bad="共发布信息4317余条。",
        remedy=Text("删去“余”", "delete 余"),
    ),
)
