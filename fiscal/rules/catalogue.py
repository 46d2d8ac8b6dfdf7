"""All rules, in order of their ids: the one place where families are put together."""

from __future__ import annotations

from functools import lru_cache

from fiscal.rules import (
    across,
    bounds,
    carry_over,
    changes,
    claims,
    contents,
    counted_kinds,
    counts,
    directions,
    empty_tables,
    equalities,
    expenses,
    headings,
    identities,
    listed_items,
    mentions,
    named_counts,
    numbering,
    organisation_names,
    other_bodies,
    payments,
    performance,
    performance_cells,
    projects,
    remainders,
    share_sums,
    shares,
    stale_years,
    sums,
    template,
    unit_costs,
    units,
    usage,
    whole_bases,
    wording,
    years,
)
from fiscal.rules.rule import Rule

__all__ = ["by_id", "rules", "selected"]

_FAMILIES = (
    across,
    bounds,
    carry_over,
    changes,
    claims,
    contents,
    counted_kinds,
    counts,
    directions,
    empty_tables,
    equalities,
    expenses,
    headings,
    identities,
    listed_items,
    mentions,
    named_counts,
    numbering,
    organisation_names,
    other_bodies,
    payments,
    performance,
    performance_cells,
    projects,
    remainders,
    share_sums,
    shares,
    stale_years,
    sums,
    template,
    unit_costs,
    units,
    whole_bases,
    usage,
    wording,
    years,
)


@lru_cache
def rules() -> tuple[Rule, ...]:
    """Return every rule there is, in order of id."""
    found = sorted((rule for family in _FAMILIES for rule in family.RULES), key=lambda r: r.id)
    ids = [rule.id for rule in found]
    if len(set(ids)) != len(ids):
        raise AssertionError(f"an id is given twice: {ids}")
    return tuple(found)


def by_id(rule_id: str) -> Rule | None:
    """Return the rule with this id, None where there is none."""
    return _by_id().get(rule_id.upper())


@lru_cache
def _by_id() -> dict[str, Rule]:
    return {rule.id: rule for rule in rules()}


def selected(select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> tuple[Rule, ...]:
    """Return the rules whose ids begin with one of `select`, all without it, but none of `ignore`.

    >>> {rule.id[0] for rule in selected(("S",))}
    {'S'}
    """
    wanted = tuple(prefix.upper() for prefix in select) or ("",)
    unwanted = tuple(prefix.upper() for prefix in ignore)
    return tuple(
        rule for rule in rules() if rule.id.startswith(wanted) and not rule.id.startswith(unwanted)
    )
