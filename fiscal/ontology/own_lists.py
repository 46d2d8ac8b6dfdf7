"""The user's own lists: official lists taken in, a file for each classification and year.

They lie in the user's data folder, or in the one that the environment variable `FISCAL_HOME`
names, in the columns of the register (`schemes/README.md`) below one line that says whether the
list is complete. A list of a year stands in the place of the one that `fiscal` ships.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fiscal.errors import FiscalError, Place, Text, UnreadableDocument, reason_of
from fiscal.home import HOME, home

__all__ = [
    "COLUMNS",
    "OwnList",
    "damaged",
    "forget_list",
    "list_paths",
    "path_of",
    "read_list",
    "stamp_of",
    "stamps_of",
    "write_list",
]

COLUMNS = (
    "code",
    "name",
    "budgets",
    "valid_from",
    "valid_to",
    "evidence",
    "seen_years",
    "rating",
    "sources",
    "note",
)
_COMPLETE, _INCOMPLETE = "# complete", "# incomplete"


@dataclass(frozen=True, slots=True)
class OwnList:
    """A user's list as stored: its rows in the order of `COLUMNS`, and whether it is complete."""

    is_complete: bool
    rows: tuple[list[str], ...]


def path_of(name: str, year: int) -> Path:
    """Return where the user's list of a classification and year lies, if there is one."""
    return Path(_file_of(name, year))


def stamp_of(name: str, year: int) -> tuple[int, ...] | None:
    """Return what changes whenever the user's list does, or None where there is no list."""
    try:
        status = os.stat(_file_of(name, year))
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino, status.st_size


def stamps_of(name: str, years: Iterable[int]) -> tuple[tuple[int, ...] | None, ...]:
    """Return the stamps of several years; where the user has no list at all, by one look."""
    if not os.path.isdir(_folder()):
        return tuple(None for _ in years)
    return tuple(stamp_of(name, year) for year in years)


def read_list(path: Path) -> OwnList:
    """Read a user's list. Raises UnreadableDocument where the file is not as it was written."""
    try:
        head, _, body = path.read_text(encoding="utf-8").partition("\n")
        rows = list(csv.reader(io.StringIO(body), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise damaged(path) from error
    well_formed = (
        rows and tuple(rows[0]) == COLUMNS and {len(row) for row in rows} == {len(COLUMNS)}
    )
    if head not in (_COMPLETE, _INCOMPLETE) or not well_formed:
        raise damaged(path)
    return OwnList(head == _COMPLETE, tuple(rows[1:]))


def write_list(name: str, year: int, rows: Iterable[Sequence[str]], is_complete: bool) -> Path:
    """Write a list in the place of an earlier one, whole or not at all, and return its path."""
    path = path_of(name, year)
    text = io.StringIO()
    text.write((_COMPLETE if is_complete else _INCOMPLETE) + "\n")
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *rows])
    temporary = path.with_suffix(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(text.getvalue(), encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    return path


def forget_list(name: str, year: int) -> bool:
    """Remove the user's list of a year; tell whether there was one."""
    path = path_of(name, year)
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _unwritable(path, error) from error
    return True


def list_paths() -> list[Path]:
    """Return the user's lists of all classifications and years, in order of name."""
    return sorted(Path(_folder()).glob("*.csv"))


def _file_of(name: str, year: int) -> str:
    # A look-up asks for every year, so plain text: making paths would take most of its time.
    return f"{_folder()}{os.sep}{name}-{year}.csv"


def _folder() -> str:
    return f"{home()}{os.sep}schemes"


def damaged(path: Path) -> UnreadableDocument:
    """Return the error of a list that is not as it was written."""
    name, _, year = path.stem.rpartition("-")
    again = f"fiscal scheme forget {name} {year}"
    return UnreadableDocument(
        Text("自备科目表已损坏", "this list of your own is damaged"),
        Text(f"运行 {again}，再重新导入", f"run {again}, then import it anew"),
        Place(str(path)),
    )


def _unwritable(path: Path, error: OSError) -> FiscalError:
    return FiscalError(
        Text(f"无法写入（{reason_of(error).zh}）", f"cannot write it ({reason_of(error).en})"),
        Text(f"检查权限，或用 {HOME} 另指文件夹", f"check permissions, or name a folder in {HOME}"),
        Place(str(path)),
    )
