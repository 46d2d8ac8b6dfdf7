"""`fiscal extract`: every figure of documents as facts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, TypeVar

import click

from fiscal.cli.answer import (
    FAILED,
    exit_code_of,
    failures_told,
    format_option,
    inputs,
    language_option,
    output_option,
    require_destination,
    write_pieces,
    year_option,
)
from fiscal.errors import FiscalError, Text, WrongUsage
from fiscal.files import STANDARD_INPUT

if TYPE_CHECKING:
    from fiscal.model import Extraction

__all__ = ["extract"]

_COLOURS: dict[str, dict[str, Any]] = {"title": {"bold": True}, "undetermined": {"fg": "yellow"}}
_BINARY = ("parquet", "xlsx")
_Result = TypeVar("_Result")
_Tell = Callable[[FiscalError, str], None]


@click.command()
@click.argument("sources", metavar="INPUT...", nargs=-1, required=True)
@click.option("--text", "as_text", is_flag=True, help="Print the text that offsets refer to.")
@year_option("Fiscal year; overrules the document's own.")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, help="Processes to read with.")
@format_option("text", "json", "csv", "parquet", "xlsx", "ttl")
@language_option
@output_option
def extract(
    sources: tuple[str, ...],
    as_text: bool,
    year: int | None,
    jobs: int,
    form: str,
    lang: str,
    output: str | None,
) -> None:
    """Take every figure of INPUT, with its meaning and its place in the text.

    INPUT is a disclosure or a table of facts (pdf, docx, xlsx, html, txt, csv and the like), a
    folder of such files with all below it, or - for standard input. A file that cannot be read is
    told on stderr and does not stop the others. One document is one record of json; several
    inputs or a folder are a list under "documents".
    """
    failed: list[FiscalError] = []

    def tell(error: FiscalError, path: str) -> None:
        # Not through click, which would write into the line of the progress bar.
        sys.stderr.write(error.within(path).render(lang) + "\n")
        failed.append(error)

    with failures_told(lang):
        if form in _BINARY and not as_text:
            require_destination(form, output)
        paths = list(dict.fromkeys(_paths(sources, tell)))
        if as_text:
            write_pieces([_text_of(paths)], output, paths)
        else:
            found = _extractions(paths, year, jobs, tell)
            first = next(found, None)
            if first is not None:
                is_one = len(paths) == 1 and paths == list(sources)
                pieces = _pieces(chain([first], found), form, lang, is_one)
                write_pieces(pieces, output, paths)
    is_alone = len(sources) == 1 and len(paths) < 2
    sys.exit((exit_code_of(failed[0]) if is_alone else FAILED) if failed else 0)


def _paths(sources: Sequence[str], tell: _Tell) -> Iterator[str]:
    for source in sources:
        try:
            yield from inputs(source)
        except FiscalError as error:
            tell(error, source)


def _text_of(paths: Sequence[str]) -> bytes:
    """Return the text of the only document as UTF-8, so that no line end is changed."""
    from fiscal.documents.reader import read_file

    if len(paths) != 1:
        raise WrongUsage(
            Text("--text 只适用于一个文件", "--text is for one file"),
            Text("请逐个文件使用", "name one file"),
        )
    return read_file(paths[0]).text.encode("utf-8", errors="replace")


def _extractions(
    paths: Sequence[str], year: int | None, jobs: int, tell: _Tell
) -> Iterator[Extraction]:
    """Yield the facts of each file in order; a file that fails is told and passed over."""
    read = partial(_extraction, year=year)
    with _processes(jobs if len(paths) > 1 and STANDARD_INPUT not in paths else 1) as run:
        for path, result in zip(paths, _watched(run(read, paths), len(paths)), strict=True):
            if isinstance(result, FiscalError):
                tell(result, path)
            else:
                yield result


def _extraction(path: str, year: int | None) -> Extraction | FiscalError:
    from fiscal.documents.reader import read_file
    from fiscal.extract.extractor import extract_facts

    try:
        return extract_facts(read_file(path), year=year)
    except FiscalError as error:
        return error


@contextmanager
def _processes(jobs: int) -> Iterator[Callable[..., Iterator[Extraction | FiscalError]]]:
    """Give a `map` that runs in `jobs` processes, which start fresh and share nothing."""
    if jobs == 1:
        yield map
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(jobs, get_context("spawn")) as executor:
        yield executor.map


def _watched(results: Iterable[_Result], total: int) -> Iterator[_Result]:
    """Pass results on, with a progress bar where there are many and somebody watches."""
    if total == 1 or not sys.stderr.isatty():
        yield from results
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(results, "", total, console=Console(stderr=True), transient=True)


def _pieces(
    extractions: Iterable[Extraction], form: str, lang: str, is_one: bool
) -> Iterator[str] | Iterator[bytes]:
    if form == "text":
        return _text_pieces(extractions, lang)
    if form == "json":
        from fiscal.report.extraction import json_pieces

        return json_pieces(extractions, is_one)
    if form == "csv":
        from fiscal.report.extraction_csv import csv_pieces

        return csv_pieces(extractions)
    if form == "parquet":
        from fiscal.report.extraction_parquet import parquet_pieces

        return parquet_pieces(extractions)
    if form == "xlsx":
        from fiscal.report.extraction_workbook import workbook_pieces

        return workbook_pieces(extractions, lang)
    return _turtle_pieces(extractions)


def _turtle_pieces(extractions: Iterable[Extraction]) -> Iterator[bytes]:
    from fiscal.ontology.observations import fact_quads
    from fiscal.ontology.store import serialized

    yield serialized(chain.from_iterable(map(fact_quads, extractions)), "ttl")


def _text_pieces(extractions: Iterable[Extraction], lang: str) -> Iterator[str]:
    from fiscal.report.extraction_text import extraction_lines

    width = get_terminal_size((100, 24)).columns
    parting = ""
    for extraction in extractions:
        lines = extraction_lines(extraction, lang, width)
        styled = (click.style(line.text, **_COLOURS.get(line.role, {})) for line in lines)
        yield parting + "\n".join(styled) + "\n"
        parting = "\n"
