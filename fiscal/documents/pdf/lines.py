"""Words that stand on one line, as its text.

Whether two words are parted by a space is told by the file where it draws one, else by the gap:
lines are stretched to the margins, and names to the width of their cell one ideograph at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from fiscal.documents.pdf.words import Word, is_wide

__all__ = ["Line", "lines_of"]

# In parts of the size of the type.
_SAME_LINE = 0.45
_GAP_AMONG_IDEOGRAPHS = 0.4
_GAP_AMONG_LONE_IDEOGRAPHS = 1.2
_GAP_BESIDE_WESTERN = 0.35
_GAP_ANYWHERE = 0.75
_DRAWN_SPACE = 0.1
_WIDE_GAP = 2.5


class Line(NamedTuple):
    """A line of text, from `left` to `right` on `baseline`; `size` is that of its largest type.

    `is_spread` says that it has a wide gap within, like a row of a table and unlike a sentence.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    is_spread: bool


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Return the lines that words make, from the top down."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.baseline):
        if lines and _is_beside(lines[-1][0], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_line(sorted(line, key=lambda word: word.left)) for line in lines]


def _is_beside(first: Word, word: Word) -> bool:
    return word.baseline - first.baseline < _SAME_LINE * max(first.size, word.size)


def _line(words: Sequence[Word]) -> Line:
    wide = [word.size for word in words if any(map(is_wide, word.text))]
    size = max(wide or (word.size for word in words))
    text = words[0].text
    for before, word in pairwise(words):
        text += (" " if _are_parted(before, word, size) else "") + word.text
    right = max(word.right for word in words)
    gaps = (word.left - before.right for before, word in pairwise(words))
    is_spread = max(gaps, default=0.0) > _WIDE_GAP * size
    return Line(text, words[0].left, right, words[0].baseline, size, is_spread)


def _are_parted(before: Word, word: Word, size: float) -> bool:
    gap = (word.left - before.right) / size
    if before.is_spaced and gap > _DRAWN_SPACE:
        return True
    last, first = before.text[-1], word.text[0]
    if is_wide(last) and is_wide(first):
        are_lone = len(before.text) == 1 and len(word.text) == 1
        return gap > (_GAP_AMONG_LONE_IDEOGRAPHS if are_lone else _GAP_AMONG_IDEOGRAPHS)
    are_letters = last.isascii() and last.isalpha() and first.isascii() and first.isalpha()
    return gap > (_GAP_BESIDE_WESTERN if are_letters else _GAP_ANYWHERE)
