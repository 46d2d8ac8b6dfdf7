"""One account rolled up: which of its facts belong together, and along which year's trees.

A document may hold figures of several years and classifications. One roll-up takes one year and,
where one classification is chosen, that alone; each classification has trees of its own. What is
left out is kept, never dropped in silence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fiscal.errors import Place, Text, WrongUsage, listed
from fiscal.graph.roll_up import Node, groups, roll_up
from fiscal.model import Extraction, Fact, Outcome
from fiscal.ontology.scheme import SCHEMES, YEARS, Scheme

__all__ = ["Account", "roll_up_account"]


@dataclass(frozen=True, slots=True)
class Account:
    """The nodes of one document, with the facts that could not be placed and what was assumed.

    `schemes` are the classifications rolled up along, the one of most facts first.
    """

    extraction: Extraction
    schemes: tuple[Scheme, ...]
    nodes: tuple[Node, ...]
    left_out: tuple[Fact, ...]
    notes: tuple[Text, ...]

    @property
    def scheme(self) -> Scheme:
        """The classification that most of the facts belong to."""
        return self.schemes[0]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The codes used that the year's scheme lacks, which is no error: no scheme is complete."""
        used = sorted({node.code for node in self.nodes if node.parent is not None})
        return tuple(code for code in used if not any(code in scheme for scheme in self.schemes))

    @property
    def is_violated(self) -> bool:
        """Tell whether any node's parts do not add up to it."""
        return any(node.outcome is Outcome.VIOLATED for node in self.nodes)

    def name_of(self, code: str) -> str | None:
        """Return the name the year gives a code, None where its classification lacks it."""
        return next((scheme[code].name for scheme in self.schemes if code in scheme), None)


def roll_up_account(
    extraction: Extraction,
    scheme: str | None = None,
    year: int | None = None,
    measure: str | None = None,
) -> Account:
    """Roll up the facts of one year and, where given, of one scheme and measure.

    Without `year` the document's is taken. Raises WrongUsage where the document names none and
    its facts are of several, where nothing is left to roll up, and UnknownYear.
    """
    notes: list[Text] = []
    chosen_year = _only_year(extraction, notes) if year is None else year
    usual = _commonest_scheme(extraction.facts)
    taken: dict[str, list[Fact]] = defaultdict(list)
    left_out: list[Fact] = []
    for fact, name in _placed(extraction.facts, usual):
        if measure and fact.measure != measure:
            continue
        fits = fact.fiscal_year in (None, chosen_year) and scheme in (None, name)
        (taken[name] if name and fits else left_out).append(fact)
    schemes = tuple(
        Scheme.of(name, chosen_year)
        for name in sorted(SCHEMES, key=lambda name: name != usual)
        if name in taken
    )
    if not schemes:
        raise _nothing_left(extraction, Scheme.of(scheme or usual, chosen_year))
    nodes = (
        node for each in schemes for node in roll_up(each, taken[each.name], extraction.listings)
    )
    return Account(extraction, schemes, tuple(nodes), tuple(left_out), tuple(notes))


def _placed(facts: Iterable[Fact], usual: str) -> Iterator[tuple[Fact, str | None]]:
    """Yield every fact that has a group with the classification it belongs to.

    A total is of the classification of its group, of none where its group has several, and of the
    document's `usual` one where its group has none.
    """
    for group in groups(facts):
        own = {fact.scheme for fact in group if fact.scheme} or {usual}
        only = own.pop() if len(own) == 1 else None
        yield from ((fact, fact.scheme or only) for fact in group)


def _nothing_left(extraction: Extraction, scheme: Scheme) -> WrongUsage:
    years = sorted({str(fact.fiscal_year) for fact in extraction.facts if fact.fiscal_year})
    names = {fact.scheme for fact in extraction.facts if fact.scheme}
    found = [label for name, label in SCHEMES.items() if name in names]
    return WrongUsage(
        Text(
            f"没有 {scheme.year} 年{SCHEMES[scheme.name].zh}的金额可汇总；文件中的年度："
            f"{'、'.join(years) or '无'}，分类：{'、'.join(each.zh for each in found) or '无'}",
            f"no amount of {scheme.year}, {SCHEMES[scheme.name].en}, to roll up; the file has the "
            f"years {', '.join(years) or '—'} and {', '.join(each.en for each in found) or '—'}",
        ),
        _REMEDY_WITH_FACTS if names or years else _REMEDY_WITHOUT_FACTS,
        Place(extraction.document.path),
    )


_REMEDY_WITH_FACTS = Text(
    "用 --year、--scheme、--measure 选文件中有的，或不加这些选项",
    "choose with --year, --scheme and --measure what the file has, or leave them out",
)
_REMEDY_WITHOUT_FACTS = Text(
    "用 fiscal extract 查看读到了什么", "see with fiscal extract what was read"
)


def _only_year(extraction: Extraction, notes: list[Text]) -> int:
    years = sorted({fact.fiscal_year for fact in extraction.facts if fact.fiscal_year})
    if (own := extraction.profile.fiscal_year) in years:
        return own
    if len(years) > 1:
        known = listed(years)
        raise WrongUsage(
            Text(f"文件含多个年度：{known.zh}", f"the file holds several years: {known.en}"),
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
