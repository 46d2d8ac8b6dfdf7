"""Word files: docx from its XML, doc by way of LibreOffice.

What a reader sees is what is read: automatic numbers are written out, deleted and hidden text is
left out, text boxes come after the paragraph they hang on, nested tables after the table that holds
them, notes at the end. Page heads and feet are no part of the text.
"""
