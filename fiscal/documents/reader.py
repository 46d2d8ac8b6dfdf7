"""Reading a file, whatever its format, into a `Document`.

Each format has a module, loaded when a file of it is met, since their libraries load slowly.
Standard input (`-`) has no name and is told by its bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from fiscal.documents.formats import SUFFIXES, Format, format_of, format_of_stream
from fiscal.errors import Place, Text, UnreadableDocument
from fiscal.files import STANDARD_INPUT, read_bytes
from fiscal.model import Document

__all__ = ["SUFFIXES", "read_file"]

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
        data = read_bytes(path)
        if not data:
            raise UnreadableDocument(
                Text("文件是空的", "the file is empty"),
                Text("请检查文件是否保存完整", "check that the file was saved whole"),
            )
        return _reader_for(path, data)(data, path, hashlib.sha256(data).hexdigest())
    except UnreadableDocument as error:
        raise error.at(error.place or Place(path)) from error


def _reader_for(path: str, data: bytes) -> Callable[[bytes, str, str], Document]:
    is_named = path != STANDARD_INPUT
    found = format_of(Path(path).suffix.lower(), data) if is_named else format_of_stream(data)
    read: Callable[[bytes, str, str], Document] = import_module(
        f"fiscal.documents.{_READERS[found]}"
    ).read
    return read
