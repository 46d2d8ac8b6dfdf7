"""`fiscal report`: a document's check as a page to look at, or several with an index."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from os.path import isdir
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fiscal.cli.answer import (
    VIOLATED,
    failures_told,
    language_option,
    made_folder,
    write,
    write_pieces,
    year_option,
)
from fiscal.errors import Text, WrongUsage

if TYPE_CHECKING:
    from fiscal.rules.check import Check

__all__ = ["report"]

_NOT_IN_NAMES = re.compile(r"[^\w.-]+")
_LONGEST_NAME = 60


@click.command()
@click.argument("sources", metavar="INPUT...", nargs=-1, required=True)
@year_option("Fiscal year of documents that do not say theirs.")
@language_option
@click.option(
    "-o", "--output", type=click.Path(), help="Write the page to a file, or pages to a folder."
)
def report(sources: tuple[str, ...], year: int | None, lang: str, output: str | None) -> None:
    """Show the check of INPUT on a page: findings, the tree, and the text with all of it marked.

    The page is one file of HTML that needs no network and runs no script: what the document is, how
    much was checked and what is wrong; each finding with its sentence; the amounts rolled up
    类/款/项; the document's own text with every figure marked; what was not read; the law; and the
    headings used. Several documents, or a folder, are written to the folder -o as a page each and
    an index. The exit code is 1 where a finding is at least a warning.
    """
    from fiscal.cli.check import checks_of
    from fiscal.rules.catalogue import rules

    with failures_told(lang):
        is_one = len(sources) == 1 and not isdir(sources[0])
        if not is_one and output is None:
            raise _no_folder()
        folder = made_folder(output) if output and not is_one else Path(output or "")
        checks, failure = checks_of(sources, rules(), year, lang)
        if is_one and checks and not (output and isdir(output)):
            _write_page(checks[0], output, sources[0], lang)
        elif checks and output:
            _write_pages(checks, folder, lang)
    severities = {finding.severity.value for one in checks for finding in one.findings}
    sys.exit(failure or (VIOLATED if severities & {"error", "warning"} else 0))


def _no_folder() -> WrongUsage:
    return WrongUsage(
        Text("多份文件需要 -o 文件夹", "several documents need -o FOLDER"),
        Text("请用 -o 给出文件夹", "name a folder with -o"),
    )


def _write_page(check: Check, output: str | None, source: str, language: str) -> None:
    from fiscal.report.page import page_of

    write(page_of(check, language), output, source)


def _write_pages(checks: Sequence[Check], folder: Path, language: str) -> None:
    """Write a page for each document and the index, never over a document itself."""
    from fiscal.report.page import Entry, index_of, page_of

    paths = [check.extraction.document.path for check in checks]
    names = dict(zip(paths, _names(paths), strict=True))
    entries = [Entry(names[path], check) for path, check in zip(paths, checks, strict=True)]
    for page, check in entries:
        write_pieces([page_of(check, language, names)], str(folder / page), paths)
    write_pieces([index_of(entries, language)], str(folder / "index.html"), paths)


def _names(paths: Iterable[str]) -> Iterator[str]:
    """Yield a name for each page: its document's, made fit and told apart from the others."""
    taken = {"index.html"}
    for path in paths:
        stem = _NOT_IN_NAMES.sub("-", Path(path).stem)[:_LONGEST_NAME].strip("-.") or "document"
        name, number = f"{stem}.html", 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}.html"
        taken.add(name.casefold())
        yield name
