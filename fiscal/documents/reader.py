"""Reading a file, whatever its format, into a `Document`.

The ending of the name says what a file claims to be, its first bytes what it is; where they
disagree the file is refused. Standard input (`-`) has no name and is told by its bytes.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path

from fiscal.documents import delimited, plain_text, workbook
from fiscal.errors import Place, Text, UnreadableDocument
from fiscal.model import Document

__all__ = ["MAXIMUM_BYTES", "STANDARD_INPUT", "SUFFIXES", "read_file"]

STANDARD_INPUT = "-"
# Some hundred times the largest disclosure met; a larger file is refused before it is read.
MAXIMUM_BYTES = 256 * 1024 * 1024

_Reader = Callable[[bytes, str, str], Document]
_READERS: dict[str, _Reader] = {
    ".txt": plain_text.read,
    ".md": plain_text.read,
    ".csv": delimited.read,
    ".tsv": delimited.read,
    ".xlsx": workbook.read,
}
SUFFIXES = tuple(_READERS)


def read_file(path: str) -> Document:
    """Read the file at `path`, or standard input for `-`.

    Raises UnreadableDocument, naming the file, where it cannot be read.
    """
    try:
        data = _bytes_of(path)
        if not data:
            raise UnreadableDocument(
                Text("文件是空的", "the file is empty"),
                Text("请检查文件是否保存完整", "check that the file was saved whole"),
            )
        return _reader_for(path, data)(data, path, hashlib.sha256(data).hexdigest())
    except UnreadableDocument as error:
        raise error.at(error.place or Place(path)) from error


def _bytes_of(path: str) -> bytes:
    if path == STANDARD_INPUT:
        data = sys.stdin.buffer.read(MAXIMUM_BYTES + 1)
    else:
        try:
            with Path(path).open("rb") as file:
                data = file.read(MAXIMUM_BYTES + 1)
        except OSError as error:
            raise UnreadableDocument(
                Text(f"打不开文件（{error.strerror}）", f"cannot open the file ({error.strerror})"),
                Text("请检查路径和权限", "check the path and its permissions"),
            ) from error
    if len(data) > MAXIMUM_BYTES:
        size = MAXIMUM_BYTES // 1024**2
        raise UnreadableDocument(
            Text(f"文件大于 {size} MB", f"the file is larger than {size} MB"),
            Text("请拆分后再试", "split it and try again"),
        )
    return data


def _reader_for(path: str, data: bytes) -> _Reader:
    suffix = _told_by_bytes(data) if path == STANDARD_INPUT else Path(path).suffix.lower()
    try:
        return _READERS[suffix]
    except KeyError:
        known = " ".join(SUFFIXES)
        shown = suffix or "（无扩展名）"
        raise UnreadableDocument(
            Text(f"不认识的文件类型 {shown}", f"unknown file type {suffix or '(no ending)'}"),
            Text(f"可读的类型：{known}", f"these can be read: {known}"),
        ) from None


def _told_by_bytes(data: bytes) -> str:
    if data.startswith(workbook.SIGNATURE):
        return ".xlsx"
    first_line = data.split(b"\n", 1)[0].lower()
    return ".csv" if b"code" in first_line or "编码".encode() in first_line else ".txt"
