"""Writing SVG: elements, text that is always escaped, and lines that fit a width.

Coordinates are pixels and the only numbers here that are no amounts. Text takes the colour of what
is around it (`currentColor`), so that a picture set in a page is light or dark with it; fills are
of middle tone and keep a contrast of 3 to 1 with either ground.

>>> element("rect", x=1.25, width=20, class_="bar")
'<rect x="1.2" width="20" class="bar"/>'
>>> words(1, 2, "<script>&")
'<text x="1" y="2">&lt;script&gt;&amp;</text>'
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import accumulate, takewhile

from rich.cells import cell_len

from fiscal.errors import Text
from fiscal.report.charts.picture import Picture

__all__ = ["EDGE", "LINE", "MAIN", "PALETTE", "REFERENCE", "SIZE", "SMALL", "WIDTH", "Look"]
__all__ += ["element", "fitted", "heading_lines", "lines_of", "mark_group", "note_lines", "plain"]
__all__ += ["root", "width_of", "words"]

WIDTH, EDGE, LINE = 760, 16.0, 17.0
FONTS = (
    "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', "
    "'Microsoft YaHei', 'WenQuanYi Micro Hei', sans-serif"
)
MAIN, REFERENCE = "#2f6fb5", "#7b8a9d"
PALETTE = ("#2f6fb5", "#b8652a", "#3d8a57", "#9a5aa8", "#a3812b", "#2c8c94", "#b5526a", "#6f7f3a")
SIZE, SMALL, _TITLE_SIZE = 13.0, 12.0, 16.0
# What XML cannot hold at all, escaped or not.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# A word of Latin script is not broken, a Chinese text is anywhere.
_PIECES = re.compile(r"[!-~]+\s?|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is drawn.

    The marks of an interactive one are reached one by one; one that stands alone has a ground of
    its own, any other takes that of the page it is set in.
    """

    language: str = "zh"
    is_interactive: bool = False
    is_standalone: bool = False


def element(name: str, *children: str, **attributes: str | float | None) -> str:
    """Write an element around markup; `_` in a name of an attribute is `-`, None leaves it out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(children)
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def _value(value: str | float) -> str:
    return plain(value) if isinstance(value, str) else f"{round(value, 1):g}"


def plain(text: str) -> str:
    """Return text as markup that shows it and nothing else."""
    return escape(_NO_XML.sub("\ufffd", text))


def words(x: float, y: float, text: str, **attributes: str | float | None) -> str:
    """Write text with its baseline at (`x`, `y`)."""
    return element("text", plain(text), x=x, y=y, **attributes)


def root(
    picture: Picture, description: Iterable[str], height: float, look: Look, *children: str
) -> str:
    """Write the picture itself, with the name and description that are read out for it."""
    title = picture.title.to(look.language)
    return element(
        "svg",
        element("title", plain(title)),
        element("desc", plain("；".join(description))),
        _ground(height) if look.is_standalone else "",
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {height:.0f}",
        width=WIDTH,
        height=round(height),
        class_=f"picture picture-{picture.id}",
        role="group" if look.is_interactive else "img",
        aria_label=title,
        lang="en" if look.language == "en" else "zh-CN",
        font_family=FONTS,
        font_size=SIZE,
        color="#1b1b1b" if look.is_standalone else None,
        fill="currentColor",
    )


def _ground(height: float) -> str:
    """Return the paper of a picture that stands alone, dark where its reader likes that."""
    dark = "svg { color: #ececec } .paper { fill: #17191c }"
    style = element("style", f"@media (prefers-color-scheme: dark) {{ {dark} }}")
    paper = element("rect", width=WIDTH, height=height, fill="#ffffff", class_="paper")
    return style + paper


def mark_group(name: str, text: str, evidence: tuple[str, ...], look: Look, *children: str) -> str:
    """Write one mark, with what is told where the pointer rests on it or the keyboard reaches it.

    The ids of its facts are its `data-facts`.
    """
    told = f"{name}：{text}" if look.language != "en" else f"{name}: {text}"
    return element(
        "g",
        element("title", plain(told)),
        *children,
        class_="mark",
        tabindex="0" if look.is_interactive else None,
        role="img" if look.is_interactive else None,
        aria_label=told if look.is_interactive else None,
        data_facts=" ".join(evidence) or None,
    )


def heading_lines(picture: Picture, look: Look) -> tuple[str, float]:
    """Write a picture's title and unit; return them and where they end."""
    lines = lines_of(picture.title.to(look.language), WIDTH - 2 * EDGE - 110, _TITLE_SIZE)
    unit = Text(f"单位：{picture.scale.unit}", f"unit: {picture.scale.unit}").to(look.language)
    drawn = [
        words(EDGE, 28 + at * 22, line, font_size=_TITLE_SIZE, font_weight="600")
        for at, line in enumerate(lines)
    ]
    unit_text = words(WIDTH - EDGE, 28, unit, text_anchor="end", font_size=SMALL)
    return "".join((*drawn, unit_text)), 28 + (len(lines) - 1) * 22 + 4


def note_lines(notes: tuple[Text, ...], y: float, look: Look) -> tuple[str, float]:
    """Write notes from `y` on; return them and where they end."""
    drawn = []
    for note in notes:
        for line in lines_of(note.to(look.language), WIDTH - 2 * EDGE, SMALL, most=6):
            y += LINE
            drawn.append(words(EDGE, y, line, font_size=SMALL, class_="note"))
    return "".join(drawn), y


def width_of(text: str, size: float = SIZE) -> float:
    """Return about how wide a text is: a Chinese character is as wide as the letters are tall."""
    return cell_len(text) * size * 0.57 if text.isascii() else cell_len(text) * size * 0.52


def lines_of(text: str, width: float, size: float = SIZE, most: int = 3) -> list[str]:
    """Break a text into at most `most` lines of a width; what does not fit ends in an ellipsis.

    >>> lines_of("机关事业单位基本养老保险缴费支出", 110)
    ['机关事业单位基本', '养老保险缴费支出']
    """
    lines = [""]
    for piece in _PIECES.findall(text[: most * 100]):
        if lines[-1] and width_of(lines[-1] + piece.rstrip(), size) > width:
            if len(lines) == most:
                return [*lines[:-1], fitted(lines[-1] + "…" * 9, width, size)]
            lines.append("")
        lines[-1] += piece
    return [fitted(line.strip(), width, size) for line in lines]


def fitted(text: str, width: float, size: float = SIZE) -> str:
    """Cut a text to a width, with an ellipsis where something was cut off."""
    if width_of(text, size) <= width:
        return text
    room = width - width_of("…", size)
    ends = accumulate(width_of(character, size) for character in text)
    kept = text[: sum(1 for _ in takewhile(lambda end: end <= room, ends))]
    return kept.rstrip("…") + "…" if kept else ""
