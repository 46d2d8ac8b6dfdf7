"""Sentences that tell of another body as if it were this one: text taken over from elsewhere.

X局2022年度支出合计… begins the sentence of a body's own figure. Where X is neither the document's
body nor written as a part, a short form or an old form of its name, and is named nowhere else, it
is most likely the body whose account the text was copied from. The same office of another place
(石门县某局 for 溪口县某局) is taken for that in more words, and within a sentence. A body that the
document names on other occasions (a unit, the office above) may have figures here, and passes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from fiscal.errors import Text
from fiscal.model import Span
from fiscal.rules.organisation_names import JOINING, is_variant
from fiscal.rules.passages import body, once
from fiscal.rules.rule import PUBLISHED, Rule, Severity
from fiscal.rules.slip import Slip, remarks
from fiscal.rules.view import View

__all__ = ["RULES", "is_other"]

_NUMBERING = r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s?)?"
_NAME = r"[\u4e00-\u9fff]{4,30}?(?:局|委员会|委|厅|院|政府|办公室|办事处|中心|校|学|馆|所|站|队)"
_FIGURES = (
    r"(?:部门|单位|本年|全年)?(?:收入|支出|收支|收、支|财政拨款|一般公共预算|政府性基金|国有资本经营"
    r"|“三公”|机关运行|政府采购|年末结转|(?:没有|无|未)(?:使用|安排)?(?:政府性基金|国有资本))"
)
_OF_YEAR = rf"20\d\d\s?年度?\s?{_FIGURES}"
_OF_PLACE = (
    r"(?:(?:没有|无|未)(?:使用|安排)?(?:政府性基金|国有资本)|政府采购支出|机关运行经费"
    r"|(?:更新|购置|保有)公务用车|共有车辆)"
)
_SENTENCE = re.compile(
    rf"(?:^|(?P<before>[。；，]))\s*{_NUMBERING}(?P<name>{_NAME})\s?(?:(?P<year>{_OF_YEAR})|{_OF_PLACE})"
)
_DIVISIONS = re.compile(r"(?:[\u4e00-\u9fff]{2,8}?(?:自治区|自治州|自治县|省|市|州|盟|区|县|旗))+")
_NO_NAME = re.compile(
    r"^(?:根据|按照?|经|由|对|向|从|为|在|与|和|其中|本|我|该|各|全)|主要|原因|由于|[所下直]属"
)
_RANK = re.compile(r"(?:局|委员会|委|厅|办公室|办)$")
_UNIT = re.compile(r"(?:中心|校|学|馆|所|站|队|(?<!法)(?<!检察)院)$")
_ABOVE = re.compile(r"财政[局厅]|审计[局厅]|人民政府|人大|代表大会")
_SHORTEST_NAME = 4


class _Telling(NamedTuple):
    name: str
    is_of_year: bool
    span: Span


def _others(view: View) -> Iterator[Slip]:
    """Yield a slip for each body that is told of instead of the document's own."""
    own, text = view.profile.organisation or "", view.document.text
    if len(own) < _SHORTEST_NAME:
        return
    found: defaultdict[str, list[_Telling]] = defaultdict(list)
    for telling in _tellings(view):
        found[telling.name].append(telling)
    for name, told in found.items():
        count = text.count(name)
        is_sure = any(each.is_of_year for each in told) or _is_elsewhere(name, own)
        if is_sure and is_other(name, own) and count == len(told) < text.count(own):
            message = Text(
                f"本文件的单位是“{own}”，这里说的却是“{name}”",
                f"the document is of “{own}”, but this is said of “{name}”",
            )
            yield Slip(name, message, tuple(each.span for each in told))


@once
def _tellings(view: View) -> Iterator[_Telling]:
    for passage in body(view):
        for found in _SENTENCE.finditer(passage.text):
            is_of_year = bool(found["year"]) and found["before"] != "，"
            yield _Telling(found["name"], is_of_year, passage.span(view, *found.span("name")))


def is_other(name: str, own: str) -> bool:
    """Tell whether a name can only be that of a body that is not `own`.

    >>> is_other("石门县农业农村局", "溪口县农业农村局"), is_other("县农业局", "溪口县农业农村局")
    (True, False)
    >>> is_other("溪口县财政局", "溪口县农业农村局")
    False
    """
    if _NO_NAME.search(name) or (_ABOVE.search(name) and not _ABOVE.search(own)):
        return False
    if _UNIT.search(name) and name[-2:] != own[-2:]:
        return False
    one, other = _stem(name), _stem(own)
    return not (_is_short_for(one, other) or _is_short_for(other, one) or is_variant(name, own))


def _stem(name: str) -> str:
    """Return a name without its rank, for a bureau that was a committee is the same body."""
    return _RANK.sub("", name.removeprefix("中共"))


def _is_short_for(short: str, whole: str) -> bool:
    """Tell whether the characters of one name all stand in another, in their order."""
    rest = iter(whole)
    return all(character in rest for character in short if character not in JOINING)


def _is_elsewhere(name: str, own: str) -> bool:
    """Tell whether two names are of the same office in two places, neither within the other."""
    here, there = _DIVISIONS.match(own), _DIVISIONS.match(name)
    if not here or not there or own[here.end() :] != name[there.end() :]:
        return False
    return not (here.group() in there.group() or there.group() in here.group())


RULES = (
    Rule(
        id="L202",
        title=Text("说的是本单位的数字", "figures are told of the document's body"),
        gist=Text(
            "句首的单位不是本文件的单位，全文别处也没有提到它",
            "a sentence of the body's own figures names another, which occurs nowhere else",
        ),
        why=Text(
            "可能套用了其他单位的文字", "the text may have been taken over from another body's"
        ),
        false_positives=Text(
            "所属单位只在此处提到；单位更名前的名称",
            "a unit that is named only here, or the body's name before it was changed",
        ),
        severity=Severity.WARNING,
        law=("publication_rules/4", "budget_law/14"),
        find=remarks("L202", _others, among=_tellings),
        kinds=PUBLISHED,
        good="溪口县某局2024年度部门决算\n溪口县某局2024年度支出合计3.00万元。",
        bad="# final_accounts 2024 溪口县某某局\n溪口县某某局2024年度部门决算\n"
        "溪口县某某局共有车辆2辆。\n石门县某某局2024年度支出合计3.00万元。",
        remedy=Text("改为本单位的名称，并核对数字", "write the body's name and check the figures"),
    ),
)
