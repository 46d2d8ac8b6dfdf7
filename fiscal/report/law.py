"""Articles of the law as text and as JSON records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from fiscal.errors import Text
from fiscal.law import Article, Instrument, cite

__all__ = ["article_lines", "article_record", "kept_lines", "kept_record"]


def article_lines(articles: Iterable[Article], language: str = "zh") -> Iterator[str]:
    """Yield each article: its key, its citation, since when, and its wording or else its gist."""
    for article in articles:
        yield f"{article.key}  {cite(article).to(language)}  {_dates(article.instrument)}"
        for line in (article.text or article.gist.to(language)).split("\n"):
            yield f"    {line}"


def article_record(article: Article) -> dict[str, Any]:
    """Return an article as a record for JSON."""
    instrument = article.instrument
    return {
        "key": article.key,
        "instrument": instrument.title.zh,
        "issued_as": instrument.number,
        "article": article.number,
        "citation": cite(article).zh,
        "gist": article.gist.zh or None,
        "text": article.text,
        "verified": article.is_verified,
        "in_force_from": str(instrument.in_force_from),
        "in_force_to": str(instrument.in_force_to) if instrument.in_force_to else None,
    }


def kept_lines(
    instrument: Instrument, numbers: Iterable[str], path: str | None, language: str = "zh"
) -> Iterator[str]:
    """Yield how many articles of which instrument were found, and where they are kept."""
    count, title = len(list(numbers)), instrument.title
    dates = _dates(instrument)
    yield Text(
        f"《{title.zh}》（{dates}）：{count} 条", f"{title.en} ({dates}): {count} articles"
    ).to(language)
    if path:
        yield Text(f"已存于 {path}", f"kept in {path}").to(language)


def kept_record(instrument: Instrument, numbers: Iterable[str], path: str | None) -> dict[str, Any]:
    """Return what was taken in as a record for JSON."""
    return {
        "key": instrument.key,
        "in_force_from": str(instrument.in_force_from),
        "articles": list(numbers),
        "path": path,
    }


def _dates(instrument: Instrument) -> str:
    return f"{instrument.in_force_from}–{instrument.in_force_to or ''}"
