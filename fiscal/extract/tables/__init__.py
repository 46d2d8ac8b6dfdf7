"""Tables as facts: `reading` goes from a document's tables to figures with their meaning and place.

A table is cut into regions (`regions`), its kind told by its title and content (`recognise`), its
columns by their headers (`headers`, `columns`), its rows by codes and names (`rows`, `codes`).
"""
