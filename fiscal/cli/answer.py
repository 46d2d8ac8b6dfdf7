"""What the commands share: their common options, where answers go, and how failures are told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from os import walk
from os.path import exists, isdir, samefile
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
    "require_destination",
    "write",
    "write_pieces",
]

VIOLATED, WRONG_USAGE, FAILED = 1, 2, 3
SCHEME_NAMES = tuple(SCHEME_OF_FIRST_DIGIT.values())
# Names of hidden files, and of the locks that office programs lay beside an open document.
_PASSED = (".", "~$")
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
    """Yield the file, or each readable file of the folder and those below it, in order of name.

    Hidden files and those that an office program keeps while a document is open are passed over.
    """
    from fiscal.documents.reader import SUFFIXES

    if source == "-" or not isdir(source):
        yield source
        return
    paths = (Path(folder) / name for folder, _, names in walk(source) for name in names)
    found = [p for p in paths if p.suffix.lower() in SUFFIXES and not p.name.startswith(_PASSED)]
    if not found:
        raise UnreadableDocument(
            Text("文件夹中没有可读的文件", "no file in the folder can be read"),
            Text(f"可读的类型：{' '.join(SUFFIXES)}", f"these can be read: {' '.join(SUFFIXES)}"),
            Place(source),
        )
    yield from map(str, sorted(found))


def require_destination(form: str, output: str | None) -> None:
    """Refuse to write what is no text to a terminal. Raises WrongUsage."""
    if output is None and sys.stdout.isatty():
        raise WrongUsage(
            Text(f"{form} 不能显示在终端上", f"{form} cannot be shown on a terminal"),
            Text("请用 -o 给出文件名", "name a file with -o"),
        )


def write(answer: str, output: str | None, source: str | None = None) -> None:
    """Write an answer to stdout, or without its colours to a file that is not the `source`.

    Raises UnwritableAnswer where the file cannot be written.
    """
    write_pieces([answer], output, [source] if source else [])


def write_pieces(
    pieces: Iterable[str | bytes], output: str | None, sources: Sequence[str] = ()
) -> None:
    """Write an answer as its pieces come, each as `write` does; bytes are written as they are.

    Raises UnwritableAnswer where the file cannot be written, or is one of the `sources`.
    """
    if output is None:
        for piece in pieces:
            click.echo(piece, nl=False)
        return
    _require_other(output, sources)
    with _failure_to_write(output):
        Path(output).write_bytes(b"")
    # Only writing is guarded here: to make the pieces may fail in ways of its own.
    with Path(output).open("ab", buffering=0) as file:
        for piece in pieces:
            with _failure_to_write(output):
                file.write(_without_colours(piece))


@contextmanager
def _failure_to_write(output: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UnwritableAnswer(
            Text(f"无法写入文件（{reason}）", f"cannot write the file ({reason})"),
            Text("请检查文件夹是否存在、是否可写", "check that the folder is there and writable"),
            Place(output),
        ) from error


def _without_colours(piece: str | bytes) -> bytes:
    if isinstance(piece, bytes):
        return piece
    return click.unstyle(piece).encode("utf-8", errors="replace")


def _require_other(output: str, sources: Sequence[str]) -> None:
    there = (source for source in sources if Path(source).exists()) if exists(output) else ()
    if any(samefile(source, output) for source in there):
        raise UnwritableAnswer(
            Text("输出会覆盖输入", "the answer would overwrite the input"),
            Text("请用 -o 另给文件名", "give another file with -o"),
            Place(output),
        )
