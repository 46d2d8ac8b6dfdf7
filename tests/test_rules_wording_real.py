"""Rules of words on the real documents: what a person found wrong there, and nothing else."""

import json
import re
from functools import cache

import pytest

from fiscal.documents.reader import read_file
from fiscal.extract.extractor import extract_facts
from fiscal.rules.catalogue import selected
from fiscal.rules.check import check
from tests.conftest import SHARED

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not (SHARED / "documents").exists(),
        reason="the real disclosures do not lie beside this repository",
    ),
]

EMEISHAN = "emeishan-government-office-2019-final-accounts.txt"
PLANNING = "putuo-planning-bureau-2024-final-accounts.pdf"
# What arithmetic finds is tested with arithmetic.
OF_WORDS = frozenset(
    (
        "unit-missing",
        "unit-slip",
        "count-mismatch",
        "score-as-percent",
        "semantic",
        "misplaced-item",
        "label-deviation",
        "wrong-table-reference",
        "template-leftover",
        "missing-part",
        "blank-cells",
        "entity_name",
        "name_mismatch",
        "template_residue",
        "percent_unit",
    )
)
# Stated beside another amount: only what the project cost tells it is wrong.
BY_ARITHMETIC = frozenset(("D002",))


@cache
def findings_of(name):
    document = read_file(str(SHARED / "documents" / name))
    extraction = extract_facts(document, may_be_empty=True)
    return document, check(extraction, selected(("K", "L", "U", "N"))).findings


def defects(name):
    path = SHARED / "truth" / (name.rsplit(".", 1)[0] + ".json")
    if not path.exists():
        return []
    found = json.loads(path.read_text("utf-8"))["defects"]
    return [
        pytest.param(name, each.get("quotes") or [each["stated"]], id=each["id"])
        for each in found
        if each["kind"] in OF_WORDS
        and each["severity"] in ("critical", "high", "medium")
        and each["id"] not in BY_ARITHMETIC
    ]


def places(document, quote):
    """Return where a quote stands, blanks and what it leaves out aside."""
    parts = (re.escape(part) for part in re.sub(r"\s", "", quote).replace("…", "") if part)
    return [each.span() for each in re.finditer(r"\s*".join(parts), document.text)]


@pytest.mark.parametrize(("name", "quotes"), [*defects(EMEISHAN), *defects(PLANNING)])
def test_a_defect_is_found_where_it_stands(name, quotes):
    document, findings = findings_of(name)
    spans = [span for finding in findings for span in finding.evidence]
    wanted = [place for quote in quotes for place in places(document, quote)]
    assert any(span.start < end and start < span.end for start, end in wanted for span in spans)


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("putuo-finance-bureau-2024-final-accounts.pdf", 0),
        # The note below the ninth table calls it empty; it is not.
        ("putuo-wanli-subdistrict-2024-budget.pdf", 1),
        # The note below the seventh table is that of the sixth.
        ("putuo-finance-bureau-2025-budget.pdf", 1),
        # Compared with its own year; an increase from 43269.3 to 3845.49; an old name of 210.
        ("putuo-justice-bureau-2026-budget.pdf", 3),
    ],
)
def test_nothing_else_is_called_wrong(name, most):
    _, findings = findings_of(name)
    grave = [finding for finding in findings if finding.severity.value != "notice"]
    assert len(grave) <= most, [finding.message.zh for finding in grave]


@pytest.mark.parametrize(
    "name",
    [
        "shanghai-template-2024-final-accounts.pdf",
        "shanghai-template-budget.xls",
        "shanghai-template-department-budget.xlsx",
    ],
)
def test_a_blank_template_has_findings_of_the_template_only(name):
    _, findings = findings_of(name)
    assert {finding.rule.id[:3] for finding in findings} == {"L10"}
