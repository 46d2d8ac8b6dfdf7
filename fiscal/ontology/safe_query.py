"""What no query may be: an update, a call to another server, a tower of brackets, an unknown graph.

Everything is told before the query reaches the engine, with the line and a caret under the place.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from fiscal.errors import InvalidQuery, Text

__all__ = ["guard", "guard_graphs", "own_words"]

# What is not the query's own words: strings, IRIs and comments.
_QUOTED = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
    r"|<[^<>\s]*>"
    r"|#[^\n]*"
)
_WRITES = re.compile(r"\b(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)\b", re.IGNORECASE)
_READS = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_SERVICE = re.compile(r"(?<![?$:\w])SERVICE\b", re.IGNORECASE)
_FROM = re.compile(r"(?<![?$:\w])FROM\b(?:\s{1,99}NAMED\b)?", re.IGNORECASE)
_IRI = re.compile(r"\s{0,99}<([^<>\s]*)>")
# The engine calls itself for every bracket and operator; a tower of them would end the program.
_DEEPEST = 200
_MOST_SIGNS = 5000
_BRACKETS_AND_SIGNS = re.compile(r"[][(){}!/|^&+*-]")


def own_words(text: str) -> str:
    """Return a query with its strings, IRIs and comments blanked, every place kept.

    >>> own_words('ASK { ?s ?p "LOAD" } # x')
    'ASK { ?s ?p        }    '
    """
    return _QUOTED.sub(lambda match: "\u0020" * len(match.group()), text)


def guard(text: str) -> None:
    """Raise InvalidQuery for what writes, leaves this machine or nests without end."""
    words = own_words(text)
    _refuse_service(text, words)
    _refuse_writing(text, words)
    _refuse_depth(text, words)


def guard_graphs(text: str, known: Collection[str]) -> bool:
    """Tell whether a query chooses its graphs with FROM. Raises InvalidQuery for one not there."""
    places = list(_FROM.finditer(own_words(text)))
    for place in places:
        named = _IRI.match(text, place.end())
        if named and named[1] not in known:
            years = sorted(each for each in known if each[-4:].isdigit())
            like = years[0] if years else ""
            raise InvalidQuery(
                Text(f"没有图 <{named[1]}>", f"there is no graph <{named[1]}>"),
                Text(
                    f"一年一图，如 FROM <{like}>；常用查询用 --set year=2019",
                    f"each year is a graph, like FROM <{like}>; named queries: --set year=2019",
                ),
            ).shown(text, place.start())
    return bool(places)


def _refuse_service(text: str, words: str) -> None:
    if service := _SERVICE.search(words):
        raise InvalidQuery(
            Text(
                "不允许 SERVICE：查询不出本机",
                "SERVICE is not allowed: no query leaves this machine",
            ),
            Text(
                "要查询别的端点，请用 --endpoint",
                "to ask another endpoint, name it with --endpoint",
            ),
        ).shown(text, service.start())


def _refuse_writing(text: str, words: str) -> None:
    write = _WRITES.search(words)
    read = _READS.search(words)
    if write and (read is None or write.start() < read.start()):
        raise InvalidQuery(
            Text(f"不允许 {write.group().upper()}：图谱只读", "the graph is read-only"),
            Text(
                "只能用 SELECT、ASK、CONSTRUCT、DESCRIBE", "use SELECT, ASK, CONSTRUCT or DESCRIBE"
            ),
        ).shown(text, write.start())


def _refuse_depth(text: str, words: str) -> None:
    depth = 0
    for count, sign in enumerate(_BRACKETS_AND_SIGNS.finditer(words)):
        depth += (sign.group() in "([{") - (sign.group() in ")]}")
        if depth > _DEEPEST or count > _MOST_SIGNS:
            raise InvalidQuery(
                Text("查询过于复杂", "the query is too complex"),
                Text(
                    f"括号嵌套至多 {_DEEPEST} 层，括号和运算符至多 {_MOST_SIGNS} 个；请分几次查",
                    f"at most {_DEEPEST} brackets deep, {_MOST_SIGNS} brackets and operators in "
                    "all; ask several queries",
                ),
            ).shown(text, sign.start())
