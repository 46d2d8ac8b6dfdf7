"""What changed between two years of a classification, and the names a heading had before and after.

Two lists compared by code show what came, went and was renamed. That a heading lives on under
another code cannot be seen in them; it stands in `schemes/moves.csv`, a row for each pair.

>>> old, new = Scheme.shipped("functional", 2019), Scheme.shipped("functional", 2020)
>>> [change.kind for change in changes_between(old, new) if change.code == "20805"]
['renamed']
>>> [(era.heading.code, era.years[0], era.kind) for era in lineage("2089999", 2024)]
[('2089901', 2018, 'recoded'), ('2089999', 2021, '')]
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fiscal.codes import scheme_of
from fiscal.errors import Text, WrongUsage
from fiscal.ontology.scheme import YEARS, Heading, Scheme, heading_in

__all__ = ["CERTAINTIES", "KINDS", "Change", "Era", "Move", "changes_between", "lineage", "moves"]

KINDS = {
    "added": Text("新增", "added"),
    "gone": Text("取消", "gone"),
    "renamed": Text("更名", "renamed"),
    "moved": Text("移动", "moved"),
    "merged": Text("并入", "merged"),
    "split": Text("分出", "split"),
    "recoded": Text("改码", "recoded"),
}
CERTAINTIES = {
    "attested": Text(
        "两年的科目均见于当年文件", "both headings were seen in documents of their years"
    ),
    "headings_attested": Text(
        "科目有出处，变动年份或对应关系凭记忆",
        "the headings are attested; the year or the link between them is recalled",
    ),
    "unattested": Text("凭记忆，科目本身未见出处", "recalled: a heading itself is unattested"),
}
_MOVES = Path(__file__).with_name("schemes") / "moves.csv"
_KIND_OF_MOVE = {"recode": "recoded", "move": "moved", "merge": "merged", "split": "split"}
# A chain of moves is called by the one that changed most: the last of these.
_MOVE_KINDS = ("recoded", "moved", "merged", "split")
_REVERSED = {"merged": "split", "split": "merged"}
_SEEN = ("attested", "attested_before_2018")

_Pair = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Move:
    """From `year` on the heading `old` lives on, whole or in part, under the code `new`."""

    scheme: str
    year: int
    kind: str
    old: str
    new: str
    confidence: str
    source: str


_Route = tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One change from a year's list to another's; `old` is None for added, `new` for gone.

    `old_stays` tells that the newer list holds the old code as well. `certainty` is a key of
    `CERTAINTIES`; `moves` are the rows that say how old and new belong together.
    """

    kind: str
    old: Heading | None
    new: Heading | None
    old_stays: bool
    certainty: str
    moves: tuple[Move, ...] = ()

    @property
    def code(self) -> str:
        """The code that the older list has or, for what was added, the newer one."""
        heading = self.old or self.new
        return heading.code if heading else ""


@dataclass(frozen=True, slots=True)
class Era:
    """The years in which a heading had one code and one name.

    `kind` says how it turned into the heading asked for (`relation` earlier) or came from it
    (later); it is empty for a heading that kept its code and name.
    """

    heading: Heading
    years: tuple[int, ...]
    relation: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Stage:
    """A heading in one year of a lineage."""

    code: str
    year: int
    relation: str
    kind: str


def changes_between(old: Scheme, new: Scheme) -> tuple[Change, ...]:
    """Return what turns the list `old` into `new`, in order of code.

    Raises WrongUsage where they are lists of different classifications.
    """
    if old.name != new.name:
        raise WrongUsage(
            Text(
                f"{old.name} 与 {new.name} 不是同一分类", f"{old.name} and {new.name} are not one"
            ),
            Text("比较同一分类的两个年度", "compare two years of one classification"),
        )
    links = _links(old, new)
    left, reached = {before for before, _ in links}, {after for _, after in links}
    pairs: list[_Pair] = [*links]
    pairs += [(c, c) for c in old.headings if c in new and old[c].name != new[c].name]
    pairs += [(c, None) for c in old.headings if c not in new and c not in left]
    pairs += [(None, c) for c in new.headings if c not in old and c not in reached]
    pairs.sort(key=lambda pair: (pair[0] or pair[1] or "", pair[1] or ""))
    return tuple(_change(old, new, pair, links.get(pair, ())) for pair in pairs)


@lru_cache
def moves() -> tuple[Move, ...]:
    """Return every move on record, in order of year."""
    with _MOVES.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return tuple(
            Move(scheme, int(year), _KIND_OF_MOVE[kind], old, new, confidence, source)
            for scheme, year, kind, old, new, confidence, source in rows
        )


def lineage(code: str, year: int) -> tuple[Era, ...]:
    """Return the names and codes that the heading of a code in `year` had over `YEARS`.

    Where it was merged or split, every heading that went into it or came out of it is there; it
    is empty where the year has no such heading.
    """
    if heading_in(code, year) is None:
        return ()
    stages = [_Stage(code, year, "self", ""), *_walk(code, year, -1), *_walk(code, year, +1)]
    return tuple(sorted(_eras(stages), key=lambda era: (era.years[0], era.heading.code)))


def _links(old: Scheme, new: Scheme) -> dict[_Pair, _Route]:
    """Return which code of `old` lives on as which other code of `new`, with the moves between."""
    if old.year > new.year:
        return {(before, after): route for (after, before), route in _links(new, old).items()}
    relevant = [m for m in moves() if m.scheme == old.name and old.year < m.year <= new.year]
    links: dict[_Pair, _Route] = {}
    open_routes: list[_Route] = [(move,) for move in relevant if move.old in old]
    while open_routes:
        route = open_routes.pop()
        last = route[-1]
        if last.new in new and last.new != route[0].old:
            links.setdefault((route[0].old, last.new), route)
        further = (m for m in relevant if m.old == last.new and m.year > last.year)
        open_routes += [(*route, move) for move in further]
    return links


def _change(old: Scheme, new: Scheme, pair: _Pair, route: _Route) -> Change:
    before = old[pair[0]] if pair[0] else None
    after = new[pair[1]] if pair[1] else None
    if route:
        kind = max((move.kind for move in route), key=_MOVE_KINDS.index)
        kind = _REVERSED.get(kind, kind) if old.year > new.year else kind
    else:
        kind = "renamed" if before and after else "gone" if before else "added"
    stays = before is not None and before.code in new
    return Change(kind, before, after, stays, _certainty(old, new, before, after, route), route)


def _certainty(
    old: Scheme, new: Scheme, before: Heading | None, after: Heading | None, route: _Route
) -> str:
    if any(heading and heading.attestation not in _SEEN for heading in (before, after)):
        return "unattested"
    # That a code was not there can only be known from a whole list.
    seen_before = str(old.year) in before.seen_years if before else old.is_complete
    seen_after = str(new.year) in after.seen_years if after else new.is_complete
    return "attested" if seen_before and seen_after and not route else "headings_attested"


def _walk(code: str, year: int, step: int) -> Iterator[_Stage]:
    """Yield the heading's stages in each year after (`step` 1) or before (-1) `year`."""
    relation = "later" if step > 0 else "earlier"
    seen = {(code, year)}
    open_stages = [(code, year, "")]
    while open_stages:
        here, when, kind = open_stages.pop()
        for there, how in _neighbours(here, when, step):
            if (there, when + step) not in seen:
                seen.add((there, when + step))
                open_stages.append((there, when + step, how or kind))
                yield _Stage(there, when + step, relation, how or kind)


def _neighbours(code: str, year: int, step: int) -> Iterator[tuple[str, str]]:
    """Yield what a heading was or became one year on, and how."""
    then = year + step
    if then not in YEARS:
        return
    here, there = heading_in(code, year), heading_in(code, then)
    if here and there:
        yield code, "" if here.name == there.name else "renamed"
    for move in moves():
        if move.scheme != scheme_of(code) or move.year != max(year, then):
            continue
        near, far = (move.old, move.new) if step > 0 else (move.new, move.old)
        if near == code and heading_in(far, then):
            yield far, move.kind


def _eras(stages: Iterable[_Stage]) -> Iterator[Era]:
    """Gather stages of one code and name into eras."""
    gathered: dict[tuple[str, str], list[tuple[_Stage, Heading]]] = {}
    for stage in stages:
        heading = heading_in(stage.code, stage.year)
        if heading:
            gathered.setdefault((heading.code, heading.name), []).append((stage, heading))
    for found in gathered.values():
        own = next((stage for stage, _ in found if stage.relation == "self"), found[0][0])
        yield Era(found[0][1], tuple(sorted(s.year for s, _ in found)), own.relation, own.kind)
