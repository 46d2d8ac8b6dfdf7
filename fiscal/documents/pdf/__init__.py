"""PDF, born digital: characters → words → lines and cells → paragraphs and tables of many pages.

`reading` does it all. A page knows only where each character stands; what is a line, a cell, a
paragraph or a running head is told by place, never by the order in which the file draws.
"""
