"""Performance tables: what a project was given and spent, its indicators and their targets.

They are forms, not grids: a key stands left of its value (预算数： 74), or a header stands over
some rows until the next one. A target may carry a comparator: ≥95%, 不少于9人, 9人以上; the fact
quotes the number alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from fiscal.extract.numerals import Numeral, numerals
from fiscal.extract.tables.captions import unit_said, year_said
from fiscal.extract.tables.cells import (
    compact,
    figure_in,
    has_digit,
    is_blank,
    looks_like_figure,
    unit_in_brackets,
)
from fiscal.extract.tables.columns import funding_source_named, meaning_of
from fiscal.extract.tables.ledger import Ledger, RowPlaces
from fiscal.extract.tables.rows import clean
from fiscal.model import Fact, NonFact, Profile, Span, Table
from fiscal.money import Amount
from fiscal.ontology.terms import terms

__all__ = ["enter_performance", "is_performance"]

_SECTION = "performance_self_evaluation_table"
_SIGNS = re.compile(
    r"[一二三]级指标|(?:目标|指标)值|实际完成|^绩效指标|年度(?:总体)?目标|预期目标|绩效目标|自评得分"
)
_HEADER = re.compile(
    r"^(?:(?:年初|全年|调整)?(?:预算|执行)数(?:\([A-Z万元/]{1,5}\))?|[一二三]级指标|分值|权重|得分|自评得分|(?:预算)?执行率.{0,12}"
    r"|.{0,6}(?:指标|目标|完成)值.{0,16}|实际完成.{0,16}|预期(?:指标值|目标).{0,16}|指标(?:性质|名称|内容)|[度计]量单位|偏差原因.{0,12})$"
)
_KEY = re.compile(r"[:：]\s*$")
_PROJECT = re.compile(r"^项目名称[:：]?$")
_LEVEL = re.compile(r"[一二三]级指标|指标(?:名称|内容)")
_UNIT_COLUMN = re.compile(r"[度计]量单位")
_SIGN_COLUMN = re.compile(r"指标(?:性质|方向)|比较(?:符号|关系)")
_SIGN_OF = {"at_least": ">=", "more_than": ">", "at_most": "<=", "less_than": "<"}
_INCLUSIVE = re.compile(r"^(?:[(（]含[^()（）]{0,8}[)）]|及)")
# Goals are told in sentences, which are for prose to read.
_GOAL = re.compile(r"目标$")
_WHOLE = re.compile(r"^(?:年度)?(?:资金)?总额|^年度资金|^预算数|^执行数|^项目资金")
_INDICATOR_MEASURES = frozenset(("target", "actual"))
# What tells two values of one key apart.
_PAIRED = {"budget": "预算", "adjusted_budget": "预算", "final": "执行"}
_UNITS = {"score": "分", "weight": "分", "completion": "%", "share": "%"}
_FIRST_ROWS = 40
_LONGEST_VALUE = 60


@dataclass(slots=True)
class _Form:
    """What holds at a row of a performance table: the project, the header above, the unit."""

    number: int
    year: int | None
    unit: str
    flags: tuple[str, ...]
    project: str = ""
    header: dict[int, str] = field(default_factory=dict)
    pairs: dict[int, str] = field(default_factory=dict)

    def heading(self, column: int) -> str:
        """Return the header over a column, the nearest to its left where it has none."""
        near = [at for at in self.header if at <= column]
        return self.header[max(near)] if near else ""


class _Cell(NamedTuple):
    """A cell with digits, what stands over or before it, and the measure that says."""

    places: RowPlaces
    column: int
    texts: Sequence[str]
    heading: str
    measure: str | None
    is_name: bool = False

    @property
    def text(self) -> str:
        return self.places.cells[self.column]


def is_performance(table: Table) -> bool:
    """Tell whether a grid is a performance table, by two different words of such tables."""
    cells = (compact(cell) for row in table.rows[:_FIRST_ROWS] for cell in row if cell)
    return len({match[0] for cell in cells if (match := _SIGNS.search(cell))}) > 1


def enter_performance(
    table: Table, number: int, before: Sequence[str], profile: Profile, ledger: Ledger
) -> None:
    """Enter every numeral of a performance table."""
    first = [compact(cell) for row in table.rows[:_FIRST_ROWS] for cell in row if cell]
    unit = unit_said([*first, *before])
    form = _Form(
        number,
        profile.fiscal_year or year_said([*first, *before]),
        unit or profile.unit or "",
        () if unit else ("unit not stated",),
    )
    for row in range(len(table.rows)):
        _enter_row(RowPlaces.of(table, row), form, ledger)


def _enter_row(places: RowPlaces, form: _Form, ledger: Ledger) -> None:
    texts = [compact(cell) for cell in places.cells]
    for column, text in enumerate(texts):
        if _PROJECT.match(text):
            form.project = next((clean(cell) for cell in places.cells[column + 1 :] if cell), "")
    headers = {column: text for column, text in enumerate(texts) if _HEADER.match(text)}
    if len(headers) > 1 and not any(map(figure_in, places.cells)):
        form.header = headers
        ledger.enter_row(places, "header_number")
        return
    for column, cell in enumerate(places.cells):
        if has_digit(cell):
            _enter_cell(_cell_of(places, column, texts, form), form, ledger)


def _cell_of(places: RowPlaces, column: int, texts: Sequence[str], form: _Form) -> _Cell:
    """Tell what stands over or before a cell; a key beside it counts more than a header."""
    key = next((text for text in reversed(texts[:column]) if text), "")
    heading = form.heading(column)
    if _PROJECT.match(key):
        return _Cell(places, column, texts, key, None, is_name=True)
    if _KEY.search(key):
        measure = _measure_of_pair(key, column, form)
        return _Cell(places, column, texts, _KEY.sub("", key), measure)
    is_words = not heading or _GOAL.search(heading) or _LEVEL.search(heading)
    measure = None if is_words else meaning_of((heading,)).measure
    return _Cell(places, column, texts, heading, measure, bool(_LEVEL.search(heading)))


def _measure_of_pair(key: str, column: int, form: _Form) -> str | None:
    """Return the measure a key names, or that of the key in the same column above."""
    named = meaning_of((key,)).measure
    if named in ("budget", "adjusted_budget", "final"):
        form.pairs[column] = named
    return named or form.pairs.get(column)


def _enter_cell(cell: _Cell, form: _Form, ledger: Ledger) -> None:
    if cell.measure is None:
        _enter_words(cell, ledger)
    elif cell.measure in _INDICATOR_MEASURES:
        _enter_indicator(cell, form, ledger)
    else:
        _enter_figure(cell, form, ledger)


def _enter_words(cell: _Cell, ledger: Ledger) -> None:
    if not cell.is_name and looks_like_figure(cell.text):
        ledger.enter_unread(cell.places, cell.column, cell.heading)
    else:
        default = "name" if cell.is_name else None
        ledger.enter_words(cell.places, cell.column, default, cell.heading)


def _enter_figure(cell: _Cell, form: _Form, ledger: Ledger) -> None:
    figure = figure_in(cell.text)
    if figure is None:
        _enter_words(cell, ledger)
        return
    unit = figure.unit or _UNITS.get(cell.measure or "", form.unit)
    span = cell.places.span(cell.column, figure.start, figure.end, cell.heading)
    ledger.facts.append(_fact(cell, 0, Amount(figure.number, unit), span, form))


def _enter_indicator(cell: _Cell, form: _Form, ledger: Ledger) -> None:
    """Enter a target or an actual value: its quantities, each with the unit it prints."""
    if len(cell.text) > _LONGEST_VALUE:
        _enter_words(cell, ledger)
        return
    found = numerals(cell.text)
    quantities = [numeral for numeral in found if numeral.kind in (None, "page_number")]
    flags = ("several figures in one cell",) if len(quantities) > 1 else ()
    for place, numeral in enumerate(quantities):
        amount = Amount(numeral.number, numeral.unit or _unit_beside(cell, form))
        span = cell.places.span(cell.column, numeral.start, numeral.end, cell.heading)
        fact = _fact(cell, place, amount, span, form, flags)
        sign = _comparator(cell, numeral, form) if cell.measure == "target" else None
        ledger.facts.append(replace(fact, comparator=sign))
    at = cell.places.starts[cell.column]
    for numeral in found:
        if numeral.kind and numeral not in quantities:
            ledger.non_facts.append(NonFact(at + numeral.start, at + numeral.end, numeral.kind))


def _unit_beside(cell: _Cell, form: _Form) -> str:
    """Return the unit that a column of its own, or the indicator's name, gives."""
    columns = (at for at, heading in form.header.items() if _UNIT_COLUMN.search(heading))
    beside = next((cell.texts[at] for at in columns if cell.texts[at]), "")
    return beside or unit_in_brackets(compact(_label(cell, form))) or ""


def _comparator(cell: _Cell, numeral: Numeral, form: _Form) -> str | None:
    """Return what a target asks: the words beside its number, else those in a column of signs."""
    before = cell.text[: numeral.start].rstrip()
    after = _INCLUSIVE.sub("", cell.text[max(numeral.end, numeral.unit_end) :].lstrip())
    for words, sign in _signs():
        if before.endswith(words) or after.startswith(words):
            return sign
    columns = (at for at, heading in form.header.items() if _SIGN_COLUMN.search(heading))
    beside = next((cell.texts[at] for at in columns if cell.texts[at]), "")
    return dict(_signs()).get(beside)


@lru_cache
def _signs() -> tuple[tuple[str, str], ...]:
    """Return the words for each comparator, the longest first: 不低于 before 低于."""
    signs = (
        (name, _SIGN_OF[term.id])
        for term in terms()
        if term.list == "comparator" and term.id in _SIGN_OF
        for name in (term.zh, *term.aliases)
    )
    return tuple(sorted(signs, key=lambda pair: -len(pair[0])))


def _label(cell: _Cell, form: _Form) -> str:
    """Return what a value is of: its indicator, or its project and the part of its money."""
    before = [re.sub(r"\s+", "", text) for text in cell.places.cells[: cell.column]]
    levels = [at for at, heading in form.header.items() if _LEVEL.search(heading)]
    named = [before[at] for at in sorted(levels) if at < cell.column and before[at]]
    words = [text for text in before if not is_blank(text) and not has_digit(text)]
    left = clean(_KEY.sub("", words[-1])) if words else ""
    if cell.measure in _INDICATOR_MEASURES or (cell.measure in ("score", "weight") and named):
        return clean(named[-1]) if named else left
    if words and _KEY.search(words[-1]):
        return "/".join(filter(None, (form.project, _key_as_printed(cell, words))))
    if _WHOLE.match(left) or not left:
        return form.project or left
    return f"{form.project}/{left}" if form.project else left


def _key_as_printed(cell: _Cell, words: Sequence[str]) -> str:
    """Return the key beside a value; where it stands beside two, with what each of them is."""
    key = _KEY.sub("", words[-1])
    is_twice = [_KEY.sub("", compact(text)) for text in cell.texts].count(compact(key)) > 1
    return f"{key}（{_PAIRED[cell.measure]}）" if is_twice and cell.measure in _PAIRED else key


def _fact(
    cell: _Cell,
    place: int,
    amount: Amount,
    span: Span,
    form: _Form,
    flags: tuple[str, ...] = (),
) -> Fact:
    label = _label(cell, form)
    part = label.rsplit("/", 1)[-1]
    source = funding_source_named(part) or ("fiscal_appropriation" if "财政拨款" in part else None)
    is_money = cell.measure in ("budget", "adjusted_budget", "final", "prior_year")
    number = f"N{place + 1}" if place else ""
    return Fact(
        id=f"T{form.number}R{span.row}C{cell.column + 1}{number}",
        label=label,
        code=None,
        measure=cell.measure or "",
        fiscal_year=form.year,
        amount=amount,
        budget=None,
        section=_SECTION,
        span=span,
        flags=(*form.flags, *flags) if is_money else flags,
        funding_source=source if is_money else None,
        expenditure_type="project_expenditure" if is_money else None,
    )
