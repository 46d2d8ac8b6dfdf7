"""The interactive twin of the pictures: one page that holds them, and needs nothing else.

Each mark can be pointed at or reached by keyboard, and then tells where its figures stand in the
document. Below every picture the same amounts are a table. The page loads nothing, runs only its
own script, and puts what a document says into it as text alone.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from fiscal.errors import Text
from fiscal.model import Document, Fact
from fiscal.report.charts.drawing import draw
from fiscal.report.charts.picture import Bars, Flow, Icicle, Mark, Picture, mark_text
from fiscal.report.charts.svg import element, plain
from fiscal.report.charts.trend import id_prefix
from fiscal.rules.view import View

__all__ = ["table_of", "twin"]

_CONTEXT = 24
_STYLE = """
:root { color-scheme: light dark; --ground: #fff; --ink: #1b1b1b; --line: #c9ced6 }
@media (prefers-color-scheme: dark) {
  :root { --ground: #17191c; --ink: #ececec; --line: #3b4048 }
}
body { margin: 0 auto; max-width: 50rem; padding: 1rem; background: var(--ground);
  color: var(--ink); font-family: 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif }
figure { margin: 0 0 2rem; border-bottom: 1px solid var(--line); padding-bottom: 1rem }
svg { max-width: 100%; height: auto }
.mark:hover .bar, .mark:hover .cell, .mark:focus .bar, .mark:focus .cell { stroke: currentColor;
  stroke-width: 2 }
.mark:focus { outline: 2px solid currentColor; outline-offset: 2px }
[role=status] { min-height: 3.2em; margin: .4rem 0; font-size: .9rem; white-space: pre-line }
table { border-collapse: collapse; font-size: .9rem } td, th { border: 1px solid var(--line);
  padding: .2rem .6rem; text-align: left } td + td { text-align: right }
@media print { [role=status] { display: none } }
"""
_SCRIPT = """
const places = JSON.parse(document.getElementById("places").textContent);
function tell(event) {
  const mark = event.target.closest(".mark");
  if (!mark) return;
  const own = (mark.dataset.facts || "").split(" ").map((id) => places[id]).filter(Boolean);
  const told = mark.querySelector("title").textContent;
  mark.closest("figure").querySelector("[role=status]").textContent = [told, ...own].join("\\n");
}
document.addEventListener("pointerover", tell);
document.addEventListener("focusin", tell);
"""
_HINT = Text(
    "指向或用 Tab 键选中图中一项，这里显示其数字在文件中的位置。",
    "Point at a mark, or reach it with Tab, to see here where its figures stand.",
)
_TABLE = Text("数据表", "data table")
_HEADINGS = (Text("项目", "item"), Text("金额", "amount"))


def twin(views: Sequence[View], pictures: Iterable[Picture], language: str = "zh") -> str:
    """Return one page with all pictures, which are of the documents of `views`.

    Where these are several, the ids of facts begin with the number of their document (see `trend`).
    """
    drawn = list(pictures)
    title = "；".join(filter(None, (view.profile.title for view in views))) or "fiscal"
    places = dict(
        place
        for at, view in enumerate(views)
        for place in _places(view, id_prefix(views, at), drawn, language)
    )
    figures = "".join(_figure(picture, language) for picture in drawn)
    return (
        "<!doctype html>\n"
        f'<html lang="{"en" if language == "en" else "zh-CN"}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy()}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{plain(title)}</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>{plain(title)}</h1>{figures}</main>"
        f'<script type="application/json" id="places">{_json(places)}</script>'
        f"<script>{_SCRIPT}</script></body></html>\n"
    )


def _policy() -> str:
    """Allow the page's own script and styles, and nothing else at all."""
    own = b64encode(sha256(_SCRIPT.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{own}'"


def _json(places: dict[str, str]) -> str:
    """Write JSON that no end of a script and no comment can be hidden in."""
    return json.dumps(places, ensure_ascii=False).replace("<", "\\u003c")


def _figure(picture: Picture, language: str) -> str:
    svg = draw(picture, language, interactive=True)
    status = element("p", plain(_HINT.to(language)), role="status")
    summary = element("summary", plain(_TABLE.to(language)))
    return (
        f"<figure>{svg}{status}<details>{summary}{table_of(picture, language)}</details></figure>"
    )


def table_of(picture: Picture, language: str = "zh") -> str:
    """Return the amounts of a picture as a table, for who cannot see it."""
    head = "".join(f'<th scope="col">{plain(one.to(language))}</th>' for one in _HEADINGS)
    rows = "".join(
        f"<tr><td>{plain(name)}</td><td>{plain(amount)}</td></tr>"
        for name, amount in _rows(picture, language)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _rows(picture: Picture, language: str) -> Iterator[tuple[str, str]]:
    if isinstance(picture, Icicle):
        for cell in picture.cells:
            amount = f"{picture.scale.printed(cell.value)}{picture.scale.unit}"
            yield cell.name.to(language), f"{amount} {cell.share}"
    for heading, mark in _marks(picture):
        before = f"{heading.to(language)} · " if heading else ""
        yield before + mark.name.to(language), mark_text(mark, picture.scale, language)


def _marks(picture: Picture) -> Iterator[tuple[Text | None, Mark]]:
    """Yield the marks of bars and flows, those of bars with the heading they stand under."""
    if isinstance(picture, Bars):
        for group in picture.groups:
            yield from ((group.heading, mark) for mark in group.marks)
    elif isinstance(picture, Flow):
        yield None, picture.whole
        yield from ((None, band.mark) for band in picture.bands)


def _places(
    view: View, prefix: str, pictures: Iterable[Picture], language: str
) -> Iterator[tuple[str, str]]:
    used = {one for picture in pictures for one in _evidence(picture)}
    for fact in view.facts:
        if prefix + fact.id in used:
            yield prefix + fact.id, _place(view.document, fact, language)


def _evidence(picture: Picture) -> Iterator[str]:
    if isinstance(picture, Icicle):
        yield from (one for cell in picture.cells for one in cell.evidence)
    yield from (one for _, mark in _marks(picture) for one in mark.evidence)


def _place(document: Document, fact: Fact, language: str) -> str:
    """Say where a figure stands, with some of the words around it."""
    span, text = fact.span, document.text
    line = document.line_of(span.start)
    where = Text(f"第 {line} 行", f"line {line}")
    if span.page is not None:
        where = Text(f"第 {span.page} 页", f"page {span.page}")
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - _CONTEXT)
    end = text.find("\n", span.end)
    end = min(end if end >= 0 else len(text), span.end + _CONTEXT)
    around = " ".join(text[start:end].split())
    if language == "en":
        return f"{where.en}: “{around}”"
    return f"{where.zh}：“{around}”"
