"""What the ids in a document's facts are called for people."""

from __future__ import annotations

from functools import lru_cache

from fiscal.errors import Text
from fiscal.model import BUDGETS, MEASURES, DocumentKind
from fiscal.ontology.scheme import SCHEMES
from fiscal.ontology.terms import terms

__all__ = ["KINDS", "NON_FACTS", "STATEMENTS", "label_of"]

KINDS = {
    DocumentKind.FINAL_ACCOUNTS: Text("部门决算", "final accounts"),
    DocumentKind.BUDGET: Text("部门预算", "budget"),
    DocumentKind.TEMPLATE: Text("模板", "template"),
    DocumentKind.UNKNOWN: Text("未能判断", "unknown"),
}
STATEMENTS = {
    "equal_to_budget": Text("与预算数持平", "equal to the budget"),
    "equal_to_prior_year": Text("与上年持平", "equal to the year before"),
    "zero": Text("没有收支", "nothing received or spent"),
}
NON_FACTS = {
    "attachment_number": Text("附件编号", "numbers of attachments"),
    "bookmark": Text("书签", "bookmarks"),
    "caption": Text("表题", "captions"),
    "code": Text("科目编码", "codes"),
    "column_number": Text("栏次", "column numbers"),
    "date": Text("日期", "dates"),
    "document_number": Text("文号", "document numbers"),
    "figure_number": Text("图表编号", "numbers of figures and tables"),
    "header_number": Text("表头数字", "numbers in headers"),
    "list_number": Text("序号", "list numbers"),
    "name": Text("名称", "names"),
    "page_number": Text("页码", "page numbers"),
    "telephone": Text("电话", "telephone numbers"),
    "template_text": Text("模板说明", "instructions of the template"),
    "threshold": Text("限额", "thresholds"),
    "web_address": Text("网址", "web addresses"),
    "year": Text("年份", "years"),
}
_SIDES = {
    "opening": Text("年初", "opening"),
    "income": Text("收入", "income"),
    "expenditure": Text("支出", "expenditure"),
    "closing": Text("年末", "closing"),
}
_CONFIDENCE = {"certain": Text("确定", "certain"), "flagged": Text("存疑", "flagged")}
_LISTS = ("table", "funding_source", "expenditure_type")


def label_of(key: str, language: str) -> str:
    """Return what a measure, a budget, a table or another id of a fact is called, else itself.

    >>> label_of("final_accounts_revenue_table", "zh"), label_of("五、收入情况", "zh")
    ('收入决算表', '五、收入情况')
    """
    found = _labels().get(key)
    return found.to(language) if found else key


@lru_cache
def _labels() -> dict[str, Text]:
    named = [term for name in _LISTS for term in terms(name)]
    of_terms = {term.id: Text(term.zh, term.en) for term in named}
    return {**of_terms, **MEASURES, **BUDGETS, **SCHEMES, **_SIDES, **_CONFIDENCE}
