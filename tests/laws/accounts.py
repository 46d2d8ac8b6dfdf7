"""Random departments' accounts that are true: exact yuan by code, money and type.

`accounts()` draws an `Account` in which every balance holds. `account_tables` writes it down as
the nine tables of final accounts, in a `Style` of `account_style`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from hypothesis import strategies as st

from fiscal.codes import ancestors
from fiscal.ontology.scheme import Scheme

__all__ = [
    "BUDGET_OF",
    "EXPENSES",
    "FUNDS",
    "GENERAL",
    "OTHER",
    "OWN_SOURCES",
    "STATE",
    "TYPES",
    "Account",
    "accounts",
    "random_account",
]

GENERAL = "general_public_appropriation"
FUNDS = "government_funds_appropriation"
STATE = "state_capital_appropriation"
OTHER = "other"
BUDGET_OF = {
    GENERAL: "general_public_budget",
    FUNDS: "government_funds_budget",
    STATE: "state_capital_budget",
}
OWN_SOURCES = {
    "superior_subsidy": "上级补助收入",
    "institutional_revenue": "事业收入",
    "business_revenue": "经营收入",
    "affiliate_remittance": "附属单位上缴收入",
    "other_revenue": "其他收入",
}
TYPES = {
    "basic_expenditure": "基本支出",
    "project_expenditure": "项目支出",
    "remittance_to_superior": "上缴上级支出",
    "business_expenditure": "经营支出",
    "subsidy_to_affiliates": "对附属单位补助支出",
}
EXPENSES = ("因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费")
# One hundredth of 万元: the least that every style can print.
STEP = 100

Money = Mapping[tuple[str, ...], Fraction]


@dataclass(frozen=True)
class Account:
    """A year's money of one department in exact yuan; what is not listed is nothing.

    `revenue` is by (item, source), `spending` by (item, source or `OTHER`, expenditure type),
    `opening` and `closing` by (item, source or `OTHER`), `economic` by section of the basic
    spending out of the general public budget, `three_public` by (expense, measure).
    """

    year: int
    revenue: Money
    spending: Money
    opening: Money
    closing: Money
    surplus_used: Fraction
    distribution: Fraction
    economic: Mapping[str, Fraction]
    three_public: Money

    def spent(self, code: str = "", fund: str | None = None, kind: str | None = None) -> Fraction:
        """Return what was spent under a code, out of one fund and of one type or of all."""
        return _sum(self.spending, code, {1: fund, 2: kind})

    def received(self, code: str = "", source: str | None = None) -> Fraction:
        """Return the revenue under a code, of one source or of all."""
        return _sum(self.revenue, code, {1: source})

    def carried(self, balance: Money, code: str = "", fund: str | None = None) -> Fraction:
        """Return what of `opening` or `closing` lies under a code, of one fund or of all."""
        return _sum(balance, code, {1: fund})

    def codes(self, fund: str | None = None) -> list[str]:
        """Return every item that has money, out of one fund or of any, and all above them."""
        flows = (*self.spending, *self.opening, *self.closing)
        items = {key[0] for key in flows if fund in (None, key[1])}
        return sorted({code for item in items for code in (item, *ancestors(item))})


def _sum(money: Money, code: str, wanted: Mapping[int, str | None]) -> Fraction:
    return sum(
        (
            value
            for key, value in money.items()
            if key[0].startswith(code)
            and all(want in (None, key[at]) for at, want in wanted.items())
        ),
        Fraction(0),
    )


@st.composite
def random_account(draw: st.DrawFn) -> Account:
    """Draw an account: first what was spent, then money brought forward and on, then revenue."""
    year = draw(st.integers(min_value=2020, max_value=2025))
    spending, opening, closing, revenue = {}, {}, {}, {}
    for code, fund in draw(_leaves(year)):
        kinds = list(TYPES) if fund == OTHER else list(TYPES)[:2]
        for kind in draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=2, unique=True)):
            spending[code, fund, kind] = draw(_yuan)
        spent = _sum(spending, code, {1: fund})
        carried = draw(_yuan | st.just(Fraction(0)))
        available = spent + carried
        brought = min(draw(_yuan | st.just(Fraction(0))), available)
        source = fund if fund != OTHER else draw(st.sampled_from(sorted(OWN_SOURCES)))
        opening[code, fund], closing[code, fund] = brought, carried
        revenue[code, source] = revenue.get((code, source), Fraction(0)) + available - brought
    used, distributed = sorted((draw(_yuan), draw(_yuan | st.just(Fraction(0)))), reverse=True)
    own = next((key for key in closing if key[1] == OTHER), None)
    # What is left of the surplus used goes on to the next year with the unit's own money.
    if own:
        closing[own] += used - distributed
    else:
        used = distributed
    basic = _sum(spending, "", {1: GENERAL, 2: "basic_expenditure"})
    return Account(
        year=year,
        revenue=revenue,
        spending=spending,
        opening=opening,
        closing=closing,
        surplus_used=used,
        distribution=distributed,
        economic=draw(_economic(basic)),
        three_public={
            (expense, measure): draw(_yuan | st.just(Fraction(0)))
            for expense in EXPENSES
            for measure in ("budget", "final")
        },
    )


_yuan = st.integers(min_value=1, max_value=10**8).map(lambda steps: Fraction(steps * STEP))


@lru_cache
def _leaves(year: int) -> st.SearchStrategy[list[tuple[str, str]]]:
    """Return a strategy of items, each with the money it was spent from."""
    items = [heading for heading in Scheme.shipped("functional", year) if heading.level == "item"]
    of_fund = {
        fund: [heading.code for heading in items if budget in heading.budgets]
        for fund, budget in BUDGET_OF.items()
    }
    of_fund[OTHER] = of_fund[GENERAL]
    leaf = st.one_of(
        st.tuples(st.sampled_from(codes), st.just(fund)) for fund, codes in of_fund.items() if codes
    )
    return st.lists(leaf, min_size=1, max_size=8, unique=True)


@st.composite
def _economic(draw: st.DrawFn, basic: Fraction) -> dict[str, Fraction]:
    """Part the basic spending into sections, some personnel and some not."""
    scheme = Scheme.shipped("departmental_economic", 2024)
    sections = [
        h.code for h in scheme if h.level == "section" and h.code[:3] in _PERSONNEL + _SUPPLIES
    ]
    chosen = draw(st.lists(st.sampled_from(sections), min_size=1, max_size=8, unique=True))
    steps = int(basic / STEP)
    cuts = sorted(
        draw(st.lists(st.integers(0, steps), min_size=len(chosen) - 1, max_size=len(chosen) - 1))
    )
    bounds = [0, *cuts, steps]
    return {
        code: Fraction((high - low) * STEP)
        for code, low, high in zip(sorted(chosen), bounds[:-1], bounds[1:], strict=True)
    }


_PERSONNEL = ("301", "303")
_SUPPLIES = ("302", "310")


def accounts() -> st.SearchStrategy[Account]:
    """Return a strategy of true accounts."""
    return random_account()
