"""How much of a document was read and checked, and what it states without a numeral."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fiscal.errors import Text
from fiscal.model import Extraction, Span
from fiscal.report.extraction import coverage_record
from fiscal.report.extraction_labels import NON_FACTS, STATEMENTS
from fiscal.report.findings_text import reasons_of
from fiscal.report.page.markup import Child, Element, element
from fiscal.report.quotes import place_of
from fiscal.rules.check import Check

__all__ = ["UNCHECKED", "UNCHECKED_ANCHOR", "coverage_section", "statements_section"]

UNCHECKED = Text("未能核对的", "What could not be checked")
UNCHECKED_ANCHOR = "unchecked"


def coverage_section(check: Check, checked: frozenset[str], language: str) -> Element:
    """Return what became of every numeral, and what could not be checked, with the reasons."""
    return element(
        "section",
        element("h2", Text("覆盖范围", "Coverage").to(language), id="coverage"),
        element("dl", _numerals(check.extraction, checked, language), class_="counts"),
        _lost(check.extraction, language),
        element("h3", UNCHECKED.to(language), id=UNCHECKED_ANCHOR),
        element("ul", _reasons(check, language), class_="columns"),
        aria_labelledby="coverage",
    )


def _numerals(extraction: Extraction, checked: frozenset[str], language: str) -> Iterator[Element]:
    record = coverage_record(extraction)
    kinds = record["non_facts_by_kind"]
    named = [f"{NON_FACTS.get(k, Text(k, k)).to(language)} {n}" for k, n in kinds.items()]
    others = Text(f"（{'、'.join(named)}）", f" ({', '.join(named)})").to(language) if named else ""
    told = (
        (Text("全文数字", "numerals in the text"), str(record["numerals"])),
        (Text("读作事实", "read as facts"), str(record["facts"])),
        (Text("其中参加核对", "of these checked"), str(len(checked))),
        (Text("不是金额的", "others"), f"{record['non_facts']}{others}"),
        (Text("未能归类", "not read"), str(len(extraction.unaccounted))),
    )
    for name, value in told:
        yield element("div", element("dt", name.to(language)), element("dd", value))


def _lost(extraction: Extraction, language: str) -> Element | None:
    if not extraction.unaccounted:
        return None
    told = Text("未能归类的数字", "Numerals that were not read").to(language)
    items = [
        _linked(f"lost-{number}", span, extraction, language)
        for number, span in enumerate(extraction.unaccounted, start=1)
    ]
    summary = element("summary", f"{told} {len(items)}")
    return element("details", summary, element("ul", items, class_="columns"))


def _linked(anchor: str, span: Span, extraction: Extraction, language: str) -> Element:
    place = place_of(extraction.document, span).to(language)
    quote = element("q", span.quote, lang="zh-CN")
    return element("li", element("a", place, href=f"#{anchor}"), "\u0020", quote)


def _reasons(check: Check, language: str) -> Iterator[Element]:
    for reason, count in reasons_of(check, language).most_common():
        yield element("li", f"{reason} × {count}" if count > 1 else reason)


def statements_section(extraction: Extraction, language: str) -> Element | None:
    """Return what the document says without a numeral, such as 与预算数持平; None for nothing."""
    statements = extraction.statements
    if not statements:
        return None
    columns = (
        Text("位置", "place"),
        Text("所指", "of"),
        Text("陈述", "says"),
        Text("原话", "words"),
    )
    rows = [
        _row(
            (
                place_of(extraction.document, each.span).to(language),
                f"{each.code or ''} {each.label}".strip(),
                STATEMENTS.get(each.kind, Text(each.kind, each.kind)).to(language),
                element("q", each.span.quote, lang="zh-CN"),
            )
        )
        for each in statements
    ]
    header = element("tr", (element("th", c.to(language), scope="col") for c in columns))
    title = Text("无数字的陈述", "Said without a figure").to(language)
    return element(
        "section",
        element("h2", title, id="statements"),
        element(
            "div",
            element("table", element("thead", header), element("tbody", rows)),
            class_="wide",
            role="region",
            aria_label=Text("陈述表", "table of what is said").to(language),
            tabindex="0",
        ),
        aria_labelledby="statements",
    )


def _row(cells: Sequence[Child]) -> Element:
    return element("tr", (element("td", cell) for cell in cells))
