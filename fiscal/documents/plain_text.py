"""Plain text (txt, md): the text of the document is the text of the file, character for character.

UTF-8 and UTF-16 are read, and GB 18030, in which many offices still write.
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
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read(data: bytes, path: str, sha256: str) -> Document:
    """Read bytes as text. Raises UnreadableDocument where they are none."""
    text = decode(data)
    tables = tables_of_text(text)
    return Document(path, sha256, text, tables, blocks_of_text(text, tables))


def decode(data: bytes) -> str:
    """Decode text in the encoding it bears the mark of, else UTF-8, else GB 18030.

    Raises UnreadableDocument where none of them fits or the bytes are no text.

    >>> decode("行政运行".encode("gb18030"))
    '行政运行'
    """
    marked = [encoding for mark, encoding in _MARKS if data.startswith(mark)]
    for encoding in marked or ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableDocument(
        Text("不是文本文件，或编码不明", "this is no text, or its encoding is unknown"),
        Text("请另存为 UTF-8 编码的文本", "save it as text in UTF-8"),
    )
