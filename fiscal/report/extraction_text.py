"""A document's facts for people: what it is, its figures by section, what was covered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from fiscal.errors import Text, listed
from fiscal.model import Extraction, Fact, Span, Statement
from fiscal.report.extraction import coverage_record
from fiscal.report.extraction_labels import KINDS, NON_FACTS, STATEMENTS, label_of
from fiscal.report.text import Line

__all__ = ["extraction_lines"]

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_WIDEST_LABEL = 44
_MOST_SHOWN = 20
_GAP = "\u0020\u0020"


class _Row(NamedTuple):
    code: str
    label: str
    measure: str
    number: str
    unit: str
    remarks: str
    role: str


def extraction_lines(
    extraction: Extraction, language: str = "zh", width: int = 100
) -> Iterator[Line]:
    """Tell one document; a figure in doubt has the role undetermined, and says why."""
    yield from _head_lines(extraction, language)
    for section, facts in groupby(extraction.facts, key=lambda fact: fact.section):
        yield Line("")
        heading = label_of(_plain(section), language)
        yield Line(heading or Text("（无标题）", "(no heading)").to(language), "title")
        rows = [_row(fact, extraction.profile.fiscal_year, language) for fact in facts]
        yield from _row_lines(rows, width)
    yield from _statement_lines(extraction, language, width)
    yield from _coverage_lines(extraction, language)


def _plain(text: str) -> str:
    """Return a text on one line, without characters that would steer the terminal."""
    return _CONTROL.sub("\u0020", text).strip()


def _head_lines(extraction: Extraction, language: str) -> Iterator[Line]:
    profile, document = extraction.profile, extraction.document
    yield Line(_plain(profile.title or document.path), "title")
    not_said = Text("未写明", "not said").to(language)
    told = (
        (Text("文件", "file"), document.path),
        (Text("单位", "body"), profile.organisation),
        (Text("年度", "year"), profile.fiscal_year),
        (Text("类型", "kind"), KINDS[profile.kind].to(language)),
        (Text("金额单位", "unit"), profile.unit),
    )
    colon = Text("：", ": ").to(language)
    yield Line(_GAP.join(f"{n.to(language)}{colon}{_plain(str(v or not_said))}" for n, v in told))
    if document.unread_pages:
        pages = ", ".join(map(str, document.unread_pages))
        yield Line(
            Text(f"未能读出文字的页：{pages}", f"pages whose text could not be read: {pages}").to(
                language
            ),
            "undetermined",
        )


def _row_lines(rows: Sequence[_Row], width: int) -> Iterator[Line]:
    """Yield a line a figure, each column as wide as its widest cell."""
    code, label, measure, number, unit = (
        max(map(cell_len, column)) for column in list(zip(*rows, strict=True))[:5]
    )
    taken = code + measure + number + unit + 5 * len(_GAP)
    label = min(label, max(_WIDEST_LABEL, width - taken))
    for row in rows:
        cells = (
            set_cell_size(row.code, code),
            _fit(row.label, label),
            set_cell_size(row.measure, measure),
            "\u0020" * (number - cell_len(row.number)) + row.number,
            set_cell_size(row.unit, unit),
            row.remarks,
        )
        yield Line(_GAP + _GAP.join(cells).rstrip(), row.role)


def _row(fact: Fact, year: int | None, language: str) -> _Row:
    return _Row(
        fact.code or "",
        _plain(fact.label),
        label_of(fact.measure, language),
        f"{fact.amount.number:f}",
        _plain(fact.amount.unit),
        _GAP.join(filter(None, dict.fromkeys(map(_plain, _remarks(fact, year, language))))),
        "undetermined" if fact.flags else "plain",
    )


def _remarks(fact: Fact, year: int | None, language: str) -> Iterator[str]:
    """Yield what tells this figure from others of its label, and why it is in doubt."""
    yield str(fact.fiscal_year or "") if fact.fiscal_year != year else ""
    for key in (fact.side, fact.budget, fact.funding_source, fact.expenditure_type):
        yield label_of(key, language) if key else ""
    yield fact.span.column or ""
    yield Text(f"对 {fact.base}", f"of {fact.base}").to(language) if fact.base else ""
    yield f"? {'、'.join(fact.flags)}" if fact.flags else ""


def _fit(text: str, width: int) -> str:
    fitted = set_cell_size(text, width)
    return fitted if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"


def _statement_lines(extraction: Extraction, language: str, width: int) -> Iterator[Line]:
    if extraction.statements:
        yield Line("")
        yield Line(Text("无数字的陈述", "said without a figure").to(language), "title")
        rows = [_statement_row(each, language) for each in extraction.statements]
        yield from _row_lines(rows, width)


def _statement_row(statement: Statement, language: str) -> _Row:
    kind = STATEMENTS.get(statement.kind, Text(statement.kind, statement.kind)).to(language)
    quote = f"“{_plain(statement.span.quote)}”"
    return _Row(statement.code or "", _plain(statement.label), kind, "", "", quote, "plain")


def _coverage_lines(extraction: Extraction, language: str) -> Iterator[Line]:
    record = coverage_record(extraction)
    lost = extraction.unaccounted
    kinds = Counter(each.kind for each in extraction.non_facts).most_common()
    named = [(NON_FACTS.get(kind, Text(kind, kind)).to(language), n) for kind, n in kinds]
    told = listed(f"{name} {count}" for name, count in named).to(language)
    zh = f"（{told}）" if told else ""
    en = f" ({told})" if told else ""
    yield Line("")
    yield Line(
        Text(
            f"数字 {record['numerals']} 个：事实 {record['facts']}，"
            f"非事实 {record['non_facts']}{zh}，未归类 {len(lost)}",
            f"{record['numerals']} numerals: {record['facts']} facts, "
            f"{record['non_facts']} others{en}, {len(lost)} unaccounted for",
        ).to(language),
        "title",
    )
    yield from (_lost_line(span, extraction, language) for span in lost[:_MOST_SHOWN])
    if len(lost) > _MOST_SHOWN:
        more = len(lost) - _MOST_SHOWN
        yield Line(_GAP + Text(f"……另有 {more} 个", f"… and {more} more").to(language))


def _lost_line(span: Span, extraction: Extraction, language: str) -> Line:
    number = extraction.document.line_of(span.start)
    place = Text(f"第 {number} 行", f"line {number}").to(language)
    return Line(f"{_GAP}{place}{_GAP}“{_plain(span.quote)}”", "undetermined")
