"""The prose of an account: which heading was spent how much, under which budget.

Three statements are read. An entry: 行政运行（01项）：支出决算为854.16万元. The whole of a budget:
2019年一般公共预算财政拨款支出1937.43万元. A structure: 主要用于以下方面：教育支出（类）0万元；…

The budget is the one that the section's heading names. A list whose numbering has no gap and whose
every entry states a figure, and a structure read to its end, claim to be complete.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from fiscal.codes import TOTAL
from fiscal.errors import InvalidAmount, Place, Text, WrongUsage
from fiscal.extract.naming import code_of
from fiscal.model import BUDGETS, Document, Fact, Listing, Profile, Span
from fiscal.money import UNITS, parse_amount
from fiscal.ontology.scheme import Scheme

__all__ = ["read_prose"]

_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
# A dash before the digits may be a minus or a mark: such a figure is not read.
_AMOUNT = rf"(?<![—–―])(?P<amount>[-－]?[\d０-９][\d０-９,，.．]{{0,30}}[^\S\n]{{0,3}}(?:{_UNIT}))"
_MARK = r"\[bookmark:[^\]\n]{0,80}\]"
_NUMBERED = re.compile(
    rf"^(?:{_MARK}|\s)*(?:(?P<outer>\d{{1,3}})\s?[.、．]|(?P<inner>[⑴-⒇]|[（(]\d{{1,3}}[)）])\s?、?)?\s*"
)
_SECTION = re.compile(
    rf"^(?:{_MARK}|\s)*(?:(?P<top>[一二三四五六七八九十]{{1,3}}、|\d{{1,2}}、|第.{{1,3}}部分)"
    rf"|[（(][一二三四五六七八九十]{{1,3}}[)）])(?P<title>[^。；，]{{0,120}})$"
)
_ENTRY = re.compile(rf"(?P<label>.+?)(?:[:：。，,]?\s?支出)?决算(?:数)?为\s?{_AMOUNT}")
_WHOLE = re.compile(
    rf"(?P<label>(?:{'|'.join(b.zh for b in BUDGETS.values())})(?:财政)?拨款支出)\s?{_AMOUNT}"
)
_STRUCTURE = re.compile(r"用于以下(?:几个)?方面\s?[:：](?P<clauses>[^。]*)(?P<end>。?)")
_PART = re.compile(
    rf"(?P<label>[^\d，,；;、。]{{2,60}}?)\s?{_AMOUNT}(?:\s?[，,]\s?占[^，,；;。\d]{{0,20}}[\d.]{{1,9}}\s?[%％]?)?\s?[；;，,、]?\s?"
)
_ANY_AMOUNT = re.compile(_AMOUNT)
_OTHER_TIME = re.compile(r"上年|去年|上一年|(?P<year>(?:19|20)\d\d)\s?年")
_NOT_WHOLE = re.compile(r"项目|主要|重点|部分|其余|其他各|等")
# What may stand between the start of a clause and the name of a budget's whole expenditure.
_BEFORE_WHOLE = re.compile(
    r"(?:(?:19|20)\d\d\s?年度?|全年|本年度?|当年|共|我?[\u4e00-\u9fff]{2,20}(?=(?:19|20)\d\d)|\s)*"
)
_LONGEST_LINE = 4000


@dataclass(slots=True)
class _List:
    """The numbered entries of one section, as far as they were met."""

    numbers: list[tuple[int, int]] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    has_gap: bool = False

    def add(self, number: re.Match[str], fact_id: str | None) -> None:
        """Take an entry; a number out of turn, or an entry without a figure, is a gap."""
        outer, inner = self.numbers[-1] if self.numbers else (0, 0)
        if number["outer"]:
            here, in_turn = (int(number["outer"]), 0), (outer + 1, 0)
        else:
            here, in_turn = (outer, _value_of(number["inner"])), (outer, inner + 1)
        self.numbers.append(here)
        self.has_gap |= here != in_turn or fact_id is None
        self.members.extend([fact_id] if fact_id else [])

    def break_off(self) -> None:
        """Take an amount that is no entry: the list is not all there is."""
        self.has_gap = True

    def listing(self) -> Listing | None:
        """Return the claim to be complete; one entry alone claims nothing."""
        is_full = len(self.members) > 1 and not self.has_gap
        return Listing(TOTAL, frozenset(self.members)) if is_full else None


def _value_of(number: str) -> int:
    return ord(number) - ord("⑴") + 1 if len(number) == 1 else int(number.strip("（()）"))


def read_prose(
    document: Document, profile: Profile
) -> tuple[tuple[Fact, ...], tuple[Listing, ...]]:
    """Read the final amounts stated for headings of expenditure by function.

    Raises WrongUsage where the year is not known, and UnknownYear where its scheme is not.
    """
    if profile.fiscal_year is None:
        raise WrongUsage(
            Text("文件没有写明年度", "the document does not say its year"),
            Text("请用 --year 指定", "give it with --year"),
            Place(document.path),
        )
    reader = _Reader(document, profile.fiscal_year, Scheme.of("functional", profile.fiscal_year))
    for start, line in _lines(document.text):
        reader.read_line(start, line)
    reader.close_list()
    return tuple(reader.facts), tuple(reader.listings)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, line.rstrip("\r\n")
        start += len(line)


@dataclass(slots=True)
class _Reader:
    document: Document
    year: int
    scheme: Scheme
    budget: str | None = None
    section: str = ""
    is_of_another_year: bool = False
    entries: _List = field(default_factory=_List)
    facts: list[Fact] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)

    def read_line(self, start: int, line: str) -> None:
        section = _SECTION.match(line) if len(line) <= _LONGEST_LINE else None
        if section and not _ANY_AMOUNT.search(line):
            self.enter(section)
        elif len(line) > _LONGEST_LINE:
            self.entries.break_off()
        elif self.budget and not self.is_of_another_year:
            self.read_statements(start, line)

    def enter(self, section: re.Match[str]) -> None:
        """Enter a section: its budget is the one its title names, or that of the section above."""
        self.close_list()
        title = re.sub(_MARK, "", section["title"]).strip()
        named = [key for key, label in BUDGETS.items() if label.zh in title]
        if section["top"] or named:
            self.budget = named[0] if len(named) == 1 and "基本支出" not in title else None
        self.is_of_another_year = self.tells_another_time(title)
        self.section = title
        if _NOT_WHOLE.search(title):
            self.entries.break_off()

    def tells_another_time(self, words: str) -> bool:
        """Tell whether words name last year, or a year that is not the document's."""
        return any(
            match["year"] is None or int(match["year"]) != self.year
            for match in _OTHER_TIME.finditer(words)
        )

    def close_list(self) -> None:
        listing = self.entries.listing()
        self.listings.extend([listing] if listing else [])
        self.entries = _List()

    def read_statements(self, start: int, line: str) -> None:
        structure = _STRUCTURE.search(line)
        whole = self.whole_in(line)
        if whole:
            self.add(start, whole)
        if structure:
            self.read_structure(start + structure.start("clauses"), structure)
        elif not whole:
            self.read_entry(start, line)

    def whole_in(self, line: str) -> re.Match[str] | None:
        """Return the statement of this budget's whole, if nothing narrows it."""
        whole = _WHOLE.search(line)
        if whole is None or (self.budget and BUDGETS[self.budget].zh not in whole["label"]):
            return None
        before = re.split(r"[，,。；;：:]", line[: whole.start()])[-1]
        is_plain = _BEFORE_WHOLE.fullmatch(re.sub(_MARK, "", before))
        return whole if is_plain and not self.tells_another_time(before) else None

    def read_entry(self, start: int, line: str) -> None:
        number = _NUMBERED.match(line)
        offset = number.end() if number else 0
        entry = _ENTRY.match(line, offset)
        is_entry = entry and not self.tells_another_time(entry["label"])
        fact = self.add(start, entry) if entry and is_entry else None
        amounts = len(_ANY_AMOUNT.findall(line))
        if number and (number["outer"] or number["inner"]):
            self.entries.add(number, fact.id if fact and fact.code and amounts == 1 else None)
            if fact and _NOT_WHOLE.search(line[entry.end() if entry else 0 :]):
                self.entries.break_off()
        elif amounts:
            self.entries.break_off()

    def read_structure(self, start: int, structure: re.Match[str]) -> None:
        """Read the parts of a structure; only one that is read to its last character is full."""
        clauses, place, members = structure["clauses"], 0, []
        while part := _PART.match(clauses, place):
            fact = self.add(start, part)
            members += [fact.id] if fact and fact.code else [""]
            place = part.end()
        is_full = place == len(clauses) and structure["end"] and "" not in members
        if is_full and len(members) > 1:
            self.listings.append(Listing(TOTAL, frozenset(members)))

    def add(self, start: int, match: re.Match[str]) -> Fact | None:
        """Take a figure; one that cannot be read as money is no fact."""
        begin, end = match.span("amount")
        try:
            amount = parse_amount(match["amount"])
        except InvalidAmount:
            return None
        text = self.document.text
        span = Span(text[start + begin : start + end], start + begin, start + end)
        fact = Fact(
            id=f"F{len(self.facts) + 1}",
            label=match["label"].strip(" :：。，"),
            code=code_of(match["label"], self.scheme),
            measure="final",
            fiscal_year=self.year,
            amount=amount,
            budget=self.budget,
            section=self.section,
            span=span,
        )
        self.facts.append(fact)
        return fact
