"""Heading paths in running text: 社会保障和就业支出（208类）抚恤（08款）死亡抚恤（01项）.

A path is told by its level marks. It may stand right before its figure, or sentences before, as the
title of an entry.
"""

from __future__ import annotations

import re

__all__ = ["path_before"]

_MARK = re.compile(
    r"[（(]\s?[1235]\d{4}(?:\d{2})?\s?[）)]"
    r"|[（(〔]\s?(?:\d{2,7}\s?)?[类款项]\s?(?:级(?:科目)?)?\s?[）)〕]"
)
_STARTS = re.compile(r"[。；;：:，,\n\t]")
_LONGEST = 300


def path_before(words: str) -> tuple[str, int] | None:
    """Return the last path in some words and where it ends, or None where there is none.

    >>> path_before("1.教育支出（类）普通教育（款）小学教育（项）。主要用于：学校运转。年初预算为")
    ('1.教育支出（类）普通教育（款）小学教育（项）', 23)
    """
    marks = list(_MARK.finditer(words, max(0, len(words) - _LONGEST * 2)))
    if not marks:
        return None
    first = len(marks) - 1
    while first and not _STARTS.search(words, marks[first - 1].end(), marks[first].start()):
        first -= 1
    before = words[max(0, marks[first].start() - _LONGEST) : marks[first].start()]
    start = marks[first].start() - len(re.split(_STARTS, before)[-1])
    end = marks[-1].end()
    tail = re.match(r"支出(?!决算|预算|年初)", words[end:])
    return words[start : end + (2 if tail else 0)], end + (2 if tail else 0)
