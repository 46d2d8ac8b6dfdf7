"""A picture as PNG, which needs the extra `png` and a Chinese font on the machine.

resvg draws a character for which no font has a shape as nothing, or as an empty box, without a
word. So before the first picture two different characters are drawn: where they look the same, no
font has them.
"""

from __future__ import annotations

from functools import lru_cache

from fiscal.errors import MissingFont, Text, missing_extra
from fiscal.report.charts.svg import FONTS

__all__ = ["has_chinese_font", "png"]

_ZOOM = 2
# Two characters that no font draws alike, both among the commonest of these documents.
_PROBES = ("算", "支")


def png(svg: str) -> bytes:
    """Return an SVG that stands alone as PNG, with two pixels for each of its own.

    Raises MissingExtra without the library that draws it, MissingFont without a Chinese font.
    """
    if not has_chinese_font():
        raise MissingFont(
            Text("没有找到中文字体，PNG 中的文字会缺失", "no Chinese font is installed"),
            Text(
                "请安装一种，如 Debian 的 fonts-noto-cjk；或改用 --format svg",
                "install one, such as Debian's fonts-noto-cjk; or use --format svg",
            ),
        )
    return _drawn(svg)


@lru_cache
def has_chinese_font() -> bool:
    """Tell whether Chinese characters would be seen."""
    first, second = map(_probe, _PROBES)
    return first != second


def _probe(character: str) -> bytes:
    text = f'<text x="2" y="24" font-size="24" font-family="{FONTS}">{character}</text>'
    return _drawn(f'<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32">{text}</svg>')


def _drawn(svg: str) -> bytes:
    try:
        import resvg_py
    except ImportError as error:
        raise missing_extra(
            Text("画 PNG 需要 resvg-py", "PNG is drawn by resvg-py, which is not there"),
            "png",
        ) from error
    drawn: bytes = resvg_py.svg_to_bytes(svg_string=svg, zoom=_ZOOM)
    return drawn
