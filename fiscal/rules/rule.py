"""What a rule is: data about a claim of the field, and a function that finds it in a document.

A rule never computes. Its function looks at a `View` and yields `Relation`s, to be judged by
arithmetic, and `Remark`s: what it says of words, and what it could not bind, with the reason. A
rule that yields nothing found nothing that it speaks of.

Ids are stable for ever: a family letter (S sums, P shares and rates, Y year on year, C carry-over,
X the same figure twice, K codes and names, U units and formats, N narrative, L content and layout,
R reasonableness) and three digits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from fiscal.errors import Text
from fiscal.model import DocumentKind, Outcome, Span
from fiscal.rules.relation import Relation

if TYPE_CHECKING:
    from fiscal.rules.view import View

__all__ = [
    "CHECK_THE_BOOKS",
    "EVERY_KIND",
    "FAMILIES",
    "PUBLISHED",
    "SEVERITIES",
    "Find",
    "Remark",
    "Rule",
    "Severity",
]

FAMILIES = {
    "S": Text("合计", "sums"),
    "P": Text("占比与完成率", "shares and rates"),
    "Y": Text("增减变动", "year on year"),
    "C": Text("结转与平衡", "carry-over and balance"),
    "X": Text("同一数字的多处表述", "the same figure in several places"),
    "K": Text("科目", "codes and names"),
    "U": Text("单位与格式", "units and formats"),
    "N": Text("文字表述", "narrative"),
    "L": Text("内容与体例", "content and layout"),
    "R": Text("合理性", "reasonableness"),
}


class Severity(StrEnum):
    """How much a finding matters: an error is wrong, a warning should be looked at."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


EVERY_KIND = frozenset(DocumentKind)
# Whatever is published: a blank template is no body's budget or account.
PUBLISHED = EVERY_KIND - {DocumentKind.TEMPLATE}
CHECK_THE_BOOKS = Text("对照账簿和决算报表核实后更正", "check against the books and correct")
# From the gravest to the lightest.
SEVERITIES = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Remark:
    """How a rule came out that no arithmetic judges.

    With outcome `VIOLATED` the `message` says what is wrong at `spans`, and `remedy` what to do;
    with `UNDETERMINED` and `NOT_APPLICABLE` it says why nothing could be said. `subject` says
    what it is about in words that are the same in every year and layout.
    """

    rule: str
    subject: str
    outcome: Outcome
    message: Text
    spans: tuple[Span, ...] = ()
    remedy: Text | None = None


Find: TypeAlias = "Callable[[View], Iterable[Relation | Remark]]"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what should hold, why, by which law, where it applies, and how to find it.

    `law` holds keys like budget_law/75 (instrument and article) or classification (an instrument
    as a whole). `good` and `bad` are samples in the notation of `sample`: documents small enough to
    read at a glance, of which the rule passes the one and not the other. It applies to documents of
    `kinds` and to fiscal years `since` to `until`.
    """

    id: str
    title: Text
    gist: Text
    why: Text
    false_positives: Text
    severity: Severity
    law: tuple[str, ...]
    find: Find
    good: str
    bad: str
    remedy: Text = CHECK_THE_BOOKS
    kinds: frozenset[DocumentKind] = EVERY_KIND
    since: int | None = None
    until: int | None = None
    version: int = 1

    def applies_to(self, kind: DocumentKind, year: int | None) -> bool:
        """Tell whether documents of this kind and year are the rule's business."""
        is_of_years = year is None or (self.since or year) <= year <= (self.until or year)
        return kind in self.kinds and is_of_years
