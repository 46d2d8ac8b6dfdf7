"""The pictures of an account: every amount in them is one of its facts, or said to be derived."""

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from fiscal.cli import main
from fiscal.documents.reader import read_file
from fiscal.extract.extractor import extract_facts
from fiscal.report.charts.drawing import FIGURES, PICTURES, draw, picture_of
from fiscal.report.charts.picture import Bars, Flow, Icicle, Missing, Picture
from fiscal.report.charts.trend import trend_of
from fiscal.report.charts.twin import twin
from fiscal.rules.subject import Subject
from fiscal.rules.view import View

ACCOUNT = """某市某局2024年度部门决算
第一部分 某市某局2024年度部门决算情况说明
一、收入支出决算总体情况说明
2024年度收、支总计300.00万元。与2023年度相比，收、支总计各增加100.00万元，增长50.00%。
二、收入决算情况说明
本年收入合计300.00万元，其中：一般公共预算财政拨款收入280.00万元，占93.33%；\
事业收入0万元，占0%；其他收入20.00万元，占9.99%。
"""

TREE = """code,name,amount,unit,year
,合计,10.00,万元,2024
201,一般公共服务支出,7.00,万元,2024
20103,政府办公厅（室）及相关机构事务,7.00,万元,2024
2010301,行政运行,7.00,万元,2024
205,教育支出,0.00,万元,2024
208,社会保障和就业支出,3.00,万元,2024
"""
SVG = "{http://www.w3.org/2000/svg}"


def view_of(tmp_path, text: str, name: str = "account.txt") -> View:
    """Read a text as the command line does."""
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return View(extract_facts(read_file(str(path))))


def drawn(view: View, name: str, language: str = "zh") -> str:
    """Return all that is written in a picture."""
    picture = picture_of(view, name)
    assert not isinstance(picture, Missing), picture.message
    tree = ElementTree.fromstring(draw(picture, language))
    texts = tree.iter(f"{SVG}text")
    return "\n".join(text.text or "" for text in texts)


def marks(picture: Picture | Missing) -> dict[str, tuple[Fraction, str | None]]:
    """Return the amounts and shares of a picture by name."""
    assert isinstance(picture, Bars)
    every = (mark for group in picture.groups for mark in group.marks)
    return {mark.name.zh: (mark.value, mark.share) for mark in every}


def test_last_year_is_derived_from_the_change_and_said_to_be(tmp_path):
    """300 less 100 is 200, which is printed nowhere."""
    text = drawn(view_of(tmp_path, ACCOUNT), "1")
    assert "200.00万元（推算）" in text
    assert "300.00万元\n" in text
    assert "2023年数由本年数减增减额推算" in text


def test_parts_have_their_true_share_and_a_wrong_one_is_told(tmp_path):
    """20 of 300 is 6.67 %, whatever the document says."""
    text = drawn(view_of(tmp_path, ACCOUNT), "2")
    assert "20.00万元（6.67%）" in text
    assert "其他收入的占比，文件写作 9.99%" in text
    assert "一般公共预算财政拨款的占比" not in text


def test_a_part_of_nothing_is_left_out_and_named(tmp_path):
    """It has no bar."""
    view = view_of(tmp_path, ACCOUNT)
    assert "事业收入" not in marks(picture_of(view, "2"))
    assert "为零未画：事业收入" in drawn(view, "2")


def test_what_is_not_told_is_not_drawn(tmp_path):
    """And the message says what the document lacks."""
    missing = picture_of(view_of(tmp_path, ACCOUNT), "7")
    assert isinstance(missing, Missing)
    assert "“三公”经费财政拨款支出" in missing.message.zh


@pytest.mark.shared
def test_the_seven_figures_of_a_real_account(emeishan):
    """True values, worked out by hand from the published text, which prints 0.12 % for 213."""
    view = View(extract_facts(read_file(str(emeishan))))
    told = {name: drawn(view, name) for name in FIGURES}
    totals = re.findall(r"^[\d.]+万元(?:（推算）)?$", told["1"], re.MULTILINE)
    assert totals == ["1834.50万元（推算）", "2636.94万元"] * 2
    shares = [share for _, share in marks(picture_of(view, "6")).values()]
    assert shares == ["88.08%", "6.81%", "3.95%", "1.04%", "0.11%"]
    assert "农林水支出的占比，文件写作 0.12%" in told["6"]
    assert "1770.99万元（推算）" in told["5"]
    assert "259.67万元（99.12%）" in told["7"]


def test_hostile_names_stay_text(tmp_path):
    """Markup in a document is shown and never run, in a picture and in the page of pictures."""
    hostile = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\x01"
    text = TREE.replace("行政运行", hostile).replace("2010301", "2019999")
    view = view_of(tmp_path, text, "facts.csv")
    picture = picture_of(view, "tree")
    assert not isinstance(picture, Missing)
    ElementTree.fromstring(draw(picture))
    page = twin([view], [picture])
    assert "<img" not in page
    assert page.count("<script") == page.count("</script>") == 2


def test_the_same_document_gives_the_same_bytes(tmp_path):
    """Nothing depends on time or order of hashing."""
    view = view_of(tmp_path, ACCOUNT)
    again = view_of(tmp_path, ACCOUNT)
    pictures = [[picture_of(each, "2")] for each in (view, again)]
    assert twin([view], pictures[0]) == twin([again], pictures[1])


def boxes(svg: str, name: str) -> Iterator[tuple[float, float, float, float]]:
    """Yield x, y, width and height of the rectangles of a class."""
    for box in ElementTree.fromstring(svg).iter(f"{SVG}rect"):
        if box.get("class") == name:
            x, y, width, height = (float(box.get(key, "")) for key in ("x", "y", "width", "height"))
            yield x, y, width, height


def test_the_length_of_a_bar_is_its_amount(tmp_path):
    """280 is fourteen times 20, whatever the pixels of one are."""
    (_, _, long, _), (_, _, short, _) = boxes(
        draw(picture_of(view_of(tmp_path, ACCOUNT), "2")), "bar"
    )
    assert long / short == pytest.approx(14, rel=0.01)


def test_a_tree_has_a_cell_for_each_heading_with_money(tmp_path):
    """As tall as its amount; a heading of nothing is left out and named."""
    picture = picture_of(view_of(tmp_path, TREE, "facts.csv"), "tree")
    assert isinstance(picture, Icicle)
    names = [cell.name.zh for cell in picture.cells]
    assert names[0] == "合计"
    assert [name.split()[0] for name in names[1:]] == ["201", "20103", "2010301", "208"]
    total, first, *_, last = (height for _, _, _, height in boxes(draw(picture), "cell"))
    assert first / total == pytest.approx(0.7, rel=0.01)
    assert last / total == pytest.approx(0.3, rel=0.01)
    assert "205 教育支出" in picture.notes[0].zh


def test_a_tree_of_too_many_headings_stays_a_picture(tmp_path):
    """The levels that a reader can still tell apart are drawn, and it is said."""
    codes = [f"2{at % 90 + 10:02d}{at // 90 + 10:02d}" for at in range(900)]
    rows = "".join(f"{code},1.00,万元,2024\n" for code in codes)
    picture = picture_of(view_of(tmp_path, f"code,amount,unit,year\n{rows}", "facts.csv"), "tree")
    assert isinstance(picture, Icicle)
    assert len(picture.cells) == 91
    assert "只画到类" in "".join(note.zh for note in picture.notes)


def test_a_derived_amount_is_no_finer_than_what_it_comes_from(tmp_path):
    """The total is printed in 元 too, the change only in 万元: so both years are told in 万元."""
    again = "某市某局2024年度收入总计3000000.12元，支出总计3000000.12元。\n"
    view = view_of(tmp_path, ACCOUNT + again)
    printed = view.mentions(Subject("total_revenue"), "final", 2024)
    assert [fact.amount.unit for fact in printed] == ["万元", "元"]
    picture = picture_of(view, "1")
    assert isinstance(picture, Bars)
    assert picture.scale.unit == "万元"
    assert marks(picture)["2023年"] == (Fraction(2_000_000), None)


def test_a_flow_accounts_for_the_whole_on_both_sides(emeishan):
    """What sources and types leave is money brought and carried forward, said to be derived."""
    picture = picture_of(View(extract_facts(read_file(str(emeishan)))), "flow")
    assert isinstance(picture, Flow)
    for is_in, rest in ((True, "62.31"), (False, "58.43")):
        marks = [band.mark for band in picture.bands if band.is_in is is_in]
        assert sum(mark.value for mark in marks) == picture.whole.value
        assert [mark.value for mark in marks if mark.is_derived] == [Fraction(rest) * 10_000]


def three_public(year: int, total: str, change: str) -> str:
    """Return the account of a year that tells one expense."""
    return (
        f"某市某局{year}年度部门决算\n三公经费财政拨款支出决算情况说明\n"
        f"{year}年度“三公”经费财政拨款支出决算为{total}万元，比{year - 1}年减少{change}万元。\n"
    )


def test_a_trend_runs_over_the_years_of_several_documents(tmp_path):
    """Each tells its own year; only the year before the first is derived."""
    texts = {2024: three_public(2024, "3.00", "2.00"), 2023: three_public(2023, "5.00", "4.00")}
    views = [view_of(tmp_path, text, f"{year}.txt") for year, text in texts.items()]
    picture = trend_of(views)
    assert isinstance(picture, Bars)
    (group,) = picture.groups
    told = [(mark.name.zh, mark.value / 10_000, mark.is_derived) for mark in group.marks]
    assert told == [("2022年决算", 9, True), ("2023年决算", 5, False), ("2024年决算", 3, False)]


def test_a_page_tells_where_each_figure_stands(tmp_path):
    """The words around it, found by the ids its mark carries; and it may load nothing."""
    view = view_of(tmp_path, ACCOUNT)
    picture = picture_of(view, "1")
    assert not isinstance(picture, Missing)
    page = twin([view], [picture])
    places = json.loads(re.findall(r'id="places">(.*?)</script>', page)[0])
    ids = {one for ids in re.findall(r'data-facts="([^"]+)"', page) for one in ids.split()}
    assert ids
    assert ids == set(places)
    assert any("收、支总计300.00万元" in place for place in places.values())
    assert "default-src 'none'" in page
    assert not re.search(r'(?:src|href)="', page)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["chart", *arguments])


def test_the_command_tells_what_it_wrote_and_what_is_missing(tmp_path):
    """The figures that can be drawn are, the others are told with what the document lacks."""
    view_of(tmp_path, ACCOUNT)
    result = run(str(tmp_path / "account.txt"), "-o", str(tmp_path / "out"))
    assert result.exit_code == 0
    written = [line.rsplit("/", 1)[-1] for line in result.stdout.splitlines()]
    assert written == ["figure-1.svg", "figure-2.svg"]
    assert "图7" in result.stderr
    for name in written:
        ElementTree.fromstring((tmp_path / "out" / name).read_text("utf-8"))


def test_the_command_fails_where_nothing_can_be_drawn(tmp_path):
    """Exit 3, and no word on stdout."""
    view_of(tmp_path, ACCOUNT)
    result = run(str(tmp_path / "account.txt"), "--figure", "7", "-o", str(tmp_path))
    assert (result.exit_code, result.stdout) == (3, "")
    assert run(str(tmp_path / "none.txt"), "-o", str(tmp_path)).exit_code == 3


def test_documents_of_one_name_do_not_overwrite_each_other(tmp_path):
    """Their files are numbered."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "account.txt").write_text(ACCOUNT, "utf-8")
    result = run(str(tmp_path), "--figure", "1", "--format", "html", "-o", str(tmp_path / "out"))
    names = [line.rsplit("/", 1)[-1] for line in result.stdout.splitlines()]
    assert names == ["account-figure-1.html", "account-2-figure-1.html"]


def test_a_png_shows_the_text_or_says_what_to_install(tmp_path, monkeypatch):
    """Never a picture with empty boxes for characters."""
    pytest.importorskip("resvg_py", reason="needs the extra png")
    from fiscal.report.charts import raster

    view_of(tmp_path, ACCOUNT)
    arguments = (
        str(tmp_path / "account.txt"),
        "--figure",
        "1",
        "--format",
        "png",
        "-o",
        str(tmp_path),
    )
    monkeypatch.setattr(raster, "has_chinese_font", lambda: False)
    assert "fonts-noto-cjk" in run(*arguments).stderr
    monkeypatch.undo()
    if not raster.has_chinese_font():
        pytest.skip("no Chinese font is installed, such as Debian's fonts-noto-cjk")
    assert run(*arguments).exit_code == 0
    assert (tmp_path / "figure-1.png").read_bytes().startswith(b"\x89PNG")


def test_without_the_extra_png_says_how_to_install_it(tmp_path, monkeypatch):
    """And exits 3."""
    from fiscal.report.charts import raster

    raster.has_chinese_font.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "resvg_py", None)
    view_of(tmp_path, ACCOUNT)
    result = run(str(tmp_path / "account.txt"), "--format", "png", "-o", str(tmp_path))
    assert (result.exit_code, result.stdout) == (3, "")
    assert "-e '.[png]'" in result.stderr


@pytest.mark.shared
def test_every_picture_of_a_real_account_is_well_formed(emeishan):
    """In both languages, set in a page and alone."""
    view = View(extract_facts(read_file(str(emeishan))))
    for name in PICTURES:
        picture = picture_of(view, name)
        assert not isinstance(picture, Missing)
        for language in ("zh", "en"):
            ElementTree.fromstring(draw(picture, language, interactive=True))
            ElementTree.fromstring(draw(picture, language, standalone=True))
