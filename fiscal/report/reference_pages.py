"""The glossary as Markdown and as a web page: one answer, or the whole reference as many pages.

Whatever comes from a list or a question is escaped: a user's own list may say anything. The pages
depend on the lists alone, so that the same lists always give the same bytes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from fiscal.errors import Text, listed
from fiscal.model import BUDGETS
from fiscal.ontology.changes import KINDS
from fiscal.ontology.glossary import Found, all_headings
from fiscal.ontology.meaning import HeadingEntry, heading_entry
from fiscal.ontology.scheme import ATTESTATIONS, SCHEMES
from fiscal.ontology.terms import LISTS, terms
from fiscal.report.reference import brief, card, own_era, years_text

__all__ = ["found_html", "found_markdown", "pages"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|&])")
_STYLE = (
    "body{font:16px/1.6 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}"
    "dt{font-weight:600}dd{margin:0 0 .4rem 1.5rem}"
)
_COLUMNS = (
    Text("编码", "code"),
    Text("名称", "name"),
    Text("年度", "years"),
    Text("预算", "budgets"),
    Text("此前与此后", "before and after"),
    Text("依据", "attested"),
    Text("COFOG／对应", "COFOG, counterpart"),
)


def found_markdown(found: Found, language: str) -> str:
    """Return an answer as Markdown."""
    lines = [f"# {_escaped(_title(found, language))}", ""]
    if found.total == 1:
        for label, values in card(found.entries[0], language).rows:
            lines += [f"- **{_escaped(label)}** {_escaped(value)}" for value in values]
    else:
        lines += [f"- {_escaped(line)}" for line in _briefs(found, language)]
    return "\n".join(lines) + "\n"


def found_html(found: Found, language: str) -> str:
    """Return an answer as one web page."""
    title = html.escape(_title(found, language))
    if found.total == 1:
        rows = "\n".join(
            f"<dt>{html.escape(label)}</dt>" + "".join(f"<dd>{html.escape(v)}</dd>" for v in values)
            for label, values in card(found.entries[0], language).rows
        )
        body = f"<dl>\n{rows}\n</dl>"
    else:
        items = "\n".join(f"<li>{html.escape(line)}</li>" for line in _briefs(found, language))
        body = f"<ul>\n{items}\n</ul>"
    return (
        f'<!doctype html>\n<html lang="{language}">\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n<h1>{title}</h1>\n{body}\n</html>\n"
    )


def pages(language: str) -> Iterator[tuple[str, str]]:
    """Yield the whole reference: a page for every category, one for the terms, and an index."""
    index = [f"# {Text('政府收支分类与名词', 'Budget classification and terms').to(language)}", ""]
    index.append(f"- [{Text('名词', 'Terms').to(language)}](terms.md)")
    for name, label in SCHEMES.items():
        index += ["", f"## {label.to(language)}", ""]
        for code, entries in _categories(name).items():
            page = f"{name}-{code}.md"
            title = _category_title(code, entries)
            index.append(f"- [{_escaped(title)}]({page})")
            yield page, _category_page(title, entries, language)
    yield "terms.md", _terms_page(language)
    yield "index.md", "\n".join(index) + "\n"


def _title(found: Found, language: str) -> str:
    return card(found.entries[0], language).title if found.total == 1 else found.question


def _briefs(found: Found, language: str) -> list[str]:
    lines = [brief(entry, language) for entry in found.entries]
    more = found.total - len(found.entries)
    told = Text(f"另有 {more} 处", f"{more} more").to(language)
    return [*lines, told] if more else lines


def _escaped(text: str) -> str:
    r"""Return text as Markdown that reads as the text itself.

    >>> _escaped("a|b <i>")
    'a\\|b \\<i\\>'
    """
    return _SPECIAL.sub(r"\\\1", text.replace("\n", "\u0020"))


def _categories(name: str) -> dict[str, list[HeadingEntry]]:
    """Return every heading there was, by category and in order of code and year."""
    entries = [heading_entry(heading.code, year) for heading, year in all_headings(name)]
    entries.sort(key=lambda entry: (entry.heading.code, own_era(entry).years))
    categories: dict[str, list[HeadingEntry]] = {}
    for entry in entries:
        categories.setdefault(entry.heading.code[:3], []).append(entry)
    return categories


def _category_title(code: str, entries: list[HeadingEntry]) -> str:
    """Return a category's code with the last name it had."""
    return f"{code} {[e.heading.name for e in entries if e.heading.code == code][-1]}"


def _category_page(title: str, entries: list[HeadingEntry], language: str) -> str:
    lines = [
        f"# {_escaped(title)}",
        "",
        _row([column.to(language) for column in _COLUMNS]),
        _row(["---"] * len(_COLUMNS), is_rule=True),
        *(_row(_cells(entry, language)) for entry in entries),
    ]
    return "\n".join(lines) + "\n"


def _cells(entry: HeadingEntry, language: str) -> list[str]:
    heading = entry.heading
    links = [
        f"{KINDS[era.kind].to(language)} {era.heading.code} {era.heading.name}"
        for era in entry.eras
        if era.kind
    ]
    others = [match.cofog or "" for match, _ in entry.cofog if match.code == heading.code]
    others += [f"{each.code} {each.name}" for each in entry.counterparts]
    return [
        heading.code,
        heading.name,
        years_text(own_era(entry), language),
        listed(BUDGETS[each].to(language) for each in sorted(heading.budgets)).to(language),
        "；".join(links),
        ATTESTATIONS[heading.attestation].to(language),
        "；".join(filter(None, others)),
    ]


def _row(cells: list[str], is_rule: bool = False) -> str:
    return "| " + " | ".join(cells if is_rule else map(_escaped, cells)) + " |"


def _terms_page(language: str) -> str:
    lines = [f"# {Text('名词', 'Terms').to(language)}"]
    for name, label in LISTS.items():
        lines += ["", f"## {_escaped(label.to(language))}"]
        for term in terms():
            if term.list == name:
                also = f"（{_escaped('、'.join(term.aliases))}）" if term.aliases else ""
                lines += [
                    "",
                    f"**{_escaped(term.zh)}** {_escaped(term.en)}{also}",
                    "",
                    _escaped(term.definition.to(language)),
                ]
    return "\n".join(lines) + "\n"
