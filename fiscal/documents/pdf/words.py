"""The words of a page: characters drawn one behind the other, with the place of each word.

A character stands on its baseline, and only the baseline is trusted: the boxes that fonts claim
differ so much that digits seem to stand on another line than their sentence. Places are given as
one reads the page, from its top left, whichever way the page is turned.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

__all__ = ["Turn", "Word", "is_wide", "read_words", "turn_of"]

# In parts of the size of the type.
_TOUCHING = 0.15
_OVERLAPPING = 0.5
_SAME_BASELINE = 0.12
_SAMPLES = 40
# In points; smaller is damage.
_SMALLEST_TYPE = 0.5
_UNKNOWN = {"\0", "\ufffd", "\ufffe", "\uffff"}
_HYPHEN_AT_LINE_END = "\x02"


class Word(NamedTuple):
    """Some characters, from `left` to `right` on `baseline`; `size` is that of their type.

    `is_spaced` says that a space is drawn behind it.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    is_spaced: bool


class Turn(NamedTuple):
    """How the text of a page runs: quarter turns against the clock, and the extent of the page."""

    quarters: int
    width: float
    height: float

    def upright(self, x: float, y: float) -> tuple[float, float]:
        """Return the place, seen from the top left of the page as one reads it."""
        match self.quarters:
            case 0:
                return x, self.height - y
            case 1:
                return y, x
            case 2:
                return self.width - x, y
            case _:
                return self.height - y, self.width - x


class _Character(NamedTuple):
    text: str
    left: float
    right: float
    baseline: float


def turn_of(page: pdfium.PdfPage, text: pdfium.PdfTextPage) -> Turn:
    """Tell which way the characters of a page run, from a sample of them."""
    left, bottom, right, top = page.get_cropbox()
    count = text.count_chars()
    sample = range(0, count, max(1, count // _SAMPLES))
    quarters = Counter(
        # PDFium measures with the clock.
        -round(pdfium_c.FPDFText_GetCharAngle(text.raw, index) / (math.pi / 2)) % 4
        for index in sample
        if not chr(pdfium_c.FPDFText_GetUnicode(text.raw, index)).isspace()
    )
    most = quarters.most_common(1)
    return Turn(most[0][0] if most else 0, max(right - left, 1.0), max(top - bottom, 1.0))


def read_words(text: pdfium.PdfTextPage, turn: Turn) -> tuple[list[Word], int]:
    """Return the words of a page, and how many of its characters have no known meaning."""
    words: list[Word] = []
    run: list[_Character] = []
    unknown = 0
    for character in _characters(text, turn):
        if character.text in _UNKNOWN:
            unknown += 1
        elif character.text.isspace():
            # A space without width was not drawn: it is a guess from a gap.
            if run and character.right > character.left:
                words.append(_word(run, is_spaced=True))
                run = []
        else:
            if run and not _follows(run[-1], character):
                words.append(_word(run))
                run = []
            run.append(character)
    if run:
        words.append(_word(run))
    return words, unknown


def _characters(text: pdfium.PdfTextPage, turn: Turn) -> Iterator[_Character]:
    raw, quarters = text.raw, turn.quarters
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium_c.FS_RECTF()
    x_at, y_at, box_at = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
    unicode_of, origin_of = pdfium_c.FPDFText_GetUnicode, pdfium_c.FPDFText_GetCharOrigin
    box_of, upright = pdfium_c.FPDFText_GetLooseCharBox, turn.upright
    straight = math.nan
    for index in range(text.count_chars()):
        origin_of(raw, index, x_at, y_at)
        left, baseline = upright(x.value, y.value)
        # What stands on the very baseline of the character before runs as that does.
        if baseline != straight:
            # What runs slantwise is a watermark.
            if _is_slanted(raw, index):
                continue
            straight = baseline
        box_of(raw, index, box_at)
        right = box.right if quarters == 0 else _far_end(box, turn)
        yield _Character(_plain(unicode_of(raw, index)), left, right, baseline)


def _far_end(box: pdfium_c.FS_RECTF, turn: Turn) -> float:
    """Return where a character ends, as one reads a page that is turned."""
    ends: tuple[float, ...] = (
        box.right,
        box.top,
        turn.width - box.left,
        turn.height - box.bottom,
    )
    return ends[turn.quarters]


def _is_slanted(raw: pdfium_c.FPDF_TEXTPAGE, index: int) -> bool:
    turned: float = pdfium_c.FPDFText_GetCharAngle(raw, index) / (math.pi / 2)
    return abs(turned - round(turned)) > _SAME_BASELINE


@lru_cache(maxsize=8192)
def _plain(code: int) -> str:
    """Return a character; the radicals that some files write for ideographs as ideographs.

    >>> _plain(0x2F00) == "一", _plain(0xFF0C)
    (True, '，')
    """
    character = chr(code) if code <= 0x10FFFF else "\ufffd"
    if 0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB00:
        return unicodedata.normalize("NFKC", character)
    return "-" if character == _HYPHEN_AT_LINE_END else character


def _follows(before: _Character, character: _Character) -> bool:
    size = max(before.right - before.left, character.right - character.left, 1.0)
    gap = character.left - before.right
    return (
        -_OVERLAPPING * size < gap < _TOUCHING * size
        and abs(character.baseline - before.baseline) < _SAME_BASELINE * size
    )


def is_wide(character: str) -> bool:
    """Whether a character is as wide as its type is high: an ideograph or its punctuation."""
    return character >= "\u2e80"


def _word(run: Iterable[_Character], *, is_spaced: bool = False) -> Word:
    characters = list(run)
    wide = sorted(c.right - c.left for c in characters if is_wide(c.text))
    # A digit is half as wide as its type is high; other western characters are anything.
    narrow = ((c.right - c.left) * (2 if c.text.isdigit() else 1) for c in characters)
    size = max(wide[len(wide) // 2] if wide else max(narrow), _SMALLEST_TYPE)
    text = "".join(character.text for character in characters)
    first, last = characters[0], characters[-1]
    return Word(text, first.left, last.right, first.baseline, size, is_spaced)
