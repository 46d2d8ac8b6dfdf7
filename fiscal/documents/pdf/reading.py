"""Reading a PDF: page by page into lines and tables, then across pages into one text."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium

from fiscal.documents.grid import Grid
from fiscal.documents.layout import Paragraph, lay_out
from fiscal.documents.pdf.continuation import LongTable, begin, extend
from fiscal.documents.pdf.fonts import leave_out_system_fonts
from fiscal.documents.pdf.furniture import without_furniture
from fiscal.documents.pdf.lines import Line
from fiscal.documents.pdf.page import Page, read_page
from fiscal.documents.pdf.paragraphs import Margins, join_lines, margins_of
from fiscal.documents.pdf.ruled import Ruled, RuledDocument, TablesFailed
from fiscal.errors import Text, UnreadableDocument
from fiscal.model import Document

__all__ = ["read"]

# A file is opened anew after so many pages.
_PAGES_AT_ONCE = 50


def read(data: bytes, path: str, sha256: str) -> Document:
    """Read a PDF. Raises UnreadableDocument where it is damaged or encrypted."""
    try:
        pages = _pages(data)
    except pdfium.PdfiumError as error:
        raise _unreadable(error) from error
    except TablesFailed as error:
        raise _damaged() from error
    unread = [page.number for page in pages if page.is_unread]
    return lay_out(path, sha256, _parts(without_furniture(pages)), len(pages), unread)


def _pages(data: bytes) -> list[Page]:
    leave_out_system_fonts()
    try:
        return list(_read_pages(data))
    except TablesFailed:
        # Slight damage that the one library mends and the other does not: let it mend.
        mended = io.BytesIO()
        with pdfium.PdfDocument(data) as document:
            document.save(mended)
        return list(_read_pages(mended.getvalue()))


def _read_pages(data: bytes) -> Iterator[Page]:
    first, count = 0, 1
    while first < count:
        # The libraries keep what they read of a file until it is closed.
        with pdfium.PdfDocument(data) as document, RuledDocument(data) as ruled:
            count = len(document)
            for index in range(first, min(first + _PAGES_AT_ONCE, count)):
                yield read_page(document, ruled, index)
        first += _PAGES_AT_ONCE


def _unreadable(error: pdfium.PdfiumError) -> UnreadableDocument:
    if "password" in str(error).lower():
        return UnreadableDocument(
            Text("PDF 已加密", "the PDF is encrypted"),
            Text("请另存一份不设密码的文件", "save a copy without a password"),
        )
    return _damaged()


def _damaged() -> UnreadableDocument:
    return UnreadableDocument(
        Text("PDF 损坏或不完整", "the PDF is damaged or incomplete"),
        Text("请重新下载，或重新导出为 PDF", "download it again, or export it anew"),
    )


@dataclass(slots=True)
class _Pending:
    """What is read but not yet handed on, since the next page may go on with it."""

    lines: list[tuple[int, Line]] = field(default_factory=list)
    margins: list[Margins] = field(default_factory=list)
    table: LongTable | None = None

    def flush(self) -> Iterator[Paragraph | Grid]:
        if self.table:
            yield self.table.grid()
        yield from join_lines(self.lines, self.margins)
        self.lines, self.margins, self.table = [], [], None


def _parts(pages: Sequence[Page]) -> Iterator[Paragraph | Grid]:
    margins, pending = margins_of(pages), _Pending()
    for page in pages:
        above: list[Line] = []
        for item in _from_the_top(page):
            if isinstance(item, Line):
                above.append(item)
                continue
            texts = [line.text for line in above]
            longer = extend(pending.table, item, page.number, texts) if pending.table else None
            if longer is None and not item.is_filled:
                # The rules of a chart or an ornament.
                continue
            if longer is None:
                yield from _add(pending, page, above, margins)
                yield from pending.flush()
                longer = begin(item, page.number, texts)
            pending.table, above = longer, []
        if above:
            yield from _add(pending, page, above, margins)
    yield from pending.flush()


def _add(
    pending: _Pending, page: Page, lines: Sequence[Line], margins: dict[int, Margins]
) -> Iterator[Paragraph | Grid]:
    if pending.table and lines:
        yield from pending.flush()
    pending.lines.extend((page.number, line) for line in lines)
    pending.margins.extend([margins[round(page.width)]] * len(lines))


def _from_the_top(page: Page) -> list[Line | Ruled]:
    items: list[Line | Ruled] = [*page.lines, *page.tables]
    return sorted(items, key=lambda item: item.baseline if isinstance(item, Line) else item.top)
