"""Elements of a page: made as a tree, so that a text from a document can never become markup.

>>> written(element("p", "1 < 2", element("b", "<script>"), class_="told"))
'<p class="told">1 &lt; 2<b>&lt;script&gt;</b></p>'
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

from lxml import etree

__all__ = ["Child", "Element", "element", "shown", "written"]

Element: TypeAlias = etree._Element
Child: TypeAlias = Element | str | None

# What no page may hold, and what would turn the order of letters round.
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
    "\ufffe\uffff]"
)


def element(tag: str, *children: Child | Iterable[Child], **attributes: str | None) -> Element:
    """Return an element; of its attributes `class_` is class and `aria_label` is aria-label.

    Children and attributes that are None are left out.
    """
    made = etree.Element(tag)
    for name, value in attributes.items():
        if value is not None:
            made.set(name.rstrip("_").replace("_", "-"), shown(value))
    every = (
        each
        for child in children
        for each in ((child,) if child is None or isinstance(child, str | Element) else child)
    )
    last: Element | None = None
    for each in every:
        last = _appended(made, last, each)
    return made


def _appended(parent: Element, last: Element | None, child: Child) -> Element | None:
    """Append a child and return the last element; to ask the parent for it takes too long."""
    if isinstance(child, Element):
        parent.append(child)
        return child
    if child and last is None:
        parent.text = (parent.text or "") + shown(child)
    elif child and last is not None:
        last.tail = (last.tail or "") + shown(child)
    return last


def shown(text: str) -> str:
    r"""Return a text with a mark for every character that cannot be shown.

    >>> shown("a\x00b")
    'a\ufffdb'
    """
    return _UNSHOWN.sub("\ufffd", text)


def written(root: Element) -> str:
    """Return an element as HTML."""
    return etree.tostring(root, method="html", encoding="unicode", with_tail=False)
