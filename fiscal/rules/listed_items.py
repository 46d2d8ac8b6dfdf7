"""Items that the text lists by name against the table of basic expenditure, and terms explained.

人员经费主要包括：基本工资、津贴补贴… is to name the items that have money, no more and no fewer.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from fiscal.errors import Text
from fiscal.extract.naming import name_heading
from fiscal.model import Fact, Span
from fiscal.rules.headings import Mention, in_short, mentions
from fiscal.rules.passages import Passage, body, once
from fiscal.rules.rule import PUBLISHED, Rule, Severity
from fiscal.rules.slip import Slip, remarks
from fiscal.rules.subject import kind_of_table
from fiscal.rules.view import View

__all__ = ["RULES"]

_LIST = re.compile(
    r"(人员经费|公用经费)[^；。\n]{0,30}?主要(?:包括|用于)[：:]?\s?([^。；\n]{2,600})"
)
_ECONOMIC = "departmental_economic"
_ITEM_LENGTH = 5
# Codes of the items that make up each of the two.
_CATEGORIES = {"人员经费": ("301", "303"), "公用经费": ("302", "307", "310", "312", "399")}
_GLOSSARY = re.compile(r"第?.{0,3}?(?:部分)?名词解释")
_KNOWN_LENGTH = 7
_PURPOSE = re.compile(r"主要用于[^。；\n]{0,80}(?:基本支出|项目支出)")
_TYPES = {"basic_expenditure": "基本支出", "project_expenditure": "项目支出"}


def _items(view: View) -> dict[str, Fact]:
    """Return the figures of items in the table of basic expenditure by code."""
    return {
        fact.code: fact
        for fact in view.facts
        if fact.is_in_table
        and kind_of_table(fact.section) == "basic"
        and fact.code
        and len(fact.code) == _ITEM_LENGTH
        and fact.scheme == _ECONOMIC
    }


def _lists(view: View) -> Iterator[Slip]:
    table = _items(view)
    with_money = _with_money(view)
    for passage, found in _listed(view):
        span = passage.span(view, *found.span(2))
        yield from _against(found, with_money, table, span, view)


def _with_money(view: View) -> set[str]:
    return {code for code, fact in _items(view).items() if fact.amount.number}


def _listed(view: View) -> list[tuple[Passage, re.Match[str]]]:
    """Return the lists of items, nothing where no table has money of any."""
    passages = body(view) if _with_money(view) else ()
    return [(each, found) for each in passages for found in _LIST.finditer(each.text)]


def _against(
    found: re.Match[str], with_money: set[str], table: dict[str, Fact], span: Span, view: View
) -> Iterator[Slip]:
    """Yield what a list names without money, and what has money and is not named."""
    kind, year = found.group(1), view.profile.fiscal_year
    names = [each.strip() for each in re.split("[、，,]", found.group(2)) if each.strip()]
    named = {_code_of(name, table, year): name for name in names}
    empty = [name for code, name in named.items() if code and code not in with_money]
    if empty:
        told = "、".join(empty)
        message = Text(
            f"{kind}列有“{told}”，基本支出表中没有金额",
            f"“{told}” is listed, but has no money in the table of basic expenditure",
        )
        yield Slip(f"{kind} listed", message, (span,))
    missing = [
        table[code].label
        for code in sorted(with_money - set(named))
        if code.startswith(_CATEGORIES[kind])
    ]
    if missing and not found.group(2).endswith("等"):
        told = "、".join(missing)
        message = Text(
            f"{kind}没有列出“{told}”，基本支出表中有金额",
            f"“{told}” has money in the table of basic expenditure, but is not listed",
        )
        yield Slip(f"{kind} not listed", message, (span,))


def _code_of(name: str, table: dict[str, Fact], year: int | None) -> str | None:
    """Return the code of the item that a name means: the table's own, else the scheme's."""
    wanted = in_short(name.rstrip("等"))
    own = (code for code, fact in table.items() if in_short(fact.label) == wanted)
    return next(own, None) or name_heading(name.rstrip("等"), year, scheme=_ECONOMIC).code


def _explained(view: View) -> Iterator[Slip]:
    """Yield headings that are explained though no figure of the document is of them."""
    glossary = _glossary(view)
    printed = {fact.code for fact in view.facts if fact.scheme == "functional"}
    printed |= {each.code for each in mentions(view) if each.span.start < glossary}
    for mention in _terms(view):
        code = mention.code or ""
        if code not in printed:
            name = mention.steps[-1].name
            message = Text(
                f"名词解释中的“{name}”（{code}）在决算中没有出现",
                f"“{name}” ({code}) is explained, but does not occur",
            )
            yield Slip(code, message, (mention.span,))


def _glossary(view: View) -> int:
    """Return where the glossary begins, the end of the text where there is none."""
    starts = [each.start for each in body(view) if _GLOSSARY.fullmatch(each.title)]
    return starts[-1] if starts else len(view.document.text)


def _terms(view: View) -> list[Mention]:
    """Return the items of expenditure that the glossary names."""
    glossary = _glossary(view)
    return [
        each
        for each in mentions(view)
        if each.span.start > glossary and len(each.code or "") == _KNOWN_LENGTH
    ]


@once
def _purposes(view: View) -> Iterator[tuple[Passage, re.Match[str], Mention, str, set[str]]]:
    """Yield what an item is said to be for: the type named, and those that the tables have."""
    found = sorted(mentions(view), key=lambda each: each.span.start)
    starts = [each.span.start for each in found]
    for passage in body(view):
        own = found[bisect_left(starts, passage.start) : bisect_left(starts, passage.end)]
        said = _PURPOSE.search(passage.text)
        named = {type_ for type_, zh in _TYPES.items() if said and zh in said.group()}
        if not said or len(own) != 1 or len(named) != 1:
            continue
        (mention,), (type_,) = own, named
        amounts = _by_type(mention.code, view)
        if amounts:
            yield passage, said, mention, type_, amounts


def _types(view: View) -> Iterator[Slip]:
    """Yield items said to be basic expenditure that the table has as projects, or the reverse."""
    for passage, said, mention, type_, amounts in _purposes(view):
        if type_ not in amounts:
            (other,) = set(_TYPES) - {type_}
            message = Text(
                f"说明称是{_TYPES[type_]}，表中全部列为{_TYPES[other]}",
                f"said to be {type_.replace('_', ' ')}, in the table all is "
                f"{other.replace('_', ' ')}",
            )
            span = passage.span(view, *said.span())
            yield Slip(f"{mention.code} type", message, (mention.span, span))


def _by_type(code: str | None, view: View) -> set[str]:
    """Return the types of expenditure under which the tables have money of an item."""
    return {
        fact.expenditure_type
        for fact in view.facts
        if fact.is_in_table and fact.code == code and code and fact.amount.number
        if fact.expenditure_type in _TYPES
    }


_TABLE = (
    "@ final_accounts_basic_table\n基本工资 | final | 3.00万元 | 30101\n"
    "津贴补贴 | final | 2.00万元 | 30102\n奖金 | final | 0 | 30103\n@ 六、基本支出决算情况说明\n"
)

_ITEM = (
    "@ final_accounts_general_public_table\n"
    "一般行政管理事务 | final | 3.00万元 | 2010602 type=project_expenditure\n"
    "@ 五、一般公共预算财政拨款支出决算情况说明\n"
    "1、一般公共服务支出（类）财政事务（款）一般行政管理事务（项）。主要用于：业务宣传等{}。"
)

RULES = (
    Rule(
        id="X201",
        title=Text("列举的经济科目与表一致", "items listed are those with money"),
        gist=Text(
            "人员经费、公用经费“主要包括”的科目与基本支出表中有金额的科目不同",
            "the items named are not those with money in the table of basic expenditure",
        ),
        why=Text("说明应与表一致", "the text is to agree with the tables"),
        false_positives=Text("只列举主要的科目", "only the chief items are meant"),
        severity=Severity.NOTICE,
        law=("publication_rules/4", "budget_regulation/6"),
        find=remarks("X201", _lists, among=_listed),
        kinds=PUBLISHED,
        good=_TABLE + "人员经费5.00万元，主要包括：基本工资、津贴补贴。",
        bad=_TABLE + "人员经费5.00万元，主要包括：基本工资、奖金。",
        remedy=Text("按表中有金额的科目列举", "list the items that have money"),
    ),
    Rule(
        id="X202",
        title=Text("基本、项目支出的说法与表一致", "basic and project are as in the table"),
        gist=Text(
            "说明称某科目用于基本支出，表中却全部列为项目支出，或者相反",
            "an item is said to be basic expenditure, the table has it all under projects",
        ),
        why=Text("基本支出与项目支出分别公开", "the two are published apart"),
        false_positives=Text("“项目支出”作普通词使用", "the words used in a general sense"),
        severity=Severity.NOTICE,
        law=("budget_regulation/5", "budget_regulation/6"),
        find=remarks("X202", _types, among=_purposes),
        kinds=PUBLISHED,
        good=_ITEM.format("项目支出"),
        bad=_ITEM.format("基本支出"),
        remedy=Text("核对支出类型", "check which it is"),
    ),
    Rule(
        id="K106",
        title=Text("只解释用到的科目", "only headings in use are explained"),
        gist=Text("名词解释里的科目在决算中没有出现", "a heading is explained that does not occur"),
        why=Text("可能沿用了往年的名词解释", "the glossary may be carried on from earlier years"),
        false_positives=Text("支出表在另一文件中", "tables published in another file"),
        severity=Severity.NOTICE,
        law=("publication_rules/annex",),
        find=remarks("K106", _explained, among=_terms),
        kinds=PUBLISHED,
        good="1.住房保障支出（类）住房改革支出（款）住房公积金（项）3.00万元。\n\n名词解释\n\n"
        "1.住房保障支出（类）住房改革支出（款）住房公积金（项）：指按规定缴存的公积金。",
        bad="1.住房保障支出（类）住房改革支出（款）住房公积金（项）3.00万元。\n\n名词解释\n\n"
        "1.住房保障支出（类）住房改革支出（款）购房补贴（项）：指按规定发放的补贴。",
        remedy=Text("删去没有用到的科目", "leave out what does not occur"),
    ),
)
