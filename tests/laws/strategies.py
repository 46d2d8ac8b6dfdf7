"""Random amounts, and random accounts that are true: every whole is the sum of its parts."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from fiscal import codes
from fiscal.model import Fact
from fiscal.money import UNITS, Amount
from fiscal.ontology.scheme import Scheme
from tests.building import fact

SCHEME = Scheme.of("functional", 2019)
ITEMS = sorted(heading.code for heading in SCHEME if heading.level == "item")
SCHEME_CODES = sorted(heading.code for heading in SCHEME)

cents = st.integers(min_value=0, max_value=10**9)
leaves = st.dictionaries(st.sampled_from(ITEMS), cents, min_size=1, max_size=25)
numbers = st.decimals(min_value=-(10**8), max_value=10**8, allow_nan=False, places=2)
amounts = st.builds(Amount, numbers, st.sampled_from(sorted(UNITS)))


def in_ten_thousands(hundredths: int) -> str:
    """Write so many hundredths of 万元 as accounts print them."""
    return f"{Decimal(hundredths).scaleb(-2):f}万元"


def leaf_facts(money: dict[str, int]) -> list[Fact]:
    """One fact an item."""
    return [fact(code, in_ten_thousands(value)) for code, value in money.items()]


def whole_account(money: dict[str, int]) -> list[Fact]:
    """One fact for every item, every heading above it and the total, all adding up."""
    sums = dict(money)
    for code, value in money.items():
        for above in (codes.TOTAL, *codes.ancestors(code)):
            sums[above] = sums.get(above, 0) + value
    return leaf_facts(sums)


def renamed(facts: list[Fact]) -> list[Fact]:
    """The same facts under other ids."""
    return [replace(each, id=f"again {each.id}") for each in facts]
