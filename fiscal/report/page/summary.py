"""The head of the page: what the document is, how much was checked, and what is wrong, in words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fiscal.errors import Text, listed
from fiscal.model import DocumentKind, Outcome
from fiscal.report.extraction_labels import KINDS
from fiscal.report.findings import counts_by_severity
from fiscal.report.findings_text import SEVERITY_LABELS, reasons_of
from fiscal.report.page.coverage import UNCHECKED, UNCHECKED_ANCHOR
from fiscal.report.page.markup import Element, element
from fiscal.report.page.numbered import Numbered
from fiscal.rules.check import Check
from fiscal.rules.rule import SEVERITIES, Severity

__all__ = ["checked_facts", "found_text", "head", "summary_section", "title_of"]

_MOST_NAMED = 5


def title_of(check: Check) -> str:
    """Return the document's title, else the name of its file."""
    return check.extraction.profile.title or Path(check.extraction.document.path).name


def checked_facts(check: Check) -> frozenset[str]:
    """Return the ids of the document's figures that took part in a relation that was settled."""
    settled = (Outcome.HOLDS, Outcome.VIOLATED)
    return frozenset(
        fact.id
        for judgement in check.judgements
        if judgement.outcome in settled
        for fact in judgement.relation.facts
        if not fact.span.document
    )


def head(check: Check, language: str) -> Element:
    """Return the header: the title, and whose document it is, of which year and kind."""
    profile, document = check.extraction.profile, check.extraction.document
    not_said = Text("未写明", "not said").to(language)
    told = (
        (Text("单位", "Body"), profile.organisation),
        (Text("年度", "Year"), str(profile.fiscal_year or "")),
        (Text("类型", "Kind"), KINDS[profile.kind].to(language)),
        (Text("金额单位", "Unit"), profile.unit),
        (Text("文件", "File"), Path(document.path).name),
    )
    rows = (
        element("div", element("dt", name.to(language)), element("dd", value or not_said))
        for name, value in told
    )
    title = element("h1", title_of(check), lang="zh-CN")
    return element("header", title, element("dl", rows, class_="facts"))


def summary_section(
    check: Check, findings: Sequence[Numbered], checked: frozenset[str], language: str
) -> Element:
    """Return the summary: sentences a clerk understands, then the gravest findings by name."""
    grave = [each for each in findings if each.finding.severity is Severity.ERROR]
    # What is found in many places in the same words is named once.
    alike: dict[Text, Numbered] = {}
    for each in grave or findings:
        alike.setdefault(each.finding.message, each)
    named = list(alike.values())[:_MOST_NAMED]
    return element(
        "section",
        element("h2", Text("摘要", "Summary").to(language), id="summary"),
        element("p", _what(check).to(language)),
        element("p", _checked(check, checked).to(language), _unchecked(check, language)),
        element("p", element("strong", _verdict(check).to(language))),
        element("ol", (_named(each, language) for each in named)) if named else None,
        _unread(check, language),
        aria_labelledby="summary",
    )


def _named(numbered: Numbered, language: str) -> Element:
    finding = numbered.finding
    label = SEVERITY_LABELS[finding.severity].to(language)
    link = element("a", finding.message.to(language), href=f"#{numbered.anchor}")
    badge = element("span", label, class_="badge")
    return element("li", badge, "\u0020", link, class_=finding.severity.value)


def _what(check: Check) -> Text:
    profile = check.extraction.profile
    is_known = profile.kind is not DocumentKind.UNKNOWN
    kind = KINDS[profile.kind] if is_known else Text("文件，类型未能判断", "of unknown kind")
    whose = profile.organisation or "（未写明单位）"
    year = profile.fiscal_year
    return Text(
        f"这是{whose}{f' {year} 年度' if year else '（未写明年度）'}的{kind.zh}。",
        f"A document of {profile.organisation or 'a body not named'}"
        f"{f' for {year}' if year else ', year not said'}; kind: {kind.en}.",
    )


def _checked(check: Check, checked: frozenset[str]) -> Text:
    outcomes, total = check.outcomes, len(check.extraction.facts)
    held, failed = outcomes[Outcome.HOLDS], outcomes[Outcome.VIOLATED]
    open_, idle = outcomes[Outcome.UNDETERMINED], outcomes[Outcome.NOT_APPLICABLE]
    return Text(
        f"读出 {total} 个数字，其中 {len(checked)} 个参加了核对。共核对 {held + failed} 项关系："
        f"{held} 项成立，{failed} 项不成立；另有 {open_} 项条件不足，无法判断，{idle} 项"
        f"不适用或文件中没有所说的内容。",
        f"{total} figures were read, {len(checked)} of them took part in a check. Of "
        f"{held + failed} relations checked {held} hold and {failed} fail; {open_} more could not "
        f"be judged, and {idle} do not apply or are of nothing in the document.",
    )


def _unchecked(check: Check, language: str) -> Element | None:
    """Return a link to the list of what was not checked, None where there is nothing in it."""
    if not reasons_of(check, language):
        return None
    return element("a", UNCHECKED.to(language), href=f"#{UNCHECKED_ANCHOR}")


def found_text(check: Check) -> Text:
    """Count the findings by severity, those there are."""
    counts = counts_by_severity(check.findings)
    there = [each for each in SEVERITIES if counts[each.value]]
    return Text(
        "，".join(f"{SEVERITY_LABELS[each].zh} {counts[each.value]} 处" for each in there),
        ", ".join(_counted(counts[each.value], SEVERITY_LABELS[each].en) for each in there),
    )


def _counted(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def _verdict(check: Check) -> Text:
    if not check.findings:
        return Text(
            "在核对过的范围内没有发现问题；没有核对的，不等于正确。",
            "Nothing wrong was found in what was checked; what was not checked may still be wrong.",
        )
    found = found_text(check)
    return Text(f"发现{found.zh}。请先看：", f"Found: {found.en}. To be looked at first:")


def _unread(check: Check, language: str) -> Element | None:
    pages = check.extraction.document.unread_pages
    if not pages:
        return None
    numbers = listed(pages).to(language)
    told = Text(
        f"第 {numbers} 页没有能读出的文字（可能是扫描件），未核对。",
        f"Pages {numbers} hold no text that could be read (scans, perhaps): not checked.",
    )
    return element("p", told.to(language), class_="doubt")
