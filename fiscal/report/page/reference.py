"""What a reader looks up: the law that findings cite, and the headings and terms used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fiscal.errors import FiscalError, Text
from fiscal.law import Article, cite
from fiscal.ontology.glossary import find
from fiscal.ontology.meaning import HeadingEntry
from fiscal.ontology.scheme import SCHEMES
from fiscal.ontology.terms import Term, terms
from fiscal.report.citations import citations
from fiscal.report.page.markup import Child, Element, element
from fiscal.report.page.numbered import Numbered
from fiscal.report.page.problems import law_anchor
from fiscal.report.reference import own_era, years_text

__all__ = ["glossary_section", "law_section"]

_LISTS = ("term", "table", "three_public_expense", "budget")
_SHORTEST_NAME = 3


def law_section(findings: Sequence[Numbered], year: int | None, language: str) -> Element | None:
    """Return the articles cited, each with what it asks and the findings that rest on it."""
    cited: dict[str, tuple[Article, list[Numbered]]] = {}
    for each in findings:
        for article in citations(each.finding.rule, year):
            cited.setdefault(article.key, (article, []))[1].append(each)
    if not cited:
        return None
    rows = [part for key in sorted(cited) for part in _article(*cited[key], language)]
    return element(
        "section",
        element("h2", Text("依据", "Law").to(language), id="law"),
        element("dl", rows),
        aria_labelledby="law",
    )


def _article(article: Article, by: Sequence[Numbered], language: str) -> Iterator[Element]:
    yield element("dt", cite(article).to(language), id=law_anchor(article.key))
    told = article.text or article.gist.to(language)
    if told:
        yield element("dd", told)
    links: list[Child] = []
    for each in by:
        links += ["\u0020", element("a", each.number, href=f"#{each.anchor}")]
    yield element("dd", Text("见发现", "findings").to(language), links, class_="meta")


def glossary_section(
    codes: Sequence[str], text: str, year: int | None, language: str
) -> Element | None:
    """Return the headings used, with where they belong, and the terms that the text uses."""
    headings = [entry for code in codes if (entry := _entry(code, year))]
    used = [term for term in terms() if term.list in _LISTS and _is_used(term, text)]
    if not headings and not used:
        return None
    return element(
        "section",
        element("h2", Text("名词和科目", "Terms and headings").to(language), id="glossary"),
        _headings(headings, language) if headings else None,
        _terms(used, language) if used else None,
        aria_labelledby="glossary",
    )


def _entry(code: str, year: int | None) -> HeadingEntry | None:
    """Return what is known of a code in the year or, if nothing, in the nearest there is."""
    try:
        entries = find(code, year).entries
    except FiscalError:
        entries = find(code).entries
    return entries[0] if entries and isinstance(entries[0], HeadingEntry) else None


def _is_used(term: Term, text: str) -> bool:
    names = (name for name in (term.zh, *term.aliases) if len(name) >= _SHORTEST_NAME)
    return any(name in text for name in names)


def _headings(entries: Sequence[HeadingEntry], language: str) -> Element:
    columns = (
        Text("编码", "code"),
        Text("名称", "name"),
        Text("所属", "belongs to"),
        Text("年度", "years"),
    )
    rows = (
        element(
            "tr",
            element("th", entry.heading.code, scope="row", class_="short"),
            element("td", entry.heading.name, lang="zh-CN", class_="words"),
            element("td", _belongs(entry, language), class_="words"),
            element("td", years_text(own_era(entry), language), class_="words"),
        )
        for entry in entries
    )
    header = element("tr", (element("th", c.to(language), scope="col") for c in columns))
    return element(
        "div",
        element("table", element("thead", header), element("tbody", rows)),
        class_="wide",
        role="region",
        aria_label=Text("用到的科目", "headings used").to(language),
        tabindex="0",
    )


def _belongs(entry: HeadingEntry, language: str) -> str:
    above = [heading.name for heading in entry.path[:-1]]
    return " › ".join(above) or SCHEMES[entry.heading.scheme].to(language)


def _terms(used: Sequence[Term], language: str) -> Element:
    rows: list[Child] = []
    for term in used:
        rows.append(element("dt", Text(term.zh, f"{term.en} ({term.zh})").to(language)))
        rows.append(element("dd", term.definition.to(language)))
    return element("dl", rows)
