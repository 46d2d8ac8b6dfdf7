"""What stands around the figures: titles, contents, headings, duties, terms; numerals of no amount.

Numerals that a careful reader may well take for figures, such as how many letters were answered,
are `ANY`: no reading of them is right or wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tests.laws.narrative.pieces import ANY, Other, Passage
from tests.laws.narrative.style import Style
from tests.laws.narrative.writer import Writer

__all__ = ["contents", "duties", "heading", "office", "terms", "title"]

_PLACES = (
    "云岭市",
    "青原县",
    "东湖区",
    "白河县",
    "赤水镇",
    "临江市",
    "北屯市",
    "桂平州",
    "沙湾旗",
    "南安街道",
)
_OFFICES = (
    "水利局",
    "卫生健康委员会",
    "财政局",
    "人民检察院",
    "文化和旅游局",
    "教育体育局",
    "市场监督管理局",
    "人民政府办公室",
    "第三中学",
    "妇女联合会",
)
_ORDINALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三")
# The numbering below each numbering.
_BELOW = {"一、": "（一）", "一.": "（一）", "（一）": "1.", "1.": "（1）", "1、": "（1）"}


def office(random: Random) -> str:
    """Name an office."""
    return random.choice(_PLACES) + random.choice(_OFFICES)


def title(writer: Writer) -> Passage:
    """Write what the document is."""
    kind = "预算" if writer.is_budget else "决算"
    return writer.say(
        f"{{body}}{{Y}}<年度|年><部门|单位>{kind}<公开|情况说明|公开说明|>\n",
        Y=writer.number(writer.year, "year"),
    )


def heading(writer: Writer, number: int, name: str, *, below: bool = False) -> Passage:
    """Write the heading of a section or of a part of one, without the end of its line."""
    form = writer.style.headings
    marked: Passage = []
    if writer.style.has_bookmarks:
        place = Other(str(writer.random.randint(10**6, 10**8)), "bookmark")
        marked = ["[bookmark: _Toc", place, "]"]
    if writer.style.is_damaged and writer.chance(0.25):
        return [*marked, *_numbered(writer.style, "1、", number), " ", *writer.say(name)]
    return [*marked, *_numbered(writer.style, _BELOW[form] if below else form, number),
            *writer.say(name)]  # fmt: skip


def _numbered(style: Style, form: str, number: int) -> Passage:
    if "一" in form:
        return [style.words(form.replace("一", _ORDINALS[number - 1]))]
    before, _, after = form.partition("1")
    return [style.words(before), Other(str(number), "list_number"), style.words(after)]


def contents(writer: Writer, names: Sequence[str]) -> Passage:
    """Write a table of contents with the pages of the sections."""
    lines: Passage = ["目  录\n"]
    for number, name in enumerate(names, start=1):
        page = Other(str(3 + 2 * number), "page_number")
        dots = writer.pick("…………", "..........")
        lines += [_ORDINALS[number - 1] + "、", *writer.say(name), dots, page, "\n"]
    return lines


def duties(writer: Writer) -> Passage:
    """Tell of duties and of work done, with numbers of documents and laws."""
    random = writer.random
    lines: Passage = writer.say("第一部分 <部门|单位>概况\n一、主要职能\n")
    lines += writer.say(
        "根据《{body}职能配置、内设机构和人员编制规定》（<府办发|委办>〔{Y}〕{N}号），负责贯彻执行国家有关方针政策。\n",
        Y=Other(str(writer.year - 4), "document_number"),
        N=Other(str(random.randint(1, 180)), "document_number"),
    )
    if writer.chance(0.5):
        lines += writer.say(
            "全年<办理来信|接待来访>{N}件，办结率{P}%，召开会议{M}次。\n",
            N=Other(str(random.randint(10, 900)), ANY),
            P=Other(str(random.randint(80, 100)), ANY),
            M=Other(str(random.randint(3, 90)), ANY),
        )
    if writer.chance(0.5):
        lines += writer.say(
            "二、机构设置\n本部门于{Y}年{M}月挂牌，下设综合科、财务科等科室。\n",
            Y=Other(str(writer.year - 5), "date"),
            M=Other(str(random.randint(1, 12)), "date"),
        )
    return lines


def terms(writer: Writer) -> Passage:
    """S69: explain terms, some of them headings with codes; no figure is stated."""
    lines: Passage = ["名词解释\n"]
    explained = (
        "财政拨款收入：指单位从同级财政部门取得的财政预算资金。",
        "基本支出：指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。",
        "机关运行经费：指为保障行政单位运行用于购买货物和服务的各项资金。",
    )
    number = 1
    for number, text in enumerate(explained, start=1):
        lines += [Other(str(number), "list_number"), ".", *writer.say(text), "\n"]
    for item in writer.items()[:2]:
        number += 1
        code, names = item[0].code or "", item[1]
        lines += writer.say(
            "{N}.{A}（{X}类）{B}（{Y}款）{C}（{Z}项）：指用于该方面的支出。\n",
            N=Other(str(number), "list_number"),
            A=names[0],
            B=names[1],
            C=names[2],
            X=Other(code[:3], "code"),
            Y=Other(code[3:5], "code"),
            Z=Other(code[5:7], "code"),
        )
    telephone = f"0{writer.random.randint(310, 999)}-{writer.random.randint(2000000, 8999999)}"
    lines += writer.say("<公开咨询电话|联系电话>：{T}\n", T=Other(telephone, "telephone"))
    return lines
