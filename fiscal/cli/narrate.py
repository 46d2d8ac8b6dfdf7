"""`fiscal narrate`: an account's or a budget's explanation written from its figures."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fiscal.cli.answer import (
    failures_told,
    language_option,
    output_option,
    write,
    write_pieces,
    year_option,
)
from fiscal.errors import FiscalError
from fiscal.money import UNITS
from fiscal.report.prose.style import STYLES

if TYPE_CHECKING:
    from fiscal.model import Extraction
    from fiscal.report.prose.narration import Narration

__all__ = ["narrate"]


@click.command()
@click.argument("facts", metavar="FACTS")
@click.option("--style", type=click.Choice(STYLES), required=True, help="Whose way of telling.")
@click.option("--unit", type=click.Choice([*UNITS]), help="Unit of money; 万元 as a rule.")
@click.option("--decimals", type=click.IntRange(0, 6), default=2, help="Decimals of money.")
@year_option("Fiscal year; overrules the document's own.")
@language_option
@output_option
def narrate(
    facts: str,
    style: str,
    unit: str | None,
    decimals: int,
    year: int | None,
    lang: str,
    output: str | None,
) -> None:
    """Write the explanation of an account or a budget from FACTS alone.

    FACTS is a workbook of tables or any other disclosure, a table of facts, or the json or csv that
    `fiscal extract` writes. Amounts are those of the tables; shares, changes, rates and the words
    for them are computed, so that what is written agrees with the tables. What FACTS does not hold
    is left out and named on stderr. The answer is Markdown, or where -o names a .docx a Word
    document, which holds the figures and the tables as well.
    """
    from fiscal.report.prose.given import facts_of
    from fiscal.report.prose.narration import narrate as told

    with failures_told(lang):
        try:
            extraction = facts_of(facts, year)
            narration = told(extraction, style, unit=unit, decimals=decimals)
        except FiscalError as error:
            raise error.within(facts) from error
        _write(narration, extraction, output, facts)
    for lack in narration.lacks:
        sys.stderr.write(lack.told.to(lang) + "\n")


def _write(narration: Narration, extraction: Extraction, output: str | None, source: str) -> None:
    if output and Path(output).suffix.lower() == ".docx":
        from fiscal.report.prose.figures import figures_of
        from fiscal.report.prose.tables import printed_tables
        from fiscal.report.prose.word import word_document

        tables, figures = printed_tables(extraction), figures_of(narration)
        write_pieces([word_document(narration, tables, figures)], output, [source])
        return
    from fiscal.report.prose.markdown import markdown

    write(markdown(narration), output, source)
