"""Styles: how a province's departments put things, as data in `styles/*.toml`.

A text has one line for each paragraph: `= ` is its title, `## ` to `#### ` are headings, `! ` is
the place of a figure, `| ` is another way of saying the line before it, taken where that cannot be
said. A slot `{name}` is the amount of what the name means (`subjects.csv`; in quotes, of what is
called so), or of `it`, what a list is at; `{verb:name|words}` asks something else of it:

    budget             the budgeted amount
    count, score       how many, or how well, in their unit
    completion, share  a rate: of the budget, of what stands behind the slash
    each               a list of `lists`
    if_equal           nothing, but the sentence applies only where both are equal
    change, …          a comparison of `comparisons`, in the words of whether it moved
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

__all__ = ["STYLES", "Comparison", "Series", "Style", "style_named"]

STYLES = ("sichuan", "shanghai", "chongqing", "yunnan")
_FOLDER = Path(__file__).with_name("styles")


@dataclass(frozen=True)
class Comparison:
    """A way to compare a figure with last year's or with the budget's: `base` says which.

    `moved` is said where they differ, `equal` where not, `nothing` where the base is nothing.
    """

    base: str
    moved: str
    equal: str
    nothing: str


@dataclass(frozen=True)
class Series:
    """A list: `of` named figures, or `over` the headings of a budget; `text` is said of each.

    Of a list that keeps `some`, what is zero is left out; of one that keeps the `known`, nobody is
    told what is not.
    """

    text: str
    of: tuple[str, ...] = ()
    over: str = ""
    budget: str = ""
    categories: tuple[str, ...] = ()
    measure: str = ""
    keep: str = "all"
    lead: str = ""
    separator: str = "；"


@dataclass(frozen=True)
class Style:
    """One province's way: the words and the texts, `account` and `budget`."""

    name: str
    unit: str
    bare_zero: bool
    year_word: str
    more_or_less: tuple[str, str]
    rise_or_fall: tuple[str, str]
    comparisons: Mapping[str, Comparison]
    lists: Mapping[str, Series]
    texts: Mapping[str, str]


@lru_cache
def style_named(name: str) -> Style:
    """Return a style of `STYLES`."""
    data = _merged(_read("common"), _read(name))
    return Style(
        name=data["name"],
        unit=data["unit"],
        bare_zero=data["bare_zero"],
        year_word=data["year_word"],
        more_or_less=tuple(data["more_or_less"]),
        rise_or_fall=tuple(data["rise_or_fall"]),
        comparisons={key: Comparison(**words) for key, words in data["comparisons"].items()},
        lists={key: _series(words) for key, words in data["lists"].items()},
        texts=data["texts"],
    )


def _series(words: Mapping[str, Any]) -> Series:
    given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in words.items()}
    return Series(**given)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _merged(common: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Overrule the keys of one mapping by another's, at any depth."""
    both = {**common, **own}
    for key in common.keys() & own.keys():
        if isinstance(common[key], dict):
            both[key] = _merged(common[key], own[key])
    return both
