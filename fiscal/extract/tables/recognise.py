"""Which table it is: told by its title, held against what its headers and rows show.

The order and numbers of tables differ from province to province, so neither is looked at. A title
that does not fit the content is passed over, and without a title the content alone decides.

>>> kind_of_title("2024年度一般公共预算财政拨款支出决算表"), kind_of_title("2024年部门收入预算总表")
('final_accounts_general_public_table', 'budget_revenue_table')
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from fiscal.extract.tables.cells import compact
from fiscal.model import DocumentKind

__all__ = [
    "UNKNOWN",
    "Shape",
    "budget_of_table",
    "default_side",
    "kind_of_shape",
    "kind_of_title",
    "shape_of",
]

UNKNOWN = "unknown_table"

_FUND_NAMES = re.compile(
    r"(?:一般公共|政府性基金|国有资本经营|社会保险基金)预算|部门预算(?=支出经济|经济)"
)
_NOISE = re.compile(
    r"[“”\"'‘’《》]|\d{4}年度?|^(?:\d{1,2}[.、]|[一二三四五六七八九十]+、|表\d+[-\d]*|附[件表]\d*)[:：]?"
)
# The first that fits wins: what is narrower stands above what is wider.
_TITLES = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("performance", r"绩效"),
        ("three_public", r"三公"),
        ("assets", r"资产.*表"),
        ("procurement", r"政府采购.*表"),
        ("operating", r"机[构关]运行.*表|信息统计表"),
        ("special_account", r"财政专户.*表"),
        ("state_capital", r"国有资本经营.*表"),
        ("government_funds", r"政府性基金.*表"),
        ("basic", r"基本支出.*表"),
        ("project", r"项目(?:收入)?支出.*表|项目(?:经费|收入支出).*表"),
        ("detail", r"支出(?:决算)?明细.*表"),
        ("appropriation", r"财政拨款收(?:入)?、?支(?:出)?.*总(?:体情况)?表"),
        ("general_public", r"一般公共(?:预算|服务)?.*支出.*表"),
        ("appropriation_expenditure", r"财政拨款支出.*表"),
        ("summary", r"收(?:入)?、?支(?:出)?.*总(?:体情况)?.*表|收支.*表"),
        ("revenue", r"收入.*表"),
        ("expenditure", r"支出.*表"),
    )
)
# Tables whose ids do not begin with what discloses them, and those only a final account has.
_OWN_IDS = {
    "performance": "performance_self_evaluation_table",
    "assets": "state_asset_table",
    "procurement": "procurement_table",
    "operating": "operating_expenses_table",
    "special_account": "special_account_table",
}
_BUDGETS = {
    "general_public": "general_public_budget",
    "basic": "general_public_budget",
    "government_funds": "government_funds_budget",
    "state_capital": "state_capital_budget",
}


class Shape(StrEnum):
    """What a table looks like, whatever it is called."""

    FUNCTIONAL = "functional"
    ECONOMIC = "economic"
    BALANCE = "balance"
    THREE_PUBLIC = "three_public"
    PERFORMANCE = "performance"
    OTHER = "other"


_CODED = frozenset((Shape.FUNCTIONAL, Shape.ECONOMIC, Shape.OTHER))
_ANYTHING_PLAIN = frozenset((Shape.OTHER, Shape.THREE_PUBLIC, Shape.FUNCTIONAL, Shape.ECONOMIC))
_FITTING = {
    "performance": frozenset((Shape.PERFORMANCE, Shape.OTHER)),
    "three_public": frozenset((Shape.THREE_PUBLIC, Shape.OTHER)),
    "operating": frozenset((Shape.THREE_PUBLIC, Shape.OTHER)),
    "assets": _ANYTHING_PLAIN,
    "procurement": _ANYTHING_PLAIN,
    "summary": frozenset((Shape.BALANCE, Shape.OTHER)),
    "appropriation": frozenset((Shape.BALANCE, Shape.OTHER)),
    "basic": frozenset((Shape.ECONOMIC, Shape.OTHER)),
    "revenue": _CODED,
    "expenditure": _CODED,
    "general_public": _CODED,
    "government_funds": frozenset((*_CODED, Shape.BALANCE)),
    "state_capital": frozenset((*_CODED, Shape.BALANCE)),
}


def kind_of_title(
    title: str, default: str = "final_accounts", shape: Shape = Shape.OTHER
) -> str | None:
    """Return the id of the table a title names, None where it names none or does not fit.

    `default` says whose table it is where the title tells of neither budget nor final accounts.
    """
    name = _NOISE.sub("", compact(title))
    for kind, pattern in _TITLES:
        if pattern.search(name):
            return _id_of(kind, name, default) if shape in _FITTING.get(kind, Shape) else None
    return None


def _id_of(kind: str, name: str, default: str) -> str:
    if kind in _OWN_IDS:
        return _OWN_IDS[kind]
    words = _FUND_NAMES.sub("", name)
    side = "budget" if "预算" in words else "final_accounts" if "决算" in words else default
    return f"{side}_{kind}_table"


def shape_of(header: Iterable[str], labels: Iterable[str], code: str | None) -> Shape:
    """Tell what a table looks like by its compact headers, row labels and first code."""
    words = " ".join((*header, *labels))
    if "指标" in words and re.search(r"绩效|[一二三]级指标|目标值|指标值", words):
        return Shape.PERFORMANCE
    if code is not None:
        return Shape.ECONOMIC if code[0] in "35" else Shape.FUNCTIONAL
    if "出国" in words and "公务接待" in words:
        return Shape.THREE_PUBLIC
    is_two_sided = "收入" in words and "支出" in words
    is_balance = is_two_sided and re.search(r"总计|结转|本年收入合计|一般公共服务", words)
    return Shape.BALANCE if is_balance else Shape.OTHER


def kind_of_shape(
    shape: Shape, header: Iterable[str], labels: Iterable[str], default: str
) -> tuple[str, bool]:
    """Return the id of the table that its content shows, and whether it could be another."""
    above, left = " ".join(header), " ".join(labels)
    if shape is Shape.PERFORMANCE:
        return _OWN_IDS["performance"], False
    if shape is Shape.THREE_PUBLIC:
        return f"{default}_three_public_table", False
    if shape is Shape.ECONOMIC:
        return f"{default}_basic_table", True
    if shape is Shape.BALANCE:
        is_fiscal = (
            re.search(r"一般公共预算", above) or "财政拨款结转" in left or "财政拨款收入 " in above
        )
        return f"{default}_{'appropriation' if is_fiscal else 'summary'}_table", False
    if shape is Shape.FUNCTIONAL:
        return _functional(above, left, default)
    return UNKNOWN, False


def _functional(above: str, left: str, default: str) -> tuple[str, bool]:
    # Read from the narrowest header to the widest.
    kinds = (
        ("state_capital", r"国有资本经营预算支出", False),
        ("government_funds", r"政府性基金预算支出", False),
        ("general_public", r"一般公共预算(?:财政拨款)?支出", False),
        ("revenue", r"上级补助|本年收入合计|收入预算|事业收入", False),
        ("expenditure", r"上缴上级|本年支出合计|支出预算|附属单位补助", False),
        ("state_capital" if "国有资本" in left else "government_funds", r"结转.*本年收入", True),
        ("general_public", r"基本支出", True),
    )
    for kind, pattern, is_guess in kinds:
        if re.search(pattern, above):
            return f"{default}_{kind}_table", is_guess
    return UNKNOWN, False


def budget_of_table(table: str, title: str) -> str | None:
    """Return the budget all figures of a table belong to, None where it says none or several."""
    kind = re.sub(r"^(?:budget|final_accounts)_|_table$", "", table)
    if kind in ("three_public", "project", "detail") and "一般公共预算" in compact(title):
        return "general_public_budget"
    return _BUDGETS.get(kind)


def default_side(kind: DocumentKind) -> str:
    """Return whose tables a document of this kind holds where they do not say."""
    return "budget" if kind is DocumentKind.BUDGET else "final_accounts"
