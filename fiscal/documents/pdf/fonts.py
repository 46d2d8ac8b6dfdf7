"""PDFium without the machine's fonts, so that a file reads the same everywhere.

A font that a file does not hold is replaced by one of the machine's; where that lacks a glyph, or
has it without a width, PDFium loses the character. With no fonts to look for it falls back on its
own, which are the same on every machine. Nothing is drawn here, so nothing looks worse for it.
"""

from __future__ import annotations

import ctypes

import pypdfium2.raw as pdfium_c

__all__ = ["leave_out_system_fonts"]

# PDFium keeps the address, so the structure lives as long as the process. Without any function of
# its own it names no font at all.
_NO_FONTS = pdfium_c.FPDF_SYSFONTINFO(version=1)


def leave_out_system_fonts() -> None:
    """Tell PDFium that the machine has no fonts."""
    pdfium_c.FPDF_SetSystemFontInfo(ctypes.byref(_NO_FONTS))
