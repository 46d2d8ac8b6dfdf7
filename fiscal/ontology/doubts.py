"""Why what was read is hardly an official list, and is taken only where the user insists.

A mistake here would be quiet and lasting: a list taken in stands in the place of the shipped one
for every later command.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from fiscal.errors import Place, Text, WrongUsage
from fiscal.model import Document
from fiscal.ontology.bring_in import Brought
from fiscal.ontology.scheme import SCHEMES, Scheme

__all__ = ["doubts"]

_MONEY = re.compile(r"单位[\s：:]{1,9}(?:人民币)?[百千万亿]{0,2}元")


def doubts(document: Document, lists: Iterable[Brought]) -> tuple[WrongUsage, ...]:
    """Return why what was read is hardly an official list, each told with its place.

    A table that gives a unit of money is an account, a budget or a form for one. A list that lacks
    over half of a year's headings would take the others away.
    """
    place = Place(document.path)
    told = [_accounts()] if _MONEY.search(document.text) else []
    told += [_shrinking(each.scheme, gone) for each in lists if (gone := _gone(each.scheme))]
    return tuple(each.at(place) for each in told)


def _gone(scheme: Scheme) -> int:
    """Return how many headings a list takes away, 0 where those are no more than half."""
    shipped = Scheme.shipped(scheme.name, scheme.year)
    gone = sum(heading.code not in scheme for heading in shipped)
    return gone if 2 * gone > len(shipped) else 0


_IF_RIGHT = Text(
    "先用 --dry-run 看会取消哪些；确要以它代替，加 --replace",
    "see with --dry-run what would go; if it is to be so, add --replace",
)


def _accounts() -> WrongUsage:
    return WrongUsage(
        Text(
            "注有金额单位，是决算、预算或其空白表，不像科目表",
            "it gives a unit of money, as an account, a budget or a form does and no list of "
            "headings",
        ),
        _IF_RIGHT,
    )


def _shrinking(scheme: Scheme, gone: int) -> WrongUsage:
    name, count = SCHEMES[scheme.name], len(scheme)
    return WrongUsage(
        Text(
            f"只有 {count} 个{name.zh}科目，会取消 {scheme.year} 年的 {gone} 个",
            f"it has {count} headings of {name.en} and would take away {gone} of {scheme.year}",
        ),
        _IF_RIGHT,
    )
