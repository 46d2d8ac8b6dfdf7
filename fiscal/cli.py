"""The command line: it parses, calls and prints; nothing is computed here.

Every command reads a file, a folder or `-`, writes its answer to stdout and all else to stderr, and
exits 0 (nothing wrong), 1 (violations found), 2 (wrong usage) or 3 (could not read or work). Each
command imports what it needs when it runs, so that help and small answers come at once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

import click

from fiscal.errors import FiscalError, WrongUsage

if TYPE_CHECKING:
    from fiscal.graph.account import Account

__all__ = ["main"]

_VIOLATED, _WRONG_USAGE, _FAILED = 1, 2, 3
_COLOURS: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "violated": {"fg": "red", "bold": True},
    "undetermined": {"fg": "yellow"},
    "not_applicable": {"dim": True},
}
_SCHEME_NAMES = ("functional", "revenue", "departmental_economic", "government_economic")
_MEASURE_NAMES = ("final", "budget", "adjusted_budget", "prior_year")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fiscal-graph", prog_name="fiscal")
def main() -> None:
    """Government budgets and final accounts of China, read, rolled up and judged."""


@main.command()
@click.argument("source", metavar="INPUT")
@click.option("--scheme", type=click.Choice(_SCHEME_NAMES), help="Classification to roll up along.")
@click.option("--year", type=int, help="Fiscal year; overrules the document's own.")
@click.option("--measure", type=click.Choice(_MEASURE_NAMES), help="Take only this figure.")
@click.option("--depth", type=click.IntRange(0, 4), help="Show this many levels below the total.")
@click.option("--complete", is_flag=True, help="A table lists every heading that has money.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write the answer to a file.")
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

    INPUT is an account as text (txt, md), a table of facts (csv, tsv, xlsx) with the columns code,
    amount and unit, a folder of such files, or - for standard input.
    """
    from fiscal.documents.reader import read_file
    from fiscal.extract.extractor import extract_facts
    from fiscal.graph.account import roll_up_account

    accounts, failure = [], 0
    for path in _inputs(source):
        try:
            extraction = extract_facts(read_file(path), is_complete=complete, year=year)
            accounts.append(roll_up_account(extraction, scheme, year, measure))
        except FiscalError as error:
            click.echo(error.render(lang), err=True)
            failure = _WRONG_USAGE if isinstance(error, WrongUsage) else _FAILED
    if accounts:
        _show_roll_up(accounts, source, form, lang, depth, output)
    sys.exit(failure or (_VIOLATED if any(account.is_violated for account in accounts) else 0))


def _inputs(source: str) -> Iterator[str]:
    """Yield the file, or each readable file of the folder in order of name."""
    from fiscal.documents.reader import SUFFIXES

    if source == "-" or not Path(source).is_dir():
        yield source
        return
    found = [path for path in sorted(Path(source).iterdir()) if path.suffix.lower() in SUFFIXES]
    # An empty folder is read as a file would be, so that it is refused with the same message.
    yield from (str(path) for path in found or [Path(source)])


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
        _write(json.write(records if Path(source).is_dir() else records[0]) + "\n", output)
        return
    width = get_terminal_size((100, 24)).columns
    lines = [
        line for account in accounts for line in text.roll_up_lines(account, lang, depth, width)
    ]
    styled = (click.style(line.text, **_COLOURS.get(line.role, {})) for line in lines)
    _write("\n".join(styled) + "\n", output)


def _write(answer: str, output: str | None) -> None:
    if output is None:
        click.echo(answer, nl=False)
        return
    try:
        Path(output).write_text(click.unstyle(answer), encoding="utf-8")
    except OSError as error:
        click.echo(f"{output}: {error.strerror}", err=True)
        sys.exit(_FAILED)
