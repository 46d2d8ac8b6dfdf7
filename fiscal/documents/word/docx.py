"""Reading a docx: the body, then the notes that it refers to."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from fiscal.documents.grid import Grid
from fiscal.documents.layout import Paragraph, lay_out
from fiscal.documents.package import Package, attribute, open_package, unreadable
from fiscal.documents.word.content import Reader
from fiscal.documents.word.numbering import Numbering
from fiscal.documents.word.styles import Styles
from fiscal.errors import Text
from fiscal.model import Document

__all__ = ["read"]

_MAIN = "word/document.xml"


def read(data: bytes, path: str, sha256: str) -> Document:
    """Read a docx. Raises UnreadableDocument where it is damaged, encrypted or too large."""
    with open_package(data) as package:
        if _MAIN not in package.names:
            raise unreadable(Text("：其中没有 Word 文档", ": no Word document in it"))
        reader = Reader(
            Numbering(_optional(package, "word/numbering.xml")),
            Styles(_optional(package, "word/styles.xml")),
        )
        parts = list(_parts(package, reader))
    return lay_out(path, sha256, parts)


def _optional(package: Package, name: str) -> etree._Element | None:
    return package.root(name) if name in package.names else None


def _parts(package: Package, reader: Reader) -> Iterator[Paragraph | Grid]:
    body = package.root(_MAIN).find("{*}body")
    if body is None:
        raise unreadable(Text("：其中没有正文", ": no text in it"))
    yield from reader.blocks(body)
    for kind in ("footnote", "endnote"):
        notes = _optional(package, f"word/{kind}s.xml")
        for note in notes.iterchildren(f"{{*}}{kind}") if notes is not None else ():
            # Lines that part notes from the text are kept as notes of a type.
            if attribute(note, "type") in ("", "normal"):
                yield from reader.blocks(note)
