"""`fiscal glossary`, `fiscal diff` and `fiscal scheme`: the classification looked up and kept."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

import click

from fiscal.cli.answer import (
    FAILED,
    SCHEME_NAMES,
    WRONG_USAGE,
    failures_told,
    format_option,
    language_option,
    made_folder,
    output_option,
    tell,
    write,
    year_option,
)
from fiscal.errors import Text, WrongUsage

__all__ = ["diff", "glossary", "scheme"]


@click.command()
@click.argument("term", required=False)
@year_option("Fiscal year; without it, any.")
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="List so many."
)
@click.option("--all", "everything", is_flag=True, help="Write the whole reference to a folder.")
@click.option("-o", "--output", type=click.Path(), help="Write to a file; with --all, a folder.")
@format_option("text", "json", "md", "html")
@language_option
def glossary(
    term: str | None,
    year: int | None,
    limit: int,
    everything: bool,
    output: str | None,
    form: str,
    lang: str,
) -> None:
    """Tell what TERM means: a code in any spelling, a name or part of one, a term of the field.

    Where nothing is found, what is near is named and the exit code is 3.
    """
    with failures_told(lang):
        if everything:
            _write_reference(output, lang)
        elif term:
            _answer(term, year, limit, form, lang, output)
        else:
            raise _nothing_asked()


@click.command()
@click.argument("old_year", type=int)
@click.argument("new_year", type=int)
@click.option(
    "--scheme", type=click.Choice([*SCHEME_NAMES, "all"]), default="all", show_default=True
)
@format_option("text", "json", "csv")
@language_option
@output_option
def diff(
    old_year: int, new_year: int, scheme: str, form: str, lang: str, output: str | None
) -> None:
    """Tell what changed from OLD_YEAR's classification to NEW_YEAR's, and how that is known."""
    from fiscal.ontology.changes import changes_between
    from fiscal.ontology.scheme import Scheme
    from fiscal.report import classification

    with failures_told(lang):
        pairs = [
            (Scheme.of(name, old_year), Scheme.of(name, new_year))
            for name in (SCHEME_NAMES if scheme == "all" else [scheme])
        ]
        comparisons = [(old, new, changes_between(old, new)) for old, new in pairs]
        if form == "json":
            _write_json(classification.changes_record(comparisons, lang), output)
        elif form == "csv":
            write(classification.changes_csv(comparisons), output)
        else:
            _write_lines(classification.changes_lines(comparisons, lang), output)


@click.group()
def scheme() -> None:
    """Official lists of your own: taken in, listed, forgotten."""


@scheme.command("import")
@click.argument("source", metavar="FILE")
@year_option("Fiscal year of the list.", required=True)
@click.option("--scheme", "name", type=click.Choice(SCHEME_NAMES), help="Classification it is of.")
@click.option("--complete", is_flag=True, help="It lists every heading of the year.")
@click.option("--dry-run", is_flag=True, help="Check and compare, but write nothing.")
@click.option(
    "--replace", is_flag=True, help="Take it even where most of the year's headings would go."
)
@format_option("text", "json")
@language_option
@output_option
def import_(
    source: str,
    year: int,
    name: str | None,
    complete: bool,
    dry_run: bool,
    replace: bool,
    form: str,
    lang: str,
    output: str | None,
) -> None:
    """Take in an official list of headings, which later commands use for its year.

    Codes and names are found in tables or in lines of text. The list goes to your own data folder,
    or the one named in FISCAL_HOME. If anything in it is wrong, each error is told with its place
    and nothing is written. A table with amounts, or a list that lacks most of the year's headings,
    is taken only with --replace.
    """
    from fiscal.documents.reader import read_file
    from fiscal.ontology.bring_in import bring_in, keep
    from fiscal.ontology.doubts import doubts
    from fiscal.report import classification

    with failures_told(lang):
        document = read_file(source)
        lists, errors = bring_in(document, year, name, complete)
        doubted = () if replace else doubts(document, lists)
        for error in (*errors, *doubted):
            tell(error, lang)
        if errors or (doubted and not dry_run):
            sys.exit(FAILED if errors else WRONG_USAGE)
        kept = [(each, None if dry_run else str(keep(each))) for each in lists]
        if form == "json":
            _write_json([classification.brought_record(*each, lang) for each in kept], output)
        else:
            lines = (line for each in kept for line in classification.brought_lines(*each, lang))
            _write_lines(lines, output)


@scheme.command("list")
@format_option("text", "json")
@language_option
@output_option
def list_(form: str, lang: str, output: str | None) -> None:
    """List every classification and year: its headings, how attested, complete or not, whose."""
    from fiscal.ontology.scheme import SCHEMES, YEARS, Scheme
    from fiscal.report import classification

    with failures_told(lang):
        schemes = [Scheme.of(name, year) for name in SCHEMES for year in YEARS]
        if form == "json":
            _write_json([classification.scheme_record(each) for each in schemes], output)
        else:
            _write_lines(classification.scheme_lines(schemes, lang), output)


@scheme.command()
@click.argument("name", type=click.Choice(SCHEME_NAMES))
@click.argument("year", type=int)
@language_option
def forget(name: str, year: int, lang: str) -> None:
    """Remove your own list of a year, so that the shipped one is used again."""
    from fiscal.ontology.own_lists import forget_list

    with failures_told(lang):
        if not forget_list(name, year):
            raise WrongUsage(
                Text(f"没有自备的 {name} {year} 年科目表", f"you have no {name} list of {year}"),
                Text("用 fiscal scheme list 查看", "see fiscal scheme list"),
            )
    click.echo(Text(f"已删除 {name} {year}", f"forgot {name} {year}").to(lang), err=True)


def _answer(
    term: str, year: int | None, limit: int, form: str, lang: str, output: str | None
) -> None:
    from fiscal.ontology.glossary import find, unfound

    found = find(term, year, limit)
    if not found.entries:
        raise unfound(found)
    if form == "json":
        from fiscal.report.reference_records import found_record

        _write_json(found_record(found, lang), output)
    elif form == "text":
        from fiscal.report.reference import found_lines

        _write_lines(found_lines(found, lang), output)
    else:
        from fiscal.report import reference_pages as pages

        render = pages.found_html if form == "html" else pages.found_markdown
        write(render(found, lang), output)


def _write_reference(folder: str | None, lang: str) -> None:
    from fiscal.report.reference_pages import pages

    if folder is None:
        raise WrongUsage(
            Text("--all 需要文件夹", "--all needs a folder"), Text("加 -o 文件夹", "add -o FOLDER")
        )
    there = made_folder(folder)
    for name, page in pages(lang):
        write(page, str(there / name))


def _nothing_asked() -> WrongUsage:
    return WrongUsage(
        Text("没有给出要查的词", "no term was given"),
        Text(
            "如 fiscal glossary 2010301，或用 --all -o 文件夹",
            "like fiscal glossary 2010301, or --all -o FOLDER",
        ),
    )


def _write_json(record: dict[str, Any] | list[dict[str, Any]], output: str | None) -> None:
    import json

    write(json.dumps(record, ensure_ascii=False, indent=2) + "\n", output)


def _write_lines(lines: Iterable[str], output: str | None) -> None:
    write("\n".join(lines) + "\n", output)
