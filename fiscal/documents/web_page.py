"""Web pages (html, htm), and the pages that some programs save under the name of a workbook.

A table that holds a table, or never two filled cells beside each other, only arranges the page:
what is in it is read as paragraphs and tables of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from fiscal.documents.layout import Paragraph, is_heading, lay_out
from fiscal.documents.plain_text import decode
from fiscal.documents.web_table import Part, WebTable
from fiscal.errors import Text, UnreadableDocument
from fiscal.model import Document

__all__ = ["read"]

_UNSEEN = {
    *("head", "noscript", "rp", "rt", "script", "select", "style", "svg", "template", "textarea"),
}
_INLINE = {
    *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font"),
    *("i", "ins", "kbd", "label", "mark", "o:p", "q", "ruby", "s", "samp", "small", "span"),
    *("strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
}
_NEEDS_NO_END = {
    *("area", "base", "body", "br", "col", "colgroup", "dd", "dt", "head", "hr", "html", "img"),
    *("input", "li", "link", "meta", "option", "p", "tbody", "td", "tfoot", "th", "thead", "tr"),
}
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
_DEEPEST = 5000
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_BREAK_AMONG_IDEOGRAPHS = re.compile(r"(?<=[\u2e80-\uffef])[ \t]*[\r\n]\s*(?=[\u2e80-\uffef])")
_SPACE = re.compile(r"[ \t\r\n\f]+")


def read(data: bytes, path: str, sha256: str) -> Document:
    """Read a web page. Raises UnreadableDocument where it holds no text."""
    page, text = _Page(), _decoded(data)
    _guard_depth(text)
    body = LexborHTMLParser(text).body
    if body is not None:
        _walk(body, page)
    page.flush()
    (parts,) = page.parts
    if not parts:
        raise UnreadableDocument(
            Text("网页里没有文字", "the page holds no text"),
            Text("请另存完整的网页，或复制为文本", "save the page as a whole, or copy it as text"),
        )
    return lay_out(path, sha256, parts)


def _guard_depth(text: str) -> None:
    # The parser looks through all open elements at every tag: the time grows with their square.
    depth = 0
    for tag in _TAG.finditer(text):
        if tag[2].lower() not in _NEEDS_NO_END:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            if depth > _DEEPEST:
                raise UnreadableDocument(
                    Text("网页嵌套过深", "the page is nested too deep"),
                    Text("请复制为文本或另存为 docx", "copy it as text or save it as docx"),
                )


def _decoded(data: bytes) -> str:
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = declared[1].decode("ascii").lower()
        try:
            # A page that says gb2312 means what that has become since.
            return data.decode("gb18030" if name in ("gb2312", "gbk") else name)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


@dataclass(slots=True)
class _Page:
    """What is read so far: parts of the page and of the open cells, open tables, open paragraph."""

    parts: list[list[Part]] = field(default_factory=lambda: [[]])
    tables: list[WebTable] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def flush(self, *, is_marked: bool = False) -> None:
        """End the paragraph."""
        joined = _BREAK_AMONG_IDEOGRAPHS.sub("", "".join(self.text))
        self.text.clear()
        if text := _SPACE.sub(" ", joined).strip():
            self.parts[-1].append(Paragraph(text, is_heading=is_marked or is_heading(text)))

    def begin(self, node: LexborNode) -> None:
        """Take the beginning of an element."""
        if node.tag in _INLINE:
            return
        self.flush()
        if node.tag == "table":
            self.tables.append(WebTable())
        elif self.tables and node.tag == "tr":
            self.tables[-1].begin_row()
        elif self.tables and node.tag in ("td", "th"):
            spans = (node.attributes.get(name) or "" for name in ("rowspan", "colspan"))
            self.tables[-1].begin_cell(*spans)
            self.parts.append([])

    def end(self, node: LexborNode) -> None:
        """Take the end of an element."""
        if node.tag in _INLINE:
            return
        self.flush(is_marked=node.tag in _HEADINGS)
        if node.tag == "table" and self.tables:
            self.parts[-1].extend(self.tables.pop().parts())
        elif self.tables and node.tag in ("td", "th"):
            self.tables[-1].contents.append(self.parts.pop())


def _walk(root: LexborNode, page: _Page) -> None:
    """Go through the tree without recursion, since pages may be nested as deep as they like."""
    node: LexborNode | None = root
    while node is not None:
        if node.tag == "-text":
            page.text.append(node.text_content or "")
        elif not _is_unseen(node):
            page.begin(node)
            if node.child is not None:
                node = node.child
                continue
            page.end(node)
        node = _next(node, root, page)


def _next(node: LexborNode, root: LexborNode, page: _Page) -> LexborNode | None:
    while node.mem_id != root.mem_id:
        if node.next is not None:
            return node.next
        if node.parent is None:
            return None
        node = node.parent
        page.end(node)
    return None


def _is_unseen(node: LexborNode) -> bool:
    if node.tag in _UNSEEN or (node.tag or "").startswith(("-", "!")):
        return True
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))
