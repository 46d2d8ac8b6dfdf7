"""Reading the prose of a document: paragraph by paragraph, every figure in its order of place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from fiscal.codes import TOTAL
from fiscal.extract.naming import name_heading
from fiscal.extract.narrative.claims import Claims
from fiscal.extract.narrative.figures import read_paragraph
from fiscal.extract.narrative.frames import Frame
from fiscal.extract.narrative.labels import label_of, without_blanks
from fiscal.extract.narrative.paths import path_before
from fiscal.extract.narrative.sections import (
    ENTRY,
    Heading,
    Paragraph,
    Passage,
    Section,
    heading_of,
    paragraphs,
    passage_of,
    without_marks,
)
from fiscal.extract.narrative.walk import Context, Figure, Said
from fiscal.extract.numerals import SIGNS, UNREADABLE, Numeral, numerals
from fiscal.extract.tables.columns import budget_named, expenditure_type_named, funding_source_named
from fiscal.model import (
    Document,
    DocumentKind,
    Fact,
    NonFact,
    Profile,
    Reading,
    Span,
    Statement,
)
from fiscal.money import Amount

__all__ = ["read_narrative"]

_LEADS_TO_REASONS = re.compile(r"原因(?:如下|是|为)?\s?[:：]\s*$")
_TITLE_WORDS = re.compile(
    r"(?:收入|(?<!收入)支出)?(?:预算|决算)?(?:安排)?(?:总体|具体|结构)?(?:情况)?(?:的)?说明$|情况$"
)
_FUNDS = re.compile(
    r"^基金(?:支出|收入)|(?<![\u4e00-\u9fff])基金(?:支出|收入)|(?:增加|减少)基金(?:支出|收入)"
)
_NO_FUNCTIONS = re.compile(r"基本支出|三公|采购|机关运行|资产|绩效|名词")
_BASE = re.compile(r"（占[^（）]+）$")
_WHOLE = re.compile(
    r"(?:一般公共预算|政府性基金预算|国有资本经营预算)(?:财政)?(?:拨款)?(?:总?支出)?|本年支出合计|支出合计"
)
_CHANGES = ("change", "budget_difference")
_LONGEST_NAME = 60
_LONGEST_TITLE = 80


def read_narrative(
    document: Document, profile: Profile, cells: Sequence[Paragraph] = ()
) -> Reading:
    """Return the facts and statements of all running text, and what its other numerals are.

    `cells` are the cells of tables that hold sentences. A numeral that no words claim is
    `unaccounted`.
    """
    reader = _Reader(document, profile)
    for paragraph in sorted((*paragraphs(document), *cells)):
        reader.read(paragraph)
    reader.claims.close()
    return Reading(
        tuple(reader.facts),
        tuple(reader.claims.made),
        tuple(reader.non_facts),
        tuple(reader.statements),
        tuple(reader.unaccounted),
    )


@dataclass(slots=True)
class _Reader:
    """What was read so far, and where in the document that is."""

    document: Document
    profile: Profile
    found: list[Numeral] = field(default_factory=list)
    passage: Passage = field(default_factory=Passage)
    section: Section = field(default_factory=Section)
    reasons_of: str | None = None
    entry: str = ""
    claims: Claims = field(default_factory=Claims)
    facts: list[Fact] = field(default_factory=list)
    non_facts: list[NonFact] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    unaccounted: list[Span] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.found = numerals(self.document.text)

    def read(self, paragraph: Paragraph) -> None:
        self.passage = passage_of(paragraph)
        text = self.passage.text
        heading = heading_of(text) or self._listed(text)
        if heading:
            self.section = self.section.enter(heading)
            self.claims.enter_section(self.section.title)
        if heading or not ENTRY.match(text):
            self.reasons_of = None
        mine = self._numerals()
        self._set_aside(mine)
        quantities = [numeral for numeral in mine if numeral.kind is None]
        is_new = heading is not None or ENTRY.match(text)
        facts = self._facts(text, quantities, "" if is_new else self.entry)
        self.entry = "" if quantities else _entry_of(text)
        is_read = not any(numeral.kind in UNREADABLE for numeral in mine)
        printed = without_marks(paragraph.text)
        self.claims.take(paragraph.start, printed, facts, is_read=is_read)
        if _LEADS_TO_REASONS.search(text):
            self.reasons_of = self._last_change()

    def _listed(self, text: str) -> Heading | None:
        """Return the heading without a number that the table of contents lists."""
        title = without_blanks(text[:_LONGEST_TITLE])
        return Heading("chapter", title, len(text)) if title in self.profile.listed else None

    def _facts(self, text: str, quantities: list[Numeral], path: str) -> list[Fact]:
        context = Context(
            bodies=self._bodies(),
            is_budget=self.profile.kind is DocumentKind.BUDGET,
            subject=self._subject(),
            explains=self.reasons_of is not None,
            year=self.section.year or self.profile.fiscal_year,
            path=path,
        )
        read = (self._take(figure) for figure in read_paragraph(text, quantities, context))
        return [fact for fact in read if fact is not None]

    def _set_aside(self, mine: Sequence[Numeral]) -> None:
        """Keep the numerals that are no figures; one that may be one is not accounted for."""
        for numeral in mine:
            start, end = self.passage.place(numeral.start, numeral.end)
            if numeral.kind in UNREADABLE:
                self.unaccounted.append(self.document.span(start, end))
            elif numeral.kind:
                self.non_facts.append(NonFact(start, end, numeral.kind))

    def _numerals(self) -> list[Numeral]:
        """Return the numerals of the passage, those of a line taken from all of the document's."""
        if self.passage.places:
            return numerals(self.passage.printed)
        start = self.passage.start
        first = bisect_left(self.found, start, key=lambda numeral: numeral.start)
        end = start + len(self.passage.text)
        last = bisect_left(self.found, end, key=lambda numeral: numeral.start)
        return [
            n._replace(start=n.start - start, end=n.end - start, unit_end=n.unit_end - start)
            for n in self.found[first:last]
        ]

    def _bodies(self) -> tuple[str, ...]:
        own = self.profile.organisation
        return (*((own,) if own else ()), *self.profile.short_names)

    def _subject(self) -> str:
        title = self.section.item or self.section.section or self.section.chapter
        return label_of(_TITLE_WORDS.sub("", title), self._bodies())

    def _last_change(self) -> str | None:
        moved = (fact.id for fact in reversed(self.facts[-12:]) if fact.measure in _CHANGES)
        return next((fact_id for fact_id in moved), None)

    def _take(self, figure: Figure | Said) -> Fact | None:
        """Keep a figure as a fact, a statement, or a numeral that is not understood."""
        if isinstance(figure, Said):
            self._say(figure)
            return None
        numeral = figure.numeral
        place = self.passage.place(numeral.start, numeral.end)
        if figure.frame.measure == "unknown":
            self.unaccounted.append(self.document.span(*place))
            return None
        fact = self._fact(figure, *place)
        self.facts.append(fact)
        return fact

    def _fact(self, figure: Figure, start: int, end: int) -> Fact:
        frame, numeral = figure.frame, figure.numeral
        budget = self._budget(figure.path or figure.label, *figure.about)
        label, code, flags = self._named(figure.label, figure.path, budget)
        before = self.document.text[max(start - 2, 0) : start]
        if before[-1:] in tuple(SIGNS) and not before[:1].isdigit():
            # A dash before the digits may be a minus or a mark.
            code, flags = None, (*flags, "sign_unclear")
        number = -numeral.number if frame.sign < 0 and numeral.number else numeral.number
        measure, year = self._measure(frame)
        cause = self._cause(figure)
        return Fact(
            id=f"P{len(self.facts) + 1}",
            label=label,
            code=code,
            measure=measure,
            fiscal_year=year,
            amount=Amount(number, self._unit(figure)),
            budget=budget,
            section=self.section.title,
            span=self.document.span(start, end),
            flags=(*frame.flags, *flags, *(("approximate",) if numeral.is_approximate else ())),
            funding_source=funding_source_named(label),
            expenditure_type=_type_of(figure.part or label),
            base=frame.base or None,
            comparator=frame.comparator,
            cause_of=cause,
        )

    def _measure(self, frame: Frame) -> tuple[str, int | None]:
        """Return the measure and its year: what was spent in an earlier year is `prior_year`."""
        own = self.section.year or self.profile.fiscal_year
        year = frame.year or own
        if frame.measure in ("final", "prior_year"):
            if frame.year is None and frame.measure == "prior_year":
                return "prior_year", own - 1 if own else None
            is_earlier = year is not None and own is not None and year < own
            return "prior_year" if is_earlier else "final", year
        # A project's budget of the whole year is its budget, not one that was adjusted.
        is_project = "绩效" in self.section.title and frame.measure == "adjusted_budget"
        return "budget" if is_project else frame.measure, year

    def _unit(self, figure: Figure) -> str:
        """Return the unit with the brackets as printed: 台（套）."""
        end = figure.numeral.unit_end
        printed = self.passage.printed[end - len(figure.unit) : end]
        return printed if "(" in figure.unit else figure.unit

    def _cause(self, figure: Figure) -> str | None:
        if not figure.is_reason:
            return None
        return self.reasons_of or self._last_own_change()

    def _last_own_change(self) -> str | None:
        moved = (
            fact.id
            for fact in reversed(self.facts[-12:])
            if fact.measure in _CHANGES
            and fact.cause_of is None
            and fact.span.start >= self.passage.start
        )
        return next(moved, None)

    def _named(
        self, label: str, path: str, budget: str | None
    ) -> tuple[str, str | None, tuple[str, ...]]:
        """Return label, code and flags of what a path or a label names."""
        year = self.profile.fiscal_year
        if path:
            named = name_heading(path, year, budget)
            one = label_of(path) if len(named.names) == 1 and not re.search(r"\d", path) else ""
            return one or named.label or label_of(path), named.code, named.flags
        if len(label) > _LONGEST_NAME or _NO_FUNCTIONS.search(self.section.title):
            return label, None, ()
        if _WHOLE.fullmatch(_BASE.sub("", label)):
            return label, TOTAL, ()
        named = name_heading(_BASE.sub("", label), year, budget)
        return label, named.code, named.flags if named.code else ()

    def _budget(self, *about: str) -> str | None:
        """Return the budget of a figure: its own, that of its reason, or its section's."""
        for words in about:
            if _FUNDS.search(words):
                return "government_funds_budget"
            if budget_named(words):
                return budget_named(words)
        return self.section.budget

    def _say(self, said: Said) -> None:
        budget = self._budget(said.path or said.label)
        label, code, _ = self._named(said.label, said.path, budget)
        span = self.document.span(*self.passage.place(said.start, said.end))
        self.statements.append(Statement(said.kind, label, code, budget, span))


def _entry_of(text: str) -> str:
    """Return the heading path that a paragraph consists of, "" where it holds more."""
    found = path_before(text)
    return found[0] if found and not text[found[1] :].strip("。：: \0") else ""


def _type_of(label: str) -> str | None:
    named = expenditure_type_named(label)
    if named is None and label.endswith(("基本支出", "项目支出")):
        named = expenditure_type_named(label[-4:])
    return named or ("project_expenditure" if label.endswith("项目") else None)
