"""Which format a file has: what its name claims, and what its first bytes tell.

The bytes are believed. A docx named .pdf is read as the docx it is, and so is the web page that
many programs save under .xls; where the bytes tell nothing, the name must.
"""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum

from fiscal.documents import compound
from fiscal.errors import Text, UnreadableDocument

__all__ = ["SUFFIXES", "Format", "format_of", "format_of_stream"]


class Format(StrEnum):
    """The formats that can be read."""

    TEXT = "text"
    DELIMITED = "csv"
    DOCX = "docx"
    DOC = "doc"
    PDF = "pdf"
    XLSX = "xlsx"
    XLS = "xls"
    PAGE = "html"


_BY_SUFFIX = {
    ".txt": Format.TEXT,
    ".md": Format.TEXT,
    ".csv": Format.DELIMITED,
    ".tsv": Format.DELIMITED,
    ".docx": Format.DOCX,
    ".doc": Format.DOC,
    ".pdf": Format.PDF,
    ".xlsx": Format.XLSX,
    ".xls": Format.XLS,
    ".html": Format.PAGE,
    ".htm": Format.PAGE,
}
SUFFIXES = tuple(_BY_SUFFIX)
_PLAIN = (Format.TEXT, Format.DELIMITED)
_PACKAGE = b"PK\x03\x04"
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*|<!--.{0,2000}?-->\s*){0,4}"
    rb"<(?:!doctype\s+html|html|head|body|table|meta|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_FIRST_BYTES = 4096


def format_of(suffix: str, data: bytes) -> Format:
    """Return the format of a file; `suffix` is "" where it has no name.

    Raises UnreadableDocument where it is none that can be read, or not what it claims to be.
    """
    told = _told_by_bytes(data)
    claimed = _BY_SUFFIX.get(suffix)
    if told is Format.PAGE and claimed in _PLAIN:
        return claimed
    if told is not None:
        return told
    if claimed is None:
        raise _unknown(suffix)
    if claimed in (Format.XLS, Format.XLSX) and b"\t" in data[:_FIRST_BYTES].split(b"\n")[0]:
        return Format.DELIMITED
    if claimed in (*_PLAIN, Format.PAGE):
        return claimed
    raise _mislabelled(suffix)


def format_of_stream(data: bytes) -> Format:
    """Return the format of bytes that have no name: text, unless they tell otherwise."""
    first_line = data.split(b"\n", 1)[0].lower()
    is_table = b"code" in first_line or "编码".encode() in first_line
    return _told_by_bytes(data) or (Format.DELIMITED if is_table else Format.TEXT)


def _told_by_bytes(data: bytes) -> Format | None:
    first = data[:_FIRST_BYTES]
    if b"%PDF-" in first[:1024]:
        return Format.PDF
    if first.startswith(_PACKAGE):
        return _told_by_package(data)
    if first.startswith(compound.SIGNATURE):
        return _told_by_streams(data)
    if first.startswith(b"{\\rtf"):
        return Format.DOC
    return Format.PAGE if _PAGE.match(first) else None


def _told_by_package(data: bytes) -> Format | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise _damaged() from error
    if "OFD.xml" in names:
        raise UnreadableDocument(
            Text("OFD 版式文件还不能读取", "OFD files cannot be read yet"),
            Text("请用 OFD 阅读器另存为 PDF", "save it as PDF in an OFD reader"),
        )
    if "word/document.xml" in names:
        return Format.DOCX
    return Format.XLSX if any(name.startswith("xl/") for name in names) else None


def _told_by_streams(data: bytes) -> Format | None:
    names = compound.stream_names(data)
    if "EncryptedPackage" in names:
        raise compound.encrypted()
    if not names:
        raise _damaged()
    if "WordDocument" in names:
        return Format.DOC
    return Format.XLS if names & {"Workbook", "Book"} else None


def _unknown(suffix: str) -> UnreadableDocument:
    known = " ".join(SUFFIXES)
    shown = suffix or "（无扩展名）"
    return UnreadableDocument(
        Text(f"不认识的文件类型 {shown}", f"unknown file type {suffix or '(no ending)'}"),
        Text(f"可读的类型：{known}", f"these can be read: {known}"),
    )


def _mislabelled(suffix: str) -> UnreadableDocument:
    kind = suffix.removeprefix(".")
    return UnreadableDocument(
        Text(f"扩展名是 {suffix}，内容却不是 {kind} 文件", f"named {suffix}, but no {kind} file"),
        Text(
            "请检查文件是否保存完整、扩展名是否正确",
            "check that it was saved whole and named right",
        ),
    )


def _damaged() -> UnreadableDocument:
    return UnreadableDocument(
        Text("文件损坏或不完整", "the file is damaged or incomplete"),
        Text("请重新下载，或在办公软件中重新保存", "download it again, or save it anew"),
    )
