"""Sentences with slots: what is not known takes its clause, and only that, out of the text.

`{name}` and `{verb:name|words}` are slots; `[…]` is a clause that falls away where a slot of it
cannot be filled. A sentence without brackets stands or falls as a whole. How a slot is filled is
for whoever fills the template; one that fails says what is lacking, or nothing where the sentence
simply does not apply.

>>> words = {"year": "2024"}
>>> def fill(slot: Slot) -> Filled:
...     return Filled(words[slot.name]) if slot.name in words else lacking(slot.name)
>>> fill_template("{year}年[，收入{revenue}万元]。", fill)
Filled(text='2024年。', lacks=('revenue',), fails=False)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Filled", "Slot", "fill_template", "lacking", "not_applicable"]

_TOKEN = re.compile(r"\{(?:(?P<verb>\w+):)?(?P<name>[^{}|]*)(?:\|(?P<words>[^{}]*))?\}|[\[\]]")


class Slot(NamedTuple):
    """A place to be filled: what is asked of it, what of, and words that go with the answer."""

    verb: str
    name: str
    words: str


class Clause(NamedTuple):
    """Parts that stand or fall together."""

    parts: tuple[Part, ...]


class Filled(NamedTuple):
    """A text, what it lacks, and whether it fails: it may fail and lack nothing."""

    text: str
    lacks: tuple[str, ...] = ()
    fails: bool = False


Part = str | Slot | Clause


def lacking(what: str) -> Filled:
    """Return the answer of a slot that cannot be filled for want of something."""
    return Filled("", (what,), True)


def not_applicable() -> Filled:
    """Return the answer of a slot whose sentence does not apply."""
    return Filled("", (), True)


def fill_template(template: str, fill: Callable[[Slot], Filled]) -> Filled:
    """Fill a template. Raises ValueError where its brackets do not match."""
    return _fill(_parsed(template), fill)


def _fill(clause: Clause, fill: Callable[[Slot], Filled]) -> Filled:
    text, fails = "", False
    lacks: list[str] = []
    for part in clause.parts:
        if isinstance(part, str):
            text += part
            continue
        filled = fill(part) if isinstance(part, Slot) else _fill(part, fill)
        lacks += filled.lacks
        fails |= filled.fails and isinstance(part, Slot)
        text += "" if filled.fails else filled.text
    return Filled(text, tuple(dict.fromkeys(lacks)), fails)


@lru_cache
def _parsed(template: str) -> Clause:
    opened: list[list[Part]] = [[]]
    place = 0
    for token in _TOKEN.finditer(template):
        opened[-1].append(template[place : token.start()])
        place = token.end()
        if token.group() == "[":
            opened.append([])
        elif token.group() == "]":
            clause = Clause(tuple(opened.pop()))
            opened[-1].append(clause)
        else:
            opened[-1].append(Slot(token["verb"] or "", token["name"], token["words"] or ""))
    if len(opened) != 1:
        raise ValueError(f"a bracket is not closed: {template}")
    return Clause((*opened[0], template[place:]))
