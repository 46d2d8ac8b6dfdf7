"""`fiscal law`: the articles that the rules cite, and texts of laws taken in."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from fiscal.cli.answer import (
    failures_told,
    format_option,
    language_option,
    output_option,
    write,
)
from fiscal.errors import Place, Text, UnreadableDocument, WrongUsage

if TYPE_CHECKING:
    from fiscal.law import Article, Instrument

__all__ = ["law"]


class _Law(click.Group):
    """A group that shows articles where no command of its own is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `show` before anything that is neither a command nor a call for help."""
        if not args or args[0] not in (*self.commands, "--help", "-h"):
            args = ["show", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Law)
def law() -> None:
    """Articles of the law: shown (fiscal law [KEY]), their texts taken in, forgotten."""


@law.command()
@click.argument("key", required=False)
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="As in force on a day; else any."
)
@format_option("text", "json")
@language_option
@output_option
def show(key: str | None, day: datetime | None, form: str, lang: str, output: str | None) -> None:
    """Print the articles of an instrument or one article: budget_law, budget_law/75; or all."""
    from fiscal.report.law import article_lines, article_record

    with failures_told(lang):
        found = _found(key, day)
        if form == "json":
            _write_json([article_record(each) for each in found], output)
        else:
            write("\n".join(article_lines(found, lang)) + "\n", output)


@law.command("import")
@click.argument("source", metavar="FILE")
@click.option("--as", "key", help="Key of the instrument; without it, told by the title.")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day from which this version is in force; without it, the newest version.",
)
@click.option("--dry-run", is_flag=True, help="Read it, but write nothing.")
@format_option("text", "json")
@language_option
@output_option
def import_(
    source: str,
    key: str | None,
    since: datetime | None,
    dry_run: bool,
    form: str,
    lang: str,
    output: str | None,
) -> None:
    """Take in the text of a law, which is then quoted and counts as verified.

    Its articles begin with 第…条 on a line of their own. They are kept in your own data folder, or
    the one named in FISCAL_HOME.
    """
    from fiscal.documents.reader import read_file
    from fiscal.law import articles_in, keep_text
    from fiscal.report.law import kept_lines, kept_record

    with failures_told(lang):
        document = read_file(source)
        instrument = _instrument(document.text, source, key, since)
        try:
            texts = articles_in(document.text)
        except UnreadableDocument as error:
            raise error.within(source) from error
        path = None if dry_run else str(keep_text(instrument, texts, source))
        if form == "json":
            _write_json(kept_record(instrument, texts, path), output)
        else:
            write("\n".join(kept_lines(instrument, texts, path, lang)) + "\n", output)


@law.command()
@click.argument("key")
@language_option
def forget(key: str, lang: str) -> None:
    """Remove the text of a law that was taken in."""
    from fiscal.law import forget_text

    with failures_told(lang):
        if not forget_text(key):
            raise WrongUsage(
                Text(f"没有导入过 {key} 的原文", f"no text of {key} was taken in"),
                Text("用 fiscal law 查看", "see fiscal law"),
            )
    click.echo(Text(f"已删除 {key}", f"forgot {key}").to(lang), err=True)


def _found(key: str | None, day: datetime | None) -> list[Article]:
    from fiscal.law import articles, versions_of

    if key:
        versions_of(key.partition("/")[0])
    found = [
        each
        for each in articles()
        if (key is None or key in (each.key, each.instrument.key))
        and (day is None or each.instrument.is_in_force(day.date()))
    ]
    if not found:
        raise WrongUsage(
            Text(f"没有条文 {key or ''}", f"no article {key or ''}"),
            Text("用 fiscal law 查看全部", "see fiscal law for all of them"),
        )
    return found


def _instrument(text: str, source: str, key: str | None, since: datetime | None) -> Instrument:
    from fiscal.law import instrument_named_in, versions_of

    named = instrument_named_in(text)
    if key is None and named is None:
        raise UnreadableDocument(
            Text("看不出是哪部法规", "it does not say which law it is"),
            Text("用 --as 指明，如 --as budget_law", "name it, like --as budget_law"),
            Place(source),
        )
    versions = versions_of(key or (named.key if named else ""))
    matching = [each for each in versions if since is None or each.is_in_force(since.date())]
    if not matching:
        raise WrongUsage(
            Text("该日没有施行的版本", "no version is in force on that day"),
            Text(
                "可用：" + " ".join(str(each.in_force_from) for each in versions),
                "versions since: " + " ".join(str(each.in_force_from) for each in versions),
            ),
        )
    return matching[-1]


def _write_json(record: Any, output: str | None) -> None:
    write(json.dumps(record, ensure_ascii=False, indent=2) + "\n", output)
