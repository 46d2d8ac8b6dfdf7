r"""The text of a law split into its articles, and which law it is of.

An article begins where a line begins with 第…条. A line that only refers to an article begins so
too where a paragraph is broken, so a number has to come after the one before it, and either next
to it or with a space behind, as the texts of laws print it.

>>> articles_in("第一条　为了规范。\n第二条　预算，依照\n第一条规定执行。")
{'1': '为了规范。', '2': '预算，依照第一条规定执行。'}
"""

from __future__ import annotations

import re

from fiscal.errors import Place, Text, UnreadableDocument
from fiscal.law.articles import Instrument, instruments
from fiscal.law.numbers import ARTICLE, article_number, printed, sort_key

__all__ = ["articles_in", "instrument_named_in"]

_DIVISION = re.compile(r"第[一二三四五六七八九十百]{1,5}[编章节](?:\s|$)")
_REFERENCE = re.compile(r"(?:第[一二三四五六七八九十]+[款项])?(?:规定|的|所|和|、|至|或|中|，|）)")
# A short number with a space or a bracket behind, as the texts of laws print it.
_HEADED = re.compile(
    r"(第[^\s条，。、；]{1,12}条(?:之[一二三四五六七八九十]{1,3})?)(?=[ \t\u3000\u00a0【])"
)
_SPACE = " \t\u3000\u00a0"
_HEAD = 1000


def articles_in(text: str) -> dict[str, str]:
    """Return the wording of every article by its number.

    Raises UnreadableDocument where no line begins with 第…条, or, with the line, where a number is
    none or does not come after the one before it.
    """
    found: dict[str, list[str]] = {}
    number, is_open = "", False
    for row, line in enumerate((raw.strip(_SPACE) for raw in text.split("\n")), 1):
        _require_rising(line, number, row)
        begun = article_number(line)
        if begun and _begins(line, begun, number):
            number, is_open = begun, True
            found[number] = [_behind_number(line)]
        elif _DIVISION.match(line):
            is_open = False
        elif is_open and line:
            found[number].append(line)
    if not found:
        raise _no_articles()
    return {number: "".join(_joined(lines)) for number, lines in found.items()}


def _require_rising(line: str, previous: str, row: int) -> None:
    """Refuse a line that is printed as an article begins, but with no number that can follow."""
    headed = _HEADED.match(line)
    if not headed:
        return
    number = article_number(line)
    if number is None:
        told = Text(f"“{headed[1]}”不是条文序号", f"“{headed[1]}” is no number of an article")
    elif sort_key(number) <= sort_key(previous):
        before = printed(previous)
        told = Text(f"{headed[1]}排在{before}之后", f"{headed[1]} comes after {before}")
    else:
        return
    remedy = Text(
        "只保留一部法规的正文，条文依次排列", "keep the text of one law, its articles in order"
    )
    raise UnreadableDocument(told, remedy, Place(row=row))


def instrument_named_in(text: str) -> Instrument | None:
    """Return the newest version of the instrument whose title the text begins with."""
    head = re.sub(r"\s", "", text[:_HEAD])
    titles = {each: each.title.zh.removeprefix("中华人民共和国") for each in instruments()}
    places = {each: head.find(title) for each, title in titles.items() if title in head}
    if not places:
        return None
    # The first title named, and of 预算法 and 预算法实施条例 at one place the longer.
    return min(places, key=lambda each: (places[each], -len(titles[each]), -_day(each)))


def _begins(line: str, number: str, previous: str) -> bool:
    rest = line[_end_of_number(line) :]
    if sort_key(number) <= sort_key(previous):
        return False
    return (
        not rest or rest[0] in _SPACE or (_is_next(number, previous) and not _REFERENCE.match(rest))
    )


def _is_next(number: str, previous: str) -> bool:
    (main, extra), (main_before, extra_before) = sort_key(number), sort_key(previous)
    return (main, extra) in ((main_before, extra_before + 1), (main_before + 1, 0))


def _end_of_number(line: str) -> int:
    found = ARTICLE.match(line)
    return found.end() if found else 0


def _behind_number(line: str) -> str:
    return line[_end_of_number(line) :].strip(_SPACE)


def _joined(lines: list[str]) -> list[str]:
    """Return the lines, one broken in its middle joined to the next, else a new line kept."""
    kept = [line for line in lines if line]
    ends = [line.endswith(("。", "；", "：")) for line in kept]
    return [
        line + ("\n" if end and at + 1 < len(kept) else "")
        for at, (line, end) in enumerate(zip(kept, ends, strict=True))
    ]


def _day(instrument: Instrument) -> int:
    return instrument.in_force_from.toordinal()


def _no_articles() -> UnreadableDocument:
    return UnreadableDocument(
        Text("没有找到条文：没有以“第…条”开头的行", "no articles: no line begins with 第…条"),
        Text("提供法规的全文，每条另起一行", "give the law's text, each article on a new line"),
    )
