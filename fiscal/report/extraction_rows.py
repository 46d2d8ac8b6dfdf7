"""Facts as rows of one flat table: a column for each key of the JSON, and the document's own."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from fiscal.errors import Text
from fiscal.model import Extraction
from fiscal.report.json import fact_record

__all__ = ["COLUMNS", "Column", "Holds", "fact_rows"]


class Holds(StrEnum):
    """What a column holds."""

    TEXT = "text"
    TEXTS = "texts"
    WHOLE = "whole"
    DECIMAL = "decimal"


class Column(NamedTuple):
    """A column: its key, what people call it, what it holds, and its width in characters."""

    key: str
    label: Text
    holds: Holds = Holds.TEXT
    width: int = 12


COLUMNS = (
    Column("id", Text("编号", "id")),
    Column("label", Text("名称", "label"), width=40),
    Column("code", Text("科目编码", "code")),
    Column("scheme", Text("科目体系", "scheme")),
    Column("measure", Text("口径", "measure")),
    Column("fiscal_year", Text("年度", "year"), Holds.WHOLE, 8),
    Column("amount", Text("金额", "amount"), Holds.DECIMAL, 16),
    Column("unit", Text("单位", "unit"), width=8),
    Column("value", Text("以元计（非金额以原单位计）", "in 元, else own unit"), Holds.DECIMAL, 20),
    Column("budget", Text("预算类型", "budget"), width=18),
    Column("funding_source", Text("资金来源", "funding source"), width=18),
    Column("expenditure_type", Text("支出类型", "expenditure type")),
    Column("side", Text("收支方", "side")),
    Column("base", Text("对比基数", "base"), width=18),
    Column("comparator", Text("比较符", "comparator"), width=8),
    Column("cause_of", Text("所释变动", "cause of")),
    Column("section", Text("章节", "section"), width=32),
    Column("series", Text("同列首数", "series")),
    Column("table", Text("表", "table")),
    Column("row", Text("行", "row"), Holds.WHOLE, 8),
    Column("column", Text("列", "column"), width=18),
    Column("quote", Text("原文", "quote"), width=18),
    Column("page", Text("页", "page"), Holds.WHOLE, 8),
    Column("start", Text("起", "start"), Holds.WHOLE, 10),
    Column("end", Text("止", "end"), Holds.WHOLE, 10),
    Column("confidence", Text("可信度", "confidence")),
    Column("flags", Text("疑点", "flags"), Holds.TEXTS, 24),
    Column("document", Text("文件", "document"), width=32),
    Column("sha256", Text("文件摘要", "sha256")),
    Column("title", Text("标题", "title"), width=32),
    Column("organisation", Text("编报单位", "organisation"), width=24),
    Column("document_kind", Text("文件类型", "document kind")),
)


def fact_rows(extraction: Extraction) -> Iterator[dict[str, Any]]:
    """Yield each fact by the keys of `COLUMNS`; amounts are exact decimals written as texts."""
    of_document = {
        "document": extraction.document.path,
        "sha256": extraction.document.sha256,
        "title": extraction.profile.title,
        "organisation": extraction.profile.organisation,
        "document_kind": extraction.profile.kind.value,
    }
    for fact in extraction.facts:
        yield {**fact_record(fact), **of_document}
