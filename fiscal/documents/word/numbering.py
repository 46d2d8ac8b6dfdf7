"""The automatic numbers of paragraphs (一、 （一） 1. ①), which the XML holds only as counters."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from fiscal.documents.package import attribute

__all__ = ["Numbering", "numeral"]

_COUNTING = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "十", "百", "千")
_FORMAL_UNITS = ("", "拾", "佰", "仟")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LARGEST = 9999
_PLACE = re.compile(r"%([1-9])")
_NEEDS_NO_SPACE = tuple("、．）】〕」，：。")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    number_format: str
    text: str
    is_spaced: bool


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted."""

    root: etree._Element | None
    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _lists: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _restarts: dict[tuple[str, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.root is None:
            return
        for abstract in self.root.iterchildren("{*}abstractNum"):
            levels = {_level_of(level): _level(level) for level in abstract.iterchildren("{*}lvl")}
            self._levels[attribute(abstract, "abstractNumId")] = levels
        for number in self.root.iterchildren("{*}num"):
            self._add_list(number)

    def _add_list(self, number: etree._Element) -> None:
        identity = attribute(number, "numId")
        self._lists[identity] = attribute(number.find("{*}abstractNumId"), "val")
        for override in number.iterchildren("{*}lvlOverride"):
            start = override.find("{*}startOverride")
            if start is not None:
                self._restarts[identity, _level_of(override)] = _whole(attribute(start, "val"), 1)

    def label(self, identity: str, depth: int) -> str:
        """Count the next paragraph of a list at a depth (from 0) and return its number as text."""
        abstract = self._lists.get(identity, "")
        levels = self._levels.get(abstract, {})
        level = levels.get(depth)
        if level is None or level.number_format in ("bullet", "none"):
            return ""
        counts = self._counts.setdefault(abstract, {})
        restart = self._restarts.pop((identity, depth), None)
        counts[depth] = counts.get(depth, level.start - 1) + 1 if restart is None else restart
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]

        def shown(place: re.Match[str]) -> str:
            other = int(place[1]) - 1
            above = levels.get(other, level)
            return numeral(counts.get(other, above.start), above.number_format)

        text = _PLACE.sub(shown, level.text)
        return text + (" " if level.is_spaced and not text.endswith(_NEEDS_NO_SPACE) else "")


def _level(level: etree._Element) -> _Level:
    suffix = level.find("{*}suff")
    return _Level(
        _whole(attribute(level.find("{*}start"), "val"), 1),
        attribute(level.find("{*}numFmt"), "val") or "decimal",
        attribute(level.find("{*}lvlText"), "val"),
        suffix is None or attribute(suffix, "val") != "nothing",
    )


def _level_of(element: etree._Element) -> int:
    return _whole(attribute(element, "ilvl"), 0)


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else otherwise


def numeral(number: int, number_format: str) -> str:
    """Write a number in one of Word's formats; in digits where the format is not known.

    >>> numeral(21, "chineseCounting"), numeral(3, "decimalEnclosedCircleChinese"), numeral(4, "x")
    ('二十一', '③', '4')
    """
    write = _FORMATS.get(number_format)
    return write(number) if write and 0 < number <= _LARGEST else str(number)


def _counting(number: int) -> str:
    text = _with_units(number, _COUNTING, _UNITS)
    return text[1:] if text.startswith("一十") else text


def _with_units(number: int, digits: str, units: tuple[str, ...]) -> str:
    text, is_gap = "", False
    for place, digit in enumerate(reversed(str(number))):
        if digit == "0":
            is_gap = bool(text)
            continue
        text = digits[int(digit)] + units[place] + (digits[0] if is_gap else "") + text
        is_gap = False
    return text


def _one_by_one(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _sign(first: str, count: int) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if number <= count else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "koreanDigital2": _one_by_one,
    "ideographDigital": _one_by_one,
    "taiwaneseDigital": _one_by_one,
    "japaneseDigitalTenThousand": _one_by_one,
    "chineseLegalSimplified": lambda number: _with_units(number, _FORMAL, _FORMAL_UNITS),
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: "".join(chr(ord(d) + 0xFEE0) for d in str(number)),
    "decimalFullWidth2": lambda number: "".join(chr(ord(d) + 0xFEE0) for d in str(number)),
    "decimalEnclosedCircle": _sign("①", 20),
    "decimalEnclosedCircleChinese": _sign("①", 20),
    "decimalEnclosedParen": _sign("⑴", 20),
    "decimalEnclosedFullstop": _sign("⒈", 20),
    "ideographEnclosedCircle": _sign("㊀", 10),
}
