"""The table of contents against the body, and the tables that an account has to have.

An entry is looked for among titles: headings, captions, names of sheets. Offices shorten or
lengthen them a little, so an entry is found where most of its characters stand side by side there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fiscal.errors import Text
from fiscal.extract.tables.recognise import kind_of_title
from fiscal.model import DocumentKind, Span
from fiscal.rules.passages import Passage, body, contents, once, passages
from fiscal.rules.rule import PUBLISHED, Rule, Severity
from fiscal.rules.slip import Slip, remarks
from fiscal.rules.subject import kind_of_table
from fiscal.rules.view import View

__all__ = ["RULES", "table_titles"]

_NUMBER = re.compile(
    r"^(?:第?[一二三四五六七八九十\d]{1,3}(?:部分|[、.．])|[（(][一二三四五六七八九十\d]{1,3}[)）]|附[件表][\d一二三四五]{0,2}[:：]?)"
)
_NOISE = re.compile(r"20\d\d年度?|[“”\"《》、\s]|^部门|（.{1,6}）$")
_TABLE = re.compile(r"表(?:（[^（）]{1,10}）)?$")
_LONGEST_TITLE = 60
_LIKENESS = 0.7
_ANNEX = re.compile(r"(?:第.{1,2}部分)?附[件表]")
_NINE = {
    "summary": "收入支出决算总表",
    "revenue": "收入决算表",
    "expenditure": "支出决算表",
    "appropriation": "财政拨款收入支出决算总表",
    "general_public": "一般公共预算财政拨款支出决算表",
    "basic": "一般公共预算财政拨款基本支出决算表",
    "three_public": "财政拨款“三公”经费支出决算表",
    "government_funds": "政府性基金预算财政拨款收入支出决算表",
    "state_capital": "国有资本经营预算财政拨款支出决算表",
}
# The ninth table came with the accounts of 2020.
_STATE_CAPITAL_SINCE = 2020
_HAS_THE_TABLES = 4


@once
def table_titles(view: View) -> Iterator[str]:
    """Yield what may be the title of a table: short lines, names of sheets, first rows."""
    for passage in body(view):
        if len(passage.title) <= _LONGEST_TITLE and "表" in passage.title:
            yield passage.title
    for table in view.document.tables:
        yield table.name
        yield from ("".join(row).replace(" ", "") for row in table.rows[:2])


def _missing_sections(view: View) -> Iterator[Slip]:
    titles = [each.title for each in body(view) if len(each.title) <= _LONGEST_TITLE]
    there = _titles_of((*titles, *table_titles(view)), view)
    for entry in _sections(view):
        if not _is_among(entry.title, there, view):
            yield _missing(entry, view)


def _missing_tables(view: View) -> Iterator[Slip]:
    there = _titles_of(table_titles(view), view)
    for entry in _announced_tables(view):
        if not _is_among(entry.title, there, view):
            yield _missing(entry, view)


def _sections(view: View) -> list[Passage]:
    return [each for each in _entries(view) if not _TABLE.search(each.title)]


def _announced_tables(view: View) -> list[Passage]:
    return [each for each in _entries(view) if _TABLE.search(each.title)]


def _entries(view: View) -> Iterator[Passage]:
    """Yield the lines of the contents, where there is a body behind them."""
    if body(view) and contents(view):
        yield from (each for each in contents(view) if _key(each.title, view))


def _missing(entry: Passage, view: View) -> Slip:
    message = Text(
        f"目录中的“{entry.title}”在正文中没有找到",
        f"“{entry.title}” is in the contents, but not in the body",
    )
    return Slip(entry.title, message, (entry.span(view, 0, len(entry.text)),))


class _Titles(NamedTuple):
    """Titles on lines, and by each pair of characters side by side the pairs of those having it."""

    lines: str
    having: dict[str, list[frozenset[str]]]


def _titles_of(titles: Iterable[str], view: View) -> _Titles:
    keys = dict.fromkeys(_key(title, view) for title in titles)
    having: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for pairs in map(_pairs, keys):
        for pair in pairs:
            having[pair].append(pairs)
    return _Titles("\n".join(keys), dict(having))


def _is_among(entry: str, titles: _Titles, view: View) -> bool:
    """Tell whether a title holds an entry, or most of its pairs of characters."""
    wanted = _key(entry, view)
    pairs = sorted(_pairs(wanted), key=lambda pair: len(titles.having.get(pair, ())))
    least = _LIKENESS * len(pairs)
    # A title that has enough of all pairs has one of the rarest, and only few titles do.
    rarest = pairs[: int(len(pairs) - least) + 1]
    near = (there for pair in rarest for there in titles.having.get(pair, ()))
    return wanted in titles.lines or any(len(there.intersection(pairs)) >= least for there in near)


def _key(title: str, view: View) -> str:
    """Return a title without its number, year and body."""
    name = _NUMBER.sub("", title)
    return _NOISE.sub("", name.replace(view.profile.organisation or "\0", ""))


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def _required(view: View) -> list[str]:
    """Return the kinds of tables that an account has to have and this one has not."""
    year = view.profile.fiscal_year or _STATE_CAPITAL_SINCE
    wanted = [kind for kind in _NINE if kind != "state_capital" or year >= _STATE_CAPITAL_SINCE]
    there = {kind_of_table(fact.section) for fact in view.facts if fact.is_in_table}
    titles = (title for title in table_titles(view) if "表" in title[-8:])
    there |= {kind_of_table(kind_of_title(title) or "") for title in titles}
    return [kind for kind in wanted if kind not in there]


def _missing_of_nine(view: View) -> Iterator[Slip]:
    missing = _required(view)
    if missing and _has_the_tables(view):
        names = "、".join(_NINE[kind] for kind in missing)
        message = Text(f"缺少：{names}", f"these tables are missing: {names}")
        yield Slip(" ".join(missing), message, _place(view))


def _has_the_tables(view: View) -> bool:
    return len(_NINE) - len(_required(view)) >= _HAS_THE_TABLES


def _no_tables(view: View) -> Iterator[Slip]:
    if passages(view) and not _has_the_tables(view):
        message = Text(
            "文件中没有决算公开的各张表，表与说明的核对无法进行",
            "the tables of the account are not in this document",
        )
        yield Slip("tables", message, _place(view))


def _place(view: View) -> tuple[Span, ...]:
    """Return where tables are missing: the heading of annexes, else the first line there is."""
    annexes = (each for each in body(view) if _ANNEX.fullmatch(each.title))
    named = next(annexes, next(iter(body(view)), None))
    return (named.span(view, 0, len(named.text)),) if named else ()


_ACCOUNTS = frozenset((DocumentKind.FINAL_ACCOUNTS,))
_HEAD = "某市某局2024年度部门决算\n\n目录\n\n一、收入决算情况说明\n\n二、支出决算表\n\n"
_ALL_TITLES = "\n\n".join(f"某市某局{name}" for name in _NINE.values())

RULES = (
    Rule(
        id="L501",
        title=Text("目录中的章节正文都有", "every section of the contents is there"),
        gist=Text("目录列出的章节在正文中找不到", "a section of the contents is not in the body"),
        why=Text("应当公开的内容不得遗漏", "nothing that must be published is left out"),
        false_positives=Text("正文标题与目录写法差别较大", "a title much unlike its entry"),
        severity=Severity.NOTICE,
        law=("publication_rules/3",),
        find=remarks("L501", _missing_sections, among=_sections),
        kinds=PUBLISHED,
        good=_HEAD + "一、收入决算情况说明\n\n本年收入12.00万元。\n\n支出决算表\n",
        bad=_HEAD + "本年收入12.00万元，比上年增加。\n\n支出决算表\n",
        remedy=Text("补上该章节，或改正目录", "add the section, or correct the contents"),
    ),
    Rule(
        id="L502",
        title=Text("目录中的表都有", "every table of the contents is there"),
        gist=Text("目录列出的表在文件中找不到", "a table of the contents is not in the document"),
        why=Text("应当公开的表不得遗漏", "no table that must be published is left out"),
        false_positives=Text("表是图片，读不出标题", "a table that is a picture"),
        severity=Severity.WARNING,
        law=("publication_rules/3", "publication_rules/annex"),
        find=remarks("L502", _missing_tables, among=_announced_tables),
        kinds=PUBLISHED,
        good=_HEAD + "一、收入决算情况说明\n\n本年收入12.00万元。\n\n支出决算表\n",
        bad=_HEAD + "一、收入决算情况说明\n\n本年收入12.00万元。\n",
        remedy=Text("补上该表", "add the table"),
    ),
    Rule(
        id="L503",
        title=Text("决算公开的表齐全", "all tables of an account are there"),
        gist=Text("规定的几张表缺一张或几张", "one or more of the required tables are missing"),
        why=Text("空表也要保留并说明", "empty tables are kept and explained"),
        false_positives=Text("地方另有规定", "where local rules ask for other tables"),
        severity=Severity.WARNING,
        law=("publication_rules/annex",),
        find=remarks("L503", _missing_of_nine, among=_has_the_tables),
        kinds=_ACCOUNTS,
        good=_ALL_TITLES,
        bad=_ALL_TITLES.replace("某市某局支出决算表\n\n", ""),
        remedy=Text("补上缺少的表", "add the missing tables"),
    ),
    Rule(
        id="L504",
        title=Text("决算公开附有表", "an account comes with its tables"),
        gist=Text("文件里一张决算表也没有", "the document has none of the tables of an account"),
        why=Text("只有说明，没有表，数字无从核对", "without tables nothing can be verified"),
        false_positives=Text("表在另一文件中公开", "tables published in another file"),
        severity=Severity.NOTICE,
        law=("publication_rules/annex",),
        find=remarks("L504", _no_tables),
        kinds=_ACCOUNTS,
        good=_ALL_TITLES,
        bad="一、收入决算情况说明\n\n本年收入12.00万元。\n\n附件\n",
        remedy=Text("附上各表，或说明公开在何处", "attach the tables, or say where they are"),
    ),
)
