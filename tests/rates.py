"""Rates for tests: a number and a percent sign."""

from decimal import Decimal

from fiscal.money import Amount


def rate_of(text: str) -> Amount:
    """Read 12.50%."""
    return Amount(Decimal(text.removesuffix("%")), "%")
