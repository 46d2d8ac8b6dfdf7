"""Faults as people make them, planted in a printed figure. Written apart from the typing model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

from fiscal.money import Amount

__all__ = ["FAULTS", "planted"]


def _digits_changed(change: Callable[[list[str], Random], None], a: Amount, r: Random) -> Amount:
    text = list(format(abs(a.number), "f"))
    change(text, r)
    number = Decimal("".join(text)).copy_sign(a.number)
    return replace(a, number=number)


def _places(text: list[str]) -> list[int]:
    return [at for at, each in enumerate(text) if each.isdigit()]


def _transpose(text: list[str], random: Random) -> None:
    places = _places(text)
    if len(places) > 1:
        at = random.randrange(len(places) - 1)
        one, other = places[at], places[at + 1]
        text[one], text[other] = text[other], text[one]


def _change(text: list[str], random: Random) -> None:
    text[random.choice(_places(text))] = random.choice("0123456789")


def _drop(text: list[str], random: Random) -> None:
    whole = [at for at in _places(text) if "." not in text[:at]]
    # Nobody leaves a zero in front.
    droppable = [at for at in whole[:-1] if at > 0 or text[at + 1] != "0"]
    if droppable:
        del text[random.choice(droppable)]


def _double(text: list[str], random: Random) -> None:
    at = random.choice([at for at in _places(text) if "." not in text[:at]])
    text.insert(at, text[at])


def _typed(change: Callable[[list[str], Random], None]) -> Callable[..., Amount]:
    return lambda amount, random, _others: _digits_changed(change, amount, random)


def _scaled(*powers: int) -> Callable[..., Amount]:
    def scale(amount: Amount, random: Random, _others: list[Amount]) -> Amount:
        step = Decimal(1).scaleb(-amount.decimals)
        number = amount.number * Decimal(10) ** random.choice(powers)
        return replace(amount, number=number.quantize(step))

    return scale


def _unit(amount: Amount, random: Random, others: list[Amount]) -> Amount:
    other = {"元": "万元", "万元": random.choice(("元", "亿元"))}.get(amount.unit, amount.unit)
    return replace(amount, unit=other)


def _copied(amount: Amount, random: Random, others: list[Amount]) -> Amount:
    alike = [each for each in others if each.unit == amount.unit]
    return random.choice(alike) if alike else amount


def _random(amount: Amount, random: Random, others: list[Amount]) -> Amount:
    step = Decimal(1).scaleb(-amount.decimals)
    return replace(amount, number=(amount.number * random.randint(70, 130) / 100).quantize(step))


# Each takes the amount, a source of chance, and the amounts beside it.
FAULTS: Mapping[str, Callable[..., Amount]] = {
    "unit": _unit,
    "x10, x100": _scaled(1, 2, -1, -2),
    "x10000": lambda amount, random, others: (
        _scaled(4, -4)(amount, random, others) if amount.is_money else amount
    ),
    "sign": lambda amount, random, others: replace(amount, number=-amount.number),
    "transposed": _typed(_transpose),
    "changed digit": _typed(_change),
    "dropped digit": _typed(_drop),
    "doubled digit": _typed(_double),
    "neighbour copied": _copied,
    "random ±30 %": _random,
}


def planted(kind: str, amount: Amount, random: Random, beside: list[Amount]) -> Amount:
    """Return the amount with a fault of a kind; the same amount where it cannot have one."""
    found = FAULTS[kind](amount, random, beside)
    is_changed = Fraction(found.number) * found.unit_value != amount.value
    return found if is_changed else amount
