"""Headings of the classification as the text and the tables name them.

A path like 教育支出（205类）普通教育（02款）学前教育（01项） is held against the official names of
the document's year. The register that ships is not complete: a heading it does not know is said to
be unknown, never wrong, and a name that is only recalled gives no finding.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from fiscal.codes import LEVELS
from fiscal.errors import Text
from fiscal.extract.heading_path import Step, compared, steps_of
from fiscal.extract.naming import doubts_of_name, name_heading, nearest_year
from fiscal.extract.tables.columns import budget_named
from fiscal.model import BUDGETS, Fact, Outcome, Span
from fiscal.ontology.headings import Heading
from fiscal.ontology.scheme import Scheme
from fiscal.rules.passages import Passage, body, once
from fiscal.rules.rule import PUBLISHED, Remark, Rule, Severity
from fiscal.rules.slip import Slip, remarks
from fiscal.rules.subject import kind_of_table
from fiscal.rules.view import View

__all__ = ["RULES", "Mention", "in_short", "mentions"]

_NAME = r"(?:“[\u4e00-\u9fff]{1,12}”)?[\u4e00-\u9fff][\u4e00-\u9fff、]{0,40}"
_MARK = r"[（(]\s?(?:\d{2,3}\s?)?[类款项]\s?[)）]"
_STEP = (
    rf"{_NAME}(?:[（(][\u4e00-\u9fff]{{1,8}}(?<![类款项])[)）](?:{_NAME})?){{0,2}}{_MARK}(?:支出)?"
)
_GAP = r"[ \t\u3000]{0,4}(?:[-—－][ \t\u3000]{0,4})?"
_PATH = re.compile(rf"{_STEP}(?:{_GAP}{_STEP}){{0,2}}")
_ENTRY = re.compile(r"\d{1,2}[.．、]|[（(]\d{1,2}[）)]")
_FIRST_AMOUNT = re.compile(r"[，。；]|\d[\d,.]{0,20}\s?(?:万|亿)?元")
_TOP_HEADING = re.compile(r"第.{1,3}部分|[一二三四五六七八九十]{1,3}、|附件|名词解释")
_LONGEST_HEADING = 50
_LENGTH_OF = {level: length for length, level in LEVELS.items()}
_AMOUNT = re.compile(r"\d{1,12}\.\d{1,4}")
_NEAR = 120
_ITEM_LENGTH = 7
_ATTESTED = ("attested", "attested_before_2018")
_REMEDY = Text("改为当年《政府收支分类科目》的名称", "use the name of the year's classification")
_LAW = ("classification", "budget_law/32")


class Mention(NamedTuple):
    """A path of headings in the text: its steps, the code found, the budget it stands under."""

    steps: tuple[Step, ...]
    code: str | None
    budget: str | None
    span: Span


@once
def mentions(view: View) -> Iterator[Mention]:
    """Yield every path of headings in the running text."""
    year, carried = nearest_year(view.profile.fiscal_year), None
    categories = _category_names(Scheme.of("functional", year))
    for passage in body(view):
        budget, carried = _budget_at(passage, carried)
        for found in _PATH.finditer(passage.text):
            start = found.start() + _stray(found.group(), categories)
            words = passage.text[start : found.end()]
            naming = name_heading(words, year, budget)
            span = passage.span(view, start, found.end())
            yield Mention(tuple(steps_of(words)), naming.code, budget, span)


def _budget_at(passage: Passage, before: str | None) -> tuple[str | None, str | None]:
    """Return the budget that a passage is about, and that of what follows it.

    Its own words name it, or a heading above; an entry of a list speaks for itself alone, and a
    sentence for what follows only if that is what it is about.
    """
    title = passage.title
    path = _PATH.search(passage.text)
    named = budget_named(passage.text[: path.start()] if path else passage.text)
    is_new = len(title) <= _LONGEST_HEADING and "。" not in title and _TOP_HEADING.match(title)
    above = None if is_new else before
    is_sentence = len(title) > _LONGEST_HEADING or "。" in title
    if not is_sentence:
        return named or above, named or above
    about = None if _ENTRY.match(title) else budget_named(_FIRST_AMOUNT.split(passage.text)[0])
    return named or above, about or above


def _category_names(scheme: Scheme) -> tuple[str, ...]:
    """Return the names of all categories, and these without a final 支出."""
    names = [each.name for each in scheme if each.level == "category"]
    return tuple(filter(None, (*names, *(name.removesuffix("支出") for name in names))))


def _stray(words: str, categories: tuple[str, ...]) -> int:
    """Return how many characters of a path are words before its first name, as in 用于教育支出."""
    name = re.split(_MARK, words, maxsplit=1)[0]
    fitting = (len(official) for official in categories if name.endswith(official))
    return len(name) - max(fitting, default=len(name))


def _official(step: Step, mention: Mention, scheme: Scheme) -> Heading | None:
    """Return the heading that a step of a mention should name."""
    length = _LENGTH_OF.get(step.level)
    code = mention.code[:length] if mention.code and length else ""
    return scheme[code] if len(code) == length and code in scheme else None


def _misnamed(view: View) -> dict[tuple[str, Heading], list[Span]]:
    """Return the places of every name that is not its heading's official one."""
    places: defaultdict[tuple[str, Heading], list[Span]] = defaultdict(list)
    scheme = Scheme.of("functional", nearest_year(view.profile.fiscal_year))
    for mention in mentions(view):
        for step in mention.steps:
            heading = _official(step, mention, scheme)
            if heading and step.name and compared(step.name) != compared(heading.name):
                places[step.name, heading].append(mention.span)
    return places


def _other_names(view: View) -> Iterator[Slip]:
    for (name, heading), spans in _misnamed(view).items():
        if not _is_samein_short(name, heading.name) and heading.attestation in _ATTESTED:
            yield _slip(name, heading, spans)


def _short_names(view: View) -> Iterator[Slip]:
    for (name, heading), spans in _misnamed(view).items():
        if _is_samein_short(name, heading.name):
            yield _slip(name, heading, spans)


def _is_samein_short(name: str, official: str) -> bool:
    return in_short(name) == in_short(official)


def in_short(name: str) -> str:
    """Return a name for comparing, without a final 支出, which offices add and leave off."""
    return compared(name).replace("其它", "其他").removesuffix("支出")


def _slip(name: str, heading: Heading, spans: list[Span]) -> Slip:
    message = Text(
        f"科目 {heading.code} 写作“{name}”，当年名称是“{heading.name}”",
        f"heading {heading.code} is called “{name}”; in this year it is “{heading.name}”",
    )
    return Slip(f"{heading.code} {name}", message, tuple(spans), _REMEDY)


def _unknown(view: View) -> Iterator[Remark]:
    """Yield headings whose name no year knows: wrong only against a complete list or a table."""
    scheme = Scheme.of("functional", nearest_year(view.profile.fiscal_year))
    printed = {in_short(fact.label) for fact in _items_in_tables(view)}
    for mention in mentions(view):
        last = mention.steps[-1] if mention.steps else None
        if last is None or last.level != "item":
            continue
        is_in_table = in_short(last.name) in printed
        if mention.code or is_in_table:
            yield Remark("K103", last.name, Outcome.HOLDS, _KNOWN, (mention.span,))
            continue
        is_sure = scheme.is_complete or bool(printed)
        outcome = Outcome.VIOLATED if is_sure else Outcome.UNDETERMINED
        message = _unknown_text(last.name, _likely(mention, view))
        yield Remark("K103", last.name, outcome, message, (mention.span,), _REMEDY)


_KNOWN = Text("科目名称相符", "the heading is known")


def _unknown_text(name: str, likely: str) -> Text:
    hint = Text(f"，表中同额的是“{likely}”", f"; “{likely}” has its amount there")
    return Text(
        f"科目“{name}”在支出表和科目表中都没有" + (hint.zh if likely else ""),
        f"no table here and no list of headings has “{name}”" + (hint.en if likely else ""),
    )


def _likely(mention: Mention, view: View) -> str:
    """Return the one item in the tables that has the amount told after a mention, or ''."""
    after = view.document.text[mention.span.end : mention.span.end + _NEAR]
    amounts = {found.group() for found in _AMOUNT.finditer(after)}
    names = {
        fact.label
        for fact in _items_in_tables(view)
        if len(fact.code or "") == _ITEM_LENGTH and f"{fact.amount.number}" in amounts
    }
    return names.pop() if len(names) == 1 else ""


def _items_in_tables(view: View) -> Iterator[Fact]:
    """Yield the figures of items in the tables of expenditure by function."""
    kinds = ("general_public", "expenditure", "government_funds", "state_capital")
    for fact in view.facts:
        is_listed = fact.is_in_table and kind_of_table(fact.section) in kinds
        if is_listed and fact.scheme == "functional":
            yield fact


def _wrong_budgets(view: View) -> Iterator[Remark]:
    scheme = Scheme.of("functional", nearest_year(view.profile.fiscal_year))
    for code, budget, span in (*_in_text(view), *_in_tables(view)):
        yield _judged(code, budget, span, scheme)


def _in_text(view: View) -> Iterator[tuple[str, str, Span]]:
    for mention in mentions(view):
        if mention.code and mention.budget:
            yield mention.code, mention.budget, mention.span


def _in_tables(view: View) -> Iterator[tuple[str, str, Span]]:
    rows = {(fact.section, fact.code): fact for fact in _items_in_tables(view)}
    for (section, code), fact in rows.items():
        budget = _BUDGET_OF_TABLE.get(kind_of_table(section))
        if code and budget:
            yield code, budget, fact.span


_BUDGET_OF_TABLE = {
    "general_public": "general_public_budget",
    "government_funds": "government_funds_budget",
    "state_capital": "state_capital_budget",
}


def _judged(code: str, budget: str, span: Span, scheme: Scheme) -> Remark:
    """Judge whether a heading is used in a budget; a list that is not complete may not know."""
    heading = scheme[code] if code in scheme else None  # noqa: SIM401, a scheme has no get
    if heading is None or not heading.budgets or budget in heading.budgets:
        outcome = Outcome.HOLDS if heading and heading.budgets else Outcome.UNDETERMINED
        return Remark("K104", code, outcome, _KNOWN, (span,))
    is_sure = scheme.is_complete or heading.attestation in _ATTESTED
    right = next(iter(sorted(heading.budgets)))
    message = Text(
        f"{code} {heading.name}是{BUDGETS[right].zh}的科目，却列在{BUDGETS[budget].zh}下",
        f"{code} is a heading of the {BUDGETS[right].en}, listed here under the "
        f"{BUDGETS[budget].en}",
    )
    return Remark(
        "K104", code, Outcome.VIOLATED if is_sure else Outcome.UNDETERMINED, message, (span,)
    )


def _codes_and_names(view: View) -> Iterator[Remark]:
    """Hold the name beside every code in a table against the official one."""
    year = view.profile.fiscal_year
    rows = {
        (fact.section, fact.code, fact.label): fact.span
        for fact in view.facts
        if fact.is_in_table and fact.scheme and fact.label
    }
    for (_, code, label), span in rows.items():
        is_other = bool(_OTHER_NAME.intersection(doubts_of_name(code or "", label, year)))
        outcome = Outcome.VIOLATED if is_other else Outcome.HOLDS
        yield Remark("K105", f"{code} {label}", outcome, _mismatch(code, label), (span,))


_OTHER_NAME = frozenset(("name_of_other_code", "name_of_other_year"))


def _mismatch(code: str | None, label: str) -> Text:
    return Text(f"编码 {code} 与名称“{label}”不对应", f"code {code} does not go with “{label}”")


RULES = (
    Rule(
        id="K101",
        title=Text("科目用当年的名称", "headings have the names of the year"),
        gist=Text(
            "说明中的类、款、项名称与当年科目不符，或款、项不属于所写的上级",
            "a category, section or item is not called by its name of the year, or is elsewhere",
        ),
        why=Text(
            "决算按当年的政府收支分类科目编制", "accounts follow the classification of the year"
        ),
        false_positives=Text("当年科目的名称登记有误", "a name wrong in the register of headings"),
        severity=Severity.WARNING,
        law=_LAW,
        find=remarks("K101", _other_names, among=mentions),
        kinds=PUBLISHED,
        good="1、住房保障支出（类）住房改革支出（款）住房公积金（项）决算为3.00万元。",
        bad="1、住房保障支出（类）住房保障支出（款）住房公积金（项）决算为3.00万元。",
        remedy=_REMEDY,
    ),
    Rule(
        id="K102",
        title=Text("科目写全称", "headings are called by their full names"),
        gist=Text("科目名称少了或多了“支出”", "支出 is missing from a heading's name, or added"),
        why=Text("简称容易与别的科目混淆", "a short name may be another heading's"),
        false_positives=Text("行文中有意用简称", "a short name used on purpose"),
        severity=Severity.NOTICE,
        law=_LAW,
        find=remarks("K102", _short_names, among=mentions),
        kinds=PUBLISHED,
        good="1、住房保障支出（221类）住房改革支出（02款）住房公积金（01项）决算为3.00万元。",
        bad="1、住房保障（221类）住房改革支出（02款）住房公积金（01项）决算为3.00万元。",
        remedy=_REMEDY,
    ),
    Rule(
        id="K103",
        title=Text("说明中的科目都能在表或科目表中找到", "every heading in the text is known"),
        gist=Text(
            "说明中的项级科目，支出表和科目表里都没有",
            "an item in the text stands in no table and on no list of headings",
        ),
        why=Text("说明应与表一致", "the text is to agree with the tables"),
        false_positives=Text(
            "科目表不全而文件没有支出表时不判断", "without a table it is not judged"
        ),
        severity=Severity.WARNING,
        law=(*_LAW, "budget_regulation/6"),
        find=_unknown,
        kinds=PUBLISHED,
        good="@ final_accounts_general_public_table\n住房公积金 | final | 3.00万元 | 2210201\n"
        "@ 五、一般公共预算财政拨款支出决算情况说明\n"
        "1、住房保障支出（类）住房改革支出（款）住房公积金（项）决算为3.00万元。",
        bad="@ final_accounts_general_public_table\n住房公积金 | final | 3.00万元 | 2210201\n"
        "@ 五、一般公共预算财政拨款支出决算情况说明\n"
        "1、住房保障支出（类）住房改革支出（款）住房活动补助费（项）决算为3.00万元。",
        remedy=_REMEDY,
    ),
    Rule(
        id="K104",
        title=Text("科目列在自己的预算下", "a heading stands under its own budget"),
        gist=Text(
            "政府性基金的科目列入一般公共预算，或者相反",
            "a heading of government funds under the general public budget, or the reverse",
        ),
        why=Text("四本预算应当保持完整、独立", "the four budgets are kept complete and separate"),
        false_positives=Text("专项债务等科目当年改变了归属", "a heading moved to another budget"),
        severity=Severity.ERROR,
        law=("budget_law/5", "classification"),
        find=_wrong_budgets,
        kinds=PUBLISHED,
        good="五、一般公共预算财政拨款支出决算情况说明\n"
        "1、住房保障支出（类）住房改革支出（款）住房公积金（项）决算为3.00万元。",
        bad="五、一般公共预算财政拨款支出决算情况说明\n"
        "1、城乡社区支出（212类）国有土地使用权出让收入安排的支出（08款）"
        "其他国有土地使用权出让收入安排的支出（99项）决算为3.00万元。",
        remedy=Text("移到所属预算的部分", "move it to the part of its budget"),
    ),
    Rule(
        id="K105",
        title=Text("表中编码与名称对应", "codes and names in tables go together"),
        gist=Text(
            "表中的名称是另一编码或另一年度的科目名称",
            "the name beside a code is another code's or another year's",
        ),
        why=Text("编码与名称不一致时不知用了哪个科目", "nobody can tell which heading was used"),
        false_positives=Text("当年科目的名称登记有误", "a name wrong in the register of headings"),
        severity=Severity.WARNING,
        law=_LAW,
        find=_codes_and_names,
        kinds=PUBLISHED,
        good="@ final_accounts_general_public_table\n住房公积金 | final | 3.00万元 | 2210201",
        bad="@ final_accounts_general_public_table\n购房补贴 | final | 3.00万元 | 2210201",
        remedy=_REMEDY,
    ),
)
