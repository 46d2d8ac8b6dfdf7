"""Left in from the template: instructions, both directions, placeholders, blanks, chart captions.

A template tells its reader what to write, mostly in brackets. What gives such a bracket away is
how it speaks: it orders (说明…, 列示…), allows (…的不列), sets a length (…字以内), or names what
belongs there (项目名称) instead of saying it. An ordinary bracket adds to its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fiscal.errors import Text
from fiscal.rules.passages import Passage, body, passages
from fiscal.rules.rule import Rule, Severity
from fiscal.rules.slip import Slip, matched, remarks, shortened
from fiscal.rules.view import View

__all__ = ["RULES"]

_REMEDY = Text(
    "删去模板文字，改为本单位的实际内容", "delete the template's words; say what is so here"
)
_LAW = ("publication_rules/4",)

_ORDER = r"说明|描述|列举|罗列|列示|列明|填列|填写|概述|注明|写明|阐述"
_ORDERING = re.compile(
    rf"^(?:此处|请|需|须|应|可|据实|简要|简单|详细|具体|逐项|分别|依次|按照?[^，。；]{{0,16}}){{0,3}}(?:{_ORDER})"
    rf"(?![：:书])|(?:简要|逐项|详细|据实|请|均需|均应|须)(?:{_ORDER}|公开|罗列)"
    r"|全部进行公开|进行公开，|的不列(?:示|举)?$|不涉及的?(?:不|可|请|则)|作(?:如下|下述|以下|持平)(?:说明|表述)"
    r"|\d+字(?:以内|左右|以上)|^(?:如|若)(?:果)?[^：:]{0,24}(?:，则|则只?需|请|(?:可)?(?:删除|不列|不填|不写|略))"
    r"|^如[^：:]{1,12}作[^：:]{1,8}表述|^(?:此处)?(?:插入|根据实际情况|按实际|据实)|^(?:样表|示例|模板|可选|二选一|三选一|择一)"
)
_NAME_OF = re.compile(
    r"(?:项目|部门|单位|制度|文件|公司|办法|报告|政策|科目|课题)(?:的)?(?:全称|名称)"
)
_ACHIEVING = r"(?:保障|支持|促进|提高|提升|推动|推进|改善|增强|加强|完善|实现|确保|落实)"
_ALTERNATIVES = re.compile(rf"^{_ACHIEVING}[、/](?:{_ACHIEVING}[、/])*{_ACHIEVING}")
_TOPICS = re.compile(
    r"^[^，。；]{4,40}[（(][^（）()]{4,60}(?:建议|措施|问题|结果|情况|内容)等?[)）]。?$"
)
_BRACKET = re.compile(r"[（(]([^（）()\n]{2,200})[)）]")
_LINE = re.compile(
    r"(?:作|做)(?:如下|下述|以下)说明[：:]?$|^按(?:照)?上述格式|^由?[^，。]{0,20}填写[。：:]?$|^请[^，。]{0,30}填[写列]"
)

_UP, _DOWN = r"增加|增长|上升|提高|扩大", r"减少|下降|降低|缩小"
_OR = r"\s{{0,2}}(?:[（(]\s?(?:{0})\s?[)）]|[/／](?:{0}))"
# Three ways to choose from: 大于（小于、等于）, 增加/减少/持平.
_WAY = rf"(?:{_UP}|{_DOWN}|大于|高于|超过|多于|小于|低于|少于|等于|持平)"
_CHOICE = (
    rf"{_WAY}\s{{0,2}}"
    rf"(?:[（(]\s?{_WAY}(?:\s?[、，,/／或]\s?{_WAY}){{1,3}}\s?[)）]|(?:[/／]{_WAY}){{2,3}})"
)
_BOTH = re.compile(
    rf"{_CHOICE}|(?:{_UP}){_OR.format(_DOWN)}|(?:{_DOWN}){_OR.format(_UP)}"
    r"|(?:大于|高于|超过|多于)\s{0,2}(?:[（(]\s?(?:小于|低于|少于)\s?[)）]|[/／](?:小于|低于|少于))"
    r"|(?:小于|低于|少于)\s{0,2}(?:[（(]\s?(?:大于|高于|超过|多于)\s?[)）]|[/／](?:大于|高于|多于))"
    r"|(?<![扩放])(?:大|高|多)\s?[（(]\s?(?:小|低|少)\s?[)）]于|(?:小|低|少)\s?[（(]\s?(?:大|高|多)\s?[)）]于"
    r"|(?:上升|增|升)\s?[（(]\s?(?:降|减)\s?[)）](?=\s?\d)|(?:减|降)\s?[（(]\s?(?:增|升)\s?[)）](?=\s?\d)"
)

_PLACEHOLDER = re.compile(
    r"(?<![A-Za-z])[XxＸ×]{2,}(?![A-Za-z\d])(?:[（(][^（）()]{1,10}[)）])?|(?<![A-Za-z\d])[Xx],[Xx]{3}(?![A-Za-z\d])"
    r"|(?<![一二三四五六七八九○])○{2,}(?![一二三四五六七八九○])|△{2,}|□{2,}|[_＿]{3,}"
    r"|(?<![A-Za-z\d])[XＸ](?=(?:个|家|万元|%|辆|批次|人次|台|年|月|日))"
)

_BLANK = re.compile(
    r"(?:占|增长|下降|增加|减少|完成(?:年初)?预算的?|合计的|总额的)[ \t\u3000]*[%％]"
    r"|(?:决算|预算|支出|收入|金额|总计|合计)为[ \t\u3000]*万?元"
    r"|(?:增加|减少|总计|合计|支出|收入)[ \t\u3000]+万元"
    r"|(?<=[\u4e00-\u9fff])[ \t\u3000]+(?:辆|批次|人次|台（套）)(?=[，。；、])"
)

_ORDERED_LISTING = re.compile(
    r"(?<=[，。；：、])(?:列明|罗列|填列|注明)(?=[\u4e00-\u9fff]{2,12}\s?[\d一二三四五六七八九十])"
)
_EITHER = re.compile(
    r"(?<=[局委办院处心队所会府厅校馆站社园])\s?(?:部门\s?[（(]\s?单位\s?[)）]|单位\s?[（(]\s?部门\s?[)）])(?=共|有|的|无|没|20)"
)
_CHART = re.compile(
    r"[（(]?图\s?[\d一二三四五六七八九十]{1,3}[^（）()\n]{0,40}[)）]?\s?[（(](?:柱状|柱形|饼状?|饼形|折线|条形|扇形|环形)图?[)）]"
)


def _instructions(view: View) -> Iterator[Slip]:
    for passage in passages(view):
        for start, end in _instructions_in(passage):
            words = passage.text[start:end].strip()
            message = Text(
                f"残留模板的填写说明：“{shortened(words)}”",
                f"an instruction of the template is left in: “{shortened(words)}”",
            )
            yield Slip(words, message, (passage.span(view, start, end),))


def _instructions_in(passage: Passage) -> Iterator[tuple[int, int]]:
    text = passage.text
    stripped = text.strip()
    if _LINE.search(stripped) or (not passage.is_heading and _TOPICS.search(stripped)):
        yield 0, len(text)
        return
    for found in _BRACKET.finditer(text):
        inside = found.group(1).strip()
        if _ORDERING.search(inside) or _NAME_OF.fullmatch(inside) or _ALTERNATIVES.match(inside):
            yield found.span()


def _directions(view: View) -> Iterator[Slip]:
    prose = (each for each in body(view) if not each.is_heading)
    return matched(
        _BOTH,
        prose,
        view,
        lambda quote: Text(
            f"“{quote}”两个方向都留着，没有选定", f"“{quote}” keeps both directions"
        ),
    )


def _placeholders(view: View) -> Iterator[Slip]:
    """Yield a remark for each passage with placeholders: a blank template has them everywhere."""
    for passage in passages(view):
        found = list(_PLACEHOLDER.finditer(passage.text))
        if found:
            quote = shortened(found[0].group())
            count = len(found)
            message = Text(
                f"占位符“{quote}”没有替换（本段 {count} 处）",
                f"the placeholder “{quote}” was not replaced ({count} in this passage)",
            )
            spans = tuple(passage.span(view, *each.span()) for each in found)
            yield Slip(passage.title, message, spans)


def _blanks(view: View) -> Iterator[Slip]:
    return matched(
        _BLANK,
        body(view),
        view,
        lambda quote: Text(f"“{quote}”处没有填数字", f"no figure is filled in at “{quote}”"),
    )


def _orders(view: View) -> Iterator[Slip]:
    for pattern in (_ORDERED_LISTING, _EITHER):
        yield from matched(
            pattern,
            body(view),
            view,
            lambda quote: Text(
                f"残留模板用词“{quote}”", f"a word of the template is left in: “{quote}”"
            ),
        )


def _charts(view: View) -> Iterator[Slip]:
    return matched(
        _CHART,
        body(view),
        view,
        lambda quote: Text(
            f"图题后残留图形类型的提示：“{quote}”，且未见图",
            f"the caption keeps the template's kind of chart: “{quote}”",
        ),
    )


RULES = (
    Rule(
        id="L101",
        title=Text("没有残留模板的填写说明", "no instructions of the template are left in"),
        gist=Text(
            "括号或整段是在告诉编制人怎么写，而不是在说本单位的事",
            "a bracket or paragraph tells the writer what to write instead of saying it",
        ),
        why=Text("公开的内容应当完整、规范", "what is published is to be in proper form"),
        false_positives=Text(
            "制度、报告的正文引用了填写说明", "a text that quotes instructions on purpose"
        ),
        severity=Severity.WARNING,
        law=_LAW,
        find=remarks("L101", _instructions),
        good="2024年教育支出（类）30.00万元（含上年结转2.00万元）。",
        bad="2024年教育支出（类）30.00万元。（逐项说明到项级科目，不涉及的不列）",
        remedy=_REMEDY,
    ),
    Rule(
        id="L102",
        title=Text("增减方向已经选定", "one direction is chosen"),
        gist=Text(
            "增加（减少）之类的二选一没有删去其一", "增加（减少） and the like were not settled"
        ),
        why=Text(
            "两个方向都在，读者不知是增是减", "with both left, nobody can tell which is meant"
        ),
        false_positives=Text(
            "表头中的“增加（减少）”不在此列", "headers of tables are not looked at"
        ),
        severity=Severity.WARNING,
        law=_LAW,
        find=remarks("L102", _directions),
        good="比2023年度减少3.00万元，下降12.00%。",
        bad="比2023年度减少（增加）3.00万元，下降（增长）12.00%。",
        remedy=Text("只保留实际的方向", "keep the true direction only"),
    ),
    Rule(
        id="L103",
        title=Text("占位符都已替换", "every placeholder is replaced"),
        gist=Text("XX、×× 之类的占位符还在", "XX, ×× and the like still stand"),
        why=Text("数字或名称没有填", "a figure or name was never filled in"),
        false_positives=Text(
            "型号、图纸编号（如 X101）不算", "model numbers like X101 do not count"
        ),
        severity=Severity.WARNING,
        law=_LAW,
        find=remarks("L103", _placeholders),
        good="北岭市民政局2024年度收入总计120.00万元。",
        bad="XX局2024年度收入总计XXX万元。",
        remedy=_REMEDY,
    ),
    Rule(
        id="L104",
        title=Text("该填数字的地方都已填", "no figure is left blank"),
        gist=Text(
            "占、增长或金额后面没有数字", "no number stands where a share or amount is announced"
        ),
        why=Text("空白的数字等于没有公开", "a blank figure is not published"),
        false_positives=Text("扫描件中数字未被识别", "a scan whose figures could not be read"),
        severity=Severity.WARNING,
        law=_LAW,
        find=remarks("L104", _blanks),
        good="占本年支出合计的12.00%。",
        bad="占本年支出合计的 %。",
        remedy=Text("填上数字", "fill in the figure"),
    ),
    Rule(
        id="L105",
        title=Text("没有残留模板用词", "no words of the template are left in"),
        gist=Text(
            "“列明”“部门（单位）”等用词应当换成实际内容",
            "列明, 部门（单位） should have been replaced",
        ),
        why=Text("模板用词不是本单位的表述", "they are the template's words, not the body's"),
        false_positives=Text("“应当列明”等正常用法不算", "列明 as an ordinary verb does not count"),
        severity=Severity.WARNING,
        law=_LAW,
        find=remarks("L105", _orders),
        good="北岭市民政局共有车辆2辆，公务接待3批次。",
        bad="北岭市民政局部门（单位）共有车辆2辆，列明公务接待3批次。",
        remedy=_REMEDY,
    ),
    Rule(
        id="L106",
        title=Text("图题没有残留图形提示", "captions keep no hint of a kind of chart"),
        gist=Text(
            "（柱状图）之类是模板对图形的提示", "（柱状图） tells the writer which chart to draw"
        ),
        why=Text("模板提示应当删去，并插入图", "the hint should be deleted and the chart put in"),
        false_positives=Text("图在转换为文字时丢失", "the chart was lost when the text was made"),
        severity=Severity.NOTICE,
        law=_LAW,
        find=remarks("L106", _charts),
        good="（图1：收支决算总计变动情况图）",
        bad="（图1：收支决算总计变动情况图）（柱状图）",
        remedy=Text("删去提示，核对图是否插入", "delete the hint and see that the chart is there"),
    ),
)
