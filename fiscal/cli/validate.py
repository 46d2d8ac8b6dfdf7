"""`fiscal validate`: a graph judged by what SKOS, XKOS, the Data Cube and we ask of it."""

from __future__ import annotations

import sys

import click

from fiscal.cli.answer import (
    VIOLATED,
    failures_told,
    format_option,
    language_option,
    output_option,
    write,
)

__all__ = ["validate"]


@click.command()
@click.argument("source", metavar="[FILE]", required=False)
@click.option("--shapes", metavar="FILE.ttl", help="Judge by these SHACL Core shapes as well.")
@format_option("text", "json")
@language_option
@output_option
def validate(
    source: str | None, shapes: str | None, form: str, lang: str, output: str | None
) -> None:
    """Judge an RDF file, or the shipped graph, by the conditions it has to meet.

    FILE is Turtle, N-Triples, N-Quads, TriG or JSON-LD (ttl, nt, nq, trig, jsonld), or - for
    standard input. Nothing that it refers to is fetched.
    """
    from fiscal.ontology.judge import judge
    from fiscal.report import json
    from fiscal.report.validation import validation_record, validation_text

    with failures_told(lang):
        problems, ran = judge(source, shapes)
        if form == "json":
            answer = json.write(validation_record(problems, ran, source, lang)) + "\n"
        else:
            answer = validation_text(problems, ran, lang)
        write(answer, output, source)
    sys.exit(VIOLATED if problems else 0)
