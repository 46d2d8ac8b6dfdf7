"""Instruments of the law and their articles: when each is in force, and how it is known.

Two lists beside this module name the instruments and say in short what their articles ask. An
article is verified where its text was seen, else recalled, and a citation of a recalled one says
so. The text of a law that a user supplies is kept in the user's folder by article; from then on
the article is quoted and counts as verified.

>>> from datetime import date
>>> article = in_force("budget_law/75", date(2024, 12, 31))
>>> cite(article).zh
'《中华人民共和国预算法》第七十五条（凭记忆，未核原文）'
>>> in_force("budget_regulation/6", date(2019, 12, 31)) is None
True
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from fiscal.errors import FiscalError, Place, Text, UnreadableDocument, WrongUsage, reason_of
from fiscal.home import HOME, home
from fiscal.law.numbers import printed, sort_key

__all__ = [
    "Article",
    "Instrument",
    "articles",
    "cite",
    "forget_text",
    "in_force",
    "instruments",
    "keep_text",
    "quoted",
    "versions_of",
]

_LONGEST_QUOTE = 100
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, regulation or rule in one version, with the dates (both included) it is in force."""

    key: str
    title: Text
    number: str
    in_force_from: date
    in_force_to: date | None
    is_verified: bool

    def is_in_force(self, day: date) -> bool:
        """Tell whether this version is in force on a day."""
        return self.in_force_from <= day <= (self.in_force_to or date.max)


@dataclass(frozen=True, slots=True)
class Article:
    """An article: `number` like 75 or 10-1, "annex", or "" for the instrument as a whole.

    `gist` says in short what it asks. `text` is its wording where a user supplied it.
    """

    instrument: Instrument
    number: str
    gist: Text
    is_verified: bool
    text: str | None = None

    @property
    def key(self) -> str:
        """What rules name it by, like budget_law/75."""
        return f"{self.instrument.key}/{self.number}" if self.number else self.instrument.key


@lru_cache(maxsize=1)
def instruments() -> tuple[Instrument, ...]:
    """Return every version of every instrument, in the order of the list."""
    return tuple(
        Instrument(
            row["key"],
            Text(row["title_zh"], row["title_en"]),
            row["number"],
            date.fromisoformat(row["in_force_from"]),
            date.fromisoformat(row["in_force_to"]) if row["in_force_to"] else None,
            row["evidence"] == "verified",
        )
        for row in _rows("instruments")
    )


def versions_of(key: str) -> tuple[Instrument, ...]:
    """Return the versions of an instrument, the oldest first. Raises WrongUsage for none."""
    found = tuple(each for each in instruments() if each.key == key)
    if not found:
        known = " ".join(dict.fromkeys(each.key for each in instruments()))
        raise WrongUsage(
            Text(f"没有法规 {key}", f"no instrument {key}"),
            Text(f"可用：{known}", f"these are known: {known}"),
        )
    return found


def articles() -> tuple[Article, ...]:
    """Return every article known of every version, each with its text where a user supplied it."""
    return tuple(article for each in instruments() for article in _articles_of(each))


def in_force(key: str, day: date) -> Article | None:
    """Return the article `key` in the version in force on a day; None where there is none."""
    name, _, number = key.partition("/")
    versions = (each for each in instruments() if each.key == name and each.is_in_force(day))
    found = (each for version in versions for each in _articles_of(version))
    return next((each for each in found if each.number == number), None)


def cite(article: Article) -> Text:
    """Return the citation of an article; one that was not checked against its text says so."""
    title, number = article.instrument.title, article.number
    place = f", article {number}" if number[:1].isdigit() else f", {number}" if number else ""
    recalled = ("", "") if article.is_verified else ("（凭记忆，未核原文）", " (recalled)")
    return Text(f"《{title.zh}》{printed(number)}{recalled[0]}", f"{title.en}{place}{recalled[1]}")


def quoted(article: Article) -> Text:
    """Return the citation of an article, with the beginning of its wording where it is known."""
    citation = cite(article)
    if not article.text:
        return citation
    wording = article.text.replace("\n", "")
    wording = wording if len(wording) <= _LONGEST_QUOTE else wording[: _LONGEST_QUOTE - 1] + "…"
    return Text(f"{citation.zh}：“{wording}”", f"{citation.en}: “{wording}”")


def keep_text(instrument: Instrument, texts: Mapping[str, str], source: str) -> Path:
    """Keep the articles of a version, by number, in the user's folder; return the file's path."""
    path = _path_of(instrument)
    record = {"source": source, "articles": dict(texts)}
    temporary = path.with_suffix(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    return path


def forget_text(key: str) -> bool:
    """Remove the texts of an instrument from the user's folder; tell whether there were any."""
    paths = [path for each in versions_of(key) if (path := _path_of(each)).exists()]
    for path in paths:
        try:
            path.unlink()
        except OSError as error:
            raise _unwritable(path, error) from error
    return bool(paths)


def _articles_of(instrument: Instrument) -> list[Article]:
    texts = _texts_of(instrument)
    listed = {each.number: each for each in _listed(instrument)}
    for number, text in texts.items():
        known = listed.get(number) or Article(instrument, number, Text("", ""), True)
        listed[number] = replace(known, text=text, is_verified=True)
    return sorted(listed.values(), key=lambda each: sort_key(each.number))


def _listed(instrument: Instrument) -> Iterator[Article]:
    for row in _rows("articles"):
        if row["instrument"] == instrument.key:
            # What is known of one version's wording says nothing sure about an older one.
            is_verified = row["evidence"] == "verified" and instrument.is_verified
            gist = Text(row["gist_zh"], row["gist_en"])
            yield Article(instrument, row["article"], gist, is_verified)


@lru_cache(maxsize=2)
def _rows(name: str) -> tuple[Mapping[str, str], ...]:
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _texts_of(instrument: Instrument) -> Mapping[str, str]:
    path = _path_of(instrument)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(path, instrument.key) from error


@lru_cache(maxsize=32)
def _read(path: Path, _changed: int) -> Mapping[str, str]:
    record = json.loads(path.read_text(encoding="utf-8"))
    texts = {str(number): str(text) for number, text in record["articles"].items()}
    for number in texts:
        sort_key(number)
    return texts


def _path_of(instrument: Instrument) -> Path:
    return Path(home()) / "laws" / f"{instrument.key}-{instrument.in_force_from}.json"


def _damaged(path: Path, key: str) -> UnreadableDocument:
    again = f"fiscal law forget {key}"
    return UnreadableDocument(
        Text("导入的法规原文已损坏", "the text of this law is damaged"),
        Text(f"运行 {again}，再重新导入", f"run {again}, then import it anew"),
        Place(str(path)),
    )


def _unwritable(path: Path, error: OSError) -> FiscalError:
    return FiscalError(
        Text(f"无法写入（{reason_of(error).zh}）", f"cannot write it ({reason_of(error).en})"),
        Text(f"检查权限，或用 {HOME} 另指文件夹", f"check permissions, or name a folder in {HOME}"),
        Place(str(path)),
    )
