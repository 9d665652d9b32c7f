"""Cells of CSV files, made harmless for spreadsheets."""

from __future__ import annotations

from typing import Final

#: A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection).
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(text: str) -> str:
    """``text``, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def one_line(text: str) -> str:
    """``text`` without line breaks or doubled spaces, so that a row of the table is a line of the file."""
    return " ".join(text.split())
