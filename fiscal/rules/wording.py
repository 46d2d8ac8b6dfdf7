"""Slips of the pen: words and marks doubled, brackets left open, marks of another width.

None of them changes a figure, so all are notices. A word counts as doubled only from two characters
on: one character twice is ordinary Chinese (区区政府 is a district's government), and so are
names of units side by side within quotes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from fiscal.errors import Text
from fiscal.rules.passages import Passage, body
from fiscal.rules.rule import PUBLISHED, Rule, Severity
from fiscal.rules.slip import Slip, matched, remarks
from fiscal.rules.view import View

__all__ = ["RULES"]

_LAW = ("publication_rules/4",)
_IDEOGRAPH = r"[\u4e00-\u9fff]"
_NUMERALS = "一二三四五六七八九十百千万亿零〇"
_DOUBLED_WORD = re.compile(rf"(?![{_NUMERALS}])({_IDEOGRAPH}{{2,4}})(?:\1|了\1)(?!{_NUMERALS})")
# Said twice on purpose: 一个一个, 很多很多, 等等等等.
_REDUPLICATED = re.compile(r"[一两几每很多等逐慢常天年月日家户人]")
_DOUBLED_MARK = re.compile(
    r"(?<![。，、；：！？])(?:([。，、；：！？])\1|[，、；：][。；，]|。[，、；：])(?![。，、；：！？])"
)
_MISSING_YEAR = re.compile(r"(?<![\d年])20\d\d度(?!电)|(?:较|比|与|同)上一度(?=[\u4e00-\u9fff])")
_ASCII_MARK = re.compile(
    rf"(?<={_IDEOGRAPH})[,;:](?={_IDEOGRAPH})|(?<={_IDEOGRAPH})\.(?=\s*$)|(?<=元),(?={_IDEOGRAPH})"
)
_PAIRS = {"（": "）", "《": "》", "“": "”", "【": "】", "〔": "〕"}
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_TO_FULL_WIDTH = str.maketrans("()[]", "（）【】")
# A mark that numbers an item, like 1） or a）, closes nothing.
_NUMBERING = re.compile(r"(?:^|[\s。；;：:，、])[\da-zA-Z一二三四五六七八九十]{1,3}[)）]")
_ENDS = "。；：！？…，、”’）)】》"
_ITEM = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[⑴-⒇①-⑳]|第[一二三四五六七八九十]+)"
)
_SHORTEST_PROSE = 25
_TYPOS = {
    "士地": "土地",
    "予算": "预算",
    "决祘": "决算",
    "拔款": "拨款",
    "支岀": "支出",
    "结佘": "结余",
    "接侍": "接待",
    "经废": "经费",
    "按装": "安装",
    "赔尝": "赔偿",
    "帐户": "账户",
    "截止到": "截至",
    "法制政府": "法治政府",
}
_TYPO = re.compile("|".join(_TYPOS))


def _doubled_words(view: View) -> Iterator[Slip]:
    for passage in body(view):
        for found in _DOUBLED_WORD.finditer(passage.text):
            word = found.group(1)
            if _REDUPLICATED.search(word) or len(set(word)) == 1:
                continue
            message = Text(f"“{word}”重复：“{found.group()}”", f"“{word}” is written twice")
            yield Slip(found.group(), message, (passage.span(view, *found.span()),))


def _doubled_marks(view: View) -> Iterator[Slip]:
    return matched(
        _DOUBLED_MARK,
        body(view),
        view,
        lambda quote: Text(f"标点重复：“{quote}”", f"punctuation is doubled: “{quote}”"),
    )


def _unbalanced(view: View) -> Iterator[Slip]:
    """Yield brackets and quotes without partner; a paragraph may go on in the next one."""
    found = body(view)
    lost = [_unmatched(passage.text) for passage in found]
    for at, (passage, unmatched) in enumerate(zip(found, lost, strict=True)):
        beside = Counter(mark for near in lost[max(at - 1, 0) : at + 2] for mark, _ in near)
        for mark, place in unmatched:
            partner = _PAIRS.get(mark) or _CLOSING[mark]
            if beside[partner]:
                continue
            message = Text(f"“{mark}”没有配对的“{partner}”", f"“{mark}” has no “{partner}”")
            quote = passage.text[max(place - 6, 0) : place + 12].strip()
            yield Slip(quote, message, (passage.span(view, place, place + 1),))


def _unmatched(text: str) -> list[tuple[str, int]]:
    """Return every bracket or quote without partner, as full-width mark, with its place."""
    text = _NUMBERING.sub(lambda item: " " * len(item.group()), text).translate(_TO_FULL_WIDTH)
    open_marks: dict[str, list[int]] = {mark: [] for mark in _PAIRS}
    lost: list[tuple[str, int]] = []
    for place, mark in enumerate(text):
        if mark in _PAIRS:
            open_marks[mark].append(place)
        elif mark in _CLOSING and open_marks[_CLOSING[mark]]:
            open_marks[_CLOSING[mark]].pop()
        elif mark in _CLOSING:
            lost.append((mark, place))
    return lost + [(mark, place) for mark, places in open_marks.items() for place in places]


def _mixed_widths(view: View) -> Iterator[Slip]:
    """Yield one remark for a document: where one mark is half-width, many are."""
    places = [
        (passage, found.span())
        for passage in body(view)
        for found in _ASCII_MARK.finditer(passage.text)
    ]
    if places:
        message = Text(
            f"中文中夹用半角标点（{len(places)} 处）",
            f"half-width punctuation in Chinese text ({len(places)} times)",
        )
        spans = tuple(passage.span(view, *place) for passage, place in places)
        yield Slip("half-width", message, spans)


def _missing_stops(view: View) -> Iterator[Slip]:
    found = body(view)
    for passage, after in pairwise([*found, Passage("一、", 0, True)]):
        if not _lacks_stop(passage) or not _is_new(after):
            continue
        message = Text("段末缺少标点", "the paragraph ends without punctuation")
        text = passage.text.rstrip()
        start = max(len(text) - 12, 0)
        yield Slip(text[start:], message, (passage.span(view, start, len(text)),))


def _lacks_stop(passage: Passage) -> bool:
    text = passage.text.strip()
    is_prose = len(text) >= _SHORTEST_PROSE and bool(re.search("[，。；]", text))
    return is_prose and not passage.is_heading and re.match(_IDEOGRAPH, text[-1]) is not None


def _is_new(passage: Passage) -> bool:
    """Tell whether a passage begins something new, so that the one before has ended."""
    return passage.is_heading or bool(_ITEM.match(passage.text))


def _typos(view: View) -> Iterator[Slip]:
    for pattern in (_TYPO, _MISSING_YEAR):
        for passage in body(view):
            for found in pattern.finditer(passage.text):
                words = found.group()
                right = _TYPOS.get(words) or words.replace("度", "年度")
                message = Text(f"“{words}”应为“{right}”", f"“{words}” should read “{right}”")
                yield Slip(words, message, (passage.span(view, *found.span()),))


RULES = (
    Rule(
        id="L401",
        title=Text("没有重复的词", "no word is written twice"),
        gist=Text("同一个词连写两遍", "a word of two to four characters stands twice in a row"),
        why=Text("公开的文字应当规范", "what is published is to be in proper form"),
        false_positives=Text(
            "“……项目”后接“项目……”的名称", "a name that ends with the word the next begins with"
        ),
        severity=Severity.NOTICE,
        law=_LAW,
        find=remarks("L401", _doubled_words),
        kinds=PUBLISHED,
        good="北岭区区政府的项目绩效目标完成情况。",
        bad="北岭区政府的项目项目绩效目标完成情况。",
        remedy=Text("删去重复的词", "delete the repeated word"),
    ),
    Rule(
        id="L402",
        title=Text("没有重复的标点", "no mark is doubled"),
        gist=Text("句号、逗号等连写", "two marks stand side by side"),
        why=Text("公开的文字应当规范", "what is published is to be in proper form"),
        false_positives=Text("用句号代替省略号", "stops used for an ellipsis"),
        severity=Severity.NOTICE,
        law=_LAW,
        find=remarks("L402", _doubled_marks),
        kinds=PUBLISHED,
        good="决算数与预算数持平。",
        bad="决算数与预算数持平。。",
        remedy=Text("删去多余的标点", "delete one"),
    ),
    Rule(
        id="L403",
        title=Text("括号和引号成对", "brackets and quotes are paired"),
        gist=Text("括号、引号、书名号缺一半", "a bracket or quotation mark has no partner"),
        why=Text("范围不清会改变句子的意思", "where a bracket ends decides what a sentence says"),
        false_positives=Text("跨页的段落被分成几段", "a paragraph that a page break splits"),
        severity=Severity.NOTICE,
        law=_LAW,
        find=remarks("L403", _unbalanced),
        kinds=PUBLISHED,
        good="平均得分96.00分（其中，“优”3个）。",
        bad="平均得分96.00分（其中，“优”3个。",
        remedy=Text("补上另一半", "add the other half"),
    ),
    Rule(
        id="L404",
        title=Text("中文用全角标点", "Chinese text has full-width marks"),
        gist=Text(
            "汉字之间用了半角逗号、冒号或句点", "half-width marks stand between Chinese words"
        ),
        why=Text("公开的文字应当规范", "what is published is to be in proper form"),
        false_positives=Text(
            "外文、网址和数字中的标点不算", "marks in numbers and addresses do not count"
        ),
        severity=Severity.NOTICE,
        law=_LAW,
        find=remarks("L404", _mixed_widths),
        kinds=PUBLISHED,
        good="农林水支出2.00万元，占0.10%。",
        bad="农林水支出2.00万元,占0.10%。其中:无.",
        remedy=Text("改为全角标点", "use full-width marks"),
    ),
    Rule(
        id="L405",
        title=Text("段末有标点", "a paragraph ends with punctuation"),
        gist=Text("成句的段落末尾没有句号", "a paragraph of sentences ends without a full stop"),
        why=Text("可能漏了后半句", "the rest of the sentence may be missing"),
        false_positives=Text("清单式的条目", "items of a list"),
        severity=Severity.NOTICE,
        law=_LAW,
        find=remarks("L405", _missing_stops),
        kinds=PUBLISHED,
        good="7.负责建设工程审批后的管理工作，对执行情况实行跟踪监督。\n8.负责其他工作。",
        bad="7.负责建设工程审批后的管理工作，对执行情况实行跟踪监督\n8.负责其他工作。",
        remedy=Text("补上标点，核对是否漏文", "add it, and see that nothing is missing"),
    ),
    Rule(
        id="L406",
        title=Text("没有错字", "no word is misspelt"),
        gist=Text("形近或音近的错字，或“年度”漏了“年”", "a look-alike for a word, or 年 left out"),
        why=Text("公开的文字应当规范", "what is published is to be in proper form"),
        false_positives=Text("专名中的字", "names written so"),
        severity=Severity.NOTICE,
        law=_LAW,
        find=remarks("L406", _typos),
        kinds=PUBLISHED,
        good="比上一年度增加，用于土地管理。",
        bad="较上一度增加，用于士地管理。",
        remedy=Text("改正错字", "correct it"),
    ),
)
