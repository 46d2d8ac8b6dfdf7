"""Workbooks: a table a sheet, each cell as the text that its number format prints.

A sheet none of whose rows holds two filled cells is no table but pages of prose (a cover, a
glossary, notes) kept in a workbook: it is read as paragraphs. Hidden sheets are not published.
"""
