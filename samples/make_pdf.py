"""Prints samples as PDF the way a council's software does: text layer, columns by coordinates, running header.

Usage: ``python samples/make_pdf.py`` rewrites the PDF of every act in :data:`PRINTED` next to its ``.txt``. The output
depends on the text alone (reportlab's invariant mode: no date, no random identifier), so that a second run
changes no byte. Content and order are those of the ``.txt``; only the running header and the page number are added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).parent
#: Acts that are also distributed as PDF: a long roster with a tabbed scrutin, and one with a spaced scrutin.
PRINTED = ("exemple-2022-12-15-ctai", "exemple-2023-01-25-cesam", "exemple-2024-09-12-reussite-educative")
REGULAR, BOLD = "Times-Roman", "Times-Bold"
LEFT, RIGHT, TOP, BOTTOM = 48.0, A4[0] - 48.0, A4[1] - 72.0, 60.0
SIZE, LEADING = 10.5, 13.5
ROSTER_SIZE, ROSTER_LEADING = 8.0, 11.0
#: Left edges of the columns of a line, by the number of its cells: proxies need a wider second column.
COLUMNS = {2: (LEFT, LEFT + 170.0), 3: (LEFT, LEFT + 170.0, LEFT + 336.0)}

Run = tuple[str, str]  # font name, text without tabs


class Printer:
    """A cursor on a canvas that opens a new page, with its header and number, when the sheet is full."""

    def __init__(self, canvas: Canvas, header: str) -> None:
        """``header`` is repeated at the top of every page."""
        self.canvas, self.header, self.page, self.y = canvas, header, 0, 0.0
        self.open_page()

    def open_page(self) -> None:
        """Start a sheet: running header, page number, cursor at the top."""
        if self.page:
            self.canvas.showPage()
        self.page += 1
        self.canvas.setFont(REGULAR, 8)
        self.canvas.drawString(LEFT, A4[1] - 40, self.header)
        self.canvas.drawRightString(RIGHT, 34, f"Page {self.page}")
        self.y = TOP

    def advance(self, leading: float) -> None:
        """Move down by ``leading`` points, to a new page if need be."""
        if self.y - leading < BOTTOM:
            self.open_page()
        else:
            self.y -= leading

    def cells(self, cells: list[str]) -> None:
        """One row of the roster or of the scrutin, each cell at the left edge of its column."""
        self.advance(ROSTER_LEADING)
        for x, cell in zip(COLUMNS[len(cells)], cells, strict=True):
            self.canvas.setFont(REGULAR, ROSTER_SIZE)
            self.canvas.drawString(x, self.y, cell)

    def paragraph(self, runs: list[Run]) -> None:
        """One paragraph of words in two fonts, broken at the right margin."""
        for line in broken(runs, RIGHT - LEFT):
            self.advance(LEADING)
            x = LEFT
            for font, word in line:
                self.canvas.setFont(font, SIZE)
                self.canvas.drawString(x, self.y, word)
                x += stringWidth(word, font, SIZE)


def broken(runs: list[Run], width: float) -> Iterator[list[Run]]:
    """Split ``runs`` into lines no wider than ``width`` points, at spaces; a lone font takes reportlab's splitter."""
    if len(runs) == 1:
        font, text = runs[0]
        yield from ([(font, line)] for line in simpleSplit(text, font, SIZE, width))
        return
    line: list[Run] = []
    used = 0.0
    for font, word in ((font, word) for font, text in runs for word in re.findall(r"\s*\S+\s*", text)):
        size = stringWidth(word, font, SIZE)
        if line and used + stringWidth(word.rstrip(), font, SIZE) > width:
            yield line
            line, used = [], 0.0
        line.append((font, word))
        used += size
    yield line


def runs_of(line: str, bold: bool) -> tuple[list[Run], bool]:
    """Cut a line at its ``**`` marks; returns its runs and whether bold goes on in the next line."""
    runs: list[Run] = []
    for number, piece in enumerate(line.split("**")):
        if number:
            bold = not bold
        if piece:
            runs.append((BOLD if bold else REGULAR, piece))
    return runs, bold


def running_header(text: str) -> str:
    """ "Bureau métropolitain de Dijon métropole - séance du …", from the act's own header."""
    body = re.search(r"DÉLIBÉRATIONS\s+(?:du|de la) ([^\n]+)", text)
    day = re.search(r"^Séance du ([^\n]+)", text, re.MULTILINE)
    if body is None or day is None:
        raise ValueError("not an act of the template: header formula or séance missing")
    return f"{body[1]} - séance du {day[1]}"


def print_act(source: Path, target: Path) -> None:
    """Write the act ``source`` (.txt, UTF-8) to ``target`` as PDF; ValueError if it has no header of the template."""
    text = source.read_text(encoding="utf-8")
    canvas = Canvas(str(target), pagesize=A4, invariant=1, pageCompression=0)
    canvas.setTitle(source.stem)
    printer = Printer(canvas, running_header(text))
    bold = False
    for line in text.strip("\n").split("\n"):
        if "\t" in line:
            printer.cells([cell.strip() for cell in line.split("\t")])
        elif line.strip():
            runs, bold = runs_of(line.strip(), bold)
            printer.paragraph(runs)
        else:
            printer.advance(LEADING * 0.6)
    canvas.save()


if __name__ == "__main__":
    for stem in PRINTED:
        print_act(HERE / f"{stem}.txt", HERE / f"{stem}.pdf")
