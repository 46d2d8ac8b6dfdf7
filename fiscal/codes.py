"""A code of the government revenue and expenditure classification (政府收支分类科目).

A code is a string of digits, three for a 类 (category) and two more for each level below it: 款
(section), 项 (item) and, in revenue, 目 (subitem). Its ancestors are its prefixes. The first digit
says which classification it belongs to. Every spelling met in documents is read:

>>> parse_code("2010301") == parse_code("201-03-01") == parse_code("201 03 01")
True
>>> parse_code("一般公共服务支出（201类）政府办公厅（室）及相关机构事务（03款）行政运行（01项）")
'2010301'
>>> ancestors("2010301"), level("2010301"), scheme_of("2010301")
(('201', '20103'), 'item', 'functional')
"""

from __future__ import annotations

import re

from fiscal.errors import InvalidCode, Text

__all__ = [
    "LEVELS",
    "LEVEL_LABELS",
    "SCHEME_OF_FIRST_DIGIT",
    "STYLES",
    "TOTAL",
    "ancestors",
    "format_code",
    "level",
    "parent",
    "parse_code",
    "scheme_of",
]

# 合计: what every category of one classification adds up to. It has no code of its own.
TOTAL = "total"
LEVELS = {3: "category", 5: "section", 7: "item", 9: "subitem"}
LEVEL_LABELS = {
    "category": Text("类", "category"),
    "section": Text("款", "section"),
    "item": Text("项", "item"),
    "subitem": Text("目", "subitem"),
}
SCHEME_OF_FIRST_DIGIT = {
    "2": "functional",
    "1": "revenue",
    "3": "departmental_economic",
    "5": "government_economic",
}
STYLES = ("plain", "dashed", "spaced", "levelled")

_LEVEL_NAMES = "类款项目"
_DIGITS = str.maketrans("０１２３４５６７８９－–—　", "0123456789---\u0020")
_WHOLE = re.compile(r"[0-9]+")
_PARTED = re.compile(r"[0-9]{3}(?:[-\s]+[0-9]{2})*")
_LEVELLED = re.compile(rf"([0-9]{{2,3}})\s*([{_LEVEL_NAMES}])")
_LONGEST_SHOWN = 60
# The longest names along a path, with their codes, come to half of this.
_LONGEST_READ = 300


def parse_code(text: str) -> str:
    """Read a code in any spelling and return its digits.

    Raises InvalidCode, saying what was expected, for everything else.
    """
    plain = text.translate(_DIGITS).strip() if len(text) <= _LONGEST_READ else ""
    digits = _levelled_digits(plain) if any(name in plain for name in _LEVEL_NAMES) else None
    if digits is None and (_WHOLE.fullmatch(plain) or _PARTED.fullmatch(plain)):
        digits = re.sub(r"\D", "", plain)
    if digits is None or len(digits) not in LEVELS or digits[0] not in SCHEME_OF_FIRST_DIGIT:
        raise _invalid(text, digits)
    return digits


def _levelled_digits(text: str) -> str | None:
    """Join 201类 03款 01项, with or without names and brackets between, or return nothing."""
    found = _LEVELLED.findall(text)
    names = "".join(name for _, name in found)
    lengths = [len(digits) for digits, _ in found]
    in_order = (
        bool(found) and _LEVEL_NAMES.startswith(names) and lengths == [3, 2, 2, 2][: len(found)]
    )
    other_digits = re.search(r"[0-9]", _LEVELLED.sub("", text))
    return "".join(digits for digits, _ in found) if in_order and not other_digits else None


def _invalid(text: str, digits: str | None) -> InvalidCode:
    shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
    why = Text("", "")
    if digits is not None and len(digits) not in LEVELS:
        why = Text(f"（{len(digits)} 位）", f" ({len(digits)} digits)")
    elif digits is not None:
        why = Text(f"（首位为 {digits[0]}）", f" (it begins with {digits[0]})")
    return InvalidCode(
        Text(f"“{shown}”不是科目编码{why.zh}", f"“{shown}” is not a code{why.en}"),
        Text(
            "编码为 3 位（类）、5 位（款）、7 位（项）或 9 位（目）数字，首位为 1 收入、2 功能、"
            "3 部门经济、5 政府经济，如 2010301、201-03-01、201类03款01项",
            "a code has 3 (类), 5 (款), 7 (项) or 9 (目) digits and begins with 1 (revenue), "
            "2 (functional), 3 (departmental economic) or 5 (government economic), like 2010301, "
            "201-03-01 or 201类03款01项",
        ),
    )


def format_code(code: str, style: str = "plain") -> str:
    """Write a code in one of `STYLES`, so that `parse_code` gives it back.

    >>> [format_code("2010301", style) for style in STYLES]
    ['2010301', '201-03-01', '201 03 01', '201类 03款 01项']
    """
    parts = [code[:3], *(code[start : start + 2] for start in range(3, len(code), 2))]
    if style == "levelled":
        return " ".join(part + name for part, name in zip(parts, _LEVEL_NAMES, strict=False))
    return {"plain": "", "dashed": "-", "spaced": " "}[style].join(parts)


def ancestors(code: str) -> tuple[str, ...]:
    """Return the prefixes of a code that are codes themselves, the category first."""
    return tuple(code[:length] for length in LEVELS if length < len(code))


def parent(code: str) -> str:
    """Return the code one level up: the last ancestor, or `TOTAL` above a category.

    >>> parent("20103"), parent("201")
    ('201', 'total')
    """
    return (TOTAL, *ancestors(code))[-1]


def level(code: str) -> str:
    """Return category, section, item or subitem; `TOTAL` is its own level."""
    return TOTAL if code == TOTAL else LEVELS[len(code)]


def scheme_of(code: str) -> str:
    """Return the classification that the first digit of a code names."""
    return SCHEME_OF_FIRST_DIGIT[code[0]]
