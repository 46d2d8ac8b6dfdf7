"""Word files, workbooks and web pages: what one sees in them is what is read."""

import io
import stat
import struct
import sys
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml

from fiscal.documents.reader import read_file
from fiscal.errors import UnreadableDocument
from fiscal.model import Document, Merge

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(tmp_path, name: str, data: bytes) -> Document:
    path = tmp_path / name
    path.write_bytes(data)
    return read_file(str(path))


def refused(tmp_path, name: str, data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read(tmp_path, name, data)
    return caught.value.render("zh")


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(str(b.kind), document.text[b.start : b.end]) for b in document.blocks]


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


class TestWord:
    """A docx."""

    def test_merged_cells_have_their_text_once(self, tmp_path):
        """At the top left; the others are blank."""
        file = docx.Document()
        table = file.add_table(3, 3)
        for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
            cell.text = str(number)
        for first, last in (((0, 0), (0, 1)), ((1, 2), (2, 2))):
            kept = table.cell(*first).text
            table.cell(*first).merge(table.cell(*last)).text = kept
        (table,) = read(tmp_path, "a.docx", saved(file)).tables
        assert table.rows == (("0", "", "2"), ("3", "4", "5"), ("6", "7", ""))
        assert table.merges == (Merge(0, 0, 1, 2), Merge(1, 2, 2, 1))

    def test_a_nested_table_and_a_text_box_are_not_lost(self, tmp_path):
        """They follow what they hang on."""
        file = docx.Document()
        table = file.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "外", "表"
        inner = table.cell(0, 1).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "内", "表"
        box = (
            f'<w:r {W}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
            "<w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent>"
            "</v:textbox></v:shape></w:pict></w:r>"
        )
        file.add_paragraph("正文")._p.append(parse_xml(box))
        document = read(tmp_path, "a.docx", saved(file))
        assert [table.rows for table in document.tables] == [(("外", "表"),), (("内", "表"),)]
        assert blocks(document)[2:] == [("paragraph", "正文"), ("paragraph", "框里的话")]

    def test_only_what_is_printed_is_read(self, tmp_path):
        """No deleted and no hidden text, no page head, no field code; what was inserted, yes."""
        file = docx.Document()
        file.sections[0].header.paragraphs[0].text = "页眉"
        paragraph = file.add_paragraph("支出")
        for run in (
            f"<w:del {W}><w:r><w:delText>1.00</w:delText></w:r></w:del>",
            f"<w:ins {W}><w:r><w:t>2.00</w:t></w:r></w:ins>",
            f"<w:r {W}><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>",
            f"<w:r {W}><w:instrText>PAGEREF _Toc1 \\h</w:instrText></w:r>",
            f"<w:sdt {W}><w:sdtContent><w:r><w:t>万元</w:t></w:r></w:sdtContent></w:sdt>",
        ):
            paragraph._p.append(parse_xml(run))
        assert read(tmp_path, "a.docx", saved(file)).text == "支出2.00万元\n"

    def test_automatic_numbers_are_written_out(self, tmp_path):
        """In the numerals of the list, each level counting for itself."""
        file = docx.Document()
        levels = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
            for n, (kind, text) in enumerate(
                [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]
            )
        )
        numbering = file.part.numbering_part.element
        numbering.insert(
            0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{levels}</w:abstractNum>')
        )
        numbering.append(
            parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
        )
        for depth, text in (
            (0, "收入"),
            (1, "总体"),
            (1, "结构"),
            (2, "其他"),
            (0, "支出"),
            (1, "总体"),
        ):
            properties = file.add_paragraph(text)._p.get_or_add_pPr()
            properties.append(
                parse_xml(f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>')
            )
        assert read(tmp_path, "a.docx", saved(file)).text.split("\n")[:-1] == [
            *("一、收入", "（一）总体", "（二）结构", "1. 其他", "二、支出", "（一）总体")
        ]

    def test_headings_are_told(self, tmp_path):
        """By their style or by their number."""
        file = docx.Document()
        file.add_heading("部门概况", 1)
        file.add_paragraph("一、主要职能")
        file.add_paragraph("一、负责财政。")
        kinds = [kind for kind, _ in blocks(read(tmp_path, "a.docx", saved(file)))]
        assert kinds == ["heading", "heading", "paragraph"]

    def test_doc_needs_libreoffice(self, tmp_path, monkeypatch):
        """Or says what to do."""
        monkeypatch.setenv("PATH", str(tmp_path))
        message = refused(tmp_path, "a.doc", b"{\\rtf1 x}")
        assert "需要 LibreOffice" in message
        assert "另存为 docx" in message

    def test_doc_is_read_by_way_of_libreoffice(self, tmp_path, monkeypatch):
        """Here a program of its name that writes a docx."""
        file = docx.Document()
        file.add_paragraph("旧文件")
        (tmp_path / "made.docx").write_bytes(saved(file))
        program = tmp_path / "soffice"
        program.write_text(
            f"#!{sys.executable}\nimport pathlib, shutil, sys\n"
            "folder = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
            "folder.mkdir()\n"
            f"shutil.copy({str(tmp_path / 'made.docx')!r}, folder / 'source.docx')\n"
        )
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(tmp_path))
        assert read(tmp_path, "a.doc", b"{\\rtf1 x}").text == "旧文件\n"


FORMATS = [
    (1937.4, "#,##0.00_ ", "1,937.40"),
    (0.1 + 0.2, "0.00", "0.30"),
    (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
    (0, "0.00", "0.00"),
    (0, "General", "0"),
    (-3.5, "#,##0.00_);(#,##0.00)", "-3.50"),
    (0.1234, "0.00%", "12.34%"),
    (2010301, "General", "2010301"),
    (301, "00000", "00301"),
    (45657, 'yyyy"年"m"月"d"日"', "2024年12月31日"),
]


class TestWorkbook:
    """An xlsx or xls."""

    def test_cells_are_what_their_formats_print(self, tmp_path):
        """In both formats of file."""
        book = openpyxl.Workbook()
        for row, (value, number_format, _) in enumerate(FORMATS, start=1):
            book.active.cell(row, 1, "项目")
            book.active.cell(row, 2, value).number_format = number_format
        wanted = [("项目", text) for _, _, text in FORMATS]
        assert list(read(tmp_path, "a.xlsx", saved(book)).tables[0].rows) == wanted
        assert list(read(tmp_path, "a.xls", old_workbook(FORMATS)).tables[0].rows) == wanted

    def test_merged_cells_and_breaks_within_a_cell(self, tmp_path):
        """The breaks of a narrow header are gone, its reach is kept."""
        book = openpyxl.Workbook()
        for row in (("功能分类\n科目编码", None, "附属单位\n上缴收入"), ("类", "款", None)):
            book.active.append(row)
        book.active.merge_cells("A1:B1")
        book.active.merge_cells("C1:C2")
        (table,) = read(tmp_path, "a.xlsx", saved(book)).tables
        assert table.rows == (("功能分类科目编码", "", "附属单位上缴收入"), ("类", "款", ""))
        assert table.merges == (Merge(0, 0, 1, 2), Merge(0, 2, 2, 1))

    def test_a_sheet_of_prose_is_paragraphs_and_a_hidden_one_is_not_read(self, tmp_path):
        """One long cell is pages of notes."""
        book = openpyxl.Workbook()
        book.active["A1"] = "名词解释"
        book.active["A3"] = "一、收入。\n  二、支出。"
        hidden = book.create_sheet("代码")
        hidden.append(("201", "1.00"))
        hidden.sheet_state = "hidden"
        document = read(tmp_path, "a.xlsx", saved(book))
        assert document.text == "名词解释\n一、收入。\n二、支出。\n"
        assert document.tables == ()

    def test_formulas_that_were_never_computed_are_no_zeros(self, tmp_path):
        """A program wrote them that computes nothing: the first cell and what to do are told."""
        book = openpyxl.Workbook()
        book.active.append(("合计", "=SUM(B2:B3)"))
        book.active.append(("甲", 1))
        told = refused(tmp_path, "a.xlsx", saved(book))
        assert "第 1 行，B 列" in told
        assert "打开并保存" in told

    def test_a_formula_without_value_among_others_does_not_pass_for_blank(self, tmp_path):
        """It is shown as it is; one whose value is a text without characters is blank."""
        book = openpyxl.Workbook()
        book.active.append(("合计", "=SUM(B2:B3)", "=B1+1", '=IF(B1>0,"","无")'))
        body = saved(book)
        body = replaced(body, "xl/worksheets/sheet1.xml", b"B1+1</f><v></v>", b"B1+1</f><v>4</v>")
        body = replaced(body, "xl/worksheets/sheet1.xml", b'r="D1"', b'r="D1" t="str"')
        rows = read(tmp_path, "a.xlsx", body).tables[0].rows
        assert rows == (("合计", "=SUM(B2:B3)", "4"),)

    @pytest.mark.parametrize("place", ["XFD1048576", "ZZZ9999999"])
    def test_a_stray_cell_far_out_does_not_fill_the_memory(self, tmp_path, place):
        """A full grid would be billions of blanks."""
        book = openpyxl.Workbook()
        book.active.append(("合计", "1.00", "远"))
        with zipfile.ZipFile(io.BytesIO(saved(book))) as old, io.BytesIO() as buffer:
            with zipfile.ZipFile(buffer, "w") as new:
                for name in old.namelist():
                    body = old.read(name)
                    new.writestr(name, body.replace(b'r="C1"', f'r="{place}"'.encode()))
            assert "表格过大" in refused(tmp_path, "a.xlsx", buffer.getvalue())


def replaced(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A package with some bytes of one part put for others."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            body = source.read(name)
            assert name != part or old in body, body
            target.writestr(name, body.replace(old, new) if name == part else body)
    return buffer.getvalue()


def old_workbook(cells) -> bytes:
    """Write an xls of one sheet: a label and a number a row, each number in its format."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<2H", kind, len(body)) + body

    def text(value: str) -> bytes:
        return struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")

    begin = struct.pack("<8H", 0x600, 5, 0, 0, 0, 0, 0, 0)
    book = record(0x809, begin)
    for number, (_, code, _) in enumerate(cells):
        book += record(0x41E, struct.pack("<H", 200 + number) + text(code))
    for number in range(len(cells)):
        book += record(0xE0, struct.pack("<2H", 0, 200 + number) + bytes(16))
    book += record(0xFC, struct.pack("<2I", 1, 1) + text("项目"))
    name = struct.pack("<2B", 1, 1) + "表".encode("utf-16-le")
    start = len(book) + 4 + 6 + len(name) + 4
    book += record(0x85, struct.pack("<IH", start, 0) + name) + record(0x0A, b"")
    assert len(book) == start
    book += record(0x809, begin)
    for row, (value, _, _) in enumerate(cells):
        book += record(0xFD, struct.pack("<3HI", row, 0, 0, 0))
        book += record(0x203, struct.pack("<3Hd", row, 1, row, value))
    book += record(0x0A, b"")
    return compound_file("Workbook", book)


def compound_file(name: str, stream: bytes) -> bytes:
    """Write a compound file of one stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    count = len(stream) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    sector = struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table)))

    def entry(title: str, kind: int, start: int, size: int, child: int) -> bytes:
        raw = title.encode("utf-16-le")
        body = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw) + 2, kind, 1)
        body += struct.pack("<3I", 0xFFFFFFFF, 0xFFFFFFFF, child)
        return body + bytes(36) + struct.pack("<IIQ", start, size, 0)[:12]

    directory = entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + entry(
        name, 2, 2, len(stream), 0xFFFFFFFF
    )
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + sector + directory.ljust(512, b"\0") + stream


class TestWebPage:
    """An html."""

    PAGE = (
        "<html><head><meta charset={charset}><title>公开</title></head><body>"
        "<div style='display:none'>隐藏</div><h1>部门概况</h1><p>一般<b>公共</b>预\n算</p>"
        "<table><tr><td>导航</td><td><table><tr><th rowspan=2>项目<th colspan=2>金额</tr>"
        "<tr><td>预算<td>决<br>算<tr><td>合计<td>1.00<td>&nbsp;-</table></td></tr></table></body>"
    )

    @pytest.mark.parametrize(("charset", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gbk")])
    def test_a_page_is_read_and_its_layout_is_not(self, tmp_path, charset, encoding):
        """A table within a table that only arranges the page."""
        page = self.PAGE.format(charset=charset).encode(encoding)
        document = read(tmp_path, "a.html", page)
        (table,) = document.tables
        assert table.rows == (("项目", "金额", ""), ("", "预算", "决算"), ("合计", "1.00", "-"))
        assert table.merges == (Merge(0, 0, 2, 1), Merge(0, 1, 1, 2))
        assert blocks(document)[:3] == [
            *(("heading", "部门概况"), ("paragraph", "一般公共预算"), ("paragraph", "导航"))
        ]

    def test_a_page_without_text_is_refused(self, tmp_path):
        """As one that a script would fill."""
        message = refused(tmp_path, "a.html", b"<html><script>fill()</script></html>")
        assert "网页里没有文字" in message


class TestText:
    """Tables within a text, whose characters stay where they are."""

    def test_markdown_and_tabs(self, tmp_path):
        """Every cell quotes the file's own text; line ends of Windows included."""
        text = "题\r\n\r\n| 项目 | 决算数 |\r\n|---|:-:|\r\n| 合计 | 1.00 |\r\n\r\na\tb\r\n1\t2\r\n"
        document = read(tmp_path, "a.md", text.encode())
        assert document.text == text
        assert [table.rows for table in document.tables] == [
            (("项目", "决算数"), ("合计", "1.00")),
            (("a", "b"), ("1", "2")),
        ]
        for table in document.tables:
            for row, cells in enumerate(table.rows):
                for column, cell in enumerate(cells):
                    span = table.span(row, column, "")
                    assert text[span.start : span.end] == cell


class TestNames:
    """Files under a wrong name."""

    def test_a_file_is_read_as_what_it_is(self, tmp_path):
        """A web page or tabs named .xls, a docx named .pdf, an xlsx named .xls."""
        word, book = docx.Document(), openpyxl.Workbook()
        word.add_paragraph("内容")
        book.active.append(("内容", "1"))
        assert read(tmp_path, "a.pdf", saved(word)).text == "内容\n"
        assert read(tmp_path, "b.xls", saved(book)).text == "内容\t1\n"
        page = "<table><tr><td>内容<td>1</table>".encode()
        assert read(tmp_path, "c.xls", page).text == "内容\t1\n"
        assert read(tmp_path, "d.xls", "内容\t1\n".encode("gbk")).text == "内容\t1\n"

    @pytest.mark.parametrize("suffix", ["pdf", "docx", "xlsx", "xls", "doc"])
    def test_what_it_is_not_is_told(self, tmp_path, suffix):
        """Plain words under any of these names."""
        message = refused(tmp_path, f"a.{suffix}", "随便写的".encode())
        assert f"扩展名是 .{suffix}，内容却不是 {suffix} 文件" in message
        assert "处理：" in message
