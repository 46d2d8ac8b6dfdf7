"""The contents of a document (目录): what it lists, and what of that the body lacks.

An entry counts as there where a heading of the body holds its words, the year, the number and the
body's own name aside: 一、部门主要职能 and 某县财政局主要职能 are one heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

__all__ = ["contents_of", "lacking_in"]

_MARK = re.compile(r"\[bookmark:[^\]\n]{0,80}\]|[#*|]")
_TITLE = re.compile(r"^目\s{0,8}[录次]$")
_PAGE = re.compile(r"(?<!\d)\d{1,3}$")
_LEADERS = ".．…·•‥_-—\t\u3000\u0020"
_ORDINAL = re.compile(
    r"^(?:第[一二三四五六七八九十\d]{1,3}[部章节](?:分)?|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}(?:[.．]\d{1,2}(?!\d)){1,3}[.．、]?|\d{1,2}[.．、]"
    r"|附[件表录][\d一二三四五六七八九十]{0,3}|表[\d一二三四五六七八九十]{1,3})[:：、.．]?"
)
# What may stand in a heading or not: the year, whose it is, marks, and words that say nothing.
_ASIDE = re.compile(
    r"(?:20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年度?|部门|单位|预算主管|情况|的"
    r"|[“”\"'‘’《》（）()\s、，,]"
)
# What stands over all tables at once, and is there if any of them is.
_ALL_TABLES = re.compile(r"(?:收支)?(?:[预决]算)?(?:公开)?[报附]?表格?")
_SENTENCE = re.compile(r"[。；;]")
_REACH = 8000
_MOST_ENTRIES = 120
_LONGEST_ENTRY = 80
_LONGEST_LINE = 400
_SHORTEST = 2


def contents_of(text: str) -> tuple[str, ...]:
    r"""Return the entries of the contents, numbers and leaders taken off, in order.

    >>> contents_of("目 录\n第一部分 概况……1\n一、主要职能……2\n第一部分 概况\n一、主要职能\n")
    ('概况', '主要职能')
    """
    return tuple(_bare(entry) for entry in _entries(text)[0])


def lacking_in(text: str, organisation: str | None) -> tuple[str, ...]:
    """Return the entries of the contents that no heading of the body has."""
    entries, end = _entries(text)
    listed = {_bare(entry): _core(_bare(entry), organisation) for entry in entries}
    headings = set(_headings(text[end:], organisation))
    # 支出决算表 is part of other tables' names, and is not there because one of them is.
    others = "\n".join(sorted(headings - set(listed.values())))
    has_tables = any(heading.endswith("表") for heading in headings)
    return tuple(
        entry
        for entry, words in listed.items()
        if len(words) >= _SHORTEST
        and words not in headings
        and words not in others
        and not (has_tables and _ALL_TABLES.fullmatch(words))
    )


def _entries(text: str) -> tuple[list[str], int]:
    """Return the lines of the contents and the character behind the last of them."""
    entries: list[str] = []
    place, end, is_within = 0, 0, False
    for line in text[:_REACH].split("\n"):
        plain = _MARK.sub("", line).strip()
        if is_within and plain:
            if not _is_entry(plain, entries):
                break
            entries.append(plain)
            end = place + len(line) + 1
        is_within = is_within or bool(_TITLE.match(plain))
        place += len(line) + 1
    return (entries, end) if len(entries) > 1 else ([], 0)


def _is_entry(line: str, before: list[str]) -> bool:
    if len(before) >= _MOST_ENTRIES or len(line) > _LONGEST_LINE or _SENTENCE.search(line):
        return False
    is_first_again = bool(before) and (
        _core(_bare(line), None) == _core(_bare(before[0]), None)
        or (len(_ordinal(line)) > 0 and _ordinal(line) == _ordinal(before[0]))
    )
    bare = _without_page(line)
    is_listed = bool(_ordinal(line)) or bare != line
    return is_listed and len(bare) <= _LONGEST_ENTRY and not is_first_again


def _ordinal(entry: str) -> str:
    match = _ORDINAL.match(entry)
    return match.group() if match else ""


def _bare(entry: str) -> str:
    return _ORDINAL.sub("", _without_page(entry)).strip()


def _without_page(entry: str) -> str:
    """Take the number of the page and what leads to it off an entry."""
    words = _PAGE.sub("", entry.rstrip(_LEADERS))
    return words.rstrip(_LEADERS) or entry


def _core(words: str, organisation: str | None) -> str:
    """Return the words of a heading that tell it from others."""
    return _ASIDE.sub("", words.replace(organisation, "") if organisation else words)


def _headings(body: str, organisation: str | None) -> Iterator[str]:
    lines: Iterable[str] = (_MARK.sub("", line).strip() for line in body.split("\n"))
    for line in lines:
        if 0 < len(line) <= _LONGEST_ENTRY and not _SENTENCE.search(line):
            yield _core(_bare(line), organisation)
