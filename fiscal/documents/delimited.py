"""Delimited tables (csv, tsv): one table; the document's text is its rows, cells parted by tabs."""

from __future__ import annotations

import csv
import io

from fiscal.documents.grid import grid_of_rows
from fiscal.documents.layout import lay_out
from fiscal.documents.plain_text import decode
from fiscal.errors import Place, Text, UnreadableDocument
from fiscal.model import Document

__all__ = ["read"]


def read(data: bytes, path: str, sha256: str) -> Document:
    """Read a table parted by commas, semicolons or tabs, whichever its first line has most of.

    Raises UnreadableDocument, naming the row, where quoting never ends or a cell is too long.
    """
    text = decode(data)
    first_line = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = []
    try:
        rows = [tuple(row) for row in reader]
    except csv.Error as error:
        raise UnreadableDocument(
            Text("表格不合 CSV 格式", f"this is no well-formed CSV ({error})"),
            Text("请检查该行的引号", "check the quotes in that row"),
            Place(path, row=reader.line_num),
        ) from error
    return lay_out(path, sha256, [grid_of_rows(rows)])
