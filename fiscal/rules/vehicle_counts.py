"""Vehicles against what they are for, as a sentence lists them.

A sentence names the kinds there are and leaves out the others. Where it ends with 其他用车 it has
named all, and they come to the number of vehicles; without it they are no more than that. A kind
of another name (一般公务用车) counts like those that all accounts have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from fiscal.model import Fact
from fiscal.rules import splits
from fiscal.rules.parts import Split, find_splits
from fiscal.rules.relation import Relation
from fiscal.rules.rule import Remark
from fiscal.rules.sums import less
from fiscal.rules.view import View

__all__ = ["by_kind"]

_UNIT = "辆"
_PARTED = re.compile(r"[。；;]")
_NESTED = re.compile(r"[（(]|其中")


def by_kind(view: View) -> Iterator[Relation | Remark]:
    """Yield that the kinds of vehicles come to their number, a list in prose as a whole."""
    for found in find_splits(Split("S304", splits.vehicle_kinds, least=1))(view):
        yield _as_listed(view, found) if isinstance(found, Relation) else found


def _as_listed(view: View, relation: Relation) -> Relation:
    whole, *parts = relation.facts
    kinds = [] if whole.is_in_table else _listed(view, whole)
    if len(kinds) < max(2, len(parts)):
        return relation
    is_all = kinds[-1].label.startswith("其他") and _UNIT not in _rest(view, kinds[-1])
    is_partial = relation.is_partial and not is_all
    return replace(relation, form=less(whole, kinds), is_partial=is_partial)


def _listed(view: View, whole: Fact) -> list[Fact]:
    """Return the kinds that 其中 parts a number of vehicles into; none where they nest."""
    kinds, end = list[Fact](), whole.span.end
    text = view.document.text
    for fact in view.paragraphs[view.paragraph_of(whole)].facts:
        between = text[end : fact.span.start]
        if fact.span.start < end or fact.amount.unit != _UNIT:
            continue
        if _PARTED.search(between) or not fact.label.endswith("用车"):
            break
        if bool(_NESTED.search(between)) is bool(kinds):
            return []
        kinds.append(fact)
        end = fact.span.end
    return kinds


def _rest(view: View, fact: Fact) -> str:
    """Return what a sentence says behind a number and its unit."""
    rest = view.document.text[fact.span.end : fact.span.end + 200]
    return _PARTED.split(rest.lstrip().removeprefix(_UNIT))[0]
