"""Cells of CSV files, made harmless for spreadsheets."""

from __future__ import annotations

import re
from typing import Final

#: A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection); the wide ones do it in Japanese ones.
_SIGNS: Final = "=+@\\-＝＋－＠"
_BEGINS: Final = re.compile(rf"[{_SIGNS}\t\r\n]")
#: What begins a cell where the file is read by another separator than its own, as a French Excel does with commas.
_WITHIN: Final = re.compile(rf"(?<=[;,\t\r\n])(?=[{_SIGNS}])")


def safe_cell(text: str) -> str:
    """``text`` as no spreadsheet takes it for a formula: an apostrophe before it, a space behind what may part cells.

    >>> safe_cell("=1+1"), safe_cell("au choix;=1+1")
    ("'=1+1", 'au choix; =1+1')
    """
    text = _WITHIN.sub(" ", text)
    return f"'{text}" if _BEGINS.match(text) else text


def one_line(text: str) -> str:
    """``text`` without line breaks or doubled spaces, so that a row of the table is a line of the file."""
    return " ".join(text.split())
