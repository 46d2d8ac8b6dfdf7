"""The page itself: its parts in order, a way to each of them, and nothing from outside.

A policy in the page forbids scripts and whatever would be fetched; the one style sheet is let
through by its hash. The page depends on the document alone, so that it is the same every time.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from fiscal.errors import Text
from fiscal.report.page.coverage import coverage_section, statements_section
from fiscal.report.page.headings import headings_section, rolled_up
from fiscal.report.page.markup import Element, element, written
from fiscal.report.page.numbered import cited_facts, numbered
from fiscal.report.page.original import marked_document, original_section
from fiscal.report.page.pictures import pictures_section
from fiscal.report.page.problems import Links, problems_section
from fiscal.report.page.reference import glossary_section, law_section
from fiscal.report.page.summary import checked_facts, head, summary_section, title_of
from fiscal.rules.check import Check

__all__ = ["framed", "page_of"]


def page_of(check: Check, language: str = "zh", pages: Mapping[str, str] | None = None) -> str:
    """Return the page of one document; `pages` are the names of others' pages, by their path."""
    extraction = check.extraction
    year = extraction.profile.fiscal_year
    findings, checked = numbered(check), checked_facts(check)
    rolled = rolled_up(extraction)
    figures = cited_facts(findings, check, rolled.reported)
    links = Links(figures, pages or {})
    marking = marked_document(extraction, findings, figures, checked, language)
    sections = (
        summary_section(check, findings, checked, language),
        pictures_section(check, language),
        problems_section(check, findings, links, language),
        headings_section(rolled, figures, language),
        original_section(extraction, marking, language),
        statements_section(extraction, language),
        coverage_section(check, checked, language),
        law_section(findings, year, language),
        glossary_section(rolled.codes, extraction.document.text, year, language),
    )
    return framed(title_of(check), head(check, language), sections, language, bool(pages))


def framed(
    title: str,
    header: Element,
    sections: Iterable[Element | None],
    language: str,
    has_index: bool = False,
) -> str:
    """Return a whole page: its header, a list of its sections, and these."""
    there = [section for section in sections if section is not None]
    skip = Text("跳到正文", "Skip to the content").to(language)
    body = element(
        "body",
        element("a", skip, href="#main", class_="skip"),
        header,
        _contents(there, language, has_index) if len(there) > 1 else None,
        element("main", there, id="main", tabindex="-1"),
        element("footer", element("p", _made_by(language))),
    )
    page = element("html", _head(title), body, lang="en" if language == "en" else "zh-CN")
    return f"<!doctype html>\n{written(page)}\n"


def _head(title: str) -> Element:
    style = _style()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        element("style", style),
    )


@lru_cache(maxsize=1)
def _style() -> str:
    return (Path(__file__).parent / "page.css").read_text(encoding="utf-8")


def _contents(sections: Iterable[Element], language: str, has_index: bool) -> Element:
    back = element(
        "li", element("a", Text("总目录", "All documents").to(language), href="index.html")
    )
    headings = [section[0] for section in sections]
    items = [
        element("li", element("a", each.text or "", href=f"#{each.get('id')}")) for each in headings
    ]
    told = Text("目录", "Contents").to(language)
    return element("nav", element("ul", back if has_index else None, items), aria_label=told)


def _made_by(language: str) -> str:
    return Text(
        "由 fiscal 依据文件自身的数字生成；未核对的内容不等于正确。",
        "Made by fiscal from the document's own figures; what was not checked may still be wrong.",
    ).to(language)
