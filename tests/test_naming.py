"""From printed words to a code: the ways offices write a heading's path, and what is flagged."""

import csv
import json
import time
from pathlib import Path

import pytest

from fiscal.extract.naming import NAMING_FLAGS, category_named, doubts_of_name, name_heading
from tests.conftest import SHARED

OFFICE = "政府办公厅（室）及相关机构事务"
FULL = ("一般公共服务支出", OFFICE, "行政运行")
TRUTH = SHARED / "truth"


def truth(name: str) -> Path:
    path = TRUTH / name
    if not path.exists():
        pytest.skip("what a person read in real disclosures does not lie beside this repository")
    return path


@pytest.mark.parametrize(
    "words",
    [
        f"一般公共服务支出（201类）{OFFICE}（03款）行政运行（01项）",
        f"一般公共服务支出（201类）-{OFFICE}（03款）-行政运行（01项）：",
        f"一般公共服务支出(类)  {OFFICE}(款) 行政运行(项)",
        f"一般公共服务支出〔类〕{OFFICE}〔款〕行政运行〔项〕。",
        f"一般公共服务（类）支出{OFFICE}（款）行政运行（项）",
        f"“一般公共服务支出”（类）“{OFFICE}”（款）“行政运行”（项）",
        f"“一般公共服务支出”类“{OFFICE}”款“行政运行”项",
        f"一般公共服务支出201类{OFFICE}03款行政运行01项",
        f"201类一般公共服务支出03款{OFFICE}01项行政运行",
        f"（201）一般公共服务支出（20103）{OFFICE}（2010301）行政运行",
        f"201一般公共服务支出（类）03{OFFICE}（款）01行政运行（项）",
        f"一般公共服务支出（类）03{OFFICE}（款）01行政运行（项）",
        f"一般公共服务支出-{OFFICE}-行政运行（2010301）",
        f"2010301 一般公共服务支出/{OFFICE}/行政运行",
        f"一般公共服务支出/{OFFICE}/行政运行",
        f"一般公共服务支出—{OFFICE}—行政运行",
        f"一般公共服务支出 {OFFICE} 行政运行",
        f"“一般公共服务支出（类）{OFFICE}（款）行政运行（项）”",
        f"一般公共服务支出（类）{OFFICE}（款）行政运行（项）支出决算",
        f"一般公共服务支出（201类）{OFFICE}（03款）行政运行（01项）：指行政单位的基本支出",
        f"一般公共服务支出（201类）{OFFICE}（03款）行政运行（01项）反映行政单位的支出",
        f"⑴、一般公共服务支出（201类）{OFFICE}（03款）行政运行（01项）",
        f"1．一般公共服务支出（类）{OFFICE}（款）行政运行（项）",
        f"2019年一般公共服务支出（类）{OFFICE}（款）行政运行（项）",
    ],
)
def test_a_path_is_understood_however_it_is_printed(words):
    assert name_heading(words, 2019) == ("2010301", FULL, ())


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("教育支出（类）", "205"),
        ("教育（类）支出", "205"),
        ("教育支出", "205"),
        ("教育支出（205类）决算为", "205"),
        ("主要用于以下方面:一般公共服务（类）支出", "201"),
        ("2010301行政运行", "2010301"),
        ("行政运行（2010301）", "2010301"),
        ("行政运行（201类03款01项）", "2010301"),
        ("(2080505)", "2080505"),
        (f"{OFFICE}（款）行政运行（项）", "2010301"),
        ("住房保障支出（类）购房补贴（项）", "2210203"),
        ("死亡抚恤（项）", "2080801"),
        ("其他支出（类）其他支出（款）", "22999"),
    ],
)
def test_part_of_a_path_names_a_heading_where_it_can_mean_one_only(words, code):
    naming = name_heading(words, 2024)
    assert (naming.code, naming.flags) == (code, ())


@pytest.mark.parametrize(
    ("words", "code", "flags"),
    [
        ("农林水支出（213类）扶贫（05款）其他扶贫（99项）", "2130599", ("name_not_official",)),
        ("教育（类）普通教育（款）", "20502", ("name_not_official",)),
        (
            f"一般公共服务支出（类）{OFFICE[:-1]}物（款）行政运行（项）",
            "2010301",
            ("name_not_official",),
        ),
        ("文化旅游体育与传媒支出（类）", "207", ()),
        ("文化体育与传媒支出（类）", "207", ("name_of_other_year",)),
        ("2010302行政运行", "2010302", ("name_of_other_code",)),
        ("2010301行政运行经费", "2010301", ("name_not_official",)),
        (
            "住房保障支出（类）住房保障支出（款）购房补贴（项）",
            "2210203",
            ("path_not_official",),
        ),
        ("住房保障支出/住房保障支出/购房补贴", "2210203", ("path_not_official",)),
        ("教育支出（205类）行政运行（2010301）", "2010301", ("path_not_official",)),
        ("教育支出（类）某某教育（款）行政运行（项）", None, ("name_ambiguous",)),
        ("教育支出（类）普通教育（款）某某教育（项）", None, ("name_unknown",)),
        ("机构运行（项）", None, ("name_ambiguous",)),
        ("2017799某某支出", "2017799", ("code_unknown",)),
    ],
)
def test_what_is_not_official_is_matched_and_flagged(words, code, flags):
    naming = name_heading(words, 2019)
    assert (naming.code, naming.flags) == (code, flags)
    assert set(naming.flags) <= NAMING_FLAGS.keys()


@pytest.mark.parametrize(
    "words",
    ["", "项目支出", "基本支出", "一般公共预算支出", "死亡抚恤", "2019年", "某项目/预算数", "支出"],
)
def test_words_that_are_no_heading_get_neither_code_nor_flag(words):
    naming = name_heading(words, 2024)
    assert (naming.code, naming.flags) == (None, ())


def test_the_name_of_a_section_of_expenditure_by_economy_is_enough():
    """办公设备购置 is a section of 309 and of 310."""
    scheme = "departmental_economic"
    names = ("工资福利支出", "基本工资", "办公费", "办公设备购置", "30201办公费")
    found = [name_heading(name, 2024, scheme=scheme).code for name in names]
    assert found == ["301", "30101", "30201", None, "30201"]


@pytest.mark.parametrize(
    ("words", "below", "code"),
    [
        ("行政运行（项）", "20103", "2010301"),
        ("行政运行", "20103", "2010301"),
        ("行政运行（01项）", "20103", "2010301"),
        ("普通教育（款）学前教育（项）", "205", "2050201"),
        ("教育支出（类）普通教育（款）", "20103", "20502"),
        ("死亡抚恤（项）", "20103", "2080801"),
        ("其他支出（款）", "229", "22999"),
        ("人员经费", "20103", None),
    ],
)
def test_words_said_under_a_heading_are_understood_there(words, below, code):
    naming = name_heading(words, 2024, below=below)
    assert (naming.code, naming.flags) == (code, ())


@pytest.mark.parametrize(
    ("budget", "code", "flags"),
    [
        ("general_public_budget", "2130336", ()),
        ("government_funds_budget", "2136901", ()),
        (None, None, ("name_ambiguous",)),
    ],
)
def test_of_headings_with_one_name_that_of_the_budget_at_hand_is_meant(budget, code, flags):
    naming = name_heading("农林水支出（类）南水北调工程建设（项）", 2024, budget)
    assert (naming.code, naming.flags) == (code, flags)


def test_a_year_outside_the_register_is_read_by_the_nearest():
    assert [name_heading("教育支出", year).code for year in (None, 1990, 2050)] == ["205"] * 3


def test_a_code_and_a_name_are_compared_in_the_year():
    assert doubts_of_name("20805", "行政事业单位离退休", 2019) == ()
    assert doubts_of_name("20805", "行政事业单位离退休", 2024) == ("name_of_other_year",)
    assert [doubts_of_name(code, "合计", 2024) for code in ("total", "", "2010")] == [()] * 3
    assert category_named("社会保障和就业", 2024) == ("208", False)


def test_a_whole_document_of_headings_takes_no_time():
    """Hundreds of new labels, the worst being those that no year knows."""
    name_heading("教育支出（类）某某（款）", 2024)
    labels = [f"教育支出（类）某某教育{number}所（款）行政运行（项）" for number in range(300)]
    start = time.process_time()
    for label in (*labels, "教育支出/" * 60, "（款）其他" * 50):
        name_heading(label, 2024)
    assert time.process_time() - start < 1


@pytest.mark.shared
def test_the_printed_paths_of_a_real_account_give_the_codes_a_person_read():
    """Also when nothing but the names is left, wherever the names are in the register at all."""
    path = truth("emeishan-government-office-2019-final-accounts.facts.csv")
    with path.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["code"] and row["measure"] == "决算"]
    assert len(rows) > 15
    for row in rows:
        words = row["quote"].partition("决算为")[0].removesuffix("支出").rstrip("：:")
        assert name_heading(words, 2019).code == row["code"]
        named = name_heading(row["label"].replace("-", "/"), 2019)
        assert named.code == row["code"] or named.flags, row["label"]


@pytest.mark.shared
def test_the_named_paths_of_a_real_account_give_the_codes_of_its_tables():
    """One name is that of no heading; two stand under a 款 that is not theirs."""
    name = "putuo-planning-bureau-2024-final-accounts"
    tables = json.loads(truth(f"{name}.tables.json").read_text("utf-8"))
    printed = {row[0]: row[1] for table in tables for row in table["grid"] if row[0].isdecimal()}
    with truth(f"{name}.facts.csv").open(encoding="utf-8") as file:
        labels = {row["label"] for row in csv.DictReader(file) if row["label"].count("/") == 2}
    found = {label: name_heading(_with_marks(label), 2024) for label in sorted(labels)}
    doubted = {label.rpartition("/")[2]: n for label, n in found.items() if n.flags}
    sure = {label: n for label, n in found.items() if not n.flags}
    assert len(sure) == len(labels) - 4
    assert all(printed[n.code] == label.rpartition("/")[2] for label, n in sure.items())
    assert {item: (n.code, n.flags) for item, n in doubted.items()} == {
        "住房公积金": ("2210201", ("path_not_official",)),
        "购房补贴": ("2210203", ("path_not_official",)),
        "其他国土资源事务支出": ("2200199", ("name_not_official",)),
        "机关事业单位退休人员活动费支出": (None, ("name_unknown",)),
    }


def _with_marks(label: str) -> str:
    return "".join(
        f"{name}（{mark}）" for name, mark in zip(label.split("/"), "类款项", strict=True)
    )
