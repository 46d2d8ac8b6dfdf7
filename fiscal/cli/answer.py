"""What the commands share: their common options, where answers go, and how failures are told."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from os import walk
from os.path import exists, isdir, samefile
from pathlib import Path
from typing import Any, TextIO, TypeVar

import click

from fiscal.codes import SCHEME_OF_FIRST_DIGIT
from fiscal.errors import (
    FiscalError,
    Place,
    Text,
    UnreadableDocument,
    UnwritableAnswer,
    WrongUsage,
    reason_of,
)

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
    "made_folder",
    "output_option",
    "require_destination",
    "tell",
    "write",
    "write_pieces",
    "year_option",
]

VIOLATED, WRONG_USAGE, FAILED = 1, 2, 3
# Any year a public budget may be of; more is a slip of the keys.
_YEARS = click.IntRange(1950, 2199)
SCHEME_NAMES = tuple(SCHEME_OF_FIRST_DIGIT.values())
_NAMES_OF_FILES = (".html", ".htm", ".svg", ".png", ".pdf", ".md", ".docx", ".json", ".txt")
# Controls but for tabs, new lines and the colours of `click.style`; and what turns the direction.
_OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
    "|\x1b(?!\\[[0-9;]{0,9}m)"
)
_STANDARD_OUTPUT = "stdout"
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


def year_option(meaning: str, *, required: bool = False) -> Callable[[_Command], _Command]:
    """Offer `--year`, a fiscal year of four digits."""
    return click.option("--year", type=_YEARS, required=required, help=meaning)


def exit_code_of(error: FiscalError) -> int:
    """Return 2 where the request was wrong and 3 where the work could not be done."""
    return WRONG_USAGE if isinstance(error, WrongUsage) else FAILED


@contextmanager
def failures_told(language: str) -> Iterator[None]:
    """Tell an error on stderr, in one line, and exit with its code."""
    try:
        yield
    except FiscalError as error:
        tell(error, language)
        sys.exit(exit_code_of(error))


def tell(error: FiscalError, language: str) -> None:
    """Tell an error on stderr, in one line that a terminal shows and does not obey."""
    click.echo(_harmless(error.render(language), sys.stderr), err=True)


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


def made_folder(path: str) -> Path:
    """Return the folder of that path, made where it is not there. Raises UnwritableAnswer.

    A name that ends like a page or a picture is a file's, and no folder is made of it.
    """
    folder = Path(path)
    if not folder.is_dir() and folder.suffix.lower() in _NAMES_OF_FILES:
        raise WrongUsage(
            Text(
                f"{path} 是文件名，而这里写出多份文件", f"{path} names a file; several are written"
            ),
            Text("请用 -o 给出文件夹", "name a folder with -o"),
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = reason_of(error)
        raise UnwritableAnswer(
            Text(f"无法建立文件夹（{reason.zh}）", f"cannot make the folder ({reason.en})"),
            Text("请检查路径是否可写", "check that the path is writable"),
            Place(path),
        ) from error
    return folder


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
            _show(piece)
        return
    _require_other(output, sources)
    with _failure_to_write(output):
        Path(output).write_bytes(b"")
    # Only writing is guarded here: to make the pieces may fail in ways of its own.
    with Path(output).open("ab", buffering=0) as file:
        for piece in pieces:
            with _failure_to_write(output):
                file.write(_without_colours(piece))


def _show(piece: str | bytes) -> None:
    try:
        click.echo(_harmless(piece, sys.stdout) if isinstance(piece, str) else piece, nl=False)
    except BrokenPipeError:
        # Who reads has seen enough, as `| head` has; click ends the program quietly.
        raise
    except OSError as error:
        # What is left in the buffer would fail anew when the program ends.
        with open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
        raise _unwritable(_STANDARD_OUTPUT, error) from error


def _harmless(text: str, stream: TextIO) -> str:
    """Leave out what a terminal would obey or hide behind; other readers get every character."""
    return _OBEYED.sub("", text) if stream.isatty() else text


@contextmanager
def _failure_to_write(output: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise _unwritable(output, error) from error


def _unwritable(output: str, error: Exception) -> UnwritableAnswer:
    reason = reason_of(error)
    return UnwritableAnswer(
        Text(f"无法写入文件（{reason.zh}）", f"cannot write the file ({reason.en})"),
        Text(
            "请检查文件夹是否存在、是否可写、磁盘是否有空间",
            "check that the folder is there and writable and the disk not full",
        ),
        Place(output),
    )


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
