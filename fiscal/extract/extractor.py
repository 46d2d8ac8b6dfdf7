"""Reading every fact of a document: from a table of facts where it has one, else from its prose."""

from __future__ import annotations

from fiscal.errors import Place, Text, UnreadableDocument
from fiscal.extract.fact_table import read_fact_tables
from fiscal.extract.profile import profile_of
from fiscal.extract.prose import read_prose
from fiscal.model import Document, Extraction

__all__ = ["extract_facts"]

# A table of facts may have a title and notes; a document with more text than this is an account.
_LONGEST_NOTES = 2000


def extract_facts(
    document: Document, *, is_complete: bool = False, year: int | None = None
) -> Extraction:
    """Return the facts of a document.

    `is_complete` says that a table of facts lists every heading that has money; `year` is the
    year of a document that does not name its own. Raises UnreadableDocument where nothing is
    found, and InvalidCode or InvalidAmount, with the cell, for a bad row in a table of facts.
    """
    profile = profile_of(document, year)
    if _is_prose(document):
        facts, listings = read_prose(document, profile)
    else:
        facts, listings = read_fact_tables(document, profile, is_complete=is_complete)
    if not facts:
        raise UnreadableDocument(
            Text("没有找到任何科目的金额", "no amount of any heading was found"),
            Text(
                "需要列有科目编码或名称及金额的说明文字，或含 code、amount、unit 列的表",
                "give prose that states headings with amounts, or a table with the columns code, "
                "amount and unit",
            ),
            Place(document.path),
        )
    return Extraction(document, profile, facts, listings)


def _is_prose(document: Document) -> bool:
    """Tell whether a document is to be read as running text, its tables left aside."""
    in_tables = sum(table.end - table.start for table in document.tables)
    return not document.tables or len(document.text) - in_tables > _LONGEST_NOTES
