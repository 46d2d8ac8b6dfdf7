"""Plain text (txt, md): the text of the document is the text of the file, character for character.

UTF-8, UTF-16 and UTF-32 are read, and GB 18030, in which many offices still write.
"""

from __future__ import annotations

import codecs

from fiscal.documents.layout import blocks_of_text
from fiscal.documents.text_tables import tables_of_text
from fiscal.errors import Text, UnreadableDocument
from fiscal.model import Document

__all__ = ["decode", "read"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # Before that of UTF-16, which it begins with.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# In UTF-16 every digit and new line has a zero byte, so that one byte in fifty is hardly none.
_ZEROS_AT_LEAST = 50


def read(data: bytes, path: str, sha256: str) -> Document:
    """Read bytes as text. Raises UnreadableDocument where they are none."""
    text = decode(data)
    tables = tables_of_text(text)
    return Document(path, sha256, text, tables, blocks_of_text(text, tables))


def decode(data: bytes) -> str:
    """Decode text in the encoding it bears the mark of, else UTF-8, else GB 18030, else UTF-16.

    Raises UnreadableDocument, with the place, where none of them fits or the bytes are no text.

    >>> decode("行政运行".encode("gb18030")), decode("运行 2019".encode("utf-16-be"))
    ('行政运行', '运行 2019')
    """
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030", *_unmarked(data)):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _no_text(data, marked or "utf-8")


def _unmarked(data: bytes) -> tuple[str, ...]:
    """Return which UTF-16 bytes without a mark may be: where their zeros stand tells."""
    # A few characters, such as 一, have theirs on the other side.
    fewer, more = sorted((data[::2].count(0), data[1::2].count(0)))
    if more * _ZEROS_AT_LEAST < len(data) or 2 * fewer > more:
        return ()
    return ("utf-16-be",) if more == data[::2].count(0) else ("utf-16-le",)


def _no_text(data: bytes, encoding: str) -> UnreadableDocument:
    try:
        text = data.decode(encoding)
        at = len(text[: text.index("\0")].encode(encoding))
    except UnicodeDecodeError as error:
        at = error.start
    line = data.count(b"\n", 0, at) + 1
    column = at - data.rfind(b"\n", 0, at)
    return UnreadableDocument(
        Text(
            f"不是文本文件，或编码不明：第 {line} 行第 {column} 字节不合 {encoding.upper()}",
            f"this is no text, or its encoding is unknown: byte {column} of line {line} is not "
            f"{encoding.upper()}",
        ),
        Text(
            "请改正该处，或另存为 UTF-8 编码的文本", "correct it there, or save it as text in UTF-8"
        ),
    )
