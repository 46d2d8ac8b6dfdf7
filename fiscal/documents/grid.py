"""From grids of cell texts to a `Document`: what every reader of tables ends with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fiscal.model import Document, Table

__all__ = ["document_of"]

_ONE_LINE = str.maketrans("\t\r\n\v\f", "\u0020" * 5)


def document_of(
    path: str, sha256: str, grids: Iterable[tuple[str, Sequence[tuple[str, ...]]]]
) -> Document:
    """Lay grids out as one text, a row a line and cells parted by tabs, and keep their places."""
    tables, lines, length = [], [], 0
    for name, rows in grids:
        tables.append(Table(name, tuple(rows), start=length))
        for row in rows:
            # One character for one, so that a cell's place is known from the lengths of the cells.
            line = "\t".join(cell.translate(_ONE_LINE) for cell in row) + "\n"
            lines.append(line)
            length += len(line)
    return Document(path, sha256, "".join(lines), tuple(tables))
