"""Lines joined into paragraphs: a line that was full goes on in the next one.

A line is full when what the next one begins with would not have fitted behind it. That tells a
wrapped line from a short paragraph at any margin; the indent of the next line, its number and the
punctuation at the end settle the rest, across pages as within one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fiscal.documents.layout import Paragraph, is_heading
from fiscal.documents.pdf.lines import Line
from fiscal.documents.pdf.page import Page
from fiscal.documents.pdf.words import is_wide

__all__ = ["Margins", "join_lines", "margins_of"]

# In parts of the size of the type.
_INDENT = 1.2
_UNEVEN = 2.0
_SLACK = 0.7
_LARGER = 1.15
_WIDEST_PITCH = 1.6
_FEWEST_LONG_LINES = 3
_BEGINS_AN_ITEM = re.compile(
    r"(?:第[一二三四五六七八九十百\d]+[部章节条]|[一二三四五六七八九十]{1,3}[、.．]"
    r"|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)|[①-⑳⑴-⒇]|[●•■◆]"
    r"|(?:备?注\d*|说明|单位)[:：])"
)
_CHUNK = re.compile(
    r"[（(“‘《〈【「『]*(?:[\w.,%+-]+|.)[。，、；：！？）)”’》〉】」』%％]*", re.ASCII
)
_ENDS_A_SENTENCE = re.compile(r"[。！？；：!?;:][”’）)》]?$")
_PUNCTUATION = re.compile(r"[，。；：、！？]")
_LEADER = re.compile(r"(?:…{4,}|[.．·]{4,}|\.{2,} )\s*\d*$")


@dataclass(frozen=True, slots=True)
class Margins:
    """Where full lines begin and end on pages of one width; the usual type and pitch of lines."""

    left: float
    right: float
    size: float
    pitch: float


def margins_of(pages: Iterable[Page]) -> dict[int, Margins]:
    """Return the margins by the width of the page, in points."""
    by_width: dict[int, list[Page]] = {}
    for page in pages:
        by_width.setdefault(round(page.width), []).append(page)
    return {width: _margins(same) for width, same in by_width.items()}


def _margins(pages: Sequence[Page]) -> Margins:
    lines = [line for page in pages for line in page.lines]
    sizes = Counter(size for line in lines for size in [round(line.size * 2) / 2] * len(line.text))
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    pitches = Counter(
        round(below.baseline - line.baseline)
        for page in pages
        for line, below in pairwise(page.lines)
        if below.baseline - line.baseline < _WIDEST_PITCH * 2 * size
    )
    pitch = float(pitches.most_common(1)[0][0]) if pitches else 2 * size
    width = pages[0].width
    long = [line for line in lines if line.right - line.left > width / 2]
    if len(long) < _FEWEST_LONG_LINES:
        # Too few to tell; as a rule both margins are alike.
        left = min((line.left for line in long or lines), default=0.0)
        return Margins(left, width - left, size, pitch)
    lefts, rights = sorted(line.left for line in long), sorted(line.right for line in long)
    return Margins(lefts[len(lefts) // 8], rights[len(rights) * 7 // 8], size, pitch)


def join_lines(lines: Sequence[tuple[int, Line]], margins: Sequence[Margins]) -> list[Paragraph]:
    """Join lines, each with its page, that follow each other with no table between them."""
    paragraphs: list[list[tuple[int, Line]]] = []
    for index, (page, line) in enumerate(lines):
        if index and _continues(lines[index - 1], (page, line), margins[index - 1], margins[index]):
            paragraphs[-1].append((page, line))
        else:
            paragraphs.append([(page, line)])
    body = margins[0].size if margins else 0.0
    return [_paragraph(paragraph, body) for paragraph in paragraphs]


def _continues(
    above: tuple[int, Line], below: tuple[int, Line], upper: Margins, lower: Margins
) -> bool:
    before, after = above[1], below[1]
    pitch = max(upper.pitch, 2 * after.size)
    is_far = above[0] == below[0] and after.baseline - before.baseline > _WIDEST_PITCH * pitch
    if is_far or before.is_spread or after.is_spread or _LEADER.search(before.text):
        return False
    if _is_title_beside_text(before, after):
        return False
    if not _is_full(before, after, upper):
        return False
    if _BEGINS_AN_ITEM.match(after.text):
        return False
    ends = bool(_ENDS_A_SENTENCE.search(before.text))
    if _is_even(after, lower) and after.left - lower.left > 3 * after.size:
        return _is_even(before, upper) and not ends
    is_indented = after.left - lower.left > _INDENT * after.size
    return not (is_indented and (ends or is_heading(before.text)))


def _is_title_beside_text(before: Line, after: Line) -> bool:
    small, large = sorted((before, after), key=lambda line: line.size)
    return large.size > _LARGER * small.size and not _PUNCTUATION.search(large.text)


def _is_full(before: Line, after: Line, margins: Margins) -> bool:
    chunk = _CHUNK.match(after.text)
    wanted = sum(1.0 if is_wide(c) else 0.5 for c in chunk.group()) if chunk else 1.0
    return margins.right - before.right < (wanted + _SLACK) * after.size


def _is_even(line: Line, margins: Margins) -> bool:
    room_left, room_right = line.left - margins.left, margins.right - line.right
    return abs(room_left - room_right) < _UNEVEN * line.size


def _paragraph(lines: Sequence[tuple[int, Line]], body: float) -> Paragraph:
    page, first = lines[0]
    text, breaks = first.text, []
    for number, line in lines[1:]:
        text += " " if _are_words(text[-1], line.text[0]) else ""
        if number != page:
            breaks.append((len(text), number))
            page = number
        text += line.text
    is_large = first.size > _LARGER * body and not _PUNCTUATION.search(text)
    is_title = (is_large or is_heading(text)) and not _LEADER.search(text)
    return Paragraph(text, lines[0][0], is_title, tuple(breaks))


def _are_words(before: str, after: str) -> bool:
    return before.isascii() and after.isascii() and before.isalpha() and after.isalpha()
