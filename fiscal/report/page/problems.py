"""The findings on the page: what is wrong, where it stands, which figure it is, by which law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from fiscal.errors import Text
from fiscal.law import cite
from fiscal.model import Document, Fact
from fiscal.money import format_amount
from fiscal.report.citations import citations
from fiscal.report.findings import counts_by_severity
from fiscal.report.findings_text import SEVERITY_LABELS, suspect_line
from fiscal.report.page.marks import Mark, marking_of
from fiscal.report.page.markup import Child, Element, element
from fiscal.report.page.numbered import Evidence, Numbered
from fiscal.report.quotes import likeliest, place_of
from fiscal.rules.check import Check
from fiscal.rules.localise import Suspect
from fiscal.rules.rule import SEVERITIES

__all__ = ["Links", "law_anchor", "problems_section"]

_MOST_QUOTES = 6
_MOST_TIES = 6


@dataclass(frozen=True, slots=True)
class Links:
    """Where figures stand on this page, by the id of the fact; and pages of other documents."""

    figures: Mapping[str, str]
    pages: Mapping[str, str]


def law_anchor(key: str) -> str:
    """Return the id of an article's element."""
    return f"law-{key.replace('/', '-')}"


def problems_section(
    check: Check, findings: Sequence[Numbered], links: Links, language: str
) -> Element:
    """Return the section of all findings, the gravest first, with a choice of severities."""
    nothing = Text("没有发现问题。", "Nothing was found to be wrong.").to(language)
    return element(
        "section",
        element("h2", Text("发现", "Findings").to(language), id="findings"),
        _choice(check, language) if findings else element("p", nothing),
        (_finding(each, check, links, language) for each in findings),
        aria_labelledby="findings",
    )


def _choice(check: Check, language: str) -> Element:
    """Return a box to tick for every severity; the style sheet hides what is not ticked."""
    counts = counts_by_severity(check.findings)
    boxes = [
        element(
            "label",
            element("input", type="checkbox", id=f"show-{each.value}", checked="checked"),
            f" {SEVERITY_LABELS[each].to(language)} {counts[each.value]}",
        )
        for each in SEVERITIES
        if counts[each.value]
    ]
    legend = element("legend", Text("显示", "Show").to(language))
    return element("fieldset", legend, boxes, class_="choice")


def _finding(numbered: Numbered, check: Check, links: Links, language: str) -> Element:
    finding = numbered.finding
    severity = finding.severity.value
    title = element(
        "h3",
        element("span", numbered.number, class_="ordinal"),
        "\u0020",
        element("span", SEVERITY_LABELS[finding.severity].to(language), class_="badge"),
        f" {finding.message.to(language)}",
        id=f"{numbered.anchor}-title",
    )
    return element(
        "article",
        title,
        _body(numbered, check, links, language),
        _consequences(numbered, check, links, language),
        id=numbered.anchor,
        class_=f"finding {severity}",
        aria_labelledby=f"{numbered.anchor}-title",
    )


def _body(numbered: Numbered, check: Check, links: Links, language: str) -> Iterator[Child]:
    finding = numbered.finding
    yield _quotes(numbered, check.extraction.document, links, language)
    yield from _suspects(numbered, check, links, language)
    yield element(
        "p",
        element("b", Text("处理：", "To do: ").to(language)),
        finding.remedy.to(language),
    )
    law = list(citations(finding.rule, check.extraction.profile.fiscal_year))
    if law:
        lead = element("b", Text("依据：", "By: ").to(language))
        cited = [
            element("a", cite(each).to(language), href=f"#{law_anchor(each.key)}") for each in law
        ]
        yield element("p", lead, _parted(cited, Text("；", "; ").to(language)))
    yield element(
        "p",
        Text(
            f"规则 {finding.rule.id} {finding.rule.title.zh}；编号 {finding.fingerprint}",
            f"rule {finding.rule.id}: {finding.rule.title.en}; fingerprint {finding.fingerprint}",
        ).to(language),
        class_="meta",
    )


def _quotes(numbered: Numbered, document: Document, links: Links, language: str) -> Element | None:
    """Return each sentence or row once, with the figures in it; then the places left over."""
    sentences: dict[tuple[int, int], list[Evidence]] = {}
    for each in numbered.evidence:
        sentences.setdefault((each.start, each.end), []).append(each)
    severity = numbered.finding.severity.value
    quoted = list(sentences.values())
    items = [_quote(group, document, severity, language) for group in quoted[:_MOST_QUOTES]]
    rest = [_place_link(group[0], document, language) for group in quoted[_MOST_QUOTES:]]
    if rest:
        lead = Text("还有：", "and also: ").to(language)
        items.append(element("li", lead, _parted(rest, Text("、", ", ").to(language))))
    for span in numbered.elsewhere:
        name = Path(span.document or "").name
        page = links.pages.get(span.document or "")
        where = element("a", name, href=quote(page)) if page else name
        items.append(element("li", where, "\u0020", element("q", span.quote, lang="zh-CN")))
    return element("ul", items, class_="quotes") if items else None


def _quote(group: Sequence[Evidence], document: Document, severity: str, language: str) -> Element:
    start, end = group[0].start, group[0].end
    marks = (Mark(e.span.start - start, e.span.end - start, f"at-{severity}") for e in group)
    marking = marking_of(document.text[start:end], marks, ())
    told = marking.children(0, end - start, 0)
    return element(
        "li",
        _place_link(group[0], document, language),
        "\u0020",
        element("q", told, lang="zh-CN"),
    )


def _place_link(evidence: Evidence, document: Document, language: str) -> Element:
    place = place_of(document, evidence.span).to(language)
    return element("a", place, href=f"#{evidence.anchor}")


def _suspects(numbered: Numbered, check: Check, links: Links, language: str) -> Iterator[Element]:
    named = likeliest(numbered.finding)
    facts = {fact.id: fact for fact in check.extraction.facts} if named else {}
    for suspect in named:
        told = suspect_line(suspect, len(named) > 1, language)
        yield element(
            "p",
            element("a", told, href=f"#{links.figures[suspect.fact.id]}"),
            _ties(suspect, facts, links, language) if suspect.ties else None,
            class_="suspect",
        )


def _ties(suspect: Suspect, facts: Mapping[str, Fact], links: Links, language: str) -> list[Child]:
    known = [facts[each] for each in suspect.ties if each in facts]
    tied = [
        element("a", format_amount(fact.amount), href=f"#{links.figures[fact.id]}")
        for fact in known[:_MOST_TIES]
    ]
    lead = Text("；算术上不可区分：", "; arithmetic cannot tell it from: ").to(language)
    more = len(known) - len(tied)
    rest = Text(f" 等 {len(known)} 个", f" and {more} more").to(language) if more else ""
    return [lead, *_parted(tied, Text("、", ", ").to(language)), rest]


def _consequences(numbered: Numbered, check: Check, links: Links, language: str) -> Element | None:
    if not numbered.consequences:
        return None
    count = len(numbered.consequences)
    return element(
        "details",
        element(
            "summary",
            Text(f"同一原因还引起 {count} 项", f"the same cause also makes {count} more").to(
                language
            ),
        ),
        (_consequence(each, check, links, language) for each in numbered.consequences),
    )


def _consequence(numbered: Numbered, check: Check, links: Links, language: str) -> Element:
    return element(
        "div",
        element(
            "p",
            element("span", numbered.number, class_="ordinal"),
            f" {numbered.finding.message.to(language)} ",
            element("span", numbered.finding.rule.id, class_="meta"),
        ),
        _quotes(numbered, check.extraction.document, links, language),
        (_consequence(each, check, links, language) for each in numbered.consequences),
        id=numbered.anchor,
        class_="consequence",
    )


def _parted(elements: Sequence[Element], mark: str) -> list[Child]:
    """Put a mark between elements."""
    parted: list[Child] = []
    for each in elements:
        parted += [mark, each] if parted else [each]
    return parted
