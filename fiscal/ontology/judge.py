"""A stranger's graph judged, in a process that ends when it takes too long or too much.

No query and no regular expression can be called off once it runs, and a small file can ask for
endless work. So the work is done by a process of its own, with a limit of time and of memory.
"""

from __future__ import annotations

import multiprocessing
import sys
from multiprocessing.connection import Connection
from typing import NamedTuple

from fiscal.errors import FiscalError, Place, Text, UnreadableDocument
from fiscal.ontology.build import graph_quads
from fiscal.ontology.rdf_file import (
    parse_rdf,
    quads_of,
    read_rdf,
    shipped_store,
    with_shipped,
)
from fiscal.ontology.validate import GraphProblem, checks, validate

__all__ = ["LONGEST", "Judgement", "judge"]

# In seconds; the nine years take five, and a hundred thousand amounts forty.
LONGEST = 300.0
_LARGEST = 8 * 1024**3


class Judgement(NamedTuple):
    """What is wrong with a graph, and how many checks and shapes were tried on it."""

    problems: tuple[GraphProblem, ...]
    ran: int


def judge(source: str | None, shapes: str | None = None, seconds: float = LONGEST) -> Judgement:
    """Judge an RDF file, or the shipped graph for None, by the checks and by a file of shapes.

    Raises UnreadableDocument for what cannot be read, and for what cannot be judged in time.
    """
    data = None if source is None else read_rdf(source)
    shapes_data = None if shapes is None else read_rdf(shapes)
    here, there = multiprocessing.Pipe(duplex=False)
    # Spawned, so that it shares no lock and no memory with this process, on any system.
    worker = multiprocessing.get_context("spawn").Process(
        target=_work, args=(there, source, data, shapes, shapes_data), daemon=True
    )
    worker.start()
    there.close()
    try:
        answer = here.recv() if here.poll(seconds) else _too_much(source)
    except EOFError:
        answer = _too_much(source)
    finally:
        worker.kill()
        worker.join()
    if isinstance(answer, FiscalError):
        raise answer
    return Judgement(*answer)


def _too_much(source: str | None) -> UnreadableDocument:
    return UnreadableDocument(
        Text("检查所需的时间或内存超出限度", "judging it takes too much time or memory"),
        Text("请拆分后再试，或去掉极密的关系", "split it, or thin out very dense relations"),
        Place(source or ""),
    )


def _work(
    answers: Connection,
    source: str | None,
    data: bytes | None,
    shapes: str | None,
    shapes_data: bytes | None,
) -> None:
    _limit_memory()
    try:
        answers.send(tuple(_judgement(source, data, shapes, shapes_data)))
    except FiscalError as error:
        answers.send(error)


def _judgement(
    source: str | None, data: bytes | None, shapes: str | None, shapes_data: bytes | None
) -> Judgement:
    if source is None or data is None:
        store, judged = shipped_store(), graph_quads()
    else:
        store, judged = with_shipped(parse_rdf(data, source)), quads_of(data, source)
    if shapes is None or shapes_data is None:
        return Judgement(validate(store), len(checks()))
    # It takes half a second to import pyshacl, which only a file of shapes is worth.
    from fiscal.ontology.shapes import shacl_problems, shape_count

    # A user's shapes judge the user's file, without what of ours stands beside it.
    asked = tuple(quads_of(shapes_data, shapes))
    return Judgement(
        validate(store) + shacl_problems(judged, asked), len(checks()) + shape_count(asked)
    )


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        largest = _LARGEST if hard == resource.RLIM_INFINITY else min(_LARGEST, hard)
        resource.setrlimit(resource.RLIMIT_AS, (largest, hard))
