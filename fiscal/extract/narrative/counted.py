"""Counted things whose name stands behind the number: 对8个项目编制了绩效目标.

>>> from fiscal.extract.numerals import numerals
>>> text = "对8个项目编制了绩效目标，更新购置2辆公务用车。"
>>> [counted_thing(text, n, text[:n.start].split("，")[-1], ()) for n in numerals(text)]
['编制绩效目标的项目', '更新购置公务用车']
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from fiscal.extract.narrative.labels import label_of
from fiscal.extract.numerals import Numeral

__all__ = ["counted_thing"]

_THING = re.compile(
    r"\s?(?:的)?(?P<thing>公务用车|公车|车辆|(?:一级|二级|三级|重点|重大|专项)?项目|(?:下属|预算|二级|所属|事业|行政|独立核算)*单位|部门|企业|指标|科室|人员|职工)"
    r"(?P<rest>[^，,。；;：:、（()）\n]{0,40})"
)
# 设立14个学院、22个部门: the verb names nothing, and what is counted stands behind.
_NAMED_BEHIND = re.compile(r"\s?(?P<thing>[\u4e00-\u9fff]{2,12})(?=[，,。；;：:、（()）\n]|$)")
_NAMES_NOTHING = re.compile(
    r"(?:设置|设立|设有|下设|内设|建有|拥有|建成|^[^、]{0,12}、|[是为]?全[省市州县区乡镇])(?:了)?$"
)
_MOVES = re.compile(r"(?:增加|减少|增长|下降|上升|新增).*$")
_HELPERS = re.compile(r"^(?:对|选取|选择|涉及|等|选|共|将|按照|针对|有)+|(?:了|等)$|“[^”]*”")
_PLACE = re.compile(r"^.*?在[^，。]{0,24}?中")


def counted_thing(text: str, numeral: Numeral, clause: str, bodies: Sequence[str]) -> str:
    """Return what is counted where its name follows the unit, "" where it does not."""
    behind = _THING.match(text, numeral.unit_end)
    if behind is None:
        named = _NAMED_BEHIND.match(text, numeral.unit_end)
        return named["thing"] if named and _NAMES_NOTHING.search(clause) else ""
    thing, rest = behind["thing"], _MOVES.sub("", behind["rest"]).replace("了", "", 1)
    if rest.startswith("支出"):
        rest = thing + rest
    before = label_of(_PLACE.sub("", clause), bodies)
    while _HELPERS.search(before):
        before = _HELPERS.sub("", before)
    return f"{before}{rest}的{thing}" if rest else f"{before}{thing}"
