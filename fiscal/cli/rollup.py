"""`fiscal rollup`: amounts rolled up the classification."""

from __future__ import annotations

import sys
from os.path import isdir
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

import click

from fiscal.cli.answer import (
    SCHEME_NAMES,
    VIOLATED,
    exit_code_of,
    failures_told,
    format_option,
    inputs,
    language_option,
    output_option,
    tell,
    write,
    year_option,
)
from fiscal.errors import FiscalError

if TYPE_CHECKING:
    from fiscal.graph.account import Account

__all__ = ["rollup"]

_COLOURS: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "violated": {"fg": "red", "bold": True},
    "undetermined": {"fg": "yellow"},
    "not_applicable": {"dim": True},
}
_MEASURE_NAMES = ("final", "budget", "adjusted_budget", "prior_year")


@click.command()
@click.argument("source", metavar="INPUT")
@click.option("--scheme", type=click.Choice(SCHEME_NAMES), help="Classification to roll up along.")
@year_option("Fiscal year; overrules the document's own.")
@click.option("--measure", type=click.Choice(_MEASURE_NAMES), help="Take only this figure.")
@click.option("--depth", type=click.IntRange(0, 4), help="Show this many levels below the total.")
@click.option("--complete", is_flag=True, help="A table lists every heading that has money.")
@format_option("text", "json")
@language_option
@output_option
def rollup(
    source: str,
    scheme: str | None,
    year: int | None,
    measure: str | None,
    depth: int | None,
    complete: bool,
    form: str,
    lang: str,
    output: str | None,
) -> None:
    """Roll the amounts of INPUT up 类/款/项 and compare each with what is reported.

    INPUT is an account or a budget with its tables and explanations (pdf, docx, xlsx, html, txt,
    md and the like), a table of facts (csv, xlsx) with the columns code, amount and unit, a folder
    of such files, or - for standard input. Every column of a table is added up for itself; one
    where everything adds up is told in a line.
    """
    from fiscal.documents.reader import read_file
    from fiscal.extract.extractor import extract_facts
    from fiscal.graph.account import roll_up_account

    accounts, failure = [], 0
    with failures_told(lang):
        for path in inputs(source):
            try:
                extraction = extract_facts(read_file(path), is_complete=complete, year=year)
                accounts.append(roll_up_account(extraction, scheme, year, measure))
            except FiscalError as error:
                tell(error.within(path), lang)
                failure = exit_code_of(error)
        if accounts:
            _show_roll_up(accounts, source, form, lang, depth, output)
    sys.exit(failure or (VIOLATED if any(account.is_violated for account in accounts) else 0))


def _show_roll_up(
    accounts: list[Account],
    source: str,
    form: str,
    lang: str,
    depth: int | None,
    output: str | None,
) -> None:
    from fiscal.report import json, text

    if form == "json":
        records = [json.roll_up_record(account, lang, depth) for account in accounts]
        write(json.write(records if isdir(source) else records[0]) + "\n", output, source)
        return
    width = get_terminal_size((100, 24)).columns
    lines = [
        line for account in accounts for line in text.roll_up_lines(account, lang, depth, width)
    ]
    styled = (click.style(line.text, **_COLOURS.get(line.role, {})) for line in lines)
    write("\n".join(styled) + "\n", output, source)
