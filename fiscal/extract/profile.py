"""What a document says about itself, found before anything else is read.

Whose it is, of which year, budget or final accounts, or a form that nobody filled in; how the body
calls itself; in which unit the text counts; what the contents list and the body lacks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeVar

from fiscal.extract.contents import contents_of, lacking_in
from fiscal.extract.tables.captions import lines_before
from fiscal.extract.tables.cells import compact, figure_in
from fiscal.extract.tables.recognise import default_side, kind_of_title
from fiscal.extract.tables.regions import is_code_like
from fiscal.extract.title_page import (
    Title,
    is_region,
    name_in,
    names_alone,
    title_in,
    title_of,
    years_in,
)
from fiscal.model import Document, DocumentKind, Profile, Table
from fiscal.money import UNITS

__all__ = ["profile_of"]

_T = TypeVar("_T")

_CHARACTERS = r"[\u4e00-\u9fff（）()·“”A-Za-z×＊]"
_LABELLED = re.compile(
    r"(?:(?:预算)?主管部门|(?:部门|单位)名称|(?:编制|填报|公开|预算|决算)(?:单位|部门))"
    rf"(?:[（(][^（()）\n]{{1,6}}[)）])?[^\S\n]?[:：][^\S\n]{{0,3}}({_CHARACTERS}{{3,45}})"
)
_HEADED = re.compile(
    rf"^(?:第.部分\s{{0,3}}|[一二三]、)?({_CHARACTERS}{{4,45}}?)(?:部门|单位)?"
    r"(?:概况|主要职[能责]|机构设置|基本情况|基本职能)",
    re.MULTILINE,
)
_INCLUDED = re.compile(rf"纳入({_CHARACTERS}{{4,45}}?)(?:20\d\d年)")
_SUBJECT = re.compile(r"20\d\d\s?年度?(?:[省市区县镇乡]级|本级|汇总)?(?:部门|单位)(?:预算|决算)")
_BEFORE_SUBJECT = re.compile(rf"{_CHARACTERS}{{0,45}}\s{{0,2}}\Z")
_BEFORE_AT_MOST = 47
_YEAR_OF_FIGURES = re.compile(r"20\d\d\s?年度?[^\d。；\n]{0,15}(?:预算|决算)")
_FINAL_WORDS = re.compile(r"(?:部门|单位)决算|决算(?:公开|报表|情况|总表|表)")
_BUDGET_WORDS = re.compile(r"(?:部门|单位)预算|预算(?:公开|编制|总表|安排)")
_SAMPLE_WORDS = re.compile(
    r"样表|样本|模板|范本|范例|参考格式|参考文本|空表|填报说明|20[×xX＊*]{2}"
)
_PLACEHOLDER = re.compile(
    r"[xX×＊*ＸХ]{1,6}(?:[,，.][xX×ＸХ]{1,4}){0,2}\s?(?:万元|元|%|％)|[_＿]{2,12}\s?万?元"
)
_MONEY_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_MONEY = re.compile(rf"\d\s?({_MONEY_UNIT})")
_DECLARED = re.compile(
    rf"单位[:：]\s?(?:人民币)?({_MONEY_UNIT})|(?:以|均为|为)[“\"]?({_MONEY_UNIT})[”\"]?为单位"
)
_SELF = re.compile(
    r"[我本](?:办(?![法理公])|局|委|厅|院|校|中心|镇|乡|部门|单位|会(?![计议期场])|街道|处(?![理罚])"
    r"|所(?![有属])|站|馆|队|社(?![会区])|台|园)"
)
# 某县财政局（以下简称“我局”）, and without the brackets.
_INTRODUCED = (
    r"(?:[（(]|[，,]\s?)(?:以下)?(?:统称|简称)(?:为)?[:：]?\s?"
    r"[“\"「]?([\u4e00-\u9fff]{2,12})[”\"」]?[)），,]"
)
_REACH = 20_000
_FEW = 3
_LARGE = 10_000


def profile_of(document: Document, year: int | None = None) -> Profile:
    """Read the profile of a document; `year` overrules the one that the document names."""
    text = document.text
    title = title_of(text)
    subjects = list(_subjects(text))
    organisation = _organisation(text, title, subjects)
    kind = _kind(text, title)
    return Profile(
        title=_title(title, subjects),
        organisation=organisation,
        fiscal_year=year or _year(text, title, subjects),
        kind=DocumentKind.TEMPLATE if _is_blank_form(document, title) else kind,
        unit=_unit(document),
        short_names=tuple(_short_names(text, organisation)),
        listed=contents_of(text),
        lacking=lacking_in(text, organisation),
        tables=_tables(document, kind),
    )


def _title(title: Title | None, subjects: list[Title]) -> str | None:
    """Return the words of the title, or the first words of the text that could be one."""
    if title and (title.year or title.organisation):
        return title.text
    named = next((subject for subject in subjects if subject.organisation), None)
    return named.text[named.text.index(named.organisation or "") :] if named else None


def _subjects(text: str) -> Iterator[Title]:
    """Yield what the phrases “某单位2019年度部门决算” say, wherever they stand."""
    end = 0
    for match in _SUBJECT.finditer(text):
        # The year is sought first: to begin with the name would try every place of a long text.
        first = max(end, match.start() - _BEFORE_AT_MOST)
        name, end = _BEFORE_SUBJECT.search(text, first, match.start()), match.end()
        title = title_in(text[name.start() if name else match.start() : end])
        if title:
            yield title


def _organisation(text: str, title: Title | None, subjects: list[Title]) -> str | None:
    """Return the body's name, from where it is surest; a place's name only where no body's is."""
    own = title.organisation if title else None
    head = text[:_REACH]
    ways: tuple[Iterable[str | None], ...] = (
        [own],
        (name_in(name) for name in _LABELLED.findall(head)),
        (subject.organisation for subject in subjects),
        (name_in(name) for name in _INCLUDED.findall(text)),
        (name_in(name) for name in _HEADED.findall(head)),
        names_alone(text),
    )
    places = [own]
    for way in ways:
        names = [name for name in way if name]
        bodies = Counter(name for name in names if not is_region(name))
        if bodies:
            return _most_common(bodies)
        places += names
    return next(filter(None, places), None)


def _year(text: str, title: Title | None, subjects: list[Title]) -> int | None:
    if title and title.year:
        return title.year
    named = Counter(subject.year for subject in subjects if subject.year)
    if named:
        return _most_common(named)
    loosely = (year for words in _YEAR_OF_FIGURES.findall(text) for year in years_in(words))
    return _most_common(Counter(loosely))


def _kind(text: str, title: Title | None) -> DocumentKind:
    if title:
        return title.kind
    finals, budgets = len(_FINAL_WORDS.findall(text)), len(_BUDGET_WORDS.findall(text))
    if finals == budgets:
        return DocumentKind.UNKNOWN
    return DocumentKind.FINAL_ACCOUNTS if finals > budgets else DocumentKind.BUDGET


def _is_blank_form(document: Document, title: Title | None) -> bool:
    """Tell whether nobody filled in the amounts: none in tables, and gaps where prose has them."""
    amounts, gaps = len(_MONEY.findall(document.text)), len(_PLACEHOLDER.findall(document.text))
    if any(map(_has_amount, document.tables)):
        return False
    is_sample = bool(title and _SAMPLE_WORDS.search(title.text)) or gaps > amounts
    return is_sample or (bool(document.tables) and amounts <= _FEW and title is not None)


def _has_amount(table: Table) -> bool:
    """Tell whether a table states an amount; numbers of rows, codes and years are none."""
    return any(
        (figure := figure_in(cell)) is not None
        and not is_code_like(cell)
        and ("." in cell or abs(figure.number) >= _LARGE)
        for row in table.rows
        for cell in row
    )


def _unit(document: Document) -> str | None:
    """Return the unit that most amounts of the text have, else the one it declares."""
    said = Counter(_MONEY.findall(document.text))
    declared = (match[1] or match[2] for match in _DECLARED.finditer(document.text))
    return _most_common(said) or next(declared, None)


def _short_names(text: str, organisation: str | None) -> Iterator[str]:
    """Yield how the document says it calls the body, and how it calls itself (我局, 本部门)."""
    found: dict[str, None] = {}
    if organisation:
        introduced = re.compile(re.escape(organisation) + _INTRODUCED)
        found |= dict.fromkeys(introduced.findall(text))
        found |= dict.fromkeys(
            name
            for name in _SELF.findall(text)
            if name[1:] in ("部门", "单位") or name[1:] in organisation
        )
    yield from found


def _tables(document: Document, kind: DocumentKind) -> tuple[str, ...]:
    """Return the ids of the tables there, each once, told by the titles above or in them."""
    found: dict[str, None] = {}
    side, end = default_side(kind), 0
    for table in document.tables:
        above = lines_before(document, table.start, end)
        end = table.end
        titles = (line for line in (*_first_cells(table), *above, table.name) if "表" in line)
        kinds = (kind_of_title(title, side) for title in titles)
        found |= dict.fromkeys(name for name in [next(filter(None, kinds), None)] if name)
    return tuple(found)


def _first_cells(table: Table) -> Iterator[str]:
    return (compact(cell) for row in table.rows[:_FEW] for cell in row if cell)


def _most_common(counter: Counter[_T]) -> _T | None:
    return counter.most_common(1)[0][0] if counter else None
