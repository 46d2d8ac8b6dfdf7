"""What a document says about itself: its title, its body and its fiscal year."""

from __future__ import annotations

import re
from collections import Counter
from typing import TypeVar

from fiscal.model import Document, Profile

__all__ = ["profile_of"]

_T = TypeVar("_T")

_SUBJECT = re.compile(
    r"(?P<body>[\u4e00-\u9fff（）()]{0,40}?)\s*(?P<year>20\d\d)\s*年度?(?:部门|单位)?(?:预算|决算)"
)
_BODY_ENDS = tuple("局厅委办室院校部处会道镇乡府站所队馆社心区县市团")
_LEADING_WORDS = re.compile(r"^(?:纳入|关于|根据|按照|在|第.部分)+")


def profile_of(document: Document, year: int | None = None) -> Profile:
    """Read the profile off the phrases “某单位2019年度部门决算”, the most frequent of each kind.

    `year` overrules the year that the document names.
    """
    subjects = list(_SUBJECT.finditer(document.text))
    years = Counter(int(subject["year"]) for subject in subjects)
    named = [(body, subject) for subject in subjects if (body := _body_of(subject))]
    return Profile(
        title=named[0][1].group()[len(named[0][1]["body"]) - len(named[0][0]) :] if named else None,
        organisation=_first_most_common(Counter(body for body, _ in named)),
        fiscal_year=year or _first_most_common(years),
    )


def _body_of(subject: re.Match[str]) -> str:
    """Return the name of the body, nothing where the words before the year are no name."""
    body = _LEADING_WORDS.sub("", subject["body"])
    return body if body.endswith(_BODY_ENDS) and len(body) > 2 else ""


def _first_most_common(counter: Counter[_T]) -> _T | None:
    return counter.most_common(1)[0][0] if counter else None
