"""The page of `fiscal report`: whole, linked through, and safe whatever a document says."""

import re
import shutil
import subprocess
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from fiscal.cli import main
from fiscal.documents.reader import read_file
from fiscal.extract.extractor import extract_facts
from fiscal.model import Outcome
from fiscal.report.charts.drawing import PICTURES
from fiscal.report.findings import flat
from fiscal.report.page import page_of
from fiscal.report.page.marks import Anchor, Mark, marking_of
from fiscal.report.page.markup import element
from fiscal.rules.catalogue import rules
from fiscal.rules.check import Check, check
from tests.conftest import REPOSITORY, SHARED

PLACES = st.integers(-2, 45)
SAMPLE = REPOSITORY / "data" / "sample-final-accounts.txt"
HOSTILE = """<script>alert(1)</script>某局2024年度部门决算

五、一般公共预算财政拨款支出决算情况说明
（三）一般公共预算财政拨款支出决算具体情况
一般公共预算财政拨款支出决算数为100.00万元。
1.教育支出（205类）"><img src=x onerror=alert(2)>（02款）小学教育（02项）：支出决算为60.00万元。
2.住房保障支出（221类）住房改革支出（02款）住房公积金（01项）：支出决算为40.00元，完成预算99%。
=cmd|' /C calc'!A0 &lt;b&gt; </style></title><a href="javascript:alert(3)">\u202e反\x0b</a>
<名>某市某局{name}<名>、某市某局
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["report", *arguments])


def checked(path: Path) -> Check:
    return check(extract_facts(read_file(str(path)), may_be_empty=True), rules())


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """An account that says everything a page could trip over."""
    path = tmp_path / "hostile <b>.txt"
    path.write_text(HOSTILE.format(name="很" * 20_000), encoding="utf-8")
    return path


@pytest.fixture(params=["sample", "hostile"])
def page(request: pytest.FixtureRequest, hostile: Path) -> html.HtmlElement:
    path = hostile if request.param == "hostile" else SAMPLE
    return html.document_fromstring(page_of(checked(path)))


def ids(page: html.HtmlElement) -> list[str]:
    return [each.get("id") for each in page.xpath("//*[@id]")]


class TestStructure:
    """What a screen reader and a keyboard find their way by."""

    def test_headings_begin_with_one_title_and_skip_no_level(self, page):
        levels = [int(each.tag[1]) for each in page.xpath("//h1|//h2|//h3|//h4")]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))

    def test_landmarks_and_language_are_there(self, page):
        assert page.get("lang") == "zh-CN"
        assert [len(page.xpath(f"//{tag}")) for tag in ("header", "nav", "main", "footer")] == [
            1
        ] * 4
        assert page.xpath("//body/a")[0].get("href") == "#main"
        named = page.xpath("//section/@aria-labelledby") + page.xpath("//article/@aria-labelledby")
        assert set(named) <= set(ids(page))

    def test_every_link_leads_somewhere_and_no_id_is_there_twice(self, page):
        found = ids(page)
        assert len(found) == len(set(found))
        targets = {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")}
        assert targets
        assert targets <= set(found)

    def test_tables_can_be_scrolled_by_keyboard(self, page):
        for region in page.xpath("//div[@class='wide']"):
            assert region.get("tabindex") == "0"
            assert region.get("aria-label")

    def test_english_has_english_labels(self):
        english = html.document_fromstring(page_of(checked(SAMPLE), "en"))
        assert english.get("lang") == "en"
        assert all(each.text.isascii() for each in english.xpath("//h2"))
        assert "figures were read" in english.xpath("//section")[0].text_content()


class TestEvidence:
    """A finding leads to the words it rests on, and they lead back."""

    def test_every_evidence_stands_before_its_own_words(self):
        one = checked(SAMPLE)
        page = html.document_fromstring(page_of(one))
        assert one.findings
        for number, finding in enumerate(one.findings, start=1):
            for place, span in enumerate(finding.evidence, start=1):
                (anchor,) = page.xpath(f"//*[@id='evidence-{number}-{place}']")
                assert anchor.get("href") == f"#finding-{number}"
                assert after(anchor).startswith(span.quote[:12])

    def test_every_finding_is_told_with_its_remedy_and_law(self):
        one = checked(SAMPLE)
        page = html.document_fromstring(page_of(one))
        told = page.xpath("//article")
        assert len(told) == len(one.findings)
        for article, finding in zip(told, one.findings, strict=True):
            text = article.text_content()
            assert finding.message.zh in text
            assert finding.remedy.zh in text
            assert finding.fingerprint in text
        consequences = page.xpath("//div[@class='consequence']")
        assert len(list(flat(one.findings))) == len(told) + len(consequences)

    def test_the_wrong_figure_is_named_and_linked(self):
        page = html.document_fromstring(page_of(checked(SAMPLE)))
        (suspect,) = [a for a in page.xpath("//p[@class='suspect']/a") if "13.52元" in a.text]
        assert "应为 13.52万元" in suspect.text
        (place,) = page.xpath(f"//*[@id='{suspect.get('href')[1:]}']")
        assert after(place).startswith("13.52")

    def test_the_text_is_shown_whole_and_every_figure_marked(self):
        one = checked(SAMPLE)
        page = html.document_fromstring(page_of(one))
        (shown,) = page.xpath("//div[@class='document']")
        for link in shown.xpath(".//a[contains(@class,'back')]"):
            link.drop_tree()
        assert squeezed(shown.text_content()) == squeezed(one.extraction.document.text)
        marked = squeezed("".join(shown.xpath(".//*[contains(@class,'fact')]//text()")))
        assert all(squeezed(fact.span.quote) in marked for fact in one.extraction.facts)

    def test_the_tree_shows_reported_computed_and_difference(self):
        page = html.document_fromstring(page_of(checked(SAMPLE)))
        (row,) = page.xpath("//tr[@class='violated']")
        assert [cell.text_content() for cell in row][:4] == [
            "208 社会保障和就业支出",
            "131.92",
            "118.40",
            "13.52",
        ]


def after(anchor: html.HtmlElement) -> str:
    """Return the text that follows an anchor, other anchors at the same place passed over."""
    following = anchor.xpath("following::text()[not(ancestor::a[contains(@class,'back')])]")
    return "".join(following[:20])


def squeezed(text: str) -> str:
    return re.sub(r"[\s\ufffd\x0b\u202e]", "", text)


class TestPictures:
    """The figures of the account, set into the page."""

    def test_what_can_be_drawn_is_and_the_rest_is_named(self, page):
        (section,) = page.xpath("//section[@aria-labelledby='figures']")
        drawn = section.xpath(".//figure//*[local-name()='svg']")
        assert len(drawn) + len(section.xpath("./ul/li")) == len(PICTURES)
        assert all(each.get("aria-label") for each in drawn)

    def test_emeishan_has_its_lost_figures_back(self, emeishan: Path):
        page = html.document_fromstring(page_of(checked(emeishan)))
        (section,) = page.xpath("//section[@aria-labelledby='figures']")
        first, sixth = (section.xpath(f".//*[@class='picture picture-{n}']")[0] for n in (1, 6))
        assert "2636.94万元" in first.text_content()
        assert "1834.50万元（推算）" in first.text_content()
        assert all(share in sixth.text_content() for share in ("88.08%", "6.81%", "3.95%"))


class TestSafety:
    """Nothing that a document says becomes more than text, and nothing is fetched."""

    def test_nothing_runs(self, page):
        assert page.xpath("//script|//iframe|//img|//object|//form|//link|//base") == []
        assert page.xpath("//@style") == []
        assert page.xpath("//@*[starts-with(name(), 'on')]") == []

    def test_nothing_is_fetched(self, page):
        assert page.xpath("//@src|//@srcset|//@action|//@data|//@poster") == []
        assert all(href.startswith("#") for href in page.xpath("//@href"))
        style = page.xpath("//style")[0].text
        assert "url(" not in style
        assert "@import" not in style

    def test_the_policy_lets_only_the_one_style_sheet_through(self, page):
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        (style,) = page.xpath("//style")
        digest = b64encode(sha256(style.text.encode()).digest()).decode()
        assert "default-src 'none'" in policy
        assert f"style-src 'sha256-{digest}'" in policy
        assert "unsafe" not in policy

    def test_what_looks_like_markup_stays_text(self, hostile):
        written = page_of(checked(hostile))
        assert "<script" not in written
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in written
        assert "=cmd|' /C calc'!A0" in html.document_fromstring(written).text_content()
        assert "\u202e" not in written

    @given(
        st.text(max_size=40),
        st.lists(st.tuples(PLACES, PLACES, st.sampled_from("ab")), max_size=8),
        st.lists(PLACES, max_size=5),
        st.integers(0, 40),
    )
    def test_marks_change_no_text_and_lose_no_anchor(self, text, marks, places, cut):
        marking = marking_of(
            text,
            [Mark(start, end, role) for start, end, role in marks],
            [Anchor(place, f"a{number}") for number, place in enumerate(places)],
        )
        cut = min(cut, len(text))
        first = element("p", marking.children(0, cut, cut))
        second = element("p", marking.children(cut, len(text), len(text) + 1))
        shown = "".join(first.itertext()) + "".join(second.itertext())
        assert shown == "".join(element("p", text).itertext())
        found = [*first.xpath(".//@id"), *second.xpath(".//@id")]
        assert sorted(found) == sorted(f"a{number}" for number in range(len(places)))

    @given(st.text(max_size=30))
    def test_any_text_can_be_read_back(self, text):
        """Written and parsed it is the same, but for what cannot be shown."""
        from fiscal.report.page.markup import shown, written

        parsed = html.fragment_fromstring(written(element("p", "x", text, title=text)))
        assert parsed.text_content().replace("\r", "\n") == "x" + shown(text).replace("\r", "\n")


class TestCommand:
    """Where pages are written, and how it ends."""

    def test_one_document_is_one_file(self, tmp_path: Path):
        output = tmp_path / "page.html"
        result = run(str(SAMPLE), "-o", str(output))
        assert (result.exit_code, result.stdout) == (1, "")
        assert output.read_bytes() == page_of(checked(SAMPLE)).encode()
        assert run(str(SAMPLE)).stdout == output.read_text("utf-8")

    def test_the_summary_tells_whose_and_what_is_wrong(self, tmp_path: Path):
        text = (
            html.document_fromstring(run(str(SAMPLE)).stdout).xpath("//section")[0].text_content()
        )
        assert "2019 年度" in text
        assert "不成立" in text
        assert "错误" in text

    def test_the_summary_counts_what_was_not_checked_and_leads_there(self):
        check = checked(SAMPLE)
        page = html.document_fromstring(page_of(check))
        summary = page.xpath("//section[@aria-labelledby='summary']")[0]
        assert f"{check.outcomes[Outcome.NOT_APPLICABLE]} 项不适用" in summary.text_content()
        (target,) = page.xpath("//section[@aria-labelledby='summary']/p/a/@href")
        assert page.get_element_by_id(target.removeprefix("#")).text == "未能核对的"

    def test_what_is_wrong_in_many_places_is_named_once_in_the_summary(self, tmp_path: Path):
        path = tmp_path / "template.txt"
        path.write_text("某市XX局2024年度部门决算\n\n" + "一、XX局概况\n\n" * 9, encoding="utf-8")
        page = html.document_fromstring(run(str(path)).stdout)
        named = [each.text for each in page.xpath("//section[@aria-labelledby='summary']//li/a")]
        first = page.xpath("//section[@aria-labelledby='summary']//li/a/@href")[0]
        assert first == "#finding-1"
        assert len(named) == len(set(named)) < len(page.xpath("//article"))

    def test_several_documents_get_an_index_that_links_to_all(self, tmp_path: Path, hostile: Path):
        folder, output = tmp_path / "in", tmp_path / "out"
        for name in ("a/account.txt", "b/account.txt"):
            (folder / name).parent.mkdir(parents=True)
            shutil.copy(SAMPLE, folder / name)
        result = run(str(folder), str(hostile), "-o", str(output))
        assert (result.exit_code, result.stdout) == (1, "")
        index = html.document_fromstring((output / "index.html").read_text("utf-8"))
        links = [unquote(href) for href in index.xpath("//th/a/@href")]
        assert len(set(links)) == 3
        for link in links:
            page = html.document_fromstring((output / link).read_text("utf-8"))
            assert "index.html" in page.xpath("//nav//@href")
        assert sorted([*links, "index.html"]) == sorted(path.name for path in output.iterdir())

    def test_evidence_in_another_document_leads_to_its_page(self, tmp_path: Path):
        told = (
            "北岭市民政局{0}年度部门决算\n\n一、收入支出决算总体情况说明\n\n北岭市民政局{0}年度收入支出"
            "总计{1}万元。与{2}年度相比，收入支出总计增加{3}万元。\n"
        )
        for name, year, now, change in (
            ("今年", 2024, "120.00", "25.00"),
            ("去年", 2023, "100.00", "9.00"),
        ):
            text = told.format(year, now, year - 1, change)
            (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        assert run(str(tmp_path), "-o", str(tmp_path / "out")).exit_code == 1
        later = html.document_fromstring((tmp_path / "out" / "今年.html").read_text("utf-8"))
        assert "去年.html" in map(unquote, later.xpath("//article//@href"))

    def test_several_documents_need_a_folder(self):
        result = run(str(SAMPLE), str(SAMPLE))
        assert (result.exit_code, result.stdout) == (2, "")
        assert "处理：" in result.stderr

    def test_a_document_is_never_overwritten(self, tmp_path: Path):
        account = tmp_path / "index.html"
        account.write_text(f"<pre>{SAMPLE.read_text('utf-8')}</pre>", "utf-8")
        before = account.read_bytes()
        assert run(str(account), "-o", str(account)).exit_code == 3
        assert run(str(tmp_path), "-o", str(tmp_path)).exit_code == 3
        assert account.read_bytes() == before

    def test_what_cannot_be_read_or_written_is_told(self, tmp_path: Path):
        missing = run(str(tmp_path / "missing.pdf"), "-o", str(tmp_path / "page.html"))
        assert (missing.exit_code, missing.stdout) == (3, "")
        assert not (tmp_path / "page.html").exists()
        (tmp_path / "file").write_text("x")
        assert run(str(SAMPLE), str(SAMPLE), "-o", str(tmp_path / "file")).exit_code == 3

    def test_a_document_without_amounts_has_a_page_too(self, tmp_path: Path):
        path = tmp_path / "plain.txt"
        path.write_text("某市某局2024年度部门决算\n\n第一部分 部门概况\n", encoding="utf-8")
        page = html.document_fromstring(run(str(path)).stdout)
        assert page.xpath("//h2[@id='headings']")
        assert "第一部分 部门概况" in page.xpath("//div[@class='document']")[0].text_content()


DOCUMENTS = sorted((SHARED / "documents").glob("*-*")) if SHARED.exists() else []


@pytest.mark.shared
@pytest.mark.skipif(not DOCUMENTS, reason="the real disclosures do not lie beside this repository")
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_real_documents(path: Path):
    """Every one has a page: all evidence linked, the text whole, small, the same twice."""
    one = checked(path)
    written = page_of(one)
    assert len(written.encode()) < 3_000_000
    assert written == page_of(one)
    page = html.document_fromstring(written)
    found = ids(page)
    assert len(found) == len(set(found))
    assert {href[1:] for href in page.xpath("//a/@href")} <= set(found)
    evidence = sum(not span.document for each in flat(one.findings) for span in each.evidence)
    assert evidence == sum(each.startswith("evidence-") for each in found)
    (shown,) = page.xpath("//div[@class='document']")
    for other in shown.xpath(".//a[contains(@class,'back')]|.//p[@class='page']"):
        other.drop_tree()
    assert squeezed(shown.text_content()) == squeezed(one.extraction.document.text)


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_browser_shows_it_without_complaint(tmp_path: Path):
    """No error on the console, and the style sheet passes the page's own policy."""
    output = tmp_path / "page.html"
    run(str(SAMPLE), "-o", str(output))
    shown = subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--enable-logging=stderr", f"--user-data-dir={tmp_path / 'profile'}",
         "--dump-dom", output.as_uri()],
        capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    assert "finding-1" in shown.stdout
    assert "CONSOLE" not in shown.stderr
