"""A baseline: findings that are known and accepted, each with the reason and the date.

It is a file in JSON, by fingerprint, that people edit: a finding that it names is left out of the
answer, and an entry that no finding has any more is reported as stale.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fiscal.errors import Place, Text, UnreadableDocument
from fiscal.files import read_bytes
from fiscal.rules.finding import Finding

__all__ = ["Accepted", "Baseline", "baseline_record", "read_baseline"]

_REMEDY = Text(
    '写成 {"accepted": [{"fingerprint": …, "reason": …, "date": "2025-01-31"}]}',
    'write {"accepted": [{"fingerprint": …, "reason": …, "date": "2025-01-31"}]}',
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that was accepted: why, and when."""

    fingerprint: str
    reason: str
    date: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """The entries of a baseline, by fingerprint."""

    entries: Mapping[str, Accepted]

    def without_accepted(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return the findings that are not accepted; consequences of one that is move up."""
        left: list[Finding] = []
        for finding in findings:
            below = self.without_accepted(finding.consequences)
            if finding.fingerprint in self.entries:
                left += below
            else:
                left.append(replace(finding, consequences=below))
        return tuple(left)

    def stale(self, findings: Iterable[Finding]) -> tuple[Accepted, ...]:
        """Return the entries that no finding has any more."""
        there = {
            each.fingerprint for finding in findings for each in (finding, *finding.consequences)
        }
        return tuple(entry for key, entry in self.entries.items() if key not in there)


def read_baseline(path: str) -> Baseline:
    """Read a baseline. Raises UnreadableDocument, naming file and entry, for a bad one."""
    try:
        record = json.loads(read_bytes(path))
        entries = [_entry(each) for each in record["accepted"]]
    except (ValueError, RecursionError) as error:
        raise _bad(_where_no_json(error)).at(Place(path)) from error
    except (KeyError, TypeError) as error:
        raise _bad(Text("这不是基线文件", "this is no baseline")).at(Place(path)) from error
    except UnreadableDocument as error:
        raise error.within(path) from error
    return Baseline({entry.fingerprint: entry for entry in entries})


def _where_no_json(error: Exception) -> Text:
    if not isinstance(error, json.JSONDecodeError):
        return Text("这不是 JSON", "this is not JSON")
    line, column = error.lineno, error.colno
    return Text(
        f"第 {line} 行第 {column} 字处不是 JSON", f"not JSON at line {line}, character {column}"
    )


def _entry(record: Mapping[str, Any]) -> Accepted:
    entry = Accepted(str(record["fingerprint"]), str(record["reason"]), str(record["date"]))
    name = entry.fingerprint
    try:
        date.fromisoformat(entry.date)
    except ValueError as error:
        told = f"{name} 的 date 不是日期：“{entry.date}”", f"{name}: “{entry.date}” is no date"
        raise _bad(Text(*told)) from error
    if not entry.reason.strip():
        raise UnreadableDocument(
            Text(f"{name} 未写理由", f"{name}: no reason is given"),
            Text(
                "在 reason 中写明为何可以接受；不接受的，删去该项",
                "write in its reason why it is accepted, or delete the entry",
            ),
        )
    return entry


def _bad(found: Text) -> UnreadableDocument:
    return UnreadableDocument(found, _REMEDY)


def baseline_record(findings: Sequence[Finding], day: date) -> dict[str, Any]:
    """Return a baseline that accepts `findings`, its reasons still to be written."""
    everything = (each for finding in findings for each in (finding, *finding.consequences))
    return {
        "accepted": [
            {
                "fingerprint": finding.fingerprint,
                "rule": finding.rule.id,
                "message": finding.message.zh,
                "reason": "",
                "date": day.isoformat(),
            }
            for finding in everything
        ]
    }
