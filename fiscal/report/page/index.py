"""The page that leads to the pages of several documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from fiscal.errors import Text
from fiscal.model import Outcome
from fiscal.report.extraction_labels import KINDS
from fiscal.report.findings import counts_by_severity
from fiscal.report.findings_text import SEVERITY_LABELS
from fiscal.report.page.frame import framed
from fiscal.report.page.markup import Element, element
from fiscal.report.page.summary import title_of
from fiscal.rules.check import Check
from fiscal.rules.rule import SEVERITIES

__all__ = ["Entry", "index_of"]


class Entry(NamedTuple):
    """A document checked, and the name of its page."""

    page: str
    check: Check


def index_of(entries: Sequence[Entry], language: str = "zh") -> str:
    """Return the page that lists all documents with what was found in each."""
    title = Text("核对报告", "Reports").to(language)
    columns = (
        Text("文件", "document"),
        Text("单位", "body"),
        Text("年度", "year"),
        Text("类型", "kind"),
        *(SEVERITY_LABELS[each] for each in SEVERITIES),
        Text("成立", "hold"),
        Text("不成立", "fail"),
        Text("无法判断", "undetermined"),
    )
    header = element(
        "tr", (element("th", c.to(language), scope="col", class_="short") for c in columns)
    )
    rows = (_row(each, language) for each in entries)
    table = element("table", element("thead", header), element("tbody", rows))
    region = element("div", table, class_="wide", role="region", aria_label=title, tabindex="0")
    told = Text(f"文件 {len(entries)} 份", f"{len(entries)} documents").to(language)
    section = element(
        "section", element("h2", told, id="documents"), region, aria_labelledby="documents"
    )
    return framed(title, element("header", element("h1", title)), [section], language)


def _row(entry: Entry, language: str) -> Element:
    check = entry.check
    profile = check.extraction.profile
    counts = counts_by_severity(check.findings)
    outcomes = check.outcomes
    shown = (Outcome.HOLDS, Outcome.VIOLATED, Outcome.UNDETERMINED)
    numbers = [*(counts[each.value] for each in SEVERITIES), *(outcomes[each] for each in shown)]
    name = Path(check.extraction.document.path).name
    return element(
        "tr",
        element(
            "th",
            element("a", title_of(check), href=quote(entry.page)),
            element("br"),
            element("span", name, class_="meta"),
            scope="row",
            class_="words",
        ),
        element("td", profile.organisation, class_="words"),
        element("td", str(profile.fiscal_year or ""), class_="short"),
        element("td", KINDS[profile.kind].to(language), class_="short"),
        (element("td", str(number), class_="number") for number in numbers),
    )
