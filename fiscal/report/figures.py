"""How amounts are shown: in the unit most of a document's figures are printed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from fiscal.model import Fact
from fiscal.money import UNITS, format_exact, format_rounded

__all__ = ["Scale", "scale_of"]


@dataclass(frozen=True, slots=True)
class Scale:
    """A unit and the decimals that figures in it are printed with."""

    unit: str
    decimals: int

    def exact(self, yuan: Fraction | None) -> str | None:
        """Write an amount with every decimal it has."""
        return None if yuan is None else format_exact(yuan / UNITS[self.unit], self.decimals)

    def printed(self, yuan: Fraction) -> str:
        """Write an amount as rounded, but in full where rounding would hide what it is."""
        rounded = self.rounded(yuan)
        return rounded if Fraction(rounded) * UNITS[self.unit] == yuan else self.exact(yuan) or ""

    def visible(self, yuan: Fraction) -> str:
        """Write an amount rounded, but in full where rounding would show nothing at all."""
        rounded = self.rounded(yuan)
        return rounded if Fraction(rounded) or not yuan else self.exact(yuan) or ""

    def rounded(self, yuan: Fraction, extra: int = 0) -> str:
        """Write an amount as figures of the document are printed, with `extra` decimals more."""
        return format_rounded(yuan / UNITS[self.unit], self.decimals + extra)


def scale_of(facts: Iterable[Fact]) -> Scale:
    """Return the commonest unit, with the most decimals printed in it."""
    amounts = [fact.amount for fact in facts]
    counts = Counter(amount.unit for amount in amounts)
    unit = max(UNITS, key=lambda name: counts[name]) if counts else "元"
    return Scale(unit, max((a.decimals for a in amounts if a.unit == unit), default=2))
