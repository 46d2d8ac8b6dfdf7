"""What a narrative is made of: words, figures with their meaning, other numerals, statements.

A shape of sentence returns a `Passage`, which is such pieces in order. `assemble` lays passages
down as one text and tells where each figure stands. Words never hold a digit of their own, so that
no numeral of a narrative is without a meaning.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

__all__ = [
    "Figure",
    "Meaning",
    "Narrative",
    "Other",
    "Passage",
    "Place",
    "Saying",
    "Shaped",
    "Subject",
    "assemble",
    "wrapped",
]

# Numerals that a careful reader may or may not take as figures: neither asked for nor forbidden.
ANY = "any"


@dataclass(frozen=True)
class Subject:
    """What a sentence is about: one label, or two that share every figure, as 收、支总计 do."""

    labels: tuple[str, ...]
    budget: str | None = None
    code: str | None = None


@dataclass(frozen=True)
class Meaning:
    """What one figure states; `number` is as printed, with the sign that the words give it.

    `measures` are all that a careful reader may call it, as a rule one.
    """

    label: str
    measures: tuple[str, ...]
    number: Decimal
    unit: str
    budget: str | None = None
    code: str | None = None
    base: str | None = None


@dataclass(frozen=True)
class Figure:
    """A numeral that states one fact, or the same of two subjects; `unit` is as printed."""

    text: str
    meanings: tuple[Meaning, ...]
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Other:
    """A numeral that is no figure: `kind` is one of the reader's kinds, or `ANY`."""

    text: str
    kind: str


@dataclass(frozen=True)
class Saying:
    """A statement without a numeral, like 决算数与预算数持平; no label where it is not judged."""

    text: str
    kind: str
    label: str | None = None


Piece = str | Figure | Other | Saying
Passage = list[Piece]


@dataclass(frozen=True)
class Shaped:
    """A passage and the shape it was written in, `S01` and so on; nothing for other text."""

    shape: str
    passage: Passage


@dataclass(frozen=True)
class Place:
    """A piece where it stands: characters `start` to `end`, the numeral alone for a figure."""

    start: int
    end: int
    shape: str
    piece: Figure | Other | Saying


@dataclass(frozen=True)
class Narrative:
    """A text, and all that a careful reader finds in it."""

    text: str
    places: tuple[Place, ...] = field(repr=False)
    year: int

    @property
    def figures(self) -> list[tuple[Place, Figure]]:
        """The figures, each with its place."""
        return [(place, place.piece) for place in self.places if isinstance(place.piece, Figure)]

    @property
    def others(self) -> list[Place]:
        """The numerals that are no figures."""
        return [place for place in self.places if isinstance(place.piece, Other)]

    @property
    def sayings(self) -> list[tuple[Place, Saying]]:
        """The statements, each with its place."""
        return [(place, place.piece) for place in self.places if isinstance(place.piece, Saying)]


def assemble(parts: Iterable[Shaped], year: int) -> Narrative:
    """Lay passages down one behind the other."""
    text, places = "", []
    for part in parts:
        for piece in part.passage:
            if isinstance(piece, str):
                text += piece
                continue
            text += piece.before if isinstance(piece, Figure) else ""
            start = len(text)
            text += piece.text
            places.append(Place(start, len(text), part.shape, piece))
            text += piece.after if isinstance(piece, Figure) else ""
    return Narrative(text, tuple(places), year)


def wrapped(narrative: Narrative, width: int) -> Narrative:
    """Break long lines as narrow pages do, inside names too but never inside a piece."""
    held = {at for place in narrative.places for at in range(place.start + 1, place.end + 3)}
    text, places, column, moved = "", list(narrative.places), 0, [0] * (len(narrative.text) + 1)
    added = 0
    for at, character in enumerate(narrative.text):
        is_full = column >= width and at not in held and character not in "，。；、：）”\n"
        if is_full:
            text, column, added = text + "\n", 0, added + 1
        moved[at] = added
        text += character
        column = 0 if character == "\n" else column + 1
    places = [
        replace(place, start=place.start + moved[place.start], end=place.end + moved[place.start])
        for place in narrative.places
    ]
    return Narrative(text, tuple(places), narrative.year)
