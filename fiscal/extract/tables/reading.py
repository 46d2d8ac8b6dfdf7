"""Reading the tables of a document: every numeral in them a figure, something else, or unread."""

from __future__ import annotations

from fiscal.extract.tables.captions import Caption, lines_before
from fiscal.extract.tables.form import Form, form_of
from fiscal.extract.tables.grid import enter_listings, enter_region
from fiscal.extract.tables.ledger import Ledger, RowPlaces
from fiscal.extract.tables.performance import enter_performance, is_performance
from fiscal.extract.tables.regions import Region, is_prose, regions_of
from fiscal.model import Document, Profile, Reading, Table

__all__ = ["prose_tables", "read_tables"]


def read_tables(document: Document, profile: Profile) -> Reading:
    """Return the facts of all tables, and what every other numeral in them is.

    Running text in grids (`prose_tables`) is left `unaccounted`, for prose to be read from.
    """
    ledger = Ledger()
    forms: list[Form] = []
    end = 0
    for number, table in enumerate(document.tables, start=1):
        before = lines_before(document, table.start, end)
        end = table.end
        if is_prose(table):
            _enter_all(table, ledger)
        elif is_performance(table):
            enter_performance(table, number, before, profile, ledger)
        else:
            for region in regions_of(table, number):
                _enter_region(region, before, profile, forms, ledger)
    enter_listings(forms, ledger)
    return ledger.reading()


def prose_tables(document: Document) -> tuple[Table, ...]:
    """Return the grids that are running text: one column, as in a sheet of explanations."""
    return tuple(filter(is_prose, document.tables))


def _enter_all(table: Table, ledger: Ledger) -> None:
    for row in range(len(table.rows)):
        ledger.enter_row(RowPlaces.of(table, row), None)


def _enter_region(
    region: Region, before: list[str], profile: Profile, forms: list[Form], ledger: Ledger
) -> None:
    form = _form(region, before, profile, forms)
    for rows, default in (
        (region.captions, "caption"),
        ((*region.header, *region.repeats), "header_number"),
        (region.numbers, "column_number"),
        (region.notes, None),
    ):
        for row in rows:
            ledger.enter_row(RowPlaces.of(region.table, row), default)
    if form:
        enter_region(region, form, profile, ledger)


def _form(region: Region, before: list[str], profile: Profile, forms: list[Form]) -> Form | None:
    """Return the form of the table that a grid continues, else its own.

    A grid continues the one before where it has no header, or the same one and nothing else above.
    """
    caption = Caption.of(region, before)
    width = len(region.table.rows[0])
    if forms and forms[-1].width == width and region.is_headless and not caption.titles:
        region.take_header_for_rows()
        return forms[-1]
    if not region.body:
        return None
    form = form_of(region, caption, profile)
    is_bare = region.is_first and not (before or region.captions or region.table.name)
    if forms and is_bare and form.paths == forms[-1].paths and any(form.paths):
        return forms[-1]
    forms.append(form)
    return form
