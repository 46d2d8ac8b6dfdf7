"""What is marked in a document's text: stretches with a class, and places that are linked to.

Marks overlap: a figure lies in a sentence, one sentence is evidence of many findings. So the text
is cut once at every place where a mark begins or ends; each piece then has the classes of all that
cover it, and a paragraph or a cell takes the pieces that lie in it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from fiscal.report.page.markup import Child, Element, element

__all__ = ["Anchor", "Mark", "Marking", "marking_of"]

_MOST_TITLES = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end`, shown as `role`; `title` is what they are, for who points."""

    start: int
    end: int
    role: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that is linked to; with `href`, itself a link back, which reads `label`."""

    at: int
    id: str
    href: str = ""
    label: str = ""
    title: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    roles: tuple[str, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marking:
    """A document's text cut into marked pieces, with its anchors in order."""

    text: str
    pieces: tuple[_Piece, ...]
    anchors: tuple[Anchor, ...]

    def children(self, start: int, end: int, until: int) -> list[Child]:
        """Return characters `start` to `end` marked, with the anchors up to `until`."""
        first = bisect_right(self.pieces, start, key=lambda piece: piece.end)
        last = bisect_left(self.pieces, end, key=lambda piece: piece.start)
        here = self.pieces[first:last]
        points = deque(self._anchors(start, until))
        children: list[Child] = []
        place = start
        for piece in here:
            left, right = max(piece.start, start), min(piece.end, end)
            children.append(self.text[place:left])
            while points and points[0].at <= left:
                children.append(_placed(points.popleft()))
            children.append(_marked(self.text[left:right], piece))
            place = right
        return [*children, self.text[place:end], *map(_placed, points)]

    def _anchors(self, start: int, until: int) -> Sequence[Anchor]:
        first = bisect_left(self.anchors, start, key=lambda anchor: anchor.at)
        return self.anchors[first : bisect_left(self.anchors, until, key=lambda a: a.at)]


def marking_of(text: str, marks: Iterable[Mark], anchors: Iterable[Anchor]) -> Marking:
    """Cut a text at the ends of its marks; all places are within the text."""
    bounded = (
        Mark(max(0, mark.start), min(mark.end, len(text)), mark.role, mark.title) for mark in marks
    )
    inside = [mark for mark in bounded if mark.start < mark.end]
    last = max(len(text) - 1, 0)
    ordered = sorted(anchors, key=lambda anchor: anchor.at)
    placed = (
        Anchor(min(max(a.at, 0), last), a.id, a.href, a.label, a.title, a.role) for a in ordered
    )
    return Marking(text, tuple(_pieces(inside)), tuple(placed))


def _pieces(marks: Sequence[Mark]) -> Iterable[_Piece]:
    events = [(mark.start, 1, mark) for mark in marks] + [(mark.end, -1, mark) for mark in marks]
    events.sort(key=lambda event: event[0])
    roles: Counter[str] = Counter()
    titles: Counter[str] = Counter()
    before = 0
    for place, group in groupby(events, key=lambda event: event[0]):
        if roles:
            told = tuple(title for title, _ in zip(titles, range(_MOST_TITLES), strict=False))
            yield _Piece(before, place, tuple(sorted(roles)), told)
        for _, step, mark in group:
            _count(roles, mark.role, step)
            _count(titles, mark.title, step)
        before = place


def _count(counter: Counter[str], key: str, step: int) -> None:
    """Count what covers a piece; what covers it no more is forgotten."""
    if not key:
        return
    counter[key] += step
    if not counter[key]:
        del counter[key]


def _marked(text: str, piece: _Piece) -> Element:
    is_evidence = any(role.startswith("at-") for role in piece.roles)
    title = "；".join(piece.titles) or None
    return element(
        "mark" if is_evidence else "span", text, class_=" ".join(piece.roles), title=title
    )


def _placed(anchor: Anchor) -> Element:
    if not anchor.href:
        return element("span", id=anchor.id, class_="place")
    return element(
        "a",
        anchor.label,
        id=anchor.id,
        href=anchor.href,
        class_=f"back {anchor.role}",
        aria_label=anchor.title,
        title=anchor.title,
    )
