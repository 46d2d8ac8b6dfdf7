"""What the commands share: their common options, where answers go, and how failures are told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from fiscal.errors import FiscalError, WrongUsage

__all__ = [
    "FAILED",
    "VIOLATED",
    "WRONG_USAGE",
    "exit_code_of",
    "failures_told",
    "format_option",
    "inputs",
    "language_option",
    "output_option",
    "write",
]

VIOLATED, WRONG_USAGE, FAILED = 1, 2, 3
_Command = TypeVar("_Command", bound=Callable[..., Any])

language_option = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True
)
output_option = click.option(
    "-o", "--output", type=click.Path(dir_okay=False), help="Write the answer to a file."
)


def format_option(*formats: str) -> Callable[[_Command], _Command]:
    """Offer `formats`, of which the first is the default."""
    return click.option(
        "--format", "form", type=click.Choice(formats), default=formats[0], show_default=True
    )


def exit_code_of(error: FiscalError) -> int:
    """Return 2 where the request was wrong and 3 where the work could not be done."""
    return WRONG_USAGE if isinstance(error, WrongUsage) else FAILED


@contextmanager
def failures_told(language: str) -> Iterator[None]:
    """Tell an error on stderr, in one line, and exit with its code."""
    try:
        yield
    except FiscalError as error:
        click.echo(error.render(language), err=True)
        sys.exit(exit_code_of(error))


def inputs(source: str) -> Iterator[str]:
    """Yield the file, or each readable file of the folder in order of name."""
    from fiscal.documents.reader import SUFFIXES

    if source == "-" or not Path(source).is_dir():
        yield source
        return
    found = [path for path in sorted(Path(source).iterdir()) if path.suffix.lower() in SUFFIXES]
    # An empty folder is read as a file would be, so that it is refused with the same message.
    yield from (str(path) for path in found or [Path(source)])


def write(answer: str, output: str | None) -> None:
    """Write an answer to stdout, or without its colours to a file."""
    if output is None:
        click.echo(answer, nl=False)
        return
    try:
        Path(output).write_text(click.unstyle(answer), encoding="utf-8")
    except OSError as error:
        click.echo(f"{output}: {error.strerror}", err=True)
        sys.exit(FAILED)
