"""Figures of one paragraph: every quantity with what it is of, which figure it is, and its sign.

A figure is named by its own clause. Where that names nothing it is of what the figure before it was
of, or of the title of its entry. Figures in a row (各是A、B万元) take the names of a list
in turn, and 收、支总计 is the name of two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from fiscal.extract.narrative.counted import counted_thing
from fiscal.extract.narrative.frames import Frame, frame_of, last_clause
from fiscal.extract.narrative.labels import both_sides, count_label, label_of, without_blanks
from fiscal.extract.narrative.paths import path_before
from fiscal.extract.narrative.statements import statements_in
from fiscal.extract.numerals import Numeral

__all__ = ["Context", "Figure", "Said", "read_paragraph"]

_RUN = re.compile(r"\s?[、,，/和与及;；]\s?")
_REASONS = re.compile(
    r"(?:主要)?(?:变动|变化|增减|增加|减少|差异)?的?(?:主要)?原因|主要(?:是|系)?由于|主要系|是因为|主要是(?!用于|负责)"
)
# Words that name no figure of their own: it is of what was spoken of before.
_OF_THE_ONE_BEFORE = re.compile(
    r"(?:(?:本年(?!收入|支出)|年末|年初|全年|实际|当年|共计|其中|该项|比上年|较上年|同比|的|为)*"
    r"(?:支出|收入|费用|经费|金额|决算|预算|总额|合计|数|执行|比例|资金|指标|项目|科目|价值|费用支出|支出[决预]算|[决预]算支出)?)"
)
_SIDES_OF_A_BUDGET = ("收入预算", "支出预算", "收支预算")
_UNITS_IN_A_ROW = frozenset(("", "元", "万元", "亿元", "万", "%"))
_GRADES = frozenset(("优", "良", "中", "差", "优秀", "良好", "合格", "不合格"))
_SIDE = re.compile(r"(收入|支出)(总计|合计)?$")
_LISTS = (re.compile(r"(?<!收)、"), re.compile(r"(?<!收)[、和与及](?!结余|运行|就业|传媒|支总)"))
_ENTRY = re.compile(
    r"[\s\0]*(?:\d{1,2}\s?[.、．](?!\d)|[（(]\s?\d{1,2}\s?[）)]|[⑴-⒇①-⑳])\s?[.、．]?"
)
_TITLE = re.compile(r"([^。：:，,；;]{2,80}?)(?:[。：:]|$)")
_TITLE_ENDS = re.compile(
    r"(?:(?<=项目)项目)?(?:支出)?(?:绩效)?(?:目标)?(?:完成|自评|执行|评价)(?:情况)?(?:综述|说明)?$|情况(?:综述|说明)?$"
)
_LONGEST_CLAUSE = 240
_ASIDE_FIRST = re.compile(r"\s?[（(][^（）()\n]{0,80}[）)]")
_CONTENTS = re.compile(r"内容(?:主要)?(?:包括|有|为)\s?[：:](?P<what>[^。；]{2,60})$")
# A new item behind the reasons of the one before: 主要是人员减少；公务接待费3万元.
_NEXT_ITEM = re.compile(
    r"[；;](?![一二三四五六七八九十]是)(?![^。；;]{0,60}(?:[增减多少升降涨压]|节约|新))[^。；;]{2,60}$"
)
_COMPARED = re.compile(
    r"(?P<who>[^，,。；;]{2,60}?)[与较比同](?:上一?年|去年|年初预算|全年预算|(?:19|20)\d\d年)"
    r"[^，,。；;]{0,8}?(?:相比|比较|相较|对比)"
)
_CHANGES = ("change", "change_rate", "budget_difference")
_NAMING = frozenset(
    (
        "final",
        "budget",
        "adjusted_budget",
        "prior_year",
        "change",
        "budget_difference",
        "change_rate",
        "count",
        "score",
    )
)


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for a whole paragraph: whose it is, its subject, and the change it explains."""

    bodies: tuple[str, ...] = ()
    is_budget: bool = False
    subject: str = ""
    explains: bool = False


class Figure(NamedTuple):
    """One quantity read: `label` names it; `path` is the heading path that names it, as printed.

    A reason has the words `about` it: of its own stretch, and what the reasons explain.
    """

    numeral: Numeral
    label: str
    path: str
    frame: Frame
    unit: str
    is_reason: bool
    about: tuple[str, ...]


class Said(NamedTuple):
    """One statement without a numeral, of what was last spoken of or what it names itself."""

    kind: str
    label: str
    path: str
    start: int
    end: int


@dataclass(slots=True)
class _Walk:
    """The state of reading: what was last named, how, and whether reasons are being given."""

    text: str
    context: Context
    subject: str = ""
    path: str = ""
    before_reasons: tuple[str, str] = ("", "")
    names: tuple[str, ...] = ()
    frame: Frame | None = None
    in_reasons: bool = False
    is_own: bool = False
    outer: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    done: int = 0
    figures: list[Figure | Said] = field(default_factory=list)


def read_paragraph(
    text: str, quantities: Sequence[Numeral], context: Context
) -> list[Figure | Said]:
    """Return the figures and statements of a paragraph (normalised, marks blanked) in order."""
    walk = _Walk(text, context, context.subject, in_reasons=context.explains)
    entry = _ENTRY.match(text)
    walk.done = entry.end() if entry else 0
    title = _TITLE.match(text, walk.done)
    if title and not any(numeral.start < title.end() for numeral in quantities):
        _name(walk, title.group(), label_of(_TITLE_ENDS.sub("", title[1]), context.bodies))
    said = list(statements_in(text))
    for run in _runs(text, quantities):
        while said and said[0][1] < run[0].start:
            _read_statement(walk, *said.pop(0))
        _read_run(walk, run)
    for statement in said:
        _read_statement(walk, *statement)
    return walk.figures


def _runs(text: str, quantities: Sequence[Numeral]) -> Iterator[list[Numeral]]:
    """Yield the quantities, those in a row (A、B万元) together."""
    run: list[Numeral] = []
    unit = ""
    for numeral in quantities:
        if run and not _goes_on(text, run[-1], unit, numeral):
            yield run
            run, unit = [], ""
        run.append(numeral)
        unit = unit or numeral.unit
    if run:
        yield run


def _goes_on(text: str, last: Numeral, unit: str, numeral: Numeral) -> bool:
    """Tell whether a numeral goes on with a row in a unit, "" where none was printed yet."""
    is_alike = {unit, numeral.unit} <= _UNITS_IN_A_ROW and (not unit or numeral.unit in ("", unit))
    return is_alike and bool(_RUN.fullmatch(text, last.unit_end, numeral.start))


def _read_run(walk: _Walk, run: list[Numeral]) -> None:
    lead = without_blanks(walk.text[walk.done : run[0].start])
    aside = _ASIDE_FIRST.match(lead) if walk.figures else None
    lead = lead[aside.end() :] if aside else lead
    _follow_brackets(walk, lead)
    _follow_sentences(walk, lead)
    named = path_before(lead)
    if named:
        _name(walk, named[0], "")
        lead = lead[named[1] :]
        walk.in_reasons = walk.context.explains
    unit = next((numeral.unit for numeral in run if numeral.unit), "")
    sentence = without_blanks(walk.text[max(0, run[0].start - 300) : run[0].start]).split("。")[-1]
    frame = frame_of(
        lead,
        unit,
        sentence=sentence,
        is_budget=walk.context.is_budget,
        in_reasons=walk.in_reasons and _explains_change(walk),
        after=walk.frame.measure if walk.frame else "",
    )
    frame = _with_earlier_base(frame, walk.frame)
    walk.is_own = False
    names = _names_of(walk, run, lead, frame)
    path = "" if walk.is_own else walk.path
    reason = walk.in_reasons and frame.measure in _CHANGES
    about = (re.split(r"[；;]", sentence)[-1], walk.before_reasons[0]) if reason else ()
    for place, numeral in enumerate(run):
        unit = numeral.unit or ("" if unit == "%" else unit)
        for name in _names_at(names, place, len(run)):
            walk.figures.append(Figure(numeral, name, path, frame, unit, reason, about))
    walk.names, walk.frame, walk.done = names, frame, run[-1].unit_end


def _names_at(names: tuple[str, ...], place: int, count: int) -> tuple[str, ...]:
    """Return the names of one figure of a row: all for a figure alone, else the one in its turn."""
    if count == 1:
        return names
    return names[place : place + 1] if len(names) == count else names[:1]


def _with_earlier_base(frame: Frame, before: Frame | None) -> Frame:
    """Return a frame with what the figure before it was compared with, if it says nothing else."""
    if before is None or frame.base or frame.measure not in ("change", "change_rate"):
        return frame
    if frame.measure == "change" and before.base and before.measure.endswith("budget"):
        return replace(frame, measure="budget_difference", base=before.base)
    is_same = frame.measure == "change_rate" and before.measure in _CHANGES
    return replace(frame, base=before.base) if is_same else frame


def _follow_brackets(walk: _Walk, lead: str) -> None:
    """Behind a closing bracket it is again of what was spoken of before the bracket opened."""
    for mark in lead:
        if mark in "（(":
            walk.outer.append((walk.subject, walk.path, walk.names))
        elif mark in "）)" and walk.outer:
            walk.subject, walk.path, walk.names = walk.outer.pop()


def _explains_change(walk: _Walk) -> bool:
    return walk.context.explains or (walk.frame is not None and walk.frame.measure in _CHANGES)


def _follow_sentences(walk: _Walk, lead: str) -> None:
    """End the reasons with their sentence, and begin them where the words do."""
    if "。" in lead and walk.in_reasons and not walk.context.explains:
        walk.in_reasons = False
        walk.subject, walk.path = walk.before_reasons
    if _REASONS.search(re.split("。", lead)[-1]) and not walk.in_reasons:
        walk.in_reasons = True
        walk.before_reasons = walk.subject, walk.path
    if walk.in_reasons and not _gives_amounts(walk) and _NEXT_ITEM.search(lead):
        walk.in_reasons = walk.context.explains
        walk.subject, walk.path = walk.before_reasons


def _gives_amounts(walk: _Walk) -> bool:
    """Tell whether the reasons being given have amounts: what follows may be one more of them."""
    last = walk.figures[-1] if walk.figures else None
    return isinstance(last, Figure) and last.is_reason


def _names_of(walk: _Walk, run: list[Numeral], lead: str, frame: Frame) -> tuple[str, ...]:
    contents = _CONTENTS.search(lead)
    if contents:
        walk.is_own = True
        return (contents["what"],)
    label = label_of(frame.who, walk.context.bodies)
    if frame.measure == "count":
        walk.is_own = True
        return (_count_name(walk, run[0], lead, label),)
    label = _completed(walk, label, lead)
    is_of_budget = walk.context.is_budget and label in _SIDES_OF_A_BUDGET
    if _OF_THE_ONE_BEFORE.fullmatch(label) and not is_of_budget:
        label = ""
    if not label and frame.measure in _CHANGES and walk.in_reasons:
        label = _moved_before(walk, lead)
    if not label and frame.measure in _CHANGES:
        label = _compared_before(walk, lead)
    if not label:
        inherited = len(walk.names) > 1 and (len(run) in (1, len(walk.names)))
        return _with_base(walk, frame, walk.names if inherited else (walk.subject,))
    if frame.why:
        label = f"{label}（{_clause_at(walk, run[0]).rsplit(frame.why, 1)[0] + frame.why}）"
    return _fresh(walk, run, frame, label, lead)


def _fresh(walk: _Walk, run: list[Numeral], frame: Frame, label: str, lead: str) -> tuple[str, ...]:
    """Return the names that a label of its own gives: one, two sides, or a list in turn."""
    walk.is_own = True
    sides = both_sides(label) or (_two_before(walk) if label == "收支" else None)
    parts = _parts_of(label, len(run))
    if sides:
        _name(walk, "", label)
        return sides
    is_shared = len(run) == 1 and re.search(r"[各均都]", last_clause(lead))
    are_alike = len(parts) > 1 and len({part[-1] for part in parts}) == 1
    if are_alike and (is_shared or len(parts) == len(run)):
        return parts
    if frame.measure in _NAMING:
        _name(walk, "", label)
    return _with_base(walk, frame, (label,))


def _two_before(walk: _Walk) -> tuple[str, str] | None:
    """Return the two totals just named, which 收支 then stands for."""
    last = [figure.label for figure in walk.figures[-2:]]
    totals = re.fullmatch(r"(.*)收入(.*) \1支出\2", " ".join(last))
    return (last[0], last[1]) if totals else None


def _parts_of(label: str, wanted: int) -> tuple[str, ...]:
    """Return the names of a list: as many as there are figures, where some mark parts it so."""
    splits = [tuple(filter(None, mark.split(label))) for mark in _LISTS]
    return next((parts for parts in splits if len(parts) == wanted), splits[-1])


def _with_base(walk: _Walk, frame: Frame, names: tuple[str, ...]) -> tuple[str, ...]:
    base = label_of(frame.base, walk.context.bodies) if frame.measure == "share" else ""
    return tuple(f"{name}（占{base}）" for name in names) if base else names


def _moved_before(walk: _Walk, lead: str) -> str:
    """Return what an earlier clause says to have moved: 项目支出增加，较上年增加."""
    for clause in reversed(re.split(r"[，,。；;：:]", lead)[:-1]):
        moved = re.match(r"(.+?)(?:有所|略有)?(?:增加|减少|增长|下降|提高|降低)$", clause.strip())
        if moved:
            label = label_of(moved[1], walk.context.bodies)
            _name(walk, "", label)
            return label
    return ""


def _compared_before(walk: _Walk, lead: str) -> str:
    """Return what the clause before compares: 收入支出总计与上年相比，减少."""
    clauses = re.split(r"[，,。；;：:]", lead)
    compared = _COMPARED.fullmatch(clauses[-2].strip()) if len(clauses) > 1 else None
    label = label_of(compared["who"], walk.context.bodies) if compared else ""
    return "" if _OF_THE_ONE_BEFORE.fullmatch(label) else label


def _completed(walk: _Walk, label: str, lead: str) -> str:
    """Return a label that leans on what is said before it together with that."""
    if label in ("涉及", "涉及预算金额"):
        return f"{walk.subject.removesuffix('的项目')}涉及预算金额"
    if label in ("收入", "支出") and _SIDE.search(walk.subject):
        return _SIDE.sub(lambda side: label + (side[2] or ""), walk.subject)
    if (
        label == "支出"
        and walk.frame
        and walk.frame.measure == "count"
        and "共" in last_clause(lead)
    ):
        return walk.subject if walk.subject.endswith("支出") else f"{walk.subject}支出"
    if label in _GRADES:
        named = [label_of(clause, walk.context.bodies) for clause in re.split("[：:。]", lead)[:-1]]
        return named[-1] if named and named[-1] else label
    if label == "采购金额":
        clauses = re.split(r"[，,]", re.split(r"[。；;：:]", lead)[-1])[:-1]
        named = [
            label_of(re.sub(r"[的中]$", "", clause), walk.context.bodies) for clause in clauses
        ]
        return "-".join(filter(None, (*named, label)))
    return label


def _count_name(walk: _Walk, numeral: Numeral, lead: str, label: str) -> str:
    thing = counted_thing(walk.text, numeral, last_clause(lead), walk.context.bodies)
    if thing:
        return thing
    is_counted = walk.frame is not None and walk.frame.measure == "count"
    if label == "接待" and is_counted and walk.subject.endswith(label):
        return count_label(walk.subject, numeral.unit)
    if label and not _OF_THE_ONE_BEFORE.fullmatch(label):
        name = count_label(label, numeral.unit)
        if not walk.subject.startswith(name.removesuffix(numeral.unit)):
            _name(walk, "", label)
        return name
    if "累计" in lead and walk.subject.endswith("团组"):
        return f"{walk.subject.removesuffix('团组')}累计人次"
    is_of_batches = is_counted and numeral.unit == "人"
    return count_label(walk.subject, "人次" if is_of_batches else numeral.unit)


def _clause_at(walk: _Walk, numeral: Numeral) -> str:
    before = walk.text[max(0, numeral.start - _LONGEST_CLAUSE) : numeral.start]
    return label_of(re.split(r"[，,。；;：:]", before)[-1])


def _name(walk: _Walk, path: str, label: str) -> None:
    """Take what is spoken of from here on."""
    named = path_before(path) if path else None
    if named:
        walk.subject, walk.path, walk.names = "", named[0], ()
    elif label:
        walk.subject, walk.path, walk.names = label, "", ()


def _read_statement(walk: _Walk, kind: str, start: int, end: int, what: str) -> None:
    lead = without_blanks(walk.text[walk.done : start])
    _follow_brackets(walk, lead)
    _follow_sentences(walk, lead)
    walk.done = end
    if what:
        walk.figures.append(Said(kind, what, "", start, end))
        return
    path = path_before(lead)
    if path:
        _name(walk, path[0], "")
    label = label_of(last_clause(lead), walk.context.bodies)
    own = label if not _OF_THE_ONE_BEFORE.fullmatch(label) and not path else ""
    if own:
        _name(walk, "", own)
    names = both_sides(own) or (own or walk.subject,)
    for name in names:
        walk.figures.append(Said(kind, name, "" if own else walk.path, start, end))
