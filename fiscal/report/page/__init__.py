"""One document's check as a page that needs nothing else: no network, no script, no other file.

The parts are `summary`, `pictures`, `problems` (the findings), `headings` (the tree), `original`
(the document's own text, its figures marked), `coverage` and `reference` (law and glossary).
`frame` puts them into a page. Elements are made in `markup`, where whatever a document says becomes
text and nothing else.
"""

from __future__ import annotations

from fiscal.report.page.frame import page_of
from fiscal.report.page.index import Entry, index_of

__all__ = ["Entry", "index_of", "page_of"]
