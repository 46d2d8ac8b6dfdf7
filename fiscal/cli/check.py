"""`fiscal check`, `explain` and `rules`: every relation judged, one in full, what is judged."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from os.path import realpath
from typing import TYPE_CHECKING, Any

import click

from fiscal.cli.answer import (
    FAILED,
    VIOLATED,
    exit_code_of,
    failures_told,
    format_option,
    inputs,
    language_option,
    output_option,
    require_destination,
    tell,
    write,
    write_pieces,
    year_option,
)
from fiscal.errors import FiscalError, Text, UnreadableDocument, WrongUsage

if TYPE_CHECKING:
    from fiscal.model import Extraction
    from fiscal.report.text import Line
    from fiscal.rules.baseline import Accepted, Baseline
    from fiscal.rules.check import Check
    from fiscal.rules.rule import Rule

__all__ = ["check", "checks_of", "explain", "rules"]

_COLOURS: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "notice": {"fg": "cyan"},
    "undetermined": {"fg": "yellow"},
    "dim": {"dim": True},
}
_SEVERITIES = ("error", "warning", "notice")


@click.command()
@click.argument("sources", metavar="INPUT...", nargs=-1, required=True)
@click.option("--select", multiple=True, help="Judge only rules whose id begins so; repeatable.")
@click.option("--ignore", multiple=True, help="Leave out rules whose id begins so; repeatable.")
@click.option(
    "--min-severity",
    type=click.Choice(_SEVERITIES),
    default="notice",
    show_default=True,
    help="Leave out findings that are lighter.",
)
@click.option("--all", "shows_all", is_flag=True, help="Show every relation that was tried.")
@year_option("Fiscal year of documents that do not say theirs.")
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False),
    help="Leave out the findings that this file accepts, each with its reason.",
)
@click.option(
    "--write-baseline",
    type=click.Path(dir_okay=False),
    help="Write all findings as a baseline, their reasons to be filled in by hand.",
)
@format_option("text", "json", "sarif", "html", "xlsx", "ttl")
@language_option
@output_option
def check(
    sources: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    min_severity: str,
    shows_all: bool,
    year: int | None,
    baseline: str | None,
    write_baseline: str | None,
    form: str,
    lang: str,
    output: str | None,
) -> None:
    """Judge every relation that the figures and words of INPUT should stand in.

    INPUT is a disclosure, a folder of them, or - for standard input. Documents of one body are held
    against each other: two years, its budget and account, a department and its units. A finding
    quotes the sentence, gives the two numbers and what rounding allows, names the figure that is
    likely wrong and cites the law. The end tells what was checked and what could not be. The exit
    code is 1 where something is found that is at least a warning, or as grave as --min-severity
    asks, and 3 where no figure could be read and only words were checked.
    """
    with failures_told(lang):
        chosen = _rules(select, ignore)
        _require_two_files(write_baseline, output)
        accepted = _baseline(baseline)
        if form == "xlsx":
            require_destination(form, output)
        checks, failure = checks_of(sources, chosen, year, lang)
        if write_baseline:
            _write_baseline(checks, write_baseline, sources)
        shown, stale = _shown(checks, accepted, min_severity)
        is_one = len(shown) == 1 == len(sources)
        if shown:
            pieces = _pieces(shown, stale, chosen, form, lang, shows_all, is_one)
            write_pieces(pieces, output, list(sources))
    grave = {"error": ("error",), "warning": _SEVERITIES[:2], "notice": _SEVERITIES[:2]}
    is_wrong = any(
        finding.severity.value in grave[min_severity] for one in shown for finding in one.findings
    )
    sys.exit(failure or (VIOLATED if is_wrong else 0))


def _rules(select: tuple[str, ...], ignore: tuple[str, ...]) -> tuple[Rule, ...]:
    from fiscal.rules.catalogue import selected

    chosen = selected(select, ignore)
    if not chosen:
        raise WrongUsage(
            Text("没有这样的规则", "no rule is left"),
            Text("fiscal rules 列出全部规则", "fiscal rules lists them all"),
        )
    return chosen


def _baseline(path: str | None) -> Baseline:
    from fiscal.rules.baseline import Baseline, read_baseline

    return read_baseline(path) if path else Baseline({})


def checks_of(
    sources: Sequence[str], chosen: Sequence[Rule], year: int | None, lang: str
) -> tuple[list[Check], int]:
    """Check every file; one that cannot be read is told and does not stop the others."""
    from fiscal.documents.reader import read_file
    from fiscal.extract.extractor import extract_facts
    from fiscal.rules.across import related
    from fiscal.rules.check import check as check_rules

    read: list[Extraction] = []
    codes: list[int] = []
    paths = list(dict.fromkeys(path for source in sources for path in inputs(source)))
    for path in paths:
        try:
            extraction = extract_facts(read_file(path), year=year, may_be_empty=True)
            read.append(extraction)
            _require_figures(extraction, lang)
        except FiscalError as error:
            tell(error.within(path), lang)
            codes.append(exit_code_of(error))
    checks = [check_rules(one, chosen, related(one, read)) for one in read]
    return checks, (codes[0] if len(paths) == 1 else FAILED) if codes else 0


def _require_figures(extraction: Extraction, lang: str) -> None:
    """Say that only words could be checked. Raises UnreadableDocument but for a blank form."""
    from fiscal.extract.extractor import blank_form

    error = blank_form(extraction)
    if error:
        tell(error, lang)
    elif not (extraction.facts or extraction.statements):
        raise UnreadableDocument(
            Text("没有读出任何数字，核对的只是文字", "no figure was read: only words were checked"),
            Text(
                "如文件中确有数字，请换一种格式（如 docx、xlsx）再试",
                "if it does hold figures, try it in another format (docx, xlsx)",
            ),
        )


def _shown(
    checks: Sequence[Check], accepted: Baseline, min_severity: str
) -> tuple[list[Check], tuple[Accepted, ...]]:
    """Leave out what is accepted and what is lighter; return the entries that are stale too."""
    wanted = _SEVERITIES[: _SEVERITIES.index(min_severity) + 1]
    stale = accepted.stale(finding for one in checks for finding in one.findings)
    shown = []
    for one in checks:
        left = accepted.without_accepted(one.findings)
        grave = tuple(finding for finding in left if finding.severity.value in wanted)
        shown.append(replace(one, findings=grave))
    return shown, stale


def _require_two_files(baseline: str | None, output: str | None) -> None:
    if baseline and output and realpath(baseline) == realpath(output):
        raise WrongUsage(
            Text("-o 会覆盖 --write-baseline 的文件", "-o would overwrite the baseline written"),
            Text("请给两个不同的文件名", "name two different files"),
        )


def _write_baseline(checks: Sequence[Check], path: str, sources: Sequence[str]) -> None:
    from fiscal.report.json import write as as_json
    from fiscal.rules.baseline import baseline_record

    findings = [finding for one in checks for finding in one.findings]
    record = as_json(baseline_record(findings, date.today()))
    write_pieces([record + "\n"], path, list(sources))


def _pieces(
    checks: Sequence[Check],
    stale: tuple[Accepted, ...],
    chosen: Sequence[Rule],
    form: str,
    lang: str,
    shows_all: bool,
    is_one: bool,
) -> Iterator[str] | Iterator[bytes]:
    if form == "json":
        from fiscal.report.findings import json_pieces

        return json_pieces(checks, lang, shows_all, is_one, stale)
    if form == "sarif":
        from fiscal.report.findings_sarif import sarif_pieces

        return sarif_pieces(checks, chosen, lang, shows_all)
    if form == "html":
        return iter([_page(checks, lang)])
    if form == "ttl":
        from fiscal.report.findings_turtle import turtle_pieces

        return turtle_pieces(checks)
    if form == "xlsx":
        from fiscal.report.working_paper import working_paper_pieces

        return working_paper_pieces(checks, lang, chosen, stale)
    return _text_pieces(checks, stale, lang, shows_all)


def _page(checks: Sequence[Check], lang: str) -> str:
    from fiscal.report.page import page_of

    if len(checks) > 1:
        raise WrongUsage(
            Text("html 一次只写一份文件", "html shows one document"),
            Text("多份文件用 fiscal report … -o 文件夹", "for several: fiscal report … -o FOLDER"),
        )
    return page_of(checks[0], lang)


def _text_pieces(
    checks: Sequence[Check], stale: tuple[Accepted, ...], lang: str, shows_all: bool
) -> Iterator[str]:
    from fiscal.report.findings_text import check_lines, stale_lines

    for one in checks:
        yield _styled(check_lines(one, lang, shows_all))
    yield _styled(stale_lines(stale, lang))


def _styled(lines: Iterator[Line]) -> str:
    return "".join(click.style(line.text, **_COLOURS.get(line.role, {})) + "\n" for line in lines)


@click.command()
@click.argument("fingerprint", metavar="FINDING")
@click.argument("source", metavar="INPUT")
@year_option("Fiscal year of a document that does not say its own.")
@language_option
@output_option
def explain(fingerprint: str, source: str, year: int | None, lang: str, output: str | None) -> None:
    """Explain a finding of INPUT in full, named by its fingerprint or the beginning of one.

    Every figure is told with what its printing leaves open and where it stands, then the
    computation, the figures that may be wrong, and what follows from it.
    """
    from fiscal.report.explanation import explanation_lines
    from fiscal.report.findings import flat

    with failures_told(lang):
        _require_name(fingerprint)
        checks, failure = checks_of([source], _rules((), ()), year, lang)
        named = [
            (finding, one)
            for one in checks
            for finding in flat(one.findings)
            if finding.fingerprint.startswith(fingerprint)
        ]
        if checks and not named:
            raise WrongUsage(
                Text(f"没有编号为 {fingerprint} 的发现", f"no finding {fingerprint}"),
                Text("fiscal check 列出各项发现的编号", "fiscal check lists their fingerprints"),
            )
        answer = "\n".join(_styled(explanation_lines(*each, lang)) for each in named)
        if named:
            write(answer, output, source)
    sys.exit(failure)


def _require_name(fingerprint: str) -> None:
    if not fingerprint.strip():
        raise WrongUsage(
            Text("没有给出发现的编号", "no finding is named"),
            Text("fiscal check 列出各项发现的编号", "fiscal check lists their fingerprints"),
        )


@click.command()
@click.argument("rule_id", metavar="[ID]", required=False)
@format_option("text", "json")
@language_option
@output_option
def rules(rule_id: str | None, form: str, lang: str, output: str | None) -> None:
    """List every rule, those whose id begins with ID, or one with its law and samples."""
    from fiscal.report import catalogue
    from fiscal.report.json import write as as_json

    with failures_told(lang):
        chosen = _rules((rule_id,) if rule_id else (), ())
        if form == "json":
            answer = as_json([catalogue.rule_record(rule, lang) for rule in chosen]) + "\n"
        elif len(chosen) == 1:
            answer = "\n".join(catalogue.rule_lines(chosen[0], lang)) + "\n"
        else:
            answer = "\n".join(catalogue.list_lines(chosen, lang)) + "\n"
        write(answer, output)
