"""Every error `fiscal` raises, and how its message is told.

    FiscalError
    ├── InvalidAmount        a figure that cannot be read as money
    │   └── AmountOutOfRange beyond 64-bit fen
    ├── InvalidCode          not a code of the classification
    ├── UnknownScheme        no such classification
    ├── UnknownHeading       no such heading in that year
    ├── InvalidQuery         a question to the graph that is not SPARQL or not allowed
    ├── NoAnswer             a server that did not answer
    ├── UnreadableDocument   a file that cannot be read, or not as what it claims to be
    ├── UnwritableAnswer     a place where the answer cannot be written
    ├── MissingExtra         a library that an extra would have installed
    ├── MissingFont          a machine without a font for what is to be drawn
    └── WrongUsage           a request that does not fit the input
        └── UnknownYear      a year whose classification is not known

An error says what was found, where, and what to do. A finding about a document is a value and
never an error: an error means that `fiscal` could not do its work.

>>> error = InvalidCode(Text("20 不是科目编码", "20 is not a code"), Text("写成 201", "write 201"))
>>> print(error.at(Place("facts.csv", row=3, column="code")).render("zh"))
facts.csv：第 3 行，code 列：20 不是科目编码。处理：写成 201。
>>> print(error.render("en"))
facts.csv: row 3, column code: 20 is not a code. To do: write 201.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

__all__ = [
    "AmountOutOfRange",
    "FiscalError",
    "InvalidAmount",
    "InvalidCode",
    "InvalidQuery",
    "MissingExtra",
    "MissingFont",
    "NoAnswer",
    "Place",
    "Text",
    "UnknownHeading",
    "UnknownScheme",
    "UnknownYear",
    "UnreadableDocument",
    "UnwritableAnswer",
    "WrongUsage",
    "listed",
    "missing_extra",
    "reason_of",
]


class Text(NamedTuple):
    """One message in Chinese and in English."""

    zh: str
    en: str

    def to(self, language: str) -> str:
        """Return the message in `language`: English for "en", else Chinese."""
        return self.en if language == "en" else self.zh


def listed(parts: Iterable[object]) -> Text:
    """Return parts as a list in a sentence, parted as each language does.

    >>> listed([2019, 2020])
    Text(zh='2019、2020', en='2019, 2020')
    """
    told = [str(part) for part in parts]
    return Text("、".join(told), ", ".join(told))


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the input: a file, and a sheet, row (from 1) and column in it as far as known."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""

    def describe(self) -> Text:
        """Tell the place in both languages, the outermost part first."""
        chinese = [f"工作表 {self.sheet}"] if self.sheet else []
        english = [f"sheet {self.sheet}"] if self.sheet else []
        if self.row is not None:
            chinese.append(f"第 {self.row} 行")
            english.append(f"row {self.row}")
        if self.column:
            chinese.append(f"{self.column} 列")
            english.append(f"column {self.column}")
        inside = Text("，".join(chinese), ", ".join(english))
        return Text(
            "：".join(filter(None, (self.file, inside.zh))),
            ": ".join(filter(None, (self.file, inside.en))),
        )


# So much of a long line is shown on each side of the place.
_SHOWN = 80
_REASONS = {
    errno.ENOENT: Text("文件或文件夹不存在", "no such file or folder"),
    errno.EACCES: Text("没有权限", "permission denied"),
    errno.EPERM: Text("不允许此操作", "operation not permitted"),
    errno.EISDIR: Text("这是文件夹，不是文件", "this is a folder, not a file"),
    errno.ENOTDIR: Text("路径中有一段不是文件夹", "a part of the path is no folder"),
    errno.EEXIST: Text("已有同名的文件", "a file of this name exists"),
    errno.ENOSPC: Text("磁盘已满", "no space left on the disk"),
    errno.EROFS: Text("只读的磁盘", "the disk is read-only"),
    errno.ENAMETOOLONG: Text("名称过长", "the name is too long"),
    errno.ELOOP: Text("符号链接循环", "symbolic links go in a circle"),
    errno.ECONNREFUSED: Text("拒绝连接", "connection refused"),
    errno.EIO: Text("读写磁盘出错", "the disk failed"),
}


def reason_of(error: Exception) -> Text:
    """Return why the system refused a file; what it says itself where that is not known.

    >>> reason_of(IsADirectoryError(errno.EISDIR, "Is a directory")).zh
    '这是文件夹，不是文件'
    """
    told = getattr(error, "strerror", None) or str(error)
    return _REASONS.get(getattr(error, "errno", None) or 0, Text(told, told))


class FiscalError(Exception):
    """What was found, what to do about it, and where it was."""

    def __init__(self, found: Text, remedy: Text | None = None, place: Place | None = None) -> None:
        super().__init__(found, remedy, place)
        self.found = found
        self.remedy = remedy
        self.place = place

    def at(self, place: Place) -> Self:
        """Add the place, which the code that noticed the error did not know."""
        self.place = place
        return self

    def within(self, file: str) -> Self:
        """Add the file, where no place or none of a file is known yet."""
        place = self.place or Place()
        return self if place.file else self.at(replace(place, file=file))

    def render(self, language: str = "zh") -> str:
        """Return place, finding and remedy as one line."""
        where = self.place.describe().to(language) if self.place else ""
        found = self.found.to(language)
        if language == "en":
            remedy = f" To do: {self.remedy.en}." if self.remedy else ""
            return f"{where}{': ' if where else ''}{found}.{remedy}"
        remedy = f"处理：{self.remedy.zh}。" if self.remedy else ""
        return f"{where}{'：' if where else ''}{found}。{remedy}"

    def __str__(self) -> str:
        return self.render()


class InvalidAmount(FiscalError):
    """A figure that cannot be read as money."""


class AmountOutOfRange(InvalidAmount):
    """An amount or a sum beyond ±(2⁶³ − 1) fen."""


class InvalidCode(FiscalError):
    """A text that is not a code of the classification."""


class UnknownScheme(FiscalError):
    """A classification that does not exist."""


class UnknownHeading(FiscalError):
    """A code that the classification of the year does not hold."""


class InvalidQuery(FiscalError):
    """A question to the graph that is not SPARQL, or not allowed."""

    line = ""

    def shown(self, text: str, offset: int) -> Self:
        """Add the line of the query that holds the character at `offset`, a caret under it."""
        start = text.rfind("\n", 0, offset) + 1
        line, at = text[start:].split("\n", 1)[0], offset - start
        first = max(0, at - _SHOWN)
        number = text.count("\n", 0, offset) + 1
        caret = "\u0020" * (at - first) + "^"
        self.line = f"\n{number:4} | {line[first : at + _SHOWN]}\n     | {caret}"
        return self

    def render(self, language: str = "zh") -> str:
        """Return what any error tells, and below it the line with its caret."""
        return super().render(language) + self.line


class NoAnswer(FiscalError):
    """A server that did not answer."""


class UnreadableDocument(FiscalError):
    """A file that cannot be read, or not as what its name says."""


class UnwritableAnswer(FiscalError):
    """A place where the answer cannot be written."""


class MissingExtra(FiscalError):
    """A library that is not there because the extra that brings it was not installed."""


def missing_extra(found: Text, extra: str) -> MissingExtra:
    """Return the error of a library that `extra` would bring, with the command that installs it.

    >>> print(missing_extra(Text("写 Word 文档需要 python-docx", ""), "docx").render())
    写 Word 文档需要 python-docx。处理：在程序文件夹中运行 .venv/bin/pip install -e '.[docx]'。
    """
    command = f".venv/bin/pip install -e '.[{extra}]'"
    return MissingExtra(
        found, Text(f"在程序文件夹中运行 {command}", f"in the program's folder run {command}")
    )


class MissingFont(FiscalError):
    """A machine that has no font with the characters to be drawn."""


class WrongUsage(FiscalError):
    """A request that does not fit the input."""


class UnknownYear(WrongUsage):
    """A year whose classification is not known."""
