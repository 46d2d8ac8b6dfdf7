"""Damaged, encrypted and hostile files: refused with what is wrong and what to do."""

import io
import random
import tracemalloc
import zipfile
from contextlib import suppress

import docx
import openpyxl
import pytest

from fiscal.documents.reader import read_file
from fiscal.errors import UnreadableDocument
from tests.test_readers_office import FORMATS, compound_file, old_workbook, saved
from tests.test_readers_pdf import Page, pdf

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefg", "bcdefgh", strict=True))
    + "]>"
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def refused(tmp_path, name: str, data: bytes) -> str:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableDocument) as caught:
        read_file(str(path))
    message = caught.value.render("zh")
    assert message.startswith(str(path))
    assert "处理：" in message
    assert " To do: " in caught.value.render("en")
    return message


def package(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", body)
    return buffer.getvalue()


def word(body: str, before: str = "") -> bytes:
    xml = f'{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return package(word__document=xml)


def good_files() -> dict[str, bytes]:
    file, book = docx.Document(), openpyxl.Workbook()
    file.add_table(2, 2).cell(0, 0).text = "支出"
    for row in range(30):
        book.active.append(("支出", row, 1.5))
    return {
        "a.docx": saved(file),
        "a.xlsx": saved(book),
        "a.xls": old_workbook(FORMATS),
        "a.pdf": pdf(
            Page().text(72, 100, "支出1.00万元").table(200, [72, 150, 300], [["支出", "1"]])
        ),
        "a.html": "<table><tr><td colspan=2>支出<td>1</table>".encode(),
        "a.csv": "支出,1\n".encode(),
        "a.txt": "支出|1\n---|---\n".encode(),
    }


@pytest.mark.parametrize("name", good_files())
def test_damage_is_refused_or_read_around_and_never_crashes(tmp_path, name):
    """Cut anywhere, or with bytes changed at random (always the same ones)."""
    good, chance = good_files()[name], random.Random(name)
    for number in range(120):
        bad = bytearray(good)
        for _ in range(chance.randint(1, 12)):
            bad[chance.randrange(len(bad))] = chance.randrange(256)
        if number % 3 == 0:
            bad = bad[: chance.randrange(len(bad))]
        path = tmp_path / name
        path.write_bytes(bad)
        with suppress(UnreadableDocument):
            assert read_file(str(path)).sha256


@pytest.mark.parametrize(
    "suffix", ["pdf", "docx", "doc", "xlsx", "xls", "html", "csv", "txt", "md"]
)
def test_an_empty_file_is_refused(tmp_path, suffix):
    """Of every format."""
    assert "文件是空的" in refused(tmp_path, f"a.{suffix}", b"")


def test_entities_are_not_expanded(tmp_path):
    """Ten million characters out of a few hundred bytes, were they."""
    data = word("<w:p><w:r><w:t>&h;</w:t></w:r></w:p>", LAUGHS)
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    tracemalloc.start()
    with suppress(UnreadableDocument):
        assert len(read_file(str(path)).text) < 1000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000


def test_a_file_outside_is_not_read(tmp_path):
    """An entity that names one stands for nothing."""
    secret = tmp_path / "secret"
    secret.write_text("秘密")
    before = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    path = tmp_path / "a.docx"
    path.write_bytes(word("<w:p><w:r><w:t>公开&s;</w:t></w:r></w:p>", before))
    assert "秘密" not in read_file(str(path)).text


@pytest.mark.parametrize("tag", ["sdt", "tbl><w:tr><w:tc"])
def test_deep_nesting_is_refused(tmp_path, tag):
    """In a word file, whose XML is a tree."""
    assert "损坏" in refused(tmp_path, "a.docx", word(f"<w:{tag}>" * 5000))


def test_deep_nesting_of_a_page_is_refused(tmp_path):
    """Which would take minutes."""
    assert "嵌套过深" in refused(tmp_path, "a.html", b"<html>" + b"<ul><li>" * 100_000)


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path, name):
    """Half a gigabyte of blanks in half a megabyte."""
    part = "word/document.xml" if name.endswith("docx") else "xl/workbook.xml"
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(part, "w", force_zip64=True) as member,
    ):
        for _ in range(300):
            member.write(b" " * 1024 * 1024)
    assert "过大" in refused(tmp_path, name, buffer.getvalue())


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.xls"])
def test_an_encrypted_office_file_is_refused(tmp_path, name):
    """A new one is an old container around what is encrypted."""
    data = compound_file("EncryptedPackage", b"secret")
    assert "文件已加密" in refused(tmp_path, name, data)


def test_an_encrypted_old_workbook_is_refused(tmp_path):
    """It says so in a record of its own."""
    begin = b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12)
    data = compound_file("Workbook", begin + b"\x2f\x00\x06\x00" + bytes(6))
    assert "文件已加密" in refused(tmp_path, "a.xls", data)


def test_an_encrypted_pdf_is_refused(tmp_path):
    """One that asks for a password."""
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (%s) /U (%s) >> /ID [(a) (a)] /Root"
    data = pdf(Page().text(72, 100, "支出")).replace(b"/Root", lock % (b"o" * 32, b"u" * 32))
    assert "PDF 已加密" in refused(tmp_path, "a.pdf", data)


def test_a_workbook_without_its_main_part_is_refused(tmp_path):
    """And one whose sheet refers to a text that is not there."""
    assert "损坏" in refused(tmp_path, "a.xlsx", package(xl__styles="<x/>"))
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'
    )
    ids = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{ids}"><sheets>'
        '<sheet name="表" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations,
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData><row>'
        '<c t="s"><v>7</v></c></row></sheetData></worksheet>',
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    assert "损坏" in refused(tmp_path, "a.xlsx", buffer.getvalue())


def test_an_ofd_says_what_to_do(tmp_path):
    """The national format of fixed pages."""
    assert "请用 OFD 阅读器另存为 PDF" in refused(tmp_path, "a.ofd", package(OFD="<x/>"))
