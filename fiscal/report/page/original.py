"""The document's own text on the page: headings, paragraphs and tables, every figure marked.

Each evidence of a finding is marked where it stands and bears the finding's number, a link back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from fiscal.errors import Text
from fiscal.model import Block, BlockKind, Document, Extraction, Fact
from fiscal.report.extraction_labels import label_of
from fiscal.report.page.marks import Anchor, Mark, Marking, marking_of
from fiscal.report.page.markup import Element, element
from fiscal.report.page.numbered import Numbered
from fiscal.report.page.original_table import table_element

__all__ = ["marked_document", "original_section"]


def marked_document(
    extraction: Extraction,
    findings: Iterable[Numbered],
    cited: Mapping[str, str],
    checked: frozenset[str],
    language: str,
) -> Marking:
    """Return the text with its figures, what findings point at, and the numerals not read.

    `cited` are the anchors of figures by id, `checked` the ids of those that a relation judged.
    """
    everything = [one for each in findings for one in each.flat()]
    marks = chain(
        (_fact_mark(fact, fact.id in checked, language) for fact in extraction.facts),
        (Mark(span.start, span.end, "lost") for span in extraction.unaccounted),
        *(_finding_marks(each) for each in everything),
    )
    anchors = chain(
        (Anchor(fact.span.start, cited[fact.id]) for fact in extraction.facts if fact.id in cited),
        (Anchor(s.start, f"lost-{n}") for n, s in enumerate(extraction.unaccounted, start=1)),
        *(_back_links(each, language) for each in everything),
    )
    return marking_of(extraction.document.text, marks, anchors)


def _fact_mark(fact: Fact, is_checked: bool, language: str) -> Mark:
    told = [fact.code or "", fact.label, label_of(fact.measure, language)]
    told += [label_of(key, language) for key in (fact.side, fact.budget) if key]
    told += [Text("未参加核对", "in no check").to(language)] * (not is_checked)
    role = "fact" if is_checked else "fact unchecked"
    title = "\u0020".join(filter(None, told))
    return Mark(fact.span.start, fact.span.end, role, title)


def _finding_marks(numbered: Numbered) -> Iterator[Mark]:
    severity = numbered.finding.severity.value
    for each in numbered.evidence:
        yield Mark(each.start, each.end, f"in-{severity}")
        yield Mark(each.span.start, each.span.end, f"at-{severity}")


def _back_links(numbered: Numbered, language: str) -> Iterator[Anchor]:
    number = numbered.number
    title = Text(f"回到发现 {number}", f"back to finding {number}").to(language)
    role = numbered.finding.severity.value
    for each in numbered.evidence:
        href = f"#{numbered.anchor}"
        yield Anchor(each.span.start, each.anchor, href, number, title, role)


def original_section(extraction: Extraction, marking: Marking, language: str) -> Element:
    """Return the section that shows the whole text."""
    legend = element(
        "p",
        element(
            "span", Text("已核对的数字", "a figure that was checked").to(language), class_="fact"
        ),
        "\u0020",
        element(
            "span",
            Text("未参加核对的数字", "a figure in no check").to(language),
            class_="fact unchecked",
        ),
        "\u0020",
        element("span", Text("未能归类的数字", "a numeral not read").to(language), class_="lost"),
        "\u0020",
        element(
            "mark", Text("发现所指", "what a finding points at").to(language), class_="at-error"
        ),
        class_="legend",
    )
    return element(
        "section",
        element("h2", Text("原文", "The document").to(language), id="original"),
        legend,
        element("div", _parts(extraction, marking, language), class_="document", lang="zh-CN"),
        aria_labelledby="original",
    )


def _parts(extraction: Extraction, marking: Marking, language: str) -> Iterator[Element]:
    document = extraction.document
    tables = {table.start: table for table in document.tables}
    fact_places = sorted(fact.span.start for fact in extraction.facts if fact.is_in_table)
    blocks = _every_block(document)
    ends = [block.start for block in blocks[1:]] + [len(document.text) + 1]
    page = None
    for number, (block, until) in enumerate(zip(blocks, ends, strict=True), start=1):
        if block.page != page and block.page is not None:
            page = block.page
            told = Text(f"第 {page} 页", f"page {page}").to(language)
            yield element("p", told, class_="page", lang=language)
        table = tables.get(block.start) if block.kind is BlockKind.TABLE else None
        if table and table.rows:
            label = table.name or Text(f"表（第 {number} 段）", f"table, part {number}").to(
                language
            )
            yield table_element(table, fact_places, marking, until, label)
        else:
            tag = "h3" if block.kind is BlockKind.HEADING else "p"
            yield element(tag, marking.children(block.start, block.end, until))


def _every_block(document: Document) -> list[Block]:
    """Return the blocks and, as paragraphs, what is in none of them; the first begins at 0."""
    found: list[Block] = []
    place = 0
    for block in sorted(document.blocks, key=lambda block: block.start):
        if block.start < place:
            continue
        if document.text[place : block.start].strip() or (not found and block.start):
            found.append(Block(BlockKind.PARAGRAPH, place, block.start, document.page_of(place)))
        found.append(block)
        place = block.end
    if document.text[place:].strip() or not found:
        found.append(Block(BlockKind.PARAGRAPH, place, len(document.text)))
    return found
