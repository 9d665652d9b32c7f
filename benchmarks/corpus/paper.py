"""Acts printed to PDF as a council's software does: text layer, columns by coordinates, numbered pages.

The bytes depend on the text alone (reportlab's invariant mode).
"""

from __future__ import annotations

import io
from typing import Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

_FONT: Final = "Times-Roman"
_SIZE: Final = 10.5
_LEADING: Final = 13.5
_LEFT: Final = 56.0
_RIGHT: Final = A4[0] - 56.0
_TOP: Final = A4[1] - 64.0
_BOTTOM: Final = 64.0


def printed(text: str) -> bytes:
    """A PDF of the text. Lines are paragraphs; a tab begins the next column."""
    out = io.BytesIO()
    sheet = _Sheet(Canvas(out, pagesize=A4, invariant=1))
    for line in text.replace("**", "").replace("\u202f", "\u00a0").strip("\n").split("\n"):
        if "\t" in line:
            sheet.row(line.split("\t"))
        elif line.strip():
            sheet.paragraph(line)
        else:
            sheet.down(_LEADING * 0.6)
    sheet.canvas.save()
    return out.getvalue()


class _Sheet:
    """A cursor on a canvas, which opens a numbered page when the sheet is full."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas, self._y, self._page = canvas, _TOP, 1
        self._open()

    def _open(self) -> None:
        self.canvas.setFont(_FONT, 8)
        self.canvas.drawRightString(_RIGHT, 34, f"Page {self._page}")
        self.canvas.setFont(_FONT, _SIZE)

    def down(self, leading: float) -> None:
        """Move down, to a new page if need be."""
        self._y -= leading
        if self._y < _BOTTOM:
            self.canvas.showPage()
            self._y, self._page = _TOP, self._page + 1
            self._open()

    def paragraph(self, line: str) -> None:
        """Words, broken at the right margin; blanks that set columns are kept."""
        lines = [line] if "    " in line else simpleSplit(line, _FONT, _SIZE, _RIGHT - _LEFT)
        for each in lines:
            self.down(_LEADING)
            self.canvas.drawString(_LEFT, self._y, each)

    def row(self, cells: list[str]) -> None:
        """Cells side by side, each broken in its column; the first of a table of several is wider."""
        width = (_RIGHT - _LEFT) / len(cells)
        columns = [simpleSplit(cell, _FONT, _SIZE, width - 8) or [""] for cell in cells]
        for at in range(max(map(len, columns))):
            self.down(_LEADING)
            for number, lines in enumerate(columns):
                if at < len(lines):
                    self.canvas.drawString(_LEFT + number * width, self._y, lines[at])
