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
from html import escape

from rich.cells import cell_len

__all__ = ["FONTS", "NOW", "PALETTE", "PAST", "WIDTH", "element", "fitted", "lines_of", "plain"]
__all__ += ["root", "width_of", "words"]

WIDTH = 760
FONTS = (
    "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', "
    "'Microsoft YaHei', 'WenQuanYi Micro Hei', sans-serif"
)
NOW, PAST = "#2f6fb5", "#7b8a9d"
PALETTE = ("#2f6fb5", "#b8652a", "#3d8a57", "#9a5aa8", "#a3812b", "#2c8c94", "#b5526a", "#6f7f3a")
_SIZE = 13
# What XML cannot hold at all, escaped or not.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# A word of Latin script is not broken, a Chinese text is anywhere.
_PIECES = re.compile(r"[!-~]+\s?|.", re.DOTALL)


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
    id_: str, title: str, description: str, height: float, *children: str, interactive: bool
) -> str:
    """Write the picture itself, with the name and description that are read out for it.

    An interactive one is a group, so that its marks can be read and reached one by one.
    """
    return element(
        "svg",
        element("title", plain(title)),
        element("desc", plain(description)),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {height:.0f}",
        width=WIDTH,
        height=round(height),
        class_=f"picture picture-{id_}",
        role="group" if interactive else "img",
        aria_label=title,
        font_family=FONTS,
        font_size=_SIZE,
        fill="currentColor",
    )


def width_of(text: str, size: float = _SIZE) -> float:
    """Return about how wide a text is: a Chinese character is as wide as the letters are tall."""
    return cell_len(text) * size * 0.57 if text.isascii() else cell_len(text) * size * 0.52


def lines_of(text: str, width: float, size: float = _SIZE, most: int = 3) -> list[str]:
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


def fitted(text: str, width: float, size: float = _SIZE) -> str:
    """Cut a text to a width, with an ellipsis where something was cut off."""
    if width_of(text, size) <= width:
        return text
    while text and width_of(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip("…") + "…" if text else ""
