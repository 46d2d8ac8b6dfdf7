"""One account rolled up: which of its facts belong together, and along which year's tree.

A document may hold figures of several years and classifications; one roll-up takes one of each.
What is left out is kept by name, never dropped in silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from fiscal.codes import TOTAL
from fiscal.errors import Place, Text, WrongUsage
from fiscal.graph.roll_up import Node, roll_up
from fiscal.model import Extraction, Fact, Outcome
from fiscal.ontology.scheme import SCHEMES, YEARS, Scheme

__all__ = ["Account", "roll_up_account"]


@dataclass(frozen=True, slots=True)
class Account:
    """The nodes of one document, with the facts that could not be placed and what was assumed."""

    extraction: Extraction
    scheme: Scheme
    nodes: tuple[Node, ...]
    left_out: tuple[Fact, ...]
    notes: tuple[Text, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The codes used that the year's scheme lacks, which is no error: no scheme is complete."""
        used = sorted({node.code for node in self.nodes} - {TOTAL})
        return tuple(code for code in used if code not in self.scheme)

    @property
    def is_violated(self) -> bool:
        """Tell whether any node's parts do not add up to it."""
        return any(node.outcome is Outcome.VIOLATED for node in self.nodes)


def roll_up_account(
    extraction: Extraction,
    scheme: str | None = None,
    year: int | None = None,
    measure: str | None = None,
) -> Account:
    """Roll up the facts of one scheme, year and, where given, measure.

    Without `scheme` the one most facts belong to is taken, without `year` the document's. Raises
    WrongUsage where the facts are of several years and none was chosen, and UnknownYear.
    """
    notes: list[Text] = []
    chosen_year = _only_year(extraction, notes) if year is None else year
    chosen_scheme = scheme or _commonest_scheme(extraction.facts)
    schemes = {fact.scheme for fact in extraction.facts if fact.scheme}
    # A total without a code is this classification's only where there is no other.
    only_scheme = chosen_scheme if schemes <= {chosen_scheme} else None
    taken: list[Fact] = []
    left_out: list[Fact] = []
    for fact in extraction.facts:
        if measure and fact.measure != measure:
            continue
        fits = (fact.scheme or only_scheme) == chosen_scheme and fact.fiscal_year in (
            None,
            chosen_year,
        )
        (taken if fits else left_out).append(fact)
    year_scheme = Scheme.of(chosen_scheme, chosen_year)
    nodes = roll_up(year_scheme, taken, extraction.listings)
    if not nodes:
        raise _nothing_left(extraction, chosen_scheme, chosen_year)
    return Account(extraction, year_scheme, nodes, tuple(left_out), tuple(notes))


def _nothing_left(extraction: Extraction, scheme: str, year: int) -> WrongUsage:
    years = sorted({str(fact.fiscal_year) for fact in extraction.facts if fact.fiscal_year})
    found = sorted({fact.scheme for fact in extraction.facts if fact.scheme})
    return WrongUsage(
        Text(
            f"没有 {year} 年{SCHEMES[scheme].zh}的金额可汇总",
            f"no amount of {year}, {SCHEMES[scheme].en}, to roll up",
        ),
        Text(
            f"文件中的年度：{'、'.join(years) or '无'}；分类：{'、'.join(found) or '无'}",
            f"the file has the years {', '.join(years) or '—'} and {', '.join(found) or '—'}",
        ),
        Place(extraction.document.path),
    )


def _only_year(extraction: Extraction, notes: list[Text]) -> int:
    years = sorted({fact.fiscal_year for fact in extraction.facts if fact.fiscal_year})
    if len(years) > 1:
        listed = "、".join(map(str, years))
        raise WrongUsage(
            Text(f"文件含多个年度：{listed}", f"the file holds several years: {listed}"),
            Text("请用 --year 选定一年", "choose one with --year"),
            Place(extraction.document.path),
        )
    if not years:
        newest = YEARS[-1]
        notes.append(
            Text(
                f"文件未写年度，按 {newest} 年科目；可用 --year 指定",
                f"the file gives no year; {newest} is taken, --year gives another",
            )
        )
    return years[0] if years else YEARS[-1]


def _commonest_scheme(facts: Iterable[Fact]) -> str:
    counts = Counter(fact.scheme for fact in facts if fact.scheme)
    # Where schemes tie the first of SCHEMES is taken, so that the answer does not hang on order.
    return max(SCHEMES, key=lambda name: counts[name])
