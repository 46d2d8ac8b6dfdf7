"""Figures: one cell of a table with all that its row, its column and its table say of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fiscal.codes import TOTAL
from fiscal.extract.tables.cells import Figure, compact, unit_in_brackets
from fiscal.extract.tables.codes import category_named, nearest_year
from fiscal.extract.tables.columns import (
    Meaning,
    budget_named,
    expenditure_type_named,
    expense_named,
    funding_source_named,
    measure_alone,
)
from fiscal.extract.tables.form import Form
from fiscal.extract.tables.headers import Role
from fiscal.extract.tables.recognise import Shape
from fiscal.extract.tables.rows import Row, is_total
from fiscal.extract.tables.sides import balance_named, side_of_table
from fiscal.model import Fact, Profile, Span
from fiscal.money import UNITS, Amount

__all__ = ["RowMeaning", "fact_of", "row_meaning"]

_RATES = frozenset(("completion", "share", "change_rate"))
_ENDS_OPENING = re.compile(r"总计|合计")
_SIDE_OF_BLOCK = {"revenue": "income", "expenditure": "expenditure"}
_WHOLE_OF_THREE = frozenset(("合计", "支出合计", "总计", "小计"))


@dataclass(frozen=True, slots=True)
class RowMeaning:
    """What a row says of its figures; None for what it leaves open."""

    label: str
    code: str | None
    budget: str | None
    funding_source: str | None
    expenditure_type: str | None
    unit: str | None
    measure: str | None
    balance: str | None
    side: str | None
    flags: tuple[str, ...]


def row_meaning(form: Form, block: int, row: Row) -> RowMeaning:
    """Read a row's label: what it is of, and which money it is."""
    code, flags = _code(form, block, row)
    is_revenue = form.sides[block] == "revenue" or (
        form.sides[block] is None and not form.blocks[block][Role.CODE] and not form.named[block]
    )
    is_opening = _note_opening(form, block, row.label) if is_revenue else False
    label = row.label
    if form.context.shape is Shape.THREE_PUBLIC:
        label = "三公经费" if label in _WHOLE_OF_THREE else expense_named(label)
    source = funding_source_named(compact(row.label)) if is_revenue else None
    return RowMeaning(
        label=label,
        code=code,
        budget=budget_named(row.label) if is_revenue else None,
        funding_source="carryover_brought_forward" if is_opening else source,
        expenditure_type=expenditure_type_named(compact(row.label)),
        unit=unit_in_brackets(compact(row.label)),
        measure=measure_alone(compact(row.label)),
        balance="opening" if is_opening else balance_named(row.label),
        side=_SIDE_OF_BLOCK.get(form.sides[block] or "") or side_of_table(form.context.kind),
        flags=(*row.flags, *flags),
    )


def _code(form: Form, block: int, row: Row) -> tuple[str | None, tuple[str, ...]]:
    """Return the code of a row: printed, told by a category's name, or that of the whole."""
    is_functional = form.named[block] or form.context.shape is Shape.FUNCTIONAL
    if row.code or not is_functional:
        return row.code, ()
    if is_total(row.label):
        is_whole = row.label not in ("总计", "支出总计", "小计") or block not in form.closed
        return (TOTAL if is_whole and row.label != "收入总计" else None), ()
    named = category_named(row.label, nearest_year(form.context.year))
    if not named or not form.named[block] or block in form.closed:
        return None, ()
    return named[0], () if named[1] else ("category named as in another year",)


def _note_opening(form: Form, block: int, label: str) -> bool:
    """Tell whether a row is of money brought forward: it says so, or its parts follow it."""
    if balance_named(label) == "opening":
        form.opening.add(block)
    elif _ENDS_OPENING.search(label):
        form.opening.discard(block)
    return block in form.opening


def fact_of(
    fact_id: str,
    form: Form,
    row: RowMeaning,
    column: int,
    figure: Figure,
    span: Span,
    profile: Profile,
) -> Fact:
    """Put together what row, column and table say of a figure."""
    meaning, context = form.meanings[column], form.context
    measure, year = _measure(form, row, meaning, profile)
    unit, doubts = _unit(form, row, meaning, measure, figure, profile)
    label, unnamed = _label(form, row, meaning)
    # The funds over columns of expenditure are budgets, not sources of revenue.
    source = None if column in form.spending and meaning.budget else meaning.funding_source
    return Fact(
        id=fact_id,
        label=label,
        code=row.code,
        measure="count"
        if unit and _is_counted(unit) and measure in ("final", "budget")
        else measure,
        fiscal_year=year,
        amount=Amount(figure.number, unit),
        budget=meaning.budget or row.budget or context.budget,
        section=context.section,
        span=span,
        flags=(*context.flags, *row.flags, *doubts, *unnamed),
        funding_source=row.funding_source or source,
        expenditure_type=meaning.expenditure_type
        or row.expenditure_type
        or context.expenditure_type,
        side=_side_of(form, row, meaning),
        base=meaning.base,
        series=form.series_of(column, fact_id),
    )


def _side_of(form: Form, row: RowMeaning, meaning: Meaning) -> str | None:
    """Return the side a figure is on; the three public expenses are told by their names."""
    if form.context.shape is Shape.THREE_PUBLIC:
        return None
    return row.balance or meaning.side or row.side


def _label(form: Form, row: RowMeaning, meaning: Meaning) -> tuple[str, tuple[str, ...]]:
    """Return a row's label; where the columns name the expenses, theirs."""
    names_columns = form.names_expenses
    if names_columns or not row.label:
        doubts = () if names_columns or not form.has_labels else ("row without a label",)
        return meaning.expense or ("三公经费" if names_columns else row.label), doubts
    return row.label, ()


def _measure(
    form: Form, row: RowMeaning, meaning: Meaning, profile: Profile
) -> tuple[str, int | None]:
    """Return which figure it is, and of which year.

    Last year's final figure is a measure of its own; last year's budget is a budget of that year.
    """
    own_year = form.context.year
    measure = meaning.measure or row.measure or form.context.measure
    if measure == "prior_budget":
        return "budget", meaning.year or (own_year - 1 if own_year else None)
    if meaning.year and own_year and meaning.year == own_year - 1 and measure == "final":
        return "prior_year", own_year
    is_last_years = measure in ("prior_year", "change", "change_rate")
    return measure, own_year if is_last_years else meaning.year or own_year


def _unit(
    form: Form, row: RowMeaning, meaning: Meaning, measure: str, figure: Figure, profile: Profile
) -> tuple[str, tuple[str, ...]]:
    """Return the unit, the nearest that is printed first, and what is in doubt about it."""
    printed = figure.unit or row.unit or meaning.unit
    if printed:
        return printed, ()
    if measure in _RATES:
        return "%", ()
    if measure in ("score", "weight"):
        return "分", ()
    if measure in ("count", "target", "actual"):
        return "", ()
    if form.context.unit:
        return form.context.unit, ()
    return profile.unit or "", ("unit not stated",)


def _is_counted(unit: str) -> bool:
    return unit not in UNITS and unit not in ("%", "‰", "分")
