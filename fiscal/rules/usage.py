"""Terms and forms that are not, or no longer, in use.

Texts are carried on from year to year and outlive what they name: an accounting regime, a fund, a
department. The terms are data with the year since when nobody should use them for the present.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from fiscal.errors import Text
from fiscal.rules.passages import Passage, body
from fiscal.rules.rule import PUBLISHED, Rule, Severity
from fiscal.rules.slip import Slip, matched, mentioning, remarks
from fiscal.rules.view import View

__all__ = ["RULES"]

_LAW = ("publication_rules/4",)
_DOCUMENT_NUMBER = re.compile(
    r"(?:(?![按据和复局])[\u4e00-\u9fff]){1,6}[（(【\[]20\d\d[)）】\]]第?\s?\d{1,4}\s?号|〔20\d\d〕\s?0\d{0,3}\s?号"
)
_NUMBERED = r"[（(【\[〔]20\d\d[)）】\]〕]"
_RESIDUE = re.compile(r"\[bookmark: [^\]\n]{0,80}\]|PAGEREF _Toc\d{1,12}|Error! Reference|错误!未")
_VEHICLE_COST = re.compile(
    r"公务用?车(?:用车)?(?:及|和|与)运行(?:维护)?费|公务车用车[\u4e00-\u9fff]{0,2}运行(?:维护)?费?"
)


class _Obsolete(NamedTuple):
    since: int
    now: str


# Known from memory, not checked against the instruments that replaced them.
_OBSOLETE = {
    "行政单位会计制度": _Obsolete(2019, "政府会计准则制度"),
    "事业单位会计制度": _Obsolete(2019, "政府会计准则制度"),
    "用事业基金弥补收支差额": _Obsolete(2019, "使用非财政拨款结余"),
    "预算外资金": _Obsolete(2011, "财政专户管理资金"),
    "监察局": _Obsolete(2018, "监察委员会"),
    "国税局": _Obsolete(2018, "税务局"),
    "地税局": _Obsolete(2018, "税务局"),
    "国土资源局": _Obsolete(2019, "自然资源局"),
    "卫生和计划生育局": _Obsolete(2019, "卫生健康局"),
}
_TERM = re.compile("|".join(map(re.escape, _OBSOLETE)))
# An old office may be named where it is said to have been one.
_HISTORY = re.compile(r"原|撤销|划入|转隶|更名|并入|整合|组建|改为|文件|印发|[《〔]")
_NEAR = 12
# Short lines come again in every table; long ones only where a page was put in twice.
_LONG, _LONG_IN_A_RUN = 30, 3


def _document_numbers(view: View) -> Iterator[Slip]:
    return matched(
        _DOCUMENT_NUMBER,
        body(view),
        view,
        lambda quote: Text(
            f"文号“{quote}”的写法：年份用六角括号〔〕，序号前不加 0",
            f"the document number “{quote}” takes 〔〕 and no leading zero",
        ),
    )


def _repeated(view: View) -> Iterator[Slip]:
    """Yield each run of paragraphs that the document has already had, word for word."""
    seen: set[str] = set()
    run: list[Passage] = []
    for passage in (*body(view), None):
        text = re.sub(r"\s", "", passage.text) if passage else ""
        if passage and text in seen:
            run.append(passage)
            continue
        if sum(len(each.text) >= _LONG for each in run) >= _LONG_IN_A_RUN:
            yield _repeated_from(run, view)
        run = []
        seen.add(text)


def _repeated_from(run: list[Passage], view: View) -> Slip:
    message = Text(
        f"从这里起 {len(run)} 段与前文完全相同",
        f"{len(run)} paragraphs from here on are word for word as before",
    )
    return Slip(run[0].title[:30], message, (run[0].span(view, 0, len(run[0].text)),))


def _residue(view: View) -> Iterator[Slip]:
    found = list(_RESIDUE.finditer(view.document.text))
    if found:
        message = Text(
            f"文字中残留排版软件的标记（{len(found)} 处）",
            f"marks of a word processor are left in the text ({len(found)} times)",
        )
        spans = tuple(view.document.span(*each.span()) for each in found)
        yield Slip("residue", message, spans)


def _obsolete(view: View) -> Iterator[Slip]:
    year = view.profile.fiscal_year or 0
    for passage in body(view):
        for found in _TERM.finditer(passage.text):
            term = _OBSOLETE[found.group()]
            around = passage.text[max(found.start() - _NEAR, 0) : found.end() + _NEAR]
            if year >= term.since and not _HISTORY.search(around):
                message = Text(
                    f"“{found.group()}”自 {term.since} 年起已改为“{term.now}”（凭记忆）",
                    f"“{found.group()}” has been “{term.now}” since {term.since} (recalled)",
                )
                yield Slip(found.group(), message, (passage.span(view, *found.span()),))


def _year(view: View) -> int | None:
    """Return the year: without it no term is known to be old."""
    return view.profile.fiscal_year


def _vehicle_costs(view: View) -> Iterator[Slip]:
    return matched(
        _VEHICLE_COST,
        body(view),
        view,
        lambda quote: Text(
            f"“{quote}”应为公务用车购置及运行维护费或公务用车运行维护费",
            f"“{quote}” is no name of a public expense",
        ),
    )


_PAGE = (
    "\n\n".join(
        f"{at}.某项职责：负责本区第{at}类事务的规划、组织、协调、监督和管理，并承担相应的责任。"
        for at in "一二三四"
    )
    + "\n\n"
)

RULES = (
    Rule(
        id="L411",
        title=Text("文号写法规范", "document numbers are in proper form"),
        gist=Text(
            "文号的年份用了圆括号，或序号有前导零", "round brackets or a leading zero in a number"
        ),
        why=Text("公开的文字应当规范", "what is published is to be in proper form"),
        false_positives=Text("引用原文如此", "quoted as it was written"),
        severity=Severity.NOTICE,
        law=_LAW,
        find=remarks("L411", _document_numbers, among=mentioning(_NUMBERED)),
        kinds=PUBLISHED,
        good="根据某府办〔2018〕19号文件。",
        bad="根据某府办（2018）19号文件。",
        remedy=Text("改为〔〕", "use 〔〕"),
    ),
    Rule(
        id="L412",
        title=Text("没有残留排版标记", "no marks of a word processor are left"),
        gist=Text("书签、页码域等标记进入了正文", "bookmarks or fields became text"),
        why=Text("公开的文字应当规范", "what is published is to be in proper form"),
        false_positives=Text("由文件转换为文本时产生", "made when the file was turned into text"),
        severity=Severity.NOTICE,
        law=_LAW,
        find=remarks("L412", _residue),
        kinds=PUBLISHED,
        good="一、基本职能及主要工作",
        bad="[bookmark: _Toc15396600]一、基本职能及主要工作",
        remedy=Text("删去标记", "delete them"),
    ),
    Rule(
        id="L413",
        title=Text("用现行的名称", "terms are those in use"),
        gist=Text(
            "机构、制度或科目已改名，仍用旧名", "an office, regime or item under its old name"
        ),
        why=Text("可能沿用了往年的文字", "the text may be carried on from earlier years"),
        false_positives=Text("叙述历史时提到旧名", "an old name in an account of the past"),
        severity=Severity.NOTICE,
        law=_LAW,
        find=remarks("L413", _obsolete, among=_year),
        kinds=PUBLISHED,
        good="执行政府会计准则制度的单位1个，原国税局的业务已移交。",
        bad="执行行政单位会计制度的单位1个。",
        remedy=Text("核对后改为现名", "check, and use the present name"),
    ),
    Rule(
        id="L414",
        title=Text("公务用车费用写全称", "costs of vehicles have their full name"),
        gist=Text("“公务用车及运行维护费”漏了“购置”等", "购置 left out, or 用车 written twice"),
        why=Text("购置费与运行费要分开公开", "purchase and operation are published apart"),
        false_positives=Text("无", "none known"),
        severity=Severity.NOTICE,
        law=("publication_rules/annex",),
        find=remarks("L414", _vehicle_costs, among=mentioning("公务用?车|公务车")),
        kinds=PUBLISHED,
        good="公务用车购置及运行维护费3.00万元，其中公务用车运行维护费3.00万元。",
        bad="公务用车及运行维护费3.00万元。",
        remedy=Text("写全称", "write the full name"),
    ),
    Rule(
        id="L415",
        title=Text("没有重复的页", "no page stands twice"),
        gist=Text("连续几段与前文一字不差", "several paragraphs are word for word as before"),
        why=Text("可能重复插入了一页", "a page may have been put in twice"),
        false_positives=Text("各单位用了相同的套话", "the same set phrases for several units"),
        severity=Severity.NOTICE,
        law=_LAW,
        find=remarks("L415", _repeated),
        kinds=PUBLISHED,
        good=_PAGE + "其他事项说明。",
        bad=_PAGE + "其他事项说明。\n\n" + _PAGE,
        remedy=Text("删去重复的部分", "delete what is repeated"),
    ),
)
