"""Whole documents: the sections in an office's order, each told in shapes drawn for it.

`narratives()` draws a document, `sentences(shape)` one shape under its title and heading. Both are
made of an account and a number, so that what failed once can be written again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

from tests.laws.accounts import FUNDS, Account, accounts
from tests.laws.narrative import budgets, general, other_matters, overall
from tests.laws.narrative import three_public as public
from tests.laws.narrative.pieces import Narrative, Other, Passage, Shaped, assemble
from tests.laws.narrative.style import random_style
from tests.laws.narrative.surroundings import contents, duties, heading, office, terms, title
from tests.laws.narrative.writer import Shape, Writer

__all__ = ["SHAPES", "account_of", "narratives", "sentences", "write_narrative", "write_sentence"]

Shapes = Mapping[str, Shape]


@dataclass(frozen=True)
class Section:
    """A section: its title, the groups of shapes of which one each is written, its parts."""

    name: str
    groups: Sequence[Shapes] = ()
    parts: Sequence[Section] = ()


def _only(shapes: Shapes, *names: str) -> Shapes:
    return {name: shapes[name] for name in names}


_HEADS = _only(general.ITEMS, "S22", "S23")
_LISTS = {name: shape for name, shape in general.ITEMS.items() if name not in _HEADS}
_ACCOUNTS = {
    "totals": Section("收入支出决算总体情况<说明|>", (overall.TOTALS,)),
    "carried": Section("年末结转和结余情况<说明|>", (overall.CARRY_OVER,)),
    "income": Section("收入决算情况<说明|>", (overall.INCOME,)),
    "spending": Section("支出决算情况<说明|>", (overall.EXPENDITURE,)),
    "fiscal": Section("财政拨款收入支出决算总体情况<说明|>", (overall.APPROPRIATIONS,)),
    "general": Section(
        "一般公共预算财政拨款支出决算情况<说明|>",
        (),
        (
            Section("一般公共预算财政拨款支出决算总体情况", (general.WHOLE,)),
            Section("一般公共预算财政拨款支出决算结构情况", (general.STRUCTURE,)),
            Section("一般公共预算财政拨款支出决算具体情况", (_HEADS, _LISTS)),
        ),
    ),
    "basic": Section("一般公共预算财政拨款基本支出决算情况<说明|>", (general.BASIC,)),
    "public": Section(
        "“三公”经费财政拨款支出决算情况<说明|>",
        (),
        (
            Section("“三公”经费财政拨款支出决算总体情况说明", (public.WHOLE,)),
            Section(
                "“三公”经费财政拨款支出决算具体情况说明",
                (public.PARTS, public.EACH, public.JOURNEYS, public.VEHICLES, public.RECEPTIONS),
            ),
        ),
    ),
    "funds": Section("政府性基金预算支出决算情况<说明|>", (general.OTHER_BUDGETS,)),
    "state": Section("国有资本经营预算支出决算情况<说明|>", (general.STATE_CAPITAL,)),
    "other": Section(
        "其他重要事项的情况说明",
        (),
        (
            Section("机关运行经费支出情况", (other_matters.RUNNING,)),
            Section("政府采购支出情况", (other_matters.PROCUREMENT,)),
            Section("国有资产占有使用情况", (other_matters.ASSETS,)),
            Section("预算绩效管理情况", (other_matters.PERFORMANCE, other_matters.PROJECTS)),
        ),
    ),
}
_BUDGETS = (
    Section("收入支出预算总体情况<说明|>", (budgets.TOTALS,)),
    Section("一般公共预算财政拨款支出预算情况<说明|>", (budgets.WHOLE, budgets.ITEMS)),
    Section("一般公共预算基本支出预算情况<说明|>", (budgets.BASIC,)),
    Section("“三公”经费预算情况<说明|>", (budgets.THREE_PUBLIC,)),
    Section(
        "其他重要事项情况说明",
        (),
        (
            Section("机关运行经费", (budgets.RUNNING,)),
            Section("政府采购情况", (budgets.PROCUREMENT,)),
            Section("国有资产占用情况", (other_matters.ASSETS,)),
        ),
    ),
)
# As Sichuan, Shanghai, Chongqing and Jiangxi have them; the last two leave sections out.
_ORDERS = (
    "totals income spending fiscal general basic public funds state other",
    "totals income spending fiscal general basic public funds state other",
    "totals income spending carried fiscal general funds state public basic other",
    "income spending fiscal general basic public other",
    "totals general basic public funds other",
)


def _walk(sections: Sequence[Section], above: tuple[Section, ...] = ()) -> list[
    tuple[str, Shape, tuple[Section, ...]]
]:  # fmt: skip
    """Return every shape with the sections it stands in, from the outermost."""
    found = []
    for section in sections:
        path = (*above, section)
        for group in section.groups:
            found += [(name, shape, path) for name, shape in group.items()]
        found += _walk(section.parts, path)
    return found


_PLACED = {name: (shape, path, True) for name, shape, path in _walk(_BUDGETS)}
_PLACED |= {name: (shape, path, False) for name, shape, path in _walk([*_ACCOUNTS.values()])}
SHAPES = tuple(sorted(_PLACED))


def _writer(account: Account, random: Random, *, is_budget: bool, is_plain: bool) -> Writer:
    style = random_style(random, is_plain=is_plain)
    return Writer(account, style, random, office(random), is_budget)


def write_sentence(account: Account, number: int, shape: str) -> Narrative:
    """Write one shape under its title and headings."""
    written, path, is_budget = _PLACED[shape]
    writer = _writer(account, Random(number), is_budget=is_budget, is_plain=True)
    parts = [Shaped("", title(writer))]
    if shape in ("S48", "S51"):
        # A document that states no figure at all is refused as a whole.
        parts.append(Shaped("S02", [*overall.totals_alike(writer), "\n"]))
    for at, section in enumerate(path):
        parts.append(Shaped("", [*heading(writer, 5 - at, section.name, below=at > 0), "\n"]))
    parts += [Shaped(shape, written(writer)), Shaped("", ["\n"])]
    return assemble(parts, account.year)


def write_narrative(account: Account, number: int) -> Narrative:
    """Write a whole document: the notes of final accounts or, one in five, of a budget."""
    random = Random(number)
    writer = _writer(account, random, is_budget=random.random() < 0.2, is_plain=False)
    keys = random.choice(_ORDERS).split()
    sections = _BUDGETS if writer.is_budget else [_ACCOUNTS[key] for key in keys]
    parts = [Shaped("", title(writer))]
    if writer.chance(0.4):
        parts.append(Shaped("", contents(writer, [section.name for section in sections])))
    if writer.chance(0.6):
        parts.append(Shaped("", duties(writer)))
    kind = "预算" if writer.is_budget else "决算"
    parts.append(Shaped("", writer.say(f"第二部分 {{year}}<部门|单位>{kind}情况说明\n")))
    for number, section in enumerate(sections, start=1):
        parts += _section(writer, section, number)
    parts.append(Shaped("S69", [*writer.say("第三部分 "), *terms(writer)]))
    return assemble(parts, account.year)


def _section(writer: Writer, section: Section, number: int, *, below: bool = False) -> list[Shaped]:
    """Write a section; a part of one may run in with its heading."""
    runs_in = below and writer.chance(0.25)
    head = heading(writer, number, section.name, below=below)
    parts = [Shaped("", [*head, writer.pick("。", "：") if runs_in else "\n"])]
    for group in section.groups:
        name = writer.pick(*_fitting(writer, group))
        parts += [Shaped(name, group[name](writer)), Shaped("", ["\n"])]
    if section.groups and writer.chance(0.1):
        parts.append(Shaped("", _caption(writer, number)))
    for inner, part in enumerate(section.parts, start=1):
        parts += _section(writer, part, inner, below=True)
    return parts


def _fitting(writer: Writer, group: Shapes) -> list[str]:
    """Leave out what would be untrue: that there is nothing where there is something."""
    account = writer.account
    has_funds = account.spent("", FUNDS) or account.received("", FUNDS)
    untrue = {"S51"} if has_funds else {"S50"}
    if any(account.three_public.values()):
        untrue.add("S48")
    return [name for name in group if name not in untrue]


def _caption(writer: Writer, number: int) -> Passage:
    table = Other(f"{number:02}", "figure_number")
    if writer.chance(0.5):
        return ["（注：数据来源为公开", table, "表）\n"]
    return ["（图", Other(str(number), "figure_number"), "：结构图）\n"]


def account_of(number: int) -> Account:
    """Return the account of a number, always the same."""
    drawn: list[Account] = []

    # The first account that is drawn is the least there is.
    @seed(number)
    @settings(max_examples=2, database=None, deadline=None, phases=[Phase.generate])
    @given(accounts())
    def draw(account: Account) -> None:
        drawn.append(account)

    draw()
    return drawn[-1]


def narratives() -> st.SearchStrategy[Narrative]:
    """Return a strategy of documents."""
    return st.builds(write_narrative, accounts(), _seeds)


def sentences(shape: str) -> st.SearchStrategy[Narrative]:
    """Return a strategy of one shape."""
    return st.builds(write_sentence, accounts(), _seeds, st.just(shape))


_seeds = st.integers(0, 2**32 - 1)
