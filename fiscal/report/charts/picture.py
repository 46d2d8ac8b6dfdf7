"""What a picture shows, before it is drawn: named amounts, what they are parts of, and notes.

All amounts are exact, in yuan. What could not be shown is a `Missing`, which says what the document
lacks; what was left out or computed stands in the notes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from fiscal.errors import Text
from fiscal.money import format_rounded
from fiscal.report.figures import Scale

__all__ = ["DERIVED", "Band", "Bars", "Cell", "Flow", "Group", "Icicle", "Mark", "Missing"]
__all__ += ["Picture", "joined", "mark_text", "percent", "share_of"]

DERIVED = Text("推算", "derived")
_SMALLEST_SHARE = "0.01"


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar: what it is of, its amount, its share where it is a part.

    `is_derived` says that the document does not print the amount; `is_reference` that it is what
    others are held against, such as last year's; `evidence` are the ids of the facts it comes from.
    """

    name: Text
    value: Fraction
    share: str | None = None
    is_derived: bool = False
    is_reference: bool = False
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Bars that belong together, under a line of their own."""

    heading: Text
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """A picture of bars; `id` is the figure's number, or its name where it has none."""

    id: str
    title: Text
    scale: Scale
    groups: tuple[Group, ...]
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A heading of the tree; `depth` is 0 for the total, `colour` the number of its category."""

    name: Text
    value: Fraction
    depth: int
    colour: int
    share: str
    is_derived: bool = False
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Icicle:
    """The tree of headings, each cell as tall as its amount; parents come before children."""

    id: str
    title: Text
    scale: Scale
    cells: tuple[Cell, ...]
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A stream of money into the whole or out of it."""

    mark: Mark
    is_in: bool


@dataclass(frozen=True, slots=True)
class Flow:
    """Where the money came from and where it went, through one whole."""

    id: str
    title: Text
    scale: Scale
    whole: Mark
    bands: tuple[Band, ...]
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """A picture that cannot be drawn, and the figures that the document lacks for it."""

    id: str
    title: Text
    lacking: tuple[Text, ...]

    @property
    def message(self) -> Text:
        """What is missing, as a sentence."""
        lacking = joined(self.lacking)
        return Text(
            f"{self.title.zh}：未画，文件中没有{lacking.zh}",
            f"{self.title.en}: not drawn, the document lacks {lacking.en}",
        )


Picture = Bars | Icicle | Flow


def joined(names: Iterable[Text]) -> Text:
    """Return names as an enumeration."""
    every = list(names)
    return Text("、".join(name.zh for name in every), ", ".join(name.en for name in every))


def percent(ratio: Fraction, decimals: int = 2) -> str:
    """Write a ratio in per cent.

    >>> percent(Fraction(221, 193743))
    '0.11%'
    """
    return f"{format_rounded(ratio * 100, decimals)}%"


def share_of(part: Fraction, whole: Fraction) -> str | None:
    """Write the share of a part, None where there is no whole to divide by.

    >>> share_of(Fraction(1), Fraction(100_000)), share_of(Fraction(1), Fraction(0))
    ('<0.01%', None)
    """
    if not whole:
        return None
    written = percent(part / whole)
    is_hidden = part != 0 and written.strip("-") == "0.00%"
    return f"<{_SMALLEST_SHARE}%" if is_hidden else written


def mark_text(mark: Mark, scale: Scale, language: str) -> str:
    """Return what stands at a mark: amount, unit, share, and whether it is derived."""
    derived = DERIVED.to(language) if mark.is_derived else None
    text = f"{scale.printed(mark.value)}{scale.unit}"
    for extra in filter(None, (mark.share, derived)):
        text += f" ({extra})" if language == "en" else f"（{extra}）"
    return text
