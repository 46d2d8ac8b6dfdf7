"""From a document to its facts: `extractor` chooses the way, `prose` and `fact_table` go it."""
