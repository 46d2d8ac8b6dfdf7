"""Words of a document as a report quotes them: where they stand, on one line, and not too many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from fiscal.errors import Text, listed
from fiscal.model import Document, Span
from fiscal.rules.finding import Finding
from fiscal.rules.localise import Suspect

__all__ = ["cut", "likeliest", "place_of", "plain", "quotes", "sentence_of"]

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_SENTENCE_END = re.compile(r"[。；\n]")
_LONGEST_QUOTE = 160
_MOST_QUOTES = 3
_MOST_SUSPECTS = 3
_MOST_PLACES = 12
_LONGEST_MESSAGE, _KEPT_FIRST = 1000, 700


def likeliest(finding: Finding) -> list[Suspect]:
    """Return the likeliest suspects: those of the first rank, or a few where many tie."""
    first = [suspect for suspect in finding.suspects if suspect.rank == 1]
    return first[:_MOST_SUSPECTS]


def quotes(finding: Finding, document: Document, language: str) -> Iterator[str]:
    """Yield where it stands: each sentence once, or the row of a table."""
    seen: dict[tuple[int, int], Span] = {}
    suspected = [suspect.fact.span for suspect in likeliest(finding)]
    here = (span for span in (*suspected, *finding.evidence) if not span.document)
    for span in here:
        seen.setdefault(sentence_of(document, span), span)
    for (start, end), span in list(seen.items())[:_MOST_QUOTES]:
        text = cut(plain(document.text[start:end]))
        yield f"{place_of(document, span).to(language)}“{text}”"
    if len(seen) > _MOST_QUOTES:
        yield _places_left(document, list(seen.values())[_MOST_QUOTES:], language)
    for span in finding.evidence:
        if span.document:
            yield f"{Path(span.document).name}“{cut(plain(span.quote))}”"


def _places_left(document: Document, spans: Sequence[Span], language: str) -> str:
    """Tell where else the figures of a finding stand, as far as that is a short list."""
    places = list(dict.fromkeys(place_of(document, span).to(language) for span in spans))
    told = listed(places[:_MOST_PLACES]).to(language)
    rest = Text("等", " and others").to(language) if len(places) > _MOST_PLACES else ""
    count = len(spans)
    return Text(f"还有 {count} 处：", f"{count} more: ").to(language) + told + rest


def place_of(document: Document, span: Span) -> Text:
    """Return the page of a figure or, where there are no pages, its line."""
    if span.page:
        return Text(f"第{span.page}页", f"page {span.page}")
    line = document.line_of(span.start)
    return Text(f"第{line}行", f"line {line}")


def sentence_of(document: Document, span: Span) -> tuple[int, int]:
    """Return the characters of the sentence or row that holds a figure, not too many of them."""
    text = document.text
    before = text[max(0, span.start - _LONGEST_QUOTE // 2) : span.start]
    starts = [match.end() for match in _SENTENCE_END.finditer(before)]
    start = span.start - len(before) + (starts[-1] if starts else 0)
    after = text[span.end : span.end + _LONGEST_QUOTE // 2]
    end = _SENTENCE_END.search(after)
    return start, span.end + (end.start() if end else len(after))


def cut(told: str) -> str:
    """Return a message without its middle where it is very long: its end tells the difference."""
    left = len(told) - _LONGEST_MESSAGE
    return told if left <= 0 else f"{told[:_KEPT_FIRST]} … {told[_KEPT_FIRST + left :]}"


def plain(text: str) -> str:
    """Return a text on one line, without characters that would steer the terminal."""
    return _CONTROL.sub("\u0020", text).strip()
