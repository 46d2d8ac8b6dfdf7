"""What changed between years, what a list brings in, and which lists there are: text, JSON, CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from fiscal.errors import Text
from fiscal.ontology.bring_in import Brought
from fiscal.ontology.changes import CERTAINTIES, KINDS, Change
from fiscal.ontology.scheme import ATTESTATIONS, SCHEMES, Scheme
from fiscal.report.reference import bracketed
from fiscal.report.reference_records import heading_record

__all__ = [
    "brought_lines",
    "brought_record",
    "changes_csv",
    "changes_lines",
    "changes_record",
    "scheme_lines",
    "scheme_record",
]

_MARKS = {"attested": "✓", "headings_attested": "·", "unattested": "?"}
_SHORT_CERTAINTIES = {
    "attested": Text("有出处", "attested"),
    "headings_attested": Text(
        "科目有出处，年份或对应凭记忆", "headings attested, year or link recalled"
    ),
    "unattested": Text("凭记忆", "unattested"),
}
_SHOWN = 20  # A list that lacks most of a year would else scroll its own summary away.
_CSV_COLUMNS = (
    "scheme",
    "kind",
    "old_code",
    "old_name",
    "old_attestation",
    "new_code",
    "new_name",
    "new_attestation",
    "old_stays",
    "certainty",
    "source",
)

_Comparison = tuple[Scheme, Scheme, tuple[Change, ...]]


def changes_lines(comparisons: Sequence[_Comparison], language: str) -> Iterator[str]:
    """Tell the changes of each classification by kind, each with how it is known."""
    for old, new, changes in comparisons:
        title = f"{SCHEMES[old.name].to(language)} {old.year} → {new.year}"
        yield f"{title}  {_counted(changes, language)}"
        for kind, label in KINDS.items():
            found = [change for change in changes if change.kind == kind]
            if found:
                yield f"  {label.to(language)} {len(found)}"
            yield from (f"    {_change_line(change, language)}" for change in found)
    used = {change.certainty for _, _, changes in comparisons for change in changes}
    for certainty, told in CERTAINTIES.items():
        if certainty in used:
            yield f"{_MARKS[certainty]} {told.to(language)}"
    if not all(scheme.is_complete for old, new, _ in comparisons for scheme in (old, new)):
        yield Text(
            "科目表不完整：表中没有的科目未必不存在。",
            "The lists are not complete: what they lack may still have been there.",
        ).to(language)


def changes_record(comparisons: Sequence[_Comparison], language: str) -> dict[str, Any]:
    """Return the changes as the record of `fiscal diff`."""
    return {
        "old_year": comparisons[0][0].year,
        "new_year": comparisons[0][1].year,
        "schemes": [
            {
                "scheme": old.name,
                "old_is_complete": old.is_complete,
                "new_is_complete": new.is_complete,
                "changes": [_change_record(change, language) for change in changes],
            }
            for old, new, changes in comparisons
        ],
    }


def changes_csv(comparisons: Iterable[_Comparison]) -> str:
    """Return the changes as a table, a row each."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_CSV_COLUMNS)
    for old, _, changes in comparisons:
        for change in changes:
            sides = (
                (each.code, each.name, each.attestation) if each else ("", "", "")
                for each in (change.old, change.new)
            )
            before, after = sides
            stays = "true" if change.old_stays else "false"
            sources = "; ".join(move.source for move in change.moves)
            row = (old.name, change.kind, *before, *after, stays, change.certainty, sources)
            table.writerow(row)
    return text.getvalue()


def brought_lines(brought: Brought, path: str | None, language: str) -> Iterator[str]:
    """Tell what a list holds, how it differs from the shipped one, and where it was put."""
    scheme, confirmed = brought.scheme, brought.confirmed
    name, count = SCHEMES[scheme.name], len(scheme)
    complete = _completeness(scheme)
    yield Text(
        f"{scheme.year} 年{name.zh}：{count} 个科目，{complete.zh}",
        f"{name.en}, {scheme.year}: {count} headings, {complete.en}",
    ).to(language)
    if brought.repeated:
        again = brought.repeated
        yield Text(f"  重复列出 {again} 行，只取一次", f"  {again} rows printed again").to(language)
    listed = _attestations(confirmed, language) if confirmed else "0"
    yield Text(
        f"  证实随附科目（此前非“有出处”）：{listed}", f"  shipped headings confirmed: {listed}"
    ).to(language)
    yield Text("  与随附科目表相比：", "  against the shipped list: ").to(language) + _counted(
        brought.changes, language
    )
    for kind, label in KINDS.items():
        found = [change for change in brought.changes if change.kind == kind]
        yield from (f"    {label.to(language)} {_sides(change)}" for change in found[:_SHOWN])
        more = len(found) - _SHOWN
        if more > 0:
            told = Text(f"另有 {more} 个，见 --format json", f"{more} more, see --format json")
            yield f"    {label.to(language)} {told.to(language)}"
    where = Text(f"  已写入 {path}", f"  written to {path}")
    dry = Text("  未写入（--dry-run）", "  nothing written (--dry-run)")
    yield (where if path else dry).to(language)


def brought_record(brought: Brought, path: str | None, language: str) -> dict[str, Any]:
    """Return what a list brings in as the record of `fiscal scheme import`."""
    scheme = brought.scheme
    return {
        "scheme": scheme.name,
        "fiscal_year": scheme.year,
        "headings": len(scheme),
        "is_complete": scheme.is_complete,
        "repeated": brought.repeated,
        "confirmed": {
            key: brought.confirmed.get(key, 0) for key in ATTESTATIONS if key != "attested"
        },
        "changes": [_change_record(change, language) for change in brought.changes],
        "path": path,
    }


def scheme_lines(schemes: Iterable[Scheme], language: str) -> Iterator[str]:
    """Tell each list in a line: headings, how they are attested, complete or not, whose it is."""
    for scheme in schemes:
        counts = Counter(heading.attestation for heading in scheme)
        whose = Text("自备", "own") if scheme.is_own else Text("随附", "shipped")
        shares = (
            Text("，", ", ")
            .to(language)
            .join(
                f"{label.to(language)} {counts[key] / len(scheme):.0%}"
                for key, label in _SHARES.items()
                if counts[key]
            )
        )
        told = (_completeness(scheme).to(language), whose.to(language), shares)
        yield f"{scheme.year} {scheme.name:<22}{len(scheme):>5}  " + "  ".join(told)


def scheme_record(scheme: Scheme) -> dict[str, Any]:
    """Return a list's size and standing as an entry of `fiscal scheme list`."""
    counts = Counter(heading.attestation for heading in scheme)
    return {
        "scheme": scheme.name,
        "fiscal_year": scheme.year,
        "headings": len(scheme),
        "attestations": {key: counts[key] for key in ATTESTATIONS},
        "is_complete": scheme.is_complete,
        "is_own": scheme.is_own,
    }


_SHARES = {
    "attested": Text("有出处", "attested"),
    "attested_before_2018": Text("2018 年前出处", "attested before 2018"),
    "code_attested": Text("仅见编码", "code seen"),
    "unattested": Text("凭记忆", "recalled"),
}


def _completeness(scheme: Scheme) -> Text:
    return Text("完整", "complete") if scheme.is_complete else Text("不完整", "not complete")


def _attestations(counts: Mapping[str, int], language: str) -> str:
    told = [f"{_SHARES[key].to(language)} {counts[key]}" for key in _SHARES if key in counts]
    return Text("，", ", ").to(language).join(told)


def _counted(changes: Iterable[Change], language: str) -> str:
    counts = Counter(change.kind for change in changes)
    told = [f"{label.to(language)} {counts[kind]}" for kind, label in KINDS.items() if counts[kind]]
    return Text("，", ", ").to(language).join(told) or Text("没有变动", "no change").to(language)


def _sides(change: Change) -> str:
    sides = [f"{each.code} {each.name}" for each in (change.old, change.new) if each]
    return " → ".join(sides)


def _change_line(change: Change, language: str) -> str:
    # A heading that lives on under another code although its own code is still listed.
    stays = Text("；原编码仍在表中", "; the old code is still listed").to(language)
    is_told = change.moves and change.old_stays
    certainty = _SHORT_CERTAINTIES[change.certainty].to(language)
    told = bracketed(f"{certainty}{stays if is_told else ''}", language)
    return f"{_MARKS[change.certainty]} {_sides(change)}{told}"


def _change_record(change: Change, language: str) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "old": heading_record(change.old) if change.old else None,
        "new": heading_record(change.new) if change.new else None,
        "old_stays": change.old_stays,
        "certainty": change.certainty,
        "certainty_text": CERTAINTIES[change.certainty].to(language),
        "moves": [
            {
                "year": move.year,
                "kind": move.kind,
                "old": move.old,
                "new": move.new,
                "confidence": move.confidence or None,
                "source": move.source,
            }
            for move in change.moves
        ],
    }
