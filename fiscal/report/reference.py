"""What the glossary knows of a heading or a term, as lines for people.

An entry is first made into a card, a title and rows of label and values, which text, Markdown and
web pages show each in their own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fiscal.codes import LEVEL_LABELS, level
from fiscal.errors import Text, listed
from fiscal.ontology.changes import KINDS, Era
from fiscal.ontology.glossary import Found
from fiscal.ontology.meaning import Counterpart, Entry, HeadingEntry, TermEntry
from fiscal.ontology.scheme import ATTESTATIONS, SCHEMES, Heading
from fiscal.ontology.terms import LISTS, CofogClass, CofogMatch, Term, terms

__all__ = [
    "Card",
    "bracketed",
    "brief",
    "card",
    "definition",
    "found_lines",
    "own_era",
    "years_text",
]

_COFOG_RELATIONS = {
    "close": Text("相近", "close"),
    "broad": Text("属于", "within"),
    "related": Text("相关", "related"),
    "none": Text("无对应", "no match"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """An entry as it is shown: its title, and rows of a label and what there is to say."""

    title: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def found_lines(found: Found, language: str) -> Iterator[str]:
    """Tell the one entry in full, or several in a line each."""
    if found.total == 1:
        shown = card(found.entries[0], language)
        yield shown.title
        for label, values in shown.rows:
            mark = Text("：", ": ").to(language)
            yield from (f"  {label}{mark}{value}" for value in values)
        return
    yield Text(f"“{found.question}”：{found.total} 处", f"“{found.question}”: {found.total}").to(
        language
    )
    yield from (f"  {brief(entry, language)}" for entry in found.entries)
    more = found.total - len(found.entries)
    if more:
        yield Text(
            f"  另有 {more} 处；用编码、--year 或 --limit 查看",
            f"  {more} more; ask by code, with --year or --limit",
        ).to(language)


def brief(entry: Entry, language: str) -> str:
    """Tell an entry in one line."""
    if isinstance(entry, TermEntry):
        term = entry.term
        name = Text(term.zh, term.en).to(language)
        mark = Text("：", ": ").to(language)
        kind = bracketed(LISTS[term.list].to(language), language)
        return f"{name}{kind}{mark}{term.definition.to(language)}"
    above = " › ".join(heading.name for heading in entry.path[:-1])
    where = above or SCHEMES[entry.heading.scheme].to(language)
    told = _listed([where, years_text(own_era(entry), language)], language)
    return f"{_called(entry.heading)}{bracketed(told, language)}"


def card(entry: Entry, language: str) -> Card:
    """Return all that is known of an entry, without the rows that have nothing to say."""
    if isinstance(entry, TermEntry):
        title, rows = _term_rows(entry, language)
    else:
        title, rows = _heading_rows(entry, language)
    told = ((label.to(language), tuple(filter(None, values))) for label, values in rows)
    return Card(title, tuple((label, values) for label, values in told if values))


def years_text(era: Era, language: str) -> str:
    """Tell the years of an era, and whether its beginning or its end is known.

    >>> from fiscal.ontology.changes import lineage
    >>> [years_text(era, "en") for era in lineage("20805", 2024)]
    ['2018–2019, beginning unknown', '2020–2026, end open']
    """
    first, last = era.years[0], era.years[-1]
    span = f"{first}–{last}" if first != last else f"{first}"
    heading = era.heading
    parts = [
        Text(span, span),
        *([] if heading.valid_from else [Text("起年不详", "beginning unknown")]),
        *([] if heading.valid_to else [Text("未见止年", "end open")]),
    ]
    return _listed((part.to(language) for part in parts), language)


_Rows = list[tuple[Text, list[str]]]


def _term_rows(entry: TermEntry, language: str) -> tuple[str, _Rows]:
    term = entry.term
    names = Text(term.zh, term.en)
    other = names.to("zh" if language == "en" else "en")
    return f"{names.to(language)}{bracketed(other, language)}", [
        (Text("定义", "definition"), [term.definition.to(language)]),
        (Text("类别", "list"), [LISTS[term.list].to(language)]),
        (Text("又称", "also"), [_listed(term.aliases, language)]),
        (Text("上位", "broader"), [_term(entry.broader, language)] if entry.broader else []),
        (Text("下位", "narrower"), [_term(each, language) for each in entry.narrower]),
        (Text("规则", "rules"), [_listed(entry.rules, language)]),
    ]


def _heading_rows(entry: HeadingEntry, language: str) -> tuple[str, _Rows]:
    heading, era = entry.heading, own_era(entry)
    # The terms name the budgets too, and come without the model of documents and money.
    budgets = [term for term in terms("budget") if term.id in heading.budgets]
    path = " → ".join(map(_called, entry.path))
    rows: _Rows = [
        (Text("提示", "note"), [_other_year(entry).to(language)] if entry.asked else []),
        (Text("说明", "meaning"), [definition(entry).to(language)]),
        (Text("路径", "path"), [path]),
        (Text("预算", "budgets"), [_term(each, language) for each in budgets]),
        (Text("年度", "years"), [years_text(era, language)]),
        (Text("此前", "earlier"), _eras(entry, "earlier", language)),
        (Text("此后", "later"), _eras(entry, "later", language)),
        (Text("依据", "attested"), [ATTESTATIONS[heading.attestation].to(language)]),
        (Text("见于年份", "seen in"), ["\u0020".join(heading.seen_years)]),
        (Text("来源", "sources"), ["; ".join(heading.sources)]),
        (Text("备注", "remark"), [heading.note]),
        (Text("COFOG", "COFOG"), [_cofog(*each, heading, language) for each in entry.cofog]),
        (Text("对应", "answers to"), [_counterpart(each, language) for each in entry.counterparts]),
        (Text("规则", "rules"), [_listed(entry.rules, language)]),
    ]
    return _called(heading), rows


def _called(heading: Heading) -> str:
    return f"{heading.code} {heading.name}"


def _term(term: Term, language: str) -> str:
    return Text(term.zh, term.en).to(language)


def own_era(entry: HeadingEntry) -> Era:
    """Return the years in which an entry's heading had the name it is told under."""
    return next(era for era in entry.eras if era.relation == "self")


def _other_year(entry: HeadingEntry) -> Text:
    return Text(
        f"{entry.asked} 年科目表中未见，以下按 {entry.year} 年",
        f"not in the list of {entry.asked}; this is as of {entry.year}",
    )


def definition(entry: HeadingEntry) -> Text:
    """Say what a heading is; the official explanations are not part of the register."""
    heading = entry.heading
    scheme, depth = SCHEMES[heading.scheme], LEVEL_LABELS[heading.level]
    above = entry.path[-2] if len(entry.path) > 1 else None
    return Text(
        f"{scheme.zh}的{depth.zh}级科目" + (f"，在“{above.name}”之下" if above else ""),
        f"a heading of {scheme.en} ({depth.en})" + (f" below “{above.name}”" if above else ""),
    )


def _eras(entry: HeadingEntry, relation: str, language: str) -> list[str]:
    told = []
    for era in entry.eras:
        if era.relation == relation:
            kind = [KINDS[era.kind].to(language)] if era.kind else []
            when = _listed([*kind, years_text(era, language)], language)
            told.append(f"{_called(era.heading)}{bracketed(when, language)}")
    return told


def _cofog(match: CofogMatch, known: CofogClass | None, heading: Heading, language: str) -> str:
    relation = _COFOG_RELATIONS[match.relation].to(language)
    name = f" {known.code} {known.name.to(language)}" if known else ""
    level_of = LEVEL_LABELS[level(match.code)].to(language)
    inherited = Text(f"据{level_of} {match.code}：", f"by {level_of} {match.code}: ").to(language)
    reason = f"{inherited if match.code != heading.code else ''}{match.reason.to(language)}"
    return f"{relation}{name}{bracketed(reason, language)}"


def _counterpart(counterpart: Counterpart, language: str) -> str:
    whole = bracketed(Text("按类整体对应", "for the whole category").to(language), language)
    return f"{counterpart.code} {counterpart.name}{whole if counterpart.is_whole else ''}"


def bracketed(text: str, language: str) -> str:
    """Put a text in the brackets of its language."""
    return Text(f"（{text}）", f" ({text})").to(language)


def _listed(texts: Iterable[str], language: str) -> str:
    return listed(texts).to(language)
