"""The figures of a table, row by row and block by block, and the claims its totals make."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fiscal.codes import TOTAL
from fiscal.extract.tables.cells import figure_in, has_digit, is_blank, looks_like_figure
from fiscal.extract.tables.codes import nearest_year
from fiscal.extract.tables.figures import RowMeaning, fact_of, row_meaning
from fiscal.extract.tables.form import Form, Tally
from fiscal.extract.tables.headers import Role
from fiscal.extract.tables.ledger import Ledger, RowPlaces
from fiscal.extract.tables.recognise import UNKNOWN, Shape
from fiscal.extract.tables.regions import Region
from fiscal.extract.tables.rows import Row, is_total, join_split, join_wrapped, row_of
from fiscal.model import Listing, Profile

__all__ = ["enter_listings", "enter_region"]

_CARRIED = re.compile(r"结转|结余|下年")
# What numerals are in the columns without figures; remarks are prose, and told by nothing.
_KINDS = {
    Role.CODE: "code",
    Role.NAME: "name",
    Role.ROW_NUMBER: "row_number",
    Role.LIST_NUMBER: "list_number",
    Role.WORDS: None,
}


def enter_region(region: Region, form: Form, profile: Profile, ledger: Ledger) -> None:
    """Enter every numeral of a region's rows."""
    rows = _rows_by_block(region, form)
    for place, number in enumerate(region.body):
        places = RowPlaces.of(region.table, number)
        for block in range(len(form.blocks)):
            _enter_block(places, region.number, form, block, rows[block][place], profile, ledger)


def _rows_by_block(region: Region, form: Form) -> list[list[Row]]:
    year = nearest_year(form.context.year)
    by_block = []
    for block, reader in zip(form.blocks, form.readers, strict=True):
        rows = [row_of(region.table.rows[number], number, block, reader) for number in region.body]
        join_split(rows)
        if block[Role.CODE]:
            join_wrapped(rows, year)
        by_block.append(rows)
    return by_block


def _enter_block(
    places: RowPlaces,
    table: int,
    form: Form,
    block: int,
    row: Row,
    profile: Profile,
    ledger: Ledger,
) -> None:
    meaning = row_meaning(form, block, row)
    if form.named[block] and (meaning.code == TOTAL or _CARRIED.search(row.label)):
        form.closed.add(block)
    columns = form.blocks[block]
    _enter_names(places, form, block, row, ledger)
    for column in columns[Role.AMOUNT]:
        cell = places.cells[column]
        if is_blank(cell):
            continue
        figure = figure_in(cell)
        if figure is None or (form.context.is_partial and not form.meanings[column].measure):
            _enter_other(places, column, form, block, row, ledger)
            continue
        fact_id = f"T{table}R{row.number + 1}C{column + 1}"
        span = places.span(column, figure.start, figure.end, form.headings[column])
        ledger.facts.append(fact_of(fact_id, form, meaning, column, figure, span, profile))
        _count(form, block, row, meaning, column, fact_id)


def _enter_names(places: RowPlaces, form: Form, block: int, row: Row, ledger: Ledger) -> None:
    """Enter what is no figure in a row: codes, numbers of rows, digits in names and remarks."""
    columns = form.blocks[block]
    for role, kind in _KINDS.items():
        for column in columns[role]:
            if not has_digit(places.cells[column]):
                continue
            is_numeral = role not in (Role.NAME, Role.WORDS) and column != row.label_column
            if is_numeral:
                ledger.enter_numeral(places, column, kind or "")
            else:
                said = "code" if column == row.code_column else kind
                ledger.enter_words(places, column, said, form.headings[column])


def _enter_other(
    places: RowPlaces, column: int, form: Form, block: int, row: Row, ledger: Ledger
) -> None:
    """Enter a cell among figures that is none: words, or what only looks like one."""
    cell = places.cells[column]
    heading = form.headings[column]
    if looks_like_figure(cell):
        ledger.enter_unread(places, column, heading)
        is_known = False
    else:
        is_known = ledger.enter_words(places, column, None, heading)
    if not is_known and block not in form.closed:
        form.tallies.setdefault(column, Tally()).is_understood = False


def _count(
    form: Form, block: int, row: Row, meaning: RowMeaning, column: int, fact_id: str
) -> None:
    """Count a fact as a part of its column's whole, or as the whole."""
    tally = form.tallies.setdefault(column, Tally())
    if meaning.code == TOTAL or _is_whole(form, block, row):
        tally.has_whole = True
    elif meaning.code is not None:
        tally.members.append(fact_id)
    elif block not in form.closed:
        tally.is_understood = False


def _is_whole(form: Form, block: int, row: Row) -> bool:
    """Tell a row of economic headings' whole, which has no code: 合计, 人员经费合计."""
    return form.context.shape is Shape.ECONOMIC and (
        is_total(row.label) or row.label.endswith("合计")
    )


def enter_listings(forms: Sequence[Form], ledger: Ledger) -> None:
    """Enter for every column that has a whole that its parts are all there."""
    for form in forms:
        if form.context.section == UNKNOWN:
            continue
        claims: dict[str, list[Tally]] = {}
        for column, tally in sorted(form.tallies.items()):
            claims.setdefault(form.claim_of(column), []).append(tally)
        for tallies in claims.values():
            members = frozenset(member for tally in tallies for member in tally.members)
            is_whole = all(tally.has_whole and tally.is_understood for tally in tallies)
            if is_whole and members:
                ledger.listings.append(Listing(TOTAL, members))
