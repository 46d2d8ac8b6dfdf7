"""A heading's path as it is printed: names, marks of level and codes, one step for each level.

Offices write a path in many ways: 教育支出（205类）普通教育（02款）, 教育支出（类）,
2050201学前教育, 教育支出-普通教育-学前教育. A mark or a code belongs to the name before it or,
where the words begin with one, to the name after it. Brackets inside names （室） mark no level.

>>> steps_of("一般公共服务（类）支出")
(Step(name='一般公共服务支出', level='category', digits=''),)
>>> [(step.name, step.digits) for step in steps_of("教育支出（205类）-普通教育（02款）")]
[('教育支出', '205'), ('普通教育', '02')]
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from fiscal.codes import LEVEL_LABELS, LEVELS, SCHEME_OF_FIRST_DIGIT
from fiscal.extract.numerals import normalised

__all__ = ["LONGEST", "Step", "compared", "spaced_steps_of", "steps_of"]

LONGEST = 300
_LEVEL_OF_MARK = {label.zh: level for level, label in LEVEL_LABELS.items()}
_BRACKETS = str.maketrans("〔［【﹝[{｛〕］】﹞]}｝", "(((((((" + ")))))))")
_ALL_BRACKETS = "()（）〔〕［］【】[]{}｛｝﹝﹞"
_QUOTED = "“”＂\"「」『』‘’'《》"
_QUOTES = str.maketrans(_QUOTED, '"' * len(_QUOTED))
_DIGITS = r"\d{3}(?:[-\s]?\d\d){1,3}|\d{3}|\d\d"
_MARK = re.compile(
    rf"\(\s{{0,3}}(?P<digits>{_DIGITS})?\s{{0,3}}(?P<mark>[类款项目])?\s{{0,3}}\)"
    rf"|(?<!\d)(?P<bare>{_DIGITS})\s{{0,3}}(?P<bare_mark>款|[类项](?!目))"
    r"|(?<!\d)(?P<code>\d{3}(?:(?:-?\d\d){1,3}|(?:\s\d\d){2}))(?![\d.,]|\s{0,3}[万亿元%])"
    r"|(?<![^\s/>|:;,-])(?P<category>\d{3})(?![\d.,]|\s{0,3}[年万亿元%个人辆批])"
    r"|(?<=\))\s{0,3}(?P<two>\d\d)(?=[\u4e00-\u9fff])(?![款项年万亿元个人辆批])"
    rf"|(?<=[{_QUOTED}])\s{{0,3}}(?P<quoted_mark>[类款项])(?!目)"
)
_CODES = ("digits", "bare", "code", "category", "two")
# What may come before a path: a number in a list, words that end in a colon, a year.
_BEFORE = re.compile(
    r"\s*(?:[^():;。]{0,80}[:;。](?=\s*\S)|(?:[①-⑳⑴-⒇]|\(?[一二三四五六七八九十]{1,3}\)?[、.)]|\(\d{1,2}\)(?!\s*\()|"
    r"\d{1,2}\s?[、.．](?!\d))\s*、?|(?:19|20)\d\d\s{0,3}年度?|其中:?)"
)
_BETWEEN = re.compile(r"[-－—–―─/／>＞→|·,，:：;；。]+")
_EMPTY = re.compile(rf"[\s、.．\-－—–―─/／>＞→|·,，:：;；。{re.escape(_ALL_BRACKETS)}{_QUOTED}]*")
# What may come after a path and is no name.
_AFTER = re.compile(r"科目|方面|经费|合计|共计|小计|(?:年初|本年|全年|调整)?(?:预算|决算)数?为?|等")
_EXPLAINS = re.compile(r"\s{0,9}(?:[:：。]|[，,]?(?:是指|指|反映|主要))")
_ENDING = re.compile(rf"[\s{_QUOTED}]{{0,3}}支出")
_BLANKS = re.compile(r"\s+")


class Step(NamedTuple):
    """One level of a path: its name, the level that is marked, the digits printed for it.

    `level` is '' where none is marked; `digits` are a whole code, two digits below the step
    before, or ''.
    """

    name: str
    level: str
    digits: str


class _Mark(NamedTuple):
    level: str
    digits: str
    is_of_next: bool = False

    @property
    def is_of_category(self) -> bool:
        return self.level == "category" or len(self.digits) == 3


def steps_of(words: str) -> tuple[Step, ...]:
    """Return the steps of a printed path; none for what is too long to be one."""
    pieces = _pieces(words) if len(words) <= LONGEST else []
    is_mark_first = bool(pieces) and isinstance(pieces[0], _Mark)
    is_mark_last = bool(pieces) and isinstance(pieces[-1], _Mark)
    steps: list[Step] = []
    waiting: list[_Mark] = []
    for piece in pieces:
        if isinstance(piece, str):
            steps += _named(piece, len(steps), waiting)
            waiting = []
        elif piece.is_of_next or (is_mark_first and not (is_mark_last and piece.level and steps)):
            waiting.append(piece)
        else:
            steps[-1] = _marked(steps[-1], piece)
    return (*steps, *(Step("", mark.level, mark.digits) for mark in waiting if mark.digits))


def spaced_steps_of(words: str) -> tuple[Step, ...]:
    """Return the steps of a path of names with nothing but blanks between them, else none."""
    steps = steps_of(words)
    is_bare = len(steps) == 1 and not steps[0].level and not steps[0].digits
    names = words[_start_of_path(_plain(words)) :].split() if is_bare else []
    return tuple(Step(_name(name), "", "") for name in names) if len(names) > 1 else ()


@lru_cache(maxsize=16384)
def compared(name: str) -> str:
    """Return a name for comparing: one width of brackets, one kind of quotes, no blanks.

    >>> compared("“三西” 农业建设（款）") == compared('"三西"农业建设(款)')
    True
    """
    return _BLANKS.sub("", _plain(name).translate(_QUOTES))


def _plain(words: str) -> str:
    """Return words with one kind of brackets and digits, character for character."""
    return normalised(words).translate(_BRACKETS)


def _start_of_path(plain: str) -> int:
    start = 0
    for _ in range(3):
        before = _BEFORE.match(plain, start)
        start = before.end() if before else start
    return start


def _pieces(words: str) -> list[str | _Mark]:
    """Return names and marks in order; marks with no name between are one."""
    plain = _plain(words)
    start = _start_of_path(plain)
    pieces: list[str | _Mark] = []
    for match in _MARK.finditer(plain, start):
        if any(match.groups()):
            _append_name(pieces, words[start : match.start()])
            _append_mark(pieces, _mark_of(match))
            start = match.end()
    rest = words[start:]
    is_explanation = pieces and isinstance(pieces[0], str) and _EXPLAINS.match(rest)
    _append_name(pieces, "" if is_explanation else rest)
    return pieces


def _append_name(pieces: list[str | _Mark], between: str) -> None:
    """Take what stands between marks, if it is a name; 支出 after 类 ends the name before."""
    mark, above = pieces[-1] if pieces else "", pieces[-2] if len(pieces) > 1 else None
    ending = _ENDING.match(between)
    if ending and isinstance(mark, _Mark) and isinstance(above, str):
        is_whole = _name(above).endswith("支出") or not mark.is_of_category
        pieces[-2] = above if is_whole else f"{above.rstrip()}支出"
        between = between[ending.end() :]
    is_after = isinstance(mark, _Mark) and _AFTER.fullmatch(_name(between))
    if not (is_after or _EMPTY.fullmatch(between)):
        pieces.append(between)


def _append_mark(pieces: list[str | _Mark], mark: _Mark) -> None:
    """Take a mark; those side by side are one, like 201（类） or （201类03款01项）."""
    last = pieces[-1] if pieces else None
    if isinstance(last, _Mark) and not mark.is_of_next:
        digits = last.digits + mark.digits if len(mark.digits) == 2 else mark.digits or last.digits
        pieces[-1] = _Mark(mark.level or last.level, digits)
    else:
        pieces.append(mark)


def _mark_of(match: re.Match[str]) -> _Mark:
    groups = match.groupdict()
    mark = groups["mark"] or groups["bare_mark"] or groups["quoted_mark"] or ""
    printed = next(filter(None, (groups[name] for name in _CODES)), "")
    digits = re.sub(r"\D", "", printed)
    is_code = len(digits) == 2 or (digits[:1] in SCHEME_OF_FIRST_DIGIT and len(digits) in LEVELS)
    return _Mark(_LEVEL_OF_MARK.get(mark, ""), digits if is_code else "", bool(groups["two"]))


def _named(piece: str, above: int, waiting: list[_Mark]) -> list[Step]:
    """Return the steps of one piece of names; a mark before it is of the level its digits say."""
    names = [name for name in map(_name, _BETWEEN.split(piece)) if name]
    steps = [Step(name, "", "") for name in names]
    for mark in waiting if steps else ():
        depth = (len(mark.digits) - 1) // 2 if len(mark.digits) > 2 else above + len(steps)
        place = min(max(depth - 1 - above, 0), len(steps) - 1)
        steps[place] = _marked(steps[place], mark)
    return steps


def _marked(step: Step, mark: _Mark) -> Step:
    return Step(step.name, mark.level or step.level, mark.digits or step.digits)


def _with_own_quotes(name: str) -> str:
    """Take off a quote that belongs to the whole path: “农林水支出-“三西”农业建设专项补助”科目."""
    name = name.removesuffix("科目") if name.endswith("”科目") else name
    surplus = name.count("“") - name.count("”")
    if surplus < 0:
        return name.removesuffix("”")
    return name.removeprefix("“") if surplus else name


def _name(printed: str) -> str:
    """Return a name without blanks, quotes around it, and quotes and brackets not closed."""
    name = _with_own_quotes(_BLANKS.sub("", printed).strip("、，,；;：:。."))
    while len(name) > 1 and name[0] in _QUOTED and name[-1] in _QUOTED:
        name = name[1:-1]
    if sum(map(name.count, _QUOTED)) % 2:
        name = name.strip(_QUOTED)
    plain = _plain(name)
    return name if plain.count("(") == plain.count(")") else name.strip(_ALL_BRACKETS)
