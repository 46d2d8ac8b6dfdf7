"""`fiscal locate`: which figure is probably wrong, and what was meant."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from fiscal.cli.answer import (
    VIOLATED,
    failures_told,
    format_option,
    language_option,
    output_option,
    write,
    write_pieces,
    year_option,
)
from fiscal.errors import Text, WrongUsage, listed

if TYPE_CHECKING:
    from fiscal.model import Extraction
    from fiscal.rules.localise import Diagnosis

__all__ = ["locate"]

_COLOURS: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "error": {"fg": "red"},
    "undetermined": {"fg": "yellow"},
    "dim": {"dim": True},
}


@click.command()
@click.argument("source", metavar="INPUT")
@click.option("--trust", multiple=True, metavar="ID", help="A fact that is right; repeatable.")
@click.option("--all", "shows_all", is_flag=True, help="Show every explanation.")
@year_option("Fiscal year; overrules the document's own.")
@click.option(
    "--apply-suggestion",
    type=int,
    metavar="N",
    help="Write the facts with explanation N in place to -o FILE, and check them anew.",
)
@format_option("text", "json")
@language_option
@output_option
def locate(
    source: str,
    trust: tuple[str, ...],
    shows_all: bool,
    year: int | None,
    apply_suggestion: int | None,
    form: str,
    lang: str,
    output: str | None,
) -> None:
    """Name the figures of INPUT that are probably wrong where relations do not hold.

    The fewest figures that, were they other, would let every relation hold are named, the likeliest
    slip first, with what was probably meant. Figures that arithmetic cannot tell apart are told
    together. INPUT is never changed: --apply-suggestion writes the facts as CSV. The exit code is 1
    where a relation does not hold.
    """
    with failures_told(lang):
        extraction = _read(source, year)
        diagnoses = _diagnoses(extraction, frozenset(trust))
        if apply_suggestion is not None:
            extraction = _apply(extraction, diagnoses, apply_suggestion, output, source)
            diagnoses, output = _diagnoses(extraction, frozenset(trust)), None
        write(_answer(extraction, diagnoses, form, lang, shows_all), output, source)
    sys.exit(VIOLATED if diagnoses else 0)


def _read(source: str, year: int | None) -> Extraction:
    from fiscal.documents.reader import read_file
    from fiscal.extract.extractor import extract_facts

    return extract_facts(read_file(source), year=year)


def _diagnoses(extraction: Extraction, trusted: frozenset[str]) -> tuple[Diagnosis, ...]:
    from fiscal.rules.catalogue import rules
    from fiscal.rules.check import check, diagnoses_of

    unknown = trusted - {fact.id for fact in extraction.facts}
    if unknown:
        named = listed(sorted(unknown))
        raise WrongUsage(
            Text(f"没有编号为 {named.zh} 的数字", f"no figure has the id {named.en}"),
            Text("fiscal extract 列出全部编号", "fiscal extract lists all ids"),
        )
    return diagnoses_of(check(extraction, rules()).judgements, trusted)


def _apply(
    extraction: Extraction,
    diagnoses: tuple[Diagnosis, ...],
    number: int,
    output: str | None,
    source: str,
) -> Extraction:
    """Write the corrected facts, and return them."""
    from fiscal.report.extraction_csv import csv_pieces
    from fiscal.rules.repair import numbered, repaired, suggested

    if output is None:
        raise WrongUsage(
            Text("--apply-suggestion 需要 -o 文件", "--apply-suggestion needs -o FILE"),
            Text("请用 -o 给出文件名", "name a file with -o"),
        )
    explanation = dict(numbered(diagnoses)).get(number)
    amounts = suggested(explanation) if explanation else None
    if amounts is None:
        raise WrongUsage(
            Text(f"第 {number} 种解释没有建议值", f"explanation {number} suggests no amount"),
            Text("fiscal locate --all 列出全部解释", "fiscal locate --all lists them all"),
        )
    corrected = repaired(extraction, amounts)
    write_pieces(csv_pieces([corrected]), output, [source])
    return corrected


def _answer(
    extraction: Extraction,
    diagnoses: tuple[Diagnosis, ...],
    form: str,
    lang: str,
    shows_all: bool,
) -> str:
    from fiscal.report.json import write as as_json
    from fiscal.report.suspects import suspect_lines, suspects_record

    if form == "json":
        return as_json(suspects_record(extraction, diagnoses, lang)) + "\n"
    lines = suspect_lines(extraction, diagnoses, lang, shows_all)
    return "".join(click.style(line.text, **_COLOURS.get(line.role, {})) + "\n" for line in lines)
