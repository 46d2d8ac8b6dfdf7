"""The state of reading a paragraph: what was last named, and whether reasons are being given.

What is spoken of is the title of an entry, then the last figure named. A bracket is an aside:
behind it, it is again of what was spoken of before. So it is behind the reasons of a change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from fiscal.extract.narrative.frames import Frame
from fiscal.extract.narrative.paths import path_before
from fiscal.extract.numerals import Numeral

__all__ = ["CHANGES", "Context", "Figure", "Said", "Walk"]

CHANGES = ("change", "change_rate", "budget_difference")
_REASONS = re.compile(
    r"(?:主要)?(?:变动|变化|增减|增加|减少|差异)?的?(?:主要)?原因|主要(?:是|系)?由于|主要系|是因为|主要是(?!用于|负责)"
)
_PARTS = re.compile(r"其中|(?<!主要)(?:包括|包含)[：:]?")
_APART = re.compile(r"[；;%％]")
_COMPARES = re.compile(r"[，,](?:同?[比较]|与)(?:上|去|20)")
# A new item behind the reasons of the one before: 主要是人员减少；公务接待费3万元.
_NEXT_ITEM = re.compile(
    r"[；;](?![一二三四五六七八九十]是)(?![^。；;]{0,60}(?:[增减多少升降涨压]|节约|新))[^。；;]{2,60}$"
)


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for a whole paragraph: whose and of when it is, its subject, what it explains."""

    bodies: tuple[str, ...] = ()
    is_budget: bool = False
    subject: str = ""
    explains: bool = False
    year: int | None = None
    path: str = ""


class Figure(NamedTuple):
    """One quantity read: `label` names it; `path` is the heading path that names it, as printed.

    A reason has the words `about` it: of its own stretch, and what the reasons explain; a part
    those of its whole. `part` names the part of what the path names.
    """

    numeral: Numeral
    label: str
    path: str
    frame: Frame
    unit: str
    is_reason: bool
    about: tuple[str, ...]
    part: str = ""


class Said(NamedTuple):
    """One statement without a numeral, of what was last spoken of or what it names itself."""

    kind: str
    label: str
    path: str
    start: int
    end: int


class Named(NamedTuple):
    """What was named: a subject or a path, and all names where there are several."""

    subject: str = ""
    path: str = ""
    names: tuple[str, ...] = ()


@dataclass(slots=True)
class Walk:
    """The state of reading: what was last named, how, and whether reasons are being given.

    `whole` is what the parts told since 其中 are of, `outermost` what those of the sentence are of:
    with its end what follows is of that again. `turn` are the names that 分别 goes through.
    """

    text: str
    context: Context
    subject: str = ""
    path: str = ""
    before_reasons: tuple[str, str] = ("", "")
    names: tuple[str, ...] = ()
    frame: Frame | None = None
    in_reasons: bool = False
    is_own: bool = False
    part: str = ""
    whole: Named | None = None
    outermost: Named | None = None
    parts_from: int = 0
    turn: tuple[str, ...] = ()
    outer: list[Named] = field(default_factory=list)
    done: int = 0
    figures: list[Figure | Said] = field(default_factory=list)

    @property
    def named(self) -> Named:
        """What is spoken of here."""
        return Named(self.subject, self.path, self.names)

    def return_to(self, named: Named) -> None:
        """Speak of something named before again."""
        self.subject, self.path, self.names = named

    def name(self, path: str, label: str) -> None:
        """Take what is spoken of from here on."""
        named = path_before(path) if path else None
        if named:
            self.subject, self.path, self.names = "", named[0], ()
        elif label:
            self.subject, self.path, self.names = label, "", ()

    def follow_brackets(self, lead: str) -> None:
        """Behind a closing bracket it is again of what was spoken of before the bracket opened."""
        for mark in lead:
            if mark in "（(":
                self.outer.append(self.named)
            elif mark in "）)" and self.outer:
                self.return_to(self.outer.pop())

    def follow_sentences(self, lead: str) -> None:
        """End the reasons and the parts with their sentence, and begin them where words do."""
        if "。" in lead and self.in_reasons and not self.context.explains:
            self.in_reasons = False
            self.subject, self.path = self.before_reasons
        if "。" in lead and self.whole:
            if self.outermost:
                self.return_to(self.outermost)
            self.whole = self.outermost = None
        if _PARTS.search(lead.rsplit("。", 1)[-1]):
            # A sentence that begins with parts has the whole in the one before.
            self.outermost = self.outermost or (None if "。" in lead else self.named)
            self.whole = self.named
            self.parts_from = len(self.figures)
        if _REASONS.search(re.split("。", lead)[-1]) and not self.in_reasons:
            self.in_reasons = True
            self.before_reasons = self.subject, self.path
        if self.in_reasons and not self._gives_amounts() and _NEXT_ITEM.search(lead):
            self.in_reasons = self.context.explains
            self.subject, self.path = self.before_reasons

    def follow_parts(self, lead: str) -> None:
        """Behind parts that were told one by one a comparison is of their whole again."""
        parts = self.figures[self.parts_from :]
        told = [each for each in parts if isinstance(each, Figure)]
        are_bare = len(told) > 1 and all(each.frame.measure not in CHANGES for each in told)
        if self.whole and self.outermost and are_bare and len(told) == len(parts):
            between = self.text[told[0].numeral.end : told[-1].numeral.unit_end]
            if not _APART.search(between) and _COMPARES.match(lead):
                self.return_to(self.whole)

    def _gives_amounts(self) -> bool:
        """Tell whether the reasons given have amounts: what follows may be one more."""
        last = self.figures[-1] if self.figures else None
        return isinstance(last, Figure) and last.is_reason

    @property
    def explains_change(self) -> bool:
        """Whether what is read now may be a reason for a change."""
        return self.context.explains or (self.frame is not None and self.frame.measure in CHANGES)
