"""From the blocks of a structured document (paragraphs, items, tables) to the lines of its text.

A paragraph is one line, a table row is one line with its cells parted by tabs. A soft page break is a form feed
inside a line: it gives the pages their extents and leaves no trace in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from extract.facts import Evidence
from extract.read.plain import even

#: The lines of a cell.
Cell = list[str]

#: A cell that holds nothing but a sum: its row is of a table of grants, never of a roster.
_SUM = re.compile(r"^[\s(+-]*\d[\d\s.,'’]*(?:€|euros?)?[\s).*]*$", re.IGNORECASE)
#: So many lines in one cell are a list of their own.
_A_LIST = 3
#: A cell with more letters than this, on average, a line holds prose.
_PROSE = 90
_SPACES = re.compile(r"[ \u00a0\u202f]*\n[ \u00a0\u202f]*")


@dataclass
class Blocks:
    """Lines gathered one after the other; at most one empty line between two."""

    lines: list[str] = field(default_factory=list)

    def line(self, text: str) -> None:
        """Add a line, or several where the text has breaks; the page breaks of an empty one are kept."""
        for part in text.split("\n"):
            if part.strip():
                self.lines.append(part.rstrip(" "))
            else:
                self.blank()
                if "\f" in part and self.lines:
                    self.lines[-1] += "\f"

    def blank(self) -> None:
        """Part what comes from what was, by one empty line."""
        if self.lines and self.lines[-1].strip("\f"):
            self.lines.append("")

    def table(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Add a table, with an empty line on both sides."""
        self.blank()
        for row in rows:
            for line in row_lines(row):
                self.line(line)
        self.blank()

    def text(self) -> tuple[str, tuple[Evidence, ...]]:
        """The whole made even, and its pages where it has page breaks."""
        return pages_at_breaks(even("\n".join(self.lines)).strip("\n "))


def row_lines(row: Sequence[Cell]) -> list[str]:
    """The lines of one table row: one, but where its cells are lists side by side or prose.

    Lists side by side (the columns of a roster, names and their sums) are read across, line by line. Prose in two
    columns is read one column after the other.
    """
    cells = [[part for line in cell for part in line.split("\n") if part.strip()] for cell in row]
    filled = [cell for cell in cells if cell]
    if not filled:
        return []
    longest = max(map(len, filled))
    if len(filled) == 1 and (len(cells) == 1 or longest >= _A_LIST):
        return filled[0]
    if longest >= _A_LIST and any(_is_prose(cell) for cell in filled):
        return [line for cell in filled for line in cell]
    even_lists = longest > 1 and all(len(cell) == longest for cell in filled) and len(filled) > 1
    if even_lists or (longest >= _A_LIST and not any(_SUM.match(" ".join(cell)) for cell in filled)):
        return ["\t".join(parts).rstrip("\t") for parts in zip_longest(*cells, fillvalue="")]
    return ["\t".join(" ".join(cell) for cell in cells).rstrip("\t")]


def _is_prose(cell: Cell) -> bool:
    return (len(cell) > 1 and sum(map(len, cell)) > _PROSE * len(cell)) or any("\t" in line for line in cell)


def pages_at_breaks(text: str) -> tuple[str, tuple[Evidence, ...]]:
    """A text without its form feeds, and the extents of the pages that they part."""
    if "\f" not in text:
        return text, ()
    extents: list[Evidence] = []
    at = 0
    parts = text.split("\f")
    for number, part in enumerate(parts, 1):
        extents.append(Evidence(start=at, end=at + len(part), page=number))
        at += len(part)
    return "".join(parts), tuple(extents)


def one_line(text: str) -> str:
    """Line breaks inside a paragraph that only wrap it, as spaces."""
    return _SPACES.sub(" ", text).strip(" ")
