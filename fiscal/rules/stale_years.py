"""Sentences of the account's own figures that still say the year before.

2021年度支出合计… in the account of 2022 was left over, if the sentence begins with it and no
sentence near it tells of 2022: two years side by side are a comparison. Only final accounts are
looked at, for a budget tells of the year before on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fiscal.errors import Text
from fiscal.model import DocumentKind
from fiscal.rules.passages import body
from fiscal.rules.rule import Rule, Severity
from fiscal.rules.slip import Slip, remarks
from fiscal.rules.view import View
from fiscal.rules.years import of_known_year, year_of

__all__ = ["RULES"]

_SENTENCE = re.compile(r"[^。；\n]+[。；]?")
_NUMBERING = r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s?)?"
_BODY = (
    r"(?:[\u4e00-\u9fff]{0,30}?"
    r"(?:局|委|厅|院|政府|办公室|办事处|中心|校|学|馆|所|站|队|部门|单位))?"
)
_FIGURE = (
    r"(?:本年)?(?:收入|支出|收支|收、支|财政拨款|一般公共预算|政府性基金|国有资本经营|“三公”|基本支出"
    r"|项目支出|因公出国|公务接待|公务用车|会议费|培训费|机关运行经费|政府采购|年末结转)"
)
_OWN = re.compile(
    rf"\s*{_NUMBERING}{_BODY}(?P<year>20\d\d)\s?年度?(?P<figure>{_FIGURE})[^，。；：\n]{{0,30}}?"
    r"\d[\d,.]{0,15}\s?[万亿]?元"
)
# What makes a sentence tell of the year before on purpose: a reason or a comparison before it, or
# behind it what became of its money in the document's own year.
_BEFORE = re.compile(r"原因|由于|因为|其中|相比|^\s*[比较与同]")
_BEHIND = re.compile(r"(?<!年末)结转|本年|今年|当年")
_OF_BEFORE = re.compile(r"上年|去年|上一年|历年|以前年度")
_TITLE = re.compile(r"(?<!\d)20\d\d(?=\s*年)")


def _stale(view: View) -> Iterator[Slip]:
    """Yield a slip for each sentence of an own figure that says the year before."""
    year = year_of(view)
    if year is None:
        return
    heading = ""
    for passage in body(view):
        heading = passage.text if passage.is_heading else heading
        if passage.is_heading or _is_of_before(heading, year):
            continue
        sentences = list(_SENTENCE.finditer(passage.text))
        for at, sentence in enumerate(sentences):
            found = _own_figure(sentence.group())
            if found and int(found["year"]) == year - 1 and not _is_compared(sentences, at, year):
                message = Text(
                    f"{year} 年的决算，这一句写的是 {year - 1} 年",
                    f"the account is of {year}, this sentence of {year - 1}",
                )
                start = sentence.start() + found.start("year")
                span = passage.span(view, start, sentence.start() + found.end())
                yield Slip(found.group().strip().replace(found["year"], ""), message, (span,))


def _own_figure(sentence: str) -> re.Match[str] | None:
    """Return what a sentence tells of a year at its beginning, but not for another's sake."""
    found = _OWN.match(sentence)
    if not found:
        return None
    before = sentence[: found.start("year")]
    behind = sentence[found.start("figure") :].removeprefix("本年")
    return None if _BEFORE.search(before) or _BEHIND.search(behind) else found


def _is_of_before(heading: str, year: int) -> bool:
    """Tell whether a heading announces what was before the document's year."""
    return bool(_OF_BEFORE.search(heading)) or _TITLE.findall(heading) == [str(year - 1)]


def _is_compared(sentences: Sequence[re.Match[str]], at: int, year: int) -> bool:
    """Tell whether a sentence or one beside it tells of the document's year too."""
    near = " ".join(each.group() for each in sentences[max(at - 1, 0) : at + 2])
    before = sentences[at - 1].group() if at else ""
    return f"{year}年" in near.replace(" ", "") or bool(_OF_BEFORE.search(before))


RULES = (
    Rule(
        id="L305",
        title=Text("本年的数字写本年", "figures of the year are told of the year"),
        gist=Text(
            "决算说明的句子以上一年度开头，前后又没有本年的数字",
            "a sentence of the account begins with the year before, and none near it says this one",
        ),
        why=Text("可能沿用了上一年的文字", "the text of an earlier year may have been kept"),
        false_positives=Text(
            "有意单独说明上一年的数字", "a figure of the year before that is told on purpose"
        ),
        severity=Severity.WARNING,
        law=("publication_rules/4", "budget_law/75"),
        find=remarks("L305", _stale, among=of_known_year(_OWN)),
        kinds=frozenset((DocumentKind.FINAL_ACCOUNTS,)),
        good="某市某局2024年度部门决算\n某市某局2024年度支出合计12.00万元。",
        bad="某市某局2024年度部门决算\n某市某局2023年度支出合计12.00万元。",
        remedy=Text("改正年度，并核对数字", "correct the year and check the figure"),
    ),
)
