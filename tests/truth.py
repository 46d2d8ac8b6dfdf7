"""The facts a person read from real disclosures, as if the reader had found them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from fiscal.codes import TOTAL
from fiscal.documents.reader import read_file
from fiscal.extract.naming import name_heading
from fiscal.model import Document, DocumentKind, Extraction, Fact, Listing, Profile, Span
from fiscal.money import Amount

MEASURES = {
    "决算": "final",
    "预算": "budget",
    "增减额": "change",
    "增减率": "change_rate",
    "占比": "share",
    "完成率": "completion",
    "数量": "count",
    "得分": "score",
    "目标值": "target",
    "实际值": "actual",
    "预决算差额": "budget_difference",
}
BUDGETS = {
    "一般公共预算": "general_public_budget",
    "政府性基金": "government_funds_budget",
    "国有资本经营预算": "state_capital_budget",
}
_TYPES = {"基本支出": "basic_expenditure", "项目支出": "project_expenditure"}

_WHOLE = re.compile(
    r"(?:一般公共预算|政府性基金预算|国有资本经营预算)(?:财政)?(?:拨款)?(?:总?支出)?$"
)


def emeishan_extraction(shared: Path) -> Extraction:
    """Return the account of Emeishan as a person read it; its list of headings is complete."""
    name = "emeishan-government-office-2019-final-accounts"
    document = read_file(str(shared / "documents" / f"{name}.txt"))
    facts = tuple(_facts(shared / "truth" / f"{name}.facts.csv", document))
    profile = Profile(name, "峨眉山市人民政府办公室", 2019, DocumentKind.FINAL_ACCOUNTS, "万元")
    listed = frozenset(
        fact.id
        for fact in facts
        if fact.measure == "final"
        and fact.code
        and fact.code != TOTAL
        and "具体情况" in fact.section
    )
    return Extraction(document, profile, facts, (Listing(TOTAL, listed),))


def _facts(path: Path, document: Document) -> Iterator[Fact]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield _fact(row, document)


def _fact(row: dict[str, str], document: Document) -> Fact:
    start, end = int(row["start"]), int(row["end"])
    label, _, base = row["label"].partition("（占")
    funding = row["funding"] or row["exptype"]
    return Fact(
        id=row["id"],
        label=label,
        code=row["code"] or _code_of(label, int(row["year"])),
        measure=MEASURES[row["measure"]],
        fiscal_year=int(row["year"]),
        amount=Amount(Decimal(row["amount"]), row["unit"]),
        budget=BUDGETS.get(funding),
        section=row["section"],
        span=Span(document.text[start:end], start, end),
        expenditure_type=_TYPES.get(row["exptype"]),
        base=base.removesuffix("）") or None,
        comparator=row["comparator"] or None,
    )


def _code_of(label: str, year: int) -> str | None:
    return TOTAL if _WHOLE.search(label) else name_heading(label, year).code
