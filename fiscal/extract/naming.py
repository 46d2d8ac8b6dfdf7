"""From what a document writes to a code: by printed codes, by a path of names, by one name.

A code that is printed is taken as printed. Names are followed from 类 to 款 to 项 in the document's
year; a name that the year does not have gives no code.
"""

from __future__ import annotations

import re

from fiscal.codes import TOTAL, parse_code
from fiscal.errors import InvalidCode
from fiscal.ontology.scheme import Scheme

__all__ = ["code_of"]

_PRINTED_CODE = re.compile(r"\d{3}\s*类(?:.*?\d{2}\s*款(?:.*?\d{2}\s*项)?)?")
_NAME_PATH = re.compile(r"(.+?)[（(]([类款项])[)）](?:支出)?")
_WHOLE = re.compile(
    r"(?:一般公共预算|政府性基金预算|国有资本经营预算)(?:财政)?(?:拨款)?(?:总?支出)?$"
)
_NOT_IN_NAME = re.compile(r"[\s“”\"'‘’\-—]+|[（(]类[)）]|^.*[:：。；;]")


def code_of(label: str, scheme: Scheme) -> str | None:
    """Return the code that a label means in a year's scheme, `TOTAL`, or None.

    >>> scheme = Scheme.of("functional", 2019)
    >>> code_of("社会保障和就业支出（208类） 行政事业单位离退休（05款）", scheme)
    '20805'
    >>> code_of("住房保障支出（类）住房改革支出（款）住房公积金（项）", scheme)
    '2210201'
    >>> code_of("农林水（类）支出", scheme), code_of("差旅费", scheme)
    ('213', None)
    """
    if _WHOLE.search(label):
        return TOTAL
    printed = _PRINTED_CODE.search(label)
    if printed:
        try:
            return parse_code(printed.group())
        except InvalidCode:
            return None
    path = _NAME_PATH.findall(label)
    if "".join(level for _, level in path) in ("类款", "类款项"):
        return _follow([name for name, _ in path], scheme)
    return _follow([label], scheme)


def _follow(names: list[str], scheme: Scheme) -> str | None:
    code = TOTAL
    for name in names:
        wanted = _essence(name)
        matches = [child for child in scheme.children(code) if _essence(child.name) == wanted]
        if len(matches) != 1:
            return None
        code = matches[0].code
    return code


def _essence(name: str) -> str:
    """Strip what offices add to or leave off a heading's name: brackets, quotes, final 支出."""
    return _NOT_IN_NAME.sub("", name).removesuffix("支出")
