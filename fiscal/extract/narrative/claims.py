"""Claims of the prose to be complete: only where every part was read may a missing sum be wrong.

A list whose numbering has no gap and whose every entry states one figure of a heading claims to be
all there is, and so does a structure (主要用于以下方面：…) that is read to its last character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from fiscal.codes import TOTAL
from fiscal.model import Fact, Listing
from fiscal.money import UNITS

__all__ = ["Claims"]

_NUMBERED = re.compile(
    r"[\s\0]*(?:(?P<outer>\d{1,3})\s?[.、．]|(?P<inner>[⑴-⒇]|[（(]\d{1,3}[)）])\s?、?)\s*(?!\d)"
)
_NOT_WHOLE = re.compile(r"项目|主要(?!用于[：:]|原因)|重点|部分|其余|其他各|等")
_STRUCTURE = re.compile(r"用于以下(?:几个)?方面\s?[:：](?P<clauses>[^。]*)(?P<end>。?)")
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_PART = re.compile(
    rf"[^\d，,；;、。]{{2,60}}?(?<![—–―])\s?-?\d[\d,，.]{{0,30}}\s{{0,3}}(?:{_UNIT})"
    r"(?:\s?[，,]\s?占[^，,；;。\d]{0,20}[\d.]{1,9}\s?[%％]?)?\s?[；;，,、]?\s?"
)
_MEASURES = ("final", "budget")


@dataclass(slots=True)
class Claims:
    """The numbered entries of the section at hand, as far as they were met, and the claims made."""

    numbers: list[tuple[int, int]] = field(default_factory=list)
    members: dict[str, list[str]] = field(default_factory=dict)
    entries: int = 0
    has_gap: bool = False
    made: list[Listing] = field(default_factory=list)

    def enter_section(self, title: str) -> None:
        """Close the list of the section before; a title that narrows (重点项目) claims nothing."""
        self.close()
        self.numbers, self.members, self.entries = [], {}, 0
        self.has_gap = bool(_NOT_WHOLE.search(title))

    def close(self) -> None:
        """Make the claim of the entries so far; one entry alone claims nothing."""
        for members in self.members.values():
            if len(members) == self.entries > 1 and not self.has_gap:
                self.made.append(Listing(TOTAL, frozenset(members)))

    def take(self, start: int, text: str, facts: Sequence[Fact], *, is_read: bool = True) -> None:
        """Take a paragraph with its facts: an entry, a structure, or amounts that are neither.

        `start` is the character of the document at which the paragraph begins; `is_read` tells
        that no numeral of it was unreadable.
        """
        self.has_gap |= not is_read
        structure = _STRUCTURE.search(text)
        number = _NUMBERED.match(text)
        if structure:
            self.made.extend(_structure(structure, start, facts))
        elif number:
            self._enter(number, start, text, facts)
        elif self.numbers and any(fact.amount.is_money for fact in facts):
            self.has_gap = True

    def _enter(self, number: re.Match[str], start: int, text: str, facts: Sequence[Fact]) -> None:
        """Take an entry; a number out of turn, or an entry without one figure, is a gap."""
        outer, inner = self.numbers[-1] if self.numbers else (0, 0)
        if number["outer"]:
            here, in_turn = (int(number["outer"]), 0), (outer + 1, 0)
        else:
            here, in_turn = (outer, _value_of(number["inner"])), (outer, inner + 1)
        self.numbers.append(here)
        self.entries += 1
        money = [fact for fact in facts if fact.amount.is_money and fact.measure in _MEASURES]
        for measure in _MEASURES:
            stated = [fact for fact in money if fact.measure == measure]
            if len(stated) == 1 and stated[0].code:
                self.members.setdefault(measure, []).append(stated[0].id)
                self.has_gap |= bool(_NOT_WHOLE.search(_behind(text, stated[0].span.end - start)))
        self.has_gap |= here != in_turn or not money or any(fact.code is None for fact in money)


def _behind(text: str, place: int) -> str:
    """Return the rest of the clause behind a figure: 30万元等 is no whole."""
    return re.split(r"[，,。；;（(]", text[place:])[0]


def _value_of(number: str) -> int:
    return ord(number) - ord("⑴") + 1 if len(number) == 1 else int(number.strip("（()）"))


def _structure(structure: re.Match[str], start: int, facts: Sequence[Fact]) -> Iterator[Listing]:
    clauses, place = structure["clauses"], 0
    while part := _PART.match(clauses, place):
        place = part.end()
    members = [
        fact
        for fact in facts
        if fact.measure in _MEASURES and fact.span.start >= start + structure.start("clauses")
    ]
    is_full = place == len(clauses) and structure["end"] and all(fact.code for fact in members)
    if is_full and len(members) > 1:
        yield Listing(TOTAL, frozenset(fact.id for fact in members))
