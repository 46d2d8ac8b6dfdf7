"""RDF from a file: read into memory, and never from anywhere else.

What a file names is not fetched: no `owl:imports`, and no context of JSON-LD from the web. A file
is refused with the line and column where it stops being well formed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store, parse

from fiscal.errors import Place, Text, UnreadableDocument
from fiscal.files import STANDARD_INPUT, read_bytes
from fiscal.ontology.names import BASE, graph_iri, xkos
from fiscal.ontology.scheme import YEARS
from fiscal.ontology.store import open_graph

__all__ = [
    "SUFFIXES",
    "parse_rdf",
    "quads_of",
    "read_rdf",
    "shipped_store",
    "with_shipped",
]

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
}
SUFFIXES = tuple(_FORMATS)
_OURS = f"<{BASE}"
_SHARED = ("vocabulary", "terms", "cube")
_YEAR = re.compile(rf"^<{re.escape(BASE)}(?:scheme|heading)/\w+/(\d{{4}})\b")


def read_rdf(path: str) -> bytes:
    """Return the bytes of an RDF file, or of standard input for `-`, without a byte order mark.

    Raises UnreadableDocument, naming the file, where it cannot be read or is too large.
    """
    return read_bytes(path).removeprefix(_BYTE_ORDER_MARK)


def parse_rdf(data: bytes, path: str) -> Store:
    """Return the store of an RDF file; standard input is TriG, of which Turtle is a part.

    Raises UnreadableDocument, with file, line and column, where it is not well formed.
    """
    store = Store()
    store.bulk_extend(quads_of(data, path))
    if not len(store):
        raise UnreadableDocument(
            Text("文件中没有三元组", "there is no triple in the file"),
            Text("请检查文件是否保存完整", "check that the file was saved whole"),
            Place(path),
        )
    return store


def quads_of(data: bytes, path: str) -> Iterator[Quad]:
    """Yield the quads of an RDF file just as they are written, as `parse_rdf` reads them."""
    try:
        yield from parse(data, _format_of(path))
    except SyntaxError as error:
        raise _malformed(error, path) from error


def with_shipped(own: Store) -> Store:
    """Add to a store what it refers to in the shipped graph.

    A document's amounts name headings, and a year's headings name terms, that their file does not
    hold. What the file describes itself, a node or a year's list, is taken from the file alone.
    """
    if any(_OURS in str(quad.object) for quad in own):
        described = {quad.subject for quad in own}
        shipped = open_graph()
        graphs = [*map(graph_iri, _SHARED), *map(graph_iri, sorted(_years_lacking(own)))]
        own.bulk_extend(
            quad
            for graph in graphs
            for quad in shipped.quads_for_pattern(None, None, None, graph)
            if quad.subject not in described
        )
    return own


def shipped_store() -> Store:
    """Return the shipped graph in memory, where the checks run twice as fast as on disk."""
    store = Store()
    store.bulk_extend(open_graph())
    return store


def _years_lacking(own: Store) -> set[int]:
    """Return the years whose headings or lists are named, but no list of which is here."""
    named = {year for quad in own for year in _YEAR.findall(str(quad.object))}
    lists = {
        year
        for quad in own
        if quad.predicate == xkos("belongsTo")
        for year in _YEAR.findall(str(quad.subject))
    }
    return {year for year in YEARS if str(year) in named - lists}


def _format_of(path: str) -> RdfFormat:
    suffix = ".trig" if path == STANDARD_INPUT else Path(path).suffix.lower()
    if suffix in _FORMATS:
        return _FORMATS[suffix]
    known = "\u0020".join(SUFFIXES)
    raise UnreadableDocument(
        Text(
            f"不认识的 RDF 文件类型 {suffix or '（无扩展名）'}",
            f"unknown type of RDF file {suffix or '(no ending)'}",
        ),
        Text(f"可读的类型：{known}", f"these can be read: {known}"),
        Place(path),
    )


def _malformed(error: SyntaxError, path: str) -> UnreadableDocument:
    if "LoadDocumentCallback" in str(error):
        return UnreadableDocument(
            Text(
                "JSON-LD 的上下文在网上，不会去取", "a JSON-LD context is remote, and not fetched"
            ),
            Text("请把上下文写进文件", "write the context into the file"),
            Place(path),
        )
    detail = "\u0020".join(str(error.msg).split()).split(": ", 1)[-1][:200]
    column = "" if error.offset is None else str(error.offset)
    return UnreadableDocument(
        Text(f"不是格式正确的 RDF（{detail}）", f"this is not well-formed RDF ({detail})"),
        Text("请改正该处", "correct that place"),
        Place(path, row=error.lineno, column=column),
    )
