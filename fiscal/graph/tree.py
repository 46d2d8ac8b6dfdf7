"""The tree of a classification: 合计 at the root, then 类, 款, 项, as a networkx digraph.

Edges run from a heading to the headings below it. A code that the scheme lacks still has a place,
because its ancestors are its prefixes; such nodes carry no name.

>>> from fiscal.ontology.scheme import Scheme
>>> tree = heading_tree(Scheme.of("functional", 2019), ["2010301", "2109999"])
>>> list(tree.successors("total")), list(tree.successors("201"))
(['201', '210'], ['20103'])
>>> tree.nodes["2010301"]["name"], tree.nodes["2109999"]["name"]
('行政运行', None)
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import networkx as nx

from fiscal import codes
from fiscal.ontology.scheme import Scheme

__all__ = ["Tree", "heading_tree"]

Tree: TypeAlias = "nx.DiGraph[str]"


def heading_tree(scheme: Scheme, used: Iterable[str] | None = None) -> Tree:
    """Build the tree of a scheme: of all its headings, or of those `used` and all above them.

    Below each heading the others come in order of code.
    """
    tree: Tree = nx.DiGraph()
    tree.add_node(codes.TOTAL, name="合计")
    for code in sorted({heading.code for heading in scheme} if used is None else used):
        _add_path(tree, scheme, code)
    return tree


def _add_path(tree: Tree, scheme: Scheme, code: str) -> None:
    if code in tree:
        return
    above = codes.parent(code)
    _add_path(tree, scheme, above)
    tree.add_node(code, name=scheme[code].name if code in scheme else None)
    tree.add_edge(above, code)
