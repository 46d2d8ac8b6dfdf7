"""How many bodies or offices a sentence says there are, against those it names.

内设7个机构：办公室、财务科… and 办公室、财务科…等7个科室 give a number and the names. Names count
only where each of them ends as the name of an office or body does, so that a list in other words is
no list here; 甲科和乙科 may be one name or two, and both numbers pass. Names before 等 are a
selection: more of them than said are wrong, fewer only where one alone is missing of many.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from fiscal.errors import Text
from fiscal.rules.passages import Passage, body
from fiscal.rules.rule import PUBLISHED, Remark, Rule, Severity
from fiscal.rules.slip import verdict
from fiscal.rules.view import View

__all__ = ["RULES", "Names", "listed"]

_ENDS = "局委办院站所队校园馆场段处科股室会社厂部厅库台团庭组署司街镇乡学心级关司"
_NAME = re.compile(rf"[\u4e00-\u9fffA-Za-z0-9“”]{{2,60}}[{_ENDS}]|本级|工会|团委")
_JOINED = re.compile(rf"(?<=[{_ENDS}])(?:和|及|与|并|暨)(?=[\u4e00-\u9fff])")
_OWN = re.compile(r"(?:本级|机关|本部)$")
# What ends like a name and is none, or stands for several: 综合科等科室, 3个业务科室, 业务一至三科.
_NOT_A_NAME = re.compile(
    r"没有|^(?:我|本)?(?:单位|部门)?无|主要|其中|其他|各|(?<![高中初])等"
    r"|[\d一二三四五六七八九十两](?:\s?[个家]|[至到])"
)
_BRACKET = re.compile(r"[（(][^（）()]{0,80}[)）]")
_BREAK = re.compile(r"、|以及")
_LONGEST_NAME = 60

_NUMERALS = {numeral: at for at, numeral in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_N = r"(\d{1,3}|[一二三四五六七八九十两])\s?[个家]"
_ONES = (
    r"(?:职能|内设|中层|业务|综合|行政|二级|二层|下属|直属|所属|局属|基层|事业|预算|决算)*"
    r"(?:股室|科室|处室|部室|庭室|机构|部门|单位)"
)
# 内设9个机构：…, 预算单位共计5家，具体包括：…; not 事业单位3家, which is one of
# several kinds, counted before all are listed.
_ANNOUNCED = re.compile(
    rf"(?:(?:内设|下设|设有|设立|下辖|下属|共有|设)\s?{_N}{_ONES}"
    rf"|(?:股室|科室|处室|庭室|机构|(?<!事业)(?<!行政)单位)[”）)]{{0,2}}(?:共计|共有|合计|总计|共)?\s?{_N})"
    r"(?:[。，,；]\s?其中[：:，,]?[^。\n：:]{4,90}[。，,；])?"
    r"(?:[，,。]?\s?(?:具体|分别)?(?:情况)?(?:包括|为|是|如下|即)[：:]?|[：:])\s*"
)
# 内设机构包括：办公室、财务科…等7个股室
_COUNTED = re.compile(
    rf"(?P<open>等)?\s?{_N}{_ONES}(?![^，。；\n]{{0,4}}\d{{1,3}}\s?[个家])"
    r"(?:[，,]共(?:计|有)?\s?(?P<all>\d{1,3})\s?[个家](?:预算)?单位)?"
)
_CLAUSE = re.compile(r"[，,。；;\n]")
_OPENING = re.compile(r"包括[：:]?|内设|下设|设有|分别[为是]|[：:]")
_VERB = re.compile(r"[设有为是]")
_LONGEST_LIST = 400
_BELOW = re.compile(r"下属|所属|直属|二级|二层|局属|下设|下辖")
_ITEM = r"(?<![\d.．]){}\s?[.、．）)]\s?(?=[\u4e00-\u9fff])"
_REACH = 2000
_FOLLOWING = 40
_MANY = 5


class Names(NamedTuple):
    """How many names a list holds at least and at most, and how many of them are the body's own."""

    least: int
    most: int
    own: int = 0

    def fits(self, said: int) -> bool:
        """Tell whether so many may be named here."""
        return self.least <= said <= self.most

    @property
    def below(self) -> Names:
        """The names without the body's own: those of what is below it."""
        return Names(self.least - self.own, self.most - self.own)


def listed(text: str) -> Names | None:
    """Return how many offices or bodies a list names; None where it is not such a list.

    >>> listed("办公室、财务科和人事科、综合计划与财务处（挂审计处牌子）")
    Names(least=3, most=4, own=0)
    >>> listed("某局本级以及甲中心、某乙站")
    Names(least=3, most=3, own=1)
    >>> listed("农村公路建设、农村公路养护")
    """
    names = [name.strip(" 。.　") for name in _BREAK.split(_BRACKET.sub("", text)) if name.strip()]
    if not names or not all(map(_is_name, names)):
        return None
    joined = sum(len(_JOINED.findall(name)) for name in names)
    return Names(len(names), len(names) + joined, sum(bool(_OWN.search(name)) for name in names))


def _is_name(words: str) -> bool:
    return bool(_NAME.fullmatch(words)) and not _NOT_A_NAME.search(words)


def _announced(view: View) -> Iterator[Remark]:
    """Yield whether a number before a list is that of its names."""
    found_in = body(view)
    for at, passage in enumerate(found_in):
        for found in _ANNOUNCED.finditer(passage.text):
            said = _number(found[1] or found[2])
            names = _behind(view, found_in[at : at + _FOLLOWING], found.end())
            if names and said:
                is_below = bool(_BELOW.search(found.group())) and names.below.fits(said)
                yield _remark(view, passage, found.span(), said, names.below if is_below else names)


def _behind(view: View, found_in: Sequence[Passage], start: int) -> Names | None:
    """Return the names behind a place: numbered ones, those of the sentence, or of a table."""
    rest = found_in[0].text[start : start + _REACH]
    text = "\n".join([rest, *(each.text for each in found_in[1:])])[:_REACH]
    if re.match(rf"\s*[（(]?{_ITEM.format(1)}", text):
        return _numbered(text)
    if not rest.strip():
        return _in_table(view, found_in[0].start + start)
    sentence, *others = re.split("(?<=[。；;])", rest)
    goes_on = sentence.endswith(("；", ";")) and others and listed(others[0].rstrip("。；;"))
    is_ended = sentence.endswith(("。", "；", ";"))
    return listed(sentence[:-1]) if is_ended and not goes_on else None


def _numbered(text: str) -> Names | None:
    """Return how many names are numbered 1, 2, 3 and so on."""
    end = 0
    for number in count(1):
        mark = re.compile(_ITEM.format(number)).search(text, end, end + _LONGEST_NAME)
        if not mark:
            return Names(number - 1, number - 1)
        item = re.split(r"[，,。；;\n]|\s\s", text[mark.end() : mark.end() + _LONGEST_NAME])[0]
        item = re.split(_ITEM.format(number + 1), item)[0]
        if not _is_name(_BRACKET.sub("", item).strip(" ，、")):
            return None
        end = mark.end() + len(item)
    return None


def _in_table(view: View, start: int) -> Names | None:
    """Return how many names a table holds that follows at once and has a column for them."""
    tables = view.document.tables
    at = bisect_left([table.start for table in tables], start)
    if at == len(tables) or view.document.text[start : tables[at].start].strip():
        return None
    head, *rows = tables[at].rows
    columns = [column for column, cell in enumerate(head) if cell.strip() == "单位名称"]
    names = [row[columns[0]].strip() for row in rows] if len(columns) == 1 else []
    return Names(len(names), len(names)) if names and all(map(_is_name, names)) else None


def _summed(view: View) -> Iterator[Remark]:
    """Yield whether a number behind a list is that of its names."""
    for passage in body(view):
        for found in _COUNTED.finditer(passage.text):
            words = _list_before(passage.text, found.start())
            names, said = listed(words), _number(found[2])
            if not names or names.least < 2 or words.endswith("、"):
                continue
            fitting = names if names.fits(said) else names.below
            place = found.start() - len(words), found.end()
            if not (found["open"] and _is_selection(fitting, said)):
                yield _remark(view, passage, place, said, fitting)
            if found["all"] and not found["open"]:
                every = names if names.own else names._replace(most=names.most + 1)
                yield _remark(view, passage, place, int(found["all"]), every)


def _list_before(text: str, end: int) -> str:
    """Return what the clause before a place lists, behind the words that open a list."""
    clause = _CLAUSE.split(text[max(end - _LONGEST_LIST, 0) : end])[-1]
    *opening, words = _OPENING.split(clause)
    if not opening:
        *opening, words = _VERB.split(clause, maxsplit=1)
    return words if opening else ""


def _is_selection(names: Names, said: int) -> bool:
    """Tell whether names before 等 are some of those said: nobody leaves out one of many."""
    missing = said - names.most
    return missing > 1 or (missing == 1 and said < _MANY)


def _number(words: str) -> int:
    return _NUMERALS.get(words) or int(words)


def _remark(
    view: View, passage: Passage, place: tuple[int, int], said: int, names: Names
) -> Remark:
    message = Text(f"称有{said}个，列出{names.least}个", f"{said} are said, {names.least} named")
    span = passage.span(view, *place)
    return verdict("L604", "named", message, span, holds=names.fits(said))


def _named(view: View) -> Iterator[Remark]:
    yield from _announced(view)
    yield from _summed(view)


RULES = (
    Rule(
        id="L604",
        title=Text("列出的名称与所述个数一致", "as many are named as are said"),
        gist=Text(
            "单位、科室的个数与同句或其后列出的名称个数不同",
            "the number of bodies or offices is not that of the names beside it",
        ),
        why=Text("编制范围和机构设置须准确", "whose account it is has to be told rightly"),
        false_positives=Text(
            "名称中本身带顿号，或只列一部分而没有写“等”",
            "a name that holds a mark of lists, or a selection that does not say so",
        ),
        severity=Severity.WARNING,
        law=("budget_law/8", "publication_rules/4"),
        find=_named,
        kinds=PUBLISHED,
        good="某局内设3个机构：办公室、财务科、业务科。",
        bad="某局内设4个机构：办公室、财务科、业务科。",
        remedy=Text("核对数量和清单", "check the number and the list"),
    ),
)
