"""The headings of a ledger with their names and paths, as the list of the year has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fiscal.codes import ancestors
from fiscal.errors import UnknownYear
from fiscal.model import BUDGETS
from fiscal.ontology import scheme
from fiscal.report.prose.ledger import Ledger

__all__ = ["Heading", "economic_headings", "heading_of", "headings", "is_of_budget", "names_in"]

_LEVELS = "类款项"


@dataclass(frozen=True)
class Heading:
    """A heading: its code, the names from its category down to itself, whose budgets it is of."""

    code: str
    names: tuple[str, ...]
    budgets: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """Its own name."""
        return self.names[-1]

    @property
    def path(self) -> str:
        """The names with their levels.

        >>> Heading("2010301", ("甲支出", "乙事务", "丙")).path
        '甲支出（类）乙事务（款）丙（项）'
        """
        return "".join(
            f"{name}（{level}）" for name, level in zip(self.names, _LEVELS, strict=False)
        )

    @property
    def coded_path(self) -> str:
        """The names with levels and codes: 甲支出（201类）乙事务（03款）丙（01项）."""
        parts = (self.code[:3], self.code[3:5], self.code[5:7])
        named = zip(self.names, parts, _LEVELS, strict=False)
        return "".join(f"{name}（{part}{level}）" for name, part, level in named)


def headings(ledger: Ledger, over: str, budget: str, under: str = "") -> Iterator[str]:
    """Yield the codes of a budget: its `categories`, its `leaves`, the `own leaves` of one."""
    codes = ledger.leaves(budget)
    if over == "categories":
        yield from sorted({code[:3] for code in ledger.codes(budget)})
    elif over == "own leaves":
        yield from (code for code in codes if code.startswith(under) and code != under)
    elif over == "leaves":
        yield from codes


def heading_of(ledger: Ledger, code: str, budget: str) -> Heading:
    """Return a heading by the names of the year or, where that has none, of the document."""
    path = [*ancestors(code), code]
    printed = [ledger.name_printed(each, budget) for each in path]
    names = (
        _name(each, ledger.year) or one_line(name) or each
        for each, name in zip(path, printed, strict=True)
    )
    listed = _listed(code, ledger.year)
    return Heading(code, tuple(names), listed.budgets if listed else frozenset())


def is_of_budget(heading: Heading, budget: str) -> bool:
    """Tell whether the list of the year puts a heading in a budget, or says nothing of it."""
    return not heading.budgets or budget in heading.budgets


def names_in(ledger: Ledger) -> frozenset[str]:
    """Return the names of all headings of an account and of those above them."""
    found = (
        heading_of(ledger, code, budget) for budget in BUDGETS for code in ledger.codes(budget)
    )
    return frozenset(name for heading in found for name in heading.names)


def economic_headings(ledger: Ledger, categories: Sequence[str]) -> Iterator[str]:
    """Yield the names of the economic sections of basic spending that have money."""
    codes = {
        fact.code: one_line(fact.label)
        for fact in ledger.view.facts
        if fact.scheme == "departmental_economic"
        and fact.code
        and len(fact.code) > 3
        and fact.code.startswith(tuple(categories))
        and fact.amount.number
        and fact.measure == ledger.level
        and fact.fiscal_year == ledger.year
        and "basic" in fact.section
    }
    for code, label in sorted(codes.items()):
        yield _name(code, ledger.year) or label


def one_line(name: str) -> str:
    """Return a name without the breaks that would end its paragraph."""
    return " ".join(name.split())


def _name(code: str, year: int | None) -> str:
    listed = _listed(code, year)
    return listed.name if listed else ""


def _listed(code: str, year: int | None) -> scheme.Heading | None:
    try:
        return scheme.heading_in(code, year) if year else None
    except UnknownYear:
        return None
