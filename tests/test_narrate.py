"""`fiscal narrate`: prose from facts, and the facts back from the prose."""

from pathlib import Path

from click.testing import CliRunner

from fiscal.cli import main
from fiscal.documents.reader import read_file
from fiscal.extract.extractor import extract_facts
from fiscal.report.prose.markdown import markdown
from fiscal.report.prose.narration import narrate
from fiscal.rules.view import View

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
    assert len(said) > 80
