"""Facts for tests, in as few words as a test needs."""

from fiscal.model import Fact, Span
from fiscal.money import parse_amount

GENERAL = "general_public_budget"


def fact(code: str, amount: str, fact_id: str = "", budget: str | None = GENERAL) -> Fact:
    """A final amount of 2019, like `fact("201", "12.50万元")`."""
    return Fact(
        id=fact_id or f"{code}={amount}",
        label="",
        code=code,
        measure="final",
        fiscal_year=2019,
        amount=parse_amount(amount),
        budget=budget,
        section="",
        span=Span(amount, 0, len(amount)),
    )
