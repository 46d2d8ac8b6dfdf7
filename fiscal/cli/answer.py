"""What the commands share: their common options, where answers go, and how failures are told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from os import listdir
from os.path import isdir, samefile
from pathlib import Path
from typing import Any, TypeVar

import click

from fiscal.codes import SCHEME_OF_FIRST_DIGIT
from fiscal.errors import FiscalError, Place, Text, UnreadableDocument, UnwritableAnswer, WrongUsage

__all__ = [
    "FAILED",
    "SCHEME_NAMES",
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
SCHEME_NAMES = tuple(SCHEME_OF_FIRST_DIGIT.values())
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

    if source == "-" or not isdir(source):
        yield source
        return
    found = [name for name in sorted(listdir(source)) if Path(name).suffix.lower() in SUFFIXES]
    if not found:
        raise UnreadableDocument(
            Text("文件夹中没有可读的文件", "no file in the folder can be read"),
            Text(f"可读的类型：{' '.join(SUFFIXES)}", f"these can be read: {' '.join(SUFFIXES)}"),
            Place(source),
        )
    yield from (str(Path(source) / name) for name in found)


def write(answer: str, output: str | None, source: str | None = None) -> None:
    """Write an answer to stdout, or without its colours to a file that is not the `source`.

    Raises UnwritableAnswer where the file cannot be written.
    """
    if output is None:
        click.echo(answer, nl=False)
        return
    if source and Path(output).exists() and Path(source).exists() and samefile(source, output):
        raise UnwritableAnswer(
            Text("输出会覆盖输入", "the answer would overwrite the input"),
            Text("请用 -o 另给文件名", "give another file with -o"),
            Place(output),
        )
    try:
        Path(output).write_text(click.unstyle(answer), encoding="utf-8", errors="replace")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UnwritableAnswer(
            Text(f"无法写入文件（{reason}）", f"cannot write the file ({reason})"),
            Text("请检查文件夹是否存在、是否可写", "check that the folder is there and writable"),
            Place(output),
        ) from error
