"""The findings of a page, each with its number and the places in the text that it points at.

A finding that follows from the third is 3.1, so that a page has an anchor for every one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fiscal.model import Document, Span
from fiscal.report.quotes import sentence_of
from fiscal.rules.check import Check
from fiscal.rules.finding import Finding

__all__ = ["Evidence", "Numbered", "cited_facts", "numbered"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place that a finding points at: the figure, and its sentence or row around it."""

    anchor: str
    span: Span
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Numbered:
    """A finding as the page names it. `elsewhere` is its evidence in other documents."""

    number: str
    finding: Finding
    evidence: tuple[Evidence, ...]
    elsewhere: tuple[Span, ...]
    consequences: tuple[Numbered, ...]

    @property
    def anchor(self) -> str:
        """The id of the finding's element."""
        return f"finding-{self.number}"

    def flat(self) -> Iterator[Numbered]:
        """Yield the finding and all that follows from it."""
        yield self
        for each in self.consequences:
            yield from each.flat()


def numbered(check: Check) -> tuple[Numbered, ...]:
    """Return the findings of a document, numbered from 1 in their order."""
    document = check.extraction.document
    return tuple(
        _numbered(finding, str(number), document)
        for number, finding in enumerate(check.findings, start=1)
    )


def _numbered(finding: Finding, number: str, document: Document) -> Numbered:
    here = [span for span in finding.evidence if not span.document]
    return Numbered(
        number=number,
        finding=finding,
        evidence=tuple(
            Evidence(f"evidence-{number}-{place}", span, *sentence_of(document, span))
            for place, span in enumerate(here, start=1)
        ),
        elsewhere=tuple(span for span in finding.evidence if span.document),
        consequences=tuple(
            _numbered(each, f"{number}.{place}", document)
            for place, each in enumerate(finding.consequences, start=1)
        ),
    )


def cited_facts(
    findings: tuple[Numbered, ...], check: Check, others: frozenset[str]
) -> Mapping[str, str]:
    """Return anchors by id for `others` and for figures suspected or tied with one that is."""
    suspects = [
        suspect for each in findings for one in each.flat() for suspect in one.finding.suspects
    ]
    wanted = others.union(name for each in suspects for name in (each.fact.id, *each.ties))
    return {
        fact.id: f"figure-{place}"
        for place, fact in enumerate(check.extraction.facts, start=1)
        if fact.id in wanted
    }
