"""What a figure is of: the names that its clause gives, or what was spoken of before.

收、支总计 is the name of two, and a list (A、B、C分别为) the names of as many figures in a row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from fiscal.extract.narrative.counted import counted_thing
from fiscal.extract.narrative.frames import Frame, last_clause
from fiscal.extract.narrative.labels import both_sides, count_label, label_of
from fiscal.extract.narrative.walk import CHANGES, Figure, Walk
from fiscal.extract.numerals import Numeral

__all__ = ["is_no_name", "names_of"]

# Words that name no figure of their own: it is of what was spoken of before.
_OF_THE_ONE_BEFORE = re.compile(
    r"(?:(?:本年(?!收入|支出)|年末|年初|全年|实际|当年|共计|其中|该项|比上年|较上年|同比|的|为)*"
    r"(?:支出|收入|费用|经费|金额|决算|预算|总额|合计|数|执行|比例|资金|指标|项目|科目|价值|费用支出|支出[决预]算|[决预]算支出)?)"
)
_PARTS_OF_A_HEADING = ("基本支出", "项目支出")
_ALL_APPROPRIATIONS = re.compile(r"财政拨款(?:本年)?支出(?:合计|总计)?$")
_EXPENSE = re.compile(r"经费|接待|用车|出国|采购|费$")
_A_BUDGET = re.compile(r"一般公共预算|政府性基金|国有资本经营")
# Behind 2025年预算收入…, 预算支出 is the whole body's, whatever was named last.
_OTHER_SIDE = {"预算支出": "支出预算", "预算收入": "收入预算"}
# What was added to a budget is no figure of its own, and what follows is not of it.
_ADDED = ("年中追加", "追加", "年中调增", "年中调减", "年中追减")
# Behind several figures that were named, a sum of them.
_SUMS = ("合计", "共计", "总计")
_SIDES_OF_A_BUDGET = ("收入预算", "支出预算", "收支预算")
_GRADES = frozenset(("优", "良", "中", "差", "优秀", "良好", "合格", "不合格"))
_SIDE = re.compile(r"(收入|支出)(总计|合计)?$")
_SIDE_OF_YEAR = re.compile(
    r"(?:本年(?:收入|支出)(?:[总合]计|总额)?|(?:收入|支出)(?:[总合]计|总额))$"
)
_CARRIED = re.compile(r"结转|结余")
_LISTS = (re.compile(r"(?<!收)、"), re.compile(r"(?<!收)[、和与及](?!结余|运行|就业|传媒|支总)"))
_LONGEST_CLAUSE = 240
_ABROAD = re.compile(r"外事|外宾|[)）]外")
_CONTENTS = re.compile(r"内容(?:主要)?(?:包括|有|为)\s?[：:](?P<what>[^。；]{2,60})$")
_COMPARED = re.compile(
    r"(?P<who>[^，,。；;]{2,60}?)[与较比同](?:上一?年|去年|年初预算|全年预算|(?:19|20)\d\d年)"
    r"[^，,。；;]{0,8}?(?:相比|比较|相较|对比)"
)
_LEVELS = ("final", "budget", "adjusted_budget", "count")
# Between the changes that 分别 gives: 分别增加5万元、减少3万元.
_JOINED = re.compile(r"[、，,]?(?:和|及|与)?(?:增加|减少|增长|下降|上升|降低)?了?")
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


def names_of(walk: Walk, run: Sequence[Numeral], lead: str, frame: Frame) -> tuple[str, ...]:
    """Return the names of some figures in a row, which `lead` leads to and `frame` is made for."""
    contents = _CONTENTS.search(lead)
    if contents:
        walk.is_own = True
        return (contents["what"],)
    label = label_of(frame.who, walk.context.bodies)
    if label in _ADDED:
        walk.is_own = True
        return (label,)
    if frame.measure == "count":
        walk.is_own = True
        return (_count_name(walk, run[0], lead, label),)
    label = _part_of_whole(walk, _told(walk, frame, _completed(walk, label, lead), lead), lead)
    turn = () if label else _in_turn(walk, run, lead, frame)
    if turn:
        walk.is_own = True
        return _with_base(walk, frame, turn)
    if not label:
        inherited = len(walk.names) > 1 and (len(run) in (1, len(walk.names)))
        return _with_base(walk, frame, walk.names if inherited else (walk.subject,))
    if frame.why:
        label = f"{label}（{_clause_at(walk, run[0]).rsplit(frame.why, 1)[0] + frame.why}）"
    return _fresh(walk, run, frame, label, lead)


def _in_turn(walk: Walk, run: Sequence[Numeral], lead: str, frame: Frame) -> tuple[str, ...]:
    """Return the names that 分别 gives some changes or shares, those told before in their turn."""
    if frame.measure not in (*CHANGES, "share"):
        return ()
    if "分别" in last_clause(lead):
        walk.turn = _levels_before(walk, run[0].start)
    elif not _JOINED.fullmatch(lead):
        walk.turn = ()
    names, walk.turn = walk.turn[: len(run)], walk.turn[len(run) :]
    return names if len(names) == len(run) else ()


def _levels_before(walk: Walk, place: int) -> tuple[str, ...]:
    """Return the names of the amounts of a sentence, its parts where it has some; none of one."""
    begin = walk.text.rfind("。", 0, place) + 1
    first = walk.parts_from if walk.whole else 0
    told = [
        figure.label
        for figure in walk.figures[first:]
        if isinstance(figure, Figure)
        and figure.numeral.start >= begin
        and figure.frame.measure in _LEVELS
    ]
    names = tuple(dict.fromkeys(told))
    return names if len(names) > 1 and all(names) else ()


def _told(walk: Walk, frame: Frame, label: str, lead: str) -> str:
    """Return the name that a label or the clauses before tell, "" for what was spoken of before."""
    is_of_budget = walk.context.is_budget and label in _SIDES_OF_A_BUDGET
    named = {(figure.label, figure.path) for figure in walk.figures[-3:]}
    is_sum = label in _SUMS and len(named) > 1
    if is_of_budget or is_sum or not is_no_name(label):
        return label
    if frame.measure not in CHANGES:
        return ""
    moved = _moved_before(walk, lead) if walk.in_reasons else ""
    return moved or _compared_before(walk, lead)


def _part_of_whole(walk: Walk, label: str, lead: str) -> str:
    """Return the name of a part that is known by its whole, "" where the whole's serves.

    基本支出 behind a heading is the heading's; 接待费3万元（其中：一般公共预算支出…）the expense's.
    """
    if walk.path and label in _PARTS_OF_A_HEADING and "。" not in lead:
        walk.part = label
        return ""
    if (
        walk.whole
        and label in _PARTS_OF_A_HEADING
        and _ALL_APPROPRIATIONS.match(walk.whole.subject)
    ):
        return f"财政拨款{label}"
    is_of_expense = walk.whole and _EXPENSE.search(walk.whole.subject) and _A_BUDGET.match(label)
    return f"{label}（{walk.whole.subject}）" if walk.whole and is_of_expense else label


def _fresh(
    walk: Walk, run: Sequence[Numeral], frame: Frame, label: str, lead: str
) -> tuple[str, ...]:
    """Return the names that a label of its own gives: one, two sides, or a list in turn."""
    walk.is_own = True
    sides = _both_sides(walk, label) or (_two_before(walk) if label == "收支" else None)
    parts = _parts_of(label, len(run))
    if sides:
        walk.name("", label)
        return sides
    is_shared = len(run) == 1 and re.search(r"[各均都]", last_clause(lead))
    are_alike = len(parts) > 1 and len({part[-1] for part in parts}) == 1
    if are_alike and (is_shared or len(parts) == len(run)):
        return parts
    if frame.measure in _NAMING:
        walk.name("", label)
    return _with_base(walk, frame, (label,))


def _both_sides(walk: Walk, label: str) -> tuple[str, ...] | None:
    """Return the two that 收、支总计 stands for: those just named, if it says no more itself."""
    sides = both_sides(label)
    if sides and label[:1] == "收" and len(walk.names) == 2 and walk.figures:
        named = tuple(name[-4:] for name in walk.names)
        return walk.names if named == tuple(side[-4:] for side in sides) else sides
    return sides


def _two_before(walk: Walk) -> tuple[str, str] | None:
    """Return the two totals just named, which 收支 then stands for."""
    last = [figure.label for figure in walk.figures[-2:]]
    totals = re.fullmatch(r"(.*)收入(.*) \1支出\2", " ".join(last))
    return (last[0], last[1]) if totals else None


def _parts_of(label: str, wanted: int) -> tuple[str, ...]:
    """Return the names of a list: as many as there are figures, where some mark parts it so."""
    splits = [tuple(filter(None, mark.split(label))) for mark in _LISTS]
    return next((parts for parts in splits if len(parts) == wanted), splits[-1])


def _with_base(walk: Walk, frame: Frame, names: tuple[str, ...]) -> tuple[str, ...]:
    base = label_of(frame.base, walk.context.bodies) if frame.measure == "share" else ""
    return tuple(f"{name}（占{base}）" for name in names) if base else names


def _moved_before(walk: Walk, lead: str) -> str:
    """Return what an earlier clause says to have moved: 项目支出增加，较上年增加."""
    for clause in reversed(re.split(r"[，,。；;：:]", lead)[:-1]):
        moved = re.match(r"(.+?)(?:有所|略有)?(?:增加|减少|增长|下降|提高|降低)$", clause.strip())
        if moved:
            label = label_of(moved[1], walk.context.bodies)
            walk.name("", label)
            return label
    return ""


def _compared_before(walk: Walk, lead: str) -> str:
    """Return what the clause before compares: 收入支出总计与上年相比，减少."""
    clauses = re.split(r"[，,。；;：:]", lead)
    compared = _COMPARED.fullmatch(clauses[-2].strip()) if len(clauses) > 1 else None
    label = label_of(compared["who"], walk.context.bodies) if compared else ""
    return "" if is_no_name(label) else label


def _completed(walk: Walk, label: str, lead: str) -> str:
    """Return a label that leans on what is said before it together with that."""
    if label in ("涉及", "涉及预算金额"):
        return f"{walk.subject.removesuffix('的项目')}涉及预算金额"
    side = _side_before(walk) if label in ("收入", "支出") else ""
    if side:
        return _SIDE.sub(lambda found: f"{label}{found[2] or ''}", side)
    if walk.context.is_budget and label in _OTHER_SIDE and not walk.path:
        return _OTHER_SIDE[label] if _is_of_other_side(walk, label) else label
    one, other = _SIDE_OF_YEAR.fullmatch(label), _SIDE_OF_YEAR.search(walk.subject)
    if one and other and one.group()[:3] != other.group()[:3] and "。" not in lead:
        return walk.subject[: other.start()] + label
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


def _side_before(walk: Walk) -> str:
    """Return the last name of a side, 财政拨款收入; what was carried over stands between."""
    names = [walk.subject, *([walk.whole.subject] if walk.whole else [])]
    for name in (*names, *(str(figure.label) for figure in reversed(walk.figures[-6:]))):
        if _SIDE.search(name):
            return name
        if name != walk.subject or not _CARRIED.search(name):
            return ""
    return ""


def _is_of_other_side(walk: Walk, label: str) -> bool:
    """Tell whether the paragraph began with the other side of the budget that a label names."""
    first = next((each.label for each in walk.figures if each.label), "")
    return "预算" in first and ("收入" in first) is ("支出" in label) and first != label


def _count_name(walk: Walk, numeral: Numeral, lead: str, label: str) -> str:
    thing = counted_thing(walk.text, numeral, last_clause(lead), walk.context.bodies)
    if thing:
        return thing
    is_counted = walk.frame is not None and walk.frame.measure == "count"
    if label in ("接待", "接待人次", "接待批次") and _ABROAD.search(walk.subject):
        return count_label(walk.subject, numeral.unit)
    if label == "接待" and is_counted and walk.subject.endswith(label):
        return count_label(walk.subject, numeral.unit)
    if label and not is_no_name(label):
        name = count_label(label, numeral.unit)
        if not walk.subject.startswith(name.removesuffix(numeral.unit)):
            walk.name("", label)
        return name
    if "累计" in lead and walk.subject.endswith("团组"):
        return f"{walk.subject.removesuffix('团组')}累计人次"
    is_of_batches = is_counted and numeral.unit == "人"
    return count_label(walk.subject, "人次" if is_of_batches else numeral.unit)


def _clause_at(walk: Walk, numeral: Numeral) -> str:
    before = walk.text[max(0, numeral.start - _LONGEST_CLAUSE) : numeral.start]
    return label_of(re.split(r"[，,。；;：:]", before)[-1])


def is_no_name(label: str) -> bool:
    """Tell whether words name no figure of their own, as 支出 and 其中 do."""
    return _OF_THE_ONE_BEFORE.fullmatch(label) is not None
