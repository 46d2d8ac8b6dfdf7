"""PDF files written here by hand: what the reader makes of places, pages and rules."""

import io
import re
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pytest

from fiscal.documents.reader import read_file
from fiscal.errors import UnreadableDocument
from fiscal.model import Document

WIDTH, HEIGHT = 595, 842
LEFT, RIGHT, SIZE = 72, 523, 12


@dataclass
class Page:
    """A page being drawn; places are measured from its top left, text by its baseline."""

    drawn: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = SIZE) -> "Page":
        codes = text.encode("utf-16-be").hex()
        self.drawn.append(f"BT /F {size} Tf 1 0 0 1 {x} {HEIGHT - y} Tm <{codes}> Tj ET")
        return self

    def rule(self, x1: float, y1: float, x2: float, y2: float) -> "Page":
        self.drawn.append(f"0.5 w {x1} {HEIGHT - y1} m {x2} {HEIGHT - y2} l S")
        return self

    def picture(self, x: float, y: float, width: float, height: float) -> "Page":
        self.drawn.append(f"q {width} 0 0 {height} {x} {HEIGHT - y - height} cm /I Do Q")
        return self

    def table(self, top: float, columns: list[float], rows: list[list[str]]) -> "Page":
        height = 20
        for number in range(len(rows) + 1):
            self.rule(columns[0], top + number * height, columns[-1], top + number * height)
        for x in columns:
            self.rule(x, top, x, top + len(rows) * height)
        for number, row in enumerate(rows):
            for x, cell in zip(columns, row, strict=False):
                if cell:
                    self.text(x + 3, top + number * height + 14, cell, 9)
        return self


def pdf(*pages: Page) -> bytes:
    """Write pages with one font, whose digits are half as wide as its ideographs."""
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        b"/DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> "
        b"/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 "
        b"/FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /StemV 80 >> >>",
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 "
        b"/ColorSpace /DeviceGray /Length 1 >>\nstream\n\x80\nendstream",
    ]
    for number, page in enumerate(pages):
        content = "\n".join(page.drawn).encode()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] "
            f"/Resources << /Font << /F 3 0 R >> /XObject << /I 5 0 R >> >> "
            f"/Contents {7 + 2 * number} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    written, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    return written + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (count, table, count, len(written))
    )


def read(tmp_path, data: bytes, name: str = "account.pdf") -> Document:
    path = tmp_path / name
    path.write_bytes(data)
    return read_file(str(path))


def blocks(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


COLUMNS = [72.0, 150.0, 250.0, 350.0]
HEADER = ["科目编码", "科目名称", "决算数"]
# As many ideographs as fit between the margins behind the indent of a paragraph.
FULL_LINE = "本部门负责政府财政资金和财政专户管理并编制年度财政预决算且组织执行检查"[:35]


def titled(title: str) -> Page:
    return Page().text(250, 60, title, 14).text(450, 80, "单位：万元", 9)


def test_a_wrapped_line_goes_on_and_an_indented_one_begins_anew(tmp_path):
    """A sentence is whole, and paragraphs stay apart."""
    page = (
        Page().text(96, 100, FULL_LINE).text(72, 124, "支出1937.43万元。").text(96, 148, "其中：")
    )
    assert blocks(read(tmp_path, pdf(page))) == [FULL_LINE + "支出1937.43万元。", "其中："]


def test_digits_on_another_baseline_stay_in_their_sentence(tmp_path):
    """Digits three points up and punctuation two points down are read where they stand."""
    page = Page().text(72, 100, "支出合计").text(120, 97, "1937.43").text(162, 100, "万元")
    page.text(186, 102, "，较上年增加")
    assert blocks(read(tmp_path, pdf(page))) == ["支出合计1937.43万元，较上年增加"]


def test_a_sentence_runs_over_the_page_with_its_number_and_running_head(tmp_path):
    """Neither breaks it; the head is kept once; each page knows where it begins."""
    texts = [FULL_LINE + kind for kind in ("甲一", "乙二", "丙三", "丁四")]
    pages = [
        Page().text(200, 40, "某局部门决算", 9).text(72, 100, text).text(290, 810, f"{n}", 9)
        for n, text in enumerate(texts, start=1)
    ]
    document = read(tmp_path, pdf(*pages))
    assert blocks(document) == ["某局部门决算", "".join(texts)]
    found = [document.page_of(document.text.index(text)) for text in texts]
    assert found == [1, 2, 3, 4]


def test_a_table_goes_on_on_the_next_page(tmp_path):
    """Its repeated title, unit and header are dropped, and every row knows its page."""
    first = titled("支出决算表").table(100, COLUMNS, [HEADER, ["201", "一般公共", "1.00"]])
    second = titled("支出决算表（续）").table(100, COLUMNS, [HEADER, ["208", "社会保障", "2.00"]])
    (table,) = read(tmp_path, pdf(first, second)).tables
    assert table.rows == (tuple(HEADER), ("201", "一般公共", "1.00"), ("208", "社会保障", "2.00"))
    assert table.pages == (1, 1, 2)


def test_a_table_goes_on_without_a_header(tmp_path):
    """As when the program does not repeat it."""
    first = titled("支出决算表").table(100, COLUMNS, [HEADER, ["201", "一般公共", "1.00"]])
    second = Page().table(60, COLUMNS, [["208", "社会保障", "2.00"]])
    (table,) = read(tmp_path, pdf(first, second)).tables
    assert table.rows[-1] == ("208", "社会保障", "2.00")


def test_a_table_goes_on_under_other_margins_and_a_running_head(tmp_path):
    """As on pages that face each other."""
    rows = [HEADER, ["201", "一般公共", "1.00"]]
    first = titled("支出决算表").text(72, 40, "某局决算", 9).table(100, COLUMNS, rows)
    shifted = [x + 20 for x in COLUMNS]
    second = Page().text(92, 40, "某局决算", 9).table(60, shifted, [["208", "社会保障", "2.00"]])
    (table,) = read(tmp_path, pdf(first, second)).tables
    assert len(table.rows) == 3


@pytest.mark.parametrize("between", ["收入决算表", "注：本表反映本年度支出情况。"])
def test_a_line_between_means_another_table(tmp_path, between):
    """A title, or a note that ends the table before."""
    first = titled("支出决算表").table(100, COLUMNS, [HEADER, ["201", "一般公共", "1.00"]])
    second = Page().text(72, 60, between).table(100, COLUMNS, [HEADER, ["208", "社保", "2.00"]])
    assert len(read(tmp_path, pdf(first, second)).tables) == 2


def test_blank_dash_and_zero_are_kept_apart(tmp_path):
    """Each is what was printed."""
    figures = ["", "-", "—", "0", "0.00"]
    rows = [["201", "一般公共", figure] for figure in figures]
    (table,) = read(tmp_path, pdf(Page().table(100, COLUMNS, rows))).tables
    assert [row[2] for row in table.rows] == figures


def test_a_figure_wider_than_its_column_stays_whole(tmp_path):
    """It belongs to the cell that holds its middle."""
    page = Page().table(100, [72, 118, 180, 300], [["123,456.00", "", "合计"], ["20", "30", "40"]])
    (table,) = read(tmp_path, pdf(page)).tables
    assert table.rows[0] == ("123,456.00", "", "合计")


def test_a_name_wrapped_in_its_cell_is_one_name(tmp_path):
    """Around its number in the text layer, yet whole and apart from it."""
    page = Page()
    for y in (100, 140):
        page.rule(72, y, 250, y)
    for x in (72, 150, 250):
        page.rule(x, 100, x, 140)
    page.text(75, 114, "机关事业单位", 9).text(153, 124, "699.30", 9).text(75, 134, "缴费支出", 9)
    (table,) = read(tmp_path, pdf(page)).tables
    assert table.rows == (("机关事业单位缴费支出", "699.30"),)


@pytest.mark.parametrize("count", [1, 50, 101])
def test_every_page_of_a_long_file_is_read_once(tmp_path, count):
    pages = [titled(f"标题{number}。") for number in range(1, count + 1)]
    document = read(tmp_path, pdf(*pages))
    assert len(document.pages) == count
    assert re.findall(r"标题(\d+)", document.text) == [str(each + 1) for each in range(count)]


def test_a_scanned_page_is_told(tmp_path):
    """With nothing on it or only its number; a blank page and a page of text are none."""
    scan = Page().picture(0, 0, WIDTH, HEIGHT)
    numbered = Page().picture(0, 0, WIDTH, HEIGHT).text(290, 820, "3")
    document = read(tmp_path, pdf(Page().text(72, 100, FULL_LINE), scan, numbered, Page()))
    assert document.unread_pages == (2, 3)
    assert len(document.pages) == 4


def test_the_rules_of_a_chart_are_no_table(tmp_path):
    """No cell of it has a text."""
    page = Page().text(72, 100, "收入情况如下：").table(200, COLUMNS, [["", ""], ["", ""]])
    document = read(tmp_path, pdf(page.text(72, 300, "支出情况如下：")))
    assert blocks(document) == ["收入情况如下：", "支出情况如下："]


def test_radicals_that_stand_for_ideographs_are_read_as_these(tmp_path):
    """⼀ (U+2F00) looks like 一 and is found in no list of headings."""
    (text,) = blocks(read(tmp_path, pdf(Page().text(72, 100, "\u2f00般公共预算"))))
    assert text == "一般公共预算"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_upright(tmp_path, turn):
    """As a table laid across the page is, turned by the page or by its content."""
    rows = [["Code", "Name", "Amount"], ["201", "Services", "1.00"]]
    page = Page().text(250, 60, "Expenditure").table(100, COLUMNS, rows)
    upright = read(tmp_path, pdf(page))
    cosine, sine = {90: (0, 1), 180: (-1, 0), 270: (0, -1)}[turn]
    middle = f"1 0 0 1 {WIDTH / 2} {HEIGHT / 2} cm"
    back = f"1 0 0 1 {-WIDTH / 2} {-HEIGHT / 2} cm"
    page.drawn.insert(0, f"{middle} {cosine} {sine} {-sine} {cosine} 0 0 cm {back}")
    turned = read(tmp_path, pdf(page))
    assert turned.text == upright.text
    flagged = pdfium.PdfDocument(pdf(page))
    flagged[0].set_rotation(turn)
    saved = io.BytesIO()
    flagged.save(saved)
    assert read(tmp_path, saved.getvalue()).text == upright.text


def test_a_slanted_watermark_is_no_text(tmp_path):
    """It lies over the text and would stand in the middle of a sentence."""
    page = Page().text(72, 100, "支出合计1.00万元。")
    codes = "内部资料".encode("utf-16-be").hex()
    page.drawn.append(f"BT /F 40 Tf 0.7 0.7 -0.7 0.7 72 700 Tm <{codes}> Tj ET")
    assert blocks(read(tmp_path, pdf(page))) == ["支出合计1.00万元。"]


def test_every_cell_and_paragraph_quotes_the_text(tmp_path):
    """A span's characters are its quote, and its page is the one it stands on."""
    first = titled("支出决算表").table(100, COLUMNS, [HEADER, ["201", "一般公共", "1.00"]])
    second = Page().table(60, COLUMNS, [["208", "社会保障", "2.00"]])
    document = read(tmp_path, pdf(first, second))
    (table,) = document.tables
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells):
            span = table.span(row, column, "")
            assert document.text[span.start : span.end] == span.quote == cell
            assert span.page == document.page_of(span.start) == table.pages[row]


@pytest.mark.parametrize("kept", [9, 100, 700])
def test_a_cut_file_is_refused(tmp_path, kept):
    """With its name, what is wrong and what to do."""
    with pytest.raises(UnreadableDocument) as caught:
        read(tmp_path, pdf(Page().text(72, 100, "支出"))[:kept])
    assert "PDF 损坏或不完整" in caught.value.render("zh")
    assert "account.pdf" in caught.value.render("en")
