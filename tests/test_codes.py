"""Codes are read in every spelling, and refused with what was expected."""

import pytest

from fiscal.codes import TOTAL, ancestors, level, parent, parse_code, scheme_of
from fiscal.errors import InvalidCode


@pytest.mark.parametrize(
    "text",
    [
        "2010301",
        "201-03-01",
        "201 03 01",
        "２０１０３０１",
        "201类 03款 01项",
        "201类03款01项",
        "（201类）…（03款）…（01项）",
        "一般公共服务支出（201类）-政府办公厅（室）及相关机构事务（03款）-行政运行（01项）",
    ],
)
def test_every_spelling_gives_the_same_code(text):
    """Whole, in three parts, or scattered among names."""
    assert parse_code(text) == "2010301"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "不是科目编码"),
        ("20", "2 位"),
        ("20103011", "8 位"),
        ("4010301", "首位为 4"),
        ("行政运行", "不是科目编码"),
        ("201-3-1", "不是科目编码"),
        ("03款01项", "不是科目编码"),
        ("201类01项", "不是科目编码"),
        ("201类 03款 7", "不是科目编码"),
        ("2010301元", "不是科目编码"),
    ],
)
def test_a_bad_code_says_what_was_expected(text, told):
    """The message names the levels and their digits."""
    with pytest.raises(InvalidCode, match=told) as caught:
        parse_code(text)
    assert "3 位（类）、5 位（款）、7 位（项）" in caught.value.render("zh")
    assert "3 (类), 5 (款), 7 (项)" in caught.value.render("en")


def test_a_code_knows_its_level_parent_and_scheme():
    """From its digits alone."""
    assert [level(code) for code in ("201", "20103", "2010301", "103070503", TOTAL)] == [
        "category",
        "section",
        "item",
        "subitem",
        "total",
    ]
    assert (parent("2010301"), parent("201")) == ("20103", TOTAL)
    assert ancestors("201") == ()
    assert [scheme_of(code) for code in ("101", "201", "301", "501")] == [
        "revenue",
        "functional",
        "departmental_economic",
        "government_economic",
    ]
