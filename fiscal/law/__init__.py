"""The law behind the rules: articles by date in force, how each is known, and their wording."""

from fiscal.law.articles import (
    Article,
    Instrument,
    articles,
    cite,
    forget_text,
    in_force,
    instruments,
    keep_text,
    quoted,
    versions_of,
)
from fiscal.law.wording import articles_in, instrument_named_in

__all__ = [
    "Article",
    "Instrument",
    "articles",
    "articles_in",
    "cite",
    "forget_text",
    "in_force",
    "instrument_named_in",
    "instruments",
    "keep_text",
    "quoted",
    "versions_of",
]
