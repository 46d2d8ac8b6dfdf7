"""`fiscal query` and `fiscal export`: the graph asked, and the graph handed over."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fiscal.cli.answer import (
    failures_told,
    format_option,
    language_option,
    output_option,
    write,
    write_pieces,
    year_option,
)
from fiscal.errors import Place, Text, UnreadableDocument, WrongUsage, listed

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store

__all__ = ["export", "query"]


@click.command()
@click.argument("question", metavar="[SPARQL | FILE.rq | NAME]", required=False)
@click.option("--list", "listed", is_flag=True, help="List the named queries.")
@click.option("--set", "settings", metavar="NAME=VALUE", multiple=True, help="Set a parameter.")
@click.option("--data", metavar="INPUT", help="Ask about the facts of this document too.")
@click.option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint instead.")
@click.option(
    "--timeout",
    type=click.IntRange(1),
    default=120,
    show_default=True,
    help="Stop after so many seconds.",
)
@format_option("table", "json", "csv", "xml", "ttl")
@language_option
@output_option
def query(
    question: str | None,
    listed: bool,
    settings: tuple[str, ...],
    data: str | None,
    endpoint: str | None,
    timeout: int,
    form: str,
    lang: str,
    output: str | None,
) -> None:
    """Ask the graph of the classification in SPARQL, or by the name of a query.

    Every year is a graph of its own, https://w3id.org/fiscal/graph/2019, to be named with GRAPH or
    FROM; a query that names no graph sees all of them as one.
    """
    from fiscal.cli.bounds import bounded
    from fiscal.ontology.query import ask, ask_remote
    from fiscal.report.query import query_list, result_text

    with failures_told(lang):
        if listed or question is None:
            write(query_list(lang), output)
            return
        text = _text_of(question)
        values = _values(settings)
        asked = partial(ask_remote, endpoint) if endpoint else partial(ask, _store(data))
        with bounded(timeout, lang):
            result = asked(text, values)
            answer = result_text(result, form)
        write(answer, output)


def _text_of(question: str) -> str:
    """Return the SPARQL that a text, a file's name or a query's name stands for."""
    from fiscal.ontology.named_queries import named_queries

    if question in named_queries():
        return named_queries()[question].text
    if question.endswith(".rq"):
        try:
            return Path(question).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UnreadableDocument(
                Text("打不开查询文件", "cannot read the query"),
                Text("请检查路径和编码（UTF-8）", "check the path and that it is UTF-8"),
                Place(question),
            ) from error
    if not any(character.isspace() or character == "{" for character in question):
        known = listed(named_queries())
        raise WrongUsage(
            Text(f"没有名为 {question} 的查询", f"there is no query {question}"),
            Text(f"可用：{known.zh}", f"these are known: {known.en}"),
        )
    return question


def _values(settings: tuple[str, ...]) -> dict[str, str]:
    pairs = [setting.partition("=") for setting in settings]
    for name, equals, _ in pairs:
        if not equals:
            raise WrongUsage(
                Text(f"“{name}”不是参数", f"“{name}” sets nothing"),
                Text("写成 --set code=208", "write --set code=208"),
            )
    return {name: value for name, _, value in pairs}


def _store(data: str | None) -> Store:
    from fiscal.ontology.store import open_graph, with_facts

    store = open_graph()
    if data is None:
        return store
    quads, years = _facts_of(data)
    return with_facts(store, quads, years)


def _facts_of(data: str) -> tuple[Iterator[Quad], set[int]]:
    from fiscal.documents.reader import read_file
    from fiscal.extract.extractor import extract_facts
    from fiscal.ontology.observations import fact_quads

    extraction = extract_facts(read_file(data))
    return fact_quads(extraction), {f.fiscal_year for f in extraction.facts if f.fiscal_year}


@click.command()
@year_option("Only this year's classification.")
@click.option("--data", metavar="INPUT", help="The facts of this document instead.")
@click.option("--store", metavar="FOLDER", help="Write an Oxigraph store to this new folder.")
@format_option("nq", "ttl", "trig", "jsonld")
@language_option
@output_option
def export(
    year: int | None, data: str | None, store: str | None, form: str, lang: str, output: str | None
) -> None:
    """Hand over the graph: all years, one year, or the facts of a document.

    N-Quads, TriG and JSON-LD keep a graph for each year; Turtle has no graphs and writes all
    triples as one.
    """
    from fiscal.ontology.store import save_store, serialized

    with failures_told(lang):
        quads = _exported(year, data)
        if store is not None:
            _require_new(store)
            save_store(Path(store), quads)
            return
        write_pieces([serialized(quads, form)], output, [data] if data else [])


def _require_new(folder: str) -> None:
    if Path(folder).exists() and any(Path(folder).iterdir()):
        raise WrongUsage(
            Text(f"文件夹 {folder} 不是空的", f"the folder {folder} is not empty"),
            Text("请给一个新文件夹", "name a new folder"),
        )


def _exported(year: int | None, data: str | None) -> Iterator[Quad]:
    from fiscal.ontology.build import graph_quads, year_quads

    if data is not None:
        return _facts_of(data)[0]
    return graph_quads() if year is None else year_quads(year)
