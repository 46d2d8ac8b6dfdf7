"""Which subjects have which parts: the identities of the tables and of what is said about them."""

from __future__ import annotations

from fiscal.rules.parts import narrower
from fiscal.rules.subject import APPROPRIATION, VEHICLE_KINDS, Subject

__all__ = [
    "appropriation_sources",
    "basic_parts",
    "budgets",
    "expenditure_types",
    "opening_and_revenue",
    "procurement_kinds",
    "receptions",
    "revenue_sources",
    "spent_and_closing",
    "three_expenses",
    "vehicle_costs",
    "vehicle_kinds",
]

_BUDGETS = ("general_public_budget", "government_funds_budget", "state_capital_budget")
_FISCAL = narrower("fiscal_appropriation")
_OWN = (
    "superior_subsidy",
    "institutional_revenue",
    "business_revenue",
    "affiliate_remittance",
    "other_revenue",
)
_SOURCES = (
    "fiscal_appropriation",
    *_FISCAL,
    *_OWN,
    "special_account_funds",
    "unit_funds",
    "non_fiscal_surplus_used",
    "carryover_brought_forward",
)
_TYPES = (
    "basic_expenditure",
    "project_expenditure",
    "remittance_to_superior",
    "business_expenditure",
    "subsidy_to_affiliates",
)


def revenue_sources(whole: Subject) -> tuple[Subject, ...]:
    """Return all money that came in, by where it came from."""
    if whole.indicator != "revenue" or whole.source or whole.budget:
        return ()
    return tuple(whole._replace(source=source) for source in _SOURCES)


def appropriation_sources(whole: Subject) -> tuple[Subject, ...]:
    """Return money from the treasury, by budget."""
    if whole.indicator != "revenue" or whole.source != "fiscal_appropriation":
        return ()
    return tuple(whole._replace(source=source) for source in _FISCAL)


def expenditure_types(whole: Subject) -> tuple[Subject, ...]:
    """Return expenditure by type."""
    if whole.indicator != "expenditure" or whole.type:
        return ()
    return tuple(whole._replace(type=kind) for kind in _TYPES)


def basic_parts(whole: Subject) -> tuple[Subject, ...]:
    """Return what basic expenditure is: what goes to persons, and what keeps offices running."""
    if whole.indicator != "expenditure" or whole.type != "basic_expenditure":
        return ()
    kinds = ("personnel_expenditure", "non_personnel_expenditure")
    return tuple(whole._replace(type=kind) for kind in kinds)


def budgets(whole: Subject) -> tuple[Subject, ...]:
    """Return money from the treasury in the three budgets a department draws on."""
    if whole.budget != APPROPRIATION:
        return ()
    return tuple(whole._replace(budget=budget) for budget in _BUDGETS)


def opening_and_revenue(whole: Subject) -> tuple[Subject, ...]:
    """Return what there was to spend: brought forward, come in, and taken from reserves."""
    if whole.indicator != "total_revenue":
        return ()
    source = "fiscal_appropriation" if whole.budget == APPROPRIATION else None
    if whole.budget not in (None, APPROPRIATION):
        return ()
    return (
        Subject("revenue", "total", None, source),
        Subject("opening", None, whole.budget),
        *(() if source else (Subject("surplus_used"),)),
    )


def spent_and_closing(whole: Subject) -> tuple[Subject, ...]:
    """Return where it went: spent, distributed, and left."""
    if whole.indicator != "total_expenditure":
        return ()
    return (
        Subject("expenditure", "total", whole.budget),
        Subject("closing", None, whole.budget),
        *(() if whole.budget else (Subject("surplus_distributed"),)),
    )


def three_expenses(whole: Subject) -> tuple[Subject, ...]:
    """Return the three public expenses."""
    return _terms_below(whole, "three_public_expenses")


def vehicle_costs(whole: Subject) -> tuple[Subject, ...]:
    """Return what vehicles cost to buy and to run."""
    return _terms_below(whole, "official_vehicles")


def receptions(whole: Subject) -> tuple[Subject, ...]:
    """Return receptions of guests from within and from abroad."""
    return _terms_below(whole, "official_receptions")


def procurement_kinds(whole: Subject) -> tuple[Subject, ...]:
    """Return goods, works and services."""
    if whole.indicator != "procurement_total":
        return ()
    kinds = ("procurement_goods", "procurement_works", "procurement_services")
    return tuple(map(Subject, kinds))


def vehicle_kinds(whole: Subject) -> tuple[Subject, ...]:
    """Return vehicles by what they are for."""
    if whole.indicator not in ("vehicles", "vehicles_owned"):
        return ()
    kind = "official" if whole.indicator == "vehicles_owned" else None
    return tuple(Subject(one, None, None, None, kind) for one in VEHICLE_KINDS)


def _terms_below(whole: Subject, term: str) -> tuple[Subject, ...]:
    return tuple(map(Subject, narrower(term))) if whole.indicator == term else ()
