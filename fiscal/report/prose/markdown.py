r"""A narration as Markdown in which a name is never markup.

>>> escaped("<b>*甲*</b> #1")
'\\<b\\>\\*甲\\*\\</b\\> \\#1'
"""

from __future__ import annotations

import re

from fiscal.report.prose.narration import Depth, Narration

__all__ = ["escaped", "markdown"]

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&!]")


def markdown(narration: Narration) -> str:
    """Return headings and paragraphs, an empty line between them; figures have no place here."""
    shown = (each for each in narration.paragraphs if each.depth is not Depth.FIGURE)
    blocks = (_mark(depth) + escaped(text) for depth, text in shown)
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Put a backslash before everything that Markdown might take for its own."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def _mark(depth: Depth) -> str:
    return "" if depth is Depth.TEXT else "#" * (depth + 1) + " "
