"""The running text of a document as rules of wording look at it: paragraphs, headings, contents.

A passage keeps its place in the document, so that whatever is found in it can be pointed at. What
a conversion left in the text (bookmarks of a word processor) is blanked, character for character.
Cells of tables are no passages: what is doubled or left open there is form, not wording.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps
from typing import NamedTuple, TypeVar, cast

from fiscal.extract.narrative.sections import paragraphs, passage_of
from fiscal.model import Block, BlockKind, Document, Span
from fiscal.rules.view import View

__all__ = ["Passage", "body", "contents", "once", "passages"]

_RESIDUE = re.compile(r"\[bookmark: [^\]\n]{0,80}\]|PAGEREF _Toc\d{1,12}(?: \\h)?")
_CONTENTS = re.compile(r"目\s*[录次]")
_ENTRY = re.compile(
    r"第?\s*[一二三四五六七八九十\d]{1,3}\s*(?:部分|[、.．章节])|[（(][一二三四五六七八九十\d]{1,3}[)）]|附[件表]"
)
# Read from the end, where it is: sought from the front, every blank of a long run would begin one.
_LEADER_BACKWARDS = re.compile(r"\s*\d{0,3}[…·.．—\-_\s]{2,}")
_LONGEST_ENTRY = 60
_Found = TypeVar("_Found")


def once(find: Callable[[View], Iterable[_Found]]) -> Callable[[View], tuple[_Found, ...]]:
    """Return `find`, done once for a view and kept with it, as its cached properties are."""
    name = f"{find.__module__}.{find.__name__}"

    @wraps(find)
    def kept(view: View) -> tuple[_Found, ...]:
        memory = vars(view)
        if name not in memory:
            memory[name] = tuple(find(view))
        return cast("tuple[_Found, ...]", memory[name])

    return kept


class Passage(NamedTuple):
    """A paragraph or heading: its text, and where in the document it begins.

    Where its lines were broken at a width they are joined, and `places` holds for each character
    which one from `start` on it is; else the text is of the length that it has in the document.
    """

    text: str
    start: int
    is_heading: bool
    places: tuple[int, ...] = ()

    @property
    def end(self) -> int:
        """Where in the document it ends."""
        return self.start + (self.places[-1] + 1 if self.places else len(self.text))

    def span(self, view: View, start: int, end: int) -> Span:
        """Return the place in the document of characters `start` to `end` of this passage."""
        if self.places:
            start, end = self.places[start], self.places[end - 1] + 1
        return view.document.span(self.start + start, self.start + end)

    @property
    def title(self) -> str:
        """The text without blanks, and without the leader and page number of a contents' line."""
        return "".join(self.text[: _leader_start(self.text)].split())


@once
def passages(view: View) -> Iterator[Passage]:
    """Yield every passage of a document in its order."""
    document = view.document
    blocks = document.blocks or tuple(_lines(document))
    broken = {each.start: each for each in paragraphs(document) if "\n" in each.text}
    joined_up_to = 0
    for each in blocks:
        if each.kind is BlockKind.TABLE or each.start < joined_up_to:
            continue
        text, places = document.text[each.start : each.end], tuple[int, ...]()
        if each.start in broken:
            joined_up_to = each.start + len(broken[each.start].text)
            whole = passage_of(broken[each.start])
            text, places = whole.text.replace("\0", " "), whole.places
        text = _RESIDUE.sub(_blanked, text)
        yield Passage(text, each.start, each.kind is BlockKind.HEADING, places)


@once
def contents(view: View) -> Sequence[Passage]:
    """Return the lines of the table of contents, nothing where there is none."""
    found = passages(view)
    first, end = _contents_range(found)
    return found[first:end]


@once
def body(view: View) -> Sequence[Passage]:
    """Return the passages that are not lines of the contents."""
    found = passages(view)
    first, end = _contents_range(found)
    return found[:first] + found[end:]


def _blanked(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _contents_range(found: Sequence[Passage]) -> tuple[int, int]:
    heads = (at for at, each in enumerate(found) if _CONTENTS.fullmatch(each.text.strip()))
    first = next(heads, len(found)) + 1
    if first >= len(found):
        return len(found), len(found)
    opening, end = found[first], first + 1
    while end < len(found) and _is_entry(found[end], opening):
        end += 1
    return first, end


def _is_entry(passage: Passage, opening: Passage) -> bool:
    """Tell whether a line goes on with the contents: the first line again is the body's own.

    Where the first line has a leader, so has every other.
    """
    text = passage.text.strip()
    is_like_one = _has_leader(passage) or (_ENTRY.match(text) and not _has_leader(opening))
    is_short = len(passage.title) <= _LONGEST_ENTRY and "。" not in text
    return bool(is_like_one) and is_short and passage.title != opening.title


def _has_leader(passage: Passage) -> bool:
    return _leader_start(passage.text) < len(passage.text)


def _leader_start(text: str) -> int:
    """Return where the leader and page number begin that end a contents' line, or the end."""
    found = _LEADER_BACKWARDS.match(text[::-1])
    return len(text) - (found.end() if found else 0)


def _lines(document: Document) -> Iterator[Block]:
    """Yield the lines of a document that was not parted into blocks, its tables left out."""
    start, tables = 0, deque(document.tables)
    for line in document.text.split("\n"):
        while tables and tables[0].end <= start:
            tables.popleft()
        is_in_table = bool(tables) and tables[0].start <= start
        if line.strip() and not is_in_table:
            yield Block(BlockKind.PARAGRAPH, start, start + len(line))
        start += len(line) + 1
