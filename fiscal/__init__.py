"""Rules-as-code and a knowledge graph for China's government budget classification.

A program reads a document, takes its facts and rolls them up:

>>> from fiscal import Scheme
>>> Scheme.of("functional", 2019)["2010301"].name
'行政运行'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fiscal.documents.reader import read_file as read
    from fiscal.extract.extractor import extract_facts
    from fiscal.graph.roll_up import roll_up
    from fiscal.ontology.scheme import Scheme

__all__ = ["Scheme", "extract_facts", "read", "roll_up"]

_HOMES = {
    "Scheme": ("fiscal.ontology.scheme", "Scheme"),
    "extract_facts": ("fiscal.extract.extractor", "extract_facts"),
    "read": ("fiscal.documents.reader", "read_file"),
    "roll_up": ("fiscal.graph.roll_up", "roll_up"),
}


def __getattr__(name: str) -> Any:
    """Load a public name on first use, so that importing `fiscal` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
