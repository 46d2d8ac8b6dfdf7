"""The graph in a store: rdflib's API over Oxigraph, built once and kept on disk.

Building nine years takes seconds, opening them a quarter of one. So the built graph is kept in the
user's cache under a stamp of all it was built from; a change of the register makes a new one. Where
the cache cannot be written the graph is built in memory.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import platformdirs
from pyoxigraph import Quad, RdfFormat, Store, serialize
from rdflib import Dataset

from fiscal.home import HOME
from fiscal.ontology.build import graph_quads
from fiscal.ontology.names import PREFIXES, graph_iri
from fiscal.ontology.own_lists import list_paths

__all__ = [
    "FORMATS",
    "dataset_of",
    "open_graph",
    "save_store",
    "serialized",
    "source_stamp",
    "with_facts",
]

FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
}
_KEPT = 3
_ONTOLOGY = ("ontology/*.py", "ontology/*.csv", "ontology/*.ttl", "ontology/schemes/*.csv")
_SOURCES = ("*.py", "law/*.py", "law/*.csv", *_ONTOLOGY)


def open_graph() -> Store:
    """Return the store of the whole classification, from the cache where it is there."""
    folder = _cache_folder() / f"graph-{source_stamp()}"
    try:
        if not folder.exists():
            _build_at(folder)
        return Store.read_only(str(folder))
    except OSError:
        return _filled(Store(), graph_quads())


def with_facts(store: Store, quads: Iterable[Quad], years: Iterable[int]) -> Store:
    """Return a store in memory that holds observations beside the graphs they refer to."""
    shared = ("vocabulary", "terms", "cube", "correspondences", "rules")
    graphs = [*map(graph_iri, shared), *map(graph_iri, years)]
    copied = (quad for graph in graphs for quad in store.quads_for_pattern(None, None, None, graph))
    return _filled(_filled(Store(), copied), quads)


def dataset_of(store: Store) -> Dataset:
    """Return a store through rdflib's API; a query sees all graphs as one unless it names one."""
    from oxrdflib import OxigraphStore

    dataset = Dataset(store=OxigraphStore(store=store), default_union=True)
    for prefix, iri in PREFIXES.items():
        dataset.bind(prefix, iri)
    return dataset


def save_store(folder: Path, quads: Iterable[Quad]) -> None:
    """Write a store on disk that any program using Oxigraph can open."""
    _filled(Store(str(folder)), quads).flush()


def serialized(quads: Iterable[Quad], form: str) -> bytes:
    """Write quads in one of `FORMATS`, the same quads always as the same bytes.

    Turtle has no graphs, so there the triples of all graphs are written as one.
    """
    ordered = sorted(set(quads), key=str)
    if form == "ttl":
        triples = list(dict.fromkeys(quad.triple for quad in ordered))
        return serialize(triples, format=FORMATS[form], prefixes=PREFIXES) or b""
    return serialize(ordered, format=FORMATS[form], prefixes=PREFIXES) or b""


def source_stamp() -> str:
    """Return what changes with anything the graph is built from, the user's own lists included.

    No file is read: each is known by its path, size, time of change and number on the disk, as a
    file written anew, even with the same size in the same instant, has another number.
    """
    package = Path(__file__).parents[1]
    sources = sorted(path for pattern in _SOURCES for path in package.glob(pattern))
    states = ((path, path.stat()) for path in (*sources, *list_paths()))
    known = [(str(p), s.st_size, s.st_mtime_ns, s.st_ino) for p, s in states]
    return hashlib.sha256(repr(known).encode()).hexdigest()[:16]


def _cache_folder() -> Path:
    home = os.environ.get(HOME)
    return Path(home) / "cache" if home else Path(platformdirs.user_cache_dir("fiscal"))


def _build_at(folder: Path) -> None:
    """Build beside the place and move it there, so that a half-built store is never opened."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    being_built = Path(tempfile.mkdtemp(prefix="building-", dir=folder.parent))
    try:
        _filled(Store(str(being_built)), graph_quads()).flush()
        being_built.rename(folder)
    except OSError:
        # Another process may have finished the same build first.
        shutil.rmtree(being_built, ignore_errors=True)
        if not folder.exists():
            raise
    for old in _older_than_kept(folder.parent):
        shutil.rmtree(old, ignore_errors=True)


def _older_than_kept(parent: Path) -> Iterator[Path]:
    built = sorted(parent.glob("graph-*"), key=lambda path: path.stat().st_mtime, reverse=True)
    yield from built[_KEPT:]


def _filled(store: Store, quads: Iterable[Quad]) -> Store:
    store.bulk_extend(quads)
    return store
