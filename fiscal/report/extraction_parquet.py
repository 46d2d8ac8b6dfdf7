"""Facts as Parquet, with types that keep them exact; needs the extra `parquet`.

`amount` is the number as printed, a text, so that its decimals stay; `value` is a decimal of 38
digits, 12 of them behind the point; `fen` is the money in whole fen. `value` is null where a
number has more digits than that, and `fen` where it is no money or no whole number of fen.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from decimal import Context, Decimal, Inexact, InvalidOperation
from typing import Any

from fiscal.errors import InvalidAmount, Text, missing_extra
from fiscal.model import Extraction
from fiscal.report.extraction_rows import COLUMNS, Column, Holds, fact_rows

__all__ = ["parquet_pieces"]

_DIGITS, _DECIMALS = 38, 12
_LAST_PLACE = Decimal(1).scaleb(-_DECIMALS)
_EXACT = Context(prec=_DIGITS, traps=[Inexact, InvalidOperation])
_FEN = Column("fen", Text("分", "fen"), Holds.WHOLE)


def parquet_pieces(extractions: Iterable[Extraction]) -> Iterator[bytes]:
    """Return the facts of all documents as one Parquet file.

    Raises MissingExtra where the library that writes it is not there.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise missing_extra(
            Text("写 Parquet 需要 pyarrow", "Parquet is written by pyarrow, which is not there"),
            "parquet",
        ) from error
    schema = pyarrow.schema([_field(column, pyarrow) for column in (*COLUMNS, _FEN)])
    buffer = io.BytesIO()
    with pyarrow.parquet.ParquetWriter(buffer, schema) as writer:
        for extraction in extractions:
            rows = list(_rows(extraction))
            writer.write_table(pyarrow.Table.from_pylist(rows, schema))
    return iter([buffer.getvalue()])


def _field(column: Column, pyarrow: Any) -> Any:
    types = {
        Holds.TEXT: pyarrow.string(),
        Holds.TEXTS: pyarrow.list_(pyarrow.string()),
        Holds.WHOLE: pyarrow.int64(),
        Holds.DECIMAL: pyarrow.decimal128(_DIGITS, _DECIMALS),
    }
    kind = Holds.TEXT if column.key == "amount" else column.holds
    return pyarrow.field(column.key, types[kind], metadata={"label": column.label.zh})


def _rows(extraction: Extraction) -> Iterator[dict[str, Any]]:
    for fact, row in zip(extraction.facts, fact_rows(extraction), strict=True):
        try:
            fen = fact.amount.fen
        except InvalidAmount:
            fen = None
        yield {**row, "value": _fitting(Decimal(row["value"])), "fen": fen}


def _fitting(value: Decimal) -> Decimal | None:
    try:
        return value.quantize(_LAST_PLACE, context=_EXACT)
    except (Inexact, InvalidOperation):
        return None
