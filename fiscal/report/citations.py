"""The law of a rule as it stood when a document's year ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fiscal.law import Article, in_force, quoted
from fiscal.rules.rule import Rule

__all__ = ["citations", "cited"]


def citations(rule: Rule, year: int | None) -> Iterator[Article]:
    """Yield the articles of a rule that were in force at the end of the year after `year`.

    Accounts and budgets are published in the year after, or in the year itself; without a year the
    law of today counts.
    """
    day = date(year + 1, 12, 31) if year else date.today()
    return (article for key in rule.law if (article := in_force(key, day)))


def cited(rule: Rule, year: int | None, language: str) -> list[str]:
    """Return these articles as they are cited, with the wording of those a user supplied."""
    return [quoted(article).to(language) for article in citations(rule, year)]
