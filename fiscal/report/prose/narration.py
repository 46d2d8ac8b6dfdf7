"""An account or a budget told from its facts: headings, paragraphs, and what could not be said.

A heading stands only over something said, and headings are numbered as they come, so that nothing
left out leaves a gap. Every paragraph of the style that lacks a figure is named in `lacks`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from typing import NamedTuple

from fiscal.errors import Text, UnreadableDocument
from fiscal.law.numbers import chinese
from fiscal.model import DocumentKind, Extraction
from fiscal.money import UNITS
from fiscal.report.prose.definitions import definitions
from fiscal.report.prose.headings import names_in
from fiscal.report.prose.ledger import Ledger
from fiscal.report.prose.speaker import Speaker
from fiscal.report.prose.style import style_named
from fiscal.report.prose.template import Filled

__all__ = ["Depth", "Lack", "Narration", "Paragraph", "narrate"]


class Depth(IntEnum):
    """What a paragraph is: the title, a chapter, a section, an item, text, or a figure's place."""

    TITLE = 0
    CHAPTER = 1
    SECTION = 2
    ITEM = 3
    FIGURE = 8
    TEXT = 9


_MARKS = {
    "= ": Depth.TITLE,
    "## ": Depth.CHAPTER,
    "### ": Depth.SECTION,
    "#### ": Depth.ITEM,
    "! ": Depth.FIGURE,
}


class Paragraph(NamedTuple):
    """A paragraph or a heading as it is read, or the number of the figure that belongs here."""

    depth: Depth
    text: str


class Lack(NamedTuple):
    """A figure that was asked for and is not known, and the heading it would stand under."""

    heading: str
    what: str

    @property
    def told(self) -> Text:
        """What to tell whoever asked for the text."""
        return Text(
            f"未写：{self.heading}：缺少{self.what}",
            f"left out: {self.heading}: {self.what} is not known",
        )


@dataclass(frozen=True)
class Narration:
    """What was said of a document, and what could not be."""

    paragraphs: tuple[Paragraph, ...]
    lacks: tuple[Lack, ...]


def narrate(
    extraction: Extraction, style: str, *, unit: str | None = None, decimals: int = 2
) -> Narration:
    """Tell the facts of a document in a style of `STYLES`, money in `unit` with so many decimals.

    Raises UnreadableDocument where the facts hold nothing that the style tells.
    """
    told = style_named(style)
    ledger, unit = Ledger(extraction), unit or told.unit
    speaker = Speaker(ledger, told, unit, _decimals(ledger, unit, decimals))
    kind = "budget" if extraction.profile.kind is DocumentKind.BUDGET else "account"
    said = list(_said(speaker, told.texts[kind].strip().splitlines()))
    paragraphs = tuple(_numbered(said))
    if all(paragraph.depth is not Depth.TEXT for paragraph in paragraphs):
        raise UnreadableDocument(
            Text("没有可以成文的数字", "there is no figure to tell"),
            Text("请提供预算或决算的表或事实", "give the tables or facts of an account"),
        )
    return Narration(
        (*paragraphs, *_glossary(paragraphs, names_in(ledger))), tuple(dict.fromkeys(_lacks(said)))
    )


def _glossary(paragraphs: Sequence[Paragraph], headings: Collection[str]) -> Iterator[Paragraph]:
    said = "".join(text for depth, text in paragraphs if depth is Depth.TEXT)
    for number, line in enumerate(definitions(said, headings)):
        if number == 0:
            yield Paragraph(Depth.TITLE, "名词解释")
        yield Paragraph(Depth.TEXT, line)


def _decimals(ledger: Ledger, unit: str, wanted: int) -> int:
    """Return how many decimals to print: no finer than the document, which would be made up."""
    known = (d for d in range(wanted, 0, -1) if Fraction(UNITS[unit], 10**d) >= ledger.finest)
    return next(known, 0)


class _Said(NamedTuple):
    depth: Depth
    filled: Filled


def _said(speaker: Speaker, lines: Sequence[str]) -> Iterator[_Said]:
    for ways in _sentences(lines):
        depth = next((d for mark, d in _MARKS.items() if ways[0].startswith(mark)), Depth.TEXT)
        said = [speaker.say(_without_mark(way)) for way in ways]
        chosen = next((filled for filled in said if not filled.fails), None)
        yield _Said(depth, chosen or said[0])


def _sentences(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield each line with the other ways of saying it."""
    held: list[str] = []
    for line in lines:
        if held and not line.startswith("| "):
            yield held
            held = []
        held.append(line)
    yield held


def _without_mark(line: str) -> str:
    mark = next((mark for mark in (*_MARKS, "| ") if line.startswith(mark)), "")
    return line.removeprefix(mark)


def _numbered(said: Iterable[_Said]) -> Iterator[Paragraph]:
    """Yield what was said, below the headings that have something below them."""
    waiting: dict[Depth, str] = {}
    numbers: dict[Depth, int] = {}
    for depth, filled in said:
        if depth is Depth.TITLE:
            yield Paragraph(depth, filled.text)
        elif depth is Depth.FIGURE:
            yield from () if waiting else (Paragraph(depth, filled.text),)
        elif depth is not Depth.TEXT:
            waiting = {above: title for above, title in waiting.items() if above < depth}
            waiting[depth] = filled.text
        elif not filled.fails and filled.text:
            for level, title in waiting.items():
                numbers = {above: n for above, n in numbers.items() if above <= level}
                numbers[level] = numbers.get(level, 0) + 1
                yield Paragraph(level, _number(level, numbers[level]) + title)
            waiting = {}
            yield from (Paragraph(depth, line) for line in filled.text.split("\n"))


def _number(depth: Depth, number: int) -> str:
    if depth is Depth.CHAPTER:
        return f"{chinese(number)}、"
    return f"（{chinese(number)}）" if depth is Depth.SECTION else f"{number}."


def _lacks(said: Iterable[_Said]) -> Iterator[Lack]:
    heading = ""
    for depth, filled in said:
        if depth is Depth.TEXT:
            yield from (Lack(heading, what) for what in filled.lacks)
        elif depth is not Depth.FIGURE:
            heading = filled.text
