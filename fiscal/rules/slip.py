"""Slips: what rules of wording find, and the remarks that come of them.

A rule of wording looks through the whole text. Where it finds nothing wrong it says so, for what
was looked at and is in order is not the same as what was never looked at. So it knows what it is
about: without a table of contents nothing can be said of its entries, neither right nor wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from fiscal.errors import Text
from fiscal.model import Outcome, Span
from fiscal.rules.passages import Passage, passages
from fiscal.rules.rule import Remark
from fiscal.rules.view import View

__all__ = ["Slip", "matched", "mentioning", "remarks", "shortened", "verdict"]

_LONGEST_QUOTE = 40
_IN_ORDER = Text("未发现问题", "nothing wrong was found")


class Slip(NamedTuple):
    """Something wrong: what it is about, in words that no edit elsewhere changes, and where."""

    subject: str
    message: Text
    spans: tuple[Span, ...]
    remedy: Text | None = None


def mentioning(pattern: str | re.Pattern[str]) -> Callable[[View], bool]:
    """Return what tells whether the running text has something that matches a pattern."""
    sought = re.compile(pattern)
    return lambda view: any(sought.search(each.text) for each in passages(view))


_speaks = mentioning(r"[\u4e00-\u9fff]")


def remarks(
    rule: str,
    find: Callable[[View], Iterable[Slip]],
    *,
    among: Callable[[View], object] = _speaks,
) -> Callable[[View], Iterable[Remark]]:
    """Return the function of a rule that remarks on every slip, or that there is none.

    `among` returns what the rule looks at, something false where a document has none of it: then
    the rule says nothing. Without it any running text is looked at.
    """

    def found(view: View) -> Iterator[Remark]:
        slips = list(find(view))
        for subject, message, spans, remedy in slips:
            yield Remark(rule, subject, Outcome.VIOLATED, message, spans, remedy)
        if not slips and among(view):
            yield Remark(rule, "document", Outcome.HOLDS, _IN_ORDER)

    return found


def matched(
    pattern: re.Pattern[str],
    found_in: Iterable[Passage],
    view: View,
    say: Callable[[str], Text],
) -> Iterator[Slip]:
    """Yield a slip for each match of a pattern; what it is about is the words matched."""
    for passage in found_in:
        for found in pattern.finditer(passage.text):
            words = found.group().strip()
            yield Slip(words, say(shortened(words)), (passage.span(view, *found.span()),))


def verdict(rule: str, subject: str, message: Text, span: Span, *, holds: bool) -> Remark:
    """Return the remark that words and what they are held against agree, or that they do not."""
    outcome = Outcome.HOLDS if holds else Outcome.VIOLATED
    return Remark(rule, subject, outcome, message, (span,))


def shortened(words: str) -> str:
    """Return words short enough to quote in a message."""
    return words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1] + "…"
