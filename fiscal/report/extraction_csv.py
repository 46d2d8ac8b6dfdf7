"""Facts as CSV that a spreadsheet opens rightly and does not run.

UTF-8 with a byte order mark, without which Excel takes Chinese for another encoding; lines end as
RFC 4180 has them. A text that a spreadsheet might run as a formula gets an apostrophe before it,
and so does one that begins with an apostrophe: whoever takes one leading apostrophe off the texts
has them back. Numbers are never touched.

>>> guarded("=1+1"), guarded("'quoted"), guarded("行政运行")
("'=1+1", "''quoted", '行政运行')
>>> unguarded(guarded("=1+1")), unguarded("行政运行")
('=1+1', '行政运行')
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from fiscal.model import Extraction
from fiscal.report.extraction_rows import COLUMNS, Holds, fact_rows

__all__ = ["FLAGS_PARTED_BY", "csv_pieces", "guarded", "unguarded"]

FLAGS_PARTED_BY = "; "
_MARK = "\ufeff"
# What a spreadsheet takes for the start of a formula, full-width in East Asia as well.
_RUN = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "'")


def csv_pieces(extractions: Iterable[Extraction]) -> Iterator[bytes]:
    """Yield the header and then the rows of each document; what is not said is empty."""
    yield (_MARK + _lines([[column.key for column in COLUMNS]])).encode()
    for extraction in extractions:
        rows = ([_cell(row[c.key], c.holds) for c in COLUMNS] for row in fact_rows(extraction))
        yield _lines(rows).encode("utf-8", errors="replace")


def _lines(rows: Iterable[list[str]]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue()


def _cell(value: Any, holds: Holds) -> str:
    if value is None:
        return ""
    if holds is Holds.TEXTS:
        return guarded(FLAGS_PARTED_BY.join(value))
    return guarded(value) if holds is Holds.TEXT else str(value)


def guarded(text: str) -> str:
    """Return a text with an apostrophe before it where a spreadsheet might run it."""
    return f"'{text}" if text.startswith(_RUN) else text


def unguarded(cell: str) -> str:
    """Return the text that a cell was guarded for."""
    return cell.removeprefix("'")
