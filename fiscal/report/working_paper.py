"""The working paper: a check as auditors file it, in one workbook.

Its sheets tell whose document was checked and how to read the paper, every fact, the tree of
headings with formulas that compute it anew, every relation that was tried, what was found with room
for the auditor's own words, and what became of each numeral of the document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from fiscal.errors import Text, listed
from fiscal.model import Extraction, Outcome
from fiscal.report.extraction import coverage_record
from fiscal.report.extraction_labels import KINDS, NON_FACTS
from fiscal.report.extraction_workbook import fact_rows_for_people, fact_sheet
from fiscal.report.findings import counts_by_severity
from fiscal.report.findings_text import SEVERITY_LABELS, stale_lines
from fiscal.report.trees import OUTCOMES
from fiscal.report.workbook import Cell, Look, Sheet, Shown, workbook
from fiscal.report.working_paper_findings import finding_sheet, relation_sheet
from fiscal.report.working_paper_tree import tree_sheet
from fiscal.rules.baseline import Accepted
from fiscal.rules.check import Check
from fiscal.rules.rule import SEVERITIES, Rule

__all__ = ["working_paper_pieces"]

_ITEM = Look(is_bold=True)
_LONG = Look(is_wrapped=True)
_SHEETS = (
    (
        Text("事实", "facts"),
        Text(
            "从文件中读出的每个数字，一行一个，附原文与位置；疑点列不为空的读法存疑",
            "every figure that was read, with its quote and place; flags tell what is in doubt",
        ),
    ),
    (
        Text("科目树", "tree"),
        Text(
            "每一列数字按类、款、项汇总：下级合计、差额由公式计算，可修改表列数后重新计算；"
            "差额不超过容差（各数末位一半之和）即为相符",
            "each column added up along the classification: sums and differences are formulas and "
            "follow when a figure is changed; within the tolerance, half a last printed place of "
            "every figure involved, they agree",
        ),
    ),
    (
        Text("关系", "relations"),
        Text(
            "试过的每条勾稽关系及其结果；无法判断、不适用的写明原因，不算通过",
            "every relation tried and how it came out; what could not be judged says why, and is "
            "not counted as passed",
        ),
    ),
    (
        Text("问题", "findings"),
        Text(
            "不成立的关系与文字问题，附证据、疑似有误的数与依据；核实情况、备注两列留给审计人员",
            "what does not hold, with evidence, suspects and law; the last columns are yours",
        ),
    ),
    (
        Text("覆盖", "coverage"),
        Text(
            "文件中每个数字的去向：事实、非事实（年份、编码等）或未归类",
            "what became of every numeral: a fact, no fact (a year, a code), or unaccounted for",
        ),
    ),
)


def working_paper_pieces(
    checks: Sequence[Check],
    language: str,
    rules: Sequence[Rule],
    stale: Sequence[Accepted] = (),
) -> Iterator[bytes]:
    """Yield the working paper of some checked documents as one workbook."""
    facts = [row for one in checks for row in fact_rows_for_people(one.extraction, language)]
    tree, notes = tree_sheet([one.extraction for one in checks], language)
    stale_told = [line.text for line in stale_lines(tuple(stale), language)]
    yield workbook(
        [
            _guide(checks, [*notes, *stale_told], language),
            fact_sheet(facts, language),
            tree,
            relation_sheet(checks, rules, language),
            finding_sheet(checks, language),
            _coverage(checks, language),
        ]
    )


def _guide(checks: Sequence[Check], notes: Sequence[str], language: str) -> Sheet:
    """Tell whose documents were checked, what came out, and how to read the sheets."""
    rows: list[list[Cell]] = []
    for one in checks:
        told = _told_of(one, language)
        rows += [[Shown(name.to(language), _ITEM), _long(value)] for name, value in told]
        rows.append([])
    for name, text in _SHEETS:
        lead = Text(f"“{name.zh}”表", f"sheet {name.en}").to(language)
        rows.append([Shown(lead, _ITEM), _long(text.to(language))])
    note = Text("附注", "note").to(language)
    rows += [[Shown(note, _ITEM), _long(text)] for text in notes]
    return Sheet(Text("说明", "guide").to(language), (), (24, 110), rows)


def _long(value: Cell) -> Cell:
    return Shown(value, _LONG) if isinstance(value, str) else value


def _told_of(check: Check, language: str) -> Iterator[tuple[Text, Cell]]:
    profile, document = check.extraction.profile, check.extraction.document
    yield Text("文件", "document"), document.path
    yield Text("标题", "title"), profile.title
    yield Text("编报单位", "organisation"), profile.organisation
    yield Text("年度", "year"), profile.fiscal_year
    yield Text("文件类型", "kind"), KINDS[profile.kind].to(language)
    yield Text("金额单位", "unit"), profile.unit
    yield Text("文件摘要（SHA-256）", "SHA-256"), document.sha256
    if document.unread_pages:
        pages = listed(document.unread_pages).to(language)
        yield Text("未能读出的页", "pages not read"), pages
    counts = counts_by_severity(check.findings)
    found = [(SEVERITY_LABELS[each], counts[each.value]) for each in SEVERITIES]
    yield Text("发现", "found"), _counts(found, language)
    tried = [(OUTCOMES[each], check.outcomes[each]) for each in Outcome]
    yield Text("核对的关系", "relations tried"), _counts(tried, language)


def _counts(counts: Sequence[tuple[Text, int]], language: str) -> str:
    parting = "，" if language == "zh" else ", "
    return parting.join(f"{label.to(language)} {count}" for label, count in counts)


def _coverage(checks: Sequence[Check], language: str) -> Sheet:
    header = (
        Text("文件", "document"),
        Text("去向", "what became of it"),
        Text("个数", "count"),
        Text("原文", "quote"),
        Text("页", "page"),
        Text("起", "start"),
        Text("止", "end"),
    )
    rows = [row for one in checks for row in _coverage_rows(one.extraction, language)]
    name = Text("覆盖", "coverage").to(language)
    return Sheet(name, [each.to(language) for each in header], (32, 24, 10, 32, 8, 10, 10), rows)


def _coverage_rows(extraction: Extraction, language: str) -> Iterator[list[Cell]]:
    path, record = extraction.document.path, coverage_record(extraction)
    yield [path, Text("数字", "numerals").to(language), record["numerals"]]
    yield [path, Text("事实", "facts").to(language), record["facts"]]
    lead = Text("非事实：", "no fact: ").to(language)
    kinds = Counter(each.kind for each in extraction.non_facts)
    for kind, count in sorted(kinds.items()):
        label = NON_FACTS.get(kind, Text(kind, kind)).to(language)
        yield [path, lead + label, count]
    left = Text("未归类", "unaccounted for").to(language)
    yield [path, left, len(extraction.unaccounted)]
    for span in extraction.unaccounted:
        yield [path, left, None, span.quote, span.page, span.start, span.end]
