"""Sections: where in an account a paragraph stands, and what its headings say of it.

Headings are told by their numbering (第二部分, 五、, （三）, 1.), by being short, without
figures. They give the section's title, its budget, and a year of its own where one names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from fiscal.extract.tables.columns import budget_named
from fiscal.extract.tables.reading import prose_tables
from fiscal.model import Document

__all__ = ["Heading", "Paragraph", "Section", "heading_of", "paragraphs", "without_marks"]

_MARKS = re.compile(r"\[bookmark:[^\]\n]{0,80}\]|PAGEREF[^\n\t]{0,60}?\\h")
_NUMBER = re.compile(
    r"[\s\0]*(?:(?P<part>第\s?[一二三四五六七八九十\d]{1,3}\s?部\s?分)"
    r"|(?P<chapter>[一二三四五六七八九十]{1,3}\s?[、.．,，]|\d{1,2}\s?、(?=\s*\0))"
    r"|(?P<section>[（(]\s?[一二三四五六七八九十]{1,3}\s?[）)][、.．]?)"
    r"|(?P<item>(?:\d{1,2}\s?[.、．](?!\d)|[（(]\s?\d{1,2}\s?[）)]|[⑴-⒇①-⑳])[、.．]?))\s*"
)
_TITLE = re.compile(r"[^。：:；;]{1,60}")
_FIGURE = re.compile(r"为\s?\d|\d\s?(?:万元|亿元|元|%|％)")
_TITLE_ENDS = re.compile(
    r"(?:情况(?:的?说明)?|说明|概况|解释|结构|职[能责]|构成|设置|工作|附[件表]|[^说明]表|结果|目标|决算|预算|支出|收入|经费|费|总体)$"
)
_RUN_IN = re.compile(r"(?:情况(?:的?说明)?|说明)$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=\s?年)")
_BY_DEPTH = ("part", "chapter", "section", "item")
_BLANK = "\0"


class Paragraph(NamedTuple):
    """A stretch of running text and the character at which it begins."""

    start: int
    text: str


class Heading(NamedTuple):
    """A heading at the beginning of a paragraph: its depth, its title, and where it ends."""

    depth: str
    title: str
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """The titles above a paragraph, by depth; empty where there is none."""

    part: str = ""
    chapter: str = ""
    section: str = ""
    item: str = ""

    @property
    def title(self) -> str:
        """The titles as one path, outermost first; the part stands for what it is alone."""
        return "/".join(filter(None, (self.chapter, self.section, self.item))) or self.part

    @property
    def budget(self) -> str | None:
        """The budget that the innermost title naming one names; 基本支出 is of all of them."""
        return next(filter(None, map(budget_named, self._inwards)), None)

    @property
    def year(self) -> int | None:
        """The year that the innermost title with a single year names."""
        named = (set(_YEAR.findall(title)) for title in self._inwards)
        return next((int(years.pop()) for years in named if len(years) == 1), None)

    @property
    def _inwards(self) -> tuple[str, str, str]:
        return self.item, self.section, self.chapter

    def enter(self, heading: Heading) -> Section:
        """Return the section that a heading opens; what was below its depth is left."""
        deeper = _BY_DEPTH[_BY_DEPTH.index(heading.depth) :]
        return replace(self, **{**dict.fromkeys(deeper, ""), heading.depth: heading.title})


def without_marks(text: str) -> str:
    """Blank out what a text dump adds, one character for one: bookmarks, page references."""
    return _MARKS.sub(lambda match: _BLANK * len(match.group()), text)


def paragraphs(document: Document) -> Iterator[Paragraph]:
    """Yield the lines that are running text in reading order, grids of running text included."""
    running = prose_tables(document)
    start = 0
    for table in document.tables:
        if all(table is not each for each in running):
            yield from _lines(document.text, start, table.start)
            start = table.end
    yield from _lines(document.text, start, len(document.text))


def _lines(text: str, start: int, end: int) -> Iterator[Paragraph]:
    for line in text[start:end].split("\n"):
        if line.strip():
            yield Paragraph(start, line.rstrip("\r"))
        start += len(line) + 1


def heading_of(text: str) -> Heading | None:
    """Return the heading that a paragraph (without marks) is or begins with.

    A heading is a paragraph of its own, or is run in: （一）机关运行经费支出情况。2019年…

    >>> heading_of("（一）机关运行经费支出情况。2019年，支出1万元。")
    Heading(depth='section', title='机关运行经费支出情况', end=14)
    >>> heading_of("3.公务接待费支出2.31万元。") is None
    True
    """
    number = _NUMBER.match(text)
    depth = number.lastgroup if number else None
    if number is None or depth is None:
        return None
    place = _skip_blanks(text, number.end())
    title = _TITLE.match(text, place)
    if title is None:
        return Heading(depth, "", len(text)) if depth == "part" else None
    words = title.group().strip("\0 \t　")
    rest = text[title.end() :].strip("。：: \0\t　")
    is_title = _TITLE_ENDS.search(words) is not None
    if _FIGURE.search(words) or (not is_title and ("，" in words or depth == "item")):
        return None
    if not rest:
        return Heading(depth, words, len(text))
    return Heading(depth, words, title.end() + 1) if _RUN_IN.search(words) else None


def _skip_blanks(text: str, place: int) -> int:
    while place < len(text) and text[place] in "\0 \t　":
        place += 1
    return place
