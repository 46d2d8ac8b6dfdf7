"""`fiscal chart`: the pictures of an account, drawn from its facts."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fiscal.cli.answer import (
    FAILED,
    exit_code_of,
    failures_told,
    format_option,
    inputs,
    language_option,
    made_folder,
    tell,
    write_pieces,
)
from fiscal.errors import FiscalError

if TYPE_CHECKING:
    from fiscal.report.charts.picture import Picture
    from fiscal.rules.view import View

__all__ = ["chart"]

_CHOICES = (*map(str, range(1, 8)), "tree", "flow", "trend", "all")


@click.command()
@click.argument("sources", metavar="INPUT...", nargs=-1, required=True)
@click.option(
    "--figure",
    "figures",
    type=click.Choice(_CHOICES),
    multiple=True,
    default=("all",),
    show_default="all",
    help="What to draw; may be given several times.",
)
@format_option("svg", "png", "html")
@language_option
@click.option(
    "-o", "--output", type=click.Path(file_okay=False), default=".", help="Folder to write into."
)
def chart(
    sources: tuple[str, ...], figures: tuple[str, ...], form: str, lang: str, output: str
) -> None:
    """Draw an account from its facts and tell the files written.

    Figures 1, 4 and 5 hold this year's totals, appropriations (财政拨款) and general public budget
    against last year's; 2, 3 and 6 show what revenue, expenditure and the general public budget
    are made of, 7 the three public expenses (三公). `tree` shows the headings (类、款、项), `flow`
    the way from sources of money to types of expenditure, `trend` the three public expenses over
    the years of all INPUTs.

    INPUT is a disclosure, a folder of disclosures, or - for standard input. svg and png are a file
    for each picture, html is one page with all pictures of a document. What a document lacks for a
    picture is told on stderr.
    """
    with failures_told(lang):
        views, failed = _views(sources, lang)
        folder = made_folder(output)
        written = list(_written(views, _wanted(figures), form, lang, folder))
    click.echo("".join(f"{path}\n" for path in written), nl=False)
    sys.exit(exit_code_of(failed) if failed else 0 if written else FAILED)


def _wanted(figures: Sequence[str]) -> list[str]:
    every = _CHOICES[:-1] if "all" in figures else figures
    return [one for one in _CHOICES if one in every]


def _views(sources: Sequence[str], lang: str) -> tuple[list[tuple[str, View]], FiscalError | None]:
    """Read all documents; one that cannot be read is told and passed over."""
    from fiscal.documents.reader import read_file
    from fiscal.extract.extractor import extract_facts
    from fiscal.rules.view import View

    views: list[tuple[str, View]] = []
    failed: FiscalError | None = None
    for path in dict.fromkeys(path for source in sources for path in inputs(source)):
        try:
            views.append((path, View(extract_facts(read_file(path)))))
        except FiscalError as error:
            tell(error.within(path), lang)
            failed = error
    return views, failed


def _written(
    views: Sequence[tuple[str, View]], wanted: Sequence[str], form: str, lang: str, folder: Path
) -> Iterator[Path]:
    """Write the pictures of each document, then the trend over all; yield what was written."""
    names = _names([path for path, _ in views])
    alone = [name for name in wanted if name != "trend"]
    every = [view for _, view in views]
    for (path, view), name in zip(views, names, strict=True):
        within = name if len(views) > 1 else ""
        with_trend = "trend" in wanted and len(views) == 1
        found = _told([view], [*alone, *(("trend",) if with_trend else ())], lang, path)
        yield from _files([view], found, form, lang, folder, within)
    if "trend" in wanted and len(views) > 1:
        yield from _files(every, _told(every, ["trend"], lang, ""), form, lang, folder, "")


def _told(views: Sequence[View], wanted: Sequence[str], lang: str, path: str) -> list[Picture]:
    """Return the pictures that can be drawn, and tell of the others what is missing."""
    from fiscal.report.charts.drawing import picture_of
    from fiscal.report.charts.picture import Missing
    from fiscal.report.charts.trend import trend_of

    pictures = []
    for name in wanted:
        picture = trend_of(views) if name == "trend" else picture_of(views[0], name)
        if isinstance(picture, Missing):
            where = f"{path}：" if lang != "en" else f"{path}: "
            click.echo(f"{where if path else ''}{picture.message.to(lang)}", err=True)
        else:
            pictures.append(picture)
    return pictures


def _files(
    views: Sequence[View],
    pictures: Sequence[Picture],
    form: str,
    lang: str,
    folder: Path,
    name: str,
) -> Iterator[Path]:
    from fiscal.report.charts.drawing import draw
    from fiscal.report.charts.raster import png
    from fiscal.report.charts.twin import twin

    before = f"{name}-" if name else ""
    sources = [view.document.path for view in views]
    if form == "html" and pictures:
        only = _stem(pictures[0]) if len(pictures) == 1 else "figures"
        yield _write(folder / f"{before}{only}.html", twin(views, pictures, lang), sources)
    for picture in pictures if form != "html" else ():
        svg = draw(picture, lang, standalone=True)
        answer = png(svg) if form == "png" else svg + "\n"
        yield _write(folder / f"{before}{_stem(picture)}.{form}", answer, sources)


def _stem(picture: Picture) -> str:
    return f"figure-{picture.id}" if picture.id.isdigit() else picture.id


def _names(paths: Sequence[str]) -> list[str]:
    """Return a name for each document's files: its own, with a number where two share it."""
    names: list[str] = []
    for path in paths:
        stem = "stdin" if path == "-" else Path(path).stem
        numbered = (f"{stem}-{number}" for number in count(2))
        names.append(stem if stem not in names else next(n for n in numbered if n not in names))
    return names


def _write(path: Path, answer: str | bytes, sources: Sequence[str]) -> Path:
    write_pieces([answer], str(path), [source for source in sources if source != "-"])
    return path
