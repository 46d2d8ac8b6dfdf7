"""Saying a figure: the account's amounts, the words around them, and what they mean.

`Writer.say` fills a template: `<a|b>` is a choice of words, `{name}` a passage. Comparisons with
last year and with the budget are made here, so that every amount, change and rate agrees.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from random import Random
from typing import TypeVar

from fiscal.codes import TOTAL, ancestors
from fiscal.ontology.scheme import Scheme
from tests.laws.accounts import BUDGET_OF, GENERAL, Account
from tests.laws.narrative.pieces import (
    ANY,
    Figure,
    Meaning,
    Other,
    Passage,
    Piece,
    Saying,
    Subject,
)
from tests.laws.narrative.style import Style

__all__ = ["Shape", "Writer", "subject", "whole", "without_unit"]

_T = TypeVar("_T")
_CHOICE = re.compile(r"<([^<>]*)>")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
STEP = 100
Part = str | Piece | Sequence[Piece]


def subject(*labels: str, budget: str | None = None, code: str | None = None) -> Subject:
    """Name what a sentence is about."""
    return Subject(labels, budget, code)


@dataclass
class Writer:
    """One office at work on its account; `known` keeps last year's figures and the budget's."""

    account: Account
    style: Style
    random: Random
    body: str
    is_budget: bool = False
    known: dict[str, Fraction] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """The year that is accounted for."""
        return self.account.year

    # Words

    def pick(self, *options: _T) -> _T:
        """Choose one of some."""
        return self.random.choice(options)

    def chance(self, probability: float) -> bool:
        """Tell whether something happens that happens so often."""
        return self.random.random() < probability

    def say(self, template: str, **parts: Part) -> Passage:
        """Fill a template with passages, after its choices of words were made."""
        while _CHOICE.search(template):
            template = _CHOICE.sub(lambda m: self.random.choice(m[1].split("|")), template)
        words = {"body": self.body, "year": self.in_year(), "prior": self.in_year(-1), **parts}
        passage: Passage = []
        for at, text in enumerate(_PLACEHOLDER.split(template)):
            passage += self._pieces(words[text]) if at % 2 else [self.style.words(text)]
        return passage

    def _pieces(self, part: Part) -> Passage:
        if isinstance(part, str):
            return [self.style.words(part)]
        return [part] if isinstance(part, Figure | Other | Saying) else list(part)

    def in_year(self, offset: int = 0) -> Passage:
        """Name a year: 2023年度."""
        return [self.number(self.year + offset, "year"), self.style.blank + self.style.year_word]

    def number(self, number: int | str, kind: str) -> Other:
        """Print a numeral that is no figure."""
        return Other(str(number), kind)

    # Figures

    def money(
        self,
        about: Subject,
        value: Fraction,
        *measures: str,
        unit: str = "",
        base: str | None = None,
        sign: int = 1,
    ) -> Figure:
        """Print an amount; it states the year's own measure unless it is told otherwise."""
        unit = unit or self.style.unit
        own = "budget" if self.is_budget else "final"
        style = self.style
        if style.is_mixed:
            style = replace(style, separator=self.pick("", ","), is_trimmed=self.chance(0.3))
        text = style.amount(value, unit)
        return self._figure(about, text, unit, measures or (own,), base, sign)

    def rate(
        self,
        about: Subject,
        value: Fraction,
        measure: str,
        base: str | None = None,
        sign: int = 1,
    ) -> Figure:
        """Print a share or a rate."""
        unit = "" if self.style.drops_percent and self.chance(0.2) else self.style.percent
        return self._figure(about, self.style.rate(value), unit, (measure,), base, sign)

    def count(self, label: str, number: int, unit: str) -> Figure:
        """Print how many there are."""
        text = self.style.digits(str(number))
        return self._figure(subject(label), text, unit, ("count",), None, 1)

    def score(self, label: str, value: Fraction) -> Figure:
        """Print a score in points."""
        text = self.style.digits(f"{float(value):.2f}")
        return self._figure(subject(label), text, "分", ("score",), None, 1)

    def _figure(
        self,
        about: Subject,
        text: str,
        unit: str,
        measures: tuple[str, ...],
        base: str | None,
        sign: int,
    ) -> Figure:
        plain = text.translate(str.maketrans("０１２３４５６７８９．", "0123456789."))
        number = Decimal(re.sub("[,， ]", "", plain)) * sign
        meanings = tuple(
            Meaning(label, measures, number, unit, about.budget, about.code, base)
            for label in about.labels
        )
        gap = "" if unit in ("", "%", "％") else self.style.blank
        return Figure(text, meanings, self.style.blank, gap + unit)

    # Comparisons

    def planned(self, key: str, value: Fraction) -> Fraction:
        """Return what the budget gave for something, the same whenever it is asked."""
        return self._known(f"planned {key}", value, equal=0.3)

    def before(self, key: str, value: Fraction) -> Fraction:
        """Return last year's amount of something, the same whenever it is asked."""
        return self._known(f"before {key}", value, equal=0.08)

    def _known(self, key: str, value: Fraction, equal: float) -> Fraction:
        if key not in self.known:
            factor = 1 if self.chance(equal) else Fraction(self.random.randint(20, 190), 100)
            self.known[key] = Fraction(round(value * factor / STEP) * STEP)
        return self.known[key]

    def changed(self, about: Subject, value: Fraction, before: Fraction, each: str = "") -> Passage:
        """Say by how much something differs from last year: 增加D万元，增长P%."""
        change, sign = abs(value - before), 1 if value >= before else -1
        if not change:
            return self._unchanged(about)
        amount = self.money(about, change, "change", sign=sign)
        if not before or change > before * _MOST:
            return self.say(each + "增加{D}<||（基数过小，不可比）|，增长率无可比性>", D=amount)
        rate = self.rate(about, change / before, "change_rate", sign=sign)
        words = self.pick(*(_RISES if sign > 0 else _FALLS))
        if not rate.meanings[0].unit:
            # Without its % only these words tell that it is a rate.
            words = "增加{D}，增长{P}" if sign > 0 else "减少{D}，下降{P}"
        return self.say(each + words, D=amount, P=rate)

    def _unchanged(self, about: Subject) -> Passage:
        if self.chance(0.3):
            zero = self.money(about, Fraction(0), "change")
            return self.say(
                "增加{D}，增长{P}", D=zero, P=self.rate(about, Fraction(0), "change_rate")
            )
        # Two that share their figures are named by one word: no label is judged.
        label = about.labels[0] if len(about.labels) == 1 else None
        return [Saying("持平", "equal_to_prior_year", label)]

    def against_last_year(
        self, about: Subject, value: Fraction, before: Fraction, name: str = ""
    ) -> Passage:
        """Compare with last year: 比上年增加…, or 与2018年相比，{name}增加…."""
        change = self.changed(about, value, before)
        if isinstance(change[0], Saying):
            return self.say("{name}与<上年|上年度|上年决算数|{prior}>{C}", name=name, C=change)
        if before and self.chance(0.1):
            base = self.money(about, before, "prior_year")
            return self.say("{name}<比上年|较上年|较上年决算数>{Z}{C}", name=name, Z=base, C=change)
        if name and self.chance(0.5):
            return self.say("与<{prior}|上年>相比，{name}{C}", name=name, C=change)
        return self.say(
            "{name}<比上年|较上年|比上年度|较上年决算数|较{prior}|比{prior}|较{prior}决算数|同比>{C}",
            name=name,
            C=change,
        )

    def against_budget(self, about: Subject, value: Fraction, planned: Fraction) -> Passage:
        """Compare with the budget in money: 较年初预算数减少D万元，下降P%."""
        difference, sign = abs(value - planned), 1 if value >= planned else -1
        if not difference or not planned:
            return self.level(about)
        amount = self.money(about, difference, "budget_difference", sign=sign)
        rate = self.rate(about, difference / planned, "change_rate", "年初预算", sign)
        words = "增加{D}，<增长|上升>{P}" if sign > 0 else "减少{D}，<下降|降低>{P}"
        return self.say("<较年初预算数|较年初预算|比年初预算>" + words, D=amount, P=rate)

    def level(self, about: Subject) -> Passage:
        """Say that what was spent is what was planned."""
        text = self.pick("决算数与预算数持平", "决算数等于预算数", "决算数与年初预算数持平")
        return [Saying(text, "equal_to_budget", about.labels[0])]

    def completed(self, about: Subject, value: Fraction, planned: Fraction) -> Passage:
        """Say how much of the budget was spent: 完成年初预算的P%; nothing without a budget."""
        if not planned or value > planned * _MOST:
            return []
        rate = self.rate(about, value / planned, "completion")
        words = self.pick(*_COMPLETIONS)
        return self.say(words, P=rate)

    def explained(self, about: Subject, value: Fraction, planned: Fraction) -> Passage:
        """Say why what was spent is not what was planned, or that it is."""
        if value == planned:
            return ["，", *self.level(about)]
        word = "大于" if value > planned else "小于"
        return self.say(
            f"<，|。>决算数{word}<预算数|年初预算数>的<主要原因是|主要原因：|原因是|主要原因是：>"
            "{R}",
            R=self.reason(about, money=0),
        )

    def reason(self, about: Subject, money: float = 0.3) -> Passage:
        """Give a reason, with amounts of its own so often."""
        if self.chance(0.15):
            return self._dated_reason()
        if not self.chance(money):
            return [self.pick(*_REASONS)]
        names = self.random.sample(_CAUSES, self.pick(1, 1, 2, 3))
        causes = [self._cause(about, name) for name in names]
        if len(causes) > 1 and self.chance(0.4):
            causes = [[f"{at}是", *cause] for at, cause in zip("一二三", causes, strict=False)]
        return self._joined(causes)

    def _dated_reason(self) -> Passage:
        """Give a reason with numerals that are no figures, or that may be taken either way."""
        return self.say(
            "<根据《关于调整缴费基数的通知》（财预〔{Y}〕{N}号）要求调整|自{D}年{M}月起调整缴费基数"
            "|{P}年部分项目结转|新进人员{C}名，人员经费增加>",
            Y=Other(str(self.year - 1), "document_number"),
            N=Other(str(self.random.randint(1, 99)), "document_number"),
            D=Other(str(self.year), "date"),
            M=Other(str(self.random.randint(1, 12)), "date"),
            P=self.number(self.year - 1, "year"),
            C=Other(str(self.random.randint(2, 9)), ANY),
        )

    def _cause(self, about: Subject, name: str) -> Passage:
        value, sign = self.small(), self.pick(1, 1, -1)
        amount = self.money(subject(name, budget=about.budget), value, "change", sign=sign)
        return self.say("{L}" + ("增加" if sign > 0 else "减少") + "{D}", L=name, D=amount)

    def _joined(self, passages: Sequence[Passage]) -> Passage:
        mark = self.style.words(self.pick("，", "；"))
        return [piece for passage in passages for piece in (mark, *passage)][1:]

    # Amounts

    def small(self) -> Fraction:
        """Draw an amount of up to a hundred 万元."""
        return Fraction(self.random.randint(1, 10**4) * STEP)

    def items(self, fund: str = GENERAL) -> list[tuple[Subject, tuple[str, ...], Fraction]]:
        """Return the items spent on out of one fund: subject, names of the path, amount."""
        found = []
        for code in self.account.codes(fund):
            names = names_of(code, self.year)
            spent = self.account.spent(code, fund)
            if len(code) == 7 and names and spent:
                about = subject("/".join(names), budget=BUDGET_OF[fund], code=code)
                found.append((about, names, spent))
        return found

    def classes(self, fund: str = GENERAL) -> list[tuple[Subject, Fraction]]:
        """Return the categories spent on out of one fund, each with its name and amount."""
        found = []
        for code in self.account.codes(fund):
            names = names_of(code, self.year)
            if len(code) == 3 and names:
                about = subject(names[0], budget=BUDGET_OF.get(fund), code=code)
                found.append((about, self.account.spent(code, fund)))
        return found


def whole(label: str, fund: str) -> Subject:
    """Name the whole of one budget."""
    return subject(label, budget=BUDGET_OF[fund], code=TOTAL)


def without_unit(figure: Figure) -> Figure:
    """Print a figure whose unit was left out, as happens."""
    meanings = tuple(replace(meaning, unit="") for meaning in figure.meanings)
    return replace(figure, meanings=meanings, after="")


@cache
def names_of(code: str, year: int) -> tuple[str, ...]:
    """Return the names from the category down to a code, nothing where they do not tell it."""
    scheme = Scheme.shipped("functional", year)
    path = (*ancestors(code), code)
    if any(each not in scheme for each in path):
        return ()
    names = tuple(scheme[each].name for each in path)
    for above, name in zip((TOTAL, *path[:-1]), names, strict=True):
        if len([each for each in scheme.children(above) if _stem(each.name) == _stem(name)]) != 1:
            return ()
    return names


def _stem(name: str) -> str:
    return name.removesuffix("支出")


Shape = Callable[[Writer], Passage]

# A rate above this is not printed.
_MOST = 50
_COMPLETIONS = (
    "，完成预算{P}",
    "，完成预算的{P}",
    "，完成年初预算的{P}",
    "，完成年初预算{P}",
    "，为年初预算的{P}",
    "，预算执行率{P}",
    "，完成全年预算的{P}",
    "，完成年初预算数的{P}",
    "，完成率为{P}",
    "，预算完成率为{P}",
    "（完成预算的{P}）",
)
_RISES = (
    "增加{D}，增长{P}",
    "增加{D}，增长{P}",
    "增加{D}，上升{P}",
    "增加{D}、增长{P}",
    "增加{D}（增长{P}）",
    "增加{D}，增幅{P}",
    "增加{D}，增幅为{P}",
    "增长{D}，增长{P}",
    "增长{P}，增加{D}",
    "增加了{D}，增长了{P}",
    "增加{D}，同比增长{P}",
    "增加{D}，增长率为{P}",
    "增加{D}，增长幅度为{P}",
    "增加（减少）{D}，增长（下降）{P}",
)
_FALLS = (
    "减少{D}，下降{P}",
    "减少{D}，下降{P}",
    "减少{D}，降低{P}",
    "减少{D}、下降{P}",
    "减少{D}（下降{P}）",
    "减少{D}，减少{P}",
    "减少{D}，降幅{P}",
    "下降{D}，下降{P}",
    "下降{P}，减少{D}",
    "减少了{D}，下降了{P}",
    "减少{D}，同比下降{P}",
    "减少{D}，下降率为{P}",
    "减少{D}，下降幅度为{P}",
    "减少（增加）{D}，下降（增长）{P}",
)
_REASONS = (
    "严格控制一般性开支",
    "人员调动和职级晋升",
    "年中追加专项资金",
    "部分项目跨年实施、尾款尚未支付",
    "机构改革后职能划转",
    "社保缴费基数调整",
    "压减会议和培训",
    "上级专款下达较晚",
    "离退休人员增加",
    "厉行节约、过紧日子",
)
_CAUSES = (
    "业务专项经费",
    "办公楼修缮费",
    "信息系统运维费",
    "绩效奖金",
    "离休人员医药费",
    "乡村振兴衔接资金",
    "河道整治工程款",
    "公益性岗位补贴",
)
