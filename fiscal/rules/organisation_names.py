"""The body's name, written in one way everywhere.

The name that prevails in titles is taken for the right one. A name that ends alike is a variant
only where it could be no other body's: a joining word changed or dropped (规划和自然资源,
规划与自然资源), a character doubled (某市市财政局), or, in the title of the document's own tables,
a part left out (某市规划局 for 某市某区规划局: elsewhere that is the office above).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from fiscal.errors import Text
from fiscal.model import Span
from fiscal.rules.passages import passages
from fiscal.rules.rule import PUBLISHED, Rule, Severity
from fiscal.rules.slip import Slip, remarks
from fiscal.rules.view import View

__all__ = ["JOINING", "RULES", "is_variant"]

# Words that join the fields of an office in its name.
JOINING = "和与及暨、"
_TITLE_BEHIND = re.compile(r"\s*20\d\d\s*年度?(?:部门|单位)?(?:预算|决算)")
_SHORTEST_NAME = 4
_END = 2
_DIVISIONS = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:自治区|自治州|自治县|省|市|州|盟|区|县|旗)")


def _variants(view: View) -> Iterator[Slip]:
    """Yield a slip for each way the name is wrongly written."""
    name = _name(view)
    if not name:
        return
    places: defaultdict[str, list[Span]] = defaultdict(list)
    ending = re.compile(re.escape(name[-_END:]))
    for passage in passages(view):
        for found in ending.finditer(passage.text):
            start = _start_of(passage.text, found.end(), name)
            if start is not None:
                words = passage.text[start : found.end()]
                places[words].append(passage.span(view, start, found.end()))
    for words, spans in places.items():
        message = Text(
            f"单位名称写作“{words}”，与“{name}”不一致（{len(spans)} 处）",
            f"the body is called “{words}” here and “{name}” elsewhere ({len(spans)} times)",
        )
        yield Slip(words, message, tuple(spans))


def _name(view: View) -> str:
    """Return the name of the body, nothing where it is too short to be told from other words."""
    name = view.profile.organisation or ""
    return name if len(name) >= _SHORTEST_NAME else ""


def _start_of(text: str, end: int, name: str) -> int | None:
    """Return where a variant of `name` begins that ends at `end`; None where there is none."""
    if text[max(end - len(name), 0) : end] == name:
        return None
    is_title = bool(_TITLE_BEHIND.match(text, end))
    for start in range(max(end - len(name) - 2, 0), end - _END):
        words = text[start:end]
        if words[:2] == name[:2] and is_variant(words, name, is_title=is_title):
            return start
    return None


def is_variant(words: str, name: str, *, is_title: bool = False) -> bool:
    """Tell whether `words` can only be `name` written otherwise.

    >>> is_variant("北岭市规划与自然资源局", "北岭市规划和自然资源局")
    True
    >>> is_variant("北岭市市财政局", "北岭市财政局"), is_variant("北岭市民政局", "北岭市财政局")
    (True, False)
    >>> is_variant("北岭市财政局", "北岭市东山区财政局")
    False
    >>> is_variant("北岭市财政局", "北岭市东山区财政局", is_title=True)
    True
    """
    if words == name:
        return False
    same_but_joining = _without_joining(words) == _without_joining(name)
    return same_but_joining or _is_doubled(words, name) or (is_title and _lacks_part(words, name))


def _without_joining(name: str) -> str:
    return re.sub(f"[{JOINING}]", "", name)


def _is_doubled(words: str, name: str) -> bool:
    """Tell whether `words` is `name` with one or two characters of it written twice."""
    return any(
        words == name[:at] + name[at - size : at] + name[at:]
        for size in (1, 2)
        for at in range(size, len(name) + 1)
    )


def _lacks_part(words: str, name: str) -> bool:
    """Tell whether `words` is `name` without one of the divisions it names."""
    parts = [found.span() for found in _DIVISIONS.finditer(name)]
    return any(words == name[:start] + name[end:] for start, end in parts)


RULES = (
    Rule(
        id="L201",
        title=Text("单位名称前后一致", "the body has one name throughout"),
        gist=Text(
            "同一单位的名称有不同写法，或标题里漏了区划",
            "one body's name is written in several ways, or a title leaves out its district",
        ),
        why=Text("名称决定公开的主体是谁", "the name says whose account it is"),
        false_positives=Text("名称相近的另一单位", "another body with a name much like it"),
        severity=Severity.WARNING,
        law=("publication_rules/4",),
        find=remarks("L201", _variants, among=_name),
        kinds=PUBLISHED,
        good="某市某局2024年度部门决算\n某市某局共有车辆2辆。",
        bad="某市某局2024年度部门决算\n某市市某局共有车辆2辆。",
        remedy=Text("统一为单位全称", "write the full name everywhere"),
    ),
)
