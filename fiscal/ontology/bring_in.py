"""An official list taken in: checked, compared with what is shipped, kept in the user's folder.

A list is taken whole or not at all. What can be put right without guessing (a heading printed
twice) is; anything else is an error with its place. A list kept here is what `Scheme.of` gives for
its year from then on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fiscal.codes import LEVELS, SCHEME_OF_FIRST_DIGIT, TOTAL, parent, parse_code
from fiscal.errors import FiscalError, InvalidCode, Place, Text, UnreadableDocument, listed
from fiscal.model import Document
from fiscal.ontology.changes import Change, changes_between
from fiscal.ontology.listed_headings import Listed, listed_headings
from fiscal.ontology.own_lists import write_list
from fiscal.ontology.scheme import SCHEMES, Heading, Scheme, register

__all__ = ["Brought", "bring_in", "keep"]

# How many levels each classification has: 类 款 项 目.
_DEPTHS = {"functional": 3, "revenue": 4, "departmental_economic": 2, "government_economic": 2}


@dataclass(frozen=True, slots=True)
class Brought:
    """A list as read from a document, ready to be kept.

    `changes` tell how it differs from what is shipped for its year. `confirmed` counts, by
    attestation, the shipped headings that were not attested and that the list has with the same
    name. `repeated` is how many headings it prints again.
    """

    scheme: Scheme
    changes: tuple[Change, ...]
    confirmed: Mapping[str, int]
    repeated: int


def bring_in(
    document: Document, year: int, scheme: str | None = None, is_complete: bool = False
) -> tuple[tuple[Brought, ...], tuple[FiscalError, ...]]:
    """Return the lists that a document holds, and every error that keeps it from being taken in.

    With `scheme` all its headings must be of that classification. Without, each classification of
    which it lists a category is a list of its own. Raises UnreadableDocument where it lists
    nothing, UnknownScheme and UnknownYear.
    """
    listed = listed_headings(document)
    if not listed:
        raise _nothing_listed().at(Place(document.path))
    names = [scheme] if scheme else _schemes_of(listed)
    shipped = {name: Scheme.shipped(name, year) for name in names}
    errors = [*_unread(document, is_complete), *_errors(listed, names)]
    if errors:
        return (), tuple(errors)
    source = Path(document.path).name.replace("; ", "；")
    return tuple(_brought(listed, shipped[name], source, is_complete) for name in names), ()


def keep(brought: Brought) -> Path:
    """Write a list to the user's folder, in the place of an earlier one; return its path."""
    scheme = brought.scheme
    rows = (
        (
            heading.code,
            heading.name,
            " ".join(sorted(heading.budgets)),
            str(heading.valid_from),
            str(heading.valid_to),
            heading.attestation,
            " ".join(heading.seen_years),
            "",
            "; ".join(heading.sources),
            heading.note,
        )
        for heading in scheme
    )
    return write_list(scheme.name, scheme.year, rows, scheme.is_complete)


def _nothing_listed() -> UnreadableDocument:
    return UnreadableDocument(
        Text(
            "没有找到科目：没有编码与名称并列的表或行",
            "no headings: no codes with names beside them",
        ),
        Text(
            "提供科目编码和科目名称两列的表，或“2010301 行政运行”这样的行",
            "give a table with codes and names, or lines like “2010301 行政运行”",
        ),
    )


def _schemes_of(listed: Iterable[Listed]) -> list[str]:
    """Return the classifications that a list has a category of, else the commonest."""
    found = [each for each in listed if each.code[:1] in SCHEME_OF_FIRST_DIGIT]
    present = {_scheme(each) for each in found if len(each.code) == min(LEVELS)}
    commonest = Counter(map(_scheme, found)).most_common(1)
    return [name for name in SCHEMES if name in (present or {name for name, _ in commonest})]


def _scheme(listed: Listed) -> str:
    return SCHEME_OF_FIRST_DIGIT[listed.code[0]]


def _unread(document: Document, is_complete: bool) -> Iterator[FiscalError]:
    if is_complete and document.unread_pages:
        pages = listed(document.unread_pages)
        yield UnreadableDocument(
            Text(
                f"第 {pages.zh} 页读不出文字，不能作为完整的表",
                f"pages {pages.en} could not be read",
            ),
            Text("提供有文字的文件，或去掉 --complete", "give a file with text, or no --complete"),
            Place(document.path),
        )


def _errors(listed: Iterable[Listed], names: list[str]) -> Iterator[FiscalError]:
    """Yield what is wrong with each heading, in the order they are listed."""
    listed = list(listed)
    codes = {each.code for each in listed}
    first: dict[str, Listed] = {}
    for each in listed:
        error = (
            _code_error(each, names)
            or _name_error(each, first.setdefault(each.code, each))
            or _orphan_error(each, codes)
        )
        if error:
            yield error.at(each.place)


def _code_error(listed: Listed, names: list[str]) -> FiscalError | None:
    try:
        parse_code(listed.code)
    except InvalidCode as error:
        return error
    code, scheme = listed.code, _scheme(listed)
    if scheme not in names:
        wanted = Text(
            "、".join(SCHEMES[name].zh for name in names),
            ", ".join(SCHEMES[name].en for name in names),
        )
        return InvalidCode(
            Text(f"{code} 不属于{wanted.zh}", f"{code} is no code of {wanted.en}"),
            Text("检查编码首位，或用 --scheme 选定分类", "check its first digit, or give --scheme"),
        )
    if list(LEVELS).index(len(code)) >= _DEPTHS[scheme]:
        name, depth = SCHEMES[scheme], _DEPTHS[scheme]
        return InvalidCode(
            Text(
                f"{code} 有 {len(code)} 位，而{name.zh}只有 {depth} 级",
                f"{code} is too long for {name.en}",
            ),
            Text("检查编码", "check the code"),
        )
    return None


def _name_error(listed: Listed, first: Listed) -> FiscalError | None:
    if not listed.name:
        return UnreadableDocument(
            Text(f"{listed.code} 没有名称", f"{listed.code} has no name"),
            Text("补上科目名称", "add the name"),
        )
    if listed.name != first.name:
        where = first.place.describe()
        return UnreadableDocument(
            Text(
                f"{listed.code} 有两个名称：“{listed.name}”，此前为“{first.name}”（{where.zh}）",
                f"{listed.code} has two names: “{listed.name}”, before “{first.name}” ({where.en})",
            ),
            Text("只保留正确的一个", "keep the right one"),
        )
    return None


def _orphan_error(listed: Listed, codes: set[str]) -> FiscalError | None:
    above = parent(listed.code)
    if above == TOTAL or above in codes:
        return None
    return UnreadableDocument(
        Text(
            f"{listed.code} 的上级 {above} 不在表中", f"{above} above {listed.code} is not listed"
        ),
        Text("补上该上级科目，或检查编码", "add that heading, or check the code"),
    )


def _brought(listed: Iterable[Listed], shipped: Scheme, source: str, is_complete: bool) -> Brought:
    mine = [each for each in listed if _scheme(each) == shipped.name]
    budgets = _budgets(shipped)
    headings = {
        each.code: Heading(
            code=each.code,
            name=each.name,
            budgets=budgets.get(each.code, frozenset()),
            valid_from=shipped.year,
            valid_to=shipped.year,
            attestation="attested",
            seen_years=(str(shipped.year),),
            sources=(source,),
            note="",
        )
        for each in mine
    }
    scheme = Scheme.own(shipped.name, shipped.year, headings.values(), is_complete)
    changes = changes_between(shipped, scheme)
    return Brought(scheme, changes, _confirmed(shipped, scheme), len(mine) - len(headings))


def _budgets(shipped: Scheme) -> dict[str, frozenset[str]]:
    """Return the budgets of every code as the register knows it, best in the year itself."""
    names = sorted(register(shipped.name), key=lambda each: each.is_in_force(shipped.year))
    return {heading.code: heading.budgets for heading in names}


def _confirmed(shipped: Scheme, scheme: Scheme) -> dict[str, int]:
    same = (each for each in shipped if each.code in scheme and scheme[each.code].name == each.name)
    return dict(Counter(each.attestation for each in same if each.attestation != "attested"))
