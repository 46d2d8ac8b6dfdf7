"""Sections: where in an account a paragraph stands, and what its headings say of it.

Headings are told by their numbering (第二部分, 五、, （三）, 1.), by being short, without
figures. They give the section's title, its budget, and a year of its own where one names it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from fiscal.extract.tables.columns import budget_named
from fiscal.extract.tables.reading import prose_tables
from fiscal.model import Document

__all__ = [
    "ENTRY",
    "ITEM_NUMBER",
    "Heading",
    "Paragraph",
    "Passage",
    "Section",
    "has_prose",
    "heading_of",
    "names_category",
    "paragraphs",
    "passage_of",
    "without_marks",
]

_MARKS = re.compile(r"^#{1,6}(?=\s)|\[bookmark:[^\]\n]{0,80}\]|PAGEREF[^\n\t]{0,60}?\\h")
# 1. 2、 （3） ⑷: the number before an item of a list.
ITEM_NUMBER = r"(?:\d{1,3}\s?[.、．](?!\d)|[（(]\s?\d{1,3}\s?[）)]|[⑴-⒇①-⑳])"
_NUMBER = re.compile(
    r"[\s\0]*(?:(?P<part>第\s?[一二三四五六七八九十\d]{1,3}\s?部\s?分)"
    r"|(?P<chapter>[一二三四五六七八九十]{1,3}\s?[、.．,，]|\d{1,2}\s?、(?=\s*\0))"
    r"|(?P<section>[（(]\s?[一二三四五六七八九十]{1,3}\s?[）)][、.．]?)"
    rf"|(?P<item>{ITEM_NUMBER}[、.．]?))\s*"
)
ENTRY = re.compile(rf"[\s\0]*{ITEM_NUMBER}\s?[.、．]?")
_TITLE = re.compile(r"[^。：:；;]{1,60}")
# What the chapters of an account are called: their numbers are often damaged, their names are not.
_CHAPTER = re.compile(
    r"(?:部门|单位)?(?:(?:财务)?收入支出|收支|收入|支出|财政拨款(?:收入支出|收支|支出|收入)?|一般公共预算(?:财政拨款)?(?:基本)?(?:支出|收支)?"
    r"|政府性基金(?:预算)?(?:财政拨款)?(?:收入支出|收支|支出)?|国有资本经营(?:预算)?(?:财政拨款)?(?:收入支出|收支|支出)?"
    r"|(?:财政拨款|一般公共预算(?:财政拨款)?)?[“\"]?三公[”\"]?经费(?:财政拨款)?(?:支出)?|其他重要事项)"
    r"(?:预算|决算|安排|总体|总表|结转|和|结余)*的?(?:情况)?(?:的?说明)?$|(?:预算)?绩效(?:管理|评价|自评)(?:工作)?(?:情况)?(?:的?说明)?$|名词解释$"
)
# Matters that are of no budget, wherever damaged numbers put them.
_ACROSS_BUDGETS = re.compile(
    r"三公|机关运行|采购|国有资产|绩效|重要事项|名词|(?:收入|收支|财政拨款).{0,12}总体情况$"
)
# What 重庆 calls the parts of one budget's chapter: no chapters, whatever marks their numbers have.
_PART_OF_CHAPTER = re.compile(r"(?:收入|支出|收支|结转和?结余)情况(?:的?说明)?$")
_PLAIN_TITLE = re.compile(r"[^，,。；;]{2,60}(?:情况|说明|公开|报告)\s*")
# A line of the contents: dots up to a page's number.
_LONGEST_LEADER = 200
_LEADER = re.compile(r"[…·.．]{4,}\s?\d*\s*$")
_FIGURE = re.compile(r"为\s?\d|\d\s?(?:万元|亿元|元|%|％)")
_TITLE_ENDS = re.compile(
    r"(?:情况(?:的?说明)?|说明|概况|解释|结构|职[能责]|构成|设置|工作|附[件表]|[^说明]表|结果|目标|决算|预算|支出|收入|经费|费|总体)$"
)
_RUN_IN = re.compile(r"(?:情况(?:的?说明)?|说明|结构)$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=\s?年)")
_BY_DEPTH = ("part", "chapter", "section", "item")
_BLANK = "\0"


_BREAK = re.compile(r"[^\S\n]*\r?\n[^\S\n]*")
_WIDEST = 100
_FULL = 0.7
_FEWEST_BROKEN = 3
# For every line that goes beyond the width so many end there.
_FEWEST_OVER = 3
_NARROWEST = 16
# So far from one another full lines may end.
_SLACK = 4
_ENDS = tuple("。！？；：!?;:")
_LONGEST = 8000
_BEGINS = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．](?!\d)|[⑴-⒇①-⑳●•■◆]|第.{1,3}部分|[（(][图表注]|附[件表]|注[:：]|\[|#|\t|[一二三四五六七八九十]是)"
)


class _Break(NamedTuple):
    """How long lines are, by which measure, and how many are full; 0 where none are broken."""

    measure: Callable[[str], int]
    width: int
    full: int


class Paragraph(NamedTuple):
    """A stretch of running text and the character at which it begins."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph as it is read: lines joined, `text` with the marks of a dump blanked out.

    `places` holds, for each character, which one of the paragraph it is; nothing where no lines
    were joined. `start` is the paragraph's place in the document.
    """

    start: int = 0
    printed: str = ""
    text: str = ""
    places: tuple[int, ...] = ()

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the document of characters `start` to `end`."""
        if not self.places:
            return self.start + start, self.start + end
        return self.start + self.places[start], self.start + self.places[end - 1] + 1


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
        return _budget_of(self._inwards)

    @property
    def year(self) -> int | None:
        """The year that the innermost title with a single year names."""
        return _year_of(self._inwards)

    @property
    def _inwards(self) -> tuple[str, str, str]:
        return self.item, self.section, self.chapter

    def enter(self, heading: Heading) -> Section:
        """Return the section that a heading opens; what was below its depth is left."""
        deeper = _BY_DEPTH[_BY_DEPTH.index(heading.depth) :]
        return replace(self, **{**dict.fromkeys(deeper, ""), heading.depth: heading.title})


def names_category(title: str) -> bool:
    """Tell whether a title is a category's name, whatever budget it speaks of.

    >>> names_category("（七）国有资本经营预算支出（类）")
    True
    """
    return title.endswith(("（类）", "(类)", "（类)", "(类）"))


# Asked for every figure of a section.
@lru_cache(maxsize=1024)
def _budget_of(titles: tuple[str, ...]) -> str | None:
    for title in titles:
        if names_category(title):
            continue
        if (budget := budget_named(title)) or _ACROSS_BUDGETS.search(title):
            return budget
    return None


@lru_cache(maxsize=1024)
def _year_of(titles: tuple[str, ...]) -> int | None:
    named = (set(_YEAR.findall(title)) for title in titles)
    return next((int(years.pop()) for years in named if len(years) == 1), None)


def without_marks(text: str) -> str:
    """Blank out what a text dump adds, one character for one: bookmarks, page references."""
    return _MARKS.sub(lambda match: _BLANK * len(match.group()), text)


def passage_of(paragraph: Paragraph) -> Passage:
    """Join the lines of a paragraph, what was broken within a word whole again."""
    printed = paragraph.text
    if "\n" not in printed:
        return Passage(paragraph.start, printed, without_marks(printed))
    breaks = [match.span() for match in _BREAK.finditer(printed)]
    kept = [True] * len(printed)
    for start, end in breaks:
        kept[start:end] = [False] * (end - start)
    places = tuple(place for place, is_kept in enumerate(kept) if is_kept)
    joined = "".join(printed[place] for place in places)
    return Passage(paragraph.start, joined, without_marks(joined), places)


def paragraphs(document: Document) -> Iterator[Paragraph]:
    """Yield the running text in reading order, grids of running text included.

    A paragraph is a line; in a text broken at a width, the lines of one paragraph.
    """
    running = prose_tables(document)
    stretches, start = [], 0
    for table in document.tables:
        if all(table is not each for each in running):
            stretches.append((start, table.start))
            start = table.end
    stretches.append((start, len(document.text)))
    broken = _break_of([document.text[start:end] for start, end in stretches])
    for start, end in stretches:
        yield from _lines(document.text, start, end, broken)


def has_prose(document: Document) -> bool:
    """Tell whether a document has any running text."""
    return any(each.text.strip() for each in paragraphs(document))


def _break_of(texts: list[str]) -> _Break:
    """Return where lines are broken: most of them end there, and hardly any goes beyond.

    Programs count characters or columns; what more lines agree on is what was counted.
    """
    lines = [line.rstrip() for text in texts for line in text.split("\n") if line.strip()]
    return max((_break_by(measure, lines) for measure in (len, _extent)), key=lambda one: one.full)


def _break_by(measure: Callable[[str], int], lines: list[str]) -> _Break:
    extents = Counter(map(measure, lines))
    open_ones = Counter(
        measure(line) for line in lines if not line.endswith(_ENDS) and not _is_title(line)
    )
    widest = _WIDEST * (2 if measure is _extent else 1)
    widths = sorted(each for each in open_ones if _NARROWEST <= each <= widest)
    found = [_Break(measure, 0, 0)]
    for width in widths:
        full = sum(open_ones[width - off] for off in range(_SLACK))
        beyond = sum(count for extent, count in extents.items() if extent > width + _SLACK)
        if full >= max(_FEWEST_BROKEN, _FEWEST_OVER * beyond):
            found.append(_Break(measure, width, full))
    return max(found, key=lambda one: (one.full, one.width))


def _extent(line: str) -> int:
    """Return how many columns a line takes: an ideograph, of three bytes, takes two."""
    return (len(line) + len(line.encode("utf-8", "surrogatepass"))) // 2


def _lines(text: str, start: int, end: int, broken: _Break) -> Iterator[Paragraph]:
    held = ""
    for line in text[start:end].split("\n"):
        if held and not _goes_on(held, line, broken):
            yield Paragraph(start - len(held), held.rstrip("\r\n"))
            held = ""
        start += len(line) + 1
        held = f"{held}{line}\n" if held or line.strip() else ""
    if held:
        yield Paragraph(start - len(held), held.rstrip("\r\n"))


def _goes_on(held: str, line: str, broken: _Break) -> bool:
    """Tell whether a line continues the text above it, whose last line was full."""
    last = held[:-1].rsplit("\n", 1)[-1].rstrip()
    is_full = broken.width > 0 and broken.measure(last) >= _FULL * broken.width
    # A title does not happen to end where lines are broken.
    is_short = broken.measure(last) < broken.width - _SLACK
    is_title = "\n" not in held[:-1] and is_short and _is_title(last)
    goes_on = is_full and len(held) < _LONGEST and bool(line.strip())
    return goes_on and not is_title and not _BEGINS.match(line)


def _is_title(line: str) -> bool:
    """Tell whether a line is all of a heading, numbered or not."""
    heading = heading_of(without_marks(line))
    if heading is not None:
        return heading.end >= len(line)
    return _PLAIN_TITLE.fullmatch(line) is not None


def heading_of(text: str) -> Heading | None:
    """Return the heading that a paragraph (without marks) is or begins with.

    A heading is a paragraph of its own, or is run in: （一）机关运行经费支出情况。2019年…

    >>> heading_of("（一）机关运行经费支出情况。2019年，支出1万元。")
    Heading(depth='section', title='机关运行经费支出情况', end=14)
    >>> heading_of("3.公务接待费支出2.31万元。") is None
    True
    """
    number = None if _LEADER.search(text[-_LONGEST_LEADER:]) else _NUMBER.match(text)
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
    if _CHAPTER.match(words) and _is_damaged(text, depth) and not _PART_OF_CHAPTER.match(words):
        depth = "chapter"
    if not rest:
        return Heading(depth, words, len(text))
    return Heading(depth, words, title.end() + 1) if _RUN_IN.search(words) else None


def _is_damaged(text: str, depth: str) -> bool:
    # A chapter numbered 4、 or 4. came out of automatic numbering; （四） did not.
    return depth == "item" and not text.strip("\0 \t　").startswith(("（", "("))


def _skip_blanks(text: str, place: int) -> int:
    while place < len(text) and text[place] in "\0 \t　":
        place += 1
    return place
