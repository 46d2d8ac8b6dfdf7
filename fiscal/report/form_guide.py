"""The first sheet of a workbook to fill in: how to do it, in plain words."""

from __future__ import annotations

from fiscal.report.workbook import Cell, Look, Sheet, Shown

__all__ = ["guide"]

_TITLE = Look(is_bold=True, size=16)
_LONG = Look(is_wrapped=True)
# No numerals, which would be read as figures, and no names of tables, which would be titles.
_LINES = (
    "填写说明",
    "浅黄色的格由填表人填写；白色的金额格是公式，由所填的数合计得出，不必填写。",
    "金额按各表所注的单位填数字，不带单位，不用文字；没有的项目留空。",
    "先在各表“编制单位”后写上单位全称。",
    "每类之下的空行供填写款、项的编码与名称。项不够时在两个项之间插入行；款不够时复制一个款连同其下的项，"
    "插入到另一个款之前；插入后把上一行的公式也复制下来。",
    "不用的类连同其下的行一起删除；用到的款之下至少留一个项，只核算到款的可在款的格内直接填数。",
    "没有数据的表保留，在表下“注：”后写明没有该项收支。",
    "各表之间没有公式相连，请分别按账簿和决算报表填写，以便表与表互相核对。",
    "填好后在表格软件中保存，公式的结果才会存入文件；再用 fiscal check 核对、"
    "fiscal extract 取数、fiscal rollup 汇总。",
)


def guide(title: str) -> Sheet:
    """Return the sheet that tells how to fill in the others."""
    rows: list[list[Cell]] = [[Shown(title, _TITLE)]]
    rows += [[Shown(line, _LONG)] for line in _LINES]
    return Sheet("填写说明", (), [100], rows)
