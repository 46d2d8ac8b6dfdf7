"""The number of a law's article as it is printed: 第七十五条, 第十条之一, 第75条.

>>> article_number("第一百二十三条"), article_number("第十条之一"), article_number("第75条")
('123', '10-1', '75')
>>> printed("123"), printed("10-1"), printed("annex"), printed("")
('第一百二十三条', '第十条之一', '附件', '')
"""

from __future__ import annotations

import re

__all__ = ["ANNEX", "ARTICLE", "article_number", "chinese", "printed", "sort_key"]

ANNEX = "annex"
_NUMERAL = "[〇零一二三四五六七八九十百千两]{1,9}|[0-9]{1,4}"
ARTICLE = re.compile(rf"第\s?({_NUMERAL})\s?条(?:之({_NUMERAL}))?")
_DIGITS = "零一二三四五六七八九"
_UNITS = {"十": 10, "百": 100, "千": 1000}
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)} | {"〇": 0, "两": 2}


def article_number(text: str) -> str | None:
    """Return the number that `text` begins with, like 75 or, for 第十条之一, 10-1."""
    found = ARTICLE.match(text)
    if not found:
        return None
    main, extra = found.groups()
    return f"{_value(main)}-{_value(extra)}" if extra else str(_value(main))


def printed(number: str) -> str:
    """Return how an article's number is printed; nothing for the instrument as a whole."""
    if number in ("", ANNEX):
        return "附件" if number else ""
    main, _, extra = number.partition("-")
    return f"第{chinese(int(main))}条" + (f"之{chinese(int(extra))}" if extra else "")


def sort_key(number: str) -> tuple[int, int]:
    """Return the place of an article in its instrument: 10, 10-1, 11, the annex last."""
    if number == ANNEX:
        return 10**6, 0
    main, _, extra = (number or "0").partition("-")
    return int(main), int(extra or "0")


def _value(numeral: str) -> int:
    if numeral.isascii():
        return int(numeral)
    if not _UNITS.keys() & set(numeral):
        return int("".join(str(_VALUES[digit]) for digit in numeral))
    total, digit = 0, 0
    for character in numeral:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _VALUES[character]
    return total + digit


def chinese(number: int) -> str:
    """Return a number below ten thousand in Chinese numerals: 十一."""
    if number <= 0:
        return _DIGITS[0]
    units = ("千", "百", "十", "")
    parts = (
        _DIGITS[int(digit)] + (unit if digit != "0" else "")
        for digit, unit in zip(f"{number:04}", units, strict=True)
    )
    text = re.sub("零+", "零", "".join(parts)).strip("零")
    return text.removeprefix("一") if text.startswith("一十") else text
