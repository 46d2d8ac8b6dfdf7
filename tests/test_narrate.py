"""`fiscal narrate`: prose from facts, and the facts back from the prose."""

import json
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from fiscal.cli import main
from fiscal.documents.reader import read_file
from fiscal.extract.extractor import extract_facts
from fiscal.report.charts.raster import has_chinese_font
from fiscal.report.extraction import extraction_record
from fiscal.report.prose.figures import figures_of
from fiscal.report.prose.ledger import subject_named
from fiscal.report.prose.markdown import markdown
from fiscal.report.prose.narration import Depth, narrate
from fiscal.report.prose.style import STYLES, style_named
from fiscal.report.prose.word import word_document
from fiscal.rules.view import View
from tests.conftest import REPOSITORY

ACCOUNT = """某某局2023年度部门决算情况说明
一、收入支出决算总体情况说明
2023年度收、支总计100.00万元。与2022年相比，收、支总计各增加20.00万元，增长25.00%。
二、收入决算情况说明
2023年本年收入合计90.00万元，其中：一般公共预算财政拨款收入60.00万元，占66.67%；其他收入30.00万元，占33.33%。
"""


def run(*arguments: str):
    return CliRunner().invoke(main, ["narrate", *arguments])


def write(folder: Path, text: str, name: str = "account.txt") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def levels(extraction):
    """The amounts that the document states of its own year, by what they are of."""
    view = View(extraction)
    return {
        key: facts[0].amount.value
        for key, facts in view.by_key.items()
        if key.year == view.profile.fiscal_year and key.measure in ("final", "budget", "count")
    }


def test_shares_changes_and_rates_are_computed_and_what_is_missing_is_told(tmp_path):
    """A wrong share of the source is not copied; nothing is invented for what it lacks."""
    path = write(tmp_path, ACCOUNT.replace("66.67%", "76.67%"))
    result = run(path, "--style", "sichuan")
    assert result.exit_code == 0
    assert "一般公共预算财政拨款收入60.00万元，占66.67%；" in result.stdout
    assert "其他收入30.00万元，占33.33%。" in result.stdout
    assert "事业收入0万元，占0%；" in result.stdout, "the two sources make up all revenue"
    assert "收、支总计各增加20.00万元，增长25.00%。" in result.stdout
    assert "本年支出合计" not in result.stdout
    assert "缺少本年支出合计（决算数）" in result.stderr


def test_a_real_account_is_told_with_its_own_figures(tmp_path, emeishan):
    """Every amount and count that is told is one of the account, and most of it is told."""
    account = extract_facts(read_file(str(emeishan)))
    path = write(tmp_path, markdown(narrate(account, "sichuan")), "told.md")
    said, own = levels(extract_facts(read_file(path))), levels(account)
    # The source prints 13.52元 for 13.52万元, which is nothing in 万元.
    told = {key: value for key, value in said.items() if key.subject.code != "2080504"}
    assert {key: value for key, value in told.items() if own.get(key, 0) != value} == {}
    assert len(said) > 70


@pytest.mark.parametrize("style", STYLES)
def test_every_name_in_a_style_means_something(style):
    """A slot that nobody can fill would silently leave its sentence out for ever."""
    told = style_named(style)
    texts = [*told.texts.values(), *(each.text for each in told.lists.values())]
    names = {name for text in texts for name in re.findall(r"\{(?:\w+:)?([^{}|]+)", text)}
    own = {"body", "year", "prior", "word", "n", "name", "code", "path", "coded_path", "it"}
    for name in {part for each in names - own - told.lists.keys() for part in each.split("/")}:
        assert name in own or subject_named(name)
    verbs = {verb for text in texts for verb in re.findall(r"\{(\w+):", text)}
    known = {
        "budget",
        "count",
        "score",
        "share",
        "completion",
        "each",
        "if_equal",
        "if_zero",
        "if_some",
    }
    assert verbs <= known | told.comparisons.keys()


def test_a_change_says_which_way_it_went_and_no_rate_of_nothing(tmp_path):
    """Down is 减少 and 下降, nothing is 持平, and what was nothing before has no rate."""
    account = ACCOUNT + (
        "三、“三公”经费财政拨款支出决算情况说明\n"
        "因公出国（境）费支出1.00万元，比2022年增加1.00万元。\n"
        "公务用车购置及运行维护费支出2.00万元，比2022年减少2.00万元。\n"
        "公务接待费支出3.00万元，与2022年持平。\n"
    )
    said = run(write(tmp_path, account), "--style", "shanghai").stdout
    assert "因公出国（境）费支出决算比2022年增加1.00万元（基数为零，不可比）" in said
    assert "公务用车购置及运行维护费支出决算比2022年减少2.00万元，下降50.00%" in said
    assert "公务接待费支出决算与2022年持平" in said
    total = "“三公”经费财政拨款支出决算比2022年减少1.00万元，下降14.29%"
    assert total in said, "6.00 after 7.00, which are the sums"


def test_what_extract_wrote_is_told_like_the_document_itself(tmp_path):
    """The JSON and the CSV of `fiscal extract` are facts enough."""
    path = write(tmp_path, ACCOUNT)
    itself = run(path, "--style", "shanghai")
    for suffix in ("json", "csv"):
        facts = str(tmp_path / f"facts.{suffix}")
        CliRunner().invoke(main, ["extract", path, "--format", suffix, "-o", facts])
        assert run(facts, "--style", "shanghai").stdout == itself.stdout


def test_a_table_of_facts_is_told_by_its_names(tmp_path):
    """A user's own table needs a name, a code and an amount."""
    table = (
        "code,name,amount,unit,year,budget\n"
        "total,一般公共预算财政拨款支出,100.00,万元,2023,general_public_budget\n"
        "201,一般公共服务支出,60.00,万元,2023,general_public_budget\n"
        "221,住房保障支出,40.00,万元,2023,general_public_budget\n"
    )
    said = run(write(tmp_path, table, "facts.csv"), "--style", "shanghai").stdout
    assert (
        "一般公共服务支出（类）60.00万元，占60.00%；住房保障支出（类）40.00万元，占40.00%。" in said
    )


def test_amounts_are_never_told_finer_than_they_are_known(tmp_path):
    """1000万元 is not 1000.00万元, nor 10000000.00元."""
    path = write(tmp_path, ACCOUNT.replace(".00万元", "万元"))
    assert "收入支出总计100万元" in run(path, "--style", "shanghai").stdout
    assert "1000000元" in run(path, "--style", "shanghai", "--unit", "元").stdout
    tenths = run(write(tmp_path, ACCOUNT), "--style", "shanghai", "--decimals", "1").stdout
    assert "收入支出总计100.0万元" in tenths


def test_names_stay_text_in_markdown_and_word(tmp_path):
    """Markup, a formula or a control character in a name is shown, not obeyed."""
    body = "<script>alert(1)</script>*甲*局"
    record = extraction_record(extract_facts(read_file(write(tmp_path, ACCOUNT))))
    record["document"]["organisation"] = body + "\x07\n=cmd|' /C calc'!A0"
    path = write(tmp_path, json.dumps(record), "facts.json")
    said = run(path, "--style", "shanghai").stdout
    assert "\\<script\\>alert(1)\\</script\\>\\*甲\\*局" in said
    target = tmp_path / "told.docx"
    assert run(path, "--style", "shanghai", "-o", str(target)).exit_code == 0
    assert body in read_file(str(target)).text


def test_the_word_document_says_what_the_markdown_says(tmp_path):
    """Headings and paragraphs are the same, and so are the facts read from them."""
    path = write(tmp_path, ACCOUNT)
    narration = narrate(extract_facts(read_file(path)), "chongqing")
    target = tmp_path / "told.docx"
    target.write_bytes(word_document(narration))
    document = read_file(str(target))
    lines = [line for line in document.text.splitlines() if line]
    assert lines == [text for depth, text in narration.paragraphs if depth is not Depth.FIGURE]
    facts = [(f.label, f.measure, f.amount) for f in extract_facts(document).facts]
    markdown_path = write(tmp_path, markdown(narration), "told.md")
    assert facts == [
        (f.label, f.measure, f.amount) for f in extract_facts(read_file(markdown_path)).facts
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("facts.json", '{"document": {}}'),
        ("facts.json", "[" * 10_000),
        ("facts.json", '{"document": {}, "facts": [{"amount": "' + "9" * 100 + '"}]}'),
        (
            "facts.csv",
            "id,label,measure,amount,unit,section,quote,sha256\n1,a,final,x,元,,,s\n",
        ),
        ("nothing.md", "某某局2023年度部门决算\n这里没有数字。\n"),
    ],
)
def test_what_holds_no_facts_is_refused_with_its_name(tmp_path, name, text):
    """Nothing is written of it."""
    result = run(write(tmp_path, text, name), "--style", "yunnan")
    assert (result.exit_code, result.stdout) == (3, "")
    assert name in result.stderr
    assert "处理：" in result.stderr


def test_a_budget_is_told_as_one(tmp_path):
    """Its figures are plans, beside those of last year's budget."""
    budget = (
        "某某局2025年部门预算\n2025年部门预算编制说明\n"
        "2025年，某某局收入预算100.00万元，支出预算100.00万元，"
        "其中：财政拨款支出预算90.00万元，比2024年预算减少10.00万元。\n"
    )
    said = run(write(tmp_path, budget), "--style", "shanghai").stdout
    assert "2025年，某某局收入预算100.00万元" in said
    assert "财政拨款支出预算90.00万元，比2024年预算减少10.00万元，下降10.00%。" in said


def test_the_word_document_holds_the_tables(tmp_path):
    """Every cell with an amount comes back with its meaning; an empty table says that it is."""
    account = tmp_path / "account.md"
    account.write_text(TABLES, encoding="utf-8")
    target = tmp_path / "told.docx"
    assert run(str(account), "--style", "shanghai", "-o", str(target)).exit_code == 0
    source, told = (in_tables(read_file(str(each))) for each in (account, target))
    assert source == told
    assert len(source) == 17
    assert "没有政府性基金预算财政拨款收入和支出，故本表无数据" in read_file(str(target)).text


def in_tables(document):
    return sorted(
        (f.section, f.label, f.code or "", str(f.amount.number), f.budget or "", f.side or "",
         f.expenditure_type or "")
        for f in extract_facts(document).facts if f.is_in_table
    )  # fmt: skip


TABLES = """某某局2023年度部门决算

2023年度收入支出决算总表

金额单位：万元

| 收入 | | 支出 | |
| --- | --- | --- | --- |
| 项目 | 决算数 | 项目 | 决算数 |
| 一、一般公共预算财政拨款收入 | 100.00 | 一、一般公共服务支出 | 60.00 |
| 二、其他收入 | 5.00 | 二、住房保障支出 | 40.00 |
| 本年收入合计 | 105.00 | 本年支出合计 | 100.00 |
| 总计 | 105.00 | 年末结转和结余 | 5.00 |
| | | 总计 | 105.00 |

2023年度一般公共预算财政拨款支出决算表

金额单位：万元

| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
| --- | --- | --- | --- | --- |
| | 合计 | 100.00 | 70.00 | 30.00 |
| 2010301 | 行政运行 | 60.00 | 60.00 | |
| 2210201 | 住房公积金 | 40.00 | 10.00 | 30.00 |

2023年度政府性基金预算财政拨款收入支出决算表

金额单位：万元

| 科目编码 | 科目名称 | 年初结转和结余 | 本年收入 | 本年支出 | 年末结转和结余 |
| --- | --- | --- | --- | --- | --- |
| | | | | | |

注：2023年度没有政府性基金预算财政拨款收入和支出，故本表无数据。
"""


def test_figures_stand_in_their_sections_where_they_can_be_drawn(tmp_path):
    """A picture comes with its name; without the means to draw it neither is there."""
    pytest.importorskip("resvg_py")
    if not has_chinese_font():
        pytest.skip("no Chinese font is installed")
    extraction = extract_facts(read_file(write(tmp_path, ACCOUNT)))
    narration = narrate(extraction, "sichuan")
    figures = figures_of(narration)
    target = tmp_path / "told.docx"
    target.write_bytes(word_document(narration, (), figures))
    with zipfile.ZipFile(target) as archive:
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
    assert len(pictures) == len(figures) == 2
    lines = read_file(str(target)).text.splitlines()
    caption = next(at for at, line in enumerate(lines) if "收入决算结构" in line)
    assert "本年收入合计90.00万元" in "".join(lines[caption - 3 : caption])
    target.write_bytes(word_document(narration))
    assert "收入决算结构" not in read_file(str(target)).text


def test_an_amount_is_never_rounded_to_nothing(tmp_path):
    """One that the decimals would print as 0.00 is printed to the fen; a zero stays a zero."""
    text = (REPOSITORY / "data" / "sample-final-accounts.txt").read_text("utf-8")
    said = run(write(tmp_path, text), "--style", "sichuan").stdout
    assert "未归口管理的行政单位离退休（04项）：支出决算为0.001352万元。" in said
    assert "教育支出（205类）：支出决算为0万元" in said
    assert not re.search(r"[^0-9]0\.00万元", said)


def test_only_headings_of_the_account_are_explained(tmp_path):
    """Not one whose name is a part of another's: 事业单位医疗 in 行政事业单位医疗."""
    text = (REPOSITORY / "data" / "sample-final-accounts.txt").read_text("utf-8")
    said = run(write(tmp_path, text), "--style", "sichuan").stdout
    assert "行政单位医疗：" in said
    assert "事业单位医疗：" not in said
