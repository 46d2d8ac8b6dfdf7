"""Articles by date in force, how each is known, and texts of laws that a user takes in."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from docx import Document as WordDocument
from hypothesis import given
from hypothesis import strategies as st

from fiscal.cli import main
from fiscal.errors import UnreadableDocument, WrongUsage
from fiscal.law import articles, articles_in, cite, in_force, instrument_named_in, versions_of
from fiscal.law.numbers import article_number, printed, sort_key

# Invented wording: what is tested is where an article begins and ends, not what a law says.
LAW = """中华人民共和国预算法

目　录
第一章　总则
第二章　编制

第一章　总则
第一条　为了讲清楚，定这一条。
第二条　收支都列出。
　　分两种情形：
　　（一）收入；
第二章　编制
第三条　依照
第二条规定的办法编列。
第三条之一　附带的一条。
第一百零四条　自公布之日起施行。
"""
TODAY = date(2024, 12, 31)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("FISCAL_HOME", str(tmp_path / "home"))


@pytest.fixture
def law_file(tmp_path):
    path = tmp_path / "law.txt"
    path.write_text(LAW, encoding="utf-8")
    return str(path)


def run(*arguments):
    return CliRunner().invoke(main, ["law", *arguments])


class TestArticles:
    def test_an_article_holds_in_the_years_of_its_instrument(self):
        assert in_force("budget_regulation/6", date(2020, 9, 30)) is None
        assert in_force("budget_regulation/6", date(2020, 10, 1)) is not None

    def test_the_version_of_the_day_is_found(self):
        days = (date(2018, 12, 28), date(2018, 12, 29))
        begun = [in_force("budget_law/4", day).instrument.in_force_from.year for day in days]
        assert begun == [2015, 2018]

    def test_a_recalled_article_says_so_and_a_verified_one_does_not(self):
        assert cite(in_force("budget_law/75", TODAY)).zh.endswith("第七十五条（凭记忆，未核原文）")
        assert cite(in_force("budget_law/4", TODAY)).zh == "《中华人民共和国预算法》第四条"
        assert cite(in_force("budget_law/75", TODAY)).en == "Budget Law, article 75 (recalled)"

    def test_an_annex_and_a_whole_instrument_are_cited(self):
        assert "》附件" in cite(in_force("publication_rules/annex", TODAY)).zh
        assert "办法》（凭" in cite(in_force("final_accounts_measures", TODAY)).zh

    def test_what_is_not_known_is_nothing(self):
        assert in_force("budget_law/9999", TODAY) is None
        assert in_force("no_law/1", TODAY) is None
        with pytest.raises(WrongUsage):
            versions_of("no_law")

    def test_every_article_has_a_key_of_its_own_and_a_gist_in_both_languages(self):
        on_one_day = [each for each in articles() if each.instrument.is_in_force(TODAY)]
        assert len({each.key for each in on_one_day}) == len(on_one_day)
        assert all(each.gist.zh and each.gist.en for each in on_one_day)


class TestNumbers:
    @given(st.integers(1, 9999))
    def test_a_printed_number_is_read_back(self, number):
        assert article_number(printed(str(number))) == str(number)

    @given(st.integers(1, 9999), st.integers(1, 99))
    def test_so_is_an_inserted_article_s(self, number, inserted):
        assert article_number(printed(f"{number}-{inserted}")) == f"{number}-{inserted}"

    @given(st.integers(1, 999), st.integers(1, 20))
    def test_an_inserted_article_comes_before_the_next(self, number, inserted):
        keys = [sort_key(each) for each in (str(number), f"{number}-{inserted}", str(number + 1))]
        assert keys == sorted(keys)

    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("第十条", "10"),
            ("第一百一十条", "110"),
            ("第一百〇五条", "105"),
            ("第一百零五条", "105"),
            ("第一千零二十条", "1020"),
            ("第75条", "75"),
            ("第 十 条", "10"),
            ("条", None),
            ("第条", None),
            ("第七十五", None),
            ("", None),
        ],
    )
    def test_what_people_write_is_read(self, text, number):
        assert article_number(text) == number

    @given(st.text("第条之一二十百千零〇两0123456789 项"))
    def test_no_text_breaks_it(self, text):
        number = article_number(text)
        assert number is None or sort_key(number)


class TestWording:
    def test_each_article_begins_at_its_own_line(self):
        assert list(articles_in(LAW)) == ["1", "2", "3", "3-1", "104"]

    def test_an_article_ends_before_the_next_chapter(self):
        assert articles_in(LAW)["2"] == "收支都列出。\n分两种情形：\n（一）收入；"

    def test_a_reference_at_the_start_of_a_line_begins_no_article(self):
        assert articles_in(LAW)["3"] == "依照第二条规定的办法编列。"

    def test_a_reference_to_the_next_article_begins_none(self):
        assert list(articles_in("第一条　按\n第二条规定办理。\n第二条　办法。")) == ["1", "2"]

    def test_a_text_without_articles_is_refused(self):
        with pytest.raises(UnreadableDocument):
            articles_in("预算法\n没有条文")

    @pytest.mark.parametrize(
        ("third", "told"),
        [
            ("第二条　又一条。", "第二条排在第二条之后"),
            ("第一条 又一条。", "第一条排在第二条之后"),
            ("第九万亿条　甲。", "“第九万亿条”不是条文序号"),
        ],
    )
    def test_articles_that_repeat_or_fall_are_refused_with_their_line(self, third, told):
        with pytest.raises(UnreadableDocument, match=f"第 3 行：{told}"):
            articles_in(f"第一条　甲。\n第二条　乙。\n{third}\n第三条　丙。")

    def test_the_longer_title_is_told_from_the_shorter(self):
        assert (
            instrument_named_in("中华人民共和国预算法实施条例\n第一条").key == "budget_regulation"
        )
        assert instrument_named_in(LAW).in_force_from == date(2018, 12, 29)
        assert instrument_named_in("别的") is None

    @given(st.lists(st.text("预算收支。\n第一条", min_size=1), min_size=1, max_size=5))
    def test_no_article_is_lost_whatever_the_wording(self, wordings):
        text = "\n".join(
            f"{printed(str(at))}　正{wording}" for at, wording in enumerate(wordings, 1)
        )
        assert {str(at) for at in range(1, len(wordings) + 1)} <= set(articles_in(text))


class TestCommand:
    def test_an_imported_article_is_quoted_and_verified(self, law_file):
        assert run("import", law_file).exit_code == 0
        shown = run("budget_law/3", "--date", "2024-12-31").stdout
        assert "依照第二条规定的办法编列。" in shown
        assert "凭记忆" not in shown
        assert in_force("budget_law/104", TODAY).is_verified

    def test_a_finding_quotes_the_article_that_was_supplied(self, tmp_path):
        law, account = tmp_path / "rules.txt", tmp_path / "account.txt"
        law.write_text("地方预决算公开操作规程\n第四条　写得明明白白。\n", encoding="utf-8")
        account.write_text("某市某局2024年度部门决算\n\n收入总计1.00万元。。\n", encoding="utf-8")
        run("import", str(law))
        answer = CliRunner().invoke(main, ["check", str(account), "--select", "L402"])
        assert "第四条：“写得明明白白。”" in answer.stdout

    def test_another_version_is_not_verified_by_it(self, law_file):
        run("import", law_file)
        assert in_force("budget_law/104", date(2016, 1, 1)) is None

    def test_a_version_can_be_named(self, law_file):
        run("import", law_file, "--since", "2015-01-01")
        assert in_force("budget_law/104", date(2016, 1, 1)).is_verified
        assert in_force("budget_law/104", TODAY) is None

    def test_a_word_document_is_taken_in(self, tmp_path):
        word = WordDocument()
        for line in LAW.split("\n"):
            word.add_paragraph(line)
        word.save(tmp_path / "law.docx")
        answer = json.loads(run("import", str(tmp_path / "law.docx"), "--format", "json").stdout)
        assert answer["articles"] == ["1", "2", "3", "3-1", "104"]

    def test_a_dry_run_keeps_nothing(self, law_file):
        assert run("import", law_file, "--dry-run").exit_code == 0
        assert in_force("budget_law/104", TODAY) is None

    def test_a_text_is_forgotten(self, law_file):
        run("import", law_file)
        assert run("forget", "budget_law").exit_code == 0
        assert in_force("budget_law/104", TODAY) is None
        assert run("forget", "budget_law").exit_code == 2

    @pytest.mark.parametrize(
        ("text", "told"),
        [("预算法\n没有条文", "第…条"), ("别的法\n第一条　甲。", "--as"), ("", "空")],
    )
    def test_a_file_that_is_no_law_is_refused(self, tmp_path, text, told):
        (tmp_path / "bad.txt").write_text(text, encoding="utf-8")
        answer = run("import", str(tmp_path / "bad.txt"))
        assert (answer.exit_code, answer.stdout) == (3, "")
        assert told in answer.stderr

    def test_a_damaged_store_says_how_to_mend_it(self, law_file, tmp_path):
        run("import", law_file)
        (path,) = (tmp_path / "home" / "laws").iterdir()
        path.write_text('{"articles": {"x": "y"}}', encoding="utf-8")
        answer = run("budget_law")
        assert (answer.exit_code, answer.stdout) == (3, "")
        assert "fiscal law forget budget_law" in answer.stderr

    def test_all_are_listed_and_an_unknown_key_is_wrong_usage(self):
        assert "classification" in run().stdout
        assert len(json.loads(run("--format", "json").stdout)) == len(articles())
        assert run("no_law").exit_code == 2
        assert run("budget_law/9999").exit_code == 2
