"""`fiscal template`: the tables of a year as a workbook to fill in."""

from __future__ import annotations

import re

import click

from fiscal.cli.answer import (
    failures_told,
    language_option,
    output_option,
    require_destination,
    write_pieces,
    year_option,
)

__all__ = ["template"]

_PARTED = re.compile(r"[,，、;；\s]+")


@click.command()
@year_option("Fiscal year; headings have its names.", required=True)
@click.option(
    "--kind",
    type=click.Choice(["final_accounts", "budget"]),
    default="final_accounts",
    show_default=True,
)
@click.option(
    "--headings",
    multiple=True,
    help="Codes by function to lay out rows for, parted by commas; repeatable.",
)
@click.option("--complete", is_flag=True, help="A row for every heading of the year.")
@click.option("--organisation", default="", help="Name of the body whose tables they are.")
@click.option("--unit", type=click.Choice(["元", "万元"]), default="万元", show_default=True)
@language_option
@output_option
def template(
    year: int,
    kind: str,
    headings: tuple[str, ...],
    complete: bool,
    organisation: str,
    unit: str,
    lang: str,
    output: str | None,
) -> None:
    """Write the nine tables of a year as a workbook (xlsx) to fill in.

    Without --headings each category has blank lines below it. Sums are formulas. Filled in and
    saved, the workbook is read by check, extract and rollup like any other account or budget.
    """
    from fiscal.model import DocumentKind
    from fiscal.report.form import form_pieces
    from fiscal.report.form_tables import Form

    with failures_told(lang):
        require_destination("xlsx", output)
        _forbid_both(headings, complete)
        form = Form(
            DocumentKind(kind), year, unit, organisation.strip(), _codes(headings), complete
        )
        write_pieces(form_pieces(form), output)


def _forbid_both(headings: tuple[str, ...], complete: bool) -> None:
    from fiscal.errors import Text, WrongUsage

    if headings and complete:
        raise WrongUsage(
            Text(
                "--headings 与 --complete 不能同用", "--headings and --complete exclude each other"
            ),
            Text("只用其中一个", "give one of them"),
        )


def _codes(given: tuple[str, ...]) -> tuple[str, ...]:
    """Return the codes asked for. Raises WrongUsage where one is not by function."""
    from fiscal.codes import parse_code, scheme_of
    from fiscal.errors import InvalidCode, Text, WrongUsage

    found = []
    for text in filter(None, (part for each in given for part in _PARTED.split(each))):
        try:
            code = parse_code(text)
        except InvalidCode as error:
            raise WrongUsage(error.found, error.remedy) from error
        if scheme_of(code) != "functional":
            raise WrongUsage(
                Text(f"{code} 不是支出功能分类科目", f"{code} is no heading by function"),
                Text("--headings 只收 2 开头的编码", "give codes that begin with 2"),
            )
        found.append(code)
    return tuple(found)
