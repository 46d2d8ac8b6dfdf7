"""What a check does with accounts that nobody would write: it ends, whatever they hold."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from fiscal.codes import TOTAL
from fiscal.model import MEASURES, Block, BlockKind
from fiscal.report.findings import check_record
from fiscal.report.json import write as as_json
from fiscal.rules.catalogue import rules
from fiscal.rules.check import check
from fiscal.rules.sample import extraction_of

SAMPLES = [
    part.strip()
    for rule in rules()
    for text in (rule.good, rule.bad)
    for part in text.split("=====")
]
CODES = ("", TOTAL, "2", "201", "20103", "2010301", "301", "30101", "50101", "101", "2999999")
NUMBERS = ("0", "0.00", "1.5", "-3", "100", "99999999999999999999999.99")
UNITS = ("元", "万元", "亿元", "%", "‰", "人", "分", "")
HEADS = ("# final_accounts 2024", "# budget 2026", "# template 2019")

TOTAL_BEFORE_A_LIST = """
@ final_accounts_basic_table
合计 | final | 3.00万元 | total
基本工资 | final | 3.00万元 | 30101
@ 六、基本支出决算情况说明
人员经费3.00万元，主要包括：基本工资。
"""


@st.composite
def lines(draw: st.DrawFn, line: str) -> str:
    """A line of a sample as it is, or with another measure, amount or code."""
    label, *said = line.split(" | ")
    if len(said) < 2 or draw(st.booleans()):
        return line
    measure = draw(st.sampled_from((said[0], *MEASURES)))
    amount = draw(st.sampled_from(NUMBERS)) + draw(st.sampled_from(UNITS))
    code = draw(st.sampled_from((*said[2:], *CODES)))
    return " | ".join((label, measure, amount, code))


@st.composite
def samples(draw: st.DrawFn) -> str:
    """Some samples of some rules in one document, with figures changed."""
    chosen = draw(st.lists(st.sampled_from(SAMPLES), min_size=1, max_size=4))
    written = [draw(lines(line)) for text in chosen for line in text.split("\n")]
    kept = (line for line in written if not line.startswith("#"))
    return "\n".join((draw(st.sampled_from(HEADS)), *kept))


class TestWhateverComes:
    """“No rule fails, whatever an account holds, and what it finds can be told.”"""

    @given(samples())
    @example(TOTAL_BEFORE_A_LIST)
    @settings(max_examples=400)
    def test_samples_gone_wrong(self, sample):
        assert as_json(check_record(check(extraction_of(sample), rules())))

    @given(samples())
    @settings(max_examples=100)
    def test_tables_without_running_text(self, sample):
        extraction = extraction_of(sample)
        whole = Block(BlockKind.TABLE, 0, len(extraction.document.text))
        document = replace(extraction.document, blocks=(whole,))
        assert as_json(check_record(check(replace(extraction, document=document), rules())))
