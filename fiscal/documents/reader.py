"""Reading a file, whatever its format, into a `Document`.

Each format has a module, loaded when a file of it is met, since their libraries load slowly.
Standard input (`-`) has no name and is told by its bytes.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from fiscal.documents.formats import SUFFIXES, Format, format_of, format_of_stream
from fiscal.errors import Place, Text, UnreadableDocument
from fiscal.model import Document

__all__ = ["MAXIMUM_BYTES", "STANDARD_INPUT", "SUFFIXES", "read_file"]

STANDARD_INPUT = "-"
# Some hundred times the largest disclosure met; a larger file is refused before it is read.
MAXIMUM_BYTES = 256 * 1024 * 1024
_PIECE = 1024 * 1024

_READERS = {
    Format.TEXT: "plain_text",
    Format.DELIMITED: "delimited",
    Format.DOCX: "word.docx",
    Format.DOC: "word.doc",
    Format.PDF: "pdf.reading",
    Format.XLSX: "sheet.xlsx",
    Format.XLS: "sheet.xls",
    Format.PAGE: "web_page",
}


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
        data = _read_up_to_limit(sys.stdin.buffer)
    else:
        try:
            with Path(path).open("rb") as file:
                data = _read_up_to_limit(file)
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


def _read_up_to_limit(file: BinaryIO) -> bytes:
    # By pieces, since a read of so many bytes takes their memory before the first has come.
    data = bytearray()
    while len(data) <= MAXIMUM_BYTES and (piece := file.read(_PIECE)):
        data += piece
    return bytes(data)


def _reader_for(path: str, data: bytes) -> Callable[[bytes, str, str], Document]:
    is_named = path != STANDARD_INPUT
    found = format_of(Path(path).suffix.lower(), data) if is_named else format_of_stream(data)
    read: Callable[[bytes, str, str], Document] = import_module(
        f"fiscal.documents.{_READERS[found]}"
    ).read
    return read
